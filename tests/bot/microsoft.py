"""What Microsoft is to a bot, on loopback: keys that sign, tokens, and Teams' own host name over TLS."""

import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

APP = "b0f0c0de-0000-4000-8000-00000000000a"
ISSUER = "https://api.botframework.com"
TEAMS_HOST = "smba.trafficmanager.net"
SERVICE_URL = f"https://{TEAMS_HOST}/emea/"


def new_key() -> RSAPrivateKey:
    """A fresh key pair."""
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Odd:
    """Something else than the usual document at an address."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    chunked: bool = False


@dataclass
class Microsoft:
    """Publishes keys by name, and signs with them."""

    url: str = ""
    keys: dict[str, RSAPrivateKey] = field(default_factory=dict)
    endorsements: list[str] = field(default_factory=lambda: ["msteams"])
    jwks_uri: str = ""
    odd: dict[str, Odd] = field(default_factory=dict)
    down: bool = False
    asked: int = 0

    @property
    def metadata_url(self) -> str:
        """The address of the OpenID metadata."""
        return f"{self.url}/openid"

    def documents(self) -> dict[str, Any]:
        """What lies where."""
        published = [
            {**json.loads(RSAAlgorithm.to_jwk(key.public_key())), "kid": name, "endorsements": self.endorsements}
            for name, key in self.keys.items()
        ]
        jwks_uri = self.jwks_uri or f"{self.url}/keys"
        return {"/openid": {"issuer": ISSUER, "jwks_uri": jwks_uri}, "/keys": {"keys": published}}

    def token(self, key: str = "first", signed_by: RSAPrivateKey | None = None, **claims: Any) -> str:
        """A token as Teams sends it, with other claims; None leaves a claim out."""
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": APP, "serviceurl": SERVICE_URL, "nbf": now - 60, "exp": now + 3600}
        wanted = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        signing = signed_by or self.keys[key]
        return jwt.PyJWS().encode(json.dumps(wanted).encode(), signing, algorithm="RS256", headers={"kid": key})


@contextmanager
def microsoft_on_loopback(key: RSAPrivateKey) -> Iterator[Microsoft]:
    """Microsoft's keys on a free port, in a thread of its own: who asks may block."""
    microsoft = Microsoft(keys={"first": key})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            microsoft.asked += 1
            document = microsoft.documents().get(self.path)
            usual = Odd(json.dumps(document).encode(), 503 if microsoft.down else 200 if document else 404)
            shown = microsoft.odd.get(self.path, usual)
            self.send_response(shown.status)
            for name, value in shown.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            if not shown.chunked:  # without a length the body ends with the connection
                self.send_header("Content-Length", str(len(shown.body)))
            self.end_headers()
            with suppress(OSError):  # who asked may have had enough
                self.wfile.write(shown.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    microsoft.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield microsoft
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class TeamsIsHere(AbstractResolver):
    """Finds Teams' host, and no other, on a port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002 - the names in the base class
        family: int = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        """This machine, for Teams' host."""
        if host != TEAMS_HOST:
            raise OSError(f"a bot has no business with {host}")
        here = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=self._port,
            family=socket.AF_INET,
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        return [here]

    async def close(self) -> None:
        """Nothing to close."""


def certificate(key: RSAPrivateKey, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For Teams' host and 127.0.0.1: what a server shows, and what a client needs to believe it.

    The latter is also left in `folder` as ca.pem.
    """
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, TEAMS_HOST)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(TEAMS_HOST), x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown = folder / "teams.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shown.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    (folder / "ca.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    server.load_cert_chain(shown)
    client.load_verify_locations(cadata=signed.public_bytes(serialization.Encoding.PEM).decode())
    return server, client
