"""Inviting an expert or organisation for a point: how far that is, and what follows when they come or don't."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from storage.domain import seating as decisions
from storage.domain.agenda import AgendaPoint, Invite, PointState, may_arrange
from storage.domain.composing import fixed_of
from storage.domain.experts import Expert
from storage.domain.meetings import Guest, Meeting
from storage.domain.notices import NewNotice, Timing, to_person
from storage.domain.people import Person, Role, Viewer
from storage.domain.planning import tidy
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchPoint,
    NotCoordinator,
    NotNow,
    NotSensible,
    NotThisPoint,
    PointSettled,
)
from storage.domain.registrations import TAKES_A_SEAT, NewGuest, RegistrationStatus
from storage.domain.seats import Entry
from storage.services.guests import LONGEST_NAME, guest_of, real
from storage.services.planning import change_meeting
from storage.services.points_held import held, its_meeting, known, may_see
from storage.services.publishing import agenda_changed
from storage.services.seating import REGISTERED_FOR_YOU, Seating, seating
from storage.unit_of_work import UnitOfWork, Units

EXPERT_ANSWERED = "expert_answered"
"""The notice to who proposed a point: whoever was invited for it comes, or doesn't."""

_ANSWERS = frozenset({Invite.YES, Invite.NO})


class Experts:
    """Invitations for points. For coordinators, and the organiser of a point's meeting."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def of(self, point_id: int, viewer: Viewer) -> Expert:
        """How far the invitation for a point is. Raises NoSuchPoint, NotCoordinator."""

        def work(unit: UnitOfWork) -> Expert:
            point = unit.agenda.by_ids([point_id]).get(point_id)
            return _seen(unit, point, viewer)

        return await self._units.read(work)

    async def overview(self, viewer: Viewer, now: datetime) -> tuple[Expert, ...]:
        """All points with an invitation that something may come of. Raises NotCoordinator."""
        if not viewer.is_coordinator:
            raise NotCoordinator

        def work(unit: UnitOfWork) -> tuple[Expert, ...]:
            ids = unit.experts.open(now)
            points = unit.agenda.by_ids(ids)
            meetings = unit.meetings.by_ids({one.meeting_id for one in points.values() if one.meeting_id}, None)
            return tuple(Expert(points[id_], meetings.get(points[id_].meeting_id or 0)) for id_ in ids)

        return await self._units.read(work)

    async def told(self, point_id: int) -> Expert | None:
        """The same for a notice; None when the point is gone."""

        def work(unit: UnitOfWork) -> Expert | None:
            point = unit.agenda.by_ids([point_id]).get(point_id)
            return _expert(unit, point) if point else None

        return await self._units.read(work)

    async def set_state(
        self,
        point_id: int,
        state: Invite,
        viewer: Viewer,
        now: datetime,
        guest_name: str = "",
        guest_organisation: str = "",
        mail: str = "",
    ) -> Expert:
        """Tell how far the invitation for a point is.

        On YES the guest is a guest of the meeting and presents the point; with a mail address they are on its list as
        well, also when its seats are full: nobody in line waits for the chair of a speaker. When they don't come after
        all, all of that is taken back. Raises NoSuchPoint, NotCoordinator, PointSettled, NotThisPoint, NotNow for a yes
        to what stands on no agenda, MeetingOver, MeetingCancelled, NotSensible without a name, NotARealGuest.
        """
        guest = NewGuest(tidy(guest_name) or "", tidy(guest_organisation) or "", mail.strip())

        def work(unit: UnitOfWork) -> Expert:
            return _set(unit, point_id, state, guest, viewer, now)

        return await self._units.write(work)


def _seen(unit: UnitOfWork, point: AgendaPoint | None, viewer: Viewer) -> Expert:
    meeting = its_meeting(unit, point, viewer) if point else None
    if point is None or not may_see(point, meeting, viewer):
        raise NoSuchPoint
    if not may_arrange(viewer, meeting):
        raise NotCoordinator
    return _expert(unit, point)


def _expert(unit: UnitOfWork, point: AgendaPoint) -> Expert:
    meeting = unit.meetings.by_ids([point.meeting_id], None).get(point.meeting_id) if point.meeting_id else None
    proposer = next(iter(unit.people.by_ids([point.proposer_id])), None) if point.proposer_id else None
    return Expert(point, meeting, proposer)


def _set(unit: UnitOfWork, point_id: int, state: Invite, guest: NewGuest, viewer: Viewer, now: datetime) -> Expert:
    asker = known(viewer)
    if state in _ANSWERS:
        unit.network.raise_revision()  # before the meeting is locked: guests and imports lock the network first as well
    point = held(unit, point_id)
    before = _seen(unit, point, viewer)
    _check(before, state, now)
    guest = replace(
        guest,
        name=guest.name or point.guest_name or "",
        organisation=guest.organisation or point.guest_organisation or "",
    )
    after = _comes(unit, before, guest, viewer, now) if state is Invite.YES else _stays_away(unit, before, asker, now)
    columns = _columns(point, state, guest)
    unit.agenda.write(point_id, columns)
    if point.meeting_id is not None and point.state is PointState.ACCEPTED:
        agenda_changed(unit, point.meeting_id, now, asker.id)
    changed = any(getattr(point, name) != value for name, value in columns.items())
    if changed and point.invite is not state:
        _tell(unit, point, state, asker, now)
    fresh = _expert(unit, unit.agenda.by_ids([point_id])[point_id])
    changed = changed or after.listed is not None
    return replace(fresh, changed=changed, listed=after.listed, overfull=after.overfull, left=after.left)


def _check(expert: Expert, state: Invite, now: datetime) -> None:
    if not expert.point.state.open:
        raise PointSettled
    if fixed_of(expert.point) is not None:
        raise NotThisPoint
    meeting = expert.meeting
    if meeting is not None and meeting.is_over(now):
        raise MeetingOver
    if state is Invite.YES and (meeting is None or expert.point.state is not PointState.ACCEPTED):
        raise NotNow
    if state is Invite.YES and meeting is not None and meeting.cancelled:
        raise MeetingCancelled


def _columns(point: AgendaPoint, state: Invite, guest: NewGuest) -> dict[str, Any]:
    """What is kept of an invitation; who comes presents the point, and no longer does who doesn't."""
    kept: dict[str, Any] = {"invite": state.value}
    kept |= {"guest_name": guest.name or None, "guest_organisation": guest.organisation or None}
    if state is Invite.YES:
        return {**kept, "presenter": guest.name}
    return {**kept, "presenter": None} if _presents(point) else kept


def _presents(point: AgendaPoint) -> bool:
    return point.invite is Invite.YES and point.presenter is not None and point.presenter == point.guest_name


def _comes(unit: UnitOfWork, expert: Expert, guest: NewGuest, viewer: Viewer, now: datetime) -> Expert:
    """Whoever was invited comes: a guest of the meeting and, with an address, on its list."""
    if not guest.name or max(len(guest.name), len(guest.organisation)) > LONGEST_NAME:
        raise NotSensible("guest_name")
    if expert.point.invite is Invite.YES and expert.point.guest_name != guest.name:
        expert = _stays_away(unit, expert, known(viewer), now)  # somebody else comes than was said before
    listed = replace(expert, left=None)
    if guest.email:
        person = guest_of(unit, real(guest), viewer)
        listed = _seated(unit, listed, person, known(viewer), now)
    _welcome(unit, expert, guest, known(viewer), now)
    return listed


def _welcome(unit: UnitOfWork, expert: Expert, guest: NewGuest, asker: Person, now: datetime) -> None:
    meeting = _meeting(unit, expert)
    others = tuple(one for one in meeting.guests if not _called(one.name, guest.name))
    same = next((one for one in meeting.guests if _called(one.name, guest.name)), None)
    new = Guest(guest.name, guest.organisation or (same.organisation if same else None))
    if same != new:
        change_meeting(unit, meeting.id, {"guests": (*others, new)}, asker, now)


def _seated(unit: UnitOfWork, expert: Expert, person: Person, asker: Person, now: datetime) -> Expert:
    """A seat for who speaks, whether there is one or not."""
    list_ = seating(unit, _meeting(unit, expert).id, now)
    list_.seats.settle()
    entry, room = list_.seats.get(person.id), list_.seats.has_room
    if entry is not None and entry.status in TAKES_A_SEAT and not entry.offered:
        return expert
    organisation = person.organisation.id if person.organisation else None
    order, ticket = entry.order if entry else 0, list_.seats.ticket()
    status = RegistrationStatus.REGISTERED
    list_.seats.put(Entry(person.id, organisation, status, ticket, order, brought_by_id=asker.id))
    list_.keep(asker.id)
    if person.entra_id is not None and person.id != asker.id:  # others heard it in the invitation
        list_.tell(REGISTERED_FOR_YOU, person.id, Timing.NORMAL, by=asker.id)
    return replace(expert, listed=person, overfull=not room)


def _stays_away(unit: UnitOfWork, expert: Expert, asker: Person, now: datetime) -> Expert:
    """Whoever said yes before is no guest of the meeting any more, nor on its list."""
    point, name = expert.point, expert.point.guest_name
    if point.invite is not Invite.YES or name is None or expert.meeting is None:
        return expert
    meeting = _meeting(unit, expert)
    others = tuple(one for one in meeting.guests if not _called(one.name, name))
    if others != meeting.guests:
        change_meeting(unit, meeting.id, {"guests": others}, asker, now)
    if meeting.cancelled:
        return expert
    list_ = seating(unit, meeting.id, now)
    person = _listed(unit, list_, name)
    if person is not None:
        decisions.excuse(list_.seats, person.id, person.organisation.id if person.organisation else None)
        list_.keep(asker.id)
    return replace(expert, left=person)


def _listed(unit: UnitOfWork, list_: Seating, name: str) -> Person | None:
    """The one from outside the network with this name who has a seat; None for none and for several."""
    seated = [one.person_id for one in list_.seats.entries.values() if one.status is RegistrationStatus.REGISTERED]
    called = [one for one in unit.people.by_ids(seated) if _called(one.name, name) and one.role is Role.EXTERNAL]
    return called[0] if len(called) == 1 else None


def _meeting(unit: UnitOfWork, expert: Expert) -> Meeting:
    if expert.meeting is None:
        raise NotNow
    return unit.meetings.by_ids([expert.meeting.id], None)[expert.meeting.id]


def _called(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _tell(unit: UnitOfWork, point: AgendaPoint, state: Invite, asker: Person, now: datetime) -> None:
    """Let who proposed a point know what came of the invitation."""
    if state not in _ANSWERS or point.meeting_id is None or point.proposer_id in {None, asker.id}:
        return
    target, occurrence = to_person(point.proposer_id or 0), f"{point.id}@{now.isoformat()}"
    notice = NewNotice(EXPERT_ANSWERED, str(point.meeting_id), occurrence, target, now, data={"point": point.id})
    unit.notices.plan_all([notice], now)
