"""A line of a report -> its sentences; Dutch abbreviations, initials, dates and numbers don't end one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dialogs.language.minutes.pieces import Piece

_SHORTENED: Final = """
    bv bvb bijv vb nl dd dhr mevr mw mr dr drs prof ir ing ivm mbt tav tbv cf max min ca circa nr nrs art p pp blz
    pag tel ev enz etc i.v.m m.b.t t.a.v t.b.v m.a.w o.a o.l.v i.s.m n.a.v i.p.v t.v.v e.d a.d.h.v d.w.z z.s.m
    a.u.b s.v.p d.m.v o.w.v vzw jan feb febr mrt apr jun jul aug sep sept okt nov dec ma di wo do vr za zo vnl
    resp evt incl excl ong gem ref afd st o.b.v t.e.m t.o.v m.i.v m.u.v p.a p.m e.a c.q zgn zog aub svp tem tvv
    onderw sec bao min.fin vs sr jr gebr fam v.z.w n.v h bijl wn voorz verslagg h.o
"""
_SHORT: Final = frozenset(_SHORTENED.split())
_MAY_CLOSE: Final = """
    enz etc e.d aub svp a.u.b s.v.p e.a vzw v.z.w z.s.m min max
"""
_MAY_END: Final = frozenset(_MAY_CLOSE.split())
_STOP = re.compile(
    r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|\s*(?:-->|->|=>|→|⇒|➔)\s*|\n+|(?<=\S);\s+(?=(?:actie|to ?do|besluit)\b)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[\"“‘'/]+$")
_ARROW = re.compile(r"->|=>|→|⇒|➔|\n|;")
_POINTS = re.compile(r"(?:->|=>|→|⇒|➔)\s*$")
_LONGEST_WORD: Final = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its closing mark; `pointed` when an arrow leads to it."""

    piece: Piece
    pointed: bool = False

    @property
    def text(self) -> str:
        """As it reads."""
        return self.piece.text


def sentences(line: Piece) -> Iterator[Sentence]:
    """The sentences of one line; an arrow or a line's end parts them too."""
    for start, end in _spans(line.text):
        one = line.part(start, end).stripped()
        if one.text:
            yield Sentence(one, bool(_POINTS.search(line.text[max(start - 5, 0) : start])))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _STOP.finditer(text):
        if _ARROW.search(stop.group()):
            yield start, stop.start()
        elif not _ends(text, stop):
            continue
        else:
            yield start, stop.end()
        start = stop.end()
    yield start, len(text)


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends at this mark: not after "bv.", "A.", "3." nor when it goes on in lower case."""
    behind = text[stop.end() : stop.end() + 12].lstrip()
    if not behind:
        return True
    if stop.group().startswith((")", "…")) or stop.group()[0] in "!?":
        return not behind[0].islower() or stop.group()[0] == "…"
    before = text[max(stop.start() - _LONGEST_WORD, 0) : stop.start()]
    word = _WORD_BEFORE.search(before)
    said = word.group() if word else ""
    last = said.lower()
    if last in _SHORT or re.fullmatch(r"[A-Z]|[a-z](?:\.[a-z])+", said):
        return last in _MAY_END and behind[0].isupper()
    if re.fullmatch(r"\d\d?", last):
        # "op 3. mei", "punt 2. Varia": only a capital after a number of a day or a count ends it.
        return behind[0].isupper()
    return not behind[0].islower() or stop.group().strip("\"'”’»)]") != "."
