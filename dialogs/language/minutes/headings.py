"""The lines of a report that may head a point: what numbers them, how they look, where a title ends."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.parts import label, only_layout
from dialogs.language.minutes.pieces import Piece

LONGEST_TITLE: Final = 120
"""Characters of a title that stands alone on its line; when more follows on it, a title has at most RUN_IN."""

RUN_IN: Final = 70
A_FEW: Final = 6
"""Words."""

A_WORD: Final = 4
LONGEST_PLAIN: Final = 80
HALF_A_LINE: Final = 30
A_LINE: Final = 60
"""Characters."""

_HOUR = re.compile(
    r"\d{1,2}\s?[u:.h]\s?(?:\d{2})?(?:\s*(?:-|–|"
    r"tot)\s*\d{1,2}\s?[u:.h]\s?(?:\d{2})?)?\s*[:–-]?\s+(?=[A-ZÀ-Ý])"
)
_BOLD = re.compile(r"[\s>]*(?P<mark>\*\*|__)(?P<title>(?:(?!\*\*|__).){2,120}?)(?P=mark)\s*[:.–—-]*\s*(?=[^\s*])")
_MONTHS = (
    r"(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w*\b|uur|u\b|min|euro|€|%|personen|leerlingen|jongeren"
)
_NUMBER = re.compile(
    r"(?P<word>(?:agenda)?punt|pt\.?|item|nr\.?|onderwerp|thema)?\s*(?P<open>\()?"
    r"(?P<n>\d{1,2}|[IVX]{1,5}|[A-Z])(?P<sep>\s?[.):/°]\)?|\s*[–—-](?=\s)|(?=\s))\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_SUB = re.compile(
    r"(?:(?:agenda)?punt\s+)?(?P<n>(?:\d{1,2}|[IVX]{1,5})(?:\.(?:\d{1,2}|[a-z]\b)){1,3}|"
    r"\d{1,2}[a-h])[.):]?\s+(?P<rest>[^\W\d_‘'\"“(].*|[‘'\"“(0-9].*)",
    re.DOTALL | re.IGNORECASE,
)
_LETTER = re.compile(r"\(?(?P<n>[a-k]|[A-K])[.)]\s+(?P<rest>\S.*)", re.DOTALL)
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}
_COLON = re.compile(rf"(?P<title>[^:.!?;]{{2,{RUN_IN}}}?)\s*:\s+(?P<body>\S.*)", re.DOTALL)
_STOP = re.compile(rf"(?P<title>[^:.!?;]{{2,{RUN_IN}}})\.\s+(?P<body>[A-ZÀ-Ý‘'\"“].*)", re.DOTALL)
_DASH = re.compile(rf"(?P<title>[^:.!?;]{{2,{RUN_IN}}}?)\s+[–—-]\s+(?P<body>\S.*)", re.DOTALL)
_SAYS = re.compile(
    r"[.!?]['\"”’)]?\s*$|\b(?:wordt|worden|werd|werden|is|zijn|was|waren|heeft|hebben|zal|zullen|kan|"
    r"kunnen|moet|moeten|gaat|gaan|"
    r"komt|blijft|vraagt|bezorgt|goedgekeurd|akkoord|we|men|iedereen|hernemen|volgende keer|uitgesteld|"
    r"verschoven|geen|niets|ok|oké|loopt)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:wordt|worden|werd|werden|is|zijn|was|waren|heeft|hebben|zal|zullen|kan|kunnen|moet|moeten|gaat|"
    r"komt|blijft)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[‘“\"'][^‘’“”\"']{2,80}[’”\"']")
_BEHIND_TITLE = re.compile(r"\s*(?::|\.{3,}\s*\d*|\(?\d{1,3}\s?(?:['’′]|min\.?|minuten)\)?)\s*$")
_GREETING = re.compile(
    r"(?:dag|hallo|beste|goeiedag|goedemorgen|geachte|hey|hoi|dank|bedankt|groet\w*|met vriendelijke|"
    r"vriendelijke|mvg|tot dan|"
    r"tot volgende|tot de volgende|fijn weekend|van|aan|cc|onderwerp|verzonden|datum|tel|e-?mail|https?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that heads a point: its number as it stands, its title, and how long the text behind it is."""

    line: int
    number: str
    title: Piece
    body: int | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line that starts with a number of its own: which, in which style, and how much it looks like a heading."""

    line: int
    count: int
    style: str
    heading: Heading
    likeness: float


def numbered(at: int, lines: Sequence[Line]) -> Numbered | None:
    """The line as a numbered heading; None when it has no number that counts points."""
    line = lines[at]
    match = None if line.cells else _NUMBER.match(line.text)
    if match is None or _no_count(match, line):
        return None
    count, kind = _counted(match["n"])
    if not count and match["n"] != "0":
        return None
    sep = "" if match["word"] else match["sep"].strip()[:1]
    style = f"{bool(match['word'])}{kind}{sep}{line.level}"
    heading = titled(
        at, match["n"], line.piece.part(match.start("rest"), match.end("rest")), whole=bool(line.level or line.bold)
    )
    likeness = _likeness(line, heading, match["rest"])
    return Numbered(at, count, style, heading, likeness + 0.5 * _has_body(at, lines, count, heading))


def sub_numbered(at: int, line: Line) -> Heading | None:
    """A line that starts with "3.1"."""
    match = None if line.cells else _SUB.match(line.text)
    if match is None or re.match(_MONTHS, match["rest"], re.IGNORECASE):
        return None
    return titled(
        at, match["n"], line.piece.part(match.start("rest"), match.end("rest")), whole=bool(line.level or line.bold)
    )


def lettered(at: int, line: Line) -> Heading | None:
    """A line that starts with "a." or "b)"."""
    match = None if line.cells else _LETTER.match(line.text)
    if match is None:
        return None
    return titled(
        at, match["n"], line.piece.part(match.start("rest"), match.end("rest")), whole=bool(line.level or line.bold)
    )


def is_short(text: str) -> bool:
    """Whether it is a few words without a closing mark."""
    return len(text.split()) <= A_FEW and not text.endswith((".", ";", ",", "!", "?"))


def unnumbered(at: int, line: Line) -> Heading:
    """The whole line as a title, without the hour before it."""
    hour = _HOUR.match(line.text)
    rest = line.piece.part(hour.end(), len(line.text)) if hour else line.piece
    return titled(at, "", rest, whole=bool(line.level or line.bold or line.text.isupper()))


def run_in(at: int, line: Line) -> Heading | None:
    """A title of a few words with a colon behind it, at the start of what is told: "Budget: er is nog 350 euro."."""
    match = None if line.cells or line.bullet else _COLON.match(line.text)
    if (
        match is None
        or len(match["title"].split()) >= A_FEW
        or not line.text[:1].isupper()
        or label(line.text) is not None
    ):
        return None
    return Heading(at, "", _trimmed(line.piece.part(0, match.end("title"))), len(line.text) - match.start("body"))


def bold_start(at: int, number: str, line: Line, text: str) -> Heading | None:
    """A title in bold at the start of a line that goes on otherwise; `text` is the whole report."""
    match = _BOLD.match(text[line.begin : line.end])
    if match is None or line.bold or len(match["title"]) > LONGEST_TITLE or label(line.text) is not None:
        return None
    end = next((i for i in range(len(line.text)) if line.piece.place(i) >= line.begin + match.end("title")), 0)
    start = len(line.text) - len(line.text[end:].lstrip(" :.–—-"))
    title = line.piece.part(0, end)
    counted = _NUMBER.match(title.text)
    if counted and not _no_count(counted, line):
        number, title = counted["n"], title.part(counted.start("rest"), end)
    return Heading(at, number, _trimmed(title), len(line.text) - start) if end and start < len(line.text) else None


def titled(at: int, number: str, rest: Piece, *, whole: bool) -> Heading:
    """The title at the start of `rest`, which ends its line; `whole` when by its looks all is title."""
    match = None if whole else _run_in(rest.text)
    if match is None:
        return Heading(at, number, _trimmed(rest))
    start = match.start("body")
    return Heading(at, number, _trimmed(rest.part(0, match.end("title"))), len(rest.text) - start)


def is_title(text: str) -> bool:
    """Whether it reads as a title and not as a sentence."""
    return len(text) <= LONGEST_TITLE and not re.search(r"[.;,!…]\s*$", text) and text[:1].upper() == text[:1]


def in_capitals(line: Line) -> bool:
    """Whether the line, or what stands before its colon, is in capitals."""
    text = line.text[: LONGEST_TITLE + 1].split(":")[0]
    if text[:2].islower() or len(text) > LONGEST_TITLE or text[1:4].islower():
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= A_WORD and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def looks_plain(at: int, lines: Sequence[Line], *, above: bool = True) -> bool:
    """Whether a line without number or mark stands as a title: short, on its own, before what is told.

    `above`: one that stands right above the title of its first sub-point is a title too.
    """
    line = lines[at]
    text = line.text
    hour = _HOUR.match(text)
    text = text[hour.end() :] if hour else text
    if (
        line.bullet
        or line.cells
        or len(text) > LONGEST_PLAIN
        or not is_title(text)
        or (not text[:1].isupper() and text[:1] not in "‘'\"“")
    ):
        return False
    if (
        at + 1 >= len(lines)
        or _GREETING.match(text)
        or (_VERB.search(_QUOTED.sub("", text)) and not text.endswith("?"))
        or len(text.split()) > 2 * A_FEW
    ):
        return False
    before, after = lines[at - 1] if at else None, lines[at + 1]
    parted = (
        line.gap or before is None or (before.text.endswith((".", "!", "?", ")")) and len(before.text) > HALF_A_LINE)
    )
    return parted and (
        bool(after.bullet)
        or after.text.endswith((".", "!", "?", ":"))
        or len(after.text) > A_LINE
        or bool(label(after.text))
        or (above and line.gap and after.gap and looks_plain(at + 1, lines, above=False))
    )


def is_layout(heading: Heading) -> bool:
    """Whether the title says nothing of its own."""
    return only_layout(heading.title.text)


def _no_count(match: re.Match[str], line: Line) -> bool:
    """ "12 maart", "3 jongeren", "A is ziek": a number or capital that counts no points."""
    rest = match["rest"]
    bare = not match["word"] and not match["sep"].strip()
    if re.match(_MONTHS, rest, re.IGNORECASE) or (bare and not (line.level or line.bold) and not rest[:1].isupper()):
        return True
    if (match["sep"].strip() == "/" and rest[:1].isdigit()) or (
        match["sep"].strip() in {".", ":"} and match.start("rest") == match.end("sep") and rest[:1].isdigit()
    ):
        return True
    if match["n"].isdigit():
        return False
    if match["n"] != match["n"].upper() or (match["word"] is None and bare):
        return True
    return match.start("rest") == match.end("sep")


def _counted(number: str) -> tuple[int, str]:
    """Its value and whether it is written in digits, Roman or with a letter."""
    if number.isdigit():
        return int(number), "1"
    if set(number) <= set(_ROMAN):
        values = [_ROMAN[one] for one in number]
        total = sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
        return total, "I"
    return (ord(number) - 64, "A") if len(number) == 1 else (0, "")


def _likeness(line: Line, heading: Heading, rest: str) -> float:
    title = heading.title.text
    sentence = heading.body is None and (rest.rstrip().endswith((".", ";", ",")) or len(rest) > LONGEST_TITLE)
    looks = 1.0 if line.level or line.bold or in_capitals(line) else 0.0
    return (
        1.0 + 0.6 * line.gap + looks + (-0.8 if sentence else 0.6) - 0.7 * bool(line.bullet)
        - 0.3 * (not title[:1].isupper()) - 0.3 * bool(line.indent >= A_WORD)
    )  # fmt: skip


def _has_body(at: int, lines: Sequence[Line], count: int, heading: Heading) -> bool:
    """Whether something is told before the next number."""
    if heading.body is not None:
        return True
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    match = _NUMBER.match(after)
    return bool(after) and not (match is not None and _counted(match["n"])[0] in {count + 1, 1})


def _run_in(text: str) -> re.Match[str] | None:
    """The split of a title and the text that follows it on the same line."""
    tests: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
        (_COLON, lambda body: bool(_SAYS.search(body)) or len(body) > A_LINE or body[0].isdigit()),
        (_STOP, bool),
        (_DASH, lambda body: body.rstrip().endswith((".", "!", "?")) and bool(_SAYS.search(body))),
    )
    found = [match for pattern, is_body in tests if (match := pattern.match(text)) and is_body(match["body"])]
    return min(found, key=lambda match: match.end("title"), default=None)


def _trimmed(title: Piece) -> Piece:
    """Without the colon, length in minutes or full stop behind it."""
    while found := _BEHIND_TITLE.search(title.text):
        if not found.start():
            break
        title = title.part(0, found.start())
    return title.stripped(".") if title.text.count(".") == 1 and title.text.endswith(".") else title.stripped()
