"""What people are told of polls, planned in the transaction that changes them: cards, results, and what can be done."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from storage.domain.calendar import SendingHours
from storage.domain.notices import NewNotice, NoticeState, Timing, person_of, to_person, to_place
from storage.domain.people import Role
from storage.domain.places import PlaceKind, base_of, thread_of
from storage.domain.polls import POLL, POLL_DONE, POLL_NUDGE, POLL_RESULT, SEALED, Poll, PollKind, Tally
from storage.repositories.notices import BETWEEN_UPDATES
from storage.services.alerts import gone
from storage.unit_of_work import UnitOfWork

_IN_THREADS = frozenset({PlaceKind.CHANNEL, PlaceKind.TEAM})
"""Where what is posted begins a thread. A team's own id is that of its first channel."""

SELDOM = timedelta(seconds=60)
"""Between two updates of a card where something is filled in, or that everybody has in their own chat."""

LONGEST_KEY = 250
"""Of a target, what its notice is known by: the key has room for no more."""


def plan_cards(unit: UnitOfWork, poll: Poll, now: datetime, hours: SendingHours) -> int:
    """Plan the cards to vote on: one where it stands, at once, or one for each of those whom it goes to in person."""
    if not poll.in_person:
        return unit.notices.plan(_notice(POLL, poll, poll.target, now, Timing.URGENT), now)
    timing = _timing(poll, now, hours)
    return unit.notices.plan_all([_notice(POLL, poll, one, now, timing) for one in _targets(unit, poll)], now)


def show_votes(unit: UnitOfWork, poll: Poll, now: datetime) -> None:
    """Show on the cards to vote on how an open poll stands now. Each time wipes what somebody is filling in there."""
    merged = SELDOM if poll.in_person or not poll.tapped else BETWEEN_UPDATES
    unit.notices.changed(POLL, str(poll.id), now, merged)


def follow(unit: UnitOfWork, poll_id: int, now: datetime) -> None:
    """Show on the cards how a poll stands now."""
    for kind in (POLL, POLL_NUDGE, POLL_DONE):
        unit.notices.changed(kind, str(poll_id), now)


def plan_nudges(
    unit: UnitOfWork, poll: Poll, people: Iterable[int], by_id: int, now: datetime, hours: SendingHours
) -> int:
    """Plan to remind these people that they did not vote yet."""
    timing, data = _timing(poll, now, hours), {"by": by_id}
    keys = [(str(poll.id), str(one), to_person(one)) for one in sorted(people)]
    nudges = [NewNotice(POLL_NUDGE, *key, now, timing, data) for key in keys]
    return unit.notices.plan_all(nudges, now)


def _timing(poll: Poll, now: datetime, hours: SendingHours) -> Timing:
    """In person it waits for sending hours as all that the bot sends, unless it would be closed by then."""
    return Timing.URGENT if hours.next_open(now) >= poll.closes_at else Timing.NORMAL


def plan_result(unit: UnitOfWork, poll: Poll, now: datetime, by_id: int | None) -> None:
    """Plan to tell how a poll ended, once: where its card stands, or each of those whom it went to.

    Where somebody asked for that hour, or closes it now, it is told at that hour; else in sending hours.
    """
    # Who did not get the card or a reminder yet hears how it ended, and nothing of what it was before.
    for kind in (POLL, POLL_NUDGE) if poll.in_person else (POLL_NUDGE,):
        unit.notices.move(kind, str(poll.id), (NoticeState.READY, NoticeState.HELD), NoticeState.CANCELLED)
    if poll.in_person:
        told = [_notice(POLL_RESULT, poll, one, now, Timing.NORMAL) for one in _targets(unit, poll)]
        unit.notices.plan_all(told, now)
        return
    asked = poll.closes_set or by_id is not None
    target = _thread(unit, poll)
    unit.notices.plan(_notice(POLL_RESULT, poll, target, now, Timing.URGENT if asked else Timing.NORMAL), now)


def plan_done(unit: UnitOfWork, poll: Poll, tally: Tally, now: datetime, by_id: int | None) -> None:
    """Plan to tell who may do something with the result that they may, and who started it how it ended.

    Not `by_id`, who closes it and sees that at once.
    """
    whom = {one for one in _runs(unit, poll) if _can_do(unit, poll, tally, one)}
    starter = poll.created_by_id
    if starter is not None and poll.in_person and starter not in unit.polls.people(poll.id):
        whom.add(starter)
    _plan_done(unit, poll, whom - {by_id}, "closed", now)


def plan_missed(unit: UnitOfWork, poll: Poll, now: datetime) -> None:
    """Plan to tell who started it that a poll could not open before it had to close."""
    _plan_done(unit, poll, _runs(unit, poll), "missed", now)


def plan_sealed(unit: UnitOfWork, poll: Poll, now: datetime) -> int:
    """Plan to tell who runs it, once, that a poll can't be counted without its key; to how many that is new.

    It is known by something else than how it ended, which they may hear of once the key is back.
    """
    return _plan_done(unit, poll, _runs(unit, poll), SEALED, now, f":{SEALED}")


def _plan_done(
    unit: UnitOfWork, poll: Poll, people: Iterable[int], what: str, now: datetime, known_by: str = ""
) -> int:
    about, data = str(poll.id), {"what": what}
    whom = [(f"{one}{known_by}", to_person(one)) for one in sorted(people)]
    return unit.notices.plan_all([NewNotice(POLL_DONE, about, key, to, now, data=data) for key, to in whom], now)


def _runs(unit: UnitOfWork, poll: Poll) -> Collection[int]:
    """Who hears what can be done: who started it and who organises its meeting, else the coordinators."""
    known = {one for one in (poll.created_by_id, _organiser(unit, poll)) if one is not None and not gone(unit, one)}
    return known or {one.id for one in unit.people.with_role(Role.COORDINATOR)}


def _can_do(unit: UnitOfWork, poll: Poll, tally: Tally, person_id: int) -> bool:
    """Whether somebody who runs a poll can do something with it: a run-off of what is equal, or make it come true."""
    if not tally.winners or poll.kind is PollKind.TEMPERATURE:
        return False
    if tally.tied:
        return True
    if person_id == _organiser(unit, poll):
        return True
    person = next(iter(unit.people.by_ids([person_id])), None)
    return person is not None and person.role is Role.COORDINATOR


def _organiser(unit: UnitOfWork, poll: Poll) -> int | None:
    """Who organises the meeting that a poll is about."""
    return unit.polls.organisers([poll.meeting_id]).get(poll.meeting_id) if poll.meeting_id else None


def _thread(unit: UnitOfWork, poll: Poll) -> str:
    """The target of what is said about a poll: the thread of its card, once that is posted; else where it goes."""
    card = unit.poll_times.card(poll.id)
    if card is None:
        return poll.target
    place = unit.places.at(base_of(card.conversation_id))
    in_thread = base_of(card.conversation_id) != card.conversation_id
    if in_thread or place is None or place[0].kind not in _IN_THREADS:
        return to_place(card.conversation_id)
    return to_place(thread_of(card.conversation_id, card.activity_id))


def _targets(unit: UnitOfWork, poll: Poll) -> list[str]:
    return [to_person(one) for one in sorted(unit.polls.people(poll.id))]


def _notice(kind: str, poll: Poll, target: str, now: datetime, timing: Timing) -> NewNotice:
    person_id = person_of(target)
    known_by = target[:LONGEST_KEY] if person_id is None else str(person_id)
    return NewNotice(kind, str(poll.id), known_by, target, now, timing)
