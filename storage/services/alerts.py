"""Alerts about a meeting: to whom they go (its organiser, else all coordinators), and that its seats fill up."""

from datetime import datetime

from storage.domain.attendance import SEATS_80, SEATS_FULL, SeatLevel, seat_level
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Role
from storage.unit_of_work import UnitOfWork

LEVELS = {SeatLevel.NEARLY: SEATS_80, SeatLevel.FULL: SEATS_FULL}
"""The kind of notice that tells of each level."""


def alert_targets(unit: UnitOfWork, meeting_id: int) -> tuple[int, ...]:
    """The ids of those who hear what happens with a meeting: `to_person(id)` is the target of their notice.

    The coordinators as well where nothing can be written to the organiser any more.
    """
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    organiser = meeting.organiser_id if meeting else None
    if organiser is not None and not gone(unit, organiser):
        return (organiser,)
    return tuple(one.id for one in unit.people.with_role(Role.COORDINATOR))


def gone(unit: UnitOfWork, person_id: int) -> bool:
    """Whether nothing can be written to somebody any more."""
    person = next(iter(unit.people.by_ids([person_id])), None)
    if person is None or person.entra_id is None:
        return person is None
    _, lives = unit.places.personal_of([person.entra_id]).get(person.entra_id, (None, True))
    return not lives


def alert_seats(
    unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None = None, before: SeatLevel | None = None
) -> None:
    """Plan to alert who runs a meeting that 80 or 100 % of its seats are taken: once a level for each capacity.

    To be called after every change of taken seats or of the capacity, in its transaction. `by_id` is whose act it was:
    they know it themselves. `before` is how full it was: as full, or less, is no news.
    """
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if meeting is None or meeting.cancelled or meeting.is_over(now) or meeting.is_running(now):
        return
    level = seat_level(meeting)
    if level is None or before in {level, SeatLevel.FULL}:
        return
    notices = [
        NewNotice(LEVELS[level], str(meeting_id), f"{meeting.capacity}:{one}", to_person(one), now)
        for one in alert_targets(unit, meeting_id)
        if one != by_id
    ]
    unit.notices.plan_all(notices, now)
