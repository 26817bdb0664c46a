"""The words of poll_settings.yaml: how a poll is to be held, where its question begins, what its options follow."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from dialogs.language.agenda_openings import compiled, pattern_lines
from dialogs.language.spelling import fold, load

UNITS: Mapping[str, timedelta] = {
    "min": timedelta(minutes=1),
    "kwa": timedelta(minutes=15),
    "uur": timedelta(hours=1),
    "ure": timedelta(hours=1),
    "dag": timedelta(days=1),
    "wer": timedelta(days=1),
    "wee": timedelta(weeks=1),
    "wek": timedelta(weeks=1),
    "maa": timedelta(days=30),
}
"""The length of a unit by its first letters."""

# fmt: off
_WRITTEN = (
    "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien",
    "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig",
)
# fmt: on


def count(said: str) -> int | None:
    """The number that a word says; None where it says none."""
    word = said.strip().rstrip(".x")
    if word.isdecimal():
        return int(word)
    return _WRITTEN.index(word) + 1 if word in _WRITTEN else 1 if word in {"1", "'n", "n"} else None


@cache
def setting_patterns(group: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is said of how a poll is held, by name: "whole" of a clause, "within" the words of a request."""
    data = _data()
    return tuple(
        (name, compiled(f"poll_settings.yaml: {name}", line, data["parts"]))
        for name, text in data[group].items()
        for line in pattern_lines(text)
    )


@cache
def word_patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """The lines of one of the other groups, the first that fits before the others."""
    data = _data()
    return tuple(
        compiled(f"poll_settings.yaml: {name}", line, data["parts"]) for line in pattern_lines(data["words"][name])
    )


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """The lines of one of the other groups, any of which may be found."""
    data = _data()
    lines = "|".join(f"(?:{line})" for line in pattern_lines(data["words"][name]))
    return compiled(f"poll_settings.yaml: {name}", lines, data["parts"])


_NAMES = ("peiling", "stemming", "bevraging", "datumprikker", "rondvraag", "enquete", "rangschikking", "peilingen")
_OTHERS = frozenset({"stemmig", "stellig", "peiler", "stemmen"})


@cache
def _mistyped() -> Mapping[str, str]:
    """What a poll is called by how it may be typed: with two letters swapped, or one left out or doubled."""
    return {typed: name for name in _NAMES for typed in _misspelled(name) if typed not in {*_NAMES, *_OTHERS}}


def _misspelled(name: str) -> set[str]:
    swapped = {name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1)}
    dropped = {name[:n] + name[n + 1 :] for n in range(1, len(name) - 1)}
    doubled = {name[:n] + name[n] + name[n:] for n in range(len(name))}
    return swapped | dropped | doubled


def spelled(text: str) -> str:
    """`text` with the misspelt names of a poll put right: "peilign" is "peiling"."""
    return re.sub(r"(?<!\w)\w{5,14}(?!\w)", lambda word: _mistyped().get(fold(word[0]), word[0]), text)


_DIALECT = (
    (re.compile(r"\b(eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende)n\b"), r"\1"),
    (re.compile(r"\b(\d{1,2})(?:sten|den)\b"), r"\1de"),
    (re.compile(r"\b(?:leste|lesten|laasten|lestn|leetsten)\b"), "laatste"),
    (re.compile(r"\bvr(?= (?:mij|mie|me|ons)\b)"), "voor"),
    (re.compile(r"\b(?:kank|kannek|kannik|kankik)\b"), "kan ik"),
    (re.compile(r"\b(?:kannie|kanni|kanie)\b"), "kan niet"),
)


def plainly(folded: str) -> str:
    """A folded text with words of dialect and haste as they are read: "den eersten", "kank", "vr mij"."""
    for pattern, plain in _DIALECT:
        folded = pattern.sub(plain, folded)
    return folded


def stripped(said: str) -> str:
    """What is voted without what says that it is a vote, and without the reason."""
    why = word_pattern("reden").search(fold(said))
    text = fold(said[: why.start()] if why is not None and why.start() else said)
    for _ in range(3):
        lead = word_pattern("stemt").match(text)
        if lead is None or not lead.group() or not text[lead.end() :].strip(" .!?"):
            break
        text = text[lead.end() :]
    tail = word_pattern("stemt_achter").search(text)
    return text[: tail.start()] if tail is not None and text[: tail.start()].strip() else text


@cache
def _data() -> Mapping[str, Any]:
    data = load("poll_settings.yaml")
    return {**data, "parts": {**data["parts"], "one": _of_polls("one"), "noun": _of_polls("noun")}}


def _of_polls(part: str) -> str:
    return str(load("polls.yaml")["parts"][part])
