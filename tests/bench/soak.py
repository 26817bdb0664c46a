"""A day of a network in minutes, on a bot as in production: does it keep its memory, tasks, files and tables small?

    python -m tests.bench.soak [--turns N]

The bot's clock runs faster, so that what it forgets after hours is forgotten during the run. Ends with 1 when something
grew too much.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bots import LOAD_CORE, Bot, Look, imported, started
from tests.bench.day import BURST, Crowd, Hour, hours
from tests.bench.launch import KEPT, stay_on
from tests.bench.load import JSON
from tests.bench.people import Person, Spot, as_bytes, network
from tests.bench.standins import StandIns, standing_in
from tests.bench.wire import Line, post

TURNS = 200_000
MORE_PEOPLE = 190
SECONDS_A_TURN = 0.008
"""About what a turn takes; tells how fast the bot's clock must run for the day to fit the run."""

WARM_UP = 0.05
"""The share of the turns that warms up, as one burst, before memory is first looked at."""

MOST_GROWTH = 0.05
MOST_MORE_TASKS, MOST_MORE_FILES = 10, 20

BOUNDED = {"handled": 0.75, "memories": 0.75}
"""Tables that forget, and the share of all turns of the day that may at most be in them at its end."""


@dataclass
class Soak:
    """What the day did."""

    looks: list[Look] = field(default_factory=list)
    """After the warm-up, and after every hour."""
    rows: list[dict[str, int]] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    replies: int = 0
    turns: int = 0
    errors: int = 0

    @property
    def growth(self) -> float:
        """How much memory grew since the warm-up, as a share of what it then was."""
        return self.looks[-1].rss / self.looks[0].rss - 1

    def problems(self, most_growth: float = MOST_GROWTH) -> list[str]:
        """What grew or failed."""
        first, last = self.looks[0], self.looks[-1]
        found = [f"{count} x HTTP {status}" for status, count in self.statuses.items() if status != 200]
        if self.growth >= most_growth:
            found.append(f"memory grew by {self.growth:.1%}")
        if last.tasks > first.tasks + MOST_MORE_TASKS:
            found.append(f"tasks: {first.tasks} -> {last.tasks}")
        if last.files > first.files + MOST_MORE_FILES:
            found.append(f"open files: {first.files} -> {last.files}")
        for table, share in BOUNDED.items():
            if (rows := self.rows[-1].get(table, 0)) > self.turns * share:
                found.append(f"{rows} rows in {table} after {self.turns} turns")
        return [*found, f"{self.errors} errors logged"] if self.errors else found


async def soak(turns: int, folder: Path, more_people: int = MORE_PEOPLE, rest: float = 1.0) -> Soak:
    """Let a bot live a day of so many turns, with `rest` seconds after every hour."""
    text, people = network(more_people)
    strangers = [Person(f"Vreemde {number}", f"vreemde{number}@elders.example") for number in range(60)]
    database = folder / "soak.db"
    await imported(text, f"sqlite:///{database}")
    day, done = hours(round(turns * (1 - WARM_UP))), Soak()
    async with standing_in(folder, people) as standins:
        environment = {**standins.environment(), "DATABASE_URL": f"sqlite:///{database}"}
        environment["BENCH_HURRY"] = str(24 * 3600 / max(5.0, turns * SECONDS_A_TURN))
        async with started("soaked", "serve", folder, environment) as bot:
            crowd = Crowd(standins.service_url, people, strangers, standins.buttons)
            living = _Living(bot, standins, done)
            for hour in [Hour(-1, round(turns * WARM_UP), BURST), *day]:
                begun = time.perf_counter()
                await living.spend(hour, crowd)
                took = time.perf_counter() - begun
                await asyncio.sleep(rest)  # what runs beside the turns comes to an end
                await _look(done, bot, database, hour, took)
            done.errors = bot.logged('"level":"error"')
        done.replies = standins.posts
    return done


class _Living:
    """Sends what an hour brings over a number of lines; one conversation's activities after each other."""

    def __init__(self, bot: Bot, standins: StandIns, done: Soak) -> None:
        self._done, self._token = done, standins.token()
        self._lines = [Line(bot.port) for _ in range(BURST)]

    async def spend(self, hour: Hour, crowd: Crowd) -> None:
        """Send all that this hour brings, and hang up."""
        activities = crowd.activities(hour)
        await asyncio.gather(*(self._send(line, activities) for line in self._lines[: hour.at_once]))
        for line in self._lines:
            line.close()

    async def _send(self, line: Line, activities: Iterator[tuple[Spot, dict[str, object]]]) -> None:
        for _, activity in activities:
            request = post(as_bytes(activity), Content_Type=JSON, Authorization=f"Bearer {self._token}")
            answer = await line.send(request)
            self._done.statuses[answer.status] += 1
            self._done.turns += 1


async def _look(done: Soak, bot: Bot, database: Path, hour: Hour, took: float) -> None:
    look = await bot.look()
    done.looks.append(look)
    done.rows.append(_rows(database))
    when = "warm-up" if hour.hour < 0 else f"{hour.hour:02}.00"
    forgetful = ", ".join(f"{table} {done.rows[-1].get(table, 0)}" for table in BOUNDED)
    memory = f"{look.rss / 2**20:6.1f} MiB ({done.growth:+.1%})"
    counted = f"{look.tasks} tasks, {look.threads} threads, {look.files} files"
    pace = f"{hour.turns:6} turns, {hour.turns / took:4.0f} a second"
    _say(f"{when:8} {pace}  {memory}  {counted}  lag p99 {look.lag_p99:.0f} ms  rows: {forgetful}")


def _rows(database: Path) -> dict[str, int]:
    """How many rows every table has."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}
    finally:
        connection.close()


def main(arguments: Sequence[str]) -> int:
    """Live the day, print, and tell whether all stayed small."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=TURNS)
    turns = parser.parse_args(arguments).turns
    stay_on(LOAD_CORE)
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        done = asyncio.run(soak(turns, Path(folder)))
    rows = [(table, done.rows[0].get(table, 0), count) for table, count in done.rows[-1].items()]
    grown = ", ".join(f"{table} {before} -> {after}" for table, before, after in rows if before != after)
    _say(f"\n{done.turns} turns, {done.replies} replies; what is handled is kept for {KEPT}")
    _say(f"rows, after the warm-up -> at the end: {grown}")
    problems = done.problems()
    for problem in problems:
        _say(f"WRONG: {problem}")
    _say(f"memory growth {done.growth:+.1%} (bar < {MOST_GROWTH:.0%}): {'met' if not problems else 'NOT met'}")
    return 1 if problems else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
