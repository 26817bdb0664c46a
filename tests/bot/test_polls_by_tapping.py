"""Polls that are answered one by one, by people who press at the same moment: what one did is never lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import poll_voting as texts
from dialogs.texts import polls as on_cards
from storage.domain.polls import NEXT_PLACE, UNSAID, PollKind
from tests.bot.connector import GROUP, JONAS, SAMIRA, WOUT, Json, Teams, User
from tests.bot.polls import card_in, taps, vote_data, votes

Query = Callable[[str], list[tuple[Any, ...]]]

WHEN = "Wanneer past het?"
DATES = f"datumpeiling: {WHEN} 4/12/2026; 11/12/2026; 18/12/2026"
SEVERAL = "peiling: Wat wordt het? NAFT; internaten; huiswerk. Kies er hoogstens 2"
RANKING = "rangschik: Wat wordt het? NAFT; internaten; huiswerk"


@pytest.fixture
def database(greeted_copy: Path) -> Path:
    """A network in which everybody greeted the bot."""
    return greeted_copy


async def start(network: Teams, query: Query, sentence: str, kind: PollKind) -> None:
    """Jonas starts it in the group; the card is there."""
    await network.say(JONAS, GROUP, sentence)
    await card_in(network, GROUP, within=query("SELECT question FROM polls")[0][0])
    assert query("SELECT kind FROM polls") == [(kind.value,)]


def mark(query: Query, place: int, value: int) -> Json:
    """The data of a button about the option on this place."""
    ((poll, option),) = query(f"SELECT poll_id, id FROM poll_options WHERE position = {place}")
    return {"action": "vote_poll", "poll": poll, "option": option, "value": value}


def marked(query: Query, who: User) -> dict[int, int]:
    """What somebody's vote is: values by place."""
    places = dict(query("SELECT id, position FROM poll_options"))
    rows = query(f"SELECT v.ballot FROM poll_votes v JOIN people p ON p.id = v.person_id WHERE p.email = '{who.mail}'")
    return {places[option]: value for (ballot,) in rows for option, value in json.loads(ballot)}


async def shown(network: Teams, who: User, data: Json) -> str:
    """What the card of who pressed says after it, or what stands beneath it."""
    status, body = await taps(network, who, GROUP, data)
    assert status == 200
    return json.dumps(body["value"], ensure_ascii=False)


async def test_days_are_answered_one_by_one_while_others_do(network: Teams, query: Query) -> None:
    await start(network, query, DATES, PollKind.DATES)
    await shown(network, SAMIRA, mark(query, 1, 3))
    await shown(network, WOUT, mark(query, 1, 1))
    told = await shown(network, SAMIRA, mark(query, 2, 2))
    assert on_cards.BUTTON_SAID.format(word="Misschien") in told
    await shown(network, SAMIRA, mark(query, 1, 3))
    assert (marked(query, SAMIRA), marked(query, WOUT)) == ({1: 3, 2: 2}, {1: 1})
    assert query("SELECT voters FROM polls") == [(2,)]


async def test_one_choice_too_many_is_told_and_one_is_taken_away(network: Teams, query: Query) -> None:
    await start(network, query, SEVERAL, PollKind.SEVERAL)
    for place in (1, 2):
        await shown(network, SAMIRA, mark(query, place, 1))
    assert texts.TOO_MANY.format(most=2) in await shown(network, SAMIRA, mark(query, 3, 1))
    await shown(network, SAMIRA, mark(query, 1, UNSAID))
    await shown(network, SAMIRA, mark(query, 3, 1))
    assert marked(query, SAMIRA) == {2: 1, 3: 1}


async def test_an_order_grows_with_each_tap(network: Teams, query: Query) -> None:
    await start(network, query, RANKING, PollKind.RANKING)
    for place in (3, 1, 2):
        told = await shown(network, SAMIRA, mark(query, place, NEXT_PLACE))
    assert on_cards.MINE_RANKING.format(choice="1. huiswerk, 2. NAFT, 3. internaten") in told
    told = await shown(network, SAMIRA, mark(query, 3, UNSAID))
    assert on_cards.MINE_RANKING.format(choice="1. NAFT, 2. internaten") in told


async def test_an_old_client_hears_what_it_did(network: Teams, query: Query) -> None:
    await start(network, query, SEVERAL, PollKind.SEVERAL)
    taken = await network.press(SAMIRA, GROUP, mark(query, 1, 1))
    assert [one.text for one in taken] == [texts.TAKEN_CHANGES.format(mine="Jij koos NAFT.")]
    back = await network.press(SAMIRA, GROUP, mark(query, 1, UNSAID))
    assert [(one.conversation, one.text) for one in back] == [(SAMIRA.chat.conversation, texts.TAKEN_BACK)]
    assert votes(query) == {}


async def test_typing_and_all_at_once_go_on_as_they_did(network: Teams, query: Query) -> None:
    await start(network, query, DATES, PollKind.DATES)
    await shown(network, SAMIRA, mark(query, 1, 1))
    await network.say(SAMIRA, GROUP, "ja op 1, misschien op 3")
    assert marked(query, SAMIRA) == {1: 3, 3: 2}
    poll = vote_data(query, "")["poll"]
    await shown(network, WOUT, {"action": "cast_vote", "poll": poll, "everything": True})
    assert marked(query, WOUT) == {1: 3, 2: 3, 3: 3}


async def test_an_anonymous_poll_takes_no_single_answers(network: Teams, query: Query) -> None:
    await start(network, query, f"anonieme {DATES}", PollKind.DATES)
    await shown(network, SAMIRA, mark(query, 1, 3))
    assert query("SELECT count(*) FROM poll_voters") == [(0,)]
