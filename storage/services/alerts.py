"""To whom an alert about a meeting goes: its organiser, else all coordinators."""

from storage.domain.people import Role
from storage.unit_of_work import UnitOfWork


def alert_targets(unit: UnitOfWork, meeting_id: int) -> tuple[int, ...]:
    """The ids of those who hear what happens with a meeting: `to_person(id)` is the target of their notice.

    The coordinators as well where nothing can be written to the organiser any more.
    """
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    organiser = meeting.organiser_id if meeting else None
    if organiser is not None and not _gone(unit, organiser):
        return (organiser,)
    return tuple(one.id for one in unit.people.with_role(Role.COORDINATOR))


def _gone(unit: UnitOfWork, person_id: int) -> bool:
    person = next(iter(unit.people.by_ids([person_id])), None)
    if person is None or person.entra_id is None:
        return person is None
    _, lives = unit.places.personal_of([person.entra_id]).get(person.entra_id, (None, True))
    return not lives
