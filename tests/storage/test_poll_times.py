"""When polls open, close and come back, also in the nights in which the clock changes."""

from datetime import UTC, date, datetime, time

import pytest

from storage.domain.poll_times import (
    NINE,
    closing,
    counts_from,
    first_of,
    is_sensible,
    local_at,
    moment,
    newest_missed,
    next_on,
    run_off_closing,
)
from storage.domain.series import MOST, Rhythm

local = datetime.fromisoformat
ZONE = "Europe/Brussels"
MONDAYS = Rhythm(0, date(2026, 10, 5), weeks=1, weekday=0)
LAST_FRIDAYS = Rhythm(0, date(2026, 10, 1), months=1, weekday=4, nth=-1)
QUARTERLY = Rhythm(3, date(2026, 10, 1), months=3, weekday=1, nth=2)


@pytest.mark.parametrize(
    ("clock", "utc"),
    [
        # On 25 October 2026 the clock goes from 3.00 back to 2.00: what comes twice is the first.
        (local("2026-10-25 01:59"), local("2026-10-24 23:59")),
        (local("2026-10-25 02:00"), local("2026-10-25 00:00")),
        (local("2026-10-25 02:59"), local("2026-10-25 00:59")),
        (local("2026-10-25 02:30").replace(fold=1), local("2026-10-25 00:30")),
        (local("2026-10-25 03:00"), local("2026-10-25 02:00")),
        # On 28 March 2027 it goes from 2.00 to 3.00: what is skipped is an hour later.
        (local("2027-03-28 01:59"), local("2027-03-28 00:59")),
        (local("2027-03-28 02:00"), local("2027-03-28 01:00")),
        (local("2027-03-28 02:30"), local("2027-03-28 01:30")),
        (local("2027-03-28 03:00"), local("2027-03-28 01:00")),
    ],
)
def test_a_clock_time_is_one_moment_in_the_nights_in_which_the_clock_changes(clock: datetime, utc: datetime) -> None:
    assert moment(clock, ZONE) == utc.replace(tzinfo=UTC)


@pytest.mark.parametrize(("opened", "hours"), [(local("2026-10-20 16:00"), 169), (local("2027-03-23 16:00"), 167)])
def test_a_week_is_seven_days_at_the_same_clock_time_and_so_not_always_168_hours(opened: datetime, hours: int) -> None:
    closes = closing(opened, 7)
    assert closes.time() == opened.time()
    assert (moment(closes, ZONE) - moment(opened, ZONE)).total_seconds() / 3600 == hours


def test_the_clock_time_of_a_moment_is_in_whole_minutes() -> None:
    assert local_at(datetime(2026, 10, 25, 1, 30, 59, tzinfo=UTC), ZONE) == local("2026-10-25 02:30")


def test_what_opened_long_after_its_time_counts_from_when_it_opened() -> None:
    planned = local("2026-11-23 09:00")
    assert counts_from(planned, local("2026-11-23 09:01")) == planned
    assert counts_from(planned, local("2026-11-30 14:12")) == local("2026-11-30 14:12")


def test_a_run_off_lasts_two_working_days() -> None:
    assert run_off_closing(local("2026-12-24 15:00")) == local("2026-12-29 15:00")


@pytest.mark.parametrize(
    ("rhythm", "fits"),
    [
        (MONDAYS, True),
        (QUARTERLY, True),
        (Rhythm(0, date(2026, 10, 1)), False),
        (Rhythm(0, date(2026, 10, 1), weeks=1, months=1), False),
        (Rhythm(0, date(2026, 10, 1), weeks=53), False),
        (Rhythm(0, date(2026, 10, 1), weeks=-1, months=1), False),
    ],
)
def test_a_rhythm_is_of_weeks_or_of_months(rhythm: Rhythm, fits: bool) -> None:
    assert is_sensible(rhythm) is fits


SUNDAY = local("2026-11-22 14:00")


@pytest.mark.parametrize(
    ("rhythm", "opens", "first"),
    [
        (MONDAYS, None, local("2026-11-23 09:00")),
        (MONDAYS, local("2026-11-24 08:30"), local("2026-11-30 08:30")),
        (Rhythm(0, date(2026, 11, 22), weeks=1), None, SUNDAY),
        (Rhythm(0, date(2026, 11, 22), weeks=1), local("2026-11-22 09:00"), local("2026-11-29 09:00")),
        (LAST_FRIDAYS, None, local("2026-11-27 09:00")),
        (QUARTERLY, None, local("2027-01-12 09:00")),
    ],
)
def test_the_first_of_a_series(rhythm: Rhythm, opens: datetime | None, first: datetime) -> None:
    assert first_of(rhythm, opens, SUNDAY) == first


def test_a_poll_comes_back_more_often_than_a_meeting_would() -> None:
    day: date | None = date(2026, 10, 4)
    for _ in range(10 * MOST):
        day = next_on(MONDAYS, day) if day else None
    assert day == date(2029, 1, 15)


def test_a_series_of_three_ends_after_the_third() -> None:
    days = [date(2026, 10, 13), date(2027, 1, 12), date(2027, 4, 13)]
    assert [next_on(QUARTERLY, day) for day in (date(2026, 9, 1), *days)] == [*days, None]


def test_after_a_pause_only_the_newest_that_was_missed_is_asked() -> None:
    now = datetime(2026, 11, 4, 8, tzinfo=UTC)
    assert newest_missed(MONDAYS, date(2026, 10, 12), NINE, ZONE, now) == date(2026, 11, 2)
    assert newest_missed(MONDAYS, date(2026, 11, 9), NINE, ZONE, now) is None
    assert newest_missed(QUARTERLY, date(2026, 10, 13), NINE, ZONE, datetime(2028, 1, 1, tzinfo=UTC)) == date(
        2027, 4, 13
    )


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        # In the night in which an hour comes twice it is asked in the first; the skipped one is asked an hour later.
        (date(2026, 10, 25), local("2026-10-25 00:29"), local("2026-10-25 00:30")),
        (date(2027, 3, 28), local("2027-03-28 01:29"), local("2027-03-28 01:30")),
    ],
)
def test_a_series_in_the_small_hours_of_a_clock_change(day: date, before: datetime, after: datetime) -> None:
    sundays = Rhythm(0, date(2026, 10, 4), weeks=1, weekday=6)
    at = time(2, 30)
    assert newest_missed(sundays, day, at, ZONE, before.replace(tzinfo=UTC)) is None
    assert newest_missed(sundays, day, at, ZONE, after.replace(tzinfo=UTC)) == day
