"""Who is in the conversation where a poll stands: that tells who may vote, and who did not yet."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from storage.domain.notices import POSTING_CHANNEL, place_of
from storage.domain.people import Account
from storage.domain.places import base_of
from storage.domain.refusals import NoSuchPoll
from storage.services.poll_seeing import Asking, seen, stands_here
from storage.services.poll_told import show_votes
from storage.unit_of_work import UnitOfWork

IS_THERE = "is_there"
"""How somebody is known to may vote who was seen in the conversation."""


def to_meet(unit: UnitOfWork, now: datetime) -> tuple[tuple[int, str], ...]:
    """The open polls of whose conversation nobody read who is there, each with that conversation."""
    found = ((poll_id, stands_in(unit, poll_id, target)) for poll_id, target in unit.poll_times.to_meet(now))
    return tuple((poll_id, conversation_id) for poll_id, conversation_id in found if conversation_id)


def stands_in(unit: UnitOfWork, poll_id: int, target: str) -> str:
    """The conversation where a poll stands: the bot may post elsewhere since its card went out. Empty: in none yet."""
    if target != POSTING_CHANNEL:
        return base_of(place_of(target) or "")
    card, channel = unit.poll_times.card(poll_id), unit.places.posting()
    return base_of(card.conversation_id) if card else channel.conversation_id if channel else ""


def is_there(unit: UnitOfWork, poll_id: int, asking: Asking) -> None:
    """Somebody is where a poll stands, and may vote elsewhere as well: in their own chat, say."""
    with suppress(NoSuchPoll):
        poll, _ = seen(unit, poll_id, asking)
        if asking.person_id is not None and stands_here(poll, asking.here):
            unit.polls.invite(poll_id, [asking.person_id], IS_THERE)


def met(unit: UnitOfWork, poll_id: int, accounts: Collection[Account], now: datetime) -> int:
    """These accounts are in the conversation of a poll: whom of them the network knows may vote; how many those are."""
    poll = unit.polls.locked(poll_id)
    if poll is None or poll.roster_at is not None or not poll.is_open(now):
        return 0
    emails = {email for one in accounts for email in one.emails}
    known = unit.poll_times.known_as({one.entra_id for one in accounts}, emails)
    unit.polls.found_in_roster(poll_id, known.values())
    unit.polls.write(poll_id, roster_at=now)
    show_votes(unit, poll, now)
    return len(known)
