"""Agendas as a whole in storage: composed and taken over, published once, changed, promised, and all by itself."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage.database import Database
from storage.domain.agenda import AgendaPoint, Fixed, PointKind, PointState
from storage.domain.composing import Composition
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.people import Viewer
from storage.domain.publishing import (
    AGENDA,
    AGENDA_CHANGED,
    AGENDA_DRAFT,
    AGENDA_NUDGE,
    AGENDA_POST,
    as_told,
    changes,
    draft_at,
    publish_at,
    ready_at,
)
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotCoordinator,
    NotKnown,
    NotNow,
    TooLong,
)
from storage.domain.rules import Rules
from storage.services.house import House
from storage.services.publishing import agenda_changed
from storage.tables.agenda import AgendaPointRow, DraftRow, PromiseRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.registrations import RegistrationRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import (
    MEMBER,
    MIEL,
    ROOS,
    TARIK,
    File,
    bring,
    change,
    meeting,
    network,
    rows,
    the_meeting,
    viewer,
)

KEY = "rust"
STARTS = datetime(2027, 2, 4, 9, 30, tzinfo=BRUSSELS)
PUBLISHED_ON = datetime(2027, 1, 28, 9, tzinfo=BRUSSELS)
DRAFTED_ON = datetime(2027, 1, 26, 9, tzinfo=BRUSSELS)
EARLY = datetime(2027, 1, 4, 10, tzinfo=BRUSSELS)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One database is enough here: what differs on PostgreSQL is tried in test_points_together and _crossing."""
    return sqlite_database


def file(*earlier: File, **fields: Any) -> File:
    """The network with one intervisie to come, for which Tarik is registered."""
    found = network()
    given = {"registrations": [{"person": TARIK, "status": "registered"}], "agenda_until": "2027-01-25", **fields}
    found["meetings"] = [*earlier, meeting(KEY, "2027-02-04 09:30", "2027-02-04 12:00", **given)]
    return found


async def settled(house: House, *earlier: File, **fields: Any) -> Meeting:
    """That network."""
    await bring(house, file(*earlier, **fields))
    return await the_meeting(house, KEY, await viewer(house, ROOS))


async def proposed(house: House, found: Meeting | None, title: str, **fields: Any) -> int:
    """A proposal of Tarik; its id."""
    tarik = (await viewer(house, TARIK)).person
    assert tarik is not None
    row = {
        "meeting_id": found.id if found else None,
        "title": title,
        "position": 0,
        "state": "proposed",
        "proposer_id": tarik.id,
        "proposed_at": EARLY,
        **fields,
    }
    await change(house, insert(AgendaPointRow).values(row))
    return int((await rows(house, select(AgendaPointRow.id).where(AgendaPointRow.title == title)))[0][0])


async def agenda(house: House, found: Meeting) -> tuple[AgendaPoint, ...]:
    """What stands on it."""
    return await house.meetings.agenda(found)


async def titles(house: House, found: Meeting) -> list[str]:
    """The titles of its points, but not of the fixed ones."""
    return [one.title for one in await agenda(house, found) if one.fixed is None]


async def planned(house: House, kind: str) -> list[tuple[str, str]]:
    """Target and state of the notices of a kind."""
    found = select(NoticeRow.target, NoticeRow.state).where(NoticeRow.kind == kind).order_by(NoticeRow.id)
    return [(target, state) for target, state in await rows(house, found)]


async def sent(house: House, kind: str) -> None:
    """They arrive."""
    await change(house, update(NoticeRow).where(NoticeRow.kind == kind).values(state="sent", activity_id="1"))


async def touch(house: House, found: Meeting, now: datetime, **values: Any) -> None:
    """Somebody changes the points, as chat would."""
    if values:
        where = AgendaPointRow.title == values.pop("of")
        await change(house, update(AgendaPointRow).where(where).values(values))
    await house._units.write(lambda unit: agenda_changed(unit, found.id, now))


async def roos(house: House) -> Viewer:
    """The coordinator."""
    return await viewer(house, ROOS)


def said(found: Composition) -> list[str]:
    """The points of a composition that are not fixed."""
    return [line.point.title for line in found.chosen if line.point]


# Composing


async def test_a_proposed_agenda_changes_nothing_until_it_is_taken_over(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk", kind="theme")
    assert said(await house.agendas.composition(found.id, await roos(house), NOW)) == ["Huiswerk"]
    assert (await agenda(house, found), (await house.agendas.standing(found.id)).composed_at) == ((), None)


async def test_taken_over_it_is_the_agenda_with_its_fixed_points_lengths_and_order(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Casus", kind="case")
    await proposed(house, found, "Nieuws", kind="information", minutes=15)
    await house.agendas.apply(found.id, await roos(house), NOW)
    assert [(one.title, one.minutes, one.position, one.fixed) for one in await agenda(house, found)] == [
        ("Verwelkoming", 10, 1, Fixed.WELCOME),
        ("Nieuws", 15, 2, None),
        ("Casus", 40, 3, None),
        ("Varia", 10, 4, Fixed.VARIA),
        ("Volgende bijeenkomsten", 5, 5, Fixed.NEXT_MEETINGS),
    ]
    assert (await house.agendas.standing(found.id)).composed_at == NOW


async def test_twice_is_once(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.apply(found.id, await roos(house), NOW)
    first = await agenda(house, found)
    await house.agendas.apply(found.id, await roos(house), NOW + timedelta(hours=1))
    assert await agenda(house, found) == first
    assert len(await planned(house, "point_accepted")) == 1


async def test_a_report_is_only_approved_where_there_was_a_meeting_of_the_kind(house: House) -> None:
    earlier = meeting("eerder", "2026-10-08 09:30", "2026-10-08 12:00")
    found = await settled(house, earlier)
    composed = await house.agendas.composition(found.id, await roos(house), NOW)
    assert Fixed.PREVIOUS_REPORT in [line.fixed for line in composed.lines]


async def test_what_does_not_fit_is_a_proposal_again(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Lang", minutes=100, carried=1, state="accepted", decided_at=EARLY, position=1)
    await proposed(house, found, "Ook lang", minutes=100, state="accepted", decided_at=EARLY, position=2)
    composed = await house.agendas.apply(found.id, await roos(house), NOW)
    assert (said(composed), await titles(house, found)) == (["Lang"], ["Lang"])
    (row,) = await rows(house, select(AgendaPointRow.state).where(AgendaPointRow.title == "Ook lang"))
    assert row == ("proposed",)


async def test_what_the_coordinator_set_stays_when_it_is_composed_again(house: House) -> None:
    found = await settled(house)
    for title, kind in (("Casus", "case"), ("Nieuws", "information")):
        await proposed(house, found, title, kind=kind)
    await house.agendas.apply(found.id, await roos(house), NOW)
    points = {one.title: one.id for one in await agenda(house, found)}
    later = NOW + timedelta(hours=1)
    await house.board.arrange(points["Casus"], await roos(house), later, position=2, minutes=25)
    await house.board.arrange(points["Verwelkoming"], await roos(house), later, minutes=20)
    await house.board.decline(points["Varia"], "", await roos(house), later)
    await proposed(house, found, "Thema", kind="theme")
    await house.agendas.apply(found.id, await roos(house), later + timedelta(hours=1))
    assert [(one.title, one.minutes) for one in await agenda(house, found)] == [
        ("Verwelkoming", 20),
        ("Thema", 30),
        ("Casus", 25),
        ("Nieuws", 10),
        ("Volgende bijeenkomsten", 5),
    ]


async def test_what_was_promised_for_this_month_comes_from_the_backlog(house: House) -> None:
    found = await settled(house)
    await proposed(house, None, "Beloofd", returns_on=date(2027, 2, 1), shelved_at=EARLY)
    await proposed(house, None, "Later", returns_on=date(2027, 4, 1), shelved_at=EARLY)
    await house.agendas.apply(found.id, await roos(house), NOW)
    assert await titles(house, found) == ["Beloofd"]


async def test_a_closed_meeting_takes_nothing_from_everybody_s_backlog(house: House) -> None:
    found = await settled(house, audience="participants")
    await proposed(house, None, "Beloofd", returns_on=date(2027, 2, 1), shelved_at=EARLY)
    assert said(await house.agendas.composition(found.id, await roos(house), NOW)) == []


async def test_only_who_arranges_it_composes_publishes_and_holds(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    tarik = await viewer(house, TARIK)
    for act in (house.agendas.composition, house.agendas.apply, house.agendas.publication, house.agendas.publish):
        with pytest.raises(NotCoordinator):
            await act(found.id, tarik, NOW)
    with pytest.raises(NotCoordinator):
        await house.agendas.hold(found.id, tarik, NOW, True)


async def test_the_organiser_arranges_it_too(house: House) -> None:
    found = await settled(house, organiser=TARIK)
    await proposed(house, found, "Huiswerk")
    assert said(await house.agendas.apply(found.id, await viewer(house, TARIK), NOW)) == ["Huiswerk"]


async def test_of_a_meeting_that_is_no_more_nothing_is_composed(house: House) -> None:
    found = await settled(house)
    coordinator = await roos(house)
    with pytest.raises(MeetingOver):
        await house.agendas.composition(found.id, coordinator, STARTS + timedelta(days=1))
    await change(house, update(MeetingRow).values(cancelled_at=NOW))
    with pytest.raises(MeetingCancelled):
        await house.agendas.apply(found.id, coordinator, NOW)
    for number in (0, -1, 99_999, 2**40):
        with pytest.raises(NoSuchMeeting):
            await house.agendas.apply(number, coordinator, NOW)


# Publishing


async def test_published_it_goes_once_to_who_comes(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.apply(found.id, await roos(house), NOW)
    for _ in range(2):
        told = await house.agendas.publish(found.id, await roos(house), NOW)
        assert (told.people, told.channel) == (1, False)
    assert len(await planned(house, AGENDA)) == 1
    assert await planned(house, AGENDA_POST) == []


async def test_an_agenda_with_nothing_but_fixed_points_is_not_published(house: House) -> None:
    found = await settled(house)
    await house.agendas.apply(found.id, await roos(house), NOW)
    with pytest.raises(NotNow):
        await house.agendas.publish(found.id, await roos(house), NOW)


async def test_published_from_its_draft_it_is_composed_first(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.publish(found.id, await roos(house), NOW, compose=True)
    assert await titles(house, found) == ["Huiswerk"]


async def test_who_comes_later_gets_it_too_and_once(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.publish(found.id, await roos(house), NOW, compose=True)
    assert await house.agendas.plan_due(NOW) == 0
    miel = (await viewer(house, MIEL)).person
    assert miel is not None
    row = {"meeting_id": found.id, "person_id": miel.id, "status": "registered", "created_at": NOW}
    await change(house, insert(RegistrationRow).values(row))
    assert await house.agendas.plan_due(NOW) == 1
    assert await house.agendas.plan_due(NOW) == 0
    assert len(await planned(house, AGENDA)) == 2


# What changed


def _listed(*points: tuple[int, str, int | None, str | None]) -> list[dict[str, Any]]:
    return as_told(AgendaPoint(number, title, minutes=minutes, presenter=by) for number, title, minutes, by in points)


def test_what_came_went_moved_and_changed_is_told_apart() -> None:
    before = _listed((1, "A", 10, None), (2, "B", 20, "An"), (3, "C", None, None), (4, "D", 5, None))
    after = _listed((3, "C", None, None), (1, "A", 15, None), (2, "Bé", 20, "Bo"), (5, "E", 30, None))
    assert [(one.what, one.title, one.old, one.new) for one in changes(before, after)] == [
        ("added", "E", None, 30),
        ("removed", "D", None, None),
        ("moved", "C", None, None),
        ("minutes", "A", 10, 15),
        ("title", "Bé", "B", "Bé"),
        ("presenter", "Bé", "An", "Bo"),
    ]
    assert changes(before, before) == ()


async def published(house: House, found: Meeting) -> None:
    """An agenda that has arrived."""
    await proposed(house, found, "Huiswerk", minutes=20)
    await house.agendas.publish(found.id, await roos(house), NOW, compose=True)
    await sent(house, AGENDA)


async def test_a_change_is_one_note_for_what_follows_within_two_minutes(house: House) -> None:
    found = await settled(house)
    await published(house, found)
    await touch(house, found, NOW, of="Huiswerk", minutes=30)
    await touch(house, found, NOW + timedelta(minutes=1), of="Huiswerk", presenter="An")
    assert len(await planned(house, AGENDA_CHANGED)) == 1
    ((data, due),) = await rows(house, select(NoticeRow.data, NoticeRow.due_at).where(NoticeRow.kind == AGENDA_CHANGED))
    assert (data["before"][1]["minutes"], due) == (20, NOW + timedelta(minutes=2))
    await sent(house, AGENDA_CHANGED)
    await touch(house, found, NOW + timedelta(minutes=5), of="Huiswerk", minutes=40)
    notes = await rows(house, select(NoticeRow.data).where(NoticeRow.kind == AGENDA_CHANGED).order_by(NoticeRow.id))
    assert [data["before"][1]["minutes"] for (data,) in notes] == [20, 30]


async def test_what_was_sent_is_shown_anew_also_when_there_is_nothing_to_tell(house: House) -> None:
    found = await settled(house)
    await published(house, found)
    await touch(house, found, NOW, of="Huiswerk", explanation="Waarover het gaat")
    assert await planned(house, AGENDA_CHANGED) == []
    assert await rows(house, select(NoticeRow.version).where(NoticeRow.kind == AGENDA)) == [(1,)]


@pytest.mark.parametrize("case", ["unpublished", "over", "cancelled", "not arrived", "by themselves"])
async def test_nobody_hears_of_a_change_that_is_no_news_to_them(house: House, case: str) -> None:
    found = await settled(house)
    if case == "unpublished":
        await proposed(house, found, "Huiswerk", state="accepted")
    else:
        await published(house, found)
    if case == "cancelled":
        await change(house, update(MeetingRow).values(cancelled_at=NOW))
    if case == "not arrived":
        await change(house, update(NoticeRow).where(NoticeRow.kind == AGENDA).values(state="ready"))
    tarik = (await viewer(house, TARIK)).person
    by_id = tarik.id if case == "by themselves" and tarik else None
    now = STARTS + timedelta(days=1) if case == "over" else NOW
    await change(house, update(AgendaPointRow).where(AgendaPointRow.title == "Huiswerk").values(minutes=25))
    await house._units.write(lambda unit: agenda_changed(unit, found.id, now, by_id))
    assert await planned(house, AGENDA_CHANGED) == []


async def test_no_note_holds_what_a_point_is_about(house: House) -> None:
    found = await settled(house)
    await published(house, found)
    await touch(house, found, NOW, of="Huiswerk", explanation="GEHEIM", kind="case", title="Anders")
    everything = await rows(house, select(NoticeRow.data))
    assert "GEHEIM" not in repr(everything)


# By itself


def test_the_day_is_counted_in_working_days_also_over_the_change_of_the_clock() -> None:
    monday = datetime(2027, 3, 29, 9, 30, tzinfo=BRUSSELS)  # Easter Monday; clocks change on the 28th
    found = Meeting(1, "m", MeetingKind.INTERVISIE, "M", monday + timedelta(days=1), monday, Audience.NETWORK)
    at, draft = publish_at(found, Rules(agenda_days=1)), draft_at(found, Rules(agenda_days=1))
    assert at is not None
    assert draft is not None
    assert (at.date(), draft.date()) == (date(2027, 3, 26), date(2027, 3, 24))
    assert [one.astimezone(BRUSSELS).hour for one in (at, draft)] == [9, 9]
    assert publish_at(found, Rules(agenda_days=0)) is None
    assert draft_at(found, Rules(agenda_days=0)) is None
    assert draft_at(found, Rules(agenda_draft_days=0)) is None


def test_after_its_draft_an_agenda_waits_a_working_day_at_least() -> None:
    found = Meeting(1, "m", MeetingKind.INTERVISIE, "M", STARTS, STARTS + timedelta(hours=2), Audience.NETWORK)
    friday = datetime(2027, 1, 29, 15, tzinfo=BRUSSELS)
    assert ready_at(found, Rules(), DRAFTED_ON) == PUBLISHED_ON
    assert ready_at(found, Rules(), friday) == datetime(2027, 2, 1, 9, tzinfo=BRUSSELS)
    assert ready_at(found, Rules(), None) is None
    assert ready_at(found, Rules(), STARTS - timedelta(hours=1)) is None
    assert ready_at(found, Rules(agenda_draft_days=0), None) == PUBLISHED_ON


async def days(house: House, *moments: datetime) -> list[int]:
    """What is done at each of these moments, and nothing when it is looked at again."""
    done = []
    for moment in moments:
        done.append(await house.agendas.plan_due(moment))
        assert await house.agendas.plan_due(moment) == 0
    return done


async def test_it_is_drafted_and_then_published_on_its_day(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    before = timedelta(minutes=1)
    assert await days(house, DRAFTED_ON - before, DRAFTED_ON, PUBLISHED_ON - before, PUBLISHED_ON) == [0, 1, 0, 1]
    assert (await titles(house, found), len(await planned(house, AGENDA))) == (["Huiswerk"], 1)
    assert len(await planned(house, AGENDA_DRAFT)) == 1


async def test_what_was_proposed_after_the_draft_waits_for_somebody_to_look(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.plan_due(DRAFTED_ON)
    await change(house, update(NoticeRow).values(created_at=DRAFTED_ON))
    await proposed(house, found, "Te laat", proposed_at=DRAFTED_ON + timedelta(hours=1))
    await house.agendas.plan_due(PUBLISHED_ON)
    assert await titles(house, found) == ["Huiswerk"]


async def test_held_it_stays_until_it_is_let_go(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.plan_due(DRAFTED_ON)
    await house.agendas.hold(found.id, await roos(house), DRAFTED_ON, True)
    later = PUBLISHED_ON + timedelta(days=1)
    assert await days(house, PUBLISHED_ON, later) == [0, 0]
    await house.agendas.hold(found.id, await roos(house), later, False)
    assert await days(house, later) == [1]
    with pytest.raises(NotNow):
        await house.agendas.hold(found.id, await roos(house), later, True)


async def test_a_bot_that_was_away_drafts_first_and_publishes_a_working_day_later(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    back = PUBLISHED_ON + timedelta(hours=5)
    assert await days(house, back, back + timedelta(hours=18), back + timedelta(hours=20)) == [1, 0, 1]


async def test_a_bot_that_comes_back_when_it_has_begun_does_nothing(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    assert await days(house, STARTS, STARTS + timedelta(hours=5)) == [0, 0]


async def test_the_days_follow_a_meeting_that_moves(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.plan_due(DRAFTED_ON)
    week = timedelta(days=7)
    local = {"starts_local": datetime(2027, 2, 11, 9, 30), "ends_local": datetime(2027, 2, 11, 12)}  # noqa: DTZ001
    await change(house, update(MeetingRow).values(**local, starts_at=STARTS + week, ends_at=found.ends + week))
    assert await days(house, PUBLISHED_ON, DRAFTED_ON + week, PUBLISHED_ON + week) == [0, 1, 1]
    assert len(await planned(house, AGENDA_DRAFT)) == 2


async def test_an_agenda_that_came_from_a_file_and_nobody_touched_stays_as_it_is(house: House) -> None:
    found = await settled(house, agenda=[{"title": "Begroting", "minutes": 30}])
    assert await days(house, DRAFTED_ON, PUBLISHED_ON) == [0, 0]
    await proposed(house, found, "Huiswerk")
    assert await days(house, PUBLISHED_ON) == [1]


async def test_a_cancelled_meeting_has_no_agenda_to_send(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.agendas.plan_due(DRAFTED_ON)
    await change(house, update(MeetingRow).values(cancelled_at=NOW))
    assert await days(house, PUBLISHED_ON) == [0]


async def test_by_rule_it_is_not_published_by_itself(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Huiswerk")
    await house.invitations.set_rule(MeetingKind.INTERVISIE, "agenda_days", "0", await roos(house))
    assert await days(house, DRAFTED_ON, PUBLISHED_ON) == [0, 0]


async def test_what_was_accepted_by_hand_stays_when_it_is_published_by_itself(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Lang", minutes=200, state="accepted", decided_at=EARLY, position=1)
    await house.agendas.plan_due(DRAFTED_ON)
    await house.agendas.plan_due(PUBLISHED_ON)
    assert await titles(house, found) == ["Lang"]


# Promises


NUDGED_ON = datetime(2027, 1, 20, 9, tzinfo=BRUSSELS)
"""Three working days before 25 January."""


async def test_who_promised_and_brought_nothing_is_reminded_once(house: House) -> None:
    found = await settled(house)
    promise = await house.agendas.promise(found.id, await viewer(house, TARIK), NOW, "  iets over\n huiswerk ")
    assert (promise.about, promise.until) == ("iets over huiswerk", date(2027, 1, 25))
    assert await days(house, NUDGED_ON - timedelta(minutes=1), NUDGED_ON, NUDGED_ON + timedelta(days=2)) == [0, 1, 0]
    assert len(await planned(house, AGENDA_NUDGE)) == 1


async def test_who_brought_it_or_took_it_back_is_not(house: House) -> None:
    found = await settled(house)
    for who in (TARIK, MIEL):
        await house.agendas.promise(found.id, await viewer(house, who), NOW)
    await house.agendas.unpromise(found.id, await viewer(house, TARIK))
    await change(house, PromiseRow.__table__.delete())  # type: ignore[attr-defined]
    assert await days(house, NUDGED_ON) == [0]


async def test_who_did_not_finish_preparing_a_case_is_reminded_too(house: House) -> None:
    found = await settled(house)
    point = await proposed(house, found, "Een casus", kind="case")
    tarik = (await viewer(house, TARIK)).person
    assert tarik is not None
    values = {"person_id": tarik.id, "what": f"case.{point}", "data": {"step": 1}, "at": NUDGED_ON}
    await change(house, insert(DraftRow).values(values))
    await house.agendas.plan_due(NUDGED_ON)
    assert len(await planned(house, AGENDA_NUDGE)) == 1
    promise = await house.agendas.promised(found.id, tarik.id, NUDGED_ON)
    assert promise is not None
    assert promise.case


async def test_promised_twice_the_last_words_count(house: House) -> None:
    found = await settled(house)
    for about in ("een casus", "iets anders"):
        await house.agendas.promise(found.id, await viewer(house, TARIK), NOW, about)
    assert await rows(house, select(PromiseRow.about)) == [("iets anders",)]


async def test_what_was_promised_is_forgotten_once_the_meeting_is_over(house: House) -> None:
    found = await settled(house)
    await house.agendas.promise(found.id, await viewer(house, TARIK), NOW, "een casus")
    kept = []
    for moment in (STARTS, found.ends):
        await house.retention.forget_old(moment)
        kept.append(len(await rows(house, select(PromiseRow.id))))
    assert kept == [1, 0]


async def test_after_the_last_day_nobody_is_reminded(house: House) -> None:
    found = await settled(house)
    await house.agendas.promise(found.id, await viewer(house, TARIK), NOW)
    assert await days(house, datetime(2027, 1, 26, 10, tzinfo=BRUSSELS)) == [0]


async def test_a_promise_needs_somebody_we_know_and_a_meeting_they_may_see(house: House) -> None:
    found = await settled(house, audience="participants")
    with pytest.raises(NotKnown):
        await house.agendas.promise(found.id, MEMBER, NOW)
    with pytest.raises(NoSuchMeeting):
        await house.agendas.promise(found.id, await viewer(house, MIEL), NOW)
    with pytest.raises(TooLong):
        await house.agendas.promise(found.id, await viewer(house, TARIK), NOW, "lang " * 60)


async def test_a_proposed_organisation_is_to_be_invited_once_it_is_on_the_agenda(house: House) -> None:
    found = await settled(house)
    await proposed(house, found, "Een spreker", kind="organisation")
    await house.agendas.apply(found.id, await roos(house), NOW)
    (point,) = [one for one in await agenda(house, found) if one.kind is PointKind.ORGANISATION]
    assert (point.state, point.invite) == (PointState.ACCEPTED, "to_invite")
