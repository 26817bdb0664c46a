"""Voting in polls, each once, as long as one may, in what there is and where one is; and adding options."""

import asyncio
from datetime import date, datetime, time

import pytest

from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import (
    MOST_OPTIONS,
    Answer,
    NewOption,
    PollKind,
    PollState,
    Whom,
)
from storage.domain.refusals import (
    IdentifiesSomebody,
    NoSuchOption,
    NoSuchPoll,
    NotInvited,
    NotKnown,
    NotNow,
    NotSensible,
    NotYours,
    PollClosed,
)
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.polls import (
    CHAT,
    LATER,
    OTHER_CHAT,
    cards,
    choose,
    crowd,
    id_of_person,
    refused,
    standing,
    start,
    themes,
    winners,
)
from tests.storage.proposals import (  # noqa: F401 - fixtures among them
    STEERING,
    ans,
    filled,
    here,
    id_of,
    miel,
    roos,
    tarik,
)
from tests.storage.support import ANS, MEMBER, STRANGER

# --- voting


async def test_a_vote_counts_once_and_changes_until_the_end(filled: House) -> None:  # noqa: F811
    one, two = await tarik(filled), await miel(filled)
    poll = await start(filled, one)
    await choose(filled, poll, one, 1)
    await choose(filled, poll, one, 2)
    view = await choose(filled, poll, two, 2)
    assert view.tally is not None
    assert (view.tally.voters, standing(view.tally)[0], view.poll.voters) == (2, ("internaten", 1, 2), 2)
    view = await choose(filled, poll, one, 3)
    assert (view.mine, view.voted, view.may_vote) == ({poll.options[2].id: 1}, True, True)
    view = await filled.polls.close(poll.id, one, LATER)
    assert view.tally is not None
    assert (view.poll.state, winners(view.tally), view.tally.tied) == (
        PollState.CLOSED,
        ["internaten", "huiswerk"],
        True,
    )
    assert await filled.polls.close(poll.id, one, LATER) == view


async def test_the_same_vote_twice_changes_nothing_nor_the_card(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    first = await choose(here, poll, by, 1)
    assert await choose(here, poll, by, 1) == first
    assert [version for *_, version in await cards(here)] == [1]


async def test_a_vote_may_be_taken_back(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    await choose(here, poll, by, 1)
    for _ in range(2):
        view = await here.polls.unvote(poll.id, by, LATER, CHAT)
        assert (view.mine, view.voted, view.poll.voters, view.tally and view.tally.voters) == (None, False, 0, 0)


async def test_dates_are_answered_each_and_who_may_come_counts(here: House) -> None:  # noqa: F811
    days = (NewOption(day=date(2026, 12, 4), starts=time(9, 30), ends=time(12)), NewOption(day=date(2026, 12, 11)))
    one, two = await tarik(here), await miel(here)
    poll = await start(here, one, kind=PollKind.DATES, options=(*days, days[0]))
    first, second = poll.options
    assert (first.day, first.starts, first.ends) == (
        date(2026, 12, 4),
        datetime(2026, 12, 4, 9, 30),  # noqa: DTZ001
        datetime(2026, 12, 4, 12),  # noqa: DTZ001
    )
    await here.polls.vote(poll.id, {first.id: Answer.YES, second.id: Answer.YES}, one, LATER, CHAT)
    view = await here.polls.vote(poll.id, {second.id: Answer.MAYBE}, two, LATER, CHAT)
    assert view.tally is not None
    assert [(one.option and one.option.id, one.votes, one.maybe, one.no) for one in view.tally.counts] == [
        (second.id, 1, 1, 0),
        (first.id, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    "option",
    [
        NewOption("overmorgen"),
        NewOption(day=date(2026, 12, 4), ends=time(9)),
        NewOption(day=date(2026, 12, 4), starts=time(9), ends=time(9)),
    ],
)
async def test_a_date_without_a_day_or_that_ends_before_it_starts_is_none(here: House, option: NewOption) -> None:  # noqa: F811
    days = (option, NewOption(day=date(2026, 12, 11)))
    found = await refused(here, await tarik(here), kind=PollKind.DATES, options=days)
    assert (type(found), found.args) == (NotSensible, ("options",))


async def test_a_temperature_is_a_degree_of_one_thing(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, kind=PollKind.TEMPERATURE, options=(), may_add=True)
    (only,) = poll.options
    view = await here.polls.vote(poll.id, {only.id: 4}, by, LATER, CHAT)
    assert view.tally is not None
    assert (view.tally.average, view.mine, poll.may_add) == (4.0, {only.id: 4}, False)
    with pytest.raises(NotNow):
        await here.polls.add_option(poll.id, NewOption("nog iets"), await roos(here), LATER, CHAT)


async def test_after_its_time_nobody_votes_whoever_came_to_close_it(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    await choose(here, poll, by, 1)
    late = poll.closes_at
    for work in (
        choose(here, poll, by, 2, now=late),
        here.polls.unvote(poll.id, by, late, CHAT),
        here.polls.add_option(poll.id, NewOption("nog iets"), by, late, CHAT),
        here.polls.change(poll.id, {"quorum": 3}, by, late),
    ):
        with pytest.raises(PollClosed):
            await work
    view = await here.polls.view(poll.id, by, late, CHAT)
    assert view.tally is not None
    assert (view.may_vote, winners(view.tally)) == (False, ["NAFT"])
    assert await here.polls.open_for(by, late, CHAT) == ()


async def test_who_manages_a_poll_that_asks_others_does_not_vote_in_it(here: House) -> None:  # noqa: F811
    poll = await start(here, await roos(here), whom=Whom.EVERYBODY)
    with pytest.raises(NotInvited):
        await choose(here, poll, await roos(here), 1, here="")


async def test_who_the_bot_does_not_know_sees_the_card_but_does_not_vote(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here))
    for somebody in (MEMBER, STRANGER):
        assert (await here.polls.view(poll.id, somebody, LATER, CHAT)).may_vote is False
        with pytest.raises(NotKnown):
            await choose(here, poll, somebody, 1)


async def test_votes_that_come_with_the_end_are_counted_or_refused_never_lost(filled: House) -> None:  # noqa: F811
    people = await crowd(filled, 10)
    by = await tarik(filled)
    poll = await start(filled, by)

    async def press(voter: Viewer, option: int) -> bool:
        try:
            return (await choose(filled, poll, voter, option)).voted
        except PollClosed:
            return False

    pressed = [press(voter, 1 + number % 3) for number, voter in enumerate(people) for _ in range(2)]
    *voted, closed = await asyncio.gather(*pressed[:12], *pressed[12:], filled.polls.close(poll.id, by, LATER))
    in_time = {number // 2 for number, done in enumerate(voted) if done}
    kept = await filled.polls.votes(poll.id, by, LATER, CHAT)
    assert closed.tally is not None
    assert closed.tally.voters == closed.poll.voters == len(kept) == len(in_time)
    assert sum(one.votes for one in closed.tally.counts) == len(kept)


# --- what is made up


async def test_a_poll_that_there_is_not_is_none_of_anybody(filled: House) -> None:  # noqa: F811
    for poll_id in (0, -1, 99_999, 2**31 - 1, 2**31, 2**63, 10**30):
        await _is_none(filled, poll_id, await roos(filled))


async def _is_none(house: House, poll_id: int, by: Viewer) -> None:
    """Nothing can be done with a poll that there is not."""
    polls = house.polls
    for work in (
        polls.view(poll_id, by, NOW),
        polls.vote(poll_id, {1: 1}, by, NOW, CHAT),
        polls.unvote(poll_id, by, NOW, CHAT),
        polls.add_option(poll_id, NewOption("iets"), by, NOW, CHAT),
        polls.votes(poll_id, by, NOW),
        polls.turnout(poll_id, by, NOW),
        polls.change(poll_id, {"quorum": 1}, by, NOW),
        polls.close(poll_id, by, NOW),
        polls.drop(poll_id, by, NOW),
    ):
        with pytest.raises(NoSuchPoll):
            await work
    assert await polls.shown(poll_id, NOW) is None
    assert await polls.for_person(poll_id, by.person.id if by.person else 0, NOW) is None


async def test_an_option_of_another_poll_is_not_voted_for(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll, other = await start(here, by), await start(here, by)
    for option in (other.options[0].id, 2**31, -1):
        with pytest.raises(NoSuchOption):
            await here.polls.vote(poll.id, {option: 1}, by, LATER, CHAT)
    assert (await here.polls.view(poll.id, by, LATER, CHAT)).poll.voters == 0


async def test_in_another_conversation_the_poll_is_not_there(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here))
    for elsewhere in (OTHER_CHAT, "", f"{CHAT}x", f"x;messageid={CHAT}"):
        with pytest.raises(NoSuchPoll):
            await choose(here, poll, await miel(here), 1, here=elsewhere)
    assert (await choose(here, poll, await miel(here), 1, here=f"{CHAT};messageid=3")).voted


async def test_of_another_tenant_nobody_sees_it_not_even_who_started_it(here: House) -> None:  # noqa: F811
    by = await roos(here)
    poll = await start(here, by, tenant_id="aaaa")
    for work in (
        here.polls.vote(poll.id, {poll.options[0].id: 1}, by, LATER, CHAT, "bbbb"),
        here.polls.view(poll.id, by, LATER, CHAT, "bbbb"),
        here.polls.add_option(poll.id, NewOption("iets"), by, LATER, CHAT, "bbbb"),
    ):
        with pytest.raises(NoSuchPoll):
            await work
    assert await here.polls.listed(by, LATER, CHAT, "bbbb") == ()
    assert await here.polls.open_for(by, LATER, CHAT, "bbbb") == ()
    assert (await here.polls.vote(poll.id, {poll.options[0].id: 1}, by, LATER, CHAT, "AAAA")).voted


async def test_the_tenant_of_the_chat_is_that_of_the_poll(here: House) -> None:  # noqa: F811
    await here.places.keep(Place(CHAT, PlaceKind.GROUP, "https://teams.example", tenant_id="aaaa"))
    assert (await start(here, await tarik(here))).tenant_id == "aaaa"


# --- adding options


async def test_who_may_vote_may_add_where_that_was_said(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here), may_add=True)
    view = await here.polls.add_option(poll.id, NewOption(" spijbelen "), await ans(here), LATER, CHAT)
    assert [(one.position, one.text) for one in view.poll.options][-1] == (4, "spijbelen")
    assert view.poll.options[-1].added_by_id == await id_of_person(here, ANS)
    again = await here.polls.add_option(poll.id, NewOption("Spijbelen"), await tarik(here), LATER, CHAT)
    assert len(again.poll.options) == 4
    assert (await choose(here, again.poll, await tarik(here), 4)).mine == {again.poll.options[3].id: 1}


async def test_else_only_who_manages_it_adds(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here))
    with pytest.raises(NotYours):
        await here.polls.add_option(poll.id, NewOption("iets"), await ans(here), LATER, CHAT)
    with pytest.raises(NotKnown):
        await here.polls.add_option(poll.id, NewOption("iets"), MEMBER, LATER, CHAT)
    view = await here.polls.add_option(poll.id, NewOption("iets"), await roos(here), LATER)
    assert len(view.poll.options) == 4


async def test_a_full_poll_takes_no_more_and_what_identifies_is_asked_about(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, options=themes(*map(str, range(MOST_OPTIONS - 1))))
    with pytest.raises(IdentifiesSomebody) as caught:
        await here.polls.add_option(poll.id, NewOption("de mama van Noah Peeters, 9 jaar"), by, LATER, CHAT)
    assert caught.value.field == "text"
    await here.polls.add_option(poll.id, NewOption("de laatste"), by, LATER, CHAT)
    with pytest.raises(NotNow):
        await here.polls.add_option(poll.id, NewOption("te veel"), by, LATER, CHAT)
