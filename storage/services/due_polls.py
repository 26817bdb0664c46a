"""What is due about polls, each by itself: closing and opening one, looked at again with it locked."""

from datetime import datetime

from storage.domain.polls import PollState
from storage.services.poll_closing import close_now
from storage.services.poll_opening import open_now
from storage.unit_of_work import UnitOfWork


def close_due(unit: UnitOfWork, poll_id: int, now: datetime, secret: bytes | None) -> int:
    """Close a poll whose time is over; how many were. Raises NoUrn."""
    poll = unit.polls.locked(poll_id)
    if poll is None or poll.state is not PollState.OPEN or poll.is_open(now):
        return 0
    close_now(unit, poll, now, secret)
    return 1


def open_due(unit: UnitOfWork, poll_id: int, now: datetime, _secret: bytes | None) -> int:
    """Open a planned poll whose time has come; how many were."""
    poll = unit.polls.locked(poll_id)
    if poll is None or poll.state is not PollState.SCHEDULED or poll.opens_at > now:
        return 0
    open_now(unit, poll, now)
    return 1
