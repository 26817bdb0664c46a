"""What a conversation remembers between turns: ids only, never what somebody wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FOCUS_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was last talked about. `intent` is the id of the last question's intent.

    `pending` names what the bot asked and waits for, such as "announcement:12": a yes or no belongs to it.
    """

    meeting_id: int | None = None
    person_id: int | None = None
    organisation_id: int | None = None
    intent: str | None = None
    at: datetime | None = None
    pending: str | None = None

    def fresh(self, now: datetime) -> "Memory":
        """This memory, or an empty one when the talk was too long ago to be meant."""
        return self if self.at is not None and now - self.at < FOCUS_LASTS else Memory()
