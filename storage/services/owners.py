"""Matching the owners of actions, as they stand in a report, to the people of the network."""

from collections.abc import Collection

from storage.domain.meetings import Meeting
from storage.domain.owners import Known, Owners, meant
from storage.domain.people import Person, Role
from storage.domain.registrations import TAKES_PART
from storage.unit_of_work import UnitOfWork

__all__ = ["Owners", "known_at", "matched", "who_take_part"]


def matched(unit: UnitOfWork, meeting: Meeting, owner: str, there: Collection[int] = ()) -> Owners:
    """Whom an owner means at a meeting; `there`: the ids of who else was there or excused. See `domain.owners`."""
    return meant(owner, known_at(unit, meeting, there)) if owner.strip() else Owners()


def known_at(unit: UnitOfWork, meeting: Meeting, there: Collection[int] = ()) -> Known:
    """Among whom the owners of a meeting's actions are looked for."""
    everybody = tuple(one for role in Role for one in unit.people.with_role(role))
    here = {*who_take_part(unit, meeting), *there}
    by_id = {one.id: one for one in everybody}
    return Known(
        there=tuple(one for one in everybody if one.id in here),
        everybody=everybody,
        organisations=unit.people.organisations(),
        coordinators=tuple(one for one in everybody if one.role is Role.COORDINATOR),
        organiser=_of(by_id, meeting.organiser_id),
        note_taker=_of(by_id, meeting.note_taker_id),
    )


def _of(people: dict[int, Person], person_id: int | None) -> Person | None:
    return people.get(person_id) if person_id is not None else None


def who_take_part(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who take part in a meeting: who came, who was excused, and who runs it."""
    stands = [one.person_id for one in unit.invitations.stands(meeting.id) if one.status in TAKES_PART]
    runs = [one for one in (meeting.organiser_id, meeting.note_taker_id) if one is not None]
    return tuple(dict.fromkeys([*stands, *runs]))
