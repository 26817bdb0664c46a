"""The data that buttons carry. It comes back from the client, so it is only ever a question, never a permission."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from dialogs.cards.action_payloads import DoAction, ShowActions
from dialogs.cards.agenda_payloads import ApplyAgenda, DropPromise, HoldAgenda, MakePromise, PublishAgenda
from dialogs.cards.approval_payloads import ApproveReport, ObjectLine, SettleObjection, ShowObjections
from dialogs.cards.board_payloads import BoardPayload
from dialogs.cards.closing_payloads import SetExpert, SettlePoints, ShowClosing, ShowExpert
from dialogs.cards.gate_payloads import DropText
from dialogs.cards.invite_payloads import DecideInvitation, DecideRule, DraftRule, SaveRules
from dialogs.cards.limits import HIGHEST_ID, LONGEST_ANSWER, LONGEST_NAME, LONGEST_QUESTION, MOST_PEOPLE
from dialogs.cards.note_payloads import NotePayload
from dialogs.cards.payload import ChosenFields
from dialogs.cards.payload import Nonce as Nonce  # noqa: PLC0414 - found here by all who make buttons
from dialogs.cards.payload import Payload as Payload  # noqa: PLC0414
from dialogs.cards.plan_payloads import CancelMeeting, ChangeMeeting, KeepPlan, MakeMeeting, MakeSeries, SaveMeeting
from dialogs.cards.point_payloads import (
    CaseStep,
    CommentPoint,
    SaveCase,
    SavePoint,
    ShowPointForm,
    StartCase,
    SupportPoint,
    TakeBackPoint,
    TellCase,
)
from dialogs.cards.poll_payloads import PollPayload
from dialogs.cards.search_payloads import ShowHits
from dialogs.cards.session_payloads import (
    AddSession,
    ChooseSession,
    LeaveSession,
    LeaveSharing,
    RankSessions,
    SeatSomebody,
    SetSessionWay,
    ShareSessions,
    TickPaid,
)
from dialogs.cards.summary_payloads import SummaryPayload


class AskAboutMeeting(Payload):
    """Ask something of one meeting. `intent` is the id of a question, `text` what was asked in words, if it was."""

    action: Literal["ask_meeting"] = "ask_meeting"
    intent: Annotated[str, Field(max_length=40)]
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    text: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""


class AskExample(Payload):
    """Ask one of the examples, as if it was typed."""

    action: Literal["ask_example"] = "ask_example"
    text: Annotated[str, Field(max_length=LONGEST_QUESTION)]


class AskAboutPerson(Payload):
    """Ask something of one person."""

    action: Literal["ask_person"] = "ask_person"
    intent: Annotated[str, Field(max_length=40)]
    person: Annotated[int, Field(ge=1, le=HIGHEST_ID)]


class TellOrganisation(Payload):
    """Tell one's own organisation; empty or "0" when it is not in the list."""

    action: Literal["tell_organisation"] = "tell_organisation"
    organisation: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""


class AskCoordinator(Payload):
    """Pass on to the coordinator what the bot could not answer."""

    action: Literal["ask_coordinator"] = "ask_coordinator"
    text: Annotated[str, Field(max_length=LONGEST_ANSWER)]
    chosen: bool = False
    nonce: Nonce = ""


class AnswerAsked(Payload):
    """The coordinator's answer to a question that was passed on."""

    action: Literal["answer_asked"] = "answer_asked"
    asked: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    answer: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    faq: Annotated[str, Field(max_length=10)] = ""
    wording: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    also: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    chosen: ChosenFields = ""


class DraftAnnouncement(Payload):
    """Show an announcement again before it is sent, in the words that its author chose."""

    action: Literal["draft_announcement"] = "draft_announcement"
    text: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    to_channel: bool = False
    chosen: bool = False


class DecideAnnouncement(Payload):
    """Send a drafted announcement, or don't."""

    action: Literal["decide_announcement"] = "decide_announcement"
    announcement: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    verb: Literal["send", "now", "drop"]
    nonce: Nonce = ""


class ManageNotices(Payload):
    """Do something with what is planned. `number` is the group's first notice."""

    action: Literal["manage_notices"] = "manage_notices"
    number: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    verb: Literal["show", "now", "hold", "resume", "cancel", "cancel_sure", "keep", "again"]
    nonce: Nonce = ""


Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_PEOPLE)]


class Enrol(Payload):
    """Register these people: oneself, or others by a coordinator."""

    action: Literal["enrol"] = "enrol"
    meeting: Id
    people: Ids
    nonce: Nonce = ""


class SignOff(Payload):
    """These people can't come. `reason` only stands on the card of the coordinator who gave it."""

    action: Literal["sign_off"] = "sign_off"
    meeting: Id
    people: Ids
    reason: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    chosen: bool = False
    nonce: Nonce = ""


class TellReason(Payload):
    """Why somebody can't come, typed on a card; may be empty."""

    action: Literal["tell_reason"] = "tell_reason"
    meeting: Id
    person: Id
    reason: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    chosen: bool = False


class TakeBack(Payload):
    """Undo the registration of these people, or take them off the waiting list; `waiting`: only while they wait."""

    action: Literal["take_back"] = "take_back"
    meeting: Id
    people: Ids
    waiting: bool = False
    nonce: Nonce = ""


class StepIn(Payload):
    """`by` comes in the place of `person`."""

    action: Literal["step_in"] = "step_in"
    meeting: Id
    person: Id
    by: Id
    nonce: Nonce = ""


class BringGuest(Payload):
    """Somebody from outside the network comes along, or in the place of `instead_of` (0: of nobody)."""

    action: Literal["bring_guest"] = "bring_guest"
    meeting: Id
    instead_of: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    organisation: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    email: Annotated[str, Field(max_length=LONGEST_NAME)] = ""


class DecideSeat(Payload):
    """Take a seat that is offered, or don't."""

    action: Literal["decide_seat"] = "decide_seat"
    meeting: Id
    verb: Literal["accept", "decline"]
    nonce: Nonce = ""


def _day_or_nothing(text: str) -> str:
    """Refuses what is no ISO day."""
    return date.fromisoformat(text).isoformat() if text else ""


class ChangeSeats(Payload):
    """Change what decides who gets a seat. `number` None stands for no limit; `until` is an ISO day or empty.

    `session` is the one whose capacity it is; 0 for the whole meeting's.
    """

    action: Literal["change_seats"] = "change_seats"
    meeting: Id
    verb: Literal["capacity", "limit", "close", "reopen"]
    number: Annotated[int | None, Field(ge=0, le=HIGHEST_ID)] = None
    until: Annotated[str, Field(max_length=10), AfterValidator(_day_or_nothing)] = ""
    session: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    nonce: Nonce = ""


class LetBe(Payload):
    """Leave things as they are, after the bot asked whether to change them."""

    action: Literal["let_be"] = "let_be"
    nonce: Nonce = ""


class ShowRoll(Payload):
    """Show a page of a meeting's full list, or of the card on which one ticks who is there."""

    action: Literal["show_roll"] = "show_roll"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    page: Annotated[int, Field(ge=0, le=10_000)] = 0
    what: Literal["list", "tick", "walk_in"] = "list"


class TickRoll(Payload):
    """Who is there of a page: each input is called `p` and a person's id. Saved again it is corrected: no nonce."""

    model_config = ConfigDict(frozen=True, extra="allow")

    action: Literal["tick_roll"] = "tick_roll"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    page: Annotated[int, Field(ge=0, le=10_000)] = 0

    @model_validator(mode="after")
    def _only_marks(self) -> "TickRoll":
        if any(not isinstance(value, str) or value not in MARKS for value in self._given.values()):
            raise ValueError("unknown mark")
        return self

    @property
    def marks(self) -> dict[int, str]:
        """The mark of each person, by id; who got none is left out."""
        return {person: str(value) for person, value in self._given.items() if value}

    @property
    def _given(self) -> dict[int, object]:
        extra = self.model_extra or {}
        return {int(found.group(1)): value for name, value in extra.items() if (found := _MARKED.fullmatch(name))}


MARKS = frozenset({"attended", "excused", "absent", ""})
_MARKED = re.compile(r"p([1-9][0-9]{0,9})")


class AddWalkIn(Payload):
    """Somebody was there without a registration: a name of the network, or a guest's name, organisation and mail."""

    action: Literal["add_walk_in"] = "add_walk_in"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    name: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    organisation: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    email: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""


class ConfirmWalkIn(Payload):
    """Whether people who are not on the list were there after all."""

    action: Literal["confirm_walk_in"] = "confirm_walk_in"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    people: Annotated[list[Annotated[int, Field(ge=1, le=HIGHEST_ID)]], Field(max_length=10)]
    yes: bool
    nonce: Nonce = ""


class NoteRemark(Payload):
    """A remark about somebody on a list; `who` is the person's id, chosen on the card."""

    action: Literal["note_remark"] = "note_remark"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    page: Annotated[int, Field(ge=0, le=10_000)] = 0
    who: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""
    remark: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    chosen: bool = False


AnyPayload = (
    AskAboutMeeting
    | DropText
    | DraftAnnouncement
    | DraftRule
    | BoardPayload
    | SummaryPayload
    | NotePayload
    | PollPayload
    | ObjectLine
    | SettleObjection
    | ApproveReport
    | ShowObjections
    | AskExample
    | AskAboutPerson
    | TellOrganisation
    | AskCoordinator
    | AnswerAsked
    | DecideAnnouncement
    | ManageNotices
    | DecideInvitation
    | DecideRule
    | SaveRules
    | ShowRoll
    | TickRoll
    | AddWalkIn
    | ConfirmWalkIn
    | NoteRemark
    | Enrol
    | SignOff
    | TellReason
    | TakeBack
    | StepIn
    | BringGuest
    | DecideSeat
    | ChangeSeats
    | LetBe
    | AddSession
    | ChooseSession
    | LeaveSession
    | RankSessions
    | SeatSomebody
    | ShareSessions
    | SetSessionWay
    | LeaveSharing
    | TickPaid
    | MakeMeeting
    | SaveMeeting
    | ChangeMeeting
    | CancelMeeting
    | KeepPlan
    | MakeSeries
    | ApplyAgenda
    | PublishAgenda
    | HoldAgenda
    | MakePromise
    | DropPromise
    | SavePoint
    | ShowPointForm
    | TakeBackPoint
    | SettlePoints
    | ShowClosing
    | ShowExpert
    | SetExpert
    | SupportPoint
    | CommentPoint
    | StartCase
    | CaseStep
    | TellCase
    | SaveCase
    | ShowHits
    | ShowActions
    | DoAction
)

_ADAPTER: TypeAdapter[AnyPayload] = TypeAdapter(Annotated[AnyPayload, Field(discriminator="action")])


def read_payload(data: Mapping[str, Any]) -> AnyPayload | None:
    """The payload in a button's data; None when it is not one of ours."""
    try:
        return _ADAPTER.validate_python(dict(data))
    except ValidationError:
        return None
