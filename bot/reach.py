"""Where a notice goes: the place of its target now, and for who never wrote to the bot a chat that is made for it."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.teams.failures import Dead, NotDelivered
from bot.teams.messenger import Messenger
from storage.domain.notices import POSTING_CHANNEL, person_of, place_of
from storage.domain.people import Account, Person
from storage.domain.places import Place, base_of
from storage.services.house import House

ROSTER_LASTS = timedelta(minutes=10)


class OutOfReach(Exception):
    """There is nowhere to send this to; `code` says why: nobody, dead, not_found, no_channel, no_place."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A place that lives, and the conversation id to write to: with its thread where there is one."""

    place: Place
    conversation_id: str


@dataclass(frozen=True, slots=True)
class _Roster:
    """Who is in a team: Teams id and account, by Entra id and by mail address."""

    read_at: datetime
    members: Mapping[str, tuple[str, Account]]

    def find(self, person: Person) -> tuple[str, Account] | None:
        """The member who is this person: by mail address only while nobody knows their Entra id.

        Somebody else may have got the address of a person who left.
        """
        return self.members.get(person.entra_id or person.email)


class Reach:
    """Finds addresses. `bot_id` is the bot's own Teams id where a place does not tell it."""

    def __init__(self, house: House, messenger: Messenger, bot_id: str) -> None:
        self._house, self._messenger, self._bot_id = house, messenger, bot_id
        self._rosters: dict[str, _Roster] = {}
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def chats(self, targets: Iterable[str]) -> dict[str, Address]:
        """The addresses, by target, of those people whose living chat is known: one look for all of them."""
        people = {person_id: target for target in targets if (person_id := person_of(target)) is not None}
        known = await self._house.places.of_people(people) if people else {}
        living = {id_: self._complete(one.place) for id_, one in known.items() if one.place and not one.dead}
        return {people[id_]: Address(chat, chat.conversation_id) for id_, chat in living.items()}

    async def address(self, target: str, now: datetime) -> Address:
        """Where a target is. Raises OutOfReach, or NotDelivered when Teams can't be asked."""
        person_id = person_of(target)
        if person_id is not None:
            chat = self._complete(await self._chat(person_id, now))
            return Address(chat, chat.conversation_id)
        if target == POSTING_CHANNEL:
            channel = await self._house.places.posting()
            if channel is None:
                raise OutOfReach("no_channel")
            return Address(self._complete(channel), channel.conversation_id)
        conversation_id = place_of(target) or ""
        place = await self._house.places.at(base_of(conversation_id))
        if place is None:
            raise OutOfReach("no_place")
        return Address(self._complete(place), conversation_id)

    def _complete(self, place: Place) -> Place:
        return place if place.bot_id else replace(place, bot_id=self._bot_id)

    async def _chat(self, person_id: int, now: datetime) -> Place:
        known = await self._house.places.of_person(person_id)
        if known.person is None:
            raise OutOfReach("nobody")
        if known.dead:
            raise OutOfReach("dead")
        return known.place or await self._new_chat(known.person, now)

    async def _new_chat(self, person: Person, now: datetime) -> Place:
        """A personal chat with somebody who never wrote, but is in the roster of a team."""
        chosen, unread = await self._house.places.posting(), None
        for team in await self._house.places.teams():
            if chosen is not None and chosen.team_id != team.team_id:
                continue  # as for those who write: once a channel was chosen, its team is the network's
            try:
                found = (await self._roster(team, now)).find(person)
            except NotDelivered as error:
                unread = error
                continue
            if found is not None:
                return await self._meet(team, person, *found)
        if unread is not None:
            raise unread
        raise OutOfReach("not_found")

    async def _meet(self, team: Place, person: Person, teams_id: str, account: Account) -> Place:
        if person.entra_id is None:
            recognised = await self._house.visitors.recognise(account)
            if recognised is None or recognised.id != person.id:
                raise OutOfReach("not_found")
        bot_id = team.bot_id or self._bot_id
        await self._messenger.may_call()
        chat = await self._messenger.personal_chat(team, bot_id, teams_id, account.entra_id)
        await self._house.places.keep(chat)
        return chat

    async def _roster(self, team: Place, now: datetime) -> _Roster:
        async with self._reading[team.conversation_id]:  # many look for somebody at once, and one reads
            known = self._rosters.get(team.conversation_id)
            if known is not None and now - known.read_at < ROSTER_LASTS:
                return known
            self._rosters = {key: one for key, one in self._rosters.items() if now - one.read_at < ROSTER_LASTS}
            return await self._read(team, now)

    async def _read(self, team: Place, now: datetime) -> _Roster:
        members: dict[str, tuple[str, Account]] = {}
        try:
            async for teams_id, account in self._messenger.roster(team):
                members.update(dict.fromkeys((account.entra_id, *account.emails), (teams_id, account)))
        except Dead:
            members = {}  # the bot is not in this team any more
        self._rosters[team.conversation_id] = _Roster(now, members)
        return self._rosters[team.conversation_id]
