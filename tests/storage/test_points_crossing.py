"""Everything that people do with points at the same moment, crosswise: all of it ends, and what must wait is done."""

import asyncio
import random
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.database import Database
from storage.domain.refusals import Refusal
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow, SupportRow
from storage.tables.meetings import MeetingRow
from tests.conftest import NOW
from tests.storage.proposals import LATER, OPEN, ans, fill, id_of, miel, propose, publish, roos, tarik
from tests.storage.support import rows

TITLES = ("Huiswerk", "Spijbelen", "Verlof en ziekte", "Overgang", "Taal thuis", "Rust in de klas")
ACTS = 50


@pytest.fixture
def database(postgres_database: Database) -> Database:
    """PostgreSQL: on SQLite one writes at a time."""
    return postgres_database


async def test_two_that_wait_for_each_other_are_both_done(house: House, database: Database) -> None:
    await fill(house)
    first, second = await id_of(house, OPEN), await id_of(house, LATER)
    arrived: set[int] = set()
    tries = []

    def locked(session: Session, meeting_id: int) -> None:
        session.execute(select(MeetingRow.id).where(MeetingRow.id == meeting_id).with_for_update())

    def crosswise(session: Session, one: int, other: int) -> str:
        tries.append(one)
        session.execute(text("SET LOCAL deadlock_timeout = '20ms'"))
        locked(session, one)
        arrived.add(one)
        while len(arrived) == 1:
            session.execute(text("SELECT pg_sleep(0.005)"))
        locked(session, other)
        return "done"

    works = [lambda session: crosswise(session, first, second), lambda session: crosswise(session, second, first)]
    assert await asyncio.gather(*map(database.write, works)) == ["done", "done"]
    assert len(tries) > 2


async def test_acts_on_the_same_points_from_all_sides_all_end(house: House) -> None:
    await fill(house)
    chance = random.Random(7)
    people = [await tarik(house), await miel(house), await ans(house), await roos(house)]
    here, later = await id_of(house, OPEN), await id_of(house, LATER)
    points = [
        (await propose(house, chance.choice(people[:3]), title, key=key)).point.id
        for title in TITLES
        for key in (OPEN, LATER, None)
    ]
    await publish(house)

    async def act() -> bool:
        who, coordinator = chance.choice(people), people[3]
        point, other, home = chance.choice(points), chance.choice(points), chance.choice([here, later, None])
        place = chance.randint(1, 9)
        acts: list[Any] = [
            lambda: house.points.change(point, {"meeting_id": home}, who, NOW),
            lambda: house.points.change(point, {"minutes": place}, who, NOW),
            lambda: house.points.withdraw(point, who, NOW),
            lambda: house.points.restore(point, who, NOW),
            lambda: house.points.support(point, who, NOW),
            lambda: house.points.comment(point, "Goed idee", who, NOW),
            lambda: house.board.accept(point, coordinator, NOW),
            lambda: house.board.merge(point, other, coordinator, NOW),
            lambda: house.board.reopen(point, coordinator, NOW),
            lambda: house.board.move(point, home, coordinator, NOW),
            lambda: house.board.arrange(point, coordinator, NOW, position=place),
            lambda: house.agendas.apply(here, coordinator, NOW),
        ]
        try:
            await chance.choice(acts)()
        except Refusal:
            return False
        return True

    done = await asyncio.gather(*(act() for _ in range(ACTS)))
    assert sum(done) > ACTS // 4
    own = (
        select(func.count())
        .where(SupportRow.point_id == AgendaPointRow.id)
        .where(SupportRow.person_id == AgendaPointRow.proposer_id)
    )
    assert await rows(house, own) == [(0,)]
    nowhere = AgendaPointRow.meeting_id.is_(None) != AgendaPointRow.shelved_at.is_not(None)
    assert await rows(house, select(AgendaPointRow.id).where(nowhere)) == []
