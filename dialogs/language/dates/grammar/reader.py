"""Reads the tokens of one text: small questions about a place in it, and the table of period rules."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from dialogs.language.dates.periods import Fixed, Period
from dialogs.language.dates.spans import year_span
from dialogs.language.dates.tokens import Kind, Token

FIRST_YEAR, LAST_YEAR = 1950, 2100


class Phrase(NamedTuple):
    """A period read from the text, the place behind it, and the part of the day glued to it ("dinsdagavond")."""

    period: Period
    end: int
    part: str | None = None


class Amount(NamedTuple):
    """A number of units, the place behind it; `upto` is the larger number of "2 a 3 weken"."""

    number: int
    unit: str
    end: int
    upto: int


Rule: TypeAlias = Callable[["Reader", int], Phrase | None]

_DEEPEST = 6  # "de dag na de dag na ..." is no date
_FARTHEST = {"minute": 100_000, "day": 5_000, "week": 1_000, "month": 1_200, "year": 100}
_MINUTES = {"minute": 1, "quarter hour": 15, "hour": 60}
_HALVES = {"year": ("month", 6), "hour": ("minute", 30)}
_AND_A_HALF = {
    "year": ("month", 18),
    "hour": ("minute", 90),
    "month": ("week", 6),
    "week": ("day", 10),
    "day": ("hour", 36),
}
_LARGE_UNITS = {"trimester": ("month", 3), "quarter": ("month", 3), "semester": ("month", 6)}


class Reader:
    """The tokens of one text with the rules to read periods in it."""

    def __init__(self, tokens: Sequence[Token], rules: Sequence[Rule]) -> None:
        self.tokens = tokens
        self._rules = rules
        self._memory: dict[int, Phrase | None] = {}
        self._depth = 0
        self.items: dict[int, Any] = {}  # what `items.item` read, by place

    def period(self, i: int) -> Phrase | None:
        """The period that starts here, an article skipped."""
        if i not in self._memory:
            if self._depth >= _DEEPEST:
                return None
            self._depth += 1
            self._memory[i] = self._read(i)
            self._depth -= 1
        return self._memory[i]

    def _read(self, i: int) -> Phrase | None:
        j = self.after_article(i)
        return next((phrase for rule in self._rules if (phrase := rule(self, j))), None)

    def word(self, i: int) -> str:
        return self.tokens[i].word if i >= 0 else ""

    def role(self, i: int, *roles: str) -> bool:
        return i >= 0 and self.tokens[i].entry.role in roles

    def after_article(self, i: int) -> int:
        token = self.tokens[i]
        return i + 1 if token.entry.role == "article" and token.word != "een" else i

    def after(self, i: int, *words: str) -> int:
        """The place behind one of these words, or the same place."""
        return i + 1 if self.tokens[i].word in words else i

    def number(self, i: int) -> int | None:
        """A number in digits or letters, no ordinal."""
        token = self.tokens[i]
        return token.values[0] if token.kind is Kind.NUMBER else token.entry.number

    def ordinal(self, i: int) -> int | None:
        token = self.tokens[i]
        return token.values[0] if token.kind is Kind.ORDINAL else token.entry.ordinal

    def day_number(self, i: int) -> int | None:
        """A number or ordinal that can be the day of a month."""
        number = self.number(i)
        if number is None:
            number = self.ordinal(i)
        return number if number is not None and 1 <= number <= 31 else None  # noqa: PLR2004

    def year(self, i: int) -> int | None:
        token = self.tokens[i]
        if token.kind is Kind.YEAR:
            return token.values[0]
        fits = token.kind is Kind.NUMBER and FIRST_YEAR <= token.values[0] <= LAST_YEAR
        return token.values[0] if fits else None

    def year_period(self, i: int) -> Phrase | None:
        year = self.year(i)
        return Phrase(Fixed(year_span(year), is_day=False), i + 1) if year else None

    def capital(self, i: int) -> bool:
        return self.tokens[i].capital

    def unit(self, i: int) -> str | None:
        return self.tokens[i].entry.unit

    def glued(self, i: int) -> bool:
        """Whether the token stands against the one before it."""
        return i > 0 and self.tokens[i].start == self.tokens[i - 1].end

    def amount(self, i: int) -> Amount | None:
        """ "drie weken", "een half jaar", "2 à 3 weken", "2 uur"."""
        token = self.tokens[i]
        if token.kind is Kind.CLOCK and token.values[3]:
            return Amount(token.values[0] * 60, "minute", i + 1, token.values[0] * 60)
        return self._fraction(i) or self._count(i)

    def _fraction(self, i: int) -> Amount | None:
        j = self.after(i, "een", "'n")
        table = _HALVES if self.word(j) in {"half", "halve"} else _AND_A_HALF if self.role(j, "and a half") else {}
        unit, number = table.get(self.unit(j + 1) or "", ("", 0))
        return self._counted(number, number, unit, j + 2) if unit else None

    def _count(self, i: int) -> Amount | None:
        low, high, j = self._numbers(i)
        j = self.after(j, "goeie", "goede", "kleine", "dikke", "tal") if low == 1 else j
        unit = self.unit(j) if low else None
        if not unit or unit in {"weekend", "half", "school day", "school year"}:
            return None
        if low == 1 and self.role(j + 1, "or") and self.number(j + 2) and not self.unit(j + 3):
            low = high = self.number(j + 2) or 1  # "een week of drie"
            return self._counted(low, high, unit, j + 3)
        return self._counted(low, high, unit, j + 1)

    def _numbers(self, i: int) -> tuple[int, int, int]:
        token = self.tokens[i]
        if token.kind is Kind.DAY_MONTH and "-" in token.word:
            return token.values[0], token.values[1], i + 1
        if self.word(i) in {"een", "'n"} and self.word(i + 1).endswith("tal"):
            i += 1
        low = self.number(i)
        if low is None:
            return 0, 0, i
        upto = self.number(i + 2) if self.word(i + 1) in {"of", "a", "tot", "-"} else None
        return (low, upto, i + 3) if upto else (low, low, i + 1)

    def _counted(self, low: int, high: int, unit: str, end: int) -> Amount | None:
        plain, factor = _LARGE_UNITS.get(unit, (unit, 1))
        if plain in _MINUTES:
            plain, factor = "minute", _MINUTES[plain]
        return Amount(low * factor, plain, end, high * factor) if high * factor <= _FARTHEST[plain] else None
