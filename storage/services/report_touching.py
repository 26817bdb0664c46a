"""What follows in the same transaction when the lines of a report change: its version, what shows it, who follows."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from storage.domain.approving import REPORT_OBJECTED
from storage.domain.people import Viewer
from storage.domain.report_lines import https_link
from storage.domain.reports import (
    SUMMARY,
    SUMMARY_DRAFT,
    SUMMARY_EXCUSED,
    SUMMARY_POST,
    Line,
    Report,
    ReportStanding,
)
from storage.repositories.report_history import Version
from storage.services.report_followers import follow
from storage.services.report_held import held
from storage.services.report_reading import report_of
from storage.unit_of_work import UnitOfWork

CORRECTED = "corrected"
"""What a version is called that somebody made of a posted report."""

TOGETHER = timedelta(hours=1)
"""What one person corrects within this time is one version."""


def touched(unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None = None) -> None:
    """To be called after every change of lines: a posted report becomes a new version, and what shows it follows.

    `by_id` is who changed it; None where nobody did.
    """
    _show_again(unit, meeting_id, now)
    standing = unit.reports.standing(meeting_id)
    if standing.posted_at is None:
        return
    for objection in unit.objections.of(meeting_id):  # their cards hold the line as it is to become
        unit.notices.changed(REPORT_OBJECTED, str(objection.id), now)
    unit.reports.write(meeting_id, version=standing.version + 1, corrected_at=now)
    meeting = unit.meetings.by_ids([meeting_id], None)[meeting_id]
    report = report_of(unit, meeting)
    private = {one.id for one in report.lines if one.private}
    if private:
        unit.report_history.take_out(meeting_id, private)
    keep_version(unit, report, CORRECTED, now, by_id)
    follow(unit, report, now)


def _show_again(unit: UnitOfWork, meeting_id: int, now: datetime) -> None:
    for kind in (SUMMARY_POST, SUMMARY, SUMMARY_EXCUSED, SUMMARY_DRAFT):
        # Mostly there is none, and looking costs less than updating nothing.
        if unit.seats.is_told(kind, meeting_id):
            unit.notices.changed(kind, str(meeting_id), now)


def keep_version(unit: UnitOfWork, report: Report, what: str, now: datetime, by_id: int | None = None) -> None:
    """Keep a report as it is now, without what is private; corrections by one person within the hour are one version.

    Also to be called when it is posted ("posted") or approved ("approved").
    """
    last = unit.report_history.latest(report.meeting.id)
    again = last is not None and what == last.what == CORRECTED and last.by_id == by_id and now - last.at < TOGETHER
    number = 1 if last is None else last.number if again else last.number + 1
    lines = tuple(as_kept(one) for one in report.lines if not one.private)
    unit.report_history.keep(report.meeting.id, Version(number, what, lines, by_id, now))


def as_kept(line: Line) -> Mapping[str, Any]:
    """A line as a version keeps it: JSON; what is empty is left out."""
    names = ("id", "number", "text", "item", "item_title", "owner", "due", "until")
    found: dict[str, Any] = {"kind": line.kind.value} | {name: getattr(line, name) for name in names}
    people = {name: line.data[name] for name in ("organisation", "role", "replaces") if line.data.get(name)}
    found |= people | {"certain": line.certain}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items() if value}


def linked(
    unit: UnitOfWork, meeting_id: int, viewer: Viewer, now: datetime, recording: str | None, report: str | None
) -> ReportStanding:
    """Keep where the recording and the full report are; what is None stays as it is.

    That corrects nothing: it is no new version, and may be done once the report is approved.
    """
    found = held(unit, meeting_id, viewer)
    found.must_correct()
    said = {"recording_url": (recording, "recording"), "report_url": (report, "report")}
    links = {column: https_link(text, name) or None for column, (text, name) in said.items() if text is not None}
    if any(getattr(found.standing, column) != link for column, link in links.items()):
        unit.reports.write(meeting_id, **links)
        _show_again(unit, meeting_id, now)
    return unit.reports.standing(meeting_id)
