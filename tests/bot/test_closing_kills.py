"""Three processes close many meetings at the same moment and are killed while they do: each is closed once."""

import asyncio
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.domain.agenda import NewPoint, PointKind
from storage.services.carrying import AGENDA_CLOSED, AGENDA_CLOSING
from storage.services.carrying_points import POINT_CARRIED
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow, AgendaRow
from storage.tables.notices import NoticeRow
from tests.bot.replicas import Replicas, replicas
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import ROOS, TARIK, bring, meeting, network, rows, the_meeting, viewer

MEETINGS, KILLS, WITHIN = 8, 2, 90.0
AFTER = datetime(2026, 12, 3, 12, 1, tzinfo=BRUSSELS)
NEXT_NOON = datetime(2026, 12, 4, 12, 0, 1, tzinfo=BRUSSELS)


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """The database that several processes share in earnest."""
    return postgres_url


async def test_killed_processes_close_every_meeting_once(house: House, database_url: str, tmp_path: Path) -> None:
    half = MEETINGS // 2
    await _meetings(house)
    await house.carrying.plan_due(AFTER)
    asked = await rows(house, select(func.count()).where(AgendaRow.asked_at.is_not(None)).select_from(AgendaRow))
    assert asked == [(half,)]
    async with asyncio.timeout(WITHIN):
        with replicas(database_url, NEXT_NOON, tmp_path) as bots:
            await _kill_while_closing(house, bots, half)
            while await _done(house) < MEETINGS:  # noqa: ASYNC110 - other processes are watched
                await asyncio.sleep(0.1)
    states = select(AgendaPointRow.state, AgendaPointRow.carried, AgendaPointRow.recurring, func.count())
    kept = await rows(house, states.group_by(AgendaPointRow.state, AgendaPointRow.carried, AgendaPointRow.recurring))
    assert {tuple(row[:3]): row[3] for row in kept} == {
        ("handled", 0, True): half,
        ("accepted", 0, True): MEETINGS,  # those that return, and those that are still asked about
        ("proposed", 1, False): half,
        ("proposed", 2, False): half,  # from the first day to the second, and on from there
    }
    told = select(NoticeRow.kind, func.count()).group_by(NoticeRow.kind)
    counts: dict[Any, Any] = dict(await rows(house, told.where(NoticeRow.kind.in_(_KINDS))))  # type: ignore[arg-type]
    assert counts == {AGENDA_CLOSING: MEETINGS, AGENDA_CLOSED: half, POINT_CARRIED: MEETINGS}


_KINDS = (AGENDA_CLOSING, AGENDA_CLOSED, POINT_CARRIED)


async def _meetings(house: House) -> None:
    """Half of them were over at noon of the day before, half are over now; each with a point that returns."""
    file, runs = network(), {"organiser": ROOS, "note_taker": TARIK}
    days = ["2026-12-03" if number < MEETINGS // 2 else "2026-12-04" for number in range(MEETINGS)]
    file["meetings"] = [
        meeting(f"m{number}", f"{day} 09:30", f"{day} 11:30", **runs) for number, day in enumerate(days)
    ]
    file["meetings"].append(meeting("later", "2027-02-04 09:30", "2027-02-04 12:00"))
    await bring(house, file)
    roos, tarik = await viewer(house, ROOS), await viewer(house, TARIK)
    for number in range(MEETINGS):
        id_ = (await the_meeting(house, f"m{number}", roos)).id
        await house.points.propose(NewPoint("Rondje", id_, PointKind.THEME, recurring=True), roos, NOW)
        await house.points.propose(NewPoint("Voorstel", id_, PointKind.THEME), tarik, NOW)


async def _kill_while_closing(house: House, bots: Replicas, before: int) -> None:
    """Kill a random one each time that some more was done."""
    chance = random.Random(7)
    for number in range(1, KILLS + 1):
        enough = before * number // (KILLS + 1)
        while await _done(house) < enough:  # noqa: ASYNC110 - other processes are watched
            await asyncio.sleep(0.01)
        bots.kill(chance.randrange(len(bots.alive)))
        bots.start()


async def _done(house: House) -> int:
    """How many meetings were closed, or asked about on their day."""
    over = AgendaRow.closed_at.is_not(None) | (AgendaRow.asked_at >= NEXT_NOON)
    return int((await rows(house, select(func.count()).select_from(AgendaRow).where(over)))[0][0])
