"""The Schulze method: who wins when people put options in order of preference.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011), 267-303. A path from A to B is as strong as its weakest link; a link is
the number of people who prefer the one to the other, where they are more than those who prefer it the other way round
("winning votes"). A wins from B when the strongest path from A to B is stronger than the strongest one back. What
somebody did not rank is for them equal, and after all that they did.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import permutations

from storage.domain.polls import Ballot

Pair = tuple[int, int]


def beaten(candidates: Sequence[int], ballots: Collection[Ballot]) -> dict[int, frozenset[int]]:
    """From which others each candidate wins. A ballot maps candidates to their place, 1 for the first."""
    strongest = _strongest_paths(candidates, preferences(candidates, ballots))
    return {
        one: frozenset(other for other in candidates if other != one and strongest[one, other] > strongest[other, one])
        for one in candidates
    }


def preferences(candidates: Sequence[int], ballots: Collection[Ballot]) -> dict[Pair, int]:
    """How many prefer one candidate to another, for each pair.

    The counts of one candidate against all others are the digits of one whole number, so that a ballot takes one
    addition for each candidate on it and not one for each pair.
    """
    width = len(ballots).bit_length() + 1
    digit = {one: 1 << (place * width) for place, one in enumerate(candidates)}
    everybody = sum(digit.values())
    counts = dict.fromkeys(candidates, 0)
    for ballot in ballots:
        behind = everybody
        for one in sorted(ballot, key=ballot.__getitem__):
            behind -= digit[one]
            counts[one] += behind
    mask = (1 << width) - 1
    places = {one: place * width for place, one in enumerate(candidates)}
    return {(one, other): counts[one] >> places[other] & mask for one, other in permutations(candidates, 2)}


def _strongest_paths(candidates: Sequence[int], preferred: Mapping[Pair, int]) -> dict[Pair, int]:
    """The strength of the strongest path between each pair (Floyd and Warshall)."""
    paths = {(one, two): many if many > preferred[two, one] else 0 for (one, two), many in preferred.items()}
    for by in candidates:
        for one, other in permutations([each for each in candidates if each != by], 2):
            paths[one, other] = max(paths[one, other], min(paths[one, by], paths[by, other]))
    return paths
