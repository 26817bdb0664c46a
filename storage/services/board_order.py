"""The order of an agenda's points, in a transaction that has its meeting locked: numbered from 1 without gaps."""

from collections.abc import Sequence

from storage.domain.agenda import AgendaPoint, Fixed, PointKind, PointState
from storage.domain.composing import fixed_of
from storage.unit_of_work import UnitOfWork

_CLOSING = frozenset({Fixed.VARIA, Fixed.NEXT_MEETINGS, Fixed.CLOSING})


def closes(point: AgendaPoint) -> bool:
    """Whether a point belongs at the end of a meeting: a fixed one, or the varia of an agenda that was imported."""
    return fixed_of(point) in _CLOSING or (point.kind is PointKind.VARIA and point.proposer_id is None)


def before_closing(unit: UnitOfWork, meeting_id: int | None, point_id: int) -> None:
    """Put a point last on its agenda, but for what closes the meeting."""
    if meeting_id is None:
        return
    agenda = unit.agenda.of_meeting(meeting_id)
    own = [one for one in agenda if one.id == point_id]
    others = [one for one in agenda if one.id != point_id]
    end = len(others)
    while end and closes(others[end - 1]):
        end -= 1
    _number(unit, [*others[:end], *own, *others[end:]])


def close_up(unit: UnitOfWork, meeting_id: int) -> None:
    """Number an agenda anew, in the order in which it is."""
    _number(unit, unit.agenda.of_meeting(meeting_id))


def place_among(unit: UnitOfWork, point: AgendaPoint, position: int) -> tuple[int, int]:
    """Give a point this place among those of its meeting or the backlog that stand as it does; its old and new one."""
    group = _beside(unit, point)
    before = next(number for number, one in enumerate(group, 1) if one.id == point.id)
    others = [one for one in group if one.id != point.id]
    after = min(max(1, position), len(group))
    if after != before:
        _number(unit, [*others[: after - 1], point, *others[after - 1 :]])
    return before, after


def lock_backlog(unit: UnitOfWork) -> None:
    """Let others who put the backlog in order wait: it has no meeting to lock."""
    for point_id in sorted(one.id for one in unit.agenda.shelf()):
        unit.agenda.locked(point_id)


def _beside(unit: UnitOfWork, point: AgendaPoint) -> Sequence[AgendaPoint]:
    if point.meeting_id is None:
        return [one for one in unit.agenda.shelf() if one.state is point.state]
    if point.state is PointState.ACCEPTED:
        return unit.agenda.of_meeting(point.meeting_id)
    return unit.agenda.of_meeting(point.meeting_id, [point.state])


def _number(unit: UnitOfWork, points: Sequence[AgendaPoint]) -> None:
    for number, one in enumerate(points, 1):
        if one.position != number:
            unit.agenda.write(one.id, {"position": number})
