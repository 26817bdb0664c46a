"""The history of a meeting: who changed what, and when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field of a meeting. `by` is the name of who changed it; None for what the bot did by itself.

    `field` is the name of a field of the import format, or "registration" with `person` as whose.
    """

    at: datetime
    by: str | None
    field: str
    old: str | None
    new: str | None
    person: str | None = None
