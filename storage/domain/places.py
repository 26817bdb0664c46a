"""Places in Teams where the bot is: personal chats, group chats, teams and their channels."""

from dataclasses import dataclass
from enum import StrEnum

_THREAD = ";messageid="
"""What stands in the id of a conversation between that of the channel and that of the message that began the thread."""


class PlaceKind(StrEnum):
    """The scopes of Teams."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation the bot can write to. `conversation_id` is Teams' id without the thread part.

    `bot_id` is the bot's own Teams id there, `entra_id` whose personal chat it is.
    """

    conversation_id: str
    kind: PlaceKind
    service_url: str
    tenant_id: str | None = None
    team_id: str | None = None
    bot_id: str | None = None
    entra_id: str | None = None


def base_of(conversation_id: str) -> str:
    """A conversation without its thread, which may be none."""
    return conversation_id.split(_THREAD, 1)[0]


def thread_of(conversation_id: str, message_id: str) -> str:
    """The thread of a channel that began with a message."""
    return f"{base_of(conversation_id)}{_THREAD}{message_id}"
