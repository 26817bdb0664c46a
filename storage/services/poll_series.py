"""Polls that come back: starting a series, asking the next one when its time has come, and ending it."""

import logging
from datetime import date, datetime, timedelta

from storage.domain.notices import POSTING_CHANNEL, to_place
from storage.domain.people import Role, Viewer
from storage.domain.poll_series import Series, as_json, as_template
from storage.domain.poll_times import closing, moment, newest_missed, next_on
from storage.domain.polls import PEOPLE, NewPoll, PollKind, Whom
from storage.domain.refusals import NobodyToTell, NoChannelChosen, NotNow, NotSensible
from storage.services.poll_creating import made
from storage.services.poll_means import PollMeans
from storage.services.poll_opening import open_now
from storage.services.poll_seeing import managed
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

_OF_COORDINATORS = frozenset({Whom.CHANNEL, Whom.EVERYBODY, Whom.PEOPLE})
"""Whom only coordinators may ask: also the next time."""


ANEW = timedelta(hours=1)
"""After so long it is tried again to ask what could not be sealed."""


def start_series(unit: UnitOfWork, new: NewPoll, by_id: int | None, zone: str, first: datetime, now: datetime) -> int:
    """Keep what is asked again and again; the id of the series.

    `first` is when its first poll opens, naive and local (`poll_times.first_of`): that one is made by who calls, with
    its day as occurrence. Raises NotSensible("rhythm"): also for dates, which are over the next time.
    """
    rhythm = new.rhythm
    if rhythm is None or new.kind is PollKind.DATES:
        raise NotSensible("rhythm")
    following = next_on(rhythm, first.date())
    columns = {
        "template": as_template(new),
        "rhythm": as_json(rhythm),
        "at_local": f"{first:%H:%M}",
        "timezone": zone,
        "target": _target(new),
        "created_by_id": by_id,
        "created_at": now,
        "next_on": following,
        "next_at": moment(datetime.combine(following, first.time()), zone) if following else None,
        "ended_at": None if following else now,
    }
    return unit.poll_times.add_series(columns)


def stopped(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime) -> None:
    """End the series of a poll. See `Polls.stop_series`."""
    poll = managed(unit, poll_id, viewer, now)
    if poll.series_id is None:
        raise NotNow
    stop(unit, poll.series_id, now)


def stop(unit: UnitOfWork, series_id: int, now: datetime) -> None:
    """End a series: nothing is asked any more. What is open stays so."""
    if unit.poll_times.locked_series(series_id) is not None:
        unit.poll_times.write_series(series_id, next_on=None, next_at=None, ended_at=now)


def ask_again(unit: UnitOfWork, series_id: int, now: datetime, means: PollMeans) -> int:
    """Ask the newest of a series that is due, and only that; how many polls were made.

    It ends where who started it is gone, or may not ask these people any more. What can't be sealed waits for its key.
    """
    series = unit.poll_times.locked_series(series_id)
    if series is None or series.next_on is None or series.next_at is None or series.next_at > now:
        return 0
    if not _may_ask(unit, series):
        stop(unit, series_id, now)
        return 0
    if series.new.anonymous and means.secret is None:
        log.warning("poll of series %d not asked: there is no key for anonymous polls", series.id)
        unit.poll_times.write_series(series_id, next_at=now + ANEW)
        return 0
    day = newest_missed(series.rhythm, series.next_on, series.at, series.timezone, now) or series.next_on
    following = next_on(series.rhythm, day)
    at = moment(datetime.combine(following, series.at), series.timezone) if following else None
    unit.poll_times.write_series(series_id, next_on=following, next_at=at, ended_at=None if following else now)
    return _asked(unit, series, day, now, means)


def _asked(unit: UnitOfWork, series: Series, day: date, now: datetime, means: PollMeans) -> int:
    """Ask it as of this day; nothing where nobody is there to ask this time."""
    known = {"series_id": series.id, "occurrence": day}
    try:
        poll = made(unit, series.new, series.created_by_id, now, means.secret, **known)
    except (NobodyToTell, NoChannelChosen, NotSensible) as refusal:
        log.warning("poll of series %d not asked: %s", series.id, type(refusal).__name__)
        return 0
    # When it was to open: how long it runs is counted from then, unless that was long ago.
    planned = datetime.combine(day, series.at)
    was = {"opens_at": moment(planned, series.timezone), "closes_local": closing(planned, series.new.lasts_days)}
    unit.polls.write(poll.id, **was)
    open_now(unit, unit.polls.by_ids([poll.id])[poll.id], now, means.hours)
    return 1


def _may_ask(unit: UnitOfWork, series: Series) -> bool:
    """Whether who started it is still there, and may still ask these people."""
    starter = next(iter(unit.people.by_ids([series.created_by_id or 0])), None)
    if starter is None:
        return False
    return series.new.whom not in _OF_COORDINATORS or starter.role is Role.COORDINATOR


def _target(new: NewPoll) -> str:
    if new.whom is Whom.HERE:
        return to_place(new.conversation_id)
    return POSTING_CHANNEL if new.whom is Whom.CHANNEL else PEOPLE
