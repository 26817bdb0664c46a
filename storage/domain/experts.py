"""Experts and organisations invited for a point: how far that is, and what came of it."""

from dataclasses import dataclass

from storage.domain.agenda import AgendaPoint
from storage.domain.meetings import Meeting
from storage.domain.people import Person


@dataclass(frozen=True, slots=True)
class Expert:
    """A point with its invitation, and the meeting on whose agenda it stands; None for the backlog.

    `listed`: who was put on the meeting's list for it just now, `overfull`: though its seats are full. `left`: who was
    taken off it. `changed` is False where it was so already.
    """

    point: AgendaPoint
    meeting: Meeting | None = None
    proposer: Person | None = None
    listed: Person | None = None
    overfull: bool = False
    left: Person | None = None
    changed: bool = True
