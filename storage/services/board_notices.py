"""What is told of a decision on an agenda point: to who proposed it, and of an answer to who asked."""

from datetime import UTC, datetime, timedelta

from storage.domain.agenda import AgendaPoint, CommentKind
from storage.domain.notices import NewNotice, to_person
from storage.unit_of_work import UnitOfWork

POINT_ACCEPTED = "point_accepted"
POINT_DECLINED = "point_declined"
POINT_MOVED = "point_moved"
POINT_MERGED = "point_merged"
POINT_ASKED = "point_asked"
POINT_ANSWERED = "point_answered"

DECISIONS = (POINT_ACCEPTED, POINT_DECLINED, POINT_MOVED, POINT_MERGED)

GRACE = timedelta(minutes=2)
"""So long a decision can be taken back before anybody hears of it."""


def moment(at: datetime) -> str:
    """A moment as notices keep it, to know again which decision they tell of."""
    return at.astimezone(UTC).isoformat()


def tell_accepted(unit: UnitOfWork, point: AgendaPoint, now: datetime, by_id: int | None) -> None:
    """Plan to tell who proposed it that a point stands on the agenda; to be called with `decided_at` written as now."""
    tell_decided(unit, POINT_ACCEPTED, point, now, by_id)


def tell_decided(unit: UnitOfWork, kind: str, point: AgendaPoint, now: datetime, by_id: int | None) -> None:
    """Plan to tell who proposed a point what `by_id` decided; not when they did so themselves."""
    if point.proposer_id is None or point.proposer_id == by_id:
        return
    at = moment(now)
    target = to_person(point.proposer_id)
    unit.notices.plan(NewNotice(kind, str(point.id), at, target, now + GRACE, data={"at": at}), now)


def show_anew(unit: UnitOfWork, point_id: int, now: datetime) -> None:
    """What was told of earlier decisions may hold no more."""
    for kind in DECISIONS:
        unit.notices.changed(kind, str(point_id), now)


def tell_asked(unit: UnitOfWork, point: AgendaPoint, now: datetime, by_id: int | None) -> None:
    """Plan to ask who proposed a point the latest question about it."""
    asked = [one for one in unit.agenda_talk.comments(point.id) if one.kind is CommentKind.QUESTION]
    if not asked or point.proposer_id is None or point.proposer_id == by_id:
        return
    question = asked[-1].id
    target, data = to_person(point.proposer_id), {"question": question}
    unit.notices.plan(NewNotice(POINT_ASKED, str(point.id), str(question), target, now, data=data), now)


def tell_answered(unit: UnitOfWork, point: AgendaPoint, now: datetime) -> None:
    """Plan to tell who asked last that there is an answer; the question then shows that as well."""
    said = unit.agenda_talk.comments(point.id)
    asked = [one for one in said if one.kind is CommentKind.QUESTION]
    answers = [one for one in said if one.kind is CommentKind.ANSWER]
    if not asked or not answers:
        return
    target, data = to_person(asked[-1].person.id), {"answer": answers[-1].id}
    unit.notices.plan(NewNotice(POINT_ANSWERED, str(point.id), str(answers[-1].id), target, now, data=data), now)
    unit.notices.changed(POINT_ASKED, str(point.id), now)
