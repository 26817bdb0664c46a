"""A share of what several do with one report at the same moment; `make soak` lets three processes do it 2,000 times."""

import asyncio
import os
import sys

import pytest

from storage.services.house import House, house_at
from tests.storage.doings import take_part
from tests.storage.proposals import fill, filled, id_of, roos
from tests.storage.report_machine import NOON, broken, play
from tests.storage.support import MIEL, TARIK

__all__ = ["filled"]

ACTS, SEED = 60, 20261122
LONG = int(os.environ.get("BOT_REPORT_ACTS", "0"))


async def test_whatever_people_do_with_a_report_at_once_it_holds_together(filled: House) -> None:
    await take_part(filled, TARIK, MIEL)
    meeting = await id_of(filled)
    await play(filled, meeting, SEED, ACTS // 2)
    await filled.summaries.release(meeting, await roos(filled), NOON)
    player = await play(filled, meeting, SEED + 1, ACTS)
    assert player.errors == []
    assert player.done > ACTS // 8
    assert await broken(filled._database) == {}


@pytest.mark.timeout(7_200)
@pytest.mark.skipif(not LONG, reason="a long run, for make soak")
async def test_whatever_three_processes_do_with_a_report_it_holds_together(database_url: str) -> None:
    house = house_at(database_url)
    await house.migrate()
    await fill(house)
    await take_part(house, TARIK, MIEL)
    command = [sys.executable, "-m", "tests.storage.report_machine", database_url, str(await id_of(house))]
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE}
    works = [await asyncio.create_subprocess_exec(*command, str(SEED + at), str(LONG), **pipes) for at in range(3)]
    for one in works:
        assert one.stdout is not None
        assert await one.stdout.readline() == b"ready\n"
    told = [(await one.communicate(b"\n"))[0].decode() for one in works]
    print(told)
    assert all("[]" in one for one in told)
    assert await broken(house._database) == {}
    await house.close()
