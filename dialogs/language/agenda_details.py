"""What is told beside the title of an agenda point: its length, kind, meeting, who brings it, how often it returns."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.references import kind_words
from dialogs.language.spelling import fold
from storage.domain.agenda import MOST_MINUTES, PointKind

_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
MONTHS = (
    "(?:jan(?:uari)?|feb(?:ruari|r)?|maart|mrt|apr(?:il)?|mei|jun(?:i)?|jul(?:i)?|aug(?:ustus)?|sep(?:t|tember)?|"
    "okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAYS = "maandag|dinsdag|woensdag|donderdag|vrijdag"
_DATE = (
    rf"(?:(?:de |den )?(?:(?:{_DAYS}) )?(?:\d{{1,2}}(?:e|de|ste|en)?[ .]?(?:{MONTHS})(?: \d{{4}})?|"
    rf"\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?"
    rf"|\d{{1,2}}(?:e|de|ste)|\d{{1,2}}(?=$))|(?:{_DAYS}))"
)
_MONTH = rf"(?:begin |eind |midden )?(?:{MONTHS})(?: \d{{4}})?"
_LENGTH = (
    r"(?:(?:\d{1,3}(?:[.,]5)?|een|twee|drie|vijf|tien|vijftien|twintig|dertig|veertig|vijfenveertig|zestig) ?"
    r"(?:minuten|minuutjes|minuut|min\b\.?|mins\b|'(?!\w))"
    r"|(?:een |1 |nen )?(?:half uur(?:tje)?|halfuur(?:tje)?|halve? uur|kwartier(?:tje)?|uur(?:tje)?|anderhalf uur)"
    r"|anderhalf uur|(?:drie|3) kwartier|twee uur|\d ?(?:uur|u)(?: ?(?:en een half|30|15|45|half))?|\d{1,2}u\d{2})"
)
_ABOUT = (
    r"(?:(?:ongeveer|circa|ca\.?|zo'n|max\.?|maximum|maximaal|hoogstens|nodig:?|duurt|duur:?|lengte:?|tijd:?|"
    r"reken|voorzie|graag|een|rond de|toch|zeker|is|goed|voor|van) ?)*"
)
_LENGTHS = re.compile(rf"(?<![\w/]){_LENGTH}")
_KINDS = (
    (PointKind.CASE, r"casus(?:bespreking|sen)?|case|kasus"),
    (
        PointKind.DECISION,
        (
            r"besluit(?:punt)?|beslissing|beslispunt|ter (?:beslissing|goedkeuring|besluit)|"
            r"te beslissen|goedkeuring|stemming"
        ),
    ),
    (
        PointKind.INFORMATION,
        (
            r"info(?:punt(?:je)?|rmatie(?:punt)?)?|ter (?:info(?:rmatie)?|kennisgeving)|mededeling|"
            r"infootje"
        ),
    ),
    (PointKind.VARIA, r"varia(?:punt)?|varium|allerlei|rondvraag"),
    (PointKind.ORGANISATION, r"spreker|gastspreker|expert|organisatie|genodigde"),
    (PointKind.THEME, r"thema|onderwerp|themapunt|discussiepunt|ter bespreking"),
)
_EVERY = re.compile(
    r"\b(?:elke|iedere|ieder|telkens|altijd|voortaan)(?: (?:keer|intervisie|vergadering|bijeenkomst|maand|agenda|"
    r"stuurgroep))?\b|\bvast (?:agenda)?punt\b|\bterugkerend\b"
)
_BACKLOG = re.compile(
    r"\b(?:plank|backlog|voor later|ooit|niet dringend|geen haast|eens later|later eens|wachtlijst met punten|"
    r"parkeer|parkeren)\b"
)
_LINK = re.compile(r"https?://[^\s<>\"]+|\bwww\.[^\s<>\"]+", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:door|gebracht door|presentatie door|presentator:?|presentatie:|spreker:?|met als spreker)\s+"
    r"(?P<who>[a-z][\w'’.-]*(?: (?:van|de|der|den|el|ten|ter)){1,2} [a-z][\w'’.-]*(?=[\s.!]*$)|"
    r"[^\W\d_][\w'’.-]*(?:\s+(?:van|de|der|den|el|[A-ZÀ-Þ][\w'’-]*)){0,4})"
)
_BRINGS = re.compile(
    r"(?:^|[,.;(]\s*)(?P<who>[^\W\d_][\w'’-]*(?=\s+(?:brengt|presenteert|doet|geeft) (?:het|dit|dat)\b)|"
    r"[A-ZÀ-Þ][\w'’-]*(?:\s+(?:van|de|der|den|el|[A-ZÀ-Þ][\w'’-]*)){0,3})\s+"
    r"(?:brengt|presenteert|stelt|doet|geeft|licht|vertelt|komt|zal|verzorgt|leidt)\b"
)
_INVITES = re.compile(
    r"\b(?:uitnodig|uit te nodig|nodig\b.*\buit\b|laten komen|laten spreken|als (?:gast)?spreker|komen (?:spreken|"
    r"vertellen)|gastspreker|expert)"
)
_ENDS = re.compile(
    r"(?:(?:^|[\s,;]+)(?:aub|a\.u\.b\.|svp|alsjeblieft|alstublieft|graag|please|pls|dank(?: u| je)?|bedankt|merci|"
    r"alvast|thx)\b)"
    r"[\s.!]*$"
)
LONGEST_READ = 600
"""Characters in which dates and names are looked for."""

_LONGEST_TITLE = 400
_SHORTEST_TITLE = 2
_MOST_PARTS = 8


@cache
def _kinds() -> str:
    return "|".join(sorted(map(re.escape, kind_words()), key=len, reverse=True))


@cache
def _coming() -> str:
    return (
        rf"(?:(?:de |het |onze )?(?:volgende|komende|eerstvolgende|aanstaande|volgend) (?:keer|maal|agenda|sessie|"
        rf"samenkomst|{_kinds()})"
        rf"(?: (?:van|op) {_DATE}| in {_MONTH})?|volgende(?= |$))"
    )


@cache
def _target() -> str:
    """What says for which meeting a point is."""
    return (
        rf"(?:(?:voor|tegen|op|tijdens|naar|bij|van) )?{_coming()}"
        rf"|(?:voor|tegen|op|tijdens|naar) (?:de |het |een )?(?:{_kinds()})(?: (?:van|op|in|voor))? (?:{_DATE}|"
        rf"{_MONTH})"
        rf"|(?:voor|tegen|op) {_DATE}|(?:voor|tegen|pas in|ten vroegste in) {_MONTH}"
    )


@cache
def _ending() -> re.Pattern[str]:
    """The same at the end of a title that says nowhere else where it goes."""
    return re.compile(
        rf"(?:^|[\s,;(]+)(?P<target>{_target()}|(?:op|tijdens) (?:de |het )?(?:{_kinds()})(?: van {_DATE}|"
        rf" in {_MONTH})?)[\s.!?)]*$"
    )


@cache
def _coming_end() -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s,;(]+)(?P<target>(?:(?:voor|tegen) )?{_coming()})[\s.!?)]*$")


@cache
def _start() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<target>(?:(?:voor|tegen|op) )?{_coming()}|(?:voor|tegen) (?:(?:de |het )?(?:{_kinds()})(?: (?:van|op|"
        rf"in))? )?(?:{_DATE}|{_MONTH})(?=\s))[\s,:]+(?=\S)"
    )


_LEADING = re.compile(
    r"(?:(?:ook|nog|eens|es|graag|even|alvast|misschien|zeker|het (?:punt|onderwerp|thema|item)|een punt over|"
    r"iets over|een punt rond|iets rond)\b[\s:,]*)+(?=\S)"
)
_KIND_FIRST = re.compile(
    r"(?:(?:de|een|als|het|nen|ne) )?(?:(?P<kind>casus|case|kasus|besluit|beslispunt|infopunt|varia|ter info|"
    r"ter beslissing)\b\s*[:,–-]\s*|(?P<soft>casus|kasus)\s+(?:over|rond|van)\s+)(?=\S)"
)


@cache
def _segment() -> re.Pattern[str]:
    """What may stand at the end of a title behind a comma or in brackets."""
    kinds = "|".join(words for _, words in _KINDS)
    return re.compile(
        rf"(?:{_ABOUT}{_LENGTH}(?: (?:is genoeg|volstaat|nodig|graag|lang|max\.?|duurt dat))?"
        rf"|(?:(?:als|is|dit is|dat is|een|soort:?|type:?|het is|gewoon|maar|onder) ?)*(?:{kinds})"
        rf"|{_target()}|{_EVERY.pattern}|(?:op de |voor )?(?:plank|backlog|later)|niet dringend|geen haast"
        r"|https?://\S+|www\.\S+|(?:link|bijlage|zie):? ?(?:https?://\S+|www\.\S+)"
        r"|[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,2} (?:brengt|presenteert|doet|geeft) (?:het|dit|dat)(?: voor| toe)?"
        r"|(?:gebracht |voorgesteld |presentatie )?door [\w'’. -]{2,40}|(?:aub|svp|graag|alsjeblieft|"
        r"alstublieft)+)[\s.!]*"
    )


def peeled(said: str, tailed: bool) -> tuple[str, tuple[str, ...]]:
    """A title without what is told beside it at its ends, and these parts as typed.

    `tailed`: after it comes where it goes ("op de agenda van ..."), so that a date in it belongs to the title.
    """
    parts: list[str] = []
    for _ in range(_MOST_PARTS if len(said) <= _LONGEST_TITLE else 0):
        shorter = _peel_once(said, tailed, parts)
        if shorter == said or not shorter:
            break
        said = shorter
    return said, tuple(parts)


def _peel_once(said: str, tailed: bool, parts: list[str]) -> str:
    plain = _plain(said)
    for found in _at_the_end(said, plain, tailed):
        if found is not None and found.start() >= _SHORTEST_TITLE:
            parts.extend(said[slice(*found.span(name))] for name in found.groupdict())
            return said[: found.start()].rstrip(" ,;")
    if (found := _start().match(plain)) is not None:
        parts.append(said[slice(*found.span("target"))])
        return said[found.end() :]
    leading = _LEADING.match(plain)
    return said[leading.end() :] if leading else said


def _at_the_end(said: str, plain: str, tailed: bool) -> Iterator[re.Match[str] | None]:
    """What may stand behind a title, the surest first."""
    yield _ENDS.search(plain)
    for way in (_BRACKETED, _BEHIND_A_COMMA):
        found = way.search(plain)
        yield found if found is not None and _is_detail(found["in"]) else None
    yield _LENGTH_AT_END.search(plain)
    yield _BY_AT_END.search(said)
    yield _EVERY_AT_END.search(plain)
    yield (_coming_end() if tailed else _ending()).search(plain)


_BRACKETED = re.compile(r"[\s,;]*\((?P<in>[^()]{2,80})\)[\s.!]*$")
_BEHIND_A_COMMA = re.compile(r"\s*(?:[,;]|\s[-–—]|\.)\s+(?P<in>[^,;]{2,80})$")
_LENGTH_AT_END = re.compile(
    r"(?<!\bin)(?<!\bvan)(?<!\bper)(?<!\bmet)(?<!\bom)\s(?P<in>\d{1,3} ?(?:min\b\.?|minuten|'))[\s.!]*$"
)
_BY_AT_END = re.compile(r"\s(?P<in>door [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?)[.\s]*$")
_EVERY_AT_END = re.compile(
    r"[\s,]+(?P<in>(?:elke|iedere) (?:keer|intervisie|vergadering|bijeenkomst|stuurgroep))[.\s]*$"
)


def _plain(said: str) -> str:
    return fold(said).replace("’", "'").replace("`", "'")


def _is_detail(said: str) -> bool:
    return _segment().fullmatch(said.strip()) is not None


def without_kind(title: str) -> tuple[str, PointKind | None]:
    """A title without the word for its kind before it ("casus: ...", "casus over ..."), and that kind."""
    found = _KIND_FIRST.match(_plain(title))
    if found is None:
        return title, None
    return title[found.end() :], kind_in(found["kind"] or found["soft"])


def kind_in(said: str) -> PointKind | None:
    """The kind of point that these words, which hold no title, name."""
    plain = _plain(said)
    return next((kind for kind, words in _KINDS if re.search(rf"\b(?:{words})\b", plain)), None)


def invites(title: str) -> bool:
    """Whether a title is about somebody to invite."""
    return _INVITES.search(_plain(title)) is not None


def minutes_in(said: str) -> int | None:
    """The length that a text tells, in minutes: 30 for "een half uur"; None when it tells none that can be."""
    found = _LENGTHS.search(_plain(said))
    minutes = _minutes(found.group()) if found else None
    return minutes if minutes and 0 < minutes <= MOST_MINUTES else None


def without_length(said: str) -> str:
    """The text without any length told in it: "1 uur" is no time of day then."""
    for found in reversed(list(_LENGTHS.finditer(_plain(said)))):
        said = f"{said[: found.start()]} {said[found.end() :]}"
    return said


_NUMBERS = {
    **{word: number for number, word in enumerate(_WRITTEN, 1)},
    "vijftien": 15,
    "twintig": 20,
    "dertig": 30,
    "veertig": 40,
    "vijfenveertig": 45,
    "zestig": 60,
}


def _minutes(said: str) -> int:
    number = re.match(r"\d+", said)
    count = int(number.group()) if number else _NUMBERS.get(said.split(maxsplit=1)[0], 1)
    if "anderhalf" in said:
        return 90
    if "kwartier" in said:
        return 45 if said.startswith(("drie", "3")) else 15
    if "half uur" in said or "halfuur" in said or "halve" in said:
        return 30
    if re.search(r"\d ?u|uur", said):
        more = re.search(r"u(?:ur)? ?(?:(?P<min>\d{2})|(?P<half>en een half|half))", said)
        return 60 * count + (int(more["min"]) if more and more["min"] else 30 if more else 0)
    if re.match(r"\d+[.,]5", said):
        return count
    return count


def returns_each_time(said: str) -> bool:
    """Whether a point comes back at every meeting."""
    return _EVERY.search(_plain(said)) is not None


def for_later(said: str) -> bool:
    """Whether a point goes to the backlog."""
    return _BACKLOG.search(_plain(said)) is not None


def link_in(said: str) -> str | None:
    """The link that a text holds."""
    found = _LINK.search(said)
    return found.group().rstrip(".,;)") if found else None


def without_link(said: str) -> str:
    """The text without its link and the word that announces it."""
    return re.sub(
        rf"[\s,;(]*(?:\b(?:link|bijlage|zie)\b:?\s*)?(?:{_LINK.pattern})[)\s]*", " ", said, flags=re.IGNORECASE
    ).strip()


def presenter_in(said: str) -> str:
    """Who brings a point, as typed: "Els" for "door Els"."""
    found = _BY.search(said) or _BRINGS.search(said)
    if found is None:
        return ""
    words = found["who"].split()
    while words and fold(words[-1]) in {"van", "de", "der", "den", "el", "en"}:
        words.pop()
    who = " ".join(words)
    return "" if fold(who) in {"mij", "me", "mezelf", "ons", "iemand", "ik", "de", "het", "een", "punt"} else who


def month_in(text: str, now: datetime) -> date | None:
    """The first day of the month that `text` names ("pas in september"); None where it names none, or a day."""
    dates = find_dates(without_length(text[:LONGEST_READ]), now)
    return next((start for one in dates if (start := _first_of_month(one)) is not None), None)


def without_dates(said: str, now: datetime) -> str:
    """The text without the days and months in it."""
    said = said[:LONGEST_READ]
    for one in reversed(find_dates(said, now)):
        said = f"{said[: one.span[0]]} {said[one.span[1] :]}"
    return said


def _first_of_month(one: DateExpression) -> date | None:
    start, end = one.start, one.end
    moment = start if start is not None else end
    if not isinstance(moment, date) or isinstance(moment, datetime) or re.search(r"\d{1,2}", one.text.split()[0]):
        return None
    if start is None or end is None:
        return moment if moment.day == 1 and re.search(MONTHS, fold(one.text)) else None
    whole = isinstance(end, date) and (end - moment).days >= _MONTH_LONG and moment.month == end.month
    return moment if whole and moment.day == 1 else None


_MONTH_LONG = 27
