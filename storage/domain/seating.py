"""What people and coordinators decide about seats: each decision on one meeting's list, whole or refused.

Every decision about one person returns whether it changed something for them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from storage.domain.refusals import AlreadyRegistered, NothingOffered, NotNow, NotOneself, NotRegistered
from storage.domain.registrations import IN_LINE, TAKES_A_SEAT, RegistrationStatus
from storage.domain.seats import TICK, Entry, SeatList

_ON_THE_LIST = TAKES_A_SEAT | {RegistrationStatus.WAITLISTED}


def register(seats: SeatList, person_id: int, organisation_id: int | None, by_id: int | None = None) -> bool:
    """A seat, or a place at the end of the line. Who is offered a seat takes it; who let one go by may ask again."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is None or entry.status not in _ON_THE_LIST:
        sits = seats.may_sit(organisation_id)
        status = RegistrationStatus.REGISTERED if sits else RegistrationStatus.WAITLISTED
        order = entry.order if entry else 0
        seats.put(Entry(person_id, organisation_id, status, seats.ticket(), order, brought_by_id=by_id))
        return True
    if entry.offered or (entry.waits and entry.lapsed_at is not None):
        _take_or_wait(seats, entry)
        return True
    return False


def withdraw(seats: SeatList, person_id: int) -> bool:
    """As if they never said anything. Raises NotRegistered."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is None or entry.status not in _ON_THE_LIST:
        raise NotRegistered
    _leave(seats, entry, RegistrationStatus.WITHDRAWN)
    return True


def withdraw_all(seats: SeatList, person_ids: Sequence[int], only_in_line: bool = False) -> dict[int, bool]:
    """The same for several people. Raises NotRegistered; with `only_in_line` also for who has a seat, and keeps it.

    Who stands in line is judged by what they were told so far: before the list follows the time.
    """
    if only_in_line and not all(_in_line(seats, one) for one in person_ids):
        raise NotRegistered
    return {one: withdraw(seats, one) for one in line_first(seats, person_ids)}


def line_first(seats: SeatList, person_ids: Sequence[int]) -> list[int]:
    """The order in which people leave together: none of them gets the seat that another one leaves."""
    seats.settle()

    def sits(person_id: int) -> bool:
        entry = seats.get(person_id)
        return entry is not None and entry.takes_a_seat

    return sorted(person_ids, key=sits)


def excuse(seats: SeatList, person_id: int, organisation_id: int | None, reason: str = "") -> bool:
    """They don't come; also without a registration."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is not None and entry.status is RegistrationStatus.EXCUSED:
        return _give_reason(seats, entry, reason)
    known = entry or Entry(person_id, organisation_id, RegistrationStatus.WITHDRAWN, seats.ticket())
    _leave(seats, known, RegistrationStatus.EXCUSED, reason or None)
    return True


def note_reason(seats: SeatList, person_id: int, reason: str) -> bool:
    """Why they don't come, from who is excused already: it takes no seat away. Raises NotRegistered."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is None or entry.status is not RegistrationStatus.EXCUSED:
        raise NotRegistered
    return _give_reason(seats, entry, reason)


def replace_by(
    seats: SeatList, person_id: int, other_id: int, organisation_id: int | None, by_id: int | None = None
) -> bool:
    """The seat, or the place in line, goes to another; nobody in line moves. An offered seat is taken by that.

    Who was excused before names the other afterwards, who then gets what a newcomer gets. The limit for each
    organisation does not count here: the seat was given before. Raises NotRegistered, NotOneself, AlreadyRegistered,
    and NotNow for who was replaced by somebody else before.
    """
    if person_id == other_id:
        raise NotOneself
    seats.settle()
    entry = seats.get(person_id)
    if entry is None or entry.status is RegistrationStatus.WITHDRAWN:
        raise NotRegistered
    if entry.status is RegistrationStatus.EXCUSED:
        return _name_afterwards(seats, entry, other_id, organisation_id, by_id)
    other = seats.get(other_id)
    if other is not None and (other.takes_a_seat and (not other.offered or entry.waits)):
        raise AlreadyRegistered
    _move(seats, entry, other_id, organisation_id, by_id)
    seats.settle()
    return True


def accept(seats: SeatList, person_id: int) -> bool:
    """Take an offered seat; or a free one, for who let an offer go by. Raises NothingOffered."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is not None and entry.status is RegistrationStatus.REGISTERED:
        return False
    lapsed = entry is not None and entry.waits and entry.lapsed_at is not None
    if entry is None or not (entry.offered or (lapsed and seats.may_sit(entry.organisation_id))):
        raise NothingOffered
    _take_or_wait(seats, entry)
    return True


def decline(seats: SeatList, person_id: int) -> bool:
    """Leave an offered seat to the next in line. Raises NothingOffered."""
    seats.settle()
    entry = seats.get(person_id)
    if entry is None or not entry.offered:
        raise NothingOffered
    _leave(seats, entry, RegistrationStatus.WITHDRAWN)
    return True


def set_capacity(seats: SeatList, capacity: int | None) -> bool:
    """Another number of seats; nobody loses theirs, nor an offer that was made."""
    changed = capacity != seats.meeting.capacity
    seats.meeting = replace(seats.meeting, capacity=capacity)
    seats.settle()
    return changed


def set_limit(seats: SeatList, most: int | None, until: date | None) -> bool:
    """Another limit for each organisation; nobody loses their seat."""
    before = (seats.meeting.per_organisation, seats.meeting.per_organisation_until)
    seats.meeting = replace(seats.meeting, per_organisation=most, per_organisation_until=until)
    seats.settle()
    return before != (most, until)


def _in_line(seats: SeatList, person_id: int) -> bool:
    entry = seats.get(person_id)
    return entry is not None and entry.status in IN_LINE


def _give_reason(seats: SeatList, entry: Entry, reason: str) -> bool:
    if not reason or reason == entry.reason:
        return False
    seats.put(replace(entry, reason=reason))
    return True


def _take_or_wait(seats: SeatList, entry: Entry) -> None:
    """Take the offered or a free seat; without one, wait again as one who wants to hear of it."""
    sits = entry.offered or seats.may_sit(entry.organisation_id)
    status = RegistrationStatus.REGISTERED if sits else RegistrationStatus.WAITLISTED
    seats.put(replace(entry, status=status, offered_until=None, lapsed_at=None))


def _leave(seats: SeatList, entry: Entry, status: RegistrationStatus, reason: str | None = None) -> None:
    """Off the list, and who is next gets the seat. Those in whose place they came are simply excused again."""
    for other in [one for one in seats.entries.values() if one.replaced_by_id == entry.person_id]:
        seats.put(replace(other, replaced_by_id=None))
    seats.put(_gone(seats, entry, status, reason))
    seats.settle()


def _gone(seats: SeatList, entry: Entry, status: RegistrationStatus, reason: str | None = None) -> Entry:
    return Entry(
        entry.person_id,
        entry.organisation_id,
        status,
        seats.ticket(),
        entry.order,
        brought_by_id=entry.brought_by_id,
        reason=reason,
    )


def _move(seats: SeatList, entry: Entry, other_id: int, organisation_id: int | None, by_id: int | None) -> None:
    _untie(seats)
    entry = seats.entries[entry.person_id]
    other = seats.get(other_id)
    status = RegistrationStatus.WAITLISTED if entry.waits else RegistrationStatus.REGISTERED
    lapsed_at = entry.lapsed_at if entry.waits else None
    order = other.order if other else 0
    gone = replace(_gone(seats, entry, RegistrationStatus.EXCUSED), replaced_by_id=other_id)
    seats.put(gone)
    seats.put(Entry(other_id, organisation_id, status, entry.since, order, lapsed_at=lapsed_at, brought_by_id=by_id))
    for before in [one for one in seats.entries.values() if one.replaced_by_id == entry.person_id]:
        seats.put(replace(before, replaced_by_id=other_id))


def _name_afterwards(
    seats: SeatList, entry: Entry, other_id: int, organisation_id: int | None, by_id: int | None
) -> bool:
    if entry.replaced_by_id == other_id:
        return False
    if entry.replaced_by_id is not None:
        raise NotNow
    other = seats.get(other_id)
    if other is not None and other.takes_a_seat and not other.offered:
        raise AlreadyRegistered
    if other is None or not other.waits:
        register(seats, other_id, organisation_id, by_id)
    # With a new ticket: that a replacement was named is told once for each time it happens.
    seats.put(replace(seats.entries[entry.person_id], replaced_by_id=other_id, since=seats.ticket()))
    return True


def _untie(seats: SeatList) -> None:
    """Give those in line tickets of their own, in the same order: an import registers many at one moment."""
    last = None
    for entry in seats.line():
        if last is not None and entry.since <= last:
            entry = replace(entry, since=last + TICK)  # noqa: PLW2901
            seats.put(entry)
        last = entry.since
