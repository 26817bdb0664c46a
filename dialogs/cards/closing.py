"""Cards with which a meeting is closed: what was discussed, and correcting it."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, ToggleInput

from dialogs.cards.closing_payloads import SettlePoints, ShowClosing
from dialogs.cards.elements import button, card, heading
from dialogs.texts import closing as texts
from dialogs.texts.meetings import title
from dialogs.turn import Card
from storage.domain.carrying import Closing, Fate, Settled

MOST_TOGGLES = 40
LONGEST_TITLE = 80
"""So many points on one card, and characters of each: it stays under what every Teams client takes."""


def closing_card(closing: Closing) -> Card:
    """A toggle for each point: on where it was discussed, as all are until somebody says otherwise."""
    points = closing.to_tell if closing.closed_at else closing.asked
    body: list[CardElement] = [*heading(texts.WHAT_WAS_DISCUSSED, title(closing.meeting)), *_toggles(points)]
    return card(body, [button(texts.BUTTON_SAVE, SettlePoints(meeting=closing.meeting.id))])


def _toggles(points: Sequence[Settled]) -> list[CardElement]:
    return [
        ToggleInput(
            id=f"p{one.point.id}",
            title=texts.numbered(one, LONGEST_TITLE),
            value="true" if one.fate in {None, Fate.HANDLED} else "false",
            value_on="true",
            value_off="false",
            wrap=True,
        )
        for one in points[:MOST_TOGGLES]
    ]


def closed_card(meeting_id: int) -> Card:
    """Under what was done: to correct it."""
    return card([], [button(texts.BUTTON_CORRECT, ShowClosing(meeting=meeting_id))])
