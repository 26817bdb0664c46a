"""Queries on agenda points."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.agenda import AgendaPoint, Fixed, Invite, PointKind, PointState
from storage.tables.agenda import AgendaPointRow, SupportRow
from storage.tables.meetings import MeetingRow
from storage.tables.people import PersonRow

ON_THE_AGENDA = frozenset({PointState.ACCEPTED, PointState.HANDLED})
OPEN = frozenset(state for state in PointState if state.open)

_SUPPORT = (
    select(func.count())
    .where(SupportRow.point_id == AgendaPointRow.id)
    .correlate(AgendaPointRow)
    .scalar_subquery()
    .label("support")
)


class AgendaRepository:
    """Agenda points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_meeting(self, meeting_id: int, states: Collection[PointState] = ON_THE_AGENDA) -> tuple[AgendaPoint, ...]:
        """The points of a meeting that stand so, in order."""
        return self._read(_points().where(AgendaPointRow.meeting_id == meeting_id, _in(states)))

    def shelf(self) -> tuple[AgendaPoint, ...]:
        """What waits for a meeting."""
        return self._read(_points().where(AgendaPointRow.meeting_id.is_(None), _in(OPEN)))

    def of_proposer(self, person_id: int, states: Collection[PointState] = OPEN) -> tuple[AgendaPoint, ...]:
        """The points that somebody proposed and that stand so."""
        return self._read(_points().where(AgendaPointRow.proposer_id == person_id, _in(states)))

    def by_ids(self, ids: Collection[int]) -> dict[int, AgendaPoint]:
        """These points, by id."""
        wanted = [id_ for id_ in ids if 0 < id_ < HIGHEST_ID]
        found = self._read(_points().where(AgendaPointRow.id.in_(wanted))) if wanted else ()
        return {point.id: point for point in found}

    def locked(self, point_id: int) -> AgendaPoint | None:
        """A point that nobody else changes until this transaction ends."""
        if not 0 < point_id < HIGHEST_ID:
            return None
        statement = select(AgendaPointRow.id).where(AgendaPointRow.id == point_id).with_for_update()
        return self.by_ids([point_id]).get(point_id) if self._session.scalar(statement) is not None else None

    def settled(self, person_id: int, since: datetime) -> tuple[AgendaPoint, ...]:
        """What somebody proposed and is settled: of meetings that ended after this moment, or else decided after it."""
        late = select(MeetingRow.id).where(MeetingRow.ends_at > since)
        fresh = and_(AgendaPointRow.meeting_id.is_(None), AgendaPointRow.decided_at > since)
        theirs = (AgendaPointRow.proposer_id == person_id, AgendaPointRow.state.not_in([state.value for state in OPEN]))
        return self._read(_points().where(*theirs, or_(AgendaPointRow.meeting_id.in_(late), fresh)))

    def queue_for(self, person_id: int) -> None:
        """Let who enters points for the backlog twice at once do so one after the other."""
        self._session.execute(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update(key_share=True))

    def accepted_by(self, point_id: int) -> int | None:
        """Who accepted a point, while it is accepted or was just taken back."""
        return self._session.scalar(select(AgendaPointRow.decided_by_id).where(AgendaPointRow.id == point_id))

    def placed(self, meeting_id: int | None, state: PointState, now: datetime) -> dict[str, Any]:
        """The columns of a point that goes to a meeting, last on its agenda, or to the backlog for None."""
        position = self._after_last(meeting_id) if meeting_id is not None and state is PointState.ACCEPTED else 0
        shelved_at = now if meeting_id is None else None
        return {"meeting_id": meeting_id, "state": state.value, "position": position, "shelved_at": shelved_at}

    def _after_last(self, meeting_id: int) -> int:
        highest = select(func.max(AgendaPointRow.position))
        last = self._session.scalar(highest.where(AgendaPointRow.meeting_id == meeting_id, _in(ON_THE_AGENDA)))
        return 0 if last is None else last + 1

    def add(self, columns: dict[str, Any]) -> int:
        """Add a point; its id."""
        inserted = self._session.execute(insert(AgendaPointRow).values(columns).returning(AgendaPointRow.id))
        return inserted.scalar_one()

    def write(self, point_id: int, columns: dict[str, Any]) -> None:
        """Write columns of a point."""
        self._session.execute(update(AgendaPointRow).where(AgendaPointRow.id == point_id).values(columns))

    def _read(self, statement: Select[AgendaPointRow, int]) -> tuple[AgendaPoint, ...]:
        ordered = statement.order_by(AgendaPointRow.position, AgendaPointRow.id)
        # What was written by a statement of this transaction counts, also for rows that the session has seen before.
        rows = self._session.execute(ordered, execution_options={"populate_existing": True})
        return tuple(_point(row, support) for row, support in rows)


HIGHEST_ID = 2**31
"""No row has this id: what comes from a button may be any number, at which a database would stumble."""


def _points() -> Select[AgendaPointRow, int]:
    return select(AgendaPointRow, _SUPPORT)


def _in(states: Collection[PointState]) -> Any:
    return AgendaPointRow.state.in_(sorted(state.value for state in states))


def _point(row: AgendaPointRow, support: int) -> AgendaPoint:
    return AgendaPoint(
        id=row.id,
        title=row.title,
        kind=PointKind(row.kind) if row.kind else None,
        presenter=row.presenter,
        minutes=row.minutes,
        meeting_id=row.meeting_id,
        position=row.position,
        state=PointState(row.state),
        explanation=row.explanation,
        link=row.link,
        proposer_id=row.proposer_id,
        proposed_at=row.proposed_at,
        decided_at=row.decided_at,
        declined_why=row.declined_why,
        merged_into_id=row.merged_into_id,
        carried=row.carried,
        recurring=row.recurring,
        returns_on=row.returns_on,
        shelved_at=row.shelved_at,
        fixed=Fixed(row.fixed) if row.fixed else None,
        votes=row.votes,
        voters=row.voters,
        invite=Invite(row.invite) if row.invite else None,
        guest_name=row.guest_name,
        guest_organisation=row.guest_organisation,
        support=support,
    )
