"""The card under the notice of what was proposed for a meeting."""

from dialogs.cards.elements import button, card
from dialogs.cards.payloads import AskAboutMeeting
from dialogs.texts import point_notices as texts
from dialogs.turn import Card

BOARD = "agenda.board"
"""The intent that the button asks, as `dialogs.language` calls it."""


def proposed_card(meeting_id: int) -> Card:
    """A button that shows the board."""
    return card([], [button(texts.TO_THE_BOARD, AskAboutMeeting(intent=BOARD, meeting=meeting_id))])
