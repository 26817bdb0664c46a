"""When polls open, close and come back: local clock times as moments, and the days that a rhythm gives."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from storage.domain.calendar import working_days_after
from storage.domain.series import Rhythm, days_of

NINE = time(9)
"""At what time a poll comes back where nobody says when."""

RUN_OFF_DAYS = 2
"""Working days that people get to choose between what was equal."""

PUNCTUAL = timedelta(hours=1)
"""What opens no later than this after its time counts from that time; what was kept up longer, from when it opened."""

MOST_WEEKS, MOST_MONTHS = 52, 24
"""A poll comes back at least so often."""


def moment(local: datetime, zone: str) -> datetime:
    """A naive local clock time as a moment, in UTC.

    What comes twice when clocks go back is the first; what is skipped when they go forward is as much later.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def local_at(at: datetime, zone: str) -> datetime:
    """The naive local clock time of a moment, in whole minutes: nobody plans in seconds."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0, second=0, microsecond=0)


def closing(opened: datetime, days: int) -> datetime:
    """When what opened then closes, both naive and local: so many days later at the same clock time."""
    return opened + timedelta(days=days)


def counts_from(planned: datetime, opened: datetime) -> datetime:
    """From when on the days of a poll are counted that was planned for one moment and opened at another."""
    return planned if opened - planned <= PUNCTUAL else opened


def run_off_closing(now: datetime) -> datetime:
    """When a run-off closes that begins at this naive local time: some working days later, at the same clock time."""
    return datetime.combine(working_days_after(now.date(), RUN_OFF_DAYS), now.time())


# --- what comes back


def is_sensible(rhythm: Rhythm) -> bool:
    """Whether a poll can come back in this rhythm: every some weeks or months, not both."""
    weeks, months = rhythm.weeks, rhythm.months
    return (0 < weeks <= MOST_WEEKS and months == 0) or (0 < months <= MOST_MONTHS and weeks == 0)


def first_of(rhythm: Rhythm, opens: datetime | None, now: datetime) -> datetime:
    """When the first poll of a series opens; all naive and local.

    At the clock time of `opens`, on the first day of the rhythm from then on that is not past. Without it: now where
    today is such a day, else at NINE.
    """
    if opens is None:
        first = next(day for day in days_of(rhythm) if day >= now.date())
        return now if first == now.date() else datetime.combine(first, NINE)
    moments = (datetime.combine(day, opens.time()) for day in days_of(rhythm) if day >= opens.date())
    return next(one for one in moments if one >= now)


def next_on(rhythm: Rhythm, after: date) -> date | None:
    """The first day of a rhythm after this one; None where all of its `count` days are over (0: it has no end)."""
    return next((day for day in _counted(rhythm) if day > after), None)


def newest_missed(rhythm: Rhythm, since: date, at: time, zone: str, now: datetime) -> date | None:
    """The last day of a rhythm, from `since` on, whose local clock time is past at this moment."""
    newest = None
    for day in _counted(rhythm):
        if moment(datetime.combine(day, at), zone) > now:
            break
        newest = day if day >= since else None
    return newest


def _counted(rhythm: Rhythm) -> Iterator[date]:
    return islice(days_of(rhythm), rhythm.count if rhythm.count > 0 else None)
