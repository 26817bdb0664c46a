"""How long an announcement to many people takes, against a Teams that keeps its limits; as `make bench` runs it.

    python -m tests.bench.announcing [--people N] [--postgresql]

The bot is a process of its own, as in production; the connector keeps 50 calls a second and the limits of each
conversation in sliding windows, and answers after 100 ms.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from bot.settings import MOST_SENDS_PER_SECOND
from storage.services.house import house_at
from tests.bench.bots import BOT_CORE, LOAD_CORE, postgresql
from tests.bot.connector import NELE, teams_on_loopback
from tests.bot.limits import Limits
from tests.bot.processes import serving
from tests.bot.sending import coordinator, crowd, move_in, noticed

PEOPLE = 2000
TAKES = 0.1
SLACK = 1.2
"""How many times the least that the limit allows it may take."""


async def announce(people: int, database_url: str, folder: Path) -> bool:
    """Announce something to so many people, print what it took, and tell whether the bar was met."""
    house, everybody, limits = house_at(database_url), crowd(people), Limits()
    await house.migrate()
    async with teams_on_loopback() as teams:
        teams.takes, teams.limits = TAKES, limits
        nele = await coordinator(house, NELE, teams)
        await move_in(house, everybody, teams.service_url)
        with serving(folder, from_nothing=True, DATABASE_URL=database_url) as bot:
            _stay_on(BOT_CORE, bot.pid)
            _stay_on(LOAD_CORE, 0)
            drafted, _ = await house.announcements.draft("Morgen is het zover.", nele, False, datetime.now(UTC))
            begun = asyncio.get_running_loop().time()
            await house.announcements.send(drafted.id, nele, datetime.now(UTC), urgent=True)
            while len(teams.posted) + limits.refused < people:  # noqa: ASYNC110 - another process is watched
                await asyncio.sleep(0.1)
            took = teams.posted[-1].at - begun
            while any(one["state"] == "sending" for one in await noticed(house)):  # noqa: ASYNC110
                await asyncio.sleep(0.5)
        states = Counter(one["state"] for one in await noticed(house))
    await house.close()
    least = people / MOST_SENDS_PER_SECOND
    met = limits.refused == 0 and took <= SLACK * least and states["sent"] == people
    _say(
        f"{'met' if met else 'NOT met':8} announced to {people} people on {database_url.partition(':')[0]} in "
        f"{took:.1f} s (bar <= {SLACK * least:.0f} s), {limits.refused} x 429 (bar 0), most in one second "
        f"{limits.most} of {MOST_SENDS_PER_SECOND}; {dict(states)}"
    )
    return met


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 also when the bar is not met, which depends on the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")
    asked = parser.parse_args(arguments)
    with (
        tempfile.TemporaryDirectory(prefix="bench") as folder,
        postgresql() if asked.postgresql else nullcontext(f"sqlite:///{folder}/announcing.db") as url,
    ):
        asyncio.run(announce(asked.people, url, Path(folder)))
    return 0


def _stay_on(core: str, process_id: int) -> None:
    """Keep a process (0: this one) on one core, where the system can and has it."""
    if hasattr(os, "sched_setaffinity") and int(core) in os.sched_getaffinity(process_id):
        os.sched_setaffinity(process_id, {int(core)})


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
