"""The card on which an author rewords a text in which somebody can be recognised."""

from collections.abc import Mapping
from typing import Any

from microsoft_teams.cards import SubmitAction, TextInput

from dialogs.cards.elements import button, card
from dialogs.cards.gate_payloads import DropText
from dialogs.cards.limits import LONGEST_ANSWER
from dialogs.cards.payloads import Payload
from dialogs.texts import gate as texts
from dialogs.turn import Card

GATED = "gated"
"""What marks the data of a button on this card: the field whose text comes back."""


def gate_card(text: str, field: str, buttons: Mapping[str, Payload], nonce: str) -> Card:
    """The text to reword, and buttons by their labels, whose payloads take what is in the field."""
    longest = max((longest_of(payload, field) for payload in buttons.values()), default=LONGEST_ANSWER)
    typed = TextInput(id=field, label=texts.LABEL, value=text[:longest], is_multiline=True, max_length=longest)
    keep = [_button(label, payload, field) for label, payload in buttons.items()]
    return card([typed], [*keep, button(texts.BUTTON_DROP, DropText(nonce=f"{nonce}-drop"))])


def longest_of(payload: Payload, field: str) -> int:
    """The characters that this field of a payload takes."""
    known = type(payload).model_fields.get(field)
    limits = (getattr(one, "max_length", None) for one in (known.metadata if known else ()))
    return next((one for one in limits if isinstance(one, int)), LONGEST_ANSWER)


def _button(label: str, payload: Payload, field: str) -> SubmitAction:
    data: dict[str, Any] = {**payload.model_dump(exclude={field}), GATED: field}
    return SubmitAction(title=label, data=data)
