"""Series of meetings: the days that a rhythm gives, and where one of them moves when it falls on a day off."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice, pairwise

from dateutil.relativedelta import relativedelta

from storage.domain.calendar import is_public_holiday

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_SATURDAY = 5
MOST = 12
"""A series has no more meetings than this."""

MOST_WEEKS_OFF = 12
"""So many weeks a day may move before its place in the series is given up: longer than any holiday."""


class DayOff(StrEnum):
    """Why no meeting is planned on a day."""

    SCHOOL_HOLIDAY = "school_holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When meetings of a series are. Every `weeks`, or the `nth` `weekday` (0 Monday; nth -1: the last) every `months`.

    Without `weekday` a rhythm of weeks keeps the day it begins on. `count` of them, from `start` on.
    """

    count: int
    start: date
    weeks: int = 0
    months: int = 0
    weekday: int | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day to meet. `instead_of` is the day that the rhythm gave, where that is a day off, and `why`."""

    day: date
    instead_of: date | None = None
    why: DayOff | None = None


def proposed(rhythm: Rhythm, in_school_holiday: Callable[[date], bool]) -> tuple[Proposed, ...]:
    """The days of a series, without days off: each moves by weeks, to the first that is free, and never past the next.

    `in_school_holiday` tells of a day whether schools are closed for a holiday. At most MOST days.
    """
    days = list(islice(days_of(rhythm), min(max(rhythm.count, 1), MOST) + 1))
    found: list[Proposed] = []
    for day, following in pairwise(days):
        one = _free(day, following, in_school_holiday)
        if one is not None and all(one.day != other.day for other in found):
            found.append(one)
    return tuple(found)


def why_not(day: date, in_school_holiday: Callable[[date], bool]) -> DayOff | None:
    """Why nobody meets on that day; None when they may."""
    if is_public_holiday(day):
        return DayOff.PUBLIC_HOLIDAY
    if in_school_holiday(day):
        return DayOff.SCHOOL_HOLIDAY
    return DayOff.WEEKEND if day.weekday() >= _SATURDAY else None


def _free(day: date, following: date, in_school_holiday: Callable[[date], bool]) -> Proposed | None:
    why = why_not(day, in_school_holiday)
    if why is None:
        return Proposed(day)
    for candidate in _near(day, why):
        if candidate < following and why_not(candidate, in_school_holiday) is None:
            return Proposed(candidate, day, why)
    return None


def _near(day: date, why: DayOff) -> Iterator[date]:
    """The same weekday of the weeks after; a weekend moves to the Monday after it."""
    if why is DayOff.WEEKEND:
        day += (7 - day.weekday()) * _DAY - _WEEK
    yield from (day + weeks * _WEEK for weeks in range(1, MOST_WEEKS_OFF + 1))


def days_of(rhythm: Rhythm) -> Iterator[date]:
    """All days that a rhythm gives: days off as well, and without end."""
    return _by_weeks(rhythm) if rhythm.weeks else _by_months(rhythm)


def _by_weeks(rhythm: Rhythm) -> Iterator[date]:
    day = rhythm.start
    if rhythm.weekday is not None:
        day += (rhythm.weekday - day.weekday()) % 7 * _DAY
    while True:
        yield day
        day += rhythm.weeks * _WEEK


def _by_months(rhythm: Rhythm) -> Iterator[date]:
    month, months = rhythm.start.replace(day=1), max(rhythm.months, 1)
    if _in_month(month, rhythm) < rhythm.start:
        month += relativedelta(months=1)
    while True:
        yield _in_month(month, rhythm)
        month += relativedelta(months=months)


def _in_month(first: date, rhythm: Rhythm) -> date:
    weekday = rhythm.weekday if rhythm.weekday is not None else rhythm.start.weekday()
    if rhythm.nth < 0:
        last = first + relativedelta(months=1) - _DAY
        return last - (last.weekday() - weekday) % 7 * _DAY
    day = first + (weekday - first.weekday()) % 7 * _DAY + (rhythm.nth - 1) * _WEEK
    return day if day.month == first.month else day - _WEEK
