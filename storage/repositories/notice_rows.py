"""The statements that every notice runs, and the values of its rows."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import Row, Table, and_, bindparam, case, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from storage.domain.notices import Claimed, Notice, NoticeState, Timing
from storage.tables.notices import NoticeRow, PaceRow

EVERYBODY = "*"
"""The row with everybody's next free moment."""

# Building a statement costs more than running it: they are built once.
_TABLE = cast("Table", NoticeRow.__table__)
_OURS = (_TABLE.c.id.in_(bindparam("ids", expanding=True)), _TABLE.c.owner == bindparam("by"))
BEGIN = (
    update(_TABLE)
    .where(*_OURS, _TABLE.c.state == NoticeState.READY.value)
    .values(state=NoticeState.SENDING.value, lease_until=bindparam("until", type_=NoticeRow.due_at.type))
    .returning(*_TABLE.c)
)
PAUSED = select(PaceRow.target).where(
    PaceRow.until > bindparam("now", type_=PaceRow.until.type), PaceRow.target != EVERYBODY
)


def _changing() -> ReturningUpdate[int]:
    """The statement for what the notices of a subject show: see `NoticeRepository.changed`."""
    row, moment = _TABLE.c, NoticeRow.due_at.type
    now, by, rested_by = (bindparam(name, type_=moment) for name in ("now", "by", "rested_by"))
    sent = row.state == NoticeState.SENT.value
    updating = and_(sent, row.owner.is_not(None))
    rested = or_(row.shown_at.is_(None), row.shown_at <= rested_by)
    not_by_now, not_by_then = (or_(row.refresh_at.is_(None), row.refresh_at > at) for at in (now, by))
    refresh_at = case(
        (and_(~sent, row.state != NoticeState.SENDING.value), row.refresh_at),
        (and_(~updating, rested, not_by_now), now),
        # What is being updated shows what was before: it is updated once more.
        (or_(not_by_then, and_(updating, ~not_by_now)), by),
        else_=row.refresh_at,
    )
    theirs = (row.kind == bindparam("of_kind"), row.subject == bindparam("of_subject"))
    changed = update(_TABLE).where(*theirs).values(version=row.version + 1, refresh_at=refresh_at)
    return changed.returning(row.id)


CHANGED = _changing()


@cache
def settling(names: tuple[str, ...]) -> ReturningUpdate[int]:
    """The statement that settles our notices by writing these columns."""
    values = {name: bindparam(f"to_{name}", type_=_TABLE.c[name].type) for name in names}
    statement = update(_TABLE).where(*_OURS, _TABLE.c.state == NoticeState.SENDING.value).values(values)
    return statement.returning(_TABLE.c.id)


def notice_of(row: NoticeRow | Row[*tuple[Any, ...]]) -> Notice:
    """The domain value of a row."""
    return Notice(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        target=row.target,
        due=row.due_at,
        timing=Timing(row.timing),
        state=NoticeState(row.state),
        data=row.data,
        tries=row.tries,
        last_code=row.last_code,
        conversation_id=row.conversation_id,
        activity_id=row.activity_id,
        version=row.version,
    )


def claimed(row: NoticeRow, starts: datetime, small: Sequence[NoticeRow]) -> Claimed:
    """The domain value of a claim."""
    return Claimed(notice_of(row), starts, tuple(notice_of(one) for one in small))
