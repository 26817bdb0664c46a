"""Words that may answer anything are votes only where a poll was shown or stands, and never where others were meant."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import poll_starting as starting
from dialogs.texts import poll_voting as texts
from tests.bot.connector import GROUP, NELE, SAMIRA, WOUT, Teams
from tests.bot.lists import hears, says
from tests.bot.polls import card_in, polls, started, votes

Query = Callable[[str], list[tuple[Any, ...]]]

SUPPER = "Blijven we eten?"
VAGUE = ("ok", "prima", "nee bedankt", "dank je", "dank je, ja")
MANY = "; ".join(f"thema {number}" for number in range(25))


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


async def test_a_poll_of_a_group_takes_no_bare_word_in_ones_own_chat_but_just_after_it_was_shown(
    network: Teams, query: Query
) -> None:
    await started(network)
    for said in ("2", "internaten", "optie 2"):
        await says(network, SAMIRA, said)
        assert votes(query) == {}, said
    await network.say(SAMIRA, GROUP, "ik kan de peiling niet zien")
    await says(network, SAMIRA, "wanneer is de volgende bijeenkomst?")
    await says(network, SAMIRA, "2")
    assert votes(query) == {}
    await says(network, SAMIRA, "toon de peiling")
    await says(network, SAMIRA, "help")
    await says(network, SAMIRA, "2")
    assert votes(query) == {}
    await says(network, SAMIRA, "toon de peiling")
    await says(network, SAMIRA, "2")
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}


async def test_what_may_answer_anything_takes_no_votes_place_and_is_never_final(network: Teams, query: Query) -> None:
    await started(network, f"peiling: {SUPPER} ja; nee", within=SUPPER)
    await network.say(SAMIRA, GROUP, "ik kan de peiling niet zien")
    await says(network, SAMIRA, "neen")
    assert votes(query) == {SAMIRA.mail: {"nee": 1}}
    for said in VAGUE:
        await says(network, SAMIRA, said)
        assert votes(query) == {SAMIRA.mail: {"nee": 1}}, said
    await network.say(NELE, GROUP, "sluit de peiling")
    await network.say(NELE, GROUP, "anonieme peiling: Nemen we de trein? ja; nee")
    await card_in(network, GROUP, within="Nemen we de trein?")
    for said in VAGUE:
        await network.say(WOUT, GROUP, "ik kan de peiling niet zien")
        assert await says(network, WOUT, said) != texts.TAKEN_ANONYMOUS, said
    await says(network, WOUT, "wanneer is de volgende bijeenkomst?")
    offered = await hears(network, WOUT, "ik ben voor")
    assert offered.button("Nemen we de trein?")
    assert query("SELECT count(*) FROM poll_voters") == [(0,)]


async def test_in_a_group_only_the_very_words_of_its_only_poll_are_a_vote(network: Teams, query: Query) -> None:
    await started(network, f"peiling: {SUPPER} ja; nee", within=SUPPER)
    for said in VAGUE:
        await network.say(SAMIRA, GROUP, said)
        assert votes(query) == {}, said
    await network.say(SAMIRA, GROUP, "Ja!")
    await network.say(WOUT, GROUP, "neen")
    assert votes(query) == {SAMIRA.mail: {"ja": 1}, WOUT.mail: {"nee": 1}}


async def test_a_poll_that_came_in_person_takes_its_very_words_until_one_voted(network: Teams, query: Query) -> None:
    await says(network, NELE, f"stuur een anonieme peiling naar iedereen: {SUPPER} ja; nee")
    await says(network, NELE, "ja")
    query("UPDATE polls SET opens_at = created_at")
    for said in VAGUE:
        await says(network, WOUT, said)
    assert query("SELECT count(*) FROM poll_voters") == [(0,)]
    await says(network, WOUT, "nee")
    assert query("SELECT count(*) FROM poll_voters") == [(1,)]
    for said in ("ja", *VAGUE):
        assert "Je stem zit er al in" not in await says(network, WOUT, said), said


@pytest.mark.parametrize("in_company", [True, False])
async def test_more_options_than_a_poll_has_are_told_and_nothing_is_cut(
    network: Teams, query: Query, in_company: bool
) -> None:
    asked = f"peiling: Welk thema? {MANY}"
    said = (await network.say(NELE, GROUP, asked))[-1] if in_company else await hears(network, NELE, asked)
    assert starting.MANY_OPTIONS in said.text
    assert "thema 24" in json.dumps(said.card)
    assert polls(query) == []


async def test_one_option_more_than_a_poll_has_is_told_before_it_goes(network: Teams, query: Query) -> None:
    twenty = "; ".join(f"thema {number}" for number in range(20))
    assert (await says(network, NELE, f"stuur een peiling naar iedereen: Welk thema? {twenty}")).startswith(
        starting.PREVIEW
    )
    assert starting.MANY_OPTIONS in await says(network, NELE, "voeg zwemmen toe")
    assert polls(query) == []
