"""Stretches of a report's text, tidied, of which every character still knows where it stands in the report."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.domain.minutes import Source


@dataclass(frozen=True, slots=True)
class Piece:
    """Tidied text. `runs` are pairs (position in `text`, place in the report) from which both count on together."""

    text: str
    runs: tuple[tuple[int, int], ...]

    def place(self, at: int) -> int:
        """Where character `at` of the text stands in the report."""
        begin, place = self.runs[max(bisect_right(self.runs, (at, 1 << 60)) - 1, 0)]
        return place + at - begin

    @property
    def source(self) -> Source:
        """From the first character to the last."""
        if not self.text:
            return Source(self.place(0), self.place(0))
        return Source(self.place(0), self.place(len(self.text) - 1) + 1)

    def part(self, start: int, end: int) -> "Piece":
        """Characters `start` up to `end`, both within the text."""
        if len(self.runs) == 1:
            return Piece(self.text[start:end], ((0, self.runs[0][1] + start),))
        inside = tuple((at - start, place) for at, place in self.runs if start < at < end)
        return Piece(self.text[start:end], ((0, self.place(start)), *inside))

    def stripped(self, marks: str = "") -> "Piece":
        """Without blanks, nor any of these marks, at its ends."""
        drop = marks + " \t\n\r\x0b\x0c\xa0"
        start = len(self.text) - len(self.text.lstrip(drop))
        return self.part(start, max(len(self.text.rstrip(drop)), start))

    def split(self, pattern: re.Pattern[str]) -> Iterator["Piece"]:
        """The pieces between the matches."""
        start = 0
        for match in pattern.finditer(self.text):
            yield self.part(start, match.start())
            start = match.end()
        yield self.part(start, len(self.text))

    def cut(self, match: re.Match[str], group: int | str = 0) -> "Piece":
        """What a group of a match in `text` covers."""
        return self.part(*match.span(group))

    def without(self, spans: Iterable[tuple[int, int]]) -> "Piece":
        """The rest, when these stretches are left out; they are in order and don't overlap."""
        kept, start = [], 0
        for begin, end in spans:
            kept.append(self.part(start, begin))
            start = end
        kept.append(self.part(start, len(self.text)))
        return joined(kept)


def piece(text: str, place: int = 0) -> Piece:
    """Text as it stands from a place on."""
    return Piece(text, ((0, place),))


def joined(pieces: Iterable[Piece]) -> Piece:
    """One after the other."""
    texts: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    first: Piece | None = None
    for one in pieces:
        first = first or one
        if one.text:
            runs += [(at + length, place) for at, place in one.runs]
            texts.append(one.text)
            length += len(one.text)
    return Piece("".join(texts), tuple(runs) or (first.runs if first else ((0, 0),)))
