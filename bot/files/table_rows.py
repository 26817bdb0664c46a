"""A table's row as lines of text: cells apart by tabs, and what fills a cell like a page on lines of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST_CELL = 250
"""Characters that several paragraphs in a cell have together at most, to stand on one line with the other cells."""

LONGEST_NUMBER = 4
WITHIN = "; "
"""Between the paragraphs of a short cell, as between the names in a list; not after a sentence, or before a mark."""

_STOPS = (".", "!", "?", ":", ";", ",")

WIDEST = 63
"""Columns that Word gives a table."""


@dataclass(slots=True)
class Cell:
    """What stands in a cell, how many columns it spans, and whether it is a page in itself (a table in a table)."""

    lines: list[str] = field(default_factory=list)
    span: int = 1
    apart: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it can stand on one line with the others."""
        return not self.apart and (len(self.lines) <= 1 or sum(map(len, self.lines)) <= LONGEST_CELL)


def row_lines(cells: Sequence[Cell]) -> list[str]:
    """The lines of a row. A cell over several columns leaves the further ones empty, so that columns stay columns."""
    for cell in cells:
        cell.lines = [line.strip() for line in cell.lines if line.strip()]
    if len(cells) == 1:
        return cells[0].lines
    if all(cell.is_short for cell in cells):
        texts = [text for cell in cells for text in (_on_one_line(cell.lines), *[""] * (cell.span - 1))]
        return _said(texts)
    return _in_turn(cells)


def _in_turn(cells: Sequence[Cell]) -> list[str]:
    """Cell after cell; short ones beside each other stay on one line, and a bare number stays before its text."""
    lines: list[str] = []
    waiting: list[str] = []
    for cell in cells:
        if cell.is_short:
            waiting.append(_on_one_line(cell.lines))
            continue
        if [len(text) <= LONGEST_NUMBER for text in waiting] == [True] and waiting[0]:
            lines += ["\t".join((waiting[0], cell.lines[0])), *cell.lines[1:]]
        else:
            lines += [*_said(waiting), *cell.lines]
        waiting = []
    return lines + _said(waiting)


def _said(texts: list[str]) -> list[str]:
    line = "\t".join(texts).rstrip()
    return [line] if line.strip() else []


def _on_one_line(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        between = "" if not text else " " if text.endswith(_STOPS) else WITHIN
        text += between + (line.removeprefix("- ") if len(lines) > 1 else line).replace("\t", " ")
    return text
