"""Who may see, vote in and manage a poll, and when and where they look at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.domain.notices import POSTING_CHANNEL, place_of
from storage.domain.people import Person, Viewer
from storage.domain.places import base_of
from storage.domain.polls import Ballot, Poll, PollState
from storage.domain.refusals import NoSuchPoll, NotYours
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks at polls, when, and where: in which conversation, and of which tenant. None: nobody in particular.

    Without a `viewer` a poll is looked at for all who are there.
    """

    viewer: Viewer | None
    now: datetime
    here: str = ""
    tenant: str | None = None

    @property
    def person(self) -> Person | None:
        """The one who looks, where the network knows them."""
        return self.viewer.person if self.viewer is not None else None

    @property
    def person_id(self) -> int | None:
        """Their id."""
        return self.person.id if self.person is not None else None


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside some polls themselves, for one who looks; by the polls' ids."""

    posting: str = ""
    organisers: Mapping[int, int | None] = field(default_factory=dict)
    invited: frozenset[int] = frozenset()
    """Those that ask them as one whom it knows, of the polls that stand elsewhere than where they are."""

    mine: Mapping[int, Ballot] = field(default_factory=dict)
    voted: frozenset[int] = frozenset()

    def may_manage(self, poll: Poll, asking: Asking) -> bool:
        """Who started it, who organises its meeting, and coordinators."""
        if asking.viewer is None or asking.person_id is None:
            return False
        started = poll.created_by_id == asking.person_id
        return asking.viewer.is_coordinator or started or self.organises(poll, asking)

    def organises(self, poll: Poll, asking: Asking) -> bool:
        """Whether they organise the meeting that it is about."""
        if asking.person_id is None or poll.meeting_id is None:
            return False
        return self.organisers.get(poll.meeting_id) == asking.person_id

    def is_asked(self, poll: Poll, asking: Asking) -> bool:
        """Whether it asks them: it stands where they are or where everybody reads it, or they are known to may vote."""
        return poll.id in self.invited or stands_here(poll, asking.here) or self._for_everybody(poll, asking)

    def may_see(self, poll: Poll, asking: Asking) -> bool:
        """Whether they may hear of it at all. Of what is planned only who manages it."""
        if not same_tenant(poll, asking.tenant):
            return False
        if self.may_manage(poll, asking):
            return True
        began = poll.state is not PollState.SCHEDULED and poll.opened_at is not None
        return began and (self.is_asked(poll, asking) or poll.id in self.mine)

    def has_voted(self, poll: Poll) -> bool:
        """Whether they voted, as far as is known."""
        return poll.id in self.mine or poll.id in self.voted

    def _for_everybody(self, poll: Poll, asking: Asking) -> bool:
        in_channel = poll.target == POSTING_CHANNEL or (self.posting and stands_here(poll, self.posting))
        return bool(in_channel) and asking.viewer is not None and not asking.viewer.is_stranger


def stands_here(poll: Poll, here: str) -> bool:
    """Whether a poll stands in this conversation, in whichever thread of it."""
    place = place_of(poll.target)
    return bool(here) and place is not None and base_of(place) == base_of(here)


def same_tenant(poll: Poll, tenant: str | None) -> bool:
    """Whether a poll is of this tenant, where both are known."""
    return not poll.tenant_id or not tenant or poll.tenant_id.lower() == tenant.lower()


def around(unit: UnitOfWork, polls: Collection[Poll], asking: Asking) -> Around:
    """What is to be known of some polls to tell what somebody may see of them."""
    if asking.viewer is None:
        return Around()
    elsewhere = [one for one in polls if not stands_here(one, asking.here)]
    posting = _posting(unit) if any(place_of(one.target) for one in elsewhere) else ""
    organisers = unit.polls.organisers({one.meeting_id for one in polls if one.meeting_id is not None})
    if asking.person_id is None:
        return Around(posting, organisers)
    return Around(
        posting,
        organisers,
        unit.polls.invited(asking.person_id, [one.id for one in elsewhere]),
        unit.polls.own_votes(asking.person_id, [one.id for one in polls if not one.anonymous]),
        unit.polls.voted(asking.person_id, [one.id for one in polls if one.anonymous]),
    )


def _posting(unit: UnitOfWork) -> str:
    """The conversation of the channel where the bot posts; empty: there is none."""
    channel = unit.places.posting()
    return channel.conversation_id if channel else ""


# --- one poll


def seen(unit: UnitOfWork, poll_id: int, asking: Asking, *, lock: bool = False) -> tuple[Poll, Around]:
    """A poll that somebody may see; `lock`: nobody else changes it meanwhile, or votes. Raises NoSuchPoll."""
    poll = unit.polls.locked(poll_id) if lock else unit.polls.by_ids([poll_id]).get(poll_id)
    if poll is None:
        raise NoSuchPoll
    known = around(unit, [poll], asking)
    if not known.may_see(poll, asking):
        raise NoSuchPoll
    return poll, known


def managed(unit: UnitOfWork, poll_id: int, viewer: Viewer, now: datetime, *, lock: bool = True) -> Poll:
    """A poll that this viewer manages, locked. Raises NoSuchPoll, NotYours."""
    asking = Asking(viewer, now)
    poll = unit.polls.locked(poll_id) if lock else unit.polls.by_ids([poll_id]).get(poll_id)
    if poll is None:
        raise NoSuchPoll
    known = around(unit, [poll], asking)
    if not known.may_manage(poll, asking):
        raise NotYours if known.may_see(poll, asking) else NoSuchPoll
    return poll


def may_manage(unit: UnitOfWork, poll: Poll, viewer: Viewer, now: datetime) -> bool:
    """Whether this viewer manages it."""
    asking = Asking(viewer, now)
    return around(unit, [poll], asking).may_manage(poll, asking)
