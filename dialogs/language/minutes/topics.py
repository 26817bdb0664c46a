"""What a report keeps for another time: lists under "Input komende bijeenkomsten", "Volgende keer", and sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from dialogs.language.minutes.coming import GATHERING, NEXT, coming_label
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.openings import Status, label_of
from dialogs.language.minutes.pieces import Piece
from storage.domain.minutes import Topic

LONGEST: Final = 260
"""Characters: an entry of a list of topics is shorter."""

SHORT: Final = 140
MOST_WORDS: Final = 30
LONGEST_ROW: Final = 1_000

_THEMES: Final = (
    r"(?:input|inbreng|agenda(?:punten|voorstellen|suggesties|punt)?|punten|onderwerp(?:en)?|"
    r"thema['’]?s?|topics?|idee(?:ën|en)?|suggesties|voorstellen|"
    r"bespreekpunten|gesprekspunten|vragen|items|programma|dagorde|inhoud)"
)
_LATER: Final = (
    rf"(?:(?:de\s+|een\s+|onze\s+|het\s+)?(?:{NEXT}|latere|"
    rf"verdere)\s+(?:\w+\s+){{0,2}}?(?:{GATHERING}|agenda|schooljaar|werkjaar|jaar)|later|"
    rf"(?:de\s+)?toekomst|(?:de\s+)?volgende(?:\s+keer)?|een\s+andere\s+keer|erna|verder)"
)
_LABEL: Final = re.compile(
    r"(?:(?:mogelijke\s+|nieuwe\s+|voorlopige\s+|vaste\s+|toekomstige\s+|"
    rf"verdere\s+)?{_THEMES}\s+(?:en\s+\w+\s+)?(?:(?:voor|op|van|bij|in)\s+)?{_LATER}|"
    rf"(?:mogelijke|toekomstige|komende|verdere|nieuwe|nog\s+te\s+bespreken|te\s+plannen)\s+{_THEMES}|"
    rf"(?:op\s+de\s+agenda|te\s+bespreken|te\s+agenderen|te\s+hernemen|aan\s+bod|wat\s+komt|"
    rf"komt\s+aan\s+bod|wat\s+bespreken\s+we|nog\s+te\s+bespreken|nog\s+te\s+agenderen|"
    rf"mee\s+te\s+nemen|meenemen)\s+(?:(?:naar|voor|op|van|bij|in|tijdens)\s+)?{_LATER}|"
    rf"{NEXT}\s+(?:\w+\s+)?{GATHERING}(?:\s*:?\s*(?:(?:ook\s+)?te\s+bespreken|op\s+(?:(?:de\s+)?agenda|"
    rf"tafel|het\s+programma)|bespreken\s+we|aan\s+bod|{_THEMES}|agenderen|komen?\s+aan\s+bod|"
    rf"doen\s+we|hebben\s+we\s+het\s+over))?|"
    rf"(?:nog\s+)?(?:te\s+agenderen|te\s+bespreken|te\s+hernemen)|"
    rf"(?:voor|naar|bewaren\s+voor|te\s+bespreken\s+op|op)\s+(?:de\s+|een\s+|onze\s+|"
    rf"het\s+)?(?:{NEXT}|latere)\s+(?:\w+\s+)?(?:{GATHERING}|agenda)|"
    rf"wat\s+komt\s+er\s+{NEXT}\s+keer(?:\s+aan\s+bod|\s+op\s+de\s+agenda)?|voor\s+later|"
    rf"(?:voor\s+)?een\s+andere\s+keer|later\s+te\s+bespreken|later\s+bespreken|"
    r"(?:(?:op|in)\s+)?(?:(?:de|onze|het)\s+)?(?:park(?:ing|eerplaats|eerlijst)|koelkast|frigo|ijskast|"
    r"wachtkamer)|blijft\s+liggen|"
    r"blijven\s+liggen|op\s+de\s+plank|longlist|wensenlijst(?:je)?|nog\s+op\s+de\s+plank)"
    r"\s*(?:[(\[][^()\[\]]{0,60}[)\]])?\s*(?=[:–—?-]|$)",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    rf"(?:^|(?<=[.;,)–-]\s)|(?<=\n))(?:mogelijke\s+|voorlopige\s+)?(?:{_THEMES}|op\s+de\s+agenda|"
    rf"te\s+bespreken|met\s+als\s+thema)\s*:\s*",
    re.IGNORECASE,
)
_SENTENCES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"^(?:(?:op|tijdens|in)\s+)?(?:de\s+|het\s+|onze\s+)?(?:{NEXT}\s+{GATHERING}|"
            rf"volgende\s+keer)\s+(?:\w+\s+)?(?:bespreken\s+we|hebben\s+we\s+het\s+over|"
            rf"gaat\s+(?:het\s+)?over|bekijken\s+we|behandelen\s+we|werken\s+we\s+(?:rond|aan)|"
            rf"agenderen\s+we|"
            rf"(?:staat|staan|komt|komen)(?:\s+er)?(?:\s+op\s+de\s+agenda)?\s*:?|zetten\s+we|nemen\s+we|"
            rf"focussen\s+we\s+op|willen\s+we\s+het\s+hebben\s+over|"
            rf"praten\s+we\s+over)\s+(?P<what>.+?)(?:\s+(?:op\s+de\s+agenda|aan\s+bod|aan\s+de\s+beurt|"
            rf"op\s+tafel|mee|te\s+bespreken))?$"
        ),
        (
            rf"^(?P<what>.{{4,120}}?)\s+(?:zetten\s+we|plaatsen\s+we|nemen\s+we|komt|komen|staat|staan|"
            rf"wordt|worden|agenderen\s+we)\s+(?:\w+\s+){{0,2}}?(?:op|mee\s+naar|mee\s+voor|"
            rf"geagendeerd\s+(?:op|voor))\s+(?:de\s+agenda\s+(?:van|voor|op)\s+)?(?:de|het|onze|"
            rf"een)?\s*{NEXT}\s+(?:agenda|{GATHERING})(?:\s+(?:gezet|geplaatst|besproken|geagendeerd|"
            rf"hernomen|mee|ter\s+sprake|aan\s+bod))?$"
        ),
        (
            rf"^(?:voor|op)\s+(?:de\s+|een\s+)?{NEXT}\s+(?:agenda|{GATHERING})\s+(?:\w+\s+)?(?:staat|staan|"
            rf"onthouden\s+we|noteren\s+we|houden\s+we|komt|komen|zetten\s+we|plannen\s+we|werd\s+\w+|"
            rf"werden\s+\w+)\s*:?\s+(?P<what>.+?)(?:\s+(?:op\s+de\s+agenda|voorgesteld|aan\s+bod))?$"
        ),
    )
)
_INTRO: Final = re.compile(
    rf"(?:^|(?<=[.!?)]\s))(?=[^.!?:]{{0,120}}\b(?:dan|{NEXT})\b)[^.!?:]{{0,80}}?\b(?:(?:praten|spreken|"
    rf"gaat|buigen|hebben)\b[^.!?:]{{0,40}}"
    rf"\b(?:over|rond)|tijd\s+(?:\w+\s+)?voor|(?:bespreken|behandelen|bekijken|agenderen|hernemen|voorzien|"
    rf"plannen)\s+we|op\s+de\s+agenda|"
    rf"aan\s+bod|op\s+tafel|op\s+het\s+programma)(?:\s+(?:we|dan|staan|staat|komt|komen|ook|zeker|alvast|"
    rf"in\s+elk\s+geval|onder\s+(?:meer|andere)|o\.a\.)){{0,3}}"
    rf"\s*:\s*",
    re.IGNORECASE,
)
"""A sentence that ends in a colon before what they will talk about: "Dan praten we zeker over:"."""

_POINTING: Final = re.compile(
    r"^(?:dit|dat|deze|die|het|hij|zij|ze|er|we|wij|ook\s+dit|wat|iedereen)\b(?:\s+(?:punt|"
    r"agendapunt|thema|onderwerp|voorstel))?",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"(?:op\s+)?(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:ma|di|wo|do|vr|za|"
    r"zo)\.?)?\s*(?:\d{1,2}\s*(?:[/.-]\s*\d{1,2}|jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|"
    r"nov|dec)|20\d\d-\d\d)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)])\s+", re.IGNORECASE)
_TITLE_NUMBER: Final = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]?|[IVX]{1,4}[.)]|punt \d+\s*[:.)-])\s+", re.IGNORECASE)
_SPLIT: Final = re.compile(
    r"\s*[;•|\n]\s*|\s*,\s*(?:en\s+|ook\s+)?(?![^(]{0,80}\))|\s+/\s+|\s+en\s+(?=(?:de|het|een|"
    r"ook)\s)(?![^(]{0,80}\))"
)
_DASH: Final = re.compile(r"\s[–—-]\s(?![^(]{0,80}\))")
_LAST: Final = re.compile(r"\s(?:en|of)\s(?![^(]{0,80}\))")
_SENTENCE: Final = re.compile(r"(?<=[a-zà-ÿ\d)\"”'][a-zà-ÿ\d)\"”'])[.!?](?=\s+[A-ZÀ-Ý'‘“\"]|\s*$)|\n")
_NONE: Final = re.compile(
    r"\W*(?:geen|niets|nog niets|n\.?v\.?t\.?|/|-|te bepalen|nog te bepalen|geen \w+)\W*$", re.IGNORECASE
)
_CLOSING: Final = re.compile(
    r"(?:met\s+)?(?:vriendelijke|hartelijke|warme|zonnige|lieve)?\s*(?:groet(?:en|jes)?|mvg|"
    r"tot\s+(?:dan|gauw|binnenkort|ziens|volgende)|alvast\s+bedankt|verslag(?:gever)?\s*:|"
    r"bijlage)|(?:iedereen|wie|laat|geef|bezorg|breng|vergeet|stuur)\b.*\b(?:mag|kan|laat|geef|"
    r"door|bezorg|mee|voor)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Topics:
    """What is kept for later, and the indexes of the lines that told it."""

    topics: tuple[Topic, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Reading:
    lines: Sequence[Line]
    found: list[Topic] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def add(self, said: Piece, at: int) -> bool:
        """One topic more, unless it is none."""
        one = said.stripped(" .;,:*–-")
        if not one.text or _NONE.match(one.text) or _DATED.match(one.text) or len(one.text) > LONGEST:
            return False
        self.found.append(Topic(one.text, one.source))
        self.taken.add(at)
        return True


def read_topics(lines: Sequence[Line]) -> Topics:
    """What to talk about some other time."""
    reading = _Reading(lines)
    at = 0
    while at < len(lines):
        rest = _label(lines[at])
        introduced = None if rest is not None or lines[at].cells else _INTRO.search(lines[at].text)
        if introduced:
            line = lines[at].piece
            at = _introduced(reading, at, line.part(introduced.end(), len(line.text)))
        else:
            at = _labelled(reading, at, rest) if rest is not None else _told(reading, at)
    return Topics(tuple(reading.found), frozenset(reading.taken))


def _label(line: Line) -> Piece | None:
    """What stands behind a label of topics; None when the line has none."""
    if [cell for cell in line.cells if cell.text][2:]:
        return None
    said = next((cell for cell in line.cells if cell.text), line.piece)
    number = _TITLE_NUMBER.match(said.text)
    match = _LABEL.match(said.text, number.end() if number else 0)
    if match is None:
        return None
    filled = [cell for cell in line.cells if cell.text]
    if filled[1:] and match.end() >= len(said.text.rstrip(": ")):
        return filled[1]
    return said.part(match.end(), len(said.text)).stripped(":–—?- ")


def _labelled(reading: _Reading, at: int, rest: Piece) -> int:
    """The topics behind a label, or below it; the index from which to go on."""
    if rest.text:
        if not _DATED.search(rest.text[:40]):
            _row(reading, rest, at)
            if rest.text.rstrip().endswith(":"):
                return _below(reading, at + 1)
        else:
            _inner(reading, at)
        return at + 1
    below = _below(reading, at + 1)
    if below > at + 1:
        reading.taken.add(at)
    return below


def _introduced(reading: _Reading, at: int, rest: Piece) -> int:
    """The topics that a sentence leads to, behind it or below; the rest of its line says something else."""
    if not rest.text:
        return _below(reading, at + 1)
    _row(reading, rest, at)
    reading.taken.discard(at)
    return at + 1


def _row(reading: _Reading, rest: Piece, at: int) -> None:
    """Topics in a row: the first sentence, parted at its commas."""
    first, *more = [one for one in rest.split(_SENTENCE) if one.text.strip()] or [rest]
    if len(first.text) > LONGEST_ROW:
        return
    for part in _parted(first):
        reading.add(part, at)
    if more:
        reading.taken.discard(at)


def _parted(row: Piece) -> list[Piece]:
    """The topics of a row: between its commas and the last "en", or between its dashes."""
    parts = [one for one in row.split(_SPLIT) if one.text.strip()]
    if len(parts) == 1 and len(_DASH.findall(row.text)) > 1:
        return list(row.split(_DASH))
    last = list(parts[-1].split(_LAST)) if len(parts) > 1 and "," in row.text else []
    return [*parts[:-1], *last] if len(last) == 2 else parts  # noqa: PLR2004


def _below(reading: _Reading, at: int) -> int:
    """The entries of a list below a label."""
    lines, start = reading.lines, at
    while at < len(lines):
        line = lines[at]
        if (at > start and _ends(lines, start, at)) or not _can_be_entry(line, first=at == start):
            break
        said = line.cells[0] if line.cells and line.cells[0].text else line.piece
        number = _NUMBER.match(said.text)
        if not reading.add(said.part(number.end() if number else 0, len(said.text)), at) and at == start:
            break
        at += 1
    return at


def _ends(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether the list ended before this line: another kind of line, after an empty one."""
    first, line = lines[start], lines[at]
    if first.bullet:
        return not line.bullet
    if _NUMBER.match(first.text):
        return not _NUMBER.match(line.text)
    return line.gap or bool(line.bullet)


def _can_be_entry(line: Line, *, first: bool) -> bool:
    if (
        line.level
        or len([cell for cell in line.cells if cell.text]) > 1
        or _label(line) is not None
        or (coming_label(line) is not None and not line.bullet)
    ):
        return False
    label = label_of(line.piece)
    if label and label.status is not Status.MEMBERS and (label.loud and not line.bullet):
        return False
    if _CLOSING.match(line.text) or (_DATED.match(line.text) and not line.bullet):
        return False
    plain = not line.bullet and not _NUMBER.match(line.text)
    if plain and first:
        return len(line.text) < SHORT and not re.search(r"[.?!]\s+\S", line.text)
    return len(line.text) < LONGEST


def _told(reading: _Reading, at: int) -> int:
    """Topics in sentences; the index of the next line."""
    line = reading.lines[at]
    if coming_label(line) is not None:
        _inner(reading, at)
        return at + 1
    if len(line.text) > 2 * LONGEST_ROW or not re.search(NEXT, line.text, re.IGNORECASE):
        return at + 1
    for sentence in line.piece.split(_SENTENCE):
        for what in _kept(sentence.stripped()):
            reading.add(what, at)
            reading.taken.discard(at)
    return at + 1


def _inner(reading: _Reading, at: int) -> None:
    """ "Volgende intervisie: 12 mei. Thema: gamen", also when the theme stands on the next line."""
    for index in range(at, min(at + 3, len(reading.lines))):
        line = reading.lines[index]
        if index > at and (line.level or (line.gap and not _INNER.match(line.text))):
            return
        match = _INNER.search(line.text)
        if match and (index > at or match.start()):
            _row(reading, line.piece.part(match.end(), len(line.text)), index)
            return


def _kept(sentence: Piece) -> Iterator[Piece]:
    for pattern in _SENTENCES:
        match = pattern.match(sentence.text)
        if match:
            what = sentence.cut(match, "what")
            if not _POINTING.match(what.text) and not _DATED.match(what.text) and len(what.text.split()) < MOST_WORDS:
                yield what
            return
