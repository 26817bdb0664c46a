"""Queries on the reports of meetings and on their lines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from storage.domain.meetings import Meeting
from storage.domain.report_merging import KeptLine
from storage.domain.reports import Approval, Line, LineKind, NewLine, Origin, Release, ReportStanding, ReportTraces
from storage.repositories.agenda import HIGHEST_ID
from storage.repositories.inserts import insert_into
from storage.repositories.meetings import meeting_of, taken_seats, viewer_takes_part
from storage.tables.actions import ActionOwnerRow
from storage.tables.meetings import MeetingRow
from storage.tables.reports import MeetingChatRow, ObjectionRow, ReportLineRow, ReportRow, ReportSourceRow


class ReportRepository:
    """Reports of meetings and their lines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- how far they are

    def standing(self, meeting_id: int) -> ReportStanding:
        """How far the report of a meeting is."""
        return self.standings([meeting_id]).get(meeting_id, ReportStanding())

    def standings(self, meeting_ids: Collection[int]) -> dict[int, ReportStanding]:
        """The same of several meetings; those to whose report nothing happened yet are left out."""
        rows = self._session.scalars(
            select(ReportRow).where(ReportRow.meeting_id.in_(meeting_ids)),
            execution_options={"populate_existing": True},
        )
        return {row.meeting_id: _standing(row) for row in rows}

    def write(self, meeting_id: int, **columns: Any) -> None:
        """Write columns of a meeting's report, which need not be there yet."""
        given = {"asks": 0, "held": False, "version": 0, **columns}
        statement = insert_into(self._session, ReportRow).values(meeting_id=meeting_id, **given)
        self._session.execute(statement.on_conflict_do_update(index_elements=["meeting_id"], set_=columns))

    # --- lines

    def lines(self, meeting_id: int) -> tuple[Line, ...]:
        """The lines of a meeting's report, in order; without what was taken away."""
        chosen = select(ReportLineRow).where(ReportLineRow.meeting_id == meeting_id, ReportLineRow.removed_at.is_(None))
        return tuple(one.line for one in self._read(chosen))

    def kept(self, meeting_id: int) -> tuple[KeptLine, ...]:
        """All of them, also what was taken away."""
        return self._read(select(ReportLineRow).where(ReportLineRow.meeting_id == meeting_id))

    def line(self, meeting_id: int, line_id: int) -> KeptLine | None:
        """One line of a meeting's report, also when it was taken away."""
        if not 0 < line_id < HIGHEST_ID:
            return None
        mine = (ReportLineRow.id == line_id, ReportLineRow.meeting_id == meeting_id)
        return next(iter(self._read(select(ReportLineRow).where(*mine))), None)

    def by_ids(self, ids: Collection[int]) -> dict[int, Line]:
        """These lines, by id, also what was taken away."""
        wanted = [one for one in ids if 0 < one < HIGHEST_ID]
        found = self._read(select(ReportLineRow).where(ReportLineRow.id.in_(wanted))) if wanted else ()
        return {one.line.id: one.line for one in found}

    def add(self, meeting_id: int, lines: Sequence[NewLine], by_id: int | None, now: datetime) -> tuple[int, ...]:
        """Add lines after the last one, in this order; their ids."""
        if not lines:
            return ()
        rows = _rows(meeting_id, enumerate(lines, self._after_last(meeting_id)), by_id, now)
        added = insert(ReportLineRow).returning(ReportLineRow.id, sort_by_parameter_order=True)
        return tuple(self._session.scalars(added, rows))

    def add_at(self, meeting_id: int, lines: Sequence[tuple[int, NewLine]], by_id: int | None, now: datetime) -> None:
        """Add many lines at once, each at its position; ten times as fast as when their ids were asked."""
        if lines:
            self._session.execute(insert(ReportLineRow), _rows(meeting_id, lines, by_id, now))

    def write_line(self, line_id: int, **columns: Any) -> None:
        """Write columns of a line."""
        self._session.execute(update(ReportLineRow).where(ReportLineRow.id == line_id).values(**columns))

    def write_lines(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write columns of several lines, each with its `id`; all rows have the same columns."""
        if rows:
            self._session.execute(update(ReportLineRow), [dict(one) for one in rows])

    def superseded_by(self, ids: Collection[int]) -> tuple[int, ...]:
        """The ids of the lines that one of these put an end to."""
        chosen = select(ReportLineRow.id).where(ReportLineRow.superseded_by_id.in_(ids))
        return tuple(self._session.scalars(chosen)) if ids else ()

    def superseding(self, ids: Collection[int]) -> frozenset[int]:
        """Those of these lines that put an end to another."""
        chosen = select(ReportLineRow.superseded_by_id).where(ReportLineRow.superseded_by_id.in_(ids))
        return frozenset(one for one in self._session.scalars(chosen) if one) if ids else frozenset()

    def _after_last(self, meeting_id: int) -> int:
        last = self._session.scalar(
            select(func.max(ReportLineRow.position)).where(ReportLineRow.meeting_id == meeting_id)
        )
        return 0 if last is None else last + 1

    def _read(self, statement: Select[ReportLineRow]) -> tuple[KeptLine, ...]:
        ordered = statement.order_by(ReportLineRow.position, ReportLineRow.id)
        # What was written by a statement of this transaction counts, also for rows that the session has seen before.
        rows = self._session.scalars(ordered, execution_options={"populate_existing": True})
        return tuple(KeptLine(_line(row), row.changed_at is not None, row.removed_at is not None) for row in rows)

    # --- what is kept of somebody

    def traces(self, person_id: int) -> ReportTraces:
        """How much of somebody is kept around reports; a note whose text was forgotten is none."""
        notes = (ReportLineRow.by_id == person_id, ReportLineRow.origin == Origin.NOTE.value, ReportLineRow.text != "")
        owned = (
            notes,
            (ReportSourceRow.person_id == person_id, ReportSourceRow.text != ""),
            (ObjectionRow.person_id == person_id,),
            (ActionOwnerRow.person_id == person_id,),
        )
        counts = [self._session.scalar(select(func.count()).where(*its)) or 0 for its in owned]
        return ReportTraces(*counts)

    # --- meetings

    def meeting_of_chat(self, conversation_id: str) -> int | None:
        """The meeting whose chat this conversation is."""
        chat = select(MeetingChatRow.meeting_id).where(MeetingChatRow.conversation_id == conversation_id)
        return self._session.scalar(chat) if conversation_id else None

    def around(self, since: datetime, until: datetime, viewer_id: int) -> tuple[tuple[Meeting, bool], ...]:
        """The meetings that take place, end after `since` and begin before `until`, each with whether its report was
        posted; the latest first.
        """
        posted = ReportRow.posted_at.is_not(None)
        rows = self._session.execute(
            select(MeetingRow, taken_seats(), viewer_takes_part(viewer_id), posted)
            .outerjoin(ReportRow, ReportRow.meeting_id == MeetingRow.id)
            # Coalesced, it is out of reach of its index: the few that ended lately or will are found by their end.
            .where(func.coalesce(MeetingRow.starts_at, MeetingRow.starts_at) <= until)
            .where(MeetingRow.ends_at > since, MeetingRow.cancelled_at.is_(None))
        )
        found = [(meeting_of(row, taken, part), bool(done)) for row, taken, part, done in rows]
        return tuple(sorted(found, key=lambda one: (one[0].starts, one[0].id), reverse=True))


def _rows(
    meeting_id: int, lines: Iterable[tuple[int, NewLine]], by_id: int | None, now: datetime
) -> list[dict[str, Any]]:
    said = {"meeting_id": meeting_id, "by_id": by_id, "at": now}
    return [{**_columns(line), **said, "position": position} for position, line in lines]


def _columns(new: NewLine) -> dict[str, Any]:
    values = {field.name: getattr(new, field.name) for field in fields(NewLine)}
    empty = {name: values[name] or None for name in ("item", "item_title", "owner", "until")}
    return values | empty | {"kind": new.kind.value, "origin": new.origin.value, "data": dict(new.data)}


def _line(row: ReportLineRow) -> Line:
    return Line(
        id=row.id,
        kind=LineKind(row.kind),
        text=row.text,
        position=row.position,
        item=row.item or "",
        item_title=row.item_title or "",
        owner=row.owner or "",
        due=row.due,
        until=row.until or "",
        data=row.data,
        origin=Origin(row.origin),
        source_id=row.source_id,
        starts=row.starts,
        ends=row.ends,
        certain=row.certain,
        private=row.private,
        by_id=row.by_id,
        at=row.at,
        superseded_by_id=row.superseded_by_id,
    )


def _standing(row: ReportRow) -> ReportStanding:
    values = {field.name: getattr(row, field.name) for field in fields(ReportStanding)}
    release = Release(row.release) if row.release else None
    return ReportStanding(**values | {"release": release, "approved_how": _how(row.approved_how)})


def _how(how: str | None) -> Approval | None:
    return Approval(how) if how else None
