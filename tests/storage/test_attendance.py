"""Who was at a meeting: who may tell it of whom, when, and what is told of it to whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.domain.attendance import LONGEST_REMARK, MISSED_TWICE, SEATS_80, SEATS_FULL, MissedTwice, Roll
from storage.domain.refusals import (
    MeetingCancelled,
    NoSuchMeeting,
    NotARealGuest,
    NotCoordinator,
    NotNow,
    NotRegistered,
    NotSensible,
    Refusal,
    TooLong,
)
from storage.domain.registrations import NewGuest, RegistrationStatus
from storage.services.alerts import alert_seats
from storage.services.house import House
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    ANS,
    MEMBER,
    MIEL,
    ROOS,
    TARIK,
    File,
    bring,
    change,
    meeting,
    network,
    person,
    rows,
    the_meeting,
    viewer,
)

ATTENDED, EXCUSED, ABSENT = RegistrationStatus.ATTENDED, RegistrationStatus.EXCUSED, RegistrationStatus.ABSENT
THAT_DAY = datetime(2027, 2, 4, 10, tzinfo=BRUSSELS)
COMING = [{"person": one, "status": "registered"} for one in (ROOS, TARIK, MIEL, ANS)]


async def with_list(house: House, *registrations: Mapping[str, str], **fields: Any) -> int:
    """The network with this list for its meeting; the meeting's id."""
    file = network()
    file["meetings"][0].update(registrations=list(registrations), **fields)
    await bring(house, file)
    return (await the_meeting(house)).id


async def tick(house: House, id_: int, by: str, now: datetime = THAT_DAY, **marks: RegistrationStatus) -> Roll:
    """Tick people, called by the first part of their mail address."""
    ids = {(await person(house, f"{name}@duinen.example")).id: status for name, status in marks.items()}
    return await house.attendance.tick(id_, ids, await viewer(house, by), now)


def statuses(roll: Roll) -> dict[str, str]:
    """Where everybody stands, by the first part of the mail address."""
    return {one.person.email.partition("@")[0]: one.status.value for one in roll.attendees}


async def planned(house: House, *kinds: str) -> list[tuple[Any, ...]]:
    """The notices of these kinds: kind, target and what tells them apart."""
    asked = select(NoticeRow.kind, NoticeRow.target, NoticeRow.key).where(NoticeRow.kind.in_(kinds))
    return [
        (kind, target, key.rpartition(":")[0]) for kind, target, key in await rows(house, asked.order_by(NoticeRow.id))
    ]


# Who may see and tick


@pytest.mark.parametrize("by", [ROOS, TARIK], ids=["coordinator", "note-taker"])
async def test_who_runs_a_meeting_sees_its_list_and_ticks_it(house: House, by: str) -> None:
    id_ = await with_list(house, *COMING)
    assert len((await house.attendance.roll(id_, await viewer(house, by))).expected) == 4
    roll = await tick(house, id_, by, ans=ATTENDED, miel=ABSENT)
    assert statuses(roll) == {"roos": "registered", "tarik": "registered", "miel": "absent", "ans": "attended"}
    assert roll.changed == ("Ans Dewulf", "Miel Baert")


async def test_the_organiser_ticks_too(house: House) -> None:
    id_ = await with_list(house, *COMING, organiser=ANS)
    assert statuses(await tick(house, id_, ANS, miel=EXCUSED))["miel"] == "excused"


@pytest.mark.parametrize("by", [MIEL, ANS])
async def test_others_neither_see_the_list_nor_tick(house: House, by: str) -> None:
    id_ = await with_list(house, *COMING)
    with pytest.raises(NotCoordinator):
        await house.attendance.roll(id_, await viewer(house, by))
    with pytest.raises(NotCoordinator):
        await tick(house, id_, by, ans=ATTENDED)
    assert await rows(house, select(RegistrationRow.status).distinct()) == [("registered",)]


async def test_somebody_unknown_does_not_see_the_list(house: House) -> None:
    id_ = await with_list(house, *COMING)
    with pytest.raises(NotCoordinator):
        await house.attendance.roll(id_, MEMBER)


async def test_a_meeting_that_is_not_there_has_no_list(house: House) -> None:
    await with_list(house)
    roos = await viewer(house, ROOS)
    with pytest.raises(NoSuchMeeting):
        await house.attendance.roll(99_999, roos)
    with pytest.raises(NoSuchMeeting):
        await house.attendance.tick(99_999, {}, roos, THAT_DAY)


async def test_remarks_are_not_for_the_note_taker(house: House) -> None:
    id_ = await with_list(house, *COMING)
    ans = await person(house, ANS)
    roll = await house.attendance.remark(id_, ans.id, " vegetarisch\n graag ", await viewer(house, ROOS))
    assert {one.remark for one in roll.attendees if one.person.id == ans.id} <= {"vegetarisch graag", None}
    assert await rows(house, select(RegistrationRow.remark).where(RegistrationRow.person_id == ans.id)) == [
        ("vegetarisch graag",)
    ]
    seen = await house.attendance.roll(id_, await viewer(house, TARIK))
    assert {(one.remark, one.reason, one.paid) for one in seen.attendees} == {(None, None, False)}


@pytest.mark.parametrize(
    ("by", "about", "text", "refusal"),
    [
        (TARIK, ANS, "vegetarisch", NotCoordinator),
        (MIEL, ANS, "vegetarisch", NotCoordinator),
        (ROOS, ANS, "x" * (LONGEST_REMARK + 1), TooLong),
        (ROOS, TARIK, "vegetarisch", NotRegistered),
    ],
)
async def test_a_remark_that_may_not_be_made_is_refused(
    house: House, by: str, about: str, text: str, refusal: type[Refusal]
) -> None:
    id_ = await with_list(house, {"person": ANS})
    with pytest.raises(refusal):
        await house.attendance.remark(id_, (await person(house, about)).id, text, await viewer(house, by))
    assert await rows(house, select(RegistrationRow.remark)) == [(None,)]


async def test_an_empty_remark_takes_the_old_one_away(house: House) -> None:
    id_ = await with_list(house, {"person": ANS})
    ans, roos = await person(house, ANS), await viewer(house, ROOS)
    await house.attendance.remark(id_, ans.id, "vegetarisch", roos)
    await house.attendance.remark(id_, ans.id, " ", roos)
    assert await rows(house, select(RegistrationRow.remark)) == [(None,)]


# When, of whom, and what


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        (datetime(2027, 2, 3, 23, 59, tzinfo=BRUSSELS), False),
        (datetime(2027, 2, 4, 0, 0, tzinfo=BRUSSELS), True),
        (datetime(2027, 3, 6, 23, 59, tzinfo=BRUSSELS), True),
        (datetime(2027, 3, 7, 0, 0, tzinfo=BRUSSELS), False),
    ],
)
async def test_a_list_is_ticked_from_its_day_until_thirty_days_after(house: House, moment: datetime, may: bool) -> None:
    id_ = await with_list(house, *COMING)
    if may:
        assert statuses(await tick(house, id_, ROOS, moment, ans=ATTENDED))["ans"] == "attended"
    else:
        with pytest.raises(NotNow):
            await tick(house, id_, ROOS, moment, ans=ATTENDED)
        with pytest.raises(NotNow):
            await house.attendance.walk_in(id_, [(await person(house, ANS)).id], await viewer(house, ROOS), moment)


async def test_nobody_is_at_a_meeting_that_does_not_take_place(house: House) -> None:
    id_ = await with_list(house, *COMING)
    await change(house, update(MeetingRow).values(cancelled_at=NOW))
    with pytest.raises(MeetingCancelled):
        await tick(house, id_, ROOS, ans=ATTENDED)


async def test_who_is_not_expected_can_not_be_ticked_and_then_nobody_is(house: House) -> None:
    id_ = await with_list(house, {"person": ANS}, {"person": MIEL, "status": "waitlisted"})
    for stranger in ("miel", "tarik"):
        with pytest.raises(NotRegistered):
            await tick(house, id_, ROOS, ans=ATTENDED, **{stranger: ATTENDED})
    for forged in (0, -1, 10**12):
        with pytest.raises(NotRegistered):
            await house.attendance.tick(id_, {forged: ATTENDED}, await viewer(house, ROOS), THAT_DAY)
    assert sorted(await rows(house, select(RegistrationRow.status))) == [("registered",), ("waitlisted",)]


async def test_who_is_on_the_list_of_another_meeting_is_not_on_this_one(house: House) -> None:
    file = network()
    file["meetings"][0]["registrations"] = [{"person": ANS}]
    file["meetings"].append(meeting("andere", "2027-02-04 13:00", "2027-02-04 15:00", registrations=[{"person": MIEL}]))
    await bring(house, file)
    with pytest.raises(NotRegistered):
        await tick(house, (await the_meeting(house)).id, ROOS, miel=ATTENDED)


@pytest.mark.parametrize("status", ["registered", "waitlisted", "offered", "withdrawn"])
async def test_nothing_else_is_told_of_somebody(house: House, status: str) -> None:
    id_ = await with_list(house, {"person": ANS})
    with pytest.raises(NotSensible):
        await tick(house, id_, ROOS, ans=RegistrationStatus(status))


async def test_ticked_again_nothing_changes_and_corrected_it_does(house: House) -> None:
    id_ = await with_list(house, *COMING)
    await tick(house, id_, ROOS, ans=ATTENDED, miel=ABSENT)
    assert (await tick(house, id_, ROOS, ans=ATTENDED, miel=ABSENT)).changed == ()
    roll = await tick(house, id_, TARIK, miel=EXCUSED)
    assert statuses(roll)["miel"] == "excused"
    history = select(PersonRow.email, ChangeRow.field, ChangeRow.old, ChangeRow.new).join(
        PersonRow, PersonRow.id == ChangeRow.by_id
    )
    assert await rows(house, history.order_by(ChangeRow.id)) == [
        (ROOS, "registration", "registered", "attended"),
        (ROOS, "registration", "registered", "absent"),
        (TARIK, "registration", "absent", "excused"),
    ]


async def test_who_was_offered_a_seat_and_came_is_not_offered_it_any_more(house: House) -> None:
    id_ = await with_list(house, {"person": ANS})
    await change(house, update(RegistrationRow).values(status="offered", offered_until=THAT_DAY))
    await tick(house, id_, ROOS, ans=ATTENDED)
    assert await rows(house, select(RegistrationRow.status, RegistrationRow.offered_until)) == [("attended", None)]


# Without a registration


async def test_who_was_there_without_a_seat_is_added(house: House) -> None:
    id_ = await with_list(house, {"person": ANS}, {"person": MIEL, "status": "waitlisted"})
    ids = [(await person(house, one)).id for one in (MIEL, TARIK)]
    roll = await house.attendance.walk_in(id_, ids, await viewer(house, TARIK), THAT_DAY)
    assert statuses(roll) == {"ans": "registered", "miel": "attended", "tarik": "attended"}
    history = await rows(house, select(ChangeRow.person_id, ChangeRow.old, ChangeRow.new))
    assert sorted(history) == sorted([(ids[0], "waitlisted", "attended"), (ids[1], None, "attended")])
    assert (await house.attendance.walk_in(id_, ids, await viewer(house, TARIK), THAT_DAY)).changed == ()


@pytest.mark.parametrize("ids", [[99_999], [0], [-1]])
async def test_nobody_is_no_guest(house: House, ids: list[int]) -> None:
    id_ = await with_list(house, {"person": ANS})
    with pytest.raises(NotRegistered):
        await house.attendance.walk_in(id_, ids, await viewer(house, ROOS), THAT_DAY)


async def test_a_guest_who_was_there_is_added_and_found_again_by_mail(house: House) -> None:
    id_ = await with_list(house, {"person": ANS})
    tarik = await viewer(house, TARIK)
    guest = NewGuest("Noor Haddad", "School Duinroos", "Noor@Duinroos.example")
    for _ in range(2):
        roll = await house.attendance.walk_in_guest(id_, guest, tarik, THAT_DAY)
    assert statuses(roll) == {"ans": "registered", "noor": "attended"}
    assert await rows(house, select(PersonRow.email, PersonRow.affiliation).where(PersonRow.name == guest.name)) == [
        ("noor@duinroos.example", "School Duinroos")
    ]
    known = NewGuest("Iemand Anders", "Elders", ANS)
    assert statuses(await house.attendance.walk_in_guest(id_, known, tarik, THAT_DAY))["ans"] == "attended"


@pytest.mark.parametrize("field", ["name", "organisation", "email"])
async def test_half_a_guest_is_not_added(house: House, field: str) -> None:
    id_ = await with_list(house, {"person": ANS})
    guest = replace(NewGuest("Noor Haddad", "School Duinroos", "noor@duinroos.example"), **{field: " "})
    with pytest.raises(NotARealGuest):
        await house.attendance.walk_in_guest(id_, guest, await viewer(house, ROOS), THAT_DAY)


async def test_a_guest_brought_by_somebody_else_leaves_no_trace(house: House) -> None:
    id_ = await with_list(house, {"person": ANS})
    guest = NewGuest("Noor Haddad", "School Duinroos", "noor@duinroos.example")
    with pytest.raises(NotCoordinator):
        await house.attendance.walk_in_guest(id_, guest, await viewer(house, ANS), THAT_DAY)
    assert await house.people.by_email(guest.email) is None


async def test_others_add_nobody(house: House) -> None:
    id_ = await with_list(house, {"person": ANS})
    with pytest.raises(NotCoordinator):
        await house.attendance.walk_in(id_, [(await person(house, MIEL)).id], await viewer(house, ANS), THAT_DAY)


# Seats that fill up


async def alert(house: House, id_: int, now: datetime = NOW) -> None:
    """What is done after every change of taken seats."""
    await house._units.write(lambda unit: alert_seats(unit, id_, now))


@pytest.mark.parametrize(
    ("capacity", "kinds"),
    [(None, []), (6, []), (5, [SEATS_80]), (4, [SEATS_FULL]), (3, [SEATS_FULL]), (1, [SEATS_FULL])],
)
async def test_the_organiser_hears_of_eighty_and_of_a_hundred_percent(
    house: House, capacity: int | None, kinds: list[str]
) -> None:
    id_ = await with_list(house, *COMING, capacity=capacity)
    await alert(house, id_)
    roos = (await person(house, ROOS)).id
    told = await planned(house, SEATS_80, SEATS_FULL)
    assert told == [(kind, f"person:{roos}", f"{kind}:{id_}:{capacity}") for kind in kinds]


async def test_without_an_organiser_all_coordinators_hear_it(house: House) -> None:
    file = network()
    file["people"][3]["role"] = "coordinator"
    file["meetings"][0].update(capacity=4, registrations=COMING, organiser=None)
    await bring(house, file)
    await alert(house, (await the_meeting(house)).id)
    people = [(await person(house, one)).id for one in (ANS, ROOS)]
    assert [target for _, target, _ in await planned(house, SEATS_FULL)] == [f"person:{one}" for one in people]


async def test_each_level_is_told_once_for_each_capacity(house: House) -> None:
    id_ = await with_list(house, *COMING, capacity=5)
    for capacity in (5, 5, 4, 5, 4):
        await change(house, update(MeetingRow).values(capacity=capacity))
        await alert(house, id_)
    assert [kind for kind, _, _ in await planned(house, SEATS_80, SEATS_FULL)] == [SEATS_80, SEATS_FULL]


async def test_once_it_began_or_when_it_is_cancelled_nobody_is_alerted(house: House) -> None:
    id_ = await with_list(house, *COMING, capacity=4)
    await alert(house, id_, THAT_DAY)
    await alert(house, id_, THAT_DAY + timedelta(days=1))
    await change(house, update(MeetingRow).values(cancelled_at=NOW))
    await alert(house, id_)
    await alert(house, 99_999)
    assert await planned(house, SEATS_80, SEATS_FULL) == []


async def test_an_alert_of_seats_holds_as_long_as_it_is_so(house: House) -> None:
    id_ = await with_list(house, *COMING, capacity=5)
    assert await house.attendance.seats(id_, SEATS_80, NOW) is not None
    assert await house.attendance.seats(id_, SEATS_FULL, NOW) is None
    assert await house.attendance.seats(id_, SEATS_80, THAT_DAY) is None
    await change(house, update(MeetingRow).values(capacity=4))
    assert await house.attendance.seats(id_, SEATS_80, NOW) is None
    assert await house.attendance.seats(id_, SEATS_FULL, NOW) is not None


@pytest.mark.parametrize(("by", "alerts"), [(ROOS, 0), (TARIK, 1)], ids=["organiser", "note-taker"])
async def test_who_ticks_hears_nothing_of_the_seats_that_it_gave_away(house: House, by: str, alerts: int) -> None:
    id_ = await with_list(house, *COMING[:3], {"person": ANS, "status": "waitlisted"}, capacity=3)
    roll = await tick(house, id_, by, THAT_DAY.replace(hour=8), miel=EXCUSED)
    assert statuses(roll)["ans"] != "waitlisted"
    assert len(await planned(house, SEATS_80, SEATS_FULL)) == alerts


# Organisations that stay away


def two_meetings(before: list[dict[str, str]], now: list[dict[str, str]], **fields: Any) -> File:
    """A network with another ambassadors' organisation, and two meetings of one kind with these lists."""
    file = network()
    file["organisations"].append({"name": "Vzw Golfslag", "kind": "jeugdhulp", "status": "ambassador"})
    file["people"][3]["organisation"] = "Vzw Golfslag"
    times = {"vorige": "2026-10-15", "rust": "2027-02-04"}
    file["meetings"] = [
        meeting(
            key,
            f"{day} 09:30",
            f"{day} 12:00",
            registrations=[dict(one) for one in registrations],
            organiser=ROOS,
            **fields,
        )
        for (key, day), registrations in zip(times.items(), (before, now), strict=True)
    ]
    return file


HELM = {"person": TARIK, "status": "attended"}
OF_ANS = {"person": ANS, "status": "excused"}


async def missed(house: House, email: str = ANS) -> MissedTwice | None:
    """Whether somebody's organisation missed both."""
    organisation = (await person(house, email)).organisation
    assert organisation is not None
    return await house.attendance.missed_twice((await the_meeting(house, "rust")).id, organisation.id)


@pytest.mark.parametrize(
    ("before", "now", "excused"),
    [
        ([HELM], [HELM], (False, False)),
        ([HELM, OF_ANS], [HELM], (False, True)),
        ([HELM, OF_ANS], [HELM, OF_ANS], (True, True)),
        ([HELM, {"person": ANS, "status": "absent"}], [HELM, OF_ANS], (True, False)),
    ],
)
async def test_an_organisation_of_which_nobody_was_there_twice_missed(
    house: House, before: list[dict[str, str]], now: list[dict[str, str]], excused: tuple[bool, bool]
) -> None:
    await bring(house, two_meetings(before, now))
    found = await missed(house)
    assert found is not None
    assert (found.organisation.name, found.before.key, found.excused) == ("Vzw Golfslag", "vorige", excused)
    assert await missed(house, TARIK) is None


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param([HELM, {"person": ANS, "status": "attended"}], [HELM], id="was there before"),
        pytest.param([HELM], [HELM, {"person": ANS, "status": "registered"}], id="nothing was told of them"),
        pytest.param([], [HELM], id="not ticked before"),
        pytest.param([HELM], [OF_ANS], id="not ticked now"),
        pytest.param([HELM], [HELM, {**OF_ANS, "replaced_by": TARIK}], id="replaced by somebody who came"),
    ],
)
async def test_it_did_not_miss_both(house: House, before: list[dict[str, str]], now: list[dict[str, str]]) -> None:
    await bring(house, two_meetings(before, now))
    assert await missed(house) is None


async def test_a_replacement_that_did_not_come_either_changes_nothing(house: House) -> None:
    await bring(
        house, two_meetings([HELM], [HELM, {**OF_ANS, "replaced_by": MIEL}, {"person": MIEL, "status": "absent"}])
    )
    assert await missed(house) is not None


async def test_a_closed_circle_is_missed_only_by_who_belongs_to_it(house: House) -> None:
    await bring(house, two_meetings([HELM], [HELM], audience="participants"))
    assert await missed(house) is None


@pytest.mark.parametrize("status", ["partner", "visited", "stopped", "waiting", "exploring"])
async def test_only_ambassadors_are_missed(house: House, status: str) -> None:
    file = two_meetings([HELM], [HELM])
    file["organisations"][2]["status"] = status
    await bring(house, file)
    assert await missed(house) is None


async def test_a_cancelled_meeting_between_them_does_not_count(house: House) -> None:
    file = two_meetings([HELM], [HELM])
    file["meetings"].insert(1, meeting("afgelast", "2026-12-10 09:30", "2026-12-10 12:00"))
    await bring(house, file)
    assert await missed(house) is None
    await change(house, update(MeetingRow).where(MeetingRow.key == "afgelast").values(cancelled_at=NOW))
    assert await missed(house) is not None


async def test_ticking_plans_one_alert_for_each_organisation_for_the_day_after(house: House) -> None:
    await bring(house, two_meetings([HELM], [{"person": TARIK}, {"person": ANS}]))
    id_ = (await the_meeting(house, "rust")).id
    await tick(house, id_, ROOS, tarik=ATTENDED)
    assert await planned(house, MISSED_TWICE) == []
    await tick(house, id_, ROOS, ans=ABSENT)
    await tick(house, id_, ROOS, ans=EXCUSED)
    golfslag = (await person(house, ANS)).organisation
    roos = await person(house, ROOS)
    assert golfslag is not None
    assert await planned(house, MISSED_TWICE) == [
        (MISSED_TWICE, f"person:{roos.id}", f"{MISSED_TWICE}:{id_}:{golfslag.id}")
    ]
    assert await rows(house, select(NoticeRow.due_at, NoticeRow.data)) == [
        (datetime(2027, 2, 5, 9, tzinfo=BRUSSELS), {"organisation": golfslag.id})
    ]
    await tick(house, id_, ROOS, ans=ATTENDED)
    assert await house.attendance.missed_twice(id_, golfslag.id) is None
