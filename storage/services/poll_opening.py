"""Opening a planned poll, in the transaction that decides on it."""

from datetime import datetime

from storage.domain.calendar import SendingHours
from storage.domain.poll_times import closing, counts_from, local_at, moment
from storage.domain.polls import Poll, PollState
from storage.services.poll_creating import ask_anew
from storage.services.poll_told import plan_cards, plan_missed
from storage.unit_of_work import UnitOfWork


def open_now(unit: UnitOfWork, poll: Poll, now: datetime, hours: SendingHours) -> None:
    """Open a planned poll, which must be locked. What had to be closed by now is dropped, and its starter told.

    Where nobody said until when it runs as long as it would have, from when it really opens. It asks those whom it
    would ask if it was started now.
    """
    if poll.state is not PollState.SCHEDULED:
        return
    if poll.closes_set and poll.closes_at <= now:
        unit.polls.write(poll.id, state=PollState.DROPPED.value, closed_at=now, version=poll.version + 1, urn=None)
        plan_missed(unit, poll, now)
        return
    columns = {"state": PollState.OPEN.value, "opened_at": now, "version": poll.version + 1}
    if not poll.closes_set:
        closes = _closes(poll, now)
        columns |= {"closes_local": closes, "closes_at": moment(closes, poll.timezone)}
    unit.polls.write(poll.id, **columns)
    if poll.created_at is not None and poll.created_at < poll.opens_at:
        ask_anew(unit, poll)
    opened = unit.polls.by_ids([poll.id])[poll.id]
    plan_cards(unit, opened, now, hours)


def _closes(poll: Poll, now: datetime) -> datetime:
    """When a poll closes of which nobody said until when: naive and local."""
    planned = local_at(poll.opens_at, poll.timezone)
    days = (poll.closes_local.date() - planned.date()).days
    return closing(counts_from(planned, local_at(now, poll.timezone)), days)
