"""Which meeting is meant by who speaks of the agenda, and names none and talked about none."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from dialogs.conversations.agenda import places
from dialogs.language.understanding import Understanding
from dialogs.turn import Reply, Turn
from storage.domain.meetings import Meeting
from storage.services.house import House

Act: TypeAlias = Callable[[House, Turn, Meeting, Understanding | None], Awaitable[Reply]]


async def arranging(house: House, turn: Turn, asked: Understanding, act: Act) -> Reply | None:
    """The agenda whose draft they were shown last and that is not published; else that of the next intervisie."""
    meeting = await house.agendas.waits(turn.viewer, turn.now) or await places.meant(house, turn, None)
    return await _acted(house, turn, asked, act, meeting)


async def bringing(house: House, turn: Turn, asked: Understanding, act: Act) -> Reply | None:
    """The next meeting that takes points, an intervisie first."""
    return await _acted(house, turn, asked, act, await places.default(house, turn))


async def _acted(house: House, turn: Turn, asked: Understanding, act: Act, meeting: Meeting | None) -> Reply | None:
    if meeting is None:
        return None
    reply = await act(house, turn, meeting, asked)
    kept = reply.memory or turn.memory
    return reply.remembering(replace(kept, meeting_id=meeting.id, intent=asked.intent.value))
