"""What a command carries: the text of an announcement, a question for the coordinator, a message's number."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dialogs.language.intents import Intent
from dialogs.language.spelling import BrokenLanguageData, fold, load

CARRYING = frozenset({Intent.ANNOUNCEMENT_SEND, Intent.COORDINATOR_ASK, Intent.MEETING_RULES})
"""What carries a text along, which is never answered itself."""

COUNTING = frozenset({Intent.REGISTRATION_CAPACITY, Intent.REGISTRATION_LIMIT, Intent.MEETING_RULES})
"""What says how many: seats, people of an organisation, days."""

_TENS = ("tien", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig", "honderd")
_TEENS = ("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_NOUN = (
    r"(?:bericht(?:je|en)?|mededeling|melding|herinnering|nummer|nr\.?|n°|numero|message|number|punt|agendapunt|actie)"
)
_SENT = "bericht|mededeling|melding|herinnering"
_NUMBER = re.compile(
    rf"(?:\b{_NOUN} ?(?:nr\.? ?|nummer )?|#)(?:(?P<digits>\d{{1,3}})(?![\d:/.]*\d)|(?P<word>{'|'.join(_WRITTEN)})\b)"
    rf"|\b(?:(?P<ordinal>{'|'.join(_COUNTED)})|(?P<short>\d{{1,2}})(?:e|de|ste)) (?={_SENT})"
)
_LOOSE = re.compile(
    rf"\b(?:het|de|den|die|dat)(?: \w+)? (?:(?P<ordinal>{'|'.join(_COUNTED)})|(?P<short>\d{{1,2}})(?:e|de|ste))\b"
    r"|(?<![\w/:.-])(?P<digits>\d{1,2})(?![\w/:-]|[.]\d)"
)
_ONE = re.compile(r"\b(?:een|1) (?:per|iemand|persoon|mensen|deelnemers?|plaats|plaatsen|werkdag|dag|week|uur)\b")
_QUOTES = re.compile(r"\s*[\"“„«](?P<said>.+)[\"”»]\s*", re.DOTALL)
_CLAUSE = re.compile(r":(?!\d|//)\s*|\b(?:dat|da|that)\s+")


@dataclass(frozen=True, slots=True)
class Carried:
    """A command recognised by its first words, and the text that follows them, as it was typed."""

    intent: Intent
    opening: str
    remainder: str


@dataclass(frozen=True, slots=True)
class _Openings:
    announcement: re.Pattern[str]
    question: re.Pattern[str]
    rule: re.Pattern[str]
    left_out: re.Pattern[str]


def carried(text: str, coordinators: tuple[str, ...]) -> Carried | None:
    """The command that `text` opens with and what it carries; None when it opens otherwise.

    `text` is without markup but with its line breaks; `coordinators` are their folded names. Raises BrokenLanguageData.
    """
    openings = _openings(coordinators)
    folded = _folded(text)
    for intent, opening in (
        (Intent.COORDINATOR_ASK, openings.question),
        (Intent.MEETING_RULES, openings.rule),
        (Intent.ANNOUNCEMENT_SEND, openings.announcement),
    ):
        match = opening.match(folded)
        if match and text[match.end() :].strip() and not openings.left_out.match(folded):
            return _carried(intent, text, match.end())
    return None


def after_first_clause(text: str, intent: Intent) -> Carried:
    """The same for a command whose first words are not known: it carries all after the first colon or "dat"."""
    clause = _CLAUSE.search(_folded(text)) if intent in CARRYING else None
    return _carried(intent, text, clause.end() if clause else len(text))


def list_number(text: str, intent: Intent) -> int | None:
    """The place in a list that `text` names: 3 for "bericht 3" and, of a message to be sent, "het derde" and "3"."""
    folded = _folded(text)
    found = _NUMBER.search(folded) or (_LOOSE.search(folded) if intent.value.startswith("outbox.") else None)
    if found is None:
        return None
    said = found.groupdict()
    if digits := said.get("digits") or said.get("short"):
        return int(digits)
    if word := said.get("word"):
        return _WRITTEN.index(word) + 1
    return _COUNTED.index(said["ordinal"]) + 1


def counted(said: Sequence[str], intent: Intent) -> int | None:
    """How many `said`, words with dates masked, says: 25 for "25 plaatsen", 3 for "drie werkdagen"; else None.

    "Een" counts where no other number is said, before what may be counted.
    """
    if intent not in COUNTING:
        return None
    numbers = [int(word) if word.isdecimal() else _numerals().get(word) for word in said if len(word) <= LONGEST_NUMBER]
    found = next((number for number in numbers if number is not None), None)
    return 1 if found is None and _ONE.search(" ".join(said)) else found


LONGEST_NUMBER = 9
"""Letters of the longest numeral."""


@cache
def _numerals() -> Mapping[str, int]:
    return {
        **{word: number for number, word in enumerate(_WRITTEN[1:], 2)},
        **{word: number for number, word in enumerate(_TEENS, 11)},
        **{word: number * 10 for number, word in enumerate(_TENS, 1)},
    }


def to_channel(command: Carried) -> bool:
    """Whether an announcement names the channel itself, not in what it carries."""
    named = command.intent is Intent.ANNOUNCEMENT_SEND and _channel().search(_folded(command.opening))
    return bool(named)


def _carried(intent: Intent, text: str, end: int) -> Carried:
    return Carried(intent, text[:end], _unquoted(text[end:]))


def _folded(text: str) -> str:
    return fold(text).replace("’", "'").replace("\t", " ")


def _unquoted(text: str) -> str:
    text = text.strip()
    quoted = _QUOTES.fullmatch(text)
    return quoted["said"].strip() if quoted else text


@lru_cache(maxsize=8)
def _openings(coordinators: tuple[str, ...]) -> _Openings:
    known = (*(re.escape(name) for name in coordinators), str(_data()["coordinator"]).strip())
    coordinator = rf"(?:{'|'.join(known)})\b"
    return _Openings(*(_one_of(name, coordinator) for name in ("announcement", "question", "rule", "not")))


@cache
def _channel() -> re.Pattern[str]:
    return _compiled("to_channel", rf"\b{str(_data()['to_channel']).strip()}")


def _one_of(name: str, coordinator: str) -> re.Pattern[str]:
    lines = [line.strip() for line in str(_data()[name]).splitlines() if line.strip()]
    return _compiled(name, "|".join(f"(?:{line})" for line in lines).replace("{coordinator}", coordinator))


def _compiled(name: str, expression: str) -> re.Pattern[str]:
    parts = _data()["parts"]
    try:
        for _ in range(2):  # parts may speak of parts
            for part, meaning in parts.items():
                expression = expression.replace(f"{{{part}}}", meaning.strip())
        return re.compile(expression)
    except re.error as error:
        raise BrokenLanguageData(f"carried.yaml: {name}: {error}") from error


@cache
def _data() -> Mapping[str, Any]:
    return load("carried.yaml")
