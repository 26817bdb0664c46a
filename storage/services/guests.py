"""People from outside whom somebody brings: found again by mail address, or added."""

import re
from dataclasses import replace

from storage.domain.people import Organisation, Person, Role, Viewer
from storage.domain.refusals import NotARealGuest
from storage.domain.registrations import NewGuest
from storage.unit_of_work import UnitOfWork

_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
LONGEST_NAME, LONGEST_ADDRESS = 200, 320


def real(guest: NewGuest) -> NewGuest:
    """A guest's name, organisation and mail address on one line each. Raises NotARealGuest."""
    name, organisation, email = (_on_one_line(text) for text in (guest.name, guest.organisation, guest.email))
    said = all(any(character.isalpha() for character in text) for text in (name, organisation))
    short = max(len(name), len(organisation)) <= LONGEST_NAME and len(email) <= LONGEST_ADDRESS
    if not (said and short and _ADDRESS.fullmatch(email)):
        raise NotARealGuest
    return NewGuest(name, organisation, email.lower())


def guest_of(unit: UnitOfWork, guest: NewGuest, viewer: Viewer) -> Person:
    """The person with this mail address, as they are known; added when nobody has it."""
    known = unit.people.by_emails([guest.email])
    if not known:
        belongs = _organisation(unit, guest.organisation, viewer)
        affiliation = None if belongs else guest.organisation
        # Before the person is added and the meeting locked: an import locks the network first as well.
        unit.network.raise_revision()
        unit.people.add_guest(guest.name, guest.email, belongs.id if belongs else None, affiliation)
        known = unit.people.by_emails([guest.email])
    return known[0]


def as_shown(person: Person, guest: NewGuest, viewer: Viewer) -> Person:
    """A guest as this viewer may see them: as typed when they are of an organisation the viewer may not know of."""
    if viewer.may_meet(person):
        return person
    # Nor whether they have an account, which only who is known can have.
    known = replace(person, name=guest.name, organisation=None, affiliation=guest.organisation)
    return replace(known, role=Role.EXTERNAL, entra_id=None)


def _organisation(unit: UnitOfWork, name: str, viewer: Viewer) -> Organisation | None:
    wanted = name.casefold()
    return next(
        (one for one in unit.people.organisations() if one.name.casefold() == wanted and viewer.may_know(one)), None
    )


def _on_one_line(text: str) -> str:
    kept = "".join(character for character in text if character.isprintable() or character.isspace())
    return " ".join(kept.encode("utf-8", "ignore").decode().split())
