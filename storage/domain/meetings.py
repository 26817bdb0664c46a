"""Meetings: what they are, when and where, who may see their agenda, and how a question refers to them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from storage.domain.people import Viewer


class MeetingKind(StrEnum):
    """The kinds of meetings a network holds."""

    INTERVISIE = "intervisie"
    INFOMOMENT = "infomoment"
    NETWERKDAG = "netwerkdag"
    STUURGROEP = "stuurgroep"
    OTHER = "andere"


class Audience(StrEnum):
    """Who may see a meeting's agenda and report."""

    NETWORK = "network"
    PARTICIPANTS = "participants"

    @classmethod
    def default_for(cls, kind: MeetingKind) -> "Audience":
        """A steering group keeps to itself; everything else is for the whole network."""
        return cls.PARTICIPANTS if kind is MeetingKind.STUURGROEP else cls.NETWORK


class SessionChoice(StrEnum):
    """How the seats of a network day's sessions are given out."""

    FIRST_COME = "first_come"
    RANKED = "ranked"


@dataclass(frozen=True, slots=True)
class Location:
    """A place to go to."""

    name: str
    address: str | None = None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """An invited expert."""

    name: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A parallel part of a network day with its own capacity; `taken` seats are in use."""

    id: int
    key: str
    title: str
    capacity: int | None
    room: str | None
    taken: int = 0

    @property
    def places_left(self) -> int | None:
        """Free seats, never below 0; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `starts` and `ends` are aware times in the network's zone; the deadlines are whole days."""

    id: int
    key: str
    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    audience: Audience
    description: str | None = None
    for_whom: str | None = None
    practical: str | None = None
    location: Location | None = None
    online_url: str | None = None
    capacity: int | None = None
    fee_eur: Decimal | None = None
    register_until: date | None = None
    agenda_until: date | None = None
    themes: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()
    organiser_id: int | None = None
    note_taker_id: int | None = None
    cancelled: bool = False
    cancelled_why: str | None = None
    closed: bool = False
    per_organisation: int | None = None
    per_organisation_until: date | None = None
    session_choice: SessionChoice = SessionChoice.FIRST_COME
    revision: int = 0
    taken: int = 0
    viewer_takes_part: bool = False

    @property
    def places_left(self) -> int | None:
        """Free seats, never below 0; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def overfull(self) -> int:
        """How many more come than there are seats, after the capacity was lowered."""
        return 0 if self.capacity is None else max(0, self.taken - self.capacity)

    def is_over(self, now: datetime) -> bool:
        """True once the meeting has ended."""
        return self.ends.timestamp() <= now.timestamp()  # the clock's hands show the last hour of summer time twice

    def is_running(self, now: datetime) -> bool:
        """True between start and end."""
        return self.starts.timestamp() <= now.timestamp() < self.ends.timestamp()

    def registration_open(self, now: datetime) -> bool:
        """True until the end of the last day to register, until the meeting starts, or until somebody closed it."""
        if self.cancelled or self.closed:
            return False
        begun = self.starts.timestamp() <= now.timestamp()
        return not begun and (self.register_until is None or _day(now, self) <= self.register_until)

    def agenda_visible_to(self, viewer: Viewer) -> bool:
        """The audience rule: the network sees all but what a meeting keeps to its participants."""
        if viewer.is_stranger:
            return False
        return self.audience is Audience.NETWORK or viewer.is_coordinator or self.viewer_takes_part


def _day(now: datetime, meeting: Meeting) -> date:
    return now.astimezone(meeting.starts.tzinfo).date()


class Which(StrEnum):
    """Which of the meetings that fit is meant."""

    NEXT = "next"
    PREVIOUS = "previous"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class MeetingQuery:
    """A reference to meetings, as found in a question.

    `ids` are meetings known by title, theme or place; `first` and `last` bound the local day on which
    they start, both inclusive. Everything given must hold.
    """

    which: Which = Which.NEXT
    kind: MeetingKind | None = None
    ids: tuple[int, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def bounded(self) -> bool:
        """True when a period was named."""
        return self.first is not None or self.last is not None


NEAR_FUTURE = timedelta(days=550)
RECENT_PAST = timedelta(days=400)
"""How far the names of meetings are kept at hand, so that a question's cost does not grow with the archive."""
