"""What came from Teams and must run once: known by a hash of its ids, never by what it says."""

import hashlib
from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """How something that came in stands to what came before."""

    NEW = "new"
    """Nobody had it: it is ours to run."""

    RUNNING = "running"
    """Another process is at it."""

    DONE = "done"
    """It was run before."""

    PRESSED = "pressed"
    """It is new, but the button was pressed before."""


@dataclass(frozen=True, slots=True)
class Knock:
    """What came in: a hash of the activity's ids, one of the pressed button's nonce, and one of the conversation."""

    line: str
    activity: str | None = None
    press: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that must not have been there."""
        return tuple(key for key in (self.activity, self.press) if key)


def knock(
    conversation_id: str, activity_id: str, sender_id: str = "", nonce: str = "", *, alone: bool = False
) -> Knock:
    """The knock of an activity. Two people who press the same button do two things, so a nonce is each one's own.

    With `alone` it waits for nothing else of its conversation: the order in which many tap on a card does not matter.
    """
    return Knock(
        line=_hash("line", conversation_id, *([activity_id] if alone else [])),
        activity=_hash("activity", conversation_id, activity_id) if activity_id else None,
        press=_hash("press", conversation_id, sender_id, nonce) if nonce else None,
    )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
