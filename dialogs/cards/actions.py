"""Cards of actions: each with what one can do with it, and buttons under what was asked or done."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import ActionSet, CardElement, Container, TextBlock

from dialogs.cards.action_payloads import DoAction, ShowActions
from dialogs.cards.elements import button, card, heading
from dialogs.cards.payloads import Payload
from dialogs.texts import actions as texts
from dialogs.texts.words import MayTell, capital
from dialogs.turn import Card
from storage.domain.actions import Action
from storage.domain.people import Viewer
from storage.domain.reports import may_correct

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
    own: bool = True,
) -> Card:
    """Actions, numbered from `first` (0: not at all), each with buttons where the viewer may use them.

    `more` shows the next ones; `own`: it is the viewer's own list, in which their name need not stand.
    """
    body: list[CardElement] = [*heading(head)]
    for number, action in enumerate(actions[:MOST_SHOWN], first):
        small = texts.details(action, today, viewer if own else None, may_tell)
        body.append(_row(action, f"{number}\\. " if first else "", small, viewer, nonce))
    return card(body, [button(texts.BUTTON_MORE, more)] if more else [])


def _row(action: Action, number: str, small: str, viewer: Viewer, nonce: str) -> CardElement:
    items: list[CardElement] = [
        TextBlock(text=f"{number}{capital(texts.shown(action))}", wrap=True, weight="Bolder"),
        TextBlock(text=small, wrap=True, size="Small", is_subtle=True, spacing="None"),
    ]
    if action.may_be_settled_by(viewer):
        row = [one for one in _ROW if one[0] != "pass" or _may_pass(action, viewer)]
        items.append(ActionSet(actions=[button(label, does(verb, [action], nonce)) for verb, label in row]))
    return Container(items=items, separator=True)


def _may_pass(action: Action, viewer: Viewer) -> bool:
    """What is the group's is given to one of them by who runs the meeting only."""
    return action.is_of(viewer) or may_correct(viewer, action.meeting)


def does(verb: str, actions: Sequence[Action], nonce: str, to: str = "") -> DoAction:
    """What a button does with actions."""
    ids = [one.id for one in actions]
    told = {"verb": verb, "ids": ids, "to": to, "nonce": f"{nonce}-{verb}-{ids[0]}-{to}"[:64]}
    return DoAction.model_validate(told)


def buttons_card(buttons: Sequence[tuple[str, Payload]]) -> Card:
    """Buttons under a text: pairs of label and what it does."""
    return card([], [button(label, payload) for label, payload in buttons])
