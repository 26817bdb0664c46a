"""Turns of one conversation run in order, of others beside them, and Teams hears in time that a message arrived."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running, running
from bot.settings import Settings
from bot.teams.activities import read_activity
from bot.teams.lines import MOST_WAITING
from bot.turns import Patience
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, NELE, Posted, Teams, teams_on_loopback
from tests.bot.edges import Edge, edge, until
from tests.bot.limits import Trouble
from tests.bot.processes import free_port, serving
from tests.conftest import NOW

QUESTION = "wie is de coördinator?"
NETWORK_DAY = "wanneer is de netwerkdag?"
QUICK = Patience(sign_of_life=60.0, acknowledged=0.2, look_again=0.02)
TALKATIVE = Patience(sign_of_life=0.1, next_sign=5.0, acknowledged=0.2, look_again=0.02)
SILENCE = Trouble(silent=True)


@pytest.fixture
async def quick(database: Path) -> AsyncIterator[Edge]:
    """An edge that has little patience."""
    async with edge(f"sqlite:///{database}", QUICK) as started:
        yield started


@pytest.fixture
async def teams(quick: Edge) -> AsyncIterator[Teams]:
    """A Teams in which this edge is."""
    async with teams_on_loopback() as started:
        started.bot_url = quick.url
        yield started


def answered(teams: Teams) -> list[str]:
    """The ids of the activities that were answered, in order."""
    return [(one.reply_path or "").rpartition("/")[2] for one in teams.posted]


def names_the_coordinator(posted: Posted) -> bool:
    """Whether this answers the question."""
    return "Nele Verhaegen" in posted.text


# In order


async def test_what_one_says_quickly_is_answered_in_order(quick: Edge, teams: Teams) -> None:
    said = [{**teams.message(JONAS, JONAS.chat, QUESTION), "id": f"m{number}"} for number in range(10)]
    await asyncio.gather(*(quick.turns.take(read_activity(one)) for one in said))
    await until(lambda: len(teams.posted) == 10)
    assert answered(teams) == [f"m{number}" for number in range(10)]


async def test_what_is_said_next_is_about_what_was_said_before(quick: Edge, teams: Teams) -> None:
    said = [teams.message(JONAS, JONAS.chat, text) for text in (NETWORK_DAY, "en waar?")]
    teams.delay = 0.2
    await asyncio.gather(*(quick.turns.take(read_activity(one)) for one in said))
    await until(lambda: len(teams.posted) == 2)
    assert "Cultuurhuis De Golf" in teams.posted[1].text


async def test_a_slow_conversation_holds_up_no_other(teams: Teams) -> None:
    teams.troubles[JONAS.chat.conversation].append(SILENCE)
    await teams.say(JONAS, JONAS.chat, QUESTION)
    for spot in (KATRIEN.chat, CHANNEL, CHANNEL.in_thread("1"), GROUP):
        await teams.say(KATRIEN, spot, QUESTION)
    await until(lambda: len(teams.posted) == 4)
    assert JONAS.chat.conversation not in [one.conversation for one in teams.posted]


async def test_a_turn_waits_for_the_one_before_it(teams: Teams) -> None:
    teams.troubles[JONAS.chat.conversation].append(SILENCE)
    for _ in range(2):
        await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.say(KATRIEN, KATRIEN.chat, QUESTION)
    await until(lambda: teams.texts_in(KATRIEN.chat))
    assert teams.texts_in(JONAS.chat) == []
    teams.over.set()
    await until(lambda: any(names_the_coordinator(one) for one in teams.posted[1:]))


async def test_a_turn_that_goes_wrong_does_not_stop_those_after_it(teams: Teams) -> None:
    teams.troubles[JONAS.chat.conversation] += [Trouble(500)]
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await teams.say(JONAS, JONAS.chat, QUESTION)
    await until(lambda: teams.posted)
    assert names_the_coordinator(teams.posted[0])


async def test_two_bots_take_no_two_turns_of_one_conversation_at_once(filled_postgres_url: str) -> None:
    settings = Settings(database_url=filled_postgres_url, port=0, starts_at=NOW)
    async with teams_on_loopback() as teams, running(settings) as one, running(settings) as other:
        teams.delay = 1.0  # the first turn looks Jonas up; when the second one begins he is known
        first = asyncio.create_task(teams.status(teams.message(JONAS, JONAS.chat, NETWORK_DAY), bot_url=one.url))
        await teams.spoken_to.wait()
        assert await teams.status(teams.message(JONAS, JONAS.chat, "en waar?"), bot_url=other.url) == 200
        assert await first == 200
    assert len(teams.lookups) == 1
    assert sorted("Cultuurhuis De Golf, " in one.text for one in teams.posted) == [False, True]


async def test_bots_that_get_a_burst_of_one_conversation_answer_all_of_it(filled_postgres_url: str) -> None:
    settings = Settings(database_url=filled_postgres_url, port=0, starts_at=NOW)
    async with teams_on_loopback() as teams, running(settings) as one, running(settings) as other:
        said = [(teams.message(JONAS, JONAS.chat, QUESTION), bot.url) for bot in (one, other) * 6]
        statuses = await asyncio.gather(*(teams.status(activity, bot_url=url) for activity, url in said))
        assert set(statuses) == {200}
        await until(lambda: len(teams.posted) == 12)
    assert [names_the_coordinator(one) for one in teams.posted] == [True] * 12


# Acknowledged in time


@pytest.fixture
async def shown(database: Path, teams: Teams) -> AsyncIterator[Teams]:
    """A Teams in which the bot soon shows that an answer is coming."""
    async with edge(f"sqlite:///{database}", TALKATIVE) as started:
        teams.bot_url = started.url
        yield teams


async def test_a_long_turn_is_acknowledged_shown_and_answered_when_done(shown: Teams) -> None:
    teams = shown
    teams.delay = 1.0
    assert await teams.say(JONAS, JONAS.chat, QUESTION) == []
    await until(lambda: teams.posted and teams.typing)
    assert names_the_coordinator(teams.posted[0])
    assert set(teams.typing) == {JONAS.chat.conversation}


async def test_no_sign_of_life_is_shown_for_what_is_not_for_the_bot(shown: Teams) -> None:
    teams = shown
    teams.delay = 0.5
    assert await teams.say(JONAS, CHANNEL, "wie komt er?", mention=False) == []
    await teams.install(NELE, NELE.chat)
    await until(lambda: teams.posted)
    assert teams.typing == []


async def test_a_quick_turn_shows_no_sign_of_life(bot: Running) -> None:
    async with teams_on_loopback() as teams:
        teams.bot_url = bot.url
        assert len(await teams.say(JONAS, JONAS.chat, QUESTION)) == 1
    assert teams.typing == []


async def test_with_too_much_waiting_teams_is_asked_to_come_back(quick: Edge, teams: Teams) -> None:
    teams.troubles[JONAS.chat.conversation].append(SILENCE)
    await teams.say(JONAS, JONAS.chat, QUESTION)
    waiting = [teams.activity(JONAS, JONAS.chat, "messageReaction") for _ in range(MOST_WAITING - 1)]
    await asyncio.gather(*(quick.turns.take(read_activity(one)) for one in waiting))
    late = teams.message(KATRIEN, KATRIEN.chat, QUESTION)
    assert await teams.status(late) == 503
    teams.over.set()
    await quick.turns.finish(20)
    assert await teams.status(late) == 200
    await quick.turns.finish(20)  # Teams hears sooner than the answer comes, where that takes long
    assert len(teams.texts_in(KATRIEN.chat)) == 1


# Stopping


async def test_stopping_finishes_the_turns_under_way(settings: Settings) -> None:
    async with teams_on_loopback() as teams:
        async with running(settings) as bot:
            teams.bot_url, teams.delay = bot.url, 0.5
            asked = asyncio.create_task(teams.say(JONAS, JONAS.chat, QUESTION))
            await teams.spoken_to.wait()
        await asked
        assert [names_the_coordinator(one) for one in teams.posted] == [True]


async def test_a_process_told_to_stop_finishes_a_turn_that_nobody_waits_for(database: Path, tmp_path: Path) -> None:
    port = free_port()
    async with teams_on_loopback() as teams:
        with serving(tmp_path, DATABASE_URL=f"sqlite:///{database}", PORT=port) as process:
            teams.delay = 1.5
            asked = asyncio.create_task(
                teams.status(teams.message(JONAS, JONAS.chat, QUESTION), bot_url=f"http://127.0.0.1:{port}")
            )
            await teams.spoken_to.wait()
            asked.cancel()
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, 60) == 0
        assert [names_the_coordinator(one) for one in teams.posted] == [True]
    with pytest.raises((asyncio.CancelledError, aiohttp.ClientError)):
        await asked
