"""The network itself, and the names by which people refer to what is in it."""

from dataclasses import dataclass
from datetime import date

from storage.domain.meetings import MeetingKind
from storage.domain.people import OrganisationStatus, Role

DEFAULT_TIMEZONE = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class Network:
    """The network; `revision` grows with every change to a name in it."""

    name: str | None
    timezone: str
    regions: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True, slots=True)
class MeetingName:
    """What a meeting may be called: its kind, title, themes, guests and place."""

    id: int
    kind: MeetingKind
    title: str
    day: date
    themes: tuple[str, ...] = ()
    place: str | None = None
    address: str | None = None
    guests: tuple[str, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name."""

    id: int
    name: str
    role: Role
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """An organisation's name; confidential ones are for the coordinator only."""

    id: int
    name: str
    status: OrganisationStatus


@dataclass(frozen=True, slots=True)
class Question:
    """A frequently asked question with its other wordings and its answer."""

    id: int
    question: str
    also: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Names:
    """Every name somebody may mention. Meetings: the recent and the coming ones only."""

    meetings: tuple[MeetingName, ...] = ()
    people: tuple[PersonName, ...] = ()
    organisations: tuple[OrganisationName, ...] = ()
    questions: tuple[Question, ...] = ()

    def for_coordinator(self, yes: bool) -> "Names":
        """The names this viewer may know: without confidential organisations and their people unless `yes`."""
        hidden = {one.id for one in self.organisations if one.status.confidential}
        if yes or not hidden:
            return self
        organisations = tuple(one for one in self.organisations if one.id not in hidden)
        people = tuple(one for one in self.people if one.organisation_id not in hidden)
        return Names(self.meetings, people, organisations, self.questions)
