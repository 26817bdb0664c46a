"""Polls open and close by themselves, once, at their time, however long nobody was there to do it."""

import asyncio
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from storage.domain.calendar import SendingHours
from storage.domain.notices import POSTING_CHANNEL, Timing, to_person, to_place
from storage.domain.polls import POLL, POLL_DONE, POLL_NUDGE, POLL_RESULT, SEALED, Poll, PollKind, PollState, Whom
from storage.domain.refusals import PollClosed
from storage.domain.series import Rhythm
from storage.services.house import House
from storage.tables.people import PersonRow
from storage.tables.polls import PollRow
from tests.conftest import NOW
from tests.storage.polls import (
    A_WEEK,
    CHANNEL,
    CHAT,
    again,
    at,
    card_sent,
    choose,
    id_of_person,
    local,
    post_in_channel,
    start,
    told,
)
from tests.storage.proposals import ans, filled, here, id_of, miel, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import ANS, ROOS, TARIK, change, person, rows

A_MINUTE = timedelta(minutes=1)
CLOSES = local("2026-11-27 16:00")


async def person_id(house: House, mail: str) -> str:
    """Somebody as the target of a notice."""
    return to_person(await id_of_person(house, mail))


async def with_votes(house: House, **more: object) -> Poll:
    """A poll in which internaten wins with two of the three votes."""
    poll = await start(house, **more)
    for by, position in ((await roos(house), 2), (await tarik(house), 2), (await ans(house), 1)):
        await choose(house, poll, by, position)
    return poll


async def test_a_poll_closes_at_its_time_and_its_result_is_told_once(filled: House) -> None:  # noqa: F811
    poll = await with_votes(filled, closes=CLOSES)
    await card_sent(filled, poll.id, CHAT)
    assert await filled.polls.plan_due(at("2026-11-27 15:59")) == 0
    counts = [await each.polls.plan_due(at("2026-11-27 16:00")) for each in (filled, House(filled._database))]
    assert counts == [1, 0]
    closed = await again(filled, poll.id)
    assert (closed.state, closed.closed_at, closed.voters) == (PollState.CLOSED, at("2026-11-27 16:00"), 3)
    (result,) = await told(filled, POLL_RESULT)
    assert (result["target"], result["timing"]) == (to_place(CHAT), Timing.URGENT)
    (card,) = await told(filled, POLL)
    assert card["refresh_at"] == at("2026-11-27 16:00")
    view = await filled.polls.shown(poll.id, at("2026-11-27 16:00"))
    assert view is not None
    assert view.tally is not None
    assert [one.text for one in view.tally.winners] == ["internaten"]


async def test_what_is_past_its_time_takes_no_votes_also_before_anybody_came_to_close_it(here: House) -> None:  # noqa: F811
    poll = await start(here, closes=CLOSES)
    await choose(here, poll, await tarik(here), 1, now=at("2026-11-27 15:59"))
    with pytest.raises(PollClosed):
        await choose(here, poll, await ans(here), 1, now=at("2026-11-27 16:00"))
    await here.polls.plan_due(at("2026-11-27 16:00"))
    assert (await again(here, poll.id)).voters == 1


async def test_after_a_week_of_downtime_it_closes_and_is_told_once(here: House) -> None:  # noqa: F811
    poll = await with_votes(here, closes=CLOSES)
    await here.polls.plan_due(at("2026-12-04 17:00"))
    await here.polls.plan_due(at("2026-12-04 17:01"))
    assert (await again(here, poll.id)).state is PollState.CLOSED
    assert len(await told(here, POLL_RESULT)) == 1
    assert len(await told(here, POLL_DONE)) == 1


@pytest.mark.parametrize(
    ("starts", "closes", "utc"),
    [
        # The hour that comes twice is the first; the one that is skipped is an hour later.
        ("2026-10-20 10:00", "2026-10-25 02:30", "2026-10-25 00:30"),
        ("2026-10-20 10:00", "2026-10-25 03:00", "2026-10-25 02:00"),
        ("2027-03-23 10:00", "2027-03-28 02:30", "2027-03-28 01:30"),
        ("2027-03-23 10:00", "2027-03-28 03:00", "2027-03-28 01:00"),
        # A week over the change of the clock ends at the same clock time.
        ("2026-10-20 16:00", None, "2026-10-27 15:00"),
        ("2027-03-23 16:00", None, "2027-03-30 14:00"),
    ],
)
async def test_it_closes_at_its_clock_time_in_the_nights_in_which_the_clock_changes(
    here: House,  # noqa: F811
    starts: str,
    closes: str | None,
    utc: str,
) -> None:
    poll = await start(here, now=at(starts), closes=local(closes) if closes else None)
    end = datetime.fromisoformat(utc + "+00:00")
    assert poll.closes_at == end
    assert await here.polls.plan_due(end - A_MINUTE) == 0
    assert await here.polls.plan_due(end) == 1


@pytest.mark.parametrize("other", ["2026-11-25 12:00", "2026-11-30 09:00"])
async def test_a_closing_time_that_was_moved_counts(here: House, other: str) -> None:  # noqa: F811
    poll = await start(here, closes=CLOSES)
    await here.polls.change(poll.id, {"closes": local(other)}, await roos(here), NOW)
    assert await here.polls.plan_due(at(other) - A_MINUTE) == 0
    assert await here.polls.plan_due(at(other)) == 1
    assert (await told(here, POLL_RESULT))[0]["created_at"] == at(other)


async def test_who_closes_it_by_hand_is_first_and_the_errand_finds_nothing_left(here: House) -> None:  # noqa: F811
    poll = await with_votes(here)
    await here.polls.close(poll.id, await roos(here), NOW)
    await here.polls.close(poll.id, await roos(here), NOW)
    assert await here.polls.plan_due(NOW + 2 * A_WEEK) == 0
    (result,) = await told(here, POLL_RESULT)
    assert result["timing"] == Timing.URGENT
    assert await told(here, POLL_DONE) == []  # who closes it sees that at once


async def test_where_nobody_said_until_when_the_result_waits_for_sending_hours(here: House) -> None:  # noqa: F811
    await start(here)
    await here.polls.plan_due(NOW + A_WEEK)
    assert (await told(here, POLL_RESULT))[0]["timing"] == Timing.NORMAL


async def test_several_that_come_to_close_open_and_ask_again_at_the_same_moment_do_it_once(filled: House) -> None:  # noqa: F811
    await start(filled, closes=CLOSES)
    await start(filled, opens=CLOSES)
    await start(filled, opens=CLOSES, rhythm=Rhythm(0, CLOSES.date(), weeks=1))
    await start(filled, rhythm=Rhythm(0, NOW.date(), weeks=1), lasts_days=30)
    bots = [House(filled._database) for _ in range(4)]
    counts = await asyncio.gather(*(one.polls.plan_due(at("2026-11-28 16:00")) for one in bots))
    assert sum(counts) == 4
    assert len(await told(filled, POLL_RESULT)) == 1
    assert len(await told(filled, POLL)) == 5


async def test_the_card_of_a_poll_that_runs_for_half_a_year_follows_it_to_the_end(here: House) -> None:  # noqa: F811
    poll = await start(here, closes=local("2027-05-15 10:00"))
    await card_sent(here, poll.id, CHAT)
    end = at("2027-05-15 10:00")
    await here.notices.forget_old(end)
    await here.polls.plan_due(end)
    assert [one["refresh_at"] for one in await told(here, POLL)] == [end]
    await here.notices.forget_old(end)
    assert await told(here, POLL) == []


# --- where the result is told


async def test_in_a_channel_the_result_stands_in_the_thread_of_the_card(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    poll = await start(here, whom=Whom.CHANNEL)
    assert (await told(here, POLL))[0]["target"] == POSTING_CHANNEL
    await card_sent(here, poll.id, CHANNEL, "1700000000042")
    await here.polls.close(poll.id, await roos(here), NOW)
    assert [one["target"] for one in await told(here, POLL_RESULT)] == [to_place(f"{CHANNEL};messageid=1700000000042")]


async def test_a_card_that_stands_in_a_thread_has_its_result_there_too(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    thread = f"{CHANNEL};messageid=1690000000000"
    poll = await start(here, conversation_id=thread)
    await card_sent(here, poll.id, thread, "1700000000042")
    await here.polls.close(poll.id, await roos(here), NOW)
    assert [one["target"] for one in await told(here, POLL_RESULT)] == [to_place(thread)]


async def test_a_result_is_told_also_where_the_card_never_arrived(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    poll = await start(here, whom=Whom.CHANNEL)
    await here.polls.close(poll.id, await roos(here), NOW)
    assert [one["target"] for one in await told(here, POLL_RESULT)] == [POSTING_CHANNEL]


async def test_what_went_to_people_is_told_to_each_of_them_in_sending_hours(here: House) -> None:  # noqa: F811
    asked = tuple(sorted([(await person(here, one)).id for one in (TARIK, ANS)]))
    poll = await start(here, whom=Whom.PEOPLE, people=asked)
    cards = await told(here, POLL)
    assert [(one["target"], one["timing"]) for one in cards] == [(to_person(one), Timing.NORMAL) for one in asked]
    await here.polls.plan_due(NOW + A_WEEK)
    results = await told(here, POLL_RESULT)
    assert [(one["target"], one["timing"]) for one in results] == [(to_person(one), Timing.NORMAL) for one in asked]
    # The coordinator was not among them, and hears it too.
    assert [one["target"] for one in await told(here, POLL_DONE)] == [to_person((await person(here, ROOS)).id)]
    assert (await again(here, poll.id)).state is PollState.CLOSED


async def test_what_goes_to_people_and_closes_before_sending_hours_goes_at_once(here: House) -> None:  # noqa: F811
    friday, tarik_id = at("2026-11-27 18:30"), (await person(here, TARIK)).id
    for hours in (SendingHours(), SendingHours(end=time(20))):
        here.notices.keep_hours(hours)
        await start(here, now=friday, whom=Whom.PEOPLE, people=(tarik_id,), closes=local("2026-11-29 20:00"))
    assert [one["timing"] for one in await told(here, POLL)] == [Timing.URGENT, Timing.NORMAL]


# --- who hears what can be done


async def done_to(house: House) -> list[str]:
    """Whom was told that something can be done."""
    names = dict(await rows(house, select(PersonRow.id, PersonRow.name)))
    return [names[int(one["target"].split(":")[1])].split()[0] for one in await told(house, POLL_DONE)]


async def test_a_coordinator_hears_that_a_winner_can_be_put_on_an_agenda(here: House) -> None:  # noqa: F811
    await with_votes(here)
    await here.polls.plan_due(NOW + A_WEEK)
    assert await done_to(here) == ["Roos"]


async def test_an_ambassador_can_do_something_with_a_tie_only(here: House) -> None:  # noqa: F811
    await with_votes(here, by=await tarik(here))
    await here.polls.plan_due(NOW + A_WEEK)
    assert await done_to(here) == []
    poll = await start(here, await tarik(here))
    await choose(here, poll, await roos(here), 1)
    await choose(here, poll, await ans(here), 2)
    await here.polls.plan_due(NOW + A_WEEK)
    assert await done_to(here) == ["Tarik"]


async def test_the_organiser_of_its_meeting_hears_it_as_well(here: House) -> None:  # noqa: F811
    await with_votes(here, meeting_id=await id_of(here))
    await here.polls.plan_due(NOW + A_WEEK)
    assert sorted(await done_to(here)) == ["Ans", "Roos"]


async def test_a_temperature_or_a_poll_without_votes_asks_nothing_of_anybody(here: House) -> None:  # noqa: F811
    poll = await start(here, kind=PollKind.TEMPERATURE, options=())
    await choose(here, poll, await tarik(here), 1, value=4)
    await start(here)
    await here.polls.plan_due(NOW + A_WEEK)
    assert await done_to(here) == []
    assert len(await told(here, POLL_RESULT)) == 2


async def test_when_who_started_it_is_gone_the_coordinators_hear_it(here: House) -> None:  # noqa: F811
    poll = await with_votes(here, by=await ans(here))
    await change(here, update(PollRow).where(PollRow.id == poll.id).values(created_by_id=None))
    await here.polls.plan_due(NOW + A_WEEK)
    assert await done_to(here) == ["Roos"]


# --- anonymous ones


async def test_an_anonymous_poll_closes_by_itself_and_nothing_is_left_of_who_voted(here: House) -> None:  # noqa: F811
    poll = await start(here, anonymous=True)
    for by, position in ((await roos(here), 2), (await tarik(here), 2), (await ans(here), 1)):
        await choose(here, poll, by, position)
    await here.polls.plan_due(NOW + A_WEEK)
    view = await here.polls.view(poll.id, await roos(here), NOW + A_WEEK)
    assert view.tally is not None
    assert {one.option.text: one.votes for one in view.tally.counts if one.option} == {
        "internaten": 2,
        "NAFT": 1,
        "huiswerk": 0,
    }
    kept = await rows(here, select(PollRow.urn, PollRow.state).where(PollRow.id == poll.id))
    assert kept == [(None, "closed")]
    assert await here._units.read(lambda unit: unit.polls.voted((view.person and view.person.id) or 0, [poll.id])) == (
        frozenset()
    )


async def test_a_poll_whose_key_is_gone_keeps_no_other_from_closing_and_is_told_once(
    here: House,  # noqa: F811
    caplog: pytest.LogCaptureFixture,
) -> None:
    locked = await start(here, anonymous=True)
    other = await start(here)
    without = House(here._database)
    assert [await without.polls.plan_due(NOW + A_WEEK) for _ in range(3)] == [1, 0, 0]
    assert (await again(here, other.id)).state is PollState.CLOSED
    assert [one.getMessage() for one in caplog.records] == [f"poll {locked.id} not closed: its votes can't be unsealed"]
    sealed = [one for one in await told(here, POLL_DONE) if one["subject"] == str(locked.id)]
    assert [(one["target"], one["data"]["what"]) for one in sealed] == [(await person_id(here, ROOS), SEALED)]
    assert await here.polls.plan_due(NOW + A_WEEK) == 1
    assert (await again(here, locked.id)).state is PollState.CLOSED


async def test_a_poll_whose_key_is_gone_may_be_called_off(here: House) -> None:  # noqa: F811
    poll = await start(here, anonymous=True)
    without = House(here._database)
    await without.polls.plan_due(NOW + A_WEEK)
    assert (await without.polls.drop(poll.id, await roos(here), NOW + A_WEEK)).state is PollState.DROPPED
    assert await here.polls.plan_due(NOW + A_WEEK) == 0


async def test_named_polls_close_before_those_whose_key_may_be_gone(here: House) -> None:  # noqa: F811
    secret = [(await start(here, anonymous=True)).id for _ in range(2)]
    named = (await start(here, now=NOW + A_MINUTE)).id
    due = await here._units.read(lambda unit: unit.poll_times.due(NOW + 2 * A_WEEK))
    assert due.closing == (named, *secret)


async def test_a_reminder_that_waits_is_not_sent_any_more_once_it_closed(here: House) -> None:  # noqa: F811
    asked = tuple([(await person(here, one)).id for one in (TARIK, ANS)])
    poll = await start(here, whom=Whom.PEOPLE, people=asked)
    await here.polls.nudge(poll.id, await roos(here), NOW)
    await here.polls.close(poll.id, await roos(here), NOW)
    assert {one["state"] for one in await told(here, POLL_NUDGE)} == {"cancelled"}
