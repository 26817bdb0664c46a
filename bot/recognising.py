"""Who writes: from an activity and what is known of its sender to the turn that dialogs take."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.observing.turn_ids import turn_id
from bot.teams.activities import Incoming
from bot.teams.failures import NotDelivered
from bot.teams.messenger import Messenger
from dialogs.turn import Turn
from storage.domain.people import Account, Person, Viewer
from storage.domain.places import PlaceKind
from storage.services.house import House
from storage.services.visitors import Visit

log = logging.getLogger(__name__)


class Recognising:
    """Tells who writes; whom it does not know it looks up in the rosters of Teams."""

    def __init__(self, house: House, messenger: Messenger) -> None:
        self._house, self._messenger = house, messenger

    async def turn(self, incoming: Incoming, key: str, visit: Visit, now: datetime, *, look_up: bool = True) -> Turn:
        """The turn of an activity; `key` is the same when it is run again. `look_up`: whom we don't know, in Teams."""
        person, reported = visit.person, None
        if person is None and look_up:
            person, reported = await self._recognise(incoming)
        member = person is not None or (reported is not None and await self._in_team(incoming))
        local = now.astimezone(ZoneInfo(visit.network.timezone))
        return Turn(
            text=incoming.text,
            now=local,
            place=incoming.place,
            conversation_id=incoming.conversation_id,
            viewer=Viewer(person, member),
            network=visit.network,
            memory=visit.memory.fresh(local),
            button=incoming.value,
            reported=reported,
            id=turn_id.get(),
            key=key,
            files=incoming.files,
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
