"""What people do with actions: each in one transaction that holds the action, and tells the others concerned."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from storage.domain.actions import FARTHEST, LONGEST_REMARK, Action, ActionState
from storage.domain.people import Person, Role, Viewer
from storage.domain.planning import tidy
from storage.domain.refusals import (
    ActionSettled,
    NobodyToTell,
    NoSuchAction,
    NotKnown,
    NotSensible,
    NotYours,
    TooLong,
)
from storage.domain.reports import may_correct
from storage.repositories.actions import Owned
from storage.repositories.agenda import HIGHEST_ID
from storage.services.action_notices import follow, tell_news, tell_passed, tell_stuck
from storage.services.action_reading import action_for
from storage.services.gate import Chosen, check
from storage.unit_of_work import UnitOfWork


def done(
    unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime, remark: str = "", chosen: Chosen = False
) -> Action:
    """It is done. See `Actions`."""
    _, action = _held(unit, action_id, viewer)
    if action.state is ActionState.DONE:
        return action
    _must_be_open(action)
    said = _remark(unit, remark, chosen)
    return _settle(unit, action, ActionState.DONE, viewer, now, **({"remark": said} if said else {}))


def dropped(unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime) -> Action:
    """It need not be done any more. See `Actions`."""
    _, action = _held(unit, action_id, viewer)
    if not (action.is_of(viewer) or may_correct(viewer, action.meeting)):
        raise NotYours
    if action.state is ActionState.DROPPED:
        return action
    _must_be_open(action)
    return _settle(unit, action, ActionState.DROPPED, viewer, now)


def _settle(
    unit: UnitOfWork, action: Action, state: ActionState, viewer: Viewer, now: datetime, **columns: Any
) -> Action:
    by = known(viewer)
    unit.actions.write(action.id, state=state.value, settled_at=now, settled_by_id=by.id, told_in_id=None, **columns)
    tell_news(unit, action, state.value, _owner_ids(action), by.id, now)
    return _after(unit, action, viewer, now)


def reopened(unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime) -> Action:
    """It is open again. See `Actions`."""
    by = known(viewer)
    action = action_for(unit, action_id, viewer, lock=True)
    if not (action.may_be_settled_by(viewer) or action.settled_by_id == by.id):
        raise NotYours
    if action.state is ActionState.OPEN:
        return action
    open_again = {"state": ActionState.OPEN.value, "settled_at": None, "settled_by_id": None, "told_in_id": None}
    unit.actions.write(action.id, **open_again, remark=None, changed_at=now)
    tell_news(unit, action, "reopened", _owner_ids(action), by.id, now)
    return _after(unit, action, viewer, now)


def moved(unit: UnitOfWork, action_id: int, due: date, viewer: Viewer, now: datetime) -> Action:
    """It will be done by another day. See `Actions`."""
    by, action = _held(unit, action_id, viewer)
    _must_be_open(action)
    today = now.astimezone(action.meeting.starts.tzinfo).date()
    if not today <= due <= today + FARTHEST:
        raise NotSensible("due")
    if due == action.due:
        return action
    unit.actions.write(action.id, due=due, changed_at=now)
    after = _after(unit, action, viewer, now)
    tell_news(unit, after, "moved", _owner_ids(after), by.id, now)
    return after


def passed_on(unit: UnitOfWork, action_id: int, to_id: int, viewer: Viewer, now: datetime) -> Action:
    """It is somebody else's. See `Actions`."""
    by = known(viewer)
    action = action_for(unit, action_id, viewer, lock=True)
    leave = _who_leave(action, viewer, to_id)
    _must_be_open(action)
    to = next(iter(unit.people.by_ids([to_id])), None) if 0 < to_id < HIGHEST_ID else None
    if to is None or not (to.id == by.id or viewer.may_meet(to)):
        raise NotSensible("person")
    if _owner_ids(action) == {to.id} and not action.for_group and not action.owner_text:
        return action
    unit.actions.take(action.id, leave - {to.id})
    unit.actions.give(action.id, [to.id], now, by.id if to.id != by.id else None)
    unit.actions.write(action.id, for_group=False, owner_text=None, changed_at=now)
    after = _after(unit, action, viewer, now)
    if to.id != by.id and to.id not in _owner_ids(action):
        tell_passed(unit, after, to.id, by.id, now)
    tell_news(unit, after, "passed", leave - {to.id, by.id}, by.id, now, to.id)
    return after


def _who_leave(action: Action, viewer: Viewer, to_id: int) -> set[int]:
    """Whose it is no more when this viewer gives it on. Raises NotYours."""
    by = known(viewer)
    if action.is_of(viewer):
        return {by.id}
    if may_correct(viewer, action.meeting):
        return _owner_ids(action)
    if to_id == by.id and not action.owners and not action.for_group and action.meeting.viewer_takes_part:
        return set()
    raise NotYours


def accepted(unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime) -> tuple[Action, Person | None]:
    """It is taken on. See `Actions`."""
    by = known(viewer)
    action = action_for(unit, action_id, viewer, lock=True)
    own = next((one for one in unit.actions.owned([action.id]) if one.person_id == by.id), None)
    if own is None:
        raise NotYours
    _must_be_open(action)
    if own.passed_by_id is None:
        return action, None
    tell_news(unit, action, "accepted", [own.passed_by_id], by.id, now, once=own.at.isoformat())
    return action, _person(unit, own.passed_by_id)


def given_back(unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime) -> tuple[Action, Person]:
    """It is again whose it was. See `Actions`."""
    by = known(viewer)
    # Who gave it away may not be one of those who see it any more.
    action = unit.actions.locked(action_id, by.id)
    owned = unit.actions.owned([action_id]) if action else ()
    own = _given(owned, by.id)
    if action is None or own is None:
        action_for(unit, action_id, viewer)
        raise NotYours
    _must_be_open(action)
    giver = own.passed_by_id or 0
    unit.actions.take(action.id, [own.person_id])
    unit.actions.give(action.id, [giver], now)
    unit.actions.write(action.id, changed_at=now)
    after = _after(unit, action, viewer, now)
    if own.person_id == by.id:
        tell_news(unit, after, "given_back", [giver], by.id, now)
    else:
        tell_news(unit, after, "taken_back", [own.person_id], by.id, now)
    return after, _person(unit, giver) or by


def _given(owned: tuple[Owned, ...], person_id: int) -> Owned | None:
    """What somebody was given, else what they gave last."""
    passed = sorted((one for one in owned if one.passed_by_id is not None), key=lambda one: one.at, reverse=True)
    mine = (one for one in passed if one.person_id == person_id)
    return next(mine, next((one for one in passed if one.passed_by_id == person_id), None))


def escalated(
    unit: UnitOfWork, action_id: int, viewer: Viewer, now: datetime, remark: str = "", chosen: Chosen = False
) -> tuple[Person, ...]:
    """The coordinators hear that it is stuck. See `Actions`."""
    by, action = _held(unit, action_id, viewer)
    _must_be_open(action)
    people = tuple(one for one in unit.people.with_role(Role.COORDINATOR) if one.id != by.id)
    if not people:
        raise NobodyToTell
    said = _remark(unit, remark, chosen)
    if said:
        unit.actions.write(action.id, remark=said)
    local = now.astimezone(ZoneInfo(str(action.meeting.starts.tzinfo)))
    tell_stuck(unit, action, [one.id for one in people], by.id, local)
    follow(unit, action, now)
    return people


# --- what they share


def known(viewer: Viewer) -> Person:
    """Who this is. Raises NotKnown."""
    if viewer.person is None:
        raise NotKnown
    return viewer.person


def _held(unit: UnitOfWork, action_id: int, viewer: Viewer) -> tuple[Person, Action]:
    """An action that nobody else changes meanwhile, for who may say what becomes of it."""
    by = known(viewer)
    action = action_for(unit, action_id, viewer, lock=True)
    if not action.may_be_settled_by(viewer):
        raise NotYours
    return by, action


def _must_be_open(action: Action) -> None:
    if action.state is not ActionState.OPEN:
        raise ActionSettled


def _remark(unit: UnitOfWork, text: str, chosen: Chosen) -> str:
    """What is said beside it, tidied and passed. Raises TooLong, IdentifiesSomebody."""
    said = tidy(text) or ""
    if len(said) > LONGEST_REMARK:
        raise TooLong
    check(unit, said, "remark", chosen=chosen)
    return said


def _owner_ids(action: Action) -> set[int]:
    return {one.id for one in action.owners}


def _person(unit: UnitOfWork, person_id: int) -> Person | None:
    return next(iter(unit.people.by_ids([person_id])), None)


def _after(unit: UnitOfWork, before: Action, viewer: Viewer, now: datetime) -> Action:
    """The action as it is now; what was sent about it follows. NoSuchAction: its line was just taken away."""
    after = unit.actions.by_ids([before.id], known(viewer).id).get(before.id)
    if after is None:
        raise NoSuchAction
    follow(unit, after, now)
    return after
