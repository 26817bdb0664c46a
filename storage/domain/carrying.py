"""What becomes of agenda points after their meeting: discussed, on to a next one, back in a month, or the backlog.

accepted ──(discussed)──▶ handled ──(recurring)──▶ a new point for the next meeting of that kind
   │
   └──(not discussed)──▶ the next meeting of that kind that takes place; the month for which it was promised;
                         else, or once it was carried on too often, the backlog
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from storage.domain.agenda import AgendaPoint, PointState
from storage.domain.calendar import working_days_after
from storage.domain.composing import fixed_of
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.people import Viewer

SETTLED_AT = time(12)
"""The local time of the working day on which a meeting that nobody closed is settled by itself."""

LOOK_BACK = timedelta(days=92)
"""So long after a meeting its points are still settled by themselves: longer than a bot is ever away."""

AHEAD = timedelta(days=550)
"""How far ahead a point finds a next meeting."""


class Fate(StrEnum):
    """What became of a point. WAITS: for the next meeting of a closed circle, as the backlog is for everybody."""

    HANDLED = "handled"
    CARRIED = "carried"
    SHELVED = "shelved"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says of a point: discussed or not, and where it is to go then.

    `month` is the first day of the month in which it is to come back; on the shelf it waits for no month otherwise.
    """

    discussed: bool
    shelf: bool = False
    month: date | None = None


DISCUSSED, NOT_DISCUSSED = Wish(discussed=True), Wish(discussed=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a point. `too_often`: it was carried on as often as the rules allow."""

    fate: Fate
    meeting: Meeting | None = None
    carried: int = 0
    returns_on: date | None = None
    too_often: bool = False


@dataclass(frozen=True, slots=True)
class Circle:
    """Which meetings a point may go to: those of the kind and with the audience of the one that it comes from."""

    kind: MeetingKind = MeetingKind.INTERVISIE
    audience: Audience = Audience.NETWORK

    def next(self, coming: Iterable[Meeting], month: date | None, now: datetime) -> Meeting | None:
        """The first of these meetings that takes place and did not begin; of that month when one is given.

        Once that month has begun without a meeting, the first one after it.
        """
        fitting = sorted(filter(self._fits, coming), key=lambda one: one.starts.timestamp())
        ahead = [one for one in fitting if one.starts.timestamp() > now.timestamp()]
        if month is None:
            return next(iter(ahead), None)
        later = [one for one in ahead if one.starts.date() >= month]
        begun = now.astimezone(later[0].starts.tzinfo).date() >= month if later else False
        return next((one for one in later if begun or _same_month(one.starts.date(), month)), None)

    def _fits(self, meeting: Meeting) -> bool:
        return meeting.kind is self.kind and meeting.audience is self.audience and not meeting.cancelled


def circle_of(meeting: Meeting | None) -> Circle:
    """The circle of the meeting that a point comes from; the intervisies for what comes from none."""
    return Circle(meeting.kind, meeting.audience) if meeting else Circle()


def outcome(
    point: AgendaPoint,
    wish: Wish,
    circle: Circle,
    coming: Sequence[Meeting],
    now: datetime,
    carry_most: int | None = None,
    counts: bool = True,
) -> Outcome:
    """What becomes of a point of which this is said, with the meetings to come.

    `carry_most`: how often it may be carried on; None: without end, as recurring points are. `counts`: this is once
    more.
    """
    if wish.discussed:
        return Outcome(Fate.HANDLED, carried=point.carried)
    carried = point.carried + counts
    month = wish.month or (None if wish.shelf else _later(point.returns_on, now))
    too_often = carry_most is not None and carried > carry_most and not point.recurring and wish.month is None
    open_to_all = circle.audience is Audience.NETWORK
    if not (open_to_all and (wish.shelf or too_often)):
        home = circle.next(coming, month, now)
        if home is not None:
            return Outcome(Fate.CARRIED, home, carried, month, too_often)
    return Outcome(Fate.SHELVED if open_to_all else Fate.WAITS, None, carried, month, too_often)


def _later(month: date | None, now: datetime) -> date | None:
    """A month for which a point was promised, unless that has begun: it was there, or is over."""
    return month if month is not None and month > now.date() else None


def _same_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def settles_at(ends: datetime, asked_at: datetime) -> datetime:
    """When a meeting is settled by itself: at noon of the working day after it ended, and after somebody was asked."""
    last = max(ends.timestamp(), asked_at.timestamp())
    day = datetime.fromtimestamp(last, ends.tzinfo).date()
    return datetime.combine(working_days_after(day, 1), SETTLED_AT, ends.tzinfo)


def may_close(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether this viewer may say what was discussed: coordinators, the organiser and the note-taker."""
    if viewer.is_coordinator:
        return True
    return viewer.person is not None and viewer.person.id in {meeting.organiser_id, meeting.note_taker_id}


def is_asked_about(point: AgendaPoint) -> bool:
    """Whether it is asked if a point was discussed: those that belong to every meeting simply are."""
    return fixed_of(point) is None and point.state is PointState.ACCEPTED


@dataclass(frozen=True, slots=True)
class Settled:
    """A point of a meeting that is being closed. `fate` is None while nobody said; `meeting`: where it went."""

    number: int
    point: AgendaPoint
    fate: Fate | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """How far a meeting is closed: its points, numbered as they were when it was asked about. `changed`: their ids."""

    meeting: Meeting
    points: tuple[Settled, ...] = ()
    asked_at: datetime | None = None
    closed_at: datetime | None = None
    changed: frozenset[int] = frozenset()

    @property
    def to_tell(self) -> tuple[Settled, ...]:
        """The points about which something can be said: not those that belong to every meeting."""
        return tuple(one for one in self.points if fixed_of(one.point) is None)

    @property
    def asked(self) -> tuple[Settled, ...]:
        """The points of which it is asked whether they were discussed."""
        return tuple(one for one in self.to_tell if one.fate is None and is_asked_about(one.point))

    @property
    def settles(self) -> datetime | None:
        """When it is settled by itself; None when nobody was asked, or when it is."""
        return settles_at(self.meeting.ends, self.asked_at) if self.asked_at and not self.closed_at else None

    def having(self, *fates: Fate) -> tuple[Settled, ...]:
        """The points of which this became."""
        return tuple(one for one in self.to_tell if one.fate in fates)
