"""Publishing an agenda and telling what changes of it, in the transaction of what causes that."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from storage.domain.agenda import AgendaPoint, PointKind, PointState, may_arrange
from storage.domain.composing import fixed_of
from storage.domain.invitations import MERGED_WITHIN
from storage.domain.meetings import Audience, Meeting
from storage.domain.notices import POSTING_CHANNEL, NewNotice, Timing, person_of, to_person
from storage.domain.people import Viewer
from storage.domain.publishing import AGENDA, AGENDA_CHANGED, AGENDA_POST, AgendaFile, Publication, as_told
from storage.domain.registrations import COMES
from storage.services.action_reading import follow_up
from storage.services.memory_keeping import agenda_kept
from storage.services.telling import ARRIVED
from storage.unit_of_work import UnitOfWork


def agenda_changed(unit: UnitOfWork, meeting_id: int | None, now: datetime, by_id: int | None = None) -> None:
    """Let a published agenda follow what changed of its points; to be called after that was written.

    What was sent is updated in place, and who had it hears what changed, not `by_id`, who did it: changes that follow
    within two minutes as one. Nothing happens when the agenda was not published, or the meeting is over or cancelled.
    """
    meeting = unit.seats.locked(meeting_id) if meeting_id is not None else None
    if meeting is None or meeting.cancelled or meeting.is_over(now):
        return
    if unit.agendas.standing(meeting.id).published_at is None:
        return
    refresh(unit, meeting.id, now)
    before, after = unit.agendas.published(meeting.id), as_told(on_the_agenda(unit, meeting.id))
    if before == after:
        return
    unit.agendas.write(meeting.id, published=after)
    agenda_kept(unit, meeting)
    _tell(unit, meeting, now, by_id, before)


def refresh(unit: UnitOfWork, meeting_id: int, now: datetime) -> None:
    """Show in the agendas that were sent what holds now."""
    for kind in (AGENDA, AGENDA_POST):
        # Mostly there is none, and looking costs less than updating nothing.
        if unit.seats.is_told(kind, meeting_id):
            unit.notices.changed(kind, str(meeting_id), now)


def _tell(
    unit: UnitOfWork, meeting: Meeting, now: datetime, by_id: int | None, before: list[dict[str, object]]
) -> None:
    """Plan the note of what changed since `before`, to who had the agenda then."""
    comes = set(who_come(unit, meeting.id))
    had = {one.target for one in unit.invitations.planned(AGENDA, meeting.id).values() if one.state in ARRIVED}
    targets = [one for one in sorted(had) if (who := person_of(one)) in comes and who != by_id]
    posts = unit.invitations.planned(AGENDA_POST, meeting.id).values()
    targets += [POSTING_CHANNEL] if any(one.state in ARRIVED for one in posts) else []
    joined = unit.invitations.join_planned(AGENDA_CHANGED, meeting.id, targets, Timing.NORMAL)
    due = now + MERGED_WITHIN
    notices = [
        NewNotice(
            AGENDA_CHANGED,
            str(meeting.id),
            f"{target}@{now.isoformat()}",
            target,
            due,
            data={"before": before, "channel": target == POSTING_CHANNEL},
        )
        for target in targets
        if target not in joined
    ]
    unit.notices.plan_all(notices, now)


def publication(unit: UnitOfWork, meeting: Meeting) -> Publication:
    """An agenda as it stands, and to whom it goes."""
    channel = meeting.audience is Audience.NETWORK and unit.places.posting() is not None
    points, standing = on_the_agenda(unit, meeting.id), unit.agendas.standing(meeting.id)
    return Publication(meeting, points, standing, len(who_come(unit, meeting.id)), channel)


def publish(unit: UnitOfWork, meeting: Meeting, now: datetime, timing: Timing = Timing.NORMAL) -> Publication:
    """Publish an agenda: in the channel where it is for the network, and to who comes; each gets it once."""
    found = publication(unit, meeting)
    unit.agendas.write(meeting.id, published_at=now, published=as_told(found.points), held=False)
    agenda_kept(unit, meeting)
    if found.channel:
        post = NewNotice(AGENDA_POST, str(meeting.id), POSTING_CHANNEL, POSTING_CHANNEL, now, timing, {"channel": True})
        unit.notices.plan(post, now)
    give(unit, meeting.id, who_come(unit, meeting.id), now, timing)
    return publication(unit, meeting)


def give(
    unit: UnitOfWork, meeting_id: int, people: Collection[int], now: datetime, timing: Timing = Timing.NORMAL
) -> int:
    """Plan the published agenda for these people, once each; again for who came back. How many."""
    planned = unit.invitations.planned(AGENDA, meeting_id)
    again = [str(one) for one in people if str(one) in planned and planned[str(one)].dropped]
    revived = unit.invitations.revive(AGENDA, meeting_id, again, now, timing) if again else 0
    notices = [
        NewNotice(AGENDA, str(meeting_id), str(one), to_person(one), now, timing)
        for one in people
        if str(one) not in planned
    ]
    return unit.notices.plan_all(notices, now) + revived


def misses_it(unit: UnitOfWork, meeting_id: int) -> tuple[int, ...]:
    """The ids of those who come and were never sent the published agenda."""
    planned = unit.invitations.planned(AGENDA, meeting_id)
    return tuple(one for one in who_come(unit, meeting_id) if str(one) not in planned or planned[str(one)].dropped)


def who_come(unit: UnitOfWork, meeting_id: int) -> tuple[int, ...]:
    """The ids of those who come."""
    return tuple(stand.person_id for stand in unit.invitations.stands(meeting_id) if stand.status in COMES)


def on_the_agenda(unit: UnitOfWork, meeting_id: int) -> tuple[AgendaPoint, ...]:
    """The points of a meeting's agenda, in order."""
    return unit.agenda.of_meeting(meeting_id)


def agenda_file(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> AgendaFile | None:
    """The agenda of a meeting as a document for this viewer, who may see it; no document holds a case's text.

    What a point is about is for everybody once the agenda is published, and before that for who arranges it.
    """
    network = unit.agendas.network()
    explains = may_arrange(viewer, meeting) or unit.agendas.standing(meeting.id).published_at is not None
    points = [
        one if explains and one.kind is not PointKind.CASE else _bare(one) for one in on_the_agenda(unit, meeting.id)
    ]
    actions = follow_up(unit, meeting, viewer)
    return AgendaFile(network, meeting, tuple(points), actions) if network else None


def _bare(point: AgendaPoint) -> AgendaPoint:
    return replace(point, explanation=None, link=None)


def has_content(points: Collection[AgendaPoint]) -> bool:
    """Whether there is more on an agenda than what stands on every one."""
    return any(fixed_of(point) is None and point.state is not PointState.PROPOSED for point in points)
