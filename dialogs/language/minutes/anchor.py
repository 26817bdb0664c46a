"""The day from which a report's dates are resolved when it does not tell its own."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

_MONTHS: Final = ("jan", "feb", "maart", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WRITTEN = re.compile(
    r"\b(?P<day>\d{1,2})(?:\s+(?P<month>jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|"
    r"dec)[a-z]*\.?\s+|[/.-](?P<number>\d{1,2})[/.-])(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\bverslag(?:je)?\b[^.\n]{0,60}$|\b(?:vorige|laatste) (?:vergadering|overleg|bijeenkomst|"
    r"intervisie)\b[^.\n]{0,30}$",
    re.IGNORECASE,
)
_NOON: Final = time(12)


def reference_day(text: str, day: date | None, now: datetime) -> datetime:
    """Noon of the report's own day; else of the day after the previous report's or the latest day in it; else `now`.

    Only days before `now` count: a report tells of a meeting that was.
    """
    if day is not None:
        return _noon(day, now)
    said = [(found, match.start()) for match in _WRITTEN.finditer(text) if (found := _day(match)) is not None]
    past = [(found, at) for found, at in said if found <= now.date()]
    previous = [found for found, at in past if _REPORT.search(text[max(at - 90, 0) : at])]
    if previous:
        return _noon(max(previous) + timedelta(days=1), now)
    return _noon(max(found for found, _ in past), now) if past else now


def _noon(day: date, now: datetime) -> datetime:
    return datetime.combine(day, _NOON, now.tzinfo)


def _day(match: re.Match[str]) -> date | None:
    month = int(match["number"]) if match["number"] else _month(match["month"].lower())
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None


def _month(word: str) -> int:
    return 3 if word == "mrt" else _MONTHS.index(word) + 1
