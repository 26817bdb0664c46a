"""Whole requests: an activity in a body, under headers, with a token; each of them right, or wrong in some way."""

import gzip
import json
import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.bench.people import Person
from tests.bench.standins import ISSUER, StandIns
from tests.bench.wire import END, HOST
from tests.fuzz.activities import damage, valid
from tests.fuzz.texts import any_text, any_value, as_json

ELSEWHERE = (
    "https://boos.example/",
    "http://169.254.169.254/",
    "http://localhost:1/",
    "https://smba.trafficmanager.net.boos.example/",
)
TENANTS = ("a0f0c0de-0000-4000-8000-00000000beef", "", "A0F0C0DE-0000-4000-8000-000000000001 ")
MOST_BYTES = 256 * 1024
ANY = frozenset({200, 202, 400, 401, 403, 413, 415, 501})
"""What a stranger may be answered; never 500."""

HANGS_UP = 0
"""For a status: the bot closed the connection instead of answering."""

ONLY_401 = frozenset({401})
TOKEN_ANSWERS = {
    "long": frozenset({400, 401, HANGS_UP}),  # longer than a header may be: refused before we see it
    "other service url": frozenset({400, 401, 413}),  # a good token; only the activity tells that it is not for this
}


@dataclass(frozen=True, slots=True)
class Knock:
    """One request: its number, what is special about it, its bytes, and the statuses that are right."""

    number: int
    about: str
    request: bytes
    right: frozenset[int]


@dataclass
class Knocks:
    """The requests of one seed. Request `number` is always the same, but for ids, keys and ports of the run."""

    seed: int
    standins: StandIns
    people: Sequence[Person]

    def __post_init__(self) -> None:
        self._token = self.standins.token()

    def knock(self, number: int, again: str = "") -> Knock:
        """The request with this number; `again` makes its activity's id another, so that it is not a repetition."""
        chance = random.Random(f"{self.seed}:{number}")
        activity = valid(chance, self.standins.service_url, self.people, number)
        activity["id"] += again
        if chance.random() < 0.04:
            return self._from_elsewhere(chance, number, activity)
        about, damages = str(activity["type"]), chance.choice((0, 0, 1, 1, 2, 4))
        for _ in range(damages):
            damage(chance, activity)
        body = as_json(activity)
        if chance.random() < 0.2:
            about, body = _spoilt(chance, body)
        if chance.random() < 0.2:
            name, token = chance.choice(self._wrong_tokens)
            token = _bitten(chance, self._token) if name == "bitten" else token
            return Knock(number, f"{about}, token {name}", _request(body, token), TOKEN_ANSWERS.get(name, ONLY_401))
        if chance.random() < 0.1:
            about, request = _oddly_sent(chance, body, f"Bearer {self._token}")
            return Knock(number, about, request, ANY | {HANGS_UP})
        statuses = frozenset({413}) if len(body) > MOST_BYTES else ANY
        return Knock(number, f"{about}, {damages} damages", _request(body, f"Bearer {self._token}"), statuses)

    def _from_elsewhere(self, chance: random.Random, number: int, activity: dict[str, object]) -> Knock:
        """Of another tenant, or with a token that is right for a service URL that is none of Teams'."""
        if chance.random() < 0.5:
            tenant = chance.choice(TENANTS)
            activity["channelData"] = {"tenant": {"id": tenant}}
            activity["conversation"]["tenantId"] = tenant  # type: ignore[index]
            return Knock(number, "other tenant", _request(as_json(activity), f"Bearer {self._token}"), frozenset({403}))
        url, token = chance.choice(self._tokens_of_others)
        activity["serviceUrl"] = url
        return Knock(number, "other host", _request(as_json(activity), f"Bearer {token}"), frozenset({403}))

    @cached_property
    def _tokens_of_others(self) -> list[tuple[str, str]]:
        return [(url, self.standins.token(serviceurl=url)) for url in ELSEWHERE]

    @cached_property
    def _wrong_tokens(self) -> list[tuple[str, str]]:
        made = self.standins.token
        stranger = generate_private_key(public_exponent=65537, key_size=2048)
        claims = {"iss": ISSUER, "aud": "b0f0c0de-0000-4000-8000-00000000000a", "exp": 4_000_000_000}
        unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": "bench"})
        secret = jwt.encode(claims, "een geheim dat lang genoeg is om te tekenen", "HS256", headers={"kid": "bench"})
        wrong = {
            "expired": made(exp=1_700_000_000),
            "without exp": made(exp=None),
            "exp as text": made(exp="morgen"),
            "exp too large to be a number": made(exp=float("inf")),
            "not yet": made(nbf=4_000_000_000),
            "other audience": made(aud="iemand-anders"),
            "no audience": made(aud=None),
            "audience as number": made(aud=7),
            "other issuer": made(iss="https://boos.example"),
            "no issuer": made(iss=None),
            "issuer as list": made(iss=["https://api.botframework.com"]),
            "no service url": made(serviceurl=None),
            "service url as list": made(serviceurl=["x"]),
            "other service url": made(serviceurl="https://smba.trafficmanager.net/emea/"),
            "unknown key": made(kid="onbekend"),
            "no key id": made(kid=None),
            "key id as traversal": made(kid="../../dev/null"),
            "signed by a stranger": made(key=stranger),
            "unsigned": unsigned,
            "HS256": secret,
            "garbage": "abc",
            "dots": "...",
            "empty": "",
            "long": "a" * 9000,
            "long parts": ".".join(["YQ" * 1200] * 3),
            "not base64": "é.é.é",
        }
        schemes = [("no header", ""), ("basic", "Basic dXNlcjpwYXNz"), ("no token", "Bearer"), ("bitten", "")]
        return [*schemes, *((name, f"Bearer {token}") for name, token in wrong.items())]


def _bitten(chance: random.Random, token: str) -> str:
    """A good token with one character changed, not in the last, whose low bits may not count."""
    at = chance.randrange(len(token) - 2)
    other = chance.choice([letter for letter in "Aab9-_." if letter != token[at]])
    return f"Bearer {token[:at]}{other}{token[at + 1 :]}"


def _spoilt(chance: random.Random, body: bytes) -> tuple[str, bytes]:
    """A body that is no longer quite an activity's JSON."""
    at = chance.randrange(len(body))
    return chance.choice(
        (
            lambda: ("cut off", body[:at]),
            lambda: ("bytes changed", body[:at] + chance.randbytes(chance.randint(1, 8)) + body[at + 1 :]),
            lambda: ("latin-1", body[:at] + b"\xe9\xff" + body[at:]),
            lambda: ("doubled keys", b'{"type": 1, "conversation": [], "from": "x",' + body[1:]),
            lambda: ("doubled keys after", body[:-1] + b', "from": null, "value": 1, "text": ["a"]}'),
            lambda: ("UTF-16", body.decode().encode("utf-16")),
            lambda: ("UTF-32", body.decode().encode("utf-32-be")),
            lambda: ("with a BOM", b"\xef\xbb\xbf" + body),
            lambda: ("empty", b""),
            lambda: ("deep array", b"[" * chance.choice((900, 5000, 100_000))),
            lambda: ("deep object", b'{"a":' * chance.choice((900, 5000, 40_000))),
            lambda: ("deep in a field", body[:-1] + b', "value": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"),
            lambda: ("deep value", body[:-1] + b', "value": ' + b'{"a":' * 400 + b"1" + b"}" * 400 + b"}"),
            lambda: ("wide", body[:-1] + b', "entities": [' + b"{}," * 30_000 + b"{}]}"),
            lambda: ("many mentions", body[:-1] + b', "entities": [' + _MENTION * 2000 + b"{}]}"),
            lambda: ("long number", body[:-1] + b', "value": ' + b"9" * chance.choice((400, 5000, 100_000)) + b"}"),
            lambda: ("huge exponent", body[:-1] + b', "value": {"meeting": 1e999999999}}'),
            lambda: ("no object", as_json(any_value(chance))),
            lambda: ("two documents", body + body),
            lambda: ("raw control characters", body.replace(b'"text": "', b'"text": "\x00\x01\n', 1)),
            lambda: (
                "too large",
                body[:-1] + b', "x": "' + b"x" * chance.choice((262_144, 400_000, 1_500_000)) + b'"}',
            ),
            lambda: ("just not too large", body[:-1] + b', "x": "' + b"x" * (MOST_BYTES - len(body) - 8) + b'"}'),
            lambda: ("long text", json.dumps({**json.loads(body), "text": any_text(chance) * 9}).encode()),
        )
    )()


_MENTION = b'{"type":"mention","mentioned":{"id":"28:b0f0c0de-0000-4000-8000-00000000000a"},"text":"a"},'


def _oddly_sent(chance: random.Random, body: bytes, authorization: str) -> tuple[str, bytes]:
    """A request whose headers or framing are odd."""
    zipped = gzip.compress(body[:200_000], 1)
    bomb = zlib.compress(b" " * 20_000_000, 9) if chance.random() < 0.01 else zlib.compress(body)
    odd = chance.choice(
        (
            ("no content type", _head(authorization, None, len(body)) + body),
            ("plain text", _head(authorization, "text/plain", len(body)) + body),
            ("form", _head(authorization, "multipart/form-data; boundary=x", len(body)) + body),
            ("odd charset", _head(authorization, "application/json; charset=koeterwaals", len(body)) + body),
            ("odd content type", _head(authorization, ";;;=/", len(body)) + body),
            ("gzip", _head(authorization, _JSON, len(zipped), "Content-Encoding: gzip") + zipped),
            ("broken gzip", _head(authorization, _JSON, len(zipped), "Content-Encoding: gzip") + zipped[::-1]),
            ("gzip that is none", _head(authorization, _JSON, len(body), "Content-Encoding: gzip") + body),
            ("deflate", _head(authorization, _JSON, len(bomb), "Content-Encoding: deflate") + bomb),
            ("unknown encoding", _head(authorization, _JSON, len(body), "Content-Encoding: br") + body),
            ("chunked", _head(authorization, _JSON, None, "Transfer-Encoding: chunked") + _chunks(chance, body)),
            (
                "broken chunks",
                _head(authorization, _JSON, None, "Transfer-Encoding: chunked") + b"zz\r\nabc\r\n0\r\n\r\n",
            ),
            ("two lengths", _head(authorization, _JSON, len(body), f"Content-Length: {len(body)}") + body),
            ("negative length", _head(authorization, _JSON, -1) + body),
            ("long header", _head(authorization, _JSON, len(body), "X-Lang: " + "x" * 20_000) + body),
            ("odd header", _head(authorization, _JSON, len(body), "X-Odd: \x00\x7f") + body),
            ("two tokens", _head(authorization, _JSON, len(body), "Authorization: Bearer x") + body),
        )
    )
    about, request = odd
    return about, request


_JSON = "application/json"


def _request(body: bytes, authorization: str) -> bytes:
    return _head(authorization, "application/json; charset=utf-8", len(body)) + body


def _head(authorization: str, content_type: str | None, length: int | None, *more: str) -> bytes:
    lines = ["POST /api/messages HTTP/1.1", f"Host: {HOST}"]
    lines += [f"Authorization: {authorization}"] if authorization else []
    lines += [f"Content-Type: {content_type}"] if content_type is not None else []
    lines += [f"Content-Length: {length}"] if length is not None else []
    return "\r\n".join([*lines, *more]).encode("utf-8", "surrogatepass") + END


def _chunks(chance: random.Random, body: bytes) -> bytes:
    sent, at = b"", 0
    while at < len(body):
        size = chance.randint(1, max(1, len(body) // 3))
        part = body[at : at + size]
        sent += f"{len(part):x}\r\n".encode() + part + b"\r\n"
        at += size
    return sent + b"0\r\n\r\n"
