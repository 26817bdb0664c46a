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

ENOUGH_THAT_DAY = 0.25
"""The same where the day of its meeting is named."""

AT_LEAST = 50
"""How many decisions there are taken to be: among few every word would seem to be common."""

CUES = (
    *("vervalt", "vervallen", "ingetrokken", "herroepen", "opgeheven", "afgeschaft", "vervangen door", "niet meer"),
    *("niet langer", "anders dan", "in afwijking van", "komen terug op", "in plaats van"),
)
"""Pieces of which a sentence has one that ends anything: to look for such sentences."""

CLEARLY = 1.12
"""So many times better than any other it must fit."""

_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DAY = re.compile(rf"\b(?:op|van) (?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?", re.IGNORECASE)
_OLD = "(?:afspraak|afspraken|beslissing|beslissingen|besluit|besluiten|regeling|regel|maatregel|richtlijn|termijn)"
_NOT_ANY_MORE = r"geld(?:t|en) (?:voortaan |dus |vanaf nu )?niet (?:meer|langer)"
_TAKEN_BACK = r"(?:wordt|worden|is|zijn|werd|werden) (?:\w+ ){0,2}(?:ingetrokken|herroepen|opgeheven|afgeschaft)"
_ENDS = rf"(?:vervalt(?! niet)|vervallen(?! niet)|{_TAKEN_BACK}|{_NOT_ANY_MORE}|word(?:t|en) vervangen door)"
_EVENT = "(?:vergadering|bijeenkomst|intervisie|les|lessen|punt|agendapunt|overleg|afspraakmoment)"
_CUES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:de|het|deze|die|onze) (?:\w+ ){{0,3}}?{_OLD}\b(?P<old>[^.:;]*?)\b{_ENDS}",
        rf"\b(?P<old>(?:de|het) (?!{_EVENT}\b)[^.:;,]{{3,120}}?) {_ENDS}",
        r"\banders dan [^,.:;]{0,40}?(?:afgesproken|beslist|besloten|bepaald|voorzien)\b(?P<old>[^:;]*)",
        r"\bin afwijking van (?P<old>[^,.:;]*)",
        r"\bwe komen terug op (?P<old>[^.:;]*)",
    )
)
_INSTEAD = re.compile(
    r"\bin plaats van (?P<old>[^,.:;]{8,160}?)(?:,| (?:komen|komt|wordt|worden|gaan|gaat|geldt) )", re.IGNORECASE
)
_FROM_NOW = re.compile(r"\b(?:voortaan|vanaf|komt er|komen er|met ingang van|van nu af)\b", re.IGNORECASE)


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
    return scored[0][0] if best >= (ENOUGH if told.day is None else ENOUGH_THAT_DAY) and clear else None


def _rarity(asked: Question, earlier: Sequence[Found]) -> Rarity:
    wanted = set(asked.terms())
    counts = Counter(word for one in earlier for word in set(one.stems.split()) & wanted)
    return Rarity(counts, max(len(earlier), AT_LEAST))


def _day(text: str, said_on: date) -> date | None:
    """The earlier day that is named, the last such one where no year is said; None where there is none."""
    named = _DAY.search(text)
    if named is None:
        return None
    try:
        found = date(int(named["year"] or said_on.year), months()[named["month"].lower()], int(named["day"]))
        if not named["year"] and found >= said_on:
            found = found.replace(year=said_on.year - 1)
    except ValueError:
        return None
    return found if found < said_on else None
