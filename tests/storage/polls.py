"""Polls as values to count, and in the small network of `proposals`: started, voted in, and what is told of them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage.domain.notices import NoticeState
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import (
    POLL,
    POLL_NUDGE,
    Ballot,
    NewOption,
    NewPoll,
    Option,
    Poll,
    PollKind,
    PollState,
    PollView,
    Tally,
)
from storage.domain.refusals import Refusal
from storage.services.house import House
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.proposals import roos
from tests.storage.support import change, person, rows

KEY = b"een-sleutel-van-32-tekens-of-meer"
CHAT, OTHER_CHAT = "19:overleg@thread.v2", "19:elders@thread.v2"
"""A group chat in which polls stand, and another one."""

CHANNEL = "19:kanaal@thread.tacv2"
LATER = NOW + timedelta(hours=1)
A_WEEK = timedelta(days=7)

local = datetime.fromisoformat
"""A local clock time, as people say it."""


def at(clock: str) -> datetime:
    """A moment in Brussels."""
    return local(clock).replace(tzinfo=BRUSSELS)


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


async def start(house: House, by: Viewer | None = None, new: NewPoll = ASKED, now: datetime = NOW, **more: Any) -> Poll:
    """Somebody, the coordinator unless told, starts a poll; there is a key for anonymous ones."""
    house.polls.keep_key(KEY)
    return await house.polls.create(replace(new, **more), by or await roos(house), now)


async def choose(
    house: House, poll: Poll, by: Viewer, *places: int, here: str = CHAT, now: datetime = LATER, value: int = 1
) -> PollView:
    """Somebody chooses the options on these places, the first unless told."""
    ballot = {poll.options[place - 1].id: value for place in places or (1,)}
    return await house.polls.vote(poll.id, ballot, by, now, here)


async def again(house: House, poll_id: int) -> Poll:
    """A poll as it stands now."""
    return (await house._units.read(lambda unit: unit.polls.by_ids([poll_id])))[poll_id]


async def options_of(house: House, poll_id: int) -> list[str]:
    """What can be chosen in a poll, in order."""
    return [one.text for one in (await again(house, poll_id)).options]


async def told(house: House, kind: str) -> list[dict[str, Any]]:
    """Every notice of a kind, in order."""
    columns = list(NoticeRow.__table__.columns)
    found = await rows(house, select(*columns).where(NoticeRow.kind == kind).order_by(NoticeRow.id))
    return [dict(zip([one.name for one in columns], each, strict=True)) for each in found]


async def card_sent(house: House, poll_id: int, conversation_id: str, activity_id: str = "1700000000001") -> None:
    """All that was planned about a poll was posted, its card among it."""
    mine = update(NoticeRow).where(NoticeRow.kind.in_((POLL, POLL_NUDGE)), NoticeRow.subject == str(poll_id))
    values = {"conversation_id": conversation_id, "activity_id": activity_id}
    await change(house, mine.values(state=NoticeState.SENT.value, **values))


async def post_in_channel(house: House) -> None:
    """The bot is in a channel and posts there."""
    place = Place(CHANNEL, PlaceKind.CHANNEL, "https://teams.example/", team_id=CHANNEL)
    await house.places.post_here(place, await roos(house))


async def id_of_person(house: House, mail: str) -> int:
    """The id of somebody."""
    return (await person(house, mail)).id


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


async def cards(house: House) -> list[tuple[str, str, str, int]]:
    """The cards that are planned or sent: of which poll, for whom, how urgent, and how often they changed."""
    columns = (NoticeRow.subject, NoticeRow.target, NoticeRow.timing, NoticeRow.version)
    found = await rows(house, select(*columns).where(NoticeRow.kind == POLL).order_by(NoticeRow.target))
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def refused(house: House, by: Viewer, **more: Any) -> Refusal:
    """Why somebody may not start a poll."""
    with pytest.raises(Refusal) as caught:
        await start(house, by, **more)
    return caught.value
