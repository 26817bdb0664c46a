"""Which of the things that are asked of polls a message asks: known by its words around what a poll asks itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dialogs.language.agenda_openings import compiled, pattern_lines
from dialogs.language.courtesies import without_courtesies
from dialogs.language.intents import Intent
from dialogs.language.poll_words import spelled
from dialogs.language.spelling import fold, load, strip_markup_in_lines

LONGEST = 1_500
"""Characters that are read for what a message asks."""

LONGEST_ASKED = 400
"""The same of what is asked of a poll there is: only who starts one tells more."""

_MAY = re.compile(
    r"\bpol|poll|peil|stem|enquet|bevrag|rondvra|prik|doodle|sondage|sfeer|temperatuur|past|passen|schikt|akkoord|"
    r"eens|kie[sz]|\bkoo?[sz]|keuze|opti|opite|uits?lag|uitkomst|resul|stand|winn|\bwon\b|gewonnen|kozen|ronde|"
    r"tie-?break|run-?off|ran[g]?sch|volgorde|vote|schaal|vraag|vragen|wie is|wie kan|ja of nee|ja/nee|kop|voorop|"
    r"ja-?[sz]|ja st|ja z|wanneer sluit|opkomst|steme|stm|peilng|pieling|quorum|onthou|wint\b|pijl|gef mij|rank|"
    r"zoek|\btop ?\d|voorlegg|uitvrag|navrag|kan (?:enkel|alleen)|bestand|"
    r"geworden|(?<!\w)[a1][).] [\s\S]*[\s(][b2][).] "
)
"""A message without any of these asks nothing of a poll, unless polls were talked about before."""

_COLON = re.compile(r"(?<!\d):(?!\d|//)|:(?=\s)")
_QUOTED = re.compile(r"[\"“„«][^\"”»\n]{2,300}[\"”»]|(?<![a-z])'[^'\n]{2,300}'(?![a-z])")

_Lines = tuple[tuple[Intent, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Openings:
    none: tuple[re.Pattern[str], ...]
    lines: _Lines
    loose: _Lines
    after: _Lines


def asked_of_polls(text: str, last: str | None = None) -> Intent | None:
    """What `text` (as typed) asks of polls; None where it asks nothing of them, or that is not clear.

    `last`: the intent that was talked about before: "2" alone is a vote where the bot spoke of polls.
    """
    return _asked(text[: 4 * LONGEST], (last or "").startswith("poll."))


def speaks_of_polls(text: str) -> bool:
    """Whether a text names a poll."""
    said = _TO_VOTE.sub(" ", _folded(text[:LONGEST]))
    return _noun().search(said) is not None or _TOP.search(said) is not None


_TO_VOTE = re.compile(r"\b(?:ter|tot) stemming\b")
"""What is put to the vote is no poll that is spoken of: "iets ter stemming voorleggen"."""


_TOP = re.compile(r"\btop ?\d\b")


@lru_cache(maxsize=64)
def _asked(text: str, after: bool) -> Intent | None:
    said = _folded(spelled(without_courtesies(strip_markup_in_lines(text))))[:LONGEST]
    if not said or (not after and _MAY.search(said) is None):
        return None
    openings = _openings()
    if any(none.match(said) for none in openings.none):
        return None
    before = _before_its_text(said)[:LONGEST_ASKED]
    for intent, pattern in openings.lines:
        if pattern.search(said if intent is Intent.POLL_START else before) is not None:
            return intent
    found = (openings.after if after else ()), openings.loose
    return next((intent for lines in found for intent, pattern in lines if pattern.search(said[:LONGEST_ASKED])), None)


def _folded(text: str) -> str:
    return fold(text).replace("’", "'").replace("`", "'").replace("\t", " ").strip()


def _before_its_text(said: str) -> str:
    """The words that ask, without what somebody quotes or tells after a colon."""
    said = _QUOTED.sub(" ", said)
    colon = _COLON.search(said)
    return (said[: colon.end()] if colon else said).replace("\n", " ")


@cache
def _noun() -> re.Pattern[str]:
    return compiled("polls.yaml: noun", r"\b{noun}\b", load("polls.yaml")["parts"])


@cache
def _openings() -> _Openings:
    data = load("polls.yaml")
    parts = data["parts"]
    none = tuple(compiled("polls.yaml: none", line, parts) for line in pattern_lines(data["none"]))
    first = _read(data["first"], parts)
    lines = tuple((Intent.POLL_START, compiled("polls.yaml: start", line, parts)) for line in _anchored(data["start"]))
    loose = tuple((Intent.POLL_START, compiled("polls.yaml: loose", line, parts)) for line in _anchored(data["loose"]))
    return _Openings(none, first + lines + _read(data["rest"], parts), loose, _read(data["after"], parts))


def _anchored(text: str) -> list[str]:
    """The patterns of a block; one that opens with a salutation stands at the beginning."""
    return [f"^{line}" if line.startswith("{polite}") else line for line in pattern_lines(text)]


def _read(texts: Mapping[str, str], parts: Mapping[str, Any]) -> _Lines:
    return tuple(
        (Intent(name), compiled(f"polls.yaml: {name}", line, parts))
        for name, text in texts.items()
        for line in pattern_lines(text)
    )
