"""One act on the board as part of a transaction: who does it to which point, and everything that follows from it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.domain.agenda import AgendaPoint, PointDetails, PointState, may_arrange
from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchPoint,
    NotCoordinator,
    NotYours,
    PointSettled,
)
from storage.services.board_notices import show_anew
from storage.services.board_order import before_closing, close_up, place_among
from storage.services.points_held import details, held, its_meeting, known, may_see, meeting_to_come
from storage.services.publishing import agenda_changed
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Act:
    """What somebody does with one point, which nobody else changes meanwhile. Decide, then `done`."""

    unit: UnitOfWork
    point: AgendaPoint
    meeting: Meeting | None
    viewer: Viewer
    by: Person
    now: datetime
    changed: bool = field(default=False, init=False)
    _differ: set[int] = field(default_factory=set, init=False)

    def must_be(self, *states: PointState) -> None:
        """Raises PointSettled where the point stands otherwise."""
        if self.point.state not in states:
            raise PointSettled

    def must_come(self) -> None:
        """Raises MeetingOver, MeetingCancelled. In the backlog everything can be done."""
        if self.meeting is not None and self.meeting.is_over(self.now):
            raise MeetingOver
        if self.meeting is not None and self.meeting.cancelled:
            raise MeetingCancelled

    def target(self, meeting_id: int | None) -> Meeting | None:
        """Where a point goes to; None for the backlog. Raises NoSuchMeeting, MeetingOver, MeetingCancelled."""
        if meeting_id is None or meeting_id == self.point.meeting_id:
            return self.meeting if meeting_id is not None else None
        return meeting_to_come(self.unit, meeting_id, self.viewer, self.now)

    def may_arrange_in(self, meeting: Meeting | None) -> bool:
        """Whether who acts may also decide about that agenda."""
        return may_arrange(self.viewer, meeting)

    def decide(self, state: PointState, **columns: Any) -> None:
        """Let the point stand so."""
        decided_by = None if state is PointState.PROPOSED else self.by.id
        decided: dict[str, Any] = {"state": state.value, "decided_at": self.now, "decided_by_id": decided_by}
        self._write({**columns, **decided})
        self._note(f"point:{self.point.id}", self.point.state.value, state.value)
        if PointState.ACCEPTED in {state, self.point.state}:
            self._differs(self.point.meeting_id)
        if state is PointState.ACCEPTED:
            before_closing(self.unit, self.point.meeting_id, self.point.id)
        show_anew(self.unit, self.point.id, self.now)

    def go(self, to_id: int | None, state: PointState) -> None:
        """Bring the point elsewhere."""
        columns = self.unit.agenda.placed(to_id, state, self.now)
        decided_by = {} if state is self.point.state else {"decided_by_id": None}
        self._write({**columns, "returns_on": None, "decided_at": self.now, **decided_by})
        field_ = f"point_meeting:{self.point.id}"
        self._note(field_, None, "" if to_id is None else str(to_id))
        if to_id is not None:
            self.unit.changes.add(to_id, self.now, self.by.id, field_, _text(self.point.meeting_id), None)
        if self.point.state is PointState.ACCEPTED:
            self._differs(self.point.meeting_id)
        if state is PointState.ACCEPTED and to_id is not None:
            self._differs(to_id)
            before_closing(self.unit, to_id, self.point.id)
        show_anew(self.unit, self.point.id, self.now)

    def set(self, name: str, value: str | int | None) -> None:
        """Give a field of the point this value."""
        before = getattr(self.point, name)
        if before == value:
            return
        self._write({name: value})
        self._note(f"point_{name}:{self.point.id}", _text(before), _text(value))
        if self.point.state is PointState.ACCEPTED:
            self._differs(self.point.meeting_id)

    def place(self, position: int) -> None:
        """Give the point this place, from 1, among those that stand as it does."""
        before, after = place_among(self.unit, self.point, position)
        if before == after:
            return
        self.changed = True
        self._note(f"point_position:{self.point.id}", str(before), str(after))
        if self.point.state is PointState.ACCEPTED:
            self._differs(self.point.meeting_id)

    def done(self) -> PointDetails:
        """Tell of the agendas that are not what they were; the point as it is now."""
        for meeting_id in sorted(self._differ):
            close_up(self.unit, meeting_id)
            agenda_changed(self.unit, meeting_id, self.now, self.by.id)
        return self.details()

    def details(self) -> PointDetails:
        """The point as it is now, for who acts."""
        return details(self.unit, self.unit.agenda.by_ids([self.point.id])[self.point.id], self.viewer)

    def _write(self, columns: dict[str, Any]) -> None:
        self.unit.agenda.write(self.point.id, columns)
        self.changed = True

    def _note(self, name: str, old: str | None, new: str | None) -> None:
        """A line in the history of the meeting; the backlog has none."""
        if self.point.meeting_id is not None:
            self.unit.changes.add(self.point.meeting_id, self.now, self.by.id, name, old, new)

    def _differs(self, meeting_id: int | None) -> None:
        if meeting_id is not None:
            self._differ.add(meeting_id)


def begin(unit: UnitOfWork, point_id: int, viewer: Viewer, now: datetime) -> Act:
    """An act of who may arrange the agenda on which a point stands. Raises NotKnown, NoSuchPoint, NotCoordinator."""
    return allowed(_act(unit, held(unit, point_id), viewer, now))


def begin_both(unit: UnitOfWork, point_id: int, other_id: int, viewer: Viewer, now: datetime) -> tuple[Act, Act]:
    """An act with two points; raises the same of either."""
    homes = [one.meeting_id for one in unit.agenda.by_ids([point_id, other_id]).values()]
    locked = {first: held(unit, first, *homes) for first in sorted((point_id, other_id))}
    point, other = (allowed(_act(unit, locked[one], viewer, now)) for one in (point_id, other_id))
    return point, other


def begin_moving(unit: UnitOfWork, point_id: int, to_id: int | None, viewer: Viewer, now: datetime) -> Act:
    """An act that brings a point elsewhere; who organises a meeting may also take from the backlog for it."""
    act = _act(unit, held(unit, point_id, to_id), viewer, now)
    takes = act.point.meeting_id is None and may_arrange(viewer, act.target(to_id))
    return act if takes else allowed(act)


def begin_own(unit: UnitOfWork, point_id: int, viewer: Viewer, now: datetime) -> Act:
    """An act of who proposed the point. Raises NotKnown, NoSuchPoint, NotYours."""
    act = _act(unit, held(unit, point_id), viewer, now)
    if not act.point.is_of(viewer):
        raise NotYours
    return act


def allowed(act: Act) -> Act:
    """The same act, of somebody who may arrange that agenda. Raises NotCoordinator."""
    if not may_arrange(act.viewer, act.meeting):
        raise NotCoordinator
    return act


def _act(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer, now: datetime) -> Act:
    by, meeting = known(viewer), its_meeting(unit, point, viewer)
    if not may_see(point, meeting, viewer):
        raise NoSuchPoint
    return Act(unit, point, meeting, viewer, by, now)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
