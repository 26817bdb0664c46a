"""The bot's own place in Teams: its welcome, and the channel where it posts."""

from dialogs.texts import general as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, say
from storage.domain.places import PlaceKind
from storage.domain.refusals import Refusal
from storage.services.house import House

WELCOMES = {
    PlaceKind.PERSONAL: texts.WELCOME_PERSONAL,
    PlaceKind.GROUP: texts.WELCOME_GROUP,
    PlaceKind.TEAM: texts.WELCOME_TEAM,
    PlaceKind.CHANNEL: texts.WELCOME_TEAM,
}


def welcome(kind: PlaceKind) -> Message:
    """The one short welcome after an installation."""
    return Message(f"{texts.WELCOME}\n\n{WELCOMES[kind]}")


async def post_here(house: House, turn: Turn) -> Reply:
    """The coordinator chooses the channel where the bot posts."""
    try:
        await house.places.post_here(turn.place, turn.viewer)
    except Refusal as refusal:
        return say(sentence(refusal))
    return say(texts.POSTING_HERE)
