"""How well a sentence answers a question: the same rule on whatever database found it."""

import math
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from storage.domain.search_words import SHORTEST_PART, light, particles
from storage.domain.searching import APART, NEAR, OF_COMPOUND, PART, Question

TITLE = 0.6
"""What a word counts for that stands in the title of the point only."""

BESIDE = 0.35
"""What it counts for in another sentence of the same point only."""

MEETING = 0.3
"""What it counts for in the title of the meeting only."""

BOTH = 0.12
"""What it counts for on top when it stands in the sentence and in the title."""

LIGHT = 0.45
"""What a word counts for that says little, as "jaar" or "maken"."""

FITS = {"decision": 0.10, "somebody": 0.06, "amount": 0.06, "moment": 0.04, "month": 0.25, "year": 0.15}
"""What a sentence gains that is of the kind that was asked for."""

RELEVANT, CLOSE = 0.5, 0.75
"""What fits less than this share of the best is left out; and what fits more is as good as the best."""

LEAST_FIT = 0.2
"""What fits less is no answer."""

USUAL_LENGTH = 16
"""Words of a sentence and its title; each one more makes it a little less to the point."""

# Both for small letters behind a space. They begin with a set of letters, as what Python's engine skips to fast.
_NUMBER = re.compile(
    r"[\d\W](?:(?<=\d)|(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|[a-z]*(?:tien|tig)|honderd|helft|"
    r"half|halve|gratis|dubbel|keer)\b)"
)
_MOMENT = re.compile(
    r"[\d\W](?:(?<=\d)|(?:maan|dins|woens|donder|vrij|zater|zon)dag|januari|februari|maart|april|mei|juni|juli|"
    r"augustus|september|oktober|november|december|uur|week|morgen|schooljaar)"
)
_NAME = re.compile(r"[a-zà-ÿ,:;] [A-ZÀ-Þ][\w'’-]+|^[A-ZÀ-Þ][\w'’-]+ (?:[A-ZÀ-Þ]|[Dd]e [A-Z]|[Vv]an )")


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may answer. `stems` as `storage.domain.searching.indexed` made them, `heading` those of its
    meeting's title; `title` is that of its point, and sentences
    with an equal `point` belong together."""

    ref: str
    kind: str
    text: str
    stems: str
    day: date
    heading: frozenset[str] = frozenset()
    point: Hashable = None
    title: str = ""


class Rarity:
    """How much a stem tells: the more, the fewer sentences of the index have it."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        self._counts, self.total = counts, total

    def share(self, stem: str) -> float:
        """The share of the sentences that have a stem, 0 to 1."""
        return self._counts.get(stem, 0) / max(1, self.total)

    def __getitem__(self, stem: str) -> float:
        count = self._counts.get(stem, 0)
        return math.log(1 + max(0, self.total - count + 0.5) / (count + 0.5)) * (LIGHT if stem in light() else 1)


def ranked(asked: Question, found: Sequence[Found], rarity: Rarity) -> list[tuple[Found, float]]:
    """The sentences with how well each fits, 0 to a little over 1; the best first, and of equals the newest."""
    whole = sum(rarity[one.stem] for one in asked.wanted) or 1.0
    matches = _Matches(asked, rarity, found)
    told = [matches.told(one) for one in found]
    beside = _beside(found, told)
    scored = [
        (one, _fit(asked, one, points, beside[one.point]) / whole) for one, points in zip(found, told, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], -pair[0].day.toordinal(), pair[0].ref))


def relevant(scored: Sequence[tuple[Found, float]], most: int) -> list[tuple[Found, float]]:
    """At most so many that fit well enough: first those that are as good as the best, the newest of them first."""
    best = scored[0][1] if scored else 0.0
    kept = [pair for pair in scored[:most] if pair[1] >= max(LEAST_FIT, best * RELEVANT)]
    return sorted(kept, key=lambda pair: (pair[1] < best * CLOSE, -pair[0].day.toordinal()))


class _Matches:
    """What the words of sentences count for, each looked at once for a question."""

    def __init__(self, asked: Question, rarity: Rarity, found: Sequence[Found]) -> None:
        self._wanted = [(one, one.fronts, one.backs) for one in asked.wanted]
        self._rarity, self._rare = rarity, [rarity[one.stem] for one in asked.wanted]
        self._telling: dict[str, list[tuple[int, float, float, float]]] = {}
        said = {word for one in found for word in one.stems.split()}
        for at in range(len(self._wanted)):
            for word in self._possible(at, said):
                self._telling.setdefault(word, []).extend(self._look(at, word))

    def told(self, one: Found) -> list[float]:
        """What each word of the question counts for in a sentence."""
        body, _, title = one.stems.partition(APART)
        said, headed = self._points(body), self._points(title)
        points = []
        for at, rare in enumerate(self._rare):
            best = max(said[at], TITLE * headed[at]) + (BOTH * rare if said[at] and headed[at] else 0)
            points.append(best or (MEETING * rare if self._wanted[at][0].stem in one.heading else 0.0))
        return points

    def _points(self, stems: str) -> list[float]:
        whole = [0.0] * len(self._rare)
        parts: dict[int, tuple[float, float]] = {}
        for word in self._telling.keys() & stems.split():
            for at, full, front, back in self._telling[word]:
                whole[at] = max(whole[at], full)
                if front or back:
                    before = parts.get(at, (0.0, 0.0))
                    parts[at] = max(before[0], front), max(before[1], back)
        for at, both in parts.items():
            whole[at] = max(whole[at], min(sum(both), self._rare[at]))
        return whole

    def _possible(self, at: int, said: Set[str]) -> Set[str]:
        """The words that may stand for one of the question: nearly all can't, which is seen sooner than how far."""
        wanted, fronts, backs = self._wanted[at]
        stem, head = wanted.stem, wanted.stem[:SHORTEST_PART]
        alike = {word for word in said if stem in word or word[:SHORTEST_PART] == head}
        return alike | (said & {*wanted.instead, *fronts, *backs})

    def _look(self, at: int, word: str) -> Iterator[tuple[int, float, float, float]]:
        """What one stands for of a word of the question: in whole, or as its first or last part."""
        wanted, fronts, backs = self._wanted[at]
        rare = self._rare[at]
        if word == wanted.stem:
            yield at, rare, 0.0, 0.0
        elif word in wanted.instead:
            yield at, wanted.instead[word] * min(rare, self._rarity[word]), 0.0, 0.0
        elif word in fronts or word in backs:
            part = PART * min(rare, self._rarity[word])
            yield at, 0.0, part * (word in fronts), part * (word in backs and word not in fronts)
        elif (weight := _alike(wanted.stem, word)) > 0:
            yield at, weight * rare, 0.0, 0.0


def _beside(found: Sequence[Found], told: Sequence[list[float]]) -> dict[Hashable, list[float]]:
    """What each word counts for at most in the sentences of one point."""
    best: dict[Hashable, list[float]] = {}
    for one, points in zip(found, told, strict=True):
        before = best.get(one.point)
        best[one.point] = points if before is None else [max(pair) for pair in zip(before, points, strict=True)]
    return best


def _fit(asked: Question, one: Found, own: list[float], beside: list[float]) -> float:
    if not any(own):
        return 0.0
    points = sum(max(mine, BESIDE * theirs) for mine, theirs in zip(own, beside, strict=True))
    length = one.stems.count(" ")
    return points / (1 + 0.006 * max(0, length - USUAL_LENGTH)) * (1 + _gain(asked, one))


def _alike(wanted: str, word: str) -> float:
    """What a word counts for that holds the one that is wanted, or begins as it does."""
    if len(wanted) < len(word) and wanted in word:
        if len(wanted) >= SHORTEST_PART:
            return OF_COMPOUND if word.startswith(wanted) or word.endswith(wanted) else PART
        if word.startswith(wanted) or word.removesuffix(wanted) in particles():
            return PART
    return _near(wanted, word)


def _near(first: str, second: str) -> float:
    """Words that begin alike and end otherwise: "coördinator" and "coördinatie"."""
    longest = max(len(first), len(second))
    if longest <= SHORTEST_PART or first[:SHORTEST_PART] != second[:SHORTEST_PART]:
        return 0.0
    pairs = enumerate(zip(first, second, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))
    return NEAR if same >= max(SHORTEST_PART + 1, round(longest * 0.72)) else 0.0


def _gain(asked: Question, one: Found) -> float:
    """What a sentence gains that is of the kind that was asked for."""
    gain = sum(FITS[kind] for kind in asked.wants if _IS[kind](one))
    gain += FITS["month"] if asked.month == one.day.month else 0
    return gain + (FITS["year"] if asked.year == one.day.year else 0)


_IS: Mapping[str, Callable[[Found], object]] = {
    "decision": lambda one: one.kind == "decision",
    "somebody": lambda one: one.kind == "action" or _NAME.search(one.text),
    "amount": lambda one: _NUMBER.search(f" {one.text.lower()}"),
    "moment": lambda one: _MOMENT.search(f" {one.text.lower()}"),
}
