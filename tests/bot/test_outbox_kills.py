"""Three processes send an announcement and are killed while they do: everybody gets it once, or it is listed.

`make kill` runs it in full size; BOT_KILL_NOTICES and BOT_KILLS set it.
"""

import asyncio
import os
import random
from collections import Counter
from pathlib import Path

from storage.domain.notices import NoticeState
from storage.services.announcements import ANNOUNCEMENT
from storage.services.house import House
from tests.bot.connector import NELE, Teams, teams_on_loopback
from tests.bot.replicas import Replicas, replicas
from tests.bot.sending import MONDAY, coordinator, crowd, move_in, noticed, troubled

NOTICES = int(os.environ.get("BOT_KILL_NOTICES", "60"))
KILLS = int(os.environ.get("BOT_KILLS", "4"))
TAKES = 0.2
WITHIN = 120.0
TEXT = "Morgen is het zover."


async def test_killed_processes_post_nothing_twice_and_lose_nothing(
    house: House, database_url: str, tmp_path: Path
) -> None:
    async with teams_on_loopback() as teams:
        teams.takes = TAKES
        everybody = crowd(NOTICES)
        nele = await coordinator(house, NELE, teams)
        await move_in(house, everybody, teams.service_url)
        drafted, count = await house.announcements.draft(TEXT, nele, False, MONDAY)
        assert count == NOTICES
        await house.announcements.send(drafted.id, nele, MONDAY, urgent=True)
        async with asyncio.timeout(WITHIN):
            with replicas(database_url, MONDAY, tmp_path) as bots:
                await _kill_while_sending(teams, bots)
                while await _open(house):  # noqa: ASYNC110 - other processes are watched
                    await asyncio.sleep(0.2)
    posts = Counter(one.conversation for one in teams.posted if TEXT in one.text)
    notices = [one for one in await noticed(house) if one["kind"] == ANNOUNCEMENT]
    came = Counter(one["state"] for one in notices)
    listed = (await troubled(house, nele, MONDAY)).get(NoticeState.AMBIGUOUS, 0)
    print(f"\n{NOTICES} notices, {KILLS} kills, {sum(posts.values())} posts, {dict(came)}")
    assert max(posts.values()) == 1
    assert len(notices) == NOTICES
    assert set(came) <= {NoticeState.SENT, NoticeState.AMBIGUOUS}
    assert came[NoticeState.SENT] <= sum(posts.values())
    assert {one["conversation_id"] for one in notices if one["state"] == NoticeState.SENT} <= set(posts)
    assert listed == came[NoticeState.AMBIGUOUS] == NOTICES - came[NoticeState.SENT]


async def _kill_while_sending(teams: Teams, bots: Replicas) -> None:
    """Kill a random one each time that some more was posted, so that all kills fall in the middle of it."""
    chance = random.Random(4)
    for _ in range(KILLS):
        enough = len(teams.posted) + NOTICES // (2 * KILLS)
        while len(teams.posted) < enough:  # noqa: ASYNC110 - other processes are watched
            await asyncio.sleep(0.01)
        bots.kill(chance.randrange(len(bots.alive)))
        bots.start()


async def _open(house: House) -> bool:
    """Whether some are not settled yet. (What tells the coordinator of the ambiguous ones comes a minute later.)"""
    unsettled = {NoticeState.READY, NoticeState.SENDING}
    return any(one["state"] in unsettled for one in await noticed(house) if one["kind"] == ANNOUNCEMENT)
