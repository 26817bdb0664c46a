"""What people are told of a meeting that changes, planned in the transaction that changes it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.domain.invitations import (
    INVITATION,
    INVITATION_POST,
    MEETING_CANCELLED,
    MEETING_CHANGED,
    MERGED_WITHIN,
    moment_and_place,
    must_be_told,
    timing_of,
)
from storage.domain.meetings import Meeting
from storage.domain.notices import POSTING_CHANNEL, NewNotice, NoticeState, person_of, to_person
from storage.domain.publishing import AGENDA, AGENDA_POST
from storage.domain.registrations import COMES, IN_LINE, RegistrationStatus
from storage.unit_of_work import UnitOfWork

ARRIVED = frozenset({NoticeState.SENT, NoticeState.SENDING, NoticeState.AMBIGUOUS})
"""The states of an invitation that somebody has, or may have."""

SAID_NO = frozenset({RegistrationStatus.EXCUSED, RegistrationStatus.WITHDRAWN})


def plan_changed(
    unit: UnitOfWork,
    meeting_id: int,
    fields: Sequence[str],
    now: datetime,
    before: Meeting | None = None,
    by_id: int | None = None,
) -> None:
    """Tell what changed of a meeting, in the transaction that changed these fields (names of the import format).

    Who comes or waits for a seat, and the organiser, hear of another time, place or link; not `by_id`, who did it.
    Changes that follow quickly are one message, from how it was at first: `before` is the meeting until now. The
    invitation is updated in place whatever changed.
    """
    _update_invitations(unit, meeting_id, now)
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if meeting is None or meeting.cancelled or meeting.is_over(now) or not must_be_told(fields):
        return
    targets = [to_person(one) for one in hear_of_change(unit, meeting, by_id)]
    timing = timing_of([meeting.starts, *([before.starts] if before else [])], now)
    joined = unit.invitations.join_planned(MEETING_CHANGED, meeting_id, targets, timing)
    data = {"before": moment_and_place(before)} if before else {}
    due, moment = now + MERGED_WITHIN, now.isoformat()
    unit.notices.plan_all(
        [
            NewNotice(MEETING_CHANGED, str(meeting_id), f"{target}@{moment}", target, due, timing, data)
            for target in targets
            if target not in joined
        ],
        now,
    )


def plan_cancelled(unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None = None) -> None:
    """Tell that a meeting does not take place, in the transaction that cancelled it.

    Who comes, waits for a seat or was invited hears it, and the channel when it was posted there; not `by_id`, nor who
    had said no. What else was planned about it has nothing to say any more.
    """
    _update_invitations(unit, meeting_id, now)
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if meeting is None or meeting.is_over(now):
        return
    posts = unit.invitations.planned(INVITATION_POST, meeting_id).values()
    targets = [to_person(one) for one in hear_of_cancelling(unit, meeting, by_id)]
    targets += [POSTING_CHANNEL] if any(one.state in ARRIVED for one in posts) else []
    timing, subject = timing_of([meeting.starts], now), str(meeting_id)
    notices = [
        NewNotice(MEETING_CANCELLED, subject, target, target, now, timing, {"channel": target == POSTING_CHANNEL})
        for target in targets
    ]
    unit.notices.plan_all(notices, now)


def hear_of_change(unit: UnitOfWork, meeting: Meeting, by_id: int | None) -> list[int]:
    """The ids of those who hear at once of another time, place or link, that `by_id` gave a meeting."""
    people = {stand.person_id for stand in unit.invitations.stands(meeting.id) if stand.status in COMES | IN_LINE}
    return [one for one in _with_organiser(people, meeting) if one != by_id]


def hear_of_cancelling(unit: UnitOfWork, meeting: Meeting, by_id: int | None) -> list[int]:
    """The ids of those who hear it when `by_id` cancels a meeting."""
    stands = unit.invitations.stands(meeting.id)
    invitations = unit.invitations.planned(INVITATION, meeting.id).values()
    people = {person_of(one.target) or 0 for one in invitations if one.state in ARRIVED}
    people -= {stand.person_id for stand in stands if stand.status in SAID_NO}
    people |= {stand.person_id for stand in stands if stand.status in COMES | IN_LINE}
    return [one for one in _with_organiser(people, meeting) if one != by_id]


def _update_invitations(unit: UnitOfWork, meeting_id: int, now: datetime) -> None:
    for kind in (INVITATION, INVITATION_POST, AGENDA, AGENDA_POST):
        unit.notices.changed(kind, str(meeting_id), now)


def _with_organiser(people: Iterable[int], meeting: Meeting) -> list[int]:
    return sorted({*people, *([meeting.organiser_id] if meeting.organiser_id is not None else [])})
