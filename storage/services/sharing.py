"""Sharing out the sessions of a network day by everybody's wishes, and the way in which they are given out."""

from collections import Counter
from datetime import datetime
from operator import attrgetter

from storage.domain.meetings import Meeting, SessionChoice
from storage.domain.registrations import COMES
from storage.domain.sessions import Proposal, assign
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


class Sharing:
    """One assignment: who takes part in it with which wishes, and what comes of it."""

    def __init__(self, unit: UnitOfWork, meeting: Meeting, everybody: bool) -> None:
        self._unit, self._meeting, self._everybody = unit, meeting, everybody
        self._here = {one.person_id: one.session_id for one in unit.sessions.seats(meeting.id) if one.status in COMES}
        self._all = unit.sessions.wishes(meeting.id)
        self._wishes = self._taking_part()
        self._found = assign(self._wishes, self._free(), meeting.key)

    def _taking_part(self) -> dict[int, list[int]]:
        wishes: dict[int, list[int]] = {}
        for wish in sorted(self._all, key=attrgetter("rank")):
            if wish.person_id in self._here and (self._everybody or self._here[wish.person_id] is None):
                wishes.setdefault(wish.person_id, []).append(wish.session_id)
        for id_, said in wishes.items():
            here = self._here[id_]
            if here is not None and here not in said:
                said.append(here)
        return wishes

    def _free(self) -> dict[int, int | None]:
        free = free_places(self._unit, self._meeting.id)
        for id_ in self._wishes:
            here = self._here[id_]
            places = free.get(here) if here is not None else None
            if here is not None and places is not None:
                free[here] = places + 1
        return free

    def proposal(self) -> Proposal:
        """What comes of it."""
        people = {one.id: one for one in self._unit.people.by_ids(self._here)}
        ranks = Counter(self._wishes[id_].index(session) for id_, session in self._found.items())
        placed = tuple(
            (session, tuple(one for id_, one in people.items() if self._found.get(id_) == session.id))
            for session in self._unit.meetings.sessions(self._meeting.id)
        )
        left_alone = people.keys() - self._wishes.keys()
        return Proposal(
            self._meeting,
            placed,
            tuple(ranks[rank] for rank in range(max(ranks, default=-1) + 1)),
            tuple(one for id_, one in people.items() if id_ in self._wishes.keys() - self._found.keys()),
            tuple(one for id_, one in people.items() if id_ in left_alone and self._here[id_] is None),
            sum(self._here[id_] is not None for id_ in left_alone),
            len({one.person_id for one in self._all} & left_alone),
            self._everybody,
        )

    def apply(self, now: datetime, by_id: int) -> None:
        """Seat everybody, put who got nothing in line, and tell them; done twice, the second time changes nothing."""
        unit, meeting_id = self._unit, self._meeting.id
        waited = {one.person_id for one in self._all if one.waiting}
        who = deciding(unit, meeting_id, now, by_id)
        moved = {id_: self._found.get(id_) for id_ in self._wishes if self._found.get(id_) != self._here[id_]}
        for id_, session in moved.items():
            sit(unit, who, id_, self._here[id_], session)
        unit.sessions.let_wait(meeting_id, False, self._found.keys())
        in_line = {one.person_id for one in self._all} - self._here.keys()
        without = self._wishes.keys() - self._found.keys()
        unit.sessions.let_wait(meeting_id, True, without | in_line)
        if self._meeting.session_choice is SessionChoice.RANKED:
            set_choice(unit, self._meeting, SessionChoice.FIRST_COME, now, by_id)
        told = moved.keys() | (without - waited)
        tell(unit, SESSION_ASSIGNED, meeting_id, {id_: self._found.get(id_) for id_ in told}, now)
        fill_sessions(unit, meeting_id, now, by_id)
