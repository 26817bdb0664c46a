"""The working calendar: Belgian public holidays, working days, and the hours in which the bot may write by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from storage.domain.network import DEFAULT_TIMEZONE

_DAY = timedelta(days=1)
_SATURDAY = 5
_FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
_DAYS_AFTER_EASTER = (1, 39, 50)
"""Easter Monday, Ascension Day, Whit Monday."""


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """The ten legal holidays of Belgium in that year, 1583 to 4099 (else ValueError).

    Source: Royal Decree of 18 April 1974, article 1. Not in it, so working days here: the feast days of the
    communities (11 July), the bridge days of schools and civil servants, and the days that an employer gives
    for a holiday in a weekend. Nine when Ascension Day is 1 May, as in 2008.
    """
    fixed = {date(year, month, day) for month, day in _FIXED}
    return frozenset(fixed | {easter(year) + days * _DAY for days in _DAYS_AFTER_EASTER})


def is_public_holiday(day: date) -> bool:
    """Whether that day is one of the ten. Raises TypeError for a datetime: whose day it is depends on the zone."""
    if isinstance(day, datetime):
        raise TypeError("a date is needed, not a datetime")
    return day in public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, not a public holiday."""
    return not is_public_holiday(day) and day.weekday() < _SATURDAY


def working_days_before(day: date, count: int) -> date:
    """The count-th working day before `day`; with 0 `day` itself, or the nearest working day before it.

    A day off counts for nothing, wherever it stands: one working day before a Sunday is the Friday, as is 0.
    Raises ValueError for a negative count.
    """
    return _counted(day, count, -_DAY)


def working_days_after(day: date, count: int) -> date:
    """The count-th working day after `day`; with 0 `day` itself, or the nearest working day after it.

    Counts as `working_days_before` does. Raises ValueError for a negative count.
    """
    return _counted(day, count, _DAY)


def _counted(day: date, count: int, step: timedelta) -> date:
    if count < 0:
        raise ValueError(f"working days are counted from 0, not {count}")
    days = _working_days(day if count == 0 else day + step, step)
    for _ in range(count - 1):
        next(days)
    return next(days)


def _working_days(day: date, step: timedelta = _DAY) -> Iterator[date]:
    """The working days from `day` on (itself included), forwards or backwards."""
    while True:
        if is_working_day(day):
            yield day
        day += step


@dataclass(frozen=True, slots=True)
class SendingHours:
    """When the bot may write by itself: on working days, from `start` until just before `end`, clock time in `zone`.

    Raises ValueError when `end` is not after `start`, ZoneInfoNotFoundError for an unknown zone.
    """

    start: time = time(8)
    end: time = time(18)
    zone: str = DEFAULT_TIMEZONE

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"sending hours end ({self.end}) after they start ({self.start})")
        ZoneInfo(self.zone)

    def is_open(self, moment: datetime) -> bool:
        """Whether the bot may write at that moment. Raises ValueError for a naive one."""
        day = self._day(moment)
        return is_working_day(day) and self._at(day, self.start) <= moment.astimezone(UTC) < self._at(day, self.end)

    def next_open(self, moment: datetime) -> datetime:
        """The first open moment from `moment` on (itself if open), in UTC. Raises ValueError for a naive one."""
        days = _working_days(self._day(moment))
        left = ((max(moment.astimezone(UTC), self._at(day, self.start)), self._at(day, self.end)) for day in days)
        return next(opening for opening, closing in left if opening < closing)

    def next_at(self, moment: datetime, wanted: time) -> datetime:
        """The first working day's `wanted` clock time at or after `moment`, in UTC; not kept within the hours.

        Raises ValueError for a naive moment.
        """
        instants = (self._at(day, wanted) for day in _working_days(self._day(moment)))
        return next(instant for instant in instants if instant >= moment)

    def _day(self, moment: datetime) -> date:
        if moment.utcoffset() is None:
            raise ValueError(f"{moment} has no time zone")
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _at(self, day: date, clock: time) -> datetime:
        """That clock time on that day, in UTC: when clocks change, instants still compare, local times don't.

        A clock time that comes twice is the first one; one that is skipped is as much later as the clock jumps.
        """
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)
