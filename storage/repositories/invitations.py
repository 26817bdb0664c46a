"""Queries on what was planned about a meeting, and on who answered."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session, aliased

from storage.domain.invitations import Stand
from storage.domain.notices import NoticeState, Timing
from storage.domain.registrations import RegistrationStatus
from storage.tables.notices import NoticeRow
from storage.tables.people import PersonRow
from storage.tables.registrations import RegistrationRow

OUTDATED = "outdated"
"""The code of what had nothing to say any more when it was to be sent."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What became of one notice about a meeting."""

    target: str
    state: NoticeState
    code: str | None
    sent_at: datetime | None

    @property
    def dropped(self) -> bool:
        """True when it was not sent because it did not hold at that moment; nobody cancelled it."""
        return self.state is NoticeState.CANCELLED and self.code == OUTDATED


class InvitationRepository:
    """What was planned about meetings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def stands(self, meeting_id: int) -> tuple[Stand, ...]:
        """Where everybody stands who ever answered, also those who took it back."""
        rows = self._session.execute(
            select(
                RegistrationRow.person_id,
                PersonRow.organisation_id,
                RegistrationRow.status,
                RegistrationRow.created_at,
                RegistrationRow.replaced_by_id,
            )
            .join(PersonRow, RegistrationRow.person_id == PersonRow.id)
            .where(RegistrationRow.meeting_id == meeting_id)
            .order_by(RegistrationRow.id)
        )
        return tuple(
            Stand(person, organisation, RegistrationStatus(status), since, replaced_by)
            for person, organisation, status, since, replaced_by in rows
        )

    def replaces(self, meeting_id: int, person_id: int) -> str | None:
        """The name of the one in whose place this person comes."""
        replaced = aliased(PersonRow)
        return self._session.scalar(
            select(replaced.name)
            .join(RegistrationRow, RegistrationRow.person_id == replaced.id)
            .where(RegistrationRow.meeting_id == meeting_id, RegistrationRow.replaced_by_id == person_id)
            .order_by(replaced.name)
            .limit(1)
        )

    def planned(self, kind: str, meeting_id: int) -> dict[str, Planned]:
        """The notices of a kind about a meeting, by occurrence."""
        subject = str(meeting_id)
        rows = self._session.execute(
            select(NoticeRow.key, NoticeRow.target, NoticeRow.state, NoticeRow.last_code, NoticeRow.sent_at).where(
                NoticeRow.kind == kind, NoticeRow.subject == subject
            )
        )
        before = f"{kind}:{subject}:"
        return {
            key.removeprefix(before): Planned(target, NoticeState(state), code, sent_at)
            for key, target, state, code, sent_at in rows
        }

    def join_planned(self, kind: str, meeting_id: int, targets: Collection[str], timing: Timing) -> frozenset[str]:
        """Those of the targets for which a notice of this kind still waits: it will tell what holds by then.

        One that is being made meanwhile is made again: its version grows.
        """
        waiting = [NoticeState.READY.value, NoticeState.HELD.value]
        mine = (*_of(kind, meeting_id), NoticeRow.target.in_(targets), NoticeRow.state.in_(waiting))
        values: dict[str, object] = {"version": NoticeRow.version + 1}
        if timing is Timing.URGENT:
            values["timing"] = timing.value
        joined = self._session.execute(update(NoticeRow).where(*mine).values(values).returning(NoticeRow.target))
        return frozenset(joined.scalars())

    def revive(
        self, kind: str, meeting_id: int, occurrences: Collection[str], now: datetime, timing: Timing = Timing.NORMAL
    ) -> int:
        """Plan once more what was dropped, cancelled, or never arrived; how many."""
        keys = [f"{kind}:{meeting_id}:{one}" for one in occurrences]
        gone = NoticeRow.state.in_([NoticeState.CANCELLED.value, NoticeState.FAILED.value])
        values = {"state": NoticeState.READY.value, "due_at": now, "timing": timing.value, "tries": 0}
        cleared = {"owner": None, "lease_until": None, "last_code": None}
        revived = self._session.execute(
            update(NoticeRow).where(NoticeRow.key.in_(keys), gone).values(**values, **cleared).returning(NoticeRow.id)
        )
        return len(revived.all())

    def states(self, kind: str, meeting_ids: Collection[int]) -> dict[int, frozenset[NoticeState]]:
        """In which states there are notices of a kind, for each of these meetings that has any."""
        subjects = [str(one) for one in meeting_ids]
        rows = self._session.execute(
            select(NoticeRow.subject, NoticeRow.state)
            .where(NoticeRow.kind == kind, NoticeRow.subject.in_(subjects))
            .distinct()
        )
        found: defaultdict[int, set[NoticeState]] = defaultdict(set)
        for subject, state in rows:
            found[int(subject)].add(NoticeState(state))
        return {meeting_id: frozenset(states) for meeting_id, states in found.items()}


def _of(kind: str, meeting_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return NoticeRow.kind == kind, NoticeRow.subject == str(meeting_id)
