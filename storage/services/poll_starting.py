"""A poll that was checked, on its way: made, opened where its time is now, and the first of a series where it is."""

from dataclasses import replace
from datetime import datetime

from storage.domain.new_polls import must_open_well
from storage.domain.poll_times import first_of, local_at
from storage.domain.polls import NewPoll, Poll
from storage.services.poll_creating import made
from storage.services.poll_means import PollMeans
from storage.services.poll_opening import open_now
from storage.services.poll_series import start_series
from storage.unit_of_work import UnitOfWork


def started(unit: UnitOfWork, new: NewPoll, by_id: int, now: datetime, means: PollMeans) -> Poll:
    """The poll, open or planned. Raises as `poll_creating.made` does, and NotSensible("rhythm")."""
    secret = means.secret
    poll = made(unit, new, by_id, now, secret) if new.rhythm is None else _first(unit, new, by_id, now, secret)
    if poll.opens_at <= now:
        open_now(unit, poll, now, means.hours)
    return unit.polls.by_ids([poll.id])[poll.id]


def _first(unit: UnitOfWork, new: NewPoll, by_id: int, now: datetime, secret: bytes | None) -> Poll:
    """The first poll of a series. Each of them runs for so many days: nobody can say when all of them close."""
    zone = unit.imports.timezone()
    new = replace(new, closes=None)
    rhythm, today = new.rhythm, local_at(now, zone)
    first = first_of(rhythm, new.opens, today) if rhythm is not None else today
    must_open_well(first, today)  # before the days after it are looked for: the calendar has an end
    series_id = start_series(unit, new, by_id, zone, first, now)
    opens = first if first > today else None
    return made(unit, replace(new, opens=opens), by_id, now, secret, series_id=series_id, occurrence=first.date())
