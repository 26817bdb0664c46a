"""Invitations: what goes out about a meeting by itself, to whom, when, and until when it makes sense."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from storage.domain.agenda import AgendaPoint
from storage.domain.calendar import working_days_before
from storage.domain.meetings import Audience, Location, Meeting
from storage.domain.notices import Timing
from storage.domain.people import Person, Role
from storage.domain.registrations import COMES, IN_LINE, OwnRegistration, RegistrationStatus
from storage.domain.rules import Rules

INVITATION = "invitation"
"""The personal invitation."""

INVITATION_POST = "invitation_post"
"""The invitation in the posting channel: it shows the seats that are left, and is updated with them."""

NUDGE = "nudge"
REMINDER = "reminder"
MEETING_CHANGED = "meeting_changed"
MEETING_CANCELLED = "meeting_cancelled"
UNREACHED = "unreached"

MORNING = time(9)
"""The local time at which a nudge and a reminder go out."""

URGENT_DAYS = 3
"""So many working days before a meeting, a change of it waits for no sending hours."""

MERGED_WITHIN = timedelta(minutes=2)
"""What is changed one after the other is told as one: so long a change waits for the next one."""

_TOLD = ("starts", "ends", "location", "online_url")
"""How the names of the fields begin whose change everybody who comes must know."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one person stands towards a meeting; withdrawn ones are among them: they answered."""

    person_id: int
    organisation_id: int | None
    status: RegistrationStatus
    since: datetime
    replaced_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """All that a notice to one person about one meeting may say, as it holds now.

    `person` is None for the posting channel. `agenda` is empty when this person may not see it. `answered`: they
    registered, or said that they don't come; `represented`: somebody of their organisation comes.
    """

    meeting: Meeting
    rules: Rules
    person: Person | None = None
    own: OwnRegistration | None = None
    replaces: str | None = None
    agenda: tuple[AgendaPoint, ...] = ()
    answered: bool = False
    represented: bool = False


@dataclass(frozen=True, slots=True)
class Invited:
    """To whom an invitation goes now.

    `known` have a chat with the bot or an account that it knows; `unsure` are still looked for in the team; to `gone`
    nothing can be written. `before`: so many got it before. `channel`: it is also posted there.
    """

    meeting: Meeting
    known: tuple[Person, ...] = ()
    unsure: tuple[Person, ...] = ()
    gone: tuple[Person, ...] = ()
    before: int = 0
    channel: bool = False

    @property
    def tried(self) -> tuple[Person, ...]:
        """To whom it is sent personally."""
        return (*self.known, *self.unsure)

    @property
    def for_the_network(self) -> bool:
        """True when everybody of the network may come, so that it is posted in the channel as well."""
        return self.meeting.audience is Audience.NETWORK


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Who must hear of a meeting in another way than through Teams: those whom nothing can be written to (any more),
    and those who were never seen there.
    """

    meeting: Meeting
    people: tuple[Person, ...]


def may_be_invited(person: Person) -> bool:
    """Whether an invitation for the whole network is for this person: of an active organisation, or a coordinator."""
    if person.role is Role.COORDINATOR:
        return True
    return person.organisation is not None and person.organisation.status.active


def last_day(meeting: Meeting) -> date:
    """The last day to register."""
    return meeting.register_until or meeting.starts.date()


def reminder_at(meeting: Meeting, rules: Rules) -> datetime | None:
    """When the reminder goes out; None when never."""
    return _morning(meeting.starts.date(), rules.reminder_days, meeting)


def nudge_at(meeting: Meeting, rules: Rules) -> datetime | None:
    """When the nudge goes out; None when never."""
    return _morning(last_day(meeting), rules.nudge_days, meeting)


def _morning(day: date, days: int, meeting: Meeting) -> datetime | None:
    if not days:
        return None
    return datetime.combine(working_days_before(day, days), MORNING, meeting.starts.tzinfo)


def reminder_holds(meeting: Meeting, rules: Rules, now: datetime) -> bool:
    """Whether it is time for the reminder, and it still makes sense."""
    at = reminder_at(meeting, rules)
    begun = meeting.starts.timestamp() <= now.timestamp()
    return at is not None and at <= now and not begun and not meeting.cancelled


def nudge_holds(meeting: Meeting, rules: Rules, now: datetime) -> bool:
    """Whether it is time for the nudge, and who hears it can still get a seat."""
    at = nudge_at(meeting, rules)
    return at is not None and at <= now and meeting.registration_open(now) and meeting.places_left != 0


def is_reminded(stand: Stand, at: datetime) -> bool:
    """Whether somebody gets the reminder of that moment: who registered after it has just read everything."""
    return stand.status in COMES and stand.since.timestamp() < at.timestamp()


def represented(stands: Iterable[Stand]) -> frozenset[int]:
    """The organisations of which somebody comes, waits for a seat, or sends somebody else."""
    taken = {stand.organisation_id for stand in stands if stand.status in COMES | IN_LINE or stand.replaced_by_id}
    return frozenset(one for one in taken if one is not None)


def occurrence(person_id: int, meeting: Meeting | None = None) -> str:
    """What tells the notices of one kind about a meeting apart: the person, and the day for what follows the day."""
    return str(person_id) if meeting is None else f"{person_id}@{meeting.starts.date().isoformat()}"


def timing_of(starts: Iterable[datetime], now: datetime) -> Timing:
    """How much of a hurry a change is in, of a meeting that starts (or would have started) then."""
    first = min(starts)
    near = working_days_before(first.date(), URGENT_DAYS)
    return Timing.URGENT if now.astimezone(first.tzinfo).date() >= near else Timing.NORMAL


def must_be_told(fields: Sequence[str]) -> bool:
    """Whether everybody who comes must hear of a change of these fields: time, place and link."""
    return any(field.startswith(_TOLD) for field in fields)


def moment_and_place(meeting: Meeting) -> Mapping[str, Any]:
    """When and where a meeting is, as plain values that a notice keeps until it tells what changed."""
    place = meeting.location
    return {
        "starts": meeting.starts.isoformat(),
        "ends": meeting.ends.isoformat(),
        "place": [place.name, place.address, place.room] if place else None,
        "link": meeting.online_url,
    }


def as_it_was(meeting: Meeting, kept: Mapping[str, Any]) -> Meeting:
    """A meeting with the moment and place that were kept of it."""
    zone, place = meeting.starts.tzinfo, kept["place"]
    return replace(
        meeting,
        starts=datetime.fromisoformat(kept["starts"]).astimezone(zone),
        ends=datetime.fromisoformat(kept["ends"]).astimezone(zone),
        location=Location(*place) if place else None,
        online_url=kept["link"],
    )
