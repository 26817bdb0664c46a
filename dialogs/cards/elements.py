"""The few elements our cards are made of, in one look."""

from collections.abc import Sequence
from typing import Any

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    CardElement,
    ExecuteAction,
    Fact,
    FactSet,
    OpenUrlAction,
    SubmitAction,
    TextBlock,
)

from dialogs.cards.limits import LONGEST_LABEL, MOST_BUTTONS
from dialogs.cards.payloads import Payload
from dialogs.turn import Card


def card(body: Sequence[CardElement], actions: Sequence[Action] = ()) -> Card:
    """A card as JSON, in Dutch."""
    built = AdaptiveCard(body=list(body), actions=list(actions)[:MOST_BUTTONS] or None, lang="nl", version="1.5")
    dumped: dict[str, Any] = built.model_dump(by_alias=True, exclude_none=True)
    return dumped


def heading(text: str, subtle: str | None = None) -> list[CardElement]:
    """A title with a small line above it."""
    above: list[CardElement] = [TextBlock(text=subtle, size="Small", is_subtle=True, wrap=True)] if subtle else []
    return [*above, TextBlock(text=text, size="Medium", weight="Bolder", wrap=True, spacing="None", style="heading")]


def paragraph(text: str) -> CardElement:
    """Running text."""
    return TextBlock(text=text, wrap=True, spacing="Small")


def facts(rows: Sequence[tuple[str, str | None]]) -> list[CardElement]:
    """Facts in two columns; those without a value are left out."""
    known = [Fact(title=name, value=value) for name, value in rows if value]
    return [FactSet(facts=known, spacing="Small")] if known else []


def button(label: str, payload: Payload, exclude: frozenset[str] = frozenset()) -> Action:
    """A button that sends its payload; without the fields that are inputs on the card."""
    return SubmitAction(title=fitting(label), data=payload.model_dump(mode="json", exclude=set(exclude)))


def execute(label: str, payload: Payload, *, exclude: frozenset[str] = frozenset(), more: bool = False) -> Action:
    """A button whose card may become another for who presses it; `more`: it stands behind "…".

    Clients that don't know such buttons send the same as any other.
    """
    data = {
        "action": type(payload).model_fields["action"].default,
        **payload.model_dump(mode="json", exclude_defaults=True, exclude=set(exclude)),
    }
    mode = "secondary" if more else None
    old = SubmitAction(title=fitting(label), data=data, mode=mode)
    return ExecuteAction(title=fitting(label), verb=data["action"], data=data, mode=mode, fallback=old)


def small(text: str) -> CardElement:
    """A line that says something by the way."""
    return TextBlock(text=text, wrap=True, size="Small", is_subtle=True, spacing="Small")


def fitting(label: str) -> str:
    """A label as long as fits on a button."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def link(label: str, url: str) -> Action:
    """A button that opens an address."""
    return OpenUrlAction(title=label, url=url)
