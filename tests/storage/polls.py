"""Polls as values to count, and short ways to start some in the small network of `proposals` and to vote in them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from storage.domain.people import Viewer
from storage.domain.polls import Ballot, NewOption, NewPoll, Option, Poll, PollKind, PollState, PollView, Tally
from storage.services.house import House
from storage.tables.people import PersonRow
from tests.conftest import NOW
from tests.storage.support import change, rows

KEY = b"een-sleutel-van-32-tekens-of-meer"
CHAT, OTHER_CHAT = "19:overleg@thread.v2", "19:elders@thread.v2"
"""A group chat in which polls stand, and another one."""

LATER = NOW + timedelta(hours=1)


def poll_of(kind: PollKind, texts: Collection[str] = ("",), **more: Any) -> Poll:
    """A poll that is open, with these options; their ids are their places, from 1."""
    options = tuple(Option(place, place, text) for place, text in enumerate(texts, 1))
    opens = datetime(2026, 11, 21, 9, tzinfo=UTC)
    closes = opens + timedelta(days=7)
    local = closes.replace(tzinfo=None)
    return Poll(
        1,
        kind,
        "Welk thema?",
        PollState.OPEN,
        options,
        f"place:{CHAT}",
        opens,
        closes,
        local,
        "Europe/Brussels",
        **more,
    )


def ballots_of(election: Mapping[str, int], candidates: str) -> list[Ballot]:
    """Rankings, each by so many voters; a candidate is a letter, and its id its place among all, from 1."""
    return [
        {candidates.index(one) + 1: place for place, one in enumerate(order, 1)}
        for order, voters in election.items()
        for _ in range(voters)
    ]


def standing(tally: Tally) -> list[tuple[str, int, int]]:
    """The text, place and votes of each option."""
    return [(one.option.text if one.option else "", one.place, one.votes) for one in tally.counts]


def winners(tally: Tally) -> list[str]:
    """The texts of what is first."""
    return [one.text for one in tally.winners]


def themes(*texts: str) -> tuple[NewOption, ...]:
    """Options to choose from."""
    return tuple(NewOption(one) for one in texts or ("NAFT", "internaten", "huiswerk"))


ASKED = NewPoll(PollKind.SINGLE, "Welk thema in juni?", themes(), conversation_id=CHAT)
"""One choice out of three, in the group chat."""

ANONYMOUS = replace(ASKED, anonymous=True)


async def start(house: House, by: Viewer, new: NewPoll = ASKED, now: datetime = NOW, **more: Any) -> Poll:
    """Somebody starts a poll; there is a key for anonymous ones."""
    house.polls.keep_key(KEY)
    return await house.polls.create(replace(new, **more), by, now)


async def choose(
    house: House, poll: Poll, by: Viewer, *places: int, here: str = CHAT, now: datetime = LATER
) -> PollView:
    """Somebody chooses the options on these places."""
    ballot = {poll.options[place - 1].id: 1 for place in places}
    return await house.polls.vote(poll.id, ballot, by, now, here)


async def crowd(house: House, count: int) -> list[Viewer]:
    """So many more people, each of them looking."""
    many = [
        {"name": f"Stemmer {number}", "email": f"stemmer{number}@duinen.example", "role": "ambassador"}
        for number in range(count)
    ]
    await change(house, insert(PersonRow).values(many))
    ids = await rows(house, select(PersonRow.id).where(PersonRow.email.like("stemmer%")).order_by(PersonRow.id))
    people = await house.people.everybody()
    wanted = {one for (one,) in ids}
    return [Viewer(one, member=True) for one in people if one.id in wanted]
