"""Polls where more could be told or voted than somebody meant: on a form, in public, and by a mere "ja"."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import poll_starting as starting
from dialogs.texts import poll_voting as texts
from tests.bot.connector import GROUP, JONAS, SAMIRA, WOUT, Teams
from tests.bot.lists import says
from tests.bot.polls import card_in, polls, started, votes

Query = Callable[[str], list[tuple[Any, ...]]]

OF_A_CHILD = "Wat doen we met Lowie Janssens, 8 jaar, uit de klas van juf Els?"
SUPPER = "Blijven we eten na de vergadering?"


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


async def test_a_form_that_tells_of_a_child_comes_back_to_its_author_alone(network: Teams, query: Query) -> None:
    said = await network.press(JONAS, GROUP, {"action": "start_poll", "question": OF_A_CHILD, "options": "schorsen"})
    said += await network.say(JONAS, GROUP, f"peiling: {OF_A_CHILD}")
    told = {one.conversation for one in said if "Lowie" in json.dumps(one.activity)}
    assert told == {JONAS.chat.conversation}
    form = next(one for one in said if starting.MISTAKES["options"] in one.text)
    data = form.card["actions"][0]["data"]
    better = {"question": "Wat doen we met de klas?", "options": "praten\nschorsen"}
    await network.press(JONAS, JONAS.chat, {**data, **better})
    await card_in(network, GROUP, within=better["question"])
    assert [target for *_, target in polls(query)] == [f"place:{GROUP.conversation}"]


async def test_who_votes_anonymously_where_others_read_may_do_so_alone(network: Teams, query: Query) -> None:
    network.rosters.pop(GROUP.conversation)  # nobody knows who is there
    await started(network, f"anonieme peiling: {SUPPER} ja; nee", within=SUPPER)
    assert (await network.say(SAMIRA, GROUP, "ik stem voor nee"))[-1].text == texts.IN_PERSON
    await says(network, SAMIRA, "ik stem voor nee")
    assert query("SELECT voters FROM polls") == [(1,)]


@pytest.mark.parametrize("kind", ["peiling", "anonieme peiling"])
async def test_a_yes_in_ones_own_chat_is_no_vote_in_a_poll_elsewhere(network: Teams, query: Query, kind: str) -> None:
    await started(network, f"{kind}: {SUPPER} ja; nee", within=SUPPER)
    for who in (SAMIRA, WOUT):
        await network.say(who, GROUP, "ik kan de peiling niet zien")  # so that they may vote in their own chat
        await says(network, who, "wanneer is de volgende bijeenkomst?")
    for said in ("ja", "ok", "nee bedankt"):
        await says(network, SAMIRA, said)
    assert query("SELECT voters FROM polls") == [(0,)]
    await says(network, WOUT, "ik stem voor ja")
    assert query("SELECT voters FROM polls") == [(1,)]


async def test_an_ok_after_a_vote_does_not_change_it(network: Teams, query: Query) -> None:
    await started(network, f"peiling: {SUPPER} ja; nee", within=SUPPER)
    await network.say(SAMIRA, GROUP, "ik kan de peiling niet zien")
    await says(network, SAMIRA, "nee")
    assert votes(query) == {SAMIRA.mail: {"nee": 1}}
    await says(network, SAMIRA, "ok")
    assert votes(query) == {SAMIRA.mail: {"nee": 1}}
    await says(network, SAMIRA, "ja")
    assert votes(query) == {SAMIRA.mail: {"ja": 1}}
