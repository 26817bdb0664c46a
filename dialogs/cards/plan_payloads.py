"""The data of the buttons with which a coordinator plans; what is typed on a form comes back as it is."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload

LONGEST_FIELD = 6_000
"""Characters of one field as they may come back: more than may be kept, so that it can be said."""


def _typed(value: object) -> object:
    """Clients send a number field as a number or as text, and an empty one as nothing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


FormText = Annotated[str, BeforeValidator(_typed), Field(max_length=LONGEST_FIELD)]
MeetingId = Annotated[int, Field(ge=1, le=HIGHEST_ID)]


class PlanForm(Payload):
    """The fields of a meeting's form."""

    kind: FormText = ""
    title: FormText = ""
    day: FormText = ""
    starts: FormText = ""
    ends: FormText = ""
    last_day: FormText = ""
    place: FormText = ""
    address: FormText = ""
    room: FormText = ""
    online_url: FormText = ""
    themes: FormText = ""
    capacity: FormText = ""
    fee: FormText = ""
    register_until: FormText = ""
    agenda_until: FormText = ""
    organiser: FormText = ""
    note_taker: FormText = ""
    audience: FormText = ""
    guests: FormText = ""
    practical: FormText = ""
    for_whom: FormText = ""
    description: FormText = ""
    chosen: ChosenFields = ""


class MakeMeeting(PlanForm):
    """Make the meeting of the form; with the sessions of `copy_of` (0: of none). The same one is never made twice."""

    action: Literal["make_meeting"] = "make_meeting"
    copy_of: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0


class SaveMeeting(PlanForm):
    """Show what the form would change of a meeting. It changes nothing yet, and so may be pressed again."""

    action: Literal["save_meeting"] = "save_meeting"
    meeting: MeetingId


class ChangeMeeting(Payload):
    """Change these fields of a meeting's form, after it was shown what that does.

    `text` is the one called `text_of`, where its author reworded it on a card of its own.
    """

    action: Literal["change_meeting"] = "change_meeting"
    meeting: MeetingId
    values: Annotated[dict[Annotated[str, Field(max_length=20)], FormText], Field(max_length=30)]
    text_of: Annotated[str, Field(max_length=20)] = ""
    text: FormText = ""
    chosen: ChosenFields = ""
    nonce: Nonce = ""


class CancelMeeting(Payload):
    """Cancel a meeting."""

    action: Literal["cancel_meeting"] = "cancel_meeting"
    meeting: MeetingId
    why: FormText = ""
    chosen: bool = False
    nonce: Nonce = ""


class KeepPlan(Payload):
    """Change nothing after all."""

    action: Literal["keep_plan"] = "keep_plan"


class MakeSeries(PlanForm):
    """Make the meetings of a series on `days`: ISO days with commas between them. None of them is made twice."""

    action: Literal["make_series"] = "make_series"
    days: FormText = ""
    choices: FormText = ""
