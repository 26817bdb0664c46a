"""Ballots: which ones mean something in a poll, and how an anonymous one is written so that all look alike."""

from storage.domain.polls import HIGHEST, LOWEST, MOST_OPTIONS, Answer, Ballot, Poll, PollKind
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
