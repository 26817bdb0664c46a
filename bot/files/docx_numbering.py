"""Word's list numbers as they show on the page: "1.", "2.1", "a)" and "-" for a bullet."""

from collections.abc import Callable
from dataclasses import dataclass, field

LEVELS = 9
LONGEST_CHAIN = 30
"""Of styles that are based on one another; a longer one goes round."""

HIGHEST = 5_000
"""Above this a roman or lettered number is written in digits: nobody has such a list."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(slots=True)
class Level:
    """How one level of a list counts: from what, in which digits, and what is written around them."""

    start: int = 1
    digits: str = "decimal"
    text: str = ""
    style: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class Style:
    """What a paragraph style says of numbering: its list (None: what it is based on says), its level, its parent."""

    name: str = ""
    based_on: str = ""
    number: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Numbering:
    """All lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    """Which list each number (w:num) counts in."""

    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Where a number begins anew."""

    styles: dict[str, Style] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    """Lists that take their levels from a numbering style, and the style."""

    offered: dict[str, str] = field(default_factory=dict)
    """The list that a numbering style gives."""

    default_style: str = ""
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, style: str, number: str | None, level: int | None) -> tuple[str, int]:
        """What stands before a paragraph (or nothing) and how deep, by its own numbering or else its style's."""
        if number is None:
            number, styled = self._of_style(style or self.default_style)
            level = styled if level is None else level
        if not number or number not in self.numbers:
            return "", 0
        key = self._list_of(number)
        levels = self.lists.get(key, {})
        if level is None:
            level = next((at for at, one in levels.items() if one.style and one.style == style), 0)
        at = min(max(level, 0), LEVELS - 1)
        return self._count(number, key, at, levels), at

    def style_name(self, style: str) -> str:
        """A style's name as Word knows it in every language ("heading 1", "toc 2"), in lower case."""
        return self.styles[style].name if style in self.styles else ""

    def _of_style(self, style: str) -> tuple[str | None, int | None]:
        level = None
        for _ in range(LONGEST_CHAIN):
            found = self.styles.get(style)
            if found is None:
                break
            level = found.level if level is None else level
            if found.number is not None:
                return found.number, level
            style = found.based_on
        return None, None

    def _list_of(self, number: str) -> str:
        key = self.numbers[number]
        return self.offered.get(self.linked.get(key, ""), key)

    def _count(self, number: str, key: str, at: int, levels: dict[int, Level]) -> str:
        level = levels.get(at, Level())
        if level.digits == "bullet":
            return "-"
        counts = self._counts.setdefault(key, [None] * LEVELS)
        self._begin(number, counts, at)
        for upper in range(at):
            if counts[upper] is None:
                counts[upper] = levels.get(upper, Level()).start
        now = counts[at]
        counts[at] = level.start if now is None else now + 1
        for deeper in range(at + 1, LEVELS):
            restart = levels.get(deeper, Level()).restart
            if restart is None or at < restart:
                counts[deeper] = None
        return _written(level, levels, counts)

    def _begin(self, number: str, counts: list[int | None], at: int) -> None:
        """Let a number that starts anew do so, once."""
        start = self.starts.get(number, {}).get(at)
        if start is not None and (number, at) not in self._begun:
            self._begun.add((number, at))
            counts[at] = start - 1


def _written(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    text = level.text
    for place in range(LEVELS):
        if f"%{place + 1}" in text:
            digits = "decimal" if level.legal else levels.get(place, Level()).digits
            text = text.replace(f"%{place + 1}", in_digits(counts[place] or 0, digits))
    return text.strip()


def in_digits(count: int, digits: str) -> str:
    """A number as a list writes it (ECMA-376 ST_NumberFormat); in plain digits where that is not known here."""
    if digits in _WRITERS and (0 < count <= HIGHEST or digits == "none"):
        return _WRITERS[digits](count)
    return str(count)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text


_WRITERS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02}",
    "ordinal": lambda count: f"{count}e",
    "none": lambda _: "",
}
