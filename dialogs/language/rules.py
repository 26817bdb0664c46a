"""What a coordinator wants to be sent before meetings: which rule, and its new value, in what they typed."""

import re
from dataclasses import dataclass

from dialogs.language.spelling import fold

_MESSAGES = (
    ("reminder", r"\bherinner(?:ing(?:en)?|en|t)?\b"),
    ("nudge", r"\b(?:duwtjes?|por(?:retje)?s?|aanmaning(?:en)?|aansporing(?:en)?|nudges?)\b"),
    ("invitation", r"\b(?:uitnodiging(?:en)?|uitnodig(?:en|t)?)\b"),
)
_OFFER = re.compile(r"\b(?:aanbod|aanbieden|bied|biedt|aangeboden)\b")
_NEVER = re.compile(r"\b(?:geen|nooit|stop|zonder)\b|\bniet (?:meer )?(?:te )?(?:sturen|versturen)\b|\bniet meer\b")
_EMPTY = re.compile(
    r"\b(?:wis|verwijder|haal|schrap)\b.*\btekst\b|\btekst\b.*\b(?:weg|leeg)\b|\bgeen (?:eigen )?tekst\b"
)
_TEXT = re.compile(
    r"\b(?:in|bij|aan|onder|als tekst voor|tekst van|tekst voor)\s+(?:de|het|een|elke|iedere)?\s*"
    r"(?:tekst van (?:de|het)\s+)?(?:herinnering|uitnodiging|duwtje|por|aanmaning)\w*"
    r"(?:\s+(?:voor|van|bij)\s+[^:]{1,60})?\s*:\s*(?P<said>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WORDS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_COUNT = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_WORDS)})\s*(werkdag(?:en)?|dag(?:en)?|week|weken|uur|uren)\b")
_DAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A rule by its name in `storage.domain.rules`, and its new value; "" is no text."""

    name: str
    value: str


def asked_rule(text: str, number: int | None) -> AskedRule | None:
    """The rule that a text sets; None where it sets none. `number` is the one that was found in it.

    Days are working days, a week is five of them.
    """
    folded = fold(text)
    message = next((name for name, pattern in _MESSAGES if re.search(pattern, folded)), None)
    if message is None:
        return _offer(folded, number)
    if (said := _TEXT.search(text)) is not None:
        return AskedRule(f"{message}_text", said["said"].strip().strip('"“”').strip())
    if _EMPTY.search(folded):
        return AskedRule(f"{message}_text", "")
    if message == "invitation":
        return None
    count = _count(folded, number)
    if count is None and _NEVER.search(folded):
        count = 0
    return AskedRule(f"{message}_days", str(count)) if count is not None else None


def _offer(folded: str, number: int | None) -> AskedRule | None:
    """For how many hours a seat is offered that comes free shortly before a meeting."""
    found = _COUNT.search(folded) if _OFFER.search(folded) else None
    if found is None or not found[2].startswith("u"):
        return None
    count = _number(found[1]) if number is None else number
    return AskedRule("offer_hours", str(count)) if count else None


def _count(folded: str, number: int | None) -> int | None:
    """So many working days, with the unit that was said."""
    found = _COUNT.search(folded)
    if found is None:
        return number
    return _number(found[1]) * (_DAYS_A_WEEK if found[2] in {"week", "weken"} else 1)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _WORDS.index(word)
