"""The fields of a meeting as a form carries them, in texts, and what they mean.

A form is a mapping of the names in FORM to texts: days as "2027-06-11", hours as "09:30", people by their names,
experts as "Ilse Moens (Vzw Golfslag), Rik Tanghe". An empty text is an empty field.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, TypeVar

from storage.domain.meetings import Audience, Guest, Location, Meeting, MeetingKind
from storage.domain.network import Names
from storage.domain.planning import HIGHEST, NewMeeting, Problem, Usual, as_new, problems, tidied

Form: TypeAlias = Mapping[str, str]

FORM = (
    "kind",
    "title",
    "day",
    "starts",
    "ends",
    "last_day",
    "place",
    "address",
    "room",
    "online_url",
    "themes",
    "capacity",
    "fee",
    "register_until",
    "agenda_until",
    "organiser",
    "note_taker",
    "audience",
    "guests",
    "practical",
    "for_whom",
    "description",
)

IN_FORM = {
    "starts": ("day", "starts"),
    "ends": ("ends", "last_day"),
    "location": ("place", "address", "room"),
    "fee_eur": ("fee",),
}
"""The fields of the form that make a field of the import format, where they have another name."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a form means, and what is wrong with it, by the name of the form's field."""

    values: Mapping[str, Any]
    mistakes: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Reading:
    form: Form
    zone: tzinfo | None
    names: Names
    mistakes: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def wrong(self, name: str, code: str) -> None:
        self.mistakes.append(Problem(name, code))

    def read(self, name: str, reader: Callable[[str], "T"]) -> "T | None":
        """One field; empty is None, and what can't be read a mistake."""
        said = self.text(name)
        if not said:
            return None
        try:
            return reader(said)
        except (ValueError, InvalidOperation):
            self.wrong(name, "unreadable")
            return None


T = TypeVar("T")


def read_form(form: Form, zone: tzinfo | None, names: Names, now: datetime) -> Read:
    """The typed fields of the import format that a whole form means, and every mistake in it."""
    reading = _Reading(form, zone, names)
    starts, ends = _moments(reading)
    values: dict[str, Any] = {
        "kind": reading.read("kind", MeetingKind) or MeetingKind.OTHER,
        "title": reading.text("title"),
        "location": _location(reading),
        "online_url": reading.text("online_url") or None,
        "capacity": reading.read("capacity", _whole),
        "fee_eur": reading.read("fee", _amount),
        "register_until": reading.read("register_until", _day),
        "agenda_until": reading.read("agenda_until", _day),
        "organiser": _person(reading, "organiser"),
        "note_taker": _person(reading, "note_taker"),
        "audience": reading.read("audience", Audience),
        "themes": tuple(one.strip() for one in reading.text("themes").split(",") if one.strip()),
        "guests": _guests(reading.text("guests")),
        **{name: reading.text(name) or None for name in ("practical", "for_whom", "description")},
    }
    if starts is not None and ends is not None:
        values |= {"starts": starts, "ends": ends}
        new = tidied(NewMeeting(**values))
        known = {mistake.field for mistake in reading.mistakes}
        reading.mistakes += [one for one in map(_in_form, problems(new, now)) if one.field not in known]
        values = {name: getattr(new, name) for name in values}
    elif not reading.text("title"):
        reading.wrong("title", "missing")
    return Read(values, tuple(reading.mistakes))


def _moments(reading: _Reading) -> tuple[datetime | None, datetime | None]:
    """When it begins and ends; the end is on the same day unless another one is told."""
    day, last = reading.read("day", _day), reading.read("last_day", _day)
    starts, ends = reading.read("starts", _hour), reading.read("ends", _hour)
    for name, value in (("day", day), ("starts", starts), ("ends", ends)):
        if value is None and not reading.text(name):
            reading.wrong(name, "missing")
    if day is None or starts is None or ends is None:
        return None, None
    return datetime.combine(day, starts, reading.zone), datetime.combine(last or day, ends, reading.zone)


def _in_form(problem: Problem) -> Problem:
    """A problem of a field of the import format at the field of the form that shows it."""
    if problem.field == "starts":
        return Problem("starts" if problem.code == "skipped" else "day", problem.code)
    return Problem(IN_FORM.get(problem.field, (problem.field,))[0], problem.code)


def _location(reading: _Reading) -> Location | None:
    place, address, room = (reading.text(name) or None for name in ("place", "address", "room"))
    if room and not place and not address:
        place, room = room, None  # a hall without a building is the place itself
    return Location(place or "", address, room) if place or address or room else None


def _person(reading: _Reading, name: str) -> int | None:
    said = " ".join(reading.text(name).split()).casefold()
    if not said:
        return None
    everybody = reading.names.people
    found = [one.id for one in everybody if one.name.casefold() == said]
    found = found or [one.id for one in everybody if one.name.casefold().split()[0] == said]
    if len(found) == 1:
        return found[0]
    reading.wrong(name, "several_people" if found else "unknown_person")
    return None


_BETWEEN = re.compile(r",(?![^(]*\))")
"""A comma that is not between brackets."""


def _guests(said: str) -> tuple[Guest, ...]:
    split = [one.partition("(") for one in _BETWEEN.split(said)]
    named = [(name.strip(" )"), rest.partition(")")[0].strip()) for name, _, rest in split]
    return tuple(Guest(name, organisation or None) for name, organisation in named if name)


def _day(said: str) -> date:
    """An ISO day, but for those with which a calendar can't count on."""
    day = date.fromisoformat(said)
    if not date.min.year < day.year < date.max.year:
        raise ValueError(said)
    return day


_CLOCK = re.compile(r"(\d{1,2})(?:[:.uh](\d{2})?)?\s*(?:u|uur|h)?")


def _hour(said: str) -> time:
    """ "09:30"; what older clients send as they like it: "9u30", "9.30"."""
    found = _CLOCK.fullmatch(said.strip().lower().removesuffix(":00") if said.count(":") > 1 else said.strip().lower())
    if found is None:
        raise ValueError(said)
    return time(int(found[1]), int(found[2] or 0))


def _whole(said: str) -> int:
    number = Decimal(said)
    if not number.is_finite():
        raise ValueError(said)
    if not -HIGHEST <= number <= HIGHEST:
        return HIGHEST + 1 if number > 0 else -1  # too many all the same, and "1e999999" takes minutes to write out
    if number != number.to_integral_value():
        raise ValueError(said)
    return int(number)


def _amount(said: str) -> Decimal:
    return Decimal(re.sub(r"\s*(?:€|euro|eur)\s*", "", said.lower()).replace(",", "."))


def form_of(meeting: Meeting, names: Names) -> dict[str, str]:
    """A meeting as a form."""
    new, known = as_new(meeting), {one.id: one.name for one in names.people}
    place = meeting.location or Location("")
    same_day = meeting.ends.date() == meeting.starts.date()
    return {
        "kind": meeting.kind.value,
        "title": meeting.title,
        "day": meeting.starts.date().isoformat(),
        "starts": f"{meeting.starts:%H:%M}",
        "ends": f"{meeting.ends:%H:%M}",
        "last_day": "" if same_day else meeting.ends.date().isoformat(),
        "place": place.name,
        "address": place.address or "",
        "room": place.room or "",
        "online_url": meeting.online_url or "",
        "themes": ", ".join(meeting.themes),
        "capacity": "" if meeting.capacity is None else str(meeting.capacity),
        "fee": "" if meeting.fee_eur is None else f"{meeting.fee_eur.normalize():f}".replace(".", ","),
        "register_until": meeting.register_until.isoformat() if meeting.register_until else "",
        "agenda_until": meeting.agenda_until.isoformat() if meeting.agenda_until else "",
        "organiser": known.get(new.organiser or 0, ""),
        "note_taker": known.get(new.note_taker or 0, ""),
        "audience": meeting.audience.value,
        "guests": ", ".join(f"{one.name} ({one.organisation})" if one.organisation else one.name for one in new.guests),
        **{name: getattr(meeting, name) or "" for name in ("practical", "for_whom", "description")},
    }


def changed_form(form: Form, said: Form) -> dict[str, str]:
    """A form with what a sentence says: its end moves along with its begin, and deadlines with the day, unless said."""
    after = {**form, **{name: value for name, value in said.items() if name in FORM}}
    begins = _moment(form, "day", "starts")
    if begins is None:
        return after
    if "shift" in said:
        moved = begins + timedelta(minutes=int(said["shift"]))
        after |= {"day": moved.date().isoformat(), "starts": f"{moved:%H:%M}"}
    starts, ends = _moment(after, "day", "starts"), _moment(form, "last_day" if form.get("last_day") else "day", "ends")
    if starts is None or ends is None:
        return after
    if "ends" not in said:
        length = timedelta(minutes=int(said["minutes"])) if said.get("minutes") else ends - begins
        after |= _ending(starts, starts + length)
    days = starts.date() - begins.date()
    for name in ("register_until", "agenda_until"):
        if form.get(name) and name not in said and days:
            after[name] = (date.fromisoformat(form[name]) + days).isoformat()
    if said.get("place") and said["place"] != form.get("place"):
        after |= {name: said.get(name, "") for name in ("address", "room")}
    return after


def _ending(starts: datetime, ends: datetime) -> dict[str, str]:
    same_day = ends.date() == starts.date()
    return {"ends": f"{ends:%H:%M}", "last_day": "" if same_day else ends.date().isoformat()}


def _moment(form: Form, day: str, hour: str) -> datetime | None:
    try:
        return datetime.combine(_day(form.get(day, "")), time.fromisoformat(form.get(hour, "")))
    except ValueError:
        return None


def with_usual(said: Form, usual: Usual) -> dict[str, str]:
    """What a sentence says with the usual hour and length of its kind, where it does not say them."""
    form = {name: said[name] for name in FORM if name in said}
    form.setdefault("starts", f"{usual.starts:%H:%M}")
    starts = _moment({**form, "day": "2000-01-01"}, "day", "starts")
    if starts is not None and "ends" not in form:
        minutes = int(said.get("minutes") or usual.minutes)
        form["ends"] = f"{starts + timedelta(minutes=minutes):%H:%M}"
    return form
