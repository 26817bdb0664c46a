"""The coordinator's board in storage: what becomes of points, in which order they stand, and who is told."""

from collections.abc import Awaitable
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from storage.database import Database
from storage.domain.agenda import CommentKind, Invite, PointKind, PointState
from storage.domain.carrying import Wish
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchPoint,
    NotCoordinator,
    NothingSaid,
    NotKnown,
    NotSensible,
    NotThisPoint,
    NotYours,
    PointSettled,
    Refusal,
    TooLong,
)
from storage.services.board import (
    POINT_ACCEPTED,
    POINT_ANSWERED,
    POINT_ASKED,
    POINT_DECLINED,
    POINT_MERGED,
    POINT_MOVED,
)
from storage.services.house import House
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from tests.conftest import NOW
from tests.storage.points import agenda, fill, history, positions, propose, roos, rust, state
from tests.storage.support import (
    ANS,
    MEMBER,
    MIEL,
    ROOS,
    TARIK,
    bring,
    change,
    network,
    rows,
    the_meeting,
    viewer,
)

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """One kind of database is enough here: see test_board_races.py."""
    return sqlite_database


@pytest_asyncio.fixture(loop_scope="session")
async def filled(house: House) -> House:
    """The small network, its agenda of three points open to all, and two more meetings."""
    return await fill(house)


async def notices(house: House, kind: str) -> list[tuple[str, datetime]]:
    """To whom notices of a kind go, and when."""
    return await rows(
        house, select(NoticeRow.target, NoticeRow.due_at).where(NoticeRow.kind == kind).order_by(NoticeRow.id)
    )


async def person_of(house: House, email: str) -> str:
    """The target of what somebody is told."""
    found = (await viewer(house, email)).person
    assert found is not None
    return f"person:{found.id}"


async def test_accepting_puts_a_proposal_on_the_agenda_and_tells_its_proposer(filled: House) -> None:
    point = await propose(filled, "Pauzes")
    done = await filled.board.accept(point, await roos(filled), NOW)
    assert done.point.state is PointState.ACCEPTED
    assert await agenda(filled) == ["Verwelkoming", "Rust zonder straf", "Pauzes", "Varia"]
    assert await positions(filled) == [1, 2, 3, 4]
    assert await notices(filled, POINT_ACCEPTED) == [(await person_of(filled, MIEL), NOW + timedelta(minutes=2))]
    assert await history(filled) == [(f"point:{point}", "proposed", "accepted")]


async def test_what_closes_a_meeting_stays_last(filled: House) -> None:
    meeting_ = await rust(filled)
    varia = next(one for one in await filled.meetings.agenda(meeting_) if one.title == "Varia")
    await filled._units.write(lambda unit: unit.agenda.write(varia.id, {"fixed": "varia"}))
    await filled.board.accept(await propose(filled, "Pauzes"), await roos(filled), NOW)
    assert await agenda(filled) == ["Verwelkoming", "Rust zonder straf", "Pauzes", "Varia"]


async def test_what_the_coordinator_proposed_is_told_to_nobody(filled: House) -> None:
    point = await propose(filled, "Pauzes", ROOS)
    await filled.board.reopen(point, await roos(filled), NOW)
    await filled.board.accept(point, await roos(filled), NOW)
    assert await notices(filled, POINT_ACCEPTED) == []


async def test_accepting_an_expert_means_that_somebody_is_to_be_invited(filled: House) -> None:
    point = await propose(filled, "Vzw Golfslag", kind=PointKind.ORGANISATION)
    assert (await filled.board.accept(point, await roos(filled), NOW)).point.invite is Invite.TO_INVITE


async def test_declining_keeps_the_reason_for_the_proposer(filled: House) -> None:
    point = await propose(filled, "Pauzes")
    await filled.board.decline(point, " te  ruim ", await roos(filled), NOW)
    told = await filled.points.details(point, await viewer(filled, MIEL))
    assert (told.point.state, told.point.declined_why) == (PointState.DECLINED, "te ruim")
    assert [target for target, _ in await notices(filled, POINT_DECLINED)] == [await person_of(filled, MIEL)]
    assert all("ruim" not in f"{old}{new}" for _, old, new in await history(filled))


async def test_a_reason_that_identifies_somebody_is_not_kept(filled: House) -> None:
    point = await propose(filled, "Pauzes")
    with pytest.raises(IdentifiesSomebody) as refused:
        await filled.board.decline(point, "zijn nummer is 85.07.30-033 28", await roos(filled), NOW)
    assert refused.value.field == "why"
    assert await state(filled, point) is PointState.PROPOSED


async def test_a_merged_point_takes_its_supporters_along_and_gives_them_back(filled: House) -> None:
    first, second = await propose(filled, "Pauzes", TARIK), await propose(filled, "Speelplaats")
    await filled.points.support(second, await viewer(filled, ANS), NOW)
    await filled.points.support(second, await viewer(filled, TARIK), NOW)
    merged = await filled.board.merge(second, first, await roos(filled), NOW)
    assert (merged.point.id, merged.point.support) == (first, 2)  # Ans and Miel; Tarik proposed the other one
    assert await state(filled, second) is PointState.MERGED
    assert [target for target, _ in await notices(filled, POINT_MERGED)] == [await person_of(filled, MIEL)]
    await filled.board.reopen(second, await roos(filled), LATER)
    again = {one: (await filled.points.details(one, await roos(filled))).point.support for one in (first, second)}
    assert again == {first: 0, second: 2}


async def test_who_supported_both_still_supports_one_when_a_merge_is_undone(filled: House) -> None:
    first, second = await propose(filled, "Pauzes", TARIK), await propose(filled, "Speelplaats")
    for one in (first, second):
        await filled.points.support(one, await viewer(filled, ANS), NOW)
    await filled.board.merge(second, first, await roos(filled), LATER)
    await filled.board.reopen(second, await roos(filled), LATER)
    assert (await filled.points.details(first, await roos(filled))).point.support == 1


async def test_merged_with_a_proposal_what_is_on_the_agenda_stays_on_it(filled: House) -> None:
    first, second = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    await filled.board.accept(first, await roos(filled), NOW)
    await filled.board.merge(first, second, await roos(filled), NOW)
    assert (await agenda(filled))[-2:] == ["Speelplaats", "Varia"]
    assert await positions(filled) == [1, 2, 3, 4]


async def test_a_question_goes_to_the_proposer_and_the_answer_to_who_asked(filled: House) -> None:
    point = await propose(filled, "Pauzes")
    await filled.board.ask(point, "Welke graad?", await roos(filled), NOW)
    assert [target for target, _ in await notices(filled, POINT_ASKED)] == [await person_of(filled, MIEL)]
    told = await filled.board.answer(point, "De derde.", await viewer(filled, MIEL), LATER)
    assert [(one.kind, one.text) for one in told.comments] == [
        (CommentKind.QUESTION, "Welke graad?"),
        (CommentKind.ANSWER, "De derde."),
    ]
    assert [target for target, _ in await notices(filled, POINT_ANSWERED)] == [await person_of(filled, ROOS)]


async def test_a_moved_point_keeps_its_state_and_leaves_no_gap(filled: House) -> None:
    first, second = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    for one in (first, second):
        await filled.board.accept(one, await roos(filled), NOW)
    later = await the_meeting(filled, "later")
    moved = await filled.board.move(first, later.id, await roos(filled), NOW)
    assert (moved.point.state, moved.meeting and moved.meeting.id) == (PointState.ACCEPTED, later.id)
    assert await agenda(filled, "later") == ["Pauzes"]
    assert await positions(filled) == [1, 2, 3, 4]
    assert [target for target, _ in await notices(filled, POINT_MOVED)] == [await person_of(filled, MIEL)]
    histories = [one for one in await history(filled) if one[0].startswith("point_meeting")]
    assert histories == [
        (f"point_meeting:{first}", None, str(later.id)),
        (f"point_meeting:{first}", str((await rust(filled)).id), None),
    ]


async def test_a_point_goes_to_the_backlog_and_back(filled: House) -> None:
    point = await propose(filled, "Pauzes")
    await filled.board.move(point, None, await roos(filled), NOW)
    assert [one.id for one in await filled.points.shelf(MEMBER)] == [point]
    back = await filled.board.move(point, (await rust(filled)).id, await roos(filled), NOW)
    assert (back.point.state, await filled.points.shelf(MEMBER)) == (PointState.PROPOSED, ())


async def test_who_organises_takes_from_the_backlog_but_does_not_decide_elsewhere(filled: House) -> None:
    tarik, later = await viewer(filled, TARIK), await the_meeting(filled, "later")
    point = await propose(filled, "Pauzes", meeting_id=None)
    await filled.board.move(point, later.id, tarik, NOW)
    assert (await filled.board.accept(point, tarik, NOW)).point.state is PointState.ACCEPTED
    moved = await filled.board.move(point, (await rust(filled)).id, tarik, NOW)
    assert moved.point.state is PointState.PROPOSED
    with pytest.raises(NotCoordinator):
        await filled.board.accept(point, tarik, NOW)


@pytest.mark.parametrize(
    ("place", "after"),
    [
        (1, ["Varia", "Verwelkoming", "Rust zonder straf"]),
        (2, ["Verwelkoming", "Varia", "Rust zonder straf"]),
        (3, ["Verwelkoming", "Rust zonder straf", "Varia"]),
        (99, ["Verwelkoming", "Rust zonder straf", "Varia"]),
    ],
)
async def test_a_point_gets_its_place_and_the_others_close_up(filled: House, place: int, after: list[str]) -> None:
    last = (await filled.meetings.agenda(await rust(filled)))[-1]
    await filled.board.arrange(last.id, await roos(filled), NOW, position=place)
    assert await agenda(filled) == after
    assert sorted(await positions(filled)) in ([1, 2, 3], [0, 1, 2])  # as imported where nothing changed


async def test_who_and_how_long_are_set_and_noted(filled: House) -> None:
    last = (await filled.meetings.agenda(await rust(filled)))[-1]
    done = await filled.board.arrange(last.id, await roos(filled), NOW, presenter=" Griet  Maes ", minutes=20)
    assert (done.point.presenter, done.point.minutes) == ("Griet Maes", 20)
    assert await history(filled) == [
        (f"point_presenter:{last.id}", None, "Griet Maes"),
        (f"point_minutes:{last.id}", None, "20"),
    ]
    cleared = await filled.board.arrange(last.id, await roos(filled), NOW, presenter="", minutes=0)
    assert (cleared.point.presenter, cleared.point.minutes) == (None, None)


async def test_what_was_on_the_agenda_comes_back_on_it(filled: House) -> None:
    first = (await filled.meetings.agenda(await rust(filled)))[0]
    await filled.board.decline(first.id, "", await roos(filled), NOW)
    assert await agenda(filled) == ["Rust zonder straf", "Varia"]
    done = await filled.board.reopen(first.id, await roos(filled), NOW, accepted=True)
    assert (done.point.state, done.point.declined_why) == (PointState.ACCEPTED, None)
    assert await positions(filled) == [1, 2, 3]


async def _refused(work: Awaitable[object]) -> type[BaseException]:
    with pytest.raises(Refusal) as refused:
        await work
    return refused.type


async def test_who_does_not_arrange_an_agenda_decides_nothing(filled: House) -> None:
    point, other = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    before = (await history(filled), await filled.points.details(point, await roos(filled)))
    for by, why in ((await viewer(filled, MIEL), NotCoordinator), (MEMBER, NotKnown)):
        acts = (
            filled.board.accept(point, by, NOW),
            filled.board.decline(point, "nee", by, NOW),
            filled.board.merge(point, other, by, NOW),
            filled.board.ask(point, "wat?", by, NOW),
            filled.board.move(point, None, by, NOW),
            filled.board.arrange(point, by, NOW, minutes=5),
            filled.board.reopen(point, by, NOW),
        )
        assert [await _refused(one) for one in acts] == [why] * len(acts)
    assert (await history(filled), await filled.points.details(point, await roos(filled))) == before


async def test_what_makes_no_sense_is_refused(filled: House) -> None:
    by, miel = await roos(filled), await viewer(filled, MIEL)
    point, own = await propose(filled, "Pauzes"), await propose(filled, "Eigen", ROOS)
    gone = await propose(filled, "Weg")
    await filled.points.withdraw(gone, miel, NOW)
    over = await the_meeting(filled, "voorbij")
    for work, why in (
        (filled.board.accept(99_999, by, NOW), NoSuchPoint),
        (filled.board.accept(2**40, by, NOW), NoSuchPoint),
        (filled.board.accept(gone, by, NOW), PointSettled),
        (filled.board.reopen(gone, by, NOW), PointSettled),
        (filled.board.merge(point, point, by, NOW), NotThisPoint),
        (filled.board.merge(point, gone, by, NOW), PointSettled),
        (filled.board.merge(point, 99_999, by, NOW), NoSuchPoint),
        (filled.board.move(point, 99_999, by, NOW), NoSuchMeeting),
        (filled.board.move(point, 2**40, by, NOW), NoSuchMeeting),
        (filled.board.move(point, over.id, by, NOW), MeetingOver),
        (filled.board.ask(own, "wat?", by, NOW), NotThisPoint),
        (filled.board.ask(point, "  ", by, NOW), NothingSaid),
        (filled.board.ask(point, "x" * 1_001, by, NOW), TooLong),
        (filled.board.answer(point, "ja", miel, NOW), NotThisPoint),
        (filled.board.answer(point, "ja", by, NOW), NotYours),
        (filled.board.arrange(point, by, NOW, minutes=481), NotSensible),
        (filled.board.arrange(point, by, NOW, minutes=-1), NotSensible),
        (filled.board.arrange(point, by, NOW, presenter="x" * 201), TooLong),
    ):
        assert await _refused(work) is why
    assert await state(filled, point) is PointState.PROPOSED


async def test_what_belongs_to_every_meeting_stays_with_its_own_and_gets_no_support(filled: House) -> None:
    by, later = await roos(filled), await the_meeting(filled, "later")
    welcome = (await filled.meetings.agenda(await rust(filled)))[0].id
    other = await propose(filled, "Pauzes")
    for work in (
        filled.board.move(welcome, later.id, by, NOW),
        filled.board.merge(welcome, other, by, NOW),
        filled.points.change(welcome, {"meeting_id": later.id}, by, NOW),
        filled.carrying.put_off(welcome, Wish(discussed=False, shelf=True), by, NOW),
        filled.points.support(welcome, await viewer(filled, MIEL), NOW),
    ):
        assert await _refused(work) is NotThisPoint
    assert await agenda(filled) == ["Verwelkoming", "Rust zonder straf", "Varia"]


async def test_a_meeting_that_is_cancelled_or_over_gets_no_points(filled: House) -> None:
    by, point = await roos(filled), await propose(filled, "Pauzes")
    assert await _refused(filled.board.accept(point, by, NOW + timedelta(days=200))) is MeetingOver
    cancelled = update(MeetingRow).where(MeetingRow.id == (await rust(filled)).id).values(cancelled_at=NOW)
    await change(filled, cancelled)
    assert await _refused(filled.board.accept(point, by, NOW)) is MeetingCancelled
    moved = await filled.board.move(point, None, by, NOW)  # but what was proposed for it can be saved
    assert moved.meeting is None


async def test_a_closed_agenda_hides_its_points_from_who_tries_their_numbers(house: House) -> None:
    await bring(house, network())  # its audience is who takes part
    hidden = (await house.meetings.agenda(await rust(house)))[0].id
    assert await _refused(house.board.accept(hidden, await viewer(house, ANS), NOW)) is NoSuchPoint
