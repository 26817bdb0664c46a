"""Real processes that do the same with agenda points at the same moment: everything happens once."""

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process

import pytest
from sqlalchemy import func, select

from storage.services.house import house_at
from storage.tables.agenda import AgendaPointRow, SupportRow
from tests.bot.forge import ROOT, python
from tests.storage.point_race import TITLES
from tests.storage.proposals import LATER, ans, id_of, propose, the_file
from tests.storage.support import bring, rows

PROCESSES = 2
LONGEST = 120


async def started(url: str, *ids: int) -> Process:
    """A process that waits for its sign."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    command = python("-m", "tests.storage.point_race", url, *map(str, ids))
    return await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def ended(process: Process) -> list[int]:
    """The ids of the points that a process got."""
    out, err = await process.communicate(b"go\n")
    assert process.returncode == 0, err.decode()
    found: list[int] = json.loads(out)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


async def test_what_two_processes_propose_support_and_take_back_at_once_happens_once(url: str) -> None:
    house = house_at(url)
    await house.migrate()
    await bring(house, the_file())
    async with asyncio.timeout(LONGEST):
        meeting_id = await id_of(house, LATER)
        old = [(await propose(house, await ans(house), title)).point.id for title in TITLES]
        processes = [await started(url, meeting_id, *old) for _ in range(PROCESSES)]
        for process in processes:
            assert process.stdout is not None
            assert process.stderr is not None
            if await process.stdout.readline() != b"ready\n":
                pytest.fail((await process.stderr.read()).decode())
        ids, *others = await asyncio.gather(*map(ended, processes))
    proposed = AgendaPointRow.proposer_id.is_not(None)
    states = await rows(
        house, select(AgendaPointRow.state, func.count()).where(proposed).group_by(AgendaPointRow.state)
    )
    supports = await rows(house, select(SupportRow.point_id).order_by(SupportRow.point_id))
    await house.close()
    assert others == [ids]
    assert dict(states) == {"proposed": 2 * len(TITLES), "withdrawn": len(TITLES)}
    assert supports == [(one,) for one in sorted(ids)]
