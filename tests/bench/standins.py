"""What Microsoft is to a bot in a bench: the connector, the keys that sign, and the authority that gives tokens.

All in the process that also makes the load, on one core; the bot has another.
"""

import ipaddress
import itertools
import json
import ssl
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

from tests.bench.people import APP, TENANT, Person
from tests.bench.wire import HOST, Call, Response, listening

ISSUER = "https://api.botframework.com"
KEY_ID = "bench"


@dataclass
class StandIns:
    """The connector at `service_url`, which counts what it is asked and remembers the last texts."""

    key: RSAPrivateKey
    members: dict[str, Person]
    authority_file: Path
    port: int = 0
    authority_port: int = 0
    delay: float = 0.0
    """Seconds after which the connector answers."""
    posts: int = 0
    said: dict[str, str] = field(default_factory=dict)
    """The last text in every conversation."""
    buttons: dict[str, Any] = field(default_factory=dict)
    """The data of one of the last card's buttons in every conversation."""
    arrived: dict[str, float] = field(default_factory=dict)
    """When the last activity came in every conversation, in seconds of time.perf_counter."""
    asked: Counter[str] = field(default_factory=Counter)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def service_url(self) -> str:
        """Where the bot sends its answers."""
        return f"http://{HOST}:{self.port}/"

    def environment(self) -> dict[str, str]:
        """The settings with which a bot takes this for Microsoft, and is otherwise as in production."""
        return {
            "MicrosoftAppId": APP,
            "MicrosoftAppPassword": "geheim",
            "MicrosoftAppTenantId": TENANT,
            "BOT_OPENID_METADATA_URL": f"http://{HOST}:{self.port}/openid",
            "BOT_SERVICE_HOSTS": f"{HOST}:{self.port}",
            "BOT_LOGIN_AUTHORITY": f"https://{HOST}:{self.authority_port}/{TENANT}",
            "REQUESTS_CA_BUNDLE": str(self.authority_file),
        }

    def token(self, key: RSAPrivateKey | None = None, kid: str | None = KEY_ID, **claims: Any) -> str:
        """A token as Teams sends it, with other claims; None leaves a claim out."""
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": APP, "serviceurl": self.service_url, "nbf": now - 60, "exp": now + 24 * 3600}
        wanted = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        # As bytes: a library that also looks at the claims would refuse to sign the wrong ones.
        claims_as_bytes = json.dumps(wanted).encode()
        return jwt.PyJWS().encode(claims_as_bytes, key or self.key, "RS256", {"kid": kid} if kid else None)

    def answer(self, call: Call) -> Response:
        """What is answered over plain HTTP: the connector, and the keys."""
        parts = [unquote(part) for part in call.path.partition("?")[0].strip("/").split("/")]
        match (call.method, *parts):
            case ("GET", "openid"):
                return _json({"issuer": ISSUER, "jwks_uri": f"http://{HOST}:{self.port}/keys"})
            case ("GET", "keys"):
                published = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
                return _json({"keys": [{**published, "kid": KEY_ID, "endorsements": ["msteams"]}]})
            case ("POST", "v3", "conversations", conversation, "activities", *_):
                return self._post(conversation, call.body)
            case ("PUT" | "DELETE", "v3", "conversations", _, "activities", _):
                return self._counted("update", {})
            case ("POST", "v3", "conversations"):
                return self._create(json.loads(call.body))
            case ("GET", "v3", "conversations", _, "members", member):
                return self._member(member)
            case _:
                shape = "/".join("*" if len(part) > 15 else part for part in parts)
                self.asked[f"unexpected: {call.method} /{shape}"] += 1
                return _json({}, 404)

    def authority(self, call: Call) -> Response:
        """What is answered over TLS: where tokens are, and tokens."""
        base = f"https://{HOST}:{self.authority_port}/{TENANT}"
        if call.path.partition("?")[0].endswith("/.well-known/openid-configuration"):
            self.asked["authority"] += 1
            addresses = {"authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token"}
            return _json({"issuer": base, **addresses, "jwks_uri": f"{base}/keys"})
        self.asked["token"] += 1
        return _json({"token_type": "Bearer", "expires_in": 24 * 3600, "access_token": f"own-{self.asked['token']}"})

    def _post(self, conversation: str, body: bytes) -> Response:
        activity = json.loads(body)
        if activity.get("type") == "message":
            self.arrived[conversation] = time.perf_counter()
            self.posts += 1
            self.said[conversation] = str(activity.get("text", ""))
            self._keep_a_button(conversation, activity)
        return self._counted(str(activity.get("type")), {"id": str(next(self._numbers))}, 201)

    def _keep_a_button(self, conversation: str, activity: dict[str, Any]) -> None:
        for attachment in activity.get("attachments") or ():
            actions = attachment.get("content", {}).get("actions") or ()
            data = [action["data"] for action in actions if "data" in action]
            if data:
                self.buttons[conversation] = data[self.posts % len(data)]

    def _create(self, body: dict[str, Any]) -> Response:
        person = self.members.get(body["members"][0]["id"])
        if person is None:
            return self._counted("create: nobody", {"error": {"code": "BotNotInConversationRoster"}}, 403)
        return self._counted("create", {"id": person.chat.id}, 201)

    def _member(self, member: str) -> Response:
        person = self.members.get(member)
        if person is None:
            return self._counted("member: nobody", {"error": {"code": "MemberNotFoundInConversation"}}, 404)
        found = {"id": person.id, "name": person.name, "aadObjectId": person.entra_id, "tenantId": TENANT}
        return self._counted("member", {**found, "email": person.mail, "userPrincipalName": person.mail})

    def _counted(self, what: str, body: dict[str, Any], status: int = 200) -> Response:
        self.asked[what] += 1
        return Response(status, json.dumps(body).encode(), self.delay)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(status, json.dumps(body).encode())


@asynccontextmanager
async def standing_in(folder: Path, people: Sequence[Person]) -> AsyncIterator[StandIns]:
    """The stand-ins on free ports, with a roster of these people; their certificate lies in `folder`."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    shown = _certificate(key, folder)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(shown)
    members = {person.id: person for person in people} | {person.entra_id: person for person in people}
    standins = StandIns(key, members, shown)
    async with listening(standins.answer) as port, listening(standins.authority, tls) as authority_port:
        standins.port, standins.authority_port = port, authority_port
        yield standins


def _certificate(key: RSAPrivateKey, folder: Path) -> Path:
    """A key and its certificate for this machine, which a client may also take for its own authority."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shown = folder / "authority.pem"
    shown.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return shown
