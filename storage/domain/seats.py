"""The seats of one meeting and the line for them: who has one, who waits, and what happens when one comes free.

nothing ──▶ registered ◀──(given)── waitlisted ◀──┐      WITHDRAWN and EXCUSED leave both
   │            ▲                     │      ▲    │
   └────────────┼──(no seat)──────────┘      │    │
                └──(accepts)──── offered ◀───┘    │      in the last days before the start
                                    └──(lapses)───┘
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.registrations import TAKES_A_SEAT, RegistrationStatus
from storage.domain.rules import Rules

EVENING, MORNING = time(20), time(8)
"""Between these local times nobody has to react: an offer made then counts from the morning."""

LAST_MINUTES = timedelta(minutes=30)
"""So shortly before the start a free seat is given without asking."""

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One person on a meeting's list.

    `since` is their ticket: it orders the line, and is another one for each new standing. `order` breaks ties between
    tickets of an import. `brought_by_id` is who registered them, when that was somebody else.
    """

    person_id: int
    organisation_id: int | None
    status: RegistrationStatus
    since: datetime
    order: int = 0
    offered_until: datetime | None = None
    lapsed_at: datetime | None = None
    replaced_by_id: int | None = None
    brought_by_id: int | None = None
    reason: str | None = None

    @property
    def takes_a_seat(self) -> bool:
        """Whether one of the seats is theirs, or held for them."""
        return self.status in TAKES_A_SEAT

    @property
    def waits(self) -> bool:
        """Whether they stand in line."""
        return self.status is RegistrationStatus.WAITLISTED

    @property
    def offered(self) -> bool:
        """Whether a seat is held for them."""
        return self.status is RegistrationStatus.OFFERED


class Happened(StrEnum):
    """What the list does by itself, and somebody must be told."""

    GIVEN = "given"
    OFFERED = "offered"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell one person. `since` is their ticket, which makes it unique."""

    what: Happened
    person_id: int
    since: datetime


class SeatList:
    """One meeting's list at one moment. Decisions change it; `written` and `events` tell what they changed."""

    def __init__(self, meeting: Meeting, rules: Rules, entries: Iterable[Entry], now: datetime) -> None:
        self.meeting, self.rules, self.now = meeting, rules, now.astimezone(UTC)
        self.entries = {entry.person_id: entry for entry in entries}
        self.written: dict[int, Entry] = {}
        self.events: list[Event] = []
        self._last = max((entry.since for entry in self.entries.values()), default=None)

    def get(self, person_id: int) -> Entry | None:
        """One person's entry; None when they never said anything."""
        return self.entries.get(person_id)

    def put(self, entry: Entry) -> None:
        """Write an entry."""
        self.entries[entry.person_id] = self.written[entry.person_id] = entry

    def ticket(self) -> datetime:
        """A ticket after all others, also when clocks differ between replicas."""
        self._last = self.now if self._last is None else max(self.now, self._last + TICK)
        return self._last

    @property
    def taken(self) -> int:
        """How many seats are in use."""
        return sum(entry.takes_a_seat for entry in self.entries.values())

    @property
    def has_room(self) -> bool:
        """Whether a seat is free."""
        return self.meeting.capacity is None or self.taken < self.meeting.capacity

    def line(self) -> list[Entry]:
        """Those who wait, first come first."""
        waiting = [entry for entry in self.entries.values() if entry.waits]
        return sorted(waiting, key=lambda entry: (entry.since, entry.order))

    def blocked(self, organisation_id: int | None) -> bool:
        """Whether the limit for each organisation keeps this one's people in line today."""
        most, until = self.meeting.per_organisation, self.meeting.per_organisation_until
        if most is None or organisation_id is None or (until is not None and self._today() > until):
            return False
        theirs = (entry for entry in self.entries.values() if entry.organisation_id == organisation_id)
        return sum(entry.takes_a_seat for entry in theirs) >= most

    def may_sit(self, organisation_id: int | None) -> bool:
        """Whether a newcomer gets a seat: there is one, and nobody waits who could take it."""
        return self.has_room and not self.blocked(organisation_id) and next(self._next_in_line(), None) is None

    def settle(self) -> None:
        """Let offers lapse whose time is up, and give or offer the free seats to who is next in line."""
        self._expire()
        for entry in self._next_in_line():
            if not self.has_room:
                return
            if self._offers():
                self._offer(entry)
            else:
                self._give(entry)

    def _expire(self) -> None:
        held = [entry for entry in self.entries.values() if entry.offered and self._ends(entry) <= self.now]
        for entry in sorted(held, key=lambda entry: (self._ends(entry), entry.since, entry.order)):
            status, ticket = RegistrationStatus.WAITLISTED, self.ticket()
            self.put(replace(entry, status=status, since=ticket, offered_until=None, lapsed_at=self.now))
            if self.now < self._starts:
                self.events.append(Event(Happened.LAPSED, entry.person_id, ticket))

    def _ends(self, entry: Entry) -> datetime:
        """When an offer ends: never after the start, also when that was moved."""
        return min(entry.offered_until or self.now, self._starts)

    def _next_in_line(self) -> Iterator[Entry]:
        """Those who could take a seat, in order. Whom the limit blocks and who let an offer go by are passed over."""
        if self.meeting.cancelled or self.now >= self._starts:
            return
        for entry in self.line():
            if not (self._is_near() and entry.lapsed_at) and not self.blocked(entry.organisation_id):
                yield entry

    def _give(self, entry: Entry) -> None:
        self.put(replace(entry, status=RegistrationStatus.REGISTERED, lapsed_at=None))
        self.events.append(Event(Happened.GIVEN, entry.person_id, entry.since))

    def _offer(self, entry: Entry) -> None:
        until = offered_until(self.now, self.meeting, self.rules)
        self.put(replace(entry, status=RegistrationStatus.OFFERED, offered_until=until, lapsed_at=None))
        self.events.append(Event(Happened.OFFERED, entry.person_id, entry.since))

    def _offers(self) -> bool:
        """Whether free seats are offered now, instead of given."""
        return self._is_near() and self.rules.offer_hours > 0 and self._starts - self.now >= LAST_MINUTES

    def _is_near(self) -> bool:
        return self._starts - self.now <= self.rules.offers_from

    @property
    def _starts(self) -> datetime:
        return self.meeting.starts.astimezone(UTC)

    def _today(self) -> date:
        return self.now.astimezone(self.meeting.starts.tzinfo).date()


def offered_until(now: datetime, meeting: Meeting, rules: Rules) -> datetime:
    """Until when a seat that is offered now is held, in UTC: not in the night, and never after the start."""
    local = now.astimezone(meeting.starts.tzinfo)
    counts_from = now
    if local.time() >= EVENING or local.time() < MORNING:
        day = local.date() + timedelta(days=local.time() >= EVENING)
        counts_from = datetime.combine(day, MORNING, meeting.starts.tzinfo)
    # In UTC: on the clock's face, the night in which it is set back or forward has another length.
    ends = counts_from.astimezone(UTC) + timedelta(hours=rules.offer_hours)
    return min(ends, meeting.starts.astimezone(UTC))
