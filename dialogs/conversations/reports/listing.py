"""Who was at a meeting and who was excused, corrected on one form before it is posted as a number."""

from dialogs.cards.summaries import changed_card, people_card
from dialogs.cards.summary_payloads import SavePeople, ShowPeople
from dialogs.conversations import gate
from dialogs.conversations.reports.notes import person_line
from dialogs.language.noting import people_in
from dialogs.texts import summary_drafts as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.people import Viewer
from storage.domain.refusals import IdentifiesSomebody, NothingSaid, Refusal
from storage.domain.reports import LineKind, NewLine
from storage.services.house import House


async def shown(house: House, turn: Turn, pressed: ShowPeople) -> Reply:
    """The form with who is on the list."""
    try:
        report = (await house.summaries.draft(pressed.meeting, turn.viewer)).report
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return Reply(private=Message("\n\n".join(texts.who(report)), people_card(report), card_only=True))


async def saved(house: House, turn: Turn, pressed: SavePeople) -> Reply:
    """The list as it was filled in."""
    people = [
        *_people(LineKind.ATTENDEE, pressed.present, turn.viewer),
        *_people(LineKind.EXCUSED, pressed.excused, turn.viewer),
    ]
    try:
        report = await house.reports.list_people(pressed.meeting, people, turn.viewer, turn.now, chosen=pressed.chosen)
    except NothingSaid:
        return whisper(texts.NOBODY)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.people_changed(report), changed_card(pressed.meeting))


def _people(kind: LineKind, said: str, viewer: Viewer) -> list[NewLine]:
    return [person_line(kind, name, viewer) for name in people_in(said)]
