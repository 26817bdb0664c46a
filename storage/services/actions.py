"""Actions: what was agreed that somebody does, alive from the report that names it until it is done."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta

from storage.domain.actions import Action
from storage.domain.calendar import SendingHours
from storage.domain.people import Person, Viewer
from storage.domain.refusals import NoSuchMeeting
from storage.services.action_changing import (
    accepted,
    done,
    dropped,
    escalated,
    given_back,
    moved,
    passed_on,
    reopened,
)
from storage.services.action_reading import action_for, mine, open_before, open_of, viewer_id
from storage.services.action_sync import sync
from storage.services.due_actions import due_people, plan_reminders, tell, to_tell
from storage.services.gate import Chosen
from storage.unit_of_work import UnitOfWork, Units

__all__ = ["Actions", "open_before", "sync"]


LATELY = timedelta(days=31)
"""So long after somebody settled an action it is easily open again."""


def _settled(action: Action) -> float:
    return action.settled_at.timestamp() if action.settled_at else 0.0


class Actions:
    """Actions. What a viewer may not see raises NoSuchAction, as if it did not exist.

    Who is asked for one, and who runs its meeting, may change it: others NotYours. What is done or dropped changes no
    more (ActionSettled) until it is open again.
    """

    def __init__(self, units: Units, hours: Callable[[], SendingHours]) -> None:
        self._units, self._hours = units, hours

    async def mine(self, viewer: Viewer, now: datetime) -> tuple[Action, ...]:  # noqa: ARG002 - as all that is asked
        """What a viewer still has to do, also with a group of which they are, the most urgent first."""
        return await self._units.read(lambda unit: mine(unit, viewer))

    async def open_of(
        self, viewer: Viewer, meeting_id: int | None = None, person_id: int | None = None
    ) -> tuple[Action, ...]:
        """The open actions of a meeting and of somebody (None: of all) that a viewer may see. Raises NoSuchMeeting."""
        return await self._units.read(lambda unit: open_of(unit, viewer, meeting_id, person_id))

    async def settled(self, viewer: Viewer, now: datetime) -> tuple[Action, ...]:
        """What a viewer settled in the last month, the latest first."""
        person_id = viewer_id(viewer)
        if person_id is None:
            return ()
        found = await self._units.read(lambda unit: unit.actions.settled_by(person_id, now - LATELY))
        return tuple(sorted((one for one in found if one.settled_at), key=_settled, reverse=True))

    async def before(self, meeting_id: int, viewer: Viewer) -> tuple[Action, ...]:
        """The open actions that a viewer may see of the meetings before this one. Raises NoSuchMeeting."""

        def work(unit: UnitOfWork) -> tuple[Action, ...]:
            meeting = unit.meetings.by_ids([meeting_id], viewer_id(viewer)).get(meeting_id)
            if meeting is None:
                raise NoSuchMeeting
            return open_before(unit, meeting, viewer)

        return await self._units.read(work)

    async def action(self, action_id: int, viewer: Viewer) -> Action:
        """One action, however it stands. Raises NoSuchAction."""
        return await self._units.read(lambda unit: action_for(unit, action_id, viewer))

    async def known(self, ids: Collection[int], viewer: Viewer) -> tuple[Action, ...]:
        """Those of these actions that a viewer may see, in this order."""

        def work(unit: UnitOfWork) -> tuple[Action, ...]:
            found = unit.actions.by_ids(ids, viewer_id(viewer))
            return tuple(found[one] for one in ids if one in found and found[one].is_visible_to(viewer))

        return await self._units.read(work)

    async def told(self, ids: Collection[int], person_id: int) -> tuple[Viewer, Mapping[int, Action]] | None:
        """The person whom a notice is for, and these actions as far as they may see them; None when they are gone."""

        def work(unit: UnitOfWork) -> tuple[Viewer, Mapping[int, Action]] | None:
            person = next(iter(unit.people.by_ids([person_id])), None)
            if person is None:
                return None
            viewer = Viewer(person, member=True)
            found = unit.actions.by_ids(ids, person_id)
            return viewer, {id_: one for id_, one in found.items() if one.is_visible_to(viewer)}

        return await self._units.read(work)

    async def done(
        self, action_id: int, viewer: Viewer, now: datetime, *, remark: str = "", chosen: Chosen = False
    ) -> Action:
        """It is done; twice is once. The others whose it is hear it. Raises TooLong, IdentifiesSomebody("remark")."""
        return await self._units.write(lambda unit: done(unit, action_id, viewer, now, remark, chosen))

    async def reopen(self, action_id: int, viewer: Viewer, now: datetime) -> Action:
        """It is not done after all, or is to be done all the same. Also for who settled it."""
        return await self._units.write(lambda unit: reopened(unit, action_id, viewer, now))

    async def move(self, action_id: int, due: date, viewer: Viewer, now: datetime) -> Action:
        """It will be done by another day. Raises NotSensible("due") for one that is past, or years ahead."""
        return await self._units.write(lambda unit: moved(unit, action_id, due, viewer, now))

    async def pass_on(self, action_id: int, to_id: int, viewer: Viewer, now: datetime) -> Action:
        """Give an action that is one's own to somebody else, who hears it and may give it back.

        Who runs the meeting gives it on for all whose it is; who takes part may take what is nobody's. Raises
        NotSensible("person") for nobody whom this viewer may know.
        """
        return await self._units.write(lambda unit: passed_on(unit, action_id, to_id, viewer, now))

    async def accept(self, action_id: int, viewer: Viewer, now: datetime) -> tuple[Action, Person | None]:
        """Take on what somebody gave; they hear it, once. With who that was."""
        return await self._units.write(lambda unit: accepted(unit, action_id, viewer, now))

    async def give_back(self, action_id: int, viewer: Viewer, now: datetime) -> tuple[Action, Person]:
        """Give back what somebody gave, or take back what one gave; with whose it is now. NotYours: neither."""
        return await self._units.write(lambda unit: given_back(unit, action_id, viewer, now))

    async def drop(self, action_id: int, viewer: Viewer, now: datetime) -> Action:
        """It need not be done any more: for its owners and who runs the meeting. Twice is once."""
        return await self._units.write(lambda unit: dropped(unit, action_id, viewer, now))

    async def escalate(
        self, action_id: int, viewer: Viewer, now: datetime, *, remark: str = "", chosen: Chosen = False
    ) -> tuple[Person, ...]:
        """Tell the coordinators that one does not get on with it; whom. Raises NobodyToTell, TooLong,
        IdentifiesSomebody("remark").
        """
        return await self._units.write(lambda unit: escalated(unit, action_id, viewer, now, remark, chosen))

    async def plan_due(self, now: datetime) -> int:
        """Plan the reminders of the day, one message for each person, and note what was told at which meeting.

        How much was done. Called again and again by every replica: everybody is reminded once.
        """
        hours = self._hours()
        waiting, settled = await self._units.read(lambda unit: (due_people(unit, now, hours), to_tell(unit, now)))
        told = await self._units.write(lambda unit: tell(unit, to_tell(unit, now))) if settled else 0
        planned = await self._units.write(lambda unit: plan_reminders(unit, now, hours)) if waiting else 0
        return told + planned
