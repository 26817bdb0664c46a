"""What goes out about a summary by itself, with real senders, a Teams on loopback and a clock that can be moved."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from storage.domain.meetings import Meeting
from storage.domain.reports import SUMMARY, SUMMARY_DRAFT, SUMMARY_POST, LineKind, NewLine
from storage.domain.summaries import SUMMARY_ASKED
from storage.services.house import House
from storage.tables.meetings import MeetingRow
from tests.bot.connector import CHANNEL, JONAS, NELE, SAMIRA, WOUT, Posted, Teams, teams_on_loopback
from tests.bot.sending import Hands, sending, states
from tests.bot.weeks import STARTS, Week, counted, move, nele, once, set_meeting, settled, the_one
from tests.conftest import BRUSSELS
from tests.storage.support import change, viewer

OVER = datetime(2027, 2, 4, 12, 1, tzinfo=BRUSSELS)
NOON = datetime(2027, 2, 5, 12, tzinfo=BRUSSELS)
HEAD = "Samenvatting van"
LISTED = [{"person": SAMIRA.mail}, {"person": WOUT.mail}, {"person": JONAS.mail, "status": "excused"}]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind of database: what is said does not depend on it."""
    return sqlite_url


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    """A Teams."""
    async with teams_on_loopback() as started:
        yield started


@pytest.fixture
async def week(house: House) -> AsyncIterator[Week]:
    """Two bots."""
    clock = Hands(STARTS)
    async with sending(house, clock=clock) as one, sending(house, clock=clock) as other:
        yield Week(house, [one, other])


async def held(house: House, teams: Teams, **fields: Any) -> Meeting:
    """A meeting of Thursday 4 February that was held, with a decision and an action of Jonas, who was excused."""
    found = await settled(house, teams, LISTED, channel=True, **fields)
    organiser = await nele(house)
    for new in (
        NewLine(LineKind.DECISION, "We starten in maart"),
        NewLine(LineKind.ACTION, "mailt het CLB", owner="Jonas"),
        NewLine(LineKind.TOPIC, "De Vuurtoren stelt zich voor"),
        NewLine(LineKind.DECISION, "Het gezin komt terug", private=True),
    ):
        await house.reports.add(found.id, new, organiser, OVER - timedelta(minutes=5))
    return found


async def through(week: Week, *moments: datetime) -> None:
    """These moments; each twice, for one conversation gets one message at a time."""
    for moment in moments:
        await week.at(moment)
        await week.at(week.clock.now() + timedelta(seconds=10))


def shown(posted: Posted) -> str:
    """All that a message shows."""
    return json.dumps(posted.activity, ensure_ascii=False)


async def test_the_draft_goes_out_first_and_the_post_at_noon_once(house: House, teams: Teams, week: Week) -> None:
    await held(house, teams)
    await through(week, OVER)
    assert counted(teams, "Ontwerp van de samenvatting") == once(NELE)
    await through(week, NOON - timedelta(minutes=2))
    assert counted(teams, HEAD) == {}
    await through(week, NOON, NOON + timedelta(days=1), NOON + timedelta(days=3))
    assert counted(teams, HEAD) == {"kanaal": 1, **once(JONAS)}
    (post,) = [one for one in teams.posted if one.conversation == CHANNEL.conversation]
    assert "We starten in maart" in shown(post)
    assert "gezin" not in json.dumps(
        [one.activity for one in teams.posted if one.conversation != NELE.chat.conversation]
    )


async def test_who_was_excused_reads_what_touches_them_on_top(house: House, teams: Teams, week: Week) -> None:
    await held(house, teams)
    await through(week, OVER, NOON)
    told = the_one(teams, JONAS, "Je kon er niet bij zijn op Titel overleg.")
    body = [one.get("text", "") for one in told.card["body"]]
    assert body[1:3] == ["Te doen: mailt het CLB", "Over jouw organisatie: De Vuurtoren stelt zich voor"]
    assert "gezin" not in shown(told)


async def test_a_correction_updates_the_same_post_and_says_so(house: House, teams: Teams, week: Week) -> None:
    found = await held(house, teams)
    await through(week, OVER, NOON)
    organiser, later = await nele(house), NOON + timedelta(days=3)
    report = await house.reports.report(found.id, organiser)
    (decision,) = report.of(LineKind.DECISION)
    await house.reports.change(found.id, decision.id, {"text": "We starten in april"}, organiser, later)
    await house.reports.add(found.id, NewLine(LineKind.TOPIC, "Time-out"), organiser, later)
    await through(week, later + timedelta(minutes=1))
    (post,) = [one for one in teams.posted if one.conversation == CHANNEL.conversation]
    updates = [one for one in teams.updates if one.id == post.id]
    assert updates
    assert all(
        said in shown(updates[-1]) for said in ("We starten in april", "Time-out", "Verbeterd op maandag 8 februari")
    )
    assert counted(teams, HEAD) == {"kanaal": 1, **once(JONAS)}


async def test_a_closed_meeting_is_told_personally_and_never_in_the_channel(
    house: House, teams: Teams, week: Week
) -> None:
    await held(house, teams, audience="participants")
    await through(week, OVER, NOON)
    assert counted(teams, HEAD) == once(NELE, SAMIRA, WOUT, JONAS)
    assert counted(teams, "Je kon er niet bij zijn") == once(JONAS)
    assert [one for one in teams.posted if one.conversation == CHANNEL.conversation] == []


async def test_a_meeting_that_became_a_closed_one_before_it_was_posted_stays_out_of_the_channel(
    house: House, teams: Teams, week: Week
) -> None:
    found = await held(house, teams)
    await week.at(OVER)
    await house.summaries.plan_due(NOON)
    await change(house, update(MeetingRow).where(MeetingRow.id == found.id).values(audience="participants"))
    await through(week, NOON)
    assert [one for one in teams.posted if one.conversation == CHANNEL.conversation] == []
    assert await states(house, SUMMARY_POST) == ["cancelled"]


async def test_a_draft_that_waits_for_the_morning_says_nothing_once_the_meeting_moved(
    house: House, teams: Teams, week: Week
) -> None:
    found = await held(house, teams)
    evening = timedelta(hours=8)
    await set_meeting(house, found, ends_at=found.ends + evening)
    await through(week, OVER + evening)
    assert await states(house, SUMMARY_DRAFT) == ["ready"]
    await move(house, found, 14)
    await through(week, NOON)
    assert (await states(house, SUMMARY_DRAFT), counted(teams, "samenvatting")) == (["cancelled"], {})


async def test_without_anything_noted_it_is_asked_twice_and_no_more(house: House, teams: Teams, week: Week) -> None:
    await settled(house, teams, LISTED, channel=True, note_taker=SAMIRA.mail)
    await through(week, OVER, NOON, NOON + timedelta(days=3), NOON + timedelta(days=4))
    assert counted(teams, "om een samenvatting van te maken") == {"Samira": 2}
    assert counted(teams, "Ik vraag het niet meer.") == once(SAMIRA)
    assert await states(house, SUMMARY_ASKED) == ["sent"] * 2
    assert await states(house, SUMMARY) == []


async def test_what_comes_in_before_the_question_leaves_makes_it_needless(
    house: House, teams: Teams, week: Week
) -> None:
    found = await settled(house, teams, LISTED, note_taker=SAMIRA.mail)
    evening = timedelta(hours=8)
    await set_meeting(house, found, ends_at=found.ends + evening)
    await through(week, OVER + evening)
    new = NewLine(LineKind.DECISION, "We starten")
    await house.reports.note(new, found.id, await viewer(house, SAMIRA.mail), OVER + evening)
    await through(week, NOON - timedelta(hours=2))
    assert await states(house, SUMMARY_ASKED) == ["cancelled"]
    assert counted(teams, "Ontwerp van de samenvatting") == once(NELE, SAMIRA)
