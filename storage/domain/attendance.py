"""Attendance: who was there, when that may be told, and what follows from it for seats and organisations. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.domain.meetings import Audience, Meeting
from storage.domain.people import Organisation, OrganisationStatus
from storage.domain.registrations import Attendee, RegistrationStatus

SEATS_80 = "seats_80"
SEATS_FULL = "seats_full"
MISSED_TWICE = "missed_twice"
"""The kinds of notices that alert who runs a meeting."""

TICKED = frozenset({RegistrationStatus.ATTENDED, RegistrationStatus.EXCUSED, RegistrationStatus.ABSENT})
"""What may be told of somebody on the list."""

EXPECTED = TICKED | {RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED}
"""The statuses of those of whom it may be told: on the list, and not merely waiting for a seat."""

OPEN_UNTIL = timedelta(days=30)
"""So long after a meeting it may still be corrected who was there."""

LONGEST_REMARK = 300
"""Characters of a remark about somebody on a list."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A meeting's full list as its coordinator, organiser or note-taker sees it.

    `attendees` come by organisation and name. `changed` are the names of those whose status was just changed.
    """

    meeting: Meeting
    attendees: tuple[Attendee, ...]
    changed: tuple[str, ...] = ()

    @property
    def expected(self) -> tuple[Attendee, ...]:
        """Those of whom it may be told whether they are there."""
        return tuple(one for one in self.attendees if one.status in EXPECTED)

    @property
    def waiting(self) -> tuple[Attendee, ...]:
        """Those on the waiting list, in its order."""
        waiting = [one for one in self.attendees if one.status is RegistrationStatus.WAITLISTED]
        return tuple(sorted(waiting, key=lambda one: one.queue or 0))

    @property
    def ticked(self) -> bool:
        """True once it was told of somebody that they were there."""
        return any(one.status is RegistrationStatus.ATTENDED for one in self.attendees)

    def count(self, *statuses: RegistrationStatus) -> int:
        """How many have one of these statuses."""
        return sum(one.status in statuses for one in self.attendees)


def may_be_ticked(meeting: Meeting, now: datetime) -> bool:
    """True from the local day of the meeting until 30 days after it."""
    today = now.astimezone(meeting.starts.tzinfo).date()
    return meeting.starts.date() <= today <= meeting.ends.date() + OPEN_UNTIL


class SeatLevel(StrEnum):
    """How full a meeting is, where that is worth telling."""

    NEARLY = "80"
    FULL = "full"


def seat_level(meeting: Meeting) -> SeatLevel | None:
    """The level that a meeting's taken seats have reached; None below it, or without a limit."""
    if not meeting.capacity:
        return None
    if meeting.taken >= meeting.capacity:
        return SeatLevel.FULL
    return SeatLevel.NEARLY if meeting.taken * 100 >= meeting.capacity * 80 else None


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a meeting's list, for counting: whose organisation, and whether a replacement was there."""

    organisation_id: int | None
    status: RegistrationStatus
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """Which organisations (by id) were at a meeting, had somebody excused, or had anybody on its list.

    Of those that are `unsure` somebody was registered of whom nothing was told.
    """

    present: frozenset[int]
    unsure: frozenset[int]
    excused: frozenset[int]
    listed: frozenset[int]

    @property
    def ticked(self) -> bool:
        """True once it was told of somebody of an organisation that they were there."""
        return bool(self.present)

    def missed(self, organisation_id: int) -> bool:
        """Whether nobody of an organisation was there, for certain."""
        return self.ticked and organisation_id not in self.present | self.unsure


def presence(places: Iterable[Place]) -> Presence:
    """The organisations of a meeting's list. Who is replaced by somebody who came makes their organisation present."""
    present, unsure, excused, listed = set[int](), set[int](), set[int](), set[int]()
    for place in places:
        if place.organisation_id is None or place.status is RegistrationStatus.WITHDRAWN:
            continue
        listed.add(place.organisation_id)
        if place.status is RegistrationStatus.ATTENDED or place.replaced:
            present.add(place.organisation_id)
        elif place.status in {RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED}:
            unsure.add(place.organisation_id)
        elif place.status is RegistrationStatus.EXCUSED:
            excused.add(place.organisation_id)
    return Presence(frozenset(present), frozenset(unsure), frozenset(excused), frozenset(listed))


@dataclass(frozen=True, slots=True)
class MissedTwice:
    """An organisation of which nobody was at a meeting and at the one of its kind before; who was `excused`, first
    now and then before.
    """

    organisation: Organisation
    meeting: Meeting
    before: Meeting
    excused: tuple[bool, bool]


def missed_twice(
    organisation: Organisation, meeting: Meeting, now: Presence, before_meeting: Meeting, before: Presence
) -> MissedTwice | None:
    """Whether an ambassadors' organisation missed both; None when not, or when that is not certain.

    A meeting for its participants only is missed by those who were ever on its list.
    """
    id_ = organisation.id
    closed_circle = meeting.audience is Audience.PARTICIPANTS and id_ not in now.listed | before.listed
    if organisation.status is not OrganisationStatus.AMBASSADOR or closed_circle:
        return None
    if not (now.missed(id_) and before.missed(id_)):
        return None
    return MissedTwice(organisation, meeting, before_meeting, (id_ in now.excused, id_ in before.excused))
