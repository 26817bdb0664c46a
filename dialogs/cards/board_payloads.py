"""The data of the buttons with which an agenda is arranged, and with which a proposer answers a question."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import Nonce, Payload
from dialogs.cards.plan_payloads import FormText

MOST_POINTS = 60
"""Points that one button is about."""

PointId = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
PointIds = Annotated[tuple[PointId, ...], Field(max_length=MOST_POINTS)]
SomePoints = Annotated[tuple[PointId, ...], Field(min_length=1, max_length=MOST_POINTS)]
Chosen = Annotated[str, Field(pattern=r"^[0-9]{0,9}$")]
"""An id that was chosen from a list; empty when nothing was, "0" for the backlog."""


class ShowBoard(Payload):
    """Show a page of the board of a meeting (0: of the backlog)."""

    action: Literal["show_board"] = "show_board"
    meeting: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    page: Annotated[int, Field(ge=0, le=10_000)] = 0


class ShowPoint(Payload):
    """Show all of a point, with what can be done with it."""

    action: Literal["show_point"] = "show_point"
    point: PointId


class DecidePoints(Payload):
    """Put these proposals on the agenda, make those proposals again, or put others back on the agenda.

    `to_shelf`: those of them that lay in the backlog before.
    """

    action: Literal["decide_points"] = "decide_points"
    accept: PointIds = ()
    reopen: PointIds = ()
    put_back: PointIds = ()
    to_shelf: PointIds = ()
    nonce: Nonce = ""


class DeclinePoints(Payload):
    """Take these points off, with a reason for those who proposed them."""

    action: Literal["decline_points"] = "decline_points"
    points: SomePoints
    why: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class MergePoint(Payload):
    """Let a point live on in another, chosen from a list."""

    action: Literal["merge_point"] = "merge_point"
    point: PointId
    into: Chosen = ""
    nonce: Nonce = ""


class AskPoint(Payload):
    """Ask who proposed a point something."""

    action: Literal["ask_point"] = "ask_point"
    point: PointId
    text: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class AnswerPoint(Payload):
    """Answer what was asked about one's own point."""

    action: Literal["answer_point"] = "answer_point"
    point: PointId
    text: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class MovePoints(Payload):
    """Bring these points to a meeting chosen from a list, or to the backlog."""

    action: Literal["move_points"] = "move_points"
    points: SomePoints
    where: Chosen = ""
    nonce: Nonce = ""


class ArrangePoint(Payload):
    """Who presents a point, how long it takes and its place, as typed. Saved again it changes nothing: no nonce."""

    action: Literal["arrange_point"] = "arrange_point"
    point: PointId
    presenter: FormText = ""
    minutes: FormText = ""
    position: FormText = ""


class NudgePoint(Payload):
    """Bring a point one place up or down."""

    action: Literal["nudge_point"] = "nudge_point"
    point: PointId
    down: bool = False
    nonce: Nonce = ""


BoardPayload = (
    ShowBoard
    | ShowPoint
    | DecidePoints
    | DeclinePoints
    | MergePoint
    | AskPoint
    | AnswerPoint
    | MovePoints
    | ArrangePoint
    | NudgePoint
)
