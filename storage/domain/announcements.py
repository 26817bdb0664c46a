"""What people have the bot pass on: a coordinator's announcement, and a question to the coordinator."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.domain.people import Person

LONGEST_TEXT = 4_000
"""Characters of an announcement, a question or an answer."""


class AnnouncementState(StrEnum):
    """An announcement is shown to its author first, and sent when they say so."""

    DRAFT = "draft"
    PLANNED = "planned"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a coordinator lets everybody know: each in their own chat, or in the posting channel."""

    id: int
    text: str
    author: Person
    to_channel: bool
    state: AnnouncementState
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was passed on to the coordinator, and the answer once there is one."""

    id: int
    question: str
    asker: Person
    asked_at: datetime
    answer: str | None = None
    answered_by: Person | None = None


def may_be_announced_to(person: Person, author: Person) -> bool:
    """Whether an announcement for everybody goes to this person.

    Not to its author, nor to people of organisations that are still being explored, or that stopped.
    """
    return person.id != author.id and (person.organisation is None or person.organisation.status.active)
