"""Polls that come back in their rhythm: each time once, and after a pause only the newest of those that were missed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from storage.domain.notices import to_place
from storage.domain.polls import POLL, POLL_RESULT, Poll, PollKind, PollState, Whom
from storage.domain.refusals import NotNow, NotSensible, NotYours
from storage.domain.series import Rhythm
from storage.services.house import House
from storage.tables.conversations import PlaceRow
from storage.tables.people import PersonRow
from storage.tables.polls import PollRow, PollSeriesRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.polls import (
    CHAT,
    again,
    at,
    choose,
    local,
    options_of,
    post_in_channel,
    start,
    told,
)
from tests.storage.proposals import ans, filled, here, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import ROOS, change, rows

MONDAYS = Rhythm(0, date(2026, 11, 21), weeks=1, weekday=0)
FORTNIGHTLY = Rhythm(0, date(2026, 11, 23), weeks=2)
MONTHLY = Rhythm(0, date(2026, 11, 21), months=1, weekday=3, nth=1)
QUARTERLY = Rhythm(0, date(2026, 11, 21), months=3, weekday=4, nth=-1)
MOOD = {"kind": PollKind.TEMPERATURE, "options": (), "question": "Hoe gaat het?"}


async def occurrences(house: House) -> list[date]:
    """The days of the polls that were made, in order."""
    found = await rows(house, select(PollRow.occurrence).order_by(PollRow.id))
    return [day for (day,) in found]


async def live(house: House, first: datetime, days: int) -> None:
    """Do what is due, every morning just after nine."""
    for day in range(days):
        local_day = (first + timedelta(days=day)).replace(tzinfo=None)
        await house.polls.plan_due(local_day.replace(tzinfo=BRUSSELS))


async def newest(house: House) -> Poll:
    """The poll that was made last."""
    ((poll_id,),) = await rows(house, select(func.max(PollRow.id)))
    return await again(house, poll_id)


@pytest.mark.parametrize(
    ("rhythm", "days"),
    [
        (MONDAYS, [date(2026, 11, 23) + timedelta(weeks=week) for week in range(7)]),
        (FORTNIGHTLY, [date(2026, 11, 23) + timedelta(weeks=2 * week) for week in range(4)]),
        (MONTHLY, [date(2026, 12, 3), date(2027, 1, 7)]),
        (QUARTERLY, [date(2026, 11, 27), date(2027, 2, 26)]),
    ],
    ids=["weekly", "fortnightly", "monthly", "quarterly"],
)
async def test_it_is_asked_in_its_rhythm_without_end(here: House, rhythm: Rhythm, days: list[date]) -> None:  # noqa: F811
    await start(here, rhythm=rhythm, **MOOD)
    await live(here, at("2026-11-22 09:00"), max((days[-1] - date(2026, 11, 22)).days, 46) + 1)
    assert await occurrences(here) == days
    opened = await rows(here, select(PollRow.opens_at).order_by(PollRow.id))
    assert {moment.astimezone(BRUSSELS).strftime("%H:%M") for (moment,) in opened} == {"09:00"}


async def test_each_is_a_poll_of_its_own_with_the_same_options_and_closes_by_itself(filled: House) -> None:  # noqa: F811
    poll = await start(filled, rhythm=MONDAYS, opens=local("2026-11-23 14:00"), lasts_days=3)
    for house in (filled, House(filled._database)):
        await house.polls.plan_due(at("2026-11-23 14:00"))
    await choose(filled, poll, await tarik(filled), 2, now=at("2026-11-24 10:00"))
    for house in (filled, House(filled._database)):
        await house.polls.plan_due(at("2026-11-30 14:00"))
    second = await newest(filled)
    assert await occurrences(filled) == [date(2026, 11, 23), date(2026, 11, 30)]
    assert await options_of(filled, second.id) == ["NAFT", "internaten", "huiswerk"]
    assert (second.voters, second.closes_local, second.target) == (0, local("2026-12-03 14:00"), to_place(CHAT))
    assert [one["subject"] for one in await told(filled, POLL)] == [str(poll.id), str(second.id)]
    view = await filled.polls.view(second.id, await roos(filled), at("2026-11-30 14:00"))
    assert view.previous is not None
    assert view.previous.voters == 1


async def test_after_a_pause_only_the_newest_that_was_missed_is_asked(here: House) -> None:  # noqa: F811
    await start(here, rhythm=MONDAYS, **MOOD)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    for _ in range(2):
        await here.polls.plan_due(at("2027-01-06 11:20"))  # down since then
    assert await occurrences(here) == [date(2026, 11, 23), date(2027, 1, 4)]
    asked = await newest(here)
    # It runs its days from when it was really asked.
    assert (asked.opened_at, asked.closes_local) == (at("2027-01-06 11:20"), local("2027-01-13 11:20"))
    await here.polls.plan_due(at("2027-01-11 09:00"))
    assert (await occurrences(here))[2:] == [date(2027, 1, 11)]


async def test_the_one_before_is_closed_and_told_before_the_next_is_asked(here: House) -> None:  # noqa: F811
    await start(here, rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    await here.polls.plan_due(at("2026-11-30 09:00"))
    states = [state for (state,) in await rows(here, select(PollRow.state).order_by(PollRow.id))]
    assert states == [PollState.CLOSED, PollState.OPEN]
    assert len(await told(here, POLL_RESULT)) == 1


@pytest.mark.parametrize(
    ("start_day", "hour", "day", "utc"),
    [
        # Both nights: an hour that comes twice is the first of them, one that is skipped is asked an hour later.
        ("2026-10-17 10:00", "02:30", "2026-10-25", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2027-03-20 10:00", "02:30", "2027-03-28", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2026-10-17 10:00", "09:00", "2026-10-25", datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
        ("2027-03-20 10:00", "09:00", "2027-03-28", datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
    ],
)
async def test_it_comes_back_at_its_clock_time_when_the_clock_changes(
    here: House,  # noqa: F811
    start_day: str,
    hour: str,
    day: str,
    utc: datetime,
) -> None:
    now = at(start_day)
    sundays = Rhythm(0, now.date(), weeks=1, weekday=6)
    await start(here, now=now, rhythm=sundays, opens=local(f"{now + timedelta(days=1):%Y-%m-%d} {hour}"))
    await here.polls.plan_due(now + timedelta(days=2))
    await here.polls.plan_due(utc - timedelta(minutes=1))
    assert len(await occurrences(here)) == 1
    await here.polls.plan_due(utc)
    assert (await occurrences(here))[1:] == [date.fromisoformat(day)]


async def test_a_series_of_two_ends_after_the_second(here: House) -> None:  # noqa: F811
    await start(here, rhythm=Rhythm(2, date(2026, 11, 23), weeks=1), **MOOD)
    await live(here, at("2026-11-22 09:00"), 30)
    assert await occurrences(here) == [date(2026, 11, 23), date(2026, 11, 30)]
    ((ended, next_at),) = await rows(here, select(PollSeriesRow.ended_at, PollSeriesRow.next_at))
    assert (ended, next_at) == (at("2026-11-30 09:00"), None)


async def test_who_manages_it_stops_it_and_what_is_open_stays_so(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here), rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    await here.polls.is_there(poll.id, await ans(here), at("2026-11-23 09:00"), CHAT)
    with pytest.raises(NotYours):
        await here.polls.stop_series(poll.id, await ans(here), at("2026-11-23 09:00"))
    for by in (await roos(here), await tarik(here)):
        await here.polls.stop_series(poll.id, by, at("2026-11-23 10:00"))
    await here.polls.plan_due(at("2026-11-30 08:59"))
    assert (await again(here, poll.id)).state is PollState.OPEN
    await live(here, at("2026-11-30 09:00"), 20)
    assert await occurrences(here) == [date(2026, 11, 23)]


async def test_calling_one_off_keeps_the_next_from_nothing(here: House) -> None:  # noqa: F811
    poll = await start(here, rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    await here.polls.drop(poll.id, await roos(here), at("2026-11-23 10:00"))
    await here.polls.plan_due(at("2026-11-30 09:00"))
    assert await occurrences(here) == [date(2026, 11, 23), date(2026, 11, 30)]


async def test_what_does_not_come_back_can_not_be_stopped(here: House) -> None:  # noqa: F811
    with pytest.raises(NotNow):
        await here.polls.stop_series((await start(here)).id, await roos(here), NOW)


@pytest.mark.parametrize("rhythm", [Rhythm(0, date(2026, 11, 23)), Rhythm(0, date(2026, 11, 23), weeks=1, months=1)])
async def test_without_a_real_rhythm_there_is_no_series(here: House, rhythm: Rhythm) -> None:  # noqa: F811
    with pytest.raises(NotSensible, match="rhythm"):
        await start(here, rhythm=rhythm)
    assert await occurrences(here) == []


async def test_who_may_not_ask_the_channel_any_more_does_not_do_so_by_itself(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    await start(here, whom=Whom.CHANNEL, rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    await change(here, update(PersonRow).where(PersonRow.email == ROOS).values(role="ambassador"))
    await live(here, at("2026-11-30 09:00"), 10)
    assert await occurrences(here) == [date(2026, 11, 23)]


async def test_without_a_channel_one_time_is_skipped_and_the_next_is_asked(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    await start(here, whom=Whom.CHANNEL, rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    await change(here, delete(PlaceRow))
    await here.polls.plan_due(at("2026-11-30 09:00"))
    await post_in_channel(here)
    await here.polls.plan_due(at("2026-12-07 09:00"))
    assert await occurrences(here) == [date(2026, 11, 23), date(2026, 12, 7)]


async def test_an_anonymous_one_waits_for_its_key(here: House, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    await start(here, anonymous=True, rhythm=MONDAYS)
    await here.polls.plan_due(at("2026-11-23 09:00"))
    without = House(here._database)
    for minute in range(3):
        await without.polls.plan_due(at("2026-11-30 09:00") + timedelta(minutes=minute))
    assert [one.getMessage() for one in caplog.records if "no key" in one.getMessage()] == [caplog.messages[-1]]
    assert await occurrences(here) == [date(2026, 11, 23)]
    await here.polls.plan_due(at("2026-11-30 10:30"))
    assert await occurrences(here) == [date(2026, 11, 23), date(2026, 11, 30)]
    assert (await newest(here)).anonymous
