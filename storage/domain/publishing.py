"""The agenda of a meeting on its way out: when it is drafted and published, and what changed since it was told."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias

from storage.domain.actions import FollowUp
from storage.domain.agenda import AgendaPoint, AgendaStanding, start_times
from storage.domain.calendar import working_days_after, working_days_before
from storage.domain.invitations import MORNING
from storage.domain.meetings import Meeting
from storage.domain.network import Network
from storage.domain.people import Person
from storage.domain.rules import Rules

AGENDA = "agenda"
"""The published agenda, to somebody who comes; updated in place."""

AGENDA_POST = "agenda_post"
"""The published agenda in the posting channel; updated in place."""

AGENDA_CHANGED = "agenda_changed"
"""What changed of a published agenda, to who had it."""

AGENDA_DRAFT = "agenda_draft"
"""The agenda before it is published by itself, to who runs the meeting."""

AGENDA_NUDGE = "agenda_nudge"
"""To who said that they would bring something, and did not yet."""

NUDGE_DAYS = 3
"""So many working days before points must be in, who promised one is reminded of it."""

Told: TypeAlias = Sequence[Mapping[str, Any]]
"""The points of an agenda as they were told, in order: id, title, minutes and presenter."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A meeting's agenda as it stands, and to whom it goes (or went): so many `people`, and the `channel`."""

    meeting: Meeting
    points: tuple[AgendaPoint, ...]
    standing: AgendaStanding
    people: int = 0
    channel: bool = False
    actions: FollowUp = field(default_factory=FollowUp)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one point. `what` is added, removed, moved, title, minutes or presenter, with how that was."""

    what: str
    title: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Somebody said that they bring something; or began to prepare a case, and did not finish: `case`."""

    meeting: Meeting
    person: Person
    until: date
    about: str | None = None
    case: bool = False


@dataclass(frozen=True, slots=True)
class AgendaFile:
    """All that stands in an agenda as a document. `network` is the one whose agenda it is."""

    network: Network
    meeting: Meeting
    points: tuple[AgendaPoint, ...]
    actions: FollowUp = field(default_factory=FollowUp)

    @property
    def starts(self) -> tuple[datetime | None, ...]:
        """When each point starts; None from the first of unknown length on."""
        return start_times(self.points, self.meeting.starts)


def publish_at(meeting: Meeting, rules: Rules) -> datetime | None:
    """When the agenda is published by itself; None when never."""
    return (
        _morning(working_days_before(meeting.starts.date(), rules.agenda_days), meeting) if rules.agenda_days else None
    )


def draft_at(meeting: Meeting, rules: Rules) -> datetime | None:
    """When who runs the meeting sees what will be published; None when never."""
    at = publish_at(meeting, rules)
    if at is None or not rules.agenda_draft_days:
        return None
    return _morning(working_days_before(at.date(), rules.agenda_draft_days), meeting)


def ready_at(meeting: Meeting, rules: Rules, drafted: datetime | None) -> datetime | None:
    """When the agenda goes out by itself, given when its draft was sent: a working day later at the earliest.

    None when never: there is no draft yet where there should be one, or it would be too late.
    """
    at = publish_at(meeting, rules)
    if at is None or (drafted is None and draft_at(meeting, rules) is not None):
        return None
    if drafted is not None:
        day = working_days_after(drafted.astimezone(meeting.starts.tzinfo).date(), 0)
        at = max(at, _morning(working_days_after(day, 1), meeting), key=datetime.timestamp)
    return at if at.timestamp() < meeting.starts.timestamp() else None


def points_until(meeting: Meeting, rules: Rules) -> date:
    """Until when a point is in time: the day that was set, else the one before the agenda is published or drafted."""
    if meeting.agenda_until is not None:
        return meeting.agenda_until
    first = draft_at(meeting, rules) or publish_at(meeting, rules) or meeting.starts
    return working_days_before(first.date(), 1)


def promise_nudge_at(meeting: Meeting, rules: Rules) -> datetime:
    """When who promised a point is reminded of it."""
    return _morning(working_days_before(points_until(meeting, rules), NUDGE_DAYS), meeting)


def _morning(day: date, meeting: Meeting) -> datetime:
    return datetime.combine(day, MORNING, meeting.starts.tzinfo)


def as_told(points: Iterable[AgendaPoint]) -> list[dict[str, Any]]:
    """An agenda as plain values, with which what changed can be told later. No more than everybody may read."""
    return [
        {"id": point.id, "title": point.title, "minutes": point.minutes, "presenter": point.presenter}
        for point in points
    ]


def changes(before: Told, after: Told) -> tuple[Change, ...]:
    """What changed of an agenda: what came and went, then what became of the points that stayed, in their order."""
    old, new = {one["id"]: one for one in before}, {one["id"]: one for one in after}
    stayed = [one["id"] for one in after if one["id"] in old]
    moved = _moved([one["id"] for one in before if one["id"] in new], stayed)
    found = [Change("added", one["title"], new=one["minutes"]) for one in after if one["id"] not in old]
    found += [Change("removed", one["title"]) for one in before if one["id"] not in new]
    for point in stayed:
        found += [Change("moved", new[point]["title"])] if point in moved else []
        found += [
            Change(field, new[point]["title"], old[point][field], new[point][field])
            for field in ("title", "minutes", "presenter")
            if old[point][field] != new[point][field]
        ]
    return tuple(found)


def _moved(before: Sequence[int], after: Sequence[int]) -> frozenset[int]:
    """The fewest points of which it can be said that they moved: all but the longest row that kept its order."""
    place = {point: number for number, point in enumerate(before)}
    ends: list[int] = []
    rows: list[list[int]] = []
    for point in after:
        at = bisect_left(ends, place[point])
        row = [*(rows[at - 1] if at else []), point]
        ends[at : at + 1], rows[at : at + 1] = [place[point]], [row]
    return frozenset(after) - frozenset(rows[-1] if rows else [])
