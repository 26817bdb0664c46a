"""A bot with an app id: who knocks must show a token of the Bot Framework's for this bot, service URL and tenant."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from jwt.algorithms import RSAAlgorithm

from bot.app import opened
from bot.clock import Clock
from bot.observing.metrics import Metrics
from bot.settings import Settings
from bot.teams.connector import Connector
from bot.teams.endpoint import MOST_BYTES, Endpoint
from bot.teams.guard import Guard
from bot.teams.keys import SigningKeys
from bot.teams.messenger import Messenger
from bot.teams.pace import Pace
from bot.teams.standin import TENANT
from bot.teams.tokens import NoToken
from bot.turns import Turns
from tests.bot.connector import CHANNEL, JONAS, Json, Teams, teams_on_loopback
from tests.bot.microsoft import (
    APP,
    ISSUER,
    SERVICE_URL,
    Microsoft,
    TeamsIsHere,
    certificate,
    microsoft_on_loopback,
    new_key,
)
from tests.conftest import NOW

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"
OUR_TOKEN = "een-token-van-entra"


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """The key with which Microsoft signs."""
    return new_key()


@pytest.fixture(scope="module")
def other_key() -> RSAPrivateKey:
    """Somebody else's key."""
    return new_key()


@pytest.fixture
def microsoft(key: RSAPrivateKey) -> Iterator[Microsoft]:
    """Microsoft, signing with its key."""
    with microsoft_on_loopback(key) as started:
        yield started


class Entra:
    """Gives the bot its own token, or refuses to."""

    refuses = False

    async def token(self) -> str | None:
        """Our token."""
        if self.refuses:
            raise NoToken("invalid_client: AADSTS7000215")
        return OUR_TOKEN


@pytest.fixture
def entra() -> Entra:
    """Entra, in a giving mood."""
    return Entra()


@pytest.fixture
async def teams(
    microsoft: Microsoft, entra: Entra, key: RSAPrivateKey, database: Path, tmp_path: Path
) -> AsyncIterator[Teams]:
    """A real bot, and Teams at its own host name behind TLS."""
    server, client = certificate(key, tmp_path)
    settings = Settings(
        app_id=APP, app_password="zeester-77", app_tenant_id=TENANT, database_url=f"sqlite:///{database}"
    )
    async with teams_on_loopback(server, "/emea") as teams, opened(settings) as house:
        to_teams = aiohttp.TCPConnector(resolver=TeamsIsHere(teams.port), ssl=client)
        async with aiohttp.ClientSession(connector=to_teams) as out, aiohttp.ClientSession() as asking:
            metrics = Metrics()
            connector = Connector(out, entra, settings.allows_service_url, Pace(settings.sends_per_second), metrics)
            turns = Turns(house, Messenger(connector), Clock(NOW), metrics)
            guard = Guard(SigningKeys(asking, microsoft.metadata_url), APP)
            app = web.Application(client_max_size=MOST_BYTES)
            app.router.add_post("/api/messages", Endpoint(settings, guard, turns.take, metrics).handle)
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            teams.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            teams.service_url = SERVICE_URL
            yield teams
            await runner.cleanup()


def bearer(token: str) -> dict[str, str]:
    """The header that shows a token."""
    return {"Authorization": f"Bearer {token}"}


async def knock(teams: Teams, token: str, **fields: Any) -> int:
    """The status for Jonas' question with this token and other fields."""
    return await teams.status({**teams.message(JONAS, JONAS.chat, QUESTION), **fields}, bearer(token))


async def until(true: Callable[[], bool]) -> None:
    """Wait for what a turn does after its activity was acknowledged."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_valid_token_is_accepted_and_the_question_answered(teams: Teams, microsoft: Microsoft) -> None:
    assert await knock(teams, microsoft.token()) == 200
    assert [ANSWER in text for text in teams.texts_in(JONAS.chat)] == [True]


async def test_the_bot_shows_its_own_token_to_teams_and_to_teams_only(teams: Teams, microsoft: Microsoft) -> None:
    await knock(teams, microsoft.token())
    assert set(teams.tokens) == {f"Bearer {OUR_TOKEN}"}


async def test_a_token_can_be_used_again(teams: Teams, microsoft: Microsoft) -> None:
    token = microsoft.token()
    assert [await knock(teams, token) for _ in range(3)] == [200] * 3


async def test_keys_are_not_fetched_for_every_activity(teams: Teams, microsoft: Microsoft) -> None:
    await knock(teams, microsoft.token())
    asked = microsoft.asked
    assert [await knock(teams, microsoft.token(jti=str(number))) for number in range(3)] == [200] * 3
    assert microsoft.asked == asked


async def test_a_slash_at_the_end_of_the_service_url_makes_no_difference(teams: Teams, microsoft: Microsoft) -> None:
    assert await knock(teams, microsoft.token(serviceurl=SERVICE_URL.rstrip("/"))) == 200


async def test_clocks_may_differ_a_little(teams: Teams, microsoft: Microsoft) -> None:
    now = int(time.time())
    assert await knock(teams, microsoft.token(nbf=now + 60)) == 200
    assert await knock(teams, microsoft.token(exp=now - 60)) == 200


async def test_a_signing_key_for_all_channels_is_accepted(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.endorsements = []
    assert await knock(teams, microsoft.token()) == 200


HEADERS: dict[str, dict[str, str]] = {
    "none": {},
    "empty": {"Authorization": ""},
    "scheme_only": {"Authorization": "Bearer"},
    "no_token": {"Authorization": "Bearer "},
    "basic": {"Authorization": "Basic Ym90OnplZXN0ZXI="},
    "garbage": bearer("zeester"),
    "dots": bearer("..."),
    "letters": bearer("a.b.c"),
    "not_base64": bearer("é.é.é".encode().decode("latin-1")),
    "empty_json": bearer("e30.e30.e30"),
    "null_json": bearer("bnVsbA.bnVsbA.bnVsbA"),
    "list_json": bearer("W10.W10.W10"),
    "long": bearer("a" * 7000),
    "two_words": {"Authorization": "Bearer a b"},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
async def test_without_a_real_token_nobody_comes_in(teams: Teams, headers: dict[str, str]) -> None:
    assert await teams.status(teams.message(JONAS, JONAS.chat, QUESTION), headers) == 401
    assert teams.tokens == []


NOW_SECONDS = int(time.time())
CLAIMS: dict[str, Json] = {
    "expired": {"exp": NOW_SECONDS - 7200},
    "not_yet_valid": {"nbf": NOW_SECONDS + 7200},
    "without_end": {"exp": None},
    "end_in_words": {"exp": "morgen"},
    "end_in_digits": {"exp": str(NOW_SECONDS + 3600)},
    "end_in_a_list": {"exp": [NOW_SECONDS + 3600]},
    "end_true": {"exp": True},
    "end_not_a_number": {"exp": float("nan")},
    "end_in_eternity": {"exp": float("inf")},
    "end_before_time": {"exp": -1},
    "begin_in_words": {"nbf": "gisteren"},
    "begin_in_eternity": {"nbf": float("inf")},
    "made_in_the_future": {"iat": NOW_SECONDS + 7200},
    "made_in_words": {"iat": "gisteren"},
    "for_another_bot": {"aud": "b0f0c0de-0000-4000-8000-00000000dead"},
    "for_nobody": {"aud": None},
    "for_many": {"aud": [APP, "b0f0c0de-0000-4000-8000-00000000dead"]},
    "for_a_list_of_one": {"aud": [APP]},
    "for_all": {"aud": ""},
    "for_a_number_of_bots": {"aud": 12},
    "from_another_issuer": {"iss": "https://api.botframework.example"},
    "from_nobody": {"iss": None},
    "from_many": {"iss": [ISSUER]},
    "from_an_emulator": {"iss": f"https://sts.windows.net/{TENANT}/", "appid": APP, "ver": "1.0"},
    "for_another_service_url": {"serviceurl": "https://smba.trafficmanager.net/amer/"},
    "for_no_service_url": {"serviceurl": None},
    "for_a_number": {"serviceurl": 12},
    "for_an_empty_service_url": {"serviceurl": ""},
    "for_a_list_of_service_urls": {"serviceurl": [SERVICE_URL]},
}


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS.keys())
async def test_a_token_with_wrong_claims_opens_no_door(teams: Teams, microsoft: Microsoft, claims: Json) -> None:
    assert await knock(teams, microsoft.token(**claims)) == 401
    assert teams.tokens == []


@pytest.mark.parametrize("end", [NOW_SECONDS + 3600.5, 10**15, 10**400, 1e300], ids=["float", "far", "int", "large"])
async def test_a_token_may_end_whenever_its_signer_says(teams: Teams, microsoft: Microsoft, end: float) -> None:
    assert await knock(teams, microsoft.token(exp=end)) == 200


def public_pem(key: RSAPrivateKey) -> bytes:
    """A public key as text, which a careless library takes for a shared secret."""
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _hmac_with_the_public_key(microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    def part(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    claims = jwt.decode(microsoft.token(), options={"verify_signature": False})
    signed = part({"alg": "HS256", "typ": "JWT", "kid": "first"}) + b"." + part(claims)
    mac = hmac.new(public_pem(microsoft.keys["first"]), signed, hashlib.sha256).digest()
    return (signed + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def _unsigned(microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    claims = jwt.decode(microsoft.token(), options={"verify_signature": False})
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "first"})


def _without_key_id(microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    claims = jwt.decode(microsoft.token(), options={"verify_signature": False})
    return jwt.encode(claims, microsoft.keys["first"], algorithm="RS256")


def _with_header(microsoft: Microsoft, **header: Any) -> str:
    claims = jwt.decode(microsoft.token(), options={"verify_signature": False})
    return jwt.encode(claims, microsoft.keys["first"], algorithm="RS256", headers={"kid": "first", **header})


def _with_its_own_key(microsoft: Microsoft, other: RSAPrivateKey) -> str:
    claims = jwt.decode(microsoft.token(), options={"verify_signature": False})
    own = json.loads(RSAAlgorithm.to_jwk(other.public_key()))
    return jwt.encode(claims, other, algorithm="RS256", headers={"kid": "first", "jwk": own})


def _with_nested_header(_microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    header = b'{"alg":"RS256","kid":' + b"[" * 4000
    return base64.urlsafe_b64encode(header).decode().rstrip("=") + ".e30.e30"


def _without_signature(microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    return microsoft.token().rsplit(".", 1)[0] + "."


def _with_another_signature(microsoft: Microsoft, _other: RSAPrivateKey) -> str:
    return microsoft.token().rsplit(".", 1)[0] + "." + microsoft.token(jti="x").rsplit(".", 1)[1]


FORGED: dict[str, Callable[[Microsoft, RSAPrivateKey], str]] = {
    "another_key": lambda microsoft, other: microsoft.token(signed_by=other),
    "unknown_key_id": lambda microsoft, other: microsoft.token(key="second", signed_by=other),
    "unsigned": _unsigned,
    "hmac_with_the_public_key": _hmac_with_the_public_key,
    "without_key_id": _without_key_id,
    "without_signature": _without_signature,
    "with_another_signature": _with_another_signature,
    "with_its_own_key": _with_its_own_key,
    "nested_header": _with_nested_header,
    "unknown_critical_header": lambda microsoft, _other: _with_header(microsoft, crit=["x"], x=1),
    "key_id_of_half_a_character": lambda microsoft, _other: _with_header(microsoft, kid="\ud800"),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_token_opens_no_door(
    teams: Teams,
    microsoft: Microsoft,
    other_key: RSAPrivateKey,
    forge: Callable[[Microsoft, RSAPrivateKey], str],
) -> None:
    assert await knock(teams, forge(microsoft, other_key)) == 401
    assert teams.tokens == []


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_after_a_forged_token_real_ones_are_still_accepted(
    teams: Teams,
    microsoft: Microsoft,
    other_key: RSAPrivateKey,
    forge: Callable[[Microsoft, RSAPrivateKey], str],
) -> None:
    await knock(teams, forge(microsoft, other_key))
    assert await knock(teams, microsoft.token()) == 200


async def test_a_key_for_other_channels_opens_no_door(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.endorsements = ["skype", "webchat"]
    assert await knock(teams, microsoft.token()) == 401


async def test_a_token_for_teams_is_no_token_for_another_channel(teams: Teams, microsoft: Microsoft) -> None:
    assert await knock(teams, microsoft.token(), channelId="webchat") == 401


async def test_a_good_token_does_not_send_answers_elsewhere(teams: Teams, microsoft: Microsoft) -> None:
    evil = "https://evil.example/"
    assert await knock(teams, microsoft.token(serviceurl=evil), serviceUrl=evil) == 403
    assert await knock(teams, microsoft.token(), serviceUrl=evil) in {401, 403}
    assert teams.tokens == []


@pytest.mark.parametrize("tenant", ["a0f0c0de-0000-4000-8000-00000000beef", "", None])
async def test_another_tenant_is_refused(teams: Teams, microsoft: Microsoft, tenant: str | None) -> None:
    activity = teams.message(JONAS, JONAS.chat, QUESTION)
    activity["channelData"] = {"tenant": {"id": tenant}}
    activity["conversation"]["tenantId"] = tenant
    assert await teams.status(activity, bearer(microsoft.token())) == 403
    assert teams.tokens == []


@pytest.mark.parametrize("body", [{}, {"type": "message"}, {"type": 1, "serviceUrl": []}], ids=["empty", "type", "odd"])
async def test_a_bad_body_with_a_good_token_is_a_bad_request(teams: Teams, microsoft: Microsoft, body: Json) -> None:
    assert await teams.status(body, bearer(microsoft.token())) == 400


@pytest.mark.parametrize("body", [{}, {"type": "message"}, {"type": 1, "serviceUrl": []}], ids=["empty", "type", "odd"])
async def test_a_bad_body_with_a_bad_token_is_refused(teams: Teams, body: Json) -> None:
    assert await teams.status(body, bearer("zeester")) in {400, 401}


async def test_while_no_keys_can_be_fetched_nobody_comes_in(teams: Teams, microsoft: Microsoft) -> None:
    microsoft.down = True
    assert await knock(teams, microsoft.token()) in {401, 503}
    assert teams.tokens == []


async def test_known_keys_are_enough_while_microsoft_cannot_be_reached(teams: Teams, microsoft: Microsoft) -> None:
    await knock(teams, microsoft.token())
    microsoft.down = True
    assert await knock(teams, microsoft.token(jti="x")) == 200


async def test_nothing_of_a_refused_token_stands_in_the_log(
    teams: Teams, microsoft: Microsoft, caplog: pytest.LogCaptureFixture
) -> None:
    token = microsoft.token(aud="b0f0c0de-0000-4000-8000-00000000dead")
    await knock(teams, token)
    assert "refused" in caplog.text
    assert token not in caplog.text
    assert ISSUER not in caplog.text


async def test_a_channels_thread_is_answered_with_an_app_id_too(teams: Teams, microsoft: Microsoft) -> None:
    spot = CHANNEL.in_thread("1700000000001")
    assert await teams.status(teams.message(JONAS, spot, QUESTION), bearer(microsoft.token())) == 200
    assert [(one.conversation, ANSWER in one.text) for one in teams.posted] == [(spot.id, True)]


async def test_without_a_token_of_our_own_nothing_is_sent_and_the_reason_is_logged(
    teams: Teams, microsoft: Microsoft, entra: Entra, caplog: pytest.LogCaptureFixture
) -> None:
    entra.refuses = True
    assert await knock(teams, microsoft.token()) == 200
    await until(lambda: "AADSTS7000215" in caplog.text)
    assert teams.tokens == []
    entra.refuses = False
    await knock(teams, microsoft.token())
    await until(lambda: any(ANSWER in text for text in teams.texts_in(JONAS.chat)))
