"""What goes out about meetings by itself: who gets what, when, once; and what has nothing to say any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.domain.invitations import (
    INVITATION,
    INVITATION_POST,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    NUDGE,
    REMINDER,
    UNREACHED,
    as_it_was,
    moment_and_place,
    nudge_at,
    reminder_at,
    timing_of,
)
from storage.domain.meetings import Audience, Location, Meeting, MeetingKind
from storage.domain.notices import NoticeState, Timing
from storage.domain.places import Place, PlaceKind
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NobodyToTell,
    NoSuchMeeting,
    NotCoordinator,
    NotNow,
    NotSensible,
    Refusal,
    RegistrationClosed,
    TooLong,
)
from storage.domain.rules import HIGHEST, LONGEST_RULE_TEXT, Rules
from storage.services.alerts import alert_targets
from storage.services.house import House
from storage.services.invitations import plan_cancelled, plan_changed
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import File, bring, change, meeting, network, rows, the_meeting, viewer

ROOS, TARIK, ANS = (f"{name}@duinen.example" for name in ("roos", "tarik", "ans"))
BO, CAS, DORA, EMMA, FONS = (f"{name}@duinen.example" for name in ("bo", "cas", "dora", "emma", "fons"))
KEY = "overleg"

INVITED_AT = datetime(2027, 1, 11, 10, tzinfo=BRUSSELS)
NUDGE_TIME = datetime(2027, 1, 27, 9, tzinfo=BRUSSELS)
"""Three working days before Monday 1 February, the last day to register."""

REMINDER_TIME = datetime(2027, 2, 2, 9, tzinfo=BRUSSELS)
"""Two working days before Thursday 4 February."""

MINUTE = timedelta(minutes=1)


def duinen(**fields: Any) -> File:
    """Two active organisations, one that is explored and one that stopped, and a meeting for the whole network."""
    file = network()
    file["organisations"] += [
        {"name": "De Molen", "kind": "ggz", "status": "partner"},
        {"name": "Vzw Stil", "kind": "ggz", "status": "stopped"},
    ]
    file["people"] += [
        {"name": "Bo Claes", "email": BO, "organisation": "De Molen", "role": "ambassador"},
        {"name": "Cas Daems", "email": CAS, "organisation": "De Molen", "role": "external"},
        {"name": "Dora Engels", "email": DORA, "organisation": "De Helm", "role": "ambassador"},
        {"name": "Emma Faes", "email": EMMA, "organisation": "Vzw Stil", "role": "ambassador"},
        {"name": "Fons Geens", "email": FONS, "role": "external"},
    ]
    given = {"register_until": "2027-02-01", **fields}
    file["meetings"] = [meeting(KEY, "2027-02-04 09:30", "2027-02-04 12:00", **given)]
    return file


async def brought(house: House, **fields: Any) -> Meeting:
    """That network in the database, long before the meeting."""
    await bring(house, duinen(**fields), INVITED_AT)
    return await the_meeting(house, KEY)


async def to(house: House, kind: str, *states: str) -> list[str]:
    """To whom notices of a kind go, as the first parts of their mail addresses; of these states, or all."""
    found = await rows(house, select(NoticeRow.target, NoticeRow.state).where(NoticeRow.kind == kind))
    names = {
        f"person:{id_}": str(email).split("@")[0]
        for id_, email in await rows(house, select(PersonRow.id, PersonRow.email))
    }
    return sorted(names.get(target, target) for target, state in found if not states or state in states)


async def arrive(house: House, kind: str, at: datetime, state: NoticeState = NoticeState.SENT) -> None:
    """What is planned of a kind goes out (or whatever became of it)."""
    waiting = update(NoticeRow).where(NoticeRow.kind == kind, NoticeRow.state == NoticeState.READY.value)
    await change(house, waiting.values(state=state.value, sent_at=at))


async def invite(house: House, found: Meeting, at: datetime = INVITED_AT) -> None:
    """Everybody is invited, and has the invitation."""
    await house.invitations.invite(found.id, await viewer(house, ROOS), at)
    await arrive(house, INVITATION, at)


async def answer(
    house: House, found: Meeting, email: str, status: str = "registered", at: datetime = INVITED_AT
) -> None:
    """Somebody answers, or says something else than before."""
    person = (await viewer(house, email)).person
    assert person is not None
    known = update(RegistrationRow).where(RegistrationRow.person_id == person.id).values(status=status)
    await change(house, known)
    if not await rows(house, select(RegistrationRow.id).where(RegistrationRow.person_id == person.id)):
        row = {"meeting_id": found.id, "person_id": person.id, "status": status, "created_at": at}
        await change(house, RegistrationRow.__table__.insert().values(row))  # type: ignore[attr-defined]


async def move(house: House, found: Meeting, days: int) -> None:
    """The meeting moves."""
    by = timedelta(days=days)
    values: dict[str, Any] = {
        name: getattr(found, part).replace(tzinfo=None) + by
        for name, part in (("starts_local", "starts"), ("ends_local", "ends"))
    }
    values |= {"starts_at": found.starts + by, "ends_at": found.ends + by}
    await change(house, update(MeetingRow).where(MeetingRow.id == found.id).values(values))


async def set_meeting(house: House, found: Meeting, **values: Any) -> None:
    """A meeting is changed."""
    await change(house, update(MeetingRow).where(MeetingRow.id == found.id).values(values))


def at(starts: datetime, **fields: Any) -> Meeting:
    """A meeting that starts then."""
    return Meeting(1, "m", MeetingKind.INTERVISIE, "M", starts, starts + timedelta(hours=2), Audience.NETWORK, **fields)


# When


@pytest.mark.parametrize(
    ("starts", "days", "expected"),
    [
        (datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS), 2, datetime(2027, 2, 2, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 2, 1, 9, 30, tzinfo=BRUSSELS), 2, datetime(2027, 1, 28, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 2, 6, 9, 30, tzinfo=BRUSSELS), 1, datetime(2027, 2, 5, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 3, 31, 9, 30, tzinfo=BRUSSELS), 2, datetime(2027, 3, 26, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 5, 7, 13, tzinfo=BRUSSELS), 2, datetime(2027, 5, 4, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 11, 2, 8, tzinfo=BRUSSELS), 2, datetime(2027, 10, 28, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 1, 4, 9, tzinfo=BRUSSELS), 2, datetime(2026, 12, 30, 9, tzinfo=BRUSSELS)),
        (datetime(2026, 11, 12, 9, tzinfo=BRUSSELS), 2, datetime(2026, 11, 9, 9, tzinfo=BRUSSELS)),
        (datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS), 5, datetime(2027, 1, 28, 9, tzinfo=BRUSSELS)),
    ],
    ids=["thursday", "monday", "saturday", "easter", "ascension", "all_saints", "new_year", "armistice", "five"],
)
def test_the_reminder_goes_working_days_before_at_nine(starts: datetime, days: int, expected: datetime) -> None:
    assert reminder_at(at(starts), Rules(reminder_days=days)) == expected


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [(date(2027, 3, 26), 8), (date(2027, 3, 30), 7), (date(2027, 10, 29), 7), (date(2027, 11, 2), 8)],
)
def test_nine_o_clock_is_local_whatever_the_season(day: date, utc_hour: int) -> None:
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=BRUSSELS) + timedelta(days=1)
    when = reminder_at(at(starts), Rules(reminder_days=1))
    assert when is not None
    assert (when.date(), (when.timestamp() % 86400) // 3600) == (day, utc_hour)


def test_the_nudge_counts_from_the_last_day_to_register_or_else_from_the_meeting() -> None:
    starts = datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)
    assert nudge_at(at(starts, register_until=date(2027, 2, 1)), Rules()) == NUDGE_TIME
    assert nudge_at(at(starts), Rules()) == datetime(2027, 2, 1, 9, tzinfo=BRUSSELS)


def test_with_zero_days_nothing_goes() -> None:
    found = at(datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS))
    assert (reminder_at(found, Rules(reminder_days=0)), nudge_at(found, Rules(nudge_days=0))) == (None, None)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2027, 1, 31, 23, tzinfo=BRUSSELS), Timing.NORMAL),
        (datetime(2027, 2, 1, 0, 1, tzinfo=BRUSSELS), Timing.URGENT),
        (datetime(2027, 2, 4, 9, tzinfo=BRUSSELS), Timing.URGENT),
    ],
)
def test_a_change_is_urgent_from_three_working_days_before(now: datetime, expected: Timing) -> None:
    assert timing_of([datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)], now) is expected


def test_a_meeting_that_was_near_makes_moving_it_away_urgent() -> None:
    near, far = datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS), datetime(2027, 6, 4, 9, 30, tzinfo=BRUSSELS)
    assert timing_of([far, near], datetime(2027, 2, 3, 9, tzinfo=BRUSSELS)) is Timing.URGENT


def test_moment_and_place_come_back_as_they_were() -> None:
    was = at(
        datetime(2027, 3, 27, 9, 30, tzinfo=BRUSSELS),
        location=Location("Hier", None, "2"),
        online_url="https://a.example",
    )
    now = replace(was, starts=was.starts + timedelta(days=7), location=None, online_url=None)
    assert as_it_was(now, moment_and_place(was)) == was


# Inviting


async def test_people_of_active_organisations_are_invited_but_not_the_inviter(house: House) -> None:
    found = await brought(house)
    invited = await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert await to(house, INVITATION) == ["bo", "cas", "dora", "tarik"]
    assert ([one.name for one in invited.tried], invited.channel) == (
        ["Bo Claes", "Dora Engels", "Tarik Aydin", "Cas Daems"],
        False,
    )


async def test_a_preview_plans_nothing(house: House) -> None:
    found = await brought(house)
    shown = await house.invitations.preview(found.id, await viewer(house, ROOS), INVITED_AT)
    assert (len(shown.tried), await to(house, INVITATION)) == (4, [])


async def test_who_answered_is_not_invited(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}, {"person": BO, "status": "excused"}])
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert await to(house, INVITATION) == ["cas", "dora"]


async def test_a_closed_meeting_is_for_those_who_take_part_and_not_for_the_channel(house: House) -> None:
    await post_somewhere(house)
    found = await brought(house, audience="participants", registrations=[{"person": TARIK}], note_taker=BO)
    invited = await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert (await to(house, INVITATION), await to(house, INVITATION_POST), invited.channel) == (
        ["bo", "tarik"],
        [],
        False,
    )


async def test_a_closed_meeting_without_a_list_is_for_those_of_the_one_before(house: House) -> None:
    file = duinen(audience="participants")
    before = {"audience": "participants", "registrations": [{"person": DORA, "status": "attended"}]}
    file["meetings"].append(meeting("vorig", "2026-12-03 09:30", "2026-12-03 12:00", **before))
    await bring(house, file, INVITED_AT)
    found = await the_meeting(house, KEY)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert await to(house, INVITATION) == ["dora"]


async def post_somewhere(house: House) -> None:
    """A channel is chosen."""
    await bring(house, duinen(), INVITED_AT)
    place = Place("19:kanaal@thread.tacv2", PlaceKind.CHANNEL, "https://teams.example", team_id="19:team@thread.tacv2")
    await house.places.post_here(place, await viewer(house, ROOS))


async def test_it_is_posted_once_in_the_channel_that_was_chosen(house: House) -> None:
    await post_somewhere(house)
    found = await brought(house)
    first = await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert (first.channel, await to(house, INVITATION_POST)) == (True, ["posting"])
    with pytest.raises(NobodyToTell):
        await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)


async def test_invited_again_only_who_is_new_gets_it(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    file = duinen()
    file["people"].append({"name": "Gust Hens", "email": "gust@duinen.example", "organisation": "De Molen"})
    await bring(house, file, INVITED_AT)
    again = await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert (await to(house, INVITATION, "ready"), again.before) == (["gust"], 4)


@pytest.mark.parametrize("state", [NoticeState.CANCELLED, NoticeState.FAILED])
async def test_invited_again_who_did_not_get_it_does(house: House, state: NoticeState) -> None:
    found = await brought(house)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    await arrive(house, INVITATION, INVITED_AT, state)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT + MINUTE)
    assert await to(house, INVITATION) == await to(house, INVITATION, "ready") == ["bo", "cas", "dora", "tarik"]


async def test_how_people_can_be_reached_is_told_apart(house: House) -> None:
    file = duinen()
    for person, number in ((5, 1), (6, 2)):
        file["people"][person - 1]["entra_id"] = f"00000000-0000-0000-0000-00000000000{number}"
    await bring(house, file, INVITED_AT)
    found = await the_meeting(house, KEY)
    gone = Place("a:weg", PlaceKind.PERSONAL, "https://teams.example", entra_id="00000000-0000-0000-0000-000000000002")
    await house.places.keep(gone)
    await house.places.dead(gone.conversation_id, INVITED_AT, "403")
    shown = await house.invitations.preview(found.id, await viewer(house, ROOS), INVITED_AT)
    named = [[one.name for one in each] for each in (shown.known, shown.unsure, shown.gone)]
    assert named == [["Bo Claes"], ["Dora Engels", "Tarik Aydin"], ["Cas Daems"]]


@pytest.mark.parametrize(
    ("refusal", "by", "now", "values"),
    [
        (NotCoordinator, TARIK, INVITED_AT, {}),
        (MeetingOver, ROOS, datetime(2027, 2, 5, tzinfo=BRUSSELS), {}),
        (RegistrationClosed, ROOS, datetime(2027, 2, 2, tzinfo=BRUSSELS), {}),
        (RegistrationClosed, ROOS, INVITED_AT, {"closed_at": INVITED_AT}),
        (MeetingCancelled, ROOS, INVITED_AT, {"cancelled_at": INVITED_AT}),
    ],
)
async def test_why_nobody_is_invited(
    house: House, refusal: type[Refusal], by: str, now: datetime, values: dict[str, Any]
) -> None:
    found = await brought(house)
    if values:
        await set_meeting(house, found, **values)
    with pytest.raises(refusal):
        await house.invitations.invite(found.id, await viewer(house, by), now)
    assert await to(house, INVITATION) == []


async def test_nobody_is_invited_to_a_meeting_that_is_not_there(house: House) -> None:
    await brought(house)
    with pytest.raises(NoSuchMeeting):
        await house.invitations.invite(99_999, await viewer(house, ROOS), INVITED_AT)


# Nudges


async def test_a_nudge_goes_to_the_silent_of_whose_organisation_nobody_comes(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    await answer(house, found, TARIK)
    assert await house.invitations.plan_due(NUDGE_TIME) == 2
    assert await to(house, NUDGE) == ["bo", "cas"]


@pytest.mark.parametrize("status", ["excused", "withdrawn", "waitlisted", "registered"])
async def test_who_answered_anything_gets_no_nudge(house: House, status: str) -> None:
    found = await brought(house)
    await invite(house, found)
    await answer(house, found, BO, status)
    await house.invitations.plan_due(NUDGE_TIME)
    assert "bo" not in await to(house, NUDGE)
    assert ("cas" in await to(house, NUDGE)) == (status in {"excused", "withdrawn"})


async def test_an_organisation_that_sends_somebody_else_gets_no_nudge(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    await answer(house, found, BO, "excused")
    fons = (await viewer(house, FONS)).person
    assert fons is not None
    await change(house, update(RegistrationRow).values(replaced_by_id=fons.id))
    await house.invitations.plan_due(NUDGE_TIME)
    assert await to(house, NUDGE) == ["dora", "tarik"]


async def test_there_is_no_nudge_before_its_time_nor_without_an_invitation(house: House) -> None:
    found = await brought(house)
    assert await house.invitations.plan_due(NUDGE_TIME) == 0
    await invite(house, found)
    assert await house.invitations.plan_due(NUDGE_TIME - MINUTE) == 0


async def test_who_was_invited_on_the_day_of_the_nudge_gets_none(house: House) -> None:
    found = await brought(house)
    await invite(house, found, NUDGE_TIME - timedelta(minutes=30))
    assert await house.invitations.plan_due(NUDGE_TIME) == 0


async def test_who_did_not_get_the_invitation_gets_no_nudge(house: House) -> None:
    found = await brought(house)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    assert await house.invitations.plan_due(NUDGE_TIME) == 0


@pytest.mark.parametrize("values", [{"closed_at": INVITED_AT}, {"cancelled_at": INVITED_AT}, {"capacity": 0}])
async def test_there_is_no_nudge_for_a_seat_that_nobody_can_get(house: House, values: dict[str, Any]) -> None:
    found = await brought(house)
    await invite(house, found)
    await set_meeting(house, found, **values)
    assert await house.invitations.plan_due(NUDGE_TIME) == 0


async def test_after_the_last_day_to_register_a_missed_nudge_is_left(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    assert await house.invitations.plan_due(datetime(2027, 2, 2, 0, 1, tzinfo=BRUSSELS)) == 0


async def test_a_missed_nudge_is_made_up_for_while_registering_is_possible(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    assert await house.invitations.plan_due(datetime(2027, 2, 1, 23, 59, tzinfo=BRUSSELS)) == 4


async def test_a_nudge_goes_out_long_before_a_meeting_for_which_registration_closes_early(house: House) -> None:
    found = await brought(house)
    await move(house, found, 140)
    await invite(house, found)
    assert await house.invitations.plan_due(NUDGE_TIME) == 4


async def test_a_moved_meeting_gives_no_second_nudge(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    assert await house.invitations.plan_due(NUDGE_TIME) == 4
    await arrive(house, NUDGE, NUDGE_TIME)
    await move(house, found, 28)
    await set_meeting(house, found, register_until=date(2027, 3, 1))
    later = [NUDGE_TIME + timedelta(days=days) for days in range(28)]
    assert [await house.invitations.plan_due(now) for now in later] == [0] * 28


# Reminders


async def test_a_reminder_goes_to_who_comes_and_not_to_who_waits_or_is_excused(house: House) -> None:
    listed = [{"person": TARIK}, {"person": BO, "status": "waitlisted"}, {"person": CAS, "status": "excused"}]
    await brought(house, registrations=[*listed, {"person": FONS}])
    assert await house.invitations.plan_due(REMINDER_TIME - MINUTE) == 0
    assert await house.invitations.plan_due(REMINDER_TIME) == 2
    assert await to(house, REMINDER) == ["fons", "tarik"]


async def test_nothing_is_planned_twice_however_often_it_is_looked_at(house: House) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    looked = [await house.invitations.plan_due(REMINDER_TIME + number * MINUTE) for number in range(5)]
    assert looked == [1, 0, 0, 0, 0]


async def test_a_reminder_waits_for_no_other_meetings_however_many_come_first(house: House) -> None:
    file = duinen(registrations=[{"person": TARIK}])
    others = [meeting(f"eerder-{number}", "2027-02-03 09:00", "2027-02-03 10:00") for number in range(40)]
    await bring(house, {**file, "meetings": [*others, *file["meetings"]]}, INVITED_AT)
    assert await house.invitations.plan_due(REMINDER_TIME) == 1


async def test_who_registered_after_it_gets_no_reminder(house: House) -> None:
    found = await brought(house)
    await answer(house, found, TARIK, at=REMINDER_TIME + MINUTE)
    assert await house.invitations.plan_due(REMINDER_TIME + 2 * MINUTE) == 0


@pytest.mark.parametrize(
    ("now", "planned"),
    [
        (datetime(2027, 2, 3, 20, tzinfo=BRUSSELS), 1),
        (datetime(2027, 2, 4, 9, 29, tzinfo=BRUSSELS), 1),
        (datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS), 0),
        (datetime(2027, 2, 4, 11, tzinfo=BRUSSELS), 0),
        (datetime(2027, 2, 5, 9, tzinfo=BRUSSELS), 0),
    ],
)
async def test_a_missed_reminder_is_made_up_for_until_the_meeting_starts(
    house: House, now: datetime, planned: int
) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    assert await house.invitations.plan_due(now) == planned


async def test_a_cancelled_meeting_sends_no_reminder(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await set_meeting(house, found, cancelled_at=INVITED_AT)
    assert await house.invitations.plan_due(REMINDER_TIME) == 0


async def test_moving_the_meeting_moves_the_reminder(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await move(house, found, 7)
    assert await house.invitations.plan_due(REMINDER_TIME) == 0
    assert await house.invitations.plan_due(REMINDER_TIME + timedelta(days=7)) == 1


async def test_a_meeting_moved_after_its_reminder_is_reminded_of_on_the_new_day(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.plan_due(REMINDER_TIME)
    await arrive(house, REMINDER, REMINDER_TIME)
    await move(house, found, 7)
    assert await house.invitations.plan_due(REMINDER_TIME + timedelta(days=6)) == 0
    assert await house.invitations.plan_due(REMINDER_TIME + timedelta(days=7)) == 1


async def test_another_hour_on_the_same_day_gives_no_second_reminder(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.plan_due(REMINDER_TIME)
    later = {"starts_local": datetime(2027, 2, 4, 13), "starts_at": found.starts + timedelta(hours=3, minutes=30)}  # noqa: DTZ001
    await set_meeting(house, found, **later)
    assert await house.invitations.plan_due(REMINDER_TIME + MINUTE) == 0


async def test_a_list_that_cannot_be_read_keeps_no_other_from_being_reminded(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    file = duinen(registrations=[{"person": TARIK}])
    later = meeting("later", "2027-02-04 13:30", "2027-02-04 15:00", registrations=[{"person": TARIK}])
    file["meetings"].append(later)
    await bring(house, file, INVITED_AT)
    broken = (await the_meeting(house, KEY)).id
    await change(house, update(RegistrationRow).where(RegistrationRow.meeting_id == broken).values(status="bogus"))
    assert await house.invitations.plan_due(REMINDER_TIME) == 1
    assert await to(house, REMINDER) == ["tarik"]
    assert caplog.messages == [f"errand not done for meeting {broken}"]


async def test_a_changed_rule_sends_nothing_twice(house: House) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.plan_due(REMINDER_TIME)
    await arrive(house, REMINDER, REMINDER_TIME)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "reminder_days", "1", await viewer(house, ROOS))
    days = [REMINDER_TIME + timedelta(days=day) for day in range(3)]
    assert [await house.invitations.plan_due(now) for now in days] == [0, 0, 0]


async def test_the_rule_of_a_kind_sets_when_its_reminder_goes(house: House) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    roos = await viewer(house, ROOS)
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "reminder_days", "3", roos)
    await house.invitations.set_rule(MeetingKind.INFOMOMENT, "reminder_days", "0", roos)
    assert await house.invitations.plan_due(REMINDER_TIME - timedelta(days=1)) == 1


async def test_without_reminders_for_a_kind_none_goes(house: House) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.set_rule(None, "reminder_days", "0", await viewer(house, ROOS))
    assert await house.invitations.plan_due(REMINDER_TIME) == 0


async def test_who_was_dropped_and_comes_again_is_reminded_after_all(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.plan_due(REMINDER_TIME)
    dropped = update(NoticeRow).values(state=NoticeState.CANCELLED.value, last_code="outdated")
    await change(house, dropped)
    await answer(house, found, TARIK, "excused")
    assert await house.invitations.plan_due(REMINDER_TIME + MINUTE) == 0
    await answer(house, found, TARIK, "registered")
    assert await house.invitations.plan_due(REMINDER_TIME + 2 * MINUTE) == 1
    assert await to(house, REMINDER, "ready") == ["tarik"]


async def test_what_the_coordinator_cancelled_stays_cancelled(house: House) -> None:
    await brought(house, registrations=[{"person": TARIK}])
    await house.invitations.plan_due(REMINDER_TIME)
    roos = await viewer(house, ROOS)
    (group,) = await house.notices.groups(roos, REMINDER_TIME)
    await house.notices.cancel(group.number, roos)
    assert await house.invitations.plan_due(REMINDER_TIME + MINUTE) == 0
    assert await to(house, REMINDER, "ready") == []


# Changes and cancellation


async def changed(house: House, before: Meeting, now: datetime, fields: Sequence[str] = ("location",)) -> None:
    """What changed is told."""
    await house._units.write(lambda unit: plan_changed(unit, before.id, fields, now, before))


async def test_who_comes_or_waits_and_the_organiser_hear_of_a_change(house: House) -> None:
    listed = [{"person": TARIK}, {"person": BO, "status": "waitlisted"}, {"person": CAS, "status": "excused"}]
    found = await brought(house, registrations=listed, organiser=ROOS)
    await set_meeting(house, found, location_name="Elders")
    await changed(house, found, INVITED_AT)
    assert await to(house, MEETING_CHANGED) == ["bo", "roos", "tarik"]


async def test_who_changed_it_is_not_told(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}], organiser=ROOS)
    roos = (await viewer(house, ROOS)).person
    assert roos is not None
    await house._units.write(lambda unit: plan_changed(unit, found.id, ["starts"], INVITED_AT, found, roos.id))
    assert await to(house, MEETING_CHANGED) == ["tarik"]


async def test_changes_that_follow_quickly_are_one_message_from_how_it_was_first(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await set_meeting(house, found, location_name="Elders")
    await changed(house, found, INVITED_AT)
    then = await the_meeting(house, KEY)
    await move(house, found, 1)
    await changed(house, then, INVITED_AT + MINUTE, ["starts", "ends"])
    kept = await rows(house, select(NoticeRow.data, NoticeRow.version).where(NoticeRow.kind == MEETING_CHANGED))
    assert kept == [({"before": moment_and_place(found)}, 1)]


async def test_a_change_after_the_first_was_told_is_a_second_message(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await set_meeting(house, found, location_name="Elders")
    await changed(house, found, INVITED_AT)
    await arrive(house, MEETING_CHANGED, INVITED_AT)
    await changed(house, await the_meeting(house, KEY), INVITED_AT + MINUTE)
    assert await to(house, MEETING_CHANGED, "ready") == ["tarik"]


async def test_a_later_change_makes_what_waits_urgent(house: House) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await changed(house, found, datetime(2027, 1, 30, 12, tzinfo=BRUSSELS))
    await changed(house, found, datetime(2027, 2, 3, 12, tzinfo=BRUSSELS))
    assert await rows(house, select(NoticeRow.timing)) == [("urgent",)]


@pytest.mark.parametrize("field", ["title", "description", "capacity", "themes", "agenda_until"])
async def test_what_nobody_needs_to_know_at_once_disturbs_nobody(house: House, field: str) -> None:
    found = await brought(house, registrations=[{"person": TARIK}])
    await changed(house, found, INVITED_AT, [field])
    assert await to(house, MEETING_CHANGED) == []


async def test_an_invitation_shows_what_changed(house: House) -> None:
    found = await brought(house)
    await invite(house, found)
    await changed(house, found, INVITED_AT + timedelta(hours=1), ["title"])
    shown = await rows(house, select(NoticeRow.version, NoticeRow.refresh_at.is_(None)))
    assert set(shown) == {(1, False)}


async def test_who_comes_waits_or_was_invited_hears_of_a_cancellation(house: House) -> None:
    await post_somewhere(house)
    found = await brought(house, registrations=[{"person": FONS}], organiser=ROOS)
    await invite(house, found)
    await arrive(house, INVITATION_POST, INVITED_AT)
    await answer(house, found, CAS, "excused")
    await set_meeting(house, found, cancelled_at=INVITED_AT)
    for _ in range(2):
        await house._units.write(lambda unit: plan_cancelled(unit, found.id, INVITED_AT))
    assert await to(house, MEETING_CANCELLED) == ["bo", "dora", "fons", "posting", "roos", "tarik"]


async def test_who_was_not_invited_yet_hears_nothing_of_a_cancellation(house: House) -> None:
    found = await brought(house)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    await house._units.write(lambda unit: plan_cancelled(unit, found.id, INVITED_AT))
    assert await to(house, MEETING_CANCELLED) == []


# Who can't be reached


async def test_who_was_never_seen_in_teams_is_listed_until_the_invitation_arrives(house: House) -> None:
    found = await brought(house, registrations=[{"person": FONS}])
    roos = await viewer(house, ROOS)
    before = await house.invitations.unreachable(found.id, roos, INVITED_AT)
    await invite(house, found)
    after = await house.invitations.unreachable(found.id, roos, INVITED_AT)
    names = ["Dora Engels", "Roos Pauwels", "Tarik Aydin", "Bo Claes", "Cas Daems", "Fons Geens"]
    assert [one.name for one in before.people] == names
    assert [one.name for one in after.people] == ["Roos Pauwels", "Fons Geens"]


async def test_the_organiser_sees_who_can_t_be_reached_and_others_don_t(house: House) -> None:
    found = await brought(house, organiser=TARIK)
    assert (await house.invitations.unreachable(found.id, await viewer(house, TARIK), INVITED_AT)).people
    with pytest.raises(NotCoordinator):
        await house.invitations.unreachable(found.id, await viewer(house, BO), INVITED_AT)


async def test_once_all_was_tried_the_organiser_hears_who_was_not_reached_once(house: House) -> None:
    found = await brought(house, organiser=TARIK)
    await house.invitations.invite(found.id, await viewer(house, ROOS), INVITED_AT)
    bo = update(NoticeRow).where(NoticeRow.id == select(NoticeRow.id).limit(1).scalar_subquery())
    await change(house, bo.values(state=NoticeState.FAILED.value))
    assert await house.invitations.plan_due(INVITED_AT) == 0
    await arrive(house, INVITATION, INVITED_AT)
    assert [await house.invitations.plan_due(INVITED_AT + MINUTE) for _ in range(3)] == [1, 0, 0]
    assert await to(house, UNREACHED) == ["tarik"]


# Alerts


async def test_alerts_go_to_the_organiser_or_else_to_the_coordinators(house: House) -> None:
    found = await brought(house, organiser=TARIK)
    people = [(await viewer(house, email)).person for email in (TARIK, ROOS)]
    ids = [(one.id,) for one in people if one]
    with_organiser = await house._units.read(lambda unit: alert_targets(unit, found.id))
    await set_meeting(house, found, organiser_id=None)
    assert [with_organiser, await house._units.read(lambda unit: alert_targets(unit, found.id))] == ids


async def test_an_organiser_who_is_gone_is_stood_in_for(house: House) -> None:
    found = await brought(house, organiser=TARIK)
    entra = "00000000-0000-0000-0000-000000000009"
    await change(house, update(PersonRow).where(PersonRow.email == TARIK).values(entra_id=entra))
    await house.places.keep(Place("a:weg", PlaceKind.PERSONAL, "https://teams.example", entra_id=entra))
    await house.places.dead("a:weg", NOW, "403")
    roos = (await viewer(house, ROOS)).person
    assert roos is not None
    assert await house._units.read(lambda unit: alert_targets(unit, found.id)) == (roos.id,)


# Rules


async def test_a_rule_holds_for_its_kind_only(house: House) -> None:
    await brought(house)
    await house.invitations.set_rule(MeetingKind.NETWERKDAG, "reminder_text", "Badge mee", await viewer(house, ROOS))
    kinds = (MeetingKind.NETWERKDAG, MeetingKind.INTERVISIE)
    assert [(await house.invitations.rules(kind)).reminder_text for kind in kinds] == ["Badge mee", ""]


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("reminder_days", "twee", NotSensible),
        ("reminder_days", "-1", NotSensible),
        ("reminder_days", "", NotSensible),
        ("nudge_days", str(HIGHEST + 1), NotSensible),
        ("nudge_days", "1" * 5_000, NotSensible),
        ("nudge_days", "0000003", NotSensible),
        ("iets", "1", NotSensible),
        ("reminder_text", "x" * (LONGEST_RULE_TEXT + 1), TooLong),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(
    house: House, name: str, value: str, refusal: type[Refusal]
) -> None:
    await brought(house)
    roos = await viewer(house, ROOS)
    with pytest.raises(refusal):
        await house.invitations.set_rule(MeetingKind.INTERVISIE, name, value, roos)
    with pytest.raises(refusal):
        await house.invitations.draft_rule(MeetingKind.INTERVISIE, name, value, roos)
    assert set((await house.invitations.all_rules()).values()) == {Rules()}


async def test_a_rule_keeps_only_what_can_be_kept_and_read(house: House) -> None:
    await brought(house)
    roos, kind = await viewer(house, ROOS), MeetingKind.INTERVISIE
    typed, kept = "Neem\x00je \ud800 badge\x07mee.\n\nTot dan!", "Neem je badge mee.\n\nTot dan!"
    assert await house.invitations.draft_rule(kind, "nudge_text", typed, roos) == kept
    assert await house.invitations.agree_rule(kind, "nudge_text", roos) == kept
    await house.invitations.set_rule(kind, "invitation_text", typed, roos)
    await house.invitations.set_rules(kind, {"reminder_text": typed, "reminder_days": "04"}, roos)
    rules = await house.invitations.rules(kind)
    assert rules == Rules(reminder_days=4, invitation_text=kept, nudge_text=kept, reminder_text=kept)


async def test_only_a_coordinator_sets_rules(house: House) -> None:
    await brought(house)
    tarik = await viewer(house, TARIK)
    for act in (house.invitations.set_rule, house.invitations.draft_rule):
        with pytest.raises(NotCoordinator):
            await act(None, "reminder_days", "1", tarik)
    with pytest.raises(NotCoordinator):
        await house.invitations.agree_rule(None, "reminder_days", tarik)


async def test_a_drafted_rule_holds_once_it_is_agreed_to(house: House) -> None:
    await brought(house)
    roos = await viewer(house, ROOS)
    await house.invitations.draft_rule(None, "reminder_days", "4", roos)
    assert (await house.invitations.rules(MeetingKind.STUURGROEP)).reminder_days == 2
    assert await house.invitations.agree_rule(None, "reminder_days", roos) == "4"
    assert {one.reminder_days for one in (await house.invitations.all_rules()).values()} == {4}
    with pytest.raises(NotNow):
        await house.invitations.agree_rule(None, "reminder_days", roos)
