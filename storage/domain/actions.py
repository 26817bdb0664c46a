"""What was agreed that somebody does: whose it is, by when, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.domain.meetings import Meeting
from storage.domain.people import Person, Viewer
from storage.domain.reports import may_correct

ACTION_REMINDER, ACTION_PASSED, ACTION_NEWS, ACTION_STUCK = (
    "action_reminder",
    "action_passed",
    "action_news",
    "action_stuck",
)
"""The notices about actions: reminders of a day, to who was given one, what others did with one, and that one is
stuck."""

LONGEST_REMARK = 500
"""Characters of what is said beside an action that is done, or stuck."""

LIVE_WITHIN = timedelta(days=120)
"""A report that is posted longer after its meeting (an old one that was taken in) makes no actions any more."""

FARTHEST = timedelta(days=730)
"""An action is moved no further than this."""


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
    changed_at: datetime | None = None
    remark: str = ""

    def is_of(self, viewer: Viewer) -> bool:
        """Whether it is this viewer's own."""
        return viewer.person is not None and any(one.id == viewer.person.id for one in self.owners)

    def is_late(self, today: date) -> bool:
        """True for what is open after its day."""
        return self.state is ActionState.OPEN and self.due is not None and self.due < today

    def is_visible_to(self, viewer: Viewer) -> bool:
        """Whether this viewer may know of it: who may see the report that it comes from, and whose it is."""
        return self.meeting.agenda_visible_to(viewer) or self.is_of(viewer)

    def is_asked_of(self, viewer: Viewer) -> bool:
        """Whether it is for this viewer to do: their own, or the group's of which they are."""
        return self.is_of(viewer) or (self.for_group and viewer.person is not None and self.meeting.viewer_takes_part)

    def may_be_settled_by(self, viewer: Viewer) -> bool:
        """Whether this viewer may say what became of it: who is asked for it, and who runs the meeting."""
        return self.is_asked_of(viewer) or may_correct(viewer, self.meeting)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is told of before at a meeting: the actions that are open, those that were settled since the one before,
    and the meeting whose report is to be approved.
    """

    open: tuple[Action, ...] = ()
    settled: tuple[Action, ...] = ()
    report: Meeting | None = None


def by_urgency(action: Action) -> tuple[bool, date, int]:
    """The order in which actions are listed: by the day, what has none last."""
    return action.due is None, action.due or date.max, action.id
