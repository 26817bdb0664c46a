"""A report as it was read: who was there, what was said of each point, and where in the text every item stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the extracted text: characters `start` up to `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """What stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a report's list; what the report does not say is empty. `replaces` is whose place they took."""

    name: str
    source: Source
    organisation: str = ""
    role: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A point or sub-point. `number` is as it stands there ("3.1", "II"), a letter behind its point's number ("2.a");
    `body` is what was written under its title.

    `parent` is the index in `Minutes.items` of the point that it belongs to.
    """

    number: str
    title: str
    source: Source
    body: Source | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, in the report's words. `item` is the number of its point. `marked`: the layout says so."""

    text: str
    source: Source
    item: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ReportedAction:
    """What somebody will do. `owner` is as it stands there: one name, several, a group, or nothing."""

    text: str
    source: Source
    owner: str = ""
    due: date | None = None
    item: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day to keep to."""

    text: str
    day: date
    source: Source


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """A point that was put off. `to` is a day or a month in ISO form ("2027-01-22", "2027-03"), or empty."""

    title: str
    source: Source
    to: str = ""


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A day on which they meet again."""

    day: date
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Topic:
    """What to talk about some other time."""

    text: str
    source: Source


Placed: TypeAlias = Named | Item | Decision | ReportedAction | Deadline | CarriedOver | NextMeeting | Topic
"""Whatever has a place in the text."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """All that was found in one report; nothing that does not stand in its text."""

    title: str = ""
    day: date | None = None
    attendees: tuple[Named, ...] = ()
    excused: tuple[Named, ...] = ()
    items: tuple[Item, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[ReportedAction, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    carried_over: tuple[CarriedOver, ...] = ()
    next_meetings: tuple[NextMeeting, ...] = ()
    future_topics: tuple[Topic, ...] = field(default=())

    def sources(self) -> Iterator[Source]:
        """Where every item stands."""
        people: tuple[Placed, ...] = (*self.attendees, *self.excused)
        said: tuple[Placed, ...] = (*self.items, *self.decisions, *self.actions, *self.deadlines, *self.carried_over)
        later: tuple[Placed, ...] = (*self.next_meetings, *self.future_topics)
        return (one.source for one in (*people, *said, *later))

    @property
    def empty(self) -> bool:
        """True when nothing was found that a summary could tell."""
        return not (self.items or self.decisions or self.actions or self.attendees or self.carried_over)
