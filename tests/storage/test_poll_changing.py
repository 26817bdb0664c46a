"""What may change of a poll that runs or is planned, and ending it."""

from datetime import datetime, timedelta

import pytest

from storage.domain.polls import (
    POLL,
    POLL_NUDGE,
    NewPoll,
    PollKind,
    PollState,
    Shown,
    Whom,
)
from storage.domain.refusals import (
    AnonymousPoll,
    HasVotes,
    NoSuchPoll,
    NotNow,
    NotSensible,
    NotYours,
    NoUrn,
    PollClosed,
)
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.polls import (
    ANONYMOUS,
    ASKED,
    CHAT,
    KEY,
    LATER,
    card_sent,
    choose,
    id_of_person,
    start,
    themes,
    told,
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
from tests.storage.support import MEMBER, MIEL, TARIK

MONDAY = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - people plan in local time


async def test_what_was_asked_changes_until_somebody_answers(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, kind=PollKind.SEVERAL)
    changed = await here.polls.change(poll.id, {"question": "Welke thema's?", "most": 2}, by, LATER)
    assert (changed.question, changed.most) == ("Welke thema's?", 2)
    await choose(here, poll, by, 1)
    for values in ({"question": "Iets anders?"}, {"most": 1}, {"anonymous": True}):
        with pytest.raises(HasVotes):
            await here.polls.change(poll.id, values, by, LATER)
    same = await here.polls.change(poll.id, {"question": "Welke thema's?", "quorum": 4, "may_add": True}, by, LATER)
    assert (same.quorum, same.may_add) == (4, True)


async def test_the_end_moves_on_the_clock_of_the_network(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    friday = datetime(2026, 11, 27, 16)  # noqa: DTZ001 - people plan in local time
    changed = await here.polls.change(poll.id, {"closes": friday}, by, LATER)
    assert (changed.closes_local, changed.closes_at.isoformat(), changed.closes_set) == (
        friday,
        "2026-11-27T15:00:00+00:00",
        True,
    )
    for wrong in (datetime(2026, 11, 21, 10), friday + timedelta(days=400)):  # noqa: DTZ001
        with pytest.raises(NotSensible) as caught:
            await here.polls.change(poll.id, {"closes": wrong}, by, LATER)
        assert caught.value.field == "closes"


async def test_what_is_no_setting_is_refused(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    wrong = {"most": 2, "quorum": 0, "voters": 5, "state": "open", "created_by_id": 1, "shown": "nooit"}
    for name, value in wrong.items():
        with pytest.raises(NotSensible) as caught:
            await here.polls.change(poll.id, {name: value}, by, LATER)
        assert caught.value.field == name


async def test_an_anonymous_poll_becomes_named_and_back_before_it_opens(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, ANONYMOUS, opens=MONDAY)
    with pytest.raises(NotSensible):
        await here.polls.change(poll.id, {"shown": Shown.ALWAYS}, by, LATER)
    named = await here.polls.change(poll.id, {"anonymous": False, "shown": "always"}, by, LATER)
    assert (named.anonymous, named.shown) == (False, Shown.ALWAYS)
    again = await here.polls.change(poll.id, {"anonymous": True}, by, LATER)
    assert (again.anonymous, again.shown) == (True, Shown.AFTER_CLOSING)


async def test_what_was_asked_anonymously_never_becomes_named(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, ANONYMOUS)
    with pytest.raises(NotSensible) as caught:  # cards that still say that it is anonymous are before people's eyes
        await here.polls.change(poll.id, {"anonymous": False}, by, LATER)
    assert caught.value.field == "anonymous"
    with pytest.raises(AnonymousPoll):
        await here.polls.votes(poll.id, by, LATER, CHAT)


async def test_of_an_anonymous_poll_that_opened_nothing_tells_its_starter_whether_anybody_voted(
    here: House,  # noqa: F811
) -> None:
    by = await tarik(here)
    poll = await start(here, by, ANONYMOUS, kind=PollKind.SEVERAL)
    asked = ({"question": "Iets anders?"}, {"most": 1}, {"anonymous": False, "shown": "always"})

    async def refused() -> list[str]:
        fields = []
        for values in asked:
            with pytest.raises(NotSensible) as caught:
                await here.polls.change(poll.id, values, by, LATER)
            fields.append(caught.value.field)
        return fields

    before = await refused()
    await choose(here, poll, await roos(here), 1)
    assert await refused() == before == ["opened", "opened", "anonymous"]
    unchanged = await here.polls.change(poll.id, {"question": poll.question, "quorum": 4}, by, LATER)
    assert (unchanged.quorum, unchanged.voters) == (4, 0)


async def test_only_who_manages_a_poll_changes_closes_or_drops_it(here: House) -> None:  # noqa: F811
    poll = await start(here, meeting_id=await id_of(here))
    stranger = await miel(here)
    for work in (
        here.polls.change(poll.id, {"quorum": 1}, stranger, LATER),
        here.polls.close(poll.id, stranger, LATER),
        here.polls.drop(poll.id, MEMBER, LATER),
    ):
        with pytest.raises(NoSuchPoll):
            await work
    voter = await miel(here)
    await choose(here, poll, voter, 1)
    with pytest.raises(NotYours):
        await here.polls.close(poll.id, voter, LATER)
    assert (await here.polls.close(poll.id, await ans(here), LATER)).poll.state is PollState.CLOSED


async def test_what_is_called_off_has_no_result_and_says_so(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    await choose(here, poll, by, 1)
    for _ in range(2):
        assert (await here.polls.drop(poll.id, by, LATER)).state is PollState.DROPPED
    view = await here.polls.shown(poll.id, LATER)
    assert view is not None
    assert (view.poll.state, view.tally) == (PollState.DROPPED, None)
    for work in (choose(here, poll, by, 2), here.polls.close(poll.id, by, LATER)):
        with pytest.raises(PollClosed):
            await work


async def test_all_cards_of_what_is_called_off_say_so_reminders_as_well(here: House) -> None:  # noqa: F811
    by = await roos(here)
    people = (await id_of_person(here, TARIK), await id_of_person(here, MIEL))
    poll = await start(here, by, whom=Whom.PEOPLE, people=people)
    await here.polls.nudge(poll.id, by, NOW)
    await card_sent(here, poll.id, "a:eigen")
    await here.polls.drop(poll.id, by, LATER)
    for kind in (POLL, POLL_NUDGE):
        assert [one["refresh_at"] for one in await told(here, kind)] == [LATER, LATER]


async def test_a_planned_poll_is_called_off_but_not_closed(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, opens=MONDAY)
    with pytest.raises(NotNow):
        await here.polls.close(poll.id, by, LATER)
    await here.polls.drop(poll.id, by, LATER)
    assert await here.polls.shown(poll.id, LATER) is None


async def test_without_a_key_there_are_no_anonymous_polls(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    with pytest.raises(NoUrn):
        await here.polls.create(ANONYMOUS, by, NOW)
    poll = await here.polls.create(ASKED, by, NOW)
    with pytest.raises(NoUrn):
        await here.polls.change(poll.id, {"anonymous": True}, by, NOW)
    here.polls.keep_key(KEY)
    assert (await here.polls.create(ANONYMOUS, by, NOW)).anonymous


async def test_a_new_poll_is_as_it_was_asked_for(here: House) -> None:  # noqa: F811
    new = NewPoll(
        PollKind.SEVERAL,
        "Wat?",
        themes(),
        most=2,
        may_add=True,
        shown=Shown.AFTER_VOTING,
        quorum=3,
        conversation_id=CHAT,
    )
    poll = await here.polls.create(new, await tarik(here), NOW)
    assert (poll.most, poll.may_add, poll.shown, poll.quorum) == (2, True, Shown.AFTER_VOTING, 3)
    assert (poll.meeting_id, poll.created_by_id) == (None, await id_of_person(here, TARIK))
