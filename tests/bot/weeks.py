"""A small network with a meeting to come, and bots that live through the days before it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.jobs.errands import Errands
from bot.teams.standin import BOT_ID, TENANT
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.services.house import House
from storage.tables.meetings import MeetingRow
from storage.tables.registrations import RegistrationRow
from tests.bot.connector import CHANNEL, JONAS, KATRIEN, LOTTE, NELE, SAMIRA, WOUT, Posted, Teams, User
from tests.bot.sending import Sender
from tests.conftest import BRUSSELS
from tests.storage.support import File, bring, change, meeting, the_meeting, viewer

KEY = "overleg"
EMRE = User("Emre Kaya", "emre.kaya@hetanker.example")
INVITED_AT = datetime(2027, 1, 11, 10, tzinfo=BRUSSELS)
STARTS = datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)
NUDGE_DAY, REMINDER_DAY = datetime(2027, 1, 27, tzinfo=BRUSSELS), datetime(2027, 2, 2, tzinfo=BRUSSELS)
NINE = timedelta(hours=9)
IN_TEAMS = (NELE, JONAS, SAMIRA, EMRE, WOUT, KATRIEN)
"""Lotte, of the CLB, is not in Teams."""


def waterland(registrations: Sequence[dict[str, Any]], **fields: Any) -> File:
    """Four organisations and a meeting."""
    belongs = {
        "De Vuurtoren": (NELE, JONAS),
        "Het Anker": (SAMIRA, EMRE),
        "De Branding": (WOUT, KATRIEN),
        "CLB De Sluis": (LOTTE,),
    }
    people = [
        {
            "name": user.name,
            "email": user.mail,
            "organisation": organisation,
            "role": "coordinator" if user is NELE else "ambassador",
            "entra_id": user.aad if user in IN_TEAMS else None,
        }
        for organisation, users in belongs.items()
        for user in users
    ]
    place = {"name": "De Vuurtoren", "address": "Zeedijk 8, 9998 Kustrade", "room": "Bovenzaal"}
    given = {"register_until": "2027-02-01", "location": place, "organiser": NELE.mail, **fields}
    found = meeting(KEY, "2027-02-04 09:30", "2027-02-04 12:00", registrations=list(registrations), **given)
    organisations = [{"name": name, "status": "ambassador"} for name in belongs]
    return {"network": {"name": "Waterland"}, "organisations": organisations, "people": people, "meetings": [found]}


async def settled(
    house: House, teams: Teams, registrations: Sequence[dict[str, Any]] = (), channel: bool = False, **fields: Any
) -> Meeting:
    """That network, with the chats of those who are in Teams, and a channel to post in."""
    await bring(house, waterland(registrations, **fields), INVITED_AT)
    for user in IN_TEAMS:
        chat = Place(user.chat.conversation, PlaceKind.PERSONAL, teams.service_url, TENANT, None, BOT_ID, user.aad)
        await house.places.keep(chat)
    if channel:
        posting = Place(CHANNEL.conversation, PlaceKind.CHANNEL, teams.service_url, team_id=CHANNEL.team)
        await house.places.post_here(posting, await nele(house))
    return await the_meeting(house, KEY)


async def nele(house: House) -> Viewer:
    """The coordinator."""
    return await viewer(house, NELE.mail)


async def answer(house: House, found: Meeting, user: User, status: str = "registered") -> None:
    """Somebody answers."""
    person = (await viewer(house, user.mail)).person
    assert person is not None
    row = {"meeting_id": found.id, "person_id": person.id, "status": status, "created_at": INVITED_AT}
    await change(house, insert(RegistrationRow).values(row))


async def set_meeting(house: House, found: Meeting, **values: Any) -> None:
    """A meeting is changed."""
    await change(house, update(MeetingRow).where(MeetingRow.id == found.id).values(values))


async def move(house: House, found: Meeting, days: int) -> None:
    """The meeting moves."""
    by = timedelta(days=days)
    local = {"starts_local": found.starts.replace(tzinfo=None) + by, "ends_local": found.ends.replace(tzinfo=None) + by}
    await set_meeting(house, found, **local, starts_at=found.starts + by, ends_at=found.ends + by)


class Week:
    """Several bots on one database, that live from moment to moment."""

    def __init__(self, house: House, senders: Sequence[Sender]) -> None:
        self.house, self.senders, self.clock = house, senders, senders[0].clock
        self.errands = [Errands(house, sender.clock) for sender in senders]

    async def at(self, moment: datetime) -> None:
        """All bots do what is due then, at the same time."""
        self.clock.move(seconds=(moment - self.clock.now()).total_seconds())
        await asyncio.gather(*(each.round() for each in self.errands))
        for _ in range(2):
            await asyncio.gather(*(sender.look() for sender in self.senders))
            self.clock.move(seconds=4)

    async def through(self, first: datetime, days: int) -> None:
        """Morning and night, day after day."""
        for day in range(days):
            for hour in (9, 20):
                await self.at(first.replace(hour=hour, minute=0) + timedelta(days=day))


def counted(teams: Teams, text: str) -> dict[str, int]:
    """Who got how many messages with this text, by first name."""
    names = {user.chat.conversation: user.name.split()[0] for user in IN_TEAMS} | {CHANNEL.conversation: "kanaal"}
    return dict(Counter(names[one.conversation] for one in teams.posted if text in one.text))


def once(*users: User) -> dict[str, int]:
    """One message for each of them."""
    return {user.name.split()[0]: 1 for user in users}


def the_one(teams: Teams, user: User, text: str) -> Posted:
    """The message with this text that somebody got."""
    (found,) = (one for one in teams.posted if one.conversation == user.chat.conversation and text in one.text)
    return found
