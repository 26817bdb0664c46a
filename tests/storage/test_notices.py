"""Planning and claiming notices: each key once, each notice one sender, each person one at a time, in sending hours."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
import pytest_asyncio

from storage.domain.calendar import SendingHours
from storage.domain.notices import (
    LONGEST_PAUSE,
    Claimed,
    NewNotice,
    NoticeState,
    Timing,
    bundled,
    pause_before_retry,
    to_person,
)
from storage.domain.people import Viewer
from storage.domain.refusals import NoSuchNotice, NotCoordinator, NothingToSend
from storage.repositories.notices import BETWEEN_TO_ONE, MOST_SMALL
from storage.services.house import House
from storage.services.notices import KEPT, TROUBLE, Pace
from storage.unit_of_work import UnitOfWork, Units
from tests.conftest import BRUSSELS
from tests.storage.support import MEMBER, ROOS, TARIK, bring, network, viewer

MONDAY = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
PACE = Pace()
ME, OTHER = "me", "other"


def note(
    number: int, person: int = 0, due: datetime = MONDAY, timing: Timing = Timing.NORMAL, subject: str = "1"
) -> NewNotice:
    """A notice; to a person of its own unless told."""
    return NewNotice("note", subject, str(number), to_person(person or 1000 + number), due, timing, {"number": number})


async def plan(house: House, *notices: NewNotice) -> int:
    """Plan notices; how many are new."""
    return await house.notices.plan(notices, MONDAY)


async def claim(house: House, now: datetime = MONDAY, owner: str = ME, limit: int = 25) -> tuple[Claimed, ...]:
    """Claim what is due."""
    return await house.notices.claim(owner, now, PACE, limit)


def numbers(claims: tuple[Claimed, ...]) -> list[list[int]]:
    """The numbers of the notices of claims."""
    return [[int(one.data["number"]) for one in claimed.notices] for claimed in claims]


async def send(house: House, claimed: Claimed, now: datetime = MONDAY, owner: str = ME) -> None:
    """Begin a claim and settle it as sent."""
    begun = await house.notices.begin(claimed, owner, now, PACE)
    await house.notices.sent(begun, owner, now, "a:chat", "17")


async def depths(house: House) -> dict[str, int]:
    """How many are in each state."""
    return dict((await house.notices.depths(MONDAY))[0])


@pytest_asyncio.fixture(loop_scope="session")
async def roos(house: House) -> Viewer:
    """The coordinator."""
    await bring(house, network())
    return await viewer(house, ROOS)


# Planning


async def test_the_same_key_is_planned_once(house: House) -> None:
    assert (await plan(house, note(1), note(2)), await plan(house, note(1), note(3))) == (2, 1)
    assert sum(len(one) for one in numbers(await claim(house))) == 3


async def test_the_same_key_planned_at_once_is_planned_once(house: House) -> None:
    planned = await asyncio.gather(*(plan(house, *(note(number) for number in range(20))) for _ in range(5)))
    assert sum(planned) == 20


async def test_a_cause_that_is_rolled_back_leaves_no_notice(house: House) -> None:
    def work(unit: UnitOfWork) -> None:
        unit.notices.plan(note(1), MONDAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await Units(house._database).write(work)
    assert await depths(house) == {}


# Claiming


async def test_senders_at_once_never_claim_the_same(house: House) -> None:
    await plan(house, *(note(number) for number in range(60)))
    claims = await asyncio.gather(*(claim(house, owner=f"sender {number}", limit=10) for number in range(6)))
    claimed = [one for part in claims for ids in numbers(part) for one in ids]
    assert sorted(claimed) == list(range(60))


async def test_moments_to_send_at_keep_the_pace_over_all_senders(house: House) -> None:
    await plan(house, *(note(number) for number in range(20)))
    claims = [*await claim(house, limit=10), *await claim(house, owner=OTHER, limit=10)]
    starts = sorted(one.starts for one in claims)
    gaps = [later - sooner for sooner, later in pairwise(starts)]
    assert min(gaps) >= PACE.every - timedelta(milliseconds=1)
    assert starts[0] == MONDAY


async def test_what_was_claimed_and_not_begun_is_free_again_when_the_lease_runs_out(house: House) -> None:
    await plan(house, note(1))
    (first,) = await claim(house)
    assert await claim(house, MONDAY + timedelta(seconds=14), OTHER) == ()
    (second,) = await claim(house, MONDAY + timedelta(seconds=16), OTHER)
    assert await house.notices.begin(first, ME, MONDAY, PACE) == ()
    assert len(await house.notices.begin(second, OTHER, MONDAY, PACE)) == 1


async def test_what_was_begun_is_never_claimed_again_but_becomes_ambiguous(house: House, roos: Viewer) -> None:
    await plan(house, note(1))
    begun = await house.notices.begin((await claim(house))[0], ME, MONDAY, PACE)
    later = MONDAY + timedelta(seconds=41)
    assert await claim(house, later, OTHER) == ()
    await house.notices.sent(begun, ME, later, "a:chat", "17")
    (group,) = await house.notices.groups(roos, later)
    assert dict(group.counts) == {NoticeState.AMBIGUOUS: 1}
    assert group.troubled == ((to_person(1001), NoticeState.AMBIGUOUS, "interrupted"),)


async def test_one_at_a_time_to_one_person_and_some_seconds_apart(house: House) -> None:
    await plan(house, note(1, 5), note(2, 5), note(3, 6))
    first, other = await claim(house)
    assert numbers((first, other)) == [[1], [3]]
    begun = await house.notices.begin(first, ME, MONDAY, PACE)
    assert await claim(house, MONDAY + timedelta(seconds=20)) != ()  # the other's lease ran out; not this person's
    sent_at = MONDAY + timedelta(seconds=30)
    await house.notices.sent(begun, ME, sent_at, "a:chat", "17")
    assert [2] not in numbers(await claim(house, sent_at + BETWEEN_TO_ONE - timedelta(milliseconds=100)))
    assert [2] in numbers(await claim(house, sent_at + BETWEEN_TO_ONE + timedelta(milliseconds=100)))


async def test_many_for_one_keep_others_not_waiting(house: House) -> None:
    await plan(house, *(note(number, 5) for number in range(40)), note(99, 6))
    found = numbers(await claim(house)) + numbers(await claim(house))
    assert found == [[0], [99]]


async def test_urgent_goes_first_and_then_the_oldest(house: House) -> None:
    hour = timedelta(hours=1)
    await plan(house, note(1), note(2, due=MONDAY - hour), note(3, timing=Timing.URGENT), note(4, due=MONDAY + hour))
    assert numbers(await claim(house)) == [[3], [2], [1]]


# Sending hours


def at(*moment: int) -> datetime:
    """A moment in Brussels."""
    return datetime(*moment, tzinfo=BRUSSELS)  # type: ignore[misc,arg-type]


CLOSED = {
    "Friday evening": at(2026, 11, 27, 18),
    "Saturday": at(2026, 11, 28, 12),
    "before eight": at(2026, 11, 30, 7, 59),
    "Christmas": at(2026, 12, 25, 11),
    "the night the clock goes back": at(2026, 10, 25, 2, 30),
    "the night the clock goes on": at(2027, 3, 28, 3, 30),
    "Monday after the clock went back": at(2026, 10, 26, 7, 59),
    "Easter Monday after the clock went on": at(2027, 3, 29, 10),
}


@pytest.mark.parametrize("moment", CLOSED.values(), ids=CLOSED.keys())
async def test_outside_sending_hours_only_what_is_urgent_goes(house: House, moment: datetime) -> None:
    due = moment - timedelta(minutes=1)
    await plan(house, note(1, due=due), note(2, due=due, timing=Timing.SMALL))
    assert not await house.notices.anything_due(moment)
    await plan(house, note(3, due=due, timing=Timing.URGENT))
    assert numbers(await claim(house, moment)) == [[3]]


OPEN = {
    "Monday at eight": at(2026, 11, 30, 8),
    "Friday just before six": at(2026, 11, 27, 17, 59),
    "Monday after the clock went back": at(2026, 10, 26, 8),
    "Tuesday after the clock went on": at(2027, 3, 30, 8),
    "an ordinary Thursday before Christmas": at(2026, 12, 24, 17),
}


@pytest.mark.parametrize("moment", OPEN.values(), ids=OPEN.keys())
async def test_within_sending_hours_everything_goes(house: House, moment: datetime) -> None:
    await plan(house, note(1, due=moment))
    assert numbers(await claim(house, moment)) == [[1]]


async def test_other_hours_can_be_kept(house: House) -> None:
    house.notices.keep_hours(SendingHours(datetime.min.time().replace(hour=6), datetime.min.time().replace(hour=7)))
    await plan(house, note(1, due=MONDAY - timedelta(days=1)))
    assert await claim(house, MONDAY) == ()
    assert numbers(await claim(house, at(2026, 11, 24, 6, 30))) == [[1]]


# A day's small notices


async def test_small_notices_of_one_person_go_together(house: House) -> None:
    small = [note(number, 5, timing=Timing.SMALL) for number in range(3)]
    await plan(house, *small, note(3, 6, timing=Timing.SMALL), note(4, 5, MONDAY + timedelta(hours=1), Timing.SMALL))
    claims = await claim(house)
    assert numbers(claims) == [[0, 1, 2], [3]]
    await send(house, claims[0])
    assert await depths(house) == {"sent": 3, "ready": 2}


async def test_a_long_list_of_small_notices_goes_in_parts(house: House) -> None:
    await plan(house, *(note(number, 5, timing=Timing.SMALL) for number in range(MOST_SMALL + 5)))
    (first,) = await claim(house)
    assert len(first.notices) == MOST_SMALL + 1
    await send(house, first)
    (rest,) = await claim(house, MONDAY + timedelta(seconds=3))
    assert len(rest.notices) == 4


async def test_small_notices_to_a_place_go_one_by_one(house: House) -> None:
    for number in range(2):
        await plan(house, NewNotice("note", "1", str(number), "posting", MONDAY, Timing.SMALL, {"number": number}))
    assert numbers(await claim(house)) == [[0]]


async def test_what_is_not_small_is_not_bundled(house: House) -> None:
    await plan(house, note(1, 5, timing=Timing.SMALL), note(2, 5))
    assert numbers(await claim(house)) == [[1]]


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        (at(2026, 11, 23, 8, 30), at(2026, 11, 23, 9)),
        (at(2026, 11, 23, 9, 1), at(2026, 11, 24, 9)),
        (at(2026, 11, 27, 17), at(2026, 11, 30, 9)),
        (at(2026, 12, 24, 10), at(2026, 12, 28, 9)),
        (at(2026, 10, 23, 17), at(2026, 10, 26, 9)),
    ],
)
def test_small_notices_wait_for_nine_o_clock_on_a_working_day(wanted: datetime, goes: datetime) -> None:
    assert bundled(wanted, SendingHours()) == goes


# Between claim and begin


@pytest.mark.parametrize("verb", ["hold", "cancel"])
async def test_what_is_held_or_cancelled_after_it_was_claimed_is_not_sent(
    house: House, roos: Viewer, verb: str
) -> None:
    await plan(house, note(1))
    (claimed,) = await claim(house)
    await getattr(house.notices, verb)(claimed.notice.id, roos)
    assert await house.notices.begin(claimed, ME, MONDAY, PACE) == ()
    assert await claim(house, MONDAY + timedelta(minutes=1)) == ()


async def test_what_is_let_go_again_is_sent_once(house: House, roos: Viewer) -> None:
    await plan(house, note(1))
    (first,) = await claim(house)
    await house.notices.hold(first.notice.id, roos)
    await house.notices.resume(first.notice.id, roos)
    (second,) = await claim(house, owner=OTHER)
    begun = [await house.notices.begin(one, owner, MONDAY, PACE) for one, owner in ((first, ME), (second, OTHER))]
    assert [len(one) for one in begun] == [0, 1]


async def test_what_changes_after_it_was_claimed_begins_in_its_new_version(house: House) -> None:
    await plan(house, note(1))
    (claimed,) = await claim(house)
    assert await house.notices.changed("note", "1", MONDAY) == 1
    (begun,) = await house.notices.begin(claimed, ME, MONDAY, PACE)
    assert (claimed.notice.version, begun.version) == (0, 1)


async def test_what_is_being_sent_can_t_be_held_or_cancelled_any_more(house: House, roos: Viewer) -> None:
    await plan(house, note(1))
    (claimed,) = await claim(house)
    await house.notices.begin(claimed, ME, MONDAY, PACE)
    for verb in (house.notices.hold, house.notices.cancel):
        with pytest.raises(NothingToSend):
            await verb(claimed.notice.id, roos)


# The coordinator


async def test_what_was_planned_long_ago_for_later_can_still_be_held(house: House, roos: Viewer) -> None:
    march = MONDAY + timedelta(days=120)
    await plan(house, note(1, due=march))
    (group,) = await house.notices.groups(roos, march - timedelta(days=1))
    assert await house.notices.hold(group.number, roos) == 1
    (held,) = await house.notices.groups(roos, march + timedelta(days=40))
    assert dict(held.counts) == {NoticeState.HELD: 1}


async def test_what_went_wrong_is_listed_from_when_it_was_due(house: House, roos: Viewer) -> None:
    march = MONDAY + timedelta(days=120)
    await plan(house, note(1, due=march))
    (claimed,) = await claim(house, march)
    await house.notices.failed(await house.notices.begin(claimed, ME, march, PACE), ME, march, "403")
    assert len(await house.notices.groups(roos, march + timedelta(days=29))) == 1
    assert await house.notices.groups(roos, march + timedelta(days=31)) == ()


async def test_only_the_coordinator_has_a_hand_on_it(house: House, roos: Viewer) -> None:
    await plan(house, note(1))
    (group,) = await house.notices.groups(roos, MONDAY)
    for by in (await viewer(house, TARIK), MEMBER):
        with pytest.raises(NotCoordinator):
            await house.notices.groups(by, MONDAY)
        with pytest.raises(NotCoordinator):
            await house.notices.cancel(group.number, by)
    assert await depths(house) == {"ready": 1}


async def test_a_number_that_nobody_has_is_refused(house: House, roos: Viewer) -> None:
    with pytest.raises(NoSuchNotice):
        await house.notices.send_now(4711, roos, MONDAY)


async def test_sent_now_it_goes_whatever_the_hour(house: House, roos: Viewer) -> None:
    await plan(house, *(note(number, due=MONDAY + timedelta(days=3)) for number in range(3)))
    (group,) = await house.notices.groups(roos, MONDAY)
    await house.notices.hold(group.number, roos)
    saturday = at(2026, 11, 28, 22)
    assert await house.notices.send_now(group.number, roos, saturday) == 3
    assert len(await claim(house, saturday)) == 3


async def test_again_takes_only_what_did_not_certainly_arrive(house: House, roos: Viewer) -> None:
    await plan(house, *(note(number) for number in range(3)))
    for claimed, become in zip(await claim(house), ("sent", "failed", "ambiguous"), strict=True):
        begun = await house.notices.begin(claimed, ME, MONDAY, PACE)
        arguments = ("a:chat", "17") if become == "sent" else ("502",)
        await getattr(house.notices, become)(begun, ME, MONDAY, *arguments)
    (group,) = await house.notices.groups(roos, MONDAY)
    assert await house.notices.again(group.number, roos, MONDAY) == 2
    assert numbers(await claim(house, MONDAY + timedelta(seconds=5))) == [[1], [2]]


async def test_each_coordinator_is_told_of_trouble_once_a_day(house: House, roos: Viewer) -> None:
    await plan(house, note(1), note(2))
    for claimed in await claim(house):
        await house.notices.failed(await house.notices.begin(claimed, ME, MONDAY, PACE), ME, MONDAY, "404")
    found = await claim(house, MONDAY + timedelta(minutes=2))
    assert [(one.notice.kind, one.notice.target) for one in found] == [(TROUBLE, to_person(roos.person.id))]  # type: ignore[union-attr]


# Retrying, and keeping


def test_pauses_grow_to_five_minutes() -> None:
    pauses = [pause_before_retry(tries) for tries in range(60)]
    assert pauses[:3] == [timedelta(seconds=seconds) for seconds in (1, 2, 4)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE


async def test_what_could_not_be_sent_stands_behind_what_is_due(house: House) -> None:
    hour = timedelta(hours=1)
    await plan(house, note(1, 5, MONDAY - 2 * hour), note(2, 5, MONDAY - hour))
    (first,) = await claim(house)
    await house.notices.retry(await house.notices.begin(first, ME, MONDAY, PACE), ME, MONDAY, "ClientConnectorError")
    assert numbers(await claim(house, MONDAY + timedelta(seconds=2))) == [[2]]


async def test_what_became_of_notices_is_forgotten_in_the_end_but_not_what_is_open(house: House) -> None:
    await plan(house, *(note(number) for number in range(3)))
    sent, ambiguous, _ = await claim(house)
    await send(house, sent)
    await house.notices.ambiguous(await house.notices.begin(ambiguous, ME, MONDAY, PACE), ME, MONDAY, "502")
    await house.notices.forget_old(MONDAY + KEPT - timedelta(days=1))
    assert await depths(house) == {"sent": 1, "ambiguous": 1, "ready": 1}
    await house.notices.forget_old(MONDAY + KEPT + timedelta(days=1))
    assert await depths(house) == {"ambiguous": 1, "ready": 1}


# Changing what was sent


async def test_one_sender_updates_a_message(house: House) -> None:
    await plan(house, note(1))
    await send(house, (await claim(house))[0])
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=5))
    later = MONDAY + timedelta(seconds=6)
    taken = [await house.notices.to_refresh(owner, later, PACE, 10) for owner in (ME, OTHER)]
    assert [len(one) for one in taken] == [1, 0]
    await house.notices.refreshed(taken[0][0], ME, later)
    assert await house.notices.to_refresh(OTHER, later + timedelta(minutes=1), PACE, 10) == ()


async def test_what_changes_during_an_update_is_updated_again(house: House) -> None:
    await plan(house, note(1))
    await send(house, (await claim(house))[0])
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=5))
    (taken,) = await house.notices.to_refresh(ME, MONDAY + timedelta(seconds=6), PACE, 10)
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=6))
    await house.notices.refreshed(taken, ME, MONDAY + timedelta(seconds=7))
    assert len(await house.notices.to_refresh(ME, MONDAY + timedelta(seconds=11), PACE, 10)) == 1


MINUTE = timedelta(minutes=1)


async def updates(house: House, seconds: float) -> int:
    """How many messages are updated this many seconds after Monday's beginning; nobody else updates them then."""
    return len(await house.notices.to_refresh(ME, MONDAY + timedelta(seconds=seconds), PACE, 10))


async def test_what_may_wait_is_shown_a_minute_after_the_time_before(house: House) -> None:
    await plan(house, note(1))
    await send(house, (await claim(house))[0])
    for seconds in (5, 20, 40):
        await house.notices.changed("note", "1", MONDAY + timedelta(seconds=seconds), MINUTE)
    assert [await updates(house, at) for at in (59, 66)] == [0, 1]


async def test_what_may_not_wait_brings_an_update_forward(house: House) -> None:
    await plan(house, note(1))
    await send(house, (await claim(house))[0])
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=5), MINUTE)
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=6))
    assert await updates(house, 6) == 1


@pytest.mark.parametrize(("also", "shown"), [((), [0, 0, 1]), ((9,), [0, 1])])
async def test_what_changes_during_an_update_waits_as_long_as_it_may(
    house: House, also: tuple[int, ...], shown: list[int]
) -> None:
    await plan(house, note(1))
    await send(house, (await claim(house))[0])
    await house.notices.changed("note", "1", MONDAY + timedelta(seconds=5))
    (taken,) = await house.notices.to_refresh(ME, MONDAY + timedelta(seconds=6), PACE, 10)
    for seconds in (7, 8):
        await house.notices.changed("note", "1", MONDAY + timedelta(seconds=seconds), MINUTE)
    for seconds in also:
        await house.notices.changed("note", "1", MONDAY + timedelta(seconds=seconds))
    await house.notices.refreshed(taken, ME, MONDAY + timedelta(seconds=10))
    assert [await updates(house, at) for at in (12, 60, 68)][: len(shown)] == shown


async def test_what_was_never_posted_is_not_due_for_an_update(house: House) -> None:
    await plan(house, note(1))
    (claimed,) = await claim(house)
    begun = await house.notices.begin(claimed, ME, MONDAY, PACE)
    await house.notices.changed("note", "1", MONDAY)
    await house.notices.failed(begun, ME, MONDAY, "404")
    assert not await house.notices.anything_due(MONDAY + timedelta(minutes=5))
