"""A PDF page as lines of text: what stands on one height is one line, and a ruled table's row is one line too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.files.pdf_page import Page, Piece
from bot.files.table_rows import Cell, row_lines

SAME_HEIGHT = 0.45
"""Of the letters' height: pieces whose baselines differ less stand on one line (a raised number does)."""

NO_GAP, COLUMN_GAP = 0.14, 1.5
"""Of the letters' height: below the first, pieces are one word; from the second on, they are columns."""

PARAGRAPH_GAP = 1.3
"""Times the usual distance between lines: from there on an empty line shows that something new begins."""

NEAR = 3.0
"""Points within which ruled lines are one."""

FEWEST_COLUMNS = 2
"""Of a table; a text in a box is no table."""

INDENT = 18.0
"""Points that a list goes inward, at least."""

LONGEST_LABEL = 5
_BULLET = re.compile(r"^(?:[\uf0b7\uf0a7\uf0d8\uf0a8\uf02d\uf0fc•▪●○◦‣∙■□➢➤✓*–-]\s*|o (?=\S))")
_MINUS = frozenset("-*–")
_ARROW = str.maketrans({"\uf0e0": "→", "\uf0e8": "→"})


@dataclass(frozen=True, slots=True)
class _Line:
    base: float
    size: float
    left: float
    right: float
    text: str


@dataclass(frozen=True, slots=True)
class _Band:
    """A table's row: between which heights, and where its columns end."""

    bottom: float
    top: float
    edges: tuple[float, ...]

    def holds(self, piece: Piece) -> bool:
        middle = piece.base + piece.size * 0.3
        return self.bottom < middle < self.top and self.edges[0] - NEAR < piece.left < self.edges[-1]


def page_lines(page: Page) -> list[str]:
    """The page's lines from top to bottom, an empty one where paragraphs part; table cells are apart by tabs."""
    bands = _bands(page)
    loose, rows = _parted(page.pieces, bands)
    lines = _lines(loose)
    margin = min((line.left for line in lines), default=0.0)
    bullets = _merged(line.left for line in lines if _bullet(line, margin))
    said = [replace(line, text=_marked(line, margin, bullets)) for line in lines]
    placed = [(line.base, line.size, [line.text]) for line in said]
    placed += [(band.bottom, 0.0, row_lines(_cells(band, pieces))) for band, pieces in rows if pieces]
    placed.sort(key=lambda one: -one[0])
    return _spaced(placed, _pitch(lines))


def _spaced(placed: Sequence[tuple[float, float, list[str]]], pitch: float) -> list[str]:
    out: list[str] = []
    for place, (base, size, lines) in enumerate(placed):
        before = placed[place - 1] if place else None
        between_rows = before is not None and not size and not before[1]
        if before is not None and not between_rows and (before[0] - base > pitch or not size or not before[1]):
            out.append("")
        out.extend(lines)
    return out


def _pitch(lines: Sequence[_Line]) -> float:
    """The distance between two lines above which they belong to two paragraphs."""
    gaps = [above.base - below.base for above, below in pairwise(lines) if above.base - below.base < 3 * above.size]
    return median(gaps) * PARAGRAPH_GAP if gaps else float("inf")


def _lines(pieces: Iterable[Piece]) -> list[_Line]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (-one.base, one.left)):
        head = rows[-1][0] if rows else None
        if head is not None and head.base - piece.base < SAME_HEIGHT * max(head.size, piece.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(row) for row in rows]


def _line(row: list[Piece]) -> _Line:
    row.sort(key=lambda one: one.left)
    text, right = "", row[0].left
    for piece in row:
        size, gap = max(piece.size, 1.0), piece.left - right
        if not text or gap < NO_GAP * size or text.endswith((" ", "\t")) or piece.text.startswith(" "):
            between = ""
        else:
            between = " "
        if text.strip() and gap > COLUMN_GAP * size:
            between = " " if _is_label(text) else "\t"
            text = text.rstrip(" ")
        text += between + piece.text
        right = max(right, piece.right)
    widest = max(row, key=lambda one: len(one.text))
    clean = re.sub(r"(?: {2,}|(?<=\t) +| +(?=\t))", lambda found: " " if found[0].count(" ") > 1 else "", text)
    return _Line(widest.base, widest.size, row[0].left, right, clean.translate(_ARROW).strip())


def _is_label(text: str) -> bool:
    """Whether this is the number or bullet of a list, after which a gap is only a space."""
    said = text.strip()
    return "\t" not in said and len(said) <= LONGEST_LABEL and (said[-1:] in ".)" or not said.isalpha() or said == "o")


def _bullet(line: _Line, margin: float) -> str:
    """The bullet that begins a line, if one does: an o only where it stands inward, a minus only before a word."""
    found = _BULLET.match(line.text)
    if found is None or not line.text[found.end() :]:
        return ""
    unsure = (found[0][0] == "o" and line.left - margin < INDENT) or found[0] in _MINUS
    return "" if unsure or line.text[found.end()].isdigit() else found[0]


def _marked(line: _Line, margin: float, bullets: Sequence[float]) -> str:
    """The line, with a bullet written as "- " and as deep as it stands among the page's bullets."""
    bullet = _bullet(line, margin)
    if not bullet:
        return line.text
    depth = sum(left + NEAR < line.left for left in bullets)
    return "  " * depth + "- " + line.text[len(bullet) :]


def _bands(page: Page) -> list[_Band]:
    """The rows of ruled tables: two lines across with at least three lines down between them."""
    heights = _merged(y for y, left, right in page.across if right - left > NEAR)
    bands = []
    for bottom, top in pairwise(heights):
        down = _merged(x for x, low, high in page.down if low < bottom + NEAR * 2 and high > top - NEAR * 2)
        if len(down) > FEWEST_COLUMNS and top - bottom > 2 * NEAR:
            bands.append(_Band(bottom, top, tuple(down)))
    return bands


def _merged(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > NEAR:
            kept.append(place)
    return kept


def _parted(pieces: Iterable[Piece], bands: Sequence[_Band]) -> tuple[list[Piece], list[tuple[_Band, list[Piece]]]]:
    """The pieces outside of tables, and those of each row."""
    rows: list[tuple[_Band, list[Piece]]] = [(band, []) for band in bands]
    loose: list[Piece] = []
    for piece in pieces:
        home = next((held for band, held in rows if band.holds(piece)), loose)
        home.append(piece)
    return loose, rows


def _cells(band: _Band, pieces: Sequence[Piece]) -> list[Cell]:
    cells = []
    for left, right in pairwise(band.edges):
        inside = [piece for piece in pieces if left - NEAR <= piece.left + min(NEAR, piece.right - piece.left) < right]
        taken = [piece for piece in inside if piece.left >= left - NEAR]
        cells.append(Cell(_joined(_lines(taken), right)))
    return cells


def _joined(lines: Sequence[_Line], edge: float) -> list[str]:
    """The paragraphs in a cell: a line goes on in the next when that one's first word had no more room."""
    paragraphs: list[str] = []
    for above, line in zip([None, *lines], lines, strict=False):
        marked = _marked(line, line.left, ())
        if above is not None and marked == line.text and above.right + _first_word(line) > edge - 2 * NEAR:
            paragraphs[-1] += ("" if paragraphs[-1].endswith("-") else " ") + line.text
        else:
            paragraphs.append(marked)
    return paragraphs


def _first_word(line: _Line) -> float:
    """How wide a line's first word is with the space before it, about."""
    return (line.right - line.left) / max(len(line.text), 1) * (len(line.text.split(maxsplit=1)[0]) + 1)
