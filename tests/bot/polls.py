"""Polls as the tests see them in Teams: the card in a conversation, what was voted; and polls made beside the chat."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from storage.domain.people import Viewer
from storage.domain.polls import NewOption, NewPoll, Poll, PollKind, Whom
from storage.services.house import House
from tests.bot.connector import CHANNEL, GROUP, JONAS, NELE, SAMIRA, WOUT, Json, Posted, Spot, Teams, User
from tests.bot.edges import until
from tests.conftest import NOW

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


async def started(teams: Teams, said: str = ASKED, within: str = THEME, who: User = JONAS) -> Posted:
    """The card of a poll that Jonas, or `who`, starts in the group, with nothing else left of what was posted."""
    await teams.say(who, GROUP, said)
    card = await card_in(teams, GROUP, within=within)
    teams.posted.clear()
    return card


# --- made beside the chat: where the tests of results begin


VOTERS = (NELE, JONAS, SAMIRA, WOUT)
BEFORE = NOW - timedelta(minutes=10)
THEMES = tuple(NewOption(one) for one in ("Internaten", "Zwemmen", "Spijbelen"))
FOURTH, ELEVENTH = date(2027, 3, 4), date(2027, 3, 11)
DAYS = (NewOption(day=FOURTH), NewOption(day=ELEVENTH))

MOST, TIED = ((1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 1, 0)), ((1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 1, 0))
"""Votes in which Internaten wins with three of four, and is equal to Zwemmen."""

SUITS = ((3, 1), (3, 3), (3, 1), (2, 3))
"""The fourth suits Nele, Jonas and Samira, and Wout perhaps."""


async def viewer(house: House, who: User) -> Viewer:
    """Somebody of the demo network, looking."""
    found = await house.people.by_email(who.mail)
    assert found is not None
    return Viewer(found, member=True)


async def voted(
    house: House,
    kind: PollKind = PollKind.SINGLE,
    options: Sequence[NewOption] = THEMES,
    votes: Sequence[Sequence[int]] = MOST,
    *,
    question: str = "Welk thema in maart?",
    **more: Any,
) -> Poll:
    """A poll of Nele in the channel's conversation; each of VOTERS says a value of each option, 0 is nothing."""
    house.polls.keep_key(b"k" * 32)
    nele = await viewer(house, NELE)
    new = NewPoll(kind, question, tuple(options), whom=Whom.HERE, conversation_id=CHANNEL.conversation, **more)
    poll = await house.polls.create(new, nele, BEFORE, chosen=True)
    for who, said in zip(VOTERS, votes, strict=False):
        ballot = {one.id: value for one, value in zip(poll.options, said, strict=True) if value}
        await house.polls.vote(poll.id, ballot, await viewer(house, who), BEFORE, CHANNEL.conversation)
    return poll


async def closed(house: House, *said: Any, **more: Any) -> Poll:
    """The same, closed by Nele."""
    poll = await voted(house, *said, **more)
    return (await house.polls.close(poll.id, await viewer(house, NELE), BEFORE)).poll
