"""Which meetings a question refers to, who takes part in them, and what is open, free and visible."""

from datetime import UTC, date, datetime, timedelta

import pytest
import pytest_asyncio

from storage.domain.meetings import Audience, Meeting, MeetingKind, MeetingQuery, Which
from storage.domain.people import Viewer
from storage.services.house import House
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    ANS,
    MEMBER,
    MIEL,
    ROOS,
    STRANGER,
    TARIK,
    ZONE,
    bring,
    find,
    meeting,
    network,
    the_meeting,
    viewer,
)

# NOW is Saturday 21 November 2026, 10.00.
CALENDAR = [
    meeting("oud", "2026-03-05 09:30", "2026-03-05 12:00"),
    meeting("info-oktober", "2026-10-01 13:00", "2026-10-01 15:00", "infomoment"),
    meeting("vorige", "2026-10-15 09:30", "2026-10-15 12:00"),
    meeting("bezig", "2026-11-21 09:00", "2026-11-21 11:00", "netwerkdag"),
    meeting("volgende", "2026-12-03 09:30", "2026-12-03 12:00"),
    meeting("info-december", "2026-12-15 13:00", "2026-12-15 15:00", "infomoment"),
    meeting("later", "2027-02-04 09:30", "2027-02-04 12:00"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def calendar(house: House) -> House:
    """A house with a calendar in it."""
    await bring(house, {"meetings": CALENDAR})
    return house


async def ids(house: House, *keys: str) -> tuple[int, ...]:
    """The ids of these meetings."""
    wide = MeetingQuery(Which.ALL, first=date(2020, 1, 1))
    by_key = {one.key: one.id for one in await house.meetings.find(wide, MEMBER, ZONE, NOW)}
    return tuple(by_key[key] for key in keys)


# Which meeting


async def test_a_meeting_that_is_going_on_is_the_next(calendar: House) -> None:
    assert await find(calendar, MeetingQuery()) == ["bezig"]


async def test_a_meeting_that_just_ended_is_the_previous(calendar: House) -> None:
    ended = datetime(2026, 11, 21, 11, tzinfo=BRUSSELS)
    assert await find(calendar, MeetingQuery(), ended) == ["volgende"]
    assert await find(calendar, MeetingQuery(Which.PREVIOUS), ended) == ["bezig"]


async def test_a_meeting_in_its_last_second_is_not_over(calendar: House) -> None:
    almost = datetime(2026, 11, 21, 10, 59, 59, tzinfo=BRUSSELS)
    assert await find(calendar, MeetingQuery(), almost) == ["bezig"]
    assert await find(calendar, MeetingQuery(Which.PREVIOUS), almost) == ["vorige"]


async def test_the_next_of_a_kind(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(kind=MeetingKind.INTERVISIE)) == ["volgende"]


async def test_the_previous_of_a_kind(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(Which.PREVIOUS, MeetingKind.INFOMOMENT)) == ["info-oktober"]


async def test_a_kind_without_meetings_gives_none(calendar: House) -> None:
    for which in Which:
        assert await find(calendar, MeetingQuery(which, MeetingKind.STUURGROEP)) == []


async def test_all_are_those_to_come_in_order(calendar: House) -> None:
    expected = ["bezig", "volgende", "info-december", "later"]
    assert await find(calendar, MeetingQuery(Which.ALL)) == expected


async def test_all_of_a_kind(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(Which.ALL, MeetingKind.INTERVISIE)) == ["volgende", "later"]


async def test_of_two_at_the_same_moment_both_are_found_in_a_steady_order(house: House) -> None:
    days = ["2026-10-15", "2026-12-15"]
    await bring(
        house,
        {"meetings": [meeting(f"{day}-{n}", f"{day} 09:30", f"{day} 12:00") for day in days for n in (1, 2)]},
    )
    every = MeetingQuery(Which.ALL, first=date(2026, 10, 1))
    assert await find(house, every) == ["2026-10-15-1", "2026-10-15-2", "2026-12-15-1", "2026-12-15-2"]


async def test_an_empty_calendar_gives_nothing(house: House) -> None:
    for which in Which:
        assert await find(house, MeetingQuery(which)) == []


# A period


async def test_a_period_to_come_gives_all_that_is_in_it(calendar: House) -> None:
    december = MeetingQuery(first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert await find(calendar, december) == ["volgende", "info-december"]


async def test_a_period_that_is_over_gives_what_was_in_it(calendar: House) -> None:
    october = MeetingQuery(first=date(2026, 10, 1), last=date(2026, 10, 31))
    assert set(await find(calendar, october)) == {"info-oktober", "vorige"}


async def test_both_days_of_a_period_count(calendar: House) -> None:
    exactly = MeetingQuery(first=date(2026, 12, 3), last=date(2026, 12, 15))
    assert await find(calendar, exactly) == ["volgende", "info-december"]
    inside = MeetingQuery(first=date(2026, 12, 4), last=date(2026, 12, 14))
    assert await find(calendar, inside) == []


async def test_all_of_a_period_gives_what_was_and_what_comes_in_order(calendar: House) -> None:
    wide = MeetingQuery(Which.ALL, first=date(2026, 10, 1), last=date(2026, 12, 31))
    assert await find(calendar, wide) == ["info-oktober", "vorige", "bezig", "volgende", "info-december"]


async def test_the_previous_within_a_period(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(Which.PREVIOUS, last=date(2026, 9, 30))) == ["oud"]


async def test_a_kind_within_a_period(calendar: House) -> None:
    december = MeetingQuery(kind=MeetingKind.INFOMOMENT, first=date(2026, 12, 1), last=date(2026, 12, 31))
    assert await find(calendar, december) == ["info-december"]


async def test_an_open_period_runs_on(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(first=date(2026, 12, 10))) == ["info-december", "later"]


@pytest.mark.parametrize(("start", "day"), [("00:00", 4), ("23:30", 3)])
async def test_a_day_is_a_day_in_brussels(house: House, start: str, day: int) -> None:
    whole = date(2026, 12, day)
    await bring(house, {"meetings": [meeting("nacht", f"{whole} {start}", "2026-12-04 23:59")]})
    assert await find(house, MeetingQuery(first=whole, last=whole)) == ["nacht"]
    other = date(2026, 12, 7 - day)
    assert await find(house, MeetingQuery(first=other, last=other)) == []


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
async def test_the_days_on_which_the_clock_changes_are_whole(house: House, day: str) -> None:
    whole = date.fromisoformat(day)
    before, after = whole - timedelta(days=1), whole + timedelta(days=1)
    await bring(
        house,
        {
            "meetings": [
                meeting("ervoor", f"{before} 23:30", f"{before} 23:59"),
                meeting("vroeg", f"{day} 00:00", f"{day} 00:30"),
                meeting("laat", f"{day} 23:30", f"{day} 23:59"),
                meeting("erna", f"{after} 00:00", f"{after} 00:30"),
            ]
        },
    )
    assert await find(house, MeetingQuery(Which.ALL, first=whole, last=whole)) == ["vroeg", "laat"]


# Named meetings


async def test_of_named_meetings_the_next_is_meant(calendar: House) -> None:
    named = await ids(calendar, "oud", "volgende", "later")
    assert await find(calendar, MeetingQuery(ids=named)) == ["volgende"]


async def test_named_meetings_that_are_only_over_give_the_latest(calendar: House) -> None:
    assert await find(calendar, MeetingQuery(ids=await ids(calendar, "oud", "vorige"))) == ["vorige"]


async def test_named_meetings_and_a_kind_must_both_hold(calendar: House) -> None:
    named = await ids(calendar, "volgende", "info-december")
    assert await find(calendar, MeetingQuery(ids=named, kind=MeetingKind.INFOMOMENT)) == ["info-december"]


async def test_known_meetings_come_in_order(calendar: House) -> None:
    found = await calendar.meetings.known(await ids(calendar, "later", "oud", "volgende"), MEMBER)
    assert [one.key for one in found] == ["oud", "volgende", "later"]


async def test_an_unknown_id_gives_nothing(calendar: House) -> None:
    assert await calendar.meetings.known([987_654], MEMBER) == ()


# Seats


async def test_those_who_come_came_or_stayed_away_took_a_seat(house: House) -> None:
    file = network()
    statuses = ["registered", "waitlisted", "excused", "attended", "absent"]
    file["people"] += [{"name": f"Gast {one}", "email": f"{one}@duinen.example"} for one in statuses]
    file["meetings"][0]["registrations"] = [{"person": f"{one}@duinen.example", "status": one} for one in statuses]
    file["meetings"][0]["capacity"] = 5
    await bring(house, file)
    found = await the_meeting(house)
    assert (found.taken, found.places_left) == (3, 2)


async def test_a_meeting_without_a_limit_has_no_number_of_places_left(calendar: House) -> None:
    (found,) = await calendar.meetings.find(MeetingQuery(), MEMBER, ZONE, NOW)
    assert found.places_left is None


async def test_an_overbooked_meeting_has_no_places_left(house: House) -> None:
    file = network()
    file["meetings"][0]["capacity"] = 0
    await bring(house, file)
    found = await the_meeting(house)
    assert (found.taken, found.places_left) == (1, 0)


async def test_every_session_counts_its_own_seats(house: House) -> None:
    file = network()
    file["meetings"][0]["registrations"] = [
        {"person": TARIK, "session": "groen"},
        {"person": ROOS, "session": "groen", "status": "attended"},
        {"person": MIEL, "session": "groen", "status": "excused"},
        {"person": ANS, "session": "blauw"},
    ]
    await bring(house, file)
    groen, blauw = await house.meetings.sessions(await the_meeting(house))
    assert (groen.taken, groen.places_left) == (2, 6)
    assert (blauw.taken, blauw.places_left) == (1, None)


async def test_sessions_of_another_meeting_are_not_counted(house: House) -> None:
    file = network()
    other = meeting("andere", "2027-03-04 09:30", "2027-03-04 12:00", sessions=[{"key": "groen", "title": "Ook groen"}])
    file["meetings"].append(other | {"registrations": [{"person": ANS, "session": "groen"}]})
    await bring(house, file)
    assert [one.taken for one in await house.meetings.sessions(await the_meeting(house))] == [1, 0]
    assert [one.title for one in await house.meetings.sessions(await the_meeting(house, "andere"))] == ["Ook groen"]


# Who may see it


async def closed(house: House, status: str | None = None) -> Meeting:
    """A meeting for its participants only, organised by Roos, notes by Tarik; Ans has this status."""
    file = network()
    file["people"][0]["role"] = "ambassador"
    file["people"].append({"name": "Bea Claus", "email": "bea@duinen.example", "role": "coordinator"})
    file["meetings"][0]["registrations"] = [{"person": ANS, "status": status}] if status else []
    await bring(house, file)
    return await the_meeting(house)


async def sees(house: House, by: Viewer) -> bool:
    """Whether somebody sees the agenda of the one meeting."""
    return (await the_meeting(house, by=by)).agenda_visible_to(by)


@pytest.mark.parametrize(
    ("status", "visible"),
    [("registered", True), ("attended", True), ("excused", True), ("waitlisted", False), ("absent", False)],
)
async def test_a_closed_agenda_is_for_participants(house: House, status: str, visible: bool) -> None:
    await closed(house, status)
    assert await sees(house, await viewer(house, ANS)) is visible


async def test_a_closed_agenda_is_not_for_others_of_the_network(house: House) -> None:
    await closed(house)
    assert not await sees(house, await viewer(house, MIEL))


@pytest.mark.parametrize("email", [ROOS, TARIK, "bea@duinen.example"], ids=["organiser", "note taker", "coordinator"])
async def test_a_closed_agenda_is_for_those_who_run_it(house: House, email: str) -> None:
    await closed(house)
    assert await sees(house, await viewer(house, email))


@pytest.mark.parametrize("who", [MEMBER, STRANGER], ids=["member", "stranger"])
async def test_a_closed_agenda_is_not_for_somebody_unknown(house: House, who: Viewer) -> None:
    await closed(house)
    assert not await sees(house, who)


@pytest.mark.parametrize("who", [MEMBER, STRANGER], ids=["member", "stranger"])
async def test_a_closed_agenda_that_nobody_organises_is_not_for_somebody_unknown(house: House, who: Viewer) -> None:
    await bring(house, {"meetings": [meeting("groep", "2027-01-05 10:00", "2027-01-05 11:00", "stuurgroep")]})
    found = await the_meeting(house, "groep", who)
    assert not found.viewer_takes_part
    assert not found.agenda_visible_to(who)


async def test_an_open_agenda_is_for_everybody_but_strangers(calendar: House) -> None:
    (found,) = await calendar.meetings.find(MeetingQuery(), STRANGER, ZONE, NOW)
    assert found.audience is Audience.NETWORK
    assert found.agenda_visible_to(MEMBER)
    assert not found.agenda_visible_to(STRANGER)


async def test_taking_part_in_one_meeting_opens_no_other(house: House) -> None:
    file = network()
    file["meetings"].append(meeting("groep", "2027-01-05 10:00", "2027-01-05 11:00", "stuurgroep"))
    await bring(house, file)
    by = await viewer(house, TARIK)
    assert (await the_meeting(house, by=by)).viewer_takes_part
    assert not (await the_meeting(house, "groep", by)).viewer_takes_part


# Deadlines


@pytest.mark.parametrize(
    ("moment", "still_open"),
    [
        (datetime(2027, 2, 1, 0, 0, tzinfo=BRUSSELS), True),
        (datetime(2027, 2, 1, 23, 59, 59, tzinfo=BRUSSELS), True),
        (datetime(2027, 2, 2, 0, 0, tzinfo=BRUSSELS), False),
        (datetime(2027, 2, 1, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 2, 1, 23, 0, tzinfo=UTC), False),
    ],
)
async def test_the_last_day_to_register_lasts_until_midnight_in_brussels(
    house: House, moment: datetime, still_open: bool
) -> None:
    await bring(house, network())
    assert (await the_meeting(house)).registration_open(moment) is still_open


async def test_without_a_last_day_one_may_register_until_the_start(house: House) -> None:
    file = network()
    del file["meetings"][0]["register_until"]
    await bring(house, file)
    found = await the_meeting(house)
    assert found.registration_open(found.starts - timedelta(seconds=1))
    assert not found.registration_open(found.starts)


async def test_nobody_registers_for_a_meeting_that_began_before_the_last_day(house: House) -> None:
    file = network()
    file["meetings"][0]["register_until"] = "2027-02-10"
    await bring(house, file)
    found = await the_meeting(house)
    assert not found.registration_open(found.ends)


async def test_a_meeting_runs_from_its_start_to_its_end(house: House) -> None:
    await bring(house, network())
    found, second = await the_meeting(house), timedelta(seconds=1)
    assert [found.is_running(at) for at in (found.starts - second, found.starts, found.ends - second, found.ends)] == [
        False,
        True,
        True,
        False,
    ]
    assert [found.is_over(at) for at in (found.ends - second, found.ends)] == [False, True]


async def test_in_the_second_of_the_double_hours_a_meeting_of_the_first_is_over(house: House) -> None:
    await bring(house, {"meetings": [meeting("nacht", "2026-10-25 02:00", "2026-10-25 02:30")]})
    found = await the_meeting(house, "nacht")
    again = datetime(2026, 10, 25, 2, 10, tzinfo=BRUSSELS, fold=1)
    assert found.is_over(again)
    assert not found.is_running(again)
    assert not found.registration_open(again)
    assert await find(house, MeetingQuery(), again) == []
    assert found.is_running(again.replace(fold=0))


async def test_the_agenda_of_a_meeting_is_only_its_own(house: House) -> None:
    file = network()
    agenda = [{"title": "Iets anders"}]
    file["meetings"].append(meeting("andere", "2027-03-04 09:30", "2027-03-04 12:00", agenda=agenda))
    await bring(house, file)
    points = await house.meetings.agenda(await the_meeting(house, "andere"))
    assert [one.title for one in points] == ["Iets anders"]
