"""What a sentence tells of who is there: "iedereen is er behalve Yusuf", "Els is er niet, Jan wel"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dialogs.language.names import NameIndex
from dialogs.language.reduction import known_words
from dialogs.language.references import kind_words
from dialogs.language.spelling import BREAK, fold, strip_markup, tokens
from storage.domain.network import Names
from storage.domain.registrations import RegistrationStatus

ATTENDED, EXCUSED, ABSENT = RegistrationStatus.ATTENDED, RegistrationStatus.EXCUSED, RegistrationStatus.ABSENT

# fmt: off
_EXCUSED = frozenset({
    "verontschuldigd", "verontschuldigt", "verontschuldigde", "verontschuldigden", "ziek", "ziekjes", "excuus",
    "geexcuseerd", "verontschuldiging", "verhinderd"
})
_ABSENT = frozenset({
    "niet", "nie", "geen", "afwezig", "afwezigen", "absent", "ontbreekt", "ontbreken", "mist", "missen", "noshow"
})
_PRESENT = frozenset({
    "er", "hier", "aanwezig", "aanwezigen", "present", "wel", "binnen", "toegekomen", "aangekomen", "gekomen",
    "kwam", "kwamen", "bij", "daar"
})
_EVERYBODY = frozenset({
    "iedereen", "iederen", "alleman", "allemaal", "allen", "rest", "elkeen"
})
_EXCEPT = frozenset({
    "behalve", "buiten", "uitgezonderd", "zonder", "tenzij", "behalven", "except"
})
# fmt: on
_BRACKETS = re.compile(r"\(([^()]*)\)")
_WHO_IS_THERE = re.compile(r"\W*(?:en )?wie (?:is|zijn|zit) (?:er|hier)(?: (?:al|nu|hier|allemaal|aanwezig))*\W*")
_AND = frozenset({BREAK, "maar", "en", "plus", "terwijl"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells: of whom (by name, as ids; several when the name is ambiguous) what.

    `everybody`: all who are expected are there, but for those of whom something else is told.
    """

    marks: tuple[tuple[tuple[int, ...], RegistrationStatus], ...] = ()
    everybody: bool = False

    def __bool__(self) -> bool:
        return bool(self.marks or self.everybody)


@dataclass(slots=True)
class _Reading:
    """What was read so far. `prefix` is what goes for the names that follow, `waiting` are names without a word yet.

    `alone` is a word that stands by itself: it goes for the names that follow ("afwezig: Jan"), or else for the last.
    """

    marks: list[tuple[tuple[int, ...], RegistrationStatus]] = field(default_factory=list)
    waiting: list[tuple[int, ...]] = field(default_factory=list)
    everybody: bool = False
    prefix: RegistrationStatus | None = None
    alone: RegistrationStatus | None = None

    def clause(self, words: Sequence[str], names: Sequence[tuple[int, ...]]) -> None:
        """Read one clause: its words, and whom it names."""
        said = _status(words)
        everybody = not _EVERYBODY.isdisjoint(words)
        exception = not _EXCEPT.isdisjoint(words) or {"op", "na"} <= set(words)
        if everybody or exception:
            self.ended()
            self.everybody = self.everybody or (everybody and (exception or said in {None, ATTENDED}))
            self.prefix = ABSENT if exception else None
            self.marks += [(name, said if said in {EXCUSED, ABSENT} else ABSENT) for name in names]
        elif names:
            self._names(names, said)
        elif said is not None:
            self._alone(said)

    def _names(self, names: Sequence[tuple[int, ...]], said: RegistrationStatus | None) -> None:
        if said is not None:
            self.ended()
        elif self.alone is not None:
            self.prefix, self.alone = self.alone, None
        self.waiting += names
        status = said or self.prefix
        if status is not None:
            self.marks += [(name, status) for name in self.waiting]
            self.waiting = []

    def _alone(self, said: RegistrationStatus) -> None:
        self.ended()
        if self.waiting:
            self.marks += [(name, said) for name in self.waiting]
            self.waiting = []
        else:
            self.alone = said

    def ended(self) -> None:
        """No names follow a word that stands by itself."""
        if self.alone is not None and self.marks:
            self.marks[-1] = (self.marks[-1][0], self.alone)
        self.alone = None


def told(text: str, names: Names) -> Told:
    """What `text` tells of these people; nothing of a question."""
    if text.rstrip().endswith("?"):
        return Told()
    words = tokens(fold(_BRACKETS.sub(r" \1 ", strip_markup(text))), breaks=True)
    index = NameIndex(names)
    hits = {hit.first: hit for hit in index.people.find(words, known_words() | kind_words().keys())}
    reading = _Reading()
    for first, last in _clauses(words, [(hit.first, hit.last) for hit in hits.values()]):
        named = [hit for hit in hits.values() if first <= hit.first < last]
        inside = {place for hit in named for place in range(hit.first, hit.last + 1)}
        said = [word for place, word in enumerate(words[first:last], first) if place not in inside]
        reading.clause(said, [hit.ids for hit in named])
    reading.ended()
    return Told(tuple(reading.marks), reading.everybody)


def asks_who_is_there(text: str) -> bool:
    """Whether somebody asks who is there now, rather than who comes."""
    return _WHO_IS_THERE.fullmatch(fold(text)) is not None


def _clauses(words: Sequence[str], names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where clauses begin and end: between them stands a comma or "en", and not as part of a name."""
    inside = {place for first, last in names for place in range(first, last + 1)}
    first = 0
    for place, word in enumerate(words):
        if word in _AND and place not in inside:
            yield first, place
            first = place + 1
    yield first, len(words)


def _status(words: Sequence[str]) -> RegistrationStatus | None:
    """What a clause says of those it names; None when nothing."""
    said = set(words)
    if said & _EXCUSED:
        return ABSENT if "niet" in said else EXCUSED
    if said & _ABSENT:
        return ATTENDED if "niet" in said and "afwezig" in said else ABSENT
    return ATTENDED if said & _PRESENT else None
