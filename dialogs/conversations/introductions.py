"""Getting to know somebody: strangers, and members of the team who tell their organisation."""

from dataclasses import replace

from dialogs.cards.general import organisation_card
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import general as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn, say, whisper
from storage.domain.people import Viewer
from storage.domain.refusals import AlreadyKnown, Refusal
from storage.services.house import House


async def stranger(house: House) -> Reply:
    """Somebody outside the network hears nothing of it, only whom to ask."""
    return say(texts.stranger(await house.people.coordinators()))


async def ask(house: House, turn: Turn, reply: Reply) -> Reply:
    """Ask a member of the team whom we don't know for their organisation, once, after answering."""
    if turn.viewer.person is not None or turn.reported is None:
        return reply
    if not await house.visitors.ask_once(turn.reported, turn.now):
        return reply
    return replace(reply, also=Message(texts.WHICH_ORGANISATION, await _choice(house)))


async def who_are_you(house: House, turn: Turn) -> Reply:
    """Somebody whom we don't know asks about themselves: they may tell their organisation, or the coordinator helps."""
    if turn.reported is None or not await house.visitors.may_introduce(turn.reported):
        return whisper(texts.not_known(await house.people.coordinators()))
    await house.visitors.ask_once(turn.reported, turn.now)
    return whisper(texts.NOT_KNOWN_YET, await _choice(house))


def typed(turn: Turn, asked: Understanding) -> int | None:
    """The organisation that somebody whom we don't know types in a personal chat, instead of choosing it."""
    unknown = turn.personal and turn.viewer.person is None and turn.reported is not None
    only_that = asked.intent is Intent.PEOPLE_CONTACT and len(asked.organisations) == 1 and asked.leans_back
    return asked.organisations[0] if unknown and only_that else None


async def _choice(house: House) -> Card:
    organisations = await house.people.organisations(Viewer(None, member=True))
    return organisation_card([one for one in organisations if one.status.active])


async def told(house: House, turn: Turn, organisation_id: int | None) -> Reply:
    """Somebody pressed their organisation."""
    if turn.viewer.person is not None or turn.reported is None:
        return whisper(sentence(AlreadyKnown()))
    try:
        person = await house.visitors.introduce(turn.reported, organisation_id)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.introduced(person))
