"""What people are told of actions, planned in the transaction that changes them; the rest follows as well."""

from collections.abc import Collection
from datetime import datetime

from storage.domain.actions import ACTION_NEWS, ACTION_PASSED, ACTION_STUCK, Action
from storage.domain.calendar import SendingHours
from storage.domain.carrying import AHEAD, circle_of
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, Timing, bundled, to_person
from storage.services.publishing import refresh
from storage.unit_of_work import UnitOfWork


def tell_passed(unit: UnitOfWork, action: Action, to_id: int, by_id: int, now: datetime) -> None:
    """Tell somebody that they were given an action, and by whom."""
    target = to_person(to_id)
    key = f"{to_id}@{now.isoformat()}"
    unit.notices.plan(NewNotice(ACTION_PASSED, str(action.id), key, target, now, data={"by": by_id}), now)


def tell_news(
    unit: UnitOfWork,
    action: Action,
    what: str,
    people: Collection[int],
    by_id: int,
    now: datetime,
    to_id: int = 0,
    once: str = "",
) -> None:
    """Tell others what somebody did with an action, in a day's bundle.

    `what`: done, dropped, moved, reopened, passed (to `to_id`), accepted, given_back or taken_back. `once`: what tells
    apart what is told once only.
    """
    at = bundled(now, SendingHours())
    when = f"{what}:{once or now.isoformat()}"
    data = {"what": what, "by": by_id, "to": to_id, "due": action.due.isoformat() if action.due else ""}
    notices = [
        NewNotice(ACTION_NEWS, str(action.id), f"{one}@{when}", to_person(one), at, Timing.SMALL, data)
        for one in sorted(people)
        if one != by_id
    ]
    unit.notices.plan_all(notices, now)


def tell_stuck(unit: UnitOfWork, action: Action, people: Collection[int], by_id: int, now: datetime) -> None:
    """Tell coordinators that somebody does not get on with an action: once a day for each of them."""
    day = now.date().isoformat()
    notices = [
        NewNotice(ACTION_STUCK, str(action.id), f"{one}@{day}", to_person(one), now, data={"by": by_id})
        for one in sorted(people)
    ]
    unit.notices.plan_all(notices, now)


def follow(unit: UnitOfWork, action: Action, now: datetime) -> None:
    """Show in what was sent how an action stands now, and on the next agenda of its circle."""
    follow_messages(unit, action, now)
    follow_agenda(unit, action.meeting, now)


def follow_messages(unit: UnitOfWork, action: Action, now: datetime) -> None:
    """Show in what people were sent of an action how it stands now."""
    for kind in (ACTION_PASSED, ACTION_STUCK):
        unit.notices.changed(kind, str(action.id), now)


def follow_agenda(unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Let the published agenda of the next meeting of this one's circle list the actions as they are."""
    home = circle_of(meeting).next(unit.meetings.coming(now, now + AHEAD), None, now)
    if home is not None and unit.agendas.standing(home.id).published_at is not None:
        refresh(unit, home.id, now)
