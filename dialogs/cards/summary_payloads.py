"""The data of the buttons with which the draft of a summary is corrected, held and posted."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, SUMMARISED

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]

LONGEST_LIST = 8_000
"""Characters of a list of names on a form."""

_KINDS = frozenset({"", *(kind.value for kind in SUMMARISED)})


def _kind_or_nothing(text: str) -> str:
    """Refuses what no summary tells."""
    if text not in _KINDS:
        raise ValueError("unknown kind")
    return text


def _day_or_nothing(text: str) -> str:
    """Refuses what is no ISO day."""
    return date.fromisoformat(text).isoformat() if text else ""


class ShowDraft(Payload):
    """Show a page of a draft."""

    action: Literal["show_draft"] = "show_draft"
    meeting: Id
    page: Annotated[int, Field(ge=0, le=10_000)] = 0


class ShowLine(Payload):
    """Show a line to change it; 0: an empty one to add."""

    action: Literal["show_line"] = "show_line"
    meeting: Id
    line: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0


class SaveLine(Payload):
    """A line as it stands on a form; 0: a new one. Saved again it is corrected: only a new one has a nonce.

    `show`: it was private, and may be told in these words. What a form does not show is None: it stays as it is.
    """

    action: Literal["save_line"] = "save_line"
    meeting: Id
    line: Annotated[int, Field(ge=0, le=HIGHEST_ID)] = 0
    kind: Annotated[str, AfterValidator(_kind_or_nothing)] = ""
    text: Annotated[str, Field(max_length=LONGEST_LINE)] | None = None
    owner: Annotated[str, Field(max_length=LONGEST_OWNER)] | None = None
    due: Annotated[str, Field(max_length=10), AfterValidator(_day_or_nothing)] | None = None
    show: bool = False
    chosen: ChosenFields = ""
    nonce: Nonce = ""


class SettleLine(Payload):
    """A line is right as it is, may be shown after all, stays private, is taken out, or comes back.

    Done again it changes nothing: no nonce.
    """

    action: Literal["settle_line"] = "settle_line"
    meeting: Id
    line: Id
    verb: Literal["confirm", "show", "hide", "remove", "restore"]
    chosen: ChosenFields = ""


class HoldSummary(Payload):
    """Don't let a summary be posted by itself, or do so again. Done again it changes nothing: no nonce."""

    action: Literal["hold_summary"] = "hold_summary"
    meeting: Id
    held: bool


class PostSummary(Payload):
    """Post a summary now, or don't. Posted it is once, whoever presses."""

    action: Literal["post_summary"] = "post_summary"
    meeting: Id
    yes: bool = True


class ShowPeople(Payload):
    """Show who was at a meeting and who was excused, to correct that."""

    action: Literal["show_people"] = "show_people"
    meeting: Id


class SavePeople(Payload):
    """Who was there and who was excused, as names are typed. Saved again it is corrected: no nonce."""

    action: Literal["save_people"] = "save_people"
    meeting: Id
    present: Annotated[str, Field(max_length=LONGEST_LIST)] = ""
    excused: Annotated[str, Field(max_length=LONGEST_LIST)] = ""
    chosen: ChosenFields = ""


SummaryPayload = ShowDraft | ShowLine | SaveLine | SettleLine | HoldSummary | PostSummary | ShowPeople | SavePeople
