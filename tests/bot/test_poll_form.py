"""The form behind "Peiling starten" in the compose box: the poll comes in the conversation where it was opened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.teams.activities import FETCH, SUBMIT
from dialogs.texts import poll_form as texts
from dialogs.texts import poll_starting as starting
from tests.bot.acquaintances import met
from tests.bot.connector import CHANNEL, GENERAL, GROUP, JONAS, JORIS, NELE, Json, Spot, Teams, User
from tests.bot.lists import EVERYBODY
from tests.bot.polls import THEME, card_in, polls

Query = Callable[[str], list[tuple[Any, ...]]]

COMMAND = {"commandId": "peiling", "commandContext": "compose"}
FILLED = {"question": THEME, "kind": "single", "options": "NAFT\ninternaten\n\n huiswerkbegeleiding ", "anonymous": ""}


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


@pytest.fixture
async def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot is in the group and in the team."""
    known = met(teams, query, EVERYBODY)
    await known.install(NELE, GROUP)
    await known.install(NELE, GENERAL)
    return known.quiet()


async def opened(teams: Teams, where: Spot, who: User = JONAS) -> Json:
    """The dialog that opens."""
    status, body = await teams.invoke(who, where, FETCH, COMMAND)
    assert status == 200
    shown: Json = body["task"]["value"]
    return shown


async def sent(teams: Teams, where: Spot, dialog: Json, who: User = JONAS, **typed: str) -> str:
    """What the dialog says once its form was sent."""
    data = {**dialog["card"]["content"]["actions"][0]["data"], **FILLED, **typed}
    _, body = await teams.invoke(who, where, SUBMIT, {**COMMAND, "data": data})
    return said(body["task"]["value"])


def said(dialog: Json) -> str:
    """All that stands in a dialog, but for its fields."""
    return "\n".join(one["text"] for one in dialog["card"]["content"]["body"] if one["type"] == "TextBlock")


@pytest.mark.parametrize("where", [GROUP, CHANNEL, CHANNEL.in_thread("1700000000001")])
async def test_the_poll_comes_where_the_form_was_opened(network: Teams, query: Query, where: Spot) -> None:
    dialog = await opened(network, where)
    assert dialog["title"] == texts.TITLE
    assert polls(query) == []
    assert starting.STANDS_THERE in await sent(network, where, dialog)
    card = await card_in(network, where)
    assert (card.conversation, card.text.count("internaten")) == (where.id, 1)
    assert polls(query) == [(THEME, "single", "open", f"place:{where.id}")]


async def test_sent_twice_it_is_one_poll(network: Teams, query: Query) -> None:
    dialog = await opened(network, GROUP)
    await sent(network, GROUP, dialog)
    await sent(network, GROUP, dialog)
    assert len(polls(query)) == 1


async def test_the_form_can_not_send_a_poll_elsewhere(network: Teams, query: Query) -> None:
    dialog = await opened(network, GROUP)
    data = dialog["card"]["content"]["actions"][0]["data"]
    data["base"] = {"kind": "single", "question": "", "conversation_id": CHANNEL.conversation}
    await sent(network, GROUP, dialog)
    assert [target for *_, target in polls(query)] == [f"place:{GROUP.conversation}"]


async def test_what_is_wrong_with_it_is_told_in_the_form(network: Teams, query: Query) -> None:
    told = await sent(network, GROUP, await opened(network, GROUP), options="NAFT")
    assert starting.MISTAKES["options"] in told
    assert polls(query) == []


async def test_where_the_bot_is_not_it_says_that_it_must_be_added_first(network: Teams, query: Query) -> None:
    elsewhere = Spot("19:elders@thread.v2", "groupChat")
    dialog = await opened(network, elsewhere)
    assert said(dialog) == texts.NOT_HERE
    assert "actions" not in dialog["card"]["content"]


async def test_after_the_bot_was_removed_it_must_be_added_again(network: Teams, query: Query) -> None:
    await network.install(NELE, GROUP, "remove")
    assert said(await opened(network, GROUP)) == texts.NOT_HERE


async def test_in_a_chat_with_the_bot_the_poll_is_shown_first(network: Teams, query: Query) -> None:
    dialog = await opened(network, NELE.chat, NELE)
    assert said(dialog) == texts.ABOUT
    told = await sent(network, NELE.chat, dialog, NELE)
    assert told
    assert polls(query) == []


async def test_who_is_not_of_the_network_gets_no_form(network: Teams, query: Query) -> None:
    assert "actions" not in (await opened(network, GROUP, JORIS))["card"]["content"]
