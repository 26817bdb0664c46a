"""Actions that follow the report of their meeting, from the moment that it is posted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.domain.actions import LIVE_WITHIN, Action, ActionState
from storage.domain.owners import Known, Owners, meant
from storage.domain.reports import Line, LineKind, Origin, Report
from storage.services.action_notices import follow_agenda, follow_messages
from storage.services.owners import known_at
from storage.unit_of_work import UnitOfWork


def sync(unit: UnitOfWork, report: Report, now: datetime) -> None:
    """Make the actions of a posted report live, and let them follow its corrections; again it changes nothing.

    What nobody touched follows its line whole; what somebody moved, gave away or settled keeps that, and follows only
    its words. An action whose line is gone is dropped, and there again when the line is; what became private is
    forgotten. To be called with all lines of the report, its meeting locked.
    """
    if report.standing.posted_at is None:
        return
    lines = {one.id: one for one in report.lines if one.kind is LineKind.ACTION}
    kept = {one.line_id: one for one in unit.actions.of_meeting(report.meeting.id) if one.line_id is not None}
    if not lines and not kept:
        return
    changed = _forget_private(unit, {one.id for one in report.lines if one.private}, kept)
    known = known_at(unit, report.meeting, _there(report))
    unlived = _never_lived(unit, report, [one for id_, one in lines.items() if id_ not in kept])
    for id_, line in lines.items():
        if not line.private and id_ not in unlived:
            changed |= _follow(unit, report, line, kept.get(id_), known, now)
    gone = [action for id_, action in kept.items() if id_ not in lines]
    for action in gone:
        if action.state is ActionState.OPEN:
            unit.actions.write(action.id, state=ActionState.DROPPED.value, settled_at=now, settled_by_id=None)
    if changed or gone:
        for action in kept.values():
            follow_messages(unit, action, now)
        follow_agenda(unit, report.meeting, now)


def _there(report: Report) -> tuple[int, ...]:
    """Who was there or excused, of those whom the network knows."""
    everybody = (*report.present, *report.excused)
    return tuple(one.person_id for one in everybody if one.person_id is not None)


def _never_lived(unit: UnitOfWork, report: Report, without: Sequence[Line]) -> frozenset[int]:
    """The ids of the lines of an old report that was taken in, which made no action then and are still the same.

    Who corrects one line of it brings none of the others to life.
    """
    old = {one.id for one in without if one.by_id is None and one.origin is Origin.REPORT}
    if not old or report.standing.corrected_at is None:
        return frozenset()
    return frozenset(
        one.line.id for one in unit.reports.kept(report.meeting.id) if one.line.id in old and not one.changed
    )


def _forget_private(unit: UnitOfWork, private: Collection[int], kept: Mapping[int, Action]) -> bool:
    gone = [action.id for id_, action in kept.items() if id_ in private]
    if gone:
        unit.actions.remove(gone)
    return bool(gone)


def _follow(unit: UnitOfWork, report: Report, line: Line, action: Action | None, known: Known, now: datetime) -> bool:
    """Let the action of a line be as the line says; whether that changed anything."""
    if action is None:
        late = now.timestamp() - report.meeting.ends.timestamp() > LIVE_WITHIN.total_seconds()
        return False if late else _make(unit, report, line, meant(line.owner, known), now)
    values: dict[str, Any] = {"text": line.text} if line.text != action.text else {}
    if action.state is ActionState.DROPPED and action.settled_by_id is None:
        values |= {"state": ActionState.OPEN.value, "settled_at": None}
    owners = meant(line.owner, known)
    if action.changed_at is None and action.state is not ActionState.DONE:
        values |= {"due": line.due} if line.due != action.due else {}
        values |= _owner_columns(owners, action)
        before, after = {one.id for one in action.owners}, {one.id for one in owners.people}
        if before != after:
            unit.actions.take(action.id, before - after)
            unit.actions.give(action.id, after - before, now)
            values |= {"text": line.text}
    if values:
        unit.actions.write(action.id, **values)
    return bool(values)


def _owner_columns(owners: Owners, action: Action) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if owners.rest != action.owner_text:
        values["owner_text"] = owners.rest or None
    if owners.group != action.for_group:
        values["for_group"] = owners.group
    return values


def _make(unit: UnitOfWork, report: Report, line: Line, owners: Owners, now: datetime) -> bool:
    columns = {
        "meeting_id": report.meeting.id,
        "line_id": line.id,
        "text": line.text,
        "owner_text": owners.rest or None,
        "for_group": owners.group,
        "due": line.due,
        "state": ActionState.OPEN.value,
        "created_at": now,
    }
    action_id = unit.actions.add(columns)
    unit.actions.give(action_id, [one.id for one in owners.people], now)
    return True
