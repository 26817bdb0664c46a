"""Files that people give the bot to read: how far it is with them, what was found, and why one can't be read.

sent ──▶ ready ──▶ reading (for a while: who crashes lets others try) ──▶ read, or refused
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.domain.minutes import Minutes

UPLOAD_READ = "upload_read"
"""The notice that tells who sent a file what stands in it, or why it can't be read; its subject is the upload."""

LEASE = timedelta(minutes=3)
"""So long one process may take over a file; then it is taken for gone."""

MOST_TRIES = 3
"""So often reading a file is begun: one at which the bot goes down is not tried for ever."""

MOST_WAITING = 5
"""Files of one person that wait to be read."""


class Unread(StrEnum):
    """Why no text came out of a file."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_LONG = "too_long"
    TOO_HEAVY = "too_heavy"
    BROKEN = "broken"
    SUSPECT = "suspect"
    LOCKED = "locked"
    SCAN = "scan"
    OLD_WORD = "old_word"
    OTHER_WRITER = "other_writer"
    SPREADSHEET = "spreadsheet"
    PRESENTATION = "presentation"
    IMAGE = "image"
    MEDIA = "media"
    ARCHIVE = "archive"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    UNKNOWN = "unknown"
    WRONG_PLACE = "wrong_place"
    LINK_DEAD = "link_dead"
    NOT_FETCHED = "not_fetched"


class Unreadable(Exception):
    """A file gives no text; `reason` says why, and so what its sender can do."""

    def __init__(self, reason: Unread) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as Teams tells of it: its name, and the address that opens it for some minutes; not to be trusted."""

    name: str
    url: str


class UploadState(StrEnum):
    """How far the bot is with a file."""

    READY = "ready"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent, in this conversation; `url` is where it is, empty once it was read."""

    id: int
    person_id: int
    conversation_id: str
    name: str
    url: str
    state: UploadState
    meeting_id: int | None = None
    reason: Unread | None = None

    @property
    def token(self) -> str:
        """The name under which what was found in it waits."""
        return f"u{self.id}"

    @property
    def busy(self) -> bool:
        """True while it is to be read."""
        return self.state in {UploadState.READY, UploadState.READING}


@dataclass(frozen=True, slots=True)
class ReportFound:
    """A report that was read and waits for a word: its text, when it came, and what was found in it, in numbers.

    `present` are names as they stand there; `meeting_id` is the meeting that its sender named.
    """

    name: str
    text: str
    at: datetime
    title: str = ""
    day: date | None = None
    points: int = 0
    decisions: int = 0
    actions: int = 0
    present: tuple[str, ...] = ()
    meeting_id: int | None = None

    @property
    def empty(self) -> bool:
        """True when nothing was found that makes it a report."""
        return not (self.points or self.decisions or self.actions or self.present)


def found_in(name: str, text: str, minutes: Minutes, at: datetime, meeting_id: int | None = None) -> ReportFound:
    """What was found in a text."""
    return ReportFound(
        name,
        text,
        at,
        minutes.title,
        minutes.day,
        sum(one.parent is None for one in minutes.items),
        len(minutes.decisions),
        len(minutes.actions),
        tuple(one.name for one in minutes.attendees),
        meeting_id,
    )


def as_kept(found: ReportFound) -> Mapping[str, Any]:
    """The same as JSON."""
    return {
        "name": found.name,
        "text": found.text,
        "at": found.at.isoformat(),
        "title": found.title,
        "day": found.day.isoformat() if found.day else "",
        "points": found.points,
        "decisions": found.decisions,
        "actions": found.actions,
        "present": list(found.present),
        "meeting_id": found.meeting_id,
    }


def from_kept(data: Mapping[str, Any]) -> ReportFound:
    """What was kept as JSON."""
    return ReportFound(
        data["name"],
        data["text"],
        datetime.fromisoformat(data["at"]),
        data["title"],
        date.fromisoformat(data["day"]) if data["day"] else None,
        data["points"],
        data["decisions"],
        data["actions"],
        tuple(data["present"]),
        data["meeting_id"],
    )
