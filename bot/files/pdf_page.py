"""What stands where on a PDF page: pieces of text with their widths, and the ruled lines of tables.

Reads the page's operators (ISO 32000-1, 8 and 9) as far as text goes; pypdf parses them and knows the fonts.
"""

import math
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, StreamObject
from pypdf.generic._font import Font

DEEPEST_FORM, MOST_FORMS = 4, 200
MOST_PIECES = 100_000
THINNEST_RULE = 3.0
"""Points: a rectangle thinner than this is a line."""

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_TURNED: dict[int, Matrix] = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, 1, -1, 0, 0, 0)}
"""How a page that is shown turned shows its points."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together: from where to where, its baseline, and the height of its letters; in points."""

    left: float
    right: float
    base: float
    size: float
    text: str


@dataclass(slots=True)
class Page:
    """A page's pieces, and its ruled lines: those across as (y, left, right), those down as (x, bottom, top)."""

    pieces: list[Piece] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    images: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    letter_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def read_page(page: PageObject) -> Page:
    """What stands on a page."""
    reader = _PageReader(page.pdf)
    contents = page.get("/Contents")
    if contents is not None:
        reader.run(contents.get_object(), page.get("/Resources"), _TURNED.get(page.rotation % 360, UNIT), 0)
    return reader.page


class _PageReader:
    def __init__(self, pdf: Any) -> None:
        self.pdf, self.page = pdf, Page()
        self.state, self.line, self.at = _State(), UNIT, UNIT
        self.point, self.path = (0.0, 0.0), list[tuple[float, float, float, float]]()
        self.forms = 0
        self.fonts: dict[int, Font] = {}

    def run(self, contents: Any, resources: Any, matrix: Matrix, depth: int) -> None:
        """Carry out one content stream: the page's own, or that of a form on it."""
        resources = resources.get_object() if resources is not None else {}
        stack: list[_State] = []
        outer, self.state = self.state, replace(self.state, matrix=matrix)
        for operands, operator in ContentStream(contents, self.pdf, "bytes").operations:
            if operator == b"q":
                stack.append(self.state)
            elif operator == b"Q":
                self.state = stack.pop() if stack else self.state
            elif operator == b"Do":
                self._draw(operands, resources, depth)
            elif operator == b"Tf":
                self._choose_font(operands, resources)
            else:
                self._carry_out(operator, operands)
        self.state = outer

    def _carry_out(self, operator: bytes, operands: Any) -> None:
        action = _ACTIONS.get(operator)
        if action is not None:
            try:
                action(self, *operands)
            except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
                return  # one operator that makes no sense; viewers go on as well

    def _draw(self, operands: Any, resources: Any, depth: int) -> None:
        drawn = _entry(resources, "/XObject", operands)
        if not isinstance(drawn, StreamObject):
            return
        if drawn.get("/Subtype") == "/Image":
            self.page.images += 1
        elif drawn.get("/Subtype") == "/Form" and depth < DEEPEST_FORM and self.forms < MOST_FORMS:
            self.forms += 1
            own = [float(number) for number in drawn.get("/Matrix", UNIT)]
            matrix = times((own[0], own[1], own[2], own[3], own[4], own[5]), self.state.matrix)
            self.run(drawn, drawn.get("/Resources", resources), matrix, depth + 1)

    def _choose_font(self, operands: Any, resources: Any) -> None:
        found = _entry(resources, "/Font", operands)
        size = float(operands[1]) if len(operands) > 1 else self.state.size
        font = None
        if isinstance(found, DictionaryObject):
            font = self.fonts.get(id(found))
            if font is None:
                font = self.fonts[id(found)] = Font.from_font_resource(found)
        self.state = replace(self.state, font=font, size=size)

    def transform(self, *numbers: float) -> None:
        a, b, c, d, e, f = map(float, numbers)
        self.state = replace(self.state, matrix=times((a, b, c, d, e, f), self.state.matrix))

    def set(self, name: str, value: float) -> None:
        change: dict[str, Any] = {name: float(value)}
        self.state = replace(self.state, **change)

    def begin_text(self) -> None:
        self.line = self.at = UNIT

    def place(self, *numbers: float) -> None:
        a, b, c, d, e, f = map(float, numbers)
        self.line = self.at = (a, b, c, d, e, f)

    def move(self, x: float, y: float) -> None:
        self.line = self.at = times((1, 0, 0, 1, float(x), float(y)), self.line)

    def move_leading(self, x: float, y: float) -> None:
        self.set("leading", -y)
        self.move(x, y)

    def next_line(self) -> None:
        self.move(0, -self.state.leading)

    def show(self, text: Any) -> None:
        self.show_spaced([text])

    def show_next(self, text: Any) -> None:
        self.next_line()
        self.show(text)

    def show_next_spaced(self, word: float, letter: float, text: Any) -> None:
        self.set("word_space", word)
        self.set("letter_space", letter)
        self.show_next(text)

    def show_spaced(self, parts: Any) -> None:
        """Text with moves between: a move as wide as a space is one, a wider one begins a new piece."""
        state = self.state
        if state.font is None or not state.font.interpretable or not state.size:
            return
        written, begun = "", 0.0
        along = 0.0
        for part in parts:
            if isinstance(part, (int, float)):
                step = -float(part) / 1000 * state.size * state.stretch
                if step > state.size * _SPACE and written and not written.endswith(" "):
                    if step > state.size * _GAP:
                        self._keep(written, begun, along)
                        written, begun = "", along + step
                    else:
                        written += " "
                along += step
                continue
            text, width = shown(part, state.font, state)
            if not written:
                begun = along
            written += text
            along += width
        self._keep(written, begun, along)
        self.at = times((1, 0, 0, 1, along, 0), self.at)

    def _keep(self, text: str, begun: float, ended: float) -> None:
        matrix = times(self.at, self.state.matrix)
        if abs(matrix[1]) > abs(matrix[0]):  # text that stands on its side
            return
        if not text.strip() or len(self.page.pieces) >= MOST_PIECES:
            return
        left, right = (matrix[0] * x + matrix[4] for x in (begun, ended))
        base = matrix[3] * self.state.rise + matrix[5]
        size = self.state.size * math.hypot(matrix[2], matrix[3])
        if all(map(math.isfinite, (left, right, base, size))):
            self.page.pieces.append(Piece(min(left, right), max(left, right), base, abs(size), text))

    def begin_path(self, x: float, y: float) -> None:
        self.point = (float(x), float(y))

    def draw_line(self, x: float, y: float) -> None:
        self.path.append((*self.point, float(x), float(y)))
        self.point = (float(x), float(y))

    def draw_box(self, x: float, y: float, width: float, height: float) -> None:
        left, bottom, right, top = float(x), float(y), float(x + width), float(y + height)
        sides = [(left, bottom, right, bottom), (left, top, right, top)]
        self.path += [*sides, (left, bottom, left, top), (right, bottom, right, top)]

    def paint(self) -> None:
        """Keep what is drawn as ruled lines, where it goes straight across or down."""
        a, b, c, d, e, f = self.state.matrix
        for x1, y1, x2, y2 in self.path[:1000]:
            left, right = sorted((a * x1 + c * y1 + e, a * x2 + c * y2 + e))
            bottom, top = sorted((b * x1 + d * y1 + f, b * x2 + d * y2 + f))
            if top - bottom < THINNEST_RULE < right - left:
                self.page.across.append(((bottom + top) / 2, left, right))
            elif right - left < THINNEST_RULE < top - bottom:
                self.page.down.append(((left + right) / 2, bottom, top))
        self.path = []

    def end_path(self) -> None:
        self.path = []


_SPACE, _GAP = 0.18, 1.2
"""Of the letters' height: from where a move is a space, and from where what follows stands apart."""


def times(first: Matrix, then: Matrix) -> Matrix:
    """One transformation after another."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def shown(part: Any, font: Font, state: _State) -> tuple[str, float]:
    """What a string of a content stream shows, and how wide."""
    if isinstance(part, bytes):
        wide_codes, encoding = (font.encoding, {}) if isinstance(font.encoding, str) else ("latin-1", font.encoding)
        codes = part.decode(wide_codes, "replace")
        letters = [encoding.get(ord(code), code) for code in codes]
        text = "".join(font.character_map.get(letter, letter) for letter in letters)
    else:
        text = codes = str(part)
    widths = font.character_widths
    usual = widths.get("default", 500)
    wide = sum(widths.get(code, usual) for code in codes)
    spaces = codes.count(" ") * state.word_space
    return text, (float(wide) * state.size / 1000 + len(codes) * state.letter_space + spaces) * state.stretch


def _entry(resources: Any, kind: str, operands: Any) -> Any:
    if not operands or not isinstance(resources, dict):
        return None
    entries = resources.get(kind)
    entries = entries.get_object() if entries is not None else None
    found = entries.get(operands[0]) if isinstance(entries, dict) else None
    return found.get_object() if found is not None else None


def _setter(name: str, scale: float = 1.0) -> Any:
    return lambda reader, value: reader.set(name, float(value) * scale)


_ACTIONS: dict[bytes, Any] = {
    b"cm": _PageReader.transform,
    b"BT": _PageReader.begin_text,
    b"Tm": _PageReader.place,
    b"Td": _PageReader.move,
    b"TD": _PageReader.move_leading,
    b"T*": _PageReader.next_line,
    b"Tj": _PageReader.show,
    b"TJ": _PageReader.show_spaced,
    b"'": _PageReader.show_next,
    b'"': _PageReader.show_next_spaced,
    b"Tc": _setter("letter_space"),
    b"Tw": _setter("word_space"),
    b"Tz": _setter("stretch", 0.01),
    b"TL": _setter("leading"),
    b"Ts": _setter("rise"),
    b"m": _PageReader.begin_path,
    b"l": _PageReader.draw_line,
    b"re": _PageReader.draw_box,
    **dict.fromkeys((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), _PageReader.paint),
    b"n": _PageReader.end_path,
}
