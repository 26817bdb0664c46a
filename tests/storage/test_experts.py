"""Experts and organisations invited for a point: from the first mail to the agenda, the guests and the list."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from storage.database import Database
from storage.domain.agenda import AgendaPoint, Invite, NewPoint, PointKind
from storage.domain.carrying import NOT_DISCUSSED
from storage.domain.experts import Expert
from storage.domain.meetings import Guest
from storage.domain.people import Viewer
from storage.domain.refusals import (
    MeetingOver,
    NoSuchPoint,
    NotARealGuest,
    NotCoordinator,
    NotNow,
    NotSensible,
    PointSettled,
)
from storage.services.experts import EXPERT_ANSWERED
from storage.services.house import House
from storage.services.registrations import REGISTERED_FOR_YOU
from storage.tables.agenda import AgendaPointRow
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import ROOS, TARIK, bring, change, meeting, network, rows, the_meeting, viewer

ELS = {"guest_name": "Els Peeters", "guest_organisation": "CLB Zandrade", "mail": "Els@clb.example"}
BOTH = pytest.mark.parametrize("database", ["sqlite_database", "postgres_database"], indirect=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated SQLite database, or the one that a test asks for."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite_database"))
    return found


@dataclass
class Invitation:
    """A point that Tarik proposed for an intervisie of Roos, for which somebody is to be invited."""

    house: House
    roos: Viewer
    tarik: Viewer
    meeting_id: int
    point_id: int

    async def set(self, state: Invite, by: Viewer | None = None, now: datetime = NOW, **guest: str) -> Expert:
        return await self.house.experts.set_state(self.point_id, state, by or self.roos, now, **guest)

    async def point(self) -> AgendaPoint:
        return (await self.house.points.details(self.point_id, self.roos)).point

    async def guests(self) -> tuple[Guest, ...]:
        return (await self.house.meetings.known([self.meeting_id], self.roos))[0].guests

    async def listed(self) -> list[tuple[Any, ...]]:
        """Names and standings on the meeting's list."""
        chosen = select(PersonRow.name, RegistrationRow.status).join(
            PersonRow, PersonRow.id == RegistrationRow.person_id
        )
        return sorted(await rows(self.house, chosen.where(RegistrationRow.meeting_id == self.meeting_id)))

    async def told(self, kind: str) -> list[str]:
        found = await rows(self.house, select(NoticeRow.target).where(NoticeRow.kind == kind).order_by(NoticeRow.id))
        return [row[0] for row in found]


@pytest_asyncio.fixture(loop_scope="session")
async def invitation(house: House) -> Invitation:
    file = network()
    file["meetings"] = [
        meeting("nu", "2026-12-03 09:30", "2026-12-03 12:00", organiser=ROOS, capacity=10),
        meeting("later", "2027-02-04 09:30", "2027-02-04 12:00"),
    ]
    await bring(house, file)
    roos, tarik = await viewer(house, ROOS), await viewer(house, TARIK)
    meeting_id = (await the_meeting(house, "nu", roos)).id
    new = NewPoint("Iemand van het CLB", meeting_id, PointKind.ORGANISATION, explanation="Wat doet een CLB?")
    point_id = (await house.points.propose(new, tarik, NOW)).point.id
    accepted = {"state": "accepted", "invite": Invite.TO_INVITE.value}
    await change(house, update(AgendaPointRow).where(AgendaPointRow.id == point_id).values(accepted))
    return Invitation(house, roos, tarik, meeting_id, point_id)


@BOTH
async def test_who_says_yes_is_a_guest_presents_the_point_and_is_on_the_list(invitation: Invitation) -> None:
    done = await invitation.set(Invite.YES, **ELS)
    assert (done.changed, done.overfull, done.listed is not None) == (True, False, True)
    point = await invitation.point()
    assert (point.invite, point.presenter, point.guest_organisation) == (Invite.YES, "Els Peeters", "CLB Zandrade")
    assert await invitation.guests() == (Guest("Els Peeters", "CLB Zandrade"),)
    assert await invitation.listed() == [("Els Peeters", "registered")]
    assert await invitation.told(EXPERT_ANSWERED) == [f"person:{invitation.tarik.person.id}"]  # type: ignore[union-attr]
    assert await invitation.told(REGISTERED_FOR_YOU) == []
    guests = await rows(invitation.house, select(ChangeRow.new).where(ChangeRow.field == "guests"))
    assert guests == [("Els Peeters",)]


async def test_said_twice_it_happens_once(invitation: Invitation) -> None:
    for number in range(3):
        done = await invitation.set(Invite.YES, now=NOW + timedelta(minutes=number), **ELS)
        assert done.changed is (number == 0)
    assert await invitation.listed() == [("Els Peeters", "registered")]
    assert await invitation.guests() == (Guest("Els Peeters", "CLB Zandrade"),)
    assert len(await invitation.told(EXPERT_ANSWERED)) == 1


async def test_without_an_address_nobody_is_put_on_the_list(invitation: Invitation) -> None:
    await invitation.set(Invite.YES, guest_name="Els Peeters")
    assert await invitation.guests() == (Guest("Els Peeters", None),)
    assert await invitation.listed() == []


async def test_the_address_may_come_later(invitation: Invitation) -> None:
    await invitation.set(Invite.YES, guest_name="Els Peeters")
    done = await invitation.set(Invite.YES, **ELS)
    assert done.changed
    assert await invitation.listed() == [("Els Peeters", "registered")]
    assert await invitation.guests() == (Guest("Els Peeters", "CLB Zandrade"),)


@BOTH
async def test_a_speaker_takes_a_chair_also_when_all_seats_are_taken_and_a_line_waits(invitation: Invitation) -> None:
    house = invitation.house
    await change(house, update(MeetingRow).where(MeetingRow.id == invitation.meeting_id).values(capacity=1))
    for by in (invitation.roos, invitation.tarik):
        assert by.person is not None
        await house.registrations.register(invitation.meeting_id, [by.person.id], by, NOW)
    done = await invitation.set(Invite.YES, **ELS)
    assert done.overfull
    assert await invitation.listed() == [
        ("Els Peeters", "registered"),
        ("Roos Pauwels", "registered"),
        ("Tarik Aydin", "waitlisted"),
    ]


async def test_who_does_not_come_after_all_is_taken_off_everything_and_the_proposer_hears_it(
    invitation: Invitation,
) -> None:
    await invitation.set(Invite.YES, **ELS)
    done = await invitation.set(Invite.NO, now=NOW + timedelta(days=1))
    assert done.left is not None
    point = await invitation.point()
    assert (point.invite, point.presenter, point.guest_name) == (Invite.NO, None, "Els Peeters")
    assert await invitation.guests() == ()
    assert await invitation.listed() == [("Els Peeters", "excused")]
    assert len(await invitation.told(EXPERT_ANSWERED)) == 2
    again = await invitation.set(Invite.YES, now=NOW + timedelta(days=2), mail="els@clb.example")
    assert again.listed is not None
    assert await invitation.listed() == [("Els Peeters", "registered")]


async def test_somebody_else_comes_in_their_place(invitation: Invitation) -> None:
    await invitation.set(Invite.YES, **ELS)
    await invitation.set(Invite.YES, guest_name="Bram Claes", mail="bram@clb.example")
    assert await invitation.guests() == (Guest("Bram Claes", "CLB Zandrade"),)
    assert await invitation.listed() == [("Bram Claes", "registered"), ("Els Peeters", "excused")]


async def test_other_guests_of_the_meeting_stay(invitation: Invitation) -> None:
    other = (Guest("Ilse Moens", "Vzw Golfslag"),)
    await invitation.house.planning.change(invitation.meeting_id, {"guests": other}, invitation.roos, NOW)
    await invitation.set(Invite.YES, **ELS)
    await invitation.set(Invite.NO)
    assert await invitation.guests() == other


async def test_invited_is_only_noted(invitation: Invitation) -> None:
    assert (await invitation.set(Invite.INVITED)).changed
    assert not (await invitation.set(Invite.INVITED)).changed
    assert (await invitation.point()).invite is Invite.INVITED
    assert await invitation.told(EXPERT_ANSWERED) == []


@pytest.mark.parametrize(
    ("guest", "refusal"),
    [
        ({}, NotSensible),
        ({"guest_name": "x" * 201}, NotSensible),
        ({"guest_name": "Els", "mail": "els@clb.example"}, NotARealGuest),
        ({"guest_name": "Els", "guest_organisation": "CLB", "mail": "geen adres"}, NotARealGuest),
    ],
)
async def test_what_makes_no_guest_changes_nothing(
    invitation: Invitation, guest: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await invitation.set(Invite.YES, **guest)
    assert (await invitation.point()).invite is Invite.TO_INVITE
    assert await invitation.listed() == []


async def test_only_who_arranges_the_agenda_invites(invitation: Invitation) -> None:
    with pytest.raises(NotCoordinator):
        await invitation.set(Invite.YES, invitation.tarik, **ELS)
    with pytest.raises(NotCoordinator):
        await invitation.house.experts.of(invitation.point_id, invitation.tarik)
    with pytest.raises(NotCoordinator):
        await invitation.house.experts.overview(invitation.tarik, NOW)
    with pytest.raises(NoSuchPoint):
        await invitation.house.experts.of(99_999, invitation.roos)
    assert await invitation.guests() == ()


async def test_the_organiser_of_the_meeting_may_do_it_too(invitation: Invitation) -> None:
    assert invitation.tarik.person is not None
    runs = update(MeetingRow).where(MeetingRow.id == invitation.meeting_id)
    await change(invitation.house, runs.values(organiser_id=invitation.tarik.person.id))
    await invitation.set(Invite.YES, invitation.tarik, **ELS)
    assert await invitation.listed() == [("Els Peeters", "registered")]


async def test_a_point_that_is_over_settled_or_on_no_agenda_has_no_answer(invitation: Invitation) -> None:
    with pytest.raises(MeetingOver):
        await invitation.set(Invite.YES, now=datetime(2026, 12, 4, tzinfo=BRUSSELS), **ELS)
    row = update(AgendaPointRow).where(AgendaPointRow.id == invitation.point_id)
    await change(invitation.house, row.values(meeting_id=None))
    with pytest.raises(NotNow):
        await invitation.set(Invite.YES, **ELS)
    await change(invitation.house, row.values(state="declined"))
    with pytest.raises(PointSettled):
        await invitation.set(Invite.NO)


async def test_the_overview_has_what_is_still_to_come(invitation: Invitation) -> None:
    (found,) = await invitation.house.experts.overview(invitation.roos, NOW)
    assert (found.point.id, found.meeting and found.meeting.id) == (invitation.point_id, invitation.meeting_id)
    assert await invitation.house.experts.overview(invitation.roos, datetime(2026, 12, 4, tzinfo=BRUSSELS)) == ()


async def test_a_point_that_is_carried_on_has_its_expert_invited_anew(invitation: Invitation) -> None:
    await invitation.set(Invite.YES, **ELS)
    after = datetime(2026, 12, 3, 12, 1, tzinfo=BRUSSELS)
    wishes = {invitation.point_id: NOT_DISCUSSED}
    await invitation.house.carrying.settle(invitation.meeting_id, wishes, invitation.roos, after)
    point = await invitation.point()
    assert (point.invite, point.presenter, point.guest_name) == (Invite.TO_INVITE, None, "Els Peeters")
