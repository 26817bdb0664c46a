"""What the bot says about people and organisations."""

from collections.abc import Sequence

from dialogs.texts.words import MayTell, bullets, enumeration, plain
from storage.domain.people import Organisation, OrganisationStatus, Person, Role, Viewer

ROLES = {
    Role.AMBASSADOR: "onderwijsambassadeur",
    Role.COORDINATOR: "coördinator",
    Role.EXTERNAL: "contactpersoon",
}
STATUSES = {
    OrganisationStatus.AMBASSADOR: "ambassadeur",
    OrganisationStatus.PARTNER: "partner",
    OrganisationStatus.VISITED: "bezocht",
    OrganisationStatus.WAITING: "wacht op antwoord",
    OrganisationStatus.EXPLORING: "in verkenning",
    OrganisationStatus.STOPPED: "gestopt",
}
NO_COORDINATOR = "Ik weet niet wie de coördinator is."
NO_SUCH_PERSON = "Die naam ken ik niet in het netwerk."
NO_SUCH_ORGANISATION = (
    "Die organisatie ken ik niet in het netwerk. Vraag me welke organisaties er zijn voor de hele lijst."
)
WHOM = "Van wie wil je het weten? Geef me een naam."
WHICH_ORGANISATION = "Van welke organisatie wil je het weten? Geef me een naam."
NO_ORGANISATIONS = "Er staan nog geen organisaties in het netwerk."


def which(people: Sequence[Person], may_tell: MayTell) -> str:
    """Several people have this name."""
    return f"Bedoel je {enumeration([plain(choice(one, may_tell)) for one in people], 'of')}?"


def choice(person: Person, may_tell: MayTell) -> str:
    """A person on a button."""
    belongs = person.organisation
    return f"{person.name} ({belongs.name})" if belongs and may_tell(belongs) else person.name


def coordinators(people: Sequence[Person], with_email: bool) -> str:
    """Who coordinates, with the mail address in a personal chat."""
    if not people:
        return NO_COORDINATOR
    names = enumeration([_reach(one, with_email) for one in people])
    return f"De coördinator is {names}." if len(people) == 1 else f"De coördinatoren zijn {names}."


def contacts(organisation: Organisation, people: Sequence[Person], with_email: bool) -> str:
    """Who is the ambassador or contact of an organisation."""
    name = plain(organisation.name)
    if not people:
        return f"Voor {name} ken ik nog geen contactpersoon."
    names = enumeration([_reach(one, with_email) for one in people])
    ambassadors = people[0].role is Role.AMBASSADOR
    if len(people) == 1:
        return f"De {ROLES[Role.AMBASSADOR if ambassadors else Role.EXTERNAL]} van {name} is {names}."
    return f"De {'onderwijsambassadeurs' if ambassadors else 'contactpersonen'} van {name} zijn {names}."


def stopped(organisation: Organisation) -> str:
    """An organisation that took part once."""
    return f"{plain(organisation.name)} doet niet meer mee in het netwerk."


def organisation_of(person: Person, viewer: Viewer) -> str:
    """Where somebody belongs."""
    name = plain(person.name)
    if person.organisation is None or not viewer.may_know(person.organisation):
        return f"{name} is {ROLES[person.role]} in het netwerk."
    organisation = plain(person.organisation.name)
    if person.role is Role.COORDINATOR:
        return f"{name} is coördinator van het netwerk, en hoort bij {organisation}."
    return f"{name} is {ROLES[person.role]} van {organisation}."


def email(person: Person) -> str:
    """Somebody's mail address."""
    return f"Het e-mailadres van {plain(person.name)} is {address(person.email)}."


def address(mail: str) -> str:
    """A mail address; its underscores and the like are not markup."""
    return plain(mail)


def organisations(found: Sequence[Organisation], ambassadors: Sequence[Person], viewer: Viewer) -> str:
    """The organisations of the network with their ambassadors; the coordinator also sees how each stands."""
    shown = [one for one in found if one.status.active or viewer.is_coordinator]
    if not shown:
        return NO_ORGANISATIONS
    head = "In het netwerk zit 1 organisatie" if len(shown) == 1 else f"In het netwerk zitten {len(shown)} organisaties"
    if viewer.is_coordinator:
        head = f"Je netwerk en je ronde, {len(shown)} organisaties"
    return f"{head}:\n\n{bullets([_organisation(one, ambassadors, viewer) for one in shown])}"


def _organisation(one: Organisation, ambassadors: Sequence[Person], viewer: Viewer) -> str:
    named = [plain(person.name) for person in ambassadors if person.organisation == one]
    status = f" ({STATUSES[one.status]})" if viewer.is_coordinator else ""
    return f"{plain(one.name)}{status}" + (f": {enumeration(named)}" if named else "")


def _reach(person: Person, with_email: bool) -> str:
    return f"{plain(person.name)} ({address(person.email)})" if with_email else plain(person.name)
