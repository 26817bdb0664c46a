"""After a meeting: which points were discussed, on a card or in sentences, and what became of the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.cards.closing import closed_card, closing_card
from dialogs.cards.closing_payloads import SettlePoints, ShowClosing
from dialogs.conversations.agenda import arranging
from dialogs.language.agenda import Ticked, match, ticked
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import closing as texts
from dialogs.texts.meetings import title
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.agenda import PointState
from storage.domain.carrying import DISCUSSED, NOT_DISCUSSED, Closing, Fate, Settled, Wish, may_close
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.notices import Notice, NoticeState
from storage.domain.refusals import NotNow, Refusal
from storage.services.house import House

PENDING = "closing"
"""How a conversation remembers that somebody is telling what was discussed, and at which meeting."""

OPEN_FOR = timedelta(days=31)
"""So long after a meeting what is said without naming one is about it."""

MOST_LOOKED_AT = 5

_ABOUT_POINTS = frozenset({Intent.AGENDA_HANDLED, Intent.AGENDA_MOVE})


# --- in sentences


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """What was discussed at a meeting: as a sentence says, or else on a card."""
    said = ticked(asked.text, turn.now) if asked is not None else Ticked()
    if meeting.starts.timestamp() > turn.now.timestamp() and asked is not None and not asked.names_meeting:
        held = await _held(house, turn)
        meeting = held.meeting if held else meeting
    try:
        closing = await house.carrying.closing(meeting.id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if meeting.starts.timestamp() > turn.now.timestamp():
        return await _before(house, turn, closing, said)
    if said.says_nothing or asked is None:
        return _going_on(turn, closing, _shown(closing, turn.now))
    return await _said(house, turn, closing, said, asked.text)


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """The same of no meeting that was named: the last one that the viewer runs."""
    held = await _held(house, turn)
    return await about(house, turn, held.meeting, asked) if held else None


async def moved(house: House, turn: Turn, asked: Understanding) -> Reply:
    """ "Punt 4 op de plank": of the meeting that was just asked about, where nothing else was talked about since."""
    # "Pas in september terug" names a month, not the meeting from which it goes.
    named = asked.names_meeting and not ticked(asked.text, turn.now).back
    held = None if named else await _held(house, turn)
    if held is not None and held.asked_at and not held.closed_at and not _talked_since(turn, held.asked_at):
        return await about(house, turn, held.meeting, replace(asked, names_meeting=True))
    return await arranging.answer(house, turn, asked)


def _talked_since(turn: Turn, moment: datetime) -> bool:
    """Whether some meeting, or the backlog, was talked about after this moment."""
    memory = turn.memory
    about_points = memory.meeting_id is not None or memory.intent == Intent.AGENDA_BACKLOG
    return about_points and memory.at is not None and memory.at.timestamp() > moment.timestamp()


async def typed(house: House, turn: Turn, about_: str, asked: Understanding) -> Reply | None:
    """What is typed after the points of a meeting were shown; None when it is about something else."""
    found = await house.meetings.known([int(about_)], turn.viewer) if about_.isdecimal() else ()
    if not found:
        return None
    yes, meeting = plainly(asked), found[0]
    if yes is not None:
        return await _answered(house, turn, meeting, asked, yes)
    said = ticked(asked.text, turn.now)
    other = (asked.sure and asked.intent not in _ABOUT_POINTS) or (asked.names_meeting and not said.back)
    if other or said.says_nothing or turn.memory.meeting_id not in {None, meeting.id}:
        return None
    return await about(house, turn, meeting, replace(asked, names_meeting=True))


async def _answered(house: House, turn: Turn, meeting: Meeting, asked: Understanding, yes: bool) -> Reply | None:
    """A plain yes to "all of it", or a no."""
    try:
        closing = await house.carrying.closing(meeting.id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if closing.closed_at or not closing.asked:
        return None
    if yes:
        return await _settle(house, turn, meeting.id, {})
    if asked.intent is Intent.NO:
        return whisper(texts.WHICH_NOT)
    return whisper(texts.LEFT_OPEN).remembering(replace(turn.memory, pending=""))


async def _held(house: House, turn: Turn) -> Closing | None:
    """The latest meeting that has begun, of those that the viewer runs: first one of which it is still to be told."""
    today = turn.now.date()
    days = MeetingQuery(Which.ALL, first=today - OPEN_FOR, last=today)
    found = await house.meetings.find(days, turn.viewer, turn.network.timezone, turn.now)
    begun = [one for one in found if one.starts.timestamp() <= turn.now.timestamp() and not one.cancelled]
    mine = [one for one in reversed(begun) if may_close(turn.viewer, one)][:MOST_LOOKED_AT]
    closings = [await house.carrying.closing(one.id, turn.viewer) for one in mine]
    still = [one for one in closings if one.asked]
    return next(iter([*still, *(one for one in closings if one.to_tell)]), None)


async def _said(house: House, turn: Turn, closing: Closing, said: Ticked, text: str) -> Reply:
    numbers = {one.number: one for one in closing.points}
    for number in (*said.done, *said.not_done):
        if number not in numbers:
            return whisper(texts.NO_SUCH_NUMBER.format(number=number, title=title(closing.meeting)))
        if fixed_of(numbers[number].point) is not None and number in said.not_done:
            return whisper(texts.ALWAYS_THERE.format(number=number))
    shelf, rest = (any(one in fold(text) for one in words) for words in (texts.SAID_SHELF, texts.SAID_REST))
    wishes = _wishes(closing, said, shelf, rest)
    if wishes is None:
        last = closing.points[-1].number if closing.points else 1
        return whisper(texts.NO_SUCH_WORDS.format(number=last), _card(closing))
    return await _settle(house, turn, closing.meeting.id, wishes)


def _wishes(closing: Closing, said: Ticked, shelf: bool, rest: bool) -> Mapping[int, Wish] | None:
    """What a sentence says, by the ids of the points; None when it names one that there is not."""
    points = {one.number: one.point.id for one in closing.to_tell}
    wishes = {points[one]: DISCUSSED for one in said.done if one in points}
    for one in said.not_done:
        away = Wish(discussed=False, shelf=one in said.shelf, month=said.month if one in said.back else None)
        wishes |= {points[one]: away} if one in points else {}
    if said.words:
        found = match(said.words, [one.point.title for one in closing.to_tell])
        if found is None:
            return None
        away = Wish(discussed=False, shelf=shelf, month=said.month)
        wishes[closing.to_tell[found].point.id] = DISCUSSED if said.positive and not shelf else away
    if said.everything or said.nothing or said.only:
        # "De rest wel" leaves alone what was said before not to be discussed.
        told = [one for one in closing.to_tell if not (rest and said.everything and one.fate not in _STAYED)]
        wish = DISCUSSED if said.everything else NOT_DISCUSSED
        wishes = {**dict.fromkeys(_on_the_agenda(told), wish), **wishes}
    return wishes


_STAYED = frozenset({None, Fate.HANDLED})


def _on_the_agenda(points: Iterable[Settled]) -> list[int]:
    """Those that stood on the agenda: what was only proposed is not meant by "everything"."""
    return [one.point.id for one in points if one.point.state is not PointState.PROPOSED]


async def _settle(house: House, turn: Turn, meeting_id: int, wishes: Mapping[int, Wish]) -> Reply:
    try:
        closing = await house.carrying.settle(meeting_id, wishes, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _going_on(turn, closing, whisper(texts.settled(closing), closed_card(meeting_id)))


async def _before(house: House, turn: Turn, closing: Closing, said: Ticked) -> Reply:
    """Before a meeting nothing was discussed, but its points can be put off."""
    numbers = {one.number: one.point.id for one in closing.to_tell}
    away = {one: Wish(discussed=False, shelf=True) for one in said.shelf}
    away |= {one: Wish(discussed=False, month=said.month) for one in said.back}
    if not away or not away.keys() <= numbers.keys():
        return whisper(texts.TOO_EARLY.format(title=title(closing.meeting)))
    try:
        ids = [
            (await house.carrying.put_off(numbers[one], wish, turn.viewer, turn.now)).id for one, wish in away.items()
        ]
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(" ".join(texts.put_off(*one) for one in await house.carrying.carried(ids)))


# --- on cards


async def show(house: House, turn: Turn, pressed: ShowClosing) -> Reply:
    """The card on which it is corrected what was discussed."""
    try:
        closing = await house.carrying.closing(pressed.meeting, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _going_on(turn, closing, _shown(closing, turn.now))


async def save(house: House, turn: Turn, pressed: SettlePoints) -> Reply:
    """What was ticked."""
    wishes = {id_: DISCUSSED if yes else NOT_DISCUSSED for id_, yes in pressed.discussed.items()}
    try:
        closing = await house.carrying.settle(pressed.meeting, wishes, turn.viewer, turn.now)
    except NotNow:
        found = await house.meetings.known([pressed.meeting], turn.viewer)
        return whisper(texts.TOO_EARLY.format(title=title(found[0])))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _going_on(turn, closing, whisper(texts.settled(closing), closed_card(pressed.meeting)))


def _shown(closing: Closing, now: datetime) -> Reply:
    if not closing.to_tell:
        return whisper(texts.NOTHING_TO_ASK.format(title=title(closing.meeting)))
    return whisper(texts.asking(closing, now) if _is_open(closing) else texts.so_far(closing), _card(closing))


def _card(closing: Closing) -> dict[str, object] | None:
    return dict(closing_card(closing)) if closing.to_tell else None


def _is_open(closing: Closing) -> bool:
    return bool(closing.asked) and not closing.closed_at


def _going_on(turn: Turn, closing: Closing, reply: Reply) -> Reply:
    """What is said from now on of points is about this meeting."""
    pending = f"{PENDING}:{closing.meeting.id}" if turn.personal else turn.memory.pending
    memory = replace(turn.memory, meeting_id=closing.meeting.id, intent=Intent.AGENDA_HANDLED.value, pending=pending)
    return reply.remembering(memory)


# --- what goes out by itself


async def compose_closing(house: House, notice: Notice, now: datetime) -> Message | None:
    """The question what was discussed; once it is settled the same message tells what was done."""
    closing = await house.carrying.told(int(notice.subject))
    if closing is None or closing.meeting.cancelled:
        return None
    local = now.astimezone(closing.meeting.starts.tzinfo)
    if _is_open(closing):
        return Message(texts.asking(closing, local), closing_card(closing))
    sent = notice.state is NoticeState.SENT and closing.to_tell
    return Message(texts.closed(closing), closed_card(closing.meeting.id)) if sent else None


async def compose_closed(house: House, notice: Notice, _now: datetime) -> Message | None:
    """What became of the points of a meeting."""
    closing = await house.carrying.told(int(notice.subject))
    if closing is None or not closing.having(*Fate):
        return None
    return Message(texts.closed(closing), None if closing.meeting.cancelled else closed_card(closing.meeting.id))


async def compose_carried(house: House, notice: Notice, now: datetime) -> Message | None:
    """Where somebody's points are that were not discussed; nothing of those that were after all."""
    closing = await house.carrying.told(int(notice.subject))
    points = await house.carrying.carried([int(one) for one in notice.data["points"]])
    return Message(texts.yours(closing.meeting, points, now)) if closing and points else None
