"""Flemish school holidays by their official rules, for every year.

Source: Besluit van de Vlaamse Regering of 17 April 1991 (onderwijs.vlaanderen.be, "schoolvakanties").
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from dateutil.easter import easter

Days: TypeAlias = tuple[date, date]
"""A first and a last day, both included."""

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6
_MARCH = 3


def _autumn(year: int) -> Days:
    """The week of All Saints; the one after it when that is a Sunday."""
    all_saints = date(year, 11, 1)
    start = all_saints + _DAY if all_saints.weekday() == _SUNDAY else _monday(all_saints)
    return start, start + 6 * _DAY


def _christmas(year: int) -> Days:
    """Two weeks from the Monday of the week of Christmas; the one after it when that is in a weekend."""
    christmas = date(year, 12, 25)
    start = _monday(christmas) + (7 * _DAY if christmas.weekday() >= _SATURDAY else timedelta())
    return start, start + 13 * _DAY


def _carnival(year: int) -> Days:
    start = easter(year) - 48 * _DAY
    return start, start + 6 * _DAY


def _easter(year: int) -> Days:
    """Two weeks from the first Monday of April, moved for an early Easter, lengthened for a late one."""
    sunday = easter(year)
    if sunday.month <= _MARCH:
        return sunday + _DAY, sunday + 14 * _DAY
    if sunday > date(year, 4, 15):
        return sunday - 13 * _DAY, sunday + _DAY
    first = date(year, 4, 1)
    start = first + (-first.weekday() % 7) * _DAY
    return start, start + 13 * _DAY


def _summer(year: int) -> Days:
    return date(year, 7, 1), date(year, 8, 31)


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


RULES: Mapping[str, Callable[[int], Days]] = {
    "herfstvakantie": _autumn,
    "kerstvakantie": _christmas,
    "krokusvakantie": _carnival,
    "paasvakantie": _easter,
    "zomervakantie": _summer,
}
"""The holiday that begins in (for Christmas: around the December of) a year."""


def school_holiday(day: date) -> Days | None:
    """The school holiday in which that day lies; None when it lies in none."""
    spans = (rule(year) for rule in RULES.values() for year in (day.year - 1, day.year))
    return next((span for span in spans if span[0] <= day <= span[1]), None)
