"""The data of the buttons of polls: voting, showing, adding an option, managing, and acting on a result."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from dialogs.cards.limits import HIGHEST_ID
from dialogs.cards.payload import ChosenFields, Nonce, Payload
from dialogs.cards.plan_payloads import FormText
from storage.domain.agenda import LONGEST_TITLE
from storage.domain.polls import (
    HIGHEST,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    NEXT_PLACE,
    Answer,
    Ballot,
    NewPoll,
    Poll,
    PollKind,
)

Id = Annotated[int, Field(ge=1, le=HIGHEST_ID)]
OrNone = Annotated[int, Field(ge=0, le=HIGHEST_ID)]

LONGEST_PICKED = 300
"""Characters of a list of ids, as a field for several choices sends it."""

MOST_NAMED, LAST_YEAR = 500, 9_000
"""People that somebody names to send a poll to, and the year after which no calendar is counted in."""

_OF_OPTION = re.compile(r"o([1-9][0-9]{0,9})")
_CHOICE = re.compile(r"c([1-9][0-9]?)")
_DIGITS = re.compile(r"[1-9][0-9]{0,9}")


class VotePoll(Payload):
    """Vote with one tap: for this option, of a temperature the degree `value`, or in what is answered one by one the
    mark of `Polls.mark`. It carries what one wants, never "the other way round": pressed twice it is the same, so it
    has no nonce.

    Nothing in it may tell one tap from another but the option itself: in an anonymous poll that would be kept.
    """

    action: Literal["vote_poll"] = "vote_poll"
    poll: Id
    option: Id
    value: Annotated[int, Field(ge=NEXT_PLACE, le=HIGHEST)] = 1

    def ballot(self, _poll: Poll) -> Ballot:
        """What is voted."""
        return {self.option: self.value}


class CastVote(Payload):
    """Vote with what is filled in: `picked` (several), a field `o` and an option's id (dates), `c1`, `c2` … (ranking).

    `everything`: all dates suit. Cast again it is changed: no nonce.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    action: Literal["cast_vote"] = "cast_vote"
    poll: Id
    everything: bool = False
    picked: Annotated[str, Field(max_length=LONGEST_PICKED)] = ""

    def ballot(self, poll: Poll) -> Ballot:
        """What is voted in this poll; empty where nothing was filled in. Ids of other polls stay in: votes are checked.

        What is put on two places of a ranking counts on the first of them, and what comes after moves up.
        """
        if poll.kind is PollKind.DATES:
            return dict.fromkeys((one.id for one in poll.options), int(Answer.YES)) if self.everything else self._dates
        if poll.kind is PollKind.RANKING:
            return {option: place for place, option in enumerate(dict.fromkeys(self._ranked), 1)}
        return dict.fromkeys(_ids(self.picked.split(",")), 1)

    @property
    def _dates(self) -> Ballot:
        found = {_OF_OPTION.fullmatch(name): value for name, value in self._typed.items()}
        return {int(name[1]): int(value) for name, value in found.items() if name and value in _ANSWERS}

    @property
    def _ranked(self) -> tuple[int, ...]:
        places = [(int(name[1]), value) for key, value in self._typed.items() if (name := _CHOICE.fullmatch(key))]
        return _ids(value for _, value in sorted(places)[:MOST_OPTIONS])

    @property
    def _typed(self) -> dict[str, str]:
        return {name: str(value) for name, value in (self.model_extra or {}).items() if isinstance(value, str | int)}


_ANSWERS = frozenset(str(int(one)) for one in Answer)


def _ids(said: Iterable[str]) -> tuple[int, ...]:
    return tuple(int(one) for one in said if _DIGITS.fullmatch(one) and int(one) <= HIGHEST_ID)


class ShowPoll(Payload):
    """Show a poll as it stands, for who asks. With `refresh` Teams asks it by itself: nobody pressed anything."""

    action: Literal["show_poll"] = "show_poll"
    poll: Id
    refresh: bool = False


class PollText(Payload):
    """Tell a poll in words, with numbers to type."""

    action: Literal["poll_text"] = "poll_text"
    poll: Id


class AddPollOption(Payload):
    """Add an option, as it is typed. The same one is never there twice: no nonce."""

    action: Literal["add_poll_option"] = "add_poll_option"
    poll: Id
    text: Annotated[str, Field(max_length=2 * LONGEST_OPTION)] = ""
    chosen: bool = False


class ChangePoll(Payload):
    """Ask another question, as it is typed. The same twice is once: no nonce."""

    action: Literal["change_poll"] = "change_poll"
    poll: Id
    question: Annotated[str, Field(max_length=2 * LONGEST_QUESTION)] = ""
    chosen: bool = False


class ManagePoll(Payload):
    """Close a poll, call it off, remind who did not vote, let ties be decided, tell who voted, take one's vote back.

    `sure`: it was asked whether it is certain. `stop`: its series ends. None can happen twice: no nonce.
    """

    action: Literal["manage_poll"] = "manage_poll"
    poll: Id
    verb: Literal["close", "drop", "nudge", "run_off", "who", "take_back", "again", "stop"]
    sure: bool = False


class ActOnPoll(Payload):
    """Do something with a result: with this option, or 0 with what won. `title`: what a point is called, if not so."""

    action: Literal["act_on_poll"] = "act_on_poll"
    poll: Id
    option: OrNone = 0
    verb: Literal["agenda", "meeting", "register", "expert", "export"]
    meeting: OrNone = 0
    title: Annotated[str, Field(max_length=LONGEST_TITLE)] = ""
    chosen: bool = False
    nonce: Nonce = ""


def _sound(draft: NewPoll) -> NewPoll:
    """A draft as we put it on a card: all in local time, with ids that there may be. Raises ValueError for others."""
    times = [draft.opens, draft.closes, *(at for one in draft.options for at in (one.starts, one.ends))]
    if any(at is not None and at.tzinfo is not None for at in times):
        raise ValueError("a time of another zone")
    ids = (*draft.people, *(() if draft.meeting_id is None else (draft.meeting_id,)))
    if len(draft.people) > MOST_NAMED or not all(0 < one <= HIGHEST_ID for one in ids):
        raise ValueError("nobody's id")
    if draft.rhythm is not None and draft.rhythm.start.year > LAST_YEAR:
        raise ValueError("beyond the calendar")
    return draft


Draft = Annotated[NewPoll, AfterValidator(_sound)]


class StartPoll(Payload):
    """The form of a poll, as it is typed: `options` one a line, `closes_on` and `closes_at` as a calendar gives them.

    `whom` is a `Whom`, or "" for where it is filled in. `base` holds what the form does not show.
    """

    action: Literal["start_poll"] = "start_poll"
    question: FormText = ""
    kind: FormText = ""
    options: FormText = ""
    anonymous: FormText = ""
    may_add: FormText = ""
    shown: FormText = ""
    most: FormText = ""
    quorum: FormText = ""
    closes_on: FormText = ""
    closes_at: FormText = ""
    opens_on: FormText = ""
    opens_at: FormText = ""
    whom: FormText = ""
    meeting: OrNone = 0
    base: Draft | None = None
    chosen: ChosenFields = ""
    nonce: Nonce = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The options, one for each line that says something."""
        return tuple(line for one in self.options.splitlines() if (line := one.strip(" \t-*•")))

    @property
    def closes(self) -> datetime | None:
        """Until when, naive and local; at the end of the afternoon where only the day is filled in.

        Raises ValueError for what no calendar gives.
        """
        return _moment(self.closes_on, self.closes_at or "16:00")

    @property
    def opens(self) -> datetime | None:
        """From when on, naive and local; the same, but in the morning."""
        return _moment(self.opens_on, self.opens_at or "09:00")


def _moment(day: str, hour: str) -> datetime | None:
    if not day:
        return None
    at = time.fromisoformat(hour)
    if at.tzinfo is not None:
        raise ValueError("a time of another zone")
    return datetime.combine(date.fromisoformat(day), at)


class SendPoll(Payload):
    """Show a poll as it will be sent, send it, don't, or change it on the form first.

    `draft` comes back from the client: where it goes and for which tenant is read from the turn, see `new`.
    """

    action: Literal["send_poll"] = "send_poll"
    draft: Draft
    verb: Literal["show", "send", "change", "drop"] = "send"
    chosen: ChosenFields = ""
    nonce: Nonce = ""

    def new(self, conversation_id: str, tenant_id: str | None) -> NewPoll:
        """The poll of the draft, from the conversation where the button was pressed."""
        return replace(self.draft, conversation_id=conversation_id, tenant_id=tenant_id)


PollPayload = (
    VotePoll
    | CastVote
    | ShowPoll
    | PollText
    | AddPollOption
    | ChangePoll
    | ManagePoll
    | ActOnPoll
    | StartPoll
    | SendPoll
)
