"""Cards that become another in place: for the one who presses a button of it, or only looks at it."""

from dataclasses import replace

from dialogs.cards.payloads import read_payload
from dialogs.cards.poll_payloads import ShowPoll
from dialogs.cards.polls import poll_card
from dialogs.router import route
from dialogs.turn import Card, Reply, Turn
from storage.domain.refusals import Refusal
from storage.services.house import House


def only_looks(turn: Turn) -> bool:
    """Whether nobody pressed anything: Teams asks for the version of a card that is somebody's own."""
    payload = read_payload(turn.button or {})
    return isinstance(payload, ShowPoll) and payload.refresh


async def looked_at(house: House, turn: Turn) -> Card | None:
    """The card of what the button is about, as who looks may see it; None where they may not.

    It only reads: Teams asks it of all who have the conversation open.
    """
    poll_id = getattr(read_payload(turn.button or {}), "poll", None)
    if poll_id is None:
        return None
    try:
        view = await house.polls.view(poll_id, turn.viewer, turn.now, turn.conversation_id, turn.place.tenant_id)
    except Refusal:
        return None
    return poll_card(view, turn.now)


async def pressed(house: House, turn: Turn) -> Reply:
    """What follows on a button whose card can become another: the same as in a chat."""
    return await route(house, replace(turn, text="", button=turn.button or {}, in_place=True))
