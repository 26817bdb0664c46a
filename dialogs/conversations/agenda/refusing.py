"""Why something can't be done with the agenda of a meeting."""

from dialogs.cards.agenda import offer_card
from dialogs.language.intents import Intent
from dialogs.texts import publishing as texts
from dialogs.texts.meetings import title
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, whisper
from storage.domain.meetings import Meeting
from storage.domain.refusals import NotNow, Refusal


def not_done(refusal: Refusal, meeting: Meeting | None = None) -> Reply:
    """Why not; where nothing stands on an agenda yet, an offer to compose one."""
    if isinstance(refusal, NotNow) and meeting is not None:
        offers = [(texts.BUTTON_COMPOSE, Intent.AGENDA_COMPOSE.value), (texts.BUTTON_ADD, Intent.AGENDA_PROPOSE.value)]
        return whisper(texts.NOTHING_TO_PUBLISH.format(title=title(meeting)), offer_card(meeting, offers))
    return whisper(sentence(refusal))
