"""Queries on agenda points."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from storage.domain.agenda import AgendaPoint, Fixed, Invite, PointKind, PointState
from storage.tables.agenda import AgendaPointRow, SupportRow

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
        rows = self._session.execute(ordered, execution_options={"populate_existing": True}).tuples()
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
        declined_why=row.declined_why,
        merged_into_id=row.merged_into_id,
        carried=row.carried,
        recurring=row.recurring,
        returns_on=row.returns_on,
        fixed=Fixed(row.fixed) if row.fixed else None,
        votes=row.votes,
        voters=row.voters,
        invite=Invite(row.invite) if row.invite else None,
        guest_name=row.guest_name,
        guest_organisation=row.guest_organisation,
        support=support,
    )
