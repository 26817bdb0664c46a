"""The export of a poll, as part of a transaction: read anew whenever somebody asks for it or follows its link."""

from datetime import datetime

from storage.domain.people import Viewer
from storage.domain.poll_files import PollFile
from storage.domain.polls import Poll, PollState, Vote
from storage.domain.refusals import NotNow
from storage.services.poll_seeing import managed
from storage.services.poll_tallying import tally_of
from storage.unit_of_work import UnitOfWork


def poll_file(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime) -> PollFile:
    """All of a poll that an export may show, for who manages it. Raises NoSuchPoll, NotYours.

    NotNow of what has nothing to show: called off, not open yet, or anonymous and open or with too few votes.
    """
    poll = managed(unit, poll_id, viewer, now, lock=False)
    if poll.state not in _SHOWN or (poll.anonymous and poll.state is not PollState.CLOSED):
        raise NotNow
    tally = tally_of(unit, poll)
    if tally.hidden:
        raise NotNow
    return PollFile(poll, tally, () if poll.anonymous else _votes(unit, poll))


_SHOWN = frozenset({PollState.OPEN, PollState.CLOSED})


def _votes(unit: UnitOfWork, poll: Poll) -> tuple[Vote, ...]:
    """Who chose what, by name. Who is gone from the network is in no list of names."""
    found = unit.polls.votes(poll.id)
    people = {one.id: one for one in unit.people.by_ids([vote.person_id for vote in found])}
    votes = [Vote(people[one.person_id], one.ballot, one.at) for one in found if one.person_id in people]
    return tuple(sorted(votes, key=lambda one: (one.person.name.casefold(), one.person.id)))
