"""Polls: started by one line, voted in by one tap, closed by themselves."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeAlias

from storage.domain.calendar import SendingHours
from storage.domain.people import Account, Viewer
from storage.domain.polls import Ballot, NewOption, NewPoll, Poll, PollTraces, PollView, Turnout, Vote
from storage.domain.refusals import NoSuchPoll
from storage.services.due_polls import close_due, open_due
from storage.services.errands import each_alone
from storage.services.gate import Chosen
from storage.services.poll_allowing import allowed
from storage.services.poll_changing import change, close, drop
from storage.services.poll_means import PollMeans
from storage.services.poll_nudging import nudged, run_off
from storage.services.poll_reading import (
    listed,
    open_for,
    shown_to_all,
    turnout,
    view,
    votes,
    without_count,
)
from storage.services.poll_rosters import is_there, met, stands_in, to_meet
from storage.services.poll_seeing import Asking
from storage.services.poll_series import ask_again, stopped
from storage.services.poll_starting import started
from storage.services.poll_voting import add_option, mark, unvote, vote
from storage.unit_of_work import UnitOfWork, Units

Errand: TypeAlias = Callable[[UnitOfWork, int, datetime, PollMeans], int]
"""What is due about one poll or series, by its id; how much was done."""


class Polls:
    """Polls. What a viewer may not see raises NoSuchPoll, as if it did not exist.

    `here` is the conversation where they are and `tenant` its tenant, as far as that is known: who is where a poll
    stands may see it and vote. What only those do who manage a poll (who started it, who organises its meeting, and
    coordinators) raises NotYours for others.
    """

    def __init__(self, units: Units, hours: Callable[[], SendingHours]) -> None:
        self._units, self._hours = units, hours
        self._secret: bytes | None = None

    def keep_key(self, secret: bytes | None) -> None:
        """Seal anonymous votes under this secret, which no database holds; None: there are no anonymous polls."""
        self._secret = secret

    @property
    def has_key(self) -> bool:
        """Whether there can be anonymous polls."""
        return self._secret is not None

    @property
    def _means(self) -> PollMeans:
        return PollMeans(self._secret, self._hours())

    # --- starting

    async def create(self, new: NewPoll, viewer: Viewer, now: datetime, *, chosen: Chosen = False) -> Poll:
        """Start a poll: it goes out at once, or opens at its time.

        HERE is for everybody, PARTICIPANTS for coordinators and who organises that meeting, the rest for coordinators.
        Raises NotKnown, NotCoordinator, NotYours, NothingSaid, TooLong, NotSensible(field: options, most, quorum,
        whom, meeting, opens or closes), IdentifiesSomebody(field: question or options), NoChannelChosen, NobodyToTell,
        NoUrn for an anonymous one where there is no key, and NotNow for who has too many running.
        """

        def work(unit: UnitOfWork) -> Poll:
            said, by = allowed(unit, new, viewer, now, chosen)
            return started(unit, said, by.id, now, self._means)

        return await self._units.write(work)

    # --- looking

    async def view(
        self, poll_id: int, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> PollView:
        """A poll as a viewer may see it. Raises NoSuchPoll."""
        return await self._units.read(lambda unit: view(unit, poll_id, Asking(viewer, now, here, tenant)))

    async def shown(self, poll_id: int, now: datetime) -> PollView | None:
        """A poll as all see it who are where it stands, also one that was called off; None for what never opened."""
        return await self._units.read(lambda unit: shown_to_all(unit, poll_id, now))

    async def for_person(self, poll_id: int, person_id: int, now: datetime) -> PollView | None:
        """A poll for the person whom a notice is for; None where they may not see it, or are gone."""

        def work(unit: UnitOfWork) -> PollView | None:
            person = next(iter(unit.people.by_ids([person_id])), None)
            if person is None:
                return None
            with suppress(NoSuchPoll):
                return view(unit, poll_id, Asking(Viewer(person, member=True), now))
            return None

        return await self._units.read(work)

    async def open_for(
        self, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> tuple[PollView, ...]:
        """The open polls that ask this viewer: those that stand here first, the newest first.

        Also those in which they voted; `may_vote` is false of an anonymous one then.
        """
        return await self._units.read(lambda unit: open_for(unit, Asking(viewer, now, here, tenant)))

    async def listed(
        self, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> tuple[PollView, ...]:
        """What is open, planned (for who manages it) or closed in the last month; the newest first."""
        return await self._units.read(lambda unit: listed(unit, Asking(viewer, now, here, tenant)))

    async def votes(
        self, poll_id: int, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> tuple[Vote, ...]:
        """Who voted what. Raises NoSuchPoll, AnonymousPoll, NotYours where they may not see yet how it stands."""
        return await self._units.read(lambda unit: votes(unit, poll_id, Asking(viewer, now, here, tenant)))

    async def turnout(
        self, poll_id: int, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> Turnout:
        """Who voted, and who may but did not. Raises NoSuchPoll, AnonymousPoll, and NotYours where who does not manage
        it may not see yet how it stands.
        """
        return await self._units.read(lambda unit: turnout(unit, poll_id, Asking(viewer, now, here, tenant)))

    # --- voting

    async def vote(
        self, poll_id: int, ballot: Ballot, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> PollView:
        """Vote, or in a named poll vote otherwise.

        Raises NoSuchPoll, NotKnown, NotInvited, PollClosed, AlreadyVoted (anonymous votes are final), NoSuchOption,
        NotSensible("ballot").
        """
        asking = Asking(viewer, now, here, tenant)
        await self._units.write(lambda unit: vote(unit, poll_id, ballot, asking, self._secret), _queue(poll_id))
        return await self._units.read(lambda unit: view(unit, poll_id, asking))

    async def mark(
        self,
        poll_id: int,
        option_id: int,
        value: int,
        viewer: Viewer,
        now: datetime,
        here: str = "",
        tenant: str | None = None,
    ) -> PollView:
        """Answer of one option of a named poll, beside what one answered before; said twice it is the same.

        Of dates `value` is an `Answer`; of several choices 1 chooses it and UNSAID takes it away; in a ranking
        NEXT_PLACE puts it after what one ranked, and UNSAID takes it out, whereupon the rest moves up. Of who takes
        away the last there is no vote. Raises AnonymousPoll, NotSensible("most") for one choice more than one may,
        NotSensible("ballot") for other values and kinds, and what `vote` does.
        """
        asking = Asking(viewer, now, here, tenant)
        await self._units.write(lambda unit: mark(unit, poll_id, option_id, value, asking), _queue(poll_id))
        return await self._units.read(lambda unit: view(unit, poll_id, asking))

    async def unvote(
        self, poll_id: int, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> PollView:
        """Take one's vote back. Raises AnonymousPoll, and what `vote` does."""
        asking = Asking(viewer, now, here, tenant)
        await self._units.write(lambda unit: unvote(unit, poll_id, asking), _queue(poll_id))
        return await self._units.read(lambda unit: view(unit, poll_id, asking))

    async def add_option(
        self,
        poll_id: int,
        new: NewOption,
        viewer: Viewer,
        now: datetime,
        here: str = "",
        tenant: str | None = None,
        *,
        chosen: Chosen = False,
    ) -> PollView:
        """Add what can be chosen, where everybody may or one manages it; what stands there already is the same.

        Raises NoSuchPoll, NotKnown, NotInvited, PollClosed, NotYours, NotNow where it is full, NothingSaid, TooLong,
        NotSensible("options"), IdentifiesSomebody("text").
        """
        asking = Asking(viewer, now, here, tenant)
        await self._units.write(lambda unit: add_option(unit, poll_id, new, asking, chosen), _queue(poll_id))
        return await self._units.read(lambda unit: view(unit, poll_id, asking))

    # --- managing

    async def change(
        self, poll_id: int, values: Mapping[str, Any], viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Poll:
        """Other settings: closes (naive and local), question, shown, quorum, may_add, most, anonymous.

        Raises NoSuchPoll, NotYours, PollClosed, HasVotes for question, most and anonymous once somebody voted, NoUrn,
        NotSensible(name), for those of an anonymous one that opened NotSensible("anonymous") or ("opened"), whether or
        not anybody voted, NothingSaid, TooLong, IdentifiesSomebody("question").
        """

        def work(unit: UnitOfWork) -> Poll:
            return without_count(change(unit, poll_id, values, viewer, now, self._secret, chosen))

        return await self._units.write(work, _queue(poll_id))

    async def close(self, poll_id: int, viewer: Viewer, now: datetime) -> PollView:
        """Let it end now; twice is once. Raises NoSuchPoll, NotYours, PollClosed for what was called off, NotNow for
        what did not open yet, NoUrn where its key is not the one that it was sealed with.
        """
        await self._units.write(lambda unit: close(unit, poll_id, viewer, now, self._secret), _queue(poll_id))
        return await self._units.read(lambda unit: view(unit, poll_id, Asking(viewer, now)))

    async def drop(self, poll_id: int, viewer: Viewer, now: datetime) -> Poll:
        """Call it off: there is no result. Raises NoSuchPoll, NotYours, PollClosed for what is over."""

        def work(unit: UnitOfWork) -> Poll:
            return without_count(drop(unit, poll_id, viewer, now, self._secret))

        return await self._units.write(work, _queue(poll_id))

    async def stop_series(self, poll_id: int, viewer: Viewer, now: datetime) -> None:
        """Let a poll not come back; twice is once. What is open stays so. Raises NoSuchPoll, NotYours, NotNow where it
        never would.
        """
        await self._units.write(lambda unit: stopped(unit, poll_id, viewer, now), _queue(poll_id))

    async def nudge(self, poll_id: int, viewer: Viewer, now: datetime) -> int:
        """Remind those who did not vote, once; how many. Raises NoSuchPoll, NotYours, AnonymousPoll, PollClosed,
        AlreadyNudged, NobodyToTell where all voted, as far as is known.
        """
        hours = self._hours()
        return await self._units.write(lambda unit: nudged(unit, poll_id, viewer, now, hours), _queue(poll_id))

    async def run_off(self, poll_id: int, viewer: Viewer, now: datetime) -> Poll:
        """Ask once more, of the same people, what of a tie it is to be; asked twice it is the same poll, unless that
        was called off.

        Raises NoSuchPoll, NotYours, NotNow where there is no tie, NotSensible("options") where of its days no two are
        to come, NoUrn.
        """
        return await self._units.write(lambda unit: run_off(unit, poll_id, viewer, now, self._means), _queue(poll_id))

    # --- who is there

    async def to_meet(self, now: datetime) -> tuple[tuple[int, str], ...]:
        """The open polls of whose conversation nobody read yet who is there, with the conversation's id."""
        return await self._units.read(lambda unit: to_meet(unit, now))

    async def stands_in(self, poll: Poll) -> str:
        """The conversation where a poll stands, without a thread; empty: in none."""
        return await self._units.read(lambda unit: stands_in(unit, poll.id, poll.target))

    async def met(self, poll_id: int, accounts: Collection[Account], now: datetime) -> int:
        """These accounts are in the conversation of a poll; how many of them the network knows. Once for each poll."""
        return await self._units.write(lambda unit: met(unit, poll_id, accounts, now), _queue(poll_id))

    async def is_there(
        self, poll_id: int, viewer: Viewer, now: datetime, here: str = "", tenant: str | None = None
    ) -> None:
        """Somebody is in the conversation of a poll: from now on they may vote elsewhere too. Nothing where not."""
        asking = Asking(viewer, now, here, tenant)
        await self._units.write(lambda unit: is_there(unit, poll_id, asking), _queue(poll_id))

    async def traces(self, viewer: Viewer) -> PollTraces:
        """How much is kept of a viewer about polls: of anonymous ones nothing but what they started."""
        if viewer.person is None:
            return PollTraces()
        person_id = viewer.person.id
        return await self._units.read(lambda unit: unit.poll_times.traces(person_id))

    # --- by themselves

    async def plan_due(self, now: datetime) -> int:
        """Close, open and ask again what is due; how much was done. Called again and again by every replica.

        What closes comes before what opens in its place.
        """
        due = await self._units.read(lambda unit: unit.poll_times.due(now))
        closed = await each_alone({one: partial(self._do, close_due, one, now) for one in due.closing}, "closing poll")
        opened = await each_alone({one: partial(self._do, open_due, one, now) for one in due.opening}, "opening poll")
        asked = await each_alone({one: partial(self._do, ask_again, one, now) for one in due.series}, "poll series")
        return closed + opened + asked

    async def _do(self, errand: Errand, id_: int, now: datetime) -> int:
        return await self._units.write(lambda unit: errand(unit, id_, now, self._means))


def _queue(poll_id: int) -> int:
    """In what votes in a poll wait for each other. Meetings have their own ids."""
    return -poll_id
