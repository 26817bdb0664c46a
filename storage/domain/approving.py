"""Approving reports: at the next meeting, or by silence where a coordinator switched that on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from storage.domain.calendar import working_days_after
from storage.domain.carrying import circle_of
from storage.domain.meetings import Meeting
from storage.domain.reports import LONGEST_LINE, Objection, ReportStanding

LONGEST_OBJECTION = LONGEST_LINE

SILENT_AT = time(12)
"""The local time at which silence becomes approval."""

LOOK_BACK = timedelta(days=550)
"""How old a report may be that is still to be approved by itself."""

ASKED_WITHIN = timedelta(days=14)
"""So long after a meeting somebody is asked whether it approved a report."""


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


def previous_of(meeting: Meeting, waiting: Iterable[Meeting]) -> Meeting | None:
    """Of the meetings whose report waits for approval, the one whose turn it is at this meeting: the latest before it
    of its kind and audience.
    """
    circle = circle_of(meeting)
    before = [
        one
        for one in waiting
        if circle_of(one) == circle and one.id != meeting.id and one.ends.timestamp() <= meeting.starts.timestamp()
    ]
    return max(before, key=lambda one: (one.ends.timestamp(), one.id), default=None)
