"""The data of the buttons with which one objects to a report, and with which that is settled and a report approved."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import Nonce, Payload
from storage.domain.approving import LONGEST_OBJECTION

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
Text = Annotated[str, Field(max_length=LONGEST_OBJECTION)]


class ObjectLine(Payload):
    """Object to a line of a report; to the whole without a line. `text` is typed on the card."""

    action: Literal["object_line"] = "object_line"
    meeting: Id
    line: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    text: Text = ""
    chosen: bool = False
    nonce: Nonce = ""


class SettleObjection(Payload):
    """Take an objection over, with `text` as what the line is to say, or leave it."""

    action: Literal["settle_objection"] = "settle_objection"
    objection: Id
    verb: Literal["take", "leave"]
    text: Text = ""
    chosen: bool = False
    nonce: Nonce = ""


class ApproveReport(Payload):
    """A report is approved, also with open objections (`anyway`), or isn't, or is open again."""

    action: Literal["approve_report"] = "approve_report"
    meeting: Id
    verb: Literal["approve", "anyway", "leave", "reopen"]
    in_meeting: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    nonce: Nonce = ""


class ShowObjections(Payload):
    """Show what people object to a report, and its versions."""

    action: Literal["show_objections"] = "show_objections"
    meeting: Id
