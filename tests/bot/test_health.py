"""/healthz and /readyz: what a machine that keeps the bot running asks, and what a stranger may know."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running, running
from bot.observing.readiness import Readiness
from bot.settings import Settings
from bot.teams.keys import SigningKeys
from bot.teams.standin import TENANT
from storage.services.house import DatabaseUnreachable, House, house_at
from tests.bot.microsoft import APP, Microsoft, microsoft_on_loopback, new_key
from tests.bot.processes import free_port

Query = Callable[[str], list[tuple[object, ...]]]


async def asked(url: str, method: str = "GET") -> tuple[int, str]:
    """The status and body of a page."""
    async with aiohttp.ClientSession() as session, session.request(method, url) as response:
        return response.status, await response.text()


async def ready(bot: Running) -> tuple[int, object]:
    """What /readyz says."""
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/readyz") as response:
        return response.status, await response.json()


async def test_a_bot_that_lives_says_ok(bot: Running) -> None:
    assert await asked(f"{bot.url}/healthz") == (200, "ok")


async def test_a_bot_that_can_take_turns_is_ready(bot: Running) -> None:
    assert await ready(bot) == (200, {"ready": True, "failing": []})


@pytest.mark.parametrize("page", ["healthz", "readyz"])
async def test_a_head_request_is_answered_without_a_body(bot: Running, page: str) -> None:
    assert await asked(f"{bot.url}/{page}", "HEAD") == (200, "")


@pytest.mark.parametrize("page", ["healthz", "readyz"])
async def test_no_proxy_keeps_the_answer(bot: Running, page: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/{page}") as response:
        assert response.headers["Cache-Control"] == "no-store"


async def test_without_its_database_the_bot_lives_but_is_not_ready(bot: Running, query: Query) -> None:
    query("ALTER TABLE alembic_version RENAME TO gone")
    assert await ready(bot) == (503, {"ready": False, "failing": ["database"]})
    assert await asked(f"{bot.url}/healthz") == (200, "ok")


async def test_an_answer_is_kept_for_a_while(bot: Running, query: Query) -> None:
    assert (await ready(bot))[0] == 200
    query("ALTER TABLE alembic_version RENAME TO gone")
    assert (await ready(bot))[0] == 200


@pytest.fixture(scope="module")
def microsoft_up() -> Iterator[Microsoft]:
    """Microsoft's signing keys."""
    with microsoft_on_loopback(new_key()) as microsoft:
        yield microsoft


@pytest.fixture
def microsoft(microsoft_up: Microsoft) -> Microsoft:
    """The same, in working order."""
    microsoft_up.down = False
    return microsoft_up


@pytest.fixture
async def registered(database: Path, microsoft: Microsoft) -> AsyncIterator[Running]:
    """A bot with an app id, for which there is no Entra to give it a token."""
    nowhere = f"https://127.0.0.1:{free_port()}/{TENANT}"
    settings = Settings(
        app_id=APP, app_password="zeester-77", app_tenant_id=TENANT, port=0, database_url=f"sqlite:///{database}"
    )
    settings = replace(settings, openid_metadata_url=microsoft.metadata_url, login_authority=nowhere)
    async with running(settings) as bot:
        yield bot


async def test_a_bot_that_gets_no_token_is_not_ready(registered: Running) -> None:
    assert await ready(registered) == (503, {"ready": False, "failing": ["token"]})


async def test_a_bot_without_signing_keys_is_not_ready(registered: Running, microsoft: Microsoft) -> None:
    microsoft.down = True
    assert await ready(registered) == (503, {"ready": False, "failing": ["token", "keys"]})


async def test_why_it_is_not_ready_stands_in_the_log_once(
    registered: Running, microsoft: Microsoft, caplog: pytest.LogCaptureFixture
) -> None:
    microsoft.down = True
    for _ in range(3):
        await ready(registered)
    told = [one.getMessage() for one in caplog.records if one.name == "bot.observing.readiness"]
    assert len(told) == 1
    assert told[0].startswith("not ready: token (")


async def test_asking_for_readiness_does_not_fetch_known_keys_again(microsoft: Microsoft) -> None:
    async with aiohttp.ClientSession() as session:
        now = [0.0]
        keys = SigningKeys(session, microsoft.metadata_url, lambda: now[0])
        assert await keys.ready()
        fetched = microsoft.asked
        now[0] += 3600
        assert await keys.ready()
    assert microsoft.asked == fetched


@asynccontextmanager
async def watched(*args: object, **kwargs: object) -> AsyncIterator[Readiness]:
    """A readiness of one's own, closed afterwards."""
    readiness = Readiness(*args, **kwargs)  # type: ignore[arg-type]
    try:
        yield readiness
    finally:
        await readiness.close()


async def well() -> None:
    """A check that succeeds."""


async def refuses() -> bool:
    """A check that says no."""
    return False


async def breaks() -> None:
    """A check that can't even say no."""
    raise RuntimeError("zeester-77")


async def hangs() -> None:
    """A check that never answers."""
    await asyncio.Event().wait()


async def test_every_check_that_fails_is_named_and_no_other() -> None:
    async with watched({"a": well, "b": refuses, "c": breaks, "d": hangs}, within=0.05) as readiness:
        assert await readiness.failing() == ("b", "c", "d")


async def test_an_error_is_logged_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    async with watched({"c": breaks}) as readiness:
        await readiness.failing()
    assert "not ready: c (RuntimeError)" in caplog.text
    assert "zeester" not in caplog.text


async def test_checks_run_at_the_same_time() -> None:
    met = asyncio.Barrier(3)
    async with watched(dict.fromkeys("abc", met.wait), within=30) as readiness:
        assert await readiness.failing() == ()


async def test_many_who_ask_at_once_make_one_look() -> None:
    looks = 0

    async def count() -> None:
        nonlocal looks
        looks += 1
        await asyncio.sleep(0)

    async with watched({"a": count}) as readiness:
        await asyncio.gather(*(readiness.failing() for _ in range(100)))
    assert looks == 1


async def test_a_check_that_hangs_is_not_started_again() -> None:
    started = 0

    async def hang() -> None:
        nonlocal started
        started += 1
        await hangs()

    async with watched({"a": hang}, within=0.01, keep=0.0) as readiness:
        assert [await readiness.failing() for _ in range(5)] == [("a",)] * 5
    assert started == 1


async def test_once_a_hanging_check_answers_the_bot_is_ready_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    answer = asyncio.Event()
    async with watched({"a": answer.wait}, within=0.01, keep=0.0) as readiness:
        assert await readiness.failing() == ("a",)
        answer.set()
        assert await readiness.failing() == ()
    assert caplog.messages[-1] == "ready again"


async def test_an_answer_is_asked_for_again_after_its_time() -> None:
    now, fine = [0.0], [False]

    async def check() -> bool:
        return fine[0]

    async with watched({"a": check}, keep=5.0, timer=lambda: now[0]) as readiness:
        assert await readiness.failing() == ("a",)
        fine[0] = True
        now[0] = 4.9
        assert await readiness.failing() == ("a",)
        now[0] = 5.0
        assert await readiness.failing() == ()


async def test_a_migrated_database_answers_a_ping(house: House) -> None:
    await house.ping()


async def test_an_empty_database_does_not_count_as_one(unmigrated_url: str) -> None:
    empty = house_at(unmigrated_url)
    try:
        with pytest.raises(DatabaseUnreachable):
            await empty.ping()
    finally:
        await empty.close()


async def test_a_server_that_takes_the_call_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hung = house_at(f"postgresql+asyncpg://bot@127.0.0.1:{silent.getsockname()[1]}/network")
        try:
            with pytest.raises(DatabaseUnreachable, match="TimeoutError"):
                await hung.ping()
        finally:
            await hung.close()
