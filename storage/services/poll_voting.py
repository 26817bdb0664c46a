"""Voting: each in one transaction that holds the poll, so that votes, counts and the end come one after the other."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage.domain.ballots import checked, marked
from storage.domain.new_polls import as_new, must_be_to_come, option_of, same
from storage.domain.polls import MOST_OPTIONS, Ballot, NewOption, Poll, PollKind
from storage.domain.refusals import AlreadyVoted, AnonymousPoll, NotInvited, NotKnown, NotNow, NotYours, PollClosed
from storage.services.gate import Chosen, check
from storage.services.poll_creating import option_rows, use_of_options
from storage.services.poll_seeing import Around, Asking, seen
from storage.services.poll_told import show_votes
from storage.services.urns import cast
from storage.unit_of_work import UnitOfWork


def vote(unit: UnitOfWork, poll_id: int, ballot: Ballot, asking: Asking, secret: bytes | None) -> None:
    """Somebody votes, or votes otherwise. See `Polls.vote`."""
    poll, known, person_id = _votable(unit, poll_id, asking)
    if poll.anonymous:
        if known.has_voted(poll):
            raise AlreadyVoted
        # Both in one transaction, and nothing of when: no copy of the database tells more than that they voted.
        unit.polls.write(poll.id, urn=cast(unit, poll, checked(poll, ballot), secret), voters=poll.voters + 1)
        unit.polls.note_voter(poll.id, person_id)
        return
    _keep(unit, poll, known, person_id, checked(poll, ballot), asking.now)


def mark(unit: UnitOfWork, poll_id: int, option_id: int, value: int, asking: Asking) -> None:
    """Somebody answers of one option, beside what they answered before. See `Polls.mark`."""
    poll, known, person_id = _votable(unit, poll_id, asking)
    if poll.anonymous:
        raise AnonymousPoll
    said = marked(poll, known.mine.get(poll.id, {}), option_id, value)
    _keep(unit, poll, known, person_id, said, asking.now)


def unvote(unit: UnitOfWork, poll_id: int, asking: Asking) -> None:
    """Somebody takes their vote back; there need not be one. See `Polls.unvote`."""
    poll, known, person_id = _votable(unit, poll_id, asking)
    if poll.anonymous:
        raise AnonymousPoll
    _keep(unit, poll, known, person_id, {}, asking.now)


def _votable(unit: UnitOfWork, poll_id: int, asking: Asking) -> tuple[Poll, Around, int]:
    """A locked poll in which somebody may vote now, whether or not they did. Raises what `Polls.vote` says."""
    poll, known = seen(unit, poll_id, asking, lock=True)
    if asking.person_id is None:
        raise NotKnown
    if not known.is_asked(poll, asking):
        raise NotInvited
    if not poll.is_open(asking.now):
        raise PollClosed
    return poll, known, asking.person_id


def _keep(unit: UnitOfWork, poll: Poll, known: Around, person_id: int, said: Ballot, now: datetime) -> None:
    """This is their vote in a named poll from now on; an empty one is none."""
    before = known.mine.get(poll.id, {})
    if said == before:
        return
    if said:
        unit.polls.keep_vote(poll.id, person_id, said, now)
    else:
        unit.polls.drop_vote(poll.id, person_id)
    unit.polls.write(poll.id, voters=poll.voters + bool(said) - bool(before), version=poll.version + 1)
    show_votes(unit, poll, now)


def add_option(unit: UnitOfWork, poll_id: int, new: NewOption, asking: Asking, chosen: Chosen = False) -> None:
    """Somebody adds what can be chosen. See `Polls.add_option`."""
    poll, known = seen(unit, poll_id, asking, lock=True)
    if asking.person_id is None:
        raise NotKnown
    manages = known.may_manage(poll, asking)
    if not manages and not known.is_asked(poll, asking):
        raise NotInvited
    if not poll.is_open(asking.now):
        raise PollClosed
    if not (manages or poll.may_add):
        raise NotYours
    if poll.kind is PollKind.TEMPERATURE or len(poll.options) >= MOST_OPTIONS:
        raise NotNow
    said = option_of(new, poll.kind)
    must_be_to_come([said], asking.now.astimezone(ZoneInfo(poll.timezone)).date())
    if same(said) in {same(as_new(one)) for one in poll.options}:
        return
    check(unit, said.text, "text", use_of_options(asking.viewer), chosen)
    # Who adds something to an anonymous poll would often vote for it as well: that is not kept.
    rows = option_rows([said], len(poll.options), None if poll.anonymous else asking.person_id)
    unit.polls.add_options(poll.id, rows)
    unit.polls.write(poll.id, version=poll.version + 1)
    show_votes(unit, poll, asking.now)
