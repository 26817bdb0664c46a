"""Composing an agenda: the fixed points of a meeting, and of what was proposed the most wanted that still fits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeAlias

from storage.domain.agenda import AgendaPoint, Fixed, PointKind, PointState
from storage.domain.meetings import Meeting, MeetingKind


class Why(StrEnum):
    """Why a point is on a composed agenda, or not."""

    FIXED = "fixed"
    OPEN_ACTIONS = "open_actions"
    PROMISED = "promised"
    VOTES = "votes"
    CARRIED = "carried"
    SUPPORT = "support"
    ACCEPTED = "accepted"
    FIRST_COME = "first_come"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with its figures: `count` times or minutes, `of` so many, for this `month` (its first day)."""

    why: Why
    count: int = 0
    of: int = 0
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open point that may come on the agenda.

    `placed`: it stands where a coordinator, the network file or an earlier composition put it, and keeps its place
    among the others that do.
    """

    point: AgendaPoint
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One point of a composed agenda; `point` is None for a fixed one that is not written down yet."""

    point: AgendaPoint | None
    fixed: Fixed | None
    minutes: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """An agenda as it is proposed, in its order, and what does not fit, the most wanted first. All in minutes."""

    meeting: Meeting
    lines: tuple[Line, ...]
    left_out: tuple[Line, ...]
    available: int

    @property
    def total(self) -> int:
        """The length of all its points."""
        return sum(line.minutes for line in self.lines)

    @property
    def over(self) -> int:
        """How much longer it is than the meeting; 0 when it fits."""
        return max(0, self.total - self.available)

    @property
    def left(self) -> int:
        """How much time is left."""
        return max(0, self.available - self.total)

    @property
    def chosen(self) -> tuple[Line, ...]:
        """Its points that are not fixed."""
        return tuple(line for line in self.lines if line.fixed is None)


FIXED_MINUTES = {
    Fixed.WELCOME: 10,
    Fixed.PREVIOUS_REPORT: 10,
    Fixed.ACTIONS: 15,
    Fixed.VARIA: 10,
    Fixed.NEXT_MEETINGS: 5,
    Fixed.CLOSING: 10,
}
"""How long a fixed point takes unless a coordinator set something else."""

FIXED_TITLES = {
    Fixed.WELCOME: "Verwelkoming",
    Fixed.PREVIOUS_REPORT: "Goedkeuring vorig verslag",
    Fixed.ACTIONS: "Opvolging actiepunten",
    Fixed.VARIA: "Varia",
    Fixed.NEXT_MEETINGS: "Volgende bijeenkomsten",
    Fixed.CLOSING: "Afsluiting",
}
"""The title with which a fixed point is written down; from then on it is a title like any other."""

_CALLED = {
    "verwelkoming": Fixed.WELCOME,
    "welkom": Fixed.WELCOME,
    "onthaal": Fixed.WELCOME,
    "goedkeuring verslag": Fixed.PREVIOUS_REPORT,
    "vorig verslag": Fixed.PREVIOUS_REPORT,
    "actiepunten": Fixed.ACTIONS,
    "opvolging acties": Fixed.ACTIONS,
    "volgende bijeenkomst": Fixed.NEXT_MEETINGS,
    "varia": Fixed.VARIA,
    "rondvraag": Fixed.VARIA,
    "afsluiting": Fixed.CLOSING,
    "afronding": Fixed.CLOSING,
    **{title.casefold(): fixed for fixed, title in FIXED_TITLES.items()},
}
"""How networks call them in agendas of their own."""

_AND = re.compile(r"\s*[,;/+&]\s*(?:en )?| en ")

MINUTES: dict[PointKind | None, int] = {
    PointKind.INFORMATION: 10,
    PointKind.DECISION: 15,
    PointKind.THEME: 30,
    PointKind.ORGANISATION: 30,
    PointKind.CASE: 40,
    PointKind.VARIA: 5,
    None: 20,
}
"""How long a point takes when nobody said."""

_OPENING = (Fixed.WELCOME, Fixed.PREVIOUS_REPORT, Fixed.ACTIONS)
_CLOSING = (Fixed.VARIA, Fixed.NEXT_MEETINGS, Fixed.CLOSING)
_BODY: tuple[PointKind | None, ...] = (
    PointKind.INFORMATION,
    PointKind.DECISION,
    PointKind.THEME,
    None,
    PointKind.ORGANISATION,
    PointKind.CASE,
    PointKind.VARIA,
)
"""The order of the points between the opening and the closing ones; None: nobody said of what kind it is."""

_WITH_REPORTS = frozenset({MeetingKind.INTERVISIE, MeetingKind.STUURGROEP})

Rank: TypeAlias = tuple[int, int]


def fixed_points(kind: MeetingKind, earlier: bool, open_actions: int = 0) -> tuple[Fixed, ...]:
    """The fixed points of a kind of meeting. `earlier`: there was one of the kind before, with a report to approve."""
    if kind in _WITH_REPORTS:
        report = (Fixed.PREVIOUS_REPORT,) if earlier else ()
        actions = (Fixed.ACTIONS,) if earlier or open_actions else ()
        return (Fixed.WELCOME, *report, *actions, Fixed.VARIA, Fixed.NEXT_MEETINGS)
    if kind is MeetingKind.OTHER:
        return (Fixed.WELCOME, Fixed.VARIA)
    return (Fixed.WELCOME, Fixed.CLOSING)


def fixed_of(point: AgendaPoint) -> Fixed | None:
    """Which fixed point this is: written down as one, or called so in an agenda that somebody made elsewhere."""
    return next(iter(_covers(point)), None)


def _covers(point: AgendaPoint) -> tuple[Fixed, ...]:
    """The fixed points that this one is: elsewhere "verwelkoming en goedkeuring vorig verslag" is one point."""
    if point.fixed is not None or point.proposer_id:
        return (point.fixed,) if point.fixed else ()
    parts = [_CALLED.get(part) for part in _AND.split(" ".join(point.title.split()).casefold())]
    covered = tuple(part for part in parts if part is not None)
    return covered if len(covered) == len(parts) else ()


def compose(
    meeting: Meeting,
    fixed: Sequence[Fixed],
    candidates: Iterable[Candidate],
    open_actions: int = 0,
    keep_accepted: bool = False,
) -> Composition:
    """The agenda of a meeting: the same for the same points, in whatever order they are given.

    What stands on it already comes first, and then what is wanted most, while it fits: it is never longer than the
    meeting unless the fixed points alone are. With `keep_accepted` every accepted point stays, whether it fits or not.
    """
    available = _minutes_of(meeting)
    given = sorted(candidates, key=lambda one: one.point.id)
    written = {kind: one.point for one in reversed(given) if (kind := fixed_of(one.point)) is not None}
    covered = {kind for point in written.values() for kind in _covers(point)}
    lines = [_fixed_line(kind, point, open_actions) for kind, point in written.items()]
    new = [_fixed_line(kind, None, open_actions) for kind in fixed if kind not in covered]
    rest = [one for one in given if one.point not in written.values()]
    rest.sort(key=lambda one: _priority(one.point, meeting))
    if not any(one.placed for one in rest):
        lines, new = lines + new, []
    # What already stands on an agenda makes no room for fixed points that nobody put there.
    wanted = [_line(one.point, meeting) for one in rest if one.placed] + new
    wanted += [_line(one.point, meeting) for one in rest if not one.placed]
    left, left_out = available - sum(line.minutes for line in lines), []
    for line in wanted:
        stays = keep_accepted and line.point is not None and line.point.state is PointState.ACCEPTED
        if line.minutes <= left or stays:
            lines.append(line)
            left -= line.minutes
        else:
            left_out.append(replace(line, reasons=(Reason(Why.TOO_LONG, line.minutes, max(0, left)), *line.reasons)))
    placed = {one.point.id for one in given if one.placed}
    return Composition(meeting, _in_order(lines, placed), tuple(left_out), available)


def _minutes_of(meeting: Meeting) -> int:
    return int((meeting.ends.timestamp() - meeting.starts.timestamp()) // 60)


def _fixed_line(fixed: Fixed, point: AgendaPoint | None, open_actions: int) -> Line:
    reasons = [Reason(Why.FIXED)]
    if fixed is Fixed.ACTIONS and open_actions:
        reasons.append(Reason(Why.OPEN_ACTIONS, open_actions))
    minutes = point.minutes if point else None
    return Line(point, fixed, minutes or FIXED_MINUTES[fixed], tuple(reasons))


def _line(point: AgendaPoint, meeting: Meeting) -> Line:
    return Line(point, None, point.minutes or MINUTES[point.kind], _reasons(point, meeting))


def promised_for(point: AgendaPoint, meeting: Meeting) -> bool:
    """Whether this point was promised for the month of the meeting, or for one before it."""
    month = meeting.starts.date().replace(day=1)
    return point.returns_on is not None and point.returns_on.replace(day=1) <= month


def _share(point: AgendaPoint) -> Fraction:
    """The share of the voters who chose it."""
    return Fraction(point.votes, point.voters) if point.votes and point.voters else Fraction(0)


def _priority(point: AgendaPoint, meeting: Meeting) -> tuple[Any, ...]:
    """What is wanted most comes first; the id makes it an order in which no two are equal."""
    accepted = point.state is PointState.ACCEPTED
    return (
        not accepted,
        not promised_for(point, meeting),
        -_share(point),
        -point.carried,
        -point.support,
        _moment(point.decided_at) if accepted else 0.0,
        _moment(point.proposed_at),
        point.id,
    )


def _moment(at: datetime | None) -> float:
    """In seconds; what has no moment came from the network file, before anything was said here."""
    return at.timestamp() if at else float("-inf")


def _reasons(point: AgendaPoint, meeting: Meeting) -> tuple[Reason, ...]:
    reasons = [Reason(Why.PROMISED, month=point.returns_on)] if promised_for(point, meeting) else []
    reasons += [Reason(Why.VOTES, point.votes, point.voters or 0)] if point.votes and point.voters else []
    reasons += [Reason(Why.CARRIED, point.carried)] if point.carried else []
    reasons += [Reason(Why.SUPPORT, point.support)] if point.support else []
    if point.state is PointState.ACCEPTED:
        reasons.append(Reason(Why.ACCEPTED))
    return tuple(reasons) or (Reason(Why.FIRST_COME),)


def _in_order(lines: Sequence[Line], placed: set[int]) -> tuple[Line, ...]:
    """The lines by kind, the opening and closing ones around them; what was placed keeps its order."""
    stands = sorted((line for line in lines if _id(line) in placed), key=_place)
    last = max((number for number, line in enumerate(stands) if line.fixed in _CLOSING), default=len(stands))
    # Behind the closing points stands what came after they were put there: nobody chose that place.
    ordered, kept = stands[: last + 1], {_id(line) for line in stands[: last + 1]}
    for line in sorted((line for line in lines if _id(line) not in kept), key=_rank):
        before = next((number for number, other in enumerate(ordered) if _rank(other) > _rank(line)), len(ordered))
        ordered.insert(before, line)
    return tuple(ordered)


def _id(line: Line) -> int:
    return line.point.id if line.point else 0


def _place(line: Line) -> tuple[int, int]:
    return (line.point.position, line.point.id) if line.point else (0, 0)


def _rank(line: Line) -> Rank:
    if line.fixed in _OPENING:
        return 0, _OPENING.index(line.fixed)
    if line.fixed in _CLOSING:
        return 2, _CLOSING.index(line.fixed)
    return 1, _BODY.index(line.point.kind if line.point else None)
