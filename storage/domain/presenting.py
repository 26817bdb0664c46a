"""Who presents a point of an agenda: its presenter is a text, in which people write names as they call each other."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from storage.domain.agenda import AgendaPoint
from storage.domain.people import Person

_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/&+]|\ben\b)\s*", re.IGNORECASE)


def presented_by(person: Person, points: Iterable[AgendaPoint], names_on_the_list: Sequence[str]) -> tuple[str, ...]:
    """The titles of the points that this person presents or brings.

    By full name, or by first name when nobody else on the meeting's list has it; whatever the case of the letters.
    """
    called = {_plain(person.name)}
    firsts = Counter(_first(name) for name in {*names_on_the_list, person.name})
    if firsts[_first(person.name)] == 1:
        called.add(_first(person.name))
    return tuple(point.title for point in points if called & _presenters(point))


def _presenters(point: AgendaPoint) -> set[str]:
    return {_plain(name) for name in _BETWEEN_NAMES.split(point.presenter or "") if name.strip()}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _first(name: str) -> str:
    return _plain(name).split(" ")[0]
