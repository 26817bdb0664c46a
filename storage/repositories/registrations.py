"""Queries on registrations."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from storage.domain.registrations import Attendee, OwnRegistration, RegistrationStatus
from storage.repositories.meetings import meeting_of, taken_seats, viewer_takes_part
from storage.repositories.people import person_of
from storage.tables.meetings import MeetingRow, SessionRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.registrations import RegistrationRow

OwnSelect: TypeAlias = Select[RegistrationRow, MeetingRow, int, bool, str, str, int]


class RegistrationRepository:
    """Registrations."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_meeting(self, meeting_id: int) -> tuple[Attendee, ...]:
        """Everybody on a meeting's list, by organisation and name; not who withdrew."""
        rows = self._session.execute(_of_meeting(), {"meeting": meeting_id}).all()
        queue = _places(row for row, *_ in rows)
        return tuple(
            Attendee(
                person=person_of(person, organisation),
                status=RegistrationStatus(row.status),
                replaces=replaces,
                session=session,
                replaced_by=replaced_by,
                brought_by=brought_by,
                reason=row.reason,
                remark=row.remark,
                paid=row.paid_at is not None,
                queue=queue.get(row.person_id),
                offered_until=row.offered_until,
                since=row.created_at,
            )
            for row, person, organisation, replaces, session, replaced_by, brought_by in rows
        )

    def standing(self, person_id: int, meeting_id: int) -> OwnRegistration | None:
        """One person's standing for one meeting, also a withdrawn one; None when they never said anything."""
        return next(iter(self._own(_standing(), {"viewer": person_id, "meeting": meeting_id})), None)

    def standings(self, person_id: int, now: datetime | None) -> tuple[OwnRegistration, ...]:
        """One person's standing for every meeting that is not over, or that ever was; the nearest first."""
        if now is None:
            return self._own(_every_standing(), {"viewer": person_id})
        return self._own(_coming_standings(), {"viewer": person_id, "now": now})

    def forget_words(self, before: datetime) -> None:
        """Forget the reasons and remarks of meetings that ended before this moment."""
        over = select(MeetingRow.id).where(MeetingRow.ends_at < before)
        said = or_(RegistrationRow.reason.is_not(None), RegistrationRow.remark.is_not(None))
        forgotten = update(RegistrationRow).where(said, RegistrationRow.meeting_id.in_(over))
        self._session.execute(forgotten.values(reason=None, remark=None))

    def _own(self, statement: OwnSelect, values: dict[str, Any]) -> tuple[OwnRegistration, ...]:
        rows = self._session.execute(statement, values)
        return tuple(
            OwnRegistration(
                meeting_of(meeting, taken, part),
                RegistrationStatus(row.status),
                replaced_by,
                session,
                queue if row.status == RegistrationStatus.WAITLISTED else None,
                row.offered_until,
                row.paid_at is not None,
            )
            for row, meeting, taken, part, replaced_by, session, queue in rows
        )


# Building a statement costs more than running it, so each is built once.


@cache
def _of_meeting() -> Select[RegistrationRow, PersonRow, OrganisationRow, str | None, str, str, str]:
    replacement, bringer = aliased(PersonRow), aliased(PersonRow)
    people = (RegistrationRow, PersonRow, OrganisationRow)
    return (
        select(*people, _replaces(), SessionRow.title, replacement.name, bringer.name)
        .join(PersonRow, RegistrationRow.person_id == PersonRow.id)
        .outerjoin(OrganisationRow, PersonRow.organisation_id == OrganisationRow.id)
        .outerjoin(SessionRow, RegistrationRow.session_id == SessionRow.id)
        .outerjoin(replacement, RegistrationRow.replaced_by_id == replacement.id)
        .outerjoin(bringer, RegistrationRow.brought_by_id == bringer.id)
        .where(RegistrationRow.meeting_id == bindparam("meeting"), _said_something())
        .order_by(OrganisationRow.name.nulls_last(), PersonRow.name, PersonRow.id)
    )


@cache
def _standing() -> OwnSelect:
    fresh = _standings().execution_options(populate_existing=True)  # it is read in the transaction that changes it
    return fresh.where(RegistrationRow.meeting_id == bindparam("meeting"))


@cache
def _coming_standings() -> OwnSelect:
    """Through the meetings to come, which are few: not through all that this person ever came to."""
    meeting = aliased(MeetingRow)
    coming = select(meeting.id).where(meeting.ends_at > bindparam("now", type_=MeetingRow.ends_at.type))
    return _every_standing().where(RegistrationRow.meeting_id.in_(coming))


@cache
def _every_standing() -> OwnSelect:
    return _standings().where(_said_something())


@cache
def _standings() -> OwnSelect:
    replacement = aliased(PersonRow)
    viewer: BindParameter[int] = bindparam("viewer")
    return (
        select(
            RegistrationRow,
            MeetingRow,
            taken_seats(),
            viewer_takes_part(viewer),
            replacement.name,
            SessionRow.title,
            _queue(),
        )
        .join(MeetingRow, RegistrationRow.meeting_id == MeetingRow.id)
        .outerjoin(replacement, RegistrationRow.replaced_by_id == replacement.id)
        .outerjoin(SessionRow, RegistrationRow.session_id == SessionRow.id)
        .where(RegistrationRow.person_id == viewer)
        .order_by(MeetingRow.starts_at, MeetingRow.id)
    )


def _said_something() -> ColumnElement[bool]:
    """Who withdrew is as if they never said anything."""
    return RegistrationRow.status != RegistrationStatus.WITHDRAWN.value


def _places(rows: Iterable[RegistrationRow]) -> dict[int, int]:
    """The place on the waiting list, from 1, of everybody on it, by their id."""
    waiting = [row for row in rows if row.status == RegistrationStatus.WAITLISTED]
    ordered = sorted(waiting, key=lambda row: (row.created_at, row.id))
    return {row.person_id: place for place, row in enumerate(ordered, 1)}


def _replaces() -> ColumnElement[str | None]:
    """The name of the one in whose place the person of a registration comes."""
    original, replaced = aliased(RegistrationRow), aliased(PersonRow)
    named = (
        select(func.min(replaced.name))
        .join(original, original.person_id == replaced.id)
        .where(
            original.meeting_id == RegistrationRow.meeting_id,
            original.replaced_by_id == RegistrationRow.person_id,
        )
    )
    return named.correlate(RegistrationRow).scalar_subquery()


def _queue() -> ColumnElement[int]:
    """The place on the waiting list, from 1: first come, first served."""
    other = aliased(RegistrationRow)
    earlier = or_(
        other.created_at < RegistrationRow.created_at,
        (other.created_at == RegistrationRow.created_at) & (other.id <= RegistrationRow.id),
    )
    counted = select(func.count(other.id)).where(
        other.meeting_id == RegistrationRow.meeting_id,
        other.status == RegistrationStatus.WAITLISTED.value,
        earlier,
    )
    return counted.correlate(RegistrationRow).scalar_subquery()
