"""The data of the buttons about actions: which are shown, and what is done with them."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import Nonce, Payload
from storage.domain.actions import LONGEST_REMARK

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
OrNone = Annotated[int, Field(ge=0, le=HIGHEST_ID)]

MOST_TOGETHER = 20
"""Actions with which the same is done at once."""


class ShowActions(Payload):
    """Show a page of what one has to do oneself, or of what is open: of a meeting, of somebody, or (0) of all."""

    action: Literal["show_actions"] = "show_actions"
    what: Literal["mine", "open"] = "mine"
    page: Annotated[int, Field(ge=0, le=100)] = 0
    meeting: OrNone = 0
    person: OrNone = 0


class DoAction(Payload):
    """Do something with actions. `to`: the day to which they move (ISO), or the id of who gets them; "" asks for it.

    `drop` asks whether it is certain, `sure` does it. `back` gives or takes back what was given away.
    """

    action: Literal["do_action"] = "do_action"
    verb: Literal["done", "reopen", "move", "pass", "drop", "sure", "escalate", "accept", "back", "keep"]
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_TOGETHER)]
    to: Annotated[str, Field(pattern=r"^(?:\d{4}-\d{2}-\d{2}|[0-9]{0,9})$")] = ""
    remark: Annotated[str, Field(max_length=LONGEST_REMARK)] = ""
    chosen: bool = False
    nonce: Nonce = ""
