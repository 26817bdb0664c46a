"""What the data of all buttons share."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Payload(BaseModel):
    """What all buttons' data share: unknown fields are ignored, wrong ones refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")


Nonce = Annotated[str, Field(max_length=64)]
"""What tells a press from others of the same button: what changes something carries one, and so is done once."""

ChosenFields = Annotated[str, Field(max_length=200)]
"""The fields, with spaces between them, whose texts their author keeps as they are though somebody stands in them."""
