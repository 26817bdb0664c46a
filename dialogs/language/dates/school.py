"""Flemish school time: holidays, school years, trimesters and semesters.

Holidays come from `data/school_holidays.yaml`; years it does not list follow the rules of the
Besluit van de Vlaamse Regering of 17 April 1991: see `storage.domain.school_holidays`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Final

import yaml

from dialogs.language.dates.spans import DAY, Span
from storage.domain import school_holidays

LISTED: Final = Path(__file__).parent.parent / "data" / "school_holidays.yaml"
SATURDAY: Final = 5
SEPTEMBER: Final = 9


@cache
def _listed() -> Mapping[str, Mapping[int, Span]]:
    raw: dict[str, dict[int, list[date]]] = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    return {name: {year: Span(*days) for year, days in years.items()} for name, years in raw.items()}


def _by_rule(name: str, year: int) -> Span:
    return Span(*school_holidays.RULES[name](year))


RULES: Mapping[str, Callable[[int], Span]] = {name: partial(_by_rule, name) for name in school_holidays.RULES}


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
