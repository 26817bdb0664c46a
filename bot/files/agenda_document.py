"""An agenda as a Word document: the network, the meeting, and each point with its hour, presenter and length."""

from collections.abc import Sequence
from datetime import datetime

from docx.document import Document as Docx
from docx.shared import Cm
from docx.table import _Row

from bot.files import word
from bot.files.characters import one_line
from dialogs.texts import files as file_texts
from dialogs.texts import publishing as texts
from dialogs.texts.words import capital, day, hour, hours
from storage.domain.agenda import AgendaPoint
from storage.domain.publishing import AgendaFile

WIDTHS = (Cm(1.9), Cm(9.6), Cm(3.3), Cm(2.2))
"""Of the columns, together the text's."""


def agenda_document(agenda: AgendaFile, now: datetime) -> bytes:
    """The document. Takes some tenths of a second: call it in a thread."""
    document = word.new_document(texts.agenda_heading(agenda.meeting), now)
    _head(document, agenda)
    if agenda.points:
        _table(document, agenda)
    else:
        document.add_paragraph(texts.FILE_EMPTY)
    local = now.astimezone(agenda.meeting.starts.tzinfo)
    word.foot(document, file_texts.MADE.format(day=day(local.date())))
    return word.written(document)


def _head(document: Docx, agenda: AgendaFile) -> None:
    meeting = agenda.meeting
    document.add_paragraph(one_line(agenda.network.name or texts.NETWORK_AGENDA), style="Subtitle")
    document.add_paragraph(one_line(texts.agenda_heading(meeting)), style="Title")
    if meeting.cancelled:
        document.add_paragraph(texts.FILE_CANCELLED, style="Heading 1")
    word.fact(
        document,
        file_texts.WHEN,
        f"{capital(day(meeting.starts.date()))}, {hours(meeting.starts, meeting.ends)}",
    )
    word.fact(document, file_texts.WHERE, texts.file_where(meeting))
    word.fact(document, texts.FILE_ONLINE, meeting.online_url or "")


def _table(document: Docx, agenda: AgendaFile) -> None:
    table = word.table_of(document, texts.FILE_COLUMNS, WIDTHS)
    for point, starts in zip(agenda.points, agenda.starts, strict=True):
        _row(word.new_row(table), point, starts, texts.under(point, agenda.actions, str))
    word.finished(table, WIDTHS)


def _row(row: _Row, point: AgendaPoint, starts: datetime | None, actions: Sequence[str]) -> None:
    at, said, by, lasts = row.cells
    word.say(at, texts.FILE_HOUR.format(hour=hour(starts)) if starts else "")
    word.say(said, point.title).bold = True
    for line in texts.explained(point).splitlines():
        if line.strip():
            word.add(said, line)
    for line in actions:
        word.add(said, line)
    if attached := texts.attachment(point):
        word.add(said, attached)
    word.say(by, point.presenter or "")
    word.say(lasts, texts.FILE_MINUTES.format(minutes=point.minutes) if point.minutes else "")
