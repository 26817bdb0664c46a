"""Polls as the tests see them in Teams: the card in a conversation, and what was voted."""

import json
from collections.abc import Callable
from typing import Any

from tests.bot.connector import Json, Posted, Spot, Teams, User
from tests.bot.edges import until

Query = Callable[[str], list[tuple[Any, ...]]]

THEME = "Welk thema in juni?"
ASKED = f"peiling: {THEME} NAFT; internaten; huiswerkbegeleiding"


async def card_in(teams: Teams, where: Spot, number: int = -1, within: str = THEME) -> Posted:
    """A poll's card that was posted in this conversation, once it is there."""

    def found() -> list[Posted]:
        here = [one for one in teams.posted if one.conversation.split(";")[0] == where.conversation]
        return [one for one in here if one.card and within in json.dumps(one.card, ensure_ascii=False)]

    await until(lambda: len(found()) > (max(number, 0)))
    return found()[number]


def votes(query: Query) -> dict[str, Any]:
    """Who voted what in named polls: by mail, the texts of the options with their values."""
    rows = query("SELECT p.email, v.ballot FROM poll_votes v JOIN people p ON p.id = v.person_id ORDER BY p.email")
    options = dict(query("SELECT id, text FROM poll_options"))
    return {mail: {options[one]: value for one, value in json.loads(ballot)} for mail, ballot in rows}


def polls(query: Query) -> list[tuple[Any, ...]]:
    """The polls there are: what each asks, its kind, state and target."""
    return query("SELECT question, kind, state, target FROM polls ORDER BY id")


def option(query: Query, text: str) -> tuple[int, int]:
    """The ids of the newest poll with this option, and of the option."""
    found = query(f"SELECT poll_id, id FROM poll_options WHERE text = '{text}' ORDER BY id")
    return int(found[-1][0]), int(found[-1][1])


def vote_data(query: Query, text: str) -> Json:
    """The data of the button that votes for this option."""
    poll, chosen = option(query, text)
    return {"action": "vote_poll", "poll": poll, "option": chosen}


async def taps(teams: Teams, who: User, where: Spot, data: Json) -> tuple[int, Json]:
    """Press a button whose card becomes another; the HTTP status and the body of the answer."""
    action = {"type": "Action.Execute", "verb": data["action"], "data": data}
    return await teams.invoke(who, where, "adaptiveCard/action", {"action": action})
