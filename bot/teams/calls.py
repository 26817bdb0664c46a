"""What Teams tells of a meeting that begins or ends there, as the storage wants it."""

from datetime import datetime, timedelta

from bot.teams.activities import Call, Incoming
from storage.domain.places import PlaceKind
from storage.domain.summaries import Heard

AGO, AHEAD = timedelta(hours=12), timedelta(minutes=5)
"""A moment that is told may be so long ago, and be ahead by so much where clocks differ; else it is now."""


def heard(incoming: Incoming, call: Call, now: datetime) -> Heard:
    """What is told of a call, at the moment that Teams says, where that makes sense.

    A meeting in a channel itself, and in no thread of it, leaves what is said there to be about anything.
    """
    in_channel = incoming.place.kind is PlaceKind.CHANNEL and incoming.conversation_id == incoming.place.conversation_id
    return Heard(
        incoming.conversation_id, _moment(call.at, now), call.teams_id, call.join_url, call.title, in_channel=in_channel
    )


def _moment(said: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return now
    if at.utcoffset() is None or not now - AGO <= at <= now + AHEAD:
        return now
    return at.astimezone(now.tzinfo)
