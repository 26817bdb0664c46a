"""Notices: what the bot says by itself, to whom, when, and what became of it.

    ready ──▶ sending ──▶ sent            committed before the call, and after it
      │ ▲        ├──────▶ failed          it certainly did not arrive, and never will
    held         └──────▶ ambiguous       it may have arrived; never sent again by itself

Teams' call that creates a message has no idempotency key, so what was being sent when a process died is not known to
have arrived. It is shown to the coordinator, who can have it posted again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from storage.domain.calendar import SendingHours

POSTING_CHANNEL = "posting"
"""The target of what goes to the channel that the coordinator chose."""

_PERSON = "person:"
_PLACE = "place:"

GIVE_UP_AFTER = timedelta(hours=24)
"""How long after its first try a notice that can't be delivered is tried again."""

LEAST_TRIES = 12
"""What can't be delivered is tried so often in any case: half an hour, also when a weekend lies between."""

BUNDLED_AT = time(9)
"""The local time at which a day's small notices go out."""

LONGEST_PAUSE = timedelta(minutes=5)


class NoticeState(StrEnum):
    """What became of a notice."""

    READY = "ready"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"
    CANCELLED = "cancelled"

    @property
    def open(self) -> bool:
        """True while somebody may still have to do something with it."""
        return self not in {NoticeState.SENT, NoticeState.CANCELLED}


class Timing(StrEnum):
    """How much of a hurry there is.

    URGENT goes at once, whatever the hour. NORMAL waits for sending hours. SMALL also waits for the day's bundle, so
    that one person gets a day's small notices as one message.
    """

    URGENT = "urgent"
    NORMAL = "normal"
    SMALL = "small"


def to_person(person_id: int) -> str:
    """The target of what goes to one person, in their personal chat."""
    return f"{_PERSON}{person_id}"


def to_place(conversation_id: str) -> str:
    """The target of what goes to a chat, or to a channel's thread when the id has one."""
    return f"{_PLACE}{conversation_id}"


def person_of(target: str) -> int | None:
    """The person of a target; None when it is a place."""
    return int(target.removeprefix(_PERSON)) if target.startswith(_PERSON) else None


def place_of(target: str) -> str | None:
    """The conversation id of a target, with its thread; None when it is a person or the posting channel."""
    return target.removeprefix(_PLACE) if target.startswith(_PLACE) else None


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to plan. `kind:subject:occurrence` is its unique key: planned twice it is sent once.

    `subject` is what it is about ("announcement 12"), `occurrence` tells its notices apart (a person, a day). `data`
    holds ids and small facts; what is said is made from the current state when it is sent.
    """

    kind: str
    subject: str
    occurrence: str
    target: str
    due: datetime
    timing: Timing = Timing.NORMAL
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key by which the same notice is known."""
        return f"{self.kind}:{self.subject}:{self.occurrence}"


@dataclass(frozen=True, slots=True)
class Notice:
    """A planned notice. `version` grows with every change to what it should show; once sent it is updated in place."""

    id: int
    kind: str
    subject: str
    target: str
    due: datetime
    timing: Timing
    state: NoticeState
    data: Mapping[str, Any]
    tries: int = 0
    last_code: str | None = None
    conversation_id: str | None = None
    activity_id: str | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A notice that one sender may send, from `starts` on: the moments keep under Teams' limit for everybody.

    `small` are the other small notices for the same person, which go with it as one message.
    """

    notice: Notice
    starts: datetime
    small: tuple[Notice, ...] = ()

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices of the message."""
        return (self.notice, *self.small)

    @property
    def ids(self) -> tuple[int, ...]:
        """Their ids."""
        return tuple(one.id for one in self.notices)


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """The notices of one subject, for the coordinator. `number` is what it is called: the id of its first notice."""

    number: int
    kind: str
    subject: str
    due: datetime
    urgent: bool
    counts: Mapping[NoticeState, int]
    data: Mapping[str, Any]
    troubled: tuple[tuple[str, NoticeState, str], ...] = ()
    """Of those that are failed or ambiguous, the first ones: to whom, which of both, and the code of why."""

    def count(self, *states: NoticeState) -> int:
        """How many notices are in one of these states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def total(self) -> int:
        """How many notices there are."""
        return sum(self.counts.values())


def bundled(wanted: datetime, hours: SendingHours) -> datetime:
    """When a small notice goes out that is wanted from then on: with the day's others, on a working day at 9.00."""
    return hours.next_at(wanted, BUNDLED_AT)


def hopeless(notice: Notice, now: datetime) -> bool:
    """Whether a notice that could not be delivered once more is given up. Its due time is that of its first try."""
    return notice.tries >= LEAST_TRIES and now - notice.due > GIVE_UP_AFTER


def pause_before_retry(tries: int) -> timedelta:
    """How long to wait after a try that certainly reached nobody: doubling from a second to five minutes."""
    return min(timedelta(seconds=2.0 ** min(tries, 12)), LONGEST_PAUSE)
