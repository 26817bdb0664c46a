"""Network days: choosing sessions, sharing them out, and ticking who paid."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from operator import attrgetter

from storage.domain.meetings import Meeting, Session, SessionChoice
from storage.domain.people import Person, Viewer
from storage.domain.planning import LONGEST_NAME, LONGEST_ROOM, tidy
from storage.domain.refusals import (
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NoSuchSession,
    NotCoordinator,
    NotKnown,
    NotNow,
    NotRegistered,
    NotSensible,
    NotYours,
)
from storage.domain.registrations import COMES, IN_LINE, RegistrationStatus
from storage.domain.sessions import Fees, NewSession, Proposal, SessionsOf, Wish, Wished, session_of_region
from storage.repositories.sessions import Seat
from storage.services.gate import Chosen, Use, check
from storage.services.sessions import deciding, fill_sessions, sit
from storage.services.sharing import Shared, read_shared, seat_all, switch
from storage.unit_of_work import UnitOfWork, Units

MOST_PLACES = 100_000

TIMES_ALONGSIDE = 3
"""So often the sessions are shared out beside the transaction that applies it, while others keep changing them."""


class Sessions:
    """The sessions of network days."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def of(self, meeting_id: int, viewer: Viewer, person_id: int | None = None) -> SessionsOf:
        """A meeting's sessions as they are for the viewer, or by a coordinator for somebody else.

        Raises NoSuchMeeting, NotYours.
        """
        whose = _whose(viewer, person_id) if viewer.person else None
        return await self._units.read(lambda unit: _shown(unit, _meeting(unit, meeting_id), whose))

    async def next_for(self, viewer: Viewer, now: datetime) -> Meeting | None:
        """The next meeting with sessions: one that the viewer comes to before others."""
        return await self._units.read(lambda unit: _next(unit, unit.sessions.coming(now), viewer))

    async def next_with_fee(self, now: datetime) -> Meeting | None:
        """The next meeting that costs something."""
        return await self._units.read(lambda unit: _next(unit, unit.sessions.coming_with_fee(now)[:1], None))

    async def choose(
        self,
        meeting_id: int,
        session_ids: Sequence[int],
        viewer: Viewer,
        now: datetime,
        person_id: int | None = None,
    ) -> SessionsOf:
        """Choose sessions, best first; none at all takes everything back.

        First come: a seat in the best of them that has room, and a place in line for those before it. Who stood in
        line for others stays there. Who is not sure of a seat for the day only stands in line. Ranked: the wishes
        are kept until the coordinator shares the sessions out.
        Raises NotKnown, NoSuchMeeting, MeetingOver, MeetingCancelled, NotNow, NotYours, NotRegistered, NoSuchSession.
        """
        who = _Asking(viewer, _whose(viewer, person_id), now)
        chosen = tuple(dict.fromkeys(session_ids))

        def work(unit: UnitOfWork) -> SessionsOf:
            before = _may_choose(unit, meeting_id, who)
            if any(before.session(id_) is None for id_ in chosen):
                raise NoSuchSession
            return _chosen(unit, before, chosen, who)

        return await self._units.write(work)

    async def leave(
        self, meeting_id: int, session_id: int, viewer: Viewer, now: datetime, person_id: int | None = None
    ) -> SessionsOf:
        """Take back one session: the seat in it, the place in its line, or the wish.

        Raises NotKnown, NoSuchMeeting, MeetingOver, MeetingCancelled, NotNow, NotYours, NotRegistered, NoSuchSession.
        """
        who = _Asking(viewer, _whose(viewer, person_id), now)

        def work(unit: UnitOfWork) -> SessionsOf:
            before = _may_choose(unit, meeting_id, who)
            if before.session(session_id) is None:
                raise NoSuchSession
            first_come = before.meeting.session_choice is SessionChoice.FIRST_COME
            wishes = [one for one in before.wishes if one.queue is not None or not first_come]
            kept = [one.session.id for one in wishes if one.session.id != session_id]
            unit.sessions.wish(meeting_id, who.person_id, kept, first_come, now)
            if before.seat is not None and before.seat.id == session_id:
                sit(unit, deciding(unit, meeting_id, now, who.by_id), who.person_id, session_id, None)
            return _settled(unit, before, who)

        return await self._units.write(work)

    async def set_choice(self, meeting_id: int, choice: SessionChoice, viewer: Viewer, now: datetime) -> SessionsOf:
        """Give the sessions out in another way. Nobody loses a seat; whoever ranked stands in line from then on.

        Raises NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled, NotNow, NoSuchSession.
        """
        by = _coordinator(viewer)

        def work(unit: UnitOfWork) -> SessionsOf:
            meeting = _open(unit, meeting_id, now)
            if meeting.session_choice is not choice:
                switch(unit, meeting, choice, now, by.id)
                fill_sessions(unit, meeting_id, now, by.id)
            shown = _shown(unit, _meeting(unit, meeting_id), None)
            return replace(shown, changed=meeting.session_choice is not choice)

        return await self._units.write(work)

    async def assign(
        self, meeting_id: int, viewer: Viewer, now: datetime, apply: bool, everybody: bool = False
    ) -> Proposal:
        """Share the sessions out among those who ranked them and sit nowhere yet; with `everybody`, who sits too.

        Without `apply` it only shows what would come of it. Applied, everybody hears their session, whoever got none
        stands in line for those they wished, and what is left is first come, first served.
        Raises NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled, NotNow, NoSuchSession.
        """
        by = _coordinator(viewer)

        def read(unit: UnitOfWork) -> Shared:
            return read_shared(unit, _open(unit, meeting_id, now), everybody)

        for _ in range(TIMES_ALONGSIDE):
            seen = await self._units.read(read)
            found = await asyncio.to_thread(seen.found)
            if not apply:
                return seen.proposal(found)
            kept = partial(_applied_to, read=read, seen=seen, found=found, now=now, by_id=by.id)
            if (done := await self._units.write(kept, meeting_id)) is not None:
                return done
        return await self._units.write(lambda unit: _applied(unit, one := read(unit), one.found(), now, by.id))

    async def add_session(
        self, meeting_id: int, new: NewSession, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> tuple[Meeting, tuple[Session, ...]]:
        """Give a meeting one more session; all it has then. One with the same title is not made again.

        Raises NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled, NotSensible, IdentifiesSomebody("title").
        """
        by = _coordinator(viewer)
        title, room = tidy(new.title) or "", tidy(new.room)
        if not title or len(title) > LONGEST_NAME:
            raise NotSensible("title")
        if room is not None and len(room) > LONGEST_ROOM:
            raise NotSensible("room")
        if new.capacity is not None and not 0 <= new.capacity <= MOST_PLACES:
            raise NotSensible("capacity")

        def work(unit: UnitOfWork) -> tuple[Meeting, tuple[Session, ...]]:
            meeting = _startable(unit, meeting_id, now)
            check(unit, title, "title", Use.WORK, chosen)
            if title.casefold() not in {one.title.casefold() for one in unit.meetings.sessions(meeting_id)}:
                unit.sessions.add(meeting_id, title, room, new.capacity)
                unit.changes.add(meeting_id, now, by.id, "new_session", None, title)
            return meeting, unit.meetings.sessions(meeting_id)

        return await self._units.write(work)

    async def set_session_capacity(
        self, meeting_id: int, session_id: int, capacity: int | None, viewer: Viewer, now: datetime
    ) -> SessionsOf:
        """Give a session another number of places, or (None) no limit. Nobody is sent away; lines move up.

        Raises NotCoordinator, NoSuchMeeting, MeetingOver, MeetingCancelled, NotNow, NoSuchSession, NotSensible.
        """
        by = _coordinator(viewer)
        if capacity is not None and not 0 <= capacity <= MOST_PLACES:
            raise NotSensible("capacity")

        def work(unit: UnitOfWork) -> SessionsOf:
            meeting = _open(unit, meeting_id, now)
            before = _shown(unit, meeting, None).session(session_id)
            if before is None:
                raise NoSuchSession
            if before.capacity != capacity:
                unit.sessions.set_capacity(session_id, capacity)
                old, new = (f"{before.title}: {'-' if one is None else one}" for one in (before.capacity, capacity))
                unit.changes.add(meeting_id, now, by.id, "session_capacity", old, new)
                fill_sessions(unit, meeting_id, now, by.id)
            return replace(_shown(unit, meeting, None), changed=before.capacity != capacity)

        return await self._units.write(work)

    async def paid(
        self, meeting_id: int, person_ids: Sequence[int], yes: bool, viewer: Viewer, now: datetime
    ) -> tuple[Person, ...]:
        """Note that people paid, or that they did not; those for whom that was new.

        Raises NotCoordinator, NoSuchMeeting, NotRegistered when one of them is not on the list.
        """
        by = _coordinator(viewer)

        def work(unit: UnitOfWork) -> tuple[Person, ...]:
            _locked(unit, meeting_id)
            known = {one.person_id: one for one in unit.sessions.seats(meeting_id) if _listed(one)}
            if not set(person_ids) <= known.keys():
                raise NotRegistered
            changed = [id_ for id_ in dict.fromkeys(person_ids) if known[id_].paid is not yes]
            unit.sessions.pay(meeting_id, changed, now if yes else None)
            for id_ in changed:
                unit.changes.add(meeting_id, now, by.id, "paid", *_paid_values(yes), id_)
            return unit.people.by_ids(changed)

        return await self._units.write(work)

    async def fees(self, meeting_id: int, viewer: Viewer) -> Fees:
        """Who of those who come paid, and who did not. Raises NotCoordinator, NoSuchMeeting."""
        _coordinator(viewer)

        def work(unit: UnitOfWork) -> Fees:
            meeting = _meeting(unit, meeting_id)
            come = {one.person_id: one.paid for one in unit.sessions.seats(meeting_id) if one.status in COMES}
            people = unit.people.by_ids(come)
            return Fees(meeting, *(tuple(one for one in people if come[one.id] is yes) for yes in (True, False)))

        return await self._units.read(work)


def _applied_to(
    unit: UnitOfWork,
    read: Callable[[UnitOfWork], Shared],
    seen: Shared,
    found: Mapping[int, int],
    now: datetime,
    by_id: int,
) -> Proposal | None:
    """What was found for what was seen, applied; None when that is not how it stands any more."""
    fresh = read(unit)
    return _applied(unit, fresh, found, now, by_id) if fresh == seen else None


def _applied(unit: UnitOfWork, shared: Shared, found: Mapping[int, int], now: datetime, by_id: int) -> Proposal:
    seat_all(unit, shared, found, now, by_id)
    return replace(shared.proposal(found), applied=True)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks something for whom, and when."""

    viewer: Viewer
    person_id: int
    now: datetime

    @property
    def by_id(self) -> int | None:
        return self.viewer.person.id if self.viewer.person else None


def _whose(viewer: Viewer, person_id: int | None) -> int:
    if viewer.person is None:
        raise NotKnown
    if person_id not in {None, viewer.person.id} and not viewer.is_coordinator:
        raise NotYours
    return person_id or viewer.person.id


def _coordinator(viewer: Viewer) -> Person:
    if viewer.person is None or not viewer.is_coordinator:
        raise NotCoordinator
    return viewer.person


def _meeting(unit: UnitOfWork, meeting_id: int) -> Meeting:
    found = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
    if found is None:
        raise NoSuchMeeting
    return found


def _locked(unit: UnitOfWork, meeting_id: int) -> Meeting:
    unit.sessions.lock(meeting_id)
    return _meeting(unit, meeting_id)


def _open(unit: UnitOfWork, meeting_id: int, now: datetime) -> Meeting:
    """The meeting, locked, while anything can be chosen or shared out."""
    meeting = _startable(unit, meeting_id, now)
    if not unit.sessions.any(meeting_id):
        raise NoSuchSession
    if meeting.is_running(now):
        raise NotNow
    return meeting


def _startable(unit: UnitOfWork, meeting_id: int, now: datetime) -> Meeting:
    """The meeting, locked, while it takes place and is not over."""
    meeting = _locked(unit, meeting_id)
    if meeting.cancelled:
        raise MeetingCancelled
    if meeting.is_over(now):
        raise MeetingOver
    return meeting


def _may_choose(unit: UnitOfWork, meeting_id: int, who: _Asking) -> SessionsOf:
    shown = _shown(unit, _open(unit, meeting_id, who.now), who.person_id)
    if shown.status not in COMES | IN_LINE:
        raise NotRegistered
    return shown


def _listed(seat: Seat) -> bool:
    return seat.status is not RegistrationStatus.WITHDRAWN


def _paid_values(yes: bool) -> tuple[str | None, str | None]:
    return (None, "paid") if yes else ("paid", None)


def _next(unit: UnitOfWork, meeting_ids: Sequence[int], viewer: Viewer | None) -> Meeting | None:
    found = unit.meetings.by_ids(meeting_ids, viewer.person.id if viewer and viewer.person else None)
    coming = [found[id_] for id_ in meeting_ids if id_ in found]
    return next((one for one in coming if one.viewer_takes_part), next(iter(coming), None))


def _shown(unit: UnitOfWork, meeting: Meeting, person_id: int | None) -> SessionsOf:
    sessions = unit.meetings.sessions(meeting.id)
    seats = {one.person_id: one for one in unit.sessions.seats(meeting.id)} if sessions else {}
    wishes = unit.sessions.wishes(meeting.id) if sessions else ()
    in_line = [one for one in wishes if one.waiting and _comes(seats.get(one.person_id))]
    lines = Counter(one.session_id for one in in_line)
    shown = SessionsOf(meeting, sessions, lines=lines)
    mine = seats.get(person_id or 0)
    person = next(iter(unit.people.by_ids([person_id])), None) if person_id is not None else None
    if person is None:
        return shown
    region = person.organisation.region if person.organisation else None
    return replace(
        shown,
        person=person,
        status=mine.status if mine else None,
        seat=shown.session(mine.session_id or 0) if mine else None,
        wishes=_wished(shown, [one for one in wishes if one.person_id == person_id], in_line),
        suggested=session_of_region(sessions, region),
    )


def _comes(seat: Seat | None) -> bool:
    return seat is not None and seat.status in COMES


def _wished(shown: SessionsOf, mine: Iterable[Wish], in_line: Sequence[Wish]) -> tuple[Wished, ...]:
    found = []
    for wish in sorted(mine, key=attrgetter("rank")):
        session = shown.session(wish.session_id)
        before = sum(one.session_id == wish.session_id and one.turn < wish.turn for one in in_line)
        if session is not None:
            found.append(Wished(session, wish.rank, before + 1 if wish.waiting else None))
    return tuple(found)


def _chosen(unit: UnitOfWork, before: SessionsOf, chosen: Sequence[int], who: _Asking) -> SessionsOf:
    meeting, here = before.meeting, before.seat.id if before.seat else None
    if not chosen and here is not None:
        sit(unit, deciding(unit, meeting.id, who.now, who.by_id), who.person_id, here, None)
    if meeting.session_choice is SessionChoice.RANKED:
        unit.sessions.wish(meeting.id, who.person_id, chosen, False, who.now)
        return _settled(unit, before, who)
    better = chosen[: chosen.index(here)] if here in chosen else chosen
    lines = [one.session.id for one in before.wishes if one.queue is not None] if chosen else []
    kept = [id_ for id_ in lines if id_ not in chosen]
    unit.sessions.wish(meeting.id, who.person_id, [*kept, *better], True, who.now)
    return _settled(unit, before, who)


def _settled(unit: UnitOfWork, before: SessionsOf, who: _Asking) -> SessionsOf:
    """Let the lines move up, and show what holds by then."""
    fill_sessions(unit, before.meeting.id, who.now, who.by_id, told=[who.by_id] if who.by_id else [])
    after = _shown(unit, before.meeting, who.person_id)
    return replace(after, changed=_state(before) != _state(after))


def _state(shown: SessionsOf) -> tuple[int | None, list[int]]:
    return shown.seat.id if shown.seat else None, [one.session.id for one in shown.wishes]
