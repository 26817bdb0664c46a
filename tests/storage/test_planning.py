"""Making, changing, copying and cancelling meetings: what is sensible, what is kept of it, and who hears it."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from storage.domain.meetings import Audience, Guest, Location, MeetingKind, MeetingQuery, Which
from storage.domain.people import Viewer
from storage.domain.planning import NewMeeting, Problem, Usual, as_new, key_for, problems, tidied, usual, with_values
from storage.domain.refusals import (
    AlreadyPlanned,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotCoordinator,
    NotKnown,
    NotSensible,
    TooLong,
)
from storage.domain.registrations import NewGuest
from storage.domain.series import DayOff, Proposed, Rhythm, proposed
from storage.services.house import House
from storage.tables.meetings import SessionRow
from storage.tables.notices import NoticeRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    MEMBER,
    ROOS,
    STRANGER,
    TARIK,
    bring,
    find,
    meeting,
    network,
    person,
    revision,
    rows,
    the_meeting,
    viewer,
)

LATER = NOW + timedelta(minutes=5)


def at(text: str) -> datetime:
    """A moment in the network's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


NEW = NewMeeting(
    MeetingKind.INTERVISIE,
    "Intervisie spijbelen",
    at("2027-06-11 09:30"),
    at("2027-06-11 12:00"),
    location=Location("De Wallekes", "Dorp 1, 9900 Eeklo", "Zolder"),
    capacity=25,
    fee_eur=Decimal("7.50"),
    register_until=date(2027, 6, 1),
    themes=("spijbelen",),
    guests=(Guest("Ilse Moens", "Vzw Golfslag"), Guest("Rik Tanghe")),
)


async def roos(house: House) -> Viewer:
    """The coordinator, looking at the network of the tests."""
    await bring(house, network())
    return await viewer(house, ROOS)


# What is sensible


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": ""}, Problem("title", "missing")),
        ({"title": "x" * 201}, Problem("title", "too_long")),
        ({"description": "x" * 4001}, Problem("description", "too_long")),
        ({"ends": at("2027-06-11 09:30")}, Problem("ends", "before_start")),
        ({"ends": at("2027-06-25 09:30")}, Problem("ends", "too_far")),
        ({"starts": at("2026-11-21 09:59")}, Problem("starts", "past")),
        ({"starts": at("2207-06-11 09:30"), "ends": at("2207-06-11 12:00")}, Problem("starts", "far")),
        (
            {"starts": at("2027-03-28 02:30"), "ends": at("2027-03-28 04:00"), "register_until": None},
            Problem("starts", "skipped"),
        ),
        ({"register_until": date(2027, 6, 12)}, Problem("register_until", "after_start")),
        ({"agenda_until": date(2027, 6, 12)}, Problem("agenda_until", "after_start")),
        ({"capacity": -1}, Problem("capacity", "out_of_range")),
        ({"capacity": 100_001}, Problem("capacity", "out_of_range")),
        ({"fee_eur": Decimal(-1)}, Problem("fee_eur", "out_of_range")),
        ({"fee_eur": Decimal("1.005")}, Problem("fee_eur", "out_of_range")),
        ({"fee_eur": Decimal("NaN")}, Problem("fee_eur", "out_of_range")),
        ({"online_url": "teams.be"}, Problem("online_url", "no_link")),
        ({"online_url": "javascript:alert(1)"}, Problem("online_url", "no_link")),
        ({"location": Location("", "Dorp 1")}, Problem("location", "missing")),
        ({"location": Location("De Golf", None, "x" * 101)}, Problem("location", "too_long")),
        ({"themes": tuple(map(str, range(21)))}, Problem("themes", "too_many")),
    ],
)
def test_what_is_not_sensible_is_told_by_its_field(values: dict[str, Any], problem: Problem) -> None:
    assert problem in problems(tidied(replace(NEW, **values)), NOW)


def test_a_sensible_meeting_has_no_problems() -> None:
    assert problems(tidied(NEW), NOW) == ()
    assert problems(tidied(replace(NEW, capacity=0, fee_eur=Decimal(0), register_until=date(2027, 6, 11))), NOW) == ()


def test_the_hour_that_comes_twice_is_no_problem() -> None:
    night = replace(NEW, starts=at("2027-10-31 02:30"), ends=at("2027-10-31 04:00"))
    assert problems(night, NOW) == ()


def test_needless_spaces_and_control_characters_go() -> None:
    tidy = tidied(
        replace(NEW, title="  Rust\x00 in\n de   klas ", practical=" a \n\n b\x07 ", location=Location(" ", "", " "))
    )
    assert (tidy.title, tidy.practical, tidy.location) == ("Rust in de klas", "a\n\nb", None)


def test_a_key_is_made_of_kind_title_and_day_and_is_not_taken() -> None:
    assert key_for(NEW, ()) == "intervisie-spijbelen-2027-06-11"
    assert key_for(replace(NEW, title="Één & ander!"), ()) == "intervisie-een-ander-2027-06-11"
    assert key_for(NEW, {"intervisie-spijbelen-2027-06-11"}) == "intervisie-spijbelen-2027-06-11-2"
    assert len(key_for(replace(NEW, title="x" * 200), ())) <= 100


def test_end_and_deadlines_move_along_unless_they_are_said() -> None:
    moved = with_values(NEW, {"starts": at("2027-06-18 13:00")})
    assert (moved.ends, moved.register_until) == (at("2027-06-18 15:30"), date(2027, 6, 8))
    said = with_values(NEW, {"starts": at("2027-06-18 13:00"), "register_until": None})
    assert said.register_until is None
    assert with_values(NEW, {"starts": at("2027-06-11 10:00")}).register_until == date(2027, 6, 1)


async def test_what_is_usual_is_as_the_last_of_its_kind(house: House) -> None:
    await roos(house)
    assert await house.planning.usual(MeetingKind.INTERVISIE) == Usual(at("2000-01-01 09:30").time(), 150)
    await bring(house, {"meetings": [meeting("laat", "2027-05-01 13:00", "2027-05-01 14:45")]})
    assert await house.planning.usual(MeetingKind.INTERVISIE) == Usual(at("2000-01-01 13:00").time(), 105)
    assert await house.planning.usual(MeetingKind.NETWERKDAG) == usual(MeetingKind.NETWERKDAG, None)


# Series

FREE = lambda _day: False  # noqa: E731
KROKUS = lambda day: date(2027, 2, 8) <= day <= date(2027, 2, 14)  # noqa: E731


def test_a_day_in_a_school_holiday_moves_a_week() -> None:
    every_second_friday = Rhythm(3, date(2027, 1, 1), months=1, weekday=4, nth=2)
    assert proposed(every_second_friday, KROKUS) == (
        Proposed(date(2027, 1, 8)),
        Proposed(date(2027, 2, 19), date(2027, 2, 12), DayOff.SCHOOL_HOLIDAY),
        Proposed(date(2027, 3, 12)),
    )


def test_a_public_holiday_and_a_weekend_are_days_off() -> None:
    first = proposed(Rhythm(1, date(2027, 5, 6), weeks=6, weekday=3), FREE)
    assert first == (Proposed(date(2027, 5, 13), date(2027, 5, 6), DayOff.PUBLIC_HOLIDAY),)
    assert proposed(Rhythm(1, date(2026, 11, 21), weeks=6), FREE) == (
        Proposed(date(2026, 11, 23), date(2026, 11, 21), DayOff.WEEKEND),
    )


def test_a_day_never_moves_past_the_next_of_its_series() -> None:
    weekly = proposed(Rhythm(3, date(2027, 2, 5), weeks=1, weekday=4), KROKUS)
    assert [one.day for one in weekly] == [date(2027, 2, 5), date(2027, 2, 19)]


def test_four_a_year_on_the_third_friday() -> None:
    days = [one.day for one in proposed(Rhythm(4, date(2026, 11, 21), months=3, weekday=4, nth=3), FREE)]
    assert days == [date(2026, 12, 18), date(2027, 3, 19), date(2027, 6, 18), date(2027, 9, 17)]


def test_the_last_wednesday_of_a_month_and_a_series_without_end() -> None:
    days = proposed(Rhythm(99, date(2027, 1, 30), months=1, weekday=2, nth=-1), FREE)
    assert (days[0].day, len(days)) == (date(2027, 2, 24), 12)


# Making


async def test_a_new_meeting_is_found_by_all(house: House) -> None:
    made = await house.planning.create(NEW, await roos(house), NOW)
    assert (made.key, made.title, made.audience) == ("intervisie-spijbelen-2027-06-11", NEW.title, Audience.NETWORK)
    assert as_new(made) == replace(NEW, audience=Audience.NETWORK)
    assert await find(house, MeetingQuery(first=date(2027, 6, 11), last=date(2027, 6, 11))) == [made.key]


async def test_a_steering_group_keeps_to_itself_unless_told(house: House) -> None:
    by = await roos(house)
    group = replace(NEW, kind=MeetingKind.STUURGROEP)
    assert (await house.planning.create(group, by, NOW)).audience is Audience.PARTICIPANTS
    other = replace(group, title="Open", audience=Audience.NETWORK)
    assert (await house.planning.create(other, by, NOW)).audience is Audience.NETWORK


async def test_the_names_are_read_again_after_a_new_meeting(house: House) -> None:
    by = await roos(house)
    before = await revision(house)
    await house.planning.create(NEW, by, NOW)
    assert await revision(house) > before


async def test_the_same_meeting_is_never_made_twice(house: House) -> None:
    by = await roos(house)
    await house.planning.create(NEW, by, NOW)
    with pytest.raises(AlreadyPlanned):
        await house.planning.create(NEW, by, LATER)
    other_hour = replace(NEW, starts=at("2027-06-11 13:00"), ends=at("2027-06-11 15:00"))
    assert (await house.planning.create(other_hour, by, LATER)).key == "intervisie-spijbelen-2027-06-11-2"


async def test_of_a_series_all_or_none_are_made(house: House) -> None:
    by = await roos(house)
    with pytest.raises(NotSensible):
        await house.planning.create_all([NEW, replace(NEW, title="")], by, NOW)
    assert await find(house, MeetingQuery(first=date(2027, 6, 11))) == []


@pytest.mark.parametrize("who", [STRANGER, MEMBER, TARIK])
async def test_planning_is_the_coordinators(house: House, who: Viewer | str) -> None:
    await roos(house)
    by = await viewer(house, who) if isinstance(who, str) else who
    rust = await the_meeting(house)
    for attempt in (
        house.planning.create(NEW, by, NOW),
        house.planning.create_all([NEW], by, NOW),
        house.planning.change(rust.id, {"title": "Weg"}, by, NOW),
        house.planning.cancel(rust.id, by, NOW),
        house.planning.copy(rust.id, at("2027-06-11 09:30"), by, NOW),
        house.planning.history(rust.id, by),
    ):
        with pytest.raises(NotCoordinator):
            await attempt
    assert await the_meeting(house) == rust


@pytest.mark.parametrize("values", [{"title": " \x00 "}, {"capacity": -5}, {"online_url": "ftp://x"}])
async def test_a_senseless_meeting_is_not_made(house: House, values: dict[str, Any]) -> None:
    with pytest.raises(NotSensible) as refused:
        await house.planning.create(replace(NEW, **values), await roos(house), NOW)
    assert refused.value.field == next(iter(values))


async def test_an_organiser_that_nobody_is_is_refused(house: House) -> None:
    with pytest.raises(NotKnown):
        await house.planning.create(replace(NEW, organiser=999_999), await roos(house), NOW)


# Changing


async def test_what_changes_is_told_and_kept_in_the_history(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    tarik = await person(house, TARIK)
    values = {"title": "Rust", "organiser": tarik.id, "capacity": None, "themes": ("rust",), "fee_eur": Decimal(0)}
    changed = await house.planning.change(rust.id, values, by, LATER)
    assert set(changed.fields) == set(values)
    told = {one.field: (one.old, one.new) for one in await house.planning.history(rust.id, by)}
    assert told == {
        "title": ("Intervisie rust in de klas", "Rust"),
        "organiser": ("Roos Pauwels", "Tarik Aydin"),
        "capacity": ("20", None),
        "themes": ("rust, klas", "rust"),
        "fee_eur": ("7.50", "0"),
    }
    assert {(one.by, one.at.astimezone(BRUSSELS)) for one in await house.planning.history(rust.id, by)} == {
        ("Roos Pauwels", LATER)
    }


async def test_what_is_so_already_changes_nothing(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    changed = await house.planning.change(rust.id, {"title": rust.title, "capacity": 20}, by, NOW)
    assert changed.fields == ()
    assert await house.planning.history(rust.id, by) == ()
    assert changed.meeting.revision == rust.revision


async def test_moving_takes_end_deadlines_and_calendars_along(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    moved = (await house.planning.change(rust.id, {"starts": at("2027-02-11 13:00")}, by, NOW)).meeting
    assert (moved.starts, moved.ends) == (at("2027-02-11 13:00"), at("2027-02-11 15:30"))
    assert (moved.register_until, moved.agenda_until) == (date(2027, 2, 8), date(2027, 2, 4))
    assert moved.revision == rust.revision + 1
    found = await rows(house, select(NoticeRow.kind, NoticeRow.target))
    assert ("meeting_changed", f"person:{(await person(house, TARIK)).id}") in found


async def test_another_theme_is_nothing_for_calendars(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    changed = (await house.planning.change(rust.id, {"practical": "Breng soep mee"}, by, NOW)).meeting
    assert changed.revision == rust.revision
    assert await rows(house, select(NoticeRow.id)) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts": at("2026-11-20 09:30")}, "starts"),
        ({"starts": at("2027-03-28 02:30"), "ends": at("2027-03-28 05:00")}, "starts"),
        ({"ends": at("2027-02-04 09:00")}, "ends"),
        ({"register_until": date(2027, 2, 5)}, "register_until"),
        ({"capacity": -1}, "capacity"),
        ({"key": "anders"}, "key"),
        ({"cancelled": True}, "cancelled"),
    ],
)
async def test_a_senseless_change_changes_nothing(house: House, values: dict[str, Any], field: str) -> None:
    by, rust = await roos(house), await the_meeting(house)
    with pytest.raises(NotSensible) as refused:
        await house.planning.change(rust.id, values, by, NOW)
    assert refused.value.field == field
    assert await the_meeting(house) == rust


async def test_of_what_is_over_only_the_time_is_fixed(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    after = at("2027-02-05 09:00")
    with pytest.raises(MeetingOver):
        await house.planning.change(rust.id, {"starts": at("2027-02-06 09:30")}, by, after)
    tarik = await person(house, TARIK)
    assert (await house.planning.change(rust.id, {"organiser": tarik.id}, by, after)).fields == ("organiser",)


async def test_more_seats_go_to_who_waits(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    await house.planning.change(rust.id, {"capacity": 1}, by, NOW)
    ans = await person(house, "ans@duinen.example")
    assert (await house.registrations.register(rust.id, [ans.id], by, NOW))[0].own.queue == 1
    await house.planning.change(rust.id, {"capacity": 2}, by, LATER)
    status = select(RegistrationRow.status).where(RegistrationRow.person_id == ans.id)
    assert await rows(house, status) == [("registered",)]


async def test_an_import_does_not_undo_what_was_changed_in_chat(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    values = {"starts": at("2027-02-11 13:00"), "title": "Rust", "location": Location("De Golf"), "capacity": 30}
    changed = (await house.planning.change(rust.id, values, by, NOW)).meeting
    await bring(house, network())
    file = network()
    file["meetings"][0]["practical"] = "Andere soep"
    await bring(house, file)
    after = await the_meeting(house)
    assert after == replace(changed, practical="Andere soep", viewer_takes_part=False)


async def test_a_meeting_made_in_chat_survives_an_import(house: House) -> None:
    made = await house.planning.create(NEW, await roos(house), NOW)
    await bring(house, network())
    assert await the_meeting(house, made.key) == made


# Copying


async def test_a_copy_has_everything_but_its_list(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    copied = await house.planning.copy(rust.id, at("2027-09-09 13:00"), by, NOW)
    expected = with_values(as_new(rust), {"starts": at("2027-09-09 13:00")})
    assert as_new(copied) == expected
    assert (copied.register_until, copied.taken) == (date(2027, 9, 6), 0)
    sessions = select(SessionRow.key, SessionRow.capacity).where(SessionRow.meeting_id == copied.id)
    assert await rows(house, sessions.order_by(SessionRow.id)) == [("groen", 8), ("blauw", None)]


async def test_there_is_no_copy_of_nothing(house: House) -> None:
    with pytest.raises(NoSuchMeeting):
        await house.planning.copy(999_999, at("2027-09-09 13:00"), await roos(house), NOW)


# Cancelling


async def test_a_cancelled_meeting_is_never_the_next_one(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    later = await house.planning.create(NEW, by, NOW)
    cancelled = await house.planning.cancel(rust.id, by, NOW, " de spreker \n is ziek ")
    assert (cancelled.cancelled, cancelled.cancelled_why, cancelled.revision) == (True, "de spreker is ziek", 1)
    assert await find(house, MeetingQuery()) == [later.key]
    assert await find(house, MeetingQuery(Which.ALL)) == [later.key]
    on_that_day = MeetingQuery(first=date(2027, 2, 4), last=date(2027, 2, 4))
    assert await find(house, on_that_day) == [rust.key]
    assert await find(house, MeetingQuery(ids=(rust.id,))) == [rust.key]
    assert await find(house, MeetingQuery(ids=(rust.id, later.id))) == [later.key]
    assert await find(house, MeetingQuery(Which.PREVIOUS), at("2027-03-01 09:00")) == []


async def test_of_a_day_with_two_the_cancelled_one_is_not_meant(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    instead = replace(NEW, starts=at("2027-02-04 13:00"), ends=at("2027-02-04 15:00"), register_until=None)
    other = await house.planning.create(instead, by, NOW)
    await house.planning.cancel(rust.id, by, NOW)
    day = date(2027, 2, 4)
    assert await find(house, MeetingQuery(first=day, last=day)) == [other.key]
    assert await find(house, MeetingQuery(Which.ALL, first=day, last=day)) == [rust.key, other.key]


async def test_who_comes_hears_of_it_and_nobody_hears_it_twice(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    await house.planning.cancel(rust.id, by, NOW)
    with pytest.raises(MeetingCancelled):
        await house.planning.cancel(rust.id, by, LATER)
    targets = select(NoticeRow.target).where(NoticeRow.kind == "meeting_cancelled")
    assert await rows(house, targets) == [(f"person:{(await person(house, TARIK)).id}",)]


async def test_what_is_cancelled_or_over_stays_as_it_is(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    with pytest.raises(MeetingOver):
        await house.planning.cancel(rust.id, by, at("2027-02-05 09:00"))
    with pytest.raises(TooLong):
        await house.planning.cancel(rust.id, by, NOW, "x" * 1001)
    await house.planning.cancel(rust.id, by, NOW)
    with pytest.raises(MeetingCancelled):
        await house.planning.change(rust.id, {"title": "Toch"}, by, NOW)
    assert [one.field for one in await house.planning.history(rust.id, by)] == ["cancelled"]


@pytest.mark.parametrize("meeting_id", [0, -1, 999_999, 2_147_483_647])
async def test_a_meeting_that_is_not_there_is_refused(house: House, meeting_id: int) -> None:
    by = await roos(house)
    for attempt in (
        house.planning.change(meeting_id, {"title": "Weg"}, by, NOW),
        house.planning.cancel(meeting_id, by, NOW),
        house.planning.history(meeting_id, by),
    ):
        with pytest.raises(NoSuchMeeting):
            await attempt


async def test_the_history_tells_of_registrations_too(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    ans = await person(house, "ans@duinen.example")
    await house.registrations.register(rust.id, [ans.id], by, NOW)
    told = (await house.planning.history(rust.id, by))[-1]
    assert (told.field, told.person, told.new, told.by) == ("registration", ans.name, "registered", "Roos Pauwels")


async def test_how_many_hear_of_a_change(house: House) -> None:
    by, rust = await roos(house), await the_meeting(house)
    tarik, ans = await person(house, TARIK), await person(house, "ans@duinen.example")
    assert await house.planning.told(rust.id, by) == await house.planning.told(rust.id, by, cancelling=True) == 1
    await house.registrations.register(rust.id, [by.person.id if by.person else 0, ans.id], by, NOW)
    assert await house.planning.told(rust.id, by) == 2
    await house.planning.change(rust.id, {"starts": at("2027-02-11 09:30")}, by, NOW)
    targets = select(NoticeRow.target).where(NoticeRow.kind == "meeting_changed")
    assert sorted(await rows(house, targets)) == sorted([(f"person:{tarik.id}",), (f"person:{ans.id}",)])


async def test_a_change_and_a_cancellation_never_lock_out_who_brings_a_guest(house: House) -> None:
    by = await roos(house)
    tarik, now = await viewer(house, TARIK), NOW
    made = [
        await house.planning.create(replace(NEW, title=f"Bijeenkomst {one}", fee_eur=None), by, now) for one in "ab"
    ]
    for number in range(8):
        guest = NewGuest(f"Gast {number}", f"School {number}", f"gast{number}@elders.example")
        await asyncio.gather(
            *(house.planning.change(one.id, {"title": f"Titel {one.id} {number}"}, by, now) for one in made),
            *(house.registrations.bring(one.id, guest, tarik, now) for one in made),
        )
    last = NewGuest("Laatste Gast", "School", "laatste@elders.example")
    told = await asyncio.gather(
        house.planning.cancel(made[0].id, by, now),
        house.registrations.bring(made[0].id, last, tarik, now),
        return_exceptions=True,
    )
    assert not [one for one in told if isinstance(one, Exception) and not isinstance(one, MeetingCancelled)]
    assert len(await house.registrations.of_meeting(made[1])) == 8
