"""Polls of the demo network in which people voted, made beside the chat: the tests of their results begin there."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from storage.domain.people import Viewer
from storage.domain.polls import NewOption, NewPoll, Poll, PollKind, Whom
from storage.services.house import House
from tests.bot.connector import CHANNEL, JONAS, NELE, SAMIRA, WOUT, User
from tests.conftest import NOW

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
