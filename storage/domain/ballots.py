"""Ballots: which ones mean something, how one changes by a mark, and how an anonymous one looks like any other."""

from storage.domain.polls import (
    HIGHEST,
    LOWEST,
    MOST_OPTIONS,
    NEXT_PLACE,
    UNSAID,
    Answer,
    Ballot,
    Poll,
    PollKind,
)
from storage.domain.refusals import NoSuchOption, NotSensible

_CHOSEN = 1


def checked(poll: Poll, ballot: Ballot) -> Ballot:
    """The ballot, when it is one of this poll.

    Raises NoSuchOption, and NotSensible("ballot") for an empty one, one with too much, an order with gaps or one with
    values that mean nothing.
    """
    if any(poll.option(option_id) is None for option_id in ballot):
        raise NoSuchOption
    if not ballot or not _means_something(poll, sorted(ballot.values())):
        raise NotSensible("ballot")
    return dict(ballot)


def _means_something(poll: Poll, values: list[int]) -> bool:
    if poll.kind is PollKind.RANKING:
        return values == list(range(1, len(values) + 1))
    if poll.kind is PollKind.DATES:
        return all(value in tuple(Answer) for value in values)
    if poll.kind is PollKind.TEMPERATURE:
        return LOWEST <= values[0] <= HIGHEST
    most = 1 if poll.kind is PollKind.SINGLE else poll.most or MOST_OPTIONS
    return len(values) <= most and all(value == _CHOSEN for value in values)


def marked(poll: Poll, mine: Ballot, option_id: int, value: int) -> Ballot:
    """One's own ballot after a mark on one option; see `Polls.mark`. The same mark once more changes nothing.

    Raises NoSuchOption, NotSensible("most") for one choice too many, NotSensible("ballot") for what means nothing.
    """
    if poll.option(option_id) is None:
        raise NoSuchOption
    if poll.kind is PollKind.RANKING and value in {NEXT_PLACE, UNSAID}:
        return _ranked(mine, option_id, value)
    if poll.kind is PollKind.SEVERAL and value == UNSAID:
        return _without(mine, option_id)
    if poll.kind is PollKind.SEVERAL and value == _CHOSEN:
        if len({*mine, option_id}) > (poll.most or MOST_OPTIONS):
            raise NotSensible("most")
        return checked(poll, {**mine, option_id: _CHOSEN})
    if poll.kind is PollKind.DATES:
        return checked(poll, {**mine, option_id: value})
    raise NotSensible("ballot")


def _ranked(mine: Ballot, option_id: int, value: int) -> Ballot:
    """On the next free place, or taken out: then what comes after it moves up."""
    if value == UNSAID:
        order = sorted(_without(mine, option_id), key=lambda one: mine[one])
        return {one: place for place, one in enumerate(order, 1)}
    return {**mine, option_id: mine.get(option_id, len(mine) + 1)}


def _without(mine: Ballot, option_id: int) -> dict[int, int]:
    return {one: value for one, value in mine.items() if one != option_id}


def packed(poll: Poll, ballot: Ballot) -> bytes:
    """A ballot as MOST_OPTIONS bytes, one for the option on each position: every ballot is as long as any other."""
    places = {one.id: one.position - 1 for one in poll.options}
    written = bytearray(MOST_OPTIONS)
    for option_id, value in ballot.items():
        written[places[option_id]] = value
    return bytes(written)


def unpacked(poll: Poll, written: bytes) -> list[Ballot]:
    """The ballots in what was packed one after the other."""
    ids = {one.position - 1: one.id for one in poll.options}
    rows = (written[at : at + MOST_OPTIONS] for at in range(0, len(written), MOST_OPTIONS))
    return [{ids[place]: value for place, value in enumerate(row) if value} for row in rows]
