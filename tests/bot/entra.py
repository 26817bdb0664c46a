"""Entra on loopback, over TLS: where a bot gets its own token."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from tests.bot.microsoft import Odd, certificate

TENANT = "b0f0c0de-0000-4000-8000-00000000000b"
REFUSED = "AADSTS7000215: Invalid client secret provided."


@dataclass
class Entra:
    """Gives tokens "token-1", "token-2", …; `answers` is set while it answers, and `odd` replaces a document."""

    url: str = ""
    ca: Path = Path()
    expires_in: int = 3600
    refuses: bool = False
    odd: dict[str, Odd] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    answers: threading.Event = field(default_factory=threading.Event)

    @property
    def authority(self) -> str:
        """What BOT_LOGIN_AUTHORITY is."""
        return f"{self.url}/{TENANT}"

    @property
    def discovery(self) -> str:
        """The path of the document that tells where to ask."""
        return f"/{TENANT}/v2.0/.well-known/openid-configuration"

    @property
    def token_path(self) -> str:
        """The path where tokens are given."""
        return f"/{TENANT}/oauth2/v2.0/token"

    @property
    def tokens_asked(self) -> int:
        """How many times a token was asked for."""
        return sum(path == self.token_path for path, _ in self.asked)

    def answer(self, path: str) -> Odd:
        """What is answered there."""
        if path in self.odd:
            return self.odd[path]
        if path == self.discovery:
            places = {
                "authorization_endpoint": f"{self.authority}/authorize",
                "token_endpoint": self.url + self.token_path,
            }
            return _document({"issuer": f"{self.authority}/v2.0", **places})
        if path != self.token_path:
            return Odd(b"{}", 404)
        if self.refuses:
            return _document({"error": "invalid_client", "error_description": REFUSED}, 401)
        token = f"token-{self.tokens_asked}"
        return _document({"token_type": "Bearer", "access_token": token, "expires_in": self.expires_in})


def _document(value: Any, status: int = 200) -> Odd:
    return Odd(json.dumps(value).encode(), status)


@contextmanager
def entra_on_loopback(key: RSAPrivateKey, folder: Path) -> Iterator[Entra]:
    """Entra on a free port, in threads of its own: who asks may block."""
    entra = Entra(ca=folder / "ca.pem")
    entra.answers.set()
    shown, _ = certificate(key, folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            path = self.path.partition("?")[0]
            entra.asked.append((path, form))
            answer = entra.answer(path)
            entra.answers.wait(30)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = shown.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    entra.url = f"https://127.0.0.1:{server.server_port}"
    try:
        yield entra
    finally:
        entra.answers.set()
        server.shutdown()
        thread.join()
        server.server_close()
