"""Agenda points from everybody: proposing, changing, taking back, supporting, commenting, and who sees what."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.domain.agenda import Case, CommentKind, Invite, NewPoint, PointKind, PointState, board_order
from storage.domain.notices import Timing, to_person
from storage.domain.people import Viewer
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchPoint,
    NothingSaid,
    NotKnown,
    NotSensible,
    NotThisPoint,
    NotYours,
    PointSettled,
    TooLong,
)
from storage.services.house import House
from storage.services.points import POINT_PROPOSED
from storage.tables.agenda import AgendaPointRow, AgendaRow, DraftRow, PromiseRow, SupportRow
from storage.tables.notices import NoticeRow
from tests.conftest import NOW
from tests.storage.proposals import (
    AFTER,
    CLOSED,
    LATER,
    OPEN,
    STEERING,
    ans,
    filled,
    here,
    id_of,
    miel,
    propose,
    publish,
    roos,
    set_point,
    tarik,
    the_file,
)
from tests.storage.support import MEMBER, STRANGER, bring, everything, rows

__all__ = ["filled", "here"]

NAMED = "Yassine slaat andere kinderen"
REGISTER_NUMBER = "85.07.30-033-28"


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One database is enough here: what differs on PostgreSQL is tried in test_points_together and _crossing."""
    return sqlite_database


async def notices(house: House) -> list[tuple[Any, ...]]:
    """What was planned to tell: kind, subject, target, timing, data."""
    columns = (NoticeRow.kind, NoticeRow.subject, NoticeRow.target, NoticeRow.timing, NoticeRow.data)
    return await rows(house, select(*columns).order_by(NoticeRow.id))


# --- proposing


async def test_a_proposal_waits_for_who_arranges_the_agenda(filled: House) -> None:
    made = await propose(filled, await tarik(filled), kind=PointKind.THEME, minutes=20, explanation="Wie doet wat?")
    assert made.meeting is not None
    assert (made.meeting.key, made.point.state, made.point.title) == (OPEN, PointState.PROPOSED, "Huiswerk")
    assert (made.point.kind, made.point.minutes, made.point.explanation) == (PointKind.THEME, 20, "Wie doet wat?")
    assert made.proposer is not None
    assert made.proposer.name == "Tarik Aydin"


async def test_the_organiser_puts_a_point_on_the_agenda_at_once(here: House) -> None:
    made = await propose(here, await ans(here), kind=PointKind.ORGANISATION)
    assert (made.point.state, made.point.invite) == (PointState.ACCEPTED, Invite.TO_INVITE)


async def test_the_coordinators_point_comes_before_what_closes_an_imported_agenda(here: House) -> None:
    file = the_file()
    agenda = [{"title": "Onthaal", "minutes": 10}, {"title": "Rondje", "kind": "varia"}]
    next(one for one in file["meetings"] if one["key"] == OPEN)["agenda"] = agenda
    await bring(here, file)
    await propose(here, await roos(here))
    board = await here.points.of_meeting(await id_of(here), MEMBER)
    assert [one.title for one in board.points] == ["Onthaal", "Huiswerk", "Rondje"]


async def test_the_same_message_twice_is_one_point(filled: House) -> None:
    first = await propose(filled, await tarik(filled), "Huiswerk!")
    again = await propose(filled, await tarik(filled), " huiswerk ", minutes=30)
    assert again == first
    assert await rows(filled, select(func.count()).where(AgendaPointRow.proposer_id == first.point.proposer_id)) == [
        (1,)
    ]


async def test_the_same_at_once_in_two_places_is_one_point(filled: House) -> None:
    """On PostgreSQL two connections do this side by side, as two replicas would."""
    who = await tarik(filled)
    made = await asyncio.gather(*(propose(filled, who, key=None) for _ in range(4)))
    assert len({one.point.id for one in made}) == 1


async def test_another_colleague_may_propose_the_same(here: House) -> None:
    await propose(here, await tarik(here))
    other = await propose(here, await miel(here))
    assert len((await here.points.of_meeting(await id_of(here), await roos(here))).points) == 2
    assert other.point.state is PointState.PROPOSED


async def test_what_was_taken_back_can_be_proposed_anew(here: House) -> None:
    who = await tarik(here)
    first = await propose(here, who)
    await here.points.withdraw(first.point.id, who, NOW)
    assert (await propose(here, who)).point.id != first.point.id


async def test_a_late_proposal_is_taken(here: House) -> None:
    late = NOW + timedelta(days=12)
    made = await propose(here, await tarik(here), now=late)
    assert made.meeting is not None
    assert made.meeting.agenda_until is not None
    assert made.meeting.agenda_until < late.date()
    assert made.point.state is PointState.PROPOSED


async def test_a_point_for_a_month_goes_to_the_meeting_in_it(here: House) -> None:
    made = await propose(here, await tarik(here), key=None, returns_on=date(2027, 3, 20))
    assert made.meeting is not None
    assert (made.meeting.key, made.point.returns_on) == (LATER, None)


async def test_a_point_for_a_month_without_meeting_waits_in_the_backlog(here: House) -> None:
    made = await propose(here, await tarik(here), returns_on=date(2027, 9, 5))
    assert (made.meeting, made.point.returns_on) == (None, date(2027, 9, 1))


async def test_a_point_for_a_month_does_not_go_to_a_meeting_that_is_not_for_its_proposer(here: House) -> None:
    made = await propose(here, await ans(here), key=None, returns_on=date(2027, 2, 1))
    assert made.meeting is None


async def test_what_is_for_a_closed_circle_and_another_month_does_not_lie_in_everybodys_backlog(here: House) -> None:
    made = await propose(here, await roos(here), key=STEERING, returns_on=date(2027, 9, 1))
    assert made.meeting is not None
    assert (made.meeting.key, made.point.returns_on) == (STEERING, date(2027, 9, 1))
    assert await here.points.shelf(MEMBER) == ()


async def test_what_waits_for_a_month_can_go_to_a_meeting_before_and_be_changed_after_it(here: House) -> None:
    who = await tarik(here)
    waits = await propose(here, who, key=None, returns_on=date(2027, 9, 1))
    long_after = NOW + timedelta(days=400)
    assert (await here.points.change(waits.point.id, {"minutes": 5}, who, long_after)).point.minutes == 5
    moved = await here.points.change(waits.point.id, {"meeting_id": await id_of(here)}, who, NOW)
    assert (moved.point.meeting_id, moved.point.returns_on) == (await id_of(here), None)
    back = await here.points.change(waits.point.id, {"returns_on": date(2027, 3, 1)}, who, NOW)
    assert back.point.meeting_id == await id_of(here, LATER)


async def test_a_promise_is_kept_with_a_point(filled: House) -> None:
    who = await tarik(filled)
    assert who.person is not None
    meeting_id = await id_of(filled)

    def promise(session: Any) -> None:
        session.add(PromiseRow(meeting_id=meeting_id, person_id=who.person.id if who.person else 0, at=NOW))

    await filled._database.write(promise)
    await propose(filled, who, key=LATER)
    assert await rows(filled, select(func.count()).select_from(PromiseRow)) == [(1,)]
    await propose(filled, who)
    assert await rows(filled, select(func.count()).select_from(PromiseRow)) == [(0,)]


async def test_what_means_nothing_or_names_somebody_is_refused_and_not_kept(here: House) -> None:
    refused: list[tuple[NewPoint, type[Exception], str | None]] = [
        (NewPoint(" \n "), NothingSaid, None),
        (NewPoint("x" * 201), TooLong, None),
        (NewPoint("x", explanation="x" * 2001), TooLong, None),
        (NewPoint("x", minutes=0), NotSensible, "minutes"),
        (NewPoint("x", minutes=481), NotSensible, "minutes"),
        (NewPoint("x", link="bijlage.docx"), NotSensible, "link"),
        (NewPoint("x", returns_on=date(2020, 1, 1)), NotSensible, "returns_on"),
        (NewPoint("x", meeting_id=2**40), NoSuchMeeting, None),
        (NewPoint("x", meeting_id=-1), NoSuchMeeting, None),
        (NewPoint(NAMED, kind=PointKind.CASE), IdentifiesSomebody, "title"),
        (NewPoint("x", explanation=NAMED, kind=PointKind.CASE), IdentifiesSomebody, "explanation"),
    ]
    who, before = await tarik(here), await everything(here)
    for new, refusal, field in refused:
        with pytest.raises(refusal) as raised:
            await here.points.propose(new, who, NOW)
        assert getattr(raised.value, "field", None) == field
    assert await everything(here) == before


async def test_who_is_not_known_proposes_nothing(here: House) -> None:
    with pytest.raises(NotKnown):
        await propose(here, MEMBER)


async def test_nothing_is_proposed_for_what_is_over_cancelled_or_not_for_them(here: House) -> None:
    who, meeting_id = await tarik(here), await id_of(here)
    with pytest.raises(MeetingOver):
        await propose(here, who, now=AFTER)
    with pytest.raises(NoSuchMeeting):
        await propose(here, who, key=STEERING)
    await here.planning.cancel(meeting_id, await roos(here), NOW)
    with pytest.raises(MeetingCancelled):
        await here.points.propose(NewPoint("Huiswerk", meeting_id), who, NOW)


async def test_a_participant_proposes_for_a_closed_meeting(here: House) -> None:
    assert (await propose(here, await tarik(here), key=CLOSED)).point.state is PointState.PROPOSED


async def test_kept_as_it_is_when_its_author_chose_so(here: House) -> None:
    new = NewPoint("Gesprek", explanation="Bel Yassine", kind=PointKind.THEME)
    with pytest.raises(IdentifiesSomebody):
        await here.points.propose(new, await tarik(here), NOW)
    made = await here.points.propose(new, await tarik(here), NOW, chosen="explanation")
    assert made.point.explanation == "Bel Yassine"


# --- who is told


async def test_who_runs_the_meeting_hears_of_proposals_once_a_day(filled: House) -> None:
    organiser, meeting_id = await ans(filled), await id_of(filled)
    assert organiser.person is not None
    for title in ("Huiswerk", "Zittenblijven"):
        await propose(filled, await tarik(filled), title)
    told = (POINT_PROPOSED, str(meeting_id), to_person(organiser.person.id), Timing.SMALL.value, {})
    assert await notices(filled) == [told]
    await propose(filled, await tarik(filled), "Spijbelen", now=NOW + timedelta(days=3))
    assert await notices(filled) == [told, told]


async def test_coordinators_hear_it_where_nobody_organises(here: House) -> None:
    coordinator = (await roos(here)).person
    assert coordinator is not None
    await propose(here, await tarik(here), key=LATER)
    assert [target for _, _, target, *_ in await notices(here)] == [to_person(coordinator.id)]


async def test_nobody_hears_of_what_is_accepted_at_once_nor_of_the_backlog(here: House) -> None:
    await propose(here, await roos(here))
    await propose(here, await tarik(here), key=None)
    assert await notices(here) == []


# --- changing


async def test_the_proposer_changes_what_they_proposed(filled: House) -> None:
    who = await tarik(filled)
    made = await propose(filled, who, explanation="Eerst", link="https://duinen.example/a")
    values = {"title": "Huiswerk samen", "minutes": 25, "kind": PointKind.DECISION, "explanation": None, "link": ""}
    after = await filled.points.change(made.point.id, values, who, NOW)
    found = after.point
    assert (found.title, found.minutes, found.kind) == ("Huiswerk samen", 25, PointKind.DECISION)
    assert (found.explanation, found.link) == ("Eerst", None)


async def test_what_becomes_an_expert_on_the_agenda_is_to_be_invited(here: House) -> None:
    organiser = await ans(here)
    made = await propose(here, organiser)
    after = await here.points.change(made.point.id, {"kind": PointKind.ORGANISATION}, organiser, NOW)
    assert after.point.invite is Invite.TO_INVITE


async def test_others_change_nothing_but_who_arranges_does(here: House) -> None:
    made = await propose(here, await tarik(here))
    with pytest.raises(NotYours):
        await here.points.change(made.point.id, {"title": "Iets anders"}, await miel(here), NOW)
    assert (await here.points.change(made.point.id, {"minutes": 5}, await ans(here), NOW)).point.minutes == 5


async def test_a_field_or_value_that_there_is_not_is_refused(here: House) -> None:
    made = await propose(here, await tarik(here))
    refused: list[dict[str, Any]] = [{"state": "accepted"}, {"title": None}, {"minutes": "5"}, {"kind": "theme"}]
    for values in refused:
        with pytest.raises(NotSensible) as raised:
            await here.points.change(made.point.id, values, await tarik(here), NOW)
        assert raised.value.field == next(iter(values))


async def test_what_becomes_a_case_is_checked_as_one(here: House) -> None:
    who = await tarik(here)
    made = await here.points.propose(NewPoint("Over Yassine"), who, NOW, chosen=True)
    with pytest.raises(IdentifiesSomebody) as raised:
        await here.points.change(made.point.id, {"kind": PointKind.CASE}, who, NOW)
    assert raised.value.field == "title"
    with pytest.raises(IdentifiesSomebody):
        await here.points.tell_case(made.point.id, Case("Hij komt niet"), who, NOW)


async def test_a_point_that_its_proposer_moves_waits_again(filled: House) -> None:
    who = await tarik(filled)
    made = await propose(filled, who)
    await set_point(filled, made.point.id, state=PointState.ACCEPTED.value, decided_by_id=made.point.proposer_id)
    moved = await filled.points.change(made.point.id, {"meeting_id": await id_of(filled, LATER)}, who, NOW)
    assert moved.meeting is not None
    assert (moved.meeting.key, moved.point.state) == (LATER, PointState.PROPOSED)
    shelved = await filled.points.change(made.point.id, {"meeting_id": None}, who, NOW)
    assert (shelved.meeting, shelved.point.on_the_shelf) == (None, True)
    assert await rows(filled, select(AgendaPointRow.shelved_at).where(AgendaPointRow.id == made.point.id)) == [(NOW,)]


async def test_what_is_settled_is_not_changed(here: House) -> None:
    who = await tarik(here)
    made = await propose(here, who)
    await set_point(here, made.point.id, state=PointState.DECLINED.value)
    for act in (
        here.points.change(made.point.id, {"minutes": 5}, who, NOW),
        here.points.withdraw(made.point.id, who, NOW),
        here.points.restore(made.point.id, who, NOW),
        here.points.tell_case(made.point.id, Case("x"), who, NOW),
        here.points.comment(made.point.id, "Jammer", who, NOW),
    ):
        with pytest.raises(PointSettled):
            await act


# --- taking back


@pytest.mark.parametrize("state", [PointState.PROPOSED, PointState.ACCEPTED])
async def test_taken_back_twice_and_put_back_twice_it_stands_as_before(filled: House, state: PointState) -> None:
    who = await tarik(filled)
    made = await propose(filled, who)
    by = made.point.proposer_id if state is PointState.ACCEPTED else None
    await set_point(filled, made.point.id, state=state.value, decided_by_id=by)
    for _ in range(2):
        assert (await filled.points.withdraw(made.point.id, who, NOW)).point.state is PointState.WITHDRAWN
    for _ in range(2):
        assert (await filled.points.restore(made.point.id, who, NOW)).point.state is state


async def test_only_its_proposer_takes_a_point_back(here: House) -> None:
    made = await propose(here, await tarik(here))
    for other in (await miel(here), await roos(here)):
        with pytest.raises(NotYours):
            await here.points.withdraw(made.point.id, other, NOW)


async def test_what_is_taken_back_is_put_back_only_while_its_meeting_is_to_come(here: House) -> None:
    who = await tarik(here)
    made = await propose(here, who)
    await here.points.withdraw(made.point.id, who, NOW)
    with pytest.raises(MeetingOver):
        await here.points.restore(made.point.id, who, AFTER)


async def test_a_published_agenda_follows_what_its_organiser_adds_and_takes_back(here: House) -> None:
    organiser, meeting_id = await ans(here), await id_of(here)
    await publish(here)

    async def told() -> list[Any]:
        return [one["title"] for (found,) in await rows(here, select(AgendaRow.published)) for one in found]

    made = await propose(here, organiser)
    assert await told() == ["Huiswerk"]
    await here.points.change(made.point.id, {"title": "Huiswerk samen"}, organiser, NOW)
    assert await told() == ["Huiswerk samen"]
    await here.points.withdraw(made.point.id, organiser, NOW)
    assert await told() == []
    await here.points.restore(made.point.id, organiser, NOW)
    assert await told() == ["Huiswerk samen"]
    await here.points.change(made.point.id, {"meeting_id": None}, organiser, NOW)
    assert await told() == []
    assert (await here.points.of_meeting(meeting_id, organiser)).standing.published_at == NOW


async def test_the_history_tells_what_came_on_the_agenda_and_went_but_no_words_of_it(here: House) -> None:
    organiser, meeting_id = await ans(here), await id_of(here)
    made = await propose(here, organiser, "Kastanje")
    await here.points.change(made.point.id, {"title": "Huiswerk"}, organiser, NOW)
    await here.points.withdraw(made.point.id, organiser, NOW)
    await here.points.restore(made.point.id, organiser, NOW)
    await here.points.change(made.point.id, {"meeting_id": None}, organiser, NOW)
    history = await here.planning.history(meeting_id, await roos(here))
    field = f"point:{made.point.id}"
    assert [(one.field, one.old, one.new) for one in history] == [
        (field, None, "accepted"),
        (field, "accepted", "withdrawn"),
        (field, "withdrawn", "accepted"),
        (field, "accepted", "proposed"),
        (f"point_meeting:{made.point.id}", None, ""),
    ]
    assert "Kastanje" not in repr(await everything(here))


# --- imported points


async def test_an_imported_point_that_was_moved_or_taken_back_stays_so(filled: House) -> None:
    coordinator, meeting_id, target = await roos(filled), await id_of(filled, CLOSED), await id_of(filled, STEERING)
    welcome, calm, varia = (await filled.points.of_meeting(meeting_id, coordinator)).points
    await filled.points.withdraw(welcome.id, coordinator, NOW)
    await filled.points.change(calm.id, {"meeting_id": target}, coordinator, NOW)
    await set_point(filled, varia.id, meeting_id=None)
    file = the_file()
    points = file["meetings"][0]["agenda"]
    points.insert(0, {"title": "Koffie"})
    for one in points[1:]:
        one["minutes"] = 33
    await bring(filled, file)
    found = await rows(
        filled,
        select(AgendaPointRow.title, AgendaPointRow.state, AgendaPointRow.meeting_id, AgendaPointRow.minutes).order_by(
            AgendaPointRow.id
        ),
    )
    assert found == [
        (welcome.title, "withdrawn", meeting_id, 33),
        (calm.title, "accepted", target, 33),
        (varia.title, "accepted", None, 33),
        ("Koffie", "accepted", meeting_id, None),
    ]


async def test_a_moved_point_keeps_its_place_when_the_file_pushes_it_along(here: House) -> None:
    coordinator, target = await roos(here), await id_of(here, OPEN)
    calm = (await here.points.of_meeting(await id_of(here, CLOSED), coordinator)).points[1]
    await here.points.change(calm.id, {"meeting_id": target}, coordinator, NOW)
    before = (await here.points.details(calm.id, coordinator)).point.position
    file = the_file()
    file["meetings"][0]["agenda"] = [{"title": f"Nieuw {number}"} for number in range(5)] + file["meetings"][0][
        "agenda"
    ]
    await bring(here, file)
    assert (await here.points.details(calm.id, coordinator)).point.position == before


async def test_a_file_with_the_title_of_a_moved_point_is_another_point(here: House) -> None:
    coordinator, target = await roos(here), await id_of(here, OPEN)
    calm = (await here.points.of_meeting(await id_of(here, CLOSED), coordinator)).points[1]
    await here.points.change(calm.id, {"meeting_id": target}, coordinator, NOW)
    file = the_file()
    next(one for one in file["meetings"] if one["key"] == OPEN)["agenda"] = [{"title": calm.title, "minutes": 5}]
    await bring(here, file)
    points = (await here.points.of_meeting(target, coordinator)).points
    assert [(one.title, one.minutes, one.id == calm.id) for one in points] == [
        (calm.title, 5, False),
        (calm.title, 45, True),
    ]


# --- support and comments


async def test_support_counts_once_however_often_it_is_pressed(filled: House) -> None:
    made = await propose(filled, await tarik(filled))
    other = await miel(filled)
    await asyncio.gather(*(filled.points.support(made.point.id, other, NOW) for _ in range(3)))
    assert (await filled.points.support(made.point.id, await roos(filled), NOW)).support == 2
    assert (await filled.points.details(made.point.id, other)).supported
    for _ in range(2):
        assert (await filled.points.support(made.point.id, other, NOW, yes=False)).support == 1
    assert not (await filled.points.details(made.point.id, other)).supported


async def test_nobody_supports_their_own_point(here: House) -> None:
    made = await propose(here, await tarik(here))
    with pytest.raises(NotThisPoint):
        await here.points.support(made.point.id, await tarik(here), NOW)


async def test_support_for_what_was_merged_counts_where_it_lives_on(here: House) -> None:
    first, second = await propose(here, await tarik(here)), await propose(here, await ans(here), "Huiswerk thuis")
    await set_point(here, first.point.id, state=PointState.MERGED.value, merged_into_id=second.point.id)
    assert (await here.points.support(first.point.id, await miel(here), NOW)).id == second.point.id
    assert await rows(here, select(SupportRow.point_id)) == [(second.point.id,)]


async def test_what_is_taken_back_gets_no_support(here: House) -> None:
    who = await tarik(here)
    made = await propose(here, who)
    await here.points.withdraw(made.point.id, who, NOW)
    with pytest.raises(NoSuchPoint):
        await here.points.support(made.point.id, await miel(here), NOW)


async def test_a_comment_is_kept_once_and_checked(filled: House) -> None:
    made = await propose(filled, await tarik(filled), kind=PointKind.CASE)
    who = await ans(filled)
    for _ in range(2):
        found = await filled.points.comment(made.point.id, "Ik had iets gelijkaardigs.", who, NOW)
    assert [(one.kind, one.text) for one in found.comments] == [(CommentKind.COMMENT, "Ik had iets gelijkaardigs.")]
    for text, refusal in ((" ", NothingSaid), ("x" * 1001, TooLong), (NAMED, IdentifiesSomebody)):
        with pytest.raises(refusal):
            await filled.points.comment(made.point.id, text, who, NOW)


# --- cases


async def test_a_case_is_told_part_by_part(filled: House) -> None:
    who = await tarik(filled)
    made = await propose(filled, who)
    first = await filled.points.tell_case(made.point.id, Case(situation="Een leerling blijft thuis."), who, NOW)
    assert first.point.kind is PointKind.CASE
    later = await filled.points.tell_case(made.point.id, Case(question="Wat nu?", tried="Gebeld"), who, NOW)
    assert later.case == Case("Een leerling blijft thuis.", "Wat nu?", "Gebeld")
    emptied = await filled.points.tell_case(made.point.id, Case(tried=""), who, NOW)
    assert emptied.case == Case("Een leerling blijft thuis.", "Wat nu?")


async def test_no_part_of_a_case_is_kept_when_one_identifies_somebody(here: House) -> None:
    who = await tarik(here)
    made = await propose(here, who)
    with pytest.raises(IdentifiesSomebody) as raised:
        await here.points.tell_case(made.point.id, Case("Een leerling.", tried=f"Belde {REGISTER_NUMBER}"), who, NOW)
    assert (raised.value.field, raised.value.may_keep) == ("tried", False)
    assert (await here.points.details(made.point.id, who)).case is None


async def test_others_tell_no_case(here: House) -> None:
    made = await propose(here, await tarik(here))
    with pytest.raises(NotYours):
        await here.points.tell_case(made.point.id, Case("x"), await miel(here), NOW)


# --- who sees what


async def seen(house: House, point_id: int, by: Viewer) -> tuple[bool, bool, int] | None:
    """Whether somebody sees explanation and case, and how many comments; None when they do not see the point."""
    try:
        found = await house.points.details(point_id, by)
    except NoSuchPoint:
        return None
    return found.point.explanation is not None, found.case is not None, len(found.comments)


async def told_case(house: House, key: str) -> int:
    """A case of Tarik with everything that can be said of it: two comments, the question of one of them."""
    who = await tarik(house)
    made = await propose(house, who, key=key, kind=PointKind.CASE, explanation="Over thuisblijven")
    await house.points.tell_case(made.point.id, Case("Een leerling blijft thuis."), who, NOW)
    await house.points.comment(made.point.id, "Nog iets", who, NOW)
    return made.point.id


async def test_a_case_is_for_its_proposer_and_who_arranges_and_once_published_for_who_takes_part(here: House) -> None:
    point_id, everybody = await told_case(here, OPEN), (await miel(here), await roos(here), await ans(here))
    assert [await seen(here, point_id, one) for one in everybody] == [
        (False, False, 0),
        (True, True, 1),
        (True, True, 1),
    ]
    await publish(here)
    assert await seen(here, point_id, everybody[0]) == (False, False, 0)
    await here.registrations.register(await id_of(here), [everybody[0].person.id], everybody[0], NOW)  # type: ignore[union-attr]
    assert await seen(here, point_id, everybody[0]) == (True, True, 1)


async def test_an_explanation_is_for_all_once_the_agenda_is_published(here: House) -> None:
    made = await propose(here, await tarik(here), explanation="Wie doet wat?")
    assert await seen(here, made.point.id, MEMBER) == (False, False, 0)
    await publish(here)
    assert await seen(here, made.point.id, MEMBER) == (True, False, 0)
    (shown,) = (await here.points.of_meeting(await id_of(here), MEMBER)).points
    assert shown.explanation == "Wie doet wat?"


async def test_strangers_and_who_may_not_see_a_meeting_see_none_of_its_points(here: House) -> None:
    open_, closed = await propose(here, await tarik(here)), await propose(here, await tarik(here), key=CLOSED)
    shelved = await propose(here, await tarik(here), "Lenen", key=None)
    for point in (open_, shelved):
        assert await seen(here, point.point.id, STRANGER) is None
    assert await seen(here, closed.point.id, await ans(here)) is None
    assert await here.points.shelf(STRANGER) == ()
    with pytest.raises(NoSuchMeeting):
        await here.points.of_meeting(await id_of(here, CLOSED), await ans(here))
    for act in (here.points.support, lambda *a: here.points.comment(a[0], "x", *a[1:])):
        with pytest.raises(NoSuchPoint):
            await act(closed.point.id, await ans(here), NOW)


async def test_what_was_declined_is_between_proposer_and_who_arranges(here: House) -> None:
    made = await propose(here, await tarik(here))
    await set_point(here, made.point.id, state=PointState.DECLINED.value, declined_why="Dat was vorige keer al")
    assert await seen(here, made.point.id, await miel(here)) is None
    assert (await here.points.details(made.point.id, await tarik(here))).point.declined_why is not None


async def test_a_proposer_of_whom_only_the_coordinator_may_know_is_not_named_to_others(here: House) -> None:
    made = await propose(here, await miel(here))
    assert (await here.points.details(made.point.id, await tarik(here))).proposer is None
    assert (await here.points.details(made.point.id, await roos(here))).proposer is not None


async def test_the_board_counts_the_agenda_before_the_proposals(here: House) -> None:
    await propose(here, await tarik(here), "Voorstel")
    await propose(here, await ans(here), "Staat vast")
    board = await here.points.of_meeting(await id_of(here), MEMBER)
    assert [one.title for one in board.points] == ["Staat vast", "Voorstel"]
    assert board_order(board.points) == board.points


async def test_a_number_of_no_point_is_refused(filled: House) -> None:
    who = await roos(filled)
    for point_id in (-1, 0, 999_999, 2**31, 2**70):
        for act in (filled.points.withdraw, filled.points.support):
            with pytest.raises(NoSuchPoint):
                await act(point_id, who, NOW)
        with pytest.raises(NoSuchPoint):
            await filled.points.details(point_id, who)


async def test_mine_lists_what_is_open_then_what_was_settled_lately(filled: House) -> None:
    who = await tarik(filled)
    for title, key in (("Plank", None), ("Later", LATER), ("Eerst", OPEN), ("Weg", OPEN), ("Terug", None)):
        made = await propose(filled, who, title, key=key)
        if title in {"Weg", "Terug"}:
            await filled.points.withdraw(made.point.id, who, NOW)
    assert [one.point.title for one in await filled.points.mine(who, NOW)] == [
        "Eerst",
        "Later",
        "Plank",
        "Weg",
        "Terug",
    ]
    long_after = AFTER + timedelta(days=40)
    assert [one.point.title for one in await filled.points.mine(who, long_after)] == ["Eerst", "Later", "Plank"]
    assert await filled.points.mine(MEMBER, NOW) == ()


# --- drafts


async def test_a_draft_outlives_the_house_in_which_it_was_made(filled: House) -> None:
    who = await tarik(filled)
    await filled.points.keep_draft("point", {"title": "Huis"}, who, NOW)
    await filled.points.keep_draft("point", {"title": "Huiswerk", "step": 2}, who, NOW)
    reopened = House(filled._database)
    assert await reopened.points.draft("point", who) == {"title": "Huiswerk", "step": 2}
    assert await reopened.points.draft("point", await roos(filled)) is None
    await reopened.points.drop_draft("point", who)
    assert await reopened.points.draft("point", who) is None


async def test_the_text_of_a_draft_is_checked_but_not_twice(here: House) -> None:
    who = await tarik(here)
    with pytest.raises(IdentifiesSomebody) as raised:
        await here.points.keep_draft("case:1", {"situation": NAMED}, who, NOW)
    assert raised.value.field == "situation"
    assert await rows(here, select(DraftRow.what)) == []
    await here.points.keep_draft("case:1", {"situation": NAMED}, who, NOW, chosen="situation")
    await here.points.keep_draft("case:1", {"situation": NAMED, "question": "Wat nu?"}, who, NOW)
    assert await here.points.draft("case:1", who) == {"situation": NAMED, "question": "Wat nu?"}


async def test_nobody_unknown_keeps_a_draft(here: House) -> None:
    with pytest.raises(NotKnown):
        await here.points.keep_draft("point", {}, MEMBER, NOW)
    assert await here.points.draft("point", MEMBER) is None
