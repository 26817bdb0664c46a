"""Anonymous is anonymous: nothing in the database or the log tells who chose what, nor do two copies of it.

The proof goes by pairs of worlds in which the same people vote, but choose otherwise, in another order and at other
hours: what they leave behind must be the same, byte for byte, but for what is sealed.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text, update

from storage.database import Database
from storage.domain.ballots import packed
from storage.domain.people import Viewer
from storage.domain.polls import MOST_OPTIONS, Ballot, Poll, PollKind, PollState
from storage.domain.refusals import AlreadyVoted, AnonymousPoll, NoSuchOption, NotSensible, NoUrn
from storage.services.house import House
from storage.services.urns import NONCE, TAG, opened, sealed
from storage.tables.notices import NoticeRow
from storage.tables.polls import PollRow, PollVoteRow, PollVoterRow
from tests.storage.conftest import empty
from tests.storage.polls import ANONYMOUS, CHAT, KEY, LATER, choose, crowd, standing, start, themes
from tests.storage.proposals import fill, filled, here, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import change, everything, rows

Dump = dict[str, list[tuple[Any, ...]]]


async def _world(database: Database, choices: Sequence[tuple[int, int]], minutes: int) -> tuple[House, Poll]:
    """A network in which these people (by their place) chose these options, one so many minutes after the other."""
    await database.write(empty)
    house = await fill(House(database))
    people = await crowd(house, 5)
    poll = await start(house, await tarik(house), ANONYMOUS)
    for number, (voter, option) in enumerate(choices, 1):
        await choose(house, poll, people[voter], option, now=LATER + timedelta(minutes=minutes * number))
    return house, poll


async def _left(house: House) -> tuple[Dump, bytes]:
    """Every row of every table, and apart from it what is sealed."""
    urn = (await rows(house, select(PollRow.urn)))[0][0]
    found = await everything(house)
    place = list(PollRow.__table__.c.keys()).index("urn")
    found["polls"] = [(*row[:place], *row[place + 1 :]) for row in found["polls"]]
    return found, urn


async def _in_order(house: House) -> list[Any]:
    """Who voted, in the order in which the database itself keeps it."""
    return await rows(house, text("SELECT poll_id, person_id FROM poll_voters"))  # type: ignore[arg-type]


async def test_who_chose_what_and_when_leaves_nothing_behind(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one, poll = await _world(sqlite_database, [(0, 1), (1, 2), (2, 3), (3, 3)], minutes=1)
    dump, urn = await _left(one)
    order, log = await _in_order(one), [record.getMessage() for record in caplog.records]
    caplog.clear()
    two, _ = await _world(sqlite_database, [(3, 2), (2, 1), (1, 3), (0, 3)], minutes=17)
    other_dump, other_urn = await _left(two)
    assert dump == other_dump
    assert order == await _in_order(two) == sorted(order)
    assert log == [record.getMessage() for record in caplog.records]
    # Not even with the key: what was sealed in both is the same.
    assert urn != other_urn
    assert opened(poll.id, urn, KEY) == opened(poll.id, other_urn, KEY)


async def test_nor_does_it_once_the_poll_is_closed(sqlite_database: Database) -> None:
    left = []
    for choices in ([(0, 1), (1, 2), (2, 3), (3, 3)], [(3, 2), (2, 1), (1, 3), (0, 3)]):
        house, poll = await _world(sqlite_database, choices, minutes=len(left))
        await house.polls.close(poll.id, await tarik(house), LATER)
        left.append(await everything(house))
    assert left[0] == left[1]


async def test_two_copies_from_before_and_after_a_vote_do_not_tell_it(sqlite_database: Database) -> None:
    before, after = [], []
    for option in (1, 3):
        house, poll = await _world(sqlite_database, [(0, 1), (1, 2)], minutes=1)
        people = await crowd_again(house)
        before.append(await _left(house))
        await choose(house, poll, people[2], option)
        after.append(await _left(house))
    assert before[0][0] == before[1][0]
    assert after[0][0] == after[1][0]
    changed = {name for name in after[0][0] if after[0][0][name] != before[0][0][name]}
    assert changed == {"polls", "poll_voters"}
    # The box is as long whatever was put in it, begins anew each time, and nothing of it is as it was.
    boxes = [urn for _, urn in (*before, *after)]
    assert [len(box) for box in boxes] == [NONCE + votes * MOST_OPTIONS + TAG for votes in (2, 2, 3, 3)]
    assert len({box[:NONCE] for box in boxes}) == 4
    for key in (KEY + b"x", b"x" * 32):
        with pytest.raises(NoUrn):
            opened(poll.id, boxes[-1], key)


async def crowd_again(house: House) -> list[Viewer]:
    """Those whom `crowd` added."""
    people = [one for one in await house.people.everybody() if one.name.startswith("Stemmer")]
    return [Viewer(one, member=True) for one in sorted(people, key=lambda one: one.id)]


async def test_a_ballot_stands_nowhere_in_the_files_of_the_database(sqlite_database: Database) -> None:
    await sqlite_database.write(empty)
    house = await fill(House(sqlite_database))
    people = await crowd(house, 3)
    texts = themes(*(f"thema {number}" for number in range(MOST_OPTIONS)))
    poll = await start(house, await tarik(house), ANONYMOUS, kind=PollKind.RANKING, options=texts)
    ballots = [_any_order(poll, number) for number in range(3)]
    for voter, ballot in zip(people, ballots, strict=True):
        await house.polls.vote(poll.id, ballot, voter, LATER, CHAT)
    _not_in_files(sqlite_database, poll, ballots)
    view = await house.polls.close(poll.id, await tarik(house), LATER)
    assert view.tally is not None
    assert view.tally.voters == 3
    _not_in_files(sqlite_database, poll, ballots)


def _any_order(poll: Poll, number: int) -> Ballot:
    ids = [one.id for one in poll.options]
    return {one: place for place, one in enumerate(Random(number).sample(ids, len(ids)), 1)}


def _not_in_files(database: Database, poll: Poll, ballots: list[Ballot]) -> None:
    file = Path(str(database.url.database))
    files = [one for one in file.parent.iterdir() if one.name.startswith(file.name)]
    assert {file.name, f"{file.name}-wal"} <= {one.name for one in files}
    held = b"".join(one.read_bytes() for one in files)
    assert b"thema 19" in held  # it is looked for where things stand
    for ballot in ballots:
        written = [packed(poll, ballot), bytes(ballot), str(list(map(list, sorted(ballot.items())))).encode()]
        assert not [one for one in written if one in held]


# --- what is kept, and for how long


async def test_that_somebody_voted_is_forgotten_with_the_urn_at_the_end(filled: House) -> None:  # noqa: F811
    people = await crowd(filled, 4)
    poll = await start(filled, await tarik(filled), ANONYMOUS)
    for voter, option in zip(people, (2, 2, 1, 2), strict=True):
        view = await choose(filled, poll, voter, option)
        assert (view.tally, view.mine, view.voted, view.may_vote, view.poll.voters) == (None, None, True, False, 0)
    assert len(await rows(filled, select(PollVoterRow.person_id))) == 4
    view = await filled.polls.close(poll.id, await tarik(filled), LATER)
    assert view.tally is not None
    assert (view.tally.voters, standing(view.tally)[:2]) == (4, [("internaten", 1, 3), ("NAFT", 2, 1)])
    assert await rows(filled, select(PollVoterRow.person_id)) == []
    assert await rows(filled, select(PollVoteRow.person_id)) == []
    assert await rows(filled, select(PollRow.urn)) == [(None,)]


@pytest.mark.parametrize("voters", [0, 1, 2])
async def test_of_too_few_votes_not_even_how_many_is_kept(here: House, voters: int) -> None:  # noqa: F811
    people = await crowd(here, 2)
    poll = await start(here, await tarik(here), ANONYMOUS, quorum=2)
    for voter in people[:voters]:
        await choose(here, poll, voter, 1)
    view = await here.polls.close(poll.id, await tarik(here), LATER)
    assert view.tally is not None
    assert (view.tally.hidden, view.tally.voters, view.tally.counts, view.poll.voters) == (True, 0, (), 0)
    kept = await rows(here, select(PollRow.result, PollRow.voters, PollRow.urn))
    assert kept == [({"hidden": True}, 0, None)]
    assert await rows(here, select(PollVoterRow.person_id)) == []


async def test_what_is_called_off_is_forgotten_as_well(here: House) -> None:  # noqa: F811
    people = await crowd(here, 3)
    poll = await start(here, await tarik(here), ANONYMOUS)
    for voter in people:
        await choose(here, poll, voter, 1)
    assert (await here.polls.drop(poll.id, await tarik(here), LATER)).state is PollState.DROPPED
    assert await rows(here, select(PollRow.urn, PollRow.voters, PollRow.result)) == [(None, 0, None)]
    assert await rows(here, select(PollVoterRow.person_id)) == []


async def test_a_vote_tells_nobody_that_anything_changed(here: House) -> None:  # noqa: F811
    people = await crowd(here, 3)
    poll = await start(here, await tarik(here), ANONYMOUS)
    columns = (NoticeRow.kind, NoticeRow.version, NoticeRow.refresh_at)
    before = await rows(here, select(*columns)), await here.polls.shown(poll.id, LATER)
    for voter in people:
        await choose(here, poll, voter, 1)
    assert (await rows(here, select(*columns)), await here.polls.shown(poll.id, LATER)) == before


async def test_an_option_that_somebody_adds_does_not_say_who_did(here: House) -> None:  # noqa: F811
    poll = await start(here, await tarik(here), ANONYMOUS, may_add=True)
    view = await here.polls.add_option(poll.id, themes("spijbelen")[0], await roos(here), LATER, CHAT)
    assert {one.added_by_id for one in view.poll.options} == {None}


async def test_what_becomes_anonymous_forgets_who_added_what(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, may_add=True)
    await here.polls.add_option(poll.id, themes("spijbelen")[0], await roos(here), LATER, CHAT)
    changed = await here.polls.change(poll.id, {"anonymous": True}, by, LATER)
    assert {one.added_by_id for one in changed.options} == {None}


# --- final, and each once


async def test_an_anonymous_vote_is_final_and_asked_after_in_vain(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, ANONYMOUS)
    await choose(here, poll, by, 1)
    for option in (1, 2):
        with pytest.raises(AlreadyVoted):
            await choose(here, poll, by, option)
    for work in (
        here.polls.unvote(poll.id, by, LATER, CHAT),
        here.polls.votes(poll.id, by, LATER, CHAT),
        here.polls.turnout(poll.id, by, LATER, CHAT),
    ):
        with pytest.raises(AnonymousPoll):
            await work


async def test_what_was_no_vote_leaves_nobody_as_having_voted(here: House) -> None:  # noqa: F811
    by = await tarik(here)
    poll = await start(here, by, ANONYMOUS)
    option = poll.options[0].id
    wrong: list[tuple[Ballot, type[Exception]]] = [
        ({}, NotSensible),
        ({option: 2}, NotSensible),
        ({10**6: 1}, NoSuchOption),
    ]
    for ballot, why in wrong:
        with pytest.raises(why):
            await here.polls.vote(poll.id, ballot, by, LATER, CHAT)
    assert (await choose(here, poll, by, 1)).voted


async def test_all_at_once_each_vote_is_counted_once(filled: House) -> None:  # noqa: F811
    people = await crowd(filled, 12)
    poll = await start(filled, await tarik(filled), ANONYMOUS)

    async def press(voter: Viewer, option: int) -> bool:
        try:
            return (await choose(filled, poll, voter, option)).voted
        except AlreadyVoted:
            return False

    pressed = [press(voter, 1 + number % 2) for number, voter in enumerate(people) for _ in range(2)]
    assert sum(await asyncio.gather(*pressed)) == 12
    view = await filled.polls.close(poll.id, await tarik(filled), LATER)
    assert view.tally is not None
    assert standing(view.tally)[:2] == [("NAFT", 1, 6), ("internaten", 1, 6)]


# --- the urn itself


async def _voted(house: House) -> Poll:
    poll = await start(house, await tarik(house), ANONYMOUS)
    for voter in await crowd(house, 3):
        await choose(house, poll, voter, 1)
    return poll


async def _urn(house: House, poll: Poll) -> bytes:
    found: bytes = (await rows(house, select(PollRow.urn).where(PollRow.id == poll.id)))[0][0]
    return found


async def _put(house: House, poll: Poll, urn: bytes | None) -> None:
    await change(house, update(PollRow).where(PollRow.id == poll.id).values(urn=urn))


async def _is_not_opened(house: House, poll: Poll) -> None:
    """Nobody can vote or close it, and nothing changes."""
    before = await everything(house)
    with pytest.raises(NoUrn):
        await choose(house, poll, await roos(house), 1)
    with pytest.raises(NoUrn):
        await house.polls.close(poll.id, await tarik(house), LATER)
    assert await everything(house) == before


async def test_an_urn_that_was_tampered_with_is_not_counted(here: House) -> None:  # noqa: F811
    poll = await _voted(here)
    good = await _urn(here, poll)
    for bad in (None, b"", good[:-1], good[:20] + bytes([good[20] ^ 1]) + good[21:], sealed(poll.id, b"", KEY)):
        await _put(here, poll, bad)
        await _is_not_opened(here, poll)
    await _put(here, poll, good)
    assert (await here.polls.close(poll.id, await tarik(here), LATER)).tally is not None


async def test_the_urn_of_another_poll_is_not_counted(here: House) -> None:  # noqa: F811
    poll, other = await _voted(here), await start(here, await tarik(here), ANONYMOUS)
    await _put(here, other, await _urn(here, poll))
    await change(here, update(PollRow).where(PollRow.id == other.id).values(voters=3))
    await _is_not_opened(here, other)


async def test_with_another_key_nothing_is_lost_until_the_right_one_is_back(here: House) -> None:  # noqa: F811
    poll = await _voted(here)
    for key in (None, b"y" * 32):
        here.polls.keep_key(key)
        await _is_not_opened(here, poll)
    here.polls.keep_key(KEY)
    assert (await here.polls.close(poll.id, await tarik(here), LATER)).tally is not None


def test_what_is_in_an_urn_stands_in_an_order_that_tells_nothing() -> None:
    ballots = [bytes([number]) + bytes(MOST_OPTIONS - 1) for number in range(5)]
    orders = [ballots, ballots[::-1], [*ballots[2:], *ballots[:2]]]
    assert {opened(7, sealed(7, b"".join(order), KEY), KEY) for order in orders} == {b"".join(ballots)}
