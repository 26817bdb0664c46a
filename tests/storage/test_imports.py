"""Importing a network file: all of it arrives, and afterwards what people did since is left alone."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from storage.domain.agenda import PointKind
from storage.domain.imports import Change, ImportConflict, Noun, Record
from storage.domain.meetings import Audience, Guest, Location, MeetingKind
from storage.domain.people import Account, OrganisationKind, OrganisationStatus, Role
from storage.domain.registrations import RegistrationStatus
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.network import NetworkRow, QuestionRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    ANS,
    MEMBER,
    MIEL,
    ROOS,
    TARIK,
    ZONE,
    change,
    everything,
    imported,
    meeting,
    network,
    person,
    records,
    revision,
    rows,
    the_meeting,
    viewer,
)

ENTRA = "0a1b2c3d-0000-4000-8000-00000000000{}"


async def column(house: House, wanted: Any) -> list[Any]:
    """The values of one column, in order of id."""
    return [row[0] for row in await rows(house, select(wanted).order_by(wanted.class_.id))]


# Everything arrives


async def test_the_network_arrives(house: House) -> None:
    await imported(house, network())
    arrived = await rows(house, select(NetworkRow.name, NetworkRow.timezone, NetworkRow.language, NetworkRow.regions))
    assert arrived == [("Netwerk Duinen", ZONE, "nl-BE", ["Noord", "Zuid"])]
    visit = await house.visitors.visit(None, "gesprek")
    assert (visit.network.name, visit.network.regions) == ("Netwerk Duinen", ("Noord", "Zuid"))


async def test_organisations_arrive(house: House) -> None:
    await imported(house, network())
    helm, school = await house.people.organisations(await viewer(house, ROOS))
    assert (helm.name, helm.kind, helm.status, helm.region) == (
        "De Helm",
        OrganisationKind.YOUTH_CARE,
        OrganisationStatus.AMBASSADOR,
        "Noord",
    )
    assert (school.kind, school.status, school.region) == (
        OrganisationKind.SCHOOL,
        OrganisationStatus.EXPLORING,
        "Zuid",
    )


async def test_people_arrive(house: House) -> None:
    file = network()
    file["people"][0]["entra_id"] = ENTRA.format(1).upper()
    await imported(house, file)
    roos, ans = await person(house, ROOS), await person(house, ANS)
    assert (roos.name, roos.email, roos.role, roos.entra_id) == (
        "Roos Pauwels",
        ROOS,
        Role.COORDINATOR,
        ENTRA.format(1),
    )
    assert roos.organisation is not None
    assert roos.organisation.name == "De Helm"
    assert (ans.organisation, ans.entra_id, ans.role) == (None, None, Role.EXTERNAL)


async def test_a_meeting_arrives(house: House) -> None:
    await imported(house, network())
    found = await the_meeting(house)
    assert found.kind is MeetingKind.INTERVISIE
    assert found.title == "Intervisie rust in de klas"
    assert (found.description, found.for_whom, found.practical) == ("Wat brengt rust?", "Iedereen", "Soep voorzien")
    assert found.audience is Audience.PARTICIPANTS
    assert found.starts == datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)
    assert found.ends == datetime(2027, 2, 4, 12, tzinfo=BRUSSELS)
    assert found.location == Location("De Helm", "Duinpad 3, 9999 Zandrade", "Zolder")
    assert found.online_url == "https://teams.example/rust"
    assert (found.capacity, found.fee_eur) == (20, Decimal("7.50"))
    assert (found.register_until, found.agenda_until) == (date(2027, 2, 1), date(2027, 1, 28))
    assert found.themes == ("rust", "klas")
    assert found.guests == (Guest("Ilse Moens", "Vzw Golfslag"),)


async def test_who_organises_and_who_takes_notes_arrives(house: House) -> None:
    await imported(house, network())
    kept = await rows(house, select(MeetingRow.organiser_id, MeetingRow.note_taker_id))
    assert kept == [((await person(house, ROOS)).id, (await person(house, TARIK)).id)]


async def test_agenda_points_arrive_in_order(house: House) -> None:
    await imported(house, network())
    points = await house.meetings.agenda(await the_meeting(house))
    assert [(one.title, one.kind, one.presenter, one.minutes) for one in points] == [
        ("Verwelkoming", PointKind.INFORMATION, None, 10),
        ("Rust zonder straf", PointKind.THEME, "Ilse Moens", 45),
        ("Varia", None, None, None),
    ]


async def test_sessions_arrive(house: House) -> None:
    await imported(house, network())
    sessions = await house.meetings.sessions(await the_meeting(house))
    assert [(one.key, one.title, one.capacity, one.room) for one in sessions] == [
        ("groen", "Groep groen", 8, "Zaal 1"),
        ("blauw", "Groep blauw", None, None),
    ]


async def test_registrations_arrive_with_their_session(house: House) -> None:
    await imported(house, network())
    attendees = await house.registrations.of_meeting(await the_meeting(house))
    assert [(one.person.email, one.status, one.session) for one in attendees] == [
        (TARIK, RegistrationStatus.REGISTERED, "Groep groen"),
        (MIEL, RegistrationStatus.EXCUSED, None),
    ]


async def test_questions_arrive(house: House) -> None:
    await imported(house, network())
    visit = await house.visitors.visit(None, "gesprek")
    (question,) = (await house.names.at(visit.network, NOW, for_coordinator=True)).questions
    assert (question.question, question.also, question.answer) == (
        "Hoe doe ik mee?",
        ("Kan ik meedoen?",),
        "Stuur een berichtje.",
    )


async def test_a_new_record_is_reported_as_created(house: House) -> None:
    report = await imported(house, network())
    counted = {noun: sum(one.noun is noun for one in report.created) for noun in Noun if noun is not Noun.NETWORK}
    assert counted == {
        Noun.ORGANISATION: 2,
        Noun.PERSON: 4,
        Noun.MEETING: 1,
        Noun.SESSION: 2,
        Noun.AGENDA_POINT: 3,
        Noun.REGISTRATION: 2,
        Noun.QUESTION: 1,
    }


async def test_what_the_file_is_silent_about_gets_its_default(house: House) -> None:
    await imported(
        house,
        {
            "organisations": [{"name": "Kaal"}],
            "people": [{"name": "Kim Kort", "email": "kim@duinen.example"}],
            "meetings": [
                meeting("kaal", "2027-01-05 10:00", "2027-01-05 11:00", "stuurgroep"),
                meeting(
                    "open", "2027-01-06 10:00", "2027-01-06 11:00", registrations=[{"person": "kim@duinen.example"}]
                ),
            ],
            "faq": [{"question": "Waarom?", "answer": "Daarom."}],
        },
    )
    assert await rows(house, select(OrganisationRow.kind, OrganisationRow.status)) == [("andere", "partner")]
    assert await column(house, PersonRow.role) == ["external"]
    assert await column(house, MeetingRow.audience) == ["participants", "network"]
    assert await column(house, MeetingRow.guests) == [[], []]
    assert await column(house, RegistrationRow.status) == ["registered"]
    assert await column(house, QuestionRow.also) == [[]]


async def test_a_later_file_may_refer_to_who_is_known(house: House) -> None:
    await imported(house, network())
    await imported(house, {"meetings": [meeting("later", "2027-03-01 10:00", "2027-03-01 11:00", organiser=ROOS)]})
    later = await the_meeting(house, "later", await viewer(house, ROOS))
    assert later.viewer_takes_part


# Importing again


async def test_importing_twice_changes_nothing(house: House) -> None:
    await imported(house, network())
    before = await everything(house)
    report = await imported(house, network())
    assert report.empty
    assert await everything(house) == before


async def test_importing_twice_does_not_raise_the_revision(house: House) -> None:
    await imported(house, network())
    before = await revision(house)
    await imported(house, network())
    assert await revision(house) == before


async def test_a_changed_file_raises_the_revision(house: House) -> None:
    await imported(house, network())
    before = await revision(house)
    file = network()
    file["people"][1]["name"] = "Tarik Aydın"
    await imported(house, file)
    assert await revision(house) > before


CHANGES: list[tuple[tuple[str | int, ...], Any, Any, Any]] = [
    (("network", "name"), "Netwerk Zee", NetworkRow.name, "Netwerk Zee"),
    (("network", "regions"), ["Noord", "Zuid", "Oost"], NetworkRow.regions, ["Noord", "Zuid", "Oost"]),
    (("organisations", 0, "kind"), "clb", OrganisationRow.kind, "clb"),
    (("organisations", 0, "region"), "Zuid", OrganisationRow.region, "Zuid"),
    (("organisations", 0, "status"), "stopped", OrganisationRow.status, "stopped"),
    (("people", 0, "name"), "Roos Peeters", PersonRow.name, "Roos Peeters"),
    (("people", 0, "role"), "ambassador", PersonRow.role, "ambassador"),
    (("people", 0, "entra_id"), ENTRA.format(7), PersonRow.entra_id, ENTRA.format(7)),
    (("meetings", 0, "kind"), "andere", MeetingRow.kind, "andere"),
    (("meetings", 0, "title"), "Rust", MeetingRow.title, "Rust"),
    (("meetings", 0, "description"), "Anders", MeetingRow.description, "Anders"),
    (("meetings", 0, "for_whom"), "CLB", MeetingRow.for_whom, "CLB"),
    (("meetings", 0, "practical"), "Fiets", MeetingRow.practical, "Fiets"),
    (("meetings", 0, "audience"), "network", MeetingRow.audience, "network"),
    (("meetings", 0, "starts"), "2027-02-04 10:00", MeetingRow.starts_at, datetime(2027, 2, 4, 9, tzinfo=UTC)),
    (("meetings", 0, "ends"), "2027-02-04 13:00", MeetingRow.ends_at, datetime(2027, 2, 4, 12, tzinfo=UTC)),
    (("meetings", 0, "location", "room"), "Kelder", MeetingRow.location_room, "Kelder"),
    (("meetings", 0, "online_url"), "https://x.example/", MeetingRow.online_url, "https://x.example/"),
    (("meetings", 0, "capacity"), 21, MeetingRow.capacity, 21),
    (("meetings", 0, "fee_eur"), 8, MeetingRow.fee_eur, Decimal(8)),
    (("meetings", 0, "register_until"), "2027-02-02", MeetingRow.register_until, date(2027, 2, 2)),
    (("meetings", 0, "agenda_until"), "2027-02-02", MeetingRow.agenda_until, date(2027, 2, 2)),
    (("meetings", 0, "themes"), ["stilte"], MeetingRow.themes, ["stilte"]),
    (("meetings", 0, "agenda", 0, "minutes"), 15, AgendaPointRow.minutes, 15),
    (("meetings", 0, "agenda", 0, "title"), "VERWELKOMING", AgendaPointRow.title, "VERWELKOMING"),
    (("meetings", 0, "agenda", 0, "kind"), "varia", AgendaPointRow.kind, "varia"),
    (("meetings", 0, "agenda", 0, "presenter"), "Roos", AgendaPointRow.presenter, "Roos"),
    (("meetings", 0, "registrations", 0, "status"), "attended", RegistrationRow.status, "attended"),
    (("meetings", 0, "sessions", 0, "title"), "Groep geel", SessionRow.title, "Groep geel"),
    (("meetings", 0, "sessions", 0, "capacity"), 9, SessionRow.capacity, 9),
    (("meetings", 0, "sessions", 0, "room"), "Zaal 9", SessionRow.room, "Zaal 9"),
    (("faq", 0, "answer"), "Bel even.", QuestionRow.answer, "Bel even."),
    (("faq", 0, "also"), [], QuestionRow.also, []),
]


async def test_every_changed_field_updates(house: House) -> None:
    await imported(house, network())
    file = network()
    for path, value, _, _ in CHANGES:
        part = file
        for step in path[:-1]:
            part = part[step]  # type: ignore[index]
        part[path[-1]] = value  # type: ignore[index]
    report = await imported(house, file)
    found = {str(wanted): (await column(house, wanted))[0] for _, _, wanted, _ in CHANGES}
    assert found == {str(wanted): expected for _, _, wanted, expected in CHANGES}
    assert report.created == []
    assert len(report.changed) == len(CHANGES)


async def test_a_changed_reference_updates(house: House) -> None:
    await imported(house, network())
    file = network()
    file["people"][1]["organisation"] = "School Strandpad"
    file["meetings"][0]["organiser"] = ANS
    file["meetings"][0]["registrations"][0]["session"] = "blauw"
    report = await imported(house, file)
    tarik = await person(house, TARIK)
    assert tarik.organisation is not None
    assert tarik.organisation.name == "School Strandpad"
    assert await column(house, MeetingRow.organiser_id) == [(await person(house, ANS)).id]
    attendees = await house.registrations.of_meeting(await the_meeting(house))
    assert {one.person.email: one.session for one in attendees}[TARIK] == "Groep blauw"
    assert [(one.field, one.old, one.new) for one in report.changed] == [
        ("organisation", "De Helm", "School Strandpad"),
        ("organiser", ROOS, ANS),
        ("session", "groen", "blauw"),
    ]


async def test_a_removed_record_stays(house: House) -> None:
    await imported(house, network())
    before = await everything(house)
    await imported(house, {"network": network()["network"]})
    assert await everything(house) == before


async def test_a_removed_field_stays(house: House) -> None:
    await imported(house, network())
    before = await rows(house, select(*MeetingRow.__table__.columns))
    file = network()
    for name in ("description", "organiser", "audience", "location", "online_url", "capacity", "fee_eur", "themes"):
        del file["meetings"][0][name]
    del file["meetings"][0]["agenda"]
    await imported(house, file)
    assert await rows(house, select(*MeetingRow.__table__.columns)) == before
    assert len(await house.meetings.agenda(await the_meeting(house))) == 3


async def test_a_field_that_comes_back_unchanged_does_not_overwrite(house: House) -> None:
    await imported(house, network())
    without = network()
    del without["meetings"][0]["description"]
    await imported(house, without)
    await change(house, update(MeetingRow).values(description="Uit de chat"))
    await imported(house, network())
    assert (await the_meeting(house)).description == "Uit de chat"


async def test_null_clears_what_may_be_empty(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0] |= {"online_url": None, "location": None, "capacity": None, "register_until": None}
    file["meetings"][0] |= {"fee_eur": None, "organiser": None}
    file["people"][1]["organisation"] = None
    await imported(house, file)
    found = await the_meeting(house)
    assert (found.online_url, found.location, found.capacity, found.register_until, found.fee_eur) == (None,) * 5
    assert await column(house, MeetingRow.location_address) == [None]
    assert await column(house, MeetingRow.organiser_id) == [None]
    assert (await person(house, TARIK)).organisation is None


async def test_null_never_clears_an_entra_id(house: House) -> None:
    file = network()
    file["people"][1]["entra_id"] = ENTRA.format(1)
    await imported(house, file)
    await imported(house, network())
    assert (await person(house, TARIK)).entra_id == ENTRA.format(1)


async def test_a_new_entra_id_in_the_file_replaces_the_old(house: House) -> None:
    file = network()
    file["people"][1]["entra_id"] = ENTRA.format(1)
    await imported(house, file)
    file["people"][1]["entra_id"] = ENTRA.format(2)
    await imported(house, file)
    assert (await person(house, TARIK)).entra_id == ENTRA.format(2)


# What people did in chat stays


async def test_an_unchanged_file_keeps_what_was_changed_in_chat(house: House) -> None:
    await imported(house, network())
    await change(house, update(RegistrationRow).values(status="absent", session_id=None))
    await change(house, update(MeetingRow).values(location_room="Kelder", capacity=12, title="Nieuwe titel"))
    await change(house, update(PersonRow).where(PersonRow.email == TARIK).values(entra_id=ENTRA.format(3)))
    await change(house, update(OrganisationRow).values(status="stopped"))
    await change(house, update(SessionRow).values(capacity=1))
    await change(house, update(QuestionRow).values(answer="Uit de chat"))
    before = await everything(house)
    report = await imported(house, network())
    assert report.empty
    assert await everything(house) == before


async def test_another_changed_field_leaves_the_one_from_chat_alone(house: House) -> None:
    await imported(house, network())
    await change(house, update(MeetingRow).values(capacity=12))
    file = network()
    file["meetings"][0]["title"] = "Nieuwe titel"
    await imported(house, file)
    found = await the_meeting(house)
    assert (found.title, found.capacity) == ("Nieuwe titel", 12)


async def test_a_changed_file_wins_over_chat(house: House) -> None:
    await imported(house, network())
    await change(house, update(MeetingRow).values(capacity=12))
    file = network()
    file["meetings"][0]["capacity"] = 30
    await imported(house, file)
    assert (await the_meeting(house)).capacity == 30


async def test_a_room_from_chat_survives_a_corrected_address(house: House) -> None:
    await imported(house, network())
    await change(house, update(MeetingRow).values(location_room="Kelder"))
    file = network()
    file["meetings"][0]["location"]["address"] = "Duinpad 5, 9999 Zandrade"
    await imported(house, file)
    assert (await the_meeting(house)).location == Location("De Helm", "Duinpad 5, 9999 Zandrade", "Kelder")


async def test_a_room_that_the_file_no_longer_names_stays(house: House) -> None:
    await imported(house, network())
    file = network()
    del file["meetings"][0]["location"]["room"]
    await imported(house, file)
    assert (await the_meeting(house)).location == Location("De Helm", "Duinpad 3, 9999 Zandrade", "Zolder")


async def test_another_place_does_not_inherit_the_old_address(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0]["location"] = {"name": "School Strandpad"}
    await imported(house, file)
    assert (await the_meeting(house)).location == Location("School Strandpad")


async def test_a_point_that_chat_added_stays(house: House) -> None:
    await imported(house, network())
    found = await the_meeting(house)
    await change(house, insert(AgendaPointRow).values(meeting_id=found.id, position=3, title="Uit de chat"))
    await imported(house, network())
    assert [one.title for one in await house.meetings.agenda(found)][-1] == "Uit de chat"


async def test_a_point_that_chat_removed_stays_away(house: House) -> None:
    await imported(house, network())
    await change(house, delete(AgendaPointRow).where(AgendaPointRow.title == "Varia"))
    await imported(house, network())
    titles = [one.title for one in await house.meetings.agenda(await the_meeting(house))]
    assert titles == ["Verwelkoming", "Rust zonder straf"]


async def test_a_point_that_chat_removed_stays_away_when_others_push_it_along(house: House) -> None:
    await imported(house, network())
    await change(house, delete(AgendaPointRow).where(AgendaPointRow.title == "Varia"))
    file = network()
    file["meetings"][0]["agenda"].insert(0, {"title": "Koffie"})
    await imported(house, file)
    titles = [one.title for one in await house.meetings.agenda(await the_meeting(house))]
    assert titles == ["Koffie", "Verwelkoming", "Rust zonder straf"]


async def test_a_registration_that_chat_removed_stays_away(house: House) -> None:
    await imported(house, network())
    await change(house, delete(RegistrationRow))
    await imported(house, network())
    assert await column(house, RegistrationRow.id) == []


async def test_a_person_who_introduced_themselves_is_found_by_the_file(house: House) -> None:
    await house.visitors.introduce(Account(ENTRA.format(5), "Ans", (ANS,)), None)
    await imported(house, network())
    ans = await person(house, ANS)
    assert (ans.name, ans.entra_id) == ("Ans Dewulf", ENTRA.format(5))


# Lists within a meeting


async def test_a_guest_whom_the_file_no_longer_names_stays(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0]["guests"] = [{"name": "Otto Claes"}]
    await imported(house, file)
    assert (await the_meeting(house)).guests == (Guest("Otto Claes"), Guest("Ilse Moens", "Vzw Golfslag"))


async def test_a_guest_of_chat_stays_beside_those_of_the_file(house: House) -> None:
    await imported(house, network())
    both = [{"name": "Ilse Moens", "organisation": "Vzw Golfslag"}, {"name": "Uit Dechat"}]
    await change(house, update(MeetingRow).values(guests=both))
    file = network()
    file["meetings"][0]["guests"].append({"name": "Otto Claes"})
    await imported(house, file)
    assert {one.name for one in (await the_meeting(house)).guests} == {"Ilse Moens", "Uit Dechat", "Otto Claes"}


async def test_an_unchanged_guest_is_left_as_chat_made_it(house: House) -> None:
    await imported(house, network())
    await change(house, update(MeetingRow).values(guests=[{"name": "Ilse Moens", "organisation": "Uit de chat"}]))
    file = network()
    file["meetings"][0]["guests"].append({"name": "Otto Claes"})
    await imported(house, file)
    assert (await the_meeting(house)).guests == (Guest("Ilse Moens", "Uit de chat"), Guest("Otto Claes"))


async def test_a_guest_that_chat_removed_does_not_come_back_with_another(house: House) -> None:
    await imported(house, network())
    await change(house, update(MeetingRow).values(guests=[]))
    file = network()
    file["meetings"][0]["guests"].append({"name": "Otto Claes"})
    await imported(house, file)
    assert (await the_meeting(house)).guests == (Guest("Otto Claes"),)


async def test_a_guest_changes_organisation(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0]["guests"][0]["organisation"] = "Vzw Vloed"
    await imported(house, file)
    assert (await the_meeting(house)).guests == (Guest("Ilse Moens", "Vzw Vloed"),)


async def test_a_point_put_first_in_the_file_comes_first(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0]["agenda"].insert(0, {"title": "Koffie"})
    await imported(house, file)
    titles = [one.title for one in await house.meetings.agenda(await the_meeting(house))]
    assert titles == ["Koffie", "Verwelkoming", "Rust zonder straf", "Varia"]


async def test_the_order_of_the_file_is_the_order_of_the_agenda(house: House) -> None:
    await imported(house, network())
    file = network()
    file["meetings"][0]["agenda"].reverse()
    await imported(house, file)
    titles = [one.title for one in await house.meetings.agenda(await the_meeting(house))]
    assert titles == ["Varia", "Rust zonder straf", "Verwelkoming"]


async def test_equal_titles_are_different_points(house: House) -> None:
    file = network()
    file["meetings"][0]["agenda"] = [
        {"title": "Pauze", "minutes": 10},
        {"title": "Pauze #2", "minutes": 5},
        {"title": "pauze", "minutes": 20},
    ]
    await imported(house, file)
    assert (await imported(house, file)).empty
    points = await house.meetings.agenda(await the_meeting(house))
    assert [(one.title, one.minutes) for one in points] == [("Pauze", 10), ("Pauze #2", 5), ("pauze", 20)]


async def test_of_equal_titles_the_changed_one_changes(house: House) -> None:
    file = network()
    file["meetings"][0]["agenda"] = [{"title": "Pauze", "minutes": 10}, {"title": "Pauze", "minutes": 20}]
    await imported(house, file)
    file["meetings"][0]["agenda"][1]["minutes"] = 25
    await imported(house, file)
    points = await house.meetings.agenda(await the_meeting(house))
    assert [one.minutes for one in points] == [10, 25]


async def test_a_point_of_chat_is_never_taken_for_one_of_the_file(house: House) -> None:
    await imported(house, network())
    found = await the_meeting(house)
    await change(house, insert(AgendaPointRow).values(meeting_id=found.id, position=9, title="Uit de chat"))
    ids = await column(house, AgendaPointRow.id)
    file = network()
    file["meetings"][0]["agenda"].append({"title": f"#{ids[-1]}"})
    await imported(house, file)
    titles = [one.title for one in await house.meetings.agenda(found)]
    assert titles == ["Verwelkoming", "Rust zonder straf", "Varia", f"#{ids[-1]}", "Uit de chat"]


async def test_a_long_title_of_long_letters_fits(house: House) -> None:
    file = network()
    file["meetings"][0]["agenda"] = [{"title": "ß" * 200}, {"title": "ß" * 200}]
    file["faq"][0]["question"] = '"' * 500
    await imported(house, file)
    assert (await imported(house, file)).empty


# Replacements


async def test_who_replaces_somebody_gets_a_seat(house: House) -> None:
    file = network()
    file["meetings"][0]["registrations"][1]["replaced_by"] = ANS
    await imported(house, file)
    attendees = await house.registrations.of_meeting(await the_meeting(house))
    assert {one.person.email: (one.status, one.replaces) for one in attendees} == {
        TARIK: (RegistrationStatus.REGISTERED, None),
        MIEL: (RegistrationStatus.EXCUSED, None),
        ANS: (RegistrationStatus.REGISTERED, "Miel Baert"),
    }


async def test_who_replaces_somebody_keeps_the_status_that_the_file_gives(house: House) -> None:
    file = network()
    file["meetings"][0]["registrations"][1]["replaced_by"] = ANS
    file["meetings"][0]["registrations"].append({"person": ANS, "status": "attended"})
    await imported(house, file)
    attendees = await house.registrations.of_meeting(await the_meeting(house))
    assert {one.person.email: one.status for one in attendees}[ANS] is RegistrationStatus.ATTENDED
    assert len(attendees) == 3


async def test_who_replaces_somebody_keeps_the_status_from_chat(house: House) -> None:
    await imported(house, network())
    found, ans = await the_meeting(house), await person(house, ANS)
    seat = {"meeting_id": found.id, "person_id": ans.id, "status": "waitlisted", "created_at": NOW}
    await change(house, insert(RegistrationRow).values(**seat))
    file = network()
    file["meetings"][0]["registrations"][1]["replaced_by"] = ANS
    await imported(house, file)
    standing = await house.registrations.standing(ans, found)
    assert standing is not None
    assert standing.status is RegistrationStatus.WAITLISTED


async def test_a_replacement_is_seated_once(house: House) -> None:
    file = network()
    file["meetings"][0]["registrations"] = [
        {"person": MIEL, "status": "excused", "replaced_by": ANS},
        {"person": TARIK, "status": "excused", "replaced_by": ANS},
    ]
    await imported(house, file)
    assert (await imported(house, file)).empty
    assert sorted(await column(house, RegistrationRow.status)) == ["excused", "excused", "registered"]


# Audience


async def test_a_meeting_that_becomes_a_steering_group_closes(house: House) -> None:
    file = {"meetings": [meeting("groep", "2027-01-05 10:00", "2027-01-05 11:00")]}
    await imported(house, file)
    file["meetings"][0]["kind"] = "stuurgroep"
    await imported(house, file)
    assert (await the_meeting(house, "groep")).audience is Audience.PARTICIPANTS


async def test_an_audience_that_the_file_names_stays_when_the_kind_changes(house: House) -> None:
    file = {"meetings": [meeting("groep", "2027-01-05 10:00", "2027-01-05 11:00", audience="network")]}
    await imported(house, file)
    file["meetings"][0]["kind"] = "stuurgroep"
    await imported(house, file)
    assert (await the_meeting(house, "groep")).audience is Audience.NETWORK


# Conflicts


async def test_a_conflict_changes_nothing(house: House) -> None:
    await imported(house, network())
    await house.visitors.introduce(Account(ENTRA.format(4), "Nora Nieuw", ("nora@duinen.example",)), None)
    before = await everything(house)
    file = network()
    file["network"]["name"] = "Zal niet blijven"
    file["organisations"].append({"name": "Zal niet komen"})
    file["people"] = [
        {"name": "Eerst Goed", "email": "goed@duinen.example"},
        {"name": "Dan Fout", "email": "fout@duinen.example", "entra_id": ENTRA.format(4)},
    ]
    with pytest.raises(ImportConflict) as caught:
        await imported(house, file)
    assert (caught.value.noun, caught.value.key, caught.value.field, caught.value.value) == (
        Noun.PERSON,
        ("fout@duinen.example",),
        "entra_id",
        ENTRA.format(4),
    )
    assert await everything(house) == before


async def test_a_known_person_cannot_take_the_account_of_another(house: House) -> None:
    await imported(house, network())
    await house.visitors.introduce(Account(ENTRA.format(4), "Nora Nieuw", ("nora@duinen.example",)), None)
    before = await everything(house)
    file = network()
    file["people"][3]["entra_id"] = ENTRA.format(4)
    with pytest.raises(ImportConflict) as caught:
        await imported(house, file)
    assert caught.value.key == (ANS,)
    assert await everything(house) == before


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Record(Noun.PERSON, ("x@duinen.example",), {"name": "X", "organisation": "Nergens"}), "organisation"),
        (Record(Noun.REGISTRATION, ("intervisie-rust", "x@duinen.example"), {"status": "excused"}), "person"),
        (Record(Noun.REGISTRATION, ("nergens", TARIK), {"status": "excused"}), "meeting"),
        (Record(Noun.AGENDA_POINT, ("nergens", "punt"), {"title": "Punt", "position": 0}), "meeting"),
        (Record(Noun.REGISTRATION, ("intervisie-rust", ANS), {"session": "paars"}), "session"),
        (Record(Noun.REGISTRATION, ("intervisie-rust", ANS), {"replaced_by": "x@duinen.example"}), "replaced_by"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_reference_to_nothing_is_a_conflict(house: House, record: Record, field: str) -> None:
    await imported(house, network())
    before = await everything(house)
    first = Record(Noun.ORGANISATION, ("Zal niet komen",), {})
    with pytest.raises(ImportConflict) as caught:
        await house.imports.apply([first, record], NOW)
    assert (caught.value.key, caught.value.field) == (record.key, field)
    assert await everything(house) == before


async def test_two_imports_at_once_give_one_network(house: House) -> None:
    found = await records(house, network())
    reports = await asyncio.gather(*(house.imports.apply(found, NOW) for _ in range(4)))
    assert sorted(report.empty for report in reports) == [False, True, True, True]
    assert await revision(house) == 1


# Preview


async def test_a_preview_of_a_first_import_changes_nothing(house: House) -> None:
    before = await everything(house)
    report = await house.imports.preview(await records(house, network()), NOW)
    assert len(report.created) == 15
    assert await everything(house) == before


async def test_a_preview_reports_what_would_change_and_changes_nothing(house: House) -> None:
    await imported(house, network())
    before = await everything(house)
    file = network()
    file["meetings"][0]["capacity"] = 25
    file["meetings"][0]["online_url"] = None
    file["people"].append({"name": "Nora Nieuw", "email": "nora@duinen.example"})
    report = await house.imports.preview(await records(house, file), NOW)
    assert [(one.noun, one.key) for one in report.created] == [(Noun.PERSON, ("nora@duinen.example",))]
    assert report.changed == [
        Change(Noun.MEETING, ("intervisie-rust",), "online_url", "https://teams.example/rust", None),
        Change(Noun.MEETING, ("intervisie-rust",), "capacity", 20, 25),
    ]
    assert await everything(house) == before


async def test_a_preview_raises_what_the_import_would_raise(house: House) -> None:
    with pytest.raises(ImportConflict):
        await house.imports.preview([Record(Noun.AGENDA_POINT, ("nergens", "x"), {"title": "x", "position": 0})], NOW)


async def test_a_preview_reports_the_same_as_the_import(house: House) -> None:
    found = await records(house, network())
    assert await house.imports.preview(found, NOW) == await house.imports.apply(found, NOW)


# Local time


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [("2027-03-27", 8), ("2027-03-28", 7), ("2027-03-29", 7), ("2026-10-24", 7), ("2026-10-25", 8), ("2026-10-26", 8)],
)
async def test_half_past_nine_is_half_past_nine_in_summer_and_in_winter(
    house: House, day: str, hour_in_utc: int
) -> None:
    await imported(house, {"meetings": [meeting("vroeg", f"{day} 09:30", f"{day} 12:00")]})
    (kept,) = await rows(house, select(MeetingRow.starts_at, MeetingRow.starts_local))
    whole = date.fromisoformat(day)
    assert kept[0] == datetime(whole.year, whole.month, whole.day, hour_in_utc, 30, tzinfo=UTC)
    assert kept[1] == datetime(whole.year, whole.month, whole.day, 9, 30)  # noqa: DTZ001 - stored as people said it
    found = (await house.meetings.known([(await column(house, MeetingRow.id))[0]], MEMBER))[0]
    assert (found.starts.strftime("%H:%M"), found.starts.astimezone(UTC)) == ("09:30", kept[0])


async def test_a_time_that_comes_twice_in_autumn_is_the_first_of_both(house: House) -> None:
    await imported(house, {"meetings": [meeting("nacht", "2026-10-25 02:30", "2026-10-25 03:30")]})
    (kept,) = await rows(house, select(MeetingRow.starts_at, MeetingRow.ends_at))
    assert kept == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC))


async def test_a_network_that_moves_to_another_zone_keeps_its_local_times(house: House) -> None:
    await imported(house, network())
    file = network()
    file["network"]["timezone"] = "Europe/Lisbon"
    await imported(house, file)
    (kept,) = await rows(house, select(MeetingRow.starts_at, MeetingRow.ends_at, MeetingRow.timezone))
    assert kept[:2] == (datetime(2027, 2, 4, 9, 30, tzinfo=UTC), datetime(2027, 2, 4, 12, tzinfo=UTC))
    assert kept[2] == "Europe/Lisbon"
    assert (await the_meeting(house)).starts.strftime("%H:%M") == "09:30"
