"""Votes are counted exactly: each kind, ties, quorum, what nobody voted for, and what is kept of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from storage.domain.ballots import checked, packed, unpacked
from storage.domain.polls import MOST_OPTIONS, Answer, Ballot, Poll, PollKind, PollState
from storage.domain.refusals import NoSuchOption, NotSensible
from storage.domain.tallying import HIDDEN, kept, tally, tally_from
from tests.storage.polls import poll_of, standing, winners

NO, MAYBE, YES = Answer
ABC = ("NAFT", "internaten", "huiswerk")
ONE = poll_of(PollKind.SINGLE, ABC)
SOME = poll_of(PollKind.SEVERAL, ABC, most=2)
RANKED = poll_of(PollKind.RANKING, ABC)
DAYS = poll_of(PollKind.DATES, ("4/12", "11/12", "18/12"))
FELT = poll_of(PollKind.TEMPERATURE)


def test_what_most_people_chose_wins() -> None:
    found = tally(ONE, [{2: 1}, {1: 1}, {2: 1}])
    assert (winners(found), found.voters, found.tied) == (["internaten"], 3, False)
    assert standing(found) == [("internaten", 1, 2), ("NAFT", 2, 1), ("huiswerk", 3, 0)]


def test_what_as_many_chose_is_a_tie_and_stands_as_it_was_asked() -> None:
    found = tally(ONE, [{3: 1}, {1: 1}])
    assert (winners(found), found.tied) == (["NAFT", "huiswerk"], True)
    assert standing(found) == [("NAFT", 1, 1), ("huiswerk", 1, 1), ("internaten", 3, 0)]


def test_where_nobody_voted_nothing_wins() -> None:
    found = tally(ONE, [])
    assert (found.winners, found.voters, found.tied) == ((), 0, False)
    assert standing(found) == [(text, 1, 0) for text in ABC]


def test_of_several_choices_people_are_counted_and_not_their_choices() -> None:
    found = tally(SOME, [{1: 1, 2: 1}, {2: 1}])
    assert (found.voters, standing(found)) == (2, [("internaten", 1, 2), ("NAFT", 2, 1), ("huiswerk", 3, 0)])


def test_of_dates_yes_counts_first_and_then_the_fewest_noes() -> None:
    found = tally(DAYS, [{1: YES, 2: YES, 3: MAYBE}, {1: NO, 2: MAYBE, 3: MAYBE}])
    assert winners(found) == ["11/12"]
    assert [(one.option and one.option.text, one.votes, one.maybe, one.no) for one in found.counts] == [
        ("11/12", 1, 1, 0),
        ("4/12", 1, 0, 1),
        ("18/12", 0, 2, 0),
    ]


def test_a_date_of_which_somebody_says_nothing_suits_them_as_little_but_it_is_no_no() -> None:
    said = tally(DAYS, [{1: YES, 2: YES, 3: YES}, {1: YES, 2: NO}])
    assert [(one.place, one.votes, one.no) for one in said.counts] == [(1, 2, 0), (2, 1, 1), (2, 1, 0)]


def test_dates_that_suit_nobody_have_a_winner_only_where_somebody_says_maybe() -> None:
    assert winners(tally(DAYS, [{1: NO, 2: NO, 3: MAYBE}])) == ["18/12"]
    assert tally(DAYS, [{1: NO, 2: NO, 3: NO}]).winners == ()


def test_a_temperature_has_an_average_a_median_and_how_many_feel_each_degree() -> None:
    found = tally(FELT, [{1: 5}, {1: 2}, {1: 4}, {1: 4}])
    assert (found.average, found.median, found.voters, found.winners) == (3.75, 4.0, 4, ())
    assert [(one.degree, one.votes) for one in found.counts] == [(1, 0), (2, 1), (3, 0), (4, 2), (5, 1)]


def test_a_temperature_that_nobody_took_has_neither() -> None:
    found = tally(FELT, [])
    assert (found.average, found.median, found.voters) == (None, None, 0)


@pytest.mark.parametrize(("voters", "enough"), [(2, False), (3, True), (4, True)])
def test_a_quorum_is_reached_or_not(voters: int, enough: bool) -> None:
    found = tally(replace(ONE, quorum=3), [{1: 1}] * voters)
    assert (found.enough, winners(found)) == (enough, ["NAFT"])


@pytest.mark.parametrize("voters", [0, 1, 2])
def test_of_fewer_than_three_anonymous_votes_nothing_at_all_is_told(voters: int) -> None:
    assert tally(replace(ONE, anonymous=True, quorum=2), [{1: 1}] * voters) == HIDDEN


def test_three_anonymous_votes_are_counted() -> None:
    found = tally(replace(ONE, anonymous=True), [{1: 1}] * 3)
    assert (found.hidden, found.voters, winners(found)) == (False, 3, ["NAFT"])


# --- what is kept


def _random_ballot(poll: Poll, chance: Random) -> Ballot:
    ids = [one.id for one in poll.options]
    if poll.kind is PollKind.TEMPERATURE:
        return {ids[0]: chance.randint(1, 5)}
    some = chance.sample(ids, chance.randint(1, len(ids)))
    if poll.kind is PollKind.RANKING:
        return {one: place for place, one in enumerate(some, 1)}
    if poll.kind is PollKind.DATES:
        return {one: chance.randint(NO, YES) for one in some}
    return dict.fromkeys(some[: poll.most or 1], 1)


@pytest.mark.parametrize("poll", [ONE, SOME, RANKED, DAYS, FELT], ids=lambda poll: poll.kind.value)
@pytest.mark.parametrize("voters", [0, 1, 40])
def test_what_is_kept_of_a_closed_poll_is_all_of_it(poll: Poll, voters: int) -> None:
    chance = Random(f"{poll.kind}{voters}")
    found = tally(replace(poll, quorum=10), [_random_ballot(poll, chance) for _ in range(voters)])
    assert tally_from(replace(poll, quorum=10), kept(found)) == found


def test_of_what_was_hidden_only_that_is_kept() -> None:
    assert kept(HIDDEN) == {"hidden": True}
    assert tally_from(ONE, kept(HIDDEN)) == HIDDEN


# --- what a ballot may say


@pytest.mark.parametrize("poll", [ONE, SOME, RANKED, DAYS, FELT], ids=lambda poll: poll.kind.value)
def test_a_ballot_that_means_something_passes_and_comes_back_from_the_urn_as_it_was(poll: Poll) -> None:
    chance = Random(poll.kind.value)
    ballots = [checked(poll, _random_ballot(poll, chance)) for _ in range(50)]
    assert {len(packed(poll, one)) for one in ballots} == {MOST_OPTIONS}
    assert unpacked(poll, b"".join(packed(poll, one) for one in ballots)) == [
        dict(sorted(one.items())) for one in ballots
    ]


@pytest.mark.parametrize(
    ("poll", "ballot"),
    [
        (ONE, {}),
        (ONE, {1: 1, 2: 1}),
        (ONE, {1: 2}),
        (ONE, {1: 0}),
        (SOME, {1: 1, 2: 1, 3: 1}),
        (SOME, {1: 1, 2: -1}),
        (RANKED, {1: 2}),
        (RANKED, {1: 1, 2: 1}),
        (RANKED, {1: 1, 2: 3}),
        (RANKED, {1: 0, 2: 1}),
        (DAYS, {1: 4}),
        (DAYS, {1: 0}),
        (FELT, {1: 0}),
        (FELT, {1: 6}),
        (FELT, {1: 10**12}),
    ],
)
def test_a_ballot_that_means_nothing_is_refused(poll: Poll, ballot: Ballot) -> None:
    with pytest.raises(NotSensible) as refused:
        checked(poll, ballot)
    assert refused.value.field == "ballot"


@pytest.mark.parametrize("option", [0, -1, 4, 2**31, 10**30])
def test_an_option_of_another_poll_is_none_of_this_one(option: int) -> None:
    with pytest.raises(NoSuchOption):
        checked(SOME, {1: 1, option: 1})


def test_a_poll_is_open_until_its_time_whoever_comes_to_close_it() -> None:
    closes: datetime = ONE.closes_at
    assert ONE.is_open(closes - timedelta(microseconds=1))
    assert not ONE.is_open(closes)
    assert not replace(ONE, state=PollState.SCHEDULED).is_open(closes - timedelta(days=1))
