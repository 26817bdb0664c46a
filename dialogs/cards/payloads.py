"""The data that buttons carry. It comes back from the client, so it is only ever a question, never a permission."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from dialogs.cards.limits import HIGHEST_ID, LONGEST_ANSWER, LONGEST_QUESTION


class Payload(BaseModel):
    """What all buttons' data share: unknown fields are ignored, wrong ones refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")


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


Nonce = Annotated[str, Field(max_length=64)]
"""What tells a press from others of the same button: what changes something carries one, and so is done once."""


class AskCoordinator(Payload):
    """Pass on to the coordinator what the bot could not answer."""

    action: Literal["ask_coordinator"] = "ask_coordinator"
    text: Annotated[str, Field(max_length=LONGEST_QUESTION)]
    nonce: Nonce = ""


class AnswerAsked(Payload):
    """The coordinator's answer to a question that was passed on."""

    action: Literal["answer_asked"] = "answer_asked"
    asked: Annotated[int, Field(ge=1, le=HIGHEST_ID)]
    answer: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    faq: Annotated[str, Field(max_length=10)] = ""
    wording: Annotated[str, Field(max_length=LONGEST_QUESTION)] = ""
    also: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""


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


AnyPayload = (
    AskAboutMeeting
    | AskExample
    | AskAboutPerson
    | TellOrganisation
    | AskCoordinator
    | AnswerAsked
    | DecideAnnouncement
    | ManageNotices
)

_ADAPTER: TypeAdapter[AnyPayload] = TypeAdapter(Annotated[AnyPayload, Field(discriminator="action")])


def read_payload(data: Mapping[str, Any]) -> AnyPayload | None:
    """The payload in a button's data; None when it is not one of ours."""
    try:
        return _ADAPTER.validate_python(dict(data))
    except ValidationError:
        return None
