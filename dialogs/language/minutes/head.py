"""A report's top -> its title and the day of the meeting."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, takewhile
from typing import Final

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.openings import Status, label_of
from dialogs.language.minutes.parts import Part, label

TOP: Final = 25
"""Lines among which the day of the meeting is looked for."""

LONGEST_TITLE: Final = 140
SHORT_TAIL: Final = 6
"""Letters behind the date in a title from which it is a part of the title."""

SHORT: Final = 60
LETTERHEAD: Final = 4
"""Lines above a title in which no point is told."""

FOOT: Final = 6
"""Lines at the end that may still tell when it was."""

LATEST_MAIL: Final = timedelta(days=45)
"""After a meeting, its report has been mailed."""

MOST_CELLS: Final = 3

_REPORT: Final = re.compile(
    r"\bverslag(?:je)?\b|\bnotulen\b|\bneerslag\b|\bverslaggeving\b|\bminutes\b|\bmemo\b|"
    r"\bbesluitenlijst\b|\bnota['’]?s? van\b",
    re.IGNORECASE,
)
_GATHERING: Final = re.compile(
    r"overleg|vergadering|bijeenkomst|intervisie|stuurgroep|werkgroep|netwerk|kernteam|platform|"
    r"samenkomst|team|comité|raad\b|commissie|"
    r"denkgroep|bestuur|cel\b|forum|koepel|kerngroep|projectgroep|klankbord|tafel|adviesraad",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"(?:onderwerp|betreft|titel|subject|vergadering|overleg|bijeenkomst|re|fw|"
    r"fwd)\s*:\s*(?:(?:re|fw|fwd)\s*:\s*)*",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"(?:van|aan|from|to|cc|bcc|verzonden|sent|datum|date|bijlagen?)\s*:", re.IGNORECASE)
_DAY_LABEL: Final = re.compile(
    r"(?:datum(?:\s*(?:en|/|&|\+|,)\s*\w+)*|dag|wanneer|vergaderdatum|vergadering van|datum "
    r"vergadering|dd\.?|d\.d\.|op|tijdstip|verzonden|sent)\s*(?::|\||–|-)?\s*",
    re.IGNORECASE,
)
_SENT: Final = re.compile(r"(?:verzonden|sent|date)\s*:", re.IGNORECASE)
_MAIL_DAY: Final = re.compile(r"(?:verzonden|sent|datum|date)\s*:", re.IGNORECASE)
_SENDER: Final = re.compile(r"(?:van|from|aan|to)\s*:", re.IGNORECASE)
_GREETING: Final = re.compile(
    r"(?:dag|beste|hallo|hoi|hey|goeie|goede|geachte|collega|allen|lieve|liefste)\b.{0,60}[,!]?$", re.IGNORECASE
)
_ITEM: Final = re.compile(
    r"(?:\d{1,2}(?:[.)]\d{0,2})*[.):/]?\s+|[IVX]{1,4}[.)]\s|punt \d|agendapunt \d)", re.IGNORECASE
)
_DATE: Final = re.compile(
    r"\d{1,2}\s+(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\b|\d{1,2}[./-]\d", re.IGNORECASE
)
_DATED_TAIL: Final = re.compile(
    r"[\s,–|(-]*(?:\b(?:van|dd\.?|d\.d\.|op|op datum van|gehouden op|van de vergadering "
    r"van)\s+)?(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|ma|di|wo|do|vr|za|zo)?\.?\s*$",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(
    r"^\s*[–—|,(-]+\s*(?:(?:van |om )?\d{1,2}(?:[u:.h]\d{0,2})?(?:e|de|ste)?\s?(?:(?:-|–|en|tot|"
    r",)\s?\d{1,2}(?:[u:.h]\d{0,2})?"
    r"(?:e|de|ste)?\s?)?(?:les)?(?:uur|uren|u)?\b|online|digitaal|via \w+|(?:lokaal|zaal)\b).*$"
)
"""Behind the date of a title: when and where."""

_COMMON: Final = re.compile(
    rf"{_REPORT.pattern}|\b(?:van|de|het|ons|onze|een|op|dd|nr|om|uur|bij|in|vond|plaats|ging|door|maandag|"
    rf"dinsdag|woensdag|"
    r"donderdag|vrijdag|zaterdag|zondag|jan\w*|feb\w*|maart|apr\w*|mei|juni|juli|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*)\b|"
    r"\b(?:overleg|vergadering|bijeenkomst|intervisie|stuurgroep|werkgroep|netwerk|kernteam|platform|"
    r"samenkomst|team|raad)\b",
    re.IGNORECASE,
)
_OWN_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_REPORT_OF: Final = re.compile(
    r"\bverslag(?:je)?\s+van\s+(?:het|de|ons|onze|een)\s+(?P<what>[^.,;:!?]{6,100}?)"
    r"(?=\s+(?:van|op|dd\.?)\s+(?:gisteren|eergisteren|vandaag|vanochtend|vanmiddag|\w+dag|\d)|\s*[.,;:!?]|$)",
    re.IGNORECASE,
)
_HELD_ON: Final = re.compile(
    r"(?:overleg|vergadering|bijeenkomst|intervisie|samenkomst|\braad|\wraad|comité|stuurgroep|kernteam|"
    r"zitting|platform)\s+"
    r"(?:van|op|dd\.?|d\.d\.)\s+(?=\S)",
    re.IGNORECASE,
)
_TOLD_OF: Final = re.compile(
    r"\b(?:besproken|besproken|vergader\w*|samen(?:gekomen|gezeten|kwamen|zaten)?|overleg\w*|bijeen\w*|"
    r"intervisie|gezegd|"
    r"afgesproken|\w*raad|verslag\w*)\b",
    re.IGNORECASE,
)
_OTHER_DAY: Final = re.compile(
    r"\bvolgend\w*|\bvorig\w*|\bgoedkeuring\b|\bdeadline\b|\buiterlijk\b|\bten laatste\b|"
    r"\btegen\b|\bnieuwe datum\b|\bgoedgekeurd\b|\bopgemaakt\b|\bversie\b|\bafdruk",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """Title and day of the meeting, and the indexes of the lines that said no more than that."""

    title: str = ""
    day: date | None = None
    taken: frozenset[int] = frozenset()


def read_head(lines: Sequence[Line], now: datetime) -> Head:
    """What the top of a report says of the meeting."""
    at = _title_at(lines)
    title = _title(lines[at], now) if at is not None else _told_title(lines)
    index, day = _day(lines, at, now)
    letterhead = range(at) if at is not None and at < LETTERHEAD and not lines[at].level else ()
    taken = {
        one
        for one in (at, index, *letterhead)
        if one is not None and len(lines[one].text) < LONGEST_TITLE and not _is_item(lines[one])
    }
    return Head(title, day, frozenset(taken))


# --- title


def _title_at(lines: Sequence[Line]) -> int | None:
    """The line with the title: what a mail is about, a heading, or the first line that names a report or gathering."""
    top = _before_points(lines)
    for index in top:
        if _SUBJECT.match(lines[index].text) and not lines[index].cells:
            return index
    fit = [index for index in top if _can_be_title(lines[index])]
    if any(_GREETING.match(lines[index].text) for index in top[:2]):
        return None
    headed = [index for index in fit if lines[index].level == 1] or _below_letterhead(lines, fit)
    named = [index for index in fit[:4] if _REPORT.search(lines[index].text) or _GATHERING.search(lines[index].text)]
    fit = [index for index in fit if not _REPORT.fullmatch(lines[index].text.strip(" :"))] or fit
    first = fit[:1] if fit and fit[0] <= 1 else []
    return next(iter(headed + first + named), None)


def _below_letterhead(lines: Sequence[Line], fit: Sequence[int]) -> list[int]:
    """Below the name of a house, which names no meeting: the line that says what meeting it was."""
    if not fit or _names_meeting(lines[fit[0]].text):
        return []
    return [
        index for index in fit[1:4] if _names_meeting(lines[index].text) and _OWN_WORD.search(_bare(lines[index].text))
    ]


def _bare(text: str) -> str:
    """Without the words that every report's title has."""
    return _COMMON.sub(" ", text.lower())


def _names_meeting(text: str) -> bool:
    return bool(_GATHERING.search(text))


def _before_points(lines: Sequence[Line]) -> list[int]:
    """The lines up to the first point or list of people."""
    top = []
    for index, line in enumerate(lines[:10]):
        opened = label_of(line.piece)
        if _is_item(line) or (opened and opened.status not in {Status.OTHER, Status.ROLE} and index):
            break
        top.append(index)
    return top


def _is_item(line: Line) -> bool:
    return bool(_ITEM.match(line.text)) and not _DATE.match(line.text)


def _told_title(lines: Sequence[Line]) -> str:
    """What a letter's first sentences say that it is the report of."""
    found = (_REPORT_OF.search(line.text) for line in lines[:5])
    return next((match["what"] for match in found if match and _names_meeting(match["what"])), "")


def _can_be_title(line: Line) -> bool:
    text = line.text
    filled = [cell for cell in line.cells if cell.text]
    if (
        len(filled) >= MOST_CELLS
        or not text
        or len(text) > LONGEST_TITLE
        or line.bullet
        or _MAIL.match(text)
        or _GREETING.match(text)
    ):
        return False
    if text.endswith(".") or (label_of(line.piece) and not _REPORT.match(text)) or re.match(r"\S{1,20}\s?:\s", text):
        return False
    return not _only_date(text)


def _only_date(text: str) -> bool:
    return (
        bool(re.fullmatch(r"(?:\w+dag|ma|di|wo|do|vr)?\.?\s*\d{1,2}[\s./-]\S+[\s./-]\d{2,4}.*", text))
        and len(text) < SHORT
    )


def _title(line: Line, now: datetime) -> str:
    """The title, without the label before it and the date behind it."""
    said = line.piece
    cells = [cell for cell in line.cells if cell.text]
    if cells:
        said = next((cell for cell in cells if not _REPORT.fullmatch(cell.text)), cells[0])
        said = next((cell for cell in cells if _names_meeting(cell.text)), said)
    subject = _SUBJECT.match(said.text)
    text = said.text[subject.end() if subject else 0 :]
    found = [one for one in find_dates(text, now) if _on(one)]
    behind = re.sub(r"[^a-zà-ÿ]|uur", "", _HOURS.sub("", text[found[0].span[1] :].lower())) if found else ""
    if found and len(behind) < SHORT_TAIL:
        before = text[: found[0].span[0]]
        shorter = _DATED_TAIL.sub("", before)
        text = shorter if len(shorter.split()) > 1 or shorter.lower() not in {"verslag", "notulen", ""} else text
    return text.strip(" -–|:,.(*")


# --- day


def _day(lines: Sequence[Line], titled: int | None, now: datetime) -> tuple[int | None, date | None]:
    """The day of the meeting and the line that says it: behind a label, in the title, or first at the top."""
    sent = _MAIL_DAY if any(_SENDER.match(line.text) for line in lines[:4]) else _SENT
    top = [index for index in range(min(len(lines), TOP)) if not sent.match(lines[index].text)]
    before = list(takewhile(lambda index: not (_is_item(lines[index]) or _is_layout(lines[index])), top))
    foot = _held_on(lines)
    passes = (
        [index for index in before if _DAY_LABEL.match(lines[index].text) or _labelled_cell(lines[index])],
        [titled] if titled is not None and titled in top else [],
        [index for index in before[:8] if _only_date(lines[index].text)],
        [index for index in before if _REPORT.search(lines[index].text)],
        foot,
        [index for index in before if _GATHERING.search(lines[index].text)],
        [index for index in before if len(lines[index].text) < LONGEST_TITLE],
        [index for index in top if _REPORT.search(lines[index].text) and len(lines[index].text) < LONGEST_TITLE],
    )
    for index in chain.from_iterable(passes):
        line = lines[index]
        held = _HELD_ON.search(line.text) if index in foot else None
        if (_OTHER_DAY.search(line.text) and index != titled and not held) or (
            len(line.cells) > MOST_CELLS and not _labelled_cell(line)
        ):
            continue
        for day in _days(line.text[held.end() if held else 0 :], lines, now):
            return (index if len(lines[index].text) < LONGEST_TITLE else None), day
    return None, _sent_day(lines, sent, now)


def _labelled_cell(line: Line) -> bool:
    return any(re.match(r"(?:datum|vergaderdatum|dag|wanneer)\b", cell.text, re.IGNORECASE) for cell in line.cells)


def _sent_day(lines: Sequence[Line], sender: re.Pattern[str], now: datetime) -> date | None:
    """A mail without a date of its own: "ons overleg van gisteren", seen from when it was sent; or that day."""
    top = range(min(len(lines), TOP))
    sent = next(
        (day for index in top if sender.match(lines[index].text) for day in _days(lines[index].text, lines, now)), None
    )
    if sent is None:
        return None
    seen = now.replace(year=sent.year, month=sent.month, day=sent.day)
    for index in top:
        back = re.search(
            r"\b(?:vandaag|gisteren|eergisteren|(?:vorige|afgelopen) \w+dag)\b", lines[index].text, re.IGNORECASE
        )
        found = find_dates(back.group(), seen) if back else ()
        for one in found:
            if isinstance(one.start, date):
                return one.start
    return next((day for index in top[1:] for day in _told_of(lines[index].text, seen)), sent)


def _told_of(text: str, sent: datetime) -> Iterator[date]:
    """The days shortly before a mail was sent on which it says that they met: "wat we op 16 oktober bespraken"."""
    for sentence in re.split(r"[.!?]\s", text):
        found = find_dates(sentence, sent) if _TOLD_OF.search(sentence) and not _OTHER_DAY.search(sentence) else ()
        for day in (_on(one) for one in found):
            if day is not None:
                near = max((one for one in _years(day, sent) if one <= sent.date()), default=day)
                if timedelta() <= sent.date() - near <= LATEST_MAIL:
                    yield near


def _held_on(lines: Sequence[Line]) -> list[int]:
    """The lines at the foot that tell when it was: "Verslag opgemaakt op 5 november - overleg van 4 november"."""
    last = range(max(len(lines) - FOOT, 0), len(lines))
    return [
        index
        for index in last
        if _REPORT.search(lines[index].text)
        and _HELD_ON.search(lines[index].text)
        and not re.search(r"\bvolgende?\b|\bgoedkeuring\b", lines[index].text, re.IGNORECASE)
    ]


def _is_layout(line: Line) -> bool:
    """Whether a line opens what was decided or has to be done: no day on it is that of the meeting."""
    found = label(line.text)
    return found is not None and found.part in {Part.ACTION, Part.DECISION, Part.AGREED, Part.DEADLINE}


def _days(text: str, lines: Sequence[Line], now: datetime) -> Iterator[date]:
    for one in find_dates(text, now):
        day = _on(one)
        if day is not None:
            yield day if _has_year(one.text) else _in_year(day, lines, now)


def _on(one: DateExpression) -> date | None:
    """The day of an expression that says one day with its number: no month, no weekday alone, no deadline."""
    start = one.start.date() if isinstance(one.start, datetime) else one.start
    end = one.end.date() if isinstance(one.end, datetime) else one.end
    if not isinstance(start, date) or one.bound or one.every or not re.search(r"\d", one.text):
        return None
    return start if end is None or end == start else None


def _has_year(text: str) -> bool:
    return bool(re.search(r"\b(?:19|20)\d\d\b|['’]\d\d\b|\d[-/.]\d{1,2}[-/.]\d\d\b", text))


def _in_year(day: date, lines: Sequence[Line], now: datetime) -> date:
    """A day said without its year: near the full dates of the report, or else the last one before now."""
    full = [
        found
        for line in lines
        for one in re.findall(r"\b\d{1,2}[ /.-](?:\d{1,2}|[a-z]{3,9})[ /.-](?:19|20)\d\d\b", line.text)
        for found in (_on(expression) for expression in find_dates(one, now))
        if found
    ]
    years = _years(day, now)
    if full:
        middle = sorted(full)[len(full) // 2]
        return min(years, key=lambda one: abs((one - middle).days))
    return max((one for one in years if one <= now.date()), default=day)


def _years(day: date, now: datetime) -> list[date]:
    return [_same_day(day, year) for year in range(now.year - 12, now.year + 2)]


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)
