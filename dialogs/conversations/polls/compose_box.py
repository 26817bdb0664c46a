"""The form of a poll that is opened where somebody is writing: the poll comes there."""

from dialogs.cards.poll_form import form_card
from dialogs.cards.poll_payloads import StartPoll
from dialogs.texts import general
from dialogs.texts import poll_form as texts
from dialogs.turn import Reply, Turn, whisper
from storage.domain.places import PlaceKind
from storage.domain.polls import Whom
from storage.services.house import House


async def form(house: House, turn: Turn) -> Reply:
    """The empty form; where the bot could not post anything, what is to be done first."""
    if turn.viewer.is_stranger or turn.viewer.person is None:
        return whisper(general.not_known(await house.people.coordinators()))
    place = turn.opened_in or turn.place
    if place.kind is PlaceKind.PERSONAL:
        return whisper(texts.ABOUT, form_card(StartPoll(), turn.id))
    team = await house.places.at(place.team_id) if place.team_id else None
    if team is None and await house.places.at(place.conversation_id) is None:
        return whisper(texts.NOT_HERE)
    if team is not None:
        await house.places.keep(place)  # in a team the bot may write in all channels, also where nobody spoke to it yet
    return whisper(texts.ABOUT_HERE, form_card(StartPoll(whom=Whom.HERE.value), turn.id))
