"""What proposers are told of their points by themselves, and who asked something of the answer; a typed answer."""

from dataclasses import replace
from datetime import datetime

from dialogs.cards.board import question_card
from dialogs.cards.board_payloads import AnswerPoint
from dialogs.cards.plan_payloads import LONGEST_FIELD
from dialogs.conversations import gate
from dialogs.conversations.agenda.deciding import ids_in, settled
from dialogs.language.agenda import which
from dialogs.language.answers import opens_a_question
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import board as labels
from dialogs.texts import board_told as texts
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.agenda import Comment, CommentKind, PointDetails, PointState
from storage.domain.notices import Notice, person_of
from storage.domain.people import Person, Viewer
from storage.domain.refusals import IdentifiesSomebody, Refusal
from storage.services.board import AWAITS
from storage.services.board_notices import moment
from storage.services.house import House

ANSWER = AWAITS
"""How a personal chat remembers that the bot asked something about one's point."""


async def accepted(house: House, notice: Notice, now: datetime) -> Message | None:
    """One's point stands on the agenda."""
    details = await _details(house, notice)
    if details is None or not _to_come(details, now):
        return None
    if not _holds(details, notice, PointState.ACCEPTED):
        return _since(details, notice)
    return Message(texts.told_accepted(details))


async def declined(house: House, notice: Notice, now: datetime) -> Message | None:
    """One's point was declined, and why."""
    details = await _details(house, notice)
    if details is None or not _to_come(details, now):
        return None
    if not _holds(details, notice, PointState.DECLINED):
        return _since(details, notice)
    return Message(texts.told_declined(details))


async def moved(house: House, notice: Notice, now: datetime) -> Message | None:
    """One's point is elsewhere."""
    details = await _details(house, notice)
    if details is None or not _to_come(details, now):
        return None
    if not _holds(details, notice, details.point.state) or not details.point.state.open:
        return _since(details, notice)
    return Message(texts.told_moved(details))


async def merged(house: House, notice: Notice, now: datetime) -> Message | None:
    """One's point lives on in another."""
    details = await _details(house, notice)
    if details is None or not _to_come(details, now):
        return None
    into = details.point.merged_into_id
    if not _holds(details, notice, PointState.MERGED) or into is None:
        return _since(details, notice)
    names = await house.board.titles([into])
    return Message(texts.told_merged(details, names.get(into, "")))


async def asked(house: House, notice: Notice, now: datetime) -> Message | None:
    """A question about one's point, with a field for the answer; typed in that chat it is one too."""
    details = await _details(house, notice)
    question = _said(details, notice.data.get("question"))
    if details is None or question is None:
        return None
    answer = _answer_after(details, question)
    waits = answer is None and details.point.state.open and _to_come(details, now)
    if not waits and notice.activity_id is None:
        return None
    if waits and notice.activity_id is None:
        await house.board.await_answer(details.point.id, person_of(notice.target) or 0, now)
    told = texts.told_asked(question.person, details.point.title, question.text, answer.text if answer else None)
    card = question_card(told, details.point.id, f"n{notice.id}", not waits)
    return Message("\n\n".join(told), card, card_only=True)


async def answered(house: House, notice: Notice, _now: datetime) -> Message | None:
    """The answer to what one asked."""
    details = await _details(house, notice)
    answer = _said(details, notice.data.get("answer"))
    if details is None or answer is None:
        return None
    return Message(texts.told_answered(answer.person, details.point.title, answer.text))


def _holds(details: PointDetails, notice: Notice, state: PointState) -> bool:
    """Whether a point still stands by the decision that is told of."""
    at = details.point.decided_at
    return details.point.state is state and at is not None and moment(at) == notice.data.get("at")


def _since(details: PointDetails, notice: Notice) -> Message | None:
    """Nothing where nobody heard of it; else what became of it."""
    return Message(texts.told_since(details)) if notice.activity_id is not None else None


def _to_come(details: PointDetails, now: datetime) -> bool:
    meeting = details.meeting
    return meeting is None or not (meeting.cancelled or meeting.is_over(now))


def _said(details: PointDetails | None, comment_id: object) -> Comment | None:
    said = details.comments if details else ()
    return next((one for one in said if one.id == comment_id), None)


def _answer_after(details: PointDetails, question: Comment) -> Comment | None:
    """What was answered since, until the next question."""
    after = [one for one in details.comments if one.id > question.id and one.kind is not CommentKind.COMMENT]
    return next((one for one in after if one.kind is CommentKind.ANSWER), None)


async def _details(house: House, notice: Notice) -> PointDetails | None:
    person = await _person(house, person_of(notice.target))
    if person is None:
        return None
    try:
        return await house.points.details(int(notice.subject), Viewer(person, member=True))
    except Refusal:
        return None


async def _person(house: House, person_id: int | None) -> Person | None:
    return next(iter(await house.people.known([person_id])), None) if person_id else None


# --- answering


async def answer(house: House, turn: Turn, pressed: AnswerPoint) -> Reply:
    """What is answered on the card."""
    try:
        await house.board.answer(pressed.point, pressed.text, turn.viewer, turn.now, chosen=pressed.chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, labels.BUTTON_ANSWER)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return settled(turn, whisper(labels.ANSWERED_BACK), ANSWER)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed in one's own chat after the question; what the bot can be asked is no answer to it."""
    ids = ids_in(about)
    if not ids or not turn.personal:
        return None
    if says(asked.text, labels.SAID_LET_BE) or (asked.sure and asked.intent is Intent.CANCEL):
        return whisper(labels.NOT_ANSWERED).remembering(replace(turn.memory, pending=""))
    if asked.sure and asked.intent not in {Intent.YES, Intent.NO}:
        return None
    if "?" in asked.text or which(asked.text).numbers or asked.names_meeting or opens_a_question(asked.text):
        return None
    return await answer(house, turn, AnswerPoint(point=ids[0], text=turn.text[:LONGEST_FIELD]))
