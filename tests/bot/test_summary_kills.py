"""Three processes post summaries and are killed while ends are told twice and meetings move: each is posted once.

`make soak` runs it in full size; BOT_SUMMARIES and BOT_KILLS set it.
"""

import asyncio
import os
import random
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from storage.domain.meetings import Meeting
from storage.domain.notices import NoticeState
from storage.domain.places import Place, PlaceKind
from storage.domain.reports import SUMMARY, SUMMARY_POST
from storage.domain.summaries import Heard
from storage.services.house import House
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.reports import ReportLineRow, ReportRow
from tests.bot.connector import CHANNEL, NELE, Teams, teams_on_loopback
from tests.bot.replicas import Replicas, replicas
from tests.bot.sending import coordinator, crowd, move_in, noticed, troubled
from tests.conftest import BRUSSELS
from tests.storage.support import File, bring, change, meeting, network, rows, the_meeting

FULL = "BOT_SUMMARIES" in os.environ
MEETINGS = int(os.environ.get("BOT_SUMMARIES", "6"))
KILLS = int(os.environ.get("BOT_KILLS", "2"))
TAKES = 0.1
WITHIN = 600.0 if FULL else 120.0
IN_CHANNEL = 3
"""Every so manieth meeting is for the network: what goes to one place goes there one by one."""

OVER = datetime(2026, 12, 3, 12, 1, tzinfo=BRUSSELS)
NOON = datetime(2026, 12, 4, 12, 0, 1, tzinfo=BRUSSELS)
A_WEEK = timedelta(days=7)


@pytest.fixture(params=["sqlite", "postgresql"] if FULL else ["postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The databases that several processes share; in full size both kinds."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


async def test_killed_processes_post_every_summary_once_or_it_is_listed(
    house: House, database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(11)
    async with teams_on_loopback() as teams:
        teams.takes = TAKES
        nele = await coordinator(house, NELE, teams)
        await _meetings(house, teams)
        held = [await the_meeting(house, f"m{number}", nele) for number in range(MEETINGS)]
        await house.summaries.plan_due(OVER)
        await change(house, delete(NoticeRow))  # the drafts are of another test
        for one in held:
            await _move(house, one, A_WEEK)
        async with asyncio.timeout(WITHIN):
            with replicas(database_url, NOON, tmp_path) as bots:
                await _mischief(house, teams, bots, held, chance)
                while await _open(house):  # noqa: ASYNC110 - other processes are watched
                    await asyncio.sleep(0.1)
    posts = Counter(
        found[1] for one in teams.posted if (found := re.search(r"Samenvatting van Titel (m\d+)", one.text))
    )
    notices = [one for one in await noticed(house) if one["kind"] in {SUMMARY_POST, SUMMARY}]
    keys = {one.id: one.key for one in held}
    states = {keys[int(one["subject"])]: one["state"] for one in notices}
    listed = (await troubled(house, nele, NOON)).get(NoticeState.AMBIGUOUS, 0)
    print(f"\n{MEETINGS} meetings, {KILLS} kills, {sum(posts.values())} posts, {dict(Counter(states.values()))}")
    assert len(notices) == len(states) == MEETINGS
    assert max(posts.values()) == 1
    assert set(states.values()) <= {NoticeState.SENT, NoticeState.AMBIGUOUS}
    assert {key for key, state in states.items() if state == NoticeState.SENT} <= set(posts)
    assert listed == list(states.values()).count(NoticeState.AMBIGUOUS)
    versions = await rows(house, select(ReportRow.version).where(ReportRow.posted_at.is_not(None)))
    assert versions == [(1,)] * MEETINGS


async def _meetings(house: House, teams: Teams) -> None:
    """Meetings that are over, each with a decision: some for the network, the others for one person each."""
    people = crowd(MEETINGS)
    await move_in(house, people, teams.service_url)
    posting = Place(CHANNEL.conversation, PlaceKind.CHANNEL, teams.service_url, team_id=CHANNEL.team)
    await house.places.keep(posting)
    await house._units.write(lambda unit: unit.places.post_only_here(posting))
    file: File = {**network(), "people": [], "organisations": []}
    file["meetings"] = [
        meeting(
            f"m{number}",
            "2026-12-03 09:30",
            "2026-12-03 11:30",
            audience="network" if number % IN_CHANNEL == 0 else "participants",
            registrations=[] if number % IN_CHANNEL == 0 else [{"person": one.mail}],
        )
        for number, one in enumerate(people)
    ]
    await bring(house, file)
    ids = await rows(house, select(MeetingRow.id))
    line: dict[str, Any] = {"kind": "decision", "position": 0, "text": "We starten", "origin": "note", "at": OVER}
    for (id_,) in ids:
        await change(house, insert(ReportLineRow).values(meeting_id=id_, data={}, **line))


async def _move(house: House, found: Meeting, by: timedelta) -> None:
    """A meeting moves; its end by itself as well."""
    starts, ends = found.starts + by, found.ends + by
    local = {"starts_local": starts.replace(tzinfo=None), "ends_local": ends.replace(tzinfo=None)}
    here = update(MeetingRow).where(MeetingRow.id == found.id)
    await change(house, here.values(starts_at=starts, ends_at=ends, **local))


async def _mischief(house: House, teams: Teams, bots: Replicas, held: list[Meeting], chance: random.Random) -> None:
    """Bring the meetings back one by one, ending earlier or later; tell ends again and again; kill who posts."""
    at = {round(MEETINGS * (number + 1) / (KILLS + 1)): number for number in range(KILLS)}
    for number, one in enumerate(chance.sample(held, len(held)), 1):
        await _move(house, one, timedelta(minutes=chance.randint(-30, 60)))
        for other in chance.sample(held, min(3, len(held))):
            await _tell_end(house, other, chance)
        if chance.random() < 0.3:
            await _move(house, one, A_WEEK)
            await _move(house, one, timedelta(0))
        if number in at:
            before = len(teams.posted)
            while len(teams.posted) == before and not await _done(house, number):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.01)
            bots.kill(chance.randrange(len(bots.alive)))
            bots.start()


async def _tell_end(house: House, found: Meeting, chance: random.Random) -> None:
    """Teams tells the end of a meeting, twice at the same moment."""
    at = found.starts + timedelta(minutes=chance.randint(60, 150))
    heard = Heard(f"19:{found.key}", at, title=found.title)
    await asyncio.gather(*(house.summaries.ended(heard, NOON) for _ in range(2)))


async def _done(house: House, count: int) -> bool:
    """Whether so many were decided on."""
    posted = select(ReportRow.meeting_id).where(ReportRow.posted_at.is_not(None))
    return len(await rows(house, posted)) >= count


async def _open(house: House) -> bool:
    """Whether some are not posted, or not settled yet."""
    if not await _done(house, MEETINGS):
        return True
    unsettled = {NoticeState.READY, NoticeState.SENDING}
    return any(one["state"] in unsettled for one in await noticed(house) if one["kind"] in {SUMMARY_POST, SUMMARY})
