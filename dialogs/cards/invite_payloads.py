"""The data of the buttons with which a coordinator invites, and sets what goes out by itself."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload
from dialogs.cards.plan_payloads import FormText


class DecideInvitation(Payload):
    """Invite everybody to a meeting, or don't."""

    action: Literal["decide_invitation"] = "decide_invitation"
    meeting: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    verb: Literal["send", "now", "drop"]
    nonce: Nonce = ""


class DecideRule(Payload):
    """Set the rule that one drafted, or don't. `kind` is a kind of meeting, or "*" for all."""

    action: Literal["decide_rule"] = "decide_rule"
    kind: Annotated[str, Field(max_length=20)]
    name: Annotated[str, Field(max_length=40)]
    yes: bool
    nonce: Nonce = ""


class DraftRule(Payload):
    """Show a rule again before it is set, in the words that its author chose."""

    action: Literal["draft_rule"] = "draft_rule"
    kind: Annotated[str, Field(max_length=20)]
    name: Annotated[str, Field(max_length=40)]
    text: FormText = ""
    chosen: bool = False


class SaveRules(Payload):
    """The rules of one kind of meeting as they stand on a form."""

    action: Literal["save_rules"] = "save_rules"
    kind: Annotated[str, Field(max_length=20)]
    reminder_days: FormText = ""
    nudge_days: FormText = ""
    invitation_text: FormText = ""
    nudge_text: FormText = ""
    reminder_text: FormText = ""
    agenda_days: FormText = ""
    agenda_draft_days: FormText = ""
    case_days: FormText = ""
    carry_most: FormText = ""
    action_days: FormText = ""
    action_last_days: FormText = ""
    action_late_days: FormText = ""
    summary_when: FormText = ""
    approve_days: FormText = ""
    input_text: FormText = ""
    chosen: ChosenFields = ""
    nonce: Nonce = ""
