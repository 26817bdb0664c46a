"""An outbox on loopback with a clock whose hands can be moved, and people whose chats it knows."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.observing.metrics import Metrics
from bot.outbox import Outbox
from bot.reach import Reach
from bot.teams.connector import Connector
from bot.teams.messenger import Messenger
from bot.teams.pace import Pace
from bot.teams.standin import BOT_ID, TENANT
from bot.teams.tokens import NoTokens, Tokens
from dialogs.turn import Message
from storage.domain.notices import NewNotice, Notice, NoticeState, Timing, to_person
from storage.domain.people import Role, Viewer
from storage.services.house import House
from storage.services.notices import Pace as NoticePace
from storage.tables.conversations import PlaceRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from tests.bot.connector import Teams, User
from tests.conftest import BRUSSELS

MONDAY = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
"""A moment within sending hours."""

NOTE = "note"
"""A kind of notice for tests: it says what its data holds."""


class Hands(Clock):
    """A clock whose hands can be moved; `timer` is moved with it."""

    def move(self, **by: float) -> None:
        """Let time pass."""
        self._ahead += timedelta(**by)
        self._passed = self.passed + timedelta(**by).total_seconds()

    @property
    def passed(self) -> float:
        """The seconds that the hands were moved."""
        return getattr(self, "_passed", 0.0)

    def timer(self) -> float:
        """Seconds that only grow."""
        return time.monotonic() + self.passed


@dataclass(frozen=True)
class Sender:
    """An outbox that looks when it is told to."""

    house: House
    outbox: Outbox
    messenger: Messenger
    clock: Hands

    async def look(self) -> None:
        """Send what is due, once."""
        await self.outbox._round()
        await self.outbox.finish(30)

    async def look_later(self, **after: float) -> None:
        """Let time pass, and send what is due then."""
        self.clock.move(**after)
        await self.look()

    async def plan(self, who: int | str, text: str = "hallo", timing: Timing = Timing.NORMAL, kind: str = NOTE) -> None:
        """Plan a note, due now."""
        target = to_person(who) if isinstance(who, int) else who
        note = NewNotice(kind, text, target, target, self.clock.now(), timing, {"text": text})
        await self.house.notices.plan([note], self.clock.now())


@asynccontextmanager
async def sending(
    house: House,
    allows: Callable[[str], bool] = lambda _: True,
    tokens: Tokens | None = None,
    pace: NoticePace | None = None,
    clock: Hands | None = None,
) -> AsyncIterator[Sender]:
    """A sender as the bot makes it, beside others on the same database."""
    clock, metrics = clock or Hands(MONDAY), Metrics()
    async with aiohttp.ClientSession() as session:
        connector = Connector(session, tokens or NoTokens(), allows, Pace(50, clock.timer), metrics)
        messenger = Messenger(connector)
        reach = Reach(house, messenger, BOT_ID)
        yield Sender(house, Outbox(house, messenger, clock, metrics, reach, pace or NoticePace()), messenger, clock)


async def compose_note(_house: House, notice: Notice, _now: datetime) -> Message | None:
    """What a note says."""
    return Message(str(notice.data["text"]))


def crowd(count: int) -> list[User]:
    """So many people with a Teams account."""
    return [User(f"Iemand {number}", f"iemand{number}@menigte.example") for number in range(count)]


async def move_in(
    house: House, users: Sequence[User], service_url: str, role: Role = Role.EXTERNAL, chats: bool = True
) -> list[int]:
    """Let the network know these people, and the bot their chats (unless not); their ids."""
    people = [
        {"name": user.name, "email": user.mail, "role": role.value, "entra_id": user.aad if chats else None}
        for user in users
    ]
    places = [
        {
            "conversation_id": user.chat.conversation,
            "kind": "personal",
            "service_url": service_url,
            "tenant_id": TENANT,
            "bot_id": BOT_ID,
            "entra_id": user.aad,
            "posts_here": False,
        }
        for user in users
    ]

    def work(session: Session) -> list[int]:
        session.execute(insert(PersonRow), people)
        if chats:
            session.execute(insert(PlaceRow), places)
        found = dict(session.execute(select(PersonRow.email, PersonRow.id)).all())  # type: ignore[arg-type]
        return [found[user.mail] for user in users]

    return await house._database.write(work)


async def noticed(house: House) -> list[dict[str, Any]]:
    """Every notice as it stands in the table, in order."""
    columns = list(NoticeRow.__table__.columns)
    return await house._database.read(
        lambda session: [dict(row._mapping) for row in session.execute(select(*columns).order_by(NoticeRow.id))]
    )


async def states(house: House, kind: str = NOTE) -> list[str]:
    """The states of all notices of a kind, in order."""
    return [one["state"] for one in await noticed(house) if one["kind"] == kind]


async def coordinator(house: House, user: User, teams: Teams) -> Viewer:
    """A coordinator whose chat is known."""
    (person_id,) = await move_in(house, [user], teams.service_url, Role.COORDINATOR)
    (found,) = await house.people.known([person_id])
    return Viewer(found, member=True)


async def troubled(house: House, viewer: Viewer, now: datetime) -> dict[NoticeState, int]:
    """How many failed, and how many may not have arrived, as the coordinator sees it."""
    groups = await house.notices.groups(viewer, now)
    wanted = (NoticeState.FAILED, NoticeState.AMBIGUOUS)
    return {state: count for state in wanted if (count := sum(group.count(state) for group in groups))}
