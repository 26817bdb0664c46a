"""What becomes of agenda points after their meeting: once, by rule, correctable, and told to whom it concerns."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from storage.database import Database
from storage.domain.agenda import AgendaPoint, Case, Fixed, NewPoint, PointKind, PointState
from storage.domain.carrying import (
    NOT_DISCUSSED,
    Circle,
    Closing,
    Fate,
    Wish,
    circle_of,
    outcome,
    settles_at,
)
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.people import Viewer
from storage.domain.planning import NewMeeting
from storage.domain.refusals import MeetingCancelled, NoSuchPoint, NotCoordinator, NotNow
from storage.services.carrying import AGENDA_CLOSED, AGENDA_CLOSING
from storage.services.carrying_points import POINT_CARRIED
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow, AgendaRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import ROOS, TARIK, bring, change, meeting, network, rows, the_meeting, viewer

THE_DAY = datetime(2026, 12, 3, 9, 30, tzinfo=BRUSSELS)
"""A Thursday."""
AFTER = datetime(2026, 12, 3, 12, 1, tzinfo=BRUSSELS)
NEXT_NOON = datetime(2026, 12, 4, 12, tzinfo=BRUSSELS)
ANS_MAIL = "ans@duinen.example"


def a_meeting(id_: int, starts: datetime, **fields: Any) -> Meeting:
    """A meeting of the pure rules."""
    kind, audience = fields.pop("kind", MeetingKind.INTERVISIE), fields.pop("audience", Audience.NETWORK)
    return Meeting(id_, f"m{id_}", kind, "Titel", starts, starts + timedelta(hours=2), audience, **fields)


FEBRUARY, APRIL, SEPTEMBER = (
    a_meeting(number, datetime(2027, month, 4, 9, 30, tzinfo=BRUSSELS)) for number, month in enumerate((2, 4, 9), 2)
)
COMING = (FEBRUARY, APRIL, SEPTEMBER)
POINT = AgendaPoint(1, "Huiswerk", meeting_id=1)


BOTH = pytest.mark.parametrize("database", ["sqlite_database", "postgres_database"], indirect=True)
"""What databases may do differently is tried on both of them."""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated SQLite database, or the one that a test asks for."""
    found: Database = request.getfixturevalue(getattr(request, "param", "sqlite_database"))
    return found


# The rules


@pytest.mark.parametrize("coming", list(permutations(COMING)))
def test_what_was_not_discussed_goes_to_the_next_meeting_whatever_their_order(coming: tuple[Meeting, ...]) -> None:
    found = outcome(POINT, NOT_DISCUSSED, Circle(), coming, AFTER)
    assert (found.fate, found.meeting, found.carried) == (Fate.CARRIED, FEBRUARY, 1)


def test_a_meeting_that_is_cancelled_begun_or_of_another_circle_is_passed_over() -> None:
    others = [
        replace(FEBRUARY, cancelled=True),
        a_meeting(7, AFTER - timedelta(minutes=1)),
        a_meeting(8, AFTER + timedelta(days=1), kind=MeetingKind.INFOMOMENT),
        a_meeting(9, AFTER + timedelta(days=1), audience=Audience.PARTICIPANTS),
    ]
    assert outcome(POINT, NOT_DISCUSSED, Circle(), [*others, APRIL], AFTER).meeting == APRIL
    assert outcome(POINT, NOT_DISCUSSED, Circle(), others, AFTER).fate is Fate.SHELVED


@pytest.mark.parametrize(("carried", "fate"), [(0, Fate.CARRIED), (2, Fate.CARRIED), (3, Fate.SHELVED)])
def test_a_point_is_carried_on_as_often_as_the_rule_says(carried: int, fate: Fate) -> None:
    found = outcome(replace(POINT, carried=carried), NOT_DISCUSSED, Circle(), COMING, AFTER, 3)
    assert (found.fate, found.too_often) == (fate, fate is Fate.SHELVED)


def test_a_recurring_point_is_carried_on_without_end() -> None:
    often = replace(POINT, carried=9, recurring=True)
    assert outcome(often, NOT_DISCUSSED, Circle(), COMING, AFTER, 3).fate is Fate.CARRIED


def test_a_point_promised_for_a_month_goes_to_its_meeting_or_waits_for_one() -> None:
    september = Wish(discussed=False, month=date(2027, 9, 1))
    assert outcome(POINT, september, Circle(), COMING, AFTER).meeting == SEPTEMBER
    waits = outcome(POINT, replace(september, month=date(2027, 8, 1)), Circle(), COMING, AFTER)
    assert (waits.fate, waits.returns_on) == (Fate.SHELVED, date(2027, 8, 1))


def test_once_its_month_has_begun_without_a_meeting_the_first_one_after_it_takes_the_point() -> None:
    circle, month = Circle(), date(2027, 3, 1)
    assert circle.next(COMING, month, datetime(2027, 2, 28, 23, 59, tzinfo=BRUSSELS)) is None
    assert circle.next(COMING, month, datetime(2027, 3, 1, tzinfo=BRUSSELS)) == APRIL


@pytest.mark.parametrize("wish", [NOT_DISCUSSED, Wish(discussed=False, shelf=True)])
def test_a_point_of_a_closed_circle_never_goes_where_others_read_it(wish: Wish) -> None:
    closed = circle_of(a_meeting(1, THE_DAY, audience=Audience.PARTICIPANTS))
    for carried in (0, 9):
        found = outcome(replace(POINT, carried=carried), wish, closed, COMING, AFTER, 3)
        assert (found.fate, found.meeting) == (Fate.WAITS, None)


@pytest.mark.parametrize(
    ("ends", "asked", "settled"),
    [
        ("2026-12-03 12:00", "2026-12-03 12:00", "2026-12-04 12:00"),
        ("2026-12-04 16:00", "2026-12-04 16:00", "2026-12-07 12:00"),  # Friday
        ("2026-12-24 16:00", "2026-12-24 16:00", "2026-12-28 12:00"),  # Christmas is a Friday
        ("2026-12-03 12:00", "2026-12-10 09:00", "2026-12-11 12:00"),  # after a week of downtime
    ],
)
def test_a_meeting_is_settled_at_noon_of_the_next_working_day(ends: str, asked: str, settled: str) -> None:
    moments = [datetime.fromisoformat(one).replace(tzinfo=BRUSSELS) for one in (ends, asked, settled)]
    assert settles_at(moments[0], moments[1]) == moments[2]


# The meetings


@dataclass
class Round:
    """A network with an intervisie on 3 December, and those after it; Roos coordinates, Tarik takes notes."""

    house: House
    roos: Viewer
    tarik: Viewer
    now_id: int
    february: int
    april: int

    async def propose(self, title: str, by: Viewer | None = None, **fields: Any) -> int:
        """A point for the intervisie of 3 December: Roos' own stand on its agenda at once."""
        new = NewPoint(title, **{"meeting_id": self.now_id, **fields})
        return (await self.house.points.propose(new, by or self.roos, NOW)).point.id

    async def errand(self, now: datetime) -> int:
        return await self.house.carrying.plan_due(now)

    async def point(self, point_id: int) -> AgendaPoint:
        return (await self.house.points.details(point_id, self.roos)).point

    async def stands(self, point_id: int) -> tuple[PointState, int | None, int]:
        """State, meeting, and how often it was carried on."""
        found = await self.point(point_id)
        return found.state, found.meeting_id, found.carried

    async def notices(self, kind: str) -> list[tuple[Any, ...]]:
        """To whom the notices of a kind go."""
        chosen = select(NoticeRow.target).where(NoticeRow.kind == kind).order_by(NoticeRow.target)
        return [row[0] for row in await rows(self.house, chosen)]

    async def numbers(self) -> dict[int, str]:
        closing = await self.house.carrying.closing(self.now_id, self.roos)
        return {one.number: one.point.title for one in closing.points}


@pytest_asyncio.fixture(loop_scope="session")
async def intervisies(house: House) -> Round:
    file = network()
    runs = {"organiser": ROOS, "note_taker": TARIK}
    file["meetings"] = [
        meeting("nu", "2026-12-03 09:30", "2026-12-03 12:00", **runs),
        meeting("februari", "2027-02-04 09:30", "2027-02-04 12:00", **runs),
        meeting("april", "2027-04-15 09:30", "2027-04-15 12:00"),
        meeting("stuur", "2026-12-03 09:30", "2026-12-03 12:00", "stuurgroep", organiser=ROOS),
    ]
    await bring(house, file)
    roos, tarik = await viewer(house, ROOS), await viewer(house, TARIK)
    ids = [(await the_meeting(house, key, roos)).id for key in ("nu", "februari", "april")]
    return Round(house, roos, tarik, *ids)


def of(person_id: Any) -> str:
    return f"person:{person_id.person.id}"


@BOTH
async def test_the_note_taker_is_asked_and_at_noon_of_the_next_day_all_count_as_discussed(intervisies: Round) -> None:
    point = await intervisies.propose("Huiswerk")
    assert await intervisies.errand(AFTER - timedelta(minutes=2)) == 0
    assert await intervisies.errand(AFTER) == 1
    assert await intervisies.notices(AGENDA_CLOSING) == [of(intervisies.tarik)]
    for moment in (AFTER, AFTER + timedelta(hours=5), NEXT_NOON - timedelta(seconds=1)):
        assert await intervisies.errand(moment) == 0
    assert (await intervisies.stands(point))[0] is PointState.ACCEPTED
    assert await intervisies.errand(NEXT_NOON) == 1
    assert await intervisies.stands(point) == (PointState.HANDLED, intervisies.now_id, 0)
    assert await intervisies.notices(AGENDA_CLOSED) == [of(intervisies.roos)]
    assert await intervisies.errand(NEXT_NOON + timedelta(days=3)) == 0


async def test_what_was_not_discussed_goes_on_with_its_case_and_its_proposer_hears_it(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    point = await intervisies.propose("Een casus", intervisies.tarik, kind=PointKind.CASE)
    await house.points.tell_case(point, Case("Een jongere wil niet meer naar school."), intervisies.tarik, NOW)
    await change(house, update(AgendaPointRow).where(AgendaPointRow.id == point).values(state="accepted"))
    other = await intervisies.propose("Huiswerk")
    await intervisies.errand(AFTER)
    closing = await house.carrying.handled(now_id, {point: False, other: True}, intervisies.roos, AFTER)
    assert {one.point.id: one.fate for one in closing.points} == {point: Fate.CARRIED, other: Fate.HANDLED}
    assert await intervisies.stands(point) == (PointState.ACCEPTED, intervisies.february, 1)
    assert await intervisies.notices(POINT_CARRIED) == [of(intervisies.tarik)]
    details = await house.points.details(point, intervisies.tarik)
    assert details.case is not None
    assert details.case.situation == "Een jongere wil niet meer naar school."
    assert await intervisies.errand(NEXT_NOON) == 0


async def test_pressed_twice_a_point_is_carried_on_once(intervisies: Round) -> None:
    point = await intervisies.propose("Huiswerk", intervisies.tarik)
    await change(intervisies.house, update(AgendaPointRow).values(state="accepted"))
    for _ in range(3):
        await intervisies.house.carrying.handled(intervisies.now_id, {point: False}, intervisies.roos, AFTER)
    assert await intervisies.stands(point) == (PointState.ACCEPTED, intervisies.february, 1)
    assert len(await intervisies.notices(POINT_CARRIED)) == 1


async def test_proposals_go_on_at_once_and_a_meeting_with_nothing_else_asks_nothing(intervisies: Round) -> None:
    point = await intervisies.propose("Fietsen", intervisies.tarik)
    await intervisies.errand(AFTER)
    assert await intervisies.stands(point) == (PointState.PROPOSED, intervisies.february, 1)
    assert await intervisies.notices(AGENDA_CLOSING) == []
    assert await intervisies.notices(POINT_CARRIED) == [of(intervisies.tarik)]
    assert await intervisies.notices(AGENDA_CLOSED) == [of(intervisies.roos)]


async def test_a_meeting_without_points_and_one_imported_with_its_agenda_ask_nothing(intervisies: Round) -> None:
    file = network()
    agenda = [{"title": "Verwelkoming", "minutes": 10}, {"title": "Oud nieuws", "kind": "theme", "minutes": 30}]
    file["meetings"] = [meeting("oud", "2026-12-02 09:30", "2026-12-02 12:00", agenda=agenda)]
    await bring(intervisies.house, file)
    for moment in (AFTER, NEXT_NOON, NEXT_NOON + timedelta(days=7)):
        assert await intervisies.errand(moment) == 0
    assert await rows(intervisies.house, select(NoticeRow.id)) == []
    assert set(await rows(intervisies.house, select(AgendaPointRow.state))) == {("accepted",)}


async def test_fixed_points_are_never_asked_about_nor_carried_on(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    welcome, point = await intervisies.propose("Welkom iedereen"), await intervisies.propose("Huiswerk")
    fixed = update(AgendaPointRow).where(AgendaPointRow.id == welcome)
    await change(house, fixed.values(fixed=Fixed.WELCOME.value))
    await intervisies.errand(AFTER)
    closing = await house.carrying.closing(now_id, intervisies.tarik)
    assert [one.point.id for one in closing.asked] == [point]
    assert (await intervisies.numbers())[1] == "Welkom iedereen"
    with pytest.raises(NoSuchPoint):
        await house.carrying.handled(now_id, {welcome: False}, intervisies.roos, AFTER)
    await house.carrying.handled(now_id, {point: False}, intervisies.roos, AFTER)
    assert (await intervisies.stands(welcome))[:2] == (PointState.HANDLED, now_id)


async def test_numbers_stay_what_they_were_when_points_go_away(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    first, second, third = [await intervisies.propose(title) for title in ("Een", "Twee", "Drie")]
    await intervisies.errand(AFTER)
    await house.carrying.handled(now_id, {first: False}, intervisies.tarik, AFTER)
    assert await intervisies.numbers() == {1: "Een", 2: "Twee", 3: "Drie"}
    closing = await house.carrying.handled(now_id, {second: False}, intervisies.tarik, AFTER)
    assert [one.fate for one in closing.points] == [Fate.CARRIED, Fate.CARRIED, Fate.HANDLED]
    assert closing.changed == {second}
    assert (await intervisies.stands(third))[0] is PointState.HANDLED


async def test_what_was_closed_by_mistake_is_corrected_in_both_directions(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    point = await intervisies.propose("Huiswerk")
    await house.carrying.handled(now_id, {}, intervisies.tarik, AFTER)
    assert await intervisies.stands(point) == (PointState.HANDLED, now_id, 0)
    await house.carrying.handled(now_id, {point: False}, intervisies.tarik, AFTER + timedelta(days=2))
    assert await intervisies.stands(point) == (PointState.ACCEPTED, intervisies.february, 1)
    await house.carrying.handled(now_id, {point: True}, intervisies.tarik, AFTER + timedelta(days=3))
    assert await intervisies.stands(point) == (PointState.HANDLED, now_id, 0)


@BOTH
async def test_on_the_shelf_and_promised_for_a_month_by_wish(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    shelved, april, june = [await intervisies.propose(title) for title in ("Een", "Twee", "Drie")]
    wishes = {
        shelved: Wish(discussed=False, shelf=True),
        april: Wish(discussed=False, month=date(2027, 4, 1)),
        june: Wish(discussed=False, month=date(2027, 6, 1)),
    }
    await house.carrying.settle(now_id, wishes, intervisies.tarik, AFTER)
    assert await intervisies.stands(shelved) == (PointState.ACCEPTED, None, 1)
    assert await intervisies.stands(april) == (PointState.ACCEPTED, intervisies.april, 1)
    assert await intervisies.stands(june) == (PointState.ACCEPTED, None, 1)
    starts = datetime(2027, 6, 10, 9, 30, tzinfo=BRUSSELS)
    new = NewMeeting(MeetingKind.INTERVISIE, "Juni", starts, starts + timedelta(hours=2))
    planned = await house.planning.create(new, intervisies.roos, AFTER)
    await intervisies.errand(AFTER + timedelta(days=1))
    assert await intervisies.stands(june) == (PointState.ACCEPTED, planned.id, 1)
    assert await intervisies.stands(shelved) == (PointState.ACCEPTED, None, 1)


@BOTH
async def test_a_recurring_point_returns_as_a_new_one_and_not_twice(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    point = await intervisies.propose("Rondje", intervisies.tarik, recurring=True)
    await change(house, update(AgendaPointRow).values(state="accepted"))
    for _ in range(2):
        await house.carrying.handled(now_id, {point: True}, intervisies.roos, AFTER)
    returned = select(AgendaPointRow.id, AgendaPointRow.state).where(AgendaPointRow.meeting_id == intervisies.february)
    ((new, state),) = await rows(house, returned)
    assert (state, (await intervisies.point(new)).recurring) == ("accepted", True)
    await house.carrying.handled(now_id, {point: False}, intervisies.roos, AFTER)
    assert sorted(await rows(house, returned)) == sorted([(point, "accepted"), (new, "withdrawn")])


async def test_what_is_carried_on_too_often_lands_on_the_shelf(intervisies: Round) -> None:
    point = await intervisies.propose("Altijd later")
    await change(intervisies.house, update(AgendaPointRow).values(carried=3))
    await intervisies.house.carrying.handled(intervisies.now_id, {point: False}, intervisies.roos, AFTER)
    assert await intervisies.stands(point) == (PointState.ACCEPTED, None, 4)


@BOTH
async def test_points_of_a_closed_circle_wait_for_its_next_meeting(intervisies: Round) -> None:
    house = intervisies.house
    steering = (await the_meeting(house, "stuur", intervisies.roos)).id
    point = await intervisies.propose("Budget", meeting_id=steering)
    await house.carrying.handled(steering, {point: False}, intervisies.roos, AFTER)
    assert await intervisies.stands(point) == (PointState.ACCEPTED, steering, 1)
    assert await house.points.shelf(intervisies.tarik) == ()
    assert await intervisies.errand(AFTER + timedelta(days=1)) == 0
    starts = datetime(2027, 3, 10, 14, tzinfo=BRUSSELS)
    new = NewMeeting(MeetingKind.STUURGROEP, "Stuurgroep maart", starts, starts + timedelta(hours=2))
    planned = await house.planning.create(new, intervisies.roos, AFTER)
    assert await intervisies.errand(AFTER + timedelta(days=2)) == 1
    assert await intervisies.stands(point) == (PointState.ACCEPTED, planned.id, 1)


@BOTH
async def test_points_of_a_cancelled_meeting_move_on_with_it(intervisies: Round) -> None:
    own = await intervisies.propose("Huiswerk")
    theirs = await intervisies.propose("Fietsen", intervisies.tarik)
    await intervisies.house.planning.cancel(intervisies.now_id, intervisies.roos, NOW)
    assert await intervisies.stands(own) == (PointState.ACCEPTED, intervisies.february, 1)
    assert await intervisies.stands(theirs) == (PointState.PROPOSED, intervisies.february, 1)
    assert await intervisies.notices(POINT_CARRIED) == [of(intervisies.tarik)]
    for moment in (NOW, AFTER, NEXT_NOON):
        assert await intervisies.errand(moment) == 0
    with pytest.raises(MeetingCancelled):
        await intervisies.house.carrying.handled(intervisies.now_id, {}, intervisies.roos, AFTER)


async def test_a_meeting_whose_end_moved_is_asked_about_after_its_new_end(intervisies: Round) -> None:
    house, now_id = intervisies.house, intervisies.now_id
    await intervisies.propose("Huiswerk")
    await intervisies.errand(AFTER)
    later = {"starts": datetime(2026, 12, 17, 9, 30), "ends": datetime(2026, 12, 17, 12)}  # noqa: DTZ001 - as kept
    columns = {f"{name}_local": moment for name, moment in later.items()}
    columns |= {f"{name}_at": moment.replace(tzinfo=BRUSSELS) for name, moment in later.items()}
    await change(house, update(MeetingRow).where(MeetingRow.id == now_id).values(columns))
    assert await intervisies.errand(NEXT_NOON) == 0
    assert await intervisies.errand(datetime(2026, 12, 17, 12, 1, tzinfo=BRUSSELS)) == 1
    assert len(await intervisies.notices(AGENDA_CLOSING)) == 2
    assert await intervisies.errand(datetime(2026, 12, 18, 12, 1, tzinfo=BRUSSELS)) == 1


async def test_after_a_week_of_downtime_somebody_is_still_asked_first(intervisies: Round) -> None:
    point = await intervisies.propose("Huiswerk")
    back = AFTER + timedelta(days=7)
    assert await intervisies.errand(back) == 1
    assert (await intervisies.stands(point))[0] is PointState.ACCEPTED
    assert await intervisies.errand(datetime(2026, 12, 11, 12, tzinfo=BRUSSELS)) == 1
    assert (await intervisies.stands(point))[0] is PointState.HANDLED


@BOTH
async def test_many_at_the_same_moment_ask_and_settle_once(intervisies: Round) -> None:
    point = await intervisies.propose("Huiswerk", recurring=True)
    fietsen = await intervisies.propose("Fietsen", intervisies.tarik)
    for moment in (AFTER, NEXT_NOON):
        await asyncio.gather(*(intervisies.errand(moment) for _ in range(6)))
    assert (await intervisies.stands(point))[0] is PointState.HANDLED
    assert await intervisies.stands(fietsen) == (PointState.PROPOSED, intervisies.february, 1)
    copies = select(AgendaPointRow.id).where(AgendaPointRow.recurring, AgendaPointRow.state == "accepted")
    assert len(await rows(intervisies.house, copies)) == 1
    for kind in (AGENDA_CLOSING, AGENDA_CLOSED, POINT_CARRIED):
        assert len(await intervisies.notices(kind)) == 1


async def test_who_does_not_run_it_and_who_is_too_early_says_nothing(intervisies: Round) -> None:
    carrying, now_id = intervisies.house.carrying, intervisies.now_id
    point = await intervisies.propose("Huiswerk")
    ans = await viewer(intervisies.house, ANS_MAIL)
    with pytest.raises(NotCoordinator):
        await carrying.closing(now_id, ans)
    with pytest.raises(NotCoordinator):
        await carrying.handled(now_id, {point: False}, ans, AFTER)
    with pytest.raises(NotNow):
        await carrying.handled(now_id, {point: False}, intervisies.roos, THE_DAY - timedelta(minutes=1))
    with pytest.raises(NoSuchPoint):
        await carrying.handled(now_id, {99_999: False}, intervisies.roos, AFTER)
    assert (await intervisies.stands(point))[0] is PointState.ACCEPTED


async def test_while_the_meeting_goes_on_only_what_is_said_is_settled(intervisies: Round) -> None:
    first, second = await intervisies.propose("Een"), await intervisies.propose("Twee")
    during = THE_DAY + timedelta(hours=1)
    await intervisies.house.carrying.handled(intervisies.now_id, {first: False}, intervisies.tarik, during)
    assert (await intervisies.stands(first))[1] == intervisies.february
    assert (await intervisies.stands(second))[0] is PointState.ACCEPTED
    await intervisies.errand(AFTER)
    closing: Closing = await intervisies.house.carrying.closing(intervisies.now_id, intervisies.tarik)
    assert [one.point.id for one in closing.asked] == [second]


async def test_who_is_asked_when_there_is_no_note_taker(intervisies: Round) -> None:
    await intervisies.propose("Huiswerk")
    await change(intervisies.house, update(MeetingRow).values(note_taker_id=None))
    await intervisies.errand(AFTER)
    assert await intervisies.notices(AGENDA_CLOSING) == [of(intervisies.roos)]


async def test_before_its_meeting_a_point_is_put_off_to_a_month(intervisies: Round) -> None:
    house = intervisies.house
    point = await intervisies.propose("Huiswerk")
    wish = Wish(discussed=False, month=date(2027, 4, 1))
    with pytest.raises(NotCoordinator):
        await house.carrying.put_off(point, wish, intervisies.tarik, NOW)
    assert (await house.carrying.put_off(point, wish, intervisies.roos, NOW)).meeting_id == intervisies.april
    shelf = await house.carrying.put_off(
        await intervisies.propose("Fietsen", meeting_id=None),
        replace(wish, month=date(2027, 9, 1)),
        intervisies.roos,
        NOW,
    )
    assert (shelf.meeting_id, shelf.returns_on) == (None, date(2027, 9, 1))
    assert await intervisies.errand(AFTER) == 0


async def test_what_is_put_in_the_backlog_by_hand_waits_for_no_month_any_more(intervisies: Round) -> None:
    house, by = intervisies.house, intervisies.roos
    shelved = Wish(discussed=False, shelf=True)
    for back in (
        lambda point: house.carrying.put_off(point, shelved, by, NOW),
        lambda point: house.board.move(point, None, by, NOW),
        lambda point: house.points.change(point, {"meeting_id": None}, by, NOW),
    ):
        point = await intervisies.propose("Huiswerk")
        promised = update(AgendaPointRow).where(AgendaPointRow.id == point)
        await change(house, promised.values(returns_on=date(2027, 9, 1)))
        await back(point)
        found = await intervisies.point(point)
        assert (found.meeting_id, found.returns_on) == (None, None)
        await house.board.decline(point, "", by, NOW)


@BOTH
async def test_a_composed_agenda_is_closed_also_when_nobody_proposed_anything(intervisies: Round) -> None:
    file = network()
    file["meetings"] = [
        meeting("vers", "2026-12-02 09:30", "2026-12-02 12:00", agenda=[{"title": "Iets", "kind": "theme"}])
    ]
    await bring(intervisies.house, file)
    fresh = (await the_meeting(intervisies.house, "vers")).id
    await intervisies.house._database.write(
        lambda session: session.add(AgendaRow(meeting_id=fresh, published=[], published_at=NOW))
    )
    assert await intervisies.errand(AFTER) == 1
    assert [one.point.title for one in (await intervisies.house.carrying.closing(fresh, intervisies.roos)).asked] == [
        "Iets"
    ]
