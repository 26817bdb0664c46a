"""Registrations: who comes, who is excused, who comes in whose place."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person


class RegistrationStatus(StrEnum):
    """Where somebody stands towards a meeting."""

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    EXCUSED = "excused"
    ATTENDED = "attended"
    ABSENT = "absent"


TAKES_A_SEAT = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED, RegistrationStatus.ABSENT})
"""The statuses that use one of a meeting's seats."""

TAKES_PART = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED, RegistrationStatus.EXCUSED})
"""The statuses that make somebody a participant, to whom a closed agenda and report are shown."""

COMES = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED})
"""The statuses of those who come, or came."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person's place in a meeting's list; `replaces` is the name of whom they come in place of."""

    person: Person
    status: RegistrationStatus
    replaces: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """One's own standing; `queue` is the place on the waiting list, from 1, when on it."""

    meeting: Meeting
    status: RegistrationStatus
    replaced_by: str | None = None
    session: str | None = None
    queue: int | None = None


def coming(attendees: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Those who come; once it is known who was there, those who were."""
    present = tuple(one for one in attendees if one.status is RegistrationStatus.ATTENDED)
    return present or tuple(one for one in attendees if one.status in COMES)


def excused(attendees: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Those who let know that they don't come."""
    return tuple(one for one in attendees if one.status is RegistrationStatus.EXCUSED)
