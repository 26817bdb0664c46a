"""What is due about actions: reminders, one message for each person a day, and what was told at which meeting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.domain.action_times import LOOK_AHEAD, Stage, goes_at, may_remind, stage_at
from storage.domain.actions import ACTION_REMINDER, Action
from storage.domain.calendar import SendingHours
from storage.domain.carrying import circle_of
from storage.domain.meetings import Meeting
from storage.domain.notices import BUNDLED_AT, NewNotice, Timing, to_person
from storage.services.alerts import gone
from storage.services.owners import who_take_part
from storage.unit_of_work import UnitOfWork

FORGOTTEN = timedelta(days=400)
"""What was settled longer ago is told at no meeting any more."""

LOOK_BACK = timedelta(days=31)
"""So long after a meeting it is noted what was told there."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One action of which one person is to be reminded; `key` is how that is remembered."""

    action: Action
    stage: Stage

    @property
    def key(self) -> str:
        """The action, its day and which reminder: an action that moved is reminded of again."""
        return f"{self.action.id}@{self.action.due}:{self.stage.name}"


def due_people(unit: UnitOfWork, now: datetime, hours: SendingHours) -> Mapping[int, list[Reminder]]:
    """What each person, by id, is to be reminded of now and was not yet."""
    local = now.astimezone(ZoneInfo(hours.zone))
    if not may_remind(local, hours):
        return {}
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    for reminder, people in _due(unit, local):
        for person_id in people:
            found[person_id].append(reminder)
    planned = unit.actions.reminded(found) if found else {}
    fresh = {
        person: [one for one in reminders if one.key not in planned.get(person, ())]
        for person, reminders in found.items()
    }
    return {person: reminders for person, reminders in fresh.items() if reminders}


def _due(unit: UnitOfWork, local: datetime) -> Iterable[tuple[Reminder, list[int]]]:
    """What is due by now, with whose it was before that day: who got it since knows of it."""
    rules, today = unit.rules.all(), local.date()
    due = []
    for action in unit.actions.due_by(today + LOOK_AHEAD):
        stage = stage_at(action.due, rules[action.meeting.kind], today) if action.due else None
        if stage is not None and _is_before(action.changed_at or action.created_at, stage, local):
            due.append(Reminder(action, stage))
    owned = unit.actions.owned([one.action.id for one in due]) if due else ()
    groups: dict[int, tuple[int, ...]] = {}
    for one in due:
        people = [own.person_id for own in owned if own.action_id == one.action.id]
        if one.action.for_group:
            people += _group(unit, one.action.meeting, groups)
        yield one, list(dict.fromkeys(people))


def _group(unit: UnitOfWork, meeting: Meeting, groups: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    if meeting.id not in groups:
        groups[meeting.id] = who_take_part(unit, meeting)
    return groups[meeting.id]


def _is_before(since: datetime | None, stage: Stage, local: datetime) -> bool:
    """Whether it was so on the day before a reminder: what somebody heard of that day needs none."""
    return since is None or since.astimezone(local.tzinfo).date() < stage.day


def plan_reminders(unit: UnitOfWork, now: datetime, hours: SendingHours) -> int:
    """Plan what is due, looked at again in this transaction: one notice for each person and day. How many."""
    local = now.astimezone(ZoneInfo(hours.zone))
    day, at = local.date().isoformat(), goes_at(local, BUNDLED_AT)
    notices = [
        NewNotice(
            ACTION_REMINDER,
            str(person_id),
            day,
            to_person(person_id),
            at,
            Timing.SMALL,
            {"reminders": [one.key for one in reminders], "actions": [one.action.id for one in reminders]},
        )
        for person_id, reminders in due_people(unit, now, hours).items()
        if not gone(unit, person_id)
    ]
    return unit.notices.plan_all(notices, now)


def to_tell(unit: UnitOfWork, now: datetime) -> dict[int, int]:
    """At which meeting of its circle it was told what was settled, by action: the first that began after that."""
    untold = unit.actions.untold(now - FORGOTTEN)
    held = unit.actions.meetings_begun(now - LOOK_BACK, now) if untold else ()
    found: dict[int, int] = {}
    for action in untold:
        later = (one for one in held if _tells(one, action))
        meeting = min(later, key=lambda one: one.starts.timestamp(), default=None)
        if meeting is not None:
            found[action.id] = meeting.id
    return found


def tell(unit: UnitOfWork, told: Mapping[int, int]) -> int:
    """Note what was told at which meeting; how much."""
    for action_id, meeting_id in told.items():
        unit.actions.write(action_id, told_in_id=meeting_id)
    return len(told)


def _tells(meeting: Meeting, action: Action) -> bool:
    """Whether it is told at this meeting what became of an action."""
    if meeting.cancelled or circle_of(meeting) != circle_of(action.meeting) or action.settled_at is None:
        return False
    starts = meeting.starts.timestamp()
    return action.settled_at.timestamp() <= starts and action.meeting.starts.timestamp() < starts
