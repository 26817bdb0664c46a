"""Sixteen processes at the same few seats, one round on each kind of database; `make races` runs twenty."""

import asyncio
import json
import os
from typing import Any

import pytest

from tests.bench.races import PROCESSES
from tests.bot.forge import ROOT, python

LONGEST = 170
EACH = 6
"""People of each process, half of those of `make races`: most of a round is starting the processes."""


async def raced(url: str, *options: str) -> list[dict[str, Any]]:
    """What became of the rounds, in processes of their own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    command = python("-m", "tests.bench.races", "--url", url, "--json", *options)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(LONGEST):
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    found: list[dict[str, Any]] = json.loads(out)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, of each kind in turn."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


async def test_no_seat_is_given_twice_nobody_is_lost_and_each_is_told_once(url: str) -> None:
    (found,) = await raced(url, "--rounds", "1", "--capacity", "11", "--each", str(EACH))
    assert found == {"capacity": 11, "taken": 11, "registrations": PROCESSES * EACH, "problems": []}


async def test_without_the_lock_seats_are_given_twice(postgres_url: str) -> None:
    (found,) = await raced(postgres_url, "--rounds", "1", "--capacity", "11", "--unlocked")
    assert found["taken"] > found["capacity"]
