"""Until when a seat is offered: not through the night, not past the start, and right when the clock is set."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.registrations import RegistrationStatus
from storage.domain.rules import Rules
from storage.domain.seating import register, set_capacity, withdraw
from storage.domain.seats import Entry, Happened, SeatList, offered_until
from tests.conftest import BRUSSELS


def at(text: str, fold: int = 0) -> datetime:
    """A moment on the clock in Brussels; `fold=1` is the second time that the clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold)


def meeting(starts: str, capacity: int | None = 1) -> Meeting:
    """A meeting of three hours."""
    begin = at(starts)
    end = begin + timedelta(hours=3)
    return Meeting(1, "m", MeetingKind.INTERVISIE, "M", begin, end, Audience.NETWORK, capacity=capacity)


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        ("2027-02-02 10:00", "2027-02-02 14:00"),
        ("2027-02-02 19:59", "2027-02-02 23:59"),
        ("2027-02-02 20:00", "2027-02-03 12:00"),
        ("2027-02-02 23:30", "2027-02-03 12:00"),
        ("2027-02-03 00:00", "2027-02-03 12:00"),
        ("2027-02-03 07:59", "2027-02-03 12:00"),
        ("2027-02-03 08:00", "2027-02-03 12:00"),
        ("2027-02-04 07:00", "2027-02-04 09:30"),
    ],
)
def test_an_offer_of_the_night_counts_from_the_morning_and_none_outlasts_the_start(made: str, ends: str) -> None:
    assert offered_until(at(made), meeting("2027-02-04 09:30"), Rules()) == at(ends)


@pytest.mark.parametrize(
    ("made", "starts", "ends"),
    [
        # The night of 28 March 2027 has 23 hours, that of 31 October 25.
        (at("2027-03-27 22:00"), "2027-03-29 09:30", at("2027-03-28 12:00")),
        (at("2027-03-28 03:30"), "2027-03-29 09:30", at("2027-03-28 12:00")),
        (at("2027-10-30 23:00"), "2027-11-01 09:30", at("2027-10-31 12:00")),
        (at("2027-10-31 02:30"), "2027-11-01 09:30", at("2027-10-31 12:00")),
        (at("2027-10-31 02:30", fold=1), "2027-11-01 09:30", at("2027-10-31 12:00")),
    ],
)
def test_an_offer_in_the_night_in_which_the_clock_is_set(made: datetime, starts: str, ends: datetime) -> None:
    assert offered_until(made, meeting(starts), Rules()) == ends


def test_an_offer_before_the_clock_goes_forward_has_its_full_hours() -> None:
    rules = Rules(offer_hours=10)
    ends = offered_until(at("2027-03-27 19:00"), meeting("2027-03-29 09:30"), rules)
    assert ends.astimezone(UTC) - at("2027-03-27 19:00").astimezone(UTC) == timedelta(hours=10)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2027-02-02 09:29", False),
        ("2027-02-02 09:30", True),
        ("2027-02-04 09:00", True),
        ("2027-02-04 09:01", False),
    ],
)
def test_seats_are_offered_from_two_days_to_half_an_hour_before_the_start(now: str, offered: bool) -> None:
    entries = [Entry(1, None, RegistrationStatus.REGISTERED, at("2027-01-01 10:00"))]
    entries.append(Entry(2, None, RegistrationStatus.WAITLISTED, at("2027-01-02 10:00")))
    seats = SeatList(meeting("2027-02-04 09:30"), Rules(), entries, at(now))
    withdraw(seats, 1)
    assert [(event.what, event.person_id) for event in seats.events] == [
        (Happened.OFFERED if offered else Happened.GIVEN, 2)
    ]


def test_forty_eight_hours_are_real_hours_when_the_clock_is_set() -> None:
    entries = [
        Entry(1, None, RegistrationStatus.REGISTERED, at("2027-03-01 10:00")),
        Entry(2, None, RegistrationStatus.WAITLISTED, at("2027-03-02 10:00")),
    ]
    seats = SeatList(meeting("2027-03-29 09:30"), Rules(), entries, at("2027-03-27 08:45"))
    withdraw(seats, 1)  # 47 hours and 45 minutes before, though the clock says 48 and 45
    assert seats.events[0].what is Happened.OFFERED


def test_nothing_is_offered_where_the_rules_say_no_hours() -> None:
    entries = [Entry(2, None, RegistrationStatus.WAITLISTED, at("2027-01-02 10:00"))]
    for rules in (Rules(offer_hours=0), Rules(offers_from_hours=0)):
        seats = SeatList(meeting("2027-02-04 09:30"), rules, entries, at("2027-02-03 10:00"))
        seats.settle()
        assert seats.entries[2].status is RegistrationStatus.REGISTERED


def test_tickets_grow_also_when_a_clock_is_behind() -> None:
    ahead = at("2027-01-02 10:00")
    seats = SeatList(
        meeting("2027-02-04 09:30", capacity=0),
        Rules(),
        [Entry(1, None, RegistrationStatus.WAITLISTED, ahead)],
        ahead - timedelta(hours=1),
    )
    register(seats, 2, None)
    register(seats, 3, None)
    assert [entry.person_id for entry in seats.line()] == [1, 2, 3]


def test_the_limit_counts_on_its_last_day_and_not_the_day_after() -> None:
    entries = [
        Entry(1, 7, RegistrationStatus.REGISTERED, at("2027-01-01 10:00")),
        Entry(2, 7, RegistrationStatus.WAITLISTED, at("2027-01-02 10:00")),
        Entry(3, 8, RegistrationStatus.WAITLISTED, at("2027-01-03 10:00")),
    ]
    limited = replace(meeting("2027-02-04 09:30", 2), per_organisation=1, per_organisation_until=date(2027, 1, 20))
    stands = {}
    for now in ("2027-01-20 23:59", "2027-01-21 00:00"):
        seats = SeatList(limited, Rules(), entries, at(now))
        seats.settle()
        stands[now] = [event.person_id for event in seats.events]
    assert stands == {"2027-01-20 23:59": [3], "2027-01-21 00:00": [2]}


def test_nobody_gets_a_seat_of_a_cancelled_meeting_or_one_that_has_begun() -> None:
    entries = [Entry(2, None, RegistrationStatus.WAITLISTED, at("2027-01-02 10:00"))]
    planned = meeting("2027-02-04 09:30")
    for one, now in ((replace(planned, cancelled=True), "2027-01-05 10:00"), (planned, "2027-02-04 09:30")):
        seats = SeatList(one, Rules(), entries, at(now))
        set_capacity(seats, 5)
        assert seats.events == []


def test_an_offer_ends_with_the_start_also_when_that_is_moved_forward() -> None:
    held = Entry(1, None, RegistrationStatus.OFFERED, at("2027-01-01 10:00"), offered_until=at("2027-02-04 12:00"))
    stands = {}
    for now in ("2027-02-04 09:29", "2027-02-04 09:30"):
        seats = SeatList(meeting("2027-02-04 09:30"), Rules(), [held], at(now))
        seats.settle()
        stands[now] = (seats.entries[1].status.value, len(seats.events))
    assert stands == {"2027-02-04 09:29": ("offered", 0), "2027-02-04 09:30": ("waitlisted", 0)}
