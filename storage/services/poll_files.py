"""The export of a poll, as part of a transaction: read anew whenever somebody asks for it or follows its link."""

from collections.abc import Iterable
from datetime import datetime

from storage.domain.people import Viewer
from storage.domain.poll_files import PollFile
from storage.domain.polls import Vote
from storage.domain.refusals import NotNow
from storage.services.poll_reading import sees_tally, votes
from storage.services.poll_seeing import Asking, around, managed
from storage.services.poll_tallying import tally_of
from storage.unit_of_work import UnitOfWork


def poll_file(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime) -> PollFile:
    """All of a poll that an export may show, for who manages it. Raises NoSuchPoll, NotYours.

    NotNow of what has nothing to show: called off, not open yet, of which this viewer may not see (yet) how it stands,
    or anonymous with too few votes.
    """
    poll = managed(unit, poll_id, viewer, now, lock=False)
    voted = around(unit, [poll], Asking(viewer, now)).has_voted(poll)
    if not sees_tally(poll, now, voted):
        raise NotNow
    tally = tally_of(unit, poll)
    if tally.hidden:
        raise NotNow
    return PollFile(poll, tally, () if poll.anonymous else _by_name(votes(unit, poll_id, Asking(viewer, now))))


def _by_name(found: Iterable[Vote]) -> tuple[Vote, ...]:
    return tuple(sorted(found, key=lambda one: (one.person.name.casefold(), one.person.id)))
