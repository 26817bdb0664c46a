"""Three processes take votes and are killed meanwhile: all votes count once, and the card ends with the final state.

`make soak` runs it in full size; BOT_VOTERS, BOT_ACTS and BOT_KILLS set it.
"""

import asyncio
import json
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy import select, update

from bot.teams.standin import BOT_ID, TENANT
from dialogs.notices import compose
from storage.domain.notices import NoticeState
from storage.domain.people import Role, Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import POLL, POLL_RESULT, NewOption, NewPoll, Poll, PollKind, PollState
from storage.repositories.notices import notice_of
from storage.services.house import House
from storage.tables.notices import NoticeRow
from storage.tables.polls import PollRow, PollVoteRow, PollVoterRow
from tests.bot.connector import GROUP, NELE, Teams, teams_on_loopback
from tests.bot.limits import Limits
from tests.bot.poll_machine import PATIENCE, Crowd
from tests.bot.replicas import URN_KEY, Replicas, replicas
from tests.bot.sending import MONDAY, coordinator, crowd, move_in, noticed
from tests.conftest import FIGURES
from tests.storage.support import change, rows

FULL = "BOT_VOTERS" in os.environ
VOTERS = int(os.environ.get("BOT_VOTERS", "8"))
ACTS = int(os.environ.get("BOT_ACTS", "2"))
KILLS = int(os.environ.get("BOT_KILLS", "2"))
WITHIN = 3600.0 if FULL else 120.0
TEXTS = ("NAFT", "internaten", "huiswerk", "verlof", "taal thuis")
A_WEEK = timedelta(days=7)


@pytest.fixture(params=["sqlite", "postgresql"] if FULL else ["postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The databases that several processes share; in full size both kinds."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.mark.timeout(2 * WITHIN)
async def test_killed_processes_lose_no_vote_count_none_twice_and_the_card_ends_with_the_final_state(
    house: House, database_url: str, tmp_path: Path, record_property: Any
) -> None:
    house.polls.keep_key(URN_KEY.encode())
    async with teams_on_loopback() as teams:
        teams.limits = Limits()
        people = crowd(VOTERS)
        nele = await _moved_in(house, teams)
        await move_in(house, people, teams.service_url, Role.AMBASSADOR)
        named, secret = await _asked(house, nele), await _asked(house, nele, anonymous=True)
        began = time.monotonic()
        async with asyncio.timeout(WITHIN), _voting(teams, database_url, tmp_path, named, secret) as (bots, all_):
            while len(await _sent(house, POLL)) < 2:  # noqa: ASYNC110 - other processes are watched
                await asyncio.sleep(0.1)
            async with asyncio.TaskGroup() as together:
                together.create_task(all_.vote(people, ACTS))
                together.create_task(_kill(bots, all_, VOTERS * ACTS))
            took = time.monotonic() - began
            await _close(house, named, secret)
            while await _unsettled(house):  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.1)
            await all_.vote_late(people[:5])
        await _as_the_model_says(house, all_, named, secret)
        await _last_update_is_final(house, teams)
        assert teams.limits.refused == 0
        updates = Counter(one.id for one in teams.updates)
        record_property(
            FIGURES,
            f"{VOTERS} voters, {KILLS} kills, {dict(all_.taps)} in {took:.0f} s; {dict(updates)} updates of the cards, "
            f"at most {teams.limits.most} calls in a second",
        )


@asynccontextmanager
async def _voting(
    teams: Teams, database_url: str, folder: Path, named: Poll, secret: Poll
) -> AsyncIterator[tuple[Replicas, Crowd]]:
    timeout = aiohttp.ClientTimeout(PATIENCE)
    with replicas(database_url, MONDAY, folder) as bots:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            yield bots, Crowd(teams, bots, session, named, secret, random.Random(17))


async def _moved_in(house: House, teams: Teams) -> Viewer:
    """The bot is in the group, and so is the coordinator."""
    await house.places.keep(Place(GROUP.conversation, PlaceKind.GROUP, teams.service_url, TENANT, bot_id=BOT_ID))
    return await coordinator(house, NELE, teams)


async def _asked(house: House, by: Viewer, anonymous: bool = False) -> Poll:
    """A poll in the group: by name one may choose two options."""
    kind = PollKind.SINGLE if anonymous else PollKind.SEVERAL
    options = tuple(NewOption(one) for one in TEXTS)
    new = NewPoll(kind, "Welk thema?", options, anonymous, None if anonymous else 2, conversation_id=GROUP.conversation)
    return await house.polls.create(new, by, MONDAY)


async def _kill(bots: Replicas, all_: Crowd, votes: int) -> None:
    """Kill one each time that some more was tapped, so that all kills fall in the middle of it."""
    for number in range(KILLS):
        while all_.taps["taps"] < votes * (number + 1) / (KILLS + 1):  # noqa: ASYNC110 - others tap
            await asyncio.sleep(0.01)
        bots.kill(all_.chance.randrange(len(bots.alive)))
        bots.start()


async def _close(house: House, *polls: Poll) -> None:
    """Their time is over; the bots close them by themselves."""
    over = update(PollRow).where(PollRow.id.in_([one.id for one in polls]))
    await change(house, over.values(closes_at=MONDAY))


async def _sent(house: House, kind: str) -> list[dict[str, Any]]:
    return [one for one in await noticed(house) if one["kind"] == kind and one["state"] == NoticeState.SENT]


async def _unsettled(house: House) -> bool:
    """Whether a poll is open, a card shows something old, or a result is not told."""
    states = await rows(house, select(PollRow.state))
    if any(state != PollState.CLOSED for (state,) in states):
        return True
    stale = await rows(house, select(NoticeRow.id).where(NoticeRow.kind == POLL, NoticeRow.refresh_at.is_not(None)))
    return bool(stale) or len(await _sent(house, POLL_RESULT)) < len(states)


async def _as_the_model_says(house: House, all_: Crowd, named: Poll, secret: Poll) -> None:
    """Exactly one vote each, the one they wanted last; and the counts of both polls are the model's."""
    model = all_.model
    people = {one.mail: one for one in model.secret}
    by_id = {one.id: people[one.email] for one in await house.people.everybody() if one.email in people}
    votes = await rows(house, select(PollVoteRow.poll_id, PollVoteRow.person_id, PollVoteRow.ballot))
    assert len(votes) == len(model.named)
    assert {by_id[person]: frozenset(one for one, _ in ballot) for _, person, ballot in votes} == model.named
    assert {poll for poll, _, _ in votes} == {named.id}
    for poll, counts, voters in (
        (named, model.counts(), len(model.named)),
        (secret, model.secret_counts(), len(model.secret)),
    ):
        view = await house.polls.shown(poll.id, MONDAY + A_WEEK)
        assert view is not None
        assert view.tally is not None
        assert view.tally.voters == view.poll.voters == voters
        assert {one.option.id: one.votes for one in view.tally.counts if one.option and one.votes} == counts
    assert await rows(house, select(PollVoterRow.person_id)) == []


async def _last_update_is_final(house: House, teams: Teams) -> None:
    """The last update of each card is the card as it is now; there is one card and one result of each poll."""
    mine = select(NoticeRow).where(NoticeRow.kind == POLL)
    cards = await house._database.read(lambda session: [notice_of(row) for row in session.scalars(mine)])
    results = Counter(one["subject"] for one in await noticed(house) if one["kind"] == POLL_RESULT)
    assert set(results.values()) == {1}
    assert len(cards) == len(results)
    for card in cards:
        message = await compose(house, [card], MONDAY + timedelta(hours=1))
        assert message is not None
        last = [one for one in teams.updates if one.id == card.activity_id][-1]
        assert last.card == json.loads(json.dumps(message.card))
