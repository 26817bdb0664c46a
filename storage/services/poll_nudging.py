"""Reminding who did not vote yet, once, and choosing once more between what was equal."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.domain.calendar import SendingHours
from storage.domain.new_polls import as_new
from storage.domain.notices import POSTING_CHANNEL, place_of
from storage.domain.people import Viewer
from storage.domain.places import base_of
from storage.domain.poll_times import local_at, run_off_closing
from storage.domain.polls import FEWEST_OPTIONS, NewPoll, Option, Poll, PollKind, PollState, Whom
from storage.domain.refusals import AlreadyNudged, AnonymousPoll, NobodyToTell, NotNow, NotSensible, PollClosed
from storage.services.points_held import known
from storage.services.poll_creating import made
from storage.services.poll_means import PollMeans
from storage.services.poll_opening import open_now
from storage.services.poll_seeing import managed
from storage.services.poll_tallying import tally_of
from storage.services.poll_told import follow, plan_nudges
from storage.unit_of_work import UnitOfWork

RUN_OFF = "run_off"
"""Under which a poll keeps the id of its run-off."""


def nudged(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime, hours: SendingHours) -> int:
    """Remind those who may vote and did not; how many that are. See `Polls.nudge` for what it raises."""
    poll = managed(unit, poll_id, viewer, now)
    if poll.anonymous:
        raise AnonymousPoll
    if not poll.is_open(now):
        raise PollClosed
    if poll.nudged_at is not None:
        raise AlreadyNudged
    by_id = known(viewer).id
    voted = {one.person_id for one in unit.polls.votes(poll_id)}
    missing = unit.polls.people(poll_id) - voted - {by_id}
    if not missing:
        raise NobodyToTell
    unit.polls.write(poll_id, nudged_at=now)
    return plan_nudges(unit, poll, missing, by_id, now, hours)


def run_off(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime, means: PollMeans) -> Poll:
    """Let the same people choose between what was equal; asked twice it is the same one.

    See `Polls.run_off` for what it raises.
    """
    poll = managed(unit, poll_id, viewer, now)
    before = unit.polls.by_ids([poll.applied.get(RUN_OFF, 0)])
    if before:
        return next(iter(before.values()))
    winners = tally_of(unit, poll, means.secret).winners if poll.state is PollState.CLOSED else ()
    if len(winners) < FEWEST_OPTIONS:
        raise NotNow
    new = replace(_to_whom(unit, poll), **_asked_once_more(poll, _to_come(poll, winners, now), now))
    second = made(unit, new, known(viewer).id, now, means.secret, run_off_of_id=poll.id)
    open_now(unit, second, now, means.hours)
    unit.polls.write(poll.id, applied={**poll.applied, RUN_OFF: second.id})
    follow(unit, poll.id, now)
    return unit.polls.by_ids([second.id])[second.id]


def _to_come(poll: Poll, winners: Sequence[Option], now: datetime) -> Sequence[Option]:
    """What can still be chosen. Raises NotSensible("options") where of the days too few are left."""
    local = local_at(now, poll.timezone)
    left = [one for one in winners if one.day is None or (one.day, one.starts or local) >= (local.date(), local)]
    if len(left) < FEWEST_OPTIONS:
        raise NotSensible("options")
    return left


def free_run_off(unit: UnitOfWork, poll: Poll, now: datetime) -> None:
    """Let another run-off be asked instead of this poll, which was called off."""
    first = unit.polls.locked(poll.run_off_of_id or 0)
    if first is not None and first.applied.get(RUN_OFF) == poll.id:
        applied = {name: one for name, one in first.applied.items() if name != RUN_OFF}
        unit.polls.write(first.id, applied=applied)
        follow(unit, first.id, now)


def _to_whom(unit: UnitOfWork, poll: Poll) -> NewPoll:
    """The same question to the same people, in the same place."""
    kind = PollKind.DATES if poll.kind is PollKind.DATES else PollKind.SINGLE
    asked = NewPoll(kind, poll.question, meeting_id=poll.meeting_id, tenant_id=poll.tenant_id)
    if poll.in_person:
        return replace(asked, whom=Whom.PEOPLE, people=tuple(sorted(unit.polls.people(poll.id))))
    card, channel = unit.poll_times.card(poll.id), unit.places.posting()
    if poll.target != POSTING_CHANNEL:
        return replace(asked, whom=Whom.HERE, conversation_id=place_of(poll.target) or "")
    if card is None or (channel is not None and base_of(card.conversation_id) == channel.conversation_id):
        return replace(asked, whom=Whom.CHANNEL)
    return replace(asked, whom=Whom.HERE, conversation_id=base_of(card.conversation_id))  # the bot posts elsewhere now


def _asked_once_more(poll: Poll, winners: Sequence[Option], now: datetime) -> dict[str, Any]:
    return {
        "options": tuple(as_new(one) for one in winners),
        "anonymous": poll.anonymous,
        "shown": poll.shown,
        "quorum": poll.quorum,
        "closes": run_off_closing(local_at(now, poll.timezone)),
    }
