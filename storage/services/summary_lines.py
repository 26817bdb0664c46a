"""What stood on a meeting's agenda as lines of its report: what was discussed, and what was put off and to when."""

from datetime import datetime

from storage.domain.agenda import PointKind, PointState
from storage.domain.carrying import Fate, Settled
from storage.domain.meetings import Meeting
from storage.domain.reports import Line, LineKind, NewLine, Origin
from storage.domain.summaries import of_agenda
from storage.services.carrying_points import closing_of
from storage.services.report_touching import touched
from storage.unit_of_work import UnitOfWork


def agenda_settled(unit: UnitOfWork, meeting: Meeting, now: datetime, by_id: int | None) -> None:
    """Let a draft, or a posted summary, tell what became of the points of its meeting, which must be locked."""
    standing = unit.reports.standing(meeting.id)
    if standing.drafted_at is None or standing.approved_at is not None or meeting.cancelled:
        return
    if follow_agenda(unit, meeting, now):
        touched(unit, meeting.id, now, by_id)


def follow_agenda(unit: UnitOfWork, meeting: Meeting, now: datetime) -> bool:
    """Let the lines that come from the agenda be as its points are now; whether any changed. The meeting is locked.

    What somebody corrected or took away stays so. What a delivered report tells itself is not told twice.
    """
    kept = unit.reports.kept(meeting.id)
    there = [one.line for one in kept if not one.removed and one.line.origin is not Origin.AGENDA]
    points = {one.point.id: new for one in closing_of(unit, meeting).to_tell if (new := _line(one)) is not None}
    wanted = {id_: new for id_, new in points.items() if not _is_told(new, there)}
    known = {one.line.id: one for one in kept}
    changed = []
    for point_id, line in of_agenda(one.line for one in kept).items():
        new = wanted.pop(point_id, None)
        if not known[line.id].changed:
            changed.append(_write(unit, line, new, now, gone=known[line.id].removed))
    added = unit.reports.add(meeting.id, list(wanted.values()), None, now)
    return bool(added) or any(changed)


def _write(unit: UnitOfWork, line: Line, new: NewLine | None, now: datetime, gone: bool) -> bool:
    """Let one line be as its point is now; whether it was not."""
    if new is None:
        if not gone:
            unit.reports.write_line(line.id, removed_at=now)
        return not gone
    old = (line.kind, line.text, line.until, line.private)
    if gone or old != (new.kind, new.text, new.until, new.private):
        values = {"text": new.text, "until": new.until or None, "private": new.private}
        unit.reports.write_line(line.id, kind=new.kind.value, removed_at=None, **values)
        return True
    return False


def _line(one: Settled) -> NewLine | None:
    """One point: discussed unless it went elsewhere; nothing of what was only proposed. A case stays private."""
    point = one.point
    if point.state is PointState.PROPOSED:
        return None
    put_off = one.fate in {Fate.CARRIED, Fate.SHELVED, Fate.WAITS}
    return NewLine(
        LineKind.CARRIED if put_off else LineKind.POINT,
        point.title,
        until=_until(one) if put_off else "",
        data={"point": point.id},
        origin=Origin.AGENDA,
        private=point.kind is PointKind.CASE,
    )


def _until(one: Settled) -> str:
    """The day of the meeting at which a point is again, or the month for which it was promised."""
    if one.meeting is not None and one.fate is Fate.CARRIED:
        return one.meeting.starts.date().isoformat()
    return f"{one.point.returns_on:%Y-%m}" if one.point.returns_on else ""


def _is_told(new: NewLine, lines: list[Line]) -> bool:
    """Whether the report tells it itself: its own points, or the same that was put off."""
    if new.kind is LineKind.POINT:
        return any(one.kind is LineKind.POINT and one.origin is Origin.REPORT for one in lines)
    return any(one.kind is new.kind and one.text.casefold() == new.text.casefold() for one in lines)
