"""What is due about approval: asking after a meeting whether it approved the report before, and silence."""

from datetime import datetime

from storage.domain.agenda import Fixed
from storage.domain.approving import (
    APPROVAL_ASKED,
    APPROVED,
    ASKED_WITHIN,
    LOOK_BACK,
    REPORT_APPROVED,
    Approving,
    previous_of,
    silent_from,
)
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Viewer
from storage.domain.reports import Approval, may_correct
from storage.services.action_notices import follow_agenda
from storage.services.objecting import approving, correctors, notices
from storage.services.report_reading import report_of
from storage.services.report_touching import keep_version
from storage.unit_of_work import UnitOfWork


def approved(
    unit: UnitOfWork, meeting: Meeting, how: Approval, now: datetime, by_id: int | None, in_id: int | None
) -> Approving:
    """Approve a report whose meeting is locked."""
    columns = {"approved_at": now, "approved_by_id": by_id, "approved_how": how.value, "approved_in_id": in_id}
    unit.reports.write(meeting.id, **columns)
    keep_version(unit, report_of(unit, meeting), APPROVED, now, by_id)
    show_again(unit, meeting, now)
    return approving(unit, meeting)


def show_again(unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Let the question whether a report was approved show how that stands now, and the agenda which one waits."""
    unit.notices.changed(APPROVAL_ASKED, str(meeting.id), now)
    follow_agenda(unit, meeting, now)


def silent(unit: UnitOfWork, now: datetime) -> tuple[int, ...]:
    """The reports that silence approves now."""
    days = {kind: rules.approve_days for kind, rules in unit.rules.all().items()}
    if not any(days.values()):
        return ()
    waiting = [one.meeting for one in unit.objections.waiting(now - LOOK_BACK) if one.timely]
    standings = unit.reports.standings([one.id for one in waiting])
    due = ((one, silent_from(standings[one.id], one, days[one.kind])) for one in waiting)
    ripe = [one for one, at in due if at is not None and at.timestamp() <= now.timestamp()]
    return tuple(one.id for one in ripe if not _was_opened_again(unit, one) and not approving(unit, one).open)


def _was_opened_again(unit: UnitOfWork, meeting: Meeting) -> bool:
    """Whether somebody opened an approved report again and changed nothing yet: they will say when it is right."""
    last = unit.report_history.latest(meeting.id)
    return last is not None and last.what == APPROVED


def approve_silently(unit: UnitOfWork, meeting_id: int, now: datetime) -> int:
    """Let silence approve a report, unless somebody was first, objected or corrected it; how much was done."""
    meeting = unit.seats.locked(meeting_id)
    if meeting is None or meeting_id not in silent(unit, now):
        return 0
    approved(unit, meeting, Approval.SILENCE, now, None, None)
    told = notices(REPORT_APPROVED, meeting_id, correctors(unit, meeting), now, f"@{now.isoformat()}")
    return unit.notices.plan_all(told, now)


def to_ask(unit: UnitOfWork, now: datetime) -> list[NewNotice]:
    """Who is to be asked whether a meeting that is over approved the previous report, and was not asked yet."""
    waiting = unit.objections.waiting(now - LOOK_BACK)
    if not waiting:
        return []
    found = []
    for meeting in unit.objections.ended(now - ASKED_WITHIN, now):
        report = previous_of(meeting, waiting)
        if report is not None and _stood_on_the_agenda(unit, meeting):
            planned = unit.invitations.planned(APPROVAL_ASKED, report.id)
            asked = {f"{meeting.id}:{one}": one for one in _who_can_tell(unit, meeting, report)}
            found += [
                NewNotice(APPROVAL_ASKED, str(report.id), key, to_person(one), now, data={"in": meeting.id})
                for key, one in asked.items()
                if key not in planned
            ]
    return found


def _who_can_tell(unit: UnitOfWork, meeting: Meeting, report: Meeting) -> tuple[int, ...]:
    """Who runs the meeting, of those who may correct the report: the question tells what people object to it.

    Where none of them may, who ran the meeting of the report.
    """
    run = unit.people.by_ids(correctors(unit, meeting))
    may = tuple(one.id for one in run if may_correct(Viewer(one, member=True), report))
    return may or correctors(unit, report)


def _stood_on_the_agenda(unit: UnitOfWork, meeting: Meeting) -> bool:
    points = unit.agenda.of_meeting(meeting.id)
    return any(fixed_of(one) is Fixed.PREVIOUS_REPORT for one in points)
