"""Which point a sentence is about: by its number in the list that was last shown, by its words, or the latest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.conversations.agenda import places
from dialogs.language.agenda import Which, match, which
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.turn import Reply, Turn
from storage.domain.agenda import AgendaPoint, PointDetails, board_order
from storage.domain.meetings import Meeting
from storage.services.house import House


@dataclass(frozen=True, slots=True)
class Listed:
    """The points that numbers refer to; `meeting` is None for the backlog and for one's own."""

    points: tuple[AgendaPoint, ...]
    meeting: Meeting | None = None


async def in_sight(house: House, turn: Turn, asked: Understanding | None = None) -> Listed:
    """The list that numbers refer to: the one shown last, or that of the meeting which is meant."""
    shown = turn.memory.intent if asked is None or not asked.names_meeting else None
    if shown == Intent.AGENDA_BACKLOG:
        return Listed(board_order(await house.points.shelf(turn.viewer)))
    if shown == Intent.AGENDA_MINE:
        return Listed(tuple(one.point for one in await house.points.mine(turn.viewer, turn.now)))
    meeting = await places.meant(house, turn, asked)
    if meeting is None or not meeting.agenda_visible_to(turn.viewer):
        return Listed(())
    return Listed((await house.points.of_meeting(meeting.id, turn.viewer)).points, meeting)


async def own_open(house: House, turn: Turn) -> tuple[PointDetails, ...]:
    """One's own points of which something may still come."""
    return tuple(one for one in await house.points.mine(turn.viewer, turn.now) if one.point.state.open)


async def own(house: House, turn: Turn, asked: Understanding) -> tuple[PointDetails, ...]:
    """The points that a sentence about one's own may be about; one: it is that.

    A number, or words that only another's point has, give that one: whether it may be changed is not decided here.
    """
    mine, said = await own_open(house, turn), which(asked.text)
    if said.numbers or said.words:
        found = None if said.numbers else match(said.words, [one.point.title for one in mine])
        if found is not None:
            return (mine[found],)
        others = pointed(await in_sight(house, turn, asked), said)[:1]
        return tuple([await house.points.details(one.id, turn.viewer) for one in others]) or mine
    latest = max(mine, key=lambda one: one.point.id, default=None)
    return (latest,) if latest and (said.last or _says_it(asked.text)) else mine


def _says_it(text: str) -> bool:
    """Whether a sentence says "it", which is what was last proposed."""
    return not {"er", "het", "dat"}.isdisjoint(text.lower().split())


def numbered(listed: Listed, said: Which) -> tuple[AgendaPoint, ...]:
    """The points with these numbers."""
    return tuple(listed.points[one - 1] for one in said.numbers if 0 < one <= len(listed.points))


def pointed(listed: Listed, said: Which, among: Sequence[AgendaPoint] | None = None) -> tuple[AgendaPoint, ...]:
    """The points that a sentence names, by number, words or as the last; `among`: those whose words count."""
    if said.numbers:
        return numbered(listed, said)
    points = listed.points if among is None else among
    if said.words:
        found = match(said.words, [one.title for one in points])
        return () if found is None else (points[found],)
    return (points[-1],) if said.last and points else ()


def about_list(turn: Turn, reply: Reply, listed: Listed) -> Reply:
    """The same reply, in a conversation that goes on about this list."""
    if listed.meeting is None:
        return reply
    memory = replace(reply.memory or turn.memory, meeting_id=listed.meeting.id, intent=Intent.AGENDA_SHOW.value)
    return reply.remembering(memory)
