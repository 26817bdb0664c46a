"""Answers of one option at a time: each stands at once, beside those before, and said twice it is as once."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage.domain.people import Viewer
from storage.domain.polls import MOST_TAPPED, NEXT_PLACE, POLL, UNSAID, Answer, NewOption, Poll, PollKind, Whom
from storage.domain.refusals import (
    AnonymousPoll,
    NoSuchOption,
    NoSuchPoll,
    NotInvited,
    NotKnown,
    NotSensible,
    PollClosed,
    Refusal,
)
from storage.services.house import House
from storage.tables.notices import NoticeRow
from tests.storage.polls import ANONYMOUS, ASKED, CHAT, LATER, OTHER_CHAT, card_sent, choose, start, themes
from tests.storage.proposals import filled, here, miel, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import STRANGER, change, rows

DAYS = tuple(NewOption(day=date(2026, 12, day)) for day in (4, 11, 18))
SEVERAL: dict[str, Any] = {"kind": PollKind.SEVERAL, "most": 2}
RANKING: dict[str, Any] = {"kind": PollKind.RANKING}
DATES: dict[str, Any] = {"kind": PollKind.DATES, "options": DAYS}


async def mark(
    house: House, poll: Poll, by: Viewer, place: int, value: int, now: datetime = LATER, where: str = CHAT
) -> dict[int, int] | None:
    """What somebody's vote is after this mark on the option on that place: values by place."""
    view = await house.polls.mark(poll.id, poll.options[place - 1].id, value, by, now, where)
    if view.mine is None:
        return None
    places = {one.id: one.position for one in poll.options}
    return {places[option]: said for option, said in view.mine.items()}


async def marks(house: House, said: dict[str, Any], *pressed: tuple[int, int]) -> dict[int, int] | None:
    """What somebody's vote is who presses this one after the other, in a new poll."""
    by = await tarik(house)
    poll = await start(house, await roos(house), **said)
    return [await mark(house, poll, by, *one) for one in pressed][-1]


JA, MISSCHIEN, NEE = int(Answer.YES), int(Answer.MAYBE), int(Answer.NO)


@pytest.mark.parametrize(
    ("said", "pressed", "mine"),
    [
        (DATES, [(1, JA), (3, NEE), (1, MISSCHIEN)], {1: MISSCHIEN, 3: NEE}),
        (DATES, [(2, JA), (2, JA)], {2: JA}),
        (SEVERAL, [(1, 1), (3, 1), (1, UNSAID), (2, 1)], {2: 1, 3: 1}),
        (SEVERAL, [(1, 1), (1, 1), (2, 1), (2, 1)], {1: 1, 2: 1}),
        (SEVERAL, [(1, 1), (2, UNSAID), (2, UNSAID)], {1: 1}),
        (RANKING, [(3, NEXT_PLACE), (1, NEXT_PLACE), (3, NEXT_PLACE)], {3: 1, 1: 2}),
        (RANKING, [(3, NEXT_PLACE), (1, NEXT_PLACE), (2, NEXT_PLACE), (3, UNSAID), (3, UNSAID)], {1: 1, 2: 2}),
        (RANKING, [(1, NEXT_PLACE), (2, NEXT_PLACE), (1, UNSAID), (1, NEXT_PLACE)], {2: 1, 1: 2}),
    ],
)
async def test_each_mark_stands_beside_those_before_and_pressed_twice_it_is_once(
    here: House,  # noqa: F811
    said: dict[str, Any],
    pressed: list[tuple[int, int]],
    mine: dict[int, int],
) -> None:
    assert await marks(here, said, *pressed) == mine


@pytest.mark.parametrize("said", [SEVERAL, RANKING])
async def test_who_takes_the_last_away_has_no_vote(here: House, said: dict[str, Any]) -> None:  # noqa: F811
    by, first = await tarik(here), NEXT_PLACE if said is RANKING else 1
    poll = await start(here, await roos(here), **said)
    await mark(here, poll, by, 2, first)
    assert await mark(here, poll, by, 2, UNSAID) is None
    view = await here.polls.view(poll.id, by, LATER, CHAT)
    assert (view.voted, view.poll.voters) == (False, 0)


async def test_who_marks_more_counts_once_and_each_change_shows(here: House) -> None:  # noqa: F811
    poll = await start(here, await roos(here), **DATES)
    for by, place in ((await tarik(here), 1), (await tarik(here), 2), (await miel(here), 1), (await miel(here), 1)):
        await mark(here, poll, by, place, JA)
    view = await here.polls.view(poll.id, await miel(here), LATER, CHAT)
    assert view.tally is not None
    assert (view.poll.voters, view.poll.version, view.tally.voters) == (2, poll.version + 3, 2)
    assert [(one.votes, one.place) for one in view.tally.counts] == [(2, 1), (1, 2), (0, 3)]


async def test_a_mark_changes_what_was_voted_at_once(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, await roos(here), **SEVERAL)
    await choose(here, poll, by, 1, 2)
    assert await mark(here, poll, by, 1, UNSAID) == {2: 1}


async def test_marks_that_come_at_the_same_moment_are_all_kept(filled: House) -> None:  # noqa: F811
    by = await tarik(filled)
    poll = await start(filled, await roos(filled), **DATES)
    await asyncio.gather(*(mark(filled, poll, by, place, value) for place, value in ((1, JA), (2, NEE), (3, JA))))
    view = await filled.polls.view(poll.id, by, LATER, CHAT)
    assert (list((view.mine or {}).values()), view.poll.voters) == ([JA, NEE, JA], 1)


WRONG: list[tuple[dict[str, Any], list[tuple[int, int]], str]] = [
    (SEVERAL, [(1, 1), (2, 1), (3, 1)], "most"),
    (SEVERAL, [(1, 2)], "ballot"),
    (SEVERAL, [(1, NEXT_PLACE)], "ballot"),
    (RANKING, [(1, 1)], "ballot"),
    (RANKING, [(1, 3)], "ballot"),
    (DATES, [(1, UNSAID)], "ballot"),
    (DATES, [(1, 4)], "ballot"),
    (DATES, [(1, NEXT_PLACE)], "ballot"),
    ({"kind": PollKind.SINGLE}, [(1, 1)], "ballot"),
]


@pytest.mark.parametrize(("said", "pressed", "field"), WRONG)
async def test_what_means_nothing_is_refused_and_what_was_marked_stays(
    here: House,  # noqa: F811
    said: dict[str, Any],
    pressed: list[tuple[int, int]],
    field: str,
) -> None:
    by = await tarik(here)
    poll = await start(here, await roos(here), **said)
    for one in pressed[:-1]:
        await mark(here, poll, by, *one)
    with pytest.raises(NotSensible) as caught:
        await mark(here, poll, by, *pressed[-1])
    mine = (await here.polls.view(poll.id, by, LATER, CHAT)).mine
    assert (caught.value.field, len(mine or {})) == (field, len(pressed) - 1)


async def refused(house: House, poll: Poll, by: Viewer, **more: Any) -> type[Refusal]:
    """Why somebody may not mark the first option."""
    with pytest.raises(Refusal) as caught:
        await mark(house, poll, by, 1, JA, **more)
    return type(caught.value)


async def test_who_may_not_vote_marks_nothing(here: House) -> None:  # noqa: F811
    by, manages = await tarik(here), await roos(here)
    assert by.person is not None
    poll = await start(here, manages, **DATES)
    assert await refused(here, poll, STRANGER) is NotKnown
    assert await refused(here, poll, by, where=OTHER_CHAT) is NoSuchPoll
    assert await refused(here, replace(poll, id=poll.id + 1), by) is NoSuchPoll
    assert await refused(here, replace(poll, options=(replace(poll.options[0], id=999),)), by) is NoSuchOption
    assert await refused(here, poll, by, now=poll.closes_at) is PollClosed
    of_others = await start(here, manages, **DATES, whom=Whom.PEOPLE, people=(by.person.id,))
    assert await refused(here, of_others, manages, where="") is NotInvited
    assert (await here.polls.view(poll.id, by, LATER, CHAT)).poll.voters == 0


async def test_an_anonymous_vote_is_one_whole(here: House) -> None:  # noqa: F811
    poll = await start(here, await roos(here), ANONYMOUS, **DATES)
    assert await refused(here, poll, await tarik(here)) is AnonymousPoll
    assert not (await here.polls.view(poll.id, await tarik(here), LATER, CHAT)).voted


# --- how often the card changes


async def shows(house: House) -> timedelta:
    """How long after LATER the card is updated."""
    found = await rows(house, select(NoticeRow.refresh_at).where(NoticeRow.kind == POLL))
    return next(at for (at,) in found if at is not None) - LATER


LONG = {"kind": PollKind.SEVERAL, "options": themes(*(f"thema {one}" for one in range(MOST_TAPPED + 1)))}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [(SEVERAL, 3), (LONG, 60), ({**LONG, "kind": PollKind.SINGLE}, 3)],
    ids=["one by one", "filled in", "one tap"],
)
async def test_what_others_fill_in_is_wiped_once_a_minute_at_most_and_the_end_shows_at_once(
    here: House,  # noqa: F811
    said: dict[str, Any],
    seconds: int,
) -> None:
    manages = await roos(here)
    poll = await start(here, manages, ASKED, **said)
    await card_sent(here, poll.id, CHAT)
    await change(here, update(NoticeRow).where(NoticeRow.kind == POLL).values(shown_at=LATER))
    await choose(here, poll, await tarik(here), 1)
    await choose(here, poll, await miel(here), 2)
    assert await shows(here) == timedelta(seconds=seconds)
    await here.polls.close(poll.id, manages, LATER)
    assert await shows(here) == timedelta(seconds=3)
