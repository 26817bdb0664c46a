"""Polls that are not there yet: what somebody said of one, until it is sent; never written down."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.turn import Reply, Turn
from storage.domain.polls import NewPoll

KEPT_FOR = timedelta(hours=1)
MOST_KEPT = 500

LONGEST_PENDING = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A poll in the making, the fields whose texts stay as they are, and when it was said."""

    poll: NewPoll
    chosen: str
    at: datetime


_drafts: OrderedDict[str, Draft] = OrderedDict()
"""The latest drafts, for what is typed about them. Whose is gone has its buttons, which hold it."""


_tried: OrderedDict[tuple[int, str], datetime] = OrderedDict()
"""Who wanted to start a poll in which conversation, where its text has to be reworded in their own chat first."""


def tries(turn: Turn, poll: NewPoll) -> None:
    """Remember that this person wants to start a poll there."""
    if turn.viewer.person is not None and poll.conversation_id:
        _tried[turn.viewer.person.id, poll.conversation_id] = turn.now
    while len(_tried) > MOST_KEPT:
        _tried.popitem(last=False)


def tried(turn: Turn, conversation_id: str) -> bool:
    """Whether they did, a while ago at most: what a button says of where it came from is not to be trusted."""
    at = _tried.get((turn.viewer.person.id, conversation_id)) if turn.viewer.person is not None else None
    return at is not None and turn.now - at <= KEPT_FOR


def remembered(turn: Turn, reply: Reply, what: str, poll: NewPoll, chosen: str = "") -> Reply:
    """The same reply; what is typed next is about this draft."""
    _drafts[turn.id] = Draft(poll, chosen, turn.now)
    while len(_drafts) > MOST_KEPT or turn.now - next(iter(_drafts.values())).at > KEPT_FOR:
        _drafts.popitem(last=False)
    return reply.remembering(replace(turn.memory, pending=f"{what}:{turn.id}"[:LONGEST_PENDING]))


def kept(turn: Turn, token: str) -> Draft | None:
    """The draft that a question of the bot was about; None when it is too long ago."""
    found = _drafts.get(token)
    return found if found is not None and turn.now - found.at <= KEPT_FOR else None


def forget(turn: Turn, reply: Reply) -> Reply:
    """The same reply, with nothing that waits for an answer."""
    _drafts.pop((turn.memory.pending or "").partition(":")[2], None)
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))
