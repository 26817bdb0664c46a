"""Agenda points from everybody: proposing, changing and taking back, cases, support, comments, and drafts of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from storage.domain.agenda import (
    LONGEST_COMMENT,
    AgendaPoint,
    AgendaTraces,
    Board,
    Case,
    CommentKind,
    NewPoint,
    PointDetails,
    PointKind,
    board_order,
)
from storage.domain.composing import fixed_of
from storage.domain.people import Viewer
from storage.domain.planning import tidy
from storage.domain.proposing import PARTS, TEXTS, fitting
from storage.domain.refusals import NoSuchMeeting, NoSuchPoint, NothingSaid, NotThisPoint
from storage.repositories.agenda import HIGHEST_ID, ON_THE_AGENDA, OPEN
from storage.services.gate import Chosen, passed
from storage.services.points_held import details, held, its_meeting, known, may_see, must_be_open, shown
from storage.services.points_kept import case_told, changed, proposed, restored, to_support, withdrawn
from storage.services.points_told import POINT_COMMENTED, POINT_PROPOSED, plan_commented
from storage.unit_of_work import UnitOfWork, Units

__all__ = ["POINT_COMMENTED", "POINT_PROPOSED", "Points"]

LISTED = timedelta(days=30)
"""So long after the meeting somebody still sees what became of their points."""

ON_THE_BOARD = ON_THE_AGENDA | OPEN


class Points:
    """Agenda points. Whatever changes one raises NotKnown; NoSuchPoint also stands for what a viewer may not see."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def propose(self, new: NewPoint, viewer: Viewer, now: datetime, *, chosen: Chosen = False) -> PointDetails:
        """Propose a point for a meeting, or for the backlog; who arranges that meeting has it accepted at once.

        The same open title by the same person for the same meeting is that one, unchanged.
        Raises NoSuchMeeting, MeetingOver, MeetingCancelled, NothingSaid, TooLong, NotSensible, IdentifiesSomebody.
        """

        def work(unit: UnitOfWork) -> PointDetails:
            return details(unit, proposed(unit, new, viewer, now, chosen), viewer)

        return await self._units.write(work, new.meeting_id)

    async def change(
        self, point_id: int, values: Mapping[str, Any], viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> PointDetails:
        """Change fields of a point, by the names and with the types of NewPoint, by its proposer or who arranges.

        An empty text takes explanation, link or presenter away; None leaves them, and takes any other field away.
        Raises NoSuchPoint, NotYours, PointSettled, NotThisPoint for another place of what belongs to every meeting,
        and what `propose` raises.
        """

        def work(unit: UnitOfWork) -> PointDetails:
            return details(unit, changed(unit, point_id, values, viewer, now, chosen), viewer)

        return await self._units.write(work)

    async def withdraw(self, point_id: int, viewer: Viewer, now: datetime) -> PointDetails:
        """Take a point back; twice is once. Raises NoSuchPoint, NotYours, PointSettled."""
        return await self._units.write(lambda unit: details(unit, withdrawn(unit, point_id, viewer, now), viewer))

    async def restore(self, point_id: int, viewer: Viewer, now: datetime) -> PointDetails:
        """Put back what was taken back, as it stood. Raises NoSuchPoint, NotYours, PointSettled, MeetingOver, …"""
        return await self._units.write(lambda unit: details(unit, restored(unit, point_id, viewer, now), viewer))

    async def tell_case(
        self, point_id: int, case: Case, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> PointDetails:
        """Keep the parts of a case that are not None; an empty text takes a part away. The point becomes a case.

        Raises NoSuchPoint, NotYours, PointSettled, TooLong, IdentifiesSomebody.
        """

        def work(unit: UnitOfWork) -> PointDetails:
            return details(unit, case_told(unit, point_id, case, viewer, now, chosen), viewer)

        return await self._units.write(work)

    async def details(self, point_id: int, viewer: Viewer) -> PointDetails:
        """All that a viewer may see of a point. Raises NoSuchPoint."""
        return await self._units.read(lambda unit: details(unit, _found(unit, point_id), viewer))

    async def mine(self, viewer: Viewer, now: datetime) -> tuple[PointDetails, ...]:
        """What the viewer proposed: what is open, by meeting and the backlog last, then what was settled lately.

        Each with its meeting and what was said about it, without its case.
        """
        return await self._units.read(partial(_mine, viewer=viewer, now=now))

    async def shelf(self, viewer: Viewer) -> tuple[AgendaPoint, ...]:
        """The backlog in the order in which everybody counts it; empty for strangers."""
        if viewer.is_stranger:
            return ()
        found = await self._units.read(lambda unit: unit.agenda.shelf())
        return tuple(shown(point, None, viewer, published=False) for point in board_order(found))

    async def of_meeting(self, meeting_id: int, viewer: Viewer) -> Board:
        """The agenda and the open proposals of a meeting. Raises NoSuchMeeting, also when it is not for this viewer."""
        return await self._units.read(partial(_board, meeting_id=meeting_id, viewer=viewer))

    async def support(self, point_id: int, viewer: Viewer, now: datetime, yes: bool = True) -> AgendaPoint:
        """Want a point as well, or no longer; twice is once. Of a merged one, the point in which it lives on.

        Raises NoSuchPoint, PointSettled, NotThisPoint for one's own and for what belongs to every meeting.
        """
        return await self._units.write(partial(_supported, point_id=point_id, viewer=viewer, now=now, yes=yes))

    async def comment(
        self, point_id: int, text: str, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> PointDetails:
        """Say something about a point. Raises NoSuchPoint, PointSettled, NothingSaid, TooLong, IdentifiesSomebody."""

        def work(unit: UnitOfWork) -> PointDetails:
            by, point = known(viewer), _visible(unit, held(unit, point_id), viewer)
            must_be_open(point)
            said = fitting(tidy(text, lines=True), LONGEST_COMMENT)
            if not said:
                raise NothingSaid
            said = passed(unit, said, case=point.kind is PointKind.CASE, chosen=chosen)
            unit.agenda_talk.comment(point_id, by.id, CommentKind.COMMENT, said, now)
            plan_commented(unit, point, now, by.id)
            return details(unit, point, viewer)

        return await self._units.write(work)

    async def traces(self, viewer: Viewer) -> AgendaTraces:
        """How much of the viewer is kept around agendas."""
        person = viewer.person
        if person is None:
            return AgendaTraces()
        return await self._units.read(lambda unit: unit.agenda_talk.traces(person.id))

    # --- what is still being entered

    async def keep_draft(
        self, what: str, data: Mapping[str, Any], viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> None:
        """Keep what somebody is entering, in the place of what was; its texts are checked like those of a point.

        `data` is JSON. Raises IdentifiesSomebody, with nothing kept.
        """
        by = known(viewer)

        def work(unit: UnitOfWork) -> None:
            unit.drafts.keep(by.id, what, _checked_draft(unit, what, data, by.id, chosen), now)

        await self._units.write(work)

    async def draft(self, what: str, viewer: Viewer) -> Mapping[str, Any] | None:
        """What the viewer was entering; None when there is nothing (any more)."""
        person = viewer.person
        return None if person is None else await self._units.read(lambda unit: unit.drafts.get(person.id, what))

    async def drop_draft(self, what: str, viewer: Viewer) -> None:
        """Forget what the viewer was entering."""
        person = viewer.person
        if person is not None:
            await self._units.write(lambda unit: unit.drafts.drop(person.id, what))


def _found(unit: UnitOfWork, point_id: int) -> AgendaPoint:
    found = unit.agenda.by_ids([point_id]).get(point_id)
    if found is None:
        raise NoSuchPoint
    return found


def _visible(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer) -> AgendaPoint:
    if not may_see(point, its_meeting(unit, point, viewer), viewer):
        raise NoSuchPoint
    return point


def _mine(unit: UnitOfWork, viewer: Viewer, now: datetime) -> tuple[PointDetails, ...]:
    person = viewer.person
    if person is None:
        return ()
    points = (*unit.agenda.of_proposer(person.id), *unit.agenda.settled(person.id, now - LISTED))
    homes = unit.meetings.by_ids({one.meeting_id for one in points if one.meeting_id is not None}, person.id)
    said = unit.agenda_talk.comments_on([one.id for one in points]) if points else {}
    own = (PointDetails(one, homes.get(one.meeting_id or 0), person, comments=said.get(one.id, ())) for one in points)
    return tuple(sorted(own, key=_as_listed))


def _as_listed(one: PointDetails) -> tuple[bool, bool, float, int]:
    starts = one.meeting.starts.timestamp() if one.meeting else 0.0
    return not one.point.state.open, one.meeting is None, starts, one.point.id


def _board(unit: UnitOfWork, meeting_id: int, viewer: Viewer) -> Board:
    ids = [meeting_id] if 0 < meeting_id < HIGHEST_ID else []
    meeting = unit.meetings.by_ids(ids, viewer.person.id if viewer.person else None).get(meeting_id)
    if meeting is None or not meeting.agenda_visible_to(viewer):
        raise NoSuchMeeting
    standing = unit.agendas.standing(meeting_id)
    points = board_order(unit.agenda.of_meeting(meeting_id, ON_THE_BOARD))
    published = standing.published_at is not None
    return Board(meeting, tuple(shown(point, meeting, viewer, published) for point in points), standing)


def _supported(unit: UnitOfWork, point_id: int, viewer: Viewer, now: datetime, yes: bool) -> AgendaPoint:
    by = known(viewer)
    point = _visible(unit, to_support(unit, point_id), viewer)
    if point.is_of(viewer) or fixed_of(point) is not None:
        raise NotThisPoint
    must_be_open(point)
    if yes:
        unit.agenda_talk.support(point.id, by.id, now)
    else:
        unit.agenda_talk.take_back_support(point.id, by.id)
    return details(unit, _found(unit, point.id), viewer).point


def _checked_draft(
    unit: UnitOfWork, what: str, data: Mapping[str, Any], person_id: int, chosen: Chosen
) -> dict[str, Any]:
    """The draft with its texts checked; what stood in it before was checked then."""
    before = unit.drafts.get(person_id, what) or {}
    case = what.startswith("case") or data.get("kind") == PointKind.CASE.value
    checked = dict(data)
    for name in {*TEXTS, *PARTS, "text"} & data.keys():
        text = data[name]
        if isinstance(text, str) and text and text != before.get(name):
            checked[name] = passed(unit, text, name, case=case, chosen=chosen)
    return checked
