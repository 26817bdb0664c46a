"""One of several processes that do the same with agenda points at once; see test_points_together."""

import asyncio
import json
import sys

from storage.domain.agenda import NewPoint
from storage.services.house import house_at
from tests.conftest import NOW
from tests.storage.support import ANS, MIEL, viewer

TITLES = ("Huiswerk", "Spijbelen", "Verlof en ziekte", "Overgang naar secundair", "Taal thuis", "Rust in de klas")


async def main(url: str, meeting_id: int, old: list[int]) -> None:
    """Propose and support the same points and take back the old ones, as others do; prints the ids of the new ones."""
    house = house_at(url)
    proposer, other = await viewer(house, ANS), await viewer(house, MIEL)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    ids = []
    for title, one in zip(TITLES, old, strict=True):
        for home in (meeting_id, None):
            made = await house.points.propose(NewPoint(title, home), proposer, NOW)
            ids.append(made.point.id)
            await house.points.support(made.point.id, other, NOW)
        await house.points.withdraw(one, proposer, NOW)
    await house.close()
    print(json.dumps(ids), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), [*map(int, sys.argv[3:])]))
