"""What can be found of a meeting: kept in the transaction in which its report or its agenda changes."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from storage.domain.agenda import PointKind, PointState
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.report_merging import folded
from storage.domain.reports import SUMMARISED, Line, LineKind, Report
from storage.domain.search_ranking import Rarity
from storage.domain.searching import line_of, question, sentences
from storage.domain.superseding import Ending, ended, ending, pieces
from storage.repositories.searching import Circle, Indexed
from storage.unit_of_work import UnitOfWork

AGENDA = "agenda"
"""The kind of what is found of an agenda only."""

LONG = 12
"""Letters from which on what stands in a sentence is what that says."""

SEARCHED = (*SUMMARISED, LineKind.DISCUSSION)
"""The kinds of lines that can be found; people and bare titles can't."""


def refresh(unit: UnitOfWork, report: Report, _now: datetime) -> None:
    """Have what can be found follow a posted report, and mark what its decisions put an end to."""
    _keep(unit, report.meeting, tuple(one for one in report.lines if not one.private))
    _mark(unit, report)


def agenda_kept(unit: UnitOfWork, meeting: Meeting) -> None:
    """Have what can be found follow the agenda of a meeting that is published or was held."""
    posted = unit.reports.standing(meeting.id).posted_at is not None
    lines = unit.reports.lines(meeting.id) if posted else ()
    _keep(unit, meeting, tuple(one for one in lines if not one.private))


def _keep(unit: UnitOfWork, meeting: Meeting, lines: tuple[Line, ...]) -> None:
    day = meeting.starts.date()
    said = [one for one in lines if one.kind in SEARCHED]
    marked = [folded(one.text) for one in said if one.kind is not LineKind.DISCUSSION]
    rows = [Indexed(ref, one.kind.value, text, one.item_title, day) for one in said for ref, text in _told(one, marked)]
    titled = {folded(one.item_title) for one in said}
    bare = [one for one in lines if one.kind is LineKind.POINT and folded(one.text) not in titled]
    rows += [Indexed(f"line:{one.id}", one.kind.value, one.text, "", day) for one in bare]
    titled |= {folded(one.text) for one in bare}
    points = [(id_, title) for id_, title in _points(unit, meeting) if folded(title) not in titled]
    rows += [Indexed(f"point:{id_}", AGENDA, title, "", day) for id_, title in points]
    unit.searching.keep(meeting.id, rows)


def _told(line: Line, marked: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is found of a line, with its ref: of what was said each sentence that does not stand among the rest."""
    if line.kind is not LineKind.DISCUSSION:
        yield f"line:{line.id}", told(line)
        return
    for number, sentence in enumerate(sentences(line.text)):
        same = folded(sentence)
        if not any(one == same or (len(one) >= LONG and one in same) for one in marked):
            yield f"line:{line.id}.{number}", sentence


def told(line: Line) -> str:
    """A line as it is found and shown: of an action also whose it is."""
    names_nobody = line.kind is not LineKind.ACTION or not line.owner or folded(line.owner) in folded(line.text)
    return line.text if names_nobody else f"{line.owner}: {line.text}"


def _points(unit: UnitOfWork, meeting: Meeting) -> Iterator[tuple[int, str]]:
    """What everybody who may see the agenda may find of it: no case, and not what stands on every one."""
    if meeting.cancelled or unit.agendas.standing(meeting.id).published_at is None:
        return
    for one in unit.agenda.of_meeting(meeting.id):
        settled = one.state in {PointState.ACCEPTED, PointState.HANDLED}
        if settled and one.kind is not PointKind.CASE and fixed_of(one) is None:
            yield one.id, one.title


# --- what holds no more


def _mark(unit: UnitOfWork, report: Report) -> None:
    """Mark the earlier decisions that this report ends, and its own that a later one, taken in before, ended."""
    day = report.meeting.starts.date()
    decisions = report.of(LineKind.DECISION)
    before = unit.reports.superseded_by({one.id for one in report.of(*LineKind, private=True)})
    unit.reports.write_lines([{"id": one, "superseded_by_id": None} for one in before])
    says = [(one.id, found) for one in decisions if (found := ending(one.text, day))]
    later = [one for one in unit.searching.later(day, LineKind.DECISION.value, pieces()) if decisions]
    says += [(line_of(one.ref), found) for one in later if (found := ending(one.text, one.day))]
    done = unit.reports.superseding({id_ for id_, _ in says})
    days = {line_of(one.ref): one.day for one in later}
    for id_, what in says:
        if id_ not in done:
            _end(unit, id_, what, days.get(id_, day))


def _end(unit: UnitOfWork, by_id: int, what: Ending, said_on: date) -> None:
    asked = question(what.words)
    if not asked.wanted:
        return
    counts, total = unit.searching.counts(asked.terms())
    found = unit.searching.found(
        asked.among(counts), Rarity(counts, total), Circle(everything=True), [LineKind.DECISION.value], said_on
    )
    lines = unit.reports.by_ids([line_of(one.ref) for _, one in found])
    open_ = [one for _, one in found if (line := lines.get(line_of(one.ref))) and line.superseded_by_id is None]
    old = ended(what, open_)
    if old is not None:
        unit.reports.write_line(line_of(old.ref), superseded_by_id=by_id)
