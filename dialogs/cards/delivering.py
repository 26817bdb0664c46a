"""The buttons under what was found in a report, and under what became of it."""

from collections.abc import Sequence

from microsoft_teams.cards import Action

from dialogs.cards.elements import button, card
from dialogs.cards.note_payloads import TakeReport
from dialogs.cards.summary_payloads import ShowDraft
from dialogs.texts import delivering as texts
from dialogs.texts.meetings import choice
from dialogs.turn import Card
from storage.domain.meetings import Meeting


def found_card(draft: str, meeting: Meeting, nonce: str) -> Card:
    """To take it over for this meeting, or for another one, or to leave it."""
    take = TakeReport(draft=draft, meeting=meeting.id, verb="take", nonce=f"{nonce}-take")
    other = TakeReport(draft=draft, verb="which")
    return card([], [button(texts.BUTTON_TAKE, take), button(texts.BUTTON_OTHER, other), _drop(draft, nonce)])


def which_card(draft: str, meetings: Sequence[Meeting], nonce: str) -> Card:
    """To take it over for one of these meetings, or to leave it."""
    takes = [(one, TakeReport(draft=draft, meeting=one.id, verb="take", nonce=f"{nonce}-{one.id}")) for one in meetings]
    return card([], [*(button(choice(one), take) for one, take in takes), _drop(draft, nonce)])


def _drop(draft: str, nonce: str) -> Action:
    return button(texts.BUTTON_DROP, TakeReport(draft=draft, verb="drop", nonce=f"{nonce}-drop"))


def taken_card(meeting_id: int) -> Card:
    """To look over what was taken over."""
    return card([], [button(texts.BUTTON_DRAFT, ShowDraft(meeting=meeting_id))])
