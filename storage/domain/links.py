"""Links to files: what they lead to, how long they work, and who may open them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.poll_files import PollFile
from storage.domain.publishing import AgendaFile
from storage.domain.registrations import Attendee
from storage.domain.reports import ReportFile


class Leads(StrEnum):
    """What a link leads to: a meeting for one's calendar, the coordinator's full list of who comes, the agenda, the
    report, as a Word document or as PDF, or what was voted in a poll, as a workbook or as text with separators.
    """

    CALENDAR = "calendar"
    LIST = "list"
    AGENDA = "agenda"
    REPORT = "report"
    REPORT_PDF = "report_pdf"
    POLL_XLSX = "poll_xlsx"
    POLL_CSV = "poll_csv"

    @property
    def is_report(self) -> bool:
        """True for the report, in whichever form."""
        return self in {Leads.REPORT, Leads.REPORT_PDF}

    @property
    def is_poll(self) -> bool:
        """True for a poll, in whichever form."""
        return self in {Leads.POLL_XLSX, Leads.POLL_CSV}

    @property
    def works_for(self) -> timedelta:
        """How long a link works. A calendar link is mailed weeks ahead; lists and votes are what others may not see."""
        if self is Leads.CALENDAR:
            return timedelta(days=90)
        return timedelta(minutes=15) if self is Leads.LIST or self.is_poll else timedelta(days=1)

    def may_open(self, person: Person, meeting: Meeting) -> bool:
        """Whether this person may have it now: the list who coordinates, agenda and report who may see them.

        Who may have a poll depends on the poll, and is for its own rules to say.
        """
        viewer = Viewer(person, member=True)
        if self is Leads.AGENDA or self.is_report:
            return meeting.agenda_visible_to(viewer)
        return self is Leads.CALENDAR or viewer.is_coordinator


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link holds: what it leads to, for whom, and until when (seconds since 1970) it works.

    `subject_id` is the id of a meeting, or of a poll where it leads to one.
    """

    leads: Leads
    subject_id: int
    person_id: int
    until: int

    def works_at(self, now: datetime) -> bool:
        """True until its time has run out."""
        return now.timestamp() < self.until


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody may have who followed a link. `attendees` is everybody on the list, where it leads to one."""

    leads: Leads
    meeting: Meeting
    attendees: tuple[Attendee, ...] = ()
    agenda: AgendaFile | None = None
    report: ReportFile | None = None


@dataclass(frozen=True, slots=True)
class OpenedPoll:
    """The same of a poll."""

    leads: Leads
    file: PollFile
