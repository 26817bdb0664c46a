"""Cards of invitations, of what is sent about a meeting, and of who can't be reached."""

from collections.abc import Sequence

from microsoft_teams.cards import TextInput

from dialogs.cards.elements import button, card, link
from dialogs.cards.invite_payloads import DecideInvitation
from dialogs.cards.limits import LONGEST_ANSWER
from dialogs.cards.payloads import AskAboutMeeting
from dialogs.texts import cards as labels
from dialogs.texts import invitations as texts
from dialogs.turn import Card
from storage.domain.meetings import Meeting


def invite_card(meeting_id: int, verbs: Sequence[tuple[str, str]], nonce: str) -> Card:
    """Buttons under the preview of an invitation: pairs of label and verb."""
    made = [
        (label, DecideInvitation.model_validate({"meeting": meeting_id, "verb": verb, "nonce": f"{nonce}-{verb}"}))
        for label, verb in verbs
    ]
    return card([], [button(label, payload) for label, payload in made])


def about_card(meeting: Meeting, buttons: Sequence[tuple[str, str]]) -> Card:
    """Buttons for what one asks or says after a message about a meeting, pairs of label and intent id, and its link."""
    actions = [button(label, AskAboutMeeting(intent=intent, meeting=meeting.id)) for label, intent in buttons]
    joins = [link(labels.BUTTON_JOIN, meeting.online_url)] if meeting.online_url else []
    return card([], [*actions, *joins])


def mail_card(addresses: Sequence[str], subject: str, mail: str) -> Card:
    """A mail to copy, part by part."""
    parts = (
        (texts.LABEL_ADDRESSES, "; ".join(addresses), True),
        (texts.LABEL_SUBJECT, subject, False),
        (texts.LABEL_MAIL, mail, True),
    )
    return card(
        [
            TextInput(id=f"mail{number}", label=label, value=value, is_multiline=lines, max_length=LONGEST_ANSWER)
            for number, (label, value, lines) in enumerate(parts)
        ]
    )
