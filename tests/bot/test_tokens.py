"""The bot's own token: asked for once, renewed beside the turns ahead of its end, and told about when it is refused."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from bot.settings import Settings
from bot.teams import entra as asking
from bot.teams.entra import Entra as Asking
from bot.teams.entra import Given
from bot.teams.tokens import ASK_AGAIN_AFTER, RENEW_BEFORE, NoToken, RenewedTokens, tokens_for
from tests.bot.entra import REFUSED, TENANT, Entra, entra_on_loopback
from tests.bot.microsoft import APP, Odd, microsoft_on_loopback, new_key
from tests.bot.processes import free_port

SECRET = "zeester-77"


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """The key of Entra's certificate."""
    return new_key()


@pytest.fixture
def entra(key: RSAPrivateKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entra]:
    """Entra, whose certificate the bot believes; every other host is behind a proxy that isn't there."""
    with entra_on_loopback(key, tmp_path) as started:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(started.ca))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield started


@dataclass
class Timer:
    """A clock that goes on when it is told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    """The bot's timer."""
    return Timer()


def settings_for(entra: Entra) -> Settings:
    """A bot that gets its token there."""
    return Settings(app_id=APP, app_password=SECRET, app_tenant_id=TENANT, login_authority=entra.authority)


@pytest.fixture
def tokens(entra: Entra, timer: Timer) -> RenewedTokens:
    """The bot's tokens."""
    return RenewedTokens(Asking(settings_for(entra)).ask, timer)


async def at_once(tokens: RenewedTokens, turns: int) -> set[str | None]:
    """The tokens of so many turns at once."""
    return set(await asyncio.gather(*(tokens.token() for _ in range(turns))))


async def until(true: Callable[[], bool]) -> None:
    """Wait for something."""
    async with asyncio.timeout(30):
        while not true():  # noqa: ASYNC110 - what is waited for happens in other threads
            await asyncio.sleep(0.01)


async def renewed(tokens: RenewedTokens, token: str) -> None:
    """Wait until this is the token, asking as turns do."""
    async with asyncio.timeout(30):
        while await tokens.token() != token:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_without_an_app_id_there_is_no_token_to_show() -> None:
    assert await tokens_for(Settings()).token() is None


async def test_a_hundred_turns_at_once_ask_for_one_token_with_the_bots_credentials(
    tokens: RenewedTokens, entra: Entra
) -> None:
    assert await at_once(tokens, 100) == {"token-1"}
    assert [path for path, _ in entra.asked] == [entra.discovery, entra.token_path]
    form = entra.asked[1][1]
    assert (form["client_id"], form["client_secret"]) == ([APP], [SECRET])
    assert form["scope"] == ["https://api.botframework.com/.default"]


async def test_a_good_token_is_kept(tokens: RenewedTokens, timer: Timer, entra: Entra) -> None:
    await tokens.token()
    timer.now += 3600 - RENEW_BEFORE - 1
    assert await at_once(tokens, 10) == {"token-1"}
    assert entra.tokens_asked == 1


async def test_turns_go_on_with_the_old_token_while_one_new_one_is_asked_for(
    tokens: RenewedTokens, timer: Timer, entra: Entra
) -> None:
    await tokens.token()
    timer.now += 3600 - RENEW_BEFORE
    entra.answers.clear()
    assert await at_once(tokens, 100) == {"token-1"}
    await until(lambda: entra.tokens_asked == 2)
    assert await at_once(tokens, 100) == {"token-1"}
    entra.answers.set()
    await renewed(tokens, "token-2")
    assert entra.tokens_asked == 2


async def test_msal_keeps_no_token_that_we_want_renewed(tokens: RenewedTokens, timer: Timer, entra: Entra) -> None:
    entra.expires_in = 86_400
    for number in range(1, 4):
        await renewed(tokens, f"token-{number}")
        timer.now += 86_400 - RENEW_BEFORE
    assert entra.tokens_asked == 3


async def test_turns_wait_for_a_new_token_when_the_old_one_is_over(tokens: RenewedTokens, timer: Timer) -> None:
    await tokens.token()
    timer.now += 3600
    assert await at_once(tokens, 100) == {"token-2"}


async def test_a_token_that_lives_short_is_renewed_at_half_its_life(
    tokens: RenewedTokens, timer: Timer, entra: Entra
) -> None:
    entra.expires_in = 60
    await tokens.token()
    timer.now += 29
    assert await at_once(tokens, 10) == {"token-1"}
    timer.now += 1
    await renewed(tokens, "token-2")
    assert entra.tokens_asked == 2


async def test_a_token_that_is_over_at_once_is_not_asked_for_on_every_turn(
    tokens: RenewedTokens, timer: Timer, entra: Entra
) -> None:
    entra.expires_in = 0
    assert [await tokens.token() for _ in range(10)] == ["token-1"] * 10
    timer.now += ASK_AGAIN_AFTER
    assert await tokens.token() == "token-2"


async def test_a_failed_early_renewal_keeps_the_old_token_and_leaves_entra_alone_for_a_while(
    tokens: RenewedTokens, timer: Timer, entra: Entra, caplog: pytest.LogCaptureFixture
) -> None:
    await tokens.token()
    timer.now += 3600 - RENEW_BEFORE
    entra.refuses = True
    assert await tokens.token() == "token-1"
    await until(lambda: "no new token: invalid_client" in caplog.text)
    timer.now += ASK_AGAIN_AFTER - 1
    assert await at_once(tokens, 100) == {"token-1"}
    assert entra.tokens_asked == 2
    entra.refuses = False
    timer.now += 1
    await renewed(tokens, "token-3")


async def test_a_refusal_says_why_and_is_not_asked_again_at_once(
    tokens: RenewedTokens, timer: Timer, entra: Entra
) -> None:
    entra.refuses = True
    for _ in range(20):
        with pytest.raises(NoToken, match=f"invalid_client: {REFUSED}"):
            await tokens.token()
    assert entra.tokens_asked == 1
    entra.refuses = False
    timer.now += ASK_AGAIN_AFTER
    assert await tokens.token() == "token-2"


async def test_after_refusals_up_to_its_end_an_old_token_is_no_longer_shown(
    tokens: RenewedTokens, timer: Timer, entra: Entra
) -> None:
    await tokens.token()
    entra.refuses = True
    timer.now += 3600
    with pytest.raises(NoToken, match="invalid_client"):
        await tokens.token()


async def test_a_turn_that_gives_up_waiting_does_not_stop_the_others(tokens: RenewedTokens, entra: Entra) -> None:
    entra.answers.clear()
    impatient, patient = asyncio.create_task(tokens.token()), asyncio.create_task(tokens.token())
    await until(lambda: bool(entra.asked))
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    entra.answers.set()
    assert await patient == "token-1"


async def test_waiting_for_a_token_does_not_hold_up_the_event_loop(tokens: RenewedTokens, entra: Entra) -> None:
    entra.answers.clear()
    waiting = asyncio.create_task(tokens.token())
    await until(lambda: bool(entra.asked))
    assert not waiting.done()
    entra.answers.set()
    assert await waiting == "token-1"


ODD: dict[str, tuple[str, Odd]] = {
    "no_such_tenant": ("discovery", Odd(b'{"error": "invalid_tenant"}', 400)),
    "discovery_fails": ("discovery", Odd(b"", 503)),
    "discovery_in_html": ("discovery", Odd(b"<html>")),
    "discovery_of_nothing": ("discovery", Odd(b"{}")),
    "discovery_list": ("discovery", Odd(b"[]")),
    "discovery_moved": ("discovery", Odd(b"{}", 302, {"Location": "https://127.0.0.1:9/"})),
    "tokens_over_http": (
        "discovery",
        Odd(b'{"authorization_endpoint": "https://127.0.0.1/x", "token_endpoint": "http://127.0.0.1/x/token"}'),
    ),
    "token_fails": ("token_path", Odd(b"", 500)),
    "token_too_often": ("token_path", Odd(b"{}", 429, {"Retry-After": "60"})),
    "token_in_html": ("token_path", Odd(b"<html>")),
    "token_list": ("token_path", Odd(b"[]")),
    "token_null": ("token_path", Odd(b"null")),
    "token_nothing": ("token_path", Odd(b"{}")),
    "token_lasts_for_words": ("token_path", Odd(b'{"access_token": "x", "expires_in": "morgen"}')),
}


@pytest.mark.parametrize(("where", "answer"), ODD.values(), ids=ODD.keys())
def test_whatever_entra_answers_there_is_a_token_or_a_refusal(entra: Entra, where: str, answer: Odd) -> None:
    entra.odd = {getattr(entra, where): answer}
    with pytest.raises(NoToken):
        Asking(settings_for(entra)).ask()


def test_an_entra_that_is_not_there_gives_no_token() -> None:
    nowhere = Settings(
        app_id=APP, app_password=SECRET, app_tenant_id=TENANT, login_authority=f"https://127.0.0.1:{free_port()}/x"
    )
    with pytest.raises(NoToken, match="ConnectionError"):
        Asking(nowhere).ask()


def test_an_entra_whose_certificate_nobody_vouches_for_gets_no_secret(
    entra: Entra, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    with pytest.raises(NoToken, match="SSLError"):
        Asking(settings_for(entra)).ask()
    assert entra.asked == []


def test_an_entra_that_never_answers_gives_no_token(entra: Entra, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ANSWER_WITHIN", 0.2)
    entra.answers.clear()
    with pytest.raises(NoToken, match="Timeout"):
        Asking(settings_for(entra)).ask()


def test_the_secret_does_not_follow_a_redirect(entra: Entra) -> None:
    entra.odd = {entra.token_path: Odd(b"", 307, {"Location": f"{entra.url}/elders"})}
    with pytest.raises(NoToken):
        Asking(settings_for(entra)).ask()
    assert [path for path, _ in entra.asked] == [entra.discovery, entra.token_path]


def test_no_token_shows_itself_in_a_message() -> None:
    assert "geheim" not in repr(Given("geheim", 3600))


async def test_a_managed_identity_asks_the_machine_for_the_resource(
    key: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"access_token": "token-1", "expires_on": str(int(time.time()) + 3600)}
    where = f"/msi?api-version=2019-08-01&resource=https%3A%2F%2Fapi.botframework.com&client_id={APP}"
    with microsoft_on_loopback(key) as machine:
        machine.odd = {where: Odd(json.dumps(given).encode())}
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{machine.url}/msi")
        monkeypatch.setenv("IDENTITY_HEADER", "x")
        tokens = tokens_for(Settings(app_id=APP, app_tenant_id=TENANT, app_type="UserAssignedMSI"))
        assert await tokens.token() == "token-1"
