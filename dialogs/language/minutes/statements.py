"""What a report tells under its points: sentences and list entries, each with the part of the layout it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dialogs.language.minutes.keyed import read_keyed
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.margins import read_margins
from dialogs.language.minutes.outline import Outline
from dialogs.language.minutes.parts import Label, Part, label
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.sentences import sentences
from dialogs.language.minutes.tables import Row, Table, guessed

_DONE = re.compile(
    r"(?:is |reeds |al )?(?:afgerond|afgewerkt|gedaan|uitgevoerd|voltooid|klaar|gebeurd|afgehandeld|in "
    r"orde|done|ok[eé]?|"
    r"v|x|✓|✔|☑|100 ?%)\b(?! nog\b)|[✓✔☑]",
    re.IGNORECASE,
)
"""What a column "Status" says of work that is over."""

_ENTRY = re.compile(r"[A-Z]?\d{1,2}[.):][ \t]+(?=[^\W\d])")
"""The number of an entry: "2. ", "A3. "."""

_LINE_END = re.compile(r"\n")
A_FEW_WORDS = 3
_ARROWS = frozenset({"->", "-->", "=>", "→", "⇒", "➔", "➢", "►"})


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or entry. `item` is the index of its point, `title` the nearest title above it.

    `pointed`: an arrow leads to it; `first`: nothing of its line comes before it; `entry`: its line is one of a list;
    `owner` and `due` are what a label or a table's columns say of it, `before` is the sentence that comes before it.
    """

    piece: Piece
    part: Part | None = None
    item: int | None = None
    title: Piece | None = None
    owner: str = ""
    due: Piece | None = None
    pointed: bool = False
    first: bool = True
    entry: bool = False
    row: bool = False
    before: str = ""

    @property
    def text(self) -> str:
        """As it reads."""
        return self.piece.text


@dataclass(frozen=True, slots=True)
class _Open:
    """The part that a label opened: `inline` when it ends where its list ends, `entry` when with its own line."""

    part: Part | None = None
    owner: str = ""
    inline: bool = False
    level: int = 0
    entry: bool = False


def statements(
    lines: Sequence[Line], outline: Outline, taken: frozenset[int], tables: Sequence[Table]
) -> list[Statement]:
    """All that is told, in order."""
    return list(_Reading(lines, outline, taken, tables).all())


class _Reading:
    """Goes through the lines once, knowing the part it is in."""

    def __init__(self, lines: Sequence[Line], outline: Outline, taken: frozenset[int], tables: Sequence[Table]) -> None:
        self._lines, self._outline, self._taken = lines, outline, taken
        self._rows = {row.line: row for table in tables for row in table.rows}
        self._heads = {at for table in tables for at in table.all_rows} - set(self._rows)
        self._points = {row.line for table in tables if table.of_points for row in table.rows}
        free = [at for at in range(len(lines)) if at not in taken and at not in outline.headings]
        self._keyed = read_keyed(lines, free)
        self._in_keyed = {at for one in self._keyed.values() for at in one.lines}
        self._margins = read_margins(lines, free)
        self._columns: dict[int, tuple[str, ...]] = {}
        self._open = _Open()
        self._title: Piece | None = None
        self._first = min(outline.headings, default=0) if len(outline.headings) > 1 else 0

    def all(self) -> Iterator[Statement]:
        before = ""
        for at in range(len(self._lines)):
            for one in self._line(at):
                yield replace(one, before=before)
                before = one.text

    def _line(self, at: int) -> Iterator[Statement]:
        line = self._lines[at]
        if at in self._outline.headings and at not in self._rows:
            yield from self._heading(at)
        elif at in self._taken or at in self._heads:
            self._open = _Open() if line.level or not line.cells else self._open
        elif at in self._rows:
            yield from self._row(self._rows[at])
        elif at in self._margins:
            self._open = _Open(self._margins[at].part)
            yield from self._sentences(at, self._margins[at].piece)
            self._open = _Open()
        elif at in self._in_keyed:
            yield from self._by_key(at)
        elif line.cells:
            yield from self._loose_row(at)
        else:
            yield from self._told(at, line.piece)

    def _heading(self, at: int) -> Iterator[Statement]:
        heading = self._outline.headings[at][1]
        self._title = heading.title
        found = label(heading.title.text)
        self._open = _Open(found.part) if found and found.alone else _Open()
        if heading.body is not None and at not in self._taken:
            whole = self._lines[at].piece
            yield from self._told(at, whole.part(len(whole.text) - heading.body, len(whole.text)), after_title=True)

    def _told(self, at: int, piece: Piece, *, after_title: bool = False) -> Iterator[Statement]:
        """The sentences of a line, or of the rest of one."""
        line = self._lines[at]
        found = label(piece.text)
        if found is not None:
            self._opened(found, line)
            piece = piece.part(found.end, len(piece.text)).stripped()
        elif at in self._outline.titles and not after_title:
            self._title = self._outline.titles[at].title
            self._open = _Open()
            return
        elif self._ends_open(line):
            self._open = _Open()
        if at < self._first and self._open.part is None:
            self._open = _Open(Part.OPENING, entry=True)
        if piece.text:
            yield from self._sentences(at, piece)

    def _ends_open(self, line: Line) -> bool:
        """Whether a line without label is outside the part that a label on an earlier line opened."""
        one = self._open
        return one.entry or (one.inline and (not line.bullet or line.bullet in _ARROWS or bool(line.box)))

    def _opened(self, found: Label, line: Line) -> None:
        inline = not found.alone or (line.text.endswith(":") and not (line.bold or line.level))
        entry = bool(line.bullet) and not found.alone and not line.text.endswith(":")
        self._open = _Open(found.part, found.owner, inline, line.level, entry)

    def _sentences(self, at: int, piece: Piece) -> Iterator[Statement]:
        line = self._lines[at]
        if line.box == "done":
            return
        part = Part.ACTION if line.box else self._open.part
        number = _ENTRY.match(piece.text)
        piece = piece.part(number.end() if number else 0, len(piece.text))
        now = Statement(
            piece, part, self._outline.under[at], self._title, self._open.owner, entry=bool(line.bullet or number)
        )
        pointed = line.bullet in _ARROWS
        for i, one in enumerate(sentences(piece)):
            found = label(one.text) if i or pointed else None
            if found is not None and not found.alone:
                rest = one.piece.part(found.end, len(one.text)).stripped()
                now = replace(now, part=found.part, owner=found.owner)
                yield replace(now, piece=rest, first=True)
                continue
            yield replace(now, piece=one.piece, pointed=one.pointed or (pointed and not i), first=not i)

    def _by_key(self, at: int) -> Iterator[Statement]:
        one = self._keyed.get(at)
        if one is not None:
            item = self._outline.under[at]
            yield Statement(one.what, Part.ACTION, item, self._title, one.who, one.when, entry=True, row=True)

    # --- tables

    def _row(self, row: Row) -> Iterator[Statement]:
        item = self._outline.under[row.line]
        self._open = _Open()
        if row.line in self._points:
            at_row = self._outline.headings.get(row.line)
            self._title = at_row[1].title if at_row else self._title
        status = row.cell("status")
        if status is not None and _DONE.match(status.text):
            return
        now = Statement(row.cells[0], item=item, title=self._title, row=True, entry=True)
        who, when = row.cell("who"), row.cell("when")
        for cell, role in zip(row.cells, row.roles, strict=False):
            if not cell.text.strip(" -–—/."):
                continue
            if role == "what":
                for one in cell.split(_LINE_END):
                    yield replace(now, piece=one.stripped(), part=Part.ACTION, owner=who.text if who else "", due=when)
            elif role in {"decision", "mixed", "talk", "later"}:
                yield from self._cell(now, cell, role, who, when)

    def _cell(
        self, now: Statement, cell: Piece, role: str, who: Piece | None, when: Piece | None
    ) -> Iterator[Statement]:
        part = {"decision": Part.DECISION, "mixed": Part.AGREED, "talk": None, "later": Part.CARRIED}[role]
        if role == "later":
            yield replace(now, piece=cell, part=part)
            return
        if part is not None and who is not None:
            yield replace(now, piece=cell, part=Part.ACTION, owner=who.text, due=when)
            return
        for one in sentences(cell):
            found = label(one.text)
            inner = one.piece.part(found.end, len(one.text)).stripped() if found and not found.alone else one.piece
            made = replace(now, piece=inner, part=found.part if found else part, row=False, pointed=one.pointed)
            yield replace(made, owner=found.owner if found else "", due=None)

    def _loose_row(self, at: int) -> Iterator[Statement]:
        """A row of a table that names no columns: a label and what it says, an action, or mere sentences."""
        cells = self._lines[at].cells
        found = label(cells[0].text) if cells[0].text else None
        if found and found.alone and len([one for one in cells if one.text]) > 1:
            self._open = _Open(found.part, found.owner, inline=True)
            for cell in cells[1:]:
                yield from self._sentences(at, cell)
            return
        if self._open.part is Part.ACTION:
            yield from self._guessed(at)
            return
        for cell in cells:
            if len(cell.text.split()) > A_FEW_WORDS:
                yield from self._sentences(at, cell)

    def _guessed(self, at: int) -> Iterator[Statement]:
        if at not in self._columns:
            self._guess(at)
        row = Row(at, self._lines[at].cells, self._columns[at])
        what, who = row.cell("what"), row.cell("who")
        if what is not None:
            item = self._outline.under[at]
            yield Statement(
                what, Part.ACTION, item, self._title, who.text if who else "", row.cell("when"), entry=True, row=True
            )

    def _guess(self, at: int) -> None:
        """The columns of the rows from this one on, guessed once for all of them."""
        end = at
        while end < len(self._lines) and self._lines[end].cells:
            end += 1
        rows = range(at, end)
        roles = guessed([(row, self._lines[row].cells) for row in rows])
        self._columns.update(dict.fromkeys(rows, roles))
