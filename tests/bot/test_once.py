"""Nothing runs twice: the same activity, the same press, at once, in two processes, after a restart or a crash."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import Running, running
from bot.settings import Settings
from bot.turns import Patience
from dialogs.texts import general as texts
from dialogs.texts import outbox
from storage.services.announcements import QUESTION as QUESTION_NOTICE
from tests.bot.connector import CHANNEL, GROUP, JONAS, KATRIEN, Json, Teams, teams_on_loopback
from tests.bot.edges import edge, until
from tests.bot.processes import free_port, serving
from tests.bot.sending import states
from tests.conftest import NOW

Query = Callable[[str], list[tuple[object, ...]]]

QUESTION = "wanneer is de volgende intervisie?"
PASSED_ON = outbox.PASSED_ON.format(names="Nele")
OOPS = "Er ging iets mis"
IMPATIENT = Patience(pressed_twice=0.0)
"""Each second press is one that asks what became of the first."""


def passing_on(nonce: str = "n1", text: str = "is er parking?") -> Json:
    """The data of the button under what the bot did not understand."""
    return {"action": "ask_coordinator", "text": text, "nonce": nonce}


def press(teams: Teams, data: Json) -> Json:
    """Jonas presses it, as a new activity."""
    return {**teams.activity(JONAS, JONAS.chat, "message"), "value": data}


@pytest.fixture
async def two(filled_postgres_url: str) -> AsyncIterator[tuple[Running, Running]]:
    """Two bots on one PostgreSQL database."""
    settings = Settings(database_url=filled_postgres_url, port=0, starts_at=NOW)
    async with running(settings) as one, running(settings) as other:
        yield one, other


# The same activity


async def test_an_activity_that_comes_again_is_answered_once(teams: Teams) -> None:
    asked = teams.message(JONAS, JONAS.chat, QUESTION)
    assert len(await teams.deliver(asked)) == 1
    assert await teams.deliver(asked) == []


async def test_an_activity_that_comes_many_times_at_once_is_answered_once(teams: Teams) -> None:
    asked = teams.message(JONAS, JONAS.chat, QUESTION)
    assert len(await teams.together([asked] * 8)) == 1


async def test_an_activity_that_comes_at_two_bots_at_once_is_answered_once(two: tuple[Running, Running]) -> None:
    async with teams_on_loopback() as teams:
        asked = teams.message(JONAS, JONAS.chat, QUESTION)
        statuses = await asyncio.gather(*(teams.status(asked, bot_url=bot.url) for bot in two * 4))
        assert set(statuses) == {200}
        assert len(teams.posted) == 1


async def test_an_activity_that_comes_again_after_a_restart_is_not_answered_again(settings: Settings) -> None:
    async with teams_on_loopback() as teams:
        asked = teams.message(JONAS, JONAS.chat, QUESTION)
        for expected in (1, 0):
            async with running(settings) as bot:
                teams.bot_url = bot.url
                assert len(await teams.deliver(asked)) == expected


async def test_the_same_words_in_another_activity_are_answered_again(teams: Teams) -> None:
    told = [(await teams.say(JONAS, JONAS.chat, QUESTION))[0].text for _ in range(2)]
    assert told[0] == told[1]


async def test_the_same_id_in_another_conversation_is_another_activity(teams: Teams) -> None:
    for spot in (JONAS.chat, CHANNEL):
        assert len(await teams.deliver({**teams.message(JONAS, spot, QUESTION), "id": "1700000000001"})) == 1


async def test_activities_without_an_id_are_each_answered(teams: Teams) -> None:
    asked = {**teams.message(JONAS, JONAS.chat, QUESTION), "id": ""}
    assert [len(await teams.deliver(asked)) for _ in range(2)] == [1, 1]


async def test_an_activity_that_another_bot_is_busy_with_for_long_is_left_to_it(
    settings: Settings, database: Path
) -> None:
    url = f"sqlite:///{database}"
    async with (
        teams_on_loopback() as teams,
        edge(url, Patience()) as busy,
        edge(url, Patience(others=0.1, look_again=0.02)) as other,
    ):
        asked = teams.message(JONAS, JONAS.chat, QUESTION)
        teams.delay = 1.5
        first = asyncio.create_task(teams.status(asked, bot_url=busy.url))
        await teams.spoken_to.wait()
        assert await teams.status(asked, bot_url=other.url) == 200
        assert teams.posted == []
        assert await first == 200
        assert len(teams.posted) == 1
        assert OOPS not in teams.posted[0].text


# The same press


async def test_a_press_that_comes_twice_at_once_works_once_and_is_answered_once(teams: Teams, query: Query) -> None:
    told = await teams.together([press(teams, passing_on()) for _ in range(5)])
    assert [one.text for one in told if one.conversation == JONAS.chat.conversation] == [PASSED_ON]
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_a_second_press_gets_the_firsts_answer(teams: Teams, database: Path, query: Query) -> None:
    async with edge(f"sqlite:///{database}", IMPATIENT) as at:
        teams.bot_url = at.url
        told = [await teams.press(JONAS, JONAS.chat, passing_on()) for _ in range(2)]
    assert [one.text for both in told for one in both] == [PASSED_ON, PASSED_ON]
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_an_answer_is_not_told_again_for_ever(teams: Teams, database: Path, query: Query) -> None:
    async with edge(f"sqlite:///{database}", Patience(pressed_twice=0.0, answers_kept=0.0)) as at:
        teams.bot_url = at.url
        told = [await teams.press(JONAS, JONAS.chat, passing_on()) for _ in range(2)]
    assert [one.text for both in told for one in both] == [PASSED_ON, texts.ALREADY_DONE]
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_the_same_finger_within_a_moment_gets_no_second_answer(teams: Teams) -> None:
    await teams.press(JONAS, JONAS.chat, passing_on())
    again = await teams.press(JONAS, JONAS.chat, passing_on())
    assert [one.text for one in again if one.conversation == JONAS.chat.conversation] == []


async def test_a_press_that_teams_sends_again_is_not_answered_again(teams: Teams, database: Path) -> None:
    async with edge(f"sqlite:///{database}", IMPATIENT) as at:
        teams.bot_url = at.url
        pressed, second = press(teams, passing_on()), press(teams, passing_on())
        assert [len(await teams.deliver(one)) for one in (pressed, pressed, second, second)] == [1, 0, 1, 0]


async def test_a_press_after_a_restart_hears_that_it_was_done(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        for expected in (PASSED_ON, texts.ALREADY_DONE):
            async with running(settings) as bot:
                teams.bot_url = bot.url
                told = await teams.press(JONAS, JONAS.chat, passing_on())
                assert expected in [one.text for one in told]
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_another_person_who_presses_the_same_button_does_it_too(teams: Teams, query: Query) -> None:
    for user in (JONAS, KATRIEN):
        assert PASSED_ON in [one.text for one in await teams.press(user, GROUP, passing_on())]
    assert query("SELECT count(DISTINCT asker_id) FROM asked") == [(2,)]


@pytest.mark.parametrize("nonce", ["x" * 1000, 7, None, ["n"], ""], ids=["long", "number", "null", "list", "empty"])
async def test_a_nonce_that_is_none_makes_no_press_of_it(teams: Teams, nonce: object) -> None:
    data = {"action": "ask_example", "text": "wie is de coördinator?", "nonce": nonce}
    told = [await teams.press(JONAS, JONAS.chat, data) for _ in range(2)]
    assert ["Nele" in one.text for both in told for one in both] == [True, True]


async def test_a_press_at_two_bots_at_once_works_once(two: tuple[Running, Running]) -> None:
    async with teams_on_loopback() as teams:
        presses = [(press(teams, passing_on()), bot.url) for bot in two * 3]
        statuses = await asyncio.gather(*(teams.status(one, bot_url=url) for one, url in presses))
        assert set(statuses) == {200}
        assert teams.texts_in(JONAS.chat).count(PASSED_ON) == 1
    assert len(await states(two[0].house, QUESTION_NOTICE)) == 1


# A turn that goes wrong


async def test_a_press_that_went_wrong_may_be_made_again(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "dag")
    query("ALTER TABLE asked RENAME TO away")
    assert (await teams.press(JONAS, JONAS.chat, passing_on()))[0].text.startswith(OOPS)
    query("ALTER TABLE away RENAME TO asked")
    assert PASSED_ON in [one.text for one in await teams.press(JONAS, JONAS.chat, passing_on())]
    assert query("SELECT count(*) FROM asked") == [(1,)]


async def test_an_apology_is_made_once(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "dag")
    query("ALTER TABLE asked RENAME TO away")
    pressed = press(teams, passing_on())
    assert [len(await teams.deliver(pressed)) for _ in range(2)] == [1, 0]


# What is kept


async def test_what_remembers_knows_no_text_and_no_choice(teams: Teams, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "heeft mijn zoon Sander koorts?")
    await teams.press(JONAS, JONAS.chat, passing_on("nonce-77", "Sander heeft koorts"))
    columns = {name for _, name, *_ in query("PRAGMA table_info(handled)")}
    assert columns == {"id", "key", "line", "at", "done", "owner", "lease_until"}
    kept = str(query("SELECT * FROM handled"))
    assert [word for word in ("Sander", "koorts", "ask_coordinator", "nonce-77", JONAS.aad) if word in kept] == []
    assert query("SELECT count(*) FROM handled WHERE done") == [(3,)]


async def test_after_some_days_it_is_forgotten(teams: Teams, settings: Settings, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    assert query("SELECT count(*) FROM handled") == [(1,)]
    async with running(replace(settings, starts_at=NOW + timedelta(days=3))):
        await until(lambda: query("SELECT count(*) FROM handled") == [(0,)])


async def test_a_turn_keeps_its_claim_also_when_no_sign_of_life_can_be_shown(
    teams: Teams, database: Path, query: Query
) -> None:
    async with edge(f"sqlite:///{database}", Patience(sign_of_life=0.05, next_sign=0.1)) as at:
        teams.bot_url, teams.delay = at.url, 0.5
        teams.mute.add(JONAS.chat.conversation)
        await teams.say(JONAS, JONAS.chat, QUESTION)
    assert query("SELECT (julianday(lease_until) - julianday(at)) * 86400 > 20.04 FROM handled") == [(1,)]


# A process that dies


async def test_a_turn_that_died_with_its_process_is_run_by_another_one(
    filled_postgres_url: str, tmp_path: Path
) -> None:
    ports = (free_port(), free_port())
    async with teams_on_loopback() as teams, AsyncExitStack() as stack:
        one, other = (
            stack.enter_context(serving(tmp_path, DATABASE_URL=filled_postgres_url, PORT=port)) for port in ports
        )
        asked = teams.message(JONAS, JONAS.chat, "wie is de coördinator?")
        teams.delay = 10.0
        lost = asyncio.create_task(teams.status(asked, bot_url=f"http://127.0.0.1:{ports[0]}"))
        await teams.spoken_to.wait()
        one.send_signal(signal.SIGKILL)
        with pytest.raises(aiohttp.ClientError):
            await lost
        teams.delay = 0.0
        assert await teams.status(asked, bot_url=f"http://127.0.0.1:{ports[1]}") == 200
        await until(lambda: teams.posted, 60)
        assert "Nele Verhaegen" in teams.posted[0].text
        assert other.poll() is None
