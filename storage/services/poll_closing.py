"""Closing a poll, in one transaction: its result, what becomes of its votes, and who hears of it."""

from datetime import datetime

from storage.domain.polls import Poll, PollState
from storage.domain.tallying import kept
from storage.services.poll_lines import tell_in_report
from storage.services.poll_tallying import tally_of
from storage.services.poll_told import follow, plan_done, plan_result
from storage.unit_of_work import UnitOfWork


def close_now(unit: UnitOfWork, poll: Poll, now: datetime, secret: bytes | None, by_id: int | None = None) -> None:
    """Close an open poll, which must be locked: what closed before stays as it is. Raises NoUrn.

    Of an anonymous one the counts are kept and nothing else: not who voted; of too few votes not even how many.
    """
    if poll.state is not PollState.OPEN:
        return
    tally = tally_of(unit, poll, secret)
    columns = {"state": PollState.CLOSED.value, "closed_at": now, "closed_by_id": by_id, "result": kept(tally)}
    if poll.anonymous:
        columns |= {"urn": None, "voters": tally.voters}
        unit.polls.forget_voters(poll.id)
    unit.polls.write(poll.id, version=poll.version + 1, **columns)
    closed = unit.polls.by_ids([poll.id])[poll.id]
    follow(unit, poll.id, now)
    plan_result(unit, closed, now, by_id)
    plan_done(unit, closed, tally, now, by_id)
    tell_in_report(unit, closed, now)
