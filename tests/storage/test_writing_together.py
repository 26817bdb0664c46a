"""SQLite's writer: what waits together is committed together, and what goes wrong in it harms nobody else."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from storage.database import SqliteDatabase, open_database

AT_ONCE = 40


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    """A database with one table."""
    opened = open_database(f"sqlite:///{tmp_path / 'together.db'}")
    assert isinstance(opened, SqliteDatabase)
    await opened.write(lambda session: session.execute(text("CREATE TABLE said (number INTEGER PRIMARY KEY)")))
    yield opened
    await opened.close()


def say(session: Session, number: int) -> int:
    """Write a number; an odd one twice, which is an error."""
    session.execute(text("INSERT INTO said VALUES (:number)"), {"number": number})
    if number % 2:
        raise ValueError(number)
    return number


async def said(database: SqliteDatabase) -> list[int]:
    """What was kept."""
    return await database.read(lambda session: list(session.scalars(text("SELECT number FROM said ORDER BY number"))))


async def test_what_waits_together_takes_few_commits(database: SqliteDatabase) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    told = await asyncio.gather(*(database.write(lambda session, n=n: say(session, 2 * n)) for n in range(AT_ONCE)))
    assert told == [2 * number for number in range(AT_ONCE)]
    assert await said(database) == told
    assert len(commits) < AT_ONCE / 2


async def test_who_goes_wrong_gets_the_error_and_the_others_their_result(database: SqliteDatabase) -> None:
    told = await asyncio.gather(
        *(database.write(lambda session, n=n: say(session, n)) for n in range(AT_ONCE)), return_exceptions=True
    )
    assert [one if isinstance(one, int) else int(str(one)) for one in told] == list(range(AT_ONCE))
    assert await said(database) == list(range(0, AT_ONCE, 2))


async def test_each_sees_what_was_written_before_it(database: SqliteDatabase) -> None:
    def count(session: Session) -> int:
        found = session.scalar(text("SELECT count(*) FROM said")) or 0
        session.execute(text("INSERT INTO said VALUES (:number)"), {"number": found})
        return int(found)

    assert await asyncio.gather(*(database.write(count) for _ in range(AT_ONCE))) == list(range(AT_ONCE))


async def test_who_no_longer_waits_has_nothing_written_later(database: SqliteDatabase) -> None:
    tasks = [asyncio.create_task(database.write(lambda session, n=n: say(session, 2 * n))) for n in range(AT_ONCE)]
    await asyncio.sleep(0)
    tasks[-1].cancel()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    kept = await said(database)
    assert isinstance(told[-1], asyncio.CancelledError)
    assert kept[: AT_ONCE - 1] == told[:-1]
    await database.write(lambda session: say(session, 1000))
    assert await said(database) == [*kept, 1000]


async def test_a_broken_rule_at_the_end_harms_only_itself(database: SqliteDatabase) -> None:
    same = [4, 6, 4, 8, 6]
    told = await asyncio.gather(
        *(database.write(lambda session, n=n: say(session, n)) for n in same), return_exceptions=True
    )
    assert [type(one).__name__ for one in told] == ["int", "int", "IntegrityError", "int", "IntegrityError"]
    assert await said(database) == [4, 6, 8]
