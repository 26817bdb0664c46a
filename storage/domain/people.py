"""People and organisations: who they are, and what a viewer may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the network. Only storage says who coordinates."""

    AMBASSADOR = "ambassador"
    COORDINATOR = "coordinator"
    EXTERNAL = "external"


class OrganisationKind(StrEnum):
    """The sector of an organisation."""

    YOUTH_CARE = "jeugdhulp"
    CLB = "clb"
    SCHOOL = "school"
    GGZ = "ggz"
    VAPH = "vaph"
    HIGHER_EDUCATION = "hoger-onderwijs"
    LOCAL_GOVERNMENT = "lokaal-bestuur"
    OTHER = "andere"


class OrganisationStatus(StrEnum):
    """Where an organisation stands in the coordinator's round."""

    AMBASSADOR = "ambassador"
    PARTNER = "partner"
    VISITED = "visited"
    WAITING = "waiting"
    EXPLORING = "exploring"
    STOPPED = "stopped"

    @property
    def confidential(self) -> bool:
        """True while only the coordinator may know of this contact."""
        return self in {OrganisationStatus.WAITING, OrganisationStatus.EXPLORING}

    @property
    def active(self) -> bool:
        """True for organisations that take part in the network now."""
        return not self.confidential and self is not OrganisationStatus.STOPPED


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation in or around the network."""

    id: int
    name: str
    kind: OrganisationKind
    status: OrganisationStatus
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person the network knows. `email` is lower case; `entra_id` is their Entra object id once known.

    `affiliation` is where a guest says to work, when that is no organisation of the network.
    """

    id: int
    name: str
    email: str
    role: Role
    organisation: Organisation | None = None
    entra_id: str | None = None
    affiliation: str | None = None

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Account:
    """A Teams account as the roster shows it. `emails` are the lower-case addresses it may be known by."""

    entra_id: str
    name: str
    emails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: a known person, somebody of the team we don't know yet, or a stranger."""

    person: Person | None
    member: bool

    @property
    def is_coordinator(self) -> bool:
        """True for a person whom storage calls coordinator."""
        return self.person is not None and self.person.role is Role.COORDINATOR

    @property
    def is_stranger(self) -> bool:
        """True for somebody outside the network and its team: they hear nothing of it."""
        return self.person is None and not self.member

    def may_know(self, organisation: Organisation) -> bool:
        """Whether this viewer may hear that the network is in touch with `organisation`."""
        return self.is_coordinator or not organisation.status.confidential

    def may_meet(self, person: Person) -> bool:
        """Whether this viewer may hear of `person`: not of those of an organisation they may not know of."""
        return person.organisation is None or self.may_know(person.organisation)


def contacts_of(people: Iterable[Person]) -> tuple[Person, ...]:
    """Whom to contact of an organisation's people: its ambassadors, or everybody where there are none."""
    everybody = tuple(people)
    return tuple(one for one in everybody if one.role is Role.AMBASSADOR) or everybody
