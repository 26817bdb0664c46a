"""Reads a text for finding: odd characters made plain, each plain character knowing where it stood."""

import re
import unicodedata
from dataclasses import dataclass

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\t\r\x0b\x0c\u00a0\u1680\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("·•∙․", "."),
        "İ": "I",
        "⁄": "/",
        "º": "°",
        "˚": "°",
    }
)
_ODD = re.compile(
    "[\u00ad\u0300-\u200f\u2028-\u202e\u2060-\u20ab\u20ad-\u2114\u2cff-\ud7ff\ue000-\ufffd\U00010000-\U0001efff\U0001fb00-\U0010ffff]"
)
"""What stands for another character, or for none; accented letters, dashes and emoji are not among it."""
_LONGEST = 4
"""How many characters one may become: a ligature does, a whole sentence in one sign does not."""
_MARKS = 3
"""How many marks on one letter are read; a writing of more is a prank."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text made plain. `starts` and `ends` tell for each character of `plain` where it stood; None: the same."""

    plain: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `plain[start:end]` stood, `start` below `end`."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def read(text: str) -> Reading:
    """The text without marks that cannot be seen, with plain digits, spaces, dashes and apostrophes."""
    if not _ODD.search(text):
        return Reading(text.translate(_PLAIN))
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for match in _ODD.finditer(text):
        odd = max(at, match.start() - 1)  # a mark belongs to the letter before it
        plain.append(text[at:odd].translate(_PLAIN))
        starts.extend(range(at, odd))
        ends.extend(range(at + 1, odd + 1))
        at = match.end()
        for start, end in _clusters(text, odd, at):
            made = _made_plain(text[start : min(end, start + 1 + _MARKS)])
            plain.append(made)
            starts.extend([start] * len(made))
            ends.extend([end] * len(made))
    plain.append(text[at:].translate(_PLAIN))
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Reading("".join(plain), starts, ends)


def _clusters(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Each character of `text[start:stop]` with the marks upon it; what cannot be seen falls out."""
    found: list[tuple[int, int]] = []
    for at, one in enumerate(text[start:stop], start):
        if one < "\u0300":
            found.append((at, at + 1)) if one != "\u00ad" else None
            continue
        kind = unicodedata.category(one)
        if kind[0] == "M":
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 1)
        elif kind not in {"Cf", "Cs"}:
            found.append((at, at + 1))
    return found


def _made_plain(cluster: str) -> str:
    if cluster.isascii():
        return cluster.translate(_PLAIN)
    base = cluster.translate(_PLAIN)
    return base if base.isascii() else unicodedata.normalize("NFKC", base)[:_LONGEST].translate(_PLAIN)
