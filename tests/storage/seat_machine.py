"""A machine that tries everything with the seats of a meeting, in any order, on the real services beside the model.

    python -m tests.storage.seat_machine [--runs N] [--steps N]

The services run on SQLite in memory, without threads, so that a step takes a millisecond.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import URL, create_engine, delete, event, func, insert, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from storage.database import Work
from storage.domain.people import Viewer
from storage.domain.refusals import Refusal
from storage.services.house import House
from storage.services.seating import refill
from storage.tables import Base
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow
from storage.tables.network import NetworkRow
from storage.tables.notices import NoticeRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.registrations import RegistrationRow
from tests.storage.holding import ROW_1
from tests.storage.seat_model import STEP, ZONE, Model

T = TypeVar("T")

RUNS, STEPS = 2_000, 50
ROOS = 1
PEOPLE = range(2, 10)
ORGANISATIONS: dict[int, int | None] = {ROOS: 1, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2, 7: 3, 8: None, 9: None}
KINDS = ("seat_given", "seat_offered", "offer_lapsed", "registered_for_you", "replaces")
BEGIN = datetime(2027, 3, 26, 9, tzinfo=ZONE).astimezone(UTC)
"""A Friday; in the night of Saturday the clock goes forward."""

counts: Counter[str] = Counter()
"""How often each decision was taken, and how often it was refused."""


class InMemory:
    """SQLite in memory, each unit of work at once and in one transaction."""

    url = URL.create("sqlite")

    def __init__(self) -> None:
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        event.listen(self.engine, "connect", _manual)
        event.listen(self.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        Base.metadata.create_all(self.engine)

    async def read(self, work: Work[T]) -> T:
        return await self.write(work)

    async def write(self, work: Work[T], queue: int | None = None) -> T:  # noqa: ARG002 - one at a time anyway
        return self.do(work)

    def do(self, work: Work[T]) -> T:
        """Run a unit of work."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return work(session)


def _manual(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def done(work: Awaitable[T]) -> T:
    """What a coroutine gives that never waits."""
    try:
        work.__await__().send(None)  # type: ignore[attr-defined]
    except StopIteration as ended:
        result: T = ended.value
        return result
    raise AssertionError("it waits for something")


class Place:
    """The services, and the people that all runs share."""

    def __init__(self) -> None:
        self.database = InMemory()
        self.house = House(self.database)  # type: ignore[arg-type]
        self.database.do(self._people)
        self.viewers = self._viewers()

    @staticmethod
    def _people(session: Session) -> None:
        session.execute(insert(NetworkRow).values(ROW_1))
        names = [{"id": one, "name": f"Organisatie {one}", "status": "ambassador"} for one in (1, 2, 3)]
        session.execute(insert(OrganisationRow), names)
        people = [
            {
                "id": one,
                "name": f"Persoon {one}",
                "email": f"p{one}@duinen.example",
                "organisation_id": organisation,
                "role": "coordinator" if one == ROOS else "ambassador",
            }
            for one, organisation in ORGANISATIONS.items()
        ]
        session.execute(insert(PersonRow), people)

    def _viewers(self) -> dict[int, Viewer]:
        """Everybody, looking."""
        people = done(self.house.people.known(list(ORGANISATIONS)))
        return {one.id: Viewer(one, member=True) for one in people}


PERSON = st.sampled_from(PEOPLE)
SEATS = st.sampled_from([1, 2, 2, 3, 0, 5, None])
OFTEN = st.sampled_from([True, True, True, False])


class SeatMachine(RuleBasedStateMachine):
    """One meeting, from its first registration to its end."""

    place: Place | None = None

    def __init__(self) -> None:
        super().__init__()
        if SeatMachine.place is None:
            SeatMachine.place = Place()
        self.house, self.database = SeatMachine.place.house, SeatMachine.place.database
        self.viewers = SeatMachine.place.viewers
        self.again: Callable[[], None] = lambda: None
        self.most_taken = 0
        self.rows: list[RegistrationRow] = []

    @initialize(
        capacity=SEATS,
        days=st.sampled_from([1, 2, 2, 3, 4]),
        limit=st.sampled_from([None, None, 1, 2]),
        until=st.integers(0, 3),
        people=st.lists(PERSON, max_size=6, unique=True),
    )
    def begin(self, capacity: int | None, days: int, limit: int | None, until: int, people: list[int]) -> None:
        """A new meeting, for which some have registered."""
        counts["runs"] += 1
        starts = BEGIN + timedelta(days=days)
        last = (BEGIN + timedelta(days=until)).astimezone(ZONE).date() if limit else None
        self.model = Model(ORGANISATIONS, BEGIN, starts, capacity, limit, last)
        values = {"capacity": capacity, "per_organisation": limit, "per_organisation_until": last}
        self.meeting_id = self.database.do(lambda session: self._make(session, values))
        for person in people:
            self.register(person)

    def _one_of(self, people: Iterable[int], otherwise: int) -> int:
        """Mostly somebody for whom the decision means something."""
        meant = sorted(people)
        return meant[otherwise % len(meant)] if meant else otherwise

    def _make(self, session: Session, values: dict[str, Any]) -> int:
        for table in (NoticeRow, ChangeRow, RegistrationRow, MeetingRow):
            session.execute(delete(table))
        row = MeetingRow(key="m", kind="intervisie", title="M", audience="network", timezone=str(ZONE), **values)
        row.themes, row.guests = [], []
        _set_time(row, self.model.starts)
        session.add(row)
        session.flush()
        return row.id

    # --- what people do

    @rule(person=PERSON)
    def register(self, person: int) -> None:
        self._decide("register", lambda: self._register([person], person), lambda model: model.register(person, person))

    @rule(people=st.lists(PERSON, min_size=1, max_size=4, unique=True))
    def register_others(self, people: list[int]) -> None:
        self._decide(
            "register",
            lambda: self._register(people, ROOS),
            lambda model: [model.register(one, ROOS) for one in people][-1],
        )

    @rule(person=PERSON, itself=st.booleans(), listed=OFTEN)
    def withdraw(self, person: int, itself: bool, listed: bool) -> None:
        person = self._one_of({*self.model.seats, *self.model.line, *self.model.offers}, person) if listed else person
        by = person if itself else ROOS
        real = self.house.registrations
        self._decide(
            "withdraw",
            lambda: real.withdraw(self.meeting_id, person, self.viewers[by], self.model.now),
            lambda model: model.withdraw(person, by),
        )

    @rule(person=PERSON, itself=st.booleans(), listed=OFTEN)
    def excuse(self, person: int, itself: bool, listed: bool) -> None:
        person = self._one_of({*self.model.seats, *self.model.line, *self.model.offers}, person) if listed else person
        by = person if itself else ROOS
        real = self.house.registrations
        self._decide(
            "excuse",
            lambda: real.excuse(self.meeting_id, person, self.viewers[by], self.model.now),
            lambda model: model.excuse(person, by),
        )

    @rule(person=PERSON, other=PERSON, itself=st.booleans(), listed=OFTEN)
    def replace(self, person: int, other: int, itself: bool, listed: bool) -> None:
        person = self._one_of({*self.model.seats, *self.model.line, *self.model.offers}, person) if listed else person
        by = person if itself else ROOS
        real = self.house.registrations
        self._decide(
            "replace",
            lambda: real.replace(self.meeting_id, person, other, self.viewers[by], self.model.now),
            lambda model: model.replace(person, other, by),
        )

    @rule(person=PERSON, offered=OFTEN)
    def accept(self, person: int, offered: bool) -> None:
        person = self._one_of({*self.model.offers, *self.model.lapsed}, person) if offered else person
        real = self.house.registrations
        self._decide(
            "accept",
            lambda: real.accept(self.meeting_id, self.viewers[person], self.model.now),
            lambda model: model.accept(person),
        )

    @rule(person=PERSON, offered=OFTEN)
    def decline(self, person: int, offered: bool) -> None:
        person = self._one_of({*self.model.offers, *self.model.lapsed}, person) if offered else person
        real = self.house.registrations
        self._decide(
            "decline",
            lambda: real.decline(self.meeting_id, self.viewers[person], self.model.now),
            lambda model: model.decline(person),
        )

    @rule()
    def press_again(self) -> None:
        self.again()

    # --- what the coordinator does

    @rule(capacity=SEATS)
    def change_capacity(self, capacity: int | None) -> None:
        def model(model: Model) -> bool:
            model.capacity = capacity
            model.settle()
            return True

        real = self.house.seats
        self._decide(
            "capacity", lambda: real.set_capacity(self.meeting_id, capacity, self.viewers[ROOS], self.model.now), model
        )

    @rule(most=st.sampled_from([None, 1, 2]), days=st.integers(0, 2))
    def change_limit(self, most: int | None, days: int) -> None:
        until = (self.model.now + timedelta(days=days)).astimezone(ZONE).date() if most else None

        def model(model: Model) -> bool:
            model.limit, model.limit_until = most, until
            model.settle()
            return True

        real = self.house.seats
        self._decide(
            "limit", lambda: real.limit(self.meeting_id, most, until, self.viewers[ROOS], self.model.now), model
        )

    @rule(closes=st.sampled_from([False, False, False, True]))
    def close(self, closes: bool) -> None:
        if closes != self.model.closed:
            self._close()

    def _close(self) -> None:
        def model(model: Model) -> bool:
            model.closed = not model.closed
            return True

        change = self.house.seats.reopen if self.model.closed else self.house.seats.close
        if self.model.closed and self.model.now >= self.model.starts:
            return
        self._decide("close", lambda: change(self.meeting_id, self.viewers[ROOS], self.model.now), model)
        self.again = lambda: None

    @rule(quarters=st.sampled_from([-200, -96, -20, 1, 20, 96, 200]))
    def move(self, quarters: int) -> None:
        """As planning does: the row changes, and the list follows."""
        if self.model.now >= self.model.starts:
            return
        self.model.starts = max(self.model.now + STEP, self.model.starts + quarters * STEP)
        self.model.settle()
        counts["move"] += 1

        def work(session: Session) -> None:
            _set_time(session.get_one(MeetingRow, self.meeting_id), self.model.starts)

        self.database.do(work)
        done(self.house._units.write(lambda unit: refill(unit, self.meeting_id, self.model.now)))

    # --- time

    @rule(quarters=st.sampled_from([1, 2, 8, 17, 48, 96, 170]))
    def pass_time(self, quarters: int) -> None:
        self.model.now += quarters * STEP

    @rule()
    def sweep(self) -> None:
        counts["sweep"] += 1
        if self.model.now < self.model.starts + timedelta(hours=3):
            self.model.settle()
        done(self.house.registrations.sweep(self.model.now))

    # --- what must hold

    @invariant()
    def the_same_standings(self) -> None:
        self.rows = rows = self._rows()
        assert {row.person_id: row.status for row in rows} == self.model.standings()
        line = sorted((row for row in rows if row.status == "waitlisted"), key=lambda row: (row.created_at, row.id))
        assert [row.person_id for row in line] == self.model.line
        assert {row.person_id: row.offered_until for row in rows if row.offered_until} == self.model.offers
        assert {row.person_id: row.replaced_by_id for row in rows if row.replaced_by_id} == self.model.replaced
        assert {row.person_id for row in rows if row.lapsed_at} == self.model.lapsed
        assert len({row.created_at for row in rows}) == len(rows)

    @invariant()
    def each_told_exactly_once(self) -> None:
        counted = select(NoticeRow.kind, NoticeRow.target, func.count()).group_by(NoticeRow.kind, NoticeRow.target)
        rows = self.database.do(lambda session: session.execute(counted.where(NoticeRow.kind.in_(KINDS))).all())
        assert {(kind, int(target.split(":")[1])): count for kind, target, count in rows} == +self.model.told

    @invariant()
    def the_seats_are_never_given_twice(self) -> None:
        """More come than there are seats only after the capacity was lowered, and no more of them than did then."""
        taken = sum(row.status in {"registered", "offered"} for row in self.rows)
        capacity = self.model.capacity
        allowed = taken if capacity is None else max(capacity, self.most_taken)
        assert taken <= allowed
        self.most_taken = taken

    def _rows(self) -> list[RegistrationRow]:
        return self.database.do(lambda session: list(session.scalars(select(RegistrationRow))))

    async def _register(self, people: list[int], by: int) -> Any:
        return (await self.house.registrations.register(self.meeting_id, people, self.viewers[by], self.model.now))[-1]

    def _decide(self, name: str, real: Callable[[], Awaitable[Any]], model: Callable[[Model], bool]) -> None:
        def decide() -> None:
            expected = self.model.attempt(model)
            try:
                found = getattr(done(real()), "changed", True)
            except Refusal as refusal:
                found = type(refusal).__name__
                counts[f"{name} refused"] += 1
            assert found == expected
            counts[name] += 1

        decide()
        self.again = decide


def _set_time(row: MeetingRow, starts: datetime) -> None:
    row.starts_at, row.ends_at = starts, starts + timedelta(hours=3)
    row.starts_local = row.starts_at.astimezone(ZONE).replace(tzinfo=None)
    row.ends_local = row.ends_at.astimezone(ZONE).replace(tzinfo=None)


def run(runs: int, steps: int, derandomize: bool = False) -> None:
    """Let the machine run. Raises AssertionError with the shortest way to where the services and the model differ."""
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        derandomize=derandomize,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    run_state_machine_as_test(SeatMachine, settings=chosen)


def main() -> int:
    """Run as many as said, and tell how it went."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--steps", type=int, default=STEPS)
    asked = parser.parse_args()
    began = time.monotonic()
    run(asked.runs, asked.steps)
    print(f"{counts.pop('runs')} runs of {asked.steps} steps in {time.monotonic() - began:.0f} s: no difference")
    print("  " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
