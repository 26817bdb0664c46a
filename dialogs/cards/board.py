"""Cards of the coordinator's board: its points by page, one point with what can be done with it, and questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from microsoft_teams.cards import (
    Action,
    ActionSet,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    NumberInput,
    ShowCardAction,
    TextBlock,
    TextInput,
)

from dialogs.cards.board_payloads import (
    MOST_POINTS,
    AnswerPoint,
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
from dialogs.cards.elements import button, card, facts, heading, paragraph
from dialogs.cards.limits import LONGEST_NAME
from dialogs.cards.payloads import AskAboutMeeting, LetBe
from dialogs.texts import board as texts
from dialogs.texts.meetings import choice
from dialogs.texts.words import cut, plain
from dialogs.turn import Card
from storage.domain.agenda import LONGEST_COMMENT, MOST_MINUTES, AgendaPoint, PointDetails, PointState
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer

COMPOSE = "agenda.compose"
"""The intent that proposes an agenda."""

ON_A_PAGE = 15
"""Points on one card, when their titles are not too long."""

BYTES_ON_A_PAGE = 20_000
LARGEST = 26_000
"""Bytes of a card that leave room for what Teams wraps around it."""

LONGEST_ROW = 120
LONGEST_CHOICE = 60
BYTES_OF_CHOICES, CHOICE_SIZE = 8_000, 30
"""Bytes of the points in a list to choose from, and those that each takes beside its title."""
MOST_MEETINGS = 15


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a board that fits on a card: the place of its first point, from 0."""

    first: int
    points: tuple[AgendaPoint, ...]


def pages(points: Sequence[AgendaPoint], names: Mapping[int, str]) -> tuple[Page, ...]:
    """The points of a board, shared out over cards that fit; one empty page where there are none."""
    found: list[Page] = []
    start, size = 0, 0
    for place, point in enumerate(points):
        bytes_ = len(json.dumps(_dumped(_row(place + 1, point, names))))
        if place - start == ON_A_PAGE or size + bytes_ > BYTES_ON_A_PAGE:
            found.append(Page(start, tuple(points[start:place])))
            start, size = place, 0
        size += bytes_
    return (*found, Page(start, tuple(points[start:])))


def board_card(
    meeting: Meeting | None, points: Sequence[AgendaPoint], names: Mapping[int, str], number: int, nonce: str
) -> Card:
    """A page of the board with a button on each point. `names`: of who proposed them, by id."""
    all_pages = pages(points, names)
    number = min(max(0, number), len(all_pages) - 1)
    page = all_pages[number]
    last = page.first + len(page.points)
    where = texts.PAGE.format(first=page.first + 1, last=last, total=len(points)) if len(all_pages) > 1 else None
    body = [*heading(plain(meeting.title) if meeting else texts.THE_SHELF, where)]
    proposals = False
    for place, point in enumerate(page.points, page.first + 1):
        if place == page.first + 1 and meeting is not None and point.state is not PointState.PROPOSED:
            body.append(_section(texts.length(meeting, points)))
        if point.state is PointState.PROPOSED and not proposals:
            body.append(_section(texts.PROPOSALS))
            proposals = True
        body.append(_row(place, point, names))
    return card(body, _board_buttons(meeting, points, number, len(all_pages), nonce))


def _board_buttons(
    meeting: Meeting | None, points: Sequence[AgendaPoint], number: int, count: int, nonce: str
) -> list[Action]:
    waits = [one.id for one in points if one.state is PointState.PROPOSED][:MOST_POINTS]
    home = meeting.id if meeting else 0
    turning = [(texts.BUTTON_PREVIOUS, number - 1), (texts.BUTTON_NEXT, number + 1)]
    actions = [button(label, ShowBoard(meeting=home, page=page)) for label, page in turning if 0 <= page < count]
    if len(waits) > 1 and meeting is not None:
        accept = DecidePoints(accept=tuple(waits), nonce=f"{nonce}-all")
        actions.append(button(texts.BUTTON_ACCEPT_ALL, accept))
    if meeting is not None:
        actions.append(button(texts.BUTTON_COMPOSE, AskAboutMeeting(intent=COMPOSE, meeting=meeting.id)))
    return actions


def _section(text: str) -> CardElement:
    return TextBlock(text=text, weight="Bolder", wrap=True, spacing="Medium")


def _row(number: int, point: AgendaPoint, names: Mapping[int, str]) -> CardElement:
    """One point: its number and title, what there is to tell, and a button that opens it."""
    title = TextBlock(text=f"{number}\\. {plain(cut(point.title, LONGEST_ROW))}", wrap=True)
    told = texts.row(point, names)
    beside = [TextBlock(text=cut(told, LONGEST_ROW), wrap=True, is_subtle=True, size="Small", spacing="None")]
    opened = ActionSet(actions=[button(texts.BUTTON_OPEN, ShowPoint(point=point.id))])
    columns = [
        Column(width="stretch", items=[title, *(beside if told else [])]),
        Column(width="auto", items=[opened], vertical_content_alignment="Center"),
    ]
    return ColumnSet(columns=columns, spacing="Small")


def _dumped(element: CardElement) -> object:
    return element.model_dump(by_alias=True, exclude_none=True)


# --- one point


@dataclass(frozen=True, slots=True)
class Around:
    """What a point is seen with: its board and the meetings to come. `number` is its place on the board, from 1."""

    points: tuple[AgendaPoint, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    number: int | None = None


def point_card(details: PointDetails, viewer: Viewer, around: Around, nonce: str) -> Card:
    """All of a point, and what can be done with it. What is long is cut off where it would not fit."""
    made: Card = {}
    for comments, longest in ((5, 1_000), (4, 400), (2, 150)):
        made = _point_card(details, viewer, around, nonce, texts.said_about(details, comments, longest))
        if len(json.dumps(made)) <= LARGEST:
            break
    return made


def _point_card(details: PointDetails, viewer: Viewer, around: Around, nonce: str, said: Sequence[str]) -> Card:
    point = details.point
    number = f"{around.number}\\. " if around.number else ""
    body = [*heading(f"{number}{plain(point.title)}"), *facts(texts.facts(details)), *map(paragraph, said)]
    if not point.state.open:
        return card(body, [_back(details)])
    nudge = NudgePoint(point=point.id, nonce=f"{nonce}-up"), NudgePoint(point=point.id, down=True, nonce=f"{nonce}-dn")
    around_it = [
        button(texts.BUTTON_UP, nudge[0]),
        button(texts.BUTTON_DOWN, nudge[1]),
        _back(details),
    ]
    body.append(ActionSet(actions=around_it))
    return card(body, _acts(details, viewer, around, nonce))


def _back(details: PointDetails) -> Action:
    return button(texts.BUTTON_BOARD, ShowBoard(meeting=details.meeting.id if details.meeting else 0))


def _acts(details: PointDetails, viewer: Viewer, around: Around, nonce: str) -> list[Action]:
    point = details.point
    arranging = _opening(texts.BUTTON_ARRANGE, arrange_card(point, around.number))
    if fixed_of(point) is not None:  # nobody's proposal, and it goes nowhere else: taken off, it stays off
        off = DeclinePoints(points=(point.id,), nonce=f"{nonce}-{point.id}-off")
        return [button(texts.BUTTON_OFF, off), arranging]
    if point.state is PointState.PROPOSED:
        first = button(texts.BUTTON_ACCEPT, DecidePoints(accept=(point.id,), nonce=f"{nonce}-{point.id}-accept"))
    else:
        first = button(texts.BUTTON_OFF, DecidePoints(reopen=(point.id,), nonce=f"{nonce}-{point.id}-reopen"))
    others = [one for one in around.points if one.id != point.id]
    acts = [first, _opening(texts.BUTTON_DECLINE, decline_card([point.id], nonce, beside=False))]
    if others:
        acts.append(_opening(texts.BUTTON_MERGE, _merge_card(point, others, nonce)))
    if point.proposer_id is not None and not point.is_of(viewer):
        acts.append(_opening(texts.BUTTON_ASK, ask_card(point.id, nonce, beside=False)))
    move = move_card([point.id], _elsewhere(details, around), nonce, shelf=True)
    return [*acts, _opening(texts.BUTTON_MOVE, move), arranging]


def _elsewhere(details: PointDetails, around: Around) -> list[Meeting]:
    return [one for one in around.meetings if details.meeting is None or one.id != details.meeting.id]


def _opening(label: str, shown: Card) -> Action:
    return ShowCardAction(title=label, card=AdaptiveCard.model_validate(shown))


def decline_card(ids: Sequence[int], nonce: str, beside: bool = True) -> Card:
    """Why these points are declined; with `beside`, buttons for no reason and for not declining after all."""
    why = TextInput(id="why", label=texts.LABEL_WHY, is_multiline=True, max_length=LONGEST_COMMENT)
    declining = DeclinePoints(points=tuple(ids), nonce=f"{nonce}-{ids[0]}-decline")
    actions = [button(texts.BUTTON_DECLINE, declining, exclude=frozenset({"why"}))]
    if beside:
        without = declining.model_copy(update={"nonce": f"{nonce}-{ids[0]}-without"})
        actions += [button(texts.BUTTON_NO_REASON, without), _let_be(nonce)]
    return card([why], actions)


def _merge_card(point: AgendaPoint, others: Sequence[AgendaPoint], nonce: str) -> Card:
    choices = [Choice(title=cut(one.title, LONGEST_CHOICE), value=str(one.id)) for one in others]
    sizes = accumulate(len(json.dumps(one.title)) + CHOICE_SIZE for one in choices)
    choices = [one for one, size in zip(choices, sizes, strict=True) if size <= BYTES_OF_CHOICES]
    into = ChoiceSetInput(
        id="into",
        label=texts.LABEL_INTO,
        choices=choices,
        style="compact",
        is_required=True,
        error_message=texts.PICK_ONE,
    )
    merge = MergePoint(point=point.id, nonce=f"{nonce}-{point.id}-merge")
    return card([into], [button(texts.BUTTON_DO_MERGE, merge, exclude=frozenset({"into"}))])


def ask_card(point_id: int, nonce: str, beside: bool = True) -> Card:
    """What to ask who proposed a point; with `beside`, a button for not asking after all."""
    asking = AskPoint(point=point_id, nonce=f"{nonce}-{point_id}-ask")
    actions = [button(texts.BUTTON_SEND_QUESTION, asking, exclude=frozenset({"text"}))]
    return card([_text(texts.LABEL_QUESTION)], [*actions, *([_let_be(nonce)] if beside else [])])


def _text(label: str) -> CardElement:
    return TextInput(
        id="text",
        label=label,
        is_multiline=True,
        is_required=True,
        error_message=texts.TYPE_SOMETHING,
        max_length=LONGEST_COMMENT,
    )


def move_card(ids: Sequence[int], meetings: Sequence[Meeting], nonce: str, shelf: bool, beside: bool = False) -> Card:
    """Where points may go: to these meetings, and with `shelf` to the backlog."""
    choices = [Choice(title=choice(one), value=str(one.id)) for one in meetings[:MOST_MEETINGS]]
    if shelf:
        choices.append(Choice(title=texts.THE_SHELF, value="0"))
    where = ChoiceSetInput(
        id="where",
        label=texts.LABEL_WHERE,
        choices=choices,
        style="compact",
        is_required=True,
        error_message=texts.PICK_ONE,
    )
    moving = MovePoints(points=tuple(ids), nonce=f"{nonce}-{ids[0]}-move")
    actions = [button(texts.BUTTON_MOVE, moving, exclude=frozenset({"where"}))]
    return card([where], [*actions, *([_let_be(nonce)] if beside else [])])


def arrange_card(point: AgendaPoint, number: int | None) -> Card:
    """Who presents a point, how long it takes, and its place on the board as it is numbered there."""
    fields = [
        TextInput(id="presenter", label=texts.LABEL_PRESENTER, value=point.presenter, max_length=LONGEST_NAME),
        NumberInput(id="minutes", label=texts.LABEL_MINUTES, value=point.minutes, min=0, max=MOST_MINUTES),
        NumberInput(id="position", label=texts.LABEL_POSITION, value=number, min=1),
    ]
    save = button(
        texts.BUTTON_SAVE, ArrangePoint(point=point.id), exclude=frozenset({"presenter", "minutes", "position"})
    )
    return card(fields, [save])


Undo: TypeAlias = DecidePoints | MovePoints | ArrangePoint
"""What makes an act undone."""


def done_card(home: int, undo: Undo | None) -> Card:
    """After an act: undo it, or show the board of this meeting (0: of the backlog)."""
    actions = [button(texts.BUTTON_UNDO, undo)] if undo else []
    return card([], [*actions, button(texts.BUTTON_BOARD, ShowBoard(meeting=home))])


def question_card(paragraphs: Sequence[str], point_id: int, nonce: str, answered: bool) -> Card:
    """A question for who proposed a point, with a field for the answer until there is one."""
    body = [paragraph(one) for one in paragraphs]
    if answered:
        return card(body)
    answer = AnswerPoint(point=point_id, nonce=nonce)
    return card([*body, _text(texts.LABEL_ANSWER)], [button(texts.BUTTON_ANSWER, answer, exclude=frozenset({"text"}))])


def _let_be(nonce: str) -> Action:
    return button(texts.BUTTON_LET_BE, LetBe(nonce=f"{nonce}-let"))
