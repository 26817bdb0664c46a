"""Who comes to a meeting, where somebody stands, and everything people and coordinators do to change that."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from storage.domain import seating as decisions
from storage.domain.meetings import Meeting
from storage.domain.notices import Timing
from storage.domain.people import Person, Role, Viewer
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NothingOffered,
    NotKnown,
    NotRegistered,
    NotYours,
    RegistrationClosed,
    TooLong,
)
from storage.domain.registrations import (
    TAKES_A_SEAT,
    Attendee,
    NewGuest,
    Outcome,
    OwnRegistration,
    RegistrationStatus,
)
from storage.domain.seats import SeatList
from storage.services.errands import each_alone
from storage.services.gate import Chosen, check
from storage.services.guests import as_shown, guest_of, real
from storage.services.seating import (
    HIGHEST_ID,
    OFFER_LAPSED,
    PRESENTER_OUT,
    REGISTERED_FOR_YOU,
    REPLACES,
    SEAT_GIVEN,
    SEAT_OFFERED,
    Seating,
    seating,
)
from storage.unit_of_work import UnitOfWork, Units

__all__ = [
    "OFFER_LAPSED",
    "PRESENTER_OUT",
    "REGISTERED_FOR_YOU",
    "REPLACES",
    "SEAT_GIVEN",
    "SEAT_OFFERED",
    "Registrations",
]

LONGEST_REASON = 1000

_ON_THE_LIST = TAKES_A_SEAT | {RegistrationStatus.WAITLISTED}


class Registrations:
    """Registrations. Whatever changes one raises NotKnown, NoSuchMeeting, MeetingOver and MeetingCancelled."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def of_meeting(self, meeting: Meeting) -> tuple[Attendee, ...]:
        """Everybody on a meeting's list, by organisation and name."""
        return await self._units.read(lambda unit: unit.registrations.of_meeting(meeting.id))

    async def standing(self, person: Person, meeting: Meeting) -> OwnRegistration | None:
        """A person's standing for one meeting, also a withdrawn one; None when they never said anything."""
        return await self._units.read(lambda unit: unit.registrations.standing(person.id, meeting.id))

    async def standings(self, person: Person, now: datetime | None) -> tuple[OwnRegistration, ...]:
        """A person's standing for every meeting that is not over; for all meetings ever when `now` is None."""
        return await self._units.read(lambda unit: unit.registrations.standings(person.id, now))

    async def register(
        self, meeting_id: int, person_ids: Sequence[int], viewer: Viewer, now: datetime
    ) -> tuple[Outcome, ...]:
        """A seat, or a place in line, for oneself, or for anybody by a coordinator; in the order of the ids.

        Raises NotYours, NotRegistered for an id of nobody, and RegistrationClosed, which holds no coordinator back.
        """
        asker = _known(viewer)

        def work(unit: UnitOfWork) -> tuple[Outcome, ...]:
            held = seating(unit, meeting_id, now)
            if not viewer.is_coordinator and set(person_ids) - {asker.id}:
                raise NotYours
            people = _people(unit, viewer, tuple(dict.fromkeys(person_ids)))
            changed = {one.id: _register(held, one, asker, viewer) for one in people}
            return _outcomes(held, people, changed, asker)

        return await self._units.write(work, meeting_id)

    async def withdraw(self, meeting_id: int, person_id: int, viewer: Viewer, now: datetime) -> Outcome:
        """Take a registration back, or leave the line: as if nothing was ever said. Raises NotYours, NotRegistered."""

        return (await self.withdraw_all(meeting_id, (person_id,), viewer, now))[0]

    async def withdraw_all(
        self, meeting_id: int, person_ids: Sequence[int], viewer: Viewer, now: datetime, only_in_line: bool = False
    ) -> tuple[Outcome, ...]:
        """The same for several people, all or none, in the order of their ids.

        With `only_in_line`, NotRegistered is also raised for who has a seat by now. Who is offered one is in line.
        """

        def decide(seats: SeatList, people: Sequence[Person]) -> dict[int, bool]:
            return decisions.withdraw_all(seats, [one.id for one in people], only_in_line)

        return await self._all(meeting_id, person_ids, viewer, now, decide)

    async def excuse(self, meeting_id: int, person_id: int, viewer: Viewer, now: datetime, reason: str = "") -> Outcome:
        """They don't come, whatever was said before; the reason is for the coordinator.

        Raises NotYours, TooLong, IdentifiesSomebody("reason").
        """
        return (await self.excuse_all(meeting_id, (person_id,), viewer, now, reason))[0]

    async def excuse_all(
        self,
        meeting_id: int,
        person_ids: Sequence[int],
        viewer: Viewer,
        now: datetime,
        reason: str = "",
        *,
        chosen: Chosen = False,
    ) -> tuple[Outcome, ...]:
        """The same for several people, all or none, in the order of their ids."""
        said = _reason(reason)

        def decide(seats: SeatList, people: Sequence[Person]) -> dict[int, bool]:
            known = {one.id: _organisation(one) for one in people}
            return {
                one: decisions.excuse(seats, one, known[one], said) for one in decisions.line_first(seats, [*known])
            }

        return await self._all(meeting_id, person_ids, viewer, now, decide, _gated(said, chosen))

    async def note_reason(
        self, meeting_id: int, person_id: int, reason: str, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Outcome:
        """Why somebody who is excused doesn't come.

        Raises NotYours, TooLong, IdentifiesSomebody("reason"), and NotRegistered when they aren't.
        """
        said = _reason(reason)

        def decide(seats: SeatList, person: Person) -> bool:
            return decisions.note_reason(seats, person.id, said)

        return await self._one(meeting_id, person_id, viewer, now, decide, _gated(said, chosen))

    async def replace(self, meeting_id: int, person_id: int, by_id: int, viewer: Viewer, now: datetime) -> Outcome:
        """Somebody's seat, or place in line, goes to another, who hears it; what holds for the one replaced.

        Raises NotYours, NotRegistered, NotOneself, AlreadyRegistered, NotNow.
        """
        asker = _known(viewer)

        def work(unit: UnitOfWork) -> Outcome:
            held = seating(unit, meeting_id, now)
            (person,) = _people(unit, viewer, (person_id,))
            _must_be_theirs(held, person, viewer)
            (other,) = _people(unit, viewer, (by_id,))
            return _replaced(held, person, other, asker)

        return await self._units.write(work, meeting_id)

    async def bring(
        self, meeting_id: int, guest: NewGuest, viewer: Viewer, now: datetime, instead_of: int | None = None
    ) -> Outcome:
        """Register somebody by mail address, known or not, or let them come instead of another; what holds for them.

        Raises NotARealGuest, NotYours for who let know that they don't come, and what `register` and `replace` raise.
        """
        asker, typed = _known(viewer), real(guest)

        def work(unit: UnitOfWork) -> Outcome:
            person = guest_of(unit, typed, viewer)
            held = seating(unit, meeting_id, now)
            if instead_of is not None:
                (replaced,) = _people(unit, viewer, (instead_of,))
                _must_be_theirs(held, replaced, viewer)
                changed = _replaced(held, replaced, person, asker).changed
                found = _outcome(held, person, changed)
            else:
                _must_not_have_said_no(held, person, viewer)
                (found,) = _outcomes(held, (person,), {person.id: _register(held, person, asker, viewer)}, asker)
            return replace(found, person=as_shown(found.person, typed, viewer))

        return await self._units.write(work, meeting_id)

    async def accept(self, meeting_id: int, viewer: Viewer, now: datetime) -> Outcome:
        """Take the seat that is offered, or a free one after an offer went by. Raises NothingOffered."""
        asker = _known(viewer)

        def decide(seats: SeatList, person: Person) -> bool:
            return decisions.accept(seats, person.id)

        return await self._answered(meeting_id, asker, viewer, now, decide)

    async def decline(self, meeting_id: int, viewer: Viewer, now: datetime) -> Outcome:
        """Leave the offered seat to the next in line, and the line as well. Raises NothingOffered."""
        asker = _known(viewer)

        def decide(seats: SeatList, person: Person) -> bool:
            return decisions.decline(seats, person.id)

        return await self._answered(meeting_id, asker, viewer, now, decide)

    async def sweep(self, now: datetime) -> int:
        """Let every list follow the time: offers go by, limits end, seats are given. How many people changed."""
        ids = await self._units.read(lambda unit: unit.seats.to_settle(now))
        return await each_alone({one: partial(self._sweep, one, now) for one in ids})

    async def _sweep(self, meeting_id: int, now: datetime) -> int:
        """Let one list follow the time; it is locked only when that changes it."""
        if not await self._units.read(partial(_is_due, meeting_id=meeting_id, now=now)):
            return 0
        return await self._units.write(partial(_swept, meeting_id=meeting_id, now=now), meeting_id)

    async def _answered(
        self, meeting_id: int, asker: Person, viewer: Viewer, now: datetime, decide: Callable[[SeatList, Person], bool]
    ) -> Outcome:
        """An answer to an offer. One that comes too late is refused, and the seat goes to the next in line at once."""
        try:
            return await self._one(meeting_id, asker.id, viewer, now, decide)
        except NothingOffered:
            await self._units.write(partial(_swept, meeting_id=meeting_id, now=now), meeting_id)
            raise

    async def _one(
        self,
        meeting_id: int,
        person_id: int,
        viewer: Viewer,
        now: datetime,
        decide: Callable[[SeatList, Person], bool],
        first: Callable[[UnitOfWork], None] | None = None,
    ) -> Outcome:
        """A decision about one person, by themselves or by who may make it for them."""

        def each(seats: SeatList, people: Sequence[Person]) -> dict[int, bool]:
            return {one.id: decide(seats, one) for one in people}

        return (await self._all(meeting_id, (person_id,), viewer, now, each, first))[0]

    async def _all(
        self,
        meeting_id: int,
        person_ids: Sequence[int],
        viewer: Viewer,
        now: datetime,
        decide: Callable[[SeatList, Sequence[Person]], dict[int, bool]],
        first: Callable[[UnitOfWork], None] | None = None,
    ) -> tuple[Outcome, ...]:
        """The same about several people in one transaction: for all of them, or refused for all.

        `first` is done before the list is locked.
        """
        asker = _known(viewer)

        def work(unit: UnitOfWork) -> tuple[Outcome, ...]:
            if first is not None:
                first(unit)
            held = seating(unit, meeting_id, now)
            people = _people(unit, viewer, tuple(dict.fromkeys(person_ids)))
            for person in people:
                _must_be_theirs(held, person, viewer)
            return _outcomes(held, people, decide(held.seats, people), asker)

        return await self._units.write(work, meeting_id)


def register_new(
    unit: UnitOfWork, meeting_id: int, person_ids: Sequence[int], viewer: Viewer, now: datetime
) -> tuple[Outcome, ...]:
    """Register who never let know anything about a meeting, by a coordinator and as part of a transaction."""
    asker, held = _known(viewer), seating(unit, meeting_id, now)
    new = [one for one in person_ids if held.seats.get(one) is None]
    people = sorted(unit.people.by_ids(new), key=lambda one: new.index(one.id))
    return _outcomes(held, people, {one.id: _register(held, one, asker, viewer) for one in people}, asker)


def _known(viewer: Viewer) -> Person:
    if viewer.person is None:
        raise NotKnown
    return viewer.person


def _people(unit: UnitOfWork, viewer: Viewer, ids: Sequence[int]) -> tuple[Person, ...]:
    """People in the order of their ids; an id of nobody, or of somebody unknown to the viewer, is on no list."""
    if viewer.person is not None and set(ids) <= {viewer.person.id}:
        return (viewer.person,) * len(ids)
    found = {one.id: one for one in unit.people.by_ids([one for one in ids if 0 < one <= HIGHEST_ID])}
    people = tuple(found[one] for one in ids if one in found)
    if len(people) < len(ids) or not all(viewer.may_meet(one) for one in people):
        raise NotRegistered
    return people


def _must_be_theirs(held: Seating, person: Person, viewer: Viewer) -> None:
    """Oneself, a coordinator, or who brought a guest who has no account to do it with."""
    asker = _known(viewer)
    entry = held.seats.get(person.id)
    brought = entry is not None and entry.brought_by_id == asker.id
    guest = person.role is Role.EXTERNAL and person.entra_id is None
    if not (viewer.is_coordinator or asker.id == person.id or (brought and guest)):
        raise NotYours


def _must_not_have_said_no(held: Seating, person: Person, viewer: Viewer) -> None:
    entry = held.seats.get(person.id)
    if entry is not None and entry.status is RegistrationStatus.EXCUSED:
        _must_be_theirs(held, person, viewer)


def _register(held: Seating, person: Person, asker: Person, viewer: Viewer) -> bool:
    """Register one person; who is on the list already is not held back by closed registration."""
    entry = held.seats.get(person.id)
    on_the_list = entry is not None and entry.status in _ON_THE_LIST
    if not on_the_list and not viewer.is_coordinator and not held.meeting.registration_open(held.now):
        raise RegistrationClosed
    by_id = asker.id if asker.id != person.id else None
    return decisions.register(held.seats, person.id, _organisation(person), by_id)


def _replaced(held: Seating, person: Person, other: Person, asker: Person) -> Outcome:
    changed = decisions.replace_by(held.seats, person.id, other.id, _organisation(other), asker.id)
    given = held.keep(asker.id)
    if changed and other.id != asker.id:
        held.tell(REPLACES, person.id, Timing.URGENT, (other.id,), instead_of=person.id, by=asker.id)
    if changed and person.id != asker.id:
        held.tell(REGISTERED_FOR_YOU, person.id, Timing.NORMAL, by=asker.id)
    return _outcome(held, person, changed, given)


def _outcomes(held: Seating, people: Sequence[Person], changed: dict[int, bool], asker: Person) -> tuple[Outcome, ...]:
    """Write what was decided; what holds for each of these people, who hear it when somebody else did it."""
    given = held.keep(asker.id)
    for person in people:
        if changed[person.id] and person.id != asker.id:
            held.tell(REGISTERED_FOR_YOU, person.id, Timing.NORMAL, by=asker.id)
    others = tuple(one for one in given if one.id not in changed)
    return tuple(_outcome(held, one, changed[one.id], others) for one in people)


def _outcome(held: Seating, person: Person, changed: bool, given: tuple[Person, ...] = ()) -> Outcome:
    own = held.unit.registrations.standing(person.id, held.meeting.id)
    if own is None:
        raise NotRegistered
    return Outcome(person, own, changed, given)


def _is_due(unit: UnitOfWork, meeting_id: int, now: datetime) -> bool:
    """Whether a meeting's list changes when it is settled now; looked at without a lock."""
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if meeting is None:
        return False
    held = Seating(unit, meeting, now)
    held.seats.settle()
    return bool(held.seats.written)


def _swept(unit: UnitOfWork, meeting_id: int, now: datetime) -> int:
    try:
        held = seating(unit, meeting_id, now)
    except (NoSuchMeeting, MeetingOver, MeetingCancelled):  # since we looked
        return 0
    held.seats.settle()
    held.keep(None)
    return len(held.seats.written)


def _organisation(person: Person) -> int | None:
    return person.organisation.id if person.organisation else None


def _gated(reason: str, chosen: Chosen) -> Callable[[UnitOfWork], None] | None:
    """The gate for a reason; most people give none."""
    return partial(check, text=reason, field="reason", chosen=chosen) if reason else None


def _reason(text: str) -> str:
    said = " ".join(_kept(text).split())
    if len(said) > LONGEST_REASON:
        raise TooLong
    return said


def _kept(text: str) -> str:
    """The text without what no database keeps: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
