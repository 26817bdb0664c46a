"""The agenda: points, where they stand, the time they take, and the time of day at which each starts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer


class PointKind(StrEnum):
    """What an agenda point is. ORGANISATION: an expert or organisation to invite."""

    THEME = "theme"
    CASE = "case"
    ORGANISATION = "organisation"
    INFORMATION = "information"
    DECISION = "decision"
    VARIA = "varia"


class PointState(StrEnum):
    """Where a point stands.

    PROPOSED waits for the coordinator; ACCEPTED stands on the agenda of its meeting, or waits in the backlog for one.
    HANDLED was discussed. MERGED lives on in another point.
    """

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    HANDLED = "handled"

    @property
    def open(self) -> bool:
        """True while something may still come of it."""
        return self in {PointState.PROPOSED, PointState.ACCEPTED}


class Fixed(StrEnum):
    """The points that belong to a kind of meeting."""

    WELCOME = "welcome"
    PREVIOUS_REPORT = "previous_report"
    ACTIONS = "actions"
    VARIA = "varia"
    NEXT_MEETINGS = "next_meetings"
    CLOSING = "closing"


class Invite(StrEnum):
    """How far the invitation of an expert or organisation is."""

    TO_INVITE = "to_invite"
    INVITED = "invited"
    YES = "yes"
    NO = "no"


class CommentKind(StrEnum):
    """What somebody said about a point: of their own, asked back by the coordinator, or answered to that."""

    COMMENT = "comment"
    QUESTION = "question"
    ANSWER = "answer"


LONGEST_TITLE = 200
LONGEST_EXPLANATION = 2_000
LONGEST_COMMENT = 1_000
LONGEST_LINK = 2_000
MOST_MINUTES = 480
"""The bounds of what a point may hold: characters and minutes."""


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One agenda point; `minutes` is its wished length, None where nobody said. See `AgendaPointRow` for the rest."""

    id: int
    title: str
    kind: PointKind | None = None
    presenter: str | None = None
    minutes: int | None = None
    meeting_id: int | None = None
    position: int = 0
    state: PointState = PointState.ACCEPTED
    explanation: str | None = None
    link: str | None = None
    proposer_id: int | None = None
    proposed_at: datetime | None = None
    decided_at: datetime | None = None
    declined_why: str | None = None
    merged_into_id: int | None = None
    carried: int = 0
    recurring: bool = False
    returns_on: date | None = None
    shelved_at: datetime | None = None
    fixed: Fixed | None = None
    votes: int | None = None
    voters: int | None = None
    invite: Invite | None = None
    guest_name: str | None = None
    guest_organisation: str | None = None
    support: int = 0

    @property
    def on_the_shelf(self) -> bool:
        """True for what waits for a meeting."""
        return self.meeting_id is None and self.state.open

    def is_of(self, viewer: Viewer) -> bool:
        """Whether this viewer proposed it."""
        return viewer.person is not None and viewer.person.id == self.proposer_id


@dataclass(frozen=True, slots=True)
class Case:
    """A case prepared for an intervisie; each part is None while it was not told."""

    situation: str | None = None
    question: str | None = None
    tried: str | None = None
    wished: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a point."""

    id: int
    kind: CommentKind
    person: Person
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PointDetails:
    """A point with all that one viewer may see of it. `meeting` is None for the backlog."""

    point: AgendaPoint
    meeting: Meeting | None
    proposer: Person | None = None
    case: Case | None = None
    comments: tuple[Comment, ...] = ()
    supported: bool = False


@dataclass(frozen=True, slots=True)
class AgendaStanding:
    """How far the agenda of a meeting is."""

    meeting_id: int
    composed_at: datetime | None = None
    published_at: datetime | None = None
    held: bool = False
    asked_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """The points of a meeting as one viewer may see them, in the order in which everybody counts them."""

    meeting: Meeting
    points: tuple[AgendaPoint, ...]
    standing: AgendaStanding


@dataclass(frozen=True, slots=True)
class AgendaTraces:
    """How much of somebody is kept around agendas: what they proposed, said and supported, promised, and began."""

    points: int = 0
    comments: int = 0
    supports: int = 0
    promises: int = 0
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class NewPoint:
    """A point as somebody enters it; only the title is needed. `meeting_id` None: for the backlog.

    `returns_on`: the first day of the month for which it is meant, where no meeting is planned then yet.
    """

    title: str
    meeting_id: int | None = None
    kind: PointKind | None = None
    explanation: str | None = None
    minutes: int | None = None
    link: str | None = None
    presenter: str | None = None
    recurring: bool = False
    returns_on: date | None = None


def may_arrange(viewer: Viewer, meeting: Meeting | None) -> bool:
    """Whether this viewer may decide about the agenda of a meeting; None: about the backlog."""
    if viewer.is_coordinator:
        return True
    return viewer.person is not None and meeting is not None and meeting.organiser_id == viewer.person.id


def board_order(points: Iterable[AgendaPoint]) -> tuple[AgendaPoint, ...]:
    """The points of one meeting or of the backlog as everybody sees them numbered: the agenda, then the proposals."""
    waits = {PointState.ACCEPTED: 0, PointState.HANDLED: 0, PointState.PROPOSED: 1}
    return tuple(
        sorted(
            (point for point in points if point.state in waits),
            key=lambda point: (waits[point.state], point.position, point.id),
        )
    )


def total_minutes(points: Sequence[AgendaPoint]) -> int:
    """The known length of all points together, in minutes."""
    return sum(point.minutes or 0 for point in points)


def start_times(points: Sequence[AgendaPoint], starts: datetime) -> tuple[datetime | None, ...]:
    """When each point starts, counted from `starts`; None after the first point of unknown length."""
    times: list[datetime | None] = []
    moment: datetime | None = starts
    for point in points:
        times.append(moment)
        moment = None if moment is None or point.minutes is None else _later(moment, point.minutes)
    return tuple(times)


def _later(moment: datetime, minutes: int) -> datetime:
    """So many minutes later, also in a night in which the clock changes."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
