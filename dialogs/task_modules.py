"""Dialogs that Teams opens beside a conversation (task modules): only the one who opened a dialog sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from microsoft_teams.cards import TextBlock

from dialogs.cards.elements import card
from dialogs.conversations.agenda import message_action
from dialogs.router import route
from dialogs.texts import message_action as texts
from dialogs.turn import Card, Message, Reply, Turn
from storage.services.house import House

PUT_ON_AGENDA = "op_de_agenda"
"""The id in the manifest of the action that makes an agenda point of a message."""


@dataclass(frozen=True, slots=True)
class TaskModule:
    """A dialog: its title and what it shows."""

    title: str
    card: Card


def telling(text: str) -> TaskModule:
    """A dialog that says one thing."""
    return _shown([Message(text)])


async def opened(house: House, turn: Turn, command: str, html: str, link: str) -> TaskModule | None:
    """The dialog behind an action, chosen on a message or on none; None for an action that we don't have."""
    if command != PUT_ON_AGENDA:
        return None
    return _of(await message_action.form(house, turn, html, link))


async def submitted(house: House, turn: Turn) -> TaskModule:
    """What follows on a button of a dialog: the same as in a chat."""
    return _of(await route(house, turn))


def _of(reply: Reply) -> TaskModule:
    return _shown([said for said in (reply.message, reply.private, reply.also) if said is not None])


def _shown(said: Sequence[Message]) -> TaskModule:
    """All of what is said on one card: a dialog shows no text beside it."""
    cards = [one.card for one in said if one.card is not None]
    told = [TextBlock(text=part, wrap=True) for one in said if not one.card_only for part in one.text.split("\n\n")]
    shown = dict(card(told))
    for one in cards:
        shown["body"] = [*shown["body"], *one.get("body", ())]
    actions = [action for one in cards for action in one.get("actions") or ()]
    return TaskModule(texts.TITLE, {**shown, "actions": actions} if actions else shown)
