"""Finds the names of meetings, people and organisations in a text, with typos and short forms."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.language.spelling import empty_words, fold, tokens, words
from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, OrganisationName, PersonName

CLOSE_ENOUGH = 0.8
"""Normalised OSA similarity from which a word counts as a typo of another."""

SHORTEST_NAME = 3
"""Words of a title or place that are shorter say too little."""

FUZZY_FROM = 5
"""Shorter words are only recognised when they are spelled exactly."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Names found at words `first` up to and including `last`; several ids when the name is ambiguous."""

    first: int
    last: int
    ids: tuple[int, ...]


def nearest(word: str, known: Collection[str], cutoff: float = CLOSE_ENOUGH) -> str | None:
    """The known word that `word` is or is a typo of; None when there is none."""
    if word in known:
        return word
    if len(word) < FUZZY_FROM or word in empty_words():
        return None
    found = extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
    return str(found[0]) if found and len(found[0]) >= FUZZY_FROM else None


class NameIndex:
    """The names of a network, ready to be found in a text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.people = _PeopleIndex(names.people)
        self.organisations = _OrganisationIndex(names.organisations)
        self.meetings = _MeetingIndex(names.meetings)


class _PeopleIndex:
    """People by first name, surname or both."""

    def __init__(self, people: Sequence[PersonName]) -> None:
        self._first: dict[str, list[int]] = defaultdict(list)
        self._rest: dict[int, list[str]] = {}
        self._surnames: dict[str, list[int]] = defaultdict(list)
        for person in people:
            first, *rest = tokens(fold(person.name)) or [""]
            self._first[first].append(person.id)
            self._rest[person.id] = rest
            self._surnames[" ".join(rest)].append(person.id)

    def find(self, text: Sequence[str], known_words: Collection[str]) -> list[Hit]:
        """Every mention of a person."""
        hits: list[Hit] = []
        position = 0
        while position < len(text):
            hit = self._at(text, position, known_words)
            if hit:
                hits.append(hit)
            position = hit.last + 1 if hit else position + 1
        return hits

    def _at(self, text: Sequence[str], position: int, known_words: Collection[str]) -> Hit | None:
        word = text[position]
        if word in empty_words():
            return None
        first = word if word in self._first else None if word in known_words else nearest(word, self._first, 0.84)
        if first:
            return self._with_surname(text, position, self._first[first])
        return self._by_surname(text, position)

    def _with_surname(self, text: Sequence[str], position: int, ids: Sequence[int]) -> Hit:
        last, chosen = position, tuple(ids)
        for id_ in ids:
            rest = self._rest[id_]
            said = list(text[position + 1 : position + 1 + len(rest)])
            if rest and len(said) == len(rest) and _alike(said, rest):
                last, chosen = position + len(rest), (id_,)
        return Hit(position, last, chosen)

    def _by_surname(self, text: Sequence[str], position: int) -> Hit | None:
        for length in (4, 3, 2, 1):
            surname = " ".join(text[position : position + length])
            if len(surname) > FUZZY_FROM and surname in self._surnames:
                return Hit(position, position + length - 1, tuple(self._surnames[surname]))
        return None


class _OrganisationIndex:
    """Organisations by full name, or by what is particular in it."""

    def __init__(self, organisations: Sequence[OrganisationName]) -> None:
        generic = frozenset(words()["generic_organisation_words"].split())
        self._names: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for organisation in organisations:
            full = tuple(tokens(fold(organisation.name)))
            core = tuple(word for word in full if word not in generic)
            self._names[full].append(organisation.id)
            if core and core != full and not set(core) <= empty_words():
                self._names[core].append(organisation.id)
        self._longest_first = sorted(self._names, key=len, reverse=True)

    def find(self, text: Sequence[str]) -> list[Hit]:
        """Every mention of an organisation; the longest name first, none overlapping."""
        hits: list[Hit] = []
        taken: set[int] = set()
        for name in self._longest_first:
            for position in range(len(text) - len(name) + 1):
                place = range(position, position + len(name))
                if taken.isdisjoint(place) and _alike(text[position : position + len(name)], name):
                    taken.update(place)
                    hits.append(Hit(position, place[-1], tuple(dict.fromkeys(self._names[name]))))
        return sorted(hits, key=lambda hit: hit.first)


class _MeetingIndex:
    """Meetings by the words of their title, themes and guests, or of the place where they are."""

    def __init__(self, meetings: Sequence[MeetingName]) -> None:
        self._kind_of = {meeting.id: meeting.kind for meeting in meetings}
        self._titles = _inverted((meeting.id, _title_words(meeting)) for meeting in meetings)
        self._places = _inverted((meeting.id, _place_words(meeting)) for meeting in meetings)

    def by_title(self, text: Sequence[str], known_words: Collection[str]) -> tuple[set[int], tuple[int, ...]]:
        """Positions of words that name meetings, and the meetings that fit best."""
        return self._best(text, self._titles, known_words)

    def by_place(self, text: Sequence[str]) -> tuple[int, ...]:
        """The meetings at a place named in the text."""
        return self._best(text, self._places, ())[1]

    def of_kind(self, ids: Iterable[int], kind: MeetingKind) -> tuple[int, ...]:
        """Those of `ids` that are of this kind."""
        return tuple(id_ for id_ in ids if self._kind_of[id_] is kind)

    def _best(
        self, text: Sequence[str], index: Mapping[str, tuple[int, ...]], known_words: Collection[str]
    ) -> tuple[set[int], tuple[int, ...]]:
        score: dict[int, float] = defaultdict(float)
        positions: set[int] = set()
        for position, word in enumerate(text):
            found = word if word in index else None if word in known_words else nearest(word, index, 0.84)
            if found is None or word.startswith("<"):
                continue
            positions.add(position)
            for id_ in index[found]:
                score[id_] += 1 / len(index[found])
        best = max(score.values(), default=0.0)
        return positions, tuple(id_ for id_, value in score.items() if value > best - 1e-9)


def _title_words(meeting: MeetingName) -> set[str]:
    kinds = {word for synonyms in words()["kinds"].values() for word in synonyms}
    said = " ".join((meeting.title, *meeting.themes, *meeting.guests))
    return {
        word
        for word in tokens(fold(said))
        if word not in kinds and word not in empty_words() and len(word) >= SHORTEST_NAME
    }


def _place_words(meeting: MeetingName) -> set[str]:
    town = (meeting.address or "").rsplit(",", 1)[-1]
    said = f"{meeting.place or ''} {town}"
    return {
        word
        for word in tokens(fold(said))
        if word not in empty_words() and len(word) >= SHORTEST_NAME and not word.isdigit()
    }


def _inverted(entries: Iterable[tuple[int, set[str]]]) -> dict[str, tuple[int, ...]]:
    index: dict[str, list[int]] = defaultdict(list)
    for id_, found in entries:
        for word in found:
            index[word].append(id_)
    return {word: tuple(ids) for word, ids in index.items()}


def _alike(said: Sequence[str], name: Sequence[str]) -> bool:
    return all(nearest(one, (other,), 0.84) is not None for one, other in zip(said, name, strict=True))
