"""One turn from activity to answer: who is it, route, send. Only this sends what a turn answers."""

import logging
import secrets
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.teams.activities import Incoming
from bot.teams.messenger import Messenger, NotDelivered
from dialogs.conversations.channels import welcome
from dialogs.router import route
from dialogs.texts import general as texts
from dialogs.turn import Message, Reply, Turn
from storage.domain.people import Account, Person, Viewer
from storage.domain.places import Place, PlaceKind
from storage.services.house import House

log = logging.getLogger(__name__)


class Turns:
    """Takes the turns of one bot."""

    def __init__(self, house: House, messenger: Messenger, clock: Clock) -> None:
        self._house, self._messenger, self._clock = house, messenger, clock

    async def take(self, incoming: Incoming) -> None:
        """Answer an activity. Whatever goes wrong is logged once, with a reference that the user is shown."""
        try:
            await self._take(incoming)
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("turn failed, reference %s", reference)
            await self._apologise(incoming, reference)

    async def _take(self, incoming: Incoming) -> None:
        if incoming.bot_arrived:
            await self._arrive(incoming)
        elif incoming.bot_left:
            await self._house.places.leave(_installed_at(incoming).conversation_id, self._clock.now())
        elif incoming.type == "message" and _is_for_us(incoming):
            turn = await self._turn(incoming)
            await self._send(incoming, turn, await route(self._house, turn))

    async def _arrive(self, incoming: Incoming) -> None:
        place = _installed_at(incoming)
        if not await self._house.places.arrive(place, self._clock.now()):
            return
        try:
            await self._messenger.reply(incoming, welcome(place.kind))
        except NotDelivered as error:
            log.warning("welcome not delivered: %s", error)
            await self._house.places.forget_welcome(place)

    async def _turn(self, incoming: Incoming) -> Turn:
        visit = await self._house.visitors.visit(incoming.sender.entra_id, incoming.conversation_id)
        person, reported = visit.person, None
        if person is None:
            person, reported = await self._recognise(incoming)
        member = person is not None or (reported is not None and await self._in_team(incoming))
        now = self._clock.now().astimezone(ZoneInfo(visit.network.timezone))
        return Turn(
            text=incoming.text,
            now=now,
            place=incoming.place,
            conversation_id=incoming.conversation_id,
            viewer=Viewer(person, member),
            network=visit.network,
            memory=visit.memory.fresh(now),
            button=incoming.value,
            reported=reported,
        )

    async def _recognise(self, incoming: Incoming) -> tuple[Person | None, Account | None]:
        """Look a new face up in the roster of where they write: their mail address tells who they are."""
        place = incoming.place
        if incoming.sender.entra_id is None:
            return None, None
        try:
            account = await self._messenger.account(place.service_url, place.conversation_id, incoming.sender)
        except NotDelivered as error:
            log.warning("roster not read: %s", error)
            return None, None
        return (await self._house.visitors.recognise(account) if account else None), account

    async def _in_team(self, incoming: Incoming) -> bool:
        chosen = await self._house.places.posting()
        if incoming.place.kind is PlaceKind.CHANNEL:
            return chosen is None or chosen.team_id == incoming.place.team_id
        for team in await self._house.places.teams():
            if chosen is not None and chosen.team_id != team.team_id:
                continue  # once the coordinator chose a channel, its team is the network's
            try:
                if await self._messenger.account(team.service_url, team.conversation_id, incoming.sender):
                    return True
            except NotDelivered as error:
                log.warning("roster of a team not read: %s", error)
        return False

    async def _send(self, incoming: Incoming, turn: Turn, reply: Reply) -> None:
        reached = await self._whisper(incoming, reply.private) if reply.private else True
        message = reply.message if reached else reply.unreachable
        if message is not None:
            await self._messenger.reply(incoming, message)
        if reply.also is None:
            return
        asked = await self._ask(incoming, turn, reply.also)
        if not asked and turn.reported is not None:
            await self._house.visitors.forget_asking(turn.reported.entra_id)

    async def _ask(self, incoming: Incoming, turn: Turn, question: Message) -> bool:
        if not turn.personal:
            return await self._whisper(incoming, question)
        try:
            await self._messenger.reply(incoming, question)
        except NotDelivered as error:
            log.warning("question not delivered: %s", error)
            return False
        return True

    async def _whisper(self, incoming: Incoming, message: Message) -> bool:
        try:
            await self._messenger.whisper(incoming, message)
        except NotDelivered as error:
            log.warning("private answer not delivered: %s", error)
            return False
        return True

    async def _apologise(self, incoming: Incoming, reference: str) -> None:
        if incoming.type != "message":
            return
        try:
            await self._messenger.reply(incoming, Message(texts.error(reference)))
        except Exception:
            log.exception("apology not delivered, reference %s", reference)


def _is_for_us(incoming: Incoming) -> bool:
    """In company the bot only listens when it is spoken to."""
    return incoming.place.kind is PlaceKind.PERSONAL or incoming.mentions_bot or incoming.value is not None


def _installed_at(incoming: Incoming) -> Place:
    """The place that an installation is about: in a channel, the whole team."""
    place = incoming.place
    if place.kind is not PlaceKind.CHANNEL:
        return place
    team = place.team_id or place.conversation_id
    return Place(team, PlaceKind.TEAM, place.service_url, place.tenant_id, team)
