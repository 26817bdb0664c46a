"""An agenda as a Word document: the network, the meeting, and each point with its hour, presenter and length."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.files.characters import one_line
from dialogs.texts import files as file_texts
from dialogs.texts import publishing as texts
from dialogs.texts.words import capital, day, hour, hours
from storage.domain.agenda import AgendaPoint
from storage.domain.publishing import AgendaFile

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "nl-BE"
FONT = "Calibri"
INK = RGBColor(0x1F, 0x3A, 0x5F)
GREY = RGBColor(0x59, 0x59, 0x59)
LINE, SHADE = "C8D1DC", "E9EEF4"
TEXT_WIDTH = Cm(17)
"""Of an A4 page between its margins."""

WIDTHS = (Cm(1.9), Cm(9.6), Cm(3.3), Cm(2.2))
"""Of the columns, together the text's."""


def agenda_document(agenda: AgendaFile, now: datetime) -> bytes:
    """The document. Takes some tenths of a second: call it in a thread."""
    document = Document()
    _set_up(document, agenda, now)
    _head(document, agenda)
    if agenda.points:
        _table(document, agenda)
    else:
        document.add_paragraph(texts.FILE_EMPTY)
    _foot(document, agenda, now)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: Docx, agenda: AgendaFile, now: datetime) -> None:
    """Page, styles, language, and properties: the template's own tell of who made that one."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    normal = _style(document, "Normal")
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE))
    normal.paragraph_format.space_after = Pt(4)
    for name, size, colour in (("Title", 24, INK), ("Subtitle", 11, GREY), ("Heading 1", 13, INK)):
        style = _style(document, name)
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
        style.font.italic = False
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    _properties(document, agenda, now)


def _properties(document: Docx, agenda: AgendaFile, now: datetime) -> None:
    made, known = now.astimezone(UTC).replace(tzinfo=None, microsecond=0), document.core_properties
    known.author = known.last_modified_by = file_texts.AUTHOR
    known.title = one_line(texts.agenda_heading(agenda.meeting))[:255]
    known.subject = known.comments = known.keywords = known.category = ""
    known.created = known.modified = made
    known.revision, known.language = 1, LANGUAGE
    relations = document.part.package.rels if document.part.package else {}
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]


def _style(document: Docx, name: str) -> ParagraphStyle:
    found = document.styles[name]
    if not isinstance(found, ParagraphStyle):  # the template has them
        raise TypeError(name)
    return found


def _head(document: Docx, agenda: AgendaFile) -> None:
    meeting = agenda.meeting
    document.add_paragraph(one_line(agenda.network.name or texts.NETWORK_AGENDA), style="Subtitle")
    document.add_paragraph(one_line(texts.agenda_heading(meeting)), style="Title")
    if meeting.cancelled:
        document.add_paragraph(texts.FILE_CANCELLED, style="Heading 1")
    when = f"{capital(day(meeting.starts.date()))}, {hours(meeting.starts, meeting.ends)}"
    facts = ((texts.FILE_WHEN, when), (texts.FILE_WHERE, texts.file_where(meeting)))
    for label, value in (*facts, (texts.FILE_ONLINE, meeting.online_url or "")):
        if value:
            line = document.add_paragraph()
            line.add_run(f"{label}: ").bold = True
            line.add_run(one_line(value))


def _table(document: Docx, agenda: AgendaFile) -> None:
    table = document.add_table(rows=1, cols=len(WIDTHS))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _borders(table)
    for cell, label in zip(table.rows[0].cells, texts.FILE_COLUMNS, strict=True):
        _say(cell, label).bold = True
        _xml(cell).get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=SHADE))
    _xml(table.rows[0]).get_or_add_trPr().append(_element("w:tblHeader"))
    for point, starts in zip(agenda.points, agenda.starts, strict=True):
        _row(table.add_row(), point, starts)
    for row in table.rows:
        _xml(row).get_or_add_trPr().append(_element("w:cantSplit"))
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = width


def _row(row: _Row, point: AgendaPoint, starts: datetime | None) -> None:
    at, said, by, lasts = row.cells
    _say(at, texts.FILE_HOUR.format(hour=hour(starts)) if starts else "")
    _say(said, point.title).bold = True
    for line in texts.explained(point).splitlines():
        if line.strip():
            _add(said, line)
    if attached := texts.attachment(point):
        _add(said, attached)
    _say(by, point.presenter or "")
    _say(lasts, texts.FILE_MINUTES.format(minutes=point.minutes) if point.minutes else "")


def _say(cell: _Cell, text: str) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    return paragraph.add_run(one_line(text))


def _add(cell: _Cell, text: str) -> None:
    run = cell.add_paragraph().add_run(one_line(text))
    run.font.size, run.font.color.rgb = Pt(10), GREY


def _borders(table: Table) -> None:
    """A thin line between the rows."""
    borders = _element("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
    _xml(table).tblPr.append(borders)


def _foot(document: Docx, agenda: AgendaFile, now: datetime) -> None:
    line = document.sections[0].footer.paragraphs[0]
    line.style = _style(document, "Normal")  # the template's footer has stops for a page of another width
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    local = now.astimezone(agenda.meeting.starts.tzinfo)
    line.add_run(texts.FILE_MADE.format(day=day(local.date())) + "\t" + texts.FILE_PAGE)
    _field(line, "PAGE")
    line.add_run(texts.FILE_OF)
    _field(line, "NUMPAGES")
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(9), GREY


def _field(line: Paragraph, code: str) -> None:
    """A number that the program which shows the document counts itself."""
    for part in (
        _element("w:fldChar", fldCharType="begin"),
        _instruction(code),
        _element("w:fldChar", fldCharType="separate"),
        None,
        _element("w:fldChar", fldCharType="end"),
    ):
        run = line.add_run("1" if part is None else "")
        if part is not None:
            _xml(run).append(part)


def _instruction(code: str) -> Any:
    element = _element("w:instrText")
    element.text = f" {code} "
    return element


def _xml(part: Any) -> Any:
    """The element behind a part of a document, for what python-docx has no name for."""
    return part._element  # noqa: SLF001


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
