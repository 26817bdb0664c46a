"""Belgian public holidays and other feast days: name -> date in a year."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial

from dateutil.easter import easter

from dialogs.language.dates.spans import DAY, Span, month, nth_weekday, one

_FIXED: Mapping[str, tuple[int, int]] = {
    "nieuwjaar": (1, 1),
    "driekoningen": (1, 6),
    "valentijn": (2, 14),
    "dag van de arbeid": (5, 1),
    "vlaamse feestdag": (7, 11),
    "nationale feestdag": (7, 21),
    "olv-hemelvaart": (8, 15),
    "allerheiligen": (11, 1),
    "allerzielen": (11, 2),
    "wapenstilstand": (11, 11),
    "sinterklaas": (12, 6),
    "kerstavond": (12, 24),
    "kerstmis": (12, 25),
    "tweede kerstdag": (12, 26),
    "oudejaar": (12, 31),
}
_FROM_EASTER: Mapping[str, int] = {
    "aswoensdag": -46,
    "palmzondag": -7,
    "witte donderdag": -3,
    "goede vrijdag": -2,
    "pasen": 0,
    "paasmaandag": 1,
    "hemelvaart": 39,
    "pinksteren": 49,
    "pinkstermaandag": 50,
}
_SUNDAYS: Mapping[str, int] = {"moederdag": 5, "vaderdag": 6}
_LONG_WEEKENDS: Mapping[str, tuple[int, int]] = {
    "paasweekend": (-1, 1),
    "pinksterweekend": (48, 50),
    "hemelvaartweekend": (39, 42),
}
NAMES = frozenset({*_FIXED, *_FROM_EASTER, *_SUNDAYS})
WEEKENDS = frozenset(_LONG_WEEKENDS)


@lru_cache(maxsize=64)
def easter_day(year: int) -> date:
    return easter(year)


def _fixed(day: tuple[int, int], year: int) -> Span:
    return one(date(year, *day))


def _from_easter(offset: int, year: int) -> Span:
    return one(easter_day(year) + offset * DAY)


def _second_sunday(number: int, year: int) -> Span:
    found = nth_weekday(month(year, number), 2, 6)
    assert found is not None  # noqa: S101  every month has two Sundays
    return found


def _long_weekend(offsets: tuple[int, int], year: int) -> Span:
    day = easter_day(year)
    return Span(day + offsets[0] * DAY, day + offsets[1] * DAY)


_RULES: Mapping[str, Callable[[int], Span]] = {
    **{name: partial(_fixed, day) for name, day in _FIXED.items()},
    **{name: partial(_from_easter, offset) for name, offset in _FROM_EASTER.items()},
    **{name: partial(_second_sunday, number) for name, number in _SUNDAYS.items()},
    **{name: partial(_long_weekend, offsets) for name, offsets in _LONG_WEEKENDS.items()},
}


def feast(name: str, year: int) -> Span:
    """The feast day (or long weekend) of that year. Raises KeyError for an unknown name."""
    return _RULES[name](year)
