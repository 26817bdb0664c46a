"""Each thing that comes in is taken once, in the order of its conversation, and soon forgotten."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from storage.domain.activities import Knock, Standing, knock
from storage.domain.dialogs import Memory
from storage.domain.places import Place, PlaceKind
from storage.services.activities import KEPT, LEASE, Activities
from storage.services.house import House
from storage.tables.activities import HandledRow
from tests.conftest import NOW
from tests.storage.support import bring, network, rows

CHAT = Place("a:chat", PlaceKind.PERSONAL, "https://teams.example/emea/", "0a1b2c3d-0000-4000-8000-0000000000ff")
LATER = NOW + LEASE + timedelta(seconds=1)


def message(number: int = 1, conversation: str = "a:chat") -> Knock:
    """A message."""
    return knock(conversation, f"m{number}", "29:roos")


def press(number: int = 1, nonce: str = "n", who: str = "29:roos") -> Knock:
    """A button pressed, as an activity of its own."""
    return knock("a:chat", f"p{number}", who, nonce)


def another(house: House) -> Activities:
    """Another process on the same database."""
    return Activities(house.activities._units)


async def test_what_is_new_is_taken_once(house: House) -> None:
    assert await house.activities.claim(message(), NOW) is Standing.NEW
    assert await another(house).claim(message(), NOW) is Standing.RUNNING
    await house.activities.finish(message(), "a:chat", None, NOW)
    assert await another(house).claim(message(), NOW) is Standing.DONE


async def test_of_many_at_once_one_takes_it(house: House) -> None:
    standings = await asyncio.gather(*(another(house).claim(press(), NOW) for _ in range(12)))
    assert sorted(one.value for one in standings) == ["new"] + ["running"] * 11


async def test_what_somebody_left_unfinished_is_taken_after_its_lease(house: House) -> None:
    await house.activities.claim(message(), NOW)
    assert await another(house).claim(message(), LATER) is Standing.NEW


async def test_who_says_to_be_busy_keeps_it_longer(house: House) -> None:
    await house.activities.claim(message(), NOW)
    await house.activities.still_busy(message(), NOW + timedelta(seconds=10))
    assert await another(house).claim(message(), LATER) is Standing.RUNNING


async def test_who_lost_it_can_neither_finish_nor_keep_it(house: House) -> None:
    await house.activities.claim(message(), NOW)
    heir = another(house)
    await heir.claim(message(), LATER)
    await house.activities.finish(message(), "a:chat", None, LATER)
    await house.activities.still_busy(message(), LATER + timedelta(days=1))
    assert await another(house).claim(message(), LATER) is Standing.RUNNING
    assert await another(house).claim(message(), LATER + timedelta(minutes=1)) is Standing.NEW


async def test_a_press_under_a_new_id_was_pressed_before(house: House) -> None:
    await house.activities.claim(press(1), NOW)
    assert await another(house).claim(press(2), NOW) is Standing.RUNNING
    await house.activities.finish(press(1), "a:chat", None, NOW)
    assert await house.activities.claim(press(2), NOW) is Standing.PRESSED
    assert [await house.activities.claim(press(number), NOW) for number in (1, 2)] == [Standing.DONE, Standing.DONE]


async def test_a_press_is_each_ones_own(house: House) -> None:
    await house.activities.claim(press(1), NOW)
    assert await house.activities.claim(press(2, who="29:tarik"), NOW) is Standing.NEW
    assert await house.activities.claim(press(3, nonce="o"), NOW) is Standing.NEW


async def test_after_a_failure_the_button_may_be_pressed_again_but_the_activity_is_done(house: House) -> None:
    await house.activities.claim(press(1), NOW)
    await house.activities.fail(press(1))
    assert await house.activities.claim(press(1), NOW) is Standing.DONE
    assert await house.activities.claim(press(2), NOW) is Standing.NEW


async def test_what_has_no_id_is_always_new(house: House) -> None:
    nameless = knock("a:chat", "")
    assert [await house.activities.claim(nameless, NOW) for _ in range(2)] == [Standing.NEW] * 2
    await house.activities.finish(nameless, "a:chat", None, NOW)
    await house.activities.fail(nameless)
    assert await rows(house, select(func.count()).select_from(HandledRow)) == [(0,)]


async def test_a_turn_waits_for_an_older_one_of_its_conversation_in_another_process(house: House) -> None:
    await bring(house, network())
    other = another(house)
    assert not (await house.activities.begin(message(1), CHAT, "a:chat", None, NOW)).must_wait
    assert (await other.begin(message(2), CHAT, "a:chat", None, NOW)).must_wait
    assert not (await other.begin(message(3, "a:other"), CHAT, "a:other", None, NOW)).must_wait
    assert not await house.activities.must_wait(message(1), NOW)
    await house.activities.finish(message(1), "a:chat", Memory(intent="meeting.when"), NOW)
    assert not await other.must_wait(message(2), NOW)


async def test_nobody_waits_for_a_turn_that_died(house: House) -> None:
    await house.activities.claim(message(1), NOW)
    other = another(house)
    await other.claim(message(2), NOW)
    assert await other.must_wait(message(2), NOW)
    assert not await other.must_wait(message(2), LATER)


async def test_only_what_is_old_is_forgotten(house: House) -> None:
    await house.activities.claim(message(1), NOW)
    await house.activities.claim(message(2), NOW + KEPT)
    await house.activities.forget_old(NOW + KEPT + timedelta(seconds=1))
    assert await rows(house, select(HandledRow.key)) == [(message(2).activity,)]


async def test_a_key_tells_nothing(house: House) -> None:
    ours = press()
    assert {len(key) for key in (*ours.keys, ours.line)} == {64}
    assert knock("a", "b", "c", "d") != knock("ab", "", "c", "d")


async def test_what_is_not_there_is_not_remembered(house: House) -> None:
    await house.activities.finish(message(1), "a:chat", Memory(999, 999, 999, intent="meeting.when"), NOW)
    kept = (await house.visitors.visit(None, "a:chat")).memory
    assert (kept.meeting_id, kept.person_id, kept.organisation_id, kept.intent) == (None, None, None, "meeting.when")
