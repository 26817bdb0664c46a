"""Approving reports: at the next meeting, or by silence where a coordinator switched that on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from storage.domain.calendar import working_days_after
from storage.domain.carrying import circle_of
from storage.domain.meetings import Meeting
from storage.domain.reports import LONGEST_LINE, Objection, ReportStanding

REPORT_OBJECTED = "report_objected"
"""The notice that tells who may correct a report that somebody objects; subject: the id of the objection."""

OBJECTION_SETTLED = "objection_settled"
"""The notice that tells somebody what became of their objection; subject: its id."""

APPROVAL_ASKED = "approval_asked"
"""The notice that asks after a meeting whether it approved the previous report; subject: the meeting of the report."""

REPORT_APPROVED = "report_approved"
"""The notice that tells who may correct a report that it was approved by silence; subject: its meeting."""

APPROVED = "approved"
"""What is kept with the version of a report that was approved."""

LONGEST_OBJECTION = LONGEST_LINE

SILENT_AT = time(12)
"""The local time at which silence becomes approval."""

LOOK_BACK = timedelta(days=550)
"""How old a report may be that is still to be approved by itself."""

ASKED_WITHIN = timedelta(days=14)
"""So long after a meeting somebody is asked whether it approved a report."""

TIMELY = timedelta(days=60)
"""A report that was posted longer after its meeting is an old one that was taken in: it waits for nobody's approval."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A meeting whose report was posted and is not approved yet."""

    meeting: Meeting
    posted_at: datetime

    @property
    def timely(self) -> bool:
        """Whether it was posted soon enough to be put to approval by itself."""
        return self.posted_at.timestamp() - self.meeting.ends.timestamp() <= TIMELY.total_seconds()


@dataclass(frozen=True, slots=True)
class Approving:
    """What there is to approve of a meeting's report: how far it is, and what people object."""

    meeting: Meeting
    standing: ReportStanding
    objections: tuple[Objection, ...] = ()

    @property
    def open(self) -> tuple[Objection, ...]:
        """The objections that nobody settled."""
        return tuple(one for one in self.objections if one.taken is None)


def silent_from(standing: ReportStanding, meeting: Meeting, days: int) -> datetime | None:
    """When a report is approved by silence: so many working days after it was posted or corrected; None: never."""
    told = max((one for one in (standing.posted_at, standing.corrected_at) if one), default=None)
    if not days or standing.posted_at is None or told is None:
        return None
    day = working_days_after(told.astimezone(meeting.starts.tzinfo).date(), days)
    return datetime.combine(day, SILENT_AT, meeting.starts.tzinfo)


def previous_of(meeting: Meeting, waiting: Iterable[Waiting]) -> Meeting | None:
    """Of the meetings whose report waits for approval, the one whose turn it is at this meeting: the latest before it
    of its kind and audience whose report was there by then.
    """
    before = [one.meeting for one in waiting if one.timely and _could_be_read_at(meeting, one)]
    return max(before, key=lambda one: (one.ends.timestamp(), one.id), default=None)


def _could_be_read_at(meeting: Meeting, one: Waiting) -> bool:
    if circle_of(one.meeting) != circle_of(meeting) or one.meeting.id == meeting.id:
        return False
    ended, posted = one.meeting.ends.timestamp(), one.posted_at.timestamp()
    return ended <= meeting.starts.timestamp() and posted < meeting.ends.timestamp()
