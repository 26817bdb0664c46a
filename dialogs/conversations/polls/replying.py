"""How the bot answers about polls: where it was asked, or to who asks alone."""

from dialogs.texts import poll_managing as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Card, Message, Reply, Turn, say
from storage.domain.refusals import NotYours, Refusal


def told(turn: Turn, text: str, card: Card | None = None) -> Reply:
    """An answer where the question was asked; to a button in company, to who pressed it alone."""
    return quietly(turn, text, card) if turn.personal or turn.button is not None else say(text, card)


def quietly(turn: Turn, text: str, card: Card | None = None) -> Reply:
    """An answer for who asks; where they pressed a button in company, without a word to the others."""
    message = Message(text, card)
    beside = turn.button is not None and not turn.personal and not turn.in_place
    return Reply(also=message) if beside else Reply(private=message)


def refused(turn: Turn, refusal: Refusal) -> Reply:
    """Why not, for who asked."""
    return quietly(turn, why(refusal))


def why(refusal: Refusal) -> str:
    """Why not, in words."""
    return texts.NOT_YOURS if isinstance(refusal, NotYours) else sentence(refusal)
