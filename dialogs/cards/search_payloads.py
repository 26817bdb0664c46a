"""The data of the button under what was found."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.payload import Payload
from storage.domain.searching import LONGEST_QUESTION


class ShowHits(Payload):
    """Show more of what was found for a question, from the hit with this number on, the first being 0."""

    action: Literal["show_hits"] = "show_hits"
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
    first: Annotated[int, Field(ge=0, le=60)] = 0
    decided: bool = False
