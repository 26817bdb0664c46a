"""The working calendar: which days count, when the bot may write, and what the change of the clocks does to it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from dialogs.language.dates.feasts import feast
from storage.domain.calendar import (
    SendingHours,
    is_public_holiday,
    is_working_day,
    public_holidays,
    working_days_after,
    working_days_before,
)
from tests.conftest import BRUSSELS

HOURS = SendingHours()
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIXED = ("01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25")
MOVABLE = {
    2026: ("04-06", "05-14", "05-25"),
    2027: ("03-29", "05-06", "05-17"),
    2028: ("04-17", "05-25", "06-05"),
}
HOLIDAYS = {date.fromisoformat(f"{year}-{day}") for year, days in MOVABLE.items() for day in (*FIXED, *days)}
HOLIDAYS.add(date(2029, 1, 1))  # what waits on the last days of 2028 waits for 2029
SPOKEN = (
    "nieuwjaar",
    "paasmaandag",
    "dag van de arbeid",
    "hemelvaart",
    "pinkstermaandag",
    "nationale feestdag",
    "olv-hemelvaart",
    "allerheiligen",
    "wapenstilstand",
    "kerstmis",
)


def local(text: str) -> datetime:
    """The moment at which a clock in Brussels shows that: "2026-12-24 17:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def moments(step: timedelta) -> Iterator[datetime]:
    """The moments of 2026, 2027 and 2028, that far apart."""
    moment = local("2026-01-01 00:00").astimezone(UTC)
    while moment < local("2029-01-01 00:00"):
        yield moment
        moment += step


def days() -> Iterator[date]:
    """The days of 2027, in the middle of the years whose holidays stand above."""
    return (date(2027, 1, 1) + number * DAY for number in range(365))


def works(day: date) -> bool:
    return day.isoweekday() <= 5 and day not in HOLIDAYS


def open_by_the_clock(moment: datetime) -> bool:
    """The rule in other words: what the calendar and the clock on the wall in Brussels show."""
    wall = moment.astimezone(BRUSSELS)
    return works(wall.date()) and 8 <= wall.hour < 18


@pytest.mark.parametrize("year", MOVABLE)
def test_a_year_has_its_ten_legal_holidays(year: int) -> None:
    assert public_holidays(year) == {day for day in HOLIDAYS if day.year == year}


@pytest.mark.parametrize("year", range(2020, 2060))
def test_the_legal_holidays_are_the_days_that_people_name(year: int) -> None:
    assert public_holidays(year) == {feast(name, year).first for name in SPOKEN}


def test_ascension_day_can_be_the_first_of_may() -> None:
    assert len(public_holidays(2008)) == 9
    assert is_public_holiday(date(2008, 5, 1))


def test_the_flemish_feast_day_is_a_working_day() -> None:
    assert is_working_day(date(2028, 7, 11))


def test_a_moment_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError):
        is_public_holiday(local("2026-12-25 00:00"))


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        ("2026-11-19", 0, "2026-11-19"),
        ("2026-11-19", 1, "2026-11-18"),
        ("2026-11-23", 1, "2026-11-20"),  # over a weekend
        ("2026-11-22", 0, "2026-11-20"),  # a Sunday
        ("2026-11-22", 1, "2026-11-20"),
        ("2026-11-22", 2, "2026-11-19"),
        ("2026-11-12", 2, "2026-11-09"),  # over Armistice Day
        ("2026-12-28", 2, "2026-12-23"),  # over Christmas and a weekend
        ("2027-03-30", 5, "2027-03-22"),  # over Easter Monday
        ("2027-01-04", 2, "2026-12-30"),  # over New Year
    ],
)
def test_a_reminder_is_working_days_before(day: str, count: int, before: str) -> None:
    assert working_days_before(date.fromisoformat(day), count) == date.fromisoformat(before)


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        ("2026-11-19", 0, "2026-11-19"),
        ("2026-11-19", 1, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),  # over a weekend
        ("2026-11-21", 0, "2026-11-23"),  # a Saturday
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-21", 2, "2026-11-24"),
        ("2026-12-24", 1, "2026-12-28"),  # over Christmas and a weekend
        ("2027-03-26", 1, "2027-03-30"),  # over Easter Monday
        ("2026-12-31", 1, "2027-01-04"),  # over New Year
    ],
)
def test_a_term_ends_working_days_after(day: str, count: int, after: str) -> None:
    assert working_days_after(date.fromisoformat(day), count) == date.fromisoformat(after)


@pytest.mark.parametrize("count", [1, 2, 10])
def test_that_many_working_days_lie_in_between(count: int) -> None:
    for day in days():
        early, late = working_days_before(day, count), working_days_after(day, count)
        before = [early + n * DAY for n in range((day - early).days)]
        after = [late - n * DAY for n in range((late - day).days)]
        assert works(early)
        assert works(late)
        assert [sum(map(works, before)), sum(map(works, after))] == [count, count]


def test_no_working_day_is_further_than_the_nearest_one() -> None:
    for day in days():
        early, late = working_days_before(day, 0), working_days_after(day, 0)
        assert early == max(near for near in (day - n * DAY for n in range(7)) if works(near))
        assert late == min(near for near in (day + n * DAY for n in range(7)) if works(near))


@pytest.mark.parametrize("count", [working_days_before, working_days_after])
def test_working_days_are_not_counted_backwards(count: Callable[[date, int], date]) -> None:
    with pytest.raises(ValueError, match="-1"):
        count(date(2026, 11, 19), -1)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-19 07:59:59.999999", False),
        ("2026-11-19 08:00", True),
        ("2026-11-19 17:59:59.999999", True),
        ("2026-11-19 18:00", False),
        ("2026-11-21 10:00", False),  # a Saturday
        ("2026-11-11 10:00", False),  # Armistice Day, a Wednesday
        ("2026-12-24 10:00", True),
        ("2026-12-25 10:00", False),
        ("2027-03-29 10:00", False),  # Easter Monday
    ],
)
def test_the_hours_are_those_of_working_days(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(local(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-19 07:59", "2026-11-19 07:00"),
        ("2026-11-19 08:00", "2026-11-19 07:00"),
        ("2026-11-19 17:59", "2026-11-19 16:59"),
        ("2026-11-19 18:00", "2026-11-20 07:00"),
        ("2026-11-20 18:00", "2026-11-23 07:00"),  # Friday evening: Monday
        ("2026-12-24 18:00", "2026-12-28 07:00"),  # Christmas is a Friday
        ("2026-12-31 18:00", "2027-01-04 07:00"),  # so is New Year
        ("2026-10-23 07:00", "2026-10-23 06:00"),  # summer time
        ("2026-10-23 18:00", "2026-10-26 07:00"),  # to winter time on 25 October
        ("2026-10-25 02:30", "2026-10-26 07:00"),
        ("2027-03-26 07:00", "2027-03-26 07:00"),  # winter time
        ("2027-03-26 18:00", "2027-03-30 06:00"),  # to summer time on Easter Sunday, then Easter Monday
    ],
)
def test_what_waits_goes_out_at_the_next_opening_in_utc(moment: str, opening: str) -> None:
    found = HOURS.next_open(local(moment))
    assert (found, found.tzinfo) == (utc(opening), UTC)


@pytest.mark.parametrize(
    ("moment", "bundle"),
    [
        ("2026-11-19 16:29:59", "2026-11-19 15:30"),
        ("2026-11-19 16:30", "2026-11-19 15:30"),
        ("2026-11-19 16:30:01", "2026-11-20 15:30"),
        ("2026-12-24 17:00", "2026-12-28 15:30"),
        ("2026-10-23 16:00", "2026-10-23 14:30"),
        ("2026-10-23 17:00", "2026-10-26 15:30"),  # to winter time
        ("2027-03-26 17:00", "2027-03-30 14:30"),  # to summer time
    ],
)
def test_the_bundle_of_a_day_goes_out_at_the_same_clock_time(moment: str, bundle: str) -> None:
    found = HOURS.next_at(local(moment), time(16, 30))
    assert (found, found.tzinfo) == (utc(bundle), UTC)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_zone_in_which_a_moment_is_written_changes_nothing(zone: str) -> None:
    for moment in moments(7 * HOUR):
        there = moment.astimezone(ZoneInfo(zone))
        assert HOURS.is_open(there) == HOURS.is_open(moment)
        assert HOURS.next_open(there) == HOURS.next_open(moment)
        assert HOURS.next_at(there, time(16, 30)) == HOURS.next_at(moment, time(16, 30))


def test_the_hours_can_be_those_of_another_zone() -> None:
    assert SendingHours(zone="Asia/Tokyo").next_open(utc("2026-11-19 12:00")) == utc("2026-11-19 23:00")


def test_every_hour_of_three_years_is_open_as_the_clock_on_the_wall_says() -> None:
    assert all(HOURS.is_open(moment) == open_by_the_clock(moment) for moment in moments(HOUR))


def test_an_open_moment_waits_for_nothing_and_another_one_for_an_opening() -> None:
    for moment in moments(HOUR):
        opening = HOURS.next_open(moment)
        assert open_by_the_clock(opening)
        assert opening == moment if open_by_the_clock(moment) else opening > moment
        assert HOURS.next_open(opening) == opening


def test_no_minute_before_the_next_opening_is_open() -> None:
    for moment in moments(7901 * MINUTE):
        expected = moment
        while not open_by_the_clock(expected):
            expected += MINUTE
        assert HOURS.next_open(moment) == expected


def test_a_bundle_waits_for_the_first_working_day_that_still_has_its_time() -> None:
    for moment in moments(HOUR):
        wall = moment.astimezone(BRUSSELS)
        day = wall.date() if wall.time() <= time(9, 30) else wall.date() + DAY
        while not works(day):
            day += DAY
        assert HOURS.next_at(moment, time(9, 30)) == datetime.combine(day, time(9, 30), BRUSSELS)


@pytest.mark.parametrize(
    ("start", "end"), [(time(2, 30), time(18)), (time(1), time(2, 15)), (time(2, 30), time(3, 15)), (time(0), time(3))]
)
def test_hours_that_the_clocks_jump_over_still_open(start: time, end: time) -> None:
    hours = SendingHours(start, end, "Asia/Jerusalem")  # where clocks jump at 2.00 on Friday 27 March 2026
    for minute in range(3 * 24 * 60):
        moment = utc("2026-03-26 00:00") + minute * MINUTE
        opening = hours.next_open(moment)
        assert hours.is_open(opening)
        assert opening >= moment


@pytest.mark.parametrize("moment", [datetime(2026, 11, 19, 10), datetime(2026, 11, 21, 10)])  # noqa: DTZ001
def test_a_moment_without_a_zone_is_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        HOURS.is_open(moment)
    with pytest.raises(ValueError, match="no time zone"):
        HOURS.next_open(moment)
    with pytest.raises(ValueError, match="no time zone"):
        HOURS.next_at(moment, time(9))


@pytest.mark.parametrize("end", [time(8), time(7)])
def test_hours_that_never_open_are_refused(end: time) -> None:
    with pytest.raises(ValueError, match="sending hours"):
        SendingHours(time(8), end)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        SendingHours(zone="Europe/Nergens")
