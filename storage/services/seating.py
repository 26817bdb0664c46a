"""A decision about seats as part of a transaction: the list under its lock, then everything that follows from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from storage.domain.attendance import SeatLevel, seat_level
from storage.domain.invitations import INVITATION_POST
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, Timing, to_person
from storage.domain.people import Person, Role
from storage.domain.presenting import presented_by
from storage.domain.refusals import MeetingCancelled, MeetingOver, NoSuchMeeting
from storage.domain.registrations import IN_LINE, TAKES_A_SEAT, RegistrationStatus
from storage.domain.rules import Rules
from storage.domain.seats import Entry, Happened, SeatList
from storage.services.alerts import alert_seats, alert_targets
from storage.services.sessions import fill_sessions, free_session, hand_over_session
from storage.unit_of_work import UnitOfWork

SEAT_GIVEN = "seat_given"
SEAT_OFFERED = "seat_offered"
OFFER_LAPSED = "offer_lapsed"
REGISTERED_FOR_YOU = "registered_for_you"
REPLACES = "replaces"
PRESENTER_OUT = "presenter_out"

HIGHEST_ID = 2**31 - 1
"""No row has a higher id: what comes from a button may be any number, at which a database would stumble."""

_KINDS = {
    Happened.GIVEN: (SEAT_GIVEN, Timing.URGENT),
    Happened.OFFERED: (SEAT_OFFERED, Timing.URGENT),
    Happened.LAPSED: (OFFER_LAPSED, Timing.NORMAL),
}
_EXPECTED = TAKES_A_SEAT | IN_LINE


class Seating:
    """One meeting's list in a transaction. Decide on `seats`, then `keep` writes it with all that follows from it."""

    def __init__(self, unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
        self.unit, self.meeting, self.now = unit, meeting, now
        entries = unit.seats.entries(meeting.id)
        # Rules only say what happens to those in line.
        in_line = any(entry.status in IN_LINE for entry in entries)
        rules = unit.rules.of(meeting.kind) if in_line else Rules()
        self.seats = SeatList(meeting, rules, entries, now)
        self._before = dict(self.seats.entries)

    def keep(self, by_id: int | None, after: int | None = None) -> tuple[Person, ...]:
        """Write what was decided by `by_id` (None: by time alone), and plan what must be told. Who was given a seat.

        `after`: on whose act it followed by itself, who needs no alert of it.
        """
        changed = [entry for entry in self.seats.written.values() if self._before.get(entry.person_id) != entry]
        if not changed:
            return ()
        self.unit.seats.write(self.meeting.id, changed)
        self._note(changed, by_id)
        self._tell_events()
        self._follow_sessions(changed, by_id)
        self._follow_seats(after if by_id is None else by_id)
        if any(before.offered for before in map(self._was, changed) if before):
            self._show_anew(SEAT_OFFERED)
        self._tell_presenters_out(changed)
        return self._given()

    def tell(self, kind: str, person_id: int, timing: Timing, to: Sequence[int] = (), **data: int) -> None:
        """Plan to tell something about one person's new standing, to them or to others: once for each standing."""
        entry = self.seats.entries[person_id]
        # Who takes an offered seat keeps their ticket.
        self._plan(kind, person_id, f"{entry.since.isoformat()}:{entry.status}", timing, to or (person_id,), data)

    def _note(self, changed: Sequence[Entry], by_id: int | None) -> None:
        by_itself = {event.person_id for event in self.seats.events}
        for entry in changed:
            before = self._was(entry)
            old, new = before.status.value if before else None, entry.status.value
            if old != new:
                who = None if entry.person_id in by_itself else by_id
                self.unit.changes.add(self.meeting.id, self.now, who, "registration", old, new, entry.person_id)

    def _tell_events(self) -> None:
        for event in self.seats.events:
            kind, timing = _KINDS[event.what]
            self._plan(kind, event.person_id, event.since.isoformat(), timing, (event.person_id,), {})

    def _plan(
        self, kind: str, person_id: int, standing: str, timing: Timing, to: Sequence[int], data: dict[str, int]
    ) -> None:
        subject = str(self.meeting.id)
        notices = [
            NewNotice(kind, subject, f"{person_id}@{standing}:{one}", to_person(one), self.now, timing, data)
            for one in to
        ]
        self.unit.notices.plan_all(notices, self.now)

    def _follow_seats(self, by_id: int | None) -> None:
        before, after = self._as_it_was(), replace(self.seats.meeting, taken=self.seats.taken)
        if seat_level(before) is not seat_level(after):
            alert_seats(self.unit, self.meeting.id, self.now, by_id, seat_level(before))
        if before.taken != after.taken:
            self._show_anew(INVITATION_POST)

    def _as_it_was(self) -> Meeting:
        return replace(self.meeting, taken=sum(entry.takes_a_seat for entry in self._before.values()))

    @property
    def level_before(self) -> SeatLevel | None:
        """How full the meeting was before anything was decided."""
        return seat_level(self._as_it_was())

    def _show_anew(self, kind: str) -> None:
        # Mostly there is none, and looking costs less than updating nothing.
        if self.unit.seats.is_told(kind, self.meeting.id):
            self.unit.notices.changed(kind, str(self.meeting.id), self.now)

    def _follow_sessions(self, changed: Sequence[Entry], by_id: int | None) -> None:
        """Who loses the seat of the day loses that in a session, or hands both over; who gets one may sit there too."""
        for entry in changed:
            if self._took_a_seat(entry.person_id) and not entry.takes_a_seat:
                if entry.replaced_by_id is None:
                    free_session(self.unit, self.meeting.id, entry.person_id, self.now, by_id)
                else:
                    self._hand_over(entry.person_id, entry.replaced_by_id, by_id)
        if any(self._moved_up(entry) for entry in changed):
            fill_sessions(self.unit, self.meeting.id, self.now, by_id)

    def _hand_over(self, person_id: int, to_id: int, by_id: int | None) -> None:
        hand_over_session(self.unit, self.meeting.id, person_id, to_id, self.now, by_id)
        if self.meeting.fee_eur is not None:
            self.unit.seats.hand_over_payment(self.meeting.id, person_id, to_id)

    def _tell_presenters_out(self, changed: Sequence[Entry]) -> None:
        gone = [entry.person_id for entry in changed if self._drops_out(entry)]
        points = [point for point in self.unit.agenda.of_meeting(self.meeting.id) if point.presenter] if gone else []
        if not points:
            return
        names = self.unit.seats.names(self.meeting.id)
        for person in self.unit.people.by_ids(gone):
            if presented_by(person, points, names):
                to = [one for one in self._who_run_it(person.id) if one != person.id]
                if to:
                    self.tell(PRESENTER_OUT, person.id, Timing.URGENT, to, person=person.id)

    def _who_run_it(self, but_not: int) -> tuple[int, ...]:
        """Who must hear of it: the organiser; all coordinators when that is the one it is about."""
        targets = alert_targets(self.unit, self.meeting.id)
        if targets != (but_not,):
            return targets
        return tuple(one.id for one in self.unit.people.with_role(Role.COORDINATOR))

    def _drops_out(self, entry: Entry) -> bool:
        """Whether they let know just now that they don't come, from a seat or line, or without any."""
        before = self._was(entry)
        expected = before is None or before.status in _EXPECTED
        return expected and entry.status in {RegistrationStatus.EXCUSED, RegistrationStatus.WITHDRAWN}

    def _moved_up(self, entry: Entry) -> bool:
        """Whether they waited, perhaps with wishes for sessions, and have a seat now."""
        before = self._was(entry)
        return before is not None and before.status in IN_LINE and entry.status is RegistrationStatus.REGISTERED

    def _given(self) -> tuple[Person, ...]:
        ids = [event.person_id for event in self.seats.events if event.what is Happened.GIVEN]
        people = {person.id: person for person in self.unit.people.by_ids(ids)} if ids else {}
        return tuple(people[one] for one in ids)

    def _was(self, entry: Entry) -> Entry | None:
        return self._before.get(entry.person_id)

    def _took_a_seat(self, person_id: int) -> bool:
        before = self._before.get(person_id)
        return before is not None and before.takes_a_seat


def seating(unit: UnitOfWork, meeting_id: int, now: datetime) -> Seating:
    """The list of a meeting that takes place and is not over. Raises NoSuchMeeting, MeetingOver, MeetingCancelled."""
    meeting = unit.seats.locked(meeting_id) if 0 < meeting_id <= HIGHEST_ID else None
    if meeting is None:
        raise NoSuchMeeting
    if meeting.is_over(now):
        raise MeetingOver
    if meeting.cancelled:
        raise MeetingCancelled
    return Seating(unit, meeting, now)


def refill(unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None = None) -> tuple[Person, ...]:
    """Let the list follow a change of the meeting itself, in its transaction: its time, its capacity, its limit.

    Who was given a seat by that. A meeting that is over or cancelled has nothing to give. `by_id`: who changed it.
    """
    meeting = unit.seats.locked(meeting_id)
    if meeting is None or meeting.is_over(now) or meeting.cancelled:
        return ()
    held = Seating(unit, meeting, now)
    held.seats.settle()
    given = held.keep(None, after=by_id)
    alert_seats(unit, meeting_id, now, by_id)
    return given
