"""The shape of a network file, field by field, as pydantic reads it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, NaiveDatetime, StrictInt, StringConstraints

from storage.domain.agenda import PointKind
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.people import OrganisationKind, OrganisationStatus, Role
from storage.domain.registrations import RegistrationStatus


def _lower(text: str) -> str:
    return text.lower()


def _single_line(text: str) -> str:
    return " ".join(text.split())


def _on_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_single_line)
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=320),
    AfterValidator(_lower),
]
EntraId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
    AfterValidator(_lower),
]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2000)]
Moment = Annotated[NaiveDatetime, AfterValidator(_on_the_minute)]
Count = Annotated[StrictInt, Field(ge=0, le=100_000)]
Money = Annotated[Decimal, Field(ge=0, max_digits=8, decimal_places=2)]


class Part(BaseModel):
    """A part of the file: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkPart(Part):
    """`network:`"""

    name: Name
    timezone: Name = "Europe/Brussels"
    language: Literal["nl-BE"] = "nl-BE"
    regions: list[Name] = Field(default_factory=list)


class OrganisationPart(Part):
    """One of `organisations:`"""

    name: Name
    kind: OrganisationKind = OrganisationKind.OTHER
    region: Name | None = None
    status: OrganisationStatus = OrganisationStatus.PARTNER


class PersonPart(Part):
    """One of `people:`"""

    name: Name
    email: Email
    entra_id: EntraId | None = None
    organisation: Name | None = None
    role: Role = Role.EXTERNAL


class LocationPart(Part):
    """A meeting's `location:`"""

    name: Name
    address: Name | None = None
    room: Name | None = None


class GuestPart(Part):
    """One of a meeting's `guests:`"""

    name: Name
    organisation: Name | None = None


class AgendaPart(Part):
    """One of a meeting's `agenda:`"""

    title: Name
    kind: PointKind | None = None
    presenter: Name | None = None
    minutes: Annotated[StrictInt, Field(ge=1, le=1440)] | None = None


class RegistrationPart(Part):
    """One of a meeting's `registrations:`"""

    person: Email
    status: RegistrationStatus = RegistrationStatus.REGISTERED
    replaced_by: Email | None = None
    session: Key | None = None


class SessionPart(Part):
    """One of a meeting's `sessions:`"""

    key: Key
    title: Name
    capacity: Count | None = None
    room: Name | None = None


class MeetingPart(Part):
    """One of `meetings:`"""

    key: Key
    kind: MeetingKind
    title: Name
    description: Text | None = None
    for_whom: Text | None = None
    practical: Text | None = None
    organiser: Email | None = None
    note_taker: Email | None = None
    audience: Audience | None = None
    starts: Moment
    ends: Moment
    location: LocationPart | None = None
    online_url: Url | None = None
    capacity: Count | None = None
    fee_eur: Money | None = None
    register_until: date | None = None
    agenda_until: date | None = None
    themes: list[Name] = Field(default_factory=list)
    guests: list[GuestPart] = Field(default_factory=list)
    agenda: list[AgendaPart] = Field(default_factory=list)
    registrations: list[RegistrationPart] = Field(default_factory=list)
    sessions: list[SessionPart] = Field(default_factory=list)


class QuestionPart(Part):
    """One of `faq:`"""

    question: Text
    also: list[Text] = Field(default_factory=list)
    answer: Text


class NetworkFile(Part):
    """The whole file."""

    network: NetworkPart | None = None
    organisations: list[OrganisationPart] = Field(default_factory=list)
    people: list[PersonPart] = Field(default_factory=list)
    meetings: list[MeetingPart] = Field(default_factory=list)
    faq: list[QuestionPart] = Field(default_factory=list)
