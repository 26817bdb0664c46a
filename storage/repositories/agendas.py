"""Queries on the agenda of each meeting as a whole, and on who promised to bring something to one."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from storage.domain.agenda import AgendaStanding
from storage.domain.network import Network
from storage.repositories.inserts import insert_into
from storage.repositories.network import network_of
from storage.tables.agenda import AgendaPointRow, AgendaRow, DraftRow, PromiseRow
from storage.tables.changes import ChangeRow
from storage.tables.meetings import MeetingRow
from storage.tables.network import NetworkRow
from storage.tables.notices import NoticeRow

CASE_DRAFT = "case"
"""How the name begins under which is kept what somebody is still telling of a case; after a point, the point's id."""

POSITION = "point_position:"
"""How the history calls it that a coordinator gave a point its place."""


class AgendaStandRepository:
    """How far the agendas of meetings are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def standing(self, meeting_id: int) -> AgendaStanding:
        """How far the agenda of a meeting is."""
        return self.standings([meeting_id]).get(meeting_id, AgendaStanding(meeting_id))

    def standings(self, meeting_ids: Collection[int]) -> dict[int, AgendaStanding]:
        """The same of several meetings; those to whose agenda nothing happened yet are left out."""
        rows = self._session.scalars(
            select(AgendaRow).where(AgendaRow.meeting_id.in_(meeting_ids)),
            execution_options={"populate_existing": True},
        )
        return {row.meeting_id: _standing(row) for row in rows}

    def published(self, meeting_id: int) -> list[dict[str, Any]]:
        """The points as they were last told."""
        statement = select(AgendaRow.published).where(AgendaRow.meeting_id == meeting_id)
        return list(self._session.scalar(statement) or [])

    def write(self, meeting_id: int, **columns: Any) -> None:
        """Write columns of a meeting's agenda, which need not be there yet."""
        given = {"published": [], "held": False, **columns}
        statement = insert_into(self._session, AgendaRow).values(meeting_id=meeting_id, **given)
        self._session.execute(statement.on_conflict_do_update(index_elements=["meeting_id"], set_=columns))

    def arranged_at(self, meeting_id: int) -> datetime | None:
        """When a coordinator last gave a point of this agenda its place."""
        placed = ChangeRow.field.startswith(POSITION, autoescape=True)
        return self._session.scalar(select(func.max(ChangeRow.at)).where(ChangeRow.meeting_id == meeting_id, placed))

    def brought_here(self, meeting_ids: Collection[int]) -> frozenset[int]:
        """Those of the meetings that have a point which no file put there, nor is a fixed one."""
        imported_here = and_(
            AgendaPointRow.source_key.is_not(None), AgendaPointRow.source_meeting_id == AgendaPointRow.meeting_id
        )
        own = (AgendaPointRow.fixed.is_(None), func.coalesce(imported_here, False).is_(False))
        states = AgendaPointRow.state.in_(["proposed", "accepted"])
        found = select(AgendaPointRow.meeting_id).where(AgendaPointRow.meeting_id.in_(meeting_ids), *own, states)
        return frozenset(one for one in self._session.scalars(found.distinct()) if one is not None)

    def drafted_at(self, kind: str, meeting_id: int, day: str) -> datetime | None:
        """When the first notice of a kind was planned about a meeting on this day."""
        mine = (NoticeRow.kind == kind, NoticeRow.subject == str(meeting_id))
        of_day = NoticeRow.key.endswith(f"@{day}", autoescape=True)
        return self._session.scalar(select(func.min(NoticeRow.created_at)).where(*mine, of_day))

    def drafted(self, kind: str, since: datetime) -> tuple[int, ...]:
        """The meetings about which a notice of a kind was planned since then, the latest first."""
        rows = self._session.execute(
            select(NoticeRow.subject, func.max(NoticeRow.id))
            .where(NoticeRow.kind == kind, NoticeRow.created_at >= since)
            .group_by(NoticeRow.subject)
        )
        return tuple(int(subject) for subject, _ in sorted(rows, key=lambda row: row[1], reverse=True))

    def network(self) -> Network | None:
        """Whose agendas they are."""
        row = self._session.scalar(select(NetworkRow))
        return network_of(row) if row else None

    # --- promises

    def promise(self, meeting_id: int, person_id: int, about: str | None, now: datetime) -> None:
        """Keep that somebody brings something to a meeting; what they said last counts."""
        values = {"meeting_id": meeting_id, "person_id": person_id, "about": about, "at": now}
        statement = insert_into(self._session, PromiseRow).values(values)
        said = {"about": about, "at": now}
        self._session.execute(statement.on_conflict_do_update(index_elements=["meeting_id", "person_id"], set_=said))

    def drop_promise(self, meeting_id: int, person_id: int) -> None:
        """They brought it, or won't."""
        mine = (PromiseRow.meeting_id == meeting_id, PromiseRow.person_id == person_id)
        self._session.execute(delete(PromiseRow).where(*mine))

    def forget_promises(self, now: datetime) -> None:
        """Forget what was promised for meetings that are over."""
        over = select(MeetingRow.id).where(MeetingRow.ends_at <= now)
        self._session.execute(delete(PromiseRow).where(PromiseRow.meeting_id.in_(over)))

    def promises(self, meeting_id: int) -> dict[int, str | None]:
        """Who promised something for a meeting and did not bring it yet, and about what."""
        rows = self._session.execute(
            select(PromiseRow.person_id, PromiseRow.about).where(PromiseRow.meeting_id == meeting_id)
        )
        return {row.person_id: row.about for row in rows}

    def case_drafts(self, meeting_id: int) -> frozenset[int]:
        """Who began to prepare a case for a meeting and did not finish."""
        rows = self._session.execute(
            select(DraftRow.person_id, DraftRow.what, DraftRow.data).where(
                DraftRow.what.startswith(CASE_DRAFT, autoescape=True)
            )
        ).all()
        drafts = [(person, data.get("meeting_id"), _point_of(what, data)) for person, what, data in rows]
        of_meeting = select(AgendaPointRow.id).where(
            AgendaPointRow.id.in_({point for *_, point in drafts}), AgendaPointRow.meeting_id == meeting_id
        )
        points = set(self._session.scalars(of_meeting)) if drafts else set()
        return frozenset(person for person, meeting, point in drafts if meeting == meeting_id or point in points)


def _point_of(what: str, data: dict[str, Any]) -> int:
    """The id of the point that a draft is about; 0 when it is about none yet."""
    number = what.removeprefix(CASE_DRAFT).lstrip(".:")
    found = data.get("point_id") or (int(number) if number.isdecimal() else 0)
    return found if isinstance(found, int) and 0 < found < _HIGHEST_ID else 0


_HIGHEST_ID = 2**31


def _standing(row: AgendaRow) -> AgendaStanding:
    return AgendaStanding(
        meeting_id=row.meeting_id,
        composed_at=row.composed_at,
        published_at=row.published_at,
        held=row.held,
        asked_at=row.asked_at,
        closed_at=row.closed_at,
    )
