"""Registrations: who comes, who is excused, who comes in whose place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person


class RegistrationStatus(StrEnum):
    """Where somebody stands towards a meeting.

    OFFERED holds a free seat for the next in line until they take it or its time runs out. WITHDRAWN is who took a
    registration back, or left the waiting list: as if they never said anything.
    """

    REGISTERED = "registered"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    ABSENT = "absent"


TAKES_A_SEAT = frozenset(
    {
        RegistrationStatus.REGISTERED,
        RegistrationStatus.OFFERED,
        RegistrationStatus.ATTENDED,
        RegistrationStatus.ABSENT,
    }
)
"""The statuses that use one of a meeting's seats."""

IN_LINE = frozenset({RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED})
"""The statuses of those who wait for a seat, or were offered one."""

TAKES_PART = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED, RegistrationStatus.EXCUSED})
"""The statuses that make somebody a participant, to whom a closed agenda and report are shown."""

COMES = frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED})
"""The statuses of those who come, or came."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person's place in a meeting's list; `replaces` is the name of whom they come in place of.

    `reason` is for the coordinator only. `queue` is the place on the waiting list, from 1, when on it.
    """

    person: Person
    status: RegistrationStatus
    replaces: str | None = None
    session: str | None = None
    replaced_by: str | None = None
    brought_by: str | None = None
    reason: str | None = None
    remark: str | None = None
    paid: bool = False
    queue: int | None = None
    offered_until: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """One's own standing; `queue` is the place on the waiting list, from 1, when on it."""

    meeting: Meeting
    status: RegistrationStatus
    replaced_by: str | None = None
    session: str | None = None
    queue: int | None = None
    offered_until: datetime | None = None
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What holds for one person after a request; `changed` is False when it was so already.

    `given` are the seats that the request made come free and that others got, in their order.
    """

    person: Person
    own: OwnRegistration
    changed: bool = True
    given: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class NewGuest:
    """Somebody from outside the network whom a participant brings, as typed. `email` tells them apart."""

    name: str
    organisation: str
    email: str


def coming(attendees: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Those who come; once it is known who was there, those who were."""
    present = tuple(one for one in attendees if one.status is RegistrationStatus.ATTENDED)
    return present or tuple(one for one in attendees if one.status in COMES)


def excused(attendees: Sequence[Attendee]) -> tuple[Attendee, ...]:
    """Those who let know that they don't come."""
    return tuple(one for one in attendees if one.status is RegistrationStatus.EXCUSED)
