"""Sixteen processes that want the same few seats: is one ever given twice, or somebody forgotten, or told twice?

    python -m tests.bench.races [--rounds N] [--sqlite | --postgresql]
    python -m tests.bench.races --url URL --rounds N --json [--capacity N] [--each N] [--unlocked]

In each round everybody registers for one meeting, then everybody who got a seat withdraws, while the others press
again. Their clocks differ. `--unlocked` takes the lock away: then seats must be given twice, or it proves nothing.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

import storage.repositories.seats as seat_rows
from storage.domain import seating
from storage.domain.people import Viewer
from storage.services.house import House, house_at
from storage.services.registrations import SEAT_GIVEN
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.bench.bots import postgresql

PROCESSES, EACH = 16, 13
MOST_SEATS = 25
ROUNDS = 20
PAUSE = 0.001
"""Seconds between reading the list and writing it, in which another process may come between."""

BEGIN = datetime(2027, 2, 1, 9, tzinfo=UTC)

Row = tuple[int, str, datetime]


@dataclass
class Round:
    """What became of one round: `problems` says what was wrong with it."""

    capacity: int
    taken: int = 0
    registrations: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Race:
    """One meeting, the people who want to come, and whether the lock is there."""

    url: str
    meeting_id: int
    capacity: int
    people: Sequence[int]
    locked: bool = True

    def run(self, seed: int) -> Round:
        """Register everybody, then let those with a seat withdraw; both from all processes at once."""
        shares = [self.people[number::PROCESSES] for number in range(PROCESSES)]
        told = self._at_once(lambda house, number: self._register(house, shares[number], seed + number))
        found = Round(self.capacity, registrations=len(told))
        rows, _ = asyncio.run(_looked(self.url, self.meeting_id))
        found.taken = sum(status == "registered" for _, status, _ in rows)
        if not self.locked:
            return found
        found.problems += list(_after_registering(self, rows, told))
        first = {person for person, status, _ in rows if status == "registered"}
        self._at_once(lambda house, number: self._withdraw(house, shares[number], first, seed + number))
        later, notices = asyncio.run(_looked(self.url, self.meeting_id))
        found.problems += list(_after_withdrawing(self, rows, later, notices))
        return found

    async def _register(self, house: House, share: Sequence[int], seed: int) -> list[Any]:
        viewers, told = await _viewers(house, share), []
        for person in share:
            if not self.locked:
                await _read_too_early(house, self.meeting_id)
            now = BEGIN + timedelta(seconds=random.Random(seed + person).uniform(0, 5))
            (outcome,) = await house.registrations.register(self.meeting_id, [person], viewers[person], now)
            told.append([person, outcome.own.status.value, outcome.own.queue, outcome.changed])
            if person % 4 == 0 and self.locked:
                (again,) = await house.registrations.register(self.meeting_id, [person], viewers[person], now)
                told[-1][3] = outcome.changed and not again.changed
        return told

    async def _withdraw(self, house: House, share: Sequence[int], first: set[int], seed: int) -> list[Any]:
        viewers = await _viewers(house, share)
        for person in share:
            now = BEGIN + timedelta(seconds=random.Random(seed + person).uniform(3, 9))
            if person in first:
                await house.registrations.withdraw(self.meeting_id, person, viewers[person], now)
            else:
                await house.registrations.register(self.meeting_id, [person], viewers[person], now)
        return []

    def _at_once(self, work: Callable[[House, int], Awaitable[list[Any]]]) -> list[Any]:
        """Do this in all processes, which start when all of them are ready; what they tell together."""
        ready, gate = os.pipe()
        with tempfile.TemporaryDirectory() as folder:
            children = [
                _forked(lambda number=number: self._child(work, number, (ready, gate), Path(folder)))
                for number in range(PROCESSES)
            ]
            os.close(ready)
            time.sleep(0.3)
            os.close(gate)
            failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
            assert not failed, f"{len(failed)} processes failed"
            return [one for number in range(PROCESSES) for one in json.loads(Path(folder, f"{number}").read_text())]

    def _child(
        self, work: Callable[[House, int], Awaitable[list[Any]]], number: int, pipe: tuple[int, int], folder: Path
    ) -> None:
        ready, gate = pipe
        os.close(gate)
        _pause_before_deciding()
        if not self.locked and self.url.startswith("postgresql"):
            _take_the_lock_away()

        async def in_house() -> list[Any]:
            house = house_at(self.url)
            await house.ping()
            os.read(ready, 1)  # until the gate closes
            try:
                return await work(house, number)
            finally:
                await house.close()

        Path(folder, f"{number}").write_text(json.dumps(asyncio.run(in_house())))


def _forked(work: Callable[[], None]) -> int:
    """The process id of a copy of this one that does only this."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException as error:  # noqa: BLE001 - nothing may return into the parent's code
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    os._exit(status)


def _pause_before_deciding() -> None:
    decide = seating.register

    def slowly(*arguments: Any) -> bool:
        time.sleep(PAUSE)
        return decide(*arguments)

    seating.register = slowly


def _take_the_lock_away() -> None:
    unlocked = select(MeetingRow).where(seat_rows._locked().whereclause)
    seat_rows._locked = lambda: unlocked


async def _read_too_early(house: House, meeting_id: int) -> None:
    """SQLite's lock is its one writer: without it, the list is read in a transaction before the one that writes."""
    if house._database.url.drivername.startswith("sqlite"):
        early = await house._units.read(lambda unit: _ENTRIES(unit.seats, meeting_id))
        seat_rows.SeatRepository.entries = lambda _seats, _meeting_id: early
        await asyncio.sleep(PAUSE)


_ENTRIES = seat_rows.SeatRepository.entries


def _after_registering(race: Race, rows: Sequence[Row], told: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Seats go to who came first, everybody else stands in line at the place they were told."""
    seats = min(race.capacity, len(race.people))
    by_ticket = [(person, status) for person, status, _ in sorted(rows, key=lambda row: row[2])]
    if Counter(status for _, status in by_ticket) != +Counter(registered=seats, waitlisted=len(race.people) - seats):
        yield f"{Counter(status for _, status in by_ticket)} for {seats} seats"
    if len({since for *_, since in rows}) != len(rows):
        yield "two people have one ticket"
    if any(status == "registered" for _, status in by_ticket[seats:]):
        yield "somebody passed who waited"
    expected = {person: (status, place - seats + 1) for place, (person, status) in enumerate(by_ticket)}
    for person, status, queue, changed in told:
        if (status, queue) != (expected[person][0], expected[person][1] if queue else None) or not changed:
            yield f"person {person} was told {status} {queue} {changed}, and is {expected[person]}"


def _after_withdrawing(race: Race, rows: Sequence[Row], later: Sequence[Row], notices: Sequence[str]) -> Iterator[str]:
    """As many as withdrew moved up from the head of the line, and each of them was told once."""
    line = [person for person, status, _ in sorted(rows, key=lambda row: row[2]) if status == "waitlisted"]
    moved_up = line[: race.capacity]
    stands = {person: status for person, status, _ in later}
    expected = {person: "withdrawn" if status == "registered" else "waitlisted" for person, status, _ in rows}
    if stands != expected | dict.fromkeys(moved_up, "registered"):
        yield f"after withdrawing: {Counter(stands.values())}"
    if sorted(notices) != sorted(f"person:{person}" for person in moved_up):
        yield f"{len(notices)} told for {len(moved_up)} who moved up"
    waiting = [person for person, status, _ in sorted(later, key=lambda row: row[2]) if status == "waitlisted"]
    if waiting != line[race.capacity :]:
        yield "the line has another order"


async def _looked(url: str, meeting_id: int) -> tuple[list[Row], list[str]]:
    """The rows of a meeting, and to whom a seat was told."""
    columns = (RegistrationRow.person_id, RegistrationRow.status, RegistrationRow.created_at)
    rows = select(*columns).where(RegistrationRow.meeting_id == meeting_id)
    told = select(NoticeRow.target).where(NoticeRow.kind == SEAT_GIVEN, NoticeRow.subject == str(meeting_id))
    house = house_at(url)

    def work(session: Session) -> tuple[list[Row], list[str]]:
        found = [(person, status, since) for person, status, since in session.execute(rows)]
        return found, list(session.scalars(told))

    looked = await house._database.read(work)
    await house.close()
    return looked


async def _viewers(house: House, people: Sequence[int]) -> dict[int, Viewer]:
    return {one.id: Viewer(one, member=True) for one in await house.people.known(people)}


async def furnish(url: str, people: int) -> list[int]:
    """A migrated database with so many people; their ids."""
    house = house_at(url)
    await house.migrate()

    def work(session: Session) -> list[int]:
        mails = [f"p{number}@duinen.example" for number in range(people)]
        known = set(session.scalars(select(PersonRow.email)))
        rows = [{"name": f"Persoon {mail}", "email": mail, "role": "ambassador"} for mail in mails if mail not in known]
        if rows:
            session.execute(insert(PersonRow), rows)
        return list(session.scalars(select(PersonRow.id).order_by(PersonRow.id)))

    ids = await house._database.write(work)
    await house.close()
    return ids


async def meeting(url: str, key: str, capacity: int | None) -> int:
    """A new meeting, a month from then; its id."""
    house, starts = house_at(url), BEGIN + timedelta(days=30)

    def work(session: Session) -> int:
        local = {"starts_local": starts.replace(tzinfo=None), "ends_local": starts.replace(hour=12, tzinfo=None)}
        row = MeetingRow(key=key, kind="intervisie", title="M", audience="network", timezone="UTC", capacity=capacity)
        row.starts_at, row.ends_at, row.themes, row.guests = starts, starts.replace(hour=12), [], []
        row.starts_local, row.ends_local = local["starts_local"], local["ends_local"]
        session.add(row)
        session.flush()
        return row.id

    made = await house._database.write(work)
    await house.close()
    return made


def races(
    url: str, rounds: int, locked: bool = True, seed: int = 1, seats: int | None = None, each: int = EACH
) -> list[Round]:
    """So many rounds on one database, with another number of seats in each unless it is given."""
    people = asyncio.run(furnish(url, PROCESSES * each))
    chosen = random.Random(seed)
    found = []
    for number in range(rounds):
        capacity = seats or ((1, MOST_SEATS)[number] if number < 2 else chosen.randint(1, MOST_SEATS))
        made = asyncio.run(meeting(url, f"race-{locked}-{seed}-{number}", capacity))
        shuffled = chosen.sample(people, len(people))
        found.append(Race(url, made, capacity, shuffled, locked).run(seed + number))
    return found


@contextmanager
def _databases(asked: argparse.Namespace) -> Iterator[list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        urls = [] if asked.postgresql else [f"sqlite:///{folder}/races.db"]
        if asked.sqlite:
            yield urls
            return
        with postgresql() as url:
            yield [*urls, url]


def main() -> int:
    """Race, and tell how it went; 1 when anything was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--url")
    parser.add_argument("--capacity", type=int)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--unlocked", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    if asked.url:
        found = races(asked.url, asked.rounds, not asked.unlocked, seats=asked.capacity, each=asked.each)
        print(json.dumps([asdict(one) for one in found]))
        return 0
    with _databases(asked) as urls:
        return max(_told(url, asked.rounds) for url in urls)


def _told(url: str, rounds: int) -> int:
    began = time.monotonic()
    found = races(url, rounds)
    took = time.monotonic() - began
    control = races(url, 2, locked=False, seed=2)
    over = [f"{one.taken} of {one.capacity}" for one in control]
    problems = [problem for one in found for problem in one.problems]
    if not any(one.taken > one.capacity for one in control):
        problems.append("without the lock no seat was given twice: this proves nothing")
    print(
        f"{'NOT met' if problems else 'met':8} {url.partition(':')[0]}: {rounds} rounds of {PROCESSES} processes and "
        f"{PROCESSES * EACH} registrations for 1 to {MOST_SEATS} seats in {took:.0f} s, {len(problems)} problems; "
        f"without the lock: {', '.join(over)} seats given"
    )
    for problem in problems[:10]:
        print(f"  {problem}")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
