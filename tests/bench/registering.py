"""How many registrations a second the storage takes on PostgreSQL, from sixteen writers; as `make bench` runs it.

python -m tests.bench.registering [--people N]
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import timedelta

from storage.domain.people import Viewer
from storage.services.house import House, house_at
from tests.bench.bots import postgresql
from tests.bench.races import BEGIN, furnish, meeting

PEOPLE, WRITERS, MEETINGS = 200, 16, 16
SEATS = 100
BAR = 50.0
"""Registrations a second."""


async def registered(house: House, meetings: Sequence[int], viewers: Sequence[Viewer]) -> float:
    """Everybody registers for the next of these meetings in turn, from all writers at once; registrations a second."""
    waiting = list(enumerate(viewers))
    began = time.monotonic()

    async def write() -> None:
        while waiting:
            number, viewer = waiting.pop()
            assert viewer.person is not None
            now, where = BEGIN + timedelta(seconds=number), meetings[number % len(meetings)]
            await house.registrations.register(where, [viewer.person.id], viewer, now)

    await asyncio.gather(*(write() for _ in range(WRITERS)))
    return len(viewers) / (time.monotonic() - began)


async def bench(url: str, people: int) -> bool:
    """Print the figures, and tell whether the bar was met."""
    ids = await furnish(url, people)
    house, met = house_at(url), True
    viewers = [Viewer(one, member=True) for one in await house.people.known(ids)]
    for name, count in (("one meeting", 1), (f"{MEETINGS} meetings", MEETINGS)):
        meetings = [await meeting(url, f"bench-{count}-{number}", SEATS) for number in range(count)]
        a_second = await registered(house, meetings, viewers)
        met = met and a_second >= BAR
        print(
            f"{'met' if a_second >= BAR else 'NOT met':8} {len(viewers)} registrations for {name}, {WRITERS} writers: "
            f"{a_second:.0f} a second (bar >= {BAR:.0f})",
            flush=True,
        )
    await house.close()
    return met


def main() -> int:
    """Measure on a PostgreSQL of our own; 1 when the bar was not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    asked = parser.parse_args()
    with postgresql() as url:
        return 0 if asyncio.run(bench(url, asked.people)) else 1


if __name__ == "__main__":
    sys.exit(main())
