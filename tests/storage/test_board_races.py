"""The coordinator's board when things are said twice, or by several at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from storage.domain.agenda import PointDetails, PointState
from storage.domain.refusals import PointSettled
from storage.services.house import House
from storage.tables.notices import NoticeRow
from tests.conftest import NOW
from tests.storage.points import agenda, fill, history, positions, propose, roos, state
from tests.storage.support import rows, the_meeting

LATER = NOW + timedelta(hours=1)


@pytest_asyncio.fixture(loop_scope="session")
async def filled(house: House) -> House:
    """The small network with an agenda, on each kind of database in turn."""
    return await fill(house)


Act = Callable[[House, int, int], Awaitable[PointDetails]]


async def _acts(house: House) -> dict[str, Act]:
    by = await roos(house)
    later = await the_meeting(house, "later")
    return {
        "accept": lambda house, one, _: house.board.accept(one, by, LATER),
        "decline": lambda house, one, _: house.board.decline(one, "te ruim", by, LATER),
        "merge": lambda house, one, other: house.board.merge(one, other, by, LATER),
        "ask": lambda house, one, _: house.board.ask(one, "Welke graad?", by, LATER),
        "move": lambda house, one, _: house.board.move(one, later.id, by, LATER),
        "shelve": lambda house, one, _: house.board.move(one, None, by, LATER),
        "minutes": lambda house, one, _: house.board.arrange(one, by, LATER, minutes=20),
        "place": lambda house, one, _: house.board.arrange(one, by, LATER, position=2),
    }


@pytest.mark.parametrize("verb", ["accept", "decline", "merge", "ask", "move", "shelve", "minutes", "place"])
async def test_what_is_said_twice_or_twice_at_once_is_done_once(filled: House, verb: str) -> None:
    point, other = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    act = (await _acts(filled))[verb]
    await asyncio.gather(*(act(filled, point, other) for _ in range(3)))
    after = (await filled.points.details(point, await roos(filled)), await history(filled))
    told = await rows(filled, select(NoticeRow.key).where(NoticeRow.kind != "point_proposed"))
    await act(filled, point, other)
    assert (await filled.points.details(point, await roos(filled)), await history(filled)) == after
    assert await rows(filled, select(NoticeRow.key).where(NoticeRow.kind != "point_proposed")) == told
    assert len(told) == (0 if verb in {"minutes", "place"} else 1) - (verb == "merge")  # both are Miel's


async def test_two_who_decide_differently_leave_one_decision(filled: House) -> None:
    point, other = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    acts = await _acts(filled)
    verbs = ("accept", "decline", "merge")
    done = await asyncio.gather(*(acts[verb](filled, point, other) for verb in verbs), return_exceptions=True)
    assert all(isinstance(one, PointDetails | PointSettled) for one in done)
    assert await state(filled, point) in {PointState.DECLINED, PointState.MERGED}
    # Accepted first and then merged, the other one stands on the agenda in its place.
    found = sorted(await positions(filled))
    assert found == list(range(found[0], found[0] + len(found)))


async def test_two_who_merge_crosswise_lose_no_point(filled: House) -> None:
    point, other = await propose(filled, "Pauzes"), await propose(filled, "Speelplaats")
    by = await roos(filled)
    done = await asyncio.gather(
        filled.board.merge(point, other, by, NOW), filled.board.merge(other, point, by, NOW), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in done) == ["PointDetails", "PointSettled"]
    assert {await state(filled, one) for one in (point, other)} == {PointState.MERGED, PointState.PROPOSED}


async def test_many_who_arrange_at_once_leave_an_order_without_gaps(filled: House) -> None:
    by = await roos(filled)
    points = [await propose(filled, f"Punt {number}") for number in range(6)]
    await asyncio.gather(*(filled.board.accept(one, by, NOW) for one in points))
    places = ((one, place) for place, one in enumerate(reversed(points), 1))
    await asyncio.gather(*(filled.board.arrange(one, by, NOW, position=place) for one, place in places))
    assert await positions(filled) == list(range(1, 10))
    assert len(set(await agenda(filled))) == 9


async def test_the_backlog_is_put_in_order_by_many_at_once(filled: House) -> None:
    by = await roos(filled)
    points = [await propose(filled, f"Punt {number}", meeting_id=None) for number in range(4)]
    await asyncio.gather(*(filled.board.arrange(one, by, NOW, position=1) for one in points))
    assert sorted(one.position for one in await filled.points.shelf(by)) == [1, 2, 3, 4]
