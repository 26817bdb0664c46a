"""Who sees which polls, how they stand, and who voted."""

from datetime import timedelta

import pytest

from storage.domain.polls import (
    Shown,
    Whom,
)
from storage.domain.refusals import (
    NotYours,
)
from storage.services.house import House
from tests.storage.polls import (
    CHAT,
    LATER,
    OTHER_CHAT,
    choose,
    id_of_person,
    start,
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
from tests.storage.support import ANS, MEMBER, TARIK


@pytest.mark.parametrize(
    ("shown", "before", "voted", "to_all"),
    [
        (Shown.ALWAYS, True, True, True),
        (Shown.AFTER_VOTING, False, True, False),
        (Shown.AFTER_CLOSING, False, False, False),
    ],
)
async def test_the_result_shows_when_it_was_said_to(
    here: House,  # noqa: F811
    shown: Shown,
    before: bool,
    voted: bool,
    to_all: bool,
) -> None:
    by = await tarik(here)
    poll = await start(here, by, shown=shown)
    assert ((await here.polls.view(poll.id, by, LATER, CHAT)).tally is not None) is before
    assert ((await choose(here, poll, by, 1)).tally is not None) is voted
    base = await here.polls.shown(poll.id, LATER)
    assert base is not None
    assert ((base.tally is not None), base.person, base.mine) == (to_all, None, None)
    await here.polls.close(poll.id, by, LATER)
    closed = await here.polls.shown(poll.id, LATER)
    assert closed is not None
    assert closed.tally is not None


async def test_who_voted_what_is_for_who_may_see_how_it_stands(here: House) -> None:  # noqa: F811
    one, two = await tarik(here), await roos(here)
    poll = await start(here, one, shown=Shown.AFTER_VOTING)
    await choose(here, poll, one, 2)
    with pytest.raises(NotYours):
        await here.polls.votes(poll.id, two, LATER, CHAT)
    (vote,) = await here.polls.votes(poll.id, one, LATER, CHAT)
    assert (vote.person.first_name, vote.ballot, vote.at) == ("Tarik", {poll.options[1].id: 1}, LATER)


async def test_who_did_not_vote_is_known_of_those_who_were_asked(here: House) -> None:  # noqa: F811
    ids = [await id_of_person(here, one) for one in (TARIK, ANS)]
    poll = await start(here, await roos(here), whom=Whom.PEOPLE, people=tuple(ids))
    await choose(here, poll, await ans(here), 1, here="")
    found = await here.polls.turnout(poll.id, await roos(here), LATER)
    assert [[one.first_name for one in group] for group in (found.voted, found.missing)] == [["Ans"], ["Tarik"]]
    assert found.known
    elsewhere, by = await start(here, await tarik(here)), await tarik(here)
    assert not (await here.polls.turnout(elsewhere.id, by, LATER)).known
    await here.polls.met(elsewhere.id, [], LATER)  # the bot is not there any more
    assert not (await here.polls.turnout(elsewhere.id, by, LATER)).known


async def test_who_may_not_see_how_it_stands_does_not_hear_who_did_not_vote(here: House) -> None:  # noqa: F811
    by, voter = await tarik(here), await roos(here)
    poll = await start(here, await miel(here), shown=Shown.AFTER_VOTING)
    with pytest.raises(NotYours):
        await here.polls.turnout(poll.id, by, LATER, CHAT)
    await choose(here, poll, by, 1)
    assert len((await here.polls.turnout(poll.id, by, LATER, CHAT)).voted) == 1
    assert (await here.polls.turnout(poll.id, voter, LATER, CHAT)).missing == ()  # who manages it


async def test_of_people_of_a_confidential_organisation_others_do_not_hear(here: House) -> None:  # noqa: F811
    poll = await start(here, await miel(here))
    await choose(here, poll, await miel(here), 1)
    view = await here.polls.view(poll.id, await tarik(here), LATER, CHAT)
    assert (view.starter, view.tally and view.tally.voters) == (None, 1)
    assert await here.polls.votes(poll.id, await tarik(here), LATER, CHAT) == ()
    assert len(await here.polls.votes(poll.id, await roos(here), LATER, CHAT)) == 1


async def test_what_stands_here_comes_first_then_the_newest(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    first = await start(here, by)
    second = await start(here, by)
    asked = await start(here, await roos(here), whom=Whom.EVERYBODY)
    assert [one.poll.id for one in await here.polls.open_for(by, LATER, CHAT)] == [second.id, first.id, asked.id]
    assert [one.poll.id for one in await here.polls.open_for(by, LATER, OTHER_CHAT)] == [asked.id]
    assert await here.polls.open_for(MEMBER, LATER, OTHER_CHAT) == ()


async def test_the_list_has_what_closed_lately_and_no_longer(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    await here.polls.close(poll.id, by, LATER)
    assert [one.poll.id for one in await here.polls.listed(by, LATER + timedelta(days=30), CHAT)] == [poll.id]
    assert await here.polls.listed(by, LATER + timedelta(days=32), CHAT) == ()
    assert await here.polls.listed(await miel(here), LATER, OTHER_CHAT) == ()
