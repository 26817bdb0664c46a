"""What lies in the backlog, for everybody to see."""

from dataclasses import replace

from dialogs.cards.payloads import Payload
from dialogs.cards.point_payloads import ShowPointForm, SupportPoint
from dialogs.cards.points import buttons_card
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import points as texts
from dialogs.turn import Reply, Turn, say
from storage.domain.agenda import AgendaPoint, board_order
from storage.domain.composing import fixed_of
from storage.services.house import House

MOST_OFFERED = 4
"""Points that have a button; of others one says the number."""


async def shown(house: House, turn: Turn, _asked: Understanding) -> Reply:
    """The backlog, numbered."""
    points = board_order(await house.points.shelf(turn.viewer))
    memory = replace(turn.memory, meeting_id=None, intent=Intent.AGENDA_BACKLOG.value)
    add: tuple[str, Payload] = (texts.BUTTON_ADD_POINT, ShowPointForm())
    if not points:
        return say(texts.SHELF_EMPTY, buttons_card([add])).remembering(memory)
    buttons = [*_supporting(turn, points), add]
    return say(texts.shelf(points, turn.now.date()), buttons_card(buttons)).remembering(memory)


def _supporting(turn: Turn, points: tuple[AgendaPoint, ...]) -> list[tuple[str, Payload]]:
    """ "Dat wil ik ook" for the first points; in company anybody may press it, so each press counts by itself."""
    buttons: list[tuple[str, Payload]] = [
        (texts.BUTTON_SUPPORT_NUMBER.format(number=number), SupportPoint(point=one.id))
        for number, one in enumerate(points, start=1)
        if not (turn.personal and one.is_of(turn.viewer)) and fixed_of(one) is None
    ]
    return buttons[:MOST_OFFERED]
