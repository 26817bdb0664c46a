"""The data of the buttons with which people propose agenda points, prepare a case, support and comment."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload
from dialogs.cards.plan_payloads import FormText

MeetingOrNone = Annotated[int, Field(ge=0, le=HIGHEST_ID)]
PointId = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
PointOrNone = Annotated[int, Field(ge=0, le=HIGHEST_ID)]


class SavePoint(Payload):
    """Propose the point of a form, or change `point` (0: a new one) into it.

    `where` is a meeting's id, or "" for the backlog; `minutes` a number, both as typed. `month`: the first day of the
    month it is meant for, `presenter` and `recurring` as a sentence said them; they are no fields of the form.
    `chosen` names the fields whose words their author wants kept as they are.
    """

    action: Literal["save_point"] = "save_point"
    title: FormText = ""
    kind: FormText = ""
    explanation: FormText = ""
    minutes: FormText = ""
    link: FormText = ""
    where: FormText = ""
    month: Annotated[str, Field(pattern=r"^(?:20[0-9]{2}-[01][0-9]-01)?$")] = ""
    presenter: FormText = ""
    recurring: bool = False
    point: PointOrNone = 0
    chosen: ChosenFields = ""
    nonce: Nonce = ""


POINT_FIELDS = frozenset({"title", "kind", "explanation", "minutes", "link", "where"})
"""The fields of SavePoint that are inputs on its form."""


class ShowPointForm(Payload):
    """Show the form of a point: of an existing one, or an empty one for a meeting (0: for the backlog)."""

    action: Literal["show_point_form"] = "show_point_form"
    point: PointOrNone = 0
    meeting: MeetingOrNone = 0
    kind: FormText = ""


class TakeBackPoint(Payload):
    """Withdraw one's own point, or bring back what was withdrawn."""

    action: Literal["take_back_point"] = "take_back_point"
    point: PointId
    verb: Literal["withdraw", "restore"] = "withdraw"
    nonce: Nonce = ""


class SupportPoint(Payload):
    """Would like this point as well, or rather not any more."""

    action: Literal["support_point"] = "support_point"
    point: PointId
    yes: bool = True
    nonce: Nonce = ""


class CommentPoint(Payload):
    """Say something about a point."""

    action: Literal["comment_point"] = "comment_point"
    point: PointId
    text: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class StartCase(Payload):
    """Prepare a case step by step, or go on where one was."""

    action: Literal["start_case"] = "start_case"
    point: PointId


class CaseStep(Payload):
    """Go to a step of the case, or stop for now; `step` counts from 0, one after the last shows all of it."""

    action: Literal["case_step"] = "case_step"
    point: PointId
    step: Annotated[int, Field(ge=0, le=4)] = 0
    verb: Literal["show", "stop", "form"] = "show"


class TellCase(Payload):
    """One part of a case, in other words after the first ones were not kept."""

    action: Literal["tell_case"] = "tell_case"
    point: PointId
    step: Annotated[int, Field(ge=0, le=3)] = 0
    text: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class SaveCase(Payload):
    """Keep a prepared case with its point; with `form` the four parts as they stand on the form."""

    action: Literal["save_case"] = "save_case"
    point: PointId
    form: bool = False
    situation: FormText = ""
    question: FormText = ""
    tried: FormText = ""
    wished: FormText = ""
    chosen: ChosenFields = ""
    nonce: Nonce = ""
