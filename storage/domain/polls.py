"""Polls: what is asked, of whom, what can be answered, and how far it is.

    scheduled ──▶ open ──▶ closed        at their times, by themselves, or because somebody says so
        └──────────┴─────▶ dropped       called off: there is no result

A ballot maps the id of each option that somebody said something of to a value: 1 for what was chosen (single, several),
the place in order of preference (ranking: 1 is the first), an `Answer` (dates), and for a temperature, which has one
option, 1 to 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum, StrEnum
from typing import TypeAlias

from storage.domain.people import Person
from storage.domain.series import Rhythm


class PollKind(StrEnum):
    """How one answers: one option, several, all in order of preference, yes/maybe/no to dates, or 1 to 5."""

    SINGLE = "single"
    SEVERAL = "several"
    RANKING = "ranking"
    DATES = "dates"
    TEMPERATURE = "temperature"


class PollState(StrEnum):
    """How far a poll is."""

    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


class Shown(StrEnum):
    """When who may vote sees how it stands. Of an anonymous poll it is always after closing."""

    ALWAYS = "always"
    AFTER_VOTING = "after_voting"
    AFTER_CLOSING = "after_closing"


class Answer(IntEnum):
    """What somebody says of a date. A date of which they say nothing suits them as little as a NO."""

    NO = 1
    MAYBE = 2
    YES = 3


class Whom(StrEnum):
    """Who is asked: who is in this conversation, who reads the channel, or people in person."""

    HERE = "here"
    CHANNEL = "channel"
    EVERYBODY = "everybody"
    PARTICIPANTS = "participants"
    PEOPLE = "people"


Ballot: TypeAlias = Mapping[int, int]
"""Option id -> value; see the module."""

PEOPLE = "people"
"""The target of a poll that goes to people in person."""

LONGEST_QUESTION = 300
LONGEST_OPTION = 200
FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
LOWEST, HIGHEST = 1, 5
"""The bounds of what a poll may hold: characters, options, and degrees of a temperature."""

MOST_TAPPED = 10
"""Options that are answered one by one; of more of them a card would be buttons from top to bottom."""

UNSAID, NEXT_PLACE = 0, -1
"""What a mark on one option says beside a value: nothing any more, or of a ranking that it comes next."""

LASTS_DAYS = 7
LONGEST_DAYS = 180
"""Days that a poll runs where nobody says until when, and at most."""

FEWEST_SHOWN = 3
"""Of fewer anonymous votes nothing is ever shown."""

POLL, POLL_RESULT, POLL_NUDGE, POLL_DONE = "poll", "poll_result", "poll_nudge", "poll_done"
"""The notices of a poll: the card to vote on, its result in the thread, the reminder of who did not vote yet, and to
who started it what can be done with the result. Their subject is the poll's id."""

SEALED = "sealed"
"""What a POLL_DONE says ("what") of a poll that can't be counted because its key is gone."""


@dataclass(frozen=True, slots=True)
class NewOption:
    """An option to add: a text, or for a poll on dates a day with its local hours where they are known.

    `ends` may be left out: then it takes as long as a meeting usually does.
    """

    text: str = ""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen. `position` counts from 1: what people call it ("optie 2")."""

    id: int
    position: int
    text: str
    day: date | None = None
    starts: datetime | None = None
    """Naive, local."""

    ends: datetime | None = None
    added_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPoll:
    """A poll to start. `closes` and `opens` are local and naive; None: now, and LASTS_DAYS later.

    `whom` says who is asked: HERE needs `conversation_id`, PARTICIPANTS `meeting_id`, PEOPLE `people`. With `rhythm` it
    comes back, each time at the hour of `opens`, and runs for `lasts_days`.
    """

    kind: PollKind
    question: str
    options: tuple[NewOption, ...] = ()
    anonymous: bool = False
    most: int | None = None
    may_add: bool = False
    shown: Shown = Shown.ALWAYS
    quorum: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    whom: Whom = Whom.HERE
    conversation_id: str = ""
    tenant_id: str | None = None
    meeting_id: int | None = None
    people: tuple[int, ...] = ()
    rhythm: Rhythm | None = None
    lasts_days: int = LASTS_DAYS


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it stands. Moments are UTC, `closes_local` is naive and local."""

    id: int
    kind: PollKind
    question: str
    state: PollState
    options: tuple[Option, ...]
    target: str
    opens_at: datetime
    closes_at: datetime
    closes_local: datetime
    timezone: str
    anonymous: bool = False
    most: int | None = None
    may_add: bool = False
    shown: Shown = Shown.ALWAYS
    quorum: int | None = None
    closes_set: bool = False
    tenant_id: str | None = None
    meeting_id: int | None = None
    created_by_id: int | None = None
    created_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by_id: int | None = None
    version: int = 0
    voters: int = 0
    run_off_of_id: int | None = None
    series_id: int | None = None
    applied: Mapping[str, int] = field(default_factory=dict)
    """"point": the id of an agenda point, "meeting": of a meeting that was made of its result; "run_off": of a poll."""

    nudged_at: datetime | None = None
    roster_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether one can vote: what should have closed is closed, also where nobody came to close it."""
        return self.state is PollState.OPEN and now < self.closes_at

    @property
    def in_person(self) -> bool:
        """Whether it went to people, each in their own chat."""
        return self.target == PEOPLE

    @property
    def tapped(self) -> bool:
        """Whether one tap says all that is kept at once; else what is filled in is kept together.

        A vote that changes the card of all who look at it would wipe what others are filling in: so only an anonymous
        poll, whose card stays as it is, and what is too long have something to fill in.
        """
        if self.kind in {PollKind.SINGLE, PollKind.TEMPERATURE}:
            return True
        return not self.anonymous and len(self.options) <= MOST_TAPPED

    def option(self, option_id: int) -> Option | None:
        """The option with this id, if it is one of this poll."""
        return next((one for one in self.options if one.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Count:
    """How one option stands. `place` counts from 1; what is equal has the same.

    `votes`: who chose it; of a ranking the options that it wins from; of a date who said yes; of a degree (a
    temperature has a count for each, whose `option` is None) who felt so.
    """

    option: Option | None
    votes: int
    place: int = 0
    maybe: int = 0
    no: int = 0
    degree: int = 0
    first: int = 0
    """Of a ranking: who put it first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How a poll stands. `winners`: the options on the first place; several of them are a tie, none: nobody voted.

    `average` and `median` are of a temperature. `enough`: the quorum is reached, or there is none. `hidden`: it is
    anonymous, and too few voted for anything to be shown.
    """

    voters: int
    counts: tuple[Count, ...] = ()
    winners: tuple[Option, ...] = ()
    average: float | None = None
    median: float | None = None
    enough: bool = True
    hidden: bool = False

    @property
    def tied(self) -> bool:
        """Whether several options are first."""
        return len(self.winners) > 1


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll as one viewer may see it. `tally` is None where they may not see (yet) how it stands.

    `mine` is their own vote in a named poll; `voted` is true of an anonymous one as well, once they did. `invited`: how
    many may vote, where that is known. `person`: the viewer, None where it is shown to all who are there. `organises`:
    they organise the meeting that it is about.
    """

    poll: Poll
    tally: Tally | None = None
    mine: Ballot | None = None
    voted: bool = False
    may_vote: bool = False
    may_manage: bool = False
    organises: bool = False
    invited: int | None = None
    person: Person | None = None
    starter: Person | None = None
    previous: Tally | None = None
    """Of a poll that comes back: how it was the time before."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What somebody chose in a named poll."""

    person: Person
    ballot: Ballot
    at: datetime


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who voted in a named poll, and who may but did not; `known`: whether all who may vote are known."""

    voted: tuple[Person, ...]
    missing: tuple[Person, ...]
    known: bool = True


@dataclass(frozen=True, slots=True)
class PollTraces:
    """How much is kept of somebody about polls: what they started, and their votes in named ones."""

    started: int = 0
    votes: int = 0
