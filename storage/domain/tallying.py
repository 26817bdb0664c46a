"""How a poll stands: the votes for each option, which are first, and what is kept of that once it closed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from storage.domain.polls import (
    FEWEST_SHOWN,
    HIGHEST,
    LOWEST,
    Answer,
    Ballot,
    Count,
    Option,
    Poll,
    PollKind,
    Tally,
)
from storage.domain.schulze import beaten

HIDDEN = Tally(0, hidden=True)
"""Of an anonymous poll with too few votes nothing is known, not even how few."""


def tally(poll: Poll, ballots: Collection[Ballot]) -> Tally:
    """How a poll stands with these ballots, the best options first; what is equal in the order that they stand in."""
    if poll.anonymous and len(ballots) < FEWEST_SHOWN:
        return HIDDEN
    enough = poll.quorum is None or len(ballots) >= poll.quorum
    if poll.kind is PollKind.TEMPERATURE:
        return replace(_temperature([value for one in ballots for value in one.values()]), enough=enough)
    counts = _COUNTED.get(poll.kind, _chosen)(poll.options, ballots)
    return Tally(len(ballots), counts, _winners(poll, len(ballots), counts), enough=enough)


def _winners(poll: Poll, voters: int, counts: Iterable[Count]) -> tuple[Option, ...]:
    """What is first, where anybody voted; but never a date on which nobody can come."""
    first = (one for one in counts if voters and one.place == 1)
    suits = (one for one in first if poll.kind is not PollKind.DATES or one.votes or one.maybe)
    return tuple(one.option for one in suits if one.option is not None)


def _chosen(options: Sequence[Option], ballots: Collection[Ballot]) -> tuple[Count, ...]:
    """By how many chose each."""
    votes = Counter(option_id for one in ballots for option_id in one)
    return _placed((Count(one, votes[one.id]), (votes[one.id],)) for one in options)


def _dates(options: Sequence[Option], ballots: Collection[Ballot]) -> tuple[Count, ...]:
    """By how many said yes, then by how many may come: who said nothing yet can not, though they did not say no."""
    said = Counter(answer for one in ballots for answer in one.items())
    found = []
    for one in options:
        yes, maybe, no = (said[one.id, answer] for answer in (Answer.YES, Answer.MAYBE, Answer.NO))
        found.append((Count(one, yes, maybe=maybe, no=no), (yes, maybe)))
    return _placed(found)


def _ranked(options: Sequence[Option], ballots: Collection[Ballot]) -> tuple[Count, ...]:
    """By Schulze: an option's place is behind all that win from it."""
    wins = beaten([one.id for one in options], ballots)
    lost = Counter(loser for losers in wins.values() for loser in losers)
    first = Counter(option_id for one in ballots for option_id, place in one.items() if place == 1)
    found = (Count(one, len(wins[one.id]), 1 + lost[one.id], first=first[one.id]) for one in options)
    return tuple(sorted(found, key=lambda count: (count.place, -count.votes)))


_COUNTED = {PollKind.DATES: _dates, PollKind.RANKING: _ranked}


def _placed(scored: Iterable[tuple[Count, tuple[int, ...]]]) -> tuple[Count, ...]:
    """The counts by their scores, the highest first, each with its place."""
    ordered = sorted(scored, key=lambda one: one[1], reverse=True)
    scores = [score for _, score in ordered]
    return tuple(replace(count, place=scores.index(score) + 1) for count, score in ordered)


def _temperature(degrees: Sequence[int]) -> Tally:
    felt = Counter(degrees)
    counts = tuple(Count(None, felt[degree], degree=degree) for degree in range(LOWEST, HIGHEST + 1))
    if not degrees:
        return Tally(0, counts)
    return Tally(len(degrees), counts, average=sum(degrees) / len(degrees), median=float(median(degrees)))


# --- what is kept

_NUMBERS = ("votes", "place", "maybe", "no", "degree", "first")


def kept(found: Tally) -> dict[str, Any]:
    """A tally as it is kept with a closed poll."""
    if found.hidden:
        return {"hidden": True}
    counts = [
        {"option": one.option.id if one.option else None} | {name: getattr(one, name) for name in _NUMBERS}
        for one in found.counts
    ]
    return {"voters": found.voters, "counts": counts, "average": found.average, "median": found.median}


def tally_from(poll: Poll, result: Mapping[str, Any]) -> Tally:
    """The tally that was kept."""
    if result.get("hidden"):
        return HIDDEN
    counts = tuple(_count(poll, one) for one in result["counts"])
    voters: int = result["voters"]
    return Tally(
        voters,
        counts,
        _winners(poll, voters, counts),
        result["average"],
        result["median"],
        enough=poll.quorum is None or voters >= poll.quorum,
    )


def _count(poll: Poll, one: Mapping[str, Any]) -> Count:
    option = poll.option(one["option"]) if one["option"] is not None else None
    return Count(option, **{name: one.get(name, 0) for name in _NUMBERS})
