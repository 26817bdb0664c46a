"""Cards that become another in place: pressed by one, looked at by all, delivered twice, and by who may not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.teams.activities import CARD_ACTION
from dialogs.texts import general
from dialogs.texts import polls as texts
from dialogs.texts.refusals import sentence
from storage.domain.refusals import NoSuchPoll, PollClosed
from tests.bot.acquaintances import greeted, met
from tests.bot.connector import CHANNEL, GROUP, JONAS, JORIS, KATRIEN, NELE, SAMIRA, WOUT, Json, Spot, Teams
from tests.bot.polls import ASKED, card_in, option, taps, vote_data, votes

Query = Callable[[str], list[tuple[Any, ...]]]

KNOWN = (NELE, JONAS, SAMIRA, WOUT, KATRIEN)
CARD, SAID = "application/vnd.microsoft.card.adaptive", "application/vnd.microsoft.activity.message"
MINE = texts.MINE.format(choice="internaten")
ELSEWHERE = Spot("19:elders@thread.v2", "groupChat")


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
async def asked(teams: Teams, query: Query) -> Teams:
    """A Teams in which Jonas started a poll in the group; what was said until then is gone."""
    network = met(teams, query, KNOWN)
    await network.say(JONAS, GROUP, ASKED)
    await card_in(network, GROUP)
    return network.quiet()


def shown(body: Json) -> str:
    """What the card of an answer shows, as JSON."""
    assert (body["statusCode"], body["type"]) == (200, CARD)
    return json.dumps(body["value"], ensure_ascii=False)


def look(query: Query) -> Json:
    """What Teams sends by itself for somebody who has the conversation open."""
    return {"action": "show_poll", "poll": option(query, "internaten")[0], "refresh": True}


def kept(query: Query) -> list[list[tuple[Any, ...]]]:
    """All that a turn would leave behind."""
    told = query("SELECT key FROM notices")
    return [told, *(query(f"SELECT * FROM {table}") for table in ("handled", "places", "memories", "poll_votes"))]


async def test_the_card_that_all_see_asks_for_everybodys_own(asked: Teams, query: Query) -> None:
    await asked.say(JONAS, GROUP, ASKED.replace("juni", "mei"))
    refresh = (await card_in(asked, GROUP, within="mei")).card["refresh"]
    assert "userIds" not in refresh
    assert refresh["action"]["data"]["refresh"] is True


async def test_who_looks_sees_their_own_vote_and_nothing_is_kept_of_looking(asked: Teams, query: Query) -> None:
    await taps(asked, SAMIRA, GROUP, vote_data(query, "internaten"))
    before = kept(query)
    assert MINE in shown((await taps(asked, SAMIRA, GROUP, look(query)))[1])
    assert MINE not in shown((await taps(asked, WOUT, GROUP, look(query)))[1])
    assert kept(query) == before
    assert asked.lookups == []


async def test_who_is_there_but_unknown_sees_the_card_of_all(asked: Teams, query: Query) -> None:
    assert texts.NAMED in shown((await taps(asked, JORIS, GROUP, look(query)))[1])
    assert asked.lookups == []


async def test_elsewhere_nothing_is_to_be_seen(asked: Teams, query: Query) -> None:
    _, body = await taps(asked, JORIS, ELSEWHERE, look(query))
    assert (body["type"], body["value"]) == (SAID, sentence(NoSuchPoll()))


async def test_what_is_no_look_but_says_so_is_a_press_like_any_other(asked: Teams, query: Query) -> None:
    await taps(asked, SAMIRA, GROUP, {**vote_data(query, "internaten"), "refresh": True})
    assert votes(query) == {SAMIRA.mail: {"internaten": 1}}


async def test_delivered_twice_a_press_counts_once_and_shows_how_it_stands(asked: Teams, query: Query) -> None:
    first = {"action": {"type": "Action.Execute", "data": vote_data(query, "internaten")}}
    activity = {**asked.activity(SAMIRA, GROUP, "invoke"), "name": CARD_ACTION, "value": first}
    await asked.invoked(activity)
    await taps(asked, SAMIRA, GROUP, vote_data(query, "NAFT"))
    _, body = await asked.invoked(activity)
    assert texts.MINE.format(choice="NAFT") in shown(body)
    assert votes(query) == {SAMIRA.mail: {"NAFT": 1}}


async def test_why_a_press_does_nothing_stands_under_the_card_for_who_pressed(asked: Teams, query: Query) -> None:
    poll, _ = option(query, "internaten")
    await taps(asked, JONAS, GROUP, {"action": "manage_poll", "poll": poll, "verb": "close", "sure": True})
    asked.quiet()
    _, body = await taps(asked, SAMIRA, GROUP, vote_data(query, "internaten"))
    assert (body["type"], body["value"]) == (SAID, sentence(PollClosed()))
    assert asked.posted == []


async def test_the_words_take_the_place_of_the_card_for_who_asks_them(asked: Teams, query: Query) -> None:
    poll, _ = option(query, "internaten")
    _, body = await taps(asked, SAMIRA, GROUP, {"action": "poll_text", "poll": poll})
    assert "2. internaten" in shown(body)
    assert asked.posted == []  # nobody need know who can't see well


NOT_OURS: tuple[object, ...] = (
    None,
    "x",
    {},
    {"action": "x"},
    {"action": {"data": "x"}},
    {"action": {"data": {"action": "vote_poll"}}},
    {"data": {"action": "vote_poll", "poll": 1, "option": 1}},
)


async def test_what_nobody_of_us_put_on_a_card_changes_nothing(asked: Teams, query: Query) -> None:
    for value in NOT_OURS:
        activity = {**asked.activity(SAMIRA, GROUP, "invoke"), "name": CARD_ACTION, "value": value}
        status, body = await asked.invoked(activity)
        assert (status, body["type"]) == (200, SAID)
    assert votes(query) == {}


async def test_a_stranger_who_presses_is_told_whom_to_ask_and_does_not_vote(asked: Teams, query: Query) -> None:
    _, body = await taps(asked, JORIS, CHANNEL, vote_data(query, "internaten"))
    assert body["type"] == SAID
    assert NELE.name in body["value"]
    assert votes(query) == {}


async def test_what_breaks_says_so_under_the_card(asked: Teams, query: Query) -> None:
    data = vote_data(query, "internaten")
    query("ALTER TABLE poll_votes RENAME TO gone")
    _, body = await taps(asked, SAMIRA, GROUP, data)
    assert (body["type"], body["value"].split(".")[0]) == (SAID, general.error("").split(".")[0])
