"""The list of who was at a meeting as somebody corrects it, in a transaction: from then on that is the list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.domain.people import Viewer
from storage.domain.refusals import NothingSaid, TooLong
from storage.domain.report_lines import tidied
from storage.domain.report_merging import folded
from storage.domain.reports import MOST_LINES, Line, LineKind, NewLine, Origin, Present, Report
from storage.services.gate import Chosen, Use, check
from storage.services.points_held import known
from storage.services.report_held import held
from storage.services.report_reading import report_of
from storage.services.report_touching import touched
from storage.unit_of_work import UnitOfWork

FIELDS = {LineKind.ATTENDEE: "present", LineKind.EXCUSED: "excused"}
"""What a list of each is called where it may identify somebody."""


def listed(
    unit: UnitOfWork, meeting_id: int, people: Sequence[NewLine], viewer: Viewer, now: datetime, chosen: Chosen
) -> Report:
    """Make these the people of a report: who is not among them goes off the list, what was known of the others stays.

    Raises NoSuchMeeting, NotCoordinator, MeetingCancelled, ReportApproved, IdentifiesSomebody, TooLong; NothingSaid
    where nobody was there. What may identify somebody is a whole list, a name on a line.
    """
    found = held(unit, meeting_id, viewer)
    found.must_correct()
    found.must_be_open()
    report, by_id = report_of(unit, found.meeting), known(viewer).id
    wanted = {(one.kind, folded(one.text)): _told(report, one) for one in map(tidied, people)}
    if not any(kind is LineKind.ATTENDEE for kind, _ in wanted):
        raise NothingSaid
    if len(report.lines) + len(wanted) > MOST_LINES:
        raise TooLong
    there = {(one.kind, folded(one.text)): one for one in report.lines if one.kind in FIELDS and not one.private}
    new = [one for key, one in wanted.items() if key not in there]
    for kind, field in FIELDS.items():
        if any(one.kind is kind for one in new):
            said = "\n".join(one.text for one in wanted.values() if one.kind is kind)
            check(unit, said, field, Use.WORK, chosen)
    unit.reports.write_lines([_settled(one, key in wanted, now) for key, one in there.items()])
    unit.reports.add(meeting_id, new, by_id, now)
    touched(unit, meeting_id, now, by_id)
    return report_of(unit, found.meeting)


def _told(report: Report, new: NewLine) -> NewLine:
    """Somebody on the list, with what was known of who is called so: from whom they came, and for whom."""
    called = [one for one in (*report.present, *report.excused) if folded(one.name) == folded(new.text)]
    known_ = _data(called[0]) if len(called) == 1 else {}
    return replace(new, data={**known_, **new.data}, origin=Origin.TYPED)


def _data(one: Present) -> dict[str, Any]:
    said = {"organisation": one.organisation, "role": one.role, "replaces": one.replaces}
    return {name: value for name, value in said.items() if value}


def _settled(line: Line, stays: bool, now: datetime) -> dict[str, Any]:
    """A note that stays is part of the list from now on; what is not on it was taken away by somebody."""
    origin = Origin.TYPED if line.origin is Origin.NOTE and stays else line.origin
    removed_at = None if stays else now
    return {"id": line.id, "origin": origin.value, "removed_at": removed_at, "changed_at": now}
