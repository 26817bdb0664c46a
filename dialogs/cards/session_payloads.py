"""The data of the buttons with which one chooses sessions, and with which a coordinator shares them out."""

from typing import Annotated, Literal

from pydantic import Field

from dialogs.cards.limits import HIGHEST_ID, MOST_PEOPLE
from dialogs.cards.payload import Nonce, Payload
from dialogs.cards.plan_payloads import FormText

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
Ids = Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_PEOPLE)]


class ChooseSession(Payload):
    """Choose a session for oneself, or (empty) none any more. Done again it changes nothing: no nonce."""

    action: Literal["choose_session"] = "choose_session"
    meeting: Id
    session: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""


class LeaveSession(Payload):
    """Leave the line of a session. Done again it changes nothing: no nonce."""

    action: Literal["leave_session"] = "leave_session"
    meeting: Id
    session: Id


class RankSessions(Payload):
    """The sessions one likes best, as chosen on a card; empty where nothing was chosen. Done again: no change."""

    action: Literal["rank_sessions"] = "rank_sessions"
    meeting: Id
    first: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""
    second: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""
    third: Annotated[str, Field(pattern=r"^[0-9]{0,9}$")] = ""

    @property
    def sessions(self) -> tuple[int, ...]:
        """The chosen sessions, the best first, each once."""
        return tuple(dict.fromkeys(int(one) for one in (self.first, self.second, self.third) if int(one or 0)))


class SeatSomebody(Payload):
    """Put somebody else in a session, the best first."""

    action: Literal["seat_somebody"] = "seat_somebody"
    meeting: Id
    person: Id
    sessions: Ids
    nonce: Nonce = ""


class AddSession(Payload):
    """Give a meeting one more session; the same title is never made twice. What is typed comes back as it is."""

    action: Literal["add_session"] = "add_session"
    meeting: Id
    title: FormText = ""
    room: FormText = ""
    places: FormText = ""
    chosen: bool = False


class ShareSessions(Payload):
    """Share the sessions out, or show what would come of it; `everybody`: also among those who have one."""

    action: Literal["share_sessions"] = "share_sessions"
    meeting: Id
    apply: bool = False
    everybody: bool = False
    nonce: Nonce = ""


class SetSessionWay(Payload):
    """Give sessions out in another way, after asking whether one is sure."""

    action: Literal["set_session_way"] = "set_session_way"
    meeting: Id
    way: Literal["first_come", "ranked"]
    sure: bool = False
    nonce: Nonce = ""


class LeaveSharing(Payload):
    """Neither share sessions out nor change anything about them."""

    action: Literal["leave_sharing"] = "leave_sharing"
    nonce: Nonce = ""


class TickPaid(Payload):
    """Who paid, or did not: ticked on a card as ids with commas between them."""

    action: Literal["tick_paid"] = "tick_paid"
    meeting: Id
    who: Annotated[str, Field(pattern=r"^([0-9]{1,9}(,[0-9]{1,9}){0,99})?$")] = ""
    yes: bool = True
    nonce: Nonce = ""
