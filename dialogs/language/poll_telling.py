"""What is said of a poll there is: which one is meant, which option, and what is to change of it."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.language.courtesies import without_courtesies
from dialogs.language.poll_settings import Settings, closing_moment, setting, settings_in
from dialogs.language.poll_words import UNITS, count, word_pattern, word_patterns
from dialogs.language.spelling import fold, strip_markup_in_lines
from storage.domain.polls import Shown

LONGEST = 2_000
"""Characters that are read."""


@dataclass(frozen=True, slots=True)
class PollSaid:
    """What a text says of a poll there is, or of what to change in it.

    `number`: its place in the list that was shown; `words`: what else says which one; `option`: the option that it
    adds, as typed. The others are the new values, None (or "") where it says none; `closes` is naive and local,
    `longer` how much later than now it closes. `series`: it is about all times that a poll comes back. `as_text`:
    somebody asks what a poll says, in words.
    """

    number: int | None = None
    words: str = ""
    option: str = ""
    closes: datetime | None = None
    shown: Shown | None = None
    anonymous: bool | None = None
    quorum: int | None = None
    may_add: bool | None = None
    question: str = ""
    most: int | None = None
    longer: timedelta | None = None
    series: bool = False
    as_text: bool = False


def poll_said(text: str, now: datetime) -> PollSaid:
    """What `text`, said at `now` (aware, in the network's zone), says of a poll there is."""
    said = without_courtesies(strip_markup_in_lines(text[:LONGEST])).replace("\n", " ")
    folded = _folded(said)
    option, question, longer = _option(said, folded), _question(said, folded), _longer(folded)
    words = _words(said, question)
    told = Settings() if option else _told(said.replace(question or "\0", " ").replace(words or "\0", " "), now)
    return PollSaid(
        _number(folded),
        words,
        option,
        None if longer else told.closes,
        told.shown,
        told.anonymous,
        told.quorum,
        told.may_add,
        question,
        told.most,
        longer,
        word_pattern("reeks").search(folded) is not None,
        word_pattern("tekst").search(folded) is not None,
    )


def _told(said: str, now: datetime) -> Settings:
    """The new values: of a whole clause where one says nothing else, else anywhere in the sentence."""
    found = Settings()
    for clause in re.split(r"[.;!\n]\s+|,\s+", said):
        found = found.also(setting(clause.strip(" .!?"), now) or Settings())
    loose, _ = settings_in(said, now)
    found = loose.also(found)
    if found.closes is None and found.opens is not None:
        return found.also(Settings(closes=closing_moment(said, now)))
    return found


def _number(folded: str) -> int | None:
    found = word_pattern("nummer").search(folded)
    if found is None:
        return None
    if found["n"]:
        return int(found["n"])
    said = found["nth"]
    return _ORDINALS.index(said) + 1 if said in _ORDINALS else int(re.findall(r"\d+", said)[0])


_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde")


def _words(said: str, question: str) -> str:
    """What says which poll is meant: what stands behind "de poll over", or is quoted and is no new question."""
    told = said.replace(question, "") if question else said
    folded = _folded(told)
    over = word_pattern("over").search(folded)
    if over is not None:
        words = over["said"].rstrip(_QUOTES)
        tail = word_pattern("over_achter").search(words)
        start = over.start("said")
        return told[start : start + (tail.start() if tail is not None else len(words))].strip(_QUOTES)
    quoted = word_pattern("quoted").search(folded)
    return told[slice(*quoted.span("said" if quoted["said"] else "said2"))].strip() if quoted is not None else ""


_QUOTES = " ,.'\"“”„«»"


def _option(said: str, folded: str) -> str:
    tried = (one.search(folded) for one in word_patterns("erbij")) if _ADDS.search(folded) else ()
    found = next((one for one in tried if one is not None), None)
    if found is None:
        return ""
    name = next(name for name, value in found.groupdict().items() if value is not None)
    option = said[slice(*found.span(name))]
    tail = word_pattern("erbij_achter").search(_folded(option)) if name not in {"a", "k"} else None
    option = option[: tail.start()] if tail is not None and option[: tail.start()].strip() else option
    option = option.strip(" .,:;\"'“”«»")
    return "" if _ANY.fullmatch(_folded(option)) else option


_ANY = re.compile(
    r"(?:(?:er|nog|een|extra|nieuwe|ook|zelf|ik|de|eigen|andere|meer|iets|wat|\d|twee) ?)*"
    r"(?:opties?|keuzes?|iets|antwoord(?:en)?|mogelijkheid|dat|dit|die)?"
)


_ADDS = re.compile(
    r"\b(?:voeg|voegt|toe\b|toevoegen|toegevoegd|bij\b|erbij|bijzetten|extra|optie|keuze|mis\b|ontbreekt|mankeert|mee)\b"
)


def _question(said: str, folded: str) -> str:
    if not re.search(
        r"\b(?:verander|wijzig|pas|aanpassen|hernoem|herformuleer|moet|wordt|verbeter|corrigeer|formuleer)\w*\b", folded
    ):
        return ""
    found = word_pattern("nieuwe_vraag").search(folded)
    if found is None:
        return ""
    name = "said" if found["said"] else "said2"
    return said[slice(*found.span(name))].strip(" \"“”«»'")


def _longer(folded: str) -> timedelta | None:
    found = word_pattern("langer").search(folded)
    if found is None:
        return None
    unit = found["unit"] or found["unit2"]
    many = (found["n"] or found["n2"] or "een").strip()
    number = 2 if many == "paar" else count(many)
    length = UNITS.get(unit[:3])
    return number * length if number and length else None


def _folded(said: str) -> str:
    return fold(said).replace("’", "'").replace("`", "'")
