"""When something breaks: a Dutch sentence with a reference that also stands in the log, and the bot goes on."""

import logging
import re
from collections.abc import Callable

import pytest

from bot.app import Running
from dialogs.texts import general as texts
from tests.bot.connector import CHANNEL, GROUP, JONAS, NELE, Spot, Teams

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"
Query = Callable[[str], list[tuple[object, ...]]]


def reference_in(text: str) -> str:
    """The reference in an apology."""
    pattern = re.escape(texts.ERROR).replace(re.escape("{reference}"), "([0-9a-f]{8})")
    found = re.fullmatch(pattern, text)
    assert found, text
    return found[1]


@pytest.fixture
def broken(bot: Running, query: Query) -> None:
    """A database that lost a table under the running bot."""
    query("ALTER TABLE meetings RENAME TO gone")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("where", [JONAS.chat, GROUP, CHANNEL.in_thread("6")], ids=["personal", "group", "channel"])
async def test_an_error_is_told_with_a_reference_that_stands_in_the_log(
    teams: Teams, caplog: pytest.LogCaptureFixture, where: Spot
) -> None:
    told = await teams.say(JONAS, where, QUESTION)
    assert [one.conversation for one in told] == [where.id]
    reference = reference_in(told[0].text)
    # What runs in the background misses the table as well.
    errors = [one for one in caplog.records if one.levelno >= logging.ERROR and one.name == "bot.turns"]
    assert [reference in record.getMessage() for record in errors] == [True]
    assert errors[0].exc_info is not None


@pytest.mark.usefixtures("broken")
async def test_an_error_tells_the_user_nothing_of_the_inside(teams: Teams) -> None:
    told = str((await teams.say(JONAS, JONAS.chat, QUESTION))[0].activity)
    assert not [word for word in ("Traceback", "sqlite", "Error", "meetings", ".py") if word in told]


@pytest.mark.usefixtures("broken")
async def test_the_log_of_an_error_does_not_repeat_what_was_written(
    teams: Teams, caplog: pytest.LogCaptureFixture
) -> None:
    await teams.say(JONAS, JONAS.chat, f"dag Sander, {QUESTION}")
    assert "turn failed" in caplog.text
    assert "Sander" not in caplog.text


@pytest.mark.usefixtures("broken")
async def test_every_error_has_its_own_reference(teams: Teams) -> None:
    told = [(await teams.say(JONAS, JONAS.chat, QUESTION))[0].text for _ in range(3)]
    assert len({reference_in(text) for text in told}) == 3


async def test_after_an_error_the_bot_answers_again(teams: Teams, query: Query) -> None:
    query("ALTER TABLE meetings RENAME TO gone")
    reference_in((await teams.say(JONAS, JONAS.chat, QUESTION))[0].text)
    query("ALTER TABLE gone RENAME TO meetings")
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text


async def test_an_error_at_an_installation_is_logged_and_not_told(
    teams: Teams, query: Query, caplog: pytest.LogCaptureFixture
) -> None:
    query("ALTER TABLE places RENAME TO gone")
    assert await teams.install(NELE, GROUP) == []
    assert "turn failed" in caplog.text


async def test_an_error_that_cannot_be_told_is_logged(
    teams: Teams, query: Query, caplog: pytest.LogCaptureFixture
) -> None:
    query("ALTER TABLE meetings RENAME TO gone")
    teams.mute.add(JONAS.chat.conversation)
    assert await teams.say(JONAS, JONAS.chat, QUESTION) == []
    assert "turn failed" in caplog.text


async def test_a_conversation_that_takes_no_messages_does_not_bring_the_bot_down(teams: Teams) -> None:
    teams.mute.add(GROUP.conversation)
    assert await teams.say(JONAS, GROUP, QUESTION) == []
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text


async def test_an_answer_that_arrived_is_not_followed_by_an_apology_when_the_connector_talks_nonsense(
    teams: Teams,
) -> None:
    await teams.say(JONAS, JONAS.chat, QUESTION)
    teams.garbled = True
    told = await teams.say(JONAS, JONAS.chat, QUESTION)
    assert [ANSWER in one.text for one in told] == [True]


async def test_a_personal_chat_that_cannot_be_made_sense_of_counts_as_unreachable(teams: Teams) -> None:
    await teams.say(JONAS, CHANNEL, QUESTION)
    teams.garbled = True
    told = await teams.say(JONAS, CHANNEL, "waarvoor ben ik ingeschreven?")
    assert [one.text for one in told] == [texts.UNREACHABLE]


async def test_a_roster_that_cannot_be_made_sense_of_makes_a_stranger(teams: Teams) -> None:
    teams.garbled = True
    told = await teams.say(JONAS, JONAS.chat, QUESTION)
    assert [one.text for one in told] == [texts.STRANGER_ASK.format(names="Nele Verhaegen")]


async def test_many_turns_at_once_are_all_answered(teams: Teams) -> None:
    told = await teams.together([teams.message(JONAS, JONAS.chat, QUESTION) for _ in range(30)])
    assert [ANSWER in one.text for one in told] == [True] * 30
