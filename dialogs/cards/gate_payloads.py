"""The data of the button that drops a text in which somebody can be recognised."""

from typing import Literal

from dialogs.cards.payload import Nonce, Payload


class DropText(Payload):
    """Keep nothing of a text that was held back."""

    action: Literal["drop_text"] = "drop_text"
    nonce: Nonce = ""
