"""Queries on actions: what was agreed that somebody does, and whose it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.actions import ACTION_REMINDER, Action, ActionState, by_urgency
from storage.domain.carrying import Circle
from storage.domain.meetings import Meeting
from storage.domain.notices import person_of as person_of_target
from storage.domain.notices import to_person
from storage.domain.people import Person
from storage.domain.reports import LineKind
from storage.repositories.agenda import HIGHEST_ID
from storage.repositories.inserts import insert_into
from storage.repositories.meetings import meeting_of, taken_seats, viewer_takes_part
from storage.repositories.people import person_of
from storage.tables.actions import ActionOwnerRow, ActionRow
from storage.tables.meetings import MeetingRow
from storage.tables.notices import NoticeRow
from storage.tables.people import OrganisationRow, PersonRow
from storage.tables.reports import ReportLineRow

MOST = 200
"""No list of actions is longer than this."""

_OPEN = ActionRow.state == ActionState.OPEN.value


@dataclass(frozen=True, slots=True)
class Owned:
    """Somebody whose action it is, since when, and who gave it to them."""

    action_id: int
    person_id: int
    at: datetime
    passed_by_id: int | None = None


class ActionRepository:
    """Actions. Those of cancelled meetings count: what was agreed before stays agreed.

    Those whose line was taken out of its report, or is private, are as if they were not there; but for `of_meeting`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- reading; `viewer_id` fills in whether that one takes part in the meeting

    def by_ids(self, ids: Collection[int], viewer_id: int | None = None) -> dict[int, Action]:
        """These actions, by id."""
        wanted = [one for one in ids if 0 < one < HIGHEST_ID]
        return {one.id: one for one in self._read([ActionRow.id.in_(wanted)], viewer_id)} if wanted else {}

    def locked(self, action_id: int, viewer_id: int | None = None) -> Action | None:
        """An action that nobody else changes until this transaction ends."""
        if not 0 < action_id < HIGHEST_ID:
            return None
        statement = select(ActionRow.id).where(ActionRow.id == action_id).with_for_update()
        if self._session.scalar(statement) is None:
            return None
        return self.by_ids([action_id], viewer_id).get(action_id)

    def of_meeting(self, meeting_id: int) -> tuple[Action, ...]:
        """All actions of a meeting, however they stand, and whatever became of their lines."""
        return self._read([ActionRow.meeting_id == meeting_id], None, every=True)

    def open_for(self, person_id: int) -> tuple[Action, ...]:
        """What somebody still has to do, and what the groups still have to do with which they take part."""
        group = ActionRow.for_group & viewer_takes_part(person_id).element
        return self._read([_OPEN, or_(_is_of(person_id), group)], person_id)

    def settled_by(self, person_id: int, since: datetime) -> tuple[Action, ...]:
        """What somebody settled after this moment."""
        theirs = (ActionRow.settled_by_id == person_id, ActionRow.settled_at > since)
        return self._read([ActionRow.state != ActionState.OPEN.value, *theirs], person_id)

    def open_of(self, meeting_id: int | None, person_id: int | None, viewer_id: int | None) -> tuple[Action, ...]:
        """The open actions of a meeting and of somebody; None: of all."""
        chosen: list[ColumnElement[bool]] = [_OPEN]
        chosen += [ActionRow.meeting_id == meeting_id] if meeting_id is not None else []
        chosen += [_is_of(person_id)] if person_id is not None else []
        return self._read(chosen, viewer_id)

    def open_in(self, circle: Circle, before: datetime, viewer_id: int | None) -> tuple[Action, ...]:
        """The open actions of the meetings of a circle that began before this moment."""
        return self._read([_OPEN, *_in(circle, before)], viewer_id)

    def settled_in(self, circle: Circle, meeting: Meeting, viewer_id: int | None) -> tuple[Action, ...]:
        """What people settled of the earlier meetings of a circle, and was told at no other meeting than this one."""
        untold = or_(ActionRow.told_in_id.is_(None), ActionRow.told_in_id == meeting.id)
        by_somebody = (ActionRow.state != ActionState.OPEN.value, ActionRow.settled_by_id.is_not(None))
        return self._read([*by_somebody, untold, *_in(circle, meeting.starts)], viewer_id)

    def due_by(self, day: date) -> tuple[Action, ...]:
        """The open actions that are due on that day or before."""
        return self._read([_OPEN, ActionRow.due <= day], None, most=None)

    def untold(self, since: datetime) -> tuple[Action, ...]:
        """What people settled after this moment and was told at no meeting yet."""
        by_somebody = (ActionRow.state != ActionState.OPEN.value, ActionRow.settled_by_id.is_not(None))
        late = ActionRow.settled_at > since
        return self._read([*by_somebody, ActionRow.told_in_id.is_(None), late], None, most=None)

    def meetings_begun(self, since: datetime, now: datetime) -> tuple[Meeting, ...]:
        """The meetings that ended after `since` and have begun, also those that were cancelled."""
        rows = self._session.execute(
            select(MeetingRow, taken_seats(), viewer_takes_part(None)).where(
                MeetingRow.ends_at > since, MeetingRow.starts_at <= now
            )
        )
        return tuple(meeting_of(row, taken, part) for row, taken, part in rows)

    def owned(self, ids: Collection[int]) -> tuple[Owned, ...]:
        """Whose these actions are."""
        rows = self._session.execute(
            select(
                ActionOwnerRow.action_id, ActionOwnerRow.person_id, ActionOwnerRow.at, ActionOwnerRow.passed_by_id
            ).where(ActionOwnerRow.action_id.in_(ids))
        )
        return tuple(Owned(*row) for row in rows)

    # --- writing

    def add(self, columns: dict[str, Any]) -> int:
        """Add an action; its id."""
        return self._session.execute(insert(ActionRow).values(columns).returning(ActionRow.id)).scalar_one()

    def write(self, action_id: int, **columns: Any) -> None:
        """Write columns of an action."""
        self._session.execute(update(ActionRow).where(ActionRow.id == action_id).values(columns))

    def remove(self, ids: Collection[int]) -> None:
        """Take actions away, as if they had never been."""
        self._session.execute(delete(ActionOwnerRow).where(ActionOwnerRow.action_id.in_(ids)))
        self._session.execute(delete(ActionRow).where(ActionRow.id.in_(ids)))

    def give(self, action_id: int, people: Iterable[int], now: datetime, by_id: int | None = None) -> None:
        """Make it the action of these people as well; who has it keeps it as it was."""
        given = {"action_id": action_id, "passed_by_id": by_id, "at": now}
        rows = [{**given, "person_id": one} for one in people]
        if rows:
            self._session.execute(insert_into(self._session, ActionOwnerRow).on_conflict_do_nothing(), rows)

    def take(self, action_id: int, people: Collection[int]) -> None:
        """It is no more the action of these people."""
        theirs = (ActionOwnerRow.action_id == action_id, ActionOwnerRow.person_id.in_(people))
        self._session.execute(delete(ActionOwnerRow).where(*theirs))

    def forget_remarks(self, before: datetime) -> None:
        """Forget what was said beside actions that were settled before this moment."""
        old = (ActionRow.settled_at < before, ActionRow.remark.is_not(None))
        self._session.execute(update(ActionRow).where(*old).values(remark=None))

    # --- reminders

    def reminded(self, people: Collection[int]) -> dict[int, frozenset[str]]:
        """The reminders that were planned for each of these people; see `storage.services.due_actions`."""
        targets = [to_person(one) for one in people]
        found: defaultdict[int, set[str]] = defaultdict(set)
        rows = self._session.execute(
            select(NoticeRow.target, NoticeRow.data).where(
                NoticeRow.kind == ACTION_REMINDER, NoticeRow.target.in_(targets)
            )
        )
        for target, data in rows:
            found[person_of_target(target) or 0].update(data["reminders"])
        return {person: frozenset(keys) for person, keys in found.items()}

    def _read(
        self,
        chosen: Iterable[ColumnElement[bool]],
        viewer_id: int | None,
        most: int | None = MOST,
        *,
        every: bool = False,
    ) -> tuple[Action, ...]:
        stands = () if every else (or_(ActionRow.line_id.is_(None), _stands_in_its_report()),)
        statement = (
            _actions(viewer_id).where(*chosen, *stands).order_by(ActionRow.due.is_(None), ActionRow.due, ActionRow.id)
        )
        # What was written by a statement of this transaction counts, also for rows that the session has seen before.
        rows = self._session.execute(statement.limit(most), execution_options={"populate_existing": True}).all()
        owners = self._owners([row.id for row, *_ in rows])
        found = (_action(row, meeting_of(meeting, taken, part), owners[row.id]) for row, meeting, taken, part in rows)
        return tuple(sorted(found, key=by_urgency))

    def _owners(self, ids: Collection[int]) -> defaultdict[int, list[Person]]:
        found: defaultdict[int, list[Person]] = defaultdict(list)
        if not ids:
            return found
        rows = self._session.execute(
            select(ActionOwnerRow.action_id, PersonRow, OrganisationRow)
            .join(PersonRow, PersonRow.id == ActionOwnerRow.person_id)
            .outerjoin(OrganisationRow, OrganisationRow.id == PersonRow.organisation_id)
            .where(ActionOwnerRow.action_id.in_(ids))
            .order_by(PersonRow.name, PersonRow.id)
        )
        for action_id, person, organisation in rows:
            found[action_id].append(person_of(person, organisation))
        return found


def _actions(viewer_id: int | None) -> Select[ActionRow, MeetingRow, int, bool]:
    joined = select(ActionRow, MeetingRow, taken_seats(), viewer_takes_part(viewer_id))
    return joined.join(MeetingRow, MeetingRow.id == ActionRow.meeting_id)


def _stands_in_its_report() -> ColumnElement[bool]:
    """Looked for by the line's own key: one row for each action that is chosen."""
    its_line = (ReportLineRow.id == ActionRow.line_id, ReportLineRow.kind == LineKind.ACTION.value)
    return exists().where(*its_line, ReportLineRow.removed_at.is_(None), ReportLineRow.private.is_(False))


def _is_of(person_id: int) -> ColumnElement[bool]:
    theirs = (ActionOwnerRow.action_id == ActionRow.id, ActionOwnerRow.person_id == person_id)
    return exists().where(*theirs)


def _in(circle: Circle, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        MeetingRow.kind == circle.kind.value,
        MeetingRow.audience == circle.audience.value,
        MeetingRow.starts_at < before,
    )


def _action(row: ActionRow, meeting: Meeting, owners: Iterable[Person]) -> Action:
    return Action(
        id=row.id,
        meeting=meeting,
        text=row.text,
        state=ActionState(row.state),
        owners=tuple(owners),
        owner_text=row.owner_text or "",
        for_group=row.for_group,
        due=row.due,
        line_id=row.line_id,
        created_at=row.created_at,
        settled_at=row.settled_at,
        settled_by_id=row.settled_by_id,
        told_in_id=row.told_in_id,
        changed_at=row.changed_at,
        remark=row.remark or "",
    )
