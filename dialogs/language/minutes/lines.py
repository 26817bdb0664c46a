"""A report's text -> its lines: broken lines made whole, page feet left out, marks of layout told apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dialogs.language.minutes.openings import label_of
from dialogs.language.minutes.parts import only_layout
from dialogs.language.minutes.pieces import Piece, joined, piece
from dialogs.language.minutes.qualifiers import surely_person
from dialogs.language.minutes.tidying import tidied
from storage.domain.minutes import Source

LEAST_WIDTH: Final = 50
"""Characters: the lines of a text that was broken to fit a page are at least this long."""

LONG: Final = 60
"""Characters: where lines were not broken to one width, only longer ones go on below."""

WIDEST: Final = 140
"""Characters: no page holds more on a line."""

FEWEST: Final = 3
"""Long lines from which the width of a page can be told."""

NEARLY_FULL: Final = 0.72
"""The part of the width from which a line may have been broken because the next word did not fit."""

LONGEST_FOOT: Final = 160
"""Characters: nothing longer is a page's head or foot."""

_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(
    r"(?:[•·▪■□◦●○►➢➤✓✔❖\uf0b7\uf0a7\uf0d8]|[-–—+*»](?=\s)|->|-->|=>|→|⇒|➔|o(?=\s{1,8}\S))[ \t\xa0]*(?:\[[ xX]?\]\s*)?"
)
_NUMBER_TAB = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[A-Za-z][.)]|[IVX]{1,5}[.)]|punt \d{1,2}:?)[ ]*\t[ \t]*", re.IGNORECASE
)
_HEADING = re.compile(r"(#{1,6})(?=\s|\*)\s*")
_RULE = re.compile(r"[-=_*~–—. ]{3,}$")
_TABLE_RULE = re.compile(r"[|:\-+= ]{3,}$")
_PAGE = re.compile(
    r"\b(?:pagina|pag|blz|bladzijde|page|p)\b[.:]?\s*\d{1,3}(?:\s*(?:van|/|-|of|op)\s*\d{1,3})?\W{0,3}$|"
    r"^\W{0,3}(?:pagina|pag|blz|bladzijde|page)\b[.:]?\s*\d{1,3}(?:\s*(?:van|/)\s*\d{1,3})?\b|"
    r"^\W{0,3}\d{1,3}\s*(?:/|van)\s*\d{1,3}\W{0,3}$|^[-–—]\s?\d{1,3}\s?[-–—]$|^\d{1,3}$",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"~~[^~]+~~")
_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile("\t")
_COLUMNS = re.compile(r"(?<=\S)[ \xa0]{3,}(?=\S)")
_STARTS_ANEW = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+[A-ZÀ-Ý'‘“\"(]|\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s|"
    r"[a-zA-Z][.)]\s|[IVX]{1,5}[.)]\s|[IVX]{1,5}\.\d{1,2}\s|#{1,6}\s|"
    r"(?:[Pp]unt|[Aa]gendapunt|PUNT)\s+\d|[A-ZÀ-Ý][\w/ ’'-]{1,28}(?<!\bom)\s?:(?!\d)",
)
_KEEPS_HYPHEN = re.compile(r"(?:en|of|tot|als|én|maar)\b")
_CLOSES = re.compile(r"[.!?:;…][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, made whole. Its text is without bullet, heading and bold marks; a row of a table has `cells`.

    `bullet` is the mark as it stands there ("-", "->", ""), `level` that of a markdown heading (0: none),
    `bold` whether all of it was bold, `indent` the blanks before it, `gap` whether an empty line comes before it.
    `box` is "open" or "done" for an entry with a box to tick ("[ ]", "[x]") or one that was struck through.
    `begin` and `end` are its edges in the report, marks and all. Cells of a row may be empty; `cells` is empty
    for a line that is no row. `parting` is the mark between them: "|", a tab, or a blank.
    """

    piece: Piece
    begin: int
    end: int
    bullet: str = ""
    level: int = 0
    bold: bool = False
    indent: int = 0
    gap: bool = False
    cells: tuple[Piece, ...] = ()
    parting: str = ""
    box: str = ""

    @property
    def text(self) -> str:
        """The tidied text."""
        return self.piece.text

    @property
    def source(self) -> Source:
        """Where the tidied text stands."""
        return self.piece.source


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line of the text as it is; `page` when pages were parted just before it."""

    start: int
    end: int
    text: str
    page: bool = False


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a report, in order; none is empty."""
    raw = list(_raw(text))
    kept = list(_without_furniture(raw))
    width = _width([one.text for one in kept])
    return tuple(_whole(_lines(kept), width))


def _raw(text: str) -> Iterator[_Raw]:
    start, page = 0, False
    for match in _ENDS.finditer(text):
        yield _Raw(start, match.start(), text[start : match.start()], page)
        start, page = match.end(), match.group() == "\x0c"
    yield _Raw(start, len(text), text[start:], page)


# --- heads and feet of pages


def _without_furniture(raw: list[_Raw]) -> Iterator[_Raw]:
    """All but page numbers, and what stands at a page's edge more than once. A dropped line leaves no gap."""
    pages = [bool(one.text.strip()) and len(one.text) < LONGEST_FOOT and _is_page(one.text) for one in raw]
    filled = [at for at, one in enumerate(raw) if one.text.strip()]
    edges = {at for i, at in enumerate(filled) if _at_edge(raw, pages, filled, i)}
    often = Counter(_shape(raw[at].text) for at in edges)
    first: set[str] = set()
    for at, one in enumerate(raw):
        shape = _shape(one.text) if at in edges else ""
        again = often[shape] > 1 and (shape in first or (_shape(raw[filled[0]].text) == shape and at != filled[0]))
        first.add(shape)
        if not (pages[at] or again):
            yield one


def _is_page(line: str) -> bool:
    return bool(_PAGE.search(line.strip()))


def _at_edge(raw: list[_Raw], pages: list[bool], filled: list[int], i: int) -> bool:
    """Whether the line stands beside a page number or the end of a page."""
    at = filled[i]
    before, behind = filled[i - 1] if i else None, filled[i + 1] if i + 1 < len(filled) else None
    if (before is not None and pages[before]) or (behind is not None and pages[behind]) or i == 0:
        return True
    parted = any(raw[j].page for j in range((before or 0) + 1, at + 1))
    return parted or (behind is not None and any(raw[j].page for j in range(at + 1, behind + 1)))


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


# --- the marks of one line


def _lines(raw: Iterable[_Raw]) -> Iterator[Line]:
    gap = False
    for one in raw:
        if not one.text.strip() or _is_rule(one.text.strip()):
            gap = True
            continue
        line = _line(one, gap=gap)
        if any(cell.text for cell in line.cells or (line.piece,)):
            yield line
            gap = False


def _is_rule(line: str) -> bool:
    return bool(_RULE.match(line) or _TABLE_RULE.match(line))


def _line(raw: _Raw, *, gap: bool) -> Line:
    indent = len(raw.text) - len(raw.text.lstrip())
    rest = piece(raw.text, raw.start).part(indent, len(raw.text)).stripped()
    while rest.text.startswith(">"):
        rest = rest.part(1, len(rest.text)).stripped()
    heading = _HEADING.match(rest.text)
    if heading:
        rest = rest.part(heading.end(), len(rest.text)).stripped("#")
    mark = None if rest.text.startswith("**") else _BULLET.match(rest.text)
    bullet = mark.group().split("[")[0].strip() if mark else ""
    if mark:
        rest = rest.part(mark.end(), len(rest.text)).stripped()
    bold = bool(re.fullmatch(r"(?:\*\*|__)(?:(?!\*\*|__).)+(?:\*\*|__)[:.]?", rest.text))
    row = _kept_tabs(raw, indent) if not mark and not heading else rest
    parting, parts = _cells(row)
    cells = tuple(tidied(cell).stripped() for cell in parts)
    whole = tidied(_spaced(rest)).stripped()
    level = len(heading[1]) if heading else 0
    box = _box(mark.group() if mark else "", rest.text)
    return Line(whole, raw.start, raw.end, bullet, level, bold, indent, gap, cells, parting, box)


def _box(mark: str, text: str) -> str:
    """Whether an entry has a box to tick, and whether it is ticked or struck through."""
    if "[" not in mark:
        return "done" if mark and _STRUCK.match(text) else ""
    return "done" if "x" in mark.lower() or _STRUCK.match(text) else "open"


def _kept_tabs(raw: _Raw, indent: int) -> Piece:
    """The line with the tabs it begins with: the first cells of a row may be empty."""
    start = len(raw.text) - len(raw.text.lstrip(" \xa0"))
    return piece(raw.text, raw.start).part(start if "\t" in raw.text[indent:] else indent, len(raw.text.rstrip()))


def _cells(row: Piece) -> tuple[str, list[Piece]]:
    """What parts the cells of a table's row, and the cells, empty ones too; none when the line is no row."""
    text = row.text
    if text.startswith("|") or text.count("|") > 1 or " | " in text:
        inside = row.part(1 if text[0] == "|" else 0, len(text) - (text[-1] == "|"))
        return "|", list(inside.split(_PIPE))
    number = _NUMBER_TAB.match(text.lstrip())
    if number and "\t" not in text.lstrip()[number.end() :]:
        return "", []
    if "\t" in text:
        return "\t", list(row.split(_TAB))
    columns = list(row.split(_COLUMNS))
    return (" ", columns) if len(columns) > 1 else ("", [])


def _spaced(row: Piece) -> Piece:
    """A tab reads as a blank."""
    return Piece(row.text.replace("\t", " "), row.runs)


# --- broken lines


def _width(texts: list[str]) -> int:
    """How wide the page was on which the lines were broken, in characters; 0 when they were not."""
    lengths = sorted(len(text.strip()) for text in texts if len(text.strip()) >= LEAST_WIDTH)
    if len(lengths) < FEWEST:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    within = sum(length <= width * 1.12 for length in lengths)
    near = sum(width * NEARLY_FULL <= length <= width * 1.12 for length in lengths)
    return width if width <= WIDEST and within >= 0.95 * len(lengths) and near >= 0.6 * len(lengths) else 0


def _whole(lines: Iterable[Line], width: int) -> Iterator[Line]:
    """The lines, with those that were broken put together again."""
    parts: list[Piece] = []
    last: Line | None = None
    tail: Line | None = None
    for line in lines:
        if last and tail and _goes_on(tail, line, width, whole=last):
            parts.append(line.piece)
            tail, last = line, replace(last, end=line.end, cells=_longer(last.cells, line.piece))
            continue
        if last:
            yield replace(last, piece=_glued(parts)) if len(parts) > 1 else last
        last, tail, parts = line, line, [line.piece]
    if last:
        yield replace(last, piece=_glued(parts)) if len(parts) > 1 else last


def _goes_on(line: Line, after: Line, width: int, *, whole: Line) -> bool:
    """Whether the second line is the rest of the first."""
    if line.cells and _closes_cell(line, after):
        return True
    if line.cells or after.cells or after.bullet or after.level or line.level or after.bold != line.bold:
        return False
    if not _broken(line, after, width, whole=whole):
        return False
    return not (only_layout(line.text) or only_layout(after.text) or _is_label(after))


def _broken(line: Line, after: Line, width: int, *, whole: Line) -> bool:
    """Whether the two lines look like one that was broken, by their ends and the width of the page."""
    text, rest = line.text, after.text
    if _hyphened(text, rest):
        return not after.gap or len(text) >= LEAST_WIDTH * 0.75
    lower = rest[0].islower() and not re.match(r"[a-z][.)]\s", rest)
    if after.gap:
        return lower and len(text) >= LEAST_WIDTH * 0.75 and not _CLOSES.search(text) and not rest.startswith("o ")
    if lower and not _CLOSES.search(text):
        return _broken_before_lower(line, after, width, bulleted=bool(whole.bullet))
    if not width or line.end - line.begin < width * NEARLY_FULL:
        return _open_bracket(text) and len(text) >= LEAST_WIDTH * 0.6
    if _STARTS_ANEW.match(rest) or not _did_not_fit(line, rest, width):
        return False
    return not (surely_person(rest) and surely_person(whole.text) and not text.endswith((",", ";")))


def _closes_cell(row: Line, after: Line) -> bool:
    """Whether a row's last cell has a bracket that only the next line closes."""
    if after.cells or after.bullet or after.level or after.gap or not _open_bracket(row.cells[-1].text):
        return False
    return after.text.find(")") >= 0 and "(" not in after.text[: after.text.find(")")]


def _longer(cells: tuple[Piece, ...], rest: Piece) -> tuple[Piece, ...]:
    """The cells of a row, the last one with what stands on the next line."""
    return (*cells[:-1], _glued([cells[-1], rest])) if cells else ()


def _is_label(line: Line) -> bool:
    """Whether a line opens a list of people."""
    found = label_of(line.piece)
    return (
        found is not None
        and found.loud
        and line.text[0].isupper()
        and (not found.rest.text or ":" in line.text[: len(found.label.text) + 12])
    )


def _broken_before_lower(line: Line, after: Line, width: int, *, bulleted: bool) -> bool:
    """Whether a line that begins with a small letter goes on with the one before, which has no end."""
    text = line.text
    if text.endswith((",", "(")) or (bulleted and (width or after.indent > line.indent)):
        return True
    return not text.isupper() and len(text) >= (LEAST_WIDTH * 0.6 if width else LONG)


def _did_not_fit(line: Line, rest: str, width: int) -> bool:
    """Whether the next word would have made the line longer than the page is wide."""
    return line.end - line.begin + 1 + len(rest.split(maxsplit=1)[0]) > width * 0.93


def _open_bracket(text: str) -> bool:
    return text.rfind("(") > text.rfind(")")


def _hyphened(text: str, rest: str) -> bool:
    return len(text) > 1 and text[-1] in "-\xad" and text[-2].isalpha() and rest[:1].islower()


def _glued(parts: list[Piece]) -> Piece:
    """The parts with a blank between them, or with the hyphen at a broken word taken out."""
    if len(parts) == 1:
        return parts[0]
    out: list[Piece] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        if after is None:
            out.append(part)
        elif _hyphened(part.text, after.text) and not _KEEPS_HYPHEN.match(after.text):
            out.append(part.part(0, len(part.text) - 1))
        else:
            out += [part, Piece(" ", ((0, part.source.end),))]
    return joined(out)
