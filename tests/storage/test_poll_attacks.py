"""What people tried with polls that should not work: another's meeting, a result thrown away, the same twice."""

from datetime import date, timedelta

import pytest

from storage.domain.agenda import PointState
from storage.domain.notices import to_place
from storage.domain.polls import NewOption, Poll, PollKind, PollState, Whom
from storage.domain.refusals import IdentifiesSomebody, NotNow, NotSensible, NotYours, PollClosed
from storage.domain.series import Rhythm
from storage.services.house import House
from tests.conftest import NOW
from tests.storage.polls import (
    CHANNEL,
    LATER,
    again,
    at,
    card_sent,
    choose,
    local,
    options_of,
    post_in_channel,
    start,
    themes,
)
from tests.storage.proposals import OPEN, ans, filled, here, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import the_meeting

WEEKLY = Rhythm(0, date(2026, 11, 23), weeks=1)


async def test_a_poll_here_is_about_the_meeting_of_its_chat_whatever_a_button_says(here: House) -> None:  # noqa: F811
    meeting_id = (await the_meeting(here, OPEN)).id
    for who, about in ((tarik, None), (ans, meeting_id), (roos, meeting_id)):
        poll = await start(here, await who(here), meeting_id=meeting_id)
        assert poll.meeting_id == about


async def test_what_is_over_is_no_longer_called_off(here: House) -> None:  # noqa: F811
    by = await roos(here)
    poll = await start(here, by, closes=local("2026-11-21T12:00"))
    await choose(here, poll, await tarik(here), 1)
    with pytest.raises(PollClosed):
        await here.polls.drop(poll.id, by, at("2026-11-21T12:00"))
    await here.polls.plan_due(at("2026-11-21T12:00"))
    assert (await again(here, poll.id)).state is PollState.CLOSED


async def test_after_a_week_of_silence_a_series_asks_once(here: House) -> None:  # noqa: F811
    opens = local("2026-11-23T09:00")
    first = await start(here, kind=PollKind.TEMPERATURE, options=(), opens=opens, rhythm=WEEKLY)
    back = at("2026-12-01T10:00")
    await here.polls.plan_due(back)
    open_ = [one.poll for one in await here.polls.listed(await roos(here), back) if one.poll.is_open(back)]
    assert [one.series_id for one in open_] == [first.series_id]
    assert (await again(here, first.id)).state is PollState.DROPPED
    assert open_[0].closes_local == local("2026-12-08T10:00")


async def test_the_participants_are_asked_by_who_organises_that_meeting(here: House) -> None:  # noqa: F811
    meeting_id = (await the_meeting(here, OPEN)).id
    with pytest.raises(NotYours):
        await start(here, await tarik(here), whom=Whom.PARTICIPANTS, meeting_id=meeting_id)


async def test_an_anonymous_poll_that_is_over_and_can_be_counted_keeps_its_result(here: House) -> None:  # noqa: F811
    by = await roos(here)
    poll = await start(here, by, anonymous=True, closes=local("2026-11-21T12:00"))
    for who in (by, await tarik(here), await ans(here)):
        await choose(here, poll, who, 1)
    with pytest.raises(PollClosed):
        await here.polls.drop(poll.id, by, at("2026-11-21T12:00"))
    view = await here.polls.close(poll.id, by, at("2026-11-21T12:00"))
    assert view.tally is not None
    assert view.tally.voters == 3


async def test_who_does_not_coordinate_has_a_few_series_at_most(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    for number in range(5):
        more = {"question": f"Hoe loopt het {number}?", "kind": PollKind.TEMPERATURE, "options": ()}
        poll = await start(here, by, rhythm=Rhythm(0, NOW.date(), weeks=1), **more)
        await here.polls.close(poll.id, by, LATER)
    with pytest.raises(NotNow):
        await start(here, by)
    await here.polls.stop_series(poll.id, by, LATER)
    assert (await start(here, by)).state is PollState.OPEN


# --- run-offs of what is over, and of what stands elsewhere


async def tied_days(house: House, *days: NewOption) -> Poll:
    """A closed poll in which these days suit equally well."""
    poll = await start(house, kind=PollKind.DATES, options=days)
    places = range(1, len(days) + 1)
    await choose(house, poll, await tarik(house), *places, value=3)
    await house.polls.close(poll.id, await roos(house), LATER)
    return poll


MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


async def test_days_that_are_over_are_not_asked_once_more(here: House) -> None:  # noqa: F811
    poll = await tied_days(here, NewOption(day=MONDAY), NewOption(day=TUESDAY), NewOption(day=FRIDAY))
    second = await here.polls.run_off(poll.id, await roos(here), at("2026-11-24 10:00"))
    assert [one.day for one in second.options] == [TUESDAY, FRIDAY]


async def test_where_one_day_is_left_there_is_nothing_to_choose(here: House) -> None:  # noqa: F811
    morning = NewOption(day=TUESDAY, starts=local("2026-11-24 09:00").time())
    poll = await tied_days(here, morning, NewOption(day=FRIDAY))
    with pytest.raises(NotSensible) as caught:
        await here.polls.run_off(poll.id, await roos(here), at("2026-11-24 10:00"))
    assert caught.value.field == "options"
    assert (await again(here, poll.id)).applied == {}


@pytest.mark.parametrize("elsewhere", ["19:vorig-kanaal@thread.tacv2", CHANNEL])
async def test_a_run_off_stands_where_the_card_did(here: House, elsewhere: str) -> None:  # noqa: F811
    await post_in_channel(here)
    poll = await start(here, whom=Whom.CHANNEL)
    await card_sent(here, poll.id, elsewhere)
    assert await here.polls.stands_in(await again(here, poll.id)) == elsewhere
    for position, by in enumerate((await roos(here), await tarik(here)), 1):
        await choose(here, poll, by, position, here=elsewhere)
    await here.polls.close(poll.id, await roos(here), LATER)
    second = await here.polls.run_off(poll.id, await roos(here), LATER)
    assert second.target == ("posting" if elsewhere == CHANNEL else to_place(elsewhere))


# --- what tells of people

TELLING = ("Kevin Peeters schorsen", "K.P. schorsen", "Kevin uit 3B", "bel 0470 12 34 56")


@pytest.mark.parametrize("telling", TELLING)
async def test_what_an_ambassador_lets_choose_passes_the_gate_as_a_title(here: House, telling: str) -> None:  # noqa: F811
    by = await tarik(here)
    weekly = Rhythm(0, NOW.date(), weeks=1)
    for more in ({}, {"rhythm": weekly}):
        with pytest.raises(IdentifiesSomebody) as caught:
            await start(here, by, options=themes(telling, "iets anders"), **more)
        assert caught.value.field == "options"
    poll = await start(here, by)
    with pytest.raises(IdentifiesSomebody):
        await here.polls.add_option(poll.id, NewOption(telling), by, LATER)
    assert len(await options_of(here, poll.id)) == 3


async def test_a_coordinator_asks_for_experts_by_their_names(here: House) -> None:  # noqa: F811
    poll = await start(here, options=themes("Marleen Claes", "Kevin Peeters"))
    await here.polls.add_option(poll.id, NewOption("An Jacobs"), await roos(here), LATER)
    assert await options_of(here, poll.id) == ["Marleen Claes", "Kevin Peeters", "An Jacobs"]


async def test_an_option_passes_the_gate_once_more_as_the_title_of_a_point(here: House) -> None:  # noqa: F811
    by, results = await roos(here), here.poll_results
    poll = await start(here, options=themes("Kevin Peeters schorsen", "iets anders"))
    await choose(here, poll, by, 1)
    await here.polls.close(poll.id, by, LATER)
    option, later = poll.options[0].id, LATER + timedelta(minutes=1)
    with pytest.raises(IdentifiesSomebody) as caught:
        await results.put_on_agenda(poll.id, option, None, by, later)
    assert (caught.value.field, (await again(here, poll.id)).applied) == ("title", {})
    done = await results.put_on_agenda(poll.id, option, None, by, later, chosen=True)
    assert done.point is not None
    assert (done.point.title, done.point.state) == ("Kevin Peeters schorsen", PointState.ACCEPTED)
