"""A report as a Word document: who was there, each point with what was said and decided, and who does what by when."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as Docx
from docx.shared import Cm

from bot.files import word
from bot.files.characters import one_line
from dialogs.texts import files as file_texts
from dialogs.texts import publishing as agenda_texts
from dialogs.texts import reports as texts
from dialogs.texts.words import capital, day, hours
from storage.domain.network import Network
from storage.domain.reports import Line, LineKind, Report, ReportFile

WIDTHS = (Cm(3.8), Cm(8.6), Cm(4.6))
"""Of the columns of the table of actions, together the text's."""

IN_A_POINT = (LineKind.DISCUSSION, LineKind.DECISION, LineKind.ACTION, LineKind.CARRIED)
LABELS = {
    LineKind.DECISION: texts.DECISION,
    LineKind.ACTION: texts.ACTION,
    LineKind.CARRIED: texts.CARRIED,
}


def report_document(file: ReportFile, now: datetime) -> bytes:
    """The document, without what is private. Takes some tenths of a second: call it in a thread."""
    report, network = file.report, file.network
    document = word.new_document(texts.heading(report.meeting), now)
    _head(document, report, network)
    _people(document, report)
    told = _points(document, report)
    _actions(document, report.of(LineKind.ACTION))
    for kind, title in texts.GROUPED.items():
        _listed(document, title, [one for one in report.of(kind) if one.id not in told])
    if not report.has_material:
        document.add_paragraph(texts.NOTHING)
    if file.left_out:
        document.add_paragraph(texts.CASES_LEFT_OUT).runs[0].italic = True
    local = now.astimezone(report.meeting.starts.tzinfo)
    word.foot(document, file_texts.MADE.format(day=day(local.date())))
    return word.written(document)


def _head(document: Docx, report: Report, network: Network) -> None:
    meeting, standing = report.meeting, report.standing
    document.add_paragraph(one_line(network.name or texts.NETWORK_REPORT), style="Subtitle")
    document.add_paragraph(one_line(texts.heading(meeting)), style="Title")
    document.add_paragraph(_status(report), style="Subtitle")
    when = f"{capital(day(meeting.starts.date()))}, {hours(meeting.starts, meeting.ends)}"
    word.fact(document, file_texts.WHEN, when)
    word.fact(document, file_texts.WHERE, agenda_texts.file_where(meeting))
    word.fact(document, texts.RECORDING, standing.recording_url or "")


def _status(report: Report) -> str:
    standing = report.standing
    if standing.approved_at is not None:
        local = standing.approved_at.astimezone(report.meeting.starts.tzinfo)
        return texts.APPROVED.format(day=day(local.date()))
    return texts.NOT_APPROVED if standing.posted_at is not None else texts.DRAFT


def _people(document: Docx, report: Report) -> None:
    present = [texts.person(one) for one in report.present]
    if more := texts.others(report):
        present.append(more)
    word.fact(document, texts.PRESENT, "; ".join(present))
    word.fact(document, texts.EXCUSED, "; ".join(texts.person(one) for one in report.excused))


def _points(document: Docx, report: Report) -> set[int]:
    """Each point in the order of the meeting, with what belongs to it; then what belongs to none. The lines told."""
    told: set[int] = set()
    for point in _titles(report):
        document.add_paragraph(one_line(_numbered(point)), style="Heading 1")
        for line in report.of(*IN_A_POINT):
            if line.item_title == point.text:
                told.add(line.id)
                _said(document, line)
    _listed(document, texts.DISCUSSED, _without(report.of(LineKind.DISCUSSION), told))
    _listed(document, texts.DECISIONS, _without(report.of(LineKind.DECISION), told))
    return told


def _titles(report: Report) -> tuple[Line, ...]:
    """The titles of the points, each once."""
    titles: dict[str, Line] = {}
    for line in report.of(LineKind.POINT):
        titles.setdefault(line.text, line)
    return tuple(titles.values())


def _numbered(point: Line) -> str:
    return f"{point.item}. {point.text}" if point.item.isdecimal() else f"{point.item} {point.text}".strip()


def _without(lines: Sequence[Line], told: set[int]) -> list[Line]:
    return [one for one in lines if one.id not in told]


def _said(document: Docx, line: Line) -> None:
    label = LABELS.get(line.kind, "")
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(one_line(texts.said(line)))


def _listed(document: Docx, title: str, lines: Sequence[Line]) -> None:
    if not lines:
        return
    document.add_paragraph(title, style="Heading 1")
    for line in lines:
        document.add_paragraph(one_line(texts.said(line)), style="List Bullet")


def _actions(document: Docx, actions: Sequence[Line]) -> None:
    if not actions:
        return
    document.add_paragraph(texts.ACTIONS, style="Heading 1")
    table = word.table_of(document, texts.ACTION_COLUMNS, WIDTHS)
    for action in actions:
        who, what, by = word.new_row(table).cells
        word.say(who, action.owner)
        word.say(what, action.text)
        word.say(by, day(action.due) if action.due else "")
    word.finished(table, WIDTHS)
