"""Scale, one slow test of each kind of database: ten years of meetings cost a question no more than one year.

2,000 meetings, of which 1,950 are over, and 20,000 registrations; `make soak` takes 10,000 and 100,000. What is counted
does not depend on the machine: statements, the steps of SQLite's virtual machine, and the rows that PostgreSQL says it
read.
"""

import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
import pytest_asyncio
from sqlalchemy import Engine, bindparam, event, text
from sqlalchemy.orm import Session

from storage.database import Database, PostgresDatabase, SqliteDatabase, open_database
from storage.domain.dialogs import Memory
from storage.domain.imports import Noun, Record, Value
from storage.domain.meetings import MeetingKind, MeetingQuery, Which
from storage.domain.people import Viewer
from storage.services.house import House
from storage.tables.base import UtcDateTime
from tests.conftest import NOW
from tests.storage.support import ZONE, person

MEETINGS = int(os.environ.get("BOT_ARCHIVE", "1000"))
COMING, PEOPLE, EACH = 50, 1_000, 10
RECENT = 300
"""So many meetings that are over make a small archive."""

MOST_MORE = 200
"""So many more rows may a question read than in the small archive; reading the archive would be thousands."""

BUSY = "p7@duinen.example"
"""Somebody who came to as many meetings as anybody."""

Statement = tuple[str, Any]


def archive() -> Iterator[Record]:
    """The records of a large network, in the order of a file."""
    kinds, statuses = list(MeetingKind), ("registered", "excused", "waitlisted", "attended", "absent")
    yield Record(Noun.NETWORK, (), {"name": "Netwerk Duinen", "timezone": ZONE})
    for number in range(50):
        yield Record(Noun.ORGANISATION, (f"Organisatie {number}",), {"kind": "school", "status": "partner"})
    for number in range(PEOPLE):
        fields = {"name": f"Persoon {number}", "organisation": f"Organisatie {number % 50}", "role": "external"}
        yield Record(Noun.PERSON, (f"p{number}@duinen.example",), {**fields})
    for number in range(MEETINGS):
        day = NOW.date() + timedelta(days=number - (MEETINGS - COMING) + 1)
        day = day if day > NOW.date() else NOW.date() - timedelta(days=(MEETINGS - COMING - number + 2) // 3)
        what: dict[str, Value] = {"kind": kinds[number % 5], "title": f"Bijeenkomst {number}", "capacity": 20}
        when: dict[str, Value] = {"starts": f"{day}T09:30:00", "ends": f"{day}T12:00:00"}
        yield Record(Noun.MEETING, (f"m{number}",), what | when | {"themes": ["leerrecht"]})
    for number in range(MEETINGS - 10, MEETINGS):
        yield Record(Noun.SESSION, (f"m{number}", "groen"), {"title": "Groep groen", "capacity": 8})
        yield Record(Noun.AGENDA_POINT, (f"m{number}", "varia"), {"title": "Varia", "position": 0})
    for number in range(MEETINGS):
        for seat in range(EACH):
            who = f"p{(number * 7 + seat * 97) % PEOPLE}@duinen.example"
            yield Record(Noun.REGISTRATION, (f"m{number}", who), {"status": statuses[seat % 5]})


def is_old(record: Record) -> bool:
    """Whether a record belongs to the part of the archive that the small one does not have."""
    number = re.fullmatch(r"m(\d+)", record.key[0]) if record.key else None
    return number is not None and int(number[1]) < MEETINGS - COMING - RECENT


@pytest_asyncio.fixture(loop_scope="session")
async def large(database_url: str) -> AsyncIterator[Database]:
    """An empty, migrated database of each kind in turn, that may become large."""
    database = open_database(database_url)
    yield database
    await database.close()


def engine_of(database: Database) -> Engine:
    """The engine on which statements can be seen."""
    assert isinstance(database, SqliteDatabase | PostgresDatabase)
    return database.engine if isinstance(database, SqliteDatabase) else database.engine.sync_engine


@contextmanager
def statements(database: Database) -> Iterator[list[Statement]]:
    """The statements that are executed meanwhile, without what only begins a transaction."""
    seen: list[Statement] = []

    def see(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    event.listen(engine_of(database), "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(engine_of(database), "before_cursor_execute", see)


def plan(database: Database, session: Session, statement: Statement) -> list[str]:
    """The lines of a statement's plan; on PostgreSQL it is executed, and the lines tell how many rows were read."""
    explain = (
        "EXPLAIN QUERY PLAN" if isinstance(database, SqliteDatabase) else "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF)"
    )
    found = session.connection().exec_driver_sql(f"{explain} {statement[0]}", statement[1])
    return [str(row[3] if isinstance(database, SqliteDatabase) else row[0]) for row in found]


def scans(lines: list[str]) -> list[str]:
    """The lines of a plan that read a whole table, or a whole index, of meetings, registrations or agenda points."""
    whole = r"(\bSCAN|Seq Scan on) (meetings|registrations|agenda_points)(_\d+)?\b"
    return [line for line in lines if re.search(whole, line)]


def rows_read(database: Database, session: Session, statement: Statement) -> float:
    """How many rows a query reads: PostgreSQL counts them; on SQLite a hundred steps of its machine count as one."""
    connection = session.connection()
    if isinstance(database, SqliteDatabase):
        ticks = 0

        def tick() -> int:
            nonlocal ticks
            ticks += 1
            return 0

        driver = cast("Any", connection.connection.driver_connection)
        driver.set_progress_handler(tick, 100)
        connection.exec_driver_sql(*statement).all()
        driver.set_progress_handler(None, 100)
        return ticks
    found = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {statement[0]}", statement[1])
    explained = found.scalar_one()
    return _touched((json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"])


def _touched(node: dict[str, Any]) -> float:
    removed = sum(value for name, value in node.items() if name.startswith("Rows Removed by"))
    own = (node["Actual Rows"] + removed) * node["Actual Loops"] if "Relation Name" in node else 0
    return float(own) + sum(_touched(child) for child in node.get("Plans", []))


async def cost(database: Database, ask: Callable[[], Awaitable[Any]]) -> float:
    """How many rows a question reads, all its queries together."""
    with statements(database) as seen:
        await ask()
    return await database.read(lambda session: sum(rows_read(database, session, statement) for statement in seen))


async def analyse(database: Database) -> None:
    """What PostgreSQL does by itself after a while; SQLite has to do without."""
    if isinstance(database, PostgresDatabase):
        await database.write(lambda session: session.execute(text("ANALYZE")))


def questions(house: House, by: Viewer) -> dict[str, Callable[[], Awaitable[Any]]]:
    """What may be asked of meetings and registrations."""
    assert by.person is not None
    me, intervisie = by.person, MeetingKind.INTERVISIE
    october = (date(2026, 10, 1), date(2026, 10, 31))
    january = (date(2027, 1, 1), date(2027, 1, 31))
    queries = {
        "next": MeetingQuery(),
        "next of a kind": MeetingQuery(kind=intervisie),
        "next of a name": MeetingQuery(ids=(3, 200, 340)),
        "previous": MeetingQuery(Which.PREVIOUS),
        "previous of a kind": MeetingQuery(Which.PREVIOUS, intervisie),
        "previous of a name": MeetingQuery(Which.PREVIOUS, ids=(3, 200, 340)),
        "all": MeetingQuery(Which.ALL),
        "all of a kind": MeetingQuery(Which.ALL, intervisie),
        "a month to come": MeetingQuery(first=january[0], last=january[1]),
        "a month that is over": MeetingQuery(first=october[0], last=october[1]),
        "all of a month": MeetingQuery(Which.ALL, intervisie, first=october[0], last=october[1]),
        "all until a day": MeetingQuery(Which.ALL, last=january[0]),
        "all from a day on": MeetingQuery(Which.ALL, first=october[0]),
        "the previous before a day": MeetingQuery(Which.PREVIOUS, last=october[0]),
    }

    def find(query: MeetingQuery) -> Callable[[], Awaitable[Any]]:
        return lambda: house.meetings.find(query, by, ZONE, NOW)

    async def of_one(detail: Callable[[Any], Awaitable[Any]]) -> Any:
        (meeting,) = await house.meetings.find(MeetingQuery(), by, ZONE, NOW)
        return await detail(meeting)

    return {name: find(query) for name, query in queries.items()} | {
        "known": lambda: house.meetings.known([3, 300], by),
        "agenda": lambda: of_one(house.meetings.agenda),
        "sessions": lambda: of_one(house.meetings.sessions),
        "who comes": lambda: of_one(house.registrations.of_meeting),
        "do I come": lambda: of_one(lambda meeting: house.registrations.standing(me, meeting)),
        "where do I come": lambda: house.registrations.standings(me, NOW),
        "the sweep": lambda: house.registrations.sweep(NOW),
        "what is due": lambda: house.invitations.plan_due(NOW),
        "an agenda with its proposals": lambda: of_one(lambda meeting: house.points.of_meeting(meeting.id, by)),
        "the backlog": lambda: house.points.shelf(by),
        "my points": lambda: house.points.mine(by, NOW),
        "agendas that are due": lambda: house.agendas.plan_due(NOW),
    }


def talk(session: Session) -> None:
    """A point of each meeting that has none, of one of 500 people; those of what is over were discussed."""
    columns = "meeting_id, position, title, state, proposer_id, proposed_at, carried, recurring"
    state = "CASE WHEN ends_at < :now THEN 'handled' ELSE 'proposed' END"
    without = "id NOT IN (SELECT meeting_id FROM agenda_points WHERE title = 'Punt')"
    values = f"SELECT id, 1, 'Punt', {state}, 1 + id % 500, starts_at, 0, false FROM meetings WHERE {without}"
    now = bindparam("now", NOW, UtcDateTime())
    session.execute(text(f"INSERT INTO agenda_points ({columns}) {values}").bindparams(now))


async def errands(house: House) -> None:
    """Do what is due, so that the next look, half a minute later, finds nothing to do: it only reads."""
    await house.registrations.sweep(NOW)
    await house.invitations.plan_due(NOW)
    await house.carrying.plan_due(NOW)
    await house.agendas.plan_due(NOW)


async def asked(house: House, detail: Callable[[Any], Awaitable[Any]], by: Viewer, now: datetime) -> None:
    """All that one question costs the database."""
    await house.visitors.visit(None, "gesprek")
    (found,) = await house.meetings.find(MeetingQuery(), by, ZONE, now)
    await detail(found)
    await house.visitors.remember("gesprek", Memory(meeting_id=found.id), now)


async def plans_of(database: Database, ask: Callable[[], Awaitable[Any]]) -> list[list[str]]:
    """The plans of a question's queries."""
    with statements(database) as seen:
        await ask()
    return await database.read(lambda session: [plan(database, session, statement) for statement in seen])


@pytest.mark.timeout(170)
async def test_a_large_archive_costs_a_question_nothing(large: Database) -> None:
    house, records = House(large), list(archive())
    recent = [one for one in records if not is_old(one)]
    await house.imports.apply(recent, NOW)
    await large.write(talk)
    await errands(house)
    await analyse(large)
    by = Viewer(await person(house, BUSY), member=True)
    before = {name: await cost(large, ask) for name, ask in questions(house, by).items()}

    report = await house.imports.apply(records, NOW)
    assert len(report.created) == len(records) - len(recent)
    await large.write(talk)
    await errands(house)
    await analyse(large)

    after = {name: await cost(large, ask) for name, ask in questions(house, by).items()}
    assert {name: rows for name, rows in after.items() if rows > before[name] + MOST_MORE} == {}
    plans = {name: await plans_of(large, ask) for name, ask in questions(house, by).items()}
    assert {name: found for name, found in plans.items() if not found or any(scans(lines) for lines in found)} == {}

    if isinstance(large, SqliteDatabase):  # PostgreSQL sooner reads a few pages of points whole
        discussed = await plans_of(large, lambda: house.carrying.plan_due(NOW))
        assert not any(scans(lines) for lines in discussed)

    for detail in (house.meetings.agenda, house.meetings.sessions, house.registrations.of_meeting):
        with statements(large) as seen:
            await asked(house, detail, by, NOW)
        assert len(seen) == 4  # the visit, the meeting, the detail, and what to remember
    with statements(large) as seen:
        await asked(house, lambda meeting: house.points.of_meeting(meeting.id, by), by, NOW)
    assert len(seen) == 6  # of an agenda also how far it is, and the meeting once more, for who may see it


@pytest.mark.parametrize(
    ("line", "scan"),
    [
        ("SCAN meetings", True),
        ("SCAN meetings USING INDEX ix_meetings_starts_at", True),
        ("SCAN registrations_1", True),
        ("SEARCH meetings USING INDEX ix_meetings_ends_at (ends_at>?)", False),
        ("SCAN network", False),
        ("        ->  Seq Scan on registrations registrations_1 (actual rows=1 loops=1)", True),
        ("        ->  Parallel Seq Scan on meetings (actual rows=1 loops=1)", True),
        ("        ->  Index Scan using ix_meetings_ends_at on meetings (actual rows=1 loops=1)", False),
    ],
)
def test_a_scan_would_be_seen(line: str, scan: bool) -> None:
    assert bool(scans([line])) is scan
