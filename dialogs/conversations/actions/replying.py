"""How the bot answers about actions: to who asks alone, with what the question was about put aside."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.conversations.actions.listing import LISTED, remembered
from dialogs.texts import actions as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn
from storage.domain.actions import Action
from storage.domain.refusals import NotYours, Refusal


def whisper(text: str, card: Card | None = None) -> Reply:
    """An answer for the one who asks."""
    return Reply(private=Message(text, card))


def done_with(turn: Turn, reply: Reply, settled: Sequence[Action] = ()) -> Reply:
    """The same reply; what the bot asked is answered with it, but the list that was shown keeps its numbers.

    Without a list, what was `settled` is one: "toch niet" is about that.
    """
    pending = turn.memory.pending or ""
    if pending.partition(":")[0] == LISTED:
        return reply
    left = remembered(settled) if settled and turn.personal else ""
    return reply.remembering(replace(reply.memory or turn.memory, pending=left))


def refused(refusal: Refusal) -> Reply:
    """Why not."""
    return whisper(why(refusal))


def why(refusal: Refusal) -> str:
    """Why not, in words."""
    return texts.NOT_YOURS if isinstance(refusal, NotYours) else sentence(refusal)
