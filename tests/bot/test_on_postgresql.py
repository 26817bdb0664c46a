"""The same bot on PostgreSQL: what happens at once happens once, and odd texts are no errors."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.app import Running, running
from bot.settings import Settings
from dialogs.texts import general as texts
from tests.bot.connector import CHANNEL, GENERAL, JONAS, MIRA, NELE, Teams, teams_on_loopback
from tests.conftest import NOW

QUESTION = "wanneer is de volgende intervisie?"
ANSWER = "Intervisie huiswerkbegeleiding"


@pytest.fixture
async def on_postgres(filled_postgres_url: str) -> AsyncIterator[Running]:
    """A bot on PostgreSQL, with the demo network."""
    settings = Settings(database_url=filled_postgres_url, port=0, starts_at=NOW)
    async with running(settings) as started:
        yield started


@pytest.fixture
async def teams(on_postgres: Running) -> AsyncIterator[Teams]:
    """A Teams in which this bot is."""
    async with teams_on_loopback() as started:
        started.bot_url = on_postgres.url
        yield started


@pytest.fixture
def errors(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What the bot logs as an error; look at it at the end."""
    caplog.set_level(logging.ERROR)
    return caplog.records


async def test_a_question_is_answered(teams: Teams) -> None:
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text
    assert "Kustrade" in (await teams.say(JONAS, JONAS.chat, "en waar?"))[0].text


async def test_installations_at_once_make_one_welcome(teams: Teams, errors: list[logging.LogRecord]) -> None:
    installed = [make(NELE, spot) for spot in (GENERAL, CHANNEL) for make in (teams.installation, teams.membership)]
    assert len(await teams.together(installed * 2)) == 1
    assert errors == []


async def test_first_messages_at_once_recognise_one_person(teams: Teams, errors: list[logging.LogRecord]) -> None:
    told = await teams.together([teams.message(JONAS, JONAS.chat, QUESTION) for _ in range(6)])
    assert [ANSWER in one.text for one in told] == [True] * 6
    assert errors == []


async def test_an_unknown_member_is_asked_once_when_messages_come_at_once(
    teams: Teams, errors: list[logging.LogRecord]
) -> None:
    told = [one.text for one in await teams.together([teams.message(MIRA, CHANNEL, QUESTION) for _ in range(6)])]
    assert (told.count(texts.WHICH_ORGANISATION), len(told)) == (1, 7)
    assert errors == []


async def test_presses_at_once_make_one_person(
    teams: Teams, on_postgres: Running, errors: list[logging.LogRecord]
) -> None:
    data = {"action": "tell_organisation", "organisation": ""}
    press = {**teams.activity(MIRA, CHANNEL, "message"), "value": data}
    await teams.together([{**press, "id": str(number)} for number in range(5)])
    everybody = await on_postgres.house.people.everybody()
    assert [person.email for person in everybody].count(MIRA.mail) == 1
    assert teams.texts_in(MIRA.chat).count(texts.INTRODUCED_WITHOUT.format(name="Mira")) == 1
    assert errors == []


async def test_two_bots_on_one_database_greet_once(
    teams: Teams, on_postgres: Running, filled_postgres_url: str
) -> None:
    async with running(Settings(database_url=filled_postgres_url, port=0, starts_at=NOW)) as replica:
        urls = [on_postgres.url, replica.url] * 3
        statuses = await asyncio.gather(
            *(teams.status(teams.installation(NELE, NELE.chat), bot_url=url) for url in urls)
        )
    assert set(statuses) == {200}
    assert len(teams.texts_in(NELE.chat)) == 1


@pytest.mark.parametrize("entra_id", ["\x00", "x" * 5000, "\ud800"], ids=["nul", "long", "surrogate"])
async def test_an_odd_entra_id_does_not_bring_the_bot_down(teams: Teams, entra_id: str) -> None:
    activity = teams.message(JONAS, JONAS.chat, QUESTION)
    activity["from"]["aadObjectId"] = entra_id
    assert await teams.status(activity) in {200, 400}
    assert ANSWER in (await teams.say(JONAS, JONAS.chat, QUESTION))[0].text
