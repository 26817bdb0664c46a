"""Scores a reduced text against the patterns of intents.yaml."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from dialogs.language.intents import Intent
from dialogs.language.spelling import BrokenLanguageData, fillers, forms, load, words

__all__ = [
    "MAYBE",
    "SURE",
    "BrokenLanguageData",
    "Clause",
    "IntentData",
    "Pattern",
    "PatternSet",
    "compile_lines",
    "examples",
    "intent_data",
    "known_to",
    "questions",
    "scores",
    "shared_vocabulary",
    "vocabulary",
]

SURE = 0.9
MAYBE = 0.4


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message, reduced to what it asks.

    `masked` still holds the references to meetings, as masks; `core` is without them. `odd` are words that not every
    question may have, of which `tolerated` are taken for granted; `owners` are the odd words that say whose.
    """

    masked: str
    core: str
    odd: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tolerated: int = 0

    def strange(self, known: Collection[str]) -> bool:
        """Whether it has words that an intent does not know, so that it may be about something else."""
        if not self.odd:
            return False
        unknown = sum(word not in known for word in self.odd)
        return unknown > self.tolerated or any(word not in known for word in self.owners)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a data file; `masked` when it speaks of the masks that refer to meetings."""

    expression: re.Pattern[str]
    masked: bool

    def matched(self, text: str) -> int:
        """How many characters it matches, apart from what ".*" takes; 0 for no match."""
        match = self.expression.search(text)
        if match is None:
            return 0
        return max(1, match.end() - match.start() - sum(len(gap or "") for gap in match.groups()))


@dataclass(frozen=True, slots=True)
class PatternSet:
    """Patterns that are read alike. All are tried at once first: most messages fit none."""

    patterns: tuple[Pattern, ...]
    any_core: re.Pattern[str] | None
    any_masked: re.Pattern[str] | None

    def matched(self, masked: str, core: str) -> int:
        """The longest match; 0 for none."""
        found = 0
        for one_of, text, of_masked in ((self.any_core, core, False), (self.any_masked, masked, True)):
            if one_of is not None and one_of.search(text):
                found = max(found, *(one.matched(text) for one in self.patterns if one.masked is of_masked), 0)
        return found


@dataclass(frozen=True, slots=True)
class IntentData:
    """One intent's patterns by how they are read, and the example that stands for it."""

    intent: Intent
    sure: PatternSet
    free: PatternSet
    whole: PatternSet
    maybe: PatternSet
    words: frozenset[str]
    example: str | None
    any_core: re.Pattern[str] | None = None
    any_masked: re.Pattern[str] | None = None

    def may_fit(self, clause: Clause) -> bool:
        """Whether any pattern at all fits a part of a message; most intents have none that does."""
        return bool(
            (self.any_core is not None and self.any_core.search(clause.core))
            or (self.any_masked is not None and self.any_masked.search(clause.masked))
        )


_WORD, _END = "(?<![^ ])(?:", ")(?![^ ])"
"""What stands around a pattern: it matches whole words."""

_Found: TypeAlias = tuple[float, int]
_NOT: _Found = (0.0, 0)


@cache
def intent_data() -> tuple[IntentData, ...]:
    """All intents in the file's order. Raises BrokenLanguageData."""
    return tuple(_read(name, entry) for name, entry in load("intents.yaml").items())


def scores(said: str, clauses: Sequence[Clause]) -> list[tuple[Intent, float]]:
    """The intents whose patterns fit, the best first; a longer match goes before a shorter one of equal weight.

    `said` is the whole message, unreduced.
    """
    found: list[tuple[float, int, int, Intent]] = []
    may_be_whole = any(one.search(said) for one in _any_whole())
    for order, data in enumerate(intent_data()):
        whole = _whole(data, said) if may_be_whole else _NOT
        best = max(whole, *(_found(data, clause) for clause in clauses), _NOT)
        if best[1]:
            found.append((*best, -order, data.intent))
    found.sort(key=lambda entry: entry[:3], reverse=True)
    return [(intent, weight) for weight, _, _, intent in found]


@cache
def vocabulary() -> frozenset[str]:
    """Every plain word in the patterns: what a typo is corrected to."""
    return frozenset(word for data in intent_data() for word in data.words)


@cache
def known_to(intent: Intent) -> frozenset[str]:
    """The words in the patterns of an intent."""
    return frozenset(word for data in intent_data() if data.intent is intent for word in data.words)


@cache
def questions() -> frozenset[Intent]:
    """The intents whose usual wordings all stand in patterns: another word is then a sign of something else."""
    return frozenset(data.intent for data in intent_data() if data.sure.patterns)


@cache
def shared_vocabulary() -> frozenset[str]:
    """The words in the patterns of several intents: a word of one only ("trein") fits no other question."""
    intents = Counter(word for data in intent_data() for word in data.words)
    return frozenset(word for word, count in intents.items() if count > 1)


@cache
def examples() -> Mapping[Intent, str]:
    """The example question of each intent that has one."""
    return {data.intent: data.example for data in intent_data() if data.example}


@cache
def _any_whole() -> tuple[re.Pattern[str], ...]:
    """Whether any intent has a pattern for a whole message: most messages fit none."""
    every = [pattern.expression.pattern for data in intent_data() for pattern in data.whole.patterns]
    one_of = _one_of(every)
    return (one_of,) if one_of else ()


def _whole(data: IntentData, said: str) -> _Found:
    longest = data.whole.matched(said, said)
    return (SURE if longest else 0.0, longest)


def _found(data: IntentData, clause: Clause) -> _Found:
    if not data.may_fit(clause):
        return _NOT
    free = data.free.matched(clause.masked, clause.core)
    sure = data.sure.matched(clause.masked, clause.core)
    if not free and clause.strange(data.words):
        return (MAYBE, sure) if sure else _maybe(data, clause)
    longest = max(free, sure)
    return (SURE, longest) if longest else _maybe(data, clause)


def _maybe(data: IntentData, clause: Clause) -> _Found:
    longest = data.maybe.matched(clause.masked, clause.core)
    return (MAYBE if longest else 0.0, longest)


def _read(name: str, entry: Mapping[str, str]) -> IntentData:
    try:
        intent = Intent(name)
        if not isinstance(entry, Mapping) or not all(isinstance(lines, str) for lines in entry.values()):
            raise TypeError("expected example, sure, free, whole or maybe, each with text")  # noqa: TRY301 - as below
        if unknown := entry.keys() - {"example", "sure", "free", "whole", "maybe"}:
            raise ValueError(f"unknown keys {sorted(unknown)}")  # noqa: TRY301 - told with its place below
    except (TypeError, ValueError) as error:
        raise BrokenLanguageData(f"intents.yaml: {name}: {error}") from error
    sure, free, whole, maybe = (
        _set(compile_lines(f"intents.yaml: {name}", entry.get(kind, "").splitlines(), kind == "whole"))
        for kind in ("sure", "free", "whole", "maybe")
    )
    lines = (pattern.expression.pattern for kind in (sure, free, whole, maybe) for pattern in kind.patterns)
    known = frozenset(word for line in lines for word in _plain_words(line))
    partly = _set((*sure.patterns, *free.patterns, *maybe.patterns))
    example = entry.get("example")
    return IntentData(intent, sure, free, whole, maybe, known, example, partly.any_core, partly.any_masked)


def _set(patterns: tuple[Pattern, ...]) -> PatternSet:
    core = [one.expression.pattern for one in patterns if not one.masked]
    masked = [one.expression.pattern for one in patterns if one.masked]
    return PatternSet(patterns, _one_of(core), _one_of(masked))


def _one_of(expressions: Sequence[str]) -> re.Pattern[str] | None:
    if not expressions:
        return None
    # The ends of words are looked at once for all, not for each: that is what takes the time.
    inner = [one[len(_WORD) : -len(_END)] for one in expressions if one.startswith(_WORD)]
    bounded = [f"{_WORD}{'|'.join(f'(?:{one})' for one in inner)}{_END}"] if inner else []
    others = [one for one in expressions if not one.startswith(_WORD)]
    return re.compile("|".join((*bounded, *others)).replace("(.*)", ".*"))


def compile_lines(place: str, lines: Iterable[str], whole: bool = False) -> tuple[Pattern, ...]:
    """Patterns, one a line; `whole` ones cover an unreduced message. Raises BrokenLanguageData, naming `place`."""
    return tuple(_compile(f"{place}: {line.strip()!r}", line.strip(), whole) for line in lines if line.strip())


def _compile(place: str, line: str, whole: bool) -> Pattern:
    # A pattern matches whole words, so that "waar" is not found in "waarom".
    gaps = re.sub(r"\((?!\?)", "(?:", line).replace(".*", "(.*)")
    try:
        expression = re.compile(rf"^(?:{gaps})$" if whole else f"{_WORD}{gaps}{_END}")
    except re.error as error:
        raise BrokenLanguageData(f"{place}: {error}") from error
    if not whole:
        _check_words(place, line)
    return Pattern(expression, re.search("<(soort|soorten|datum|uur|telkens)>", line) is not None)


def _check_words(place: str, line: str) -> None:
    """Refuse a word that no reduced text has: its pattern would never fit."""
    for word in _plain_words(line):
        meant = str(words()["spelling"].get(word, forms().get(word, word)))
        if word in fillers():
            raise BrokenLanguageData(f"{place}: {word!r} is left out of every sentence")
        if meant != word:
            raise BrokenLanguageData(f"{place}: write {meant!r} instead of {word!r}")


def _plain_words(line: str) -> list[str]:
    """The words of a pattern that are written in full."""
    return re.findall(r"(?<![\\<a-z\-])[a-z][a-z\-]+(?![a-z>\\?*+\[\-])", line)
