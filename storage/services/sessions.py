"""Seats in sessions as part of a larger transaction: freeing one, handing one over, and letting the lines move up.

Whoever calls these has locked the meeting's row in the same transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.domain.notices import NewNotice, to_person
from storage.domain.registrations import COMES
from storage.domain.sessions import Move, moves
from storage.unit_of_work import UnitOfWork

SESSION_GIVEN = "session_given"
"""The notice to somebody who got a seat in a session without choosing it at that moment."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """What every change of a seat needs: of which meeting, when, by whom (None: the bot), and the sessions' titles."""

    meeting_id: int
    now: datetime
    by_id: int | None
    titles: Mapping[int, str]


def free_session(
    unit: UnitOfWork, meeting_id: int, person_id: int, now: datetime, by_id: int | None = None
) -> tuple[Move, ...]:
    """Free the session's seat and the wishes of somebody who lost their seat for the day; who moves up by that."""
    if not unit.sessions.any(meeting_id):
        return ()
    unit.sessions.forget(meeting_id, person_id)
    here = unit.sessions.session_of(meeting_id, person_id)
    if here is not None:
        sit(unit, deciding(unit, meeting_id, now, by_id), person_id, here, None)
    return fill_sessions(unit, meeting_id, now, by_id)


def hand_over_session(
    unit: UnitOfWork, meeting_id: int, person_id: int, to_id: int, now: datetime, by_id: int | None = None
) -> None:
    """Let somebody who is on the day's list by now take over another's session and places in line."""
    if not unit.sessions.any(meeting_id):
        return
    unit.sessions.hand_over(meeting_id, person_id, to_id)
    here = unit.sessions.session_of(meeting_id, person_id)
    if here is not None:
        who = deciding(unit, meeting_id, now, by_id)
        sit(unit, who, person_id, here, None)
        sit(unit, who, to_id, None, here)


def fill_sessions(
    unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None = None, told: Collection[int] = ()
) -> tuple[Move, ...]:
    """Let everybody in line move up for whom there is room, and tell them, except who is `told` already.

    Call it whenever somebody gets a seat for the day, or seats come free. Nobody moves once the day has begun.
    """
    wishes = unit.sessions.wishes(meeting_id, waiting=True)
    meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id) if wishes else None
    if meeting is None or meeting.cancelled or meeting.starts.timestamp() <= now.timestamp():
        return ()
    seats = {one.person_id: one.session_id for one in unit.sessions.seats(meeting_id) if one.status in COMES}
    made = moves(free_places(unit, meeting_id), seats, wishes)
    who = deciding(unit, meeting_id, now, by_id)
    for move in made:
        unit.sessions.forget(meeting_id, move.person_id, worse_than=move.rank - 1)
        sit(unit, who, move.person_id, move.left, move.session_id)
    given = {one.person_id: one.session_id for one in made if one.person_id not in told}
    tell(unit, SESSION_GIVEN, meeting_id, given, now)
    return made


def free_places(unit: UnitOfWork, meeting_id: int) -> dict[int, int | None]:
    """The places left of each session: None without a limit, below 0 when there are more people than seats."""
    sessions = unit.meetings.sessions(meeting_id)
    return {one.id: None if one.capacity is None else one.capacity - one.taken for one in sessions}


def deciding(unit: UnitOfWork, meeting_id: int, now: datetime, by_id: int | None) -> Deciding:
    """Who decides on which meeting, and when."""
    return Deciding(meeting_id, now, by_id, {one.id: one.title for one in unit.meetings.sessions(meeting_id)})


def sit(unit: UnitOfWork, who: Deciding, person_id: int, here: int | None, there: int | None) -> None:
    """Move somebody on the day's list from one session to another, or from or to none, and write that down."""
    unit.sessions.seat(who.meeting_id, person_id, there)
    old, new = who.titles.get(here or 0), who.titles.get(there or 0)
    unit.changes.add(who.meeting_id, who.now, who.by_id, "session", old, new, person_id)


def tell(unit: UnitOfWork, kind: str, meeting_id: int, told: Mapping[int, int | None], now: datetime) -> None:
    """Plan to tell people in which session they are (None: in none): once for each moment at which that changed."""
    at = now.timestamp()
    notices = [
        NewNotice(kind, str(meeting_id), f"{id_}:{session}:{at}", to_person(id_), now, data={"session": session})
        for id_, session in told.items()
    ]
    unit.notices.plan_all(notices, now)
