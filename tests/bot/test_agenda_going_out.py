"""What goes out about an agenda by itself, with real senders, a Teams on loopback and a clock that can be moved."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from dialogs.texts import publishing as texts
from storage.domain.meetings import Meeting
from storage.domain.publishing import AGENDA, AGENDA_CHANGED, AGENDA_DRAFT, AGENDA_POST
from storage.services.house import House, house_at
from storage.services.invitations import plan_cancelled, plan_changed
from storage.services.publishing import agenda_changed
from storage.tables.agenda import AgendaPointRow, CaseRow
from tests.bot.connector import CHANNEL, JONAS, NELE, SAMIRA, WOUT, Posted, Teams, teams_on_loopback
from tests.bot.replicas import replicas
from tests.bot.sending import Hands, noticed, sending, states
from tests.bot.weeks import INVITED_AT, KEY, Week, answer, counted, move, nele, once, set_meeting, settled, the_one
from tests.conftest import BRUSSELS
from tests.storage.support import change, rows, the_meeting, viewer

DRAFTED, PUBLISHED, CHANGED, NUDGED = (
    "Binnenkort vertrekt",
    "**De agenda van",
    "is aangepast.**",
    "Je zou iets meebrengen",
)
DRAFT_DAY, PUBLISH_DAY = (datetime(2027, 1, day, 9, tzinfo=BRUSSELS) for day in (26, 28))
SECRET = "wat alleen de deelnemers lezen"


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
    clock = Hands(INVITED_AT)
    async with sending(house, clock=clock) as one, sending(house, clock=clock) as other:
        yield Week(house, [one, other])


async def proposed(house: House, found: Meeting, title: str, **fields: Any) -> None:
    """A proposal of Samira."""
    samira = (await viewer(house, SAMIRA.mail)).person
    assert samira is not None
    by = {"proposer_id": samira.id, "proposed_at": INVITED_AT}
    row = {"meeting_id": found.id, "title": title, "position": 0, "state": "proposed", **by, **fields}
    await change(house, insert(AgendaPointRow).values(row))


async def published(house: House, teams: Teams, week: Week, **fields: Any) -> Meeting:
    """An agenda that was published to Samira and Wout, and in the channel."""
    listed = [{"person": SAMIRA.mail}, {"person": WOUT.mail}]
    found = await settled(house, teams, listed, channel=True, **fields)
    await proposed(house, found, "Huiswerk", minutes=20, explanation="Waarover het gaat")
    await proposed(house, found, "Een casus", kind="case", explanation=SECRET)
    await house.agendas.publish(found.id, await nele(house), INVITED_AT, compose=True)
    await week.at(INVITED_AT)
    return found


async def changes(house: House, found: Meeting, now: datetime, title: str = "Huiswerk", **values: Any) -> None:
    """A point changes, as by chat."""
    await change(house, update(AgendaPointRow).where(AgendaPointRow.title == title).values(values))
    await house._units.write(lambda unit: agenda_changed(unit, found.id, now))


async def later(week: Week) -> None:
    """Five minutes pass; twice, for one conversation gets one message at a time."""
    for _ in range(2):
        await week.at(week.clock.now() + timedelta(minutes=5))


def in_channel(teams: Teams) -> list[Posted]:
    """What was posted in the channel."""
    return [one for one in teams.posted if one.conversation == CHANNEL.conversation]


def everything(teams: Teams) -> str:
    """All that was ever sent or updated, as text."""
    return json.dumps([one.activity for one in (*teams.posted, *teams.updates)], ensure_ascii=False)


async def test_it_goes_to_who_comes_and_to_the_channel_and_nothing_told_of_a_case_with_it(
    house: House, teams: Teams, week: Week
) -> None:
    found = await published(house, teams, week)
    ((point,),) = await rows(house, select(AgendaPointRow.id).where(AgendaPointRow.title == "Een casus"))
    await change(house, insert(CaseRow).values(point_id=point, situation=SECRET))
    await changes(house, found, week.clock.now(), title="Huiswerk", explanation="Anders")
    await week.at(INVITED_AT + timedelta(minutes=5))
    assert {one.conversation for one in teams.posted} == {one.conversation for one in (SAMIRA.chat, WOUT.chat, CHANNEL)}
    (posted,) = in_channel(teams)
    assert "Huiswerk" in json.dumps(posted.card)
    assert "Waarover het gaat" in json.dumps(posted.card)
    assert "text" not in posted.activity
    assert SECRET not in everything(teams)


async def test_a_closed_agenda_never_goes_to_the_channel(house: House, teams: Teams, week: Week) -> None:
    await published(house, teams, week, audience="participants")
    assert in_channel(teams) == []
    assert {one.conversation for one in teams.posted} == {SAMIRA.chat.conversation, WOUT.chat.conversation}


async def test_a_change_updates_what_was_sent_and_is_one_short_note(house: House, teams: Teams, week: Week) -> None:
    found = await published(house, teams, week)
    now = week.clock.now()
    await changes(house, found, now, minutes=35)
    await changes(house, found, now + timedelta(minutes=1), presenter="Wout Lambrechts")
    await week.at(now + timedelta(minutes=4))
    await week.at(now + timedelta(minutes=10))
    assert {one.conversation for one in teams.updates} == {one.conversation for one in teams.posted[:3]}
    assert all("35 minuten" in json.dumps(one.card) for one in teams.updates)
    assert counted(teams, CHANGED) == {**once(SAMIRA, WOUT), "kanaal": 1}
    said = the_one(teams, SAMIRA, CHANGED).text
    assert "- Huiswerk: 35 minuten in plaats van 20 minuten" in said
    assert "- Huiswerk: gebracht door Wout Lambrechts" in said


async def test_what_was_changed_back_is_not_told(house: House, teams: Teams, week: Week) -> None:
    found = await published(house, teams, week)
    for minutes in (35, 20):
        await changes(house, found, week.clock.now(), minutes=minutes)
    await later(week)
    assert (counted(teams, CHANGED), set(await states(house, AGENDA_CHANGED))) == ({}, {"cancelled"})


async def test_what_comes_and_goes_is_told(house: House, teams: Teams, week: Week) -> None:
    found = await published(house, teams, week)
    await proposed(house, found, "Nog iets", state="accepted", position=9, minutes=10)
    await changes(house, found, week.clock.now(), state="declined")
    await later(week)
    said = the_one(teams, SAMIRA, CHANGED).text
    assert "- Nieuw: Nog iets (10 minuten)" in said
    assert "- Niet meer op de agenda: Huiswerk" in said


async def test_who_registers_later_gets_it_as_it_stands_then(house: House, teams: Teams, week: Week) -> None:
    found = await published(house, teams, week)
    await changes(house, found, week.clock.now(), minutes=35)
    await later(week)
    await answer(house, found, JONAS)
    await later(week)
    own = [one for one in teams.posted if one.conversation == JONAS.chat.conversation]
    assert ["35 minuten" in json.dumps(one.card) for one in own] == [True]


async def test_a_moved_meeting_shows_its_new_day_in_the_agenda_that_was_sent(
    house: House, teams: Teams, week: Week
) -> None:
    found = await published(house, teams, week)
    await move(house, found, 1)
    await house._units.write(lambda unit: plan_changed(unit, found.id, ["starts"], week.clock.now(), found))
    await later(week)
    agendas = [json.dumps(one.activity) for one in teams.updates]
    assert ["vrijdag 5 februari 2027" in one for one in agendas] == [True] * 3
    assert counted(teams, CHANGED) == {}


async def test_a_cancelled_meeting_says_so_where_the_agenda_stood_and_changes_are_no_news(
    house: House, teams: Teams, week: Week
) -> None:
    found = await published(house, teams, week)
    await set_meeting(house, found, cancelled_at=week.clock.now())
    await house._units.write(lambda unit: plan_cancelled(unit, found.id, week.clock.now()))
    await changes(house, found, week.clock.now(), minutes=35)
    await later(week)
    assert {one.text for one in teams.updates} == {"**Titel overleg gaat niet door.**"}
    assert counted(teams, CHANGED) == {}


async def test_on_the_set_day_the_draft_goes_to_the_organiser_and_then_the_agenda(
    house: House, teams: Teams, week: Week
) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}], channel=True)
    await proposed(house, found, "Huiswerk", carried=2)
    await week.through(DRAFT_DAY - timedelta(days=2), 4)
    assert counted(teams, DRAFTED) == once(NELE)
    draft = the_one(teams, NELE, DRAFTED)
    assert "Huiswerk (20 minuten): 2 × uitgesteld" in draft.text
    assert "Ik publiceer ze vanzelf donderdag 28 januari om 9 uur, tenzij je ze vasthoudt." in draft.text
    titles = [action["title"] for action in draft.card["actions"]]
    assert titles == [texts.BUTTON_PUBLISH_DRAFT, texts.BUTTON_HOLD, texts.BUTTON_BOARD]
    await week.through(PUBLISH_DAY, 4)
    assert len(in_channel(teams)) == 1
    assert len([one for one in await noticed(house) if one["kind"] == AGENDA]) == 1


async def test_held_after_its_draft_it_does_not_go_out(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}], channel=True)
    await proposed(house, found, "Huiswerk")
    await week.at(DRAFT_DAY)
    await house.agendas.hold(found.id, await nele(house), week.clock.now(), True)
    await week.through(PUBLISH_DAY, 1)
    assert in_channel(teams) == []


async def test_a_draft_that_waits_is_dropped_once_the_agenda_is_published(
    house: House, teams: Teams, week: Week
) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    await proposed(house, found, "Huiswerk")
    await week.at(DRAFT_DAY + timedelta(hours=11))
    assert await states(house, AGENDA_DRAFT) == ["ready"]
    await house.agendas.publish(found.id, await nele(house), week.clock.now(), compose=True)
    await week.at(DRAFT_DAY + timedelta(days=1))
    assert (counted(teams, DRAFTED), await states(house, AGENDA_DRAFT)) == ({}, ["cancelled"])


async def test_over_the_change_of_the_clock_it_still_goes_out_at_nine(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}], channel=True)
    await move(house, found, 56)  # 1 April: clocks change on 28 March, and 29 March is Easter Monday
    await proposed(house, found, "Huiswerk")
    publish_day = datetime(2027, 3, 24, 9, tzinfo=BRUSSELS)
    await week.through(publish_day - timedelta(days=2), 1)
    await week.at(publish_day - timedelta(minutes=1))
    assert in_channel(teams) == []
    await week.at(publish_day)
    await week.through(publish_day + timedelta(days=4), 3)
    assert len(in_channel(teams)) == 1


async def test_who_promised_something_is_asked_for_it_once(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, agenda_until="2027-01-25")
    await house.agendas.promise(found.id, await viewer(house, JONAS.mail), INVITED_AT, "een spel")
    await house.agendas.promise(found.id, await viewer(house, WOUT.mail), INVITED_AT)
    await house.agendas.unpromise(found.id, await viewer(house, WOUT.mail))
    await week.through(datetime(2027, 1, 19, tzinfo=BRUSSELS), 4)
    assert counted(teams, NUDGED) == once(JONAS)
    nudge = the_one(teams, JONAS, NUDGED)
    assert "over “een spel” voor Titel overleg (donderdag 4 februari 2027)" in nudge.text
    assert nudge.button(texts.BUTTON_ADD)["intent"] == "agenda.propose"


async def test_the_invitation_calls_for_points_with_a_button_and_the_network_s_own_words(
    house: House, teams: Teams, week: Week
) -> None:
    found = await settled(house, teams, agenda_until="2027-01-28")
    await house.invitations.set_rule(None, "input_text", "Breng een *casus* mee.", await nele(house))
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    posted = the_one(teams, JONAS, "**Uitnodiging")
    assert "Geef het door tot en met donderdag 28 januari 2027" in posted.text
    assert "Breng een \\*casus\\* mee." in posted.text
    assert posted.button(texts.BUTTON_ADD)["intent"] == "agenda.propose"


@pytest.fixture
async def served(postgres_url: str) -> AsyncIterator[House]:
    """The services on a server, as several bots share them."""
    opened = house_at(postgres_url)
    await opened.migrate()
    yield opened
    await opened.close()


async def test_processes_that_come_and_go_publish_it_once(
    served: House, postgres_url: str, teams: Teams, tmp_path: Path
) -> None:
    house = served
    found = await settled(house, teams, [{"person": one.mail} for one in (SAMIRA, WOUT, JONAS)], channel=True)
    await proposed(house, found, "Huiswerk")
    await house.invitations.set_rule(None, "agenda_draft_days", "0", await nele(house))
    async with asyncio.timeout(90):
        with replicas(postgres_url, PUBLISH_DAY, tmp_path, count=2) as bots:
            while await states(house, AGENDA) + await states(house, AGENDA_POST) != ["sent"] * 4:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            bots.kill(0)
            await changes(house, await the_meeting(house, KEY), PUBLISH_DAY - timedelta(minutes=3), minutes=45)
            while len(teams.updates) < 4 or await states(house, AGENDA_CHANGED) != ["sent"] * 4:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    assert [len(in_channel(teams)), counted(teams, CHANGED)] == [2, {**once(SAMIRA, WOUT, JONAS), "kanaal": 1}]
    points = await house.meetings.agenda(found)
    assert [one.title for one in points].count("Verwelkoming") == 1
    assert len([one for one in await noticed(house) if one["kind"] == AGENDA]) == 3
