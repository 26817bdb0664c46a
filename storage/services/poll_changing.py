"""What those who manage a poll do with it while it runs: other settings, an end, and calling it off."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from storage.domain.new_polls import most_of, must_close_well, question_of, quorum_of
from storage.domain.notices import NoticeState
from storage.domain.people import Viewer
from storage.domain.poll_times import local_at, moment
from storage.domain.polls import POLL, POLL_NUDGE, Poll, PollKind, PollState, Shown
from storage.domain.refusals import HasVotes, NotNow, NotSensible, NoUrn, PollClosed
from storage.services.gate import Chosen, check
from storage.services.poll_closing import close_now
from storage.services.poll_nudging import free_run_off
from storage.services.poll_seeing import managed
from storage.services.poll_tallying import tally_of
from storage.services.poll_told import follow
from storage.services.urns import sealed
from storage.unit_of_work import UnitOfWork

NOT_ONCE_VOTED = frozenset({"question", "most", "anonymous"})
"""What changes no more once somebody voted: they answered what was asked, as it was asked.

Of an anonymous poll not once it opened: who looks at a card that still says that it is anonymous would vote by name.
"""


def change(
    unit: UnitOfWork,
    poll_id: int,
    values: Mapping[str, Any],
    viewer: Viewer,
    now: datetime,
    secret: bytes | None,
    chosen: Chosen = False,
) -> Poll:
    """Other settings. See `Polls.change`."""
    poll = managed(unit, poll_id, viewer, now)
    if poll.state is not PollState.SCHEDULED and not poll.is_open(now):
        raise PollClosed
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= _column(poll, name, value, now)
    changed = {name for name in NOT_ONCE_VOTED & columns.keys() if columns[name] != getattr(poll, name)}
    if changed and poll.anonymous and poll.opened_at is not None:
        raise NotSensible("anonymous" if "anonymous" in changed else "opened")  # whether anybody voted is not told
    if changed and poll.voters:
        raise HasVotes
    if "question" in changed:
        check(unit, columns["question"], "question", chosen=chosen)
    columns |= _of_anonymity(poll, columns, secret)
    if columns.get("urn"):
        unit.polls.forget_authors(poll.id)
    unit.polls.write(poll.id, **columns, version=poll.version + 1)
    unit.notices.changed(POLL, str(poll.id), now)
    return unit.polls.by_ids([poll.id])[poll.id]


def _column(poll: Poll, name: str, value: Any, now: datetime) -> dict[str, Any]:
    """The columns of one setting. Raises NotSensible(name), NothingSaid, TooLong."""
    if name == "closes":
        return _closing(poll, value, now)
    read = _READ.get(name)
    if read is None or (name == "most" and poll.kind is not PollKind.SEVERAL):
        raise NotSensible(name)
    if name == "may_add" and poll.kind is PollKind.TEMPERATURE:
        raise NotSensible(name)
    return {name: read(value)}


_READ: Mapping[str, Callable[[Any], Any]] = {
    "question": question_of,
    "most": most_of,
    "quorum": quorum_of,
    "may_add": bool,
    "anonymous": bool,
    "shown": lambda value: _shown(value).value,
}


def _shown(value: Any) -> Shown:
    if value not in frozenset(Shown):
        raise NotSensible("shown")
    return Shown(value)


def _closing(poll: Poll, closes: datetime, now: datetime) -> dict[str, Any]:
    opens_at = max(poll.opens_at, now)
    must_close_well(local_at(opens_at, poll.timezone), opens_at, closes, poll.timezone)
    return {"closes_local": closes, "closes_at": moment(closes, poll.timezone), "closes_set": True}


def _of_anonymity(poll: Poll, columns: Mapping[str, Any], secret: bytes | None) -> dict[str, Any]:
    """What else follows: of an anonymous poll nothing is shown before it closed, and it has an urn.

    Raises NoUrn and NotSensible("shown").
    """
    anonymous = columns.get("anonymous", poll.anonymous)
    if not anonymous:
        return {"urn": None} if poll.anonymous else {}
    if columns.get("shown", Shown.AFTER_CLOSING) != Shown.AFTER_CLOSING:
        raise NotSensible("shown")
    urn = {} if poll.anonymous else {"urn": sealed(poll.id, b"", secret)}
    return {"shown": Shown.AFTER_CLOSING.value, **urn}


def close(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime, secret: bytes | None) -> None:
    """It ends now; twice is once. See `Polls.close`."""
    poll = managed(unit, poll_id, viewer, now)
    if poll.state is PollState.SCHEDULED:
        raise NotNow
    if poll.state is PollState.DROPPED:
        raise PollClosed
    if poll.state is PollState.OPEN:
        close_now(unit, poll, now, secret, viewer.person.id if viewer.person else None)


def _has_result(unit: UnitOfWork, poll: Poll, now: datetime, secret: bytes | None) -> bool:
    """Whether it is closed, or over and soon counted. What can't be unsealed never is: that may be called off."""
    if poll.state is not PollState.OPEN or poll.is_open(now):
        return poll.state is PollState.CLOSED
    try:
        tally_of(unit, poll, secret)
    except NoUrn:
        return False
    return True


def drop(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime, secret: bytes | None) -> Poll:
    """It is called off; twice is once. See `Polls.drop`."""
    poll = managed(unit, poll_id, viewer, now)
    if _has_result(unit, poll, now, secret):
        raise PollClosed
    if poll.state is not PollState.DROPPED:
        dropped = {
            "state": PollState.DROPPED.value,
            "closed_at": now,
            "closed_by_id": viewer.person and viewer.person.id,
        }
        voters = 0 if poll.anonymous else poll.voters
        unit.polls.write(poll.id, **dropped, urn=None, voters=voters, version=poll.version + 1)
        unit.polls.forget_voters(poll.id)
        for kind in (POLL, POLL_NUDGE):
            unit.notices.move(kind, str(poll.id), (NoticeState.READY, NoticeState.HELD), NoticeState.CANCELLED)
        follow(unit, poll.id, now)
        free_run_off(unit, poll, now)
    return unit.polls.by_ids([poll.id])[poll.id]
