"""Who did not vote is reminded once; a tie is settled by a run-off; who is in a conversation may vote."""

from datetime import time, timedelta

import pytest
from sqlalchemy import insert, select, update

from storage.domain.calendar import SendingHours
from storage.domain.notices import Timing, to_person, to_place
from storage.domain.people import Account, Viewer
from storage.domain.polls import POLL, POLL_NUDGE, NewOption, NewPoll, Poll, PollKind, PollState, Whom
from storage.domain.refusals import AlreadyNudged, AnonymousPoll, NobodyToTell, NotNow, NotYours, PollClosed
from storage.services.house import House
from storage.services.retention import KEPT
from storage.tables.people import PersonRow
from storage.tables.polls import PollPersonRow, PollRow, PollSeriesRow, PollVoteRow
from tests.conftest import NOW
from tests.storage.polls import (
    A_WEEK,
    CHANNEL,
    CHAT,
    LATER,
    again,
    at,
    card_sent,
    choose,
    local,
    options_of,
    post_in_channel,
    start,
    told,
)
from tests.storage.proposals import ans, filled, here, miel, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import ANS, MIEL, ROOS, TARIK, change, person, rows


async def to_people(house: House, *mails: str, **more: object) -> Poll:
    """A poll that the coordinator sends to these people."""
    return await start(house, whom=Whom.PEOPLE, people=tuple([(await person(house, one)).id for one in mails]), **more)


async def choose_alone(house: House, poll: Poll, mail: str, position: int = 1) -> None:
    """Somebody chooses in their own chat."""
    option_id = next(one.id for one in poll.options if one.position == position)
    await house.polls.vote(poll.id, {option_id: 1}, Viewer(await person(house, mail), member=True), NOW)


# --- nudging


async def test_those_who_did_not_vote_are_reminded_once(here: House) -> None:  # noqa: F811
    poll = await to_people(here, TARIK, MIEL, ANS)
    await choose_alone(here, poll, TARIK)
    assert await here.polls.nudge(poll.id, await roos(here), NOW) == 2
    with pytest.raises(AlreadyNudged):
        await here.polls.nudge(poll.id, await roos(here), NOW)
    missing = {to_person((await person(here, one)).id) for one in (MIEL, ANS)}
    nudges = await told(here, POLL_NUDGE)
    assert {one["target"] for one in nudges} == missing
    assert {one["data"]["by"] for one in nudges} == {(await person(here, ROOS)).id}


@pytest.mark.parametrize(
    ("hours", "timing"),
    [(SendingHours(), Timing.URGENT), (SendingHours(end=time(20)), Timing.NORMAL)],
    ids=["the usual hours", "until eight in the evening"],
)
async def test_a_reminder_waits_for_sending_hours_unless_the_poll_closes_before_they_come(
    here: House,  # noqa: F811
    hours: SendingHours,
    timing: Timing,
) -> None:
    here.notices.keep_hours(hours)
    friday = at("2026-11-27 18:30")
    poll = await to_people(here, TARIK, closes=local("2026-11-29 12:00"))
    await here.polls.nudge(poll.id, await roos(here), friday)
    assert [one["timing"] for one in await told(here, POLL_NUDGE)] == [timing]


async def test_who_did_not_start_it_and_coordinates_nothing_reminds_nobody(here: House) -> None:  # noqa: F811
    poll = await to_people(here, TARIK, ANS)
    with pytest.raises(NotYours):
        await here.polls.nudge(poll.id, await tarik(here), NOW)


async def test_nobody_is_reminded_of_an_anonymous_poll(here: House) -> None:  # noqa: F811
    poll = await to_people(here, TARIK, ANS, anonymous=True)
    with pytest.raises(AnonymousPoll):
        await here.polls.nudge(poll.id, await roos(here), NOW)
    assert await told(here, POLL_NUDGE) == []


async def test_where_all_voted_there_is_nobody_to_remind_and_it_can_be_done_later(here: House) -> None:  # noqa: F811
    poll = await start(here)
    await choose(here, poll, await tarik(here))
    with pytest.raises(NobodyToTell):
        await here.polls.nudge(poll.id, await roos(here), NOW)
    await here.polls.is_there(poll.id, await ans(here), NOW, CHAT)
    assert await here.polls.nudge(poll.id, await roos(here), NOW) == 1


async def test_of_what_is_over_nobody_is_reminded(here: House) -> None:  # noqa: F811
    poll = await to_people(here, TARIK)
    with pytest.raises(PollClosed):
        await here.polls.nudge(poll.id, await roos(here), NOW + A_WEEK)


# --- run-off


async def tied(house: House, **more: object) -> Poll:
    """A closed poll in which NAFT and internaten are equal."""
    poll = await start(house, **more)
    for by, position in ((await roos(house), 1), (await tarik(house), 2)):
        await choose(house, poll, by, position)
    await house.polls.close(poll.id, await roos(house), NOW)
    return poll


async def test_a_tie_is_settled_between_what_was_equal_in_the_same_place(here: House) -> None:  # noqa: F811
    poll = await tied(here, kind=PollKind.SEVERAL, quorum=2)
    second = await here.polls.run_off(poll.id, await roos(here), NOW)
    assert (second.kind, second.state, second.target) == (PollKind.SINGLE, PollState.OPEN, to_place(CHAT))
    assert (second.run_off_of_id, second.question, second.quorum) == (poll.id, poll.question, 2)
    assert await options_of(here, second.id) == ["NAFT", "internaten"]
    # From a Saturday: Monday and Tuesday.
    assert second.closes_local == local("2026-11-24 10:00")
    assert [one["subject"] for one in await told(here, POLL)] == [str(poll.id), str(second.id)]
    assert (await again(here, poll.id)).applied == {"run_off": second.id}


async def test_asked_twice_it_is_one_run_off(here: House) -> None:  # noqa: F811
    poll = await tied(here)
    ids = [(await here.polls.run_off(poll.id, await roos(here), NOW)).id for _ in range(2)]
    assert ids[0] == ids[1]
    assert len(await rows(here, select(PollRow.id))) == 2


async def test_a_run_off_that_was_called_off_may_be_asked_again(here: House) -> None:  # noqa: F811
    poll, by = await tied(here), await roos(here)
    first = await here.polls.run_off(poll.id, by, NOW)
    await here.polls.drop(first.id, by, NOW)
    assert (await again(here, poll.id)).applied == {}
    second = await here.polls.run_off(poll.id, by, NOW)
    assert second.id != first.id
    await here.polls.drop(first.id, by, NOW)
    assert (await again(here, poll.id)).applied == {"run_off": second.id}


async def test_without_a_tie_there_is_no_run_off(here: House) -> None:  # noqa: F811
    poll = await start(here)
    await choose(here, poll, await tarik(here))
    for closes in (False, True):
        if closes:
            await here.polls.close(poll.id, await roos(here), NOW)
        with pytest.raises(NotNow):
            await here.polls.run_off(poll.id, await roos(here), NOW)


async def test_only_who_manages_it_asks_once_more(here: House) -> None:  # noqa: F811
    poll = await tied(here)
    with pytest.raises(NotYours):
        await here.polls.run_off(poll.id, await tarik(here), NOW)


async def test_the_run_off_of_days_is_about_the_same_days_and_the_same_people(here: House) -> None:  # noqa: F811
    days = (local("2026-12-04 14:00"), local("2026-12-11 14:00"))
    new = NewPoll(
        PollKind.DATES,
        "Wanneer past het?",
        tuple(NewOption(day=one.date(), starts=one.time()) for one in days),
        whom=Whom.PEOPLE,
        people=tuple([(await person(here, one)).id for one in (TARIK, ANS)]),
    )
    poll = await here.polls.create(new, await roos(here), NOW)
    first, second = (one.id for one in poll.options)
    await here.polls.vote(poll.id, {first: 3, second: 3}, await tarik(here), NOW)
    await here.polls.close(poll.id, await roos(here), NOW)
    found = await here.polls.run_off(poll.id, await roos(here), NOW)
    assert (found.kind, [one.starts for one in found.options]) == (PollKind.DATES, list(days))
    assert {one["target"] for one in await told(here, POLL) if one["subject"] == str(found.id)} == {
        to_person((await person(here, one)).id) for one in (TARIK, ANS)
    }


# --- who is there


def account(mail: str, entra_id: str) -> Account:
    """Somebody in the roster of a conversation."""
    return Account(entra_id, mail.partition("@")[0].title(), (mail,))


async def test_whom_the_network_knows_of_a_conversation_may_vote_elsewhere_too(filled: House) -> None:  # noqa: F811
    await change(filled, update(PersonRow).where(PersonRow.email == ANS).values(entra_id="ans-id"))
    poll = await start(filled)
    assert await filled.polls.to_meet(NOW) == ((poll.id, CHAT),)
    # Ans by her id, Tarik by his address while nobody knows his id; not who has another's address.
    there = [account("ander@duinen.example", "ans-id"), account(TARIK, "tarik-id"), account("wie@elders.example", "x")]
    assert await filled.polls.met(poll.id, there, NOW) == 2
    assert await filled.polls.to_meet(NOW) == ()
    assert await filled.polls.met(poll.id, [account(MIEL, "miel-id")], NOW) == 0
    await choose_alone(filled, poll, TARIK)
    await choose_alone(filled, poll, ANS)
    view = await filled.polls.view(poll.id, await roos(filled), NOW)
    assert (view.invited, view.tally and view.tally.voters) == (2, 2)
    turnout = await filled.polls.turnout(poll.id, await roos(filled), NOW)
    assert (len(turnout.voted), turnout.missing, turnout.known) == (2, (), True)


async def test_an_address_of_somebody_whose_id_is_known_opens_nothing_for_another(here: House) -> None:  # noqa: F811
    await change(here, update(PersonRow).where(PersonRow.email == ANS).values(entra_id="ans-id"))
    poll = await start(here)
    assert await here.polls.met(poll.id, [account(ANS, "who-got-her-address")], NOW) == 0


async def test_who_was_seen_there_is_no_roster_but_may_stand_in_it(filled: House) -> None:  # noqa: F811
    await change(filled, update(PersonRow).where(PersonRow.email == ANS).values(entra_id="ans-id"))
    by = await roos(filled)
    for there, known in (([], False), ([account(ANS, "ans-id")], True)):
        poll = await start(filled, by)
        await filled.polls.is_there(poll.id, await ans(filled), NOW, CHAT)
        await filled.polls.met(poll.id, there, NOW)
        await choose(filled, poll, await ans(filled))
        turnout = await filled.polls.turnout(poll.id, by, LATER)
        invited = (await filled.polls.view(poll.id, by, LATER)).invited
        assert (turnout.known, turnout.missing, invited) == (known, (), 1 if known else None)


async def test_only_open_polls_in_conversations_are_looked_into(here: House) -> None:  # noqa: F811
    await post_in_channel(here)
    await to_people(here, TARIK)
    await start(here, opens=local("2026-11-23 09:00"))
    thread = await start(here, conversation_id=f"{CHAT};messageid=17")
    channel = await start(here, whom=Whom.CHANNEL)
    assert await here.polls.to_meet(NOW) == ((thread.id, CHAT), (channel.id, CHANNEL))
    await card_sent(here, channel.id, "19:vorig-kanaal@thread.tacv2;messageid=1")
    assert (await here.polls.to_meet(NOW))[1] == (channel.id, "19:vorig-kanaal@thread.tacv2")
    assert await here.polls.to_meet(NOW + A_WEEK) == ()


# --- what is kept


async def test_half_a_year_later_nobody_knows_who_voted_what_and_the_result_stays(filled: House) -> None:  # noqa: F811
    poll = await start(filled)
    open_ = await start(filled, closes=local("2027-05-15 10:00"))
    for one in (poll, open_):
        await choose(filled, one, await tarik(filled), 2)
        await filled.polls.is_there(one.id, await ans(filled), NOW, CHAT)
    await filled.polls.close(poll.id, await roos(filled), NOW)
    await filled.retention.forget_old(NOW + KEPT)
    assert len(await rows(filled, select(PollVoteRow.poll_id))) == 2
    later = NOW + KEPT + timedelta(seconds=1)
    await filled.retention.forget_old(later)
    for table in (PollVoteRow, PollPersonRow):
        assert await rows(filled, select(table.poll_id)) == [(open_.id,)]
    view = await filled.polls.view(poll.id, await roos(filled), later)
    assert view.tally is not None
    first = view.tally.counts[0]
    assert (first.option and first.option.text, first.votes) == ("internaten", 1)
    assert await filled.polls.votes(poll.id, await roos(filled), later) == ()


async def test_what_is_asked_of_whom_is_forgotten_half_a_year_after_a_series_ended(here: House) -> None:  # noqa: F811
    ended = {"timezone": "Europe/Brussels", "target": "people", "at_local": "09:00", "rhythm": {}, "created_at": NOW}
    for moment in (NOW, NOW + A_WEEK):
        values = {**ended, "template": {"people": [1, 2]}, "ended_at": moment}
        await change(here, insert(PollSeriesRow).values(**values))
    await here.retention.forget_old(NOW + KEPT + timedelta(seconds=1))
    templates = [one for (one,) in await rows(here, select(PollSeriesRow.template).order_by(PollSeriesRow.id))]
    assert templates == [{}, {"people": [1, 2]}]


async def test_one_hears_how_much_is_kept_of_oneself_and_nothing_of_anonymous_votes(here: House) -> None:  # noqa: F811
    await choose(here, await start(here, await tarik(here)), await tarik(here))
    await choose(here, await start(here, anonymous=True), await tarik(here))
    traces = await here.polls.traces(await tarik(here))
    assert (traces.started, traces.votes) == (1, 1)
