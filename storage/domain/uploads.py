"""Why a file that somebody sends can't be read: one name for each thing that the sender can do about it."""

from enum import StrEnum


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
