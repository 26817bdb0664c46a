"""The coordinator's board: what becomes of proposed points, where they go, and how an agenda is put in order."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from storage.domain.agenda import (
    LONGEST_COMMENT,
    MOST_MINUTES,
    CommentKind,
    Invite,
    PointDetails,
    PointKind,
    PointState,
)
from storage.domain.composing import fixed_of
from storage.domain.people import Viewer
from storage.domain.planning import LONGEST_NAME, tidy
from storage.domain.refusals import NothingSaid, NotSensible, NotThisPoint, TooLong
from storage.services.board_acting import Act, begin, begin_both, begin_moving, begin_own
from storage.services.board_notices import (
    GRACE,
    POINT_ACCEPTED,
    POINT_ANSWERED,
    POINT_ASKED,
    POINT_DECLINED,
    POINT_MERGED,
    POINT_MOVED,
    tell_accepted,
    tell_answered,
    tell_asked,
    tell_decided,
)
from storage.services.board_order import lock_backlog
from storage.services.gate import passed
from storage.unit_of_work import UnitOfWork, Units

__all__ = [
    "AWAITS",
    "POINT_ACCEPTED",
    "POINT_ANSWERED",
    "POINT_ASKED",
    "POINT_DECLINED",
    "POINT_MERGED",
    "POINT_MOVED",
    "Arranging",
    "tell_accepted",
]

AWAITS = "pointanswer"
"""How a conversation remembers that a question about a point waits for an answer: "pointanswer:12"."""

T = TypeVar("T")


class Arranging:
    """What who may arrange does with points; each act is one transaction and may be repeated without harm.

    Every method raises NoSuchPoint, and NotCoordinator for who may not arrange that agenda, unless it says otherwise.
    MeetingOver and MeetingCancelled where the point's meeting is no more to come.
    """

    def __init__(self, units: Units) -> None:
        self._units = units

    async def accept(self, point_id: int, viewer: Viewer, now: datetime, *, at: int | None = None) -> PointDetails:
        """Put a proposal on the agenda of its meeting; what lies in the backlog, on that of the meeting `at`.

        Raises PointSettled, and for `at` NoSuchMeeting.
        """
        return await self._act(point_id, lambda unit: accepted_at(unit, point_id, at, viewer, now))

    async def decline(
        self, point_id: int, why: str, viewer: Viewer, now: datetime, *, chosen: bool = False
    ) -> PointDetails:
        """Take a point off, with a reason for who proposed it. Raises PointSettled, TooLong, IdentifiesSomebody."""
        return await self._act(point_id, lambda unit: _decline(begin(unit, point_id, viewer, now), why, chosen))

    async def merge(self, point_id: int, into_id: int, viewer: Viewer, now: datetime) -> PointDetails:
        """Let a point live on in another; who supports it supports that one. Details of the other.

        Raises PointSettled of either, NotThisPoint of a point with itself and of what belongs to every meeting.
        """
        return await self._act(point_id, lambda unit: _merge(unit, point_id, into_id, viewer, now))

    async def ask(
        self, point_id: int, text: str, viewer: Viewer, now: datetime, *, chosen: bool = False
    ) -> PointDetails:
        """Ask who proposed it. Raises PointSettled, NotThisPoint, NothingSaid, TooLong, IdentifiesSomebody."""
        return await self._act(point_id, lambda unit: _ask(begin(unit, point_id, viewer, now), text, chosen))

    async def answer(
        self, point_id: int, text: str, viewer: Viewer, now: datetime, *, chosen: bool = False
    ) -> PointDetails:
        """Answer what was asked about one's own point.

        Raises NoSuchPoint, NotYours, NotThisPoint where nothing was asked, NothingSaid, TooLong, IdentifiesSomebody.
        """
        return await self._act(point_id, lambda unit: _answer(begin_own(unit, point_id, viewer, now), text, chosen))

    async def move(self, point_id: int, meeting_id: int | None, viewer: Viewer, now: datetime) -> PointDetails:
        """Bring a point to another meeting, or to the backlog for None; accepted it stays so where one may arrange.

        Raises NoSuchMeeting, PointSettled, NotThisPoint of what belongs to every meeting.
        """
        return await self._act(point_id, lambda unit: _move(unit, point_id, meeting_id, viewer, now))

    async def arrange(
        self,
        point_id: int,
        viewer: Viewer,
        now: datetime,
        *,
        presenter: str | None = None,
        minutes: int | None = None,
        position: int | None = None,
    ) -> PointDetails:
        """Set who presents a point ("" for nobody), how long it takes (0: unknown), its place from 1 among its kind.

        Raises PointSettled, NotSensible("minutes"), TooLong.
        """

        def work(unit: UnitOfWork) -> PointDetails:
            if position is not None and _in_backlog(unit, point_id):
                lock_backlog(unit)
            return _arrange(begin(unit, point_id, viewer, now), presenter, minutes, position)

        return await self._act(point_id, work)

    async def reopen(
        self, point_id: int, viewer: Viewer, now: datetime, *, accepted: bool = False, shelf: bool = False
    ) -> PointDetails:
        """Undo accepting, declining or merging: it is a proposal again; `accepted`: it was on the agenda, and is again.

        `shelf`: it lay in the backlog. Raises PointSettled for what was discussed or taken back by who proposed it.
        """
        return await self._act(point_id, lambda unit: _as_it_was(unit, point_id, accepted, shelf, viewer, now))

    async def await_answer(self, point_id: int, person_id: int, now: datetime) -> None:
        """Let what this person types next in their own chat be the answer, unless the bot waits for another there."""

        def work(unit: UnitOfWork) -> None:
            person = next(iter(unit.people.by_ids([person_id])), None)
            chat = unit.places.personal_of([person.entra_id]) if person and person.entra_id else {}
            for place, lives in chat.values():
                _, _, memory, _ = unit.memories.visit(None, place.conversation_id)
                memory = memory.fresh(now)
                if lives and not memory.pending:
                    pending = f"{AWAITS}:{point_id}"
                    unit.memories.keep(place.conversation_id, replace(memory, pending=pending), now)

        await self._units.write(work)

    async def titles(self, ids: Collection[int]) -> dict[int, str]:
        """What these points are called, by id."""
        return await self._units.read(lambda unit: unit.board.titles(ids)) if ids else {}

    async def _act(self, point_id: int, work: Callable[[UnitOfWork], T]) -> T:
        """Run it in the queue of the point's meeting."""
        found = await self._units.read(lambda unit: unit.agenda.by_ids([point_id]).get(point_id))
        return await self._units.write(work, found.meeting_id if found else None)


def _in_backlog(unit: UnitOfWork, point_id: int) -> bool:
    found = unit.agenda.by_ids([point_id]).get(point_id)
    return found is not None and found.on_the_shelf


def accepted_at(unit: UnitOfWork, point_id: int, at: int | None, viewer: Viewer, now: datetime) -> PointDetails:
    """Accept a point as part of a transaction; raises as `Arranging.accept`."""
    if at is not None and _in_backlog(unit, point_id):
        act = begin_moving(unit, point_id, at, viewer, now)
        act.target(at)
        if act.point.state is PointState.ACCEPTED:
            return _move(unit, point_id, at, viewer, now)
        if act.point.on_the_shelf:
            act.go(at, act.point.state)  # of which nobody hears by itself: that it is accepted says where it stands
    return _accept(begin(unit, point_id, viewer, now))


def _accept(act: Act) -> PointDetails:
    point = act.point
    if point.state is PointState.ACCEPTED:
        return act.details()
    act.must_be(PointState.PROPOSED)
    act.must_come()
    invite = Invite.TO_INVITE.value if point.kind is PointKind.ORGANISATION and point.invite is None else point.invite
    act.decide(PointState.ACCEPTED, invite=invite)
    tell_decided(act.unit, POINT_ACCEPTED, point, act.now, act.by.id)
    return act.done()


def _decline(act: Act, why: str, chosen: bool) -> PointDetails:
    point = act.point
    if point.state is PointState.DECLINED:
        return act.details()
    act.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    act.must_come()
    said = _passed(act, why, "why", chosen) if why.strip() else None
    act.decide(PointState.DECLINED, declined_why=said)
    tell_decided(act.unit, POINT_DECLINED, point, act.now, act.by.id)
    return act.done()


def _merge(unit: UnitOfWork, point_id: int, into_id: int, viewer: Viewer, now: datetime) -> PointDetails:
    if point_id == into_id:
        raise NotThisPoint
    act, into = begin_both(unit, point_id, into_id, viewer, now)
    if act.point.state is PointState.MERGED and act.point.merged_into_id == into_id:
        return into.details()
    act.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    into.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    into.must_come()
    if fixed_of(act.point) is not None:
        raise NotThisPoint
    supporters = unit.board.supporters(point_id) | {act.point.proposer_id or 0}
    unit.board.carry_support(supporters - {0, into.point.proposer_id}, into_id, now)
    if act.point.state is PointState.ACCEPTED and into.point.state is PointState.PROPOSED:
        into.decide(PointState.ACCEPTED, position=act.point.position)  # what is on the agenda stays on it
        tell_decided(unit, POINT_ACCEPTED, into.point, now, into.by.id)
    act.decide(PointState.MERGED, merged_into_id=into_id)
    if act.point.proposer_id != into.point.proposer_id:
        tell_decided(unit, POINT_MERGED, act.point, now, act.by.id)
    act.done()
    return into.done()


def _ask(act: Act, text: str, chosen: bool) -> PointDetails:
    point = act.point
    act.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    if point.proposer_id is None or point.proposer_id == act.by.id:
        raise NotThisPoint
    said = _passed(act, text, "text", chosen)
    act.unit.agenda_talk.comment(point.id, act.by.id, CommentKind.QUESTION, said, act.now)
    tell_asked(act.unit, point, act.now, act.by.id)
    return act.details()


def _answer(act: Act, text: str, chosen: bool) -> PointDetails:
    point = act.point
    asked = any(one.kind is CommentKind.QUESTION for one in act.unit.agenda_talk.comments(point.id))
    if not asked or not point.state.open:
        raise NotThisPoint
    said = _passed(act, text, "text", chosen)
    act.unit.agenda_talk.comment(point.id, act.by.id, CommentKind.ANSWER, said, act.now)
    tell_answered(act.unit, point, act.now)
    return act.details()


def _passed(act: Act, text: str, field: str, chosen: bool) -> str:
    """A text that may be kept with this point. Raises NothingSaid, TooLong, IdentifiesSomebody."""
    said = tidy(text, lines=True)
    if not said:
        raise NothingSaid
    if len(said) > LONGEST_COMMENT:
        raise TooLong
    return passed(act.unit, said, field, case=act.point.kind is PointKind.CASE, chosen=chosen)


def _move(unit: UnitOfWork, point_id: int, to_id: int | None, viewer: Viewer, now: datetime) -> PointDetails:
    act = begin_moving(unit, point_id, to_id, viewer, now)
    target, point = act.target(to_id), act.point
    if point.meeting_id == to_id:
        return act.details()
    act.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    if fixed_of(point) is not None:
        raise NotThisPoint
    keeps = point.state is PointState.ACCEPTED and act.may_arrange_in(target)
    state = PointState.ACCEPTED if keeps else PointState.PROPOSED
    act.go(to_id, state)
    tell_decided(unit, POINT_MOVED, point, now, act.by.id)
    return act.done()


def _arrange(act: Act, presenter: str | None, minutes: int | None, position: int | None) -> PointDetails:
    act.must_be(PointState.PROPOSED, PointState.ACCEPTED)
    act.must_come()
    if presenter is not None:
        if len(said := tidy(presenter) or "") > LONGEST_NAME:
            raise TooLong
        act.set("presenter", said or None)
    if minutes is not None:
        if not 0 <= minutes <= MOST_MINUTES:
            raise NotSensible("minutes")
        act.set("minutes", minutes or None)
    if position is not None:
        act.place(position)
    return act.done() if act.changed else act.details()


def _as_it_was(
    unit: UnitOfWork, point_id: int, accepted: bool, shelf: bool, viewer: Viewer, now: datetime
) -> PointDetails:
    done = _reopen(begin(unit, point_id, viewer, now), accepted)
    if not shelf or not done.point.state.open or done.point.meeting_id is None:
        return done
    act = begin(unit, point_id, viewer, now)
    act.must_come()
    act.go(None, act.point.state)
    return act.done()


def _reopen(act: Act, accepted: bool) -> PointDetails:
    point = act.point
    state = PointState.ACCEPTED if accepted else PointState.PROPOSED
    if point.state is state or (accepted and point.state is PointState.PROPOSED):
        return act.details()
    act.must_be(PointState.ACCEPTED, PointState.DECLINED, PointState.MERGED)
    act.must_come()
    if point.state is PointState.MERGED and point.merged_into_id is not None and point.decided_at is not None:
        people = act.unit.board.supporters(point.id) | {point.proposer_id or 0}
        act.unit.board.bring_back_support(people, point.merged_into_id, point.decided_at)
    act.decide(state, position=0, declined_why=None, merged_into_id=None)
    if accepted and (point.decided_at is None or act.now - point.decided_at > GRACE):  # else nobody heard otherwise
        tell_decided(act.unit, POINT_ACCEPTED, point, act.now, act.by.id)
    return act.done()
