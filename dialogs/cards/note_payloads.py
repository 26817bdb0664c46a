"""The data of the buttons about notes of a meeting, and about a report that was read."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, LineKind

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]

_KINDS = frozenset(kind.value for kind in LineKind)


def _kind(text: str) -> str:
    """Refuses what is no kind of line."""
    if text not in _KINDS:
        raise ValueError("unknown kind")
    return text


def _day_or_nothing(text: str) -> str:
    """Refuses what is no ISO day."""
    return date.fromisoformat(text).isoformat() if text else ""


def _kind_if_told(text: str | None) -> str | None:
    """The same, where one is told."""
    return _kind(text) if text else None


def _day_if_told(text: str | None) -> str | None:
    """The same; an empty one takes the day away."""
    return _day_or_nothing(text) if text else text


Kind = Annotated[str, AfterValidator(_kind)]
Day = Annotated[str, Field(max_length=10), AfterValidator(_day_or_nothing)]
Text = Annotated[str, Field(max_length=LONGEST_LINE)]
Owner = Annotated[str, Field(max_length=LONGEST_OWNER)]
Until = Annotated[str, Field(max_length=10)]


class KeepNote(Payload):
    """Note this, in the words that its author chose."""

    action: Literal["keep_note"] = "keep_note"
    meeting: Id
    kind: Kind
    text: Text = ""
    owner: Owner = ""
    due: Day = ""
    until: Until = ""
    organisation: Owner = ""
    chosen: ChosenFields = ""
    nonce: Nonce = ""


class ShowNotes(Payload):
    """Show a page of the notes of a meeting."""

    action: Literal["show_notes"] = "show_notes"
    meeting: Id
    page: Annotated[int, Field(ge=0, le=10_000)] = 0


class ShowNote(Payload):
    """Show a note to change it."""

    action: Literal["show_note"] = "show_note"
    meeting: Id
    line: Id


class SaveNote(Payload):
    """A note as it is to be; what is None stays as it is. Saved again it is corrected: no nonce."""

    action: Literal["save_note"] = "save_note"
    meeting: Id
    line: Id
    kind: Annotated[str | None, AfterValidator(_kind_if_told)] = None
    text: Annotated[str | None, Field(max_length=LONGEST_LINE)] = None
    owner: Annotated[str | None, Field(max_length=LONGEST_OWNER)] = None
    due: Annotated[str | None, Field(max_length=10), AfterValidator(_day_if_told)] = None
    until: Annotated[str | None, Field(max_length=10)] = None
    certain: bool | None = None
    private: bool | None = None
    chosen: ChosenFields = ""


class SettleNote(Payload):
    """Take a note out, or put it back. Done again it changes nothing: no nonce."""

    action: Literal["settle_note"] = "settle_note"
    meeting: Id
    line: Id
    verb: Literal["remove", "restore"]


class TakeReport(Payload):
    """Take a report that was read over into this meeting (0: not chosen), leave it, or choose another meeting."""

    action: Literal["take_report"] = "take_report"
    draft: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,30}$")]
    meeting: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    verb: Literal["take", "drop", "which"]
    nonce: Nonce = ""


NotePayload = KeepNote | ShowNotes | ShowNote | SaveNote | SettleNote | TakeReport
