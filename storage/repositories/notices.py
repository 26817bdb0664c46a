"""Queries on notices: planning them, claiming them for sending, and what became of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from storage.domain.notices import NewNotice, Notice, NoticeGroup, NoticeState, Timing, person_of
from storage.domain.polls import POLL
from storage.repositories.inserts import insert_into
from storage.repositories.notice_rows import BEGIN, CHANGED, EVERYBODY, PAUSED, notice_of, settling
from storage.tables.notices import NoticeRow, PaceRow

BETWEEN_TO_ONE = timedelta(seconds=2.1)
"""Between two notices in one conversation: 1,714 an hour, 15 in 30 seconds, under every limit of Teams."""

BETWEEN_UPDATES = timedelta(seconds=3)
"""Between two updates of one message: what changes meanwhile is shown together."""

MOST_SMALL = 20
"""Small notices in one message."""

TROUBLED = (NoticeState.FAILED.value, NoticeState.AMBIGUOUS.value)
"""The states of what did not certainly arrive."""


class NoticeRepository:
    """Notices."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.planned = False
        """Whether something was planned, moved or changed that may have to be sent now."""

    def plan(self, notice: NewNotice, now: datetime) -> bool:
        """Plan a notice, in the transaction of what causes it; False when it was planned before."""
        return bool(self.plan_all([notice], now))

    def plan_all(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Plan notices at once; how many were not planned before."""
        if not notices:
            return 0
        self.planned = True
        rows = [
            {
                "key": one.key,
                "kind": one.kind,
                "subject": one.subject,
                "target": one.target,
                "due_at": one.due,
                "timing": one.timing.value,
                "state": NoticeState.READY.value,
                "data": dict(one.data),
                "created_at": now,
                "tries": 0,
                "version": 0,
            }
            for one in notices
        ]
        statement = insert_into(self._session, NoticeRow).on_conflict_do_nothing().returning(NoticeRow.id)
        return len(self._session.execute(statement, rows).all())

    def anything_due(self, now: datetime, may_disturb: bool) -> bool:
        """Whether there is something to send, to update, or to give up on."""
        due = and_(NoticeRow.state == NoticeState.READY, NoticeRow.due_at <= now, _hurry(may_disturb), _free(now))
        stuck = and_(NoticeRow.state == NoticeState.SENDING, NoticeRow.lease_until < now)
        shown = and_(*_stale(now))
        return self._session.scalar(select(NoticeRow.id).where(or_(due, stuck, shown)).limit(1)) is not None

    def give_up_stuck(self, now: datetime) -> int:
        """What was being sent by somebody who is gone: it may have arrived. Returns how many."""
        stuck = and_(NoticeRow.state == NoticeState.SENDING, NoticeRow.lease_until < now)
        changed = self._session.execute(
            update(NoticeRow)
            .where(stuck)
            .values(state=NoticeState.AMBIGUOUS.value, last_code="interrupted", owner=None, lease_until=None)
            .returning(NoticeRow.id)
        )
        return len(changed.all())

    def paused(self, now: datetime) -> tuple[str, ...]:
        """The targets that said "too many" and are left alone for now."""
        return tuple(self._session.connection().execute(PAUSED, {"now": now}).scalars())

    def pause(self, target: str, until: datetime) -> None:
        """Leave a target alone until then."""
        statement = insert_into(self._session, PaceRow).values(target=target, until=until)
        self._session.execute(statement.on_conflict_do_update(index_elements=["target"], set_={"until": until}))

    def reserve(self, count: int, every: timedelta, now: datetime) -> list[datetime]:
        """So many moments to send at, one `every` so long, after all that were given out before."""
        first = max(now, self._next_free(now))
        self.pause(EVERYBODY, first + count * every)
        return [first + number * every for number in range(count)]

    def _next_free(self, now: datetime) -> datetime:
        """When nobody has a moment any more. Locks the row: senders claim one after the other."""
        statement = insert_into(self._session, PaceRow).values(target=EVERYBODY, until=now)
        self._session.execute(statement.on_conflict_do_nothing())
        return self._session.execute(
            select(PaceRow.until).where(PaceRow.target == EVERYBODY).with_for_update()
        ).scalar_one()

    def lock_pace(self, now: datetime) -> None:
        """Let other senders wait until this transaction ends."""
        self._next_free(now)

    def due(self, now: datetime, may_disturb: bool, paused: Collection[str], limit: int) -> list[NoticeRow]:
        """The rows to send next, at most one for each target: those in a hurry first, then in order of time."""
        other = aliased(NoticeRow)
        busy = exists().where(
            other.target == NoticeRow.target,
            other.id != NoticeRow.id,
            or_(
                other.state == NoticeState.SENDING,
                and_(other.state == NoticeState.READY, other.lease_until >= now, other.owner.is_not(None)),
                other.shown_at > now - BETWEEN_TO_ONE,
            ),
        )
        rows = self._session.scalars(
            select(NoticeRow)
            .where(
                NoticeRow.state == NoticeState.READY,
                NoticeRow.due_at <= now,
                _free(now),
                _hurry(may_disturb),
                NoticeRow.target.not_in(paused),
                ~busy,
            )
            .order_by(NoticeRow.timing != Timing.URGENT, NoticeRow.due_at, NoticeRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        first: dict[str, NoticeRow] = {}
        for row in rows:
            first.setdefault(row.target, row)
        return list(first.values())

    def small_beside(self, row: NoticeRow, now: datetime) -> list[NoticeRow]:
        """The other small notices for the same person that are due as well."""
        if row.timing != Timing.SMALL or person_of(row.target) is None:
            return []
        statement = select(NoticeRow).where(
            NoticeRow.target == row.target,
            NoticeRow.id != row.id,
            NoticeRow.timing == Timing.SMALL,
            NoticeRow.state == NoticeState.READY,
            NoticeRow.due_at <= now,
            _free(now),
        )
        return list(self._session.scalars(statement.order_by(NoticeRow.due_at, NoticeRow.id).limit(MOST_SMALL)))

    def lease(self, rows: Sequence[NoticeRow], owner: str, until: datetime) -> None:
        """Nobody else sends these until then."""
        for row in rows:
            row.owner, row.lease_until = owner, until

    def release(self, ids: Collection[int], owner: str) -> None:
        """Let go what `owner` claimed and did not begin."""
        mine = (NoticeRow.id.in_(ids), NoticeRow.owner == owner, NoticeRow.state == NoticeState.READY)
        self._session.execute(update(NoticeRow).where(*mine).values(owner=None, lease_until=None))

    def begin(self, ids: Collection[int], owner: str, until: datetime) -> tuple[Notice, ...]:
        """Those of ours that may still be sent, from now on `sending`; not what was held or cancelled meanwhile."""
        values = {"ids": list(ids), "by": owner, "until": until}
        rows = self._session.connection().execute(BEGIN, values)
        return tuple(sorted((notice_of(row) for row in rows), key=lambda notice: (notice.due, notice.id)))

    def settle(self, ids: Collection[int], owner: str, **values: object) -> int:
        """Write down what became of notices that `owner` was sending; how many those were.

        With `lease_until` a ready one is left alone until then.
        """
        settled = {"owner": None, "lease_until": None, **values}
        statement = settling(tuple(sorted(settled)))
        bound = {f"to_{name}": value for name, value in settled.items()}
        changed = self._session.connection().execute(statement, {"ids": list(ids), "by": owner, **bound})
        return len(changed.all())

    def changed(self, kind: str, subject: str, now: datetime, merged: timedelta = BETWEEN_UPDATES) -> int:
        """What the notices of a subject show has changed: update those that were sent. Returns how many.

        The first change of a burst sets the time of the update, `merged` later at most; those after it are shown with
        it, and one that may wait less brings it forward.
        """
        self.planned = True
        theirs = {"of_kind": kind, "of_subject": subject}
        moments = {"now": now, "by": now + merged, "rested_by": now - merged}
        return len(self._session.connection().execute(CHANGED, theirs | moments).all())

    def to_refresh(self, owner: str, now: datetime, until: datetime, limit: int) -> tuple[Notice, ...]:
        """Sent notices that show something old, from now on ours until `until`."""
        rows = self._session.scalars(
            select(NoticeRow)
            .where(
                *_stale(now),
                _free(now),
                NoticeRow.target.not_in(self.paused(now)),
            )
            .order_by(NoticeRow.refresh_at, NoticeRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        self.lease(rows, owner, until)
        return tuple(notice_of(row) for row in rows)

    def shown_with(self, notice: Notice) -> tuple[Notice, ...]:
        """All notices that one message shows, in the order in which it did."""
        rows = self._session.scalars(
            select(NoticeRow)
            .where(
                NoticeRow.target == notice.target,
                NoticeRow.state == NoticeState.SENT,
                NoticeRow.conversation_id == notice.conversation_id,
                NoticeRow.activity_id == notice.activity_id,
            )
            .order_by(NoticeRow.due_at, NoticeRow.id)
        )
        return tuple(notice_of(row) for row in rows)

    def refreshed(self, notice: Notice, owner: str, now: datetime, again_at: datetime | None = None) -> None:
        """An update was made, or will be tried again. What changed since then is shown after a while."""
        mine = and_(NoticeRow.id == notice.id, NoticeRow.owner == owner)
        done: dict[str, Any] = {"owner": None, "lease_until": None, "shown_at": now}
        same = and_(mine, NoticeRow.version == notice.version)
        self._session.execute(update(NoticeRow).where(same).values(refresh_at=again_at, **done))
        later = again_at or now + BETWEEN_UPDATES
        sooner = or_(NoticeRow.refresh_at.is_(None), NoticeRow.refresh_at < later)
        self._session.execute(update(NoticeRow).where(mine, sooner).values(refresh_at=later))
        self._session.execute(update(NoticeRow).where(mine).values(**done))

    def groups(self, since: datetime) -> tuple[NoticeGroup, ...]:
        """What is planned, held or being sent, and what failed or became ambiguous since then; by subject."""
        waiting = [state.value for state in NoticeState if state.open and state not in TROUBLED]
        troubled = and_(NoticeRow.state.in_(TROUBLED), NoticeRow.due_at >= since)
        subjects = select(NoticeRow.kind, NoticeRow.subject).where(or_(NoticeRow.state.in_(waiting), troubled))
        wanted = {(kind, subject) for kind, subject in self._session.execute(subjects.distinct())}
        rows = self._session.execute(
            select(
                NoticeRow.kind,
                NoticeRow.subject,
                NoticeRow.state,
                func.min(NoticeRow.id),
                func.min(NoticeRow.due_at),
                func.count(),
            )
            .where(NoticeRow.subject.in_({subject for _, subject in wanted}))
            .group_by(NoticeRow.kind, NoticeRow.subject, NoticeRow.state)
        )
        found: dict[tuple[str, str], list[tuple[NoticeState, int, datetime, int]]] = defaultdict(list)
        for kind, subject, state, number, due, count in rows:
            if (kind, subject) in wanted:
                found[kind, subject].append((NoticeState(state), number, due, count))
        groups = [self._group(kind, subject, parts) for (kind, subject), parts in found.items()]
        return tuple(sorted(groups, key=lambda group: (group.due, group.number)))

    def _group(self, kind: str, subject: str, parts: Sequence[tuple[NoticeState, int, datetime, int]]) -> NoticeGroup:
        number = min(part[1] for part in parts)
        first = self._session.get_one(NoticeRow, number)
        troubled = self._session.execute(
            select(NoticeRow.target, NoticeRow.state, NoticeRow.last_code)
            .where(
                *_of(kind, subject),
                NoticeRow.state.in_(TROUBLED),
            )
            .order_by(NoticeRow.id)
            .limit(MOST_SMALL)
        )
        return NoticeGroup(
            number=number,
            kind=kind,
            subject=subject,
            due=min(part[2] for part in parts),
            urgent=first.timing == Timing.URGENT,
            counts={state: count for state, _, _, count in parts},
            data=first.data,
            troubled=tuple((target, NoticeState(state), code or "") for target, state, code in troubled),
        )

    def group_of(self, number: int) -> tuple[str, str] | None:
        """The kind and subject of the notice with this id."""
        row = self._session.get(NoticeRow, number)
        return (row.kind, row.subject) if row else None

    def move(
        self,
        kind: str,
        subject: str,
        states: Collection[NoticeState],
        to: NoticeState,
        due: datetime | None = None,
        timing: Timing | None = None,
    ) -> int:
        """Bring the notices of a subject that are in one of `states` to another one; how many those were.

        A claim that somebody had on them ends, so that what was leased but not begun is not sent.
        """
        self.planned = True
        values: dict[str, Any] = {"state": to.value, "owner": None, "lease_until": None, "tries": 0}
        if due is not None:
            values["due_at"] = due
        if timing is not None:
            values["timing"] = timing.value
        changed = self._session.execute(
            update(NoticeRow)
            .where(*_of(kind, subject), NoticeRow.state.in_([state.value for state in states]))
            .values(**values)
            .returning(NoticeRow.id)
        )
        return len(changed.all())

    def depths(self, now: datetime) -> tuple[Mapping[str, int], float]:
        """How many notices are in each state, and for how many seconds the oldest due one has been waiting."""
        counts = self._session.execute(select(NoticeRow.state, func.count()).group_by(NoticeRow.state))
        oldest = self._session.scalar(
            select(func.min(NoticeRow.due_at)).where(NoticeRow.state == NoticeState.READY, NoticeRow.due_at <= now)
        )
        return {row[0]: row[1] for row in counts}, (now - oldest).total_seconds() if oldest else 0.0

    def forget_before(self, moment: datetime, polls: Collection[str] = ()) -> None:
        """Forget what was settled before this moment, but for the cards of these polls: they are still updated."""
        settled = [NoticeState.SENT.value, NoticeState.CANCELLED.value, NoticeState.FAILED.value]
        old = and_(NoticeRow.state.in_(settled), NoticeRow.due_at < moment, NoticeRow.created_at < moment)
        self._session.execute(delete(NoticeRow).where(old, or_(NoticeRow.kind != POLL, ~NoticeRow.subject.in_(polls))))
        self._session.execute(delete(PaceRow).where(PaceRow.until < moment, PaceRow.target != EVERYBODY))


def _hurry(may_disturb: bool) -> ColumnElement[bool]:
    """All notices, or outside sending hours the urgent ones only."""
    return true() if may_disturb else NoticeRow.timing == Timing.URGENT


def _free(now: datetime) -> ColumnElement[bool]:
    """What nobody is at, and need not be left alone."""
    return or_(NoticeRow.lease_until.is_(None), NoticeRow.lease_until < now)


def _stale(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Sent messages that show something old."""
    return NoticeRow.refresh_at <= now, NoticeRow.state == NoticeState.SENT, NoticeRow.activity_id.is_not(None)


def _of(kind: str, subject: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return NoticeRow.kind == kind, NoticeRow.subject == subject
