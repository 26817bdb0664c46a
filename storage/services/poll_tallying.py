"""How a poll stands, in a transaction: from what was kept at its end, from its votes, or from its urn."""

from storage.domain.polls import Poll, PollState, Tally
from storage.domain.tallying import tally, tally_from
from storage.services.urns import emptied
from storage.unit_of_work import UnitOfWork


def tally_of(unit: UnitOfWork, poll: Poll, secret: bytes | None = None) -> Tally:
    """The tally of one poll. Raises NoUrn for an anonymous one that is open, without its secret."""
    result = unit.polls.results([poll.id]).get(poll.id) if poll.state is PollState.CLOSED else None
    if result is not None:
        return tally_from(poll, result)
    if poll.anonymous:
        return tally(poll, emptied(unit, poll, secret))
    return tally(poll, unit.polls.ballots([poll.id]).get(poll.id, []))
