"""Finds the names of meetings, people and organisations in a text, with typos and short forms."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from dialogs.language.questions import QuestionIndex
from dialogs.language.spelling import empty_words, fold, tokens, words
from storage.domain.meetings import MeetingKind
from storage.domain.network import MeetingName, Names, OrganisationName, PersonName
from storage.domain.people import Role

CLOSE_ENOUGH = 0.8
"""Normalised OSA similarity from which a word counts as a typo of another."""

SHORTEST_NAME = 3
"""Words of a title or place that are shorter say too little."""

FULL_NAME = 0.84
"""The same for a name among many."""

AT = frozenset({"in", "te", "bij", "naar", "op"})
ARTICLES = frozenset({"de", "het", "den", "een"})

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
    return _near(word, known if isinstance(known, frozenset) else frozenset(known), cutoff)


@lru_cache(maxsize=5_000)
def _near(word: str, known: frozenset[str], cutoff: float) -> str | None:
    """People use the same words again and again, and most are no typo of anything."""
    found = extractOne(word, _in_order(known), scorer=OSA.normalized_similarity, score_cutoff=cutoff)
    return str(found[0]) if found and len(found[0]) >= FUZZY_FROM else None


@lru_cache(maxsize=16)
def _in_order(known: frozenset[str]) -> tuple[str, ...]:
    """The words in one order: of two that are equally near, every process must choose the same."""
    return tuple(sorted(known))


class NameIndex:
    """The names of a network, ready to be found in a text."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.people = _PeopleIndex(names.people)
        self.organisations = _OrganisationIndex(names.organisations)
        self.meetings = _MeetingIndex(names.meetings)
        self.questions = QuestionIndex(names.questions)
        coordinating = [person for person in names.people if person.role is Role.COORDINATOR]
        self.coordinator_ids = frozenset(person.id for person in coordinating)
        full = [fold(person.name) for person in coordinating]
        self.coordinators = tuple(dict.fromkeys(said for name in full for said in (name, name.split()[0]) if said))


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
        self._first_names = frozenset(self._first)

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
        typo = None if word in known_words else nearest(word, self._first_names, FULL_NAME)
        first = word if word in self._first else typo
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
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in self._names:
            self._by_first[name[0] if name else ""].append(name)
        self._words = frozenset(word for name in self._names for word in name)

    def find(self, text: Sequence[str]) -> list[Hit]:
        """Every mention of an organisation; the longest name first, none overlapping."""
        hits: list[Hit] = []
        taken: set[int] = set()
        for position, name in sorted(self._said(text), key=lambda said: -len(said[1])):
            place = range(position, position + len(name))
            if taken.isdisjoint(place):
                taken.update(place)
                hits.append(Hit(position, place[-1], tuple(dict.fromkeys(self._names[name]))))
        return sorted(hits, key=lambda hit: hit.first)

    def _said(self, text: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each name that stands in the text, with its place."""
        meant = tuple(nearest(word, self._words, FULL_NAME) for word in text)
        for position, word in enumerate(meant):
            for name in self._by_first.get(word, ()) if word else ():
                if meant[position : position + len(name)] == name:
                    yield position, name


class _MeetingIndex:
    """Meetings by the words of their title, themes and guests, or of the place where they are."""

    def __init__(self, meetings: Sequence[MeetingName]) -> None:
        self._meetings = {meeting.id: meeting for meeting in meetings}
        self._titles = _inverted((meeting.id, _title_words(meeting)) for meeting in meetings)
        self.places = _inverted((meeting.id, _place_words(meeting)) for meeting in meetings)
        self._known_titles, self._known_places = frozenset(self._titles), frozenset(self.places)

    def by_title(self, text: Sequence[str], known_words: Collection[str]) -> tuple[set[int], tuple[int, ...]]:
        """Positions of words that name meetings, and the meetings that fit best."""
        score: dict[int, float] = defaultdict(float)
        positions: set[int] = set()
        for position, word in enumerate(text):
            found = () if word in known_words or word in empty_words() else self._meant(word)
            if found:
                positions.add(position)
            for id_ in found:
                score[id_] += 1 / len(found)
        return positions, _highest(score)

    def by_place(self, text: Sequence[str]) -> tuple[int, ...]:
        """The meetings at a place named in the text: "in Waterdam", "bij het Anker"."""
        score: dict[int, float] = defaultdict(float)
        near = False
        for word in text:
            found = nearest(word, self._known_places, FULL_NAME) if near else None
            for id_ in self.places[found] if found else ():
                score[id_] += 1 / len(self.places[str(found)])
            near = word in AT or (near and (found is not None or word in ARTICLES))
        return _highest(score)

    def fitting(
        self, kind: MeetingKind | None, ids: Iterable[int] = (), since: date | None = None, until: date | None = None
    ) -> tuple[int, ...]:
        """The meetings of `ids`, or all, that are of this kind and on a day after `since` and before `until`."""
        among = [self._meetings[id_] for id_ in ids] or self._meetings.values()
        fit = (meeting for meeting in among if kind is None or meeting.kind is kind)
        between = (one for one in fit if (since is None or one.day > since) and (until is None or one.day < until))
        return tuple(meeting.id for meeting in sorted(between, key=lambda one: one.day))

    def taking_place(
        self, kind: MeetingKind | None, ids: Iterable[int] = (), since: date | None = None, until: date | None = None
    ) -> tuple[int, ...]:
        """The same without those that were cancelled: who counts meetings ("de tweede") doesn't count these."""
        return tuple(id_ for id_ in self.fitting(kind, ids, since, until) if not self._meetings[id_].cancelled)

    def day_of(self, id_: int) -> date | None:
        """The day of a meeting; None when it is not known here."""
        meeting = self._meetings.get(id_)
        return meeting.day if meeting else None

    def _meant(self, word: str) -> tuple[int, ...]:
        if word.startswith("<") or len(word) < SHORTEST_NAME:
            return ()
        whole = nearest(word, self._known_titles, FULL_NAME)
        if whole:
            return self._titles[whole]
        return tuple(dict.fromkeys(id_ for title, ids in self._titles.items() if _is_part(word, title) for id_ in ids))


def _highest(score: Mapping[int, float]) -> tuple[int, ...]:
    best = max(score.values(), default=0.0)
    return tuple(id_ for id_, value in score.items() if value > best - 1e-9)


def _is_part(word: str, title: str) -> bool:
    """Whether the word is the head or tail of a compound: "huiswerk" or "motivatie" of "schoolmotivatie"."""
    if len(word) < FUZZY_FROM or len(title) < len(word) + SHORTEST_NAME:
        return False
    if title.startswith(word) or title.endswith(word):
        return True
    heads = (title[: len(word)], title[: len(word) + 1])
    return title[0] == word[0] and any(OSA.normalized_similarity(head, word) >= FULL_NAME for head in heads)


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
        for word in sorted(found):
            index[word].append(id_)
    return {word: tuple(ids) for word, ids in index.items()}


def _alike(said: Sequence[str], name: Sequence[str]) -> bool:
    return all(nearest(one, (other,), FULL_NAME) is not None for one, other in zip(said, name, strict=True))
