"""Flemish school time: holidays, school years, trimesters and semesters.

Holidays come from `data/school_holidays.yaml`; years it does not list follow the rules of the
Besluit van de Vlaamse Regering of 17 April 1991.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from dialogs.language.dates.feasts import easter_day
from dialogs.language.dates.spans import DAY, WEEK, Span, monday

LISTED: Final = Path(__file__).parent.parent / "data" / "school_holidays.yaml"
SATURDAY: Final = 5
SEPTEMBER: Final = 9


@cache
def _listed() -> Mapping[str, Mapping[int, Span]]:
    raw: dict[str, dict[int, list[date]]] = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return {name: {year: Span(*days) for year, days in years.items()} for name, years in raw.items()}


def _autumn(year: int) -> Span:
    all_saints = date(year, 11, 1)
    start = all_saints + DAY if all_saints.weekday() > SATURDAY else monday(all_saints)
    return Span(start, start + 6 * DAY)


def _christmas(year: int) -> Span:
    christmas = date(year, 12, 25)
    start = monday(christmas) + (WEEK if christmas.weekday() >= SATURDAY else timedelta())
    return Span(start, start + 13 * DAY)


def _carnival(year: int) -> Span:
    start = easter_day(year) - 48 * DAY
    return Span(start, start + 6 * DAY)


def _easter(year: int) -> Span:
    """Two weeks from the first Monday of April, moved for an early Easter, lengthened for a late one."""
    sunday = easter_day(year)
    if sunday.month < 4:  # noqa: PLR2004
        return Span(sunday + DAY, sunday + 14 * DAY)
    if sunday > date(year, 4, 15):
        return Span(sunday - 13 * DAY, sunday + DAY)
    first = date(year, 4, 1)
    start = first + (-first.weekday() % 7) * DAY
    return Span(start, start + 13 * DAY)


def _summer(year: int) -> Span:
    return Span(date(year, 7, 1), date(year, 8, 31))


RULES: Mapping[str, Callable[[int], Span]] = {
    "herfstvakantie": _autumn,
    "kerstvakantie": _christmas,
    "krokusvakantie": _carnival,
    "paasvakantie": _easter,
    "zomervakantie": _summer,
}


def holiday(name: str, year: int) -> Span:
    """The school holiday that begins in (for Christmas: around the December of) that year."""
    listed = _listed().get(name, {}).get(year)
    return listed or RULES[name](year)


def school_year(start: int) -> Span:
    return Span(date(start, SEPTEMBER, 1), date(start + 1, 8, 31))


def school_year_of(day: date) -> int:
    """The calendar year in which the school year of that day began."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def trimester(number: int, start: int) -> Span:
    """The first, second or third trimester of the school year that began in `start`."""
    christmas, easter = holiday("kerstvakantie", start), holiday("paasvakantie", start + 1)
    return (
        Span(date(start, SEPTEMBER, 1), christmas.first - DAY),
        Span(christmas.last + DAY, easter.first - DAY),
        Span(easter.last + DAY, date(start + 1, 6, 30)),
    )[number - 1]


def semester(number: int, start: int) -> Span:
    """The first (to 31 January) or second (to 30 June) semester of the school year."""
    halves = (
        Span(date(start, SEPTEMBER, 1), date(start + 1, 1, 31)),
        Span(date(start + 1, 2, 1), date(start + 1, 6, 30)),
    )
    return halves[number - 1]


def is_school_day(day: date) -> bool:
    """A weekday outside the school holidays (feast days on their own are not looked at)."""
    years = (day.year - 1, day.year)
    return day.weekday() < SATURDAY and not any(day in holiday(name, year) for name in RULES for year in years)
