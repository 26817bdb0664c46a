"""The data of the buttons with which an agenda is composed, published and held, and a promise taken back."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import Nonce, Payload
from storage.domain.agenda import LONGEST_TITLE

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]


class ApplyAgenda(Payload):
    """Make the agenda that the bot proposes that of the meeting."""

    action: Literal["apply_agenda"] = "apply_agenda"
    meeting: Id
    nonce: Nonce = ""


class PublishAgenda(Payload):
    """Publish an agenda, or don't. `drafted`: first composed, where nobody did that, as the draft shows it."""

    action: Literal["publish_agenda"] = "publish_agenda"
    meeting: Id
    verb: Literal["send", "now", "drop"]
    drafted: bool = False
    nonce: Nonce = ""


class HoldAgenda(Payload):
    """Don't let an agenda be published by itself, or do so again."""

    action: Literal["hold_agenda"] = "hold_agenda"
    meeting: Id
    held: bool
    nonce: Nonce = ""


class MakePromise(Payload):
    """Promise to bring something to a meeting; `about` may come from the card of the gate, and may be empty."""

    action: Literal["make_promise"] = "make_promise"
    meeting: Id
    about: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    chosen: bool = False
    nonce: Nonce = ""


class DropPromise(Payload):
    """Take such a promise back. Done again it changes nothing: no nonce."""

    action: Literal["drop_promise"] = "drop_promise"
    meeting: Id
