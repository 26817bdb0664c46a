"""The names that somebody may mention, and the people behind them."""

from datetime import date, timedelta

from sqlalchemy import update

from storage.domain.meetings import NEAR_FUTURE, RECENT_PAST, MeetingKind
from storage.domain.network import MeetingName, Names
from storage.services.house import House
from storage.tables.people import PersonRow
from tests.conftest import NOW
from tests.storage.support import ANS, MEMBER, MIEL, ROOS, TARIK, bring, change, meeting, network, person, viewer


async def names(house: House, later: timedelta = timedelta(0)) -> Names:
    """The names as the bot has them at hand."""
    visit = await house.visitors.visit(None, "gesprek")
    return await house.names.at(visit.network, NOW + later, for_coordinator=True)


async def test_every_name_is_at_hand(house: House) -> None:
    await bring(house, network())
    found = await names(house)
    assert {one.name for one in found.people} == {"Roos Pauwels", "Tarik Aydin", "Miel Baert", "Ans Dewulf"}
    assert {one.name for one in found.organisations} == {"De Helm", "School Strandpad"}
    assert [one.question for one in found.questions] == ["Hoe doe ik mee?"]


async def test_a_meeting_has_all_its_names(house: House) -> None:
    await bring(house, network())
    (found,) = (await names(house)).meetings
    assert found == MeetingName(
        found.id,
        MeetingKind.INTERVISIE,
        "Intervisie rust in de klas",
        date(2027, 2, 4),
        ("rust", "klas"),
        "De Helm",
        "Duinpad 3, 9999 Zandrade",
        ("Ilse Moens",),
    )


async def test_names_are_read_once_until_the_revision_changes(house: House) -> None:
    await bring(house, network())
    before = await names(house)
    await change(house, update(PersonRow).values(name="Achter onze rug"))
    assert await names(house) is before


async def test_an_import_makes_the_names_new(house: House) -> None:
    await bring(house, network())
    await names(house)
    file = network()
    file["people"][0]["name"] = "Roos Peeters"
    await bring(house, file)
    assert "Roos Peeters" in {one.name for one in (await names(house)).people}


async def test_another_day_makes_the_names_new(house: House) -> None:
    await bring(house, network())
    await names(house)
    await change(house, update(PersonRow).values(name="Morgen nieuw"))
    assert {one.name for one in (await names(house, timedelta(days=1))).people} == {"Morgen nieuw"}


async def test_meetings_far_away_in_time_are_not_at_hand(house: House) -> None:
    days = {
        "lang-geleden": NOW - RECENT_PAST - timedelta(days=1),
        "onlangs": NOW - RECENT_PAST + timedelta(days=1),
        "binnenkort": NOW + NEAR_FUTURE - timedelta(days=1),
        "ver-weg": NOW + NEAR_FUTURE + timedelta(days=1),
    }
    file = {"meetings": [meeting(key, f"{at:%Y-%m-%d} 10:00", f"{at:%Y-%m-%d} 11:00") for key, at in days.items()]}
    await bring(house, file)
    assert [one.title for one in (await names(house)).meetings] == ["Titel onlangs", "Titel binnenkort"]


async def test_confidential_organisations_are_for_the_coordinator(house: House) -> None:
    file = network()
    for status in ("ambassador", "partner", "visited", "waiting", "exploring", "stopped"):
        file["organisations"].append({"name": f"Bij {status}", "status": status})
    await bring(house, file)
    found = await names(house)
    assert found.for_coordinator(yes=True) is found
    hidden = {one.name for one in found.organisations} - {
        one.name for one in found.for_coordinator(yes=False).organisations
    }
    assert hidden == {"School Strandpad", "Bij waiting", "Bij exploring"}
    unheard = {one.name for one in found.people} - {one.name for one in found.for_coordinator(yes=False).people}
    theirs = {one.id for one in found.organisations if one.name in hidden}
    assert unheard == {one.name for one in found.people if one.organisation_id in theirs}


async def test_somebody_who_is_no_coordinator_gets_the_names_they_may_know(house: House) -> None:
    await bring(house, network())
    visit = await house.visitors.visit(None, "gesprek")
    every = await house.names.at(visit.network, NOW, for_coordinator=True)
    public = await house.names.at(visit.network, NOW, for_coordinator=False)
    assert {one.name for one in public.organisations} == {"De Helm"}
    assert {one.name for one in public.people} == {"Roos Pauwels", "Tarik Aydin", "Ans Dewulf"}
    assert (public.meetings, public.questions) == (every.meetings, every.questions)


async def test_people_of_a_confidential_organisation_are_met_by_the_coordinator_only(house: House) -> None:
    await bring(house, network())
    miel, ans = await person(house, MIEL), await person(house, ANS)
    viewers = [await viewer(house, ROOS), await viewer(house, TARIK), MEMBER]
    assert [who.may_meet(miel) for who in viewers] == [True, False, False]
    assert [who.may_meet(ans) for who in viewers] == [True, True, True]


# People and organisations


async def test_an_address_is_found_in_any_case(house: House) -> None:
    await bring(house, network())
    assert (await person(house, "TARIK@Duinen.Example")).email == TARIK


async def test_an_unknown_address_gives_nobody(house: House) -> None:
    assert await house.people.by_email("wie@duinen.example") is None


async def test_coordinators_come_first(house: House) -> None:
    await bring(house, network())
    everybody = await house.people.everybody()
    assert [one.name for one in everybody] == ["Roos Pauwels", "Tarik Aydin", "Ans Dewulf", "Miel Baert"]
    assert [one.name for one in await house.people.coordinators()] == ["Roos Pauwels"]


async def test_a_confidential_organisation_is_known_to_the_coordinator_only(house: House) -> None:
    await bring(house, network())
    roos, miel = await viewer(house, ROOS), await person(house, MIEL)
    assert miel.organisation is not None
    for_roos = await house.people.of_organisation(miel.organisation.id, roos)
    assert for_roos == (miel.organisation, (miel,))
    assert await house.people.of_organisation(miel.organisation.id, await viewer(house, TARIK)) is None
    assert await house.people.of_organisation(miel.organisation.id, MEMBER) is None
    assert [one.name for one in await house.people.organisations(MEMBER)] == ["De Helm"]


async def test_an_unknown_organisation_has_no_people(house: House) -> None:
    await bring(house, network())
    assert await house.people.of_organisation(987_654, await viewer(house, ROOS)) is None


async def test_people_are_found_by_id_in_order_of_name(house: House) -> None:
    await bring(house, network())
    wanted = [(await person(house, email)).id for email in (TARIK, MIEL)]
    assert [one.email for one in await house.people.known(wanted)] == [MIEL, TARIK]
