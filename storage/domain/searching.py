"""A question to the memory as words to look for, and what was found for it."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from storage.domain.meetings import Meeting
from storage.domain.search_words import (
    LEAST,
    alike,
    faint,
    months,
    particles,
    stem,
    stems,
    stopped,
    wants,
    words,
)

APART = "|"
"""Stands in `SearchRow.stems` between the stems of the sentence and those of its point's title."""

MOST_WORDS = 24
LONGEST_QUESTION = 500
"""So much of a question is read: words that count, and characters."""

LONG_PART = 6
"""Letters of a part that may be one even where the rest of the word is unknown."""

ALIKE = 0.7
BARE = 0.65
OF_COMPOUND = 0.75
PART = 0.55
NEAR = 0.6
"""What a word counts for that stands for the one asked for, is it without its particle, holds it, is a part of it, or
only begins as it does."""


_SHORT = "".join(rf"(?<!\b{one}\.)" for one in ("[Dd]hr", "[Mm]evr", "[Bb]v", "[Nn]r", "[Cc]a"))
_BETWEEN = re.compile(rf"\n+|(?<=[a-zà-ÿ0-9)”\"’'][.!?]){_SHORT} +(?=[A-ZÀ-Þ“\"])")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Cut:
    """A word in two: the stems of both parts, "" for what is none. `long`: which may be one even beside an unknown."""

    front: str
    back: str
    long: frozenset[str] = frozenset()

    def among(self, known: Collection[str]) -> "Cut | None":
        """What is left of it where only these stems are known; "groep" is no "roep" behind an unknown "leefg"."""
        there = [one if one in known else "" for one in (self.front, self.back)]
        if all(there) or (there[1] and self.front in particles()):
            return self
        kept = [one if one in self.long else "" for one in there]
        return Cut(kept[0], kept[1]) if any(kept) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a question: its stem, and the stems that may stand for it with what those count for.

    `cuts`: the stems of the two parts that it may be made of, each with whether its letters are many enough to go by
    alone. Most of these are no words, and so stand nowhere.
    """

    stem: str
    instead: Mapping[str, float] = field(default_factory=dict)
    cuts: tuple[Cut, ...] = ()

    @property
    def needle(self) -> str:
        """What is looked for within words: its stem, of a long one without the end, which may be another."""
        return self.stem[: max(LONG_PART, round(len(self.stem) * 0.8))]

    @property
    def fronts(self) -> frozenset[str]:
        """What it may begin with."""
        return frozenset(one.front for one in self.cuts if one.front)

    @property
    def backs(self) -> frozenset[str]:
        """What it may end with."""
        return frozenset(one.back for one in self.cuts if one.back)

    def among(self, known: Collection[str]) -> "Wanted":
        """The same, without what stands nowhere in the index."""
        instead = {one: weight for one, weight in self.instead.items() if one in known}
        return replace(self, instead=instead, cuts=tuple(cut for one in self.cuts if (cut := one.among(known))))

    def exact(self) -> tuple[str, ...]:
        """All stems that may stand in a sentence for it."""
        parts = {part for one in self.cuts for part in (one.front, one.back) if part}
        return (self.stem, *self.instead, *sorted(parts - {self.stem, *self.instead}))


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. `wants`: the kinds of answer that it asks for; `month` and `year` where it names them."""

    wanted: tuple[Wanted, ...]
    wants: frozenset[str] = frozenset()
    month: int | None = None
    year: int | None = None

    def terms(self) -> tuple[str, ...]:
        """All stems whose number in the index is needed."""
        return tuple(dict.fromkeys(one for wanted in self.wanted for one in wanted.exact()))

    def among(self, known: Collection[str]) -> "Question":
        """The same, without what stands nowhere in the index."""
        return replace(self, wanted=tuple(one.among(known) for one in self.wanted))


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found. `ref` is what it is of ("line:12.0", "point:5"), `score` how well it fits, 0 to 1.

    `superseded_by` is the later sentence that says that this one holds no more.
    """

    text: str
    kind: str
    item_title: str
    meeting: Meeting
    day: date
    ref: str
    score: float = 0.0
    superseded_by: "Hit | None" = None


def indexed(text: str, title: str) -> str:
    """What is kept of a sentence to search it: its stems, and those of its point's title."""
    return f"{' '.join(stems(text))} {APART} {' '.join(stems(title))}".strip()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of what was said of a point, and its lines."""
    return tuple(one.strip() for one in _BETWEEN.split(text) if one.strip())


def line_of(ref: str) -> int:
    """The id of the line of a report that a ref is of: "line:12", or "line:12.3" for a sentence of it."""
    return int(ref.removeprefix("line:").partition(".")[0])


def question(text: str) -> Question:
    """What a question looks for, in Dutch as people type it; nothing wanted where it holds no word of use."""
    said = list(words(text[:LONGEST_QUESTION]))
    kept = [one for one in said if one not in stopped() and len(one) > 1]
    kept = kept or [one for one in said if one in faint()]
    named = [months()[one] for one in said if one in months()]
    years = [int(one) for one in said if _YEAR.fullmatch(one)]
    dated = {one for one in kept if one in months() or (one.isdecimal() and int(one) in years)}
    topics = [one for one in kept if one not in dated] or kept
    found = {one.stem: one for one in (_wanted(word) for word in topics[:MOST_WORDS])}
    asks = frozenset(kind for kind, cues in wants().items() if cues & set(said))
    return Question(_joined(topics, found), asks, named[0] if named else None, years[0] if years else None)


def _wanted(word: str) -> Wanted:
    own = stem(word)
    instead = dict.fromkeys(sorted(alike().get(own, ())), ALIKE)
    instead |= {rest: BARE for rest in _without_particle(own) if rest not in instead}
    return Wanted(own, instead, tuple(_cuts(word)))


def _cuts(word: str) -> Iterator[Cut]:
    for at in range(3, len(word) - 3):
        front, back = stem(word[:at]), stem(word[at:])
        long = {one for one, part in ((front, word[:at]), (back, word[at:])) if len(part) >= LONG_PART}
        yield Cut(front, back, frozenset(long))


def _without_particle(own: str) -> Iterator[str]:
    """Of "opbellen" also "bellen": a sentence says "belt … op"."""
    for one in particles():
        if own.startswith(one) and len(own) > len(one) + LEAST:
            yield own.removeprefix(one)


def _joined(topics: list[str], found: dict[str, Wanted]) -> tuple[Wanted, ...]:
    """The words, with what two that stand side by side are as one: "time out", "gsm verbod"."""
    for first, second in pairwise(topics):
        glued = stem(first + second)
        for one in (stem(first), stem(second)):
            wanted = found.get(one)
            if wanted and glued not in wanted.instead and glued != one:
                found[one] = replace(wanted, instead={**wanted.instead, glued: 1.0})
    return tuple(found.values())
