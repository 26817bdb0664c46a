"""A meeting's full list, who was there, and the alerts about seats and about organisations that stay away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from storage.domain.attendance import (
    EXPECTED,
    LONGEST_REMARK,
    MISSED_TWICE,
    TICKED,
    MissedTwice,
    Roll,
    may_be_ticked,
    missed_twice,
    presence,
    seat_level,
)
from storage.domain.meetings import Meeting
from storage.domain.notices import BUNDLED_AT, NewNotice, Timing, to_person
from storage.domain.people import Person, Viewer
from storage.domain.refusals import (
    MeetingCancelled,
    NoSuchMeeting,
    NotCoordinator,
    NotNow,
    NotRegistered,
    NotSensible,
    TooLong,
)
from storage.domain.registrations import TAKES_A_SEAT, NewGuest, RegistrationStatus
from storage.services.alerts import LEVELS, alert_targets
from storage.services.gate import Chosen, check
from storage.services.guests import guest_of, real
from storage.services.seating import refill
from storage.services.sessions import free_session
from storage.unit_of_work import UnitOfWork, Units


class Attendance:
    """The full list of a meeting, for who runs it."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def roll(self, meeting_id: int, viewer: Viewer) -> Roll:
        """The full list, for a coordinator, the organiser and the note-taker. Raises NoSuchMeeting, NotCoordinator."""
        return await self._units.read(lambda unit: _roll(unit, _run_by(unit, meeting_id, viewer), viewer))

    async def tick(
        self, meeting_id: int, marks: Mapping[int, RegistrationStatus], viewer: Viewer, now: datetime
    ) -> Roll:
        """Note of people on the list, by id, whether they attended, were excused or absent; all of them or nobody.

        Raises NoSuchMeeting, NotCoordinator, MeetingCancelled, NotNow before the meeting's day and a month after,
        NotRegistered for who is not on the list, NotSensible for any other status.
        """
        if not TICKED.issuperset(marks.values()):
            raise NotSensible("registration")

        def work(unit: UnitOfWork) -> Roll:
            meeting, by = _being_ticked(unit, meeting_id, viewer, now)
            stands = unit.attendance.statuses(meeting_id)
            if any(stands.get(person_id) not in EXPECTED for person_id in marks):
                raise NotRegistered
            changed = {one: status for one, status in marks.items() if stands[one] is not status}
            unit.attendance.set_statuses(meeting_id, changed)
            _give_seats(unit, meeting, [one for one in changed if stands[one] in TAKES_A_SEAT], by, now)
            return _noted(unit, meeting, {one: stands[one] for one in changed}, changed, by, now)

        return await self._units.write(work)

    async def walk_in(self, meeting_id: int, person_ids: Sequence[int], viewer: Viewer, now: datetime) -> Roll:
        """Note that people of the network were there without a seat, or without being on the list at all.

        Raises NoSuchMeeting, NotCoordinator, MeetingCancelled, NotNow, NotRegistered for an id of nobody.
        """

        def work(unit: UnitOfWork) -> Roll:
            meeting, by = _being_ticked(unit, meeting_id, viewer, now)
            stands = unit.attendance.statuses(meeting_id)
            known = [one.id for one in unit.people.by_ids(person_ids) if one.id in stands or viewer.may_meet(one)]
            if len(known) != len(set(person_ids)):
                raise NotRegistered
            return _walked_in(unit, meeting, known, by, now)

        return await self._units.write(work)

    async def walk_in_guest(self, meeting_id: int, guest: NewGuest, viewer: Viewer, now: datetime) -> Roll:
        """Note that somebody from outside was there; a known mail address is that person.

        Raises NotARealGuest, NoSuchMeeting, NotCoordinator, MeetingCancelled, NotNow.
        """
        asked = real(guest)

        def work(unit: UnitOfWork) -> Roll:
            person = guest_of(unit, asked, viewer)  # before the list is locked, as everywhere
            meeting, by = _being_ticked(unit, meeting_id, viewer, now)
            return _walked_in(unit, meeting, [person.id], by, now)

        return await self._units.write(work)

    async def remark(
        self, meeting_id: int, person_id: int, text: str, viewer: Viewer, *, chosen: Chosen = False
    ) -> Roll:
        """Note something about somebody on the list; an empty text takes it away.

        Raises NotCoordinator, also for a note-taker, NoSuchMeeting, NotRegistered, TooLong,
        IdentifiesSomebody("remark").
        """
        said = " ".join(text.replace("\x00", "").encode("utf-8", "ignore").decode().split())
        if len(said) > LONGEST_REMARK:
            raise TooLong

        def work(unit: UnitOfWork) -> Roll:
            meeting = _run_by(unit, meeting_id, viewer)
            if not _may_remark(meeting, viewer):
                raise NotCoordinator
            check(unit, said, "remark", chosen=chosen)
            if not unit.attendance.set_remark(meeting_id, person_id, said or None):
                raise NotRegistered
            return _roll(unit, meeting, viewer)

        return await self._units.write(work)

    async def seats(self, meeting_id: int, kind: str, now: datetime) -> Meeting | None:
        """The meeting that an alert of this kind is about; None when it does not hold (any more)."""

        def work(unit: UnitOfWork) -> Meeting | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            if meeting is None or meeting.cancelled or meeting.is_over(now) or meeting.is_running(now):
                return None
            level = seat_level(meeting)
            return meeting if level is not None and LEVELS[level] == kind else None

        return await self._units.read(work)

    async def missed_twice(self, meeting_id: int, organisation_id: int) -> MissedTwice | None:
        """Whether an organisation missed this meeting and the one of its kind before; None when not (any more)."""
        return await self._units.read(lambda unit: _missed(unit, meeting_id, {organisation_id}).get(organisation_id))


def _run_by(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Meeting:
    """The meeting, for who runs it."""
    person = viewer.person
    meeting = unit.meetings.by_ids([meeting_id], person.id if person else None).get(meeting_id)
    if meeting is None or person is None:
        raise NotCoordinator if meeting else NoSuchMeeting
    if not viewer.is_coordinator and person.id not in {meeting.organiser_id, meeting.note_taker_id}:
        raise NotCoordinator
    return meeting


def _may_remark(meeting: Meeting, viewer: Viewer) -> bool:
    return viewer.is_coordinator or (viewer.person is not None and viewer.person.id == meeting.organiser_id)


def _being_ticked(unit: UnitOfWork, meeting_id: int, viewer: Viewer, now: datetime) -> tuple[Meeting, Person]:
    """The meeting with its list locked, and who ticks it."""
    unit.attendance.lock(meeting_id)
    meeting = _run_by(unit, meeting_id, viewer)
    if meeting.cancelled:
        raise MeetingCancelled
    if viewer.person is None or not may_be_ticked(meeting, now):
        raise NotNow
    return meeting, viewer.person


def _give_seats(unit: UnitOfWork, meeting: Meeting, sat: Sequence[int], by: Person, now: datetime) -> None:
    """Before it begins, what comes free of those who had a seat goes to who waits for one."""
    stands = unit.attendance.statuses(meeting.id)
    gone = [one for one in sat if stands[one] not in TAKES_A_SEAT]
    if not gone or meeting.starts.timestamp() <= now.timestamp():
        return
    for one in gone:
        free_session(unit, meeting.id, one, now, by.id)
    refill(unit, meeting.id, now, by.id)


def _walked_in(unit: UnitOfWork, meeting: Meeting, person_ids: Sequence[int], by: Person, now: datetime) -> Roll:
    """Note that these people were there, wherever they stood before."""
    stands = unit.attendance.statuses(meeting.id)
    for one in person_ids:
        if one not in stands:
            unit.attendance.add(meeting.id, one, by.id, now)
    attended = RegistrationStatus.ATTENDED
    present = {one: attended for one in person_ids if stands.get(one) is not attended}
    unit.attendance.set_statuses(meeting.id, present)
    return _noted(unit, meeting, {one: stands[one] for one in present if one in stands}, present, by, now)


def _roll(unit: UnitOfWork, meeting: Meeting, viewer: Viewer) -> Roll:
    """The list; reasons are for coordinators, remarks and fees not for a note-taker who is nothing else."""
    attendees = unit.registrations.of_meeting(meeting.id)
    if not viewer.is_coordinator:
        attendees = tuple(replace(one, reason=None) for one in attendees)
    if not _may_remark(meeting, viewer):
        attendees = tuple(replace(one, remark=None, paid=False) for one in attendees)
    return Roll(meeting, attendees)


def _noted(
    unit: UnitOfWork,
    meeting: Meeting,
    old: Mapping[int, RegistrationStatus],
    new: Mapping[int, RegistrationStatus],
    by: Person,
    now: datetime,
) -> Roll:
    """Keep in the history what was ticked, look for organisations that stay away, and give the list as it is now."""
    for person_id, status in new.items():
        was = old.get(person_id)
        unit.changes.add(meeting.id, now, by.id, "registration", was.value if was else None, status.value, person_id)
    if new:
        _alert_missed(unit, meeting, now)
    viewer = Viewer(by, member=True)
    fresh = unit.meetings.by_ids([meeting.id], by.id)[meeting.id]
    names = tuple(one.name for one in unit.people.by_ids(list(new)))
    return replace(_roll(unit, fresh, viewer), changed=names)


def _alert_missed(unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Plan an alert for every organisation that missed twice; the day after, when all is ticked, it is looked at again.

    Planned twice it is told once. Who turns out to have been there after all is not told of.
    """
    following = datetime.combine(meeting.ends.date() + timedelta(days=1), BUNDLED_AT, meeting.ends.tzinfo)
    targets, subject = alert_targets(unit, meeting.id), str(meeting.id)
    notices = [
        NewNotice(
            MISSED_TWICE,
            subject,
            f"{organisation_id}:{one}",
            to_person(one),
            max(now, following),
            Timing.SMALL,
            {"organisation": organisation_id},
        )
        for organisation_id in _missed(unit, meeting.id)
        for one in targets
    ]
    unit.notices.plan_all(notices, now)


def _missed(unit: UnitOfWork, meeting_id: int, only: set[int] | None = None) -> dict[int, MissedTwice]:
    """The organisations that missed this meeting and the one of its kind before, by id; of these ids only."""
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    before_id = unit.attendance.before(meeting) if meeting else None
    if meeting is None or before_id is None or meeting.cancelled:
        return {}
    before = unit.meetings.by_ids([before_id], None)[before_id]
    here, there = presence(unit.attendance.places(meeting_id)), presence(unit.attendance.places(before_id))
    organisations = [one for one in unit.people.organisations() if only is None or one.id in only]
    found = [missed_twice(one, meeting, here, before, there) for one in organisations]
    return {one.organisation.id: one for one in found if one is not None}
