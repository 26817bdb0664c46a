"""Scores a normalised text against the patterns of intents.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dialogs.language.intents import Intent
from dialogs.language.spelling import load

SURE = 0.9
MAYBE = 0.4


class BrokenLanguageData(ValueError):
    """A language data file has a mistake; the message names the intent and the pattern."""


@dataclass(frozen=True, slots=True)
class IntentData:
    """One intent's patterns by weight, and the example that stands for it."""

    intent: Intent
    patterns: tuple[tuple[float, re.Pattern[str]], ...]
    example: str | None


@cache
def intent_data() -> tuple[IntentData, ...]:
    """All intents in the file's order. Raises BrokenLanguageData."""
    return tuple(_read(name, entry) for name, entry in load("intents.yaml").items())


def scores(text: str) -> list[tuple[Intent, float]]:
    """The intents whose patterns fit, the best first; a longer match goes before a shorter one of equal weight."""
    found: list[tuple[float, int, int, Intent]] = []
    for order, data in enumerate(intent_data()):
        best = max(
            ((weight, _matched(pattern, text)) for weight, pattern in data.patterns), default=(0.0, 0), key=_rank
        )
        if best[1]:
            found.append((*best, -order, data.intent))
    found.sort(key=lambda entry: entry[:3], reverse=True)
    return [(intent, weight) for weight, _, _, intent in found]


@cache
def vocabulary() -> frozenset[str]:
    """Every plain word in the patterns: what a typo is corrected to."""
    text = " ".join(pattern.pattern for data in intent_data() for _, pattern in data.patterns)
    return frozenset(re.findall(r"(?<![\\<a-z])[a-z][a-z\-]{3,}(?![a-z>])", text))


def _rank(entry: tuple[float, int]) -> tuple[float, int]:
    weight, matched = entry
    return (weight, matched) if matched else (0.0, 0)


def _matched(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return max(1, match.end() - match.start()) if match else 0


def _read(name: str, entry: Mapping[str, str]) -> IntentData:
    try:
        intent = Intent(name)
        patterns = tuple(
            (weight, _compile(name, line))
            for weight, part in ((SURE, "sure"), (MAYBE, "maybe"))
            for line in entry.get(part, "").splitlines()
            if line.strip()
        )
    except ValueError as error:
        raise BrokenLanguageData(f"intents.yaml: {name}: {error}") from error
    return IntentData(intent, patterns, entry.get("example"))


def _compile(name: str, line: str) -> re.Pattern[str]:
    # A pattern starts at a word's start, so that "waar" is not found in "waarom".
    try:
        return re.compile(line if line.startswith("^") else rf"(?<![a-z0-9\-])(?:{line.rstrip()})")
    except re.error as error:
        raise BrokenLanguageData(f"intents.yaml: {name}: {line!r}: {error}") from error


@cache
def examples() -> Mapping[Intent, str]:
    """The example question of each intent that has one."""
    return {data.intent: data.example for data in intent_data() if data.example}
