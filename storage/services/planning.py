"""The coordinator's planning: making, changing, cancelling and copying meetings, and the history of what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from storage.domain.changes import Change
from storage.domain.meetings import Guest, Location, Meeting, MeetingKind
from storage.domain.people import Person, Viewer
from storage.domain.planning import (
    FIELDS,
    IN_CALENDARS,
    IN_NAMES,
    NewMeeting,
    Usual,
    as_new,
    changed_fields,
    key_for,
    moved_to,
    problems,
    tidied,
    tidy,
    usual,
    with_values,
)
from storage.domain.refusals import (
    AlreadyPlanned,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotCoordinator,
    NotKnown,
    NotSensible,
    TooLong,
)
from storage.services.carrying import move_on
from storage.services.gate import Chosen, Use, check
from storage.services.seating import refill
from storage.services.telling import hear_of_cancelling, hear_of_change, plan_cancelled, plan_changed
from storage.unit_of_work import UnitOfWork, Units

CREATED, CANCELLED = "created", "cancelled"
"""What a history tells beside changed fields."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A meeting as it now is, and the fields of the import format that are not as they were."""

    meeting: Meeting
    fields: tuple[str, ...]


class Planning:
    """What coordinators do with meetings. Every method raises NotCoordinator for others."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def create(
        self, new: NewMeeting, viewer: Viewer, now: datetime, copy_of: int | None = None, *, chosen: Chosen = False
    ) -> Meeting:
        """Make a meeting; with the sessions of `copy_of`, where it is a copy. Raises what `create_all` raises."""
        return (await self.create_all([new], viewer, now, copy_of, chosen=chosen))[0]

    async def create_all(
        self,
        news: Sequence[NewMeeting],
        viewer: Viewer,
        now: datetime,
        copy_of: int | None = None,
        *,
        chosen: Chosen = False,
    ) -> tuple[Meeting, ...]:
        """Make meetings, all or none. Raises NotSensible, AlreadyPlanned, IdentifiesSomebody with a field's name."""
        by = _coordinator(viewer)

        def work(unit: UnitOfWork) -> tuple[Meeting, ...]:
            texts = dict.fromkeys(one for new in news for one in _texts(tidied(new), _GATED))
            _gated(unit, texts, chosen)
            return tuple(create_meeting(unit, new, by, now, copy_of) for new in news)

        return await self._units.write(work)

    async def change(
        self, meeting_id: int, values: Mapping[str, Any], viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Changed:
        """Change fields of a meeting, by their names in the import format and with the types of NewMeeting.

        Its end and deadlines move along with its start unless they are given. Raises NoSuchMeeting, MeetingCancelled,
        MeetingOver (of another time for what is over), NotSensible, IdentifiesSomebody with a field's name.
        """
        by = _coordinator(viewer)
        return await self._units.write(lambda unit: change_meeting(unit, meeting_id, values, by, now, chosen))

    async def cancel(
        self, meeting_id: int, viewer: Viewer, now: datetime, why: str = "", *, chosen: Chosen = False
    ) -> Meeting:
        """Cancel a meeting. Raises NoSuchMeeting, MeetingCancelled, MeetingOver, TooLong, IdentifiesSomebody("why")."""
        by = _coordinator(viewer)
        return await self._units.write(lambda unit: _cancel(unit, meeting_id, tidy(why) or "", by, now, chosen))

    async def copy(self, meeting_id: int, starts: datetime, viewer: Viewer, now: datetime) -> Meeting:
        """Make the same meeting at another moment, without its list and agenda. Raises NoSuchMeeting, NotSensible."""
        by = _coordinator(viewer)

        def work(unit: UnitOfWork) -> Meeting:
            new = moved_to(as_new(_known(unit, meeting_id)), starts)
            return create_meeting(unit, new, by, now, meeting_id)

        return await self._units.write(work)

    async def history(self, meeting_id: int, viewer: Viewer) -> tuple[Change, ...]:
        """The latest changes of a meeting and of its list, in their order. Raises NoSuchMeeting."""
        _coordinator(viewer)

        def work(unit: UnitOfWork) -> tuple[Change, ...]:
            _known(unit, meeting_id)
            return unit.changes.of_meeting(meeting_id)

        return await self._units.read(work)

    async def usual(self, kind: MeetingKind) -> Usual:
        """When such a meeting usually begins and how long it takes."""
        return await self._units.read(lambda unit: usual(kind, unit.meetings.latest(kind)))

    async def told(self, meeting_id: int, viewer: Viewer, cancelling: bool = False) -> int:
        """How many people hear it at once when this coordinator moves or cancels a meeting. Raises NoSuchMeeting."""
        by = _coordinator(viewer)
        hear = hear_of_cancelling if cancelling else hear_of_change
        return await self._units.read(lambda unit: len(hear(unit, _known(unit, meeting_id), by.id)))


def _coordinator(viewer: Viewer) -> Person:
    if not viewer.is_coordinator or viewer.person is None:
        raise NotCoordinator
    return viewer.person


def _known(unit: UnitOfWork, meeting_id: int) -> Meeting:
    found = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if found is None:
        raise NoSuchMeeting
    return found


def _locked(unit: UnitOfWork, meeting_id: int) -> Meeting:
    if unit.seats.locked(meeting_id) is None:
        raise NoSuchMeeting
    found = _known(unit, meeting_id)
    if found.cancelled:
        raise MeetingCancelled
    return found


def create_meeting(unit: UnitOfWork, new: NewMeeting, by: Person, now: datetime, copy_of: int | None = None) -> Meeting:
    """Make a meeting as part of a transaction; its texts passed the gate. Raises NotSensible, AlreadyPlanned."""
    new = tidied(new)
    for problem in problems(new, now):
        raise NotSensible(problem.field)
    _check_people(unit, new, ("organiser", "note_taker"))
    unit.network.raise_revision()  # who changes the network's row makes others wait: no two meetings get one key
    stem = key_for(new, ())
    taken = unit.meetings.keys(stem)
    if _is_planned(unit, new, taken):
        raise AlreadyPlanned
    columns = {"key": key_for(new, taken), "timezone": str(new.starts.tzinfo)}
    for name in FIELDS:
        columns |= _columns(name, getattr(new, name))
    meeting_id = unit.meetings.add(columns)
    if copy_of is not None:
        unit.meetings.copy_sessions(copy_of, meeting_id)
    unit.changes.add(meeting_id, now, by.id, CREATED, None, new.title)
    return _known(unit, meeting_id)


def _is_planned(unit: UnitOfWork, new: NewMeeting, keys: frozenset[str]) -> bool:
    """Whether the same meeting was made before: a form that is sent twice makes one."""
    same = unit.meetings.with_keys(keys)
    return any(one.starts == new.starts and one.title == new.title and not one.cancelled for one in same)


_GATED = ("title", "themes", "practical", "for_whom", "description")
"""The fields in which one writes freely; names of speakers and places have their own."""


def _texts(new: NewMeeting, fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The texts of these fields that pass the gate, by the field's name; themes as their form shows them."""
    for name in _GATED:
        value = getattr(new, name) if name in fields else None
        if value:
            yield name, ", ".join(value) if isinstance(value, tuple) else value


def _gated(unit: UnitOfWork, texts: Iterable[tuple[str, str]], chosen: Chosen) -> None:
    for name, text in texts:
        check(unit, text, name, Use.WORK, chosen)


def change_meeting(
    unit: UnitOfWork, meeting_id: int, values: Mapping[str, Any], by: Person, now: datetime, chosen: Chosen = False
) -> Changed:
    """Change fields of a meeting in a transaction, with all that follows from it. Raises as `Planning.change`."""
    if not IN_NAMES.isdisjoint(values):
        unit.network.raise_revision()  # before the meeting is locked: guests and imports lock the network first as well
    before = _locked(unit, meeting_id)
    old = as_new(before)
    for name in values.keys() - set(FIELDS):
        raise NotSensible(name)
    new = tidied(with_values(old, values))
    fields = changed_fields(old, new)
    if before.is_over(now) and {"starts", "ends"} & set(fields):
        raise MeetingOver
    for problem in problems(new, now):
        if problem.field in fields:
            raise NotSensible(problem.field)
    _check_people(unit, new, fields)
    _gated(unit, _texts(new, fields), chosen)
    if fields:
        _write(unit, before, new, fields, by, now)
    return Changed(_known(unit, meeting_id), fields)


def _write(
    unit: UnitOfWork, before: Meeting, new: NewMeeting, fields: Sequence[str], by: Person, now: datetime
) -> None:
    old, columns = as_new(before), dict[str, Any]()
    for name in fields:
        columns |= _columns(name, getattr(new, name))
        told = (_told(unit, getattr(old, name), name), _told(unit, getattr(new, name), name))
        unit.changes.add(before.id, now, by.id, name, *told)
    if not IN_CALENDARS.isdisjoint(fields):
        columns["revision"] = before.revision + 1
    unit.meetings.write(before.id, columns)
    if not IN_CALENDARS.isdisjoint(fields):
        plan_changed(unit, before.id, fields, now, before, by.id)
    if {"capacity", "starts"} & set(fields):
        refill(unit, before.id, now, by.id)


def _cancel(unit: UnitOfWork, meeting_id: int, why: str, by: Person, now: datetime, chosen: Chosen) -> Meeting:
    unit.network.raise_revision()  # first, as above
    before = _locked(unit, meeting_id)
    if before.is_over(now):
        raise MeetingOver
    if len(why) > LONGEST_REASON:
        raise TooLong
    check(unit, why, "why", Use.WORK, chosen)
    columns = {"cancelled_at": now, "cancelled_why": why or None, "revision": before.revision + 1}
    unit.meetings.write(meeting_id, columns)
    unit.changes.add(meeting_id, now, by.id, CANCELLED, None, why or None)
    plan_cancelled(unit, meeting_id, now, by.id)
    move_on(unit, before, now, by.id)
    return _known(unit, meeting_id)


LONGEST_REASON = 1_000
"""Characters of why a meeting does not take place."""


def _check_people(unit: UnitOfWork, new: NewMeeting, fields: Sequence[str]) -> None:
    for name in {"organiser", "note_taker"} & set(fields):
        person = getattr(new, name)
        if person is not None and not unit.people.by_ids([person]):
            raise NotKnown


def _columns(name: str, value: Any) -> dict[str, Any]:
    """One field as columns."""
    match name:
        case "starts" | "ends":
            return {f"{name}_local": value.replace(tzinfo=None), f"{name}_at": value.astimezone(UTC)}
        case "location":
            place = value or Location("")
            return {f"location_{part}": getattr(place, part) or None for part in ("name", "address", "room")}
        case "organiser" | "note_taker":
            return {f"{name}_id": value}
        case "themes":
            return {name: list(value)}
        case "guests":
            return {name: [_block(guest) for guest in value]}
        case _:
            return {name: value.value if isinstance(value, Enum) else value}


def _block(guest: Guest) -> dict[str, str]:
    return {"name": guest.name, **({"organisation": guest.organisation} if guest.organisation else {})}


def _told(unit: UnitOfWork, value: Any, name: str) -> str | None:
    """A value as a history keeps it: as the import format writes it, people by their names."""
    if value is None or value == ():
        return None
    if name in {"organiser", "note_taker"}:
        return next((person.name for person in unit.people.by_ids([value])), None)
    match value:
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case Location():
            return ", ".join(part for part in (value.name, value.address, value.room) if part)
        case tuple():
            return ", ".join(one.name if isinstance(one, Guest) else str(one) for one in value)
        case date() | Decimal() | int() | str():
            return str(value.value if isinstance(value, Enum) else value)
        case _:
            return str(value)
