"""Dialogs that Teams opens beside a conversation (task modules): only the one who opened a dialog sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from microsoft_teams.cards import TextBlock

from dialogs.cards.elements import card
from dialogs.cards.payloads import read_payload
from dialogs.cards.poll_payloads import PollPayload
from dialogs.conversations.agenda import message_action
from dialogs.conversations.polls import compose_box
from dialogs.router import route
from dialogs.texts import message_action as texts
from dialogs.texts import poll_form as poll_texts
from dialogs.turn import Card, Message, Reply, Turn
from storage.services.house import House

PUT_ON_AGENDA = "op_de_agenda"
"""The id in the manifest of the action that makes an agenda point of a message."""

POLL = "peiling"
"""That of the action that starts a poll where somebody is writing."""


@dataclass(frozen=True, slots=True)
class TaskModule:
    """A dialog: its title and what it shows."""

    title: str
    card: Card


def telling(text: str) -> TaskModule:
    """A dialog that says one thing."""
    return _shown([Message(text)], texts.TITLE)


async def opened(house: House, turn: Turn, command: str, html: str, link: str) -> TaskModule | None:
    """The dialog behind an action, chosen on a message or on none; None for an action that we don't have."""
    if command == PUT_ON_AGENDA:
        return _of(await message_action.form(house, turn, html, link), texts.TITLE)
    if command == POLL:
        return _of(await compose_box.form(house, turn), poll_texts.TITLE)
    return None


async def submitted(house: House, turn: Turn) -> TaskModule:
    """What follows on a button of a dialog: the same as in a chat."""
    of_poll = isinstance(read_payload(turn.button or {}), PollPayload)
    return _of(await route(house, turn), poll_texts.TITLE if of_poll else texts.TITLE)


def _of(reply: Reply, title: str) -> TaskModule:
    return _shown([said for said in (reply.message, reply.private, reply.also) if said is not None], title)


def _shown(said: Sequence[Message], title: str) -> TaskModule:
    """All of what is said on one card: a dialog shows no text beside it."""
    cards = [one.card for one in said if one.card is not None]
    told = [TextBlock(text=part, wrap=True) for one in said if not one.card_only for part in one.text.split("\n\n")]
    shown = dict(card(told))
    for one in cards:
        shown["body"] = [*shown["body"], *one.get("body", ())]
    actions = [action for one in cards for action in one.get("actions") or ()]
    return TaskModule(title, {**shown, "actions": actions} if actions else shown)
