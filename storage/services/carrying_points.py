"""Points that go on after their meeting, in a transaction: where each goes, what is written, and who hears of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from storage.domain.agenda import AgendaPoint, Invite, PointState, board_order
from storage.domain.carrying import (
    AHEAD,
    DISCUSSED,
    NOT_DISCUSSED,
    Circle,
    Closing,
    Fate,
    Outcome,
    Settled,
    Wish,
    circle_of,
    outcome,
)
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.refusals import NoSuchMeeting
from storage.repositories.agenda import HIGHEST_ID, ON_THE_AGENDA
from storage.repositories.closings import Asked
from storage.services.memory_keeping import agenda_kept
from storage.services.publishing import agenda_changed
from storage.unit_of_work import UnitOfWork

POINT_CARRIED = "point_carried"
"""The notice to who proposed points that go on, about the meeting that they come from."""

_SHOWN = ON_THE_AGENDA | {PointState.PROPOSED}
_SETTLED_INVITES = frozenset({Invite.INVITED, Invite.YES})


def known(unit: UnitOfWork, meeting_id: int) -> Meeting:
    """A meeting. Raises NoSuchMeeting."""
    found = unit.meetings.by_ids([meeting_id], None).get(meeting_id) if 0 < meeting_id < HIGHEST_ID else None
    if found is None:
        raise NoSuchMeeting
    return found


def closing_of(unit: UnitOfWork, meeting: Meeting, changed: Iterable[int] = ()) -> Closing:
    """How far a meeting is closed, with its points as they were numbered when somebody was asked."""
    asked = _asked(unit, meeting)
    here = board_order(unit.agenda.of_meeting(meeting.id, _SHOWN))
    again = {point.merged_into_id for point in here}
    away = unit.agenda.by_ids(unit.closings.carried_from(meeting.id))
    points = {point.id: point for point in here if point.id not in again}
    # What was put off before anybody was asked is no part of it.
    points |= {id_: one for id_, one in away.items() if one.state.open and id_ in asked.ids and id_ not in points}
    order = [*asked.ids, *(id_ for id_ in points if id_ not in asked.ids)]
    homes = unit.meetings.by_ids({one.meeting_id for one in points.values() if one.meeting_id is not None}, None)
    numbered = tuple(
        Settled(number, points[id_], _fate(points[id_], meeting, id_ in away), homes.get(points[id_].meeting_id or 0))
        for number, id_ in enumerate(order, 1)
        if id_ in points
    )
    return Closing(meeting, numbered, asked.asked_at, asked.closed_at, frozenset(changed))


def _asked(unit: UnitOfWork, meeting: Meeting) -> Asked:
    """How far a meeting is closed; what was noted when it was to be held at another time does not count."""
    kept = unit.closings.of(meeting.id)
    asked_at = kept.asked_at if kept.asked_at and kept.asked_at.timestamp() >= meeting.ends.timestamp() else None
    begun = meeting.cancelled or (kept.closed_at and kept.closed_at.timestamp() >= meeting.starts.timestamp())
    return Asked(asked_at, kept.ids, kept.closed_at if begun else None)


def _fate(point: AgendaPoint, meeting: Meeting, carried: bool) -> Fate | None:
    if point.meeting_id == meeting.id:
        return Fate.HANDLED if point.state is PointState.HANDLED else Fate.WAITS if carried else None
    return Fate.CARRIED if point.meeting_id is not None else Fate.SHELVED


class Moves:
    """What becomes of the points of one meeting, written step by step; `done` tells everybody in the end.

    The meeting and those that points may go to are locked first, in the order of their ids.
    """

    def __init__(
        self, unit: UnitOfWork, meeting: Meeting, now: datetime, by_id: int | None, wishes: Iterable[Wish] = ()
    ) -> None:
        self.unit, self.now, self.by_id = unit, now, by_id
        self.circle: Circle = circle_of(meeting)
        self._coming = unit.meetings.coming(now, now + AHEAD)
        self._lock(meeting, wishes)
        self.meeting = known(unit, meeting.id)
        self._most = unit.rules.of(meeting.kind).carry_most
        self._moved: list[AgendaPoint] = []
        self._changed: set[int] = set()
        self._agendas: set[int] = set()

    def _lock(self, meeting: Meeting, wishes: Iterable[Wish]) -> None:
        points = self.unit.agenda.of_meeting(meeting.id, _SHOWN)
        months = {None, *(wish.month for wish in wishes), *(point.returns_on for point in points)}
        homes = [self.circle.next(self._coming, month, self.now) for month in months]
        away = self.unit.agenda.by_ids(self.unit.closings.carried_from(meeting.id)).values()
        there = {one.meeting_id for one in away if one.meeting_id is not None}
        for meeting_id in sorted({meeting.id, *there, *(home.id for home in homes if home)}):
            self.unit.seats.locked(meeting_id)

    def decide(self, point: AgendaPoint, wish: Wish, before: Fate | None = None, cancelled: bool = False) -> None:
        """Let a point go where it is to go. `before`: what became of it already, where that is corrected."""
        if (wish == DISCUSSED and before is Fate.HANDLED) or (wish == NOT_DISCUSSED and before in _GONE):
            return
        most = None if cancelled else self._most
        counts = before not in _GONE
        found = outcome(point, wish, self.circle, self._coming, self.now, most, counts)
        self._changed.add(point.id)
        if found.fate is Fate.HANDLED:
            self._handle(point, back=before in _GONE)
        else:
            self._carry(point, found)

    def _handle(self, point: AgendaPoint, back: bool) -> None:
        columns: dict[str, Any] = {"state": PointState.HANDLED.value}
        if back:
            self._leave(point)
            columns |= {**self._placed(self.meeting.id, PointState.ACCEPTED), **columns}
            columns |= {"carried": max(0, point.carried - 1), "carried_from_id": None, "returns_on": None}
        if point.recurring and fixed_of(point) is None:
            columns["merged_into_id"] = self._return(point)
        self._note(point, PointState.HANDLED, self.meeting.id)
        self.unit.agenda.write(point.id, columns)

    def _carry(self, point: AgendaPoint, found: Outcome) -> None:
        self._take_back_return(point)
        state = PointState.PROPOSED if point.state is PointState.PROPOSED else PointState.ACCEPTED
        columns: dict[str, Any] = {"state": state.value}
        if found.fate is not Fate.WAITS:
            self._leave(point)
            columns = self._placed(found.meeting.id if found.meeting else None, state)
        columns |= {"carried": found.carried, "carried_from_id": self.meeting.id, "returns_on": found.returns_on}
        columns |= {"merged_into_id": None, **_invited_anew(point)}
        self._note(point, state, found.meeting.id if found.meeting else None)
        self.unit.agenda.write(point.id, columns)
        self._moved.append(point)

    def _placed(self, meeting_id: int | None, state: PointState) -> dict[str, Any]:
        if meeting_id is not None and meeting_id != self.meeting.id and state is PointState.ACCEPTED:
            self._agendas.add(meeting_id)
        return self.unit.agenda.placed(meeting_id, state, self.now)

    def _leave(self, point: AgendaPoint) -> None:
        """The agenda of another meeting that a point leaves again is another one too."""
        if point.meeting_id not in {None, self.meeting.id} and point.state is PointState.ACCEPTED:
            self._agendas.add(point.meeting_id or 0)

    def _return(self, point: AgendaPoint) -> int:
        """A point that comes back at every meeting, as a new one: its id."""
        home = self.circle.next(self._coming, None, self.now)
        waits = _closed(self.circle) and home is None
        columns = self._placed(self.meeting.id if waits else home.id if home else None, PointState.ACCEPTED)
        month = None if home or waits else self.now.date().replace(day=1)  # the next one, whenever it is planned
        same = ("title", "minutes", "presenter", "link", "proposer_id", "proposed_at")
        kept = {name: getattr(point, name) for name in same}
        kind = point.kind.value if point.kind else None
        more = {"kind": kind, "recurring": True, "returns_on": month, "carried_from_id": self.meeting.id}
        decided = {"decided_at": self.now, "decided_by_id": self.by_id}
        return self.unit.agenda.add({**kept, **columns, **more, **decided})

    def _take_back_return(self, point: AgendaPoint) -> None:
        """A point that was not discussed after all comes back itself, not as a new one."""
        again = self.unit.agenda.by_ids([point.merged_into_id]) if point.merged_into_id is not None else {}
        for one in again.values():
            if one.state.open:
                self._leave(one)
                self.unit.agenda.write(one.id, {"state": PointState.WITHDRAWN.value, "carried_from_id": None})

    def _note(self, point: AgendaPoint, state: PointState, meeting_id: int | None) -> None:
        add, moved = self.unit.changes.add, str(meeting_id) if meeting_id is not None else None
        if point.state is not state:
            add(self.meeting.id, self.now, self.by_id, f"point:{point.id}", point.state.value, state.value)
        if point.meeting_id != meeting_id:
            old = str(point.meeting_id) if point.meeting_id is not None else None
            add(self.meeting.id, self.now, self.by_id, f"point_meeting:{point.id}", old, moved)

    def done(self) -> Closing:
        """Tell who proposed what goes on, and that other agendas changed by it; how the meeting is closed now."""
        tell_carried(self.unit, self.meeting.id, self._moved, self.now, self.by_id)
        for meeting_id in sorted(self._agendas):
            agenda_changed(self.unit, meeting_id, self.now, self.by_id)
        agenda_kept(self.unit, self.meeting)
        return closing_of(self.unit, self.meeting, self._changed)


_GONE = frozenset({Fate.CARRIED, Fate.SHELVED, Fate.WAITS})


def _closed(circle: Circle) -> bool:
    """Whether what its meetings talk about is not for everybody."""
    return circle.audience is not Circle().audience


def _invited_anew(point: AgendaPoint) -> Mapping[str, Any]:
    """Whoever was invited for one day is invited again for another."""
    if point.invite not in _SETTLED_INVITES:
        return {}
    speaks = point.presenter is not None and point.presenter == point.guest_name
    return {"invite": Invite.TO_INVITE.value, **({"presenter": None} if speaks else {})}


def tell_carried(
    unit: UnitOfWork, meeting_id: int, points: Iterable[AgendaPoint], now: datetime, by_id: int | None
) -> None:
    """Plan to tell everybody whose points go on so: once for all of them, but for who did it."""
    theirs: dict[int, list[int]] = {}
    for point in points:
        if point.proposer_id is not None and point.proposer_id != by_id:
            theirs.setdefault(point.proposer_id, []).append(point.id)
    moment, subject = now.isoformat(), str(meeting_id)
    notices = [
        NewNotice(POINT_CARRIED, subject, f"{one}@{moment}:{ids[0]}", to_person(one), now, data={"points": ids})
        for one, ids in theirs.items()
    ]
    unit.notices.plan_all(notices, now)
