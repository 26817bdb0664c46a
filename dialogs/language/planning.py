"""What a coordinator's sentence says of a meeting to make or to change, as the fields of its form have it.

Days are "2027-06-11", hours "09:30"; people are full names, or as typed when that names nobody, or several.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from dialogs.language import planning_fields as fields
from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.planning_text import People, Text, trimmed
from dialogs.language.references import mask_kinds
from dialogs.language.spelling import fold, strip_markup, tokens
from storage.domain.meetings import MeetingKind
from storage.domain.network import Names
from storage.domain.series import Rhythm

LONGEST = 1_500
"""Characters that are read."""


def new_meeting(said: str, now: datetime, names: Names) -> dict[str, str]:
    """The fields of a new meeting that a sentence tells; `now` is aware, in the network's zone."""
    text = Text(strip_markup(said)[:LONGEST])
    found = _kind(text) | fields.link(text)
    quoted = text.take(r"[\"“„«]([^\"”»]{2,200})[\"”»]", 1)
    found |= fields.labelled_in_list(text)
    found |= {"title": trimmed(quoted)} if quoted and "title" not in found else {}
    found |= _times(_dates(text, now))
    found |= fields.people(text, People(names)) | fields.seats(text) | fields.fee(text)
    found |= fields.audience(text) | fields.guests(text) | fields.place(text, names) | fields.theme(text)
    return _lasting(found, _minutes(text))


def new_values(said: str, now: datetime, names: Names, day: date) -> dict[str, str]:
    """What a sentence changes of a meeting that is on `day`. "" empties a field.

    "shift" is by how many minutes it is moved, where that is said instead of an hour.
    """
    text = Text(strip_markup(said)[:LONGEST])
    found = fields.link(text) | fields.cleared(text) | fields.assigned(text, names) | _other_kind(text)
    dates = _dates(text, now)
    found |= _times(_as_said_last(text, dates, day))
    found |= {} if {"day", "starts"} & found.keys() else _shifted(text, day)
    found |= fields.people(text, People(names)) | fields.seats(text) | fields.fee(text)
    found |= fields.audience(text) | fields.guests(text)
    if not {"place", "room", "title"} & found.keys():
        found |= fields.place(text, names)
    minutes = _minutes(text)
    return {**found, "minutes": str(minutes)} if minutes and "ends" not in found else found


def _kind(text: Text) -> dict[str, str]:
    kinds = mask_kinds(tokens(text.folded))
    if not kinds:
        return {}
    known = {kind.value for kind in MeetingKind}
    return {"kind": next((kind for kind in kinds if kind in known), MeetingKind.OTHER.value)}


def _other_kind(text: Text) -> dict[str, str]:
    """ "Verander de intervisie van 4 februari in een infomoment"."""
    said = text.take(r"\b(?:naar|in|wordt) een (\w{5,20}(?: \w{3,10})?)", 1)
    return _kind(Text(said)) if said else {}


# Days and hours


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date in the sentence, and the field it is about: "when", "register_until" or "agenda_until"."""

    field: str
    expression: DateExpression

    @property
    def day(self) -> date | None:
        one = self.expression
        moment = one.start if one.start is not None else one.end
        if isinstance(moment, datetime):
            return moment.date()
        return moment if isinstance(moment, date) else None


_ABOUT = {
    "register_until": re.compile(r"inschrij|inschrev|in te schrij|registr|aanmeld"),
    "agenda_until": re.compile(r"agenda ?punt|(?:punten|agenda|casus\w*|input)\b[^|]{0,30}$"),
}


def _dates(text: Text, now: datetime) -> list[_Dated]:
    """All dates, each blank from then on."""
    found: list[_Dated] = []
    shown, edge = text.shown, 0
    for one in find_dates(shown, now):
        first, last = one.span
        if one.every is not None:
            continue
        before = re.split(r"[,;|\n]|[.!?] ", text.folded[edge:first])[-1]
        about = next((name for name, words in _ABOUT.items() if words.search(before)), "when")
        deadline = about != "when" and (one.bound == "before" or "deadline" in before or "uiter" in before)
        found.append(_Dated(about if deadline else "when", one))
        edge = last if deadline else edge
    for dated in reversed(found):
        text.blank(*dated.expression.span)
    return found


def _times(dates: Sequence[_Dated]) -> dict[str, str]:
    """Day, begin, end and deadlines."""
    found: dict[str, str] = {}
    for dated in dates:
        one = dated.expression
        if dated.field != "when":
            found.setdefault(dated.field, dated.day.isoformat() if dated.day else "")
            continue
        if dated.day is not None:
            found.setdefault("day", dated.day.isoformat())
        for name, moment in (("starts", one.start), ("ends", one.end)):
            if isinstance(moment, datetime | time):
                found.setdefault(name, f"{moment:%H:%M}")
    return {name: value for name, value in found.items() if value}


def _as_said_last(text: Text, dates: Sequence[_Dated], day: date) -> list[_Dated]:
    """The dates that say how it becomes: not the day it is on now, nor what stands behind "in plaats van"."""
    kept = [one for one in dates if not _is_old(text, one)]
    others = [one for one in kept if one.field == "when"]
    towards = [match.end() for match in re.finditer(r"\b(?:naar|maar|wordt|worden|op)\b", text.folded)]
    after = [one for one in others if towards and one.expression.span[0] >= _last_before(towards, others)]
    new = [one for one in (after or others) if one.day != day]
    days = [one for one in new if one.day is not None][-1:]
    hours = [one for one in new if one.day is None]
    same = [one for one in others if one.day == day and one not in after] if not days else []
    return [one for one in kept if one.field != "when"] + days + hours + [_hours_of(one) for one in same if not hours]


def _last_before(towards: Sequence[int], dates: Sequence[_Dated]) -> int:
    """Where the last "naar" stands that a date follows."""
    last = max((one.expression.span[0] for one in dates), default=0)
    return max((place for place in towards if place <= last), default=0)


def _hours_of(dated: _Dated) -> _Dated:
    """Of the day it is on now only the hours are news."""
    one = dated.expression
    return _Dated("when", replace(one, start=_hour(one.start), end=_hour(one.end)))


def _hour(moment: date | datetime | time | None) -> time | None:
    return moment.time() if isinstance(moment, datetime) else None


def _is_old(text: Text, dated: _Dated) -> bool:
    before = text.folded[: dated.expression.span[0]]
    return (
        re.search(r"(?:in plaats van|ipv|i\.p\.v\.|niet)(?: (?:op|om|van|de|den|die van)){0,2} ?$", before) is not None
    )


_WRITTEN = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_WRITTEN)}|anderhalf|een half|een halve)"
_SHIFT = re.compile(
    rf"\b{_NUMBER} (?P<unit>kwartier|minuten|minuut|uur|dagen|dag|weken|week|maanden|maand)\b(?P<rest>.{{0,20}})"
)
_MOVES = re.compile(
    r"\b(?:verschui\w*|verzet\w*|verplaats\w*|uitstel\w*|stel|schuif|zet|later|vroeger|eerder|vervroeg\w*)\b"
)
_EARLIER = re.compile(r"\b(?:vroeger|eerder|vervroeg\w*|naar voor(?:en)?|vooruit)\b")


def _shifted(text: Text, day: date) -> dict[str, str]:
    """Another day or hour told by its distance: "een week later"."""
    found = _SHIFT.search(text.folded) if _MOVES.search(text.folded) else None
    if found is None:
        return {}
    number = _number(found["number"]) * (-1 if _EARLIER.search(text.folded) else 1)
    if found["unit"].startswith(("uur", "minu", "kwart")):
        length = {"u": 60, "m": 1, "k": 15}[found["unit"][0]]
        return {"shift": str(int(number * length))}
    whole = int(number)
    steps = {"d": relativedelta(days=whole), "w": relativedelta(weeks=whole), "m": relativedelta(months=whole)}
    return {"day": (day + steps[found["unit"][0]]).isoformat()}


def _number(said: str) -> float:
    if said.isdecimal():
        return int(said)
    return {"anderhalf": 1.5, "een half": 0.5, "een halve": 0.5}.get(said) or _WRITTEN.index(said) + 1


_LASTS = re.compile(
    rf"\b(?:duurt|duur(?: is|:)?|gedurende) (?:ongeveer )?{_NUMBER} (?P<unit>uur|minuten)(?: en (?P<more>half|\d\d?))?"
)


def _minutes(text: Text) -> int | None:
    """How long it takes, where that is said: "duurt 2 uur"."""
    found = _LASTS.search(text.folded)
    if found is None:
        return None
    minutes = int(_number(found["number"]) * (60 if found["unit"] == "uur" else 1))
    return minutes + (30 if found["more"] == "half" else int(found["more"] or 0))


def _lasting(found: dict[str, str], minutes: int | None) -> dict[str, str]:
    if minutes is None or "ends" in found:
        return found
    if "starts" not in found:
        return {**found, "minutes": str(minutes)}
    ends = datetime.fromisoformat(f"2000-01-01T{found['starts']}+00:00") + timedelta(minutes=minutes)
    return {**found, "ends": f"{ends:%H:%M}"}


# Series

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_ORDER = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": -1}
_NTH = re.compile(rf"\b(?P<nth>{'|'.join(_ORDER)}|[1-4](?:e|de|ste)) (?P<day>{'|'.join(_DAYS)})")
_DAY = re.compile(rf"\b(?P<day>{'|'.join(_DAYS)})")
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_WRITTEN)})"
_PER_YEAR = re.compile(rf"\b{_COUNT} ?(?:keer |maal |x )?(?:\w+ )?(?:per|in een|in het|dit|volgend) (?:school)?jaar\b")
_COUNTED = re.compile(
    rf"\b(?:reeks van )?(?!een\b){_COUNT} ?(?:keer\b|maal\b|x\b|nieuwe |intervisie|infomoment|infosessie|netwerkdag"
    r"|stuurgroep|bijeenkomst|vergadering|datums|data\b)"
)
_EVERY = re.compile(r"INTERVAL=(\d+)")
USUAL_COUNT = 6
"""How many are proposed where the sentence doesn't tell."""


def series(said: str, now: datetime) -> Rhythm | None:
    """The rhythm of a series; None when the sentence tells none."""
    text = strip_markup(said)[:LONGEST]
    folded, dates = fold(text), find_dates(text, now)
    every = next((one.every for one in dates if one.every is not None), "")
    nth, day = _NTH.search(folded), _DAY.search(folded)
    yearly = _PER_YEAR.search(folded)
    if not every and nth is None and yearly is None:
        return None
    interval = int(found[1]) if (found := _EVERY.search(every)) else 1
    counted = yearly or _COUNTED.search(folded)
    count = int(_number(counted["count"])) if counted else USUAL_COUNT
    weeks = interval if "WEEKLY" in every else 0
    months = max(1, 12 // max(count, 1)) if yearly else interval if "MONTHLY" in every else 0 if weeks else 1
    said_day = nth or day
    weekday = _DAYS.index(said_day["day"]) if said_day else None
    order = _ORDER.get(nth["nth"]) or int(nth["nth"][0]) if nth else 1
    return Rhythm(count, _start(dates, now), weeks, months, weekday, order)


def _start(dates: Sequence[DateExpression], now: datetime) -> date:
    """From when on, where that is told."""
    for one in dates:
        moment = one.start if one.bound == "after" and one.every is None else None
        if isinstance(moment, datetime):
            return moment.date()
        if isinstance(moment, date):
            return moment
    return now.date()


_REASON = re.compile(
    r"(?:\b(?:want|omdat|wegens|aangezien|vanwege|owv|omwille van)\b|\breden\s*:)\s*(?P<why>\S.{1,900})$"
)


def reason(said: str) -> str:
    """Why, where a sentence tells it: "annuleer de intervisie want de spreker is ziek"."""
    text = strip_markup(said)[:LONGEST]
    found = _REASON.search(fold(text))
    if found is None:
        return ""
    why = text[slice(*found.span("why"))].strip(' ."“”')
    word = found.group().split()[0]
    return why if word in {"want", "reden", "reden:"} else f"{text[found.start() : found.start('why')].strip()} {why}"


def words_before_reason(said: str) -> tuple[str, ...]:
    """The words that stand before a reason; none where the sentence is a reason and nothing else."""
    text = fold(strip_markup(said)[:LONGEST])
    found = _REASON.search(text)
    return tuple(re.findall(r"\w+", text[: found.start()] if found else text))


def is_yes(words: Sequence[str]) -> bool:
    """Whether these words say yes to cancelling, and nothing else."""
    return bool(words) and _SAYS_YES.issuperset(words) and words[0] not in {"de", "maar"}


# fmt: off
_SAYS_YES = frozenset(
    [
        "ja", "jawel", "yes", "ok", "oke", "okay", "doe", "maar", "het", "dat", "graag", "zeker", "goed", "prima",
        "akkoord", "annuleer", "annuleren", "ze", "de", "bijeenkomst", "vergadering", "reden", "is", "als", "met", "en",
    ]
)
# fmt: on
