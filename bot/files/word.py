"""What all Word documents of the bot share: page, styles, language, tables with thin lines, and the foot."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from bot.files.characters import one_line
from dialogs.texts import files as texts

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGE = "nl-BE"
FONT = "Calibri"
INK = RGBColor(0x1F, 0x3A, 0x5F)
GREY = RGBColor(0x59, 0x59, 0x59)
LINE, SHADE = "C8D1DC", "E9EEF4"
TEXT_WIDTH = Cm(17)
"""Of an A4 page between its margins."""


def new_document(title: str, now: datetime) -> Docx:
    """An empty document: A4, the styles, the language, and properties that tell nothing but its title."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    normal = style(document, "Normal")
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.append(element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi=LANGUAGE))
    normal.paragraph_format.space_after = Pt(4)
    for name, size, colour in (
        ("Title", 24, INK),
        ("Subtitle", 11, GREY),
        ("Heading 1", 13, INK),
        ("Heading 2", 11, INK),
    ):
        named = style(document, name)
        named.font.name, named.font.size, named.font.color.rgb = FONT, Pt(size), colour
        named.font.italic = False
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            named.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    _properties(document, title, now)
    return document


def written(document: Docx) -> bytes:
    """The document as a file."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: Docx, title: str, now: datetime) -> None:
    """Its properties: the template's own tell of who made that one."""
    made, known = now.astimezone(UTC).replace(tzinfo=None, microsecond=0), document.core_properties
    known.author = known.last_modified_by = texts.AUTHOR
    known.title = one_line(title)[:255]
    known.subject = known.comments = known.keywords = known.category = ""
    known.created = known.modified = made
    known.revision, known.language = 1, LANGUAGE
    relations = document.part.package.rels if document.part.package else {}
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]


def style(document: Docx, name: str) -> ParagraphStyle:
    """A paragraph style of the template, which has it."""
    found = document.styles[name]
    if not isinstance(found, ParagraphStyle):
        raise TypeError(name)
    return found


def fact(document: Docx, label: str, value: str) -> None:
    """A line "Label: value"; nothing without a value."""
    if value:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(one_line(value))


def table_of(document: Docx, columns: Sequence[str], widths: Sequence[Length]) -> Table:
    """A table with a shaded head that is repeated on every page. Give its rows their widths with `finished`."""
    table: Table = document.add_table(rows=1, cols=len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _borders(table)
    for cell, label in zip(table.rows[0].cells, columns, strict=True):
        say(cell, label).bold = True
        xml(cell).get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=SHADE))
    xml(table.rows[0]).get_or_add_trPr().append(element("w:tblHeader"))
    return table


def new_row(table: Table) -> _Row:
    """One more row."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def finished(table: Table, widths: Sequence[Length]) -> None:
    """Give each column its width, for those programs that look there, and each cell; keep rows on one page."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        _kept_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _kept_whole(row: _Row) -> None:
    xml(row).get_or_add_trPr().append(element("w:cantSplit"))


def say(cell: _Cell, text: str) -> Any:
    """Write in a cell; the run."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    return paragraph.add_run(one_line(text))


def add(cell: _Cell, text: str) -> None:
    """A smaller line below what stands in a cell."""
    run = cell.add_paragraph().add_run(one_line(text))
    run.font.size, run.font.color.rgb = Pt(10), GREY


def _borders(table: Table) -> None:
    """A thin line between the rows."""
    borders = element("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
    xml(table).tblPr.append(borders)


def foot(document: Docx, said: str) -> None:
    """The foot of every page: `said`, and the page's number."""
    line = document.sections[0].footer.paragraphs[0]
    line.style = style(document, "Normal")  # the template's footer has stops for a page of another width
    line.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(one_line(said) + "\t" + texts.PAGE)
    _field(line, "PAGE")
    line.add_run(texts.OF_PAGES)
    _field(line, "NUMPAGES")
    for run in line.runs:
        run.font.size, run.font.color.rgb = Pt(9), GREY


def _field(line: Paragraph, code: str) -> None:
    """A number that the program which shows the document counts itself."""
    for part in (
        element("w:fldChar", fldCharType="begin"),
        _instruction(code),
        element("w:fldChar", fldCharType="separate"),
        None,
        element("w:fldChar", fldCharType="end"),
    ):
        run = line.add_run("1" if part is None else "")
        if part is not None:
            xml(run).append(part)


def _instruction(code: str) -> Any:
    made = element("w:instrText")
    made.text = f" {code} "
    return made


def xml(part: Any) -> Any:
    """The element behind a part of a document, for what python-docx has no name for."""
    return part._element  # noqa: SLF001


def element(name: str, **attributes: str) -> Any:
    """A new element of a document's XML."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made
