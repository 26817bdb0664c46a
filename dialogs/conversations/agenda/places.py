"""Where a point may go, and which meeting a sentence about points means."""

import re
from collections.abc import Sequence
from datetime import date

from dialogs.language.understanding import Understanding
from dialogs.turn import Turn
from storage.domain.agenda import PointDetails
from storage.domain.meetings import Meeting, MeetingKind, MeetingQuery, Which
from storage.services.house import House


async def takes_points(house: House, turn: Turn) -> tuple[Meeting, ...]:
    """The meetings to come whose agenda the one who asks may see, the one that is meant where none is named first.

    That is the next intervisie that still takes points; else the next intervisie; else any next one.
    """
    found = await house.meetings.find(MeetingQuery(which=Which.ALL), turn.viewer, turn.network.timezone, turn.now)
    open_ = [one for one in found if may_take(one, turn)]
    return tuple(sorted(open_, key=lambda one: (one.kind is not _USUAL, late(one, turn), one.starts)))


_USUAL = MeetingKind.INTERVISIE


async def default(house: House, turn: Turn, case: bool = False) -> Meeting | None:
    """Where a point goes that names no meeting: that talked about, or the next one that takes points.

    A case is for an intervisie.
    """
    about = await talked_about(house, turn)
    if about is not None and may_take(about, turn) and (about.kind is _USUAL or not case):
        return about
    return next(iter(await takes_points(house, turn)), None)


async def in_month(house: House, turn: Turn, month: date) -> Meeting | None:
    """The first intervisie of a month that takes points; None while there is none."""
    found = [one for one in await takes_points(house, turn) if one.kind is _USUAL]
    return next((one for one in found if (one.starts.year, one.starts.month) == (month.year, month.month)), None)


def may_take(meeting: Meeting, turn: Turn) -> bool:
    """Whether points may be proposed for it."""
    begun = meeting.starts.timestamp() <= turn.now.timestamp()
    return not begun and not meeting.cancelled and meeting.agenda_visible_to(turn.viewer)


def late(meeting: Meeting, turn: Turn) -> bool:
    """Whether points were to be handed in before today."""
    today = turn.now.astimezone(meeting.starts.tzinfo).date()
    return meeting.agenda_until is not None and meeting.agenda_until < today


def is_late(details: PointDetails, turn: Turn) -> bool:
    """Whether a point came after the last day to hand in points."""
    return details.meeting is not None and late(details.meeting, turn)


async def talked_about(house: House, turn: Turn) -> Meeting | None:
    """The meeting that this conversation is about, as far as its agenda may be seen."""
    if turn.memory.meeting_id is None:
        return None
    found = await house.meetings.known([turn.memory.meeting_id], turn.viewer)
    return next((one for one in found if one.agenda_visible_to(turn.viewer)), None)


async def named(house: House, turn: Turn, asked: Understanding) -> tuple[Meeting, ...]:
    """The meetings that a sentence may name; none where it names none."""
    if not asked.names_meeting:
        return ()
    return await house.meetings.find(asked.query, turn.viewer, turn.network.timezone, turn.now)


def only_by_its_subject(asked: Understanding, title: str, found: Sequence[Meeting]) -> bool:
    """Whether a sentence names these meetings only because its point is about what they are (or were) about."""
    query = asked.query
    if query.kind is not None or query.bounded or not query.ids:
        return False
    subject = _words(title)
    return any(subject & _words(" ".join((one.title, *one.themes))) for one in found)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _A_WORD}


_A_WORD = 5
"""Letters of a word that says what something is about."""


async def meant(house: House, turn: Turn, asked: Understanding | None) -> Meeting | None:
    """The one whose points are meant: the one named, talked about, or the next intervisie."""
    if asked is not None and asked.names_meeting:
        return next(iter(await named(house, turn, asked)), None)
    about = await talked_about(house, turn)
    if about is not None and not about.is_over(turn.now):
        return about
    query = MeetingQuery(kind=MeetingKind.INTERVISIE)
    found = await house.meetings.find(query, turn.viewer, turn.network.timezone, turn.now)
    return next(iter(found), about)
