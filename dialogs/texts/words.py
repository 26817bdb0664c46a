"""Building blocks of sentences: days, hours, durations, lists, amounts, and text from elsewhere made harmless."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date

LOCALE = "nl_BE"

_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


def plain(text: str) -> str:
    """Text from people or files, so that Teams shows it as it is: no markdown, no links in disguise, no tags."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def day(when: date) -> str:
    """A day: "vrijdag 22 januari 2027"."""
    return format_date(when, "EEEE d MMMM y", locale=LOCALE)


def near_day(when: date, today: date) -> str:
    """A day, with today and tomorrow called so."""
    near = {today: "vandaag, ", today + timedelta(days=1): "morgen, "}
    return near.get(when, "") + day(when)


def short_day(when: date) -> str:
    """A day in few characters, for lists on a card: "vr 22 jan. 2027"."""
    return format_date(when, "EEEEEE d MMM y", locale=LOCALE)


def month(when: date) -> str:
    """A month: "januari 2027"."""
    return format_date(when, "MMMM y", locale=LOCALE)


def hour(when: datetime) -> str:
    """An hour without the word "uur": "9.30", "12"."""
    return f"{when.hour}.{when.minute:02d}" if when.minute else str(when.hour)


def hours(starts: datetime, ends: datetime) -> str:
    """From when to when: "van 9.30 tot 12 uur"; over midnight with the day."""
    if starts.date() == ends.date():
        return f"van {hour(starts)} tot {hour(ends)} uur"
    return f"van {hour(starts)} uur tot {day(ends.date())} om {hour(ends)} uur"


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


def euro(amount: Decimal) -> str:
    """An amount: "10 euro", "7,50 euro"."""
    whole = amount == amount.to_integral_value()
    return f"{amount:.0f} euro" if whole else f"{amount:.2f} euro".replace(".", ",")


def people(count: int) -> str:
    """So many people: "1 persoon", "8 mensen"."""
    return "1 persoon" if count == 1 else f"{count} mensen"


def capital(sentence: str) -> str:
    """The sentence with a capital first."""
    return sentence[:1].upper() + sentence[1:]
