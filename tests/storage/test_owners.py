"""Whom the owner of an action means, as it stands in a report."""

from dataclasses import replace

import pytest

from storage.domain.owners import Known, Owners, meant
from storage.domain.people import Organisation, OrganisationKind, OrganisationStatus, Person, Role
from storage.services.house import House
from storage.services.owners import matched
from tests.storage.doings import home, take_part, within
from tests.storage.proposals import here  # noqa: F401 - a fixture
from tests.storage.support import MIEL, TARIK

CLB = Organisation(1, "CLB De Sluis", OrganisationKind.CLB, OrganisationStatus.AMBASSADOR)
YOUTH = Organisation(2, "Jeugd en Welzijn vzw", OrganisationKind.YOUTH_CARE, OrganisationStatus.AMBASSADOR)


def _person(number: int, name: str, organisation: Organisation = CLB, role: Role = Role.AMBASSADOR) -> Person:
    return Person(number, name, f"p{number}@duinen.example", role, organisation)


AN, ANNA, PIET = _person(1, "An Peeters"), _person(2, "Anna De Ridder", YOUTH), _person(3, "Piet Ölbrich", YOUTH)
AN_TOO, JAN = _person(4, "An Maes", YOUTH), _person(5, "Jan Wouters")
NELE = _person(6, "Nele Baert", YOUTH, Role.COORDINATOR)
SOFIE = _person(7, "Sofie Claes", CLB, Role.EXTERNAL)
EVERYBODY = (AN, ANNA, PIET, AN_TOO, JAN, NELE, SOFIE)
KNOWN = Known((AN, ANNA, PIET, SOFIE), EVERYBODY, (CLB, YOUTH), (NELE,), PIET, ANNA)


@pytest.mark.parametrize(
    ("owner", "people"),
    [
        ("An", [AN]),
        ("an peeters", [AN]),
        ("An Peters", [AN]),
        ("An P.", [AN]),
        ("An (CLB De Sluis)", [AN]),
        ("An Maes", [AN_TOO]),
        ("PIET OLBRICH", [PIET]),
        ("An en Piet", [AN, PIET]),
        ("An, Piet & Anna", [AN, PIET, ANNA]),
        ("An/Piet", [AN, PIET]),
        ("An met Piet", [AN, PIET]),
        ("CLB De Sluis", [AN, SOFIE]),
        ("Jeugd en Welzijn", [ANNA, PIET]),
        ("de coördinator", [NELE]),
        ("Nele", [NELE]),
        ("Organisator", [PIET]),
        ("verslaggever:", [ANNA]),
    ],
)
def test_an_owner_is_who_is_meant(owner: str, people: list[Person]) -> None:
    found = meant(owner, KNOWN)
    assert list(found.people) == people
    assert not found.group


@pytest.mark.parametrize(
    "owner",
    [
        "iedereen",
        "Allen",
        "alle leden",
        "de groep",
        "De hele groep",
        "alle leden van het netwerk",
        "wij",
        "elke school",
    ],
)
def test_the_group_is_everybody(owner: str) -> None:
    assert meant(owner, KNOWN) == Owners(group=True)


@pytest.mark.parametrize("owner", ["Jan", "Marie", "Koen Vermeersch", "de directie", "stad Zandrade"])
def test_who_was_not_there_or_is_nobody_known_stays_a_name(owner: str) -> None:
    assert meant(owner, KNOWN) == Owners(rest=owner)


def test_a_first_name_that_two_of_those_who_were_there_have_is_nobodys_until_their_organisation_says_who() -> None:
    both = Known((AN, AN_TOO), EVERYBODY, (CLB, YOUTH))
    assert meant("An", both) == Owners(rest="An")
    assert meant("An (Jeugd en Welzijn)", both).people == (AN_TOO,)


def test_a_coordinators_first_name_that_somebody_else_has_as_well_is_nobodys() -> None:
    also = _person(8, "Nele Smet")
    assert meant("Nele", replace(KNOWN, everybody=(*EVERYBODY, also))) == Owners(rest="Nele")


def test_an_organisation_of_which_nobody_was_there_is_whom_one_contacts() -> None:
    assert meant("CLB De Sluis", Known((PIET,), EVERYBODY, (CLB, YOUTH))).people == (AN, JAN)


def test_some_may_be_known_and_the_others_not() -> None:
    assert meant("An, Koen en de groep", KNOWN) == Owners((AN,), "Koen", group=True)


async def test_those_who_took_part_or_were_excused_count_as_there_and_a_coordinator_always(here: House) -> None:  # noqa: F811
    await take_part(here, TARIK)
    await take_part(here, MIEL, status="excused")
    meeting = await home(here)
    found = await within(here, lambda unit: matched(unit, meeting, "Tarik, Miel en Ans"))
    assert sorted(one.first_name for one in found.people) == ["Ans", "Miel", "Tarik"]
    coordinator = await within(here, lambda unit: matched(unit, meeting, "Roos"))
    assert [one.first_name for one in coordinator.people] == ["Roos"]
