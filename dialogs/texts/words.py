"""Building blocks of sentences: days, hours, durations, lists, amounts, and text from elsewhere made harmless."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from babel.dates import format_date

from storage.domain.people import Organisation

LOCALE = "nl_BE"

MayTell: TypeAlias = Callable[[Organisation], bool]
"""Whether an organisation may be named where the answer is read."""

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
_LIST_MARK = re.compile(r"^([#+-]|\d+(?=[.)]))(\s|[.)#]|$)")


def plain(text: str) -> str:
    """Text from people or files, so that Teams shows it as it is: no markdown, no links in disguise, no tags."""
    line = _MARKDOWN.sub(r"\\\1", " ".join(text.split())).replace("{{", "{ {")
    return _LIST_MARK.sub(lambda mark: _escaped_mark(mark.group(1), mark.group(2)), line)


def _escaped_mark(mark: str, after: str) -> str:
    return f"{mark}\\{after}" if mark.isdigit() else f"\\{mark}{after}"


def paragraphs(text: str) -> str:
    """Longer text from people or files: harmless line by line, its paragraphs kept."""
    return "\n\n".join(plain(line) for line in text.splitlines() if line.strip())


def quote(text: str) -> str:
    """Markdown as one block that is somebody's own words, or what will be sent."""
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


@lru_cache(maxsize=1024)
def day(when: date) -> str:
    """A day: "vrijdag 22 januari 2027"."""
    return format_date(when, "EEEE d MMMM y", locale=LOCALE)


def on_day(when: date, today: date) -> str:
    """The day something is on: "op vrijdag 22 januari 2027", "morgen, zondag 22 november 2026"."""
    return near_day(when, today) if when in {today, today + timedelta(days=1)} else f"op {day(when)}"


def near_day(when: date, today: date) -> str:
    """A day, with today and tomorrow called so."""
    near = {today: "vandaag, ", today + timedelta(days=1): "morgen, "}
    return near.get(when, "") + day(when)


@lru_cache(maxsize=1024)
def short_day(when: date) -> str:
    """A day in few characters, for lists on a card: "vr 22 jan. 2027"."""
    return format_date(when, "EEEEEE d MMM y", locale=LOCALE)


def period(first: date, last: date) -> str:
    """A period: a day, a whole month, or from day to day."""
    if first == last:
        return f"op {day(first)}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"in {month(first)}"
    return f"in de periode van {day(first)} tot en met {day(last)}"


def month(when: date) -> str:
    """A month: "januari 2027"."""
    return format_date(when, "MMMM y", locale=LOCALE)


def hour(when: datetime) -> str:
    """An hour without the word "uur": "9.30", "12"."""
    return f"{when.hour}.{when.minute:02d}" if when.minute else str(when.hour)


def hours(starts: datetime, ends: datetime) -> str:
    """From when to when: "van 9.30 tot 12 uur"; with the day when it ends on another one."""
    if starts.date() == ends.date():
        return f"van {hour(starts)} tot {hour(ends)} uur"
    return f"van {hour(starts)} uur tot {end(ends)}"


def end(ends: datetime) -> str:
    """The end on another day: "zaterdag 23 januari 2027 om 1.30 uur", or midnight of the day before."""
    if ends.hour == ends.minute == 0:
        return f"{day(ends.date() - timedelta(days=1))} om middernacht"
    return f"{day(ends.date())} om {hour(ends)} uur"


def minutes_between(starts: datetime, ends: datetime) -> int:
    """How long something takes in real minutes, also when the clock changes meanwhile."""
    return int((ends.timestamp() - starts.timestamp()) // 60)


def duration(minutes: int) -> str:
    """A length of time: "2 uur en 30 minuten", "45 minuten"."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} uur"] if whole else []
    if rest or not whole:
        parts.append("1 minuut" if rest == 1 else f"{rest} minuten")
    return " en ".join(parts)


def enumeration(parts: Sequence[str], last: str = "en") -> str:
    """Words in a row: "a, b en c"."""
    if len(parts) < 2:  # noqa: PLR2004
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def bullets(lines: Sequence[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"- {line}" for line in lines)


CUT = "…"


def cut(text: str, longest: int) -> str:
    """The text, or its beginning."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}{CUT}"


def euro(amount: Decimal) -> str:
    """An amount: "10 euro", "7,50 euro"."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f} euro" if whole else f"{amount:.2f} euro".replace(".", ",")


def people(count: int) -> str:
    """So many people: "1 persoon", "8 mensen"."""
    return "1 persoon" if count == 1 else f"{count} mensen"


def names_day(text: str, when: date | None) -> bool:
    """Whether a text names a day itself ("tegen 11 december"), so that it needs not be told beside it."""
    return when is not None and f"{when.day} {month(when).split()[0]}" in text.casefold()


def capital(sentence: str) -> str:
    """The sentence with a capital first."""
    return sentence[:1].upper() + sentence[1:]
