"""The words of poll_settings.yaml: how a poll is to be held, where its question begins, what its options follow."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from dialogs.language.agenda_openings import compiled, pattern_lines
from dialogs.language.spelling import load

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


@cache
def _data() -> Mapping[str, Any]:
    data = load("poll_settings.yaml")
    return {**data, "parts": {**data["parts"], "one": _of_polls("one"), "noun": _of_polls("noun")}}


def _of_polls(part: str) -> str:
    return str(load("polls.yaml")["parts"][part])
