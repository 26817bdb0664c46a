"""Who were at a meeting: as its report lists them, or else as its list says and as was noted."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from storage.domain.meetings import Meeting
from storage.domain.people import Person
from storage.domain.registrations import Attendee, RegistrationStatus, coming, excused
from storage.domain.report_merging import folded
from storage.domain.reports import Line, LineKind, Origin, Present
from storage.unit_of_work import UnitOfWork


def who_were_there(
    unit: UnitOfWork, meeting: Meeting, lines: Sequence[Line]
) -> tuple[tuple[Present, ...], tuple[Present, ...], int]:
    """Who was there, who was excused, and how many more were there whose organisation is not for everybody to know.

    Such an organisation is not named either where a delivered report or a note does. A delivered report that lists
    people, or a list that somebody corrected, is the list; a note that names most of those who would come tells who of
    them came; another note adds to them.
    """
    attendees = unit.registrations.of_meeting(meeting.id)
    named = _discreet(unit, [one for one in lines if one.kind in _KINDS and not one.private])
    comes, there = coming(attendees), [one for one in named if one.kind is LineKind.ATTENDEE]
    names = [one.text for one in there]
    lists = {one.origin for one in there} & _LISTED
    if lists:
        people = _people(unit, attendees, named)
        others = 0 if Origin.REPORT in lists else _hidden(comes, names)
        return _as_listed(named, LineKind.ATTENDEE, people), _as_listed(named, LineKind.EXCUSED, people), others
    if _tells_who_came(there, comes):
        comes = tuple(one for one in comes if one.status is RegistrationStatus.ATTENDED or _is_among(one, names))
    here, away, others = _open(comes), _open(excused(attendees)), _hidden(comes, names)
    for line in named:
        from_, to = (away, here) if line.kind is LineKind.ATTENDEE else (here, away)
        _note(line, from_, to)
    return _in_order(here), _in_order(away), others


_KINDS = frozenset({LineKind.ATTENDEE, LineKind.EXCUSED})
_LISTED = frozenset({Origin.REPORT, Origin.TYPED})
"""Who was there by a line of these is all who was there: of a report, or of the list as somebody corrected it."""


def _tells_who_came(there: Sequence[Line], comes: Sequence[Attendee]) -> bool:
    """Whether who runs the meeting noted a list: several, and at least half of those who would come are on it."""
    names = [one.text for one in there if one.certain]
    return len(names) > 1 and 2 * sum(_is_among(one, names) for one in comes) >= len(comes)


def _is_among(attendee: Attendee, names: Iterable[str]) -> bool:
    return any(_is_called(attendee.person.name, name) for name in names)


def _discreet(unit: UnitOfWork, lines: list[Line]) -> list[Line]:
    """The same lines, without the organisations that are not for everybody to know."""
    if not any(one.data.get("organisation") for one in lines):
        return lines
    secret = {folded(one.name) for one in unit.people.organisations() if one.status.confidential}
    return [
        replace(one, data={**one.data, "organisation": ""})
        if folded(str(one.data.get("organisation") or "")) in secret
        else one
        for one in lines
    ]


def _open(attendees: Iterable[Attendee]) -> list[Present]:
    return [_present(one) for one in attendees if not _confidential(one.person)]


def _hidden(attendees: Iterable[Attendee], names: Iterable[str]) -> int:
    """How many are not named, but for those whom somebody named: they stand on the list."""
    said = tuple(names)
    return sum(_confidential(one.person) and not _is_among(one, said) for one in attendees)


def _confidential(person: Person) -> bool:
    return person.organisation is not None and person.organisation.status.confidential


def _present(attendee: Attendee) -> Present:
    person = attendee.person
    return Present(person.name, _organisation(person), replaces=attendee.replaces or "", person_id=person.id)


def _organisation(person: Person) -> str:
    return person.organisation.name if person.organisation else person.affiliation or ""


def _note(line: Line, from_: list[Present], to: list[Present]) -> None:
    """Take over a note that somebody was there, or was not, also when they are on the list as the opposite."""
    if any(_is_called(one.name, line.text) for one in to):
        return
    known = [one for one in from_ if _is_called(one.name, line.text)]
    if len(known) == 1:
        from_.remove(known[0])
        to.append(known[0])
    else:
        to.append(_listed(line))


def _is_called(full_name: str, name: str) -> bool:
    """Whether this name is theirs: the whole of it, or its first words."""
    wanted, full = folded(name).split(), folded(full_name).split()
    return bool(wanted) and wanted == full[: len(wanted)]


def _listed(line: Line, person: Person | None = None) -> Present:
    said: dict[str, Any] = {name: str(line.data.get(name) or "") for name in ("organisation", "role", "replaces")}
    found = Present(line.text, **said)
    if person is None:
        return found
    organisation = "" if _confidential(person) else _organisation(person)
    return replace(found, organisation=found.organisation or organisation, person_id=person.id)


def _as_listed(lines: Iterable[Line], kind: LineKind, people: dict[str, Person]) -> tuple[Present, ...]:
    return tuple(_listed(one, people.get(folded(one.text))) for one in lines if one.kind is kind)


def _people(unit: UnitOfWork, attendees: Iterable[Attendee], lines: Iterable[Line]) -> dict[str, Person]:
    """Those whose whole name stands in these lines, by that name; nobody where two are called so."""
    known = {one.person.id: one.person for one in attendees}
    known |= {one.id: one for one in unit.people.called({line.text for line in lines})}
    found: dict[str, Person | None] = {}
    for person in known.values():
        name = folded(person.name)
        found[name] = None if name in found else person
    return {name: person for name, person in found.items() if person is not None}


def _in_order(people: Iterable[Present]) -> tuple[Present, ...]:
    return tuple(sorted(people, key=lambda one: (not one.organisation, one.organisation.casefold(), one.name)))
