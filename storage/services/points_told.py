"""What is told of a point that somebody proposes or changes, planned in the transaction that does it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.domain.agenda import AgendaPoint, PointState
from storage.domain.calendar import SendingHours
from storage.domain.notices import NewNotice, Timing, bundled, to_person
from storage.services.alerts import alert_targets
from storage.services.publishing import agenda_changed
from storage.unit_of_work import UnitOfWork

POINT_PROPOSED = "point_proposed"
POINT_COMMENTED = "point_commented"


def plan_proposed(unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int) -> None:
    """Tell who runs a meeting that something was proposed for it: once in a day's bundle, whatever else comes."""
    at, day = _next_bundle(now)
    notices = [
        NewNotice(POINT_PROPOSED, str(meeting_id), f"{one}@{day}", to_person(one), at, Timing.SMALL)
        for one in alert_targets(unit, meeting_id)
        if one != by_id
    ]
    unit.notices.plan_all(notices, now)


def plan_commented(unit: UnitOfWork, point: AgendaPoint, now: datetime, by_id: int) -> None:
    """Tell the proposer of a point that something was said about it: once in a day's bundle, whatever else comes."""
    if point.proposer_id is None or point.proposer_id == by_id:
        return
    at, day = _next_bundle(now)
    target = to_person(point.proposer_id)
    data = {"since": now.isoformat()}
    unit.notices.plan(NewNotice(POINT_COMMENTED, str(point.id), f"{target}@{day}", target, at, Timing.SMALL, data), now)


def _next_bundle(now: datetime) -> tuple[datetime, str]:
    """When the next bundle of small notices goes out, and its day."""
    at = bundled(now, SendingHours())
    return at, at.astimezone(ZoneInfo(SendingHours().zone)).date().isoformat()


def follow(unit: UnitOfWork, before: AgendaPoint | None, after: AgendaPoint, now: datetime, by_id: int) -> None:
    """Let the agendas on which a point stood and stands follow what became of it, and their history tell it."""
    both = (after,) if before is None else (before, after)
    stood = {one.meeting_id for one in both if one.state is PointState.ACCEPTED and one.meeting_id is not None}
    if stood:
        _note(unit, before, after, now, by_id)
    for meeting_id in sorted(stood):
        agenda_changed(unit, meeting_id, now, by_id)


def _note(unit: UnitOfWork, before: AgendaPoint | None, after: AgendaPoint, now: datetime, by_id: int) -> None:
    """Note how a point stands and where it went; never its words, which may be taken away again."""
    old = before.state.value if before else None
    here = after.meeting_id if after.meeting_id is not None or before is None else before.meeting_id
    if old != after.state.value and here is not None:
        unit.changes.add(here, now, by_id, f"point:{after.id}", old, after.state.value)
    if before is None or before.meeting_id == after.meeting_id:
        return
    field = f"point_meeting:{after.id}"
    if before.meeting_id is not None:
        to = "" if after.meeting_id is None else str(after.meeting_id)
        unit.changes.add(before.meeting_id, now, by_id, field, None, to)
    if after.meeting_id is not None:
        came = None if before.meeting_id is None else str(before.meeting_id)
        unit.changes.add(after.meeting_id, now, by_id, field, came, None)
