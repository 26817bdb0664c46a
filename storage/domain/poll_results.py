"""What a poll's result does: the point or the meeting that is made of it, and why it is the one that was chosen."""

from dataclasses import dataclass

from storage.domain.agenda import AgendaPoint, PointState
from storage.domain.meetings import Meeting
from storage.domain.polls import Option, Poll, PollKind, Tally
from storage.domain.registrations import Outcome

POINT, MEETING, MEETING_OPTION = "point", "meeting", "meeting_option"
"""What `Poll.applied` tells: the id of the point made last (and of each option, see `point_key`), of the meeting that
was made, and of the option that it was made of."""

TAKEN_OFF = frozenset({PointState.DECLINED, PointState.WITHDRAWN})
"""A point that stands so may be made once more."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of a result. `fresh`: just now; else it was there already, and nothing changed.

    `meeting`: the one that was made, or on whose agenda the point stands; None for the backlog. `registered`: who was
    put on its list just now.
    """

    poll: Poll
    option: Option
    fresh: bool
    point: AgendaPoint | None = None
    meeting: Meeting | None = None
    registered: tuple[Outcome, ...] = ()


def point_key(option_id: int) -> str:
    """Under which name `Poll.applied` keeps the point that was made of an option."""
    return f"{POINT}:{option_id}"


def votes_for(poll: Poll, tally: Tally, option_id: int) -> int:
    """How many chose an option: the reason for which it comes on an agenda. Of a ranking, who put it first."""
    count = next((one for one in tally.counts if one.option is not None and one.option.id == option_id), None)
    if count is None:
        return 0
    return count.first if poll.kind is PollKind.RANKING else count.votes
