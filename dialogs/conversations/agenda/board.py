"""The coordinator's board: shown by page, one point opened, and what its buttons do."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dialogs.cards.board import Around, board_card, point_card
from dialogs.cards.board_payloads import (
    ArrangePoint,
    AskPoint,
    DecidePoints,
    DeclinePoints,
    MergePoint,
    MovePoints,
    NudgePoint,
    ShowBoard,
    ShowPoint,
)
from dialogs.conversations.agenda import deciding, places
from dialogs.conversations.agenda.which import Listed
from dialogs.language.agenda import which
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import board as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.agenda import AgendaPoint, may_arrange
from storage.domain.meetings import Meeting
from storage.domain.refusals import NotCoordinator, NotSensible, Refusal
from storage.services.house import House

Agenda: TypeAlias = Callable[[House, Turn, Meeting, Intent], Awaitable[Reply]]
"""Answers a question about an agenda, as it is for everybody."""


async def show(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None, agenda: Agenda) -> Reply:
    """The board of a meeting, or one of its points where a number is said; others see the agenda as it is for them."""
    listed = await deciding.listed(house, turn, meeting, asked)
    if not may_arrange(turn.viewer, listed.meeting):
        return await agenda(house, turn, meeting, Intent.AGENDA_SHOW)
    return await _shown(house, turn, listed, which(asked.text).numbers if asked else ())


async def guess(house: House, turn: Turn, asked: Understanding, agenda: Agenda) -> Reply | None:
    """Where no meeting is named: the backlog that was talked about, or the next intervisie."""
    listed = await deciding.in_sight(house, turn, asked)
    if listed is None:
        return None
    if listed.meeting is not None:
        reply = await show(house, turn, listed.meeting, asked, agenda)
        return deciding.going_on(turn, reply, listed, Intent.AGENDA_BOARD)
    if not may_arrange(turn.viewer, None):
        return whisper(sentence(NotCoordinator()))
    return await _shown(house, turn, listed, which(asked.text).numbers)


async def _shown(house: House, turn: Turn, listed: Listed, numbers: Sequence[int]) -> Reply:
    if numbers:
        number = numbers[0]
        if not 0 < number <= len(listed.points):
            return whisper(texts.no_number(number, len(listed.points)))
        return await _point(house, turn, listed.points[number - 1].id)
    return deciding.going_on(turn, await _board(house, turn, listed, 0), listed, Intent.AGENDA_BOARD)


async def _board(house: House, turn: Turn, listed: Listed, page: int) -> Reply:
    names = await _proposers(house, turn, listed.points)
    text = texts.board(listed.meeting, listed.points, names)
    card = board_card(listed.meeting, listed.points, names, page, turn.id) if listed.points else None
    # The card says all of it, and on a telephone twice is too long.
    return Reply(private=Message(text, card, card_only=card is not None))


async def _proposers(house: House, turn: Turn, points: Sequence[AgendaPoint]) -> dict[int, str]:
    wanted = {one.proposer_id for one in points if one.proposer_id is not None}
    known = await house.people.known(sorted(wanted)) if wanted else ()
    return {one.id: one.name for one in known if turn.viewer.may_meet(one)}


async def turned(house: House, turn: Turn, pressed: ShowBoard) -> Reply:
    """A page of the board."""
    try:
        listed = await deciding.board_of(house, turn, pressed.meeting or None)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not may_arrange(turn.viewer, listed.meeting):
        return whisper(sentence(NotCoordinator()))
    reply = await _board(house, turn, listed, pressed.page)
    return deciding.going_on(turn, reply, listed, Intent.AGENDA_BOARD)


async def opened(house: House, turn: Turn, pressed: ShowPoint) -> Reply:
    """One point with all that can be done with it."""
    return await _point(house, turn, pressed.point)


async def _point(house: House, turn: Turn, point_id: int) -> Reply:
    try:
        details = await house.points.details(point_id, turn.viewer)
        if not may_arrange(turn.viewer, details.meeting):
            raise NotCoordinator
        listed = await deciding.board_of(house, turn, details.meeting.id if details.meeting else None)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    number = deciding.number_of(listed, point_id)
    around = Around(listed.points, await places.takes_points(house, turn), number)
    reply = whisper(texts.point(details, number), point_card(details, turn.viewer, around, turn.id))
    return deciding.going_on(turn, reply, listed, Intent.AGENDA_BOARD)


# --- what buttons do


async def decide(house: House, turn: Turn, pressed: DecidePoints) -> Reply:
    """Accept proposals, or undo what was decided."""
    if pressed.accept:
        return await deciding.accept(house, turn, pressed.accept)
    return await deciding.take_back(house, turn, pressed)


async def decline(house: House, turn: Turn, pressed: DeclinePoints) -> Reply:
    """Decline with what was typed as the reason."""
    return await deciding.decline(house, turn, pressed)


async def merge(house: House, turn: Turn, pressed: MergePoint) -> Reply:
    """Merge with the point that was chosen; what stands on the agenda remains."""
    if not int(pressed.into or 0):
        return whisper(texts.PICK_ONE)
    return await deciding.merge(house, turn, (pressed.point,), int(pressed.into))


async def ask(house: House, turn: Turn, pressed: AskPoint) -> Reply:
    """Ask who proposed it."""
    return await deciding.ask(house, turn, pressed)


async def move(house: House, turn: Turn, pressed: MovePoints) -> Reply:
    """Bring points where was chosen."""
    if not pressed.where:
        return whisper(texts.PICK_ONE)
    return await deciding.move(house, turn, pressed.points, int(pressed.where) or None)


async def arrange(house: House, turn: Turn, pressed: ArrangePoint) -> Reply:
    """What was filled in of who, how long and where."""
    try:
        details = await house.points.details(pressed.point, turn.viewer)
        listed = await deciding.board_of(house, turn, details.meeting.id if details.meeting else None)
        wanted = _filled_in(details.point, pressed, deciding.number_of(listed, pressed.point))
    except NotSensible:
        return whisper(texts.A_NUMBER)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if wanted.position is not None:
        wanted = replace(wanted, position=deciding.place_in_group(listed, details.point, wanted.position))
    return await deciding.arrange(house, turn, (pressed.point,), wanted)


def _filled_in(point: AgendaPoint, form: ArrangePoint, number: int | None) -> deciding.Wanted:
    """What a form changes. Raises NotSensible for what is no number."""
    presenter = " ".join(form.presenter.split())
    minutes, position = _number(form.minutes), _number(form.position)
    return deciding.Wanted(
        presenter=presenter if presenter != (point.presenter or "") else None,
        minutes=minutes if minutes != (point.minutes or 0) else None,
        position=position if position and position != number else None,
    )


def _number(typed: str) -> int:
    said = typed.strip()
    if not said:
        return 0
    if not (said.isascii() and said.isdecimal() and len(said) <= 4):  # noqa: PLR2004
        raise NotSensible
    return int(said)


async def nudge(house: House, turn: Turn, pressed: NudgePoint) -> Reply:
    """One place up or down, among those that stand as it does."""
    try:
        details = await house.points.details(pressed.point, turn.viewer)
        listed = await deciding.board_of(house, turn, details.meeting.id if details.meeting else None)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    place = deciding.place_of(listed, details.point) + (1 if pressed.down else -1)
    return await deciding.arrange(house, turn, (pressed.point,), deciding.Wanted(position=max(1, place)))
