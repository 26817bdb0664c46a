"""Which lines of a report that was just delivered are there already: as a note, or from an earlier version of it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from storage.domain.report_words import words
from storage.domain.reports import Line, LineKind, NewLine, Origin

ALIKE = 80
"""From this score on (0 to 100) two sentences say the same, unless they differ in a number or a "niet"."""

MOST_COMPARED = 300
"""Lines of one kind with which a new one is compared word by word; the others only when they are equal."""


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line with what only storage needs of it: whether somebody `changed` it, and whether it was taken away.

    What was taken away without a change gave way to a newer delivered report.
    """

    line: Line
    changed: bool = False
    removed: bool = False

    @property
    def replaceable(self) -> bool:
        """Whether it came from a delivered report and nobody touched it since."""
        return self.line.origin is Origin.REPORT and not self.changed


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """The words of a text, without capitals, accents and signs: what two people write alike."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(one for one in plain if not unicodedata.combining(one))))


def is_same(line: Line, new: NewLine) -> bool:
    """Whether a new line is this one, said again: the same words, and nothing else that speaks against it."""
    return line.kind is new.kind and folded(line.text) == folded(new.text) and _compatible(line, new)


def _compatible(line: Line, new: NewLine) -> bool:
    owner = folded(line.owner), folded(new.owner)
    pairs = (owner, (line.due, new.due), (line.until, new.until))
    return all(not one or not other or one == other for one, other in pairs)


def paired(
    kept: Sequence[KeptLine], new: Sequence[NewLine], said: Mapping[int, str], passages: Sequence[str]
) -> tuple[KeptLine | None, ...]:
    """For each new line the kept one that says the same, or None; each kept one goes with one new line at most.

    `said` holds, by line id, what stood in the report where a line that was changed came from; `passages` what stands
    there for each new line. So a line that was corrected or taken away is recognised when its report comes again.
    """
    pairs = _Pairs(kept, new)
    pairs.by(lambda one: _exactly(one.line), _exactly)
    places = {id(one): (one.kind, folded(passage)) for one, passage in zip(new, passages, strict=True)}
    pairs.by(lambda one: (one.line.kind, said.get(one.line.id, "")), lambda one: places[id(one)])
    pairs.alike()
    return tuple(pairs.found)


def _exactly(line: Line | NewLine) -> tuple[LineKind, str]:
    return line.kind, folded(line.text)


class _Pairs:
    """The pairs found so far: of each new line, in their order, the kept one that it is."""

    def __init__(self, kept: Sequence[KeptLine], new: Sequence[NewLine]) -> None:
        self._kept, self._new = kept, new
        self._taken: set[int] = set()
        self.found: list[KeptLine | None] = [None] * len(new)

    def by(self, key_of: Any, key_of_new: Any) -> None:
        """Pair what has the same key; an empty text is no key."""
        at: dict[Any, list[KeptLine]] = {}
        for one in self._free():
            at.setdefault(key_of(one), []).append(one)
        for place, new in enumerate(self._new):
            key = key_of_new(new)
            if self.found[place] is None and key[1]:
                self._take(place, (one for one in at.get(key, ()) if _compatible(one.line, new)))

    def alike(self) -> None:
        """Pair what says the same in other words."""
        free: dict[LineKind, list[KeptLine]] = {}
        for one in self._free():
            free.setdefault(one.line.kind, []).append(one)
        for place, new in enumerate(self._new):
            others = free.get(new.kind, ())
            if self.found[place] is None and new.kind is not LineKind.DISCUSSION and others:
                scores = [(likeness(one.line, new), one) for one in islice(others, MOST_COMPARED) if self._is_free(one)]
                best = sorted((pair for pair in scores if pair[0] >= ALIKE), key=lambda pair: -pair[0])
                self._take(place, (one for _, one in best))

    def _take(self, place: int, candidates: Iterable[KeptLine]) -> None:
        chosen = next((one for one in candidates if self._is_free(one)), None)
        if chosen is not None:
            self._taken.add(chosen.line.id)
            self.found[place] = chosen

    def _free(self) -> list[KeptLine]:
        return [one for one in self._kept if self._is_free(one)]

    def _is_free(self, one: KeptLine) -> bool:
        return one.line.id not in self._taken


_PEOPLE = frozenset({LineKind.ATTENDEE, LineKind.EXCUSED})
_DAYS = frozenset({LineKind.DATE, LineKind.NEXT})


def likeness(line: Line, new: NewLine) -> float:
    """How much two lines of one kind say the same, from 0 to 100."""
    if not _compatible(line, new):
        return 0.0
    one, other = folded(line.text), folded(new.text)
    if new.kind in _PEOPLE:
        return _same_name(one, other)
    if new.kind is LineKind.NEXT and line.due is not None and line.due == new.due:
        return 100.0
    if _tokens_that_count(one) != _tokens_that_count(other) and not (new.kind in _DAYS and line.due == new.due):
        return 0.0
    return _same_words(one, other)


def _same_name(one: str, other: str) -> float:
    """Of somebody one may note the first name only."""
    fewer, more = sorted((one.split(), other.split()), key=len)
    return 100.0 if fewer and fewer == more[: len(fewer)] else 0.0


def _tokens_that_count(text: str) -> tuple[frozenset[str], bool]:
    """The numbers in a text, and whether it denies something: what differs in these says something else."""
    said = text.split()
    return frozenset(word for word in said if word[0].isdigit()), not words("denying").isdisjoint(said)


def _same_words(one: str, other: str) -> float:
    """By the words that carry the meaning. A note leaves some out, so those of the shorter one count for more."""
    fewer, more = sorted((_that_carry(one), _that_carry(other)), key=len)
    if len(fewer) < _FEWEST_WORDS:
        return 100.0 if fewer and fewer == more else 0.0
    shared = len(fewer & more)
    return 100.0 * (_SHORTER * shared / len(fewer) + (1 - _SHORTER) * shared / len(more))


def _that_carry(text: str) -> frozenset[str]:
    """The words of a folded text but the small ones, each by its first letters: "datums" is "datum"."""
    return frozenset(word[:_STEM] for word in text.split() if word not in words("small"))


_FEWEST_WORDS = 2
_SHORTER = 0.6
_STEM = 5


def columns(old: KeptLine, new: NewLine) -> dict[str, Any]:
    """What is written of a kept line that a delivered report says as well; its columns, all of them each time.

    What somebody corrected stays as they did, and what they took away stays away: only its place follows the report.
    """
    line = old.line
    kept = {name: getattr(line, name) for name in ("text", "owner", "due", "until", "certain", "private")}
    kept |= {"data": dict(line.data), "origin": line.origin.value}
    place = {name: getattr(new, name) for name in ("source_id", "starts", "ends", "item", "item_title")}
    if old.replaceable:
        fresh = {name: getattr(new, name) for name in ("text", "owner", "due", "until", "certain", "private")}
        return {**kept, **fresh, "data": dict(new.data), **place}
    if not line.data.get(WAS_PRIVATE):
        kept["private"] = line.private or new.private
    if old.changed:
        return {**kept, **place}
    fill = {name: getattr(line, name) or getattr(new, name) for name in ("owner", "due", "until")}
    text = {} if line.origin is Origin.TYPED else {"text": new.text}
    told = {"certain": line.certain or new.certain, "data": {**new.data, **line.data}}
    return {**kept, **fill, **text, **told, **place}


WAS_PRIVATE = "was_private"
"""In the data of a line that somebody made public: what it was taken from is still forgotten like a case."""
