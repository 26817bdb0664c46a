"""What was agreed that somebody does: whose it is, by when, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer


class ActionState(StrEnum):
    """OPEN until somebody says that it is DONE, or that it need not be done any more (DROPPED)."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do. `owners` are people of the network; `owner_text` is who was named where that is nobody known.

    `for_group`: for everybody who takes part. `due` None: nobody said by when.
    """

    id: int
    meeting: Meeting
    text: str
    state: ActionState = ActionState.OPEN
    owners: tuple[Person, ...] = ()
    owner_text: str = ""
    for_group: bool = False
    due: date | None = None
    line_id: int | None = None
    created_at: datetime | None = None
    settled_at: datetime | None = None
    settled_by_id: int | None = None
    told_in_id: int | None = None

    def is_of(self, viewer: Viewer) -> bool:
        """Whether it is this viewer's own."""
        return viewer.person is not None and any(one.id == viewer.person.id for one in self.owners)

    def is_late(self, today: date) -> bool:
        """True for what is open after its day."""
        return self.state is ActionState.OPEN and self.due is not None and self.due < today
