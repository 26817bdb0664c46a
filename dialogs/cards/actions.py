"""Cards of actions: each with what one can do with it, and buttons under what was asked or done."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import ActionSet, CardElement, Container, TextBlock

from dialogs.cards.action_payloads import DoAction, ShowActions
from dialogs.cards.elements import button, card, heading
from dialogs.cards.payloads import Payload
from dialogs.texts import actions as texts
from dialogs.texts.words import MayTell
from dialogs.turn import Card
from storage.domain.actions import Action
from storage.domain.people import Viewer

MOST_SHOWN = 6
"""Actions on one card."""

_ROW = (("done", texts.BUTTON_DONE), ("move", texts.BUTTON_MOVE), ("pass", texts.BUTTON_PASS))


def actions_card(
    head: str,
    actions: Sequence[Action],
    today: date,
    viewer: Viewer,
    may_tell: MayTell,
    nonce: str,
    first: int = 1,
    more: ShowActions | None = None,
) -> Card:
    """Actions, numbered from `first` (0: not at all), each with buttons where the viewer may use them; `more` shows
    the next ones.
    """
    body: list[CardElement] = [*heading(head)]
    for number, action in enumerate(actions[:MOST_SHOWN], first):
        body.append(_row(action, f"{number}. " if first else "", today, viewer, may_tell, nonce))
    return card(body, [button(texts.BUTTON_MORE, more)] if more else [])


def _row(action: Action, number: str, today: date, viewer: Viewer, may_tell: MayTell, nonce: str) -> CardElement:
    small = texts.details(action, today, viewer, may_tell)
    items: list[CardElement] = [
        TextBlock(text=f"{number}{texts.shown(action)}", wrap=True, weight="Bolder"),
        TextBlock(text=small, wrap=True, size="Small", is_subtle=True, spacing="None"),
    ]
    if action.may_be_settled_by(viewer):
        items.append(ActionSet(actions=[button(label, does(verb, [action], nonce)) for verb, label in _ROW]))
    return Container(items=items, separator=True)


def does(verb: str, actions: Sequence[Action], nonce: str, to: str = "") -> DoAction:
    """What a button does with actions."""
    ids = [one.id for one in actions]
    told = {"verb": verb, "ids": ids, "to": to, "nonce": f"{nonce}-{verb}-{ids[0]}-{to}"[:64]}
    return DoAction.model_validate(told)


def buttons_card(buttons: Sequence[tuple[str, Payload]]) -> Card:
    """Buttons under a text: pairs of label and what it does."""
    return card([], [button(label, payload) for label, payload in buttons])
