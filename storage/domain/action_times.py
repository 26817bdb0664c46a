"""When somebody is reminded of an action: before its day and gently after, never in a school holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from storage.domain.calendar import SendingHours, is_working_day, working_days_after, working_days_before
from storage.domain.rules import Rules
from storage.domain.school_holidays import school_holiday

MOST_LATE = 8
"""So often somebody is reminded after the day, once a week; then it only stands on their list and on agendas."""

LOOK_AHEAD = timedelta(days=75)
"""So long before its day an action may be reminded of: what is due in the summer, before it."""

LATEST = timedelta(days=80)
"""What should have been reminded of longer ago than this is let go; what was sent is remembered longer."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stage:
    """One reminder: which, and on which day."""

    name: str
    day: date


def stages(due: date, rules: Rules) -> Iterator[Stage]:
    """All reminders of an action with this day, in order; several may fall on one day, of which the last counts."""
    for name, days in (("first", rules.action_days), ("last", rules.action_last_days)):
        if days:
            yield Stage(name, _before(due, days))
    if rules.action_late_days:
        first = working_days_after(due, rules.action_late_days)
        for number in range(MOST_LATE):
            yield Stage(f"late{number}", _after_holiday(first + number * _WEEK))


def stage_at(due: date, rules: Rules, today: date) -> Stage | None:
    """The last of them that is or was due by now; None when none is, or when that is too long ago."""
    last = None
    for stage in stages(due, rules):
        if stage.day <= today:
            last = stage
    return last if last is not None and today - last.day <= LATEST else None


def _before(due: date, days: int) -> date:
    """So many days before, on a working day.

    In a school holiday it waits till after it; but where the day itself lies in that holiday, or before the first
    working day after it, it comes before the holiday.
    """
    day = working_days_before(due - timedelta(days=days), 0)
    holiday = school_holiday(day)
    if holiday is None:
        return day
    after = working_days_after(holiday[1], 1)
    return after if due > holiday[1] and after <= due else working_days_before(holiday[0], 1)


def _after_holiday(day: date) -> date:
    day = working_days_after(day, 0)
    holiday = school_holiday(day)
    return working_days_after(holiday[1], 1) if holiday else day


def may_remind(now: datetime, hours: SendingHours) -> bool:
    """Whether reminders may still be sent on the day that it is: not in a school holiday, nor after hours.

    What would leave on the next working day waits until then: that day may lie in a holiday.
    """
    today = now.date()
    return is_working_day(today) and school_holiday(today) is None and now.time() < hours.end


def goes_at(now: datetime, at: time) -> datetime:
    """When the reminders of this day go out: at that clock time, or at once when it is later."""
    wanted = datetime.combine(now.date(), at, now.tzinfo)
    return max(now, wanted, key=datetime.timestamp)
