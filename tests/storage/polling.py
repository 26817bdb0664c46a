"""Polls in the small network of `proposals`: started, voted in, and what was planned to be told of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.domain.notices import NoticeState
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import POLL, NewOption, NewPoll, Option, Poll, PollKind, PollView, Whom
from storage.services.house import House
from storage.tables.notices import NoticeRow
from storage.tables.polls import PollOptionRow
from tests.conftest import NOW
from tests.storage.proposals import roos
from tests.storage.support import change, rows

GROUP = "19:groep@thread.v2"
CHANNEL = "19:kanaal@thread.tacv2"
TEXTS = ("NAFT", "internaten", "huiswerk")
SECRET = b"0123456789abcdef0123456789abcdef"

local = datetime.fromisoformat
"""A local clock time, as people say it."""


def asked(question: str = "Welk thema in juni?", options: tuple[str, ...] = TEXTS, **more: Any) -> NewPoll:
    """A poll on a topic in the group, unless told otherwise."""
    kind = more.pop("kind", PollKind.SINGLE)
    said: dict[str, Any] = {"conversation_id": GROUP} if more.get("whom", Whom.HERE) is Whom.HERE else {}
    return NewPoll(kind, question, tuple(NewOption(one) for one in options), **{**said, **more})


async def start(house: House, by: Viewer | None = None, now: datetime = NOW, **more: Any) -> Poll:
    """Somebody, the coordinator unless told, starts such a poll."""
    return await house.polls.create(asked(**more), by or await roos(house), now)


async def choose(
    house: House, poll: Poll, by: Viewer, position: int = 1, now: datetime = NOW, value: int = 1
) -> PollView:
    """Somebody who is in the group chooses the option in this place."""
    option_id = next(one.id for one in poll.options if one.position == position)
    return await house.polls.vote(poll.id, {option_id: value}, by, now, GROUP)


async def again(house: House, poll_id: int) -> Poll:
    """A poll as it stands now."""
    found = (await house._units.read(lambda unit: unit.polls.by_ids([poll_id]))).get(poll_id)
    assert found is not None
    return found


async def told(house: House, kind: str) -> list[dict[str, Any]]:
    """Every notice of a kind, in order."""
    columns = list(NoticeRow.__table__.columns)
    found = await rows(house, select(*columns).where(NoticeRow.kind == kind).order_by(NoticeRow.id))
    return [dict(zip([one.name for one in columns], each, strict=True)) for each in found]


async def card_sent(house: House, poll_id: int, conversation_id: str, activity_id: str = "1700000000001") -> None:
    """The card of a poll was posted."""
    mine = update(NoticeRow).where(NoticeRow.kind == POLL, NoticeRow.subject == str(poll_id))
    values = {"conversation_id": conversation_id, "activity_id": activity_id}
    await change(house, mine.values(state=NoticeState.SENT.value, **values))


async def post_in_channel(house: House) -> None:
    """The bot is in a channel and posts there."""
    place = Place(CHANNEL, PlaceKind.CHANNEL, "https://teams.example/", team_id=CHANNEL)
    await house.places.post_here(place, await roos(house))


async def options_of(house: House, poll_id: int) -> list[str]:
    """What can be chosen in a poll, in order."""
    texts = select(PollOptionRow.text).where(PollOptionRow.poll_id == poll_id).order_by(PollOptionRow.position)
    return [text for (text,) in await rows(house, texts)]


def named(option: Option | None) -> str:
    """What an option says."""
    return option.text if option else ""
