"""Queries on what reports come from and were: delivered ones, versions; and on forgetting what was said of cases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, false, func, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.meetings import MeetingKind
from storage.domain.report_merging import WAS_PRIVATE
from storage.domain.reports import Version as Version  # noqa: PLC0414 - found here by who keeps them
from storage.repositories.inserts import insert_into
from storage.tables.actions import ActionOwnerRow, ActionRow
from storage.tables.meetings import MeetingRow
from storage.tables.reports import ObjectionRow, ReportLineRow, ReportRow, ReportSourceRow, ReportVersionRow


@dataclass(frozen=True, slots=True)
class Delivered:
    """A report that somebody delivered. `text` is empty once its cases are forgotten."""

    id: int
    name: str
    text: str
    digest: str
    person_id: int | None
    at: datetime


class ReportHistoryRepository:
    """Delivered reports and versions."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- what was delivered

    def sources(self, meeting_id: int) -> tuple[Delivered, ...]:
        """The reports that were delivered of a meeting, the latest last."""
        rows = self._session.scalars(
            select(ReportSourceRow)
            .where(ReportSourceRow.meeting_id == meeting_id)
            .order_by(ReportSourceRow.at, ReportSourceRow.id),
            execution_options={"populate_existing": True},
        )
        return tuple(Delivered(row.id, row.name, row.text, row.digest, row.person_id, row.at) for row in rows)

    def deliver(self, meeting_id: int, name: str, text: str, digest: str, by_id: int | None, now: datetime) -> int:
        """Keep a delivered report; its id. One that came before becomes the latest."""
        values = {"meeting_id": meeting_id, "name": name, "digest": digest, "person_id": by_id, "at": now}
        statement = insert_into(self._session, ReportSourceRow).values(**values, text=text)
        latest = {"name": name, "person_id": by_id, "at": now}
        kept = statement.on_conflict_do_update(index_elements=["meeting_id", "digest"], set_=latest)
        return int(self._session.execute(kept.returning(ReportSourceRow.id)).scalar_one())

    # --- versions

    def versions(self, meeting_id: int) -> tuple[Version, ...]:
        """The versions of a report that were kept, the latest last."""
        rows = self._session.scalars(
            select(ReportVersionRow)
            .where(ReportVersionRow.meeting_id == meeting_id)
            .order_by(ReportVersionRow.number, ReportVersionRow.id),
            execution_options={"populate_existing": True},
        )
        return tuple(Version(row.number, row.what, tuple(row.lines), row.by_id, row.at) for row in rows)

    def latest(self, meeting_id: int) -> Version | None:
        """The last of them, without its lines."""
        columns = (ReportVersionRow.number, ReportVersionRow.what, ReportVersionRow.by_id, ReportVersionRow.at)
        mine = select(*columns).where(ReportVersionRow.meeting_id == meeting_id)
        row = self._session.execute(mine.order_by(ReportVersionRow.number.desc()).limit(1)).first()
        return Version(row.number, row.what, (), row.by_id, row.at) if row else None

    def keep(self, meeting_id: int, version: Version) -> None:
        """Keep a version, in the place of the one with the same number."""
        said = {
            "what": version.what,
            "lines": [dict(one) for one in version.lines],
            "by_id": version.by_id,
            "at": version.at,
        }
        statement = insert_into(self._session, ReportVersionRow)
        statement = statement.values(meeting_id=meeting_id, number=version.number, **said)
        self._session.execute(statement.on_conflict_do_update(index_elements=["meeting_id", "number"], set_=said))

    def take_out(self, meeting_id: int, line_ids: Collection[int]) -> None:
        """Take these lines out of every version of a report."""
        wanted = ReportVersionRow.meeting_id == meeting_id
        rows = self._session.execute(select(ReportVersionRow.id, ReportVersionRow.lines).where(wanted)).all()
        for row_id, lines in rows:
            left = [one for one in lines if one.get("id") not in line_ids]
            if len(left) < len(lines):
                self._session.execute(update(ReportVersionRow).where(ReportVersionRow.id == row_id).values(lines=left))

    # --- forgetting

    def with_old_cases(self, ended: Mapping[MeetingKind, datetime]) -> tuple[int, ...]:
        """The meetings that ended before the moment of their kind and of whose cases something is kept, by id."""
        over = (and_(MeetingRow.kind == kind.value, MeetingRow.ends_at < moment) for kind, moment in ended.items())
        about = (
            select(ReportLineRow.meeting_id)
            .outerjoin(ReportSourceRow, ReportSourceRow.id == ReportLineRow.source_id)
            .where(or_(_tells_of_a_case(), and_(_was_private(), ReportSourceRow.text != "")))
        )
        found = select(MeetingRow.id).where(or_(false(), *over), MeetingRow.id.in_(about))
        return tuple(sorted(self._session.scalars(found)))

    def forget_cases(self, meeting_id: int, now: datetime) -> int:
        """Forget what was said about the cases of a meeting: private lines, what people objected to them, and the
        texts of delivered reports that had any; of how many lines.
        """
        private = select(ReportLineRow.id).where(ReportLineRow.meeting_id == meeting_id, ReportLineRow.private)
        ids = list(self._session.scalars(private))
        self._empty(ids, now)
        self._session.execute(delete(ObjectionRow).where(ObjectionRow.line_id.in_(ids)))
        sources = update(ReportSourceRow).where(ReportSourceRow.meeting_id == meeting_id)
        self._session.execute(sources.values(text=""))
        self.take_out(meeting_id, ids)
        statement = insert_into(self._session, ReportRow).values(meeting_id=meeting_id, forgotten_at=now)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["meeting_id"], set_={"forgotten_at": now})
        )
        return len(ids)

    def forget_removed(self, before: datetime, now: datetime) -> None:
        """Forget the texts of lines that were taken away before this moment."""
        old = (ReportLineRow.removed_at < before, ReportLineRow.text != "")
        ids = list(self._session.scalars(select(ReportLineRow.id).where(*old)))
        self._empty(ids, now)

    def _empty(self, ids: Sequence[int], now: datetime) -> None:
        """Objections and others refer to lines: those are emptied, not deleted, and no part of the report any more.

        What was to be done about them is forgotten with them.
        """
        gone: dict[str, Any] = {"text": "", "item": None, "item_title": None, "owner": None, "due": None, "until": None}
        removed_at = func.coalesce(ReportLineRow.removed_at, now)
        emptied = update(ReportLineRow).where(ReportLineRow.id.in_(ids))
        # Changed: a report that is delivered again finds that somebody took it away, not that it was replaced.
        changed_at = func.coalesce(ReportLineRow.changed_at, now)
        self._session.execute(emptied.values(**gone, data={}, removed_at=removed_at, changed_at=changed_at))
        actions = list(self._session.scalars(select(ActionRow.id).where(ActionRow.line_id.in_(ids))))
        self._session.execute(delete(ActionOwnerRow).where(ActionOwnerRow.action_id.in_(actions)))
        self._session.execute(delete(ActionRow).where(ActionRow.id.in_(actions)))


def _tells_of_a_case() -> ColumnElement[bool]:
    return and_(ReportLineRow.private, ReportLineRow.text != "")


def _was_private() -> ColumnElement[bool]:
    found: ColumnElement[bool] = ReportLineRow.data[WAS_PRIVATE].as_boolean()
    return found
