"""What is due about the agendas of meetings to come: drafts, publication, who came later, and promises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from storage.domain.agenda import AgendaPoint, AgendaStanding, PointState, may_arrange
from storage.domain.composing import Composition
from storage.domain.invitations import occurrence
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Viewer
from storage.domain.publishing import (
    AGENDA_DRAFT,
    AGENDA_NUDGE,
    draft_at,
    points_until,
    promise_nudge_at,
    publish_at,
    ready_at,
)
from storage.domain.rules import Rules
from storage.services.alerts import alert_targets
from storage.services.composing import applied, composed
from storage.services.due import AHEAD
from storage.services.publishing import give, has_content, misses_it, on_the_agenda, publish
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DueAgenda:
    """A meeting to come about whose agenda something may be due. `touched`: a point was entered here, or composed."""

    meeting: Meeting
    rules: Rules
    standing: AgendaStanding
    touched: bool

    def anything(self, unit: UnitOfWork, now: datetime) -> bool:
        """Whether there is really something to do."""
        if self.standing.published_at is not None:
            return bool(misses_it(unit, self.meeting.id)) or bool(self._nudged(unit, now))
        return bool(self._drafts(unit, now) or self._nudged(unit, now)) or self._ready(unit, now)

    def do(self, unit: UnitOfWork, now: datetime) -> int:
        """Do it, in one transaction that locks the meeting and looks again. How much was done."""
        meeting = unit.seats.locked(self.meeting.id)
        if meeting is None or meeting.cancelled or _begun(meeting, now):
            return 0
        fresh = DueAgenda(meeting, self.rules, unit.agendas.standing(meeting.id), self.touched)
        done = unit.notices.plan_all(fresh._nudged(unit, now), now)
        if fresh.standing.published_at is not None:
            return done + give(unit, meeting.id, misses_it(unit, meeting.id), now)
        done += unit.notices.plan_all(fresh._drafts(unit, now), now)
        return done + fresh._publish(unit, now)

    def _publish(self, unit: UnitOfWork, now: datetime) -> int:
        """Publish what nobody held; first composed as the draft showed it, where nobody did that."""
        if not self._ready(unit, now):
            return 0
        if self.standing.composed_at is None:
            applied(unit, self._shown(unit, now), now, None)
        if not has_content(on_the_agenda(unit, self.meeting.id)):
            return 0
        publish(unit, self.meeting, now)
        return 1

    def _ready(self, unit: UnitOfWork, now: datetime) -> bool:
        if not self.touched or self.standing.held or self.standing.published_at is not None:
            return False
        at = ready_at(self.meeting, self.rules, self._drafted(unit))
        if at is None or now.timestamp() < at.timestamp():
            return False
        points = on_the_agenda(unit, self.meeting.id)
        return has_content(points) or (self.standing.composed_at is None and bool(self._shown(unit, now).chosen))

    def _shown(self, unit: UnitOfWork, now: datetime) -> Composition:
        """The composition that the draft showed: proposals that came after it wait for somebody to look at them."""
        drafted = self._drafted(unit) or now
        return composed(unit, self.meeting, keep_accepted=True, wanted=partial(_came_by, drafted))

    def _drafts(self, unit: UnitOfWork, now: datetime) -> list[NewNotice]:
        at = draft_at(self.meeting, self.rules)
        if not self.touched or at is None or now.timestamp() < at.timestamp():
            return []
        targets = alert_targets(unit, self.meeting.id)
        return _new(unit, AGENDA_DRAFT, self.meeting, targets, now)

    def _drafted(self, unit: UnitOfWork) -> datetime | None:
        return drafted_at(unit, self.meeting)

    def _nudged(self, unit: UnitOfWork, now: datetime) -> list[NewNotice]:
        """For who promised to bring something and did not, and who began to prepare a case and did not finish."""
        if not is_nudged(self.meeting, self.rules, now):
            return []
        waits = {*unit.agendas.promises(self.meeting.id), *unit.agendas.case_drafts(self.meeting.id)}
        return _new(unit, AGENDA_NUDGE, self.meeting, sorted(waits), now)


def drafted_at(unit: UnitOfWork, meeting: Meeting) -> datetime | None:
    """When the draft for this day of the meeting was sent; None when it was not."""
    return unit.agendas.drafted_at(AGENDA_DRAFT, meeting.id, meeting.starts.date().isoformat())


def goes_at(unit: UnitOfWork, meeting: Meeting, now: datetime) -> datetime | None:
    """When an agenda whose draft is sent, now at the latest, goes out by itself; None when never."""
    return ready_at(meeting, unit.rules.of(meeting.kind), drafted_at(unit, meeting) or now)


def last_drafted(unit: UnitOfWork, viewer: Viewer, now: datetime) -> Meeting | None:
    """The meeting to come whose agenda was drafted last, for who may arrange it, and is not published."""
    ids = unit.agendas.drafted(AGENDA_DRAFT, now - AHEAD)
    meetings, standings = unit.meetings.by_ids(ids, None), unit.agendas.standings(ids)
    for one in (meetings[one] for one in ids if one in meetings):
        published = one.id in standings and standings[one.id].published_at is not None
        if not published and not one.cancelled and not _begun(one, now) and may_arrange(viewer, one):
            return one
    return None


def is_nudged(meeting: Meeting, rules: Rules, now: datetime) -> bool:
    """Whether it is time to remind of promises, and not too late."""
    today = now.astimezone(meeting.starts.tzinfo).date()
    return promise_nudge_at(meeting, rules).timestamp() <= now.timestamp() and today <= points_until(meeting, rules)


def due_agendas(unit: UnitOfWork, now: datetime) -> list[DueAgenda]:
    """The meetings about whose agenda anything may be due: mostly none, and each costs a look of its own."""
    rules = unit.rules.all()
    coming = [one for one in unit.meetings.coming(now, now + AHEAD) if not _begun(one, now)]
    ids = [one.id for one in coming]
    standings, brought = unit.agendas.standings(ids), unit.agendas.brought_here(ids)
    found = []
    for meeting in coming:
        standing = standings.get(meeting.id, AgendaStanding(meeting.id))
        touched = meeting.id in brought or standing.composed_at is not None
        due = DueAgenda(meeting, rules[meeting.kind], standing, touched)
        if standing.published_at is not None or _may_be_due(due, now):
            found.append(due)
    return found


def _may_be_due(due: DueAgenda, now: datetime) -> bool:
    """By the clock alone. What was imported with its agenda, and never touched here, stays as it is."""
    first = draft_at(due.meeting, due.rules) or publish_at(due.meeting, due.rules)
    comes = due.touched and first is not None and first.timestamp() <= now.timestamp()
    return comes or is_nudged(due.meeting, due.rules, now)


def _begun(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts.timestamp() <= now.timestamp()


def _came_by(moment: datetime, point: AgendaPoint) -> bool:
    return point.state is PointState.ACCEPTED or point.proposed_at is None or point.proposed_at <= moment


def _new(unit: UnitOfWork, kind: str, meeting: Meeting, people: Iterable[int], now: datetime) -> list[NewNotice]:
    """One for each of them and for this day of the meeting, but not those that were planned before."""
    planned = unit.invitations.planned(kind, meeting.id)
    return [
        NewNotice(kind, str(meeting.id), key, to_person(one), now)
        for one in people
        if (key := occurrence(one, meeting)) not in planned
    ]
