"""After a meeting: asking what was discussed, settling its points, and letting those come back that were promised."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from storage.domain.agenda import AgendaPoint, PointState, may_arrange
from storage.domain.carrying import (
    AHEAD,
    DISCUSSED,
    LOOK_BACK,
    NOT_DISCUSSED,
    Closing,
    Wish,
    circle_of,
    is_asked_about,
    may_close,
)
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Viewer
from storage.domain.refusals import MeetingCancelled, NoSuchPoint, NotCoordinator, NotNow, NotThisPoint, PointSettled
from storage.repositories.closings import Waiting
from storage.services.alerts import alert_targets, gone
from storage.services.carrying_points import Moves, closing_of, known, tell_carried
from storage.services.errands import each_alone
from storage.services.publishing import agenda_changed
from storage.services.summary_lines import agenda_settled
from storage.unit_of_work import UnitOfWork, Units

AGENDA_CLOSING = "agenda_closing"
"""The notice that asks what was discussed."""

AGENDA_CLOSED = "agenda_closed"
"""The notice that tells who runs a meeting what became of its points."""


class Carrying:
    """What becomes of agenda points after their meeting."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def plan_due(self, now: datetime) -> int:
        """Ask about the meetings that are over, settle what nobody settled, and bring back what was promised.

        How much was done. Called again and again by every replica: each meeting is asked about and settled once.
        """
        ids, waiting = await self._units.read(lambda unit: (unit.closings.due(now - LOOK_BACK, now), _ready(unit, now)))
        done = await each_alone({one: partial(self._close_due, one, now) for one in ids})
        return done + await each_alone({one: partial(self._return, one, now) for one in waiting})

    async def _close_due(self, meeting_id: int, now: datetime) -> int:
        if not await self._units.read(lambda unit: _is_due(unit, meeting_id, now)):
            return 0
        return await self._units.write(lambda unit: _close_due(unit, meeting_id, now), meeting_id)

    async def _return(self, point_id: int, now: datetime) -> int:
        return await self._units.write(lambda unit: _return(unit, point_id, now))

    async def closing(self, meeting_id: int, viewer: Viewer) -> Closing:
        """How far a meeting is closed, for who may say what was discussed. Raises NoSuchMeeting, NotCoordinator."""
        return await self._units.read(lambda unit: closing_of(unit, _may_close(unit, meeting_id, viewer)))

    async def told(self, meeting_id: int) -> Closing | None:
        """The same for a notice; None when the meeting is gone."""

        def work(unit: UnitOfWork) -> Closing | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            return closing_of(unit, meeting) if meeting else None

        return await self._units.read(work)

    async def carried(self, ids: Sequence[int]) -> tuple[tuple[AgendaPoint, Meeting | None], ...]:
        """These points where they still are open, each with the meeting at which it is now; None for the backlog."""

        def work(unit: UnitOfWork) -> tuple[tuple[AgendaPoint, Meeting | None], ...]:
            points = unit.agenda.by_ids(ids)
            found = [points[one] for one in ids if one in points and points[one].state.open]
            homes = unit.meetings.by_ids({one.meeting_id for one in found if one.meeting_id is not None}, None)
            return tuple((one, homes.get(one.meeting_id or 0)) for one in found)

        return await self._units.read(work)

    async def handled(self, meeting_id: int, discussed: Mapping[int, bool], viewer: Viewer, now: datetime) -> Closing:
        """Say of points, by id, whether they were discussed; of all others that they were. Raises as `settle`."""
        wishes = {id_: DISCUSSED if yes else NOT_DISCUSSED for id_, yes in discussed.items()}
        return await self.settle(meeting_id, wishes, viewer, now)

    async def settle(
        self, meeting_id: int, wishes: Mapping[int, Wish], viewer: Viewer, now: datetime, others: Wish = DISCUSSED
    ) -> Closing:
        """Say what becomes of points, by id; once the meeting is over `others` holds for the rest of its agenda.

        Also to correct it afterwards: then only what is said changes. Said again it changes nothing. Raises
        NoSuchMeeting, NotCoordinator for who does not run it, MeetingCancelled, NotNow before it begins, NoSuchPoint.
        """

        def work(unit: UnitOfWork) -> Closing:
            meeting = _may_close(unit, meeting_id, viewer)
            if meeting.cancelled:
                raise MeetingCancelled
            if meeting.starts.timestamp() > now.timestamp():
                raise NotNow
            by_id = viewer.person.id if viewer.person else None
            return _settle(unit, meeting, wishes, others, now, by_id)

        return await self._units.write(work, meeting_id)

    async def put_off(self, point_id: int, wish: Wish, viewer: Viewer, now: datetime) -> AgendaPoint:
        """Promise a point for a month, or put it in the backlog, before its meeting; where it is then.

        Raises NoSuchPoint, NotCoordinator for who does not run its meeting, PointSettled, NotThisPoint of what belongs
        to every meeting.
        """

        def work(unit: UnitOfWork) -> AgendaPoint:
            return _put_off(unit, point_id, wish, viewer, now)

        return await self._units.write(work)


def _may_close(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Meeting:
    meeting = known(unit, meeting_id)
    if not may_close(viewer, meeting):
        raise NotCoordinator
    return meeting


def closers(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who are asked what was discussed: the note-taker, else the organiser, else the coordinators."""
    if meeting.note_taker_id is not None and not gone(unit, meeting.note_taker_id):
        return (meeting.note_taker_id,)
    return alert_targets(unit, meeting.id)


def _is_due(unit: UnitOfWork, meeting_id: int, now: datetime) -> bool:
    """Whether there is something to ask or settle now; looked at without a lock."""
    closing = closing_of(unit, known(unit, meeting_id))
    return not closing.asked or closing.settles is None or closing.settles <= now


def _close_due(unit: UnitOfWork, meeting_id: int, now: datetime) -> int:
    """Ask about a meeting or settle it, whichever it is time for."""
    moves = Moves(unit, known(unit, meeting_id), now, None)
    if meeting_id not in unit.closings.due(now - LOOK_BACK, now):
        return 0  # somebody was first
    if moves.meeting.cancelled:
        return _move_all(unit, moves)
    closing = closing_of(unit, moves.meeting)
    if closing.asked and closing.asked_at is None:
        return _ask(unit, moves, closing)
    if closing.asked and closing.settles is not None and closing.settles > now:
        return 0
    _close(unit, moves, closing, {}, DISCUSSED)
    return 1


def _ask(unit: UnitOfWork, moves: Moves, closing: Closing) -> int:
    """Let what was never accepted go on, and ask about the rest."""
    meeting, now = moves.meeting, moves.now
    ids = [one.point.id for one in closing.points]
    unit.closings.write(meeting.id, {"asked_at": now, "asked": ids, "closed_at": None})
    for one in closing.points:
        if one.fate is None and one.point.state is PointState.PROPOSED:
            moves.decide(one.point, NOT_DISCUSSED)
    _plan(unit, AGENDA_CLOSING, meeting, closers(unit, meeting), now)
    moves.done()
    return 1


def _settle(
    unit: UnitOfWork, meeting: Meeting, wishes: Mapping[int, Wish], others: Wish, now: datetime, by_id: int | None
) -> Closing:
    moves = Moves(unit, meeting, now, by_id, wishes.values())
    closing = closing_of(unit, moves.meeting)
    if set(wishes) - {one.point.id for one in closing.to_tell}:
        raise NoSuchPoint
    if moves.meeting.is_over(now) and not closing.closed_at:
        return _close(unit, moves, closing, wishes, others)
    for one in closing.to_tell:
        if one.point.id in wishes:
            moves.decide(one.point, wishes[one.point.id], one.fate)
    if not closing.asked_at and not closing.closed_at:
        # The numbers that people use stay what they are, also while the meeting goes on.
        unit.closings.write(moves.meeting.id, {"asked": [one.point.id for one in closing.points]})
    return _told(unit, moves)


def _close(unit: UnitOfWork, moves: Moves, closing: Closing, wishes: Mapping[int, Wish], others: Wish) -> Closing:
    """Settle all points of a meeting: as was said of each, and else as `others`; proposals go on."""
    meeting, now = moves.meeting, moves.now
    columns: dict[str, Any] = {"closed_at": now}
    if not closing.asked_at:
        columns["asked"] = [one.point.id for one in closing.points]
    unit.closings.write(meeting.id, columns)
    for one in closing.points:
        if one.point.id in wishes:
            moves.decide(one.point, wishes[one.point.id], one.fate)
        elif one.fate is None and one.point.state is PointState.ACCEPTED:
            moves.decide(one.point, others if is_asked_about(one.point) else DISCUSSED)
        elif one.fate is None:
            moves.decide(one.point, NOT_DISCUSSED)
    if closing.to_tell:
        targets = [one for one in alert_targets(unit, meeting.id) if one != moves.by_id]
        _plan(unit, AGENDA_CLOSED, meeting, targets, now)
    return replace(_told(unit, moves), closed_at=now)


def _told(unit: UnitOfWork, moves: Moves) -> Closing:
    """Tell what was done; what was told of it before shows what holds now."""
    for kind in (AGENDA_CLOSING, AGENDA_CLOSED):
        unit.notices.changed(kind, str(moves.meeting.id), moves.now)
    agenda_settled(unit, moves.meeting, moves.now, moves.by_id)
    return moves.done()


def _plan(unit: UnitOfWork, kind: str, meeting: Meeting, people: Collection[int], now: datetime) -> None:
    day = meeting.ends.date().isoformat()
    notices = [NewNotice(kind, str(meeting.id), f"{one}@{day}", to_person(one), now) for one in people]
    unit.notices.plan_all(notices, now)


# --- meetings that do not take place


def move_on(unit: UnitOfWork, meeting: Meeting, now: datetime, by_id: int | None) -> None:
    """Let the points that people entered for a cancelled meeting go on, in the transaction that cancelled it."""
    _move_all(unit, Moves(unit, meeting, now, by_id))


def _move_all(unit: UnitOfWork, moves: Moves) -> int:
    """Points of a cancelled meeting; they are not carried on too often by that."""
    closing = closing_of(unit, moves.meeting)
    entered = [one for one in closing.to_tell if one.fate is None and one.point.proposed_at is not None]
    for one in entered:
        moves.decide(one.point, NOT_DISCUSSED, cancelled=True)
    if entered:
        ids = [one.point.id for one in closing.points]
        unit.closings.write(moves.meeting.id, {"closed_at": moves.now, "asked": ids})
        _plan(unit, AGENDA_CLOSED, moves.meeting, alert_targets(unit, moves.meeting.id), moves.now)
        _told(unit, moves)
    return len(entered)


# --- what was promised for a month


def _home(unit: UnitOfWork, waiting: Waiting, coming: Sequence[Meeting], now: datetime) -> Meeting | None:
    """Where a point that waits may go by now."""
    from_ = unit.meetings.by_ids([waiting.from_id], None).get(waiting.from_id) if waiting.from_id else None
    return circle_of(from_).next(coming, waiting.month, now)


def _ready(unit: UnitOfWork, now: datetime) -> tuple[int, ...]:
    """The points that wait for a meeting that there is by now."""
    waiting = unit.closings.waiting()
    coming = unit.meetings.coming(now, now + AHEAD) if waiting else ()
    return tuple(one.point_id for one in waiting if _home(unit, one, coming, now))


def _return(unit: UnitOfWork, point_id: int, now: datetime) -> int:
    """Let a point come back that waited for a meeting."""
    coming = unit.meetings.coming(now, now + AHEAD)
    homes = {one.point_id: _home(unit, one, coming, now) for one in unit.closings.waiting([point_id])}
    home = homes.get(point_id)
    if home is None or unit.seats.locked(home.id) is None:
        return 0
    point = unit.agenda.locked(point_id)
    waiting = unit.closings.waiting([point_id])
    if point is None or not waiting:
        return 0  # somebody was first
    _place(unit, point, home.id, now, None)
    tell_carried(unit, home.id, [point], now, None)
    return 1


def _place(unit: UnitOfWork, point: AgendaPoint, meeting_id: int | None, now: datetime, by_id: int | None) -> None:
    again = {"returns_on": None} if point.recurring else {}
    unit.agenda.write(point.id, {**unit.agenda.placed(meeting_id, point.state, now), **again})
    if point.state is PointState.ACCEPTED:
        agenda_changed(unit, meeting_id, now, by_id)


def _put_off(unit: UnitOfWork, point_id: int, wish: Wish, viewer: Viewer, now: datetime) -> AgendaPoint:
    found = unit.agenda.by_ids([point_id]).get(point_id)
    if found is None:
        raise NoSuchPoint
    meeting = known(unit, found.meeting_id) if found.meeting_id is not None else None
    if not may_arrange(viewer, meeting):
        raise NotCoordinator
    if not found.state.open:
        raise PointSettled
    if fixed_of(found) is not None:
        raise NotThisPoint
    by_id = viewer.person.id if viewer.person else None
    if meeting is None:
        return _promise(unit, found, wish.month, now, by_id)
    moves = Moves(unit, meeting, now, by_id, [wish])
    point = unit.agenda.locked(point_id)
    if point is None or point.meeting_id != meeting.id or not point.state.open:
        raise PointSettled
    moves.decide(point, wish, cancelled=True)
    moves.done()
    agenda_changed(unit, meeting.id, now, by_id)
    return unit.agenda.by_ids([point_id])[point_id]


def _promise(unit: UnitOfWork, point: AgendaPoint, month: date | None, now: datetime, by_id: int | None) -> AgendaPoint:
    """Promise for a month what lies in the backlog: it goes to the meeting of that month as soon as there is one."""
    waiting = Waiting(point.id, unit.closings.origin(point.id), month)
    home = _home(unit, waiting, unit.meetings.coming(now, now + AHEAD), now) if month is not None else None
    if home is not None:
        unit.seats.locked(home.id)
    held = unit.agenda.locked(point.id)
    if held is None or not held.on_the_shelf:
        raise PointSettled
    unit.agenda.write(point.id, {"returns_on": month})
    if home is not None:
        _place(unit, held, home.id, now, by_id)
    return unit.agenda.by_ids([point.id])[point.id]
