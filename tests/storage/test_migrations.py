"""The schema: made once by however many processes start at once, and equal to the tables."""

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.database import UnusableDatabaseUrl, newest_revision, open_database
from storage.services.house import DatabaseUnreachable, House, Schema, house_at
from storage.tables import Base
from storage.tables.network import NetworkRow
from storage.tables.people import PersonRow
from storage.tables.searching import is_modelled
from tests.bot.forge import python
from tests.storage.holding import ROW_1
from tests.storage.support import bring, everything, network

REPOSITORY = Path(__file__).resolve().parents[2]

MIGRATE = """
import asyncio, sys
from storage.services.house import house_at

async def main():
    house = house_at(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await house.migrate()
    print(await house.schema())
    await house.close()

asyncio.run(main())
"""


@pytest_asyncio.fixture(loop_scope="session")
async def unmigrated(unmigrated_url: str) -> AsyncIterator[House]:
    """The services on an empty database of each kind in turn."""
    opened = house_at(unmigrated_url)
    yield opened
    await opened.close()


def differences(connection: Connection) -> list[Any]:
    """What a new migration would have to do."""
    opts = {"compare_type": True, "compare_server_default": True, "include_name": is_modelled}
    context = MigrationContext.configure(connection, opts=opts)
    return list(compare_metadata(context, Base.metadata))


def test_four_processes_migrate_one_empty_database_at_once(unmigrated_url: str) -> None:
    started = [
        subprocess.Popen(
            python("-c", MIGRATE, unmigrated_url),
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert ended == [("Schema.CURRENT\n", "", 0)] * 4


async def test_the_migrated_schema_equals_the_tables(house: House) -> None:
    assert await house._database.read(lambda session: differences(session.connection())) == []


async def test_a_difference_between_schema_and_tables_would_be_seen(unmigrated: House) -> None:
    await unmigrated.migrate()
    database = unmigrated._database

    def damage(session: Session) -> None:
        session.execute(text("DROP INDEX ix_meetings_ends_at"))
        session.execute(text("ALTER TABLE people ADD COLUMN nickname VARCHAR(10)"))

    await database.write(damage)
    found = await database.read(lambda session: differences(session.connection()))
    assert sorted(one[0] for one in found) == ["add_index", "remove_column"]


async def test_the_schema_is_empty_and_then_current(unmigrated: House) -> None:
    assert await unmigrated.schema() is Schema.EMPTY
    await unmigrated.migrate()
    assert await unmigrated.schema() is Schema.CURRENT


async def test_a_schema_of_another_time_is_old(unmigrated: House) -> None:
    await unmigrated.migrate()

    def age(session: Session) -> None:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    await unmigrated._database.write(age)
    assert await unmigrated.schema() is Schema.OLD


async def test_migrating_again_changes_nothing(unmigrated: House) -> None:
    await unmigrated.migrate()
    await bring(unmigrated, network())
    before = await everything(unmigrated)
    await unmigrated.migrate()
    assert await everything(unmigrated) == before
    assert await unmigrated._database.revision() == newest_revision()


async def test_a_new_database_has_its_one_network(unmigrated: House) -> None:
    await unmigrated.migrate()
    tables = await everything(unmigrated)
    assert {name for name, found in tables.items() if found} == {"network"}

    def row(session: Session) -> dict[str, Any]:
        return dict(session.execute(select(*NetworkRow.__table__.columns)).mappings().one())

    assert await unmigrated._database.read(row) == ROW_1


async def test_a_reference_to_nobody_is_refused_and_takes_its_whole_transaction_with_it(house: House) -> None:
    def work(session: Session) -> None:
        session.execute(delete(NetworkRow))
        session.execute(insert(PersonRow).values(name="X", email="x", role="external", organisation_id=987_654))

    with pytest.raises(IntegrityError):
        await house._database.write(work)
    assert len((await everything(house))["network"]) == 1


@pytest.mark.parametrize("url", ["mysql://bot@127.0.0.1/bot", "geen adres", "sqlite://", "sqlite:///:memory:"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(UnusableDatabaseUrl):
        open_database(url)


@pytest.mark.parametrize(
    "url", ["postgresql+asyncpg://bot:geheim@127.0.0.1:1/bot", "sqlite:////dev/null/bot.db", "sqlite:///{}"]
)
async def test_a_database_out_of_reach_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    broken = tmp_path / "kapot.db"
    broken.write_bytes(b"dit is geen databank " * 100)
    house = house_at(url.format(broken))
    with pytest.raises(DatabaseUnreachable) as caught:
        await house.migrate()
    await house.close()
    assert "geheim" not in str(caught.value)
