"""Polls that go to people in person: each gets the card, is reminded once, and hears what came of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import Running
from bot.settings import Settings
from dialogs.texts import poll_managing as managing
from dialogs.texts import poll_voting as texts
from dialogs.texts.refusals import SENTENCES
from storage.domain.refusals import PollClosed
from tests.bot.acquaintances import met
from tests.bot.boards import titles
from tests.bot.connector import JONAS, KATRIEN, NELE, SAMIRA, WOUT, Teams
from tests.bot.edges import until
from tests.bot.lists import EVERYBODY, hears, says
from tests.bot.polls import THEME, card_in, vote_data, votes
from tests.conftest import BRUSSELS

Query = Callable[[str], list[tuple[Any, ...]]]

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=BRUSSELS)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A bot on a morning on which people work."""
    return replace(settings, starts_at=MONDAY)


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


@pytest.fixture
async def network(teams: Teams, query: Query, bot: Running) -> Teams:
    """A Teams in which Nele just sent everybody a poll."""
    bot.house.polls.keep_key(b"k" * 32)
    known = met(teams, query, EVERYBODY)
    await says(known, NELE, f"stuur een peiling naar iedereen: {THEME} NAFT; internaten; huiswerkbegeleiding")
    assert (await says(known, NELE, "ja")).startswith("Ze is onderweg naar iedereen, elk persoonlijk.")
    return known


async def test_each_gets_the_card_and_a_bare_number_in_ones_own_chat_votes(network: Teams, query: Query) -> None:
    await card_in(network, SAMIRA.chat)
    await card_in(network, WOUT.chat)
    assert await says(network, SAMIRA, "2") == texts.TAKEN_CHANGES.format(mine="Jij koos internaten.")
    await hears(network, WOUT, "ik stem voor NAFT")
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}, WOUT.mail: {"NAFT": 1}}
    words = await says(network, JONAS, "ik kan het niet zien")
    assert "2. internaten: 1 stem" in words
    await says(network, JONAS, "3")
    assert votes(query)[JONAS.mail] == {"huiswerkbegeleiding": 1}


async def test_who_did_not_vote_is_reminded_once_with_the_card(network: Teams, query: Query) -> None:
    await card_in(network, WOUT.chat)
    await network.press(SAMIRA, SAMIRA.chat, vote_data(query, "internaten"))
    network.posted.clear()
    await says(network, NELE, "herinner wie nog niet stemde")
    reminder = managing.NUDGED_BY.format(name=NELE.name)
    await until(lambda: any(one.startswith(reminder) for one in network.texts_in(WOUT.chat)))
    assert not any(one.startswith(reminder) for one in network.texts_in(SAMIRA.chat))
    network.updates.clear()
    await says(network, NELE, "sluit de peiling")
    reminded = next(one.id for one in network.posted if one.text.startswith(reminder))
    await until(lambda: any(one.id == reminded for one in network.updates))
    over = next(one for one in network.updates if one.id == reminded)
    assert "vote_poll" not in json.dumps(over.card)
    assert "Gesloten" in json.dumps(over.card)


async def test_when_its_time_is_over_all_hear_what_came_of_it_and_nele_what_she_can_do(
    network: Teams, bot: Running, query: Query
) -> None:
    await card_in(network, WOUT.chat)
    for who, choice in ((SAMIRA, "internaten"), (WOUT, "internaten"), (JONAS, "NAFT")):
        await network.press(who, who.chat, vote_data(query, choice))
    network.posted.clear()
    query("UPDATE polls SET closes_at = '2026-11-23 08:29:59.000000', closes_set = 1")
    for _ in range(2):
        await bot.house.polls.plan_due(MONDAY)
    sentence = f"**{THEME}** 'internaten' haalt het met 2 van de 3 stemmen."
    await until(lambda: sentence in network.texts_in(WOUT.chat))
    on_the_card = f"{managing.DONE} {sentence}".replace("*", "")
    await until(lambda: on_the_card in network.texts_in(NELE.chat))
    (done,) = (one for one in network.posted if one.text == on_the_card)
    assert "Zet op de agenda" in titles(done)
    assert network.texts_in(WOUT.chat).count(sentence) == 1
    late = await network.press(KATRIEN, KATRIEN.chat, vote_data(query, "NAFT"))
    assert late[-1].text == SENTENCES[PollClosed]
    assert len(votes(query)) == 3
