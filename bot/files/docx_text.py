"""The text of a Word document as it shows: paragraphs and tables in order, lists with their numbers.

Left out: tracked deletions, hidden text, tables of contents; and all that stands in other parts (comments, footnotes,
headers, footers, macros, embedded and linked files), which are never even read.
"""

import re
from dataclasses import dataclass, field

from bot.files.docx_numbering import Numbering
from bot.files.docx_parts import is_on, number_of, read_numbering
from bot.files.docx_xml import read_part
from bot.files.table_rows import WIDEST, Cell, row_lines
from bot.files.unpacking import unpack
from storage.domain.uploads import Unread, Unreadable

_PARTS = re.compile(r"word/(?:document|styles|numbering)[0-9]*\.xml", re.IGNORECASE)
_CHANGES = ("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid")
_SKIPPED = frozenset({"w:del", "w:moveFrom", "mc:Fallback", *(f"w:{name}Change" for name in _CHANGES)})
"""What was struck out, what only old programs read, and how things looked before a tracked change."""

_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_ARROWS = frozenset({"F0E0", "F0E8", "F0C4", "F0D8"})
"""In Wingdings; Word puts the first where people type -->."""

_INDENT = "  "


def docx_text(data: bytes) -> str:
    """The text, a line per paragraph or row.

    :raises Unreadable: when it is broken, locked, a bomb, or no Word document after all.
    """
    parts = unpack(data, _PARTS)
    main = _part(parts, "document")
    if main is None:
        raise Unreadable(Unread.ARCHIVE)
    body = _Body(read_numbering(_part(parts, "styles"), _part(parts, "numbering")))
    read_part(main, body)
    body.flush()
    return "\n".join(body.lines)


def _part(parts: dict[str, bytes], name: str) -> bytes | None:
    found = min((one for one in parts if one.lower().startswith(f"word/{name}")), default=None)
    return parts[found] if found else None


@dataclass(slots=True)
class _Paragraph:
    pieces: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """Lines of the text boxes that hang on it."""

    style: str = ""
    number: str | None = None
    level: int | None = None
    runs_on: bool = False
    """Whether its end is a tracked deletion: it goes on in the next."""


@dataclass(slots=True)
class _Row:
    cells: list[Cell] = field(default_factory=list)
    deleted: bool = False


class _Body:
    """Hears the elements of word/document.xml."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.lines: list[str] = []
        self.places: list[list[str]] = [self.lines]
        """Where lines go: the page, the cells and text boxes around this spot."""

        self.paragraphs: list[_Paragraph] = []
        self.rows: list[_Row] = []
        self.carried = ""
        self.skipping = 0
        self.hidden = self.in_text = False

    def start(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
            self._note_deletion(name, parent)
        elif name in _STARTS:
            _STARTS[name](self, attributes)
        elif parent == "w:r":
            self._in_run(name, attributes)
        elif self.paragraphs:
            self._describe(name, parent, attributes)

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif name in _ENDS:
            _ENDS[name](self)

    def text(self, text: str) -> None:
        if self.in_text and not self.hidden and not self.skipping and self.paragraphs:
            self.paragraphs[-1].pieces.append(text)

    def _note_deletion(self, name: str, parent: str) -> None:
        """Of a whole row, or of a paragraph's end; the element that says so holds nothing itself."""
        if name == "w:del" and parent == "w:trPr" and self.rows:
            self.rows[-1].deleted = True
        elif name == "w:del" and parent == "w:rPr" and self.paragraphs and not self.paragraphs[-1].pieces:
            self.paragraphs[-1].runs_on = True

    def _in_run(self, name: str, attributes: dict[str, str]) -> None:
        if self.hidden or not self.paragraphs:
            return
        if name in _SIGNS:
            self.paragraphs[-1].pieces.append(_SIGNS[name])
        elif name == "w:sym" and attributes.get("char", "").upper() in _ARROWS:
            self.paragraphs[-1].pieces.append("→")

    def _describe(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        paragraph = self.paragraphs[-1]
        if name == "w:pStyle" and parent == "w:pPr":
            paragraph.style = attributes.get("val", "")
        elif name == "w:numId" and parent == "w:numPr":
            paragraph.number = attributes.get("val", "")
        elif name == "w:ilvl" and parent == "w:numPr":
            paragraph.level = number_of(attributes)

    def begin_paragraph(self, _: dict[str, str]) -> None:
        self.paragraphs.append(_Paragraph())
        self.hidden = False

    def end_paragraph(self) -> None:
        paragraph = self.paragraphs.pop()
        text = self.carried + "".join(paragraph.pieces)
        self.carried = ""
        if paragraph.runs_on:
            self.carried = text
            return
        if not self.numbering.style_name(paragraph.style).startswith("toc "):
            self._write(paragraph, text)

    def _write(self, paragraph: _Paragraph, text: str) -> None:
        if text.strip():
            label, depth = self.numbering.label(paragraph.style, paragraph.number, paragraph.level)
            first, *more = text.strip().split("\n")
            lines = [f"{_INDENT * depth}{label} {first.strip()}" if label else first.rstrip(), *map(str.rstrip, more)]
            self.places[-1].extend(lines)
        elif not paragraph.beside:
            self.places[-1].append("")
        self.places[-1].extend(paragraph.beside)

    def flush(self) -> None:
        """Write what would have gone on in a paragraph that doesn't come."""
        if self.carried:
            self.places[-1].append(self.carried)
            self.carried = ""

    def begin_run(self, _: dict[str, str]) -> None:
        self.hidden = False

    def hide(self, attributes: dict[str, str]) -> None:
        self.hidden = is_on(attributes)

    def begin_text(self, _: dict[str, str]) -> None:
        self.in_text = True

    def end_text(self) -> None:
        self.in_text = False

    def begin_box(self, _: dict[str, str]) -> None:
        self.places.append([])

    def end_box(self) -> None:
        lines = self.places.pop()
        (self.paragraphs[-1].beside if self.paragraphs else self.places[-1]).extend(lines)
        self.hidden = False

    def begin_row(self, _: dict[str, str]) -> None:
        self.rows.append(_Row())

    def end_row(self) -> None:
        row = self.rows.pop()
        lines = [] if row.deleted else row_lines(row.cells)
        self.places[-1].extend(lines)
        if self.rows and self.rows[-1].cells:  # a table in a table
            self.rows[-1].cells[-1].apart = True

    def begin_cell(self, _: dict[str, str]) -> None:
        cell = Cell()
        if self.rows:
            self.rows[-1].cells.append(cell)
        self.places.append(cell.lines)

    def end_cell(self) -> None:
        self.flush()
        self.places.pop()

    def span(self, attributes: dict[str, str]) -> None:
        if self.rows and self.rows[-1].cells:
            self.rows[-1].cells[-1].span = min(max(number_of(attributes, 1), 1), WIDEST)

    def end_table(self) -> None:
        self.places[-1].append("")


_STARTS = {
    "w:p": _Body.begin_paragraph,
    "w:r": _Body.begin_run,
    "w:t": _Body.begin_text,
    "w:txbxContent": _Body.begin_box,
    "w:tr": _Body.begin_row,
    "w:tc": _Body.begin_cell,
    "w:gridSpan": _Body.span,
    "w:vanish": _Body.hide,
}
_ENDS = {
    "w:p": _Body.end_paragraph,
    "w:t": _Body.end_text,
    "w:txbxContent": _Body.end_box,
    "w:tr": _Body.end_row,
    "w:tc": _Body.end_cell,
    "w:tbl": _Body.end_table,
}
