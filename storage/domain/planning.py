"""Making and changing meetings: their fields, what is sensible in each, and what a kind of meeting usually has."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from storage.domain.meetings import Audience, Guest, Location, Meeting, MeetingKind

LONGEST_NAME = 200
LONGEST_ROOM = 100
LONGEST_TEXT = 4_000
LONGEST_URL = 2_000
HIGHEST = 100_000
MOST_IN_A_LIST = 20
"""The limits of the import format (bot/files/network_model.py), and of themes and guests."""

LONGEST_MEETING = timedelta(days=7)
FARTHEST = timedelta(days=5 * 366)
"""A meeting planned later than this, or longer than that, is a typing mistake."""

IN_CALENDARS = frozenset({"title", "starts", "ends", "location", "online_url"})
"""The fields whose change people's own calendars must learn of, and the people themselves."""

IN_NAMES = frozenset({"kind", "title", "starts", "location", "themes", "guests"})
"""The fields by which people refer to a meeting."""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be made. `starts` and `ends` are aware, in the network's zone; `audience` None: as its kind has it.

    The fields are those of the import format; `organiser` and `note_taker` are ids of people.
    """

    kind: MeetingKind
    title: str
    starts: datetime
    ends: datetime
    description: str | None = None
    for_whom: str | None = None
    practical: str | None = None
    organiser: int | None = None
    note_taker: int | None = None
    audience: Audience | None = None
    location: Location | None = None
    online_url: str | None = None
    capacity: int | None = None
    fee_eur: Decimal | None = None
    register_until: date | None = None
    agenda_until: date | None = None
    themes: tuple[str, ...] = ()
    guests: tuple[Guest, ...] = ()


FIELDS = tuple(field.name for field in fields(NewMeeting))
"""The fields of a meeting in the import format, without its agenda, list and sessions."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: a code that the texts have a sentence for."""

    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Usual:
    """When a kind of meeting usually begins, and how many minutes it takes."""

    starts: time
    minutes: int


_USUAL = {
    MeetingKind.INTERVISIE: Usual(time(9, 30), 150),
    MeetingKind.INFOMOMENT: Usual(time(13, 30), 90),
    MeetingKind.NETWERKDAG: Usual(time(9), 420),
    MeetingKind.STUURGROEP: Usual(time(14), 120),
    MeetingKind.OTHER: Usual(time(9, 30), 120),
}


def usual(kind: MeetingKind, last: Meeting | None) -> Usual:
    """As the last meeting of its kind was, where there is one."""
    if last is None or last.starts.date() != last.ends.date():
        return _USUAL[kind]
    return Usual(last.starts.time(), int((last.ends - last.starts).total_seconds() // 60))


def as_new(meeting: Meeting) -> NewMeeting:
    """A meeting's own fields, as if it was still to be made."""
    direct = {name: getattr(meeting, name) for name in FIELDS if name not in {"organiser", "note_taker"}}
    return NewMeeting(**direct, organiser=meeting.organiser_id, note_taker=meeting.note_taker_id)


def changed_fields(before: NewMeeting, after: NewMeeting) -> tuple[str, ...]:
    """The names of the fields that differ, in the order of the import format."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def with_values(before: NewMeeting, values: Mapping[str, Any]) -> NewMeeting:
    """The meeting with these fields changed. Its end and deadlines move along with its start, unless said themselves.

    Raises TypeError for a field that there is not.
    """
    after = replace(before, **values)
    if "ends" not in values:
        after = replace(after, ends=after.starts + (before.ends - before.starts))
    days = after.starts.date() - before.starts.date()
    moved = {
        name: until + days
        for name in ("register_until", "agenda_until")
        if name not in values and (until := getattr(before, name)) is not None
    }
    return replace(after, **moved) if days else after


def moved_to(before: NewMeeting, starts: datetime) -> NewMeeting:
    """The same meeting at another moment, with everything that depends on it."""
    return with_values(before, {"starts": starts})


def exists(moment: datetime) -> bool:
    """False for a local time that the clock skips when summer time begins."""
    return moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def tidied(new: NewMeeting) -> NewMeeting:
    """The same without needless spaces and control characters; what is empty then is left out, but for the audience."""
    texts: dict[str, Any] = {name: tidy(getattr(new, name), lines=True) for name in _LONG}
    place = new.location
    if place is not None:
        place = Location(tidy(place.name) or "", tidy(place.address), tidy(place.room))
        place = place if place.name or place.address or place.room else None
    guests = tuple(Guest(tidy(guest.name) or "", tidy(guest.organisation)) for guest in new.guests)
    themes = dict.fromkeys(theme for one in new.themes if (theme := tidy(one)))
    moments = {name: getattr(new, name).replace(second=0, microsecond=0) for name in ("starts", "ends")}
    return replace(
        new,
        **texts,
        **moments,
        title=tidy(new.title) or "",
        online_url=tidy(new.online_url),
        audience=new.audience or Audience.default_for(new.kind),
        location=place,
        themes=tuple(themes),
        guests=tuple(guest for guest in guests if guest.name),
    )


_LONG = ("description", "for_whom", "practical")


def tidy(text: str | None, *, lines: bool = False) -> str | None:
    """A text without needless spaces and control characters, on one line or on several; None when nothing is left."""
    if text is None:
        return None
    shown = "".join(one if one in "\n\t" or unicodedata.category(one)[0] != "C" else " " for one in text)
    if lines:
        return "\n".join(" ".join(line.split()) for line in shown.strip().splitlines()).strip() or None
    return " ".join(shown.split()) or None


def problems(new: NewMeeting, now: datetime) -> tuple[Problem, ...]:
    """What is not sensible in a meeting that is tidied: one problem a field at most."""
    found: dict[str, Problem] = {}
    for name, code in (*_about_words(new), *_about_times(new, now), *_about_numbers(new)):
        found.setdefault(name, Problem(name, code))
    return tuple(found.values())


def _about_words(new: NewMeeting) -> Iterator[tuple[str, str]]:
    if not new.title:
        yield "title", "missing"
    for name, text, most in _texts(new):
        if text is not None and len(text) > most:
            yield name, "too_long"
    if new.location is not None and not new.location.name:
        yield "location", "missing"
    if new.online_url is not None and not _LINK.fullmatch(new.online_url):
        yield "online_url", "no_link"
    for name in ("themes", "guests"):
        if len(getattr(new, name)) > MOST_IN_A_LIST:
            yield name, "too_many"


_LINK = re.compile(r"https?://[^\s]+")


def _texts(new: NewMeeting) -> Iterator[tuple[str, str | None, int]]:
    yield "title", new.title, LONGEST_NAME
    for name in _LONG:
        yield name, getattr(new, name), LONGEST_TEXT
    yield "online_url", new.online_url, LONGEST_URL
    if new.location is not None:
        yield "location", new.location.name, LONGEST_NAME
        yield "location", new.location.address, LONGEST_NAME
        yield "location", new.location.room, LONGEST_ROOM
    for theme in new.themes:
        yield "themes", theme, LONGEST_NAME
    for guest in new.guests:
        yield "guests", guest.name, LONGEST_NAME
        yield "guests", guest.organisation, LONGEST_NAME


def _about_times(new: NewMeeting, now: datetime) -> Iterator[tuple[str, str]]:
    for name, moment in (("starts", new.starts), ("ends", new.ends)):
        if not exists(moment):
            yield name, "skipped"
    if new.starts.timestamp() <= now.timestamp():
        yield "starts", "past"
    if new.starts - now > FARTHEST:
        yield "starts", "far"
    if new.ends.timestamp() <= new.starts.timestamp():
        yield "ends", "before_start"
    elif new.ends - new.starts > LONGEST_MEETING:
        yield "ends", "too_far"
    for name in ("register_until", "agenda_until"):
        until = getattr(new, name)
        if until is not None and until > new.starts.date():
            yield name, "after_start"


def _about_numbers(new: NewMeeting) -> Iterator[tuple[str, str]]:
    if new.capacity is not None and not 0 <= new.capacity <= HIGHEST:
        yield "capacity", "out_of_range"
    fee = new.fee_eur
    if fee is not None and not (fee.is_finite() and 0 <= fee <= HIGHEST and fee == round(fee, 2)):
        yield "fee_eur", "out_of_range"


def key_for(new: NewMeeting, taken: Collection[str]) -> str:
    """A key of the import format from kind, title and day that is not taken: "intervisie-spijbelen-2027-06-11"."""
    title = unicodedata.normalize("NFKD", new.title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", title)
    head = [] if words[:1] == [new.kind.value] else [new.kind.value]
    stem = f"{'-'.join([*head, *words])[:80].rstrip('-')}-{new.starts.date().isoformat()}"
    others = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (stem, *others) if key not in taken)
