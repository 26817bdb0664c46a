"""Who comes to a meeting, and where somebody stands."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from storage.domain.meetings import Meeting, MeetingQuery
from storage.domain.registrations import RegistrationStatus, coming, excused
from storage.services.house import House
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    ANS,
    MIEL,
    ROOS,
    TARIK,
    ZONE,
    bring,
    change,
    find,
    meeting,
    network,
    person,
    the_meeting,
    viewer,
)


async def with_registrations(house: House, *registrations: dict[str, str]) -> Meeting:
    """The network, with these registrations for its meeting."""
    file = network()
    file["meetings"][0]["registrations"] = list(registrations)
    await bring(house, file)
    return await the_meeting(house)


# One's own standing


async def test_who_never_said_anything_has_no_standing(house: House) -> None:
    found = await with_registrations(house)
    assert await house.registrations.standing(await person(house, ANS), found) is None


async def test_a_standing_has_its_status_and_session(house: House) -> None:
    found = await with_registrations(house, {"person": ANS, "status": "registered", "session": "blauw"})
    standing = await house.registrations.standing(await person(house, ANS), found)
    assert standing is not None
    assert (standing.status, standing.session, standing.replaced_by, standing.queue) == (
        RegistrationStatus.REGISTERED,
        "Groep blauw",
        None,
        None,
    )


async def test_a_standing_has_the_meeting_as_that_person_sees_it(house: House) -> None:
    found = await with_registrations(house, {"person": ANS}, {"person": MIEL, "status": "waitlisted"})
    ans = await house.registrations.standing(await person(house, ANS), found)
    miel = await house.registrations.standing(await person(house, MIEL), found)
    assert ans is not None
    assert miel is not None
    assert (ans.meeting.key, ans.meeting.taken, ans.meeting.viewer_takes_part) == (found.key, 1, True)
    assert not miel.meeting.viewer_takes_part


async def test_a_standing_names_the_replacement(house: House) -> None:
    found = await with_registrations(house, {"person": MIEL, "status": "excused", "replaced_by": ANS})
    standing = await house.registrations.standing(await person(house, MIEL), found)
    assert standing is not None
    assert standing.replaced_by == "Ans Dewulf"


async def test_standings_are_of_meetings_that_are_not_over_in_order(house: House) -> None:
    file = network()
    file["meetings"] = [
        meeting("laat", "2027-02-04 09:30", "2027-02-04 12:00", registrations=[{"person": ANS}]),
        meeting("voorbij", "2026-10-15 09:30", "2026-10-15 12:00", registrations=[{"person": ANS}]),
        meeting("bezig", "2026-11-21 09:00", "2026-11-21 11:00", registrations=[{"person": ANS}]),
        meeting("van-een-ander", "2026-12-01 09:00", "2026-12-01 11:00", registrations=[{"person": MIEL}]),
        meeting("vroeg", "2026-12-03 09:30", "2026-12-03 12:00", registrations=[{"person": ANS, "status": "excused"}]),
    ]
    await bring(house, file)
    standings = await house.registrations.standings(await person(house, ANS), NOW)
    assert [(one.meeting.key, one.status) for one in standings] == [
        ("bezig", RegistrationStatus.REGISTERED),
        ("vroeg", RegistrationStatus.EXCUSED),
        ("laat", RegistrationStatus.REGISTERED),
    ]


async def test_a_standing_ends_with_its_meeting(house: House) -> None:
    found = await with_registrations(house, {"person": ANS})
    ans = await person(house, ANS)
    assert len(await house.registrations.standings(ans, found.ends - timedelta(seconds=1))) == 1
    assert await house.registrations.standings(ans, found.ends) == ()


# The waiting list


async def queue(house: House, found: Meeting, email: str) -> int | None:
    """Somebody's place on the waiting list."""
    standing = await house.registrations.standing(await person(house, email), found)
    assert standing is not None
    return standing.queue


async def test_the_waiting_list_has_the_order_of_the_file(house: House) -> None:
    found = await with_registrations(
        house,
        {"person": MIEL, "status": "waitlisted"},
        {"person": ROOS, "status": "registered"},
        {"person": ANS, "status": "waitlisted"},
        {"person": TARIK, "status": "waitlisted"},
    )
    assert [await queue(house, found, email) for email in (MIEL, ANS, TARIK, ROOS)] == [1, 2, 3, None]


async def test_who_came_first_is_first_on_the_waiting_list(house: House) -> None:
    found = await with_registrations(house, {"person": MIEL, "status": "waitlisted"})
    ans = await person(house, ANS)
    earlier = {"meeting_id": found.id, "person_id": ans.id, "created_at": NOW - timedelta(days=1)}
    await change(house, insert(RegistrationRow).values(**earlier, status="waitlisted"))
    assert [await queue(house, found, email) for email in (ANS, MIEL)] == [1, 2]


async def test_who_gets_a_seat_leaves_the_waiting_list(house: House) -> None:
    found = await with_registrations(
        house, {"person": MIEL, "status": "waitlisted"}, {"person": ANS, "status": "waitlisted"}
    )
    miel = select(PersonRow.id).where(PersonRow.email == MIEL).scalar_subquery()
    seated = update(RegistrationRow).where(RegistrationRow.person_id == miel).values(status="registered")
    await change(house, seated)
    assert [await queue(house, found, email) for email in (MIEL, ANS)] == [None, 1]


async def test_the_waiting_list_of_another_meeting_does_not_count(house: House) -> None:
    file = network()
    waiting = [{"person": MIEL, "status": "waitlisted"}]
    file["meetings"].insert(0, meeting("andere", "2027-03-04 09:30", "2027-03-04 12:00", registrations=waiting))
    file["meetings"][1]["registrations"] = [{"person": ANS, "status": "waitlisted"}]
    await bring(house, file)
    assert await queue(house, await the_meeting(house), ANS) == 1


# Who comes


async def test_attendees_come_by_organisation_and_name_and_last_those_without(house: House) -> None:
    found = await with_registrations(
        house, {"person": ANS}, {"person": MIEL}, {"person": TARIK}, {"person": ROOS, "status": "waitlisted"}
    )
    attendees = await house.registrations.of_meeting(found)
    assert [one.person.name for one in attendees] == ["Roos Pauwels", "Tarik Aydin", "Miel Baert", "Ans Dewulf"]
    assert [one.person.organisation and one.person.organisation.name for one in attendees] == [
        "De Helm",
        "De Helm",
        "School Strandpad",
        None,
    ]


async def test_who_replaces_two_people_is_named_once(house: House) -> None:
    found = await with_registrations(
        house,
        {"person": MIEL, "status": "excused", "replaced_by": ANS},
        {"person": TARIK, "status": "excused", "replaced_by": ANS},
    )
    attendees = await house.registrations.of_meeting(found)
    assert [(one.person.email, one.replaces) for one in attendees] == [
        (TARIK, None),
        (MIEL, None),
        (ANS, "Miel Baert"),
    ]


async def test_a_replacement_elsewhere_is_not_one_here(house: House) -> None:
    file = network()
    swapped = [{"person": MIEL, "status": "excused", "replaced_by": ANS}]
    file["meetings"].append(meeting("andere", "2027-03-04 09:30", "2027-03-04 12:00", registrations=swapped))
    file["meetings"][0]["registrations"] = [{"person": ANS}]
    await bring(house, file)
    (attendee,) = await house.registrations.of_meeting(await the_meeting(house))
    assert attendee.replaces is None


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("registered", "excused", "waitlisted"), [ANS]),
        (("registered", "attended", "absent"), [MIEL]),
        (("excused", "waitlisted", "absent"), []),
    ],
)
async def test_those_who_come_are_the_registered_until_it_is_known_who_was_there(
    house: House, statuses: tuple[str, ...], expected: list[str]
) -> None:
    people = zip((ANS, MIEL, TARIK), statuses, strict=True)
    found = await with_registrations(house, *({"person": who, "status": status} for who, status in people))
    attendees = await house.registrations.of_meeting(found)
    assert [one.person.email for one in coming(attendees)] == expected
    assert [one.status for one in excused(attendees)] == [RegistrationStatus.EXCUSED] * statuses.count("excused")


async def test_a_meeting_without_registrations_has_no_attendees(house: House) -> None:
    assert await house.registrations.of_meeting(await with_registrations(house)) == ()


async def test_a_viewer_takes_part_where_they_registered(house: House) -> None:
    await with_registrations(house, {"person": ANS})
    (found,) = await house.meetings.find(MeetingQuery(), await viewer(house, ANS), ZONE, NOW)
    assert found.viewer_takes_part
    after = datetime(2027, 2, 5, tzinfo=BRUSSELS)
    assert await find(house, MeetingQuery(), after) == []


# What is forgotten


@pytest.mark.parametrize(("days", "kept"), [(179, True), (181, False)])
async def test_why_somebody_was_excused_is_forgotten_half_a_year_after_the_meeting(
    house: House, days: int, kept: bool
) -> None:
    found = await with_registrations(house, {"person": ANS, "status": "excused"})
    await change(house, update(RegistrationRow).values(reason="Ziek", remark="Bellen"))
    await house.retention.forget_old(found.ends + timedelta(days=days))
    (attendee,) = await house.registrations.of_meeting(found)
    assert (attendee.reason, attendee.remark) == (("Ziek", "Bellen") if kept else (None, None))
    assert attendee.status is RegistrationStatus.EXCUSED
