"""What is due about polls, each by itself: closing and opening one, looked at again with it locked."""

import logging
from datetime import datetime

from storage.domain.polls import Poll, PollState
from storage.domain.refusals import NoUrn
from storage.services.poll_closing import close_now
from storage.services.poll_means import PollMeans
from storage.services.poll_opening import open_now
from storage.services.poll_told import plan_sealed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


def close_due(unit: UnitOfWork, poll_id: int, now: datetime, means: PollMeans) -> int:
    """Close a poll whose time is over; how many were. One whose key is gone stays as it is, and who runs it hears it.

    They may call it off; it closes as soon as its key is back.
    """
    poll = unit.polls.locked(poll_id)
    if poll is None or poll.state is not PollState.OPEN or poll.is_open(now):
        return 0
    try:
        close_now(unit, poll, now, means.secret)
    except NoUrn:  # before anything was written
        if plan_sealed(unit, poll, now):
            log.warning("poll %d not closed: its votes can't be unsealed", poll.id)
        return 0
    return 1


def open_due(unit: UnitOfWork, poll_id: int, now: datetime, means: PollMeans) -> int:
    """Open a planned poll whose time has come; how many were."""
    poll = unit.polls.locked(poll_id)
    if poll is None or poll.state is not PollState.SCHEDULED or poll.opens_at > now:
        return 0
    if _is_overtaken(unit, poll, now):
        gone = {"state": PollState.DROPPED.value, "closed_at": now, "urn": None}
        unit.polls.write(poll.id, **gone, version=poll.version + 1)
        return 1
    open_now(unit, poll, now, means.hours)
    return 1


def _is_overtaken(unit: UnitOfWork, poll: Poll, now: datetime) -> bool:
    """Whether the next one of its series is due as well, after downtime: then only that is asked."""
    series = unit.poll_times.locked_series(poll.series_id) if poll.series_id is not None else None
    return series is not None and series.next_at is not None and series.next_at <= now
