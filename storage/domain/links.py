"""Links to files: what they lead to, how long they work, and who may open them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.registrations import Attendee


class Leads(StrEnum):
    """What a link leads to: a meeting for one's calendar, or the coordinator's full list of who comes to it."""

    CALENDAR = "calendar"
    LIST = "list"

    @property
    def works_for(self) -> timedelta:
        """How long a link works. A calendar link is mailed weeks ahead; a list holds what others may not see."""
        return timedelta(days=90) if self is Leads.CALENDAR else timedelta(minutes=15)

    def may_open(self, person: Person) -> bool:
        """Whether this person may have it now: the list only while they coordinate."""
        return self is Leads.CALENDAR or Viewer(person, member=True).is_coordinator


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link holds: what it leads to, for whom, and until when (seconds since 1970) it works."""

    leads: Leads
    meeting_id: int
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
