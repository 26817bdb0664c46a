"""Which earlier decision a later one puts an end to: only where its own words say so, and only one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from storage.domain.search_ranking import Found, Rarity, ranked
from storage.domain.search_words import data, months
from storage.domain.searching import Question, question

ENOUGH = 0.5
"""How well an earlier decision must fit what a later one says of it."""

ENOUGH_THAT_DAY = 0.25
"""The same where the day of its meeting is named."""

AT_LEAST = 50
"""How many decisions there are taken to be: among few every word would seem to be common."""

CLEARLY = 1.12
"""So many times better than any other it must fit."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What a decision says of an earlier one: its words, and the day of its meeting where that is named."""

    words: str
    day: date | None = None


def pieces() -> tuple[str, ...]:
    """Pieces of which every sentence has one that ends anything: to look for such sentences."""
    return tuple(data()["ending"]["pieces"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_whole(data()["ending"][name]), re.IGNORECASE)


@cache
def _ways() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_whole(one), re.IGNORECASE) for one in data()["ending"]["ways"])


def _whole(pattern: str) -> str:
    """A pattern with those that it names."""
    return re.sub(r"@(\w+)@", lambda name: _whole(data()["ending"][name.group(1)]), pattern)


def ending(text: str, said_on: date) -> Ending | None:
    """What a decision of that day puts an end to, in its words; None for nearly all, which end nothing."""
    found = next((match for way in _ways() if (match := way.search(text))), None)
    if found is None and _pattern("from_now").search(text):
        found = _pattern("instead").search(text)
    return Ending(_pattern("day").sub(" ", found["old"]), _day(text, said_on)) if found else None


def ended(told: Ending, earlier: Sequence[Found]) -> Found | None:
    """Which of these earlier decisions that is; None when none fits well, or two fit as well as each other."""
    fitting = [one for one in earlier if told.day in {None, one.day}]
    asked = question(told.words)
    if not fitting or not asked.wanted:
        return None
    scored = ranked(asked, fitting, _rarity(asked, earlier))
    best, second = scored[0][1], scored[1][1] if len(scored) > 1 else 0.0
    clear = best >= second * CLEARLY
    return scored[0][0] if best >= (ENOUGH if told.day is None else ENOUGH_THAT_DAY) and clear else None


def _rarity(asked: Question, earlier: Sequence[Found]) -> Rarity:
    wanted = set(asked.terms())
    counts = Counter(word for one in earlier for word in set(one.stems.split()) & wanted)
    return Rarity(counts, max(len(earlier), AT_LEAST))


def _day(text: str, said_on: date) -> date | None:
    """The earlier day that is named, the last such one where no year is said; None where there is none."""
    named = _pattern("day").search(text)
    if named is None:
        return None
    try:
        found = date(int(named["year"] or said_on.year), months()[named["month"].lower()], int(named["day"]))
        if not named["year"] and found >= said_on:
            found = found.replace(year=said_on.year - 1)
    except ValueError:
        return None
    return found if found < said_on else None
