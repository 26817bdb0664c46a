"""Queries on what is said about agenda points: support, comments, prepared cases, promises, and forgetting them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, false, func, insert, not_, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.agenda import AgendaTraces, Case, Comment, CommentKind, PointKind, PointState
from storage.domain.meetings import MeetingKind
from storage.repositories.inserts import insert_into
from storage.repositories.people import person_of
from storage.tables.agenda import AgendaPointRow, CaseRow, CommentRow, DraftRow, PromiseRow, SupportRow
from storage.tables.meetings import MeetingRow
from storage.tables.people import OrganisationRow, PersonRow


@dataclass(frozen=True, slots=True)
class OldCases:
    """Before which moments a case is old: its meeting ended, by its kind, where it was settled there or not yet;
    it was laid in the backlog, or waits for a next meeting since then; it was taken back.
    """

    settled: Mapping[MeetingKind, datetime]
    unsettled: Mapping[MeetingKind, datetime]
    shelved: datetime
    taken_back: datetime


class AgendaTalkRepository:
    """What is said about agenda points."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- support

    def support(self, point_id: int, person_id: int, now: datetime) -> None:
        """Somebody would like this point as well; once, however often they say so."""
        statement = insert_into(self._session, SupportRow).values(point_id=point_id, person_id=person_id, at=now)
        self._session.execute(statement.on_conflict_do_nothing())

    def take_back_support(self, point_id: int, person_id: int) -> None:
        """They no longer do."""
        mine = (SupportRow.point_id == point_id, SupportRow.person_id == person_id)
        self._session.execute(delete(SupportRow).where(*mine))

    def supported(self, person_id: int, point_ids: Collection[int]) -> frozenset[int]:
        """Which of these points somebody supports."""
        mine = (SupportRow.person_id == person_id, SupportRow.point_id.in_(point_ids))
        return frozenset(self._session.scalars(select(SupportRow.point_id).where(*mine)))

    # --- comments

    def comments(self, point_id: int) -> tuple[Comment, ...]:
        """What was said about a point, in its order."""
        return self.comments_on([point_id]).get(point_id, ())

    def comments_on(self, point_ids: Collection[int]) -> dict[int, tuple[Comment, ...]]:
        """The same of several points; those about which nothing was said are left out."""
        rows = self._session.execute(
            select(CommentRow, PersonRow, OrganisationRow)
            .join(PersonRow, CommentRow.person_id == PersonRow.id)
            .outerjoin(OrganisationRow, PersonRow.organisation_id == OrganisationRow.id)
            .where(CommentRow.point_id.in_(point_ids))
            .order_by(CommentRow.at, CommentRow.id)
        )
        found: dict[int, tuple[Comment, ...]] = {}
        for row, person, organisation in rows:
            said = Comment(row.id, CommentKind(row.kind), person_of(person, organisation), row.text, row.at)
            found[row.point_id] = (*found.get(row.point_id, ()), said)
        return found

    def comment(self, point_id: int, person_id: int, kind: CommentKind, text: str, now: datetime) -> int:
        """Keep what somebody said about a point; its id. The same text twice is the first one."""
        said = {"point_id": point_id, "person_id": person_id, "kind": kind.value, "text": text}
        same = [getattr(CommentRow, name) == value for name, value in said.items()]
        before = self._session.scalar(select(CommentRow.id).where(*same).limit(1))
        if before is not None:
            return before
        added = insert(CommentRow).values(**said, at=now).returning(CommentRow.id)
        return self._session.execute(added).scalar_one()

    # --- cases

    def case(self, point_id: int) -> Case | None:
        """The prepared text of a case."""
        columns = (CaseRow.situation, CaseRow.question, CaseRow.tried, CaseRow.wished)
        row = self._session.execute(select(*columns).where(CaseRow.point_id == point_id)).first()
        return Case(*row) if row else None

    def tell_case(self, point_id: int, parts: Mapping[str, str | None]) -> None:
        """Keep these parts of a case; the others stay as they are."""
        statement = insert_into(self._session, CaseRow).values(point_id=point_id, **parts)
        self._session.execute(statement.on_conflict_do_update(index_elements=["point_id"], set_=dict(parts)))

    # --- what is kept of somebody

    def traces(self, person_id: int) -> AgendaTraces:
        """How much of somebody is kept around agendas."""
        owned = (
            AgendaPointRow.proposer_id,
            CommentRow.person_id,
            SupportRow.person_id,
            PromiseRow.person_id,
            DraftRow.person_id,
        )
        counts = [self._session.scalar(select(func.count()).where(column == person_id)) or 0 for column in owned]
        return AgendaTraces(*counts)

    # --- forgetting

    def forget_cases(self, old: OldCases, now: datetime) -> int:
        """Forget the texts of old cases, but for their titles; of how many."""
        chosen = select(AgendaPointRow.id).where(_is_case(), _says_something(), _is_old(old))
        ids = list(self._session.scalars(chosen.order_by(AgendaPointRow.id).with_for_update()))
        self._session.execute(delete(CaseRow).where(CaseRow.point_id.in_(ids)))
        self._session.execute(delete(CommentRow).where(CommentRow.point_id.in_(ids)))
        emptied = update(AgendaPointRow).where(AgendaPointRow.id.in_(ids))
        self._session.execute(emptied.values(explanation=None, declined_why=None, forgotten_at=now))
        return len(ids)

    def forget_comments(self, before: datetime) -> None:
        """Forget what was said about points of meetings that ended before this moment."""
        over = select(MeetingRow.id).where(MeetingRow.ends_at < before)
        points = select(AgendaPointRow.id).where(AgendaPointRow.meeting_id.in_(over))
        self._session.execute(delete(CommentRow).where(CommentRow.point_id.in_(points)))


def _is_old(old: OldCases) -> ColumnElement[bool]:
    is_open = AgendaPointRow.state.in_([state.value for state in PointState if state.open])
    waits = and_(is_open, AgendaPointRow.carried_from_id == AgendaPointRow.meeting_id)
    here = AgendaPointRow.meeting_id
    return or_(
        and_(not_(is_open), here.in_(_ended(old.settled))),
        and_(is_open, not_(func.coalesce(waits, false())), here.in_(_ended(old.unsettled))),
        and_(waits, here.in_(select(MeetingRow.id).where(MeetingRow.ends_at < old.shelved))),
        and_(here.is_(None), AgendaPointRow.shelved_at < old.shelved),
        and_(AgendaPointRow.state == PointState.WITHDRAWN.value, AgendaPointRow.decided_at < old.taken_back),
    )


def _ended(before: Mapping[MeetingKind, datetime]) -> Select[int]:
    """The meetings that ended before the moment of their kind."""
    over = (and_(MeetingRow.kind == kind.value, MeetingRow.ends_at < moment) for kind, moment in before.items())
    return select(MeetingRow.id).where(or_(false(), *over))


def _is_case() -> ColumnElement[bool]:
    """A case, or what was one until its kind was changed."""
    return or_(AgendaPointRow.kind == PointKind.CASE.value, _has(CaseRow.point_id))


def _says_something() -> ColumnElement[bool]:
    texts = (AgendaPointRow.explanation.is_not(None), AgendaPointRow.declined_why.is_not(None))
    return or_(*texts, _has(CaseRow.point_id), _has(CommentRow.point_id))


def _has(column: Any) -> ColumnElement[bool]:
    return exists().where(column == AgendaPointRow.id)
