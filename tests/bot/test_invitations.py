"""What goes out about meetings by itself, with real senders, a Teams on loopback and a clock that can be moved."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

import bot.jobs.errands
from bot.jobs.errands import Errands
from dialogs.texts import invitations as texts
from storage.domain.invitations import INVITATION, INVITATION_POST, MEETING_CHANGED, NUDGE, REMINDER
from storage.domain.meetings import MeetingKind
from storage.services.house import House
from storage.services.invitations import plan_cancelled, plan_changed
from storage.services.notices import TROUBLE
from storage.tables.registrations import RegistrationRow
from tests.bot.connector import (
    CHANNEL,
    JONAS,
    KATRIEN,
    LOTTE,
    NELE,
    SAMIRA,
    WOUT,
    Teams,
    teams_on_loopback,
)
from tests.bot.replicas import replicas
from tests.bot.sending import Hands, noticed, sending, states
from tests.bot.weeks import (
    EMRE,
    IN_TEAMS,
    INVITED_AT,
    KEY,
    NINE,
    NUDGE_DAY,
    REMINDER_DAY,
    STARTS,
    Week,
    answer,
    counted,
    move,
    nele,
    once,
    set_meeting,
    settled,
    the_one,
)
from tests.storage.support import change, the_meeting


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


INVITED, NUDGED, REMINDED, CHANGED = "**Uitnodiging", "Kom je naar", "**Tot binnenkort", "**Er is iets veranderd"
OFF = "gaat niet door"


async def test_everybody_gets_what_is_for_them_once(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, channel=True)
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await answer(house, found, SAMIRA)
    await answer(house, found, WOUT, "excused")
    await week.through(NUDGE_DAY - timedelta(days=2), 10)
    assert counted(teams, INVITED) == {**once(JONAS, SAMIRA, EMRE, WOUT, KATRIEN), "kanaal": 1}
    assert counted(teams, NUDGED) == once(JONAS, KATRIEN)
    assert counted(teams, REMINDED) == once(SAMIRA)
    assert len(teams.posted) == 6 + 2 + 1 + len([one for one in teams.posted if "Niet iedereen kreeg" in one.text])


async def test_moved_and_with_other_rules_it_stays_once_for_each_day(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await week.through(REMINDER_DAY, 1)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "reminder_days", "5", await nele(house))
    await week.through(REMINDER_DAY, 1)
    await move(house, found, 14)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "reminder_days", "1", await nele(house))
    await week.through(REMINDER_DAY + timedelta(days=1), 15)
    assert counted(teams, REMINDED) == {"Samira": 2}
    assert ["4 februari" in one.text for one in teams.posted if REMINDED in one.text] == [True, False]


async def test_a_bot_that_was_away_makes_up_for_what_still_makes_sense(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await week.at(STARTS - timedelta(hours=1))
    await week.at(STARTS + timedelta(minutes=5))
    assert (counted(teams, REMINDED), counted(teams, NUDGED)) == (once(SAMIRA), {})


async def test_a_reminder_that_waits_for_the_morning_is_dropped_when_somebody_drops_out(
    house: House, teams: Teams, week: Week
) -> None:
    await settled(house, teams, [{"person": SAMIRA.mail}])
    await week.at(REMINDER_DAY + timedelta(hours=20))
    assert await states(house, REMINDER) == ["ready"]
    await change(house, update(RegistrationRow).values(status="excused"))
    await week.at(REMINDER_DAY + timedelta(days=1) + NINE)
    assert (counted(teams, REMINDED), await states(house, REMINDER)) == ({}, ["cancelled"])


async def test_a_nudge_that_waits_is_dropped_when_a_colleague_comes(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams)
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await week.at(NUDGE_DAY + timedelta(hours=20))
    await answer(house, found, KATRIEN)
    await week.at(NUDGE_DAY + timedelta(days=1) + NINE)
    assert counted(teams, NUDGED) == once(JONAS, SAMIRA, EMRE)


async def test_a_cancelled_meeting_sends_no_reminder_and_tells_it_once(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}], channel=True)
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await set_meeting(house, found, cancelled_at=week.clock.now(), cancelled_why="De zaal is weg.")
    await house._units.write(lambda unit: plan_cancelled(unit, found.id, week.clock.now()))
    for day in (NUDGE_DAY, REMINDER_DAY):
        await week.through(day, 2)
    told = counted(teams, "gaat niet door.**")
    assert told == {**once(NELE, JONAS, SAMIRA, EMRE, WOUT, KATRIEN), "kanaal": 1}
    assert (counted(teams, REMINDED), counted(teams, NUDGED)) == ({}, {})
    assert "De zaal is weg." in the_one(teams, SAMIRA, OFF).text
    assert {one.text for one in teams.updates} == {"**Titel overleg gaat niet door.**"}


async def test_changes_in_a_row_are_told_as_one_with_what_it_was(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    await set_meeting(house, found, location_room="Kelder")
    await house._units.write(lambda unit: plan_changed(unit, found.id, ["location"], INVITED_AT, found))
    then = await the_meeting(house, KEY)
    await week.at(INVITED_AT + timedelta(minutes=1))
    await move(house, found, 1)
    await house._units.write(lambda unit: plan_changed(unit, found.id, ["starts"], week.clock.now(), then))
    await week.at(INVITED_AT + timedelta(minutes=5))
    await week.at(INVITED_AT + timedelta(minutes=30))
    assert counted(teams, CHANGED) == once(NELE, SAMIRA)
    said = the_one(teams, SAMIRA, CHANGED).text
    assert "vrijdag 5 februari 2027, van 9.30 tot 12 uur (was donderdag 4 februari 2027, van 9.30 tot 12 uur)" in said
    assert "(Kelder) (was De Vuurtoren, Zeedijk 8, 9998 Kustrade (Bovenzaal))" in said


async def test_what_was_changed_back_is_not_told(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    for room in ("Kelder", "Bovenzaal"):
        await set_meeting(house, found, location_room=room)
        await house._units.write(lambda unit: plan_changed(unit, found.id, ["location"], INVITED_AT, found))
    await week.at(INVITED_AT + timedelta(minutes=5))
    assert (counted(teams, CHANGED), set(await states(house, MEETING_CHANGED))) == ({}, {"cancelled"})


async def test_a_change_shortly_before_does_not_wait_for_the_morning(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, [{"person": SAMIRA.mail}])
    night = STARTS - timedelta(hours=11)
    await set_meeting(house, found, location_room="Kelder")
    await house._units.write(lambda unit: plan_changed(unit, found.id, ["location"], night, found))
    await week.at(night + timedelta(minutes=3))
    assert counted(teams, CHANGED) == once(NELE, SAMIRA)


async def test_a_reminder_holds_all_that_is_practical(house: House, teams: Teams, week: Week) -> None:
    listed = [{"person": SAMIRA.mail}, {"person": WOUT.mail, "status": "excused", "replaced_by": SAMIRA.mail}]
    agenda = [{"title": "Verwelkoming", "minutes": 10}, {"title": "Varia"}]
    online = {"online_url": "https://teams.example/overleg", "practical": "Soep om 12 uur", "agenda": agenda}
    sessions = {"sessions": [{"key": "groen", "title": "Groep groen"}]}
    listed[0]["session"] = "groen"
    await settled(house, teams, listed, **online, **sessions)
    await house.invitations.set_rule(None, "reminder_text", "Vergeet je badge niet.", await nele(house))
    await week.at(REMINDER_DAY + NINE)
    posted = the_one(teams, SAMIRA, REMINDED)
    for said in (
        "donderdag 4 februari 2027, van 9.30 tot 12 uur",
        "De Vuurtoren, Zeedijk 8, 9998 Kustrade (Bovenzaal)",
        "https://teams.example/overleg",
        "Soep om 12 uur",
        "Groep groen",
        "ter vervanging van Wout Lambrechts",
        "9.30 uur: Verwelkoming",
        "Vergeet je badge niet.",
    ):
        assert said in posted.text


async def test_the_channel_s_invitation_keeps_showing_the_seats_that_are_left(
    house: House, teams: Teams, week: Week
) -> None:
    found = await settled(house, teams, channel=True, capacity=3)
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    for user in (SAMIRA, JONAS):
        await answer(house, found, user)
        await house.notices.changed(INVITATION_POST, str(found.id), week.clock.now())
    await week.at(INVITED_AT + timedelta(minutes=1))
    assert ["nog 3 plaatsen vrij" in one.text for one in teams.posted if one.conversation == CHANNEL.conversation] == [
        True
    ]
    assert [("nog 1 plaats vrij" in one.text, one.conversation) for one in teams.updates] == [
        (True, CHANNEL.conversation)
    ]


async def test_who_is_not_reached_is_told_to_the_organiser_with_a_mail(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams)
    house.links.start_with("https://bot.example")
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await week.at(INVITED_AT + timedelta(hours=1))
    posted = the_one(teams, NELE, "Niet iedereen kreeg de uitnodiging")
    assert "Lotte Segers (CLB De Sluis): lotte.segers@clbdesluis.example" in posted.text
    fields = {one["label"]: one["value"] for one in posted.card["body"]}
    assert fields[texts.LABEL_ADDRESSES] == LOTTE.mail
    assert "donderdag 4 februari 2027" in fields[texts.LABEL_MAIL]
    assert "https://bot.example/bestand/" in fields[texts.LABEL_MAIL]
    assert await states(house, TROUBLE) == []
    assert Counter(await states(house, INVITATION)) == {"sent": 5, "failed": 1}


async def test_an_invitation_has_its_own_text_and_a_button_to_register(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams, agenda_until="2027-01-28")
    await house.invitations.set_rule(
        MeetingKind.INTERVISIE, "invitation_text", "Breng een *casus* mee.", await nele(house)
    )
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    posted = the_one(teams, JONAS, INVITED)
    assert "Breng een \\*casus\\* mee." in posted.text
    assert "punt voor de agenda? Geef het door tot en met donderdag 28 januari 2027" in posted.text
    assert posted.button("Schrijf me in") == {
        "action": "ask_meeting",
        "intent": "registration.register",
        "meeting": found.id,
        "text": "",
    }


async def test_a_closed_agenda_is_only_in_the_reminder_of_who_takes_part(
    house: House, teams: Teams, week: Week
) -> None:
    agenda = {"audience": "participants", "agenda": [{"title": "Begroting"}]}
    await settled(house, teams, [{"person": SAMIRA.mail}], **agenda)
    await week.at(REMINDER_DAY + NINE)
    assert "Begroting" in the_one(teams, SAMIRA, REMINDED).text
    assert [one for one in teams.posted if "Begroting" in json.dumps(one.activity)] == [
        the_one(teams, SAMIRA, REMINDED)
    ]


async def test_an_errand_that_fails_keeps_no_other_from_being_done(
    house: House, teams: Teams, week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settled(house, teams, [{"person": SAMIRA.mail}])

    async def fails(_now: datetime) -> int:
        raise OSError("the database is away")

    monkeypatch.setattr(house.registrations, "sweep", fails)
    monkeypatch.setattr(bot.jobs.errands, "EVERY", 0.05)
    week.clock.move(seconds=(REMINDER_DAY + NINE - week.clock.now()).total_seconds())
    running = asyncio.create_task(Errands(house, week.clock).run())
    async with asyncio.timeout(20):
        while await states(house, REMINDER) != ["ready"]:  # noqa: ASYNC110 - the errands are watched
            await asyncio.sleep(0.02)
    assert not running.done()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_processes_that_come_and_go_remind_everybody_once(
    house: House, database_url: str, teams: Teams, tmp_path: Path
) -> None:
    found = await settled(house, teams, [{"person": user.mail} for user in IN_TEAMS])
    async with asyncio.timeout(90):
        with replicas(database_url, REMINDER_DAY + NINE, tmp_path, count=2) as bots:
            while await states(house, REMINDER) != ["sent"] * len(IN_TEAMS):  # noqa: ASYNC110 - others are watched
                await asyncio.sleep(0.1)
            bots.kill(0)
            bots.start()
            await house.notices.changed(REMINDER, str(found.id), REMINDER_DAY + NINE)
            while len(teams.updates) < len(IN_TEAMS):  # noqa: ASYNC110 - what shows that they looked again
                await asyncio.sleep(0.1)
    assert counted(teams, REMINDED) == once(*IN_TEAMS)
    assert len([one for one in await noticed(house) if one["kind"] == REMINDER]) == len(IN_TEAMS)


async def test_no_nudge_goes_where_the_rule_says_none(house: House, teams: Teams, week: Week) -> None:
    found = await settled(house, teams)
    await house.invitations.invite(found.id, await nele(house), INVITED_AT)
    await week.at(INVITED_AT)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "nudge_days", "0", await nele(house))
    await week.through(NUDGE_DAY, 3)
    assert (counted(teams, NUDGED), await states(house, NUDGE)) == ({}, [])
