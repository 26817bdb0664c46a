"""Polls in storage: who may start, see and vote in one, what may change, and who sees how it stands."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import (
    LONGEST_DAYS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    POLL,
    Answer,
    NewOption,
    NewPoll,
    PollKind,
    PollState,
    Shown,
    Whom,
)
from storage.domain.refusals import (
    AnonymousPoll,
    HasVotes,
    IdentifiesSomebody,
    NobodyToTell,
    NoChannelChosen,
    NoSuchOption,
    NoSuchPoll,
    NotCoordinator,
    NothingSaid,
    NotInvited,
    NotKnown,
    NotNow,
    NotSensible,
    NotYours,
    NoUrn,
    PollClosed,
    Refusal,
    TooLong,
)
from storage.domain.series import Rhythm
from storage.services.house import House
from storage.tables.notices import NoticeRow
from storage.tables.reports import MeetingChatRow
from tests.conftest import NOW
from tests.storage.doings import take_part
from tests.storage.polls import (
    ANONYMOUS,
    ASKED,
    CHAT,
    KEY,
    LATER,
    OTHER_CHAT,
    choose,
    crowd,
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
from tests.storage.support import ANS, MEMBER, MIEL, STRANGER, TARIK, change, person, rows

MONDAY = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - people plan in local time
CHANNEL = Place("19:kanaal@thread.tacv2", PlaceKind.CHANNEL, "https://teams.example")


TO_COME = date(2026, 12, 4)


def days(*some: date) -> tuple[NewOption, ...]:
    """Days to choose from."""
    return tuple(NewOption(day=one) for one in some)


async def cards(house: House) -> list[tuple[str, str, str, int]]:
    """The cards that are planned or sent: of which poll, for whom, how urgent, and how often they changed."""
    columns = (NoticeRow.subject, NoticeRow.target, NoticeRow.timing, NoticeRow.version)
    found = await rows(house, select(*columns).where(NoticeRow.kind == POLL).order_by(NoticeRow.target))
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def id_of_person(house: House, mail: str) -> int:
    """The id of somebody."""
    return (await person(house, mail)).id


async def refused(house: House, by: Viewer, **more: Any) -> Refusal:
    """Why somebody may not start a poll."""
    with pytest.raises(Refusal) as caught:
        await start(house, by, **more)
    return caught.value


# --- starting


async def test_a_poll_stands_where_it_was_asked_at_once_and_for_a_week(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here))
    assert (poll.state, poll.closes_at - NOW, poll.closes_set) == (PollState.OPEN, timedelta(days=7), False)
    assert [(one.position, one.text) for one in poll.options] == [(1, "NAFT"), (2, "internaten"), (3, "huiswerk")]
    assert await cards(here) == [(str(poll.id), f"place:{CHAT}", "urgent", 0)]


async def test_a_planned_one_waits_and_only_who_manages_it_knows(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, opens=MONDAY, closes=MONDAY + timedelta(days=2))
    assert (poll.state, await cards(here)) == (PollState.SCHEDULED, [])
    assert [one.poll.id for one in await here.polls.listed(by, LATER, CHAT)] == [poll.id]
    assert await here.polls.listed(await miel(here), LATER, CHAT) == ()
    assert await here.polls.open_for(by, LATER, CHAT) == ()
    assert await here.polls.shown(poll.id, LATER) is None
    with pytest.raises(PollClosed):
        await choose(here, poll, by, 1)


async def test_what_is_typed_is_tidied_and_said_once(here: House) -> None:  # noqa: F811
    new = themes("  NAFT ", "internaten\n", "naft", "Internaten")
    poll = await start(here, await tarik(here), question=" Welk\tthema? ", options=new)
    assert (poll.question, [one.text for one in poll.options]) == ("Welk thema?", ["NAFT", "internaten"])


WRONG: list[tuple[dict[str, Any], Refusal]] = [
    ({"question": " \n"}, NothingSaid()),
    ({"question": "x" * (LONGEST_QUESTION + 1)}, TooLong()),
    ({"options": themes("a", "x" * (LONGEST_OPTION + 1))}, TooLong()),
    ({"options": themes("a", " ")}, NothingSaid()),
    ({"options": themes("a")}, NotSensible("options")),
    ({"options": ()}, NotSensible("options")),
    ({"options": themes("a", "A")}, NotSensible("options")),
    ({"options": themes(*map(str, range(MOST_OPTIONS + 1)))}, NotSensible("options")),
    ({"kind": PollKind.SEVERAL, "most": 0}, NotSensible("most")),
    ({"kind": PollKind.SEVERAL, "most": 21}, NotSensible("most")),
    ({"quorum": 0}, NotSensible("quorum")),
    ({"quorum": 10**9}, NotSensible("quorum")),
    ({"lasts_days": 0}, NotSensible("closes")),
    ({"opens": datetime(2026, 11, 20, 9)}, NotSensible("opens")),  # noqa: DTZ001
    ({"opens": datetime(2027, 11, 20, 9)}, NotSensible("opens")),  # noqa: DTZ001
    ({"closes": datetime(2026, 11, 21, 10)}, NotSensible("closes")),  # noqa: DTZ001
    ({"closes": datetime.max}, NotSensible("closes")),  # noqa: DTZ901
    ({"closes": datetime.min}, NotSensible("closes")),  # noqa: DTZ901
    ({"opens": datetime.max}, NotSensible("opens")),  # noqa: DTZ901
    ({"opens": datetime.min}, NotSensible("opens")),  # noqa: DTZ901
    ({"kind": PollKind.DATES, "options": days(date(2026, 11, 20), TO_COME)}, NotSensible("options")),
    ({"kind": PollKind.DATES, "options": days(TO_COME, date.max)}, NotSensible("options")),
    ({"opens": MONDAY, "closes": MONDAY}, NotSensible("closes")),
    ({"opens": MONDAY, "closes": MONDAY + timedelta(days=LONGEST_DAYS + 1)}, NotSensible("closes")),
    ({"kind": PollKind.DATES}, NotSensible("options")),
    ({"conversation_id": ""}, NotSensible("whom")),
    ({"conversation_id": "x" * 500}, NotSensible("whom")),
    ({"meeting_id": 2**40}, NotSensible("meeting")),
    ({"whom": Whom.PARTICIPANTS}, NotSensible("meeting")),
    ({"whom": Whom.PARTICIPANTS, "meeting_id": -1}, NotSensible("meeting")),
]


async def test_what_means_nothing_is_refused_and_nothing_is_kept(here: House) -> None:  # noqa: F811
    by = await roos(here)
    for more, what in WRONG:
        found = await refused(here, by, **more)
        assert (more, type(found), found.args) == (more, type(what), what.args)
    assert await cards(here) == []


async def test_where_everybody_may_add_one_may_begin_with_nothing_to_choose(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, options=(), may_add=True)
    view = await here.polls.add_option(poll.id, NewOption("NAFT"), by, LATER, CHAT)
    assert standing((await choose(here, view.poll, by, 1)).tally) == [("NAFT", 1, 1)]  # type: ignore[arg-type]


async def test_in_ones_own_chat_with_the_bot_is_nobody_to_ask(here: House) -> None:  # noqa: F811
    await here.places.keep(Place("a:eigen", PlaceKind.PERSONAL, "https://teams.example"))
    assert isinstance(await refused(here, await roos(here), conversation_id="a:eigen"), NotSensible)


async def test_who_identifies_somebody_chooses_first(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    secret = {"question": "Wie belt de mama van Noah Peeters, 9 jaar?"}
    found = await refused(here, by, **secret)
    assert isinstance(found, IdentifiesSomebody)
    assert (found.field, found.may_keep) == ("question", True)
    found = await refused(here, by, options=themes("de mama van Noah Peeters, 9 jaar", "iemand anders"))
    assert isinstance(found, IdentifiesSomebody)
    assert found.field == "options"
    assert (await here.polls.create(replace(ASKED, **secret), by, NOW, chosen="question")).question.startswith("Wie")


async def test_who_does_not_coordinate_has_five_running_at_most(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    polls = [await start(here, by) for _ in range(5)]
    assert isinstance(await refused(here, by), NotNow)
    await here.polls.close(polls[0].id, by, LATER)
    assert (await start(here, by)).state is PollState.OPEN
    assert [(await start(here, await roos(here))).state for _ in range(6)] == [PollState.OPEN] * 6


# --- who asks whom


@pytest.mark.parametrize("whom", [Whom.CHANNEL, Whom.EVERYBODY, Whom.PEOPLE])
async def test_only_who_coordinates_asks_the_channel_everybody_or_some(here: House, whom: Whom) -> None:  # noqa: F811
    for somebody in (await tarik(here), await ans(here)):
        assert isinstance(await refused(here, somebody, whom=whom), NotCoordinator)


@pytest.mark.parametrize("nobody", [MEMBER, STRANGER])
async def test_who_is_not_known_starts_nothing(here: House, nobody: Viewer) -> None:  # noqa: F811
    assert isinstance(await refused(here, nobody), NotKnown)


async def test_a_meetings_organiser_asks_who_comes_to_it(here: House) -> None:  # noqa: F811
    meeting_id = await id_of(here)
    asked = {"whom": Whom.PARTICIPANTS, "meeting_id": meeting_id}
    assert isinstance(await refused(here, await tarik(here), **asked), NotYours)
    assert isinstance(await refused(here, await ans(here), **asked), NobodyToTell)
    await take_part(here, TARIK, MIEL, status="registered")
    poll = await start(here, await ans(here), **asked)
    asked_people = [f"person:{await id_of_person(here, one)}" for one in (TARIK, MIEL)]
    assert [target for _, target, _, _ in await cards(here)] == sorted(asked_people)
    assert (await here.polls.view(poll.id, await tarik(here), LATER)).invited == 2


async def test_everybody_are_the_ambassadors_each_in_person(here: House) -> None:  # noqa: F811
    await start(here, await roos(here), whom=Whom.EVERYBODY)
    assert [target for _, target, _, _ in await cards(here)] == [f"person:{await id_of_person(here, TARIK)}"]


async def test_some_people_are_asked_and_who_does_not_exist_is_not(here: House) -> None:  # noqa: F811
    miel_id = await id_of_person(here, MIEL)
    poll = await start(here, await roos(here), whom=Whom.PEOPLE, people=(miel_id, miel_id, 99_999, 2**40, -1))
    assert (await choose(here, poll, await miel(here), 1, here="")).voted
    with pytest.raises(NoSuchPoll):
        await choose(here, poll, await tarik(here), 1, here="")
    assert isinstance(await refused(here, await roos(here), whom=Whom.PEOPLE, people=(99_999,)), NobodyToTell)


async def test_in_the_channel_everybody_of_the_network_votes_from_wherever_they_are(here: House) -> None:  # noqa: F811
    assert isinstance(await refused(here, await roos(here), whom=Whom.CHANNEL), NoChannelChosen)
    await here.places.post_here(CHANNEL, await roos(here))
    poll = await start(here, await roos(here), whom=Whom.CHANNEL)
    assert [target for _, target, _, _ in await cards(here)] == ["posting"]
    assert (await choose(here, poll, await tarik(here), 1, here="a:eigen")).voted
    assert (await here.polls.view(poll.id, MEMBER, LATER)).may_vote is False
    with pytest.raises(NoSuchPoll):
        await here.polls.view(poll.id, STRANGER, LATER, OTHER_CHAT)


async def test_what_was_asked_in_the_channel_itself_is_for_everybody_too(here: House) -> None:  # noqa: F811
    await here.places.post_here(CHANNEL, await roos(here))
    thread = f"{CHANNEL.conversation_id};messageid=17"
    poll = await start(here, await tarik(here), conversation_id=thread)
    assert [one.poll.id for one in await here.polls.open_for(await miel(here), LATER, "a:eigen")] == [poll.id]


async def test_a_poll_in_the_chat_of_a_closed_meeting_is_also_for_who_is_registered(here: House) -> None:  # noqa: F811
    await take_part(here, MIEL, key=STEERING, status="registered")
    poll = await start(here, await roos(here), meeting_id=await id_of(here, STEERING))
    assert (await choose(here, poll, await miel(here), 1, here="")).voted


async def test_what_is_asked_in_a_meetings_own_chat_is_about_that_meeting(here: House) -> None:  # noqa: F811
    meeting_id = await id_of(here)
    await change(here, insert(MeetingChatRow).values(conversation_id=CHAT, meeting_id=meeting_id, at=NOW))
    poll = await start(here, await tarik(here))
    assert poll.meeting_id == meeting_id
    organiser = await here.polls.view(poll.id, await ans(here), LATER)
    assert (organiser.may_manage, organiser.organises) == (True, True)
    assert not (await here.polls.view(poll.id, await tarik(here), LATER)).organises
    assert (await start(here, await tarik(here), conversation_id=OTHER_CHAT)).meeting_id is None


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


async def test_a_vote_may_be_taken_back(filled: House) -> None:  # noqa: F811
    by = await tarik(filled)
    poll = await start(filled, by)
    await choose(filled, poll, by, 1)
    for _ in range(2):
        view = await filled.polls.unvote(poll.id, by, LATER, CHAT)
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


# --- who sees how it stands


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


async def test_what_stands_here_comes_first_then_the_newest(filled: House) -> None:  # noqa: F811
    by = await tarik(filled)
    first = await start(filled, by)
    second = await start(filled, by)
    asked = await start(filled, await roos(filled), whom=Whom.EVERYBODY)
    assert [one.poll.id for one in await filled.polls.open_for(by, LATER, CHAT)] == [second.id, first.id, asked.id]
    assert [one.poll.id for one in await filled.polls.open_for(by, LATER, OTHER_CHAT)] == [asked.id]
    assert await filled.polls.open_for(MEMBER, LATER, OTHER_CHAT) == ()


async def test_the_list_has_what_closed_lately_and_no_longer(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by)
    await here.polls.close(poll.id, by, LATER)
    assert [one.poll.id for one in await here.polls.listed(by, LATER + timedelta(days=30), CHAT)] == [poll.id]
    assert await here.polls.listed(by, LATER + timedelta(days=32), CHAT) == ()
    assert await here.polls.listed(await miel(here), LATER, OTHER_CHAT) == ()


# --- adding options


async def test_who_may_vote_may_add_where_that_was_said(filled: House) -> None:  # noqa: F811
    poll = await start(filled, await tarik(filled), may_add=True)
    view = await filled.polls.add_option(poll.id, NewOption(" spijbelen "), await ans(filled), LATER, CHAT)
    assert [(one.position, one.text) for one in view.poll.options][-1] == (4, "spijbelen")
    assert view.poll.options[-1].added_by_id == await id_of_person(filled, ANS)
    again = await filled.polls.add_option(poll.id, NewOption("Spijbelen"), await tarik(filled), LATER, CHAT)
    assert len(again.poll.options) == 4
    assert (await choose(filled, again.poll, await tarik(filled), 4)).mine == {again.poll.options[3].id: 1}


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


# --- coming back


@pytest.mark.parametrize(
    ("rhythm", "field"),
    [
        (Rhythm(0, MONDAY.date(), weeks=-1), "rhythm"),
        (Rhythm(0, MONDAY.date(), months=1, weekday=9), "rhythm"),
        (Rhythm(0, MONDAY.date(), months=1, nth=40), "rhythm"),
        (Rhythm(-3, MONDAY.date(), weeks=1), "rhythm"),
        (Rhythm(0, date(9999, 12, 30), weeks=1), "opens"),
    ],
    ids=["backwards", "no weekday", "no month has so many", "no count", "the end of the calendar"],
)
async def test_a_rhythm_that_no_calendar_has_is_refused(here: House, rhythm: Rhythm, field: str) -> None:  # noqa: F811
    with pytest.raises(NotSensible) as caught:
        await start(here, await tarik(here), rhythm=rhythm)
    assert caught.value.field == field


# --- changing, closing, calling off


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
    await choose(here, poll, by, 1)
    with pytest.raises(HasVotes):
        await here.polls.change(poll.id, {"anonymous": False}, by, LATER)
    with pytest.raises(AnonymousPoll):
        await here.polls.votes(poll.id, by, LATER, CHAT)


async def test_only_who_manages_a_poll_changes_closes_or_drops_it(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here), meeting_id=await id_of(here))
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
