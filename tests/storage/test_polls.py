"""Polls in storage: who may start one, of whom, and what is sensible to ask."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.polls import (
    LONGEST_DAYS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    NewOption,
    PollKind,
    PollState,
    Whom,
)
from storage.domain.refusals import (
    IdentifiesSomebody,
    NobodyToTell,
    NoChannelChosen,
    NoSuchPoll,
    NotCoordinator,
    NothingSaid,
    NotKnown,
    NotNow,
    NotSensible,
    NotYours,
    PollClosed,
    Refusal,
    TooLong,
)
from storage.domain.series import Rhythm
from storage.services.house import House
from storage.tables.reports import MeetingChatRow
from tests.conftest import NOW
from tests.storage.doings import take_part
from tests.storage.polls import (
    ASKED,
    CHAT,
    LATER,
    OTHER_CHAT,
    cards,
    choose,
    id_of_person,
    refused,
    standing,
    start,
    themes,
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
from tests.storage.support import MEMBER, MIEL, STRANGER, TARIK, change

MONDAY = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - people plan in local time
CHANNEL = Place("19:kanaal@thread.tacv2", PlaceKind.CHANNEL, "https://teams.example")
TO_COME = date(2026, 12, 4)


def days(*some: date) -> tuple[NewOption, ...]:
    """Days to choose from."""
    return tuple(NewOption(day=one) for one in some)


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


async def test_a_poll_that_comes_back_counts_as_one_that_runs(here: House) -> None:  # noqa: F811
    by, weekly = await tarik(here), Rhythm(0, MONDAY.date(), weeks=1)
    polls = [await start(here, by, rhythm=weekly) for _ in range(4)]
    assert (await start(here, by)).state is PollState.OPEN
    assert isinstance(await refused(here, by, rhythm=weekly), NotNow)
    await here.polls.drop(polls[0].id, by, LATER)
    assert isinstance(await refused(here, by), NotNow)  # the next one comes next week
    await here.polls.stop_series(polls[0].id, by, LATER)
    assert (await start(here, by)).state is PollState.OPEN


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
