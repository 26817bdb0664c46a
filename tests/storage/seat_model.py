"""How seats should be given out, told a second time and as simply as possible: lists of names, no tickets, no rows."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Brussels")
STEP = timedelta(minutes=15)
"""All moments lie on quarters of an hour."""


class Refused(Exception):
    """The name of the refusal."""


@dataclass
class Model:
    """A meeting's list. `line` is in order; `offers` says until when; `out` is how somebody left."""

    organisations: dict[int, int | None]
    now: datetime
    starts: datetime
    capacity: int | None = None
    limit: int | None = None
    limit_until: date | None = None
    closed: bool = False
    seats: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    offers: dict[int, datetime] = field(default_factory=dict)
    out: dict[int, str] = field(default_factory=dict)
    lapsed: set[int] = field(default_factory=set)
    replaced: dict[int, int] = field(default_factory=dict)
    told: Counter[tuple[str, int]] = field(default_factory=Counter)
    arrival: dict[int, int] = field(default_factory=dict)
    """The how-manieth arrival somebody was: orders offers that end at one moment."""
    arrivals: int = 0

    def attempt(self, decision: Callable[["Model"], bool]) -> bool | str:
        """Whether a decision changed something for who it is about; the refusal's name when nothing was done at all."""
        before = deepcopy(self.__dict__)
        try:
            self._must_be_on()
            return decision(self)
        except Refused as refusal:
            self.__dict__.update(before)
            if str(refusal) == "NothingOffered":
                self.settle()  # the answer came too late: the next in line need not wait for it
            return str(refusal)

    def _must_be_on(self) -> None:
        if self.now >= self.starts + timedelta(hours=3):
            raise Refused("MeetingOver")

    # --- decisions

    def register(self, person: int, by: int) -> bool:
        self.may_register(person, by)
        changed = self._join(person)
        self._tell_if_other("registered_for_you", person, by, changed)
        return changed

    def may_register(self, person: int, by: int) -> None:
        here = person in self.seats or person in self.line or person in self.offers
        if not here and by == person and (self.closed or self.now >= self.starts):
            raise Refused("RegistrationClosed")

    def _join(self, person: int) -> bool:
        self.settle()
        if person in self.seats or (person in self.line and person not in self.lapsed):
            return False
        if person in self.offers:
            del self.offers[person]
            self.seats.add(person)
            return True
        free = self._room() and not self._blocked(person) and not self._first()
        if person in self.lapsed:
            self.lapsed.discard(person)
            if free:
                self.line.remove(person)
                self.seats.add(person)
            return True
        self.out.pop(person, None)
        self.replaced.pop(person, None)
        self._arrive(person)
        if free:
            self.seats.add(person)
        else:
            self.line.append(person)
        return True

    def withdraw(self, person: int, by: int) -> bool:
        self.settle()
        if not self._leave(person, "withdrawn"):
            raise Refused("NotRegistered")
        self._tell_if_other("registered_for_you", person, by, changed=True)
        return True

    def excuse(self, person: int, by: int) -> bool:
        self.settle()
        if self.out.get(person) == "excused":
            return False
        self._leave(person, "excused")
        self.out[person] = "excused"
        self._tell_if_other("registered_for_you", person, by, changed=True)
        return True

    def replace(self, person: int, other: int, by: int) -> bool:
        if person == other:
            raise Refused("NotOneself")
        self.settle()
        changed = self._replace(person, other)
        self._tell_if_other("replaces", other, by, changed)
        self._tell_if_other("registered_for_you", person, by, changed)
        return changed

    def _replace(self, person: int, other: int) -> bool:
        if self.out.get(person) == "excused":
            return self._name_afterwards(person, other)
        if not self._here(person):
            raise Refused("NotRegistered")
        if other in self.seats or (other in self.offers and person in self.line):
            raise Refused("AlreadyRegistered")
        self.lapsed.discard(other)
        if other in self.line:
            self.line.remove(other)
        self.offers.pop(other, None)
        if person in self.line:
            self.line[self.line.index(person)] = other
            self._swap_lapse(person, other)
        else:
            self.seats.discard(person)
            self.offers.pop(person, None)
            self.seats.add(other)
        self.arrival[other] = self.arrival[person]
        self.out.pop(other, None)
        self.replaced.pop(other, None)
        self.out[person] = "excused"
        for before, stand_in in list(self.replaced.items()):
            if stand_in == person:
                self.replaced[before] = other
        self.replaced[person] = other
        self.settle()
        return True

    def _swap_lapse(self, person: int, other: int) -> None:
        if person in self.lapsed:
            self.lapsed.discard(person)
            self.lapsed.add(other)

    def _name_afterwards(self, person: int, other: int) -> bool:
        if person in self.replaced:
            if self.replaced[person] == other:
                return False
            raise Refused("NotNow")
        if other in self.seats:
            raise Refused("AlreadyRegistered")
        if other not in self.line:
            self._join(other)
        self.replaced[person] = other
        return True

    def accept(self, person: int) -> bool:
        self.settle()
        if person in self.seats:
            return False
        free = self._room() and not self._blocked(person) and not self._first()
        if person not in self.offers and not (person in self.lapsed and free):
            raise Refused("NothingOffered")
        return self._join(person)

    def decline(self, person: int) -> bool:
        self.settle()
        if person not in self.offers:
            raise Refused("NothingOffered")
        return self._leave(person, "withdrawn")

    # --- what follows by itself

    def settle(self) -> None:
        """Offers end, and free seats go to the first who can take them."""
        for person in sorted(self.offers, key=lambda one: (self._ends(one), self.arrival[one])):
            if self._ends(person) <= self.now:
                del self.offers[person]
                self.line.append(person)
                self.lapsed.add(person)
                self._arrive(person)
                if self.now < self.starts:
                    self.told["offer_lapsed", person] += 1
        while self._room() and (person := self._first()):
            self.line.remove(person)
            self.lapsed.discard(person)
            if self._near() and self.starts - self.now >= timedelta(minutes=30):
                self.offers[person] = self.offer_ends()
                self.told["seat_offered", person] += 1
            else:
                self.seats.add(person)
                self.told["seat_given", person] += 1

    def offer_ends(self) -> datetime:
        """Four hours of somebody who was awake when it began, before the start."""
        begins = self.now
        while not 8 <= begins.astimezone(ZONE).hour < 20:
            begins += STEP
        return min(begins + timedelta(hours=4), self.starts)

    def _ends(self, person: int) -> datetime:
        return min(self.offers[person], self.starts)

    def taken(self) -> int:
        return len(self.seats) + len(self.offers)

    def _room(self) -> bool:
        return self.capacity is None or self.taken() < self.capacity

    def _near(self) -> bool:
        return self.starts - self.now <= timedelta(hours=48)

    def _first(self) -> int | None:
        if self.now >= self.starts:
            return None
        could = (one for one in self.line if not self._blocked(one) and not (self._near() and one in self.lapsed))
        return next(could, None)

    def _blocked(self, person: int) -> bool:
        theirs = self.organisations[person]
        if self.limit is None or theirs is None:
            return False
        if self.limit_until is not None and self.now.astimezone(ZONE).date() > self.limit_until:
            return False
        return sum(self.organisations[one] == theirs for one in {*self.seats, *self.offers}) >= self.limit

    def _here(self, person: int) -> bool:
        return person in self.seats or person in self.offers or person in self.line

    def _leave(self, person: int, how: str) -> bool:
        if not self._here(person):
            return False
        self.seats.discard(person)
        self.offers.pop(person, None)
        if person in self.line:
            self.line.remove(person)
        self.lapsed.discard(person)
        self.out[person] = how
        self.replaced = {one: stand_in for one, stand_in in self.replaced.items() if stand_in != person}
        self.settle()
        return True

    def _arrive(self, person: int) -> None:
        self.arrivals += 1
        self.arrival[person] = self.arrivals

    def _tell_if_other(self, kind: str, person: int, by: int, changed: bool) -> None:
        if changed and person != by:
            self.told[kind, person] += 1

    # --- what is compared

    def standings(self) -> dict[int, str]:
        """Where everybody stands who ever said something."""
        stands = {**dict.fromkeys(self.seats, "registered"), **dict.fromkeys(self.line, "waitlisted")}
        return {**self.out, **stands, **dict.fromkeys(self.offers, "offered")}

    def utc(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC)
