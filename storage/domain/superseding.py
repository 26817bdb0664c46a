"""Which earlier decision a later one puts an end to: only where its own words say so, and only one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.domain.search_ranking import Found, Rarity, ranked
from storage.domain.search_words import months
from storage.domain.searching import Question, question

ENOUGH = 0.5
"""How well an earlier decision must fit what a later one says of it."""

CLEARLY = 1.12
"""So many times better than any other it must fit."""

_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DAY = re.compile(rf"\bop (\d{{1,2}}) ({_MONTH})(?: (\d{{4}}))?|\bvan (\d{{1,2}}) ({_MONTH})(?: (\d{{4}}))?", re.IGNORECASE)
_OLD = r"(?:afspraak|afspraken|beslissing|beslissingen|besluit|regeling|regel|maatregel|richtlijn|termijn)"
_ENDS = r"(?:vervalt|vervallen|(?:wordt|worden|is|zijn|werd|werden) (?:\w+ ){0,2}(?:ingetrokken|herroepen|opgeheven|afgeschaft)|geldt (?:voortaan |dus |vanaf nu )?niet (?:meer|langer)|gelden (?:voortaan |dus |vanaf nu )?niet (?:meer|langer)|houdt op te gelden|wordt vervangen door|worden vervangen door)"
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:de|het|deze|die|onze) (?:\w+ ){{0,3}}?{_OLD}\b(?P<old>[^.:;]*?)\b{_ENDS}",
        rf"\b(?P<old>(?:de|het) [^.:;,]{{3,120}}?) {_ENDS}",
        r"\banders dan (?:[^,.:;]{0,40}?)(?:afgesproken|beslist|besloten|bepaald|voorzien)\b(?P<old>[^:;]*)",
        r"\bin afwijking van (?P<old>[^,.:;]*)",
        r"\bwe komen terug op (?P<old>[^.:;]*)",
    )
)
_INSTEAD = re.compile(r"\bin plaats van (?P<old>[^,.:;]{8,160}?)(?:,| (?:komen|komt|wordt|worden|gaan|gaat|geldt) )", re.IGNORECASE)
_FROM_NOW = re.compile(r"\b(?:voortaan|vanaf|komt er|komen er|met ingang van|van nu af)\b", re.IGNORECASE)
_STAYS = re.compile(r"\b(?:vervalt|vervallen|geldt|gelden|worden|wordt) (?:dus |zeker )?niet (?:ingetrokken|afgeschaft|opgeheven)?(?!\s*(?:meer|langer))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ending:
    """What a decision says of an earlier one: its words, and the day of its meeting where that is named."""

    words: str
    day: date | None = None


def ending(text: str, said_on: date) -> Ending | None:
    """What a decision of that day puts an end to, in its words; None for nearly all, which end nothing."""
    found = next((match for cue in _CUES if (match := cue.search(text))), None)
    if found is None:
        found = _INSTEAD.search(text) if _FROM_NOW.search(text) else None
    if found is None:
        return None
    return Ending(_DAY.sub(" ", found["old"]), _day(text, said_on))


def ended(told: Ending, earlier: Sequence[Found]) -> Found | None:
    """Which of these earlier decisions that is; None when none fits well, or two fit as well as each other."""
    fitting = [one for one in earlier if told.day in {None, one.day}]
    asked = question(told.words)
    if not fitting or not asked.wanted:
        return None
    scored = ranked(asked, fitting, _rarity(asked, earlier))
    best, second = scored[0][1], scored[1][1] if len(scored) > 1 else 0.0
    clear = best >= second * CLEARLY
    return scored[0][0] if best >= (ENOUGH if told.day is None else ENOUGH / 2) and clear else None


def _rarity(asked: Question, earlier: Sequence[Found]) -> Rarity:
    wanted = set(asked.terms())
    counts = Counter(word for one in earlier for word in set(one.stems.split()) & wanted)
    return Rarity(counts, max(len(earlier), 50))


def _day(text: str, said_on: date) -> date | None:
    """The day that is named, of the last year where none is said; None for what is no earlier day."""
    named = _DAY.search(text)
    if named is None:
        return None
    number, month, year = (one for one in named.groups() if one) if len([g for g in named.groups() if g]) == 3 else (*[g for g in named.groups() if g], "")  # noqa: PLR2004
    try:
        found = date(int(year or said_on.year), months()[month.lower()], int(number))
        if not year and found >= said_on:
            found = found.replace(year=said_on.year - 1)
    except ValueError:
        return None
    return found if found < said_on else None
