"""Which meeting is meant by who speaks of a report or a summary, and names no meeting."""

from collections.abc import Callable
from datetime import timedelta

from dialogs.language.understanding import Understanding
from dialogs.turn import Turn
from storage.domain.meetings import Meeting, MeetingKind, MeetingQuery, Which
from storage.services.house import House

RECENT = timedelta(days=92)
"""So far back it is looked for first."""


async def previous(
    house: House, turn: Turn, kind: MeetingKind | None = None, fits: Callable[[Meeting], bool] = lambda _: True
) -> Meeting | None:
    """The last meeting that began and took place, whose report the viewer may see; None when there is none."""
    today = turn.now.date()
    days = MeetingQuery(Which.ALL, kind, first=today - RECENT, last=today)
    recent = await house.meetings.find(days, turn.viewer, turn.network.timezone, turn.now)
    older = MeetingQuery(Which.PREVIOUS, kind)
    found = list(reversed(recent)) or list(
        await house.meetings.find(older, turn.viewer, turn.network.timezone, turn.now)
    )
    seen = [one for one in found if begun(one, turn) and not one.cancelled and one.agenda_visible_to(turn.viewer)]
    return next((one for one in seen if fits(one)), None)


async def meant(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Meeting | None:
    """The meeting that was found, or the one before it where that is to come: nothing can be told of it yet.

    None where somebody says exactly that one, by its title or day.
    """
    if begun(meeting, turn):
        return meeting
    exactly = asked is not None and asked.names_meeting and bool(asked.query.ids or asked.query.bounded)
    return None if exactly else await previous(house, turn, meeting.kind)


def begun(meeting: Meeting, turn: Turn) -> bool:
    """Whether a meeting has begun."""
    return meeting.starts.timestamp() <= turn.now.timestamp()
