"""Objecting to a report and what becomes of that, as part of a transaction."""

from collections.abc import Iterable
from datetime import datetime

from storage.domain.approving import LONGEST_OBJECTION, OBJECTION_SETTLED, REPORT_OBJECTED, Approving
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Viewer
from storage.domain.planning import tidy
from storage.domain.refusals import NoReport, NoSuchLine, NoSuchObjection, NothingSaid, ReportApproved, TooLong
from storage.domain.reports import Objection
from storage.services.alerts import alert_targets
from storage.services.gate import Chosen, Use, check
from storage.services.points_held import known
from storage.services.report_held import Held, held
from storage.services.report_lines import changed
from storage.unit_of_work import UnitOfWork


def approving(unit: UnitOfWork, meeting: Meeting) -> Approving:
    """How far the approval of a report is."""
    return Approving(meeting, unit.reports.standing(meeting.id), unit.objections.of(meeting.id))


def posted(unit: UnitOfWork, found: Held) -> Approving:
    """The same of a report that was posted. Raises NoReport."""
    if found.standing.posted_at is None:
        raise NoReport
    return approving(unit, found.meeting)


def correctors(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """Who hears of objections: who runs the meeting, and who took its notes."""
    taker = () if meeting.note_taker_id is None else (meeting.note_taker_id,)
    return tuple(dict.fromkeys((*alert_targets(unit, meeting.id), *taker)))


def notices(kind: str, subject: int, people: Iterable[int], now: datetime, event: str = "") -> list[NewNotice]:
    """A notice for each of these people, once; or once for each event."""
    return [NewNotice(kind, str(subject), f"{one}{event}", to_person(one), now) for one in people]


def objected(
    unit: UnitOfWork,
    meeting_id: int,
    line_id: int | None,
    text: str,
    viewer: Viewer,
    now: datetime,
    chosen: Chosen,
) -> Objection:
    """Object to a posted report. See `Approvals`."""
    found = held(unit, meeting_id, viewer)
    by = known(viewer)
    before = posted(unit, found)
    if before.standing.approved_at is not None:
        raise ReportApproved
    _line_to_object_to(unit, found, line_id)
    said = tidy(text, lines=True) or ""
    if not said:
        raise NothingSaid
    if len(said) > LONGEST_OBJECTION:
        raise TooLong
    same = [one for one in before.open if _is_same(one, by.id, line_id, said)]
    if same:
        return same[0]
    check(unit, said, "text", Use.ABOUT_PEOPLE, chosen)
    objection_id = unit.objections.add(meeting_id, line_id, by.id, said, now)
    targets = [one for one in correctors(unit, found.meeting) if one != by.id]
    unit.notices.plan_all(notices(REPORT_OBJECTED, objection_id, targets, now), now)
    return _the(unit, objection_id)


def _line_to_object_to(unit: UnitOfWork, found: Held, line_id: int | None) -> None:
    if line_id is None:
        return
    line = unit.reports.line(found.meeting.id, line_id)
    if line is None or line.removed or (line.line.private and not found.corrects):
        raise NoSuchLine


def _is_same(one: Objection, person_id: int, line_id: int | None, said: str) -> bool:
    about = one.line.id if one.line else None
    return (one.person.id, about, one.text.casefold()) == (person_id, line_id, said.casefold())


def _the(unit: UnitOfWork, objection_id: int) -> Objection:
    found = unit.objections.by_id(objection_id)
    if found is None:
        raise NoSuchObjection
    return found


def settled(
    unit: UnitOfWork,
    objection_id: int,
    taken: bool,
    viewer: Viewer,
    now: datetime,
    new_text: str | None,
    chosen: Chosen,
) -> Objection:
    """Settle an objection. See `Approvals`."""
    report = held(unit, _the(unit, objection_id).meeting_id, viewer)
    report.must_correct()
    report.must_be_open()
    found = _the(unit, objection_id)  # once more, now that nobody else can settle it
    if found.taken is not None:
        raise NoSuchObjection
    if taken and new_text is not None and found.line is not None and not _is_gone(unit, found):
        changed(unit, report.meeting.id, found.line.id, {"text": new_text}, viewer, now, chosen)
    by_id = viewer.person.id if viewer.person else None
    unit.objections.settle(objection_id, taken, by_id, now)
    if found.person.id != by_id:
        unit.notices.plan_all(notices(OBJECTION_SETTLED, objection_id, [found.person.id], now), now)
    unit.notices.changed(REPORT_OBJECTED, str(objection_id), now)
    return _the(unit, objection_id)


def _is_gone(unit: UnitOfWork, found: Objection) -> bool:
    """Whether the line was taken away since somebody objected to it: then there is nothing left to change."""
    line = unit.reports.line(found.meeting_id, found.line.id) if found.line else None
    return line is None or line.removed
