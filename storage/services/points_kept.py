"""Proposing and changing agenda points, as part of a transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from storage.domain.agenda import (
    LONGEST_EXPLANATION,
    AgendaPoint,
    Case,
    Invite,
    NewPoint,
    PointKind,
    PointState,
    may_arrange,
)
from storage.domain.composing import fixed_of
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.people import Viewer
from storage.domain.planning import FARTHEST, tidy
from storage.domain.proposing import (
    PARTS,
    PRESENTER,
    TEXTS,
    as_new,
    changed_fields,
    fitting,
    same_title,
    tidied,
    with_values,
)
from storage.domain.refusals import NoSuchPoint, NotThisPoint, NotYours, PointSettled
from storage.services.board_order import before_closing
from storage.services.gate import Chosen, Use, check, passed
from storage.services.points_held import its_meeting, known, meeting_to_come, must_be_open, to_change
from storage.services.points_told import follow, plan_proposed
from storage.unit_of_work import UnitOfWork


def proposed(unit: UnitOfWork, new: NewPoint, viewer: Viewer, now: datetime, chosen: Chosen) -> AgendaPoint:
    """Enter a point; the open one with the same title, of the same person and meeting, is it already."""
    by = known(viewer)
    new = tidied(new, now.date())
    meeting, new = _destination(unit, new, viewer, now)
    unit.agenda.queue_for(by.id)  # who sends the same twice at once waits here for the first one
    if meeting is not None:
        unit.agendas.drop_promise(meeting.id, by.id)
    for one in unit.agenda.of_proposer(by.id):
        if one.meeting_id == new.meeting_id and same_title(one.title, new.title):
            return one
    new = _checked(unit, new, (*TEXTS, PRESENTER), chosen)
    state = PointState.ACCEPTED if meeting and may_arrange(viewer, meeting) else PointState.PROPOSED
    columns = {name: value for name, value in _columns(new).items() if name != "meeting_id"}
    columns |= {"proposer_id": by.id, "proposed_at": now, **_settled(state, viewer, now)}
    columns |= unit.agenda.placed(new.meeting_id, state, now) | _invite(new, state)
    point_id = unit.agenda.add(columns)
    if state is PointState.ACCEPTED:
        before_closing(unit, new.meeting_id, point_id)
    return _told(unit, _by_id(unit, point_id), None, viewer, now)


def changed(
    unit: UnitOfWork, point_id: int, values: Mapping[str, Any], viewer: Viewer, now: datetime, chosen: Chosen
) -> AgendaPoint:
    """Change fields of a point; to where it belongs it goes at once."""
    target = values.get("meeting_id")
    before, _ = to_change(unit, point_id, viewer, target if isinstance(target, int) else None)
    must_be_open(before)
    old = as_new(before)
    new = tidied(with_values(old, _said(values)), now.date(), old)
    if {"meeting_id", "returns_on"} & set(changed_fields(old, new)):
        if fixed_of(before) is not None:
            raise NotThisPoint
        _, new = _destination(unit, new, viewer, now)
    names = changed_fields(old, new)
    new = _checked(unit, new, _to_check(old, new, names), chosen)
    names = changed_fields(old, new)
    columns = {name: value for name, value in _columns(new).items() if name in names}
    if "meeting_id" in names:
        columns |= _moved(unit, before, new, viewer, now)
    if before.invite is None and {"kind", "meeting_id"} & set(names):
        columns |= _invite(new, PointState(columns.get("state", before.state)))
    if not columns:
        return before
    unit.agenda.write(point_id, columns)
    after = _by_id(unit, point_id)
    if after.meeting_id != before.meeting_id:
        _arrived(unit, after)
    return _told(unit, _by_id(unit, point_id), before, viewer, now)


def withdrawn(unit: UnitOfWork, point_id: int, viewer: Viewer, now: datetime) -> AgendaPoint:
    """Take a point back. Who arranges may do so with what nobody proposed; what others did propose they decline."""
    before, _ = to_change(unit, point_id, viewer)
    if before.state is PointState.WITHDRAWN:
        return before
    must_be_open(before)
    _must_be_own(before, viewer)
    # By whom it was accepted stays, so that it can be put back as it was.
    unit.agenda.write(point_id, {"state": PointState.WITHDRAWN.value, "decided_at": now})
    after = _by_id(unit, point_id)
    follow(unit, before, after, now, known(viewer).id)
    return after


def restored(unit: UnitOfWork, point_id: int, viewer: Viewer, now: datetime) -> AgendaPoint:
    """Put back what was taken back, as it stood before."""
    before, _ = to_change(unit, point_id, viewer)
    if before.state.open:
        return before
    if before.state is not PointState.WITHDRAWN:
        raise PointSettled
    _must_be_own(before, viewer)
    if before.meeting_id is not None:
        meeting_to_come(unit, before.meeting_id, viewer, now)
    was_accepted = before.proposer_id is None or unit.agenda.accepted_by(point_id) is not None
    state = PointState.ACCEPTED if was_accepted else PointState.PROPOSED
    unit.agenda.write(point_id, {"state": state.value})
    after = _by_id(unit, point_id)
    follow(unit, before, after, now, known(viewer).id)
    return after


def _arrived(unit: UnitOfWork, point: AgendaPoint) -> None:
    """What follows when a point comes to another meeting."""
    if point.meeting_id is not None and point.proposer_id is not None:
        unit.agendas.drop_promise(point.meeting_id, point.proposer_id)
    if point.state is PointState.ACCEPTED:
        before_closing(unit, point.meeting_id, point.id)


def case_told(
    unit: UnitOfWork, point_id: int, case: Case, viewer: Viewer, now: datetime, chosen: Chosen
) -> AgendaPoint:
    """Keep the parts of a case that are told; an empty one is taken away. What has a case is one."""
    point, _ = to_change(unit, point_id, viewer)
    must_be_open(point)
    parts = checked_parts(unit, {name: getattr(case, name) for name in PARTS}, chosen)
    columns: dict[str, Any] = {"forgotten_at": None} if parts else {}
    if point.kind is not PointKind.CASE:
        _checked(unit, replace(as_new(point), kind=PointKind.CASE), TEXTS, chosen)
        columns["kind"] = PointKind.CASE.value
    if parts:
        unit.agenda_talk.tell_case(point_id, parts)
    if columns:
        unit.agenda.write(point_id, columns)
    after = _by_id(unit, point_id)
    if after.kind is not point.kind:
        follow(unit, point, after, now, known(viewer).id)
    return after


def checked_parts(unit: UnitOfWork, parts: Mapping[str, str | None], chosen: Chosen) -> dict[str, str | None]:
    """The parts of a case that say something, checked; None for what is emptied. Raises TooLong, IdentifiesSomebody."""
    found: dict[str, str | None] = {}
    for name, said in parts.items():
        if said is not None:
            text = fitting(tidy(said, lines=True), LONGEST_EXPLANATION)
            found[name] = passed(unit, text, name, case=True, chosen=chosen) if text else None
    return found


def to_support(unit: UnitOfWork, point_id: int) -> AgendaPoint:
    """The point that support for this one counts for, locked: what was merged lives on in another. NoSuchPoint."""
    for _ in range(_MOST_MERGED):
        found = unit.agenda.by_ids([point_id]).get(point_id)
        if found is None or found.state is not PointState.MERGED or found.merged_into_id is None:
            break
        point_id = found.merged_into_id
    point = unit.agenda.locked(point_id)  # without its meeting: no agenda changes by support
    if point is None:
        raise NoSuchPoint
    return point


_MOST_MERGED = 5

_ONLY_EMPTIED_BY_TEXT = frozenset({"explanation", "link", "presenter"})
"""Fields that an empty text takes away, where None leaves them as they are."""


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be changed; what goes to a meeting is not meant for a month any more."""
    said = {name: value for name, value in values.items() if value is not None or name not in _ONLY_EMPTIED_BY_TEXT}
    return {"returns_on": None, **said} if "meeting_id" in said else said


def _destination(unit: UnitOfWork, new: NewPoint, viewer: Viewer, now: datetime) -> tuple[Meeting | None, NewPoint]:
    """Where a point goes: what is meant for a month, to the meeting in it once there is one.

    Until then it lies in the backlog, which is for everybody: what is for a closed circle waits at the given meeting.
    """
    meeting = None if new.meeting_id is None else meeting_to_come(unit, new.meeting_id, viewer, now)
    if new.returns_on is None:
        return meeting, new
    kind = meeting.kind if meeting else MeetingKind.INTERVISIE
    found = _in_month(unit, kind, new.returns_on, viewer, now)
    if found is not None:
        return meeting_to_come(unit, found.id, viewer, now), replace(new, meeting_id=found.id, returns_on=None)
    closed = meeting is not None and meeting.audience is not Audience.NETWORK
    return (meeting, new) if closed else (None, replace(new, meeting_id=None))


def _in_month(unit: UnitOfWork, kind: MeetingKind, month: date, viewer: Viewer, now: datetime) -> Meeting | None:
    ids = [
        one.id
        for one in unit.meetings.coming(now, now + FARTHEST)
        if one.kind is kind and (one.starts.year, one.starts.month) == (month.year, month.month)
    ]
    mine = unit.meetings.by_ids(ids, viewer.person.id if viewer.person else None)
    return next((mine[one] for one in ids if mine[one].agenda_visible_to(viewer)), None)


def _to_check(old: NewPoint, new: NewPoint, names: tuple[str, ...]) -> tuple[str, ...]:
    """The texts to check: those that changed, and both for what becomes a case, where less is let through."""
    becomes_case = new.kind is PointKind.CASE and old.kind is not PointKind.CASE
    presenter = (PRESENTER,) if PRESENTER in names else ()
    return (*(TEXTS if becomes_case else (name for name in TEXTS if name in names)), *presenter)


def _checked(unit: UnitOfWork, new: NewPoint, names: tuple[str, ...], chosen: Chosen) -> NewPoint:
    case = new.kind is PointKind.CASE
    for name in names:
        text = getattr(new, name)
        if text:
            # A colleague brings it, also a case; anybody else may be whom it is about: "ruzie door Noah".
            strict = case and name != PRESENTER
            if new.kind is PointKind.ORGANISATION:
                check(unit, text, name, Use.WORK, chosen)  # an expert has a name and a place of work
                continue
            said: dict[str, Any] = {name: passed(unit, text, name, case=strict, chosen=chosen)}
            new = replace(new, **said)
    return new


def _columns(new: NewPoint) -> dict[str, Any]:
    values = {name: getattr(new, name) for name in NewPoint.__dataclass_fields__}
    return values | {"kind": new.kind.value if new.kind else None}


def _moved(unit: UnitOfWork, before: AgendaPoint, new: NewPoint, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """The columns of what goes elsewhere: accepted there at once when who moves it may do that, else proposed."""
    meeting = its_meeting(unit, replace(before, meeting_id=new.meeting_id), viewer)
    arranges = may_arrange(viewer, meeting)
    accepted = arranges and (before.state is PointState.ACCEPTED or (meeting is not None and before.is_of(viewer)))
    state = PointState.ACCEPTED if accepted else PointState.PROPOSED
    keeps = state is before.state
    return unit.agenda.placed(new.meeting_id, state, now) | ({} if keeps else _settled(state, viewer, now))


def _settled(state: PointState, viewer: Viewer, now: datetime) -> dict[str, Any]:
    if state is PointState.ACCEPTED:
        return {"decided_by_id": known(viewer).id, "decided_at": now}
    return {"decided_by_id": None, "decided_at": None}


def _invite(new: NewPoint, state: PointState) -> dict[str, Any]:
    to_invite = new.kind is PointKind.ORGANISATION and state is PointState.ACCEPTED
    return {"invite": Invite.TO_INVITE.value} if to_invite else {}


def _told(
    unit: UnitOfWork, after: AgendaPoint, before: AgendaPoint | None, viewer: Viewer, now: datetime
) -> AgendaPoint:
    """Plan what must be told of a point that is new or changed; the point."""
    by_id = known(viewer).id
    here = before is None or before.meeting_id != after.meeting_id or before.state is not after.state
    if here and after.meeting_id is not None and after.state is PointState.PROPOSED:
        plan_proposed(unit, after.meeting_id, now, by_id)
    follow(unit, before, after, now, by_id)
    return after


def _must_be_own(point: AgendaPoint, viewer: Viewer) -> None:
    if point.proposer_id is not None and not point.is_of(viewer):
        raise NotYours


def _by_id(unit: UnitOfWork, point_id: int) -> AgendaPoint:
    return unit.agenda.by_ids([point_id])[point_id]
