"""Places in Teams where the bot is: personal chats, group chats, teams and their channels."""

from dataclasses import dataclass
from enum import StrEnum


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
