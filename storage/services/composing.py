"""Composing the agenda of a meeting from what stands in the database, and writing it down once it is agreed on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.domain.agenda import AgendaPoint, Fixed, Invite, PointKind, PointState
from storage.domain.composing import (
    FIXED_TITLES,
    Candidate,
    Composition,
    Line,
    compose,
    fixed_of,
    fixed_points,
    promised_for,
)
from storage.domain.meetings import Audience, Meeting, MeetingQuery, Which
from storage.domain.network import DEFAULT_TIMEZONE
from storage.repositories.agenda import OPEN
from storage.services.action_reading import open_before
from storage.services.board_notices import tell_accepted
from storage.services.publishing import agenda_changed
from storage.unit_of_work import UnitOfWork

REMOVED = frozenset({PointState.DECLINED, PointState.WITHDRAWN, PointState.MERGED})
"""A fixed point that a coordinator took off an agenda stays off."""


def composed(
    unit: UnitOfWork,
    meeting: Meeting,
    keep_accepted: bool = False,
    wanted: Callable[[AgendaPoint], bool] = lambda _: True,
) -> Composition:
    """The agenda of a meeting as it is proposed, of those proposals that are `wanted`; see `compose`."""
    points = [*unit.agenda.of_meeting(meeting.id, OPEN), *_returning(unit, meeting)]
    chosen = [one for one in points if one.state is PointState.ACCEPTED or wanted(one)]
    since = _settled_at(unit, meeting.id)
    candidates = [Candidate(one, _is_placed(one, meeting, since)) for one in chosen]
    waiting = len(open_before(unit, meeting))
    return compose(meeting, _fixed(unit, meeting, waiting), candidates, waiting, keep_accepted=keep_accepted)


def _fixed(unit: UnitOfWork, meeting: Meeting, open_actions: int) -> tuple[Fixed, ...]:
    """The fixed points of its kind that nobody took off this agenda."""
    before = unit.meetings.past(MeetingQuery(Which.PREVIOUS, meeting.kind), meeting.starts, DEFAULT_TIMEZONE, None)
    gone = {fixed_of(one) for one in unit.agenda.of_meeting(meeting.id, REMOVED)}
    return tuple(one for one in fixed_points(meeting.kind, bool(before), open_actions) if one not in gone)


def _returning(unit: UnitOfWork, meeting: Meeting) -> list[AgendaPoint]:
    """What lies in the backlog, which is everybody's, and was promised for by now."""
    if meeting.audience is not Audience.NETWORK:
        return []
    return [one for one in unit.agenda.shelf() if promised_for(one, meeting)]


def _settled_at(unit: UnitOfWork, meeting_id: int) -> datetime | None:
    """When the order of this agenda was last chosen: composed, or put so by a coordinator."""
    moments = (unit.agendas.standing(meeting_id).composed_at, unit.agendas.arranged_at(meeting_id))
    return max((one for one in moments if one is not None), default=None)


def _is_placed(point: AgendaPoint, meeting: Meeting, since: datetime | None) -> bool:
    """Whether it stood on this agenda when its order was chosen. What came from a file stands as it does there."""
    if point.state is not PointState.ACCEPTED or point.meeting_id != meeting.id:
        return False
    came = point.decided_at or point.proposed_at
    return came is None or (since is not None and came <= since)


def applied(unit: UnitOfWork, found: Composition, now: datetime, by_id: int | None) -> Composition:
    """Write a composition down as the agenda, in the transaction that locked its meeting. As it then stands.

    `by_id` is None for what is composed by itself. Whose point comes on the agenda by it hears that.
    """
    lines = tuple(_written(unit, found.meeting, line, number, now, by_id) for number, line in enumerate(found.lines, 1))
    for line in found.left_out:
        if line.point is not None and line.point.state is PointState.ACCEPTED:
            back = {"state": PointState.PROPOSED.value, "position": 0, "decided_at": None, "decided_by_id": None}
            unit.agenda.write(line.point.id, back)
    unit.agendas.write(found.meeting.id, composed_at=now)
    agenda_changed(unit, found.meeting.id, now, by_id)
    return replace(found, lines=lines)


def _written(unit: UnitOfWork, meeting: Meeting, line: Line, position: int, now: datetime, by_id: int | None) -> Line:
    if line.point is None:
        point_id = unit.agenda.add(_fixed_row(meeting, line, position))
        return replace(line, point=unit.agenda.by_ids([point_id])[point_id])
    columns: dict[str, Any] = {"position": position, "minutes": line.minutes, "shelved_at": None}
    columns |= {"fixed": line.fixed.value} if line.fixed else {}
    comes = line.point.state is not PointState.ACCEPTED or line.point.meeting_id != meeting.id
    if comes:
        columns |= {"meeting_id": meeting.id, "state": PointState.ACCEPTED.value, "decided_at": now}
        columns["decided_by_id"] = by_id
        if line.point.kind is PointKind.ORGANISATION and line.point.invite is None:
            columns["invite"] = Invite.TO_INVITE.value
    unit.agenda.write(line.point.id, columns)
    point = unit.agenda.by_ids([line.point.id])[line.point.id]
    if comes:
        tell_accepted(unit, point, now, by_id)
    return replace(line, point=point)


def _fixed_row(meeting: Meeting, line: Line, position: int) -> dict[str, Any]:
    fixed = line.fixed or Fixed.VARIA
    values = {"title": FIXED_TITLES[fixed], "fixed": fixed.value, "minutes": line.minutes, "position": position}
    return {"meeting_id": meeting.id, "state": PointState.ACCEPTED.value, **values}
