"""The outbox: what the bot says by itself, from planned to sent, with the coordinator's hand on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.domain.calendar import SendingHours
from storage.domain.invitations import INVITATION, REMINDER
from storage.domain.notices import (
    Claimed,
    NewNotice,
    Notice,
    NoticeGroup,
    NoticeState,
    Timing,
    hopeless,
    pause_before_retry,
    to_person,
)
from storage.domain.people import Role, Viewer
from storage.domain.refusals import NoSuchNotice, NotCoordinator, NothingToSend
from storage.repositories.notice_rows import claimed
from storage.repositories.notices import BETWEEN_UPDATES
from storage.services.seating import REGISTERED_FOR_YOU, REPLACES
from storage.unit_of_work import UnitOfWork, Units

KEPT = timedelta(days=90)
"""How long is kept what became of a notice."""

LISTED = timedelta(days=30)
"""How far back the coordinator sees what failed."""

MANY_PAUSED = 2
"""So many conversations that say "too many" at once mean that it is said to all."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast notices go out: `a_second` for everybody together, and how long a sender may take.

    A lease that runs out while nothing was begun is simply claimed again. One that runs out while sending makes the
    notice ambiguous, so it must be longer than a call to Teams may take.
    """

    a_second: float = 45.0
    lease: timedelta = timedelta(seconds=15)
    sending: timedelta = timedelta(seconds=40)

    @property
    def every(self) -> timedelta:
        """Between two notices."""
        return timedelta(seconds=1 / self.a_second)


class Notices:
    """What the bot says by itself."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._hours = SendingHours()

    def keep_hours(self, hours: SendingHours) -> None:
        """Disturb people with what is not urgent in these hours only."""
        self._hours = hours

    @property
    def hours(self) -> SendingHours:
        """When people may be disturbed with what is not urgent."""
        return self._hours

    async def plan(self, notices: Sequence[NewNotice], now: datetime) -> int:
        """Plan notices that have no other cause; how many were not planned before."""
        return await self._units.write(lambda unit: unit.notices.plan_all(notices, now))

    async def changed(self, kind: str, subject: str, now: datetime, merged: timedelta = BETWEEN_UPDATES) -> int:
        """What these notices show has changed: those that were sent are updated in place, with what else changes
        within `merged`. Returns how many.
        """
        return await self._units.write(lambda unit: unit.notices.changed(kind, subject, now, merged))

    # --- for the sender

    async def anything_due(self, now: datetime) -> bool:
        """Whether there is something to send, to update or to give up on."""
        return await self._units.read(lambda unit: unit.notices.anything_due(now, self._hours.is_open(now)))

    async def claim(self, owner: str, now: datetime, pace: Pace, limit: int) -> tuple[Claimed, ...]:
        """The notices that `owner` may send next, each with the moment from which it may.

        What somebody else was sending when it went away becomes ambiguous on the way.
        """
        return await self._units.write(lambda unit: _claim(unit, owner, now, pace, limit, self._hours))

    async def begin(self, claim: Claimed, owner: str, now: datetime, pace: Pace) -> tuple[Notice, ...]:
        """The notices of a claim that still may be sent, committed as `sending` before the call is made."""

        def work(unit: UnitOfWork) -> tuple[Notice, ...]:
            if _left_alone(claim.notice.target, unit.notices.paused(now)):
                unit.notices.release(claim.ids, owner)
                return ()
            return unit.notices.begin(claim.ids, owner, now + pace.sending)

        return await self._units.write(work)

    async def sent(
        self, notices: Sequence[Notice], owner: str, now: datetime, conversation_id: str, activity_id: str
    ) -> None:
        """They arrived, as this activity."""
        ids = [one.id for one in notices]
        values = {"conversation_id": conversation_id, "activity_id": activity_id or None, "sent_at": now}
        state = NoticeState.SENT.value
        await self._units.write(lambda unit: unit.notices.settle(ids, owner, state=state, shown_at=now, **values))

    async def cancelled(self, notices: Sequence[Notice], owner: str) -> None:
        """There was nothing left to say."""
        ids = [one.id for one in notices]
        await self._units.write(
            lambda unit: unit.notices.settle(ids, owner, state=NoticeState.CANCELLED.value, last_code="outdated")
        )

    async def failed(self, notices: Sequence[Notice], owner: str, now: datetime, code: str) -> None:
        """They did not arrive and never will."""
        await self._trouble(notices, owner, now, NoticeState.FAILED, code)

    async def ambiguous(self, notices: Sequence[Notice], owner: str, now: datetime, code: str) -> None:
        """They may have arrived."""
        await self._trouble(notices, owner, now, NoticeState.AMBIGUOUS, code)

    async def _trouble(
        self, notices: Sequence[Notice], owner: str, now: datetime, state: NoticeState, code: str
    ) -> None:
        failed = state is NoticeState.FAILED
        closed = [one for one in notices if failed and code in NOT_IN_TEAMS and one.kind in TOLD_BY_THEM]
        left = [one for one in notices if one not in closed]

        def work(unit: UnitOfWork) -> None:
            if closed:
                unit.notices.settle(_ids(closed), owner, state=NoticeState.CANCELLED.value, last_code=code)
            if left:
                unit.notices.settle(_ids(left), owner, state=state.value, last_code=code[:60], shown_at=now)
            if any(one.kind != TROUBLE and not (failed and one.kind in TOLD_OTHERWISE) for one in left):
                _tell_coordinators(unit, now, self._hours)

        await self._units.write(work)

    async def retry(
        self, notices: Sequence[Notice], owner: str, now: datetime, code: str, after: float | None = None
    ) -> None:
        """They certainly did not arrive: send them later. `after`: seconds that Teams asked to leave this target alone.

        What can't be delivered for a day has failed. The day begins with the first try: before it they may have waited
        for Monday. From then on they stand behind what is due, so that they keep nothing else from being sent.
        """
        first = notices[0]
        if hopeless(first, now):
            await self.failed(notices, owner, now, code)
            return
        values: dict[str, object] = {"tries": first.tries + 1, "last_code": code[:60]}
        if not first.tries:
            values["due_at"] = now
        if after is None:
            values["lease_until"] = now + pause_before_retry(first.tries)
        ids = [one.id for one in notices]

        def work(unit: UnitOfWork) -> None:
            unit.notices.settle(ids, owner, state=NoticeState.READY.value, **values)
            if after is not None:
                unit.notices.pause(first.target, now + timedelta(seconds=after))

        await self._units.write(work)

    async def to_refresh(self, owner: str, now: datetime, pace: Pace, limit: int) -> tuple[Notice, ...]:
        """Messages that show something old, ours to update."""

        def work(unit: UnitOfWork) -> tuple[Notice, ...]:
            if len(unit.notices.paused(now)) >= MANY_PAUSED:
                return ()
            return unit.notices.to_refresh(owner, now, now + pace.sending, limit)

        return await self._units.write(work)

    async def shown_with(self, notice: Notice) -> tuple[Notice, ...]:
        """All notices that the message of a sent one shows."""
        return await self._units.read(lambda unit: unit.notices.shown_with(notice))

    async def refreshed(
        self, notice: Notice, owner: str, now: datetime, again_after: float | None = None, throttled: bool = False
    ) -> None:
        """A message was updated, or, with `again_after` seconds, will be; `throttled`: its target is left alone for so
        long.
        """
        again = None if again_after is None else now + timedelta(seconds=again_after)

        def work(unit: UnitOfWork) -> None:
            unit.notices.refreshed(notice, owner, now, again)
            if throttled and again is not None:
                unit.notices.pause(notice.target, again)

        await self._units.write(work)

    async def depths(self, now: datetime) -> tuple[Mapping[str, int], float]:
        """How many notices are in each state; seconds that the oldest due one waits."""
        return await self._units.read(lambda unit: unit.notices.depths(now))

    async def troubled(self, now: datetime) -> Mapping[NoticeState, int]:
        """How many notices failed or may not have arrived, and still wait for the coordinator."""
        groups = await self._units.read(lambda unit: unit.notices.groups(now - LISTED))
        states = (NoticeState.FAILED, NoticeState.AMBIGUOUS)
        return {state: sum(group.count(state) for group in groups if group.kind != TROUBLE) for state in states}

    async def forget_old(self, now: datetime) -> None:
        """Forget what became of notices long ago."""
        await self._units.write(lambda unit: unit.notices.forget_before(now - KEPT, unit.poll_times.running()))

    # --- for the coordinator

    async def groups(self, viewer: Viewer, now: datetime) -> tuple[NoticeGroup, ...]:
        """What is planned, held, failed or ambiguous. Raises NotCoordinator."""
        _must_coordinate(viewer)
        found = await self._units.read(lambda unit: unit.notices.groups(now - LISTED))
        return tuple(group for group in found if group.kind != TROUBLE)

    async def send_now(self, number: int, viewer: Viewer, now: datetime) -> int:
        """Send what is planned or held at once, whatever the hour; how many. Raises NotCoordinator, NothingToSend."""
        waiting = (NoticeState.READY, NoticeState.HELD)
        return await self._move(number, viewer, waiting, NoticeState.READY, now, urgent=True)

    async def hold(self, number: int, viewer: Viewer) -> int:
        """Hold back what is planned; how many. Raises NotCoordinator, NoSuchNotice, NothingToSend."""
        return await self._move(number, viewer, (NoticeState.READY,), NoticeState.HELD)

    async def resume(self, number: int, viewer: Viewer) -> int:
        """Let go what was held; how many. Raises NotCoordinator, NoSuchNotice, NothingToSend."""
        return await self._move(number, viewer, (NoticeState.HELD,), NoticeState.READY)

    async def cancel(self, number: int, viewer: Viewer) -> int:
        """Never send what is planned or held, and close what failed or is ambiguous; how many.

        Raises NotCoordinator, NoSuchNotice, NothingToSend.
        """
        waiting = (NoticeState.READY, NoticeState.HELD, NoticeState.FAILED, NoticeState.AMBIGUOUS)
        return await self._move(number, viewer, waiting, NoticeState.CANCELLED)

    async def again(self, number: int, viewer: Viewer, now: datetime) -> int:
        """Send once more what failed or may not have arrived; how many.

        Raises NotCoordinator, NoSuchNotice, NothingToSend.
        """
        troubled = (NoticeState.FAILED, NoticeState.AMBIGUOUS)
        return await self._move(number, viewer, troubled, NoticeState.READY, now)

    async def _move(
        self,
        number: int,
        viewer: Viewer,
        states: Sequence[NoticeState],
        to: NoticeState,
        due: datetime | None = None,
        urgent: bool = False,
    ) -> int:
        _must_coordinate(viewer)

        def work(unit: UnitOfWork) -> int:
            group = unit.notices.group_of(number)
            if group is None:
                raise NoSuchNotice
            moved = unit.notices.move(*group, states, to, due, Timing.URGENT if urgent else None)
            if not moved:
                raise NothingToSend
            return moved

        return await self._units.write(work)


TROUBLE = "outbox.trouble"
"""The notice that tells a coordinator that others did not arrive."""

TOLD_OTHERWISE = frozenset({INVITATION, REMINDER})
"""Of these the one who runs the meeting is told whom they did not reach, with a mail to send instead."""

TOLD_BY_THEM = frozenset({REGISTERED_FOR_YOU, REPLACES})
"""Who registers or names somebody is told at once when the bot never saw that person, and tells them: no trouble."""

NOT_IN_TEAMS = frozenset({"nobody", "not_found"})
"""Why nothing reached somebody who has no account that the bot could write to."""

TROUBLE_TOLD_AFTER = timedelta(minutes=1)
"""What goes wrong together is told together."""


def _ids(notices: Sequence[Notice]) -> list[int]:
    return [one.id for one in notices]


def _must_coordinate(viewer: Viewer) -> None:
    if not viewer.is_coordinator:
        raise NotCoordinator


def _left_alone(target: str, paused: Sequence[str]) -> bool:
    """Whether Teams said "too many" of this target, or of so many that it goes for everybody."""
    return target in paused or len(paused) >= MANY_PAUSED


def _claim(
    unit: UnitOfWork, owner: str, now: datetime, pace: Pace, limit: int, hours: SendingHours
) -> tuple[Claimed, ...]:
    unit.notices.lock_pace(now)
    if unit.notices.give_up_stuck(now):
        _tell_coordinators(unit, now, hours)
    paused = unit.notices.paused(now)
    if len(paused) >= MANY_PAUSED:
        return ()
    rows = unit.notices.due(now, hours.is_open(now), paused, limit)
    beside = [unit.notices.small_beside(row, now) for row in rows]
    starts = unit.notices.reserve(len(rows), pace.every, now)
    for row, small, start in zip(rows, beside, starts, strict=True):
        unit.notices.lease([row, *small], owner, start + pace.lease)
    return tuple(claimed(row, start, small) for row, small, start in zip(rows, beside, starts, strict=True))


def _tell_coordinators(unit: UnitOfWork, now: datetime, hours: SendingHours) -> None:
    """Let each coordinator know, once an hour, that something did not arrive: by then all of that moment is in it."""
    hour = now.astimezone(ZoneInfo(hours.zone)).strftime("%Y-%m-%d %H")
    due = now + TROUBLE_TOLD_AFTER
    coordinators = unit.people.with_role(Role.COORDINATOR)
    unit.notices.plan_all([NewNotice(TROUBLE, hour, str(one.id), to_person(one.id), due) for one in coordinators], now)
