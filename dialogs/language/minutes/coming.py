"""When they meet again, as a report tells it: in a sentence, a list or a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.pieces import Piece
from storage.domain.minutes import NextMeeting

GATHERING: Final = (
    r"(?:\w*vergadering(?:en)?|\w*bijeenkomst(?:en)?|\w*overleg(?:gen|momenten|moment|platform|"
    r"tafels?)?|\w*intervisies?|intervisiemoment(?:en)?|"
    r"samenkomst(?:en)?|\w*sessies?|keer|keren|afspra(?:ak|ken)|stuurgroep(?:en|vergadering)?|"
    r"werkgroep(?:en|vergadering)?|\w*platform(?:s)?|"
    r"netwerk(?:en|moment|momenten|tafels?|overleg)?|kernteams?|team(?:s|overleg|vergadering)?|"
    r"adviesra(?:ad|den)|rondetafels?|ronde\s+tafel|"
    r"\w*groep(?:en)?|ontmoeting(?:en|smoment)?|raad|\w*comités?|iroj|leerkring(?:en)?|"
    r"zitting(?:en)?|meetings?|momenten|moment|\w+tafels?|\w+raad)"
)
NEXT: Final = r"(?:eerst\s?)?(?:volgende?|eerstkomende|komende?|toekomstige)"
_WHEN: Final = r"(?:data?|datum|data|kalender|planning|agenda|timing|overzicht)"
_YEAR_TAIL: Final = (
    r"(?:\s+(?:in\s+|voor\s+)?(?:20\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?|(?:het\s+)?(?:schooljaar|"
    r"werkjaar)(?:\s+20\S+)?|najaar|voorjaar)){0,2}"
)
_LABEL: Final = re.compile(
    rf"(?:(?:{_WHEN}\s+(?:(?:van|voor)\s+)?(?:de\s+|het\s+|"
    rf"onze\s+)?)?{NEXT}\s+(?:\w+\s+){{0,2}}?{GATHERING}(?:\s+van\s+\S+(?:\s\S+)?)?{_YEAR_TAIL}|"
    rf"{NEXT}\s+(?:data|datum|vergaderdata|vergadermomenten)|nieuwe\s+(?:vergader)?(?:datum|data)|"
    rf"(?:overzicht\s+)?(?:vergader|overleg|intervisie|bijeenkomst)(?:data|kalender|momenten|planning){_YEAR_TAIL}|"
    rf"(?:data|kalender|planning)\s+(?:(?:van|voor)\s+)?(?:(?:de|het|volgende?)\s+)?(?:{GATHERING}|"
    rf"schooljaar|werkjaar|20\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?|najaar|voorjaar){_YEAR_TAIL}|"
    rf"{NEXT}\s+(?!(?:stap|fase|actie|deadline|vorming|opleiding|studiedag|les|week|maand|taak|dag|"
    rf"editie)\b)[a-z][a-z-]{{2,20}}"
    rf"(?=\s*[:–-]\s*(?:op\s+)?(?:\w+dag|[a-z]{{2,3}}\.?)?\s*\d{{1,2}}[\s/.-])|"
    rf"wanneer\s+zien\s+we\s+elkaar(?:\s+\w+)?|verdere\s+data|we\s+zien\s+elkaar(?:\s+terug|\s+weer)?)"
    r"\s*(?:[(\[][^()\[\]]{0,40}[)\]])?\s*(?=[:–—?-]|$|\d{1,2}\b(?!\d)|(?:maan|dins|woens|donder|"
    r"vrij|zater|zon)dag|(?:ma|di|wo|do|vr)\.?\s\d|op\s+(?:\d|\w+dag|(?:ma|di|wo|do|vr)\b))",
    re.IGNORECASE,
)
_LOOSE: Final = re.compile(
    rf"(?:{GATHERING}|data|agenda|kalender|planning|volgende|te\s+noteren)\s*(?::|$)", re.IGNORECASE
)
_HINT: Final = re.compile(
    rf"{NEXT}|samen|elkaar|afspraak|daarna|nadien|erna|vergader|intervisies|overleggen|"
    rf"bijeenkomsten|\btot\b|nieuwe\s+dat",
    re.IGNORECASE,
)
_CUE: Final = re.compile(
    rf"(?:^|[,;:–(]\s*|\b(?:en|dat|is|wordt|vindt|gaat|plannen|prikken|leggen|komt|houden|volgt|we|"
    rf"als|van|voor|is\s+er)\s+)"
    rf"(?:noteer\s+(?:\w+\s+){{0,3}})?(?:(?:de|het|onze|ons|een)\s+)?(?:(?:data|datum)\s+(?:(?:van|"
    rf"voor)\s+)?(?:(?:de|het|onze)\s+)?)?"
    rf"(?:(?:twee|drie|vier|vijf)\s+)?{NEXT}\s+(?:(?!tegen|voor|van)\w+\s+){{0,2}}?(?:{GATHERING}|"
    rf"(?:vergader)?dat(?:um|a))\b(?!\s+(?:bespreken|hernemen|verder))|"
    r"\b(?:zien|treffen|ontmoeten)\s+(?:we\s+)?elkaar\b|"
    r"\b(?:opnieuw|weer|terug|nog\s+eens)\s+(?:\w+\s+){0,6}?(?:samen|bij\s+elkaar|"
    r"rond\s+de\s+tafel)\b|\bsamen(?:komen)?\s+(?:\w+\s+)?op\s+\w*\s?\d|"
    r"\bkomen\s+(?:we\s+)?samen\b|"
    r"^tot\s+(?:dan|op|volgende|de\s+volgende|ziens|\w+dag)\b|^afspraak\s|\bafspraak\s+op\b|"
    r"\b(?:keer|vergadering|bijeenkomst|intervisie|samenkomst|overleg|die)\s+daarna\b|^(?:daarna|"
    r"nadien|en\s+daarna|erna)\b|"
    r"\bnieuwe\s+(?:vergader)?dat(?:um|a)\b|\bvergaderen\s+(?:we\s+)?(?:\w+\s+)?(?:opnieuw|weer|"
    r"terug|verder)\b|\bvergaderen\s+we\b|"
    r"\bterug\s+(?:vergadering|overleg|intervisie|bijeenkomst)\b|"
    r"\b(?:vergaderingen|bijeenkomsten|intervisies|overleggen|overlegmomenten|samenkomsten|"
    r"vergadermomenten|vergaderdata)\b(?!\s+van\s+\d).{0,60}?\b(?:liggen\s+vast|vastgelegd|"
    r"gepland|gaan\s+door|vinden\s+plaats|zijn\s+(?:op|voorzien)|vallen\s+op|volgende\s+data|"
    r"geprikt)\b",
    re.IGNORECASE,
)
_NO_CUE: Final = re.compile(
    rf"\b(?:tegen|naar|tijdens|vóór|doorgeschoven|verschoven|verdaagd|hernomen|besproken|agenda "
    rf"van|input voor|punten voor)\s+(?:\w+\s+){{0,2}}{NEXT}\s+\w+|"
    rf"{NEXT}\s+\w+\s+van\s+(?:de\s+|het\s+)?(?:raad\s+van\s+bestuur|gemeenteraad|schoolraad|"
    rf"directieraad|bestuursorgaan)",
    re.IGNORECASE,
)
_OFF: Final = re.compile(
    r"(?:\bniet\s+(?:op\s+)?|\bi\.?p\.?v\.?\s+|\bin\s+(?:de\s+)?plaats\s+van\s+|\b(?:verplaatst|"
    r"verschoven|verzet)\s+van\s+|\boorspronkelijk\w*\s+(?:\w+\s+){0,2}|"
    r"\bvoorziene?\s+(?:\w+\s+){0,3}|\bvan\s+oorspronkelijk\s+)(?:(?:maan|dins|woens|donder|vrij)dag\s+)?$",
    re.IGNORECASE,
)
_CANCELLED: Final = re.compile(
    r"\bvervalt\b|\bgeannuleerd\b|\bgaat niet door\b|\bvalt weg\b|\bgeschrapt\b|\bafgelast\b|\bafgeschaft\b",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\bdeadline|\bindien|\binschrijv|\bdoorgeven\b|\binsturen\b|\bbezorg|"
    r"\bagendapunten\s+(?:voor|tegen|door)|\bverlof\b|\bvakantie\b(?!\s*\d)",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r";\s+|,?\s+maar\s+(?=(?:we|die|de|het|wordt|komen|er)\b)|\s[–-]\s(?=\D{12,})")
_GOODBYE: Final = re.compile(r"tot\s+(?:op\s+)?(?=\S*\s?\d|\w+dag\b)", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"\b(?:kan|kunnen|loopt|lopen|inschrijv\w*|is|zijn|blijft|blijven|wordt|worden|geldt)\b")
"""What follows "tot 3 mei" when that is no goodbye."""

_DIGIT: Final = re.compile(r"\d")
SHORT: Final = 60
"""Characters: a longer line is no heading."""

_SENTENCE: Final = re.compile(r"(?<=[a-zà-ÿ\d)\"”'][a-zà-ÿ\d)\"”'])[.!?](?=\s+[A-ZÀ-Ý'‘“\"]|\s*$)|\n")
_NUMBER: Final = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[IVX]{1,4}[.)]|[a-z][.)]|punt \d+\s*[:.)-])\s+|"
    r"\d{1,2}(?:\.\d{1,2})*\s+(?=[A-Z])",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"(?<![\d/.:-])(?P<days>\d{1,2}(?:\s*(?:,|en|&|\+|/)\s*\d{1,2}){1,6})\s+(?P<month>jan(?:uari|"
    r"\.)?|feb(?:ruari|\.)?|maart|mrt\.?|apr(?:il|\.)?|mei|juni?|juli?|aug(?:ustus|\.)?|"
    r"sept?(?:ember|\.)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?P<year>\s+20\d\d)?",
    re.IGNORECASE,
)
LONGEST_MEETING: Final = timedelta(days=2)
NEARLY_A_YEAR: Final = 320
"""Days: what lies further away without a year is a day that has passed."""

_PAST_WORDS: Final = re.compile(r"\b(?:vorige|vorig|voorbije|afgelopen|laatste)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coming:
    """The next meetings in order of day, and the indexes of the lines that told them and nothing else."""

    meetings: tuple[NextMeeting, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Reading:
    lines: Sequence[Line]
    reference: datetime
    found: dict[date, NextMeeting] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def add(self, said: Piece) -> bool:
        """The days in a piece of text; whether there were any."""
        days = list(_days(said, self.reference))
        for day, place in days:
            self.found.setdefault(day, NextMeeting(day, place.text, place.source))
        return bool(days)


def read_coming(lines: Sequence[Line], reference: datetime) -> Coming:
    """The next meetings. `reference` is the day of the meeting, an aware datetime: they lie after it."""
    reading = _Reading(lines, reference)
    at = 0
    while at < len(lines):
        label = coming_label(lines[at], late=at > len(lines) * 0.6)
        if label is not None:
            at = _labelled(reading, at, label)
        else:
            _sentences(reading, at)
            at += 1
    return Coming(tuple(reading.found[day] for day in sorted(reading.found)), frozenset(reading.taken))


def coming_label(line: Line, *, late: bool = False) -> Piece | None:
    """What stands behind a label of next meetings ("Volgende vergaderingen: …"); None when there is none."""
    said = next((cell for cell in line.cells if cell.text), line.piece)
    number = _NUMBER.match(said.text)
    start = number.end() if number else 0
    match = _LABEL.match(said.text, start) or (_LOOSE.match(said.text, start) if late else None)
    if match is None:
        return None
    if line.cells:
        filled = [cell for cell in line.cells if cell.text]
        rest = said.part(match.end(), len(said.text)).stripped(":–—-? ")
        return rest if rest.text or not filled[1:] else filled[1]
    return said.part(match.end(), len(said.text)).stripped(":–—? ")


def _labelled(reading: _Reading, at: int, rest: Piece) -> int:
    """What a label tells, behind it or below; the index from which to go on."""
    if rest.text:
        sentences = [one for one in rest.split(_SENTENCE) if one.text.strip()]
        told = bool(sentences) and _clauses(reading, sentences[0])
        for one in sentences[1:]:
            told = ((not told or bool(_CUE.search(one.text))) and _clauses(reading, one)) or told
        if told:
            reading.taken.update([at] if len(sentences) == 1 else [])
        if told or len(rest.text) > SHORT:
            return at + 1
    below = _below(reading, at + 1)
    if below > at + 1:
        reading.taken.add(at)
    return max(below, at + 1)


def _below(reading: _Reading, at: int) -> int:
    """Lines and rows with dates below a label."""
    start, table, end = at, False, at
    while at < len(reading.lines):
        line = reading.lines[at]
        if (line.level or coming_label(line) is not None) and not line.cells:
            break
        if _told(reading, at, first=at == start):
            table, end = table or bool(line.cells), at + 1
        elif not (line.cells and (at == start or table)) and not (
            at == start and len(line.text) < SHORT and line.text.endswith(":")
        ):
            break
        at += 1
    return end


def _told(reading: _Reading, at: int, *, first: bool) -> bool:
    """Whether a line below a label told a day, or one that is off."""
    line = reading.lines[at]
    if line.cells:
        reading.taken.add(at)
        return any(_clauses(reading, cell) for cell in line.cells)
    number = re.match(r"\d{1,2}[.)]\s+", line.text)
    said = line.piece.part(number.end() if number else 0, len(line.text))
    sentences = [one.stripped() for one in said.split(_SENTENCE) if one.text.strip()]
    for sentence in sentences:
        short = first and len(sentence.text) < 2 * SHORT
        fits = short or _CUE.search(sentence.text) or _begins_with_day(sentence, reading.reference)
        if fits and _clauses(reading, sentence):
            reading.taken.update([at] if len(sentences) == 1 else [])
            return True
        if not first:
            break
    return bool(_CANCELLED.search(line.text)) and bool(find_dates(line.text, reading.reference))


def _begins_with_day(sentence: Piece, reference: datetime) -> bool:
    return any(one.span[0] < SHORT // 2 for one in find_dates(sentence.text, reference))


def _clauses(reading: _Reading, sentence: Piece) -> bool:
    """Add the days of a sentence, but for the clauses that say that it is off, or by when to send something in."""
    told = False
    for clause in sentence.split(_CLAUSE):
        if not (_CANCELLED.search(clause.text) or (_OTHER.search(clause.text) and not _CUE.search(clause.text))):
            told = reading.add(clause) or told
    return told


def _sentences(reading: _Reading, at: int) -> None:
    """Sentences that tell when they meet again."""
    line = reading.lines[at]
    if line.cells or not _DIGIT.search(line.text) or not _HINT.search(line.text):
        return
    for sentence in line.piece.split(_SENTENCE):
        one = sentence.stripped()
        if not _CUE.search(one.text) or _NO_CUE.search(one.text):
            continue
        goodbye = _GOODBYE.match(one.text) if len(one.text) < SHORT or not _GOES_ON.search(one.text) else None
        said = one.part(goodbye.end(), len(one.text)) if goodbye else one
        told = _clauses(reading, said)
        reading.taken.update([at] if told and len(one.text) > len(line.text) * 0.8 else [])


# --- days


def _days(said: Piece, reference: datetime) -> Iterator[tuple[date, Piece]]:
    """The single days after the reference in a text, each with where it stands."""
    text = said.text
    several = list(_SEVERAL.finditer(text))
    for match in several:
        yield from _several(said, match, reference)
    for one in find_dates(text, reference):
        day = _day(one, reference)
        if day is None or _OFF.search(text[max(one.span[0] - 40, 0) : one.span[0]]):
            continue
        if not any(match.start() <= one.span[0] < match.end() for match in several):
            yield day, said.part(*one.span)


def _several(said: Piece, match: re.Match[str], reference: datetime) -> Iterator[tuple[date, Piece]]:
    """ "20, 27 september": each number is a day of the month."""
    for number in re.finditer(r"\d{1,2}", match["days"]):
        start = match.start("days") + number.start()
        for one in find_dates(f"{number.group()} {match['month']}{match['year'] or ''}", reference)[:1]:
            day = _day(one, reference)
            if day:
                yield day, said.part(start, start + len(number.group()))


def _day(one: DateExpression, reference: datetime) -> date | None:
    """The day after the reference that is meant; None when it is no single day, or one long past."""
    start = one.start.date() if isinstance(one.start, datetime) else one.start
    end = one.end.date() if isinstance(one.end, datetime) else one.end
    if not isinstance(start, date) or one.bound or one.every or not re.search(r"\d", one.text):
        return None
    if isinstance(end, date) and end != start and end - start > LONGEST_MEETING:
        return None
    if start > reference.date():
        return start if _has_year(one.text) or (start - reference.date()).days < NEARLY_A_YEAR else None
    if _has_year(one.text) or _PAST_WORDS.search(one.text):
        return None
    coming = _next(start, reference)
    return coming if coming and (coming - reference.date()).days < NEARLY_A_YEAR else None


def _has_year(text: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b|['’]\d\d\b|\d[-/.]\d{1,2}[-/.]\d\d\b", text))


def _next(day: date, reference: datetime) -> date | None:
    """The same day and month, the first time after the reference."""
    for year in range(reference.year, reference.year + 2):
        try:
            same = day.replace(year=year)
        except ValueError:  # 29 February
            continue
        if same > reference.date():
            return same
    return None
