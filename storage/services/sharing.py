"""Sharing out the sessions of a network day by everybody's wishes, and the way in which they are given out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from storage.domain.meetings import Meeting, Session, SessionChoice
from storage.domain.people import Person
from storage.domain.registrations import COMES
from storage.domain.sessions import Proposal, Wish, assign
from storage.services.sessions import deciding, fill_sessions, free_places, sit, tell
from storage.unit_of_work import UnitOfWork

SESSION_ASSIGNED = "session_assigned"
"""The notice to everybody who ranked sessions once these are shared out: in which one they are, or that it is full."""


def switch(unit: UnitOfWork, meeting: Meeting, choice: SessionChoice, now: datetime, by_id: int) -> None:
    """Give sessions out in another way: who ranked them now stands in line, or the other way round."""
    set_choice(unit, meeting, choice, now, by_id)
    unit.sessions.let_wait(meeting.id, choice is SessionChoice.FIRST_COME)
    if choice is SessionChoice.FIRST_COME:
        here = {one.person_id: one.session_id for one in unit.sessions.seats(meeting.id)}
        for wish in unit.sessions.wishes(meeting.id):
            if here.get(wish.person_id) == wish.session_id:  # nobody waits for where they sit, nor for what is worse
                unit.sessions.forget(meeting.id, wish.person_id, worse_than=wish.rank - 1)


def set_choice(unit: UnitOfWork, meeting: Meeting, choice: SessionChoice, now: datetime, by_id: int) -> None:
    """Note how sessions are given out from now on."""
    unit.sessions.set_choice(meeting.id, choice)
    unit.changes.add(meeting.id, now, by_id, "session_choice", meeting.session_choice.value, choice.value)


@dataclass(frozen=True, slots=True)
class Shared:
    """All that an assignment follows from, as it was read: two that are equal come to the same.

    `here`: the session of everybody with a seat for the day; `places`: what each session has left. `people` and
    `sessions` are only to show it with.
    """

    key: str
    everybody: bool
    here: Mapping[int, int | None]
    wishes: tuple[Wish, ...]
    places: Mapping[int, int | None]
    meeting: Meeting = field(compare=False)
    people: tuple[Person, ...] = field(compare=False)
    sessions: tuple[Session, ...] = field(compare=False)

    def found(self) -> dict[int, int]:
        """Who gets which session. It takes up to a second for hundreds of people: not for the event loop."""
        wishes = self.taking_part()
        return assign(wishes, self._free(wishes), self.key)

    def taking_part(self) -> dict[int, list[int]]:
        """The wishes of who takes part, best first; where they sit already is their last."""
        wishes: dict[int, list[int]] = {}
        for wish in sorted(self.wishes, key=attrgetter("rank")):
            if wish.person_id in self.here and (self.everybody or self.here[wish.person_id] is None):
                wishes.setdefault(wish.person_id, []).append(wish.session_id)
        for id_, said in wishes.items():
            here = self.here[id_]
            if here is not None and here not in said:
                said.append(here)
        return wishes

    def _free(self, wishes: Iterable[int]) -> dict[int, int | None]:
        free = dict(self.places)
        for id_ in wishes:
            here = self.here[id_]
            places = free.get(here) if here is not None else None
            if here is not None and places is not None:
                free[here] = places + 1
        return free

    def proposal(self, found: Mapping[int, int]) -> Proposal:
        """What comes of it, when these sessions were found."""
        wishes = self.taking_part()
        people = {one.id: one for one in self.people}
        ranks = Counter(wishes[id_].index(session) for id_, session in found.items())
        placed = tuple(
            (session, tuple(one for id_, one in people.items() if found.get(id_) == session.id))
            for session in self.sessions
        )
        left_alone = people.keys() - wishes.keys()
        return Proposal(
            self.meeting,
            placed,
            tuple(ranks[rank] for rank in range(max(ranks, default=-1) + 1)),
            tuple(one for id_, one in people.items() if id_ in wishes.keys() - found.keys()),
            tuple(one for id_, one in people.items() if id_ in left_alone and self.here[id_] is None),
            sum(self.here[id_] is not None for id_ in left_alone),
            len({one.person_id for one in self.wishes} & left_alone),
            self.everybody,
        )


def read_shared(unit: UnitOfWork, meeting: Meeting, everybody: bool) -> Shared:
    """What an assignment follows from now; the meeting is locked, so that all of it is of one moment."""
    here = {one.person_id: one.session_id for one in unit.sessions.seats(meeting.id) if one.status in COMES}
    return Shared(
        meeting.key,
        everybody,
        here,
        tuple(unit.sessions.wishes(meeting.id)),
        free_places(unit, meeting.id),
        meeting,
        tuple(unit.people.by_ids(here)),
        tuple(unit.meetings.sessions(meeting.id)),
    )


def seat_all(unit: UnitOfWork, shared: Shared, found: Mapping[int, int], now: datetime, by_id: int) -> None:
    """Seat everybody, put who got nothing in line, and tell them; done twice, the second time changes nothing."""
    meeting_id, here, wishes = shared.meeting.id, shared.here, shared.taking_part()
    waited = {one.person_id for one in shared.wishes if one.waiting}
    who = deciding(unit, meeting_id, now, by_id)
    moved = {id_: found.get(id_) for id_ in wishes if found.get(id_) != here[id_]}
    for id_, session in moved.items():
        sit(unit, who, id_, here[id_], session)
    unit.sessions.let_wait(meeting_id, False, found.keys())
    in_line = {one.person_id for one in shared.wishes} - here.keys()
    without = wishes.keys() - found.keys()
    unit.sessions.let_wait(meeting_id, True, without | in_line)
    if shared.meeting.session_choice is SessionChoice.RANKED:
        set_choice(unit, shared.meeting, SessionChoice.FIRST_COME, now, by_id)
    told = moved.keys() | (without - waited)
    tell(unit, SESSION_ASSIGNED, meeting_id, {id_: found.get(id_) for id_ in told}, now)
    fill_sessions(unit, meeting_id, now, by_id)
