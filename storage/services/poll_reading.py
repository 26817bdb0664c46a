"""Polls as somebody may see them: who may see, vote, manage, and who sees how it stands."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from storage.domain.people import Person, Viewer
from storage.domain.polls import Poll, PollState, PollView, Shown, Tally, Turnout, Vote
from storage.domain.refusals import AnonymousPoll, NotYours
from storage.domain.tallying import tally, tally_from
from storage.services.poll_seeing import Around, Asking, around, seen, stands_here
from storage.unit_of_work import UnitOfWork

LISTED = timedelta(days=31)
"""So long after it closed a poll is listed."""


# --- one poll


def view(unit: UnitOfWork, poll_id: int, asking: Asking) -> PollView:
    """A poll as somebody may see it. Raises NoSuchPoll."""
    poll, known = seen(unit, poll_id, asking)
    return views(unit, [poll], asking, known)[0]


def shown_to_all(unit: UnitOfWork, poll_id: int, now: datetime) -> PollView | None:
    """A poll as all see it who are there; None for what never opened, or is gone."""
    poll = unit.polls.by_ids([poll_id]).get(poll_id)
    if poll is None or poll.opened_at is None:
        return None
    return views(unit, [poll], Asking(None, now), Around())[0]


# --- as they are shown


def views(unit: UnitOfWork, polls: Sequence[Poll], asking: Asking, known: Around) -> tuple[PollView, ...]:
    """These polls, which may be seen, each with what may be seen of it.

    A fixed number of queries, and three more for each that comes back.
    """
    tallies = _tallies(unit, polls, asking, known)
    counts = unit.polls.counted_people(polls)
    starters = {
        one.id: one for one in unit.people.by_ids({one.created_by_id for one in polls if one.created_by_id is not None})
    }
    return tuple(
        PollView(
            poll=without_count(one),
            tally=tallies.get(one.id),
            mine=known.mine.get(one.id),
            voted=known.has_voted(one),
            may_vote=_may_vote(one, asking, known),
            may_manage=known.may_manage(one, asking),
            organises=known.organises(one, asking),
            invited=counts.get(one.id),
            person=asking.person,
            starter=_starter(starters.get(one.created_by_id or 0), asking),
            previous=_previous(unit, one),
        )
        for one in polls
    )


def without_count(poll: Poll) -> Poll:
    """A poll without how many voted in it, where that may not be known yet."""
    return replace(poll, voters=0) if poll.anonymous and poll.state is not PollState.CLOSED else poll


def _may_vote(poll: Poll, asking: Asking, known: Around) -> bool:
    if asking.person is None or not poll.is_open(asking.now) or not known.is_asked(poll, asking):
        return False
    return not (poll.anonymous and known.has_voted(poll))


def _starter(starter: Person | None, asking: Asking) -> Person | None:
    viewer = asking.viewer or Viewer(None, member=True)
    return starter if starter is not None and viewer.may_meet(starter) else None


def sees_tally(poll: Poll, now: datetime, voted: bool) -> bool:
    """Whether how it stands may be seen. What is past its time changes no more, so it may be seen as what closed."""
    if poll.state is PollState.CLOSED:
        return True
    if poll.state is not PollState.OPEN or poll.anonymous:
        return False
    over = not poll.is_open(now)
    return over or poll.shown is Shown.ALWAYS or (poll.shown is Shown.AFTER_VOTING and voted)


def _tallies(unit: UnitOfWork, polls: Sequence[Poll], asking: Asking, known: Around) -> dict[int, Tally]:
    shown = [one for one in polls if sees_tally(one, asking.now, known.has_voted(one))]
    results = unit.polls.results([one.id for one in shown if one.state is PollState.CLOSED])
    live = [one.id for one in shown if one.id not in results and not one.anonymous]
    ballots = unit.polls.ballots(live) if live else {}
    found = {one.id: tally_from(one, results[one.id]) for one in shown if one.id in results}
    return found | {one.id: tally(one, ballots.get(one.id, [])) for one in shown if one.id in live}


def _previous(unit: UnitOfWork, poll: Poll) -> Tally | None:
    """How a poll that comes back was the time before."""
    if poll.series_id is None:
        return None
    last = unit.polls.before(poll.id, poll.series_id)
    results = unit.polls.results([last.id]) if last else {}
    return tally_from(last, results[last.id]) if last and results else None


# --- several polls


def open_for(unit: UnitOfWork, asking: Asking) -> tuple[PollView, ...]:
    """Where somebody may vote: what stands here first, the newest first; also where they did, anonymously."""
    polls = unit.polls.open_at(asking.now)
    known = around(unit, polls, asking)
    asked = [one for one in polls if known.may_see(one, asking) and known.is_asked(one, asking)]
    asked.sort(key=lambda one: not stands_here(one, asking.here))
    return views(unit, asked, asking, known)


def listed(unit: UnitOfWork, asking: Asking) -> tuple[PollView, ...]:
    """What is open, planned, or closed lately, as far as somebody may see it, the newest first."""
    polls = unit.polls.running(asking.now - LISTED)
    known = around(unit, polls, asking)
    return views(unit, [one for one in polls if known.may_see(one, asking)], asking, known)


# --- who voted


def votes(unit: UnitOfWork, poll_id: int, asking: Asking) -> tuple[Vote, ...]:
    """Who voted what. Raises NoSuchPoll, AnonymousPoll, and NotYours where they may not see yet how it stands."""
    poll, known = _named(unit, poll_id, asking)
    if not sees_tally(poll, asking.now, known.has_voted(poll)):
        raise NotYours
    found = unit.polls.votes(poll_id)
    people = _people(unit, {one.person_id for one in found}, asking)
    return tuple(Vote(people[one.person_id], one.ballot, one.at) for one in found if one.person_id in people)


def turnout(unit: UnitOfWork, poll_id: int, asking: Asking) -> Turnout:
    """Who voted, and who may but did not: for who manages it, and for who may see how it stands.

    Raises NoSuchPoll, AnonymousPoll, NotYours.
    """
    poll, known = _named(unit, poll_id, asking)
    if not (known.may_manage(poll, asking) or sees_tally(poll, asking.now, known.has_voted(poll))):
        raise NotYours
    voted = {one.person_id for one in unit.polls.votes(poll_id)}
    asked = unit.polls.people(poll_id)
    people = _people(unit, voted | asked, asking)
    return Turnout(
        tuple(one for one in people.values() if one.id in voted),
        tuple(one for one in people.values() if one.id not in voted),
        known=poll.id in unit.polls.counted_people([poll]),
    )


def _named(unit: UnitOfWork, poll_id: int, asking: Asking) -> tuple[Poll, Around]:
    poll, known = seen(unit, poll_id, asking)
    if poll.anonymous:
        raise AnonymousPoll
    return poll, known


def _people(unit: UnitOfWork, ids: Collection[int], asking: Asking) -> dict[int, Person]:
    viewer = asking.viewer or Viewer(None, member=False)
    return {one.id: one for one in unit.people.by_ids(ids) if viewer.may_meet(one)}
