"""PostgreSQL: a connection that the server closed while it rested is replaced before anybody notices."""

import asyncpg
import pytest

import storage.database
from storage.services.house import house_at


async def _close_all(url: str) -> None:
    """End every other connection to this database, as a restart or a firewall does."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


async def test_a_connection_that_was_closed_while_it_rested_is_replaced(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.database, "PING_AFTER", 0.0)
    house = house_at(postgres_url)
    try:
        await house.migrate()
        await house.visitors.visit(None, "")
        await _close_all(postgres_url)
        assert (await house.visitors.visit(None, "")).person is None
    finally:
        await house.close()
