"""Rankings are counted as Schulze's method says: published examples, and what must hold for every election.

Four are M. Schulze's own ("Schulze method examples", his page on Wikipedia; the first stands in the article "Schulze
method" as well, the one of 21 voters in "The Schulze Method of Voting", arXiv:1804.02973, section 3.1); the capital of
Tennessee stands in Wikipedia's "Condorcet method".
"""

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.domain.polls import Ballot, PollKind
from storage.domain.schulze import beaten, preferences
from storage.domain.tallying import tally
from tests.storage.polls import ballots_of, poll_of, standing, winners

WIKIPEDIA = {"ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8}
SECOND = {"ACBD": 5, "ACDB": 2, "ADCB": 3, "BACD": 4, "CBDA": 3, "CDBA": 3, "DACB": 1, "DBAC": 5, "DCBA": 4}
THIRD = {"ABDEC": 3, "ADEBC": 5, "ADECB": 1, "BADEC": 2, "BDECA": 2, "CABDE": 4, "CBADE": 6, "DBECA": 2, "DECAB": 5}
PAPER = {"ACDB": 8, "BADC": 2, "CDBA": 4, "DBAC": 4, "DCBA": 3}
TIED = {"ABCD": 3, "DABC": 2, "DBCA": 2, "CBDA": 2}
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}
"""Memphis, Nashville, Chattanooga and Knoxville, by how far each of them lives from the others."""

MOST = 5


@pytest.mark.parametrize(
    ("election", "order"),
    [(WIKIPEDIA, "EACBD"), (SECOND, "DACB"), (THIRD, "BADEC"), (PAPER, "DACB"), (TENNESSEE, "NCKM")],
)
def test_published_examples_come_out_as_they_are_published(election: dict[str, int], order: str) -> None:
    names = "".join(sorted(order))
    found = tally(poll_of(PollKind.RANKING, names), ballots_of(election, names))
    assert standing(found) == [(one, place, len(order) - place) for place, one in enumerate(order, 1)]
    assert (winners(found), found.voters) == ([order[0]], sum(election.values()))


def test_the_pairwise_counts_are_those_that_are_published() -> None:
    counts = preferences(range(1, 6), ballots_of(WIKIPEDIA, "ABCDE"))
    published = {
        "A": (0, 20, 26, 30, 22),
        "B": (25, 0, 16, 33, 18),
        "C": (19, 29, 0, 17, 24),
        "D": (15, 12, 28, 0, 14),
        "E": (23, 27, 21, 31, 0),
    }
    ids = {one: place for place, one in enumerate(published, 1)}
    assert {(one, other): counts[ids[one], ids[other]] for one, other in permutations(published, 2)} == {
        (one, other): row[ids[other] - 1] for one, row in published.items() for other in published if other != one
    }


def test_who_can_not_be_told_apart_are_both_first() -> None:
    found = tally(poll_of(PollKind.RANKING, "ABCD"), ballots_of(TIED, "ABCD"))
    assert (winners(found), found.tied) == (["B", "D"], True)


def test_what_is_not_ranked_stands_equal_behind_all_that_is() -> None:
    found = tally(poll_of(PollKind.RANKING, "ABC"), [{2: 1}, {2: 1}, {1: 1, 3: 2}])
    assert standing(found) == [("B", 1, 2), ("A", 2, 1), ("C", 3, 0)]
    assert [one.first for one in found.counts] == [2, 1, 0]


def test_nobody_ranked_anything() -> None:
    found = tally(poll_of(PollKind.RANKING, "AB"), [])
    assert (found.voters, found.winners, standing(found)) == (0, (), [("A", 1, 0), ("B", 1, 0)])


# --- what holds for every election


@st.composite
def elections(draw: st.DrawFn) -> tuple[int, list[Ballot]]:
    """Some candidates, from 1, and rankings of as many of them as each voter cared for."""
    count = draw(st.integers(2, MOST))
    orders = draw(st.lists(st.permutations(range(1, count + 1)), min_size=1, max_size=12))
    lengths = draw(st.lists(st.integers(1, count), min_size=len(orders), max_size=len(orders)))
    return count, [
        {one: place for place, one in enumerate(order[:length], 1)}
        for order, length in zip(orders, lengths, strict=True)
    ]


def _widest(count: int, ballots: list[Ballot]) -> dict[tuple[int, int], int]:
    """The strongest paths by looking at every path there is."""
    rank = [{one: ballot.get(one, count + 1) for one in range(1, count + 1)} for ballot in ballots]
    prefer = {pair: sum(one[pair[0]] < one[pair[1]] for one in rank) for pair in permutations(range(1, count + 1), 2)}
    link = {(one, two): many if many > prefer[two, one] else 0 for (one, two), many in prefer.items()}
    widest = dict.fromkeys(link, 0)
    for length in range(2, count + 1):
        for path in permutations(range(1, count + 1), length):
            ends = path[0], path[-1]
            widest[ends] = max(widest[ends], min(link[step] for step in pairwise(path)))
    return widest


@settings(max_examples=30, deadline=None)
@given(elections())
def test_it_agrees_with_a_search_through_all_paths(election: tuple[int, list[Ballot]]) -> None:
    count, ballots = election
    widest = _widest(count, ballots)
    everybody = range(1, count + 1)
    expected = {
        one: frozenset(two for two in everybody if two != one and widest[one, two] > widest[two, one])
        for one in everybody
    }
    assert beaten(everybody, ballots) == expected


@settings(max_examples=30, deadline=None)
@given(elections(), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_candidates_changes_nothing(
    election: tuple[int, list[Ballot]], chance: object
) -> None:
    count, ballots = election
    candidates = list(range(1, count + 1))
    before = beaten(candidates, ballots)
    chance.shuffle(candidates)
    chance.shuffle(ballots)
    assert beaten(candidates, ballots) == before


@settings(max_examples=30, deadline=None)
@given(elections())
def test_who_wins_from_each_other_one_is_the_winner(election: tuple[int, list[Ballot]]) -> None:
    count, ballots = election
    counts = preferences(range(1, count + 1), ballots)
    beats_all = [
        one for one in range(1, count + 1)
        if all(counts[one, two] > counts[two, one] for two in range(1, count + 1) if two != one)
    ]  # fmt: skip
    found = tally(poll_of(PollKind.RANKING, "ABCDE"[:count]), ballots)
    assert not beats_all or [one.id for one in found.winners] == beats_all
    assert found.winners
