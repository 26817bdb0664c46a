"""Sessions of a network day: who moves up in their lines, and who gets which session by the wishes of all.

The assignment places as many people as possible; then as many as possible get their first choice, then their second,
and so on (it is rank-maximal among the largest). Where wishes tie, a draw decides: everybody draws a number that
follows from the meeting's key and their own id alone, through a hash, so that no name, organisation or date of
registration helps, and nobody else's coming or going changes it. Of all outcomes that are equally good for the whole,
the one is taken in which number one got the best they can, then number two, and so on. So there is exactly one right
outcome, the same on every machine and in any order of reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storage.domain.meetings import Meeting, Session
from storage.domain.people import Person
from storage.domain.registrations import RegistrationStatus


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be made, as typed; `capacity` None: no limit."""

    title: str
    room: str | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody's wish for a session; `rank` 1 is their best. `waiting`: in that session's line, by `since` and `id`."""

    id: int
    person_id: int
    session_id: int
    rank: int
    waiting: bool
    since: datetime

    @property
    def turn(self) -> tuple[datetime, int, int]:
        """What orders a line: first come, first served."""
        return self.since, self.rank, self.id


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody gets a seat in a session, and leaves the one in `left` when they had one. `rank`: of the wish."""

    person_id: int
    session_id: int
    rank: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish as shown: `queue` is the place in that session's line, from 1, when in it."""

    session: Session
    rank: int
    queue: int | None = None


@dataclass(frozen=True, slots=True)
class SessionsOf:
    """A meeting's sessions as they are for one person.

    `status` is where they stand towards the day; `seat` the session they sit in; `suggested` the one of their region.
    `lines` is how many people wait for each session, by its id. `changed`: whether what was asked changed anything.
    """

    meeting: Meeting
    sessions: tuple[Session, ...]
    person: Person | None = None
    status: RegistrationStatus | None = None
    seat: Session | None = None
    wishes: tuple[Wished, ...] = ()
    suggested: Session | None = None
    lines: Mapping[int, int] | None = None
    changed: bool = False

    def session(self, session_id: int) -> Session | None:
        """The session with this id."""
        return next((one for one in self.sessions if one.id == session_id), None)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the assignment gives: people by session, how many got which choice (index 0: their first), who got none.

    `silent` are those with a seat for the day who wished nothing and sit nowhere: they are left alone. `seated` is how
    many sat somewhere before and were left alone too, `movable` how many of these have wishes. With `everybody` only
    those without wishes were left alone.
    """

    meeting: Meeting
    placed: tuple[tuple[Session, tuple[Person, ...]], ...]
    choices: tuple[int, ...]
    unplaced: tuple[Person, ...]
    silent: tuple[Person, ...]
    seated: int = 0
    movable: int = 0
    everybody: bool = False
    applied: bool = False

    @property
    def people(self) -> int:
        """How many get a session."""
        return sum(self.choices)


@dataclass(frozen=True, slots=True)
class Fees:
    """Of those who come to a meeting: who paid, and who did not yet."""

    meeting: Meeting
    paid: tuple[Person, ...]
    unpaid: tuple[Person, ...]


def session_of_region(sessions: Sequence[Session], region: str | None) -> Session | None:
    """The one session that is named after a region; None when there is none, or more than one."""
    wanted = (region or "").casefold().split()
    found = [one for one in sessions if wanted and _holds(one.title.casefold().split(), wanted)]
    return found[0] if len(found) == 1 else None


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    clean = [word.strip(".,:;()–-") for word in words]
    return any(clean[at : at + len(wanted)] == list(wanted) for at in range(len(clean)))


def moves(free: Mapping[int, int | None], seats: Mapping[int, int | None], wishes: Iterable[Wish]) -> tuple[Move, ...]:
    """Who moves up in the lines, in that order, each from where they sat to where they end.

    `free`: places left of each session (None: no limit); `seats`: where each person with a seat for the day sits.
    Everybody only ever moves to a session they wish more, which ends.
    """
    left, now_in = dict(free), dict(seats)
    line = sorted((one for one in wishes if one.waiting and one.person_id in seats), key=lambda one: one.turn)
    got: dict[int, Wish] = {}
    while (first := next((one for one in line if _room(left.get(one.session_id, 0))), None)) is not None:
        _shift(left, now_in[first.person_id], first.session_id)
        now_in[first.person_id] = first.session_id
        got[first.person_id] = first
        line = [one for one in line if one.person_id != first.person_id or one.rank < first.rank]
    return tuple(Move(id_, wish.session_id, wish.rank, seats[id_]) for id_, wish in got.items())


def _room(left: int | None) -> bool:
    return left is None or left > 0


def _shift(left: dict[int, int | None], out_of: int | None, into: int) -> None:
    for session_id, by in ((out_of, 1), (into, -1)):
        places = left.get(session_id) if session_id is not None else None
        if session_id is not None and places is not None:
            left[session_id] = places + by


def assign(wishes: Mapping[int, Sequence[int]], free: Mapping[int, int | None], seed: str) -> dict[int, int]:
    """Who gets which session: from each person's sessions, best first, and each session's places (None: no limit).

    People who get none are left out. See the head of this module for what is best and how ties are drawn.

    It adds people one by one; each looks for the cheapest chain "I take your seat, you take another's, …" that ends at
    a free seat or with somebody who gets none. Adding along cheapest chains keeps the whole optimal (successive
    shortest paths), and chains run over sessions, which are few. Costs are whole numbers without limit, so that
    "first choices before second, then the draw" is one exact sum.
    """
    known = {id_: [one for one in dict.fromkeys(said) if one in free] for id_, said in wishes.items()}
    drawn = sorted((id_ for id_, said in known.items() if said), key=lambda id_: _draw(seed, id_))
    costs = _costs(drawn, known)
    seating = _Seating(costs, {one: free[one] for one in sorted({one for id_ in drawn for one in known[id_]})})
    for id_ in drawn:
        seating.add(id_)
    return {id_: session for id_, session in seating.places() if session != NOWHERE}


def _draw(seed: str, person_id: int) -> bytes:
    return sha256(f"{seed}:{person_id}".encode()).digest()


NOWHERE = -1
"""The session of those who get none: it has room for everybody, and is everybody's last choice."""


def _costs(drawn: Sequence[int], wishes: Mapping[int, Sequence[int]]) -> dict[int, dict[int, int]]:
    """What each person costs in each session they wish.

    The number's digits, from high to low: nobody placed; then how many got their first choice, their second, …; then
    which choice each person got, in the order of the draw. No sum of lower digits reaches a higher one.
    """
    ranks = max((len(wishes[id_]) for id_ in drawn), default=0)
    people = len(drawn) + 1
    tie = (ranks + 1) ** len(drawn)
    found: dict[int, dict[int, int]] = {}
    for number, id_ in enumerate(drawn, 1):
        place = (ranks + 1) ** (len(drawn) - number)
        found[id_] = {
            session: -(tie * (people**ranks + people ** (ranks - rank - 1))) + rank * place
            for rank, session in enumerate(wishes[id_])
        }
        found[id_][NOWHERE] = ranks * place
    return found


class _Seating:
    """Who sits where while people are added, always at the least cost for those who are in."""

    def __init__(self, costs: Mapping[int, Mapping[int, int]], free: Mapping[int, int | None]) -> None:
        self._costs = costs
        self._free: dict[int, int | None] = {**free, NOWHERE: None}
        self._in: dict[int, set[int]] = {session: set() for session in self._free}

    def places(self) -> Iterable[tuple[int, int]]:
        """Each person with their session."""
        return ((id_, session) for session, people in self._in.items() for id_ in people)

    def add(self, person_id: int) -> None:
        """Let one more person in, along the cheapest chain."""
        steps = self._steps()
        best: dict[int, int] = dict(self._costs[person_id])
        before: dict[int, tuple[int, int]] = {}
        changed = True
        while changed:  # Bellman-Ford: costs are below zero, and there are few sessions
            changed = False
            for (one, other), (cost, mover) in steps.items():
                if one in best and (other not in best or best[one] + cost < best[other]):
                    best[other], before[other] = best[one] + cost, (one, mover)
                    changed = True
        last = min((session for session in best if self._has_room(session)), key=lambda session: best[session])
        while last in before:
            came_from, mover = before[last]
            self._in[came_from].remove(mover)
            self._in[last].add(mover)
            last = came_from
        self._in[last].add(person_id)

    def _has_room(self, session: int) -> bool:
        places = self._free[session]
        return places is None or len(self._in[session]) < places

    def _steps(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each pair of sessions the least that moving somebody from the one to the other costs, and whom."""
        steps: dict[tuple[int, int], tuple[int, int]] = {}
        for session, people in self._in.items():
            for id_ in people:
                costs = self._costs[id_]
                here = costs[session]
                for other, cost in costs.items():
                    found = (cost - here, id_)
                    if other != session and ((session, other) not in steps or found < steps[session, other]):
                        steps[session, other] = found
        return steps
