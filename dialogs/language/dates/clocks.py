"""Hours: a clock as said ("half drie", "7 uur 's avonds") -> a time, and a time on a day -> a moment."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo

from dialogs.language.dates.markers import Marker
from dialogs.language.dates.spans import DAY
from dialogs.language.dates.words import PART_HOURS

NOON = 12
LAST_AFTERNOON_HOUR = 6
MIDNIGHT = 24


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour as said; without `hour` only a part of the day was said."""

    hour: int | None
    minute: int = 0
    explicit: bool = False  # written on the 24-hour clock
    part: str | None = None

    @property
    def minutes(self) -> int:
        """Minutes since midnight; 24:00 is 1440."""
        if self.hour is None:
            return PART_HOURS[self.part or "middag"] * 60
        return self._hour(self.hour) * 60 + self.minute

    def _hour(self, hour: int) -> int:
        if self.explicit:
            return hour
        if self.part is not None:
            return _hour_in_part(hour, self.part)
        return hour + NOON if 1 <= hour <= LAST_AFTERNOON_HOUR else hour


def _hour_in_part(hour: int, part: str) -> int:
    if part == "avond":
        return (hour + NOON) if hour <= NOON else hour
    if part == "namiddag" or (part == "middag" and hour <= LAST_AFTERNOON_HOUR):
        return hour + NOON if hour < NOON else hour
    if part in {"nacht", "middernacht"}:
        return 0 if hour == NOON else hour + NOON if hour > LAST_AFTERNOON_HOUR else hour
    return hour


def _after_midnight(clock: Clock) -> int:
    """Closing after midnight: "van 22u tot 2u"."""
    return clock.minutes if clock.hour is None else clock.hour * 60 + clock.minute


def told(total: int) -> Clock:
    """The clock face `total` minutes after twelve: "kwart voor een" is 12:45."""
    hour, minute = divmod(total % (NOON * 60), 60)
    return Clock(hour or NOON, minute)


@dataclass(frozen=True, slots=True)
class Hours:
    """What was said about the hour: one clock, an opening and closing clock, or a deadline."""

    start: Clock
    end: Clock | None = None
    marker: Marker | None = None

    def in_part(self, part: str | None) -> "Hours":
        """The same hours read in a part of the day ("dinsdagavond om 8 uur")."""
        if part is None:
            return self
        end = replace(self.end, part=self.end.part or part) if self.end else None
        return replace(self, start=replace(self.start, part=self.start.part or part), end=end)

    @property
    def closing(self) -> int | None:
        """Closing time in minutes, after the opening: "van 10 tot 2" closes at 14:00."""
        if self.end is None:
            return None
        start, minutes = self.start.minutes, self.end.minutes
        if minutes > start:
            return minutes
        if not self.end.explicit and start < minutes + NOON * 60 <= MIDNIGHT * 60:
            return minutes + NOON * 60
        return _after_midnight(self.end) + MIDNIGHT * 60


def clock_time(minutes: int) -> time:
    return time(minutes // 60 % MIDNIGHT, minutes % 60)


def moment(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    """The aware moment; an hour that the summer-time change skips moves on by the hour it loses."""
    day += minutes // (MIDNIGHT * 60) * DAY
    local = datetime.combine(day, clock_time(minutes), tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone) if zone is not None else local
