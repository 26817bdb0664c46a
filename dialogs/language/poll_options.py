"""The options that a poll's text lists, as words or as days, and which option or poll somebody's words mean."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from dialogs.language.agenda_points import match
from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.poll_words import count, plainly
from dialogs.language.spelling import fold, strip_markup
from storage.domain.polls import NewOption, Option, PollKind

LONGEST = 4_000
"""Characters that are read of what says which option is meant."""

_MARK = (
    r"(?:[-–—•*·►▪➢✓○●]\s*|\[[ x]?\]\s*|(?:optie |keuze )?\(?(?:\d{1,2}|[a-tA-T])[.):]\s+"
    r"|(?:optie|keuze) (?:\d{1,2}|[a-t])\s*[:.)=-]?\s+)"
)
_BULLET = re.compile(rf"^\s*{_MARK}(?=\S)", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=[\s,;:?.])|^)\(?(?P<mark>\d{1,2}|[a-tA-T])[.):]\s+(?=\S)")
_UNIT = (
    r"(?:keer|keren|x|uur|uren|u|dag|dagen|week|weken|maand|maanden|jaar|jaren|minuten|euro|personen|mensen|keuzes)\b"
)
_COUNTED = re.compile(rf"(?:(?<=[\s,;:?])|^)(?P<mark>\d{{1,2}})\s+(?=[^\W\d])(?!{_UNIT})")
_SLASH = re.compile(r"\s+/\s+|(?<![\d\s])\s*/\s*(?![\d\s])")
_LAST = re.compile(r"\s*,?\s+(?:of|en|ofwel|or|oftewel|dan wel)\s+(?:(?:ofwel|of) )?(?=\S)", re.IGNORECASE)
_OR = re.compile(r"\s*,?\s+(?:of|ofwel|or)\s+(?=\S)", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s+|,(?=[^\d\s])")
_LEADING = re.compile(r"^\s*(?:(?:ofwel|of|en|ook)\s+|[:,;–—-]\s*)+", re.IGNORECASE)
_HEADER = re.compile(r"[?:]\s*$")
_LONGEST_LINE = 120
_LEAST_LINES = 2


def listed_lines(text: str) -> tuple[tuple[str, ...], str]:
    """The options that stand on lines of their own, and the text around them."""
    lines = [line for line in text.splitlines() if line.strip()]
    marked = [place for place, line in enumerate(lines) if _BULLET.match(line)]
    if len(marked) >= _LEAST_LINES:
        options = tuple(_BULLET.sub("", lines[place]).strip(" ;,") for place in marked)
        return options, "\n".join(line for place, line in enumerate(lines) if place not in marked)
    head = next(
        (place for place, line in enumerate(lines) if _HEADER.search(line) and not _asks_on(lines, place)), None
    )
    if head is None or len(lines) - head - 1 < _LEAST_LINES:
        return (), text
    below = lines[head + 1 :]
    if any(len(line) > _LONGEST_LINE or _HEADER.search(line) for line in below):
        return (), text
    below = [line.strip(" ;,") for line in below]
    if all(line.startswith(f"{place} ") for place, line in enumerate(below, 1)):
        below = [line.partition(" ")[2].strip() for line in below]
    return tuple(below), "\n".join(lines[: head + 1])


def _asks_on(lines: Sequence[str], place: int) -> bool:
    """Whether a header is followed by another: "poll:" and then the question."""
    return any(_HEADER.search(line) for line in lines[place + 1 :])


def listed(text: str) -> tuple[str, ...]:
    """The parts of a text that lists options in one line: between ";", "/" or commas, numbered, or with "of"."""
    said = _LEADING.sub("", text.strip())
    if not said:
        return ()
    marked = _numbered(said) or _quoted(said)
    if marked:
        return marked
    if ";" in said or "|" in said or "\n" in said:
        return _parts(re.split(r"\s*[;|\n]\s*", said))
    if _SLASH.search(said):
        return _parts(one for part in _SLASH.split(said) for one in (_COMMA.split(part) if "," in said else [part]))
    commas = _COMMA.split(_QUOTED[0].sub(lambda one: one[0].replace(",", _INSIDE), said))
    if len(commas) > 1 or _INSIDE in commas[0]:
        return _parts(one.replace(_INSIDE, ",") for one in [*commas[:-1], *_LAST.split(commas[-1])])
    if len(dashed := re.split(r"\s+[-–—]\s+", said)) > _LEAST_LINES:
        return _parts(dashed)
    either = _OR.split(said) if not _only_answers(said) else said.strip(" .?!").split()
    return _parts(either if len(either) > 1 else _LAST.split(said))


_INSIDE = "\x1f"
_ANSWERS = frozenset({"ja", "nee", "neen", "misschien", "soms", "nooit", "altijd", "onthouding", "blanco", "twijfel"})
_QUOTED = (re.compile(r"[\"“„«]([^\"“”„«»]{1,300})[\"”»]"), re.compile(r"(?<!\w)['‘]([^'‘’]{1,300})['’](?!\w)"))


def _only_answers(said: str) -> bool:
    """Whether a text is "ja nee misschien"."""
    return all(word in _ANSWERS for word in fold(said).strip(" .?!").split())


def _quoted(said: str) -> tuple[str, ...]:
    """The parts of a text that is nothing but texts between quotation marks."""
    found = (one for pattern in _QUOTED if len(one := pattern.findall(said)) > 1 and _between(pattern, said))
    return _parts(next(found, ()))


def _between(quoted: re.Pattern[str], said: str) -> bool:
    """Whether a text is nothing but what stands between quotation marks."""
    return re.fullmatch(r"(?:[\s,;/|&+–—.-]|\b(?:of|en|ofwel|or)\b)*", quoted.sub(" ", said), re.IGNORECASE) is not None


def _parts(parts: Iterable[str]) -> tuple[str, ...]:
    found = (_LEADING.sub("", one).strip(" ,;") for one in parts)
    return tuple(dict.fromkeys(one for one in found if one))


def _numbered(said: str) -> tuple[str, ...]:
    """The parts of "1. a 2. b", or of "1 a 2 b 3 c" where nothing is left out."""
    for pattern, inside in ((_INLINE, False), (_COUNTED, True)):
        marks = list(pattern.finditer(said))
        names = [fold(one["mark"]) for one in marks]
        if len(marks) < _LEAST_LINES or marks[0].start() > 0 or names[:2] not in (["1", "2"], ["a", "b"]):
            continue
        if inside and names != [str(place) for place in range(1, len(names) + 1)]:
            continue
        ends = [*(one.start() for one in marks[1:]), len(said)]
        return _parts([said[one.end() : end] for one, end in zip(marks, ends, strict=True)])
    return ()


# Days


def is_all_dates(listing: Sequence[str], now: datetime, *, asks: bool) -> bool:
    """Whether each part of a list is a day. A weekday alone is one only where a poll `asks` which day it is to be."""
    return all(_only_a_day(one, now, asks=asks) for one in listing)


_AROUND = re.compile(
    r"[\s\W_]*(?:(?:de|den|op|om|of|en|ofwel|voor|van|tot|uur|u|h|online|live|optie|dag|ook|kan|bv|graag)\b[\s\W_]*)*"
)
_WEEKDAYS = re.compile(
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:voormiddag|namiddag|ochtend|avond|morgen|middag)?s?|(?:ma|di|wo|do|vr|za|zo)"
)


def _only_a_day(said: str, now: datetime, *, asks: bool) -> bool:
    dates = find_dates(said, now)
    if not any(_day(one) is not None or isinstance(one.start, time) for one in dates) or any(
        one.every for one in dates
    ):
        return False
    left = said
    for one in reversed(dates):
        left = f"{left[: one.span[0]]} {left[one.span[1] :]}"
    if _AROUND.fullmatch(re.sub(r"\([^)]*\)", " ", fold(left))) is None:
        return False
    return asks or re.search(r"\d", said) is not None or not _WEEKDAYS.fullmatch(fold(said).strip())


def only_days(said: str, now: datetime, *, asks: bool) -> bool:
    """Whether a text is nothing but days: "4, 11 of 18 december om 14u"."""
    parts = listed(said)
    if all(_only_a_day(one, now, asks=asks) for one in parts):
        return bool(parts)
    dates = find_dates(said, now)
    left = said
    for one in reversed(dates):
        left = f"{left[: one.span[0]]} {left[one.span[1] :]}"
    told = asks or re.search(r"\d", said) is not None
    return told and len(dates) > 1 and _AROUND.fullmatch(fold(left)) is not None


_MOST_IN_A_ROW = 10


def days_in(said: str, now: datetime) -> tuple[NewOption, ...]:
    """The days of a text that is nothing but days, read as a whole or each by itself: the way that tells most hours."""
    ways = (dated_options([said], now), dated_options(listed(said), now))
    return max(ways, key=lambda way: (sum(one.starts is not None for one in way), len(way)))


def dated_options(listing: Sequence[str], now: datetime) -> tuple[NewOption, ...]:
    """The days of a list, with their local hours where they are told; an hour alone is on the day before it."""
    found: list[NewOption] = []
    for part in listing:
        for one in find_dates(part, now):
            found.extend(_options(one, found[-1].day if found else None))
    return tuple(dict.fromkeys(found))


def _options(one: DateExpression, before: date | None) -> list[NewOption]:
    day, starts, ends = _day(one), _hour(one.start), _hour(one.end)
    if day is None:
        return [NewOption(day=before, starts=starts, ends=ends)] if before is not None and starts is not None else []
    last = one.end if isinstance(one.end, date) and not isinstance(one.end, datetime) else day
    if starts is None and day < last <= day + timedelta(days=_MOST_IN_A_ROW):
        return [NewOption(day=day + timedelta(days=n)) for n in range((last - day).days + 1)]
    return [NewOption(day=day, starts=starts, ends=ends)]


def _day(one: DateExpression) -> date | None:
    moment = one.start if one.start is not None else one.end
    if isinstance(moment, datetime):
        return moment.date()
    if not isinstance(moment, date):
        return None
    long = (
        isinstance(one.end, date)
        and not isinstance(one.end, datetime)
        and one.end - moment > timedelta(days=_MOST_IN_A_ROW)
    )
    return None if long else moment


def _hour(moment: object) -> time | None:
    if isinstance(moment, datetime):
        return moment.time().replace(tzinfo=None)
    return moment.replace(tzinfo=None) if isinstance(moment, time) else None


# Which one is meant

_NUMBER = re.compile(
    r"\W*(?:(?:de |het )?(?:optie|keuze|nummer|numero|nr\.?|n°|antwoord|opite|kies|stem)\s*:?\s*)?"
    r"(?P<n>\d{1,2}|[a-t]|een|twee|drie|vier|vijf|zes|zeven|acht)\W*"
)
_ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_ORDINAL = re.compile(
    rf"\W*(?:(?:de|den|d'n|dn|dieje|die|het|'t|t|een|ne|nen) )?"
    rf"(?P<n>{'|'.join(_ORDINALS)}|laatste|middelste|bovenste|onderste|\d{{1,2}}(?:de|ste|e))"
    r"(?: (?:optie|keuze|antwoord|datum|dag|voorstel|thema|mogelijkheid|moment|spreker|plaats))?\W*"
)
_SMALL = re.compile(
    r"\b(?:de|het|een|optie|keuze|voor|op|met|van|in|graag|aub|is|ik|stem|stemmen|datum|dag|die|dat|thema)\b"
)


def option_of(text: str, options: Sequence[Option]) -> Option | None:
    """The one option that a text means: by its number, its letter or its words; None where that is not clear."""
    said = fold(strip_markup(text[:LONGEST])).strip()
    exact = [one for one in options if fold(one.text).strip(" .!?") == said.strip(" .!?") and one.text]
    if len(exact) == 1:
        return exact[0]
    said = plainly(said)
    dated = _of_a_day(said, options) if any(one.day for one in options) else None
    place = _place(said, len(options))
    if place is not None and not (dated is not None and _NTH.search(said)):
        found = next((one for one in options if one.position == place), None)
        unclear = found is not None and dated not in (None, found) and said.strip(" .").isdecimal()
        return None if unclear else found or dated
    if dated is not None:
        return dated
    words = " ".join(_SMALL.sub(" ", said).split()) or said
    named = match(words, [one.text for one in options])
    return options[named] if named is not None else None


_NTH = re.compile(r"\d(?:de|ste|e)\b")
"""In a poll on dates "de 4de" is a day of the month where there is one."""


def _place(said: str, options: int) -> int | None:
    if (numbered := _NUMBER.fullmatch(said)) is not None:
        mark = numbered["n"]
        return ord(mark) - ord("a") + 1 if len(mark) == 1 and mark.isalpha() else count(mark)
    ordinal = _ORDINAL.fullmatch(said)
    if ordinal is None:
        return None
    ends = {"bovenste": 1, "laatste": options, "onderste": options, "middelste": (options + 1) // 2}
    if ordinal["n"] == "middelste" and options % 2 == 0:
        return 0
    if ordinal["n"] in ends:
        return ends[ordinal["n"]]
    return _ORDINALS.index(ordinal["n"]) + 1 if ordinal["n"] in _ORDINALS else int(re.findall(r"\d+", ordinal["n"])[0])


def _of_a_day(said: str, options: Sequence[Option]) -> Option | None:
    """The option on a day that is named: "4/12", "de 4de", "vrijdag"; with its hour where several are on that day."""
    fitting = [one for one in options if one.day is not None and _names_day(said, one.day)]
    if len(fitting) > 1:
        hours = [int(hour) for hour in re.findall(r"\b(\d{1,2}) ?(?:u|h|uur|:)", said)]
        fitting = [one for one in fitting if one.starts is not None and one.starts.hour in hours]
    return fitting[0] if len(fitting) == 1 else None


_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def _names_day(said: str, day: date) -> bool:
    month = _MONTHS[day.month - 1]
    numbers = (
        rf"\b0?{day.day}(?:[/.-]0?{day.month}\b|(?:ste|de|e)?(?: |-)?(?:{month}|mrt)\w*|(?:ste|de|e)\b"
        r"|\b(?![/.:-]\d| ?(?:u|h|uur)\b))"
    )
    weekdays = [place for place, name in enumerate(_NAMES) if re.search(rf"\b(?:{name}|{name[:2]})\b", said)]
    if re.search(numbers, said):
        return not weekdays or day.weekday() in weekdays
    return day.weekday() in weekdays and re.search(r"\d", _HOURS.sub(" ", said)) is None


_HOURS = re.compile(
    r"\b(?:(?:om|van|tot|vanaf|tussen|rond) )?\d{1,2}(?:[:.]\d\d| ?(?:u|h|uur)\b ?(?:\d\d\b)?)"
    r"(?: ?(?:tot|en|-) ?\d.*$)?"
    r"|\b(?:om|vanaf|rond) \d{1,2}\b"
)


def which_poll(words: str, questions: Sequence[str]) -> int | None:
    """The place among `questions` of the poll that `words` are about; None where they fit none, or several."""
    return match(words, questions)


def options_in(text: str) -> tuple[str, ...]:
    """The options that a text is nothing but a list of: on lines of their own, or in one line."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _LEAST_LINES:
        return listed(text)
    return _parts([_BULLET.sub("", line) for line in lines])


def new_options(text: str, now: datetime, kind: PollKind) -> tuple[NewOption, ...]:
    """The options that a text lists for a poll of that kind: of one on dates its days, as far as they are days."""
    parts = options_in(text)
    if kind is not PollKind.DATES:
        return tuple(NewOption(one) for one in parts)
    if "\n" not in text.strip() and only_days(text, now, asks=True):
        return days_in(text, now)
    found: list[NewOption] = []
    for part in parts:
        found += dated_options([part], now) if _only_a_day(part, now, asks=True) else [NewOption(part)]
    return tuple(dict.fromkeys(found))
