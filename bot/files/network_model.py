"""The shape of a network file, field by field, as pydantic reads it."""

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NaiveDatetime,
    StrictInt,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from storage.domain.agenda import PointKind
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.people import OrganisationKind, OrganisationStatus, Role
from storage.domain.registrations import RegistrationStatus


def _lower(text: str) -> str:
    return text.lower()


def single_line(text: str) -> str:
    """A text on one line, with one space between words."""
    return " ".join(text.split())


def _printable(text: str) -> str:
    if any(character < " " and character not in "\n\r\t" for character in text):
        raise PydanticCustomError("control_character", "a control character")  # no database stores all of them
    return text


_DAY = re.compile(r"\s*\d{4}-")
_DAY_AND_TIME = re.compile(r"\s*\d{4}-.*:")


def _with_a_time(value: object) -> object:
    """pydantic reads a day as its midnight and a number as seconds since 1970: nobody writes that here."""
    if isinstance(value, datetime) or (isinstance(value, str) and _DAY_AND_TIME.match(value)):
        return value
    raise PydanticCustomError("datetime_type", "no day and time")


def _no_number(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.match(value)):
        return value
    raise PydanticCustomError("date_type", "no day")


def _on_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


_TRIMMED = StringConstraints(strip_whitespace=True, min_length=1)
Name = Annotated[str, _TRIMMED, Field(max_length=200), AfterValidator(_printable), AfterValidator(single_line)]
ShortName = Annotated[str, _TRIMMED, Field(max_length=100), AfterValidator(_printable), AfterValidator(single_line)]
Text = Annotated[str, _TRIMMED, Field(max_length=4000), AfterValidator(_printable)]
ShortText = Annotated[str, _TRIMMED, Field(max_length=500), AfterValidator(_printable)]
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
Moment = Annotated[NaiveDatetime, BeforeValidator(_with_a_time), AfterValidator(_on_the_minute)]
Day = Annotated[date, BeforeValidator(_no_number)]
Count = Annotated[StrictInt, Field(ge=0, le=100_000)]
Money = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]


class Part(BaseModel):
    """A part of the file: unknown fields are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NetworkPart(Part):
    """`network:`"""

    name: Name
    timezone: Name = "Europe/Brussels"
    language: Literal["nl-BE"] = "nl-BE"
    regions: list[ShortName] = Field(default_factory=list)


class OrganisationPart(Part):
    """One of `organisations:`"""

    name: Name
    kind: OrganisationKind = OrganisationKind.OTHER
    region: ShortName | None = None
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
    room: ShortName | None = None


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


class FileStatus(StrEnum):
    """Where somebody stands in a file. A seat is offered, and a registration taken back, only in chat."""

    REGISTERED = RegistrationStatus.REGISTERED.value
    WAITLISTED = RegistrationStatus.WAITLISTED.value
    EXCUSED = RegistrationStatus.EXCUSED.value
    ATTENDED = RegistrationStatus.ATTENDED.value
    ABSENT = RegistrationStatus.ABSENT.value


class RegistrationPart(Part):
    """One of a meeting's `registrations:`"""

    person: Email
    status: FileStatus = FileStatus.REGISTERED
    replaced_by: Email | None = None
    session: Key | None = None


class SessionPart(Part):
    """One of a meeting's `sessions:`"""

    key: Key
    title: Name
    capacity: Count | None = None
    room: ShortName | None = None


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
    register_until: Day | None = None
    agenda_until: Day | None = None
    themes: list[Name] = Field(default_factory=list)
    guests: list[GuestPart] = Field(default_factory=list)
    agenda: list[AgendaPart] = Field(default_factory=list)
    registrations: list[RegistrationPart] = Field(default_factory=list)
    sessions: list[SessionPart] = Field(default_factory=list)


class QuestionPart(Part):
    """One of `faq:`"""

    question: ShortText
    also: list[Text] = Field(default_factory=list)
    answer: Text


class NetworkFile(Part):
    """The whole file."""

    network: NetworkPart | None = None
    organisations: list[OrganisationPart] = Field(default_factory=list)
    people: list[PersonPart] = Field(default_factory=list)
    meetings: list[MeetingPart] = Field(default_factory=list)
    faq: list[QuestionPart] = Field(default_factory=list)
