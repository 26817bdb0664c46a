"""The report of a meeting: its lines, where each comes from, how far it is, and who may do what with it.

notes, the agenda, who came, polls and a delivered report ──▶ lines ──▶ draft ──▶ posted ──▶ (corrected) ──▶ approved
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.domain.meetings import Meeting
from storage.domain.network import Network
from storage.domain.people import Person, Viewer


class LineKind(StrEnum):
    """What a line is.

    POINT: a title, of which the DISCUSSION lines tell what was said. CARRIED: put off, `until` says to when. DATE: a
    day to keep to. NEXT: a next meeting. TOPIC: for some other time. ATTENDEE and EXCUSED: one person a line.
    """

    POINT = "point"
    DISCUSSION = "discussion"
    DECISION = "decision"
    ACTION = "action"
    CARRIED = "carried"
    DATE = "date"
    NEXT = "next"
    TOPIC = "topic"
    ATTENDEE = "attendee"
    EXCUSED = "excused"


SUMMARISED = (LineKind.DECISION, LineKind.ACTION, LineKind.DATE, LineKind.NEXT, LineKind.CARRIED, LineKind.TOPIC)
"""What a summary tells, in this order; its people are counted."""


class Origin(StrEnum):
    """Where a line comes from: somebody's note, a delivered report, the agenda, a poll, or who corrected the draft."""

    NOTE = "note"
    REPORT = "report"
    AGENDA = "agenda"
    POLL = "poll"
    TYPED = "typed"


class Release(StrEnum):
    """When a summary may go out: at noon of the next working day, at once, or once somebody approved it."""

    NOON = "noon"
    AT_ONCE = "at_once"
    APPROVAL = "approval"


class Approval(StrEnum):
    """How a report was approved: at a meeting, or by nobody's objection within the days that were set."""

    AT_MEETING = "meeting"
    SILENCE = "silence"


SUMMARY_POST, SUMMARY, SUMMARY_EXCUSED, SUMMARY_DRAFT = (
    "summary_post",
    "summary",
    "summary_excused",
    "summary_draft",
)
"""The notices that show the lines of a report: posted, to a participant, to who was excused, and as a draft."""

LONGEST_LINE = 1_000
LONGEST_OWNER = 300
MOST_LINES = 2_000
"""Characters of a line and of its owners, and lines of one report."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report. `number` is what people call it ("regel 3"); 0 for what has none.

    `due` and `until` ("2027-03" or "2027-03-05") belong to actions, dates, next meetings and what was carried over;
    `data` holds organisation, role and replaces of a person. `starts` and `ends` are its place in the text of source
    `source_id`. Not `certain`: to be confirmed. `private`: never posted, and never found by searching.
    """

    id: int
    kind: LineKind
    text: str
    number: int = 0
    position: int = 0
    item: str = ""
    item_title: str = ""
    owner: str = ""
    due: date | None = None
    until: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin.NOTE
    source_id: int | None = None
    starts: int | None = None
    ends: int | None = None
    certain: bool = True
    private: bool = False
    by_id: int | None = None
    at: datetime | None = None
    superseded_by_id: int | None = None

    @property
    def doubtful(self) -> bool:
        """Whether also the posted summary says "te bevestigen": found in the prose of a report, confirmed by nobody."""
        told = self.kind in {LineKind.DECISION, LineKind.ACTION}
        return told and self.origin is Origin.REPORT and not self.certain


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The same lines in the same order, each with the number that people call it by; 0 for what has none.

    Counted from 1 through the SUMMARISED kinds in their order, then by position. What is private comes after all
    that, so that the numbers in what is posted have no gaps, and everybody has the same ones.
    """
    given = tuple(lines)
    counted_ = sorted((one for one in given if one.kind in _PLACE), key=_in_summary)
    numbers = {one.id: number for number, one in enumerate(counted_, 1)}
    return tuple(replace(one, number=numbers.get(one.id, 0)) for one in given)


def numbered_as_noted(lines: Iterable[Line], gone: Collection[int] = ()) -> tuple[Line, ...]:
    """The same while nothing was posted: numbers in the order in which the lines came, and each keeps its own.

    `gone` are the ids of lines that somebody took away: nobody else gets their number. A summary that is posted is
    numbered anew (`numbered`), so that it has no gaps and goes by kind.
    """
    given = tuple(lines)
    ids = sorted({one.id for one in given if one.kind in _PLACE} | set(gone))
    numbers = {id_: number for number, id_ in enumerate(ids, 1)}
    return tuple(replace(one, number=numbers[one.id] if one.kind in _PLACE else 0) for one in given)


_PLACE = {kind: place for place, kind in enumerate(SUMMARISED)}


def _in_summary(line: Line) -> tuple[bool, int, int, int]:
    return line.private, _PLACE[line.kind], line.position, line.id


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to add, before it has an id and a number."""

    kind: LineKind
    text: str
    item: str = ""
    item_title: str = ""
    owner: str = ""
    due: date | None = None
    until: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    origin: Origin = Origin.NOTE
    source_id: int | None = None
    starts: int | None = None
    ends: int | None = None
    certain: bool = True
    private: bool = False


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """How far a report is; see `storage.tables.reports.ReportRow`. All empty: nothing happened to it yet."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    asked_at: datetime | None = None
    asks: int = 0
    drafted_at: datetime | None = None
    release: Release | None = None
    released_by_id: int | None = None
    held: bool = False
    posted_at: datetime | None = None
    corrected_at: datetime | None = None
    version: int = 0
    recording_url: str | None = None
    report_url: str | None = None
    approved_at: datetime | None = None
    approved_by_id: int | None = None
    approved_how: Approval | None = None
    approved_in_id: int | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who was there or excused, with the organisation that they came for; `replaces` is a name."""

    name: str
    organisation: str = ""
    role: str = ""
    replaces: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of a meeting that was held. `lines` are in their order, without what was removed.

    `present` and `excused` come from the report where it lists people, else from the list of the meeting.
    """

    meeting: Meeting
    standing: ReportStanding
    lines: tuple[Line, ...] = ()
    present: tuple[Present, ...] = ()
    excused: tuple[Present, ...] = ()
    others: int = 0

    def of(self, *kinds: LineKind, private: bool = False) -> tuple[Line, ...]:
        """The lines of these kinds; with `private` also those that are never posted."""
        return tuple(one for one in self.lines if one.kind in kinds and (private or not one.private))

    @property
    def has_material(self) -> bool:
        """True when there is anything to tell beside who was there."""
        return bool(self.of(*SUMMARISED, private=True) or self.of(LineKind.DISCUSSION, LineKind.POINT, private=True))

    @property
    def by_organisation(self) -> tuple[tuple[str, int], ...]:
        """How many came of each organisation, most first; "" for who named none."""
        return counted(one.organisation for one in self.present)


def counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each occurs, most first and then by name."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0].casefold())))


@dataclass(frozen=True, slots=True)
class ReportFile:
    """All that stands in a report as a document. `network` is the one whose report it is.

    `left_out`: it has lines that stay private.
    """

    network: Network
    report: Report
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was kept; `what`: "posted", "corrected" or "approved". `lines` are JSON, without private ones."""

    number: int
    what: str
    lines: tuple[Mapping[str, Any], ...]
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody objects to a line of a report; `line` is None when it is about the whole. `taken`: None: open."""

    id: int
    meeting_id: int
    person: Person
    text: str
    at: datetime
    line: Line | None = None
    taken: bool | None = None


@dataclass(frozen=True, slots=True)
class ReportTraces:
    """How much of somebody is kept around reports: their notes, the reports that they delivered, what they object,
    and the actions that are theirs.
    """

    notes: int = 0
    delivered: int = 0
    objections: int = 0
    actions: int = 0


def may_correct(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether this viewer may correct, hold and release a report: coordinators, the organiser and the note-taker."""
    if viewer.is_coordinator:
        return True
    return viewer.person is not None and viewer.person.id in {meeting.organiser_id, meeting.note_taker_id}
