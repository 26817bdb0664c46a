"""Codes in the margin that say what each line is: "B<tab>Verslag goedgekeurd", "A | ouders verwittigen (Wim)"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.parts import Part
from dialogs.language.minutes.pieces import Piece

LEAST: Final = 3
"""Rows with a code from which, without a legend, letters are codes."""

_USUAL: Final = {"I": Part.TALK, "B": Part.DECISION, "A": Part.ACTION}
_LEGEND: Final = re.compile(
    r"\b(?P<code>[A-Z]{1,2})\s*(?:=|:|staat voor)\s*(?:een |ter )?(?:(?P<decision>beslissing|besluit|beslist)|"
    r"(?P<action>actie|taak|to ?do|opvolging|uit te voeren)|(?P<agreed>afspraak)|"
    r"(?P<talk>info(?:rmatie)?|bespreking|mededeling|toelichting|discussie|kennisname))",
    re.IGNORECASE,
)
_CODED: Final = re.compile(r"[\[(]?(?P<code>[A-Z]{1,2})[\])]?\s*(?:[:–—-]|\|)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code says of a line, and the line without it."""

    part: Part
    piece: Piece


def read_margins(lines: Sequence[Line], free: Sequence[int]) -> dict[int, Coded]:
    """By index, the lines that begin with a code; a legend names the codes, or enough rows show the usual ones."""
    legend = _legend(lines)
    codes = legend or _USUAL
    rows = {at: found for at in free if (found := _row(lines[at], codes))}
    if not legend and (len(rows) < LEAST or len({one.part for one in rows.values()}) < 2):  # noqa: PLR2004
        return {}
    return rows | ({at: found for at in free if (found := _plain(lines[at], codes))} if legend else {})


def _legend(lines: Sequence[Line]) -> Mapping[str, Part]:
    for line in lines:
        found = {match["code"]: Part(str(match.lastgroup)) for match in _LEGEND.finditer(line.text)}
        if len(found) > 1 and all(code.isupper() for code in found):
            return found
    return {}


def _row(line: Line, codes: Mapping[str, Part]) -> Coded | None:
    """A row of a code and a text."""
    filled = [cell for cell in line.cells if cell.text]
    if len(filled) != 2 or filled[0].text.strip("[]().:") not in codes:  # noqa: PLR2004
        return None
    return Coded(codes[filled[0].text.strip("[]().:")], filled[1])


def _plain(line: Line, codes: Mapping[str, Part]) -> Coded | None:
    """A code, a mark and a text on one line."""
    match = None if line.cells else _CODED.match(line.text)
    if match is None or match["code"] not in codes:
        return None
    return Coded(codes[match["code"]], line.piece.part(match.end(), len(line.text)))
