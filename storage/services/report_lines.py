"""Adding, changing and taking away lines of a report, as part of a transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.domain.agenda import PointKind, PointState
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchLine, NotCoordinator, NotNow, NotRegistered, NotSensible, TooLong
from storage.domain.report_cases import Cases
from storage.domain.report_lines import changed_fields, tidied, with_values
from storage.domain.report_merging import WAS_PRIVATE, KeptLine, is_same
from storage.domain.reports import MOST_LINES, Line, NewLine, Origin
from storage.services.gate import Chosen, Use, check
from storage.services.points_held import known
from storage.services.report_held import Held, held
from storage.services.report_reading import is_ahead, is_own, lines_of, may_see
from storage.services.report_touching import touched
from storage.unit_of_work import UnitOfWork


def noted(
    unit: UnitOfWork,
    new: NewLine,
    meeting_id: int,
    viewer: Viewer,
    now: datetime,
    chosen: Chosen,
    conversation_id: str,
) -> Line:
    """Note something; what stands there already is that line, with what it did not say yet."""
    found = held(unit, meeting_id, viewer)
    by = known(viewer)
    in_its_chat = unit.reports.meeting_of_chat(conversation_id) == meeting_id
    if not (found.corrects or found.meeting.viewer_takes_part or in_its_chat):
        raise NotRegistered
    found.must_be_open()
    if is_ahead(found.meeting, now):
        raise NotNow
    new = replace(tidied(new), origin=Origin.NOTE, certain=found.corrects)
    same = next((one for one in unit.reports.lines(meeting_id) if is_same(one, new)), None)
    if same is not None and may_see(same, found.meeting, viewer, found.standing.posted_at is not None):
        return _completed(unit, found, same, new, viewer, now, chosen)
    return _put(unit, meeting_id, new, by.id, now, chosen)


def _completed(
    unit: UnitOfWork, found: Held, line: Line, new: NewLine, viewer: Viewer, now: datetime, chosen: Chosen
) -> Line:
    """The line, with whose it is or by when where that was not said before, by who may change it."""
    names = ("owner", "due", "until")
    columns: dict[str, Any] = {
        name: getattr(new, name) for name in names if getattr(new, name) and not getattr(line, name)
    }
    if found.corrects and not line.certain:
        columns["certain"] = True
    if columns and _may_change(found, line, viewer):
        _pass(unit, new, tuple(columns), chosen)
        unit.reports.write_line(line.id, **columns)
        touched(unit, found.meeting.id, now, known(viewer).id)
    return the_line(unit, found.meeting.id, line.id)


def added(unit: UnitOfWork, meeting_id: int, new: NewLine, viewer: Viewer, now: datetime, chosen: Chosen) -> Line:
    """Add a line to a report."""
    found = held(unit, meeting_id, viewer)
    found.must_correct()
    found.must_be_open()
    return _put(unit, meeting_id, replace(tidied(new), origin=Origin.TYPED), known(viewer).id, now, chosen)


def _put(unit: UnitOfWork, meeting_id: int, new: NewLine, by_id: int, now: datetime, chosen: Chosen) -> Line:
    cases = cases_of(unit, meeting_id)
    new = replace(new, private=new.private or cases.is_case(new.item_title) or cases.is_told_in(new.text))
    _pass(unit, new, ("text", "owner", "organisation"), chosen)
    if len(unit.reports.lines(meeting_id)) >= MOST_LINES:
        raise TooLong
    (line_id,) = unit.reports.add(meeting_id, [new], by_id, now)
    touched(unit, meeting_id, now, by_id)
    return the_line(unit, meeting_id, line_id)


def changed(
    unit: UnitOfWork,
    meeting_id: int,
    line_id: int,
    values: Mapping[str, Any],
    viewer: Viewer,
    now: datetime,
    chosen: Chosen,
) -> Line:
    """Change fields of a line; what who may correct changes is certain, unless they say that it is not."""
    found, before = _to_change(unit, meeting_id, line_id, viewer)
    if before.removed:
        raise NoSuchLine
    line, new = before.line, with_values(before.line, values)
    fields = changed_fields(line, new)
    if not found.corrects and ("certain" in fields or fields.get("private") is False):
        raise NotCoordinator
    new = _about_a_case(unit, meeting_id, line, new, said="private" in values)
    fields = changed_fields(line, new)
    if not fields:
        return the_line(unit, meeting_id, line_id)
    public_again = line.private and not new.private
    _pass(unit, new, ("text", "owner") if public_again else tuple(fields), chosen)
    columns = {**fields, "changed_at": now}
    if "kind" in fields:
        columns["kind"] = new.kind.value
    if found.corrects and "certain" not in values:
        columns["certain"] = True
    if public_again:
        columns["data"] = {**line.data, WAS_PRIVATE: True}
    unit.reports.write_line(line_id, **columns)
    touched(unit, meeting_id, now, known(viewer).id)
    return the_line(unit, meeting_id, line_id)


def _about_a_case(unit: UnitOfWork, meeting_id: int, line: Line, new: NewLine, *, said: bool) -> NewLine:
    """What is said about a case stays private, whoever asks; what only seems to be so, unless somebody said otherwise.

    Raises NotSensible.
    """
    cases = cases_of(unit, meeting_id)
    if said and line.private and not new.private and cases.is_case(line.item_title):
        raise NotSensible("private")
    seems = new.text != line.text and not said and not line.data.get(WAS_PRIVATE) and cases.is_told_in(new.text)
    return replace(new, private=True) if seems else new


def removed(unit: UnitOfWork, meeting_id: int, line_id: int, viewer: Viewer, now: datetime) -> Line:
    """Take a line away; as it was, with the number that it had."""
    _, before = _to_change(unit, meeting_id, line_id, viewer)
    if before.removed:
        return before.line
    line = the_line(unit, meeting_id, line_id)
    unit.reports.write_line(line_id, removed_at=now, changed_at=now)
    touched(unit, meeting_id, now, known(viewer).id)
    return line


def restored(unit: UnitOfWork, meeting_id: int, line_id: int, viewer: Viewer, now: datetime) -> Line:
    """Put back what was taken away, unless its text was forgotten since."""
    _, before = _to_change(unit, meeting_id, line_id, viewer)
    if not before.line.text:
        raise NoSuchLine
    if before.removed:
        unit.reports.write_line(line_id, removed_at=None, changed_at=now)
        touched(unit, meeting_id, now, known(viewer).id)
    return the_line(unit, meeting_id, line_id)


def the_line(unit: UnitOfWork, meeting_id: int, line_id: int) -> Line:
    """A line of a report with its number. Raises NoSuchLine."""
    posted = unit.reports.standing(meeting_id).posted_at is not None
    lines = lines_of(unit, meeting_id, posted)
    found = next((one for one in lines if one.id == line_id), None)
    if found is None:
        raise NoSuchLine
    return found


def cases_of(unit: UnitOfWork, meeting_id: int) -> Cases:
    """The cases of a meeting, and its other points; also those that were not discussed there and went on."""
    states = [one for one in PointState if one not in {PointState.DECLINED, PointState.WITHDRAWN}]
    away = unit.agenda.by_ids(unit.closings.carried_from(meeting_id)).values()
    points = [*unit.agenda.of_meeting(meeting_id, states), *away]
    cases = tuple(one.title for one in points if one.kind is PointKind.CASE)
    return Cases(cases, tuple(one.title for one in points if one.kind is not PointKind.CASE))


def _to_change(unit: UnitOfWork, meeting_id: int, line_id: int, viewer: Viewer) -> tuple[Held, KeptLine]:
    """A report, locked, and one of its lines that this viewer may change. Raises NoSuchLine, NotCoordinator, …"""
    found = held(unit, meeting_id, viewer)
    line = unit.reports.line(meeting_id, line_id)
    posted = found.standing.posted_at is not None
    if line is None or not may_see(line.line, found.meeting, viewer, posted):
        raise NoSuchLine
    if not _may_change(found, line.line, viewer):
        raise NotCoordinator
    found.must_be_open()
    return found, line


def _may_change(found: Held, line: Line, viewer: Viewer) -> bool:
    return found.corrects or (found.standing.posted_at is None and is_own(line, viewer))


def _pass(unit: UnitOfWork, new: NewLine, names: tuple[str, ...], chosen: Chosen) -> None:
    """Raises IdentifiesSomebody. Whose action it is names a colleague, also where it is about a case."""
    if "text" in names:
        check(unit, new.text, "text", Use.CASE if new.private else Use.WORK, chosen)
    if "owner" in names:
        check(unit, new.owner, "owner", Use.WORK, chosen)
    if "organisation" in names:
        check(unit, str(new.data.get("organisation") or ""), "organisation", Use.WORK, chosen)
