"""Who is writing: recognised once by mail address, then by Entra id; and who introduces themselves."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from storage.domain.dialogs import Memory
from storage.domain.people import Account, Role
from storage.domain.refusals import AddressTaken, AlreadyKnown, UnknownOrganisation
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.support import ANS, MIEL, ROOS, TARIK, bring, network, person, revision, the_meeting, viewer

ME = "0a1b2c3d-0000-4000-8000-000000000001"
OTHER = "0a1b2c3d-0000-4000-8000-000000000002"
ANOTHER = Account(OTHER, "Ilse Anders", ("ilse@elders.example",))
NEW = Account(ME, "Nora Nieuw", ("nora@elders.example", "nora_elders.example#ext#@duinen.example"))


@pytest_asyncio.fixture(loop_scope="session")
async def filled(house: House) -> House:
    """A house with the network in it."""
    await bring(house, network())
    return house


async def organisation_id(house: House, name: str) -> int:
    """The id of an organisation."""
    found = await house.people.organisations(await viewer(house, ROOS))
    return next(one.id for one in found if one.name == name)


# Recognising


async def test_somebody_unknown_visits_as_nobody(filled: House) -> None:
    visit = await filled.visitors.visit(ME, "gesprek")
    assert (visit.person, visit.memory, visit.network.name) == (None, Memory(), "Netwerk Duinen")


async def test_who_is_recognised_is_known_from_then_on(filled: House) -> None:
    recognised = await filled.visitors.recognise(Account(ME, "Tarik A.", (TARIK,)))
    visit = await filled.visitors.visit(ME, "gesprek")
    assert recognised == visit.person == await person(filled, TARIK)
    assert visit.person is not None
    assert (visit.person.name, visit.person.entra_id) == ("Tarik Aydin", ME)
    assert visit.person.organisation is not None


async def test_a_guest_is_recognised_by_one_of_their_addresses(filled: House) -> None:
    guest = Account(ME, "Tarik", ("tarik_duinen.example#ext#@gastheer.example", TARIK))
    recognised = await filled.visitors.recognise(guest)
    assert recognised is not None
    assert recognised.email == TARIK


async def test_an_unknown_address_is_not_recognised(filled: House) -> None:
    assert await filled.visitors.recognise(NEW) is None
    assert (await filled.visitors.visit(ME, "gesprek")).person is None


async def test_an_account_without_an_address_is_not_recognised(filled: House) -> None:
    assert await filled.visitors.recognise(Account(ME, "Tarik Aydin", ())) is None


async def test_an_address_that_was_given_to_somebody_else_opens_no_door(filled: House) -> None:
    await filled.visitors.recognise(Account(ME, "Tarik", (TARIK,)))
    assert await filled.visitors.recognise(Account(OTHER, "Tarik", (TARIK,))) is None
    assert (await person(filled, TARIK)).entra_id == ME
    assert (await filled.visitors.visit(OTHER, "gesprek")).person is None


async def test_addresses_of_two_people_are_nobody(filled: House) -> None:
    assert await filled.visitors.recognise(Account(ME, "Wie", (TARIK, MIEL))) is None
    assert (await person(filled, TARIK)).entra_id is None


async def test_being_recognised_twice_is_no_harm(filled: House) -> None:
    account = Account(ME, "Tarik", (TARIK,))
    found = await asyncio.gather(*(filled.visitors.recognise(account) for _ in range(5)))
    assert {one.email if one else None for one in found} == {TARIK}


# Asking once


async def test_somebody_unknown_is_asked_once(house: House) -> None:
    answers = [await house.visitors.ask_once(NEW, NOW), await house.visitors.ask_once(NEW, NOW + timedelta(days=1))]
    assert answers == [True, False]
    assert await house.visitors.ask_once(ANOTHER, NOW)


async def test_a_question_that_did_not_arrive_may_be_asked_again(house: House) -> None:
    await house.visitors.ask_once(NEW, NOW)
    await house.visitors.forget_asking(ME)
    assert await house.visitors.ask_once(NEW, NOW)


async def test_of_many_at_once_one_asks(house: House) -> None:
    asked = await asyncio.gather(*(house.visitors.ask_once(NEW, NOW) for _ in range(20)))
    assert sum(asked) == 1


# Introducing


async def test_who_introduces_themselves_is_known_as_an_external(filled: House) -> None:
    introduced = await filled.visitors.introduce(NEW, await organisation_id(filled, "De Helm"))
    visit = await filled.visitors.visit(ME, "gesprek")
    assert visit.person == introduced
    assert (introduced.name, introduced.email, introduced.role) == ("Nora Nieuw", NEW.emails[0], Role.EXTERNAL)
    assert introduced.organisation is not None
    assert introduced.organisation.name == "De Helm"


async def test_an_organisation_that_is_not_in_the_list_may_be_left_out(filled: House) -> None:
    introduced = await filled.visitors.introduce(NEW, None)
    assert introduced.organisation is None


async def test_a_new_name_raises_the_revision(filled: House) -> None:
    before = await revision(filled)
    await filled.visitors.introduce(NEW, None)
    assert await revision(filled) == before + 1


async def test_an_unknown_organisation_is_refused(filled: House) -> None:
    with pytest.raises(UnknownOrganisation):
        await filled.visitors.introduce(NEW, 987_654)
    assert (await filled.visitors.visit(ME, "gesprek")).person is None


@pytest.mark.parametrize("status", ["waiting", "exploring", "stopped"])
async def test_an_organisation_that_they_may_not_know_is_refused(house: House, status: str) -> None:
    file = network()
    file["organisations"][1]["status"] = status
    await bring(house, file)
    with pytest.raises(UnknownOrganisation):
        await house.visitors.introduce(NEW, await organisation_id(house, "School Strandpad"))
    assert (await house.visitors.visit(ME, "gesprek")).person is None


@pytest.mark.parametrize("status", ["ambassador", "partner", "visited"])
async def test_an_organisation_of_the_network_is_accepted(house: House, status: str) -> None:
    file = network()
    file["organisations"][1]["status"] = status
    await bring(house, file)
    introduced = await house.visitors.introduce(NEW, await organisation_id(house, "School Strandpad"))
    assert introduced.organisation is not None


async def test_who_is_known_does_not_introduce_themselves(filled: House) -> None:
    known = await filled.visitors.introduce(NEW, None)
    with pytest.raises(AlreadyKnown):
        await filled.visitors.introduce(replace(NEW, name="Iemand Anders", emails=("nog@elders.example",)), None)
    assert await person(filled, NEW.emails[0]) == known
    assert await filled.people.by_email("nog@elders.example") is None


async def test_an_address_in_use_is_refused(filled: House) -> None:
    with pytest.raises(AddressTaken):
        await filled.visitors.introduce(Account(ME, "Ans", ("anders@elders.example", ANS)), None)
    assert (await person(filled, ANS)).entra_id is None
    assert await filled.people.by_email("anders@elders.example") is None


async def test_an_account_without_an_address_is_refused_and_not_asked(filled: House) -> None:
    account = replace(NEW, emails=())
    assert not await filled.visitors.may_introduce(account)
    assert not await filled.visitors.ask_once(account, NOW)
    with pytest.raises(AddressTaken):
        await filled.visitors.introduce(account, None)
    assert (await filled.visitors.visit(ME, "gesprek")).person is None


async def test_who_introduces_themselves_twice_at_once_is_added_once(filled: House) -> None:
    calls = (filled.visitors.introduce(NEW, None) for _ in range(5))
    ended = await asyncio.gather(*calls, return_exceptions=True)
    assert sorted(type(one).__name__ for one in ended) == ["AlreadyKnown"] * 4 + ["Person"]
    assert (await person(filled, NEW.emails[0])).entra_id == ME


# Remembering


async def test_what_was_talked_about_is_remembered_per_conversation(filled: House) -> None:
    found, tarik = await the_meeting(filled), await person(filled, TARIK)
    organisation = await organisation_id(filled, "De Helm")
    await filled.visitors.remember("een", Memory(found.id, tarik.id, organisation, "wanneer"), NOW)
    visit = await filled.visitors.visit(None, "een")
    assert visit.memory == Memory(found.id, tarik.id, organisation, "wanneer", NOW)
    assert (await filled.visitors.visit(None, "twee")).memory == Memory()


async def test_the_latest_memory_counts(filled: House) -> None:
    found = await the_meeting(filled)
    await filled.visitors.remember("een", Memory(found.id, intent="wanneer"), NOW)
    await filled.visitors.remember("een", Memory(intent="wie"), NOW + timedelta(minutes=1))
    visit = await filled.visitors.visit(None, "een")
    assert visit.memory == Memory(intent="wie", at=NOW + timedelta(minutes=1))


async def test_what_was_talked_about_too_long_ago_is_not_meant(filled: House) -> None:
    await filled.visitors.remember("een", Memory(intent="wie"), NOW)
    memory = (await filled.visitors.visit(None, "een")).memory
    assert memory.fresh(NOW + timedelta(hours=11, minutes=59)).intent == "wie"
    assert memory.fresh(NOW + timedelta(hours=12)) == Memory()


async def test_who_has_the_address_of_somebody_known_is_not_asked(filled: House) -> None:
    taken = Account(OTHER, "Ans", (ANS,))
    assert not await filled.visitors.ask_once(taken, NOW)
    assert not await filled.visitors.may_introduce(taken)
    assert await filled.visitors.may_introduce(NEW)
