"""The data of the buttons with which a meeting is closed, and the invitation of an expert followed up."""

import re
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator

from dialogs.cards.limits import HIGHEST_ID, LONGEST_NAME
from dialogs.cards.payload import Nonce, Payload

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
Typed = Annotated[str, Field(max_length=LONGEST_NAME)]

_MARKED = re.compile(r"p([1-9][0-9]{0,9})")
_ANSWERS = {"true": True, "false": False}


class SettlePoints(Payload):
    """Which points of a meeting were discussed: each toggle is called `p` and a point's id. Again: it corrects."""

    model_config = ConfigDict(frozen=True, extra="allow")

    action: Literal["settle_points"] = "settle_points"
    meeting: Id

    @model_validator(mode="after")
    def _only_answers(self) -> "SettlePoints":
        if any(not isinstance(value, str) or value not in _ANSWERS for value in self._given.values()):
            raise ValueError("unknown answer")
        return self

    @property
    def discussed(self) -> dict[int, bool]:
        """Whether each point was discussed, by id."""
        return {point: _ANSWERS[str(value)] for point, value in self._given.items()}

    @property
    def _given(self) -> dict[int, object]:
        extra = self.model_extra or {}
        return {int(found.group(1)): value for name, value in extra.items() if (found := _MARKED.fullmatch(name))}


class ShowClosing(Payload):
    """Show again what became of the points of a meeting, to correct it."""

    action: Literal["show_closing"] = "show_closing"
    meeting: Id


class ShowExpert(Payload):
    """The invitation for a point: the mail to copy, or the form for who comes."""

    action: Literal["show_expert"] = "show_expert"
    point: Id
    what: Literal["mail", "form"] = "mail"


class SetExpert(Payload):
    """How far the invitation for a point is; who comes, as typed on a form."""

    action: Literal["set_expert"] = "set_expert"
    point: Id
    state: Literal["to_invite", "invited", "yes", "no"]
    name: Typed = ""
    organisation: Typed = ""
    email: Typed = ""
    nonce: Nonce = ""
