"""Getting to know somebody: strangers, and members of the team who tell their organisation."""

from dataclasses import replace

from dialogs.cards.general import organisation_card
from dialogs.texts import general as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.people import Viewer
from storage.domain.refusals import AlreadyKnown, Refusal
from storage.services.house import House


async def stranger(house: House) -> Reply:
    """Somebody outside the network hears nothing of it, only whom to ask."""
    return say(texts.stranger(await house.people.coordinators()))


async def ask(house: House, turn: Turn, reply: Reply) -> Reply:
    """Ask a member of the team whom we don't know for their organisation, once, after answering."""
    if turn.viewer.person is not None or turn.reported is None or not turn.reported.emails:
        return reply
    if not await house.visitors.ask_once(turn.reported.entra_id, turn.now):
        return reply
    organisations = await house.people.organisations(Viewer(None, member=True))
    question = organisation_card([one for one in organisations if one.status.active])
    return replace(reply, also=Message(texts.WHICH_ORGANISATION, question))


async def told(house: House, turn: Turn, organisation_id: int | None) -> Reply:
    """Somebody pressed their organisation."""
    if turn.viewer.person is not None or turn.reported is None:
        return whisper(sentence(AlreadyKnown()))
    try:
        person = await house.visitors.introduce(turn.reported, organisation_id)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.introduced(person))
