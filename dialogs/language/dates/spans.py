"""Arithmetic on spans of days: weeks, months, parts of them, and the n-th day or week in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
SATURDAY = 5
THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A run of whole days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


Step: TypeAlias = Callable[[Span], Span | None]


def one(day: date) -> Span:
    return Span(day, day)


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(day: date) -> Span:
    start = monday(day)
    return Span(start, start + 6 * DAY)


def weekend(day: date) -> Span:
    saturday = monday(day) + SATURDAY * DAY
    return Span(saturday, saturday + DAY)


def month(year: int, number: int) -> Span:
    first = date(year, number, 1)
    return Span(first, first + relativedelta(months=1) - DAY)


def year_span(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def add(day: date, amount: int, unit: str) -> date:
    """`amount` units on; months keep the day of the month where it exists. Units: day, week, month, year."""
    if unit == "day":
        return day + amount * DAY
    if unit == "week":
        return day + amount * WEEK
    moved: date = day + relativedelta(months=amount if unit == "month" else 12 * amount)
    return moved


def moved(span: Span, amount: int, unit: str) -> Span:
    return Span(add(span.first, amount, unit), add(span.last, amount, unit))


def stretch(span: Span, amount: int, unit: str) -> Span:
    """The time from the span's first day to `amount` units on, or back for a negative amount."""
    there = add(span.first, amount, unit)
    return Span(min(span.first, there), max(span.first, there))


def nth_weekday(span: Span, nth: int, weekday: int) -> Span | None:
    """The n-th such weekday inside the span; a negative n counts from the end."""
    if nth > 0:
        day = span.first + ((weekday - span.first.weekday()) % 7 + 7 * (nth - 1)) * DAY
    else:
        day = span.last - ((span.last.weekday() - weekday) % 7 + 7 * (-nth - 1)) * DAY
    return one(day) if day in span else None


def nth_week(span: Span, nth: int) -> Span | None:
    """The n-th week of the span; a week belongs where its Thursday lies."""
    thursday = nth_weekday(span, nth, THURSDAY)
    return week(thursday.first) if thursday else None


def nth_weekend(span: Span, nth: int) -> Span | None:
    saturday = nth_weekday(span, nth, SATURDAY)
    return weekend(saturday.first) if saturday else None


def nth_day(span: Span, nth: int) -> Span | None:
    day = span.first + (nth - 1) * DAY if nth > 0 else span.last + (nth + 1) * DAY
    return one(day) if day in span else None


def half(span: Span, nth: int) -> Span:
    """The first (1) or second (2, -1) half; a month turns after the 15th."""
    turn = span.first + (15 if _is_month(span) else span.days // 2) * DAY
    return Span(span.first, turn - DAY) if nth == 1 else Span(turn, span.last)


def part(span: Span, which: str) -> Span:
    """The begin, midden or eind of a week, month, year, school year or any other span."""
    first, last = _cuts(span)[which]
    return Span(first, last)


def _is_month(span: Span) -> bool:
    return span.first.day == 1 and span.last == month(span.first.year, span.first.month).last


def _cuts(span: Span) -> dict[str, tuple[date, date]]:
    first, last = span.first, span.last
    if span.days == 7 and first.weekday() == 0:  # noqa: PLR2004
        return _between(first, (0, 2), (1, 3), (3, 6))
    if _is_month(span):
        cuts = _between(first, (0, 9), (10, 19), (20, 20))
        return cuts | {"end": (first + 20 * DAY, last)}
    if first.day == 1 and span.days in {365, 366}:
        return _year_cuts(first)
    third = max(span.days // 3, 1)
    return {
        "begin": (first, first + (third - 1) * DAY),
        "middle": (first + third * DAY, max(last - third * DAY, first + third * DAY)),
        "end": (last - (third - 1) * DAY, last),
    }


def _between(first: date, *offsets: tuple[int, int]) -> dict[str, tuple[date, date]]:
    names = ("begin", "middle", "end")
    return {name: (first + a * DAY, first + b * DAY) for name, (a, b) in zip(names, offsets, strict=True)}


def _year_cuts(first: date) -> dict[str, tuple[date, date]]:
    """Quarters for a year; a school year opens in September and, to people, closes in June."""
    if first.month == 1:
        months = {"begin": (0, 3), "middle": (4, 8), "end": (9, 12)}
    else:
        months = {"begin": (0, 1), "middle": (4, 6), "end": (9, 10)}
    return {name: (add(first, a, "month"), add(first, b, "month") - DAY) for name, (a, b) in months.items()}


def week_of(span: Span) -> Span:
    return week(span.first)


def weekend_of(span: Span) -> Span:
    return weekend(span.first)


def beside(span: Span, unit: str, side: int, nth: int = 1) -> Span:
    """The n-th day, week, weekend or month before (side -1) or after (side 1) the span."""
    edge = span.last if side > 0 else span.first
    if unit == "weekend":
        here = weekend(edge)
        outside = here.first > edge if side > 0 else here.last < edge
        return moved(here, side * (nth - outside), "week")
    if unit == "month":
        return month_of(add(edge.replace(day=1), side * nth, "month"))
    if unit == "week":
        return moved(week(edge), side * nth, "week")
    return one(edge + side * nth * DAY)


def month_of(day: date) -> Span:
    return month(day.year, day.month)


def weekday_beside(span: Span, weekday: int, side: int, nth: int = 1) -> Span:
    """The n-th such weekday before or after the span."""
    if side > 0:
        distance = (weekday - span.last.weekday() - 1) % 7 + 1 + 7 * (nth - 1)
        return one(span.last + distance * DAY)
    distance = (span.first.weekday() - weekday - 1) % 7 + 1 + 7 * (nth - 1)
    return one(span.first - distance * DAY)
