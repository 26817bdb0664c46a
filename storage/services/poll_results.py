"""What a poll's result does, once each: an agenda point with its votes as reason, a meeting on the chosen day."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.domain.agenda import AgendaPoint, NewPoint, PointKind, PointState, may_arrange
from storage.domain.meetings import Meeting, MeetingKind
from storage.domain.people import Viewer
from storage.domain.planning import FARTHEST, NewMeeting, tidy, usual
from storage.domain.poll_files import PollFile
from storage.domain.poll_results import MEETING, MEETING_OPTION, POINT, TAKEN_OFF, Applied, point_key, votes_for
from storage.domain.polls import POLL_DONE, Answer, Option, Poll, PollKind, PollState, Tally
from storage.domain.proposing import same_title
from storage.domain.refusals import (
    AnonymousPoll,
    NoSuchOption,
    NotCoordinator,
    NotNow,
    NotSensible,
)
from storage.domain.registrations import Outcome
from storage.repositories.agenda import OPEN
from storage.services.board import accepted_at
from storage.services.board_notices import tell_accepted
from storage.services.gate import Chosen
from storage.services.planning import create_meeting
from storage.services.points_held import known
from storage.services.points_kept import proposed
from storage.services.poll_files import poll_file
from storage.services.poll_seeing import managed
from storage.services.poll_tallying import tally_of
from storage.services.registrations import register_new
from storage.unit_of_work import UnitOfWork, Units

LONGEST_GUEST = 200


class PollResults:
    """What comes of polls that closed. Whatever is no poll that this viewer may see raises NoSuchPoll.

    What they may see but not decide about raises NotYours or NotCoordinator; an option of another poll NoSuchOption;
    NotNow while the poll is not closed, or has no result that may be shown.
    """

    def __init__(self, units: Units) -> None:
        self._units = units

    async def put_on_agenda(
        self,
        poll_id: int,
        option_id: int,
        meeting_id: int | None,
        viewer: Viewer,
        now: datetime,
        *,
        kind: PointKind = PointKind.THEME,
        title: str = "",
        guest_name: str = "",
        guest_organisation: str = "",
        chosen: Chosen = False,
    ) -> Applied:
        """Put an option on the agenda of a meeting, with how many chose it; done before, it is that point.

        `meeting_id` None: of the meeting that the poll is about while it is to come, else of the next intervisie, else
        in the backlog. An open point with the same title is it already, and gets the votes. It counts as proposed by
        who added the option, else by who started the poll. `title`: what else it is called than the option; it passes
        the gate as every title does. Raises NotSensible("option") for a day, NoSuchMeeting, MeetingOver,
        MeetingCancelled, IdentifiesSomebody("title").
        """
        guest = {"guest_name": tidy(guest_name[:LONGEST_GUEST]), "guest_organisation": tidy(guest_organisation)}

        def work(unit: UnitOfWork) -> Applied:
            poll, option, tally = _closed(unit, poll_id, option_id, viewer, now)
            if poll.kind in _NO_TOPICS:
                raise NotSensible("option")
            there = _point_of(unit, poll, option)
            if there is not None:
                return Applied(poll, option, fresh=False, point=there, meeting=_home(unit, there, viewer))
            new = NewPoint(title or option.text, _where(unit, poll, meeting_id, now), kind)
            point = _put(unit, poll, option, new, viewer, now, chosen)
            _give_reason(unit, point, votes_for(poll, tally, option.id), tally, guest)
            poll = _note(unit, poll, now, {POINT: point.id, point_key(option.id): point.id})
            point = unit.agenda.by_ids([point.id])[point.id]
            return Applied(poll, option, fresh=True, point=point, meeting=_home(unit, point, viewer))

        return await self._units.write(work, meeting_id)

    async def make_meeting(
        self,
        poll_id: int,
        option_id: int,
        viewer: Viewer,
        now: datetime,
        *,
        register: bool = False,
        kind: MeetingKind = MeetingKind.INTERVISIE,
        title: str = "",
    ) -> Applied:
        """Make a meeting on the day of an option, with registration open; made before, it is that one.

        Hours that the option does not say, place and seats are those of the last meeting of its kind. With `register`
        those who said yes to that day get a seat, or a place in line, and hear it; who let know anything themselves
        since then is left alone. For coordinators only. Raises NotSensible with the name of a field, or "option" for
        what is no day, AlreadyPlanned, and AnonymousPoll for `register` where nobody knows who said yes.
        """

        def work(unit: UnitOfWork) -> Applied:
            poll, option, _ = _closed(unit, poll_id, option_id, viewer, now)
            if not viewer.is_coordinator:
                raise NotCoordinator
            if poll.kind is not PollKind.DATES or option.day is None:
                raise NotSensible("option")
            if register and poll.anonymous:
                raise AnonymousPoll
            meeting = _meeting_of(unit, poll)
            fresh = meeting is None
            if meeting is None:
                meeting = create_meeting(unit, _planned(unit, poll, option, viewer, kind, title), known(viewer), now)
                poll = _note(unit, poll, now, {MEETING: meeting.id, MEETING_OPTION: option.id})
            option = poll.option(poll.applied.get(MEETING_OPTION, 0)) or option
            registered = _registered(unit, poll, option, meeting, viewer, now) if register else ()
            meeting = _meeting_of(unit, poll) or meeting  # with the seats that were just taken
            return Applied(poll, option, fresh, meeting=meeting, registered=registered)

        return await self._units.write(work)

    async def file(self, poll_id: int, viewer: Viewer, now: datetime) -> PollFile:
        """All of a poll that an export may show, for who manages it.

        Raises NotNow of an anonymous one before it closed, or with too few votes.
        """
        return await self._units.read(lambda unit: poll_file(unit, poll_id, viewer, now))


_NO_TOPICS = frozenset({PollKind.DATES, PollKind.TEMPERATURE})


def _closed(
    unit: UnitOfWork, poll_id: int, option_id: int, viewer: Viewer, now: datetime
) -> tuple[Poll, Option, Tally]:
    """A poll, locked, with one of its options and how it ended, for who manages it."""
    poll = managed(unit, poll_id, viewer, now)
    option = poll.option(option_id)
    if option is None:
        raise NoSuchOption
    if poll.state is not PollState.CLOSED:
        raise NotNow
    tally = tally_of(unit, poll)
    if tally.hidden or not tally.voters:
        raise NotNow
    return poll, option, tally


def _note(unit: UnitOfWork, poll: Poll, now: datetime, applied: dict[str, int]) -> Poll:
    """Keep what was made of a poll, so that it is never made twice; who was told what can be done sees it."""
    unit.polls.write(poll.id, applied={**poll.applied, **applied})
    unit.notices.changed(POLL_DONE, str(poll.id), now)
    return unit.polls.by_ids([poll.id])[poll.id]


# --- a point


def _point_of(unit: UnitOfWork, poll: Poll, option: Option) -> AgendaPoint | None:
    """The point that was made of an option before, unless somebody took it off since."""
    point_id = poll.applied.get(point_key(option.id), 0)
    point = unit.agenda.by_ids([point_id]).get(point_id)
    return None if point is None or point.state in TAKEN_OFF else point


def _where(unit: UnitOfWork, poll: Poll, meeting_id: int | None, now: datetime) -> int | None:
    if meeting_id is not None:
        return meeting_id
    about = unit.meetings.by_ids([poll.meeting_id], None).get(poll.meeting_id) if poll.meeting_id else None
    if about is not None and not about.is_over(now) and not about.cancelled:
        return about.id
    coming = unit.meetings.coming(now, now + FARTHEST)
    to_begin = (one for one in coming if one.kind is MeetingKind.INTERVISIE and not one.is_running(now))
    return next((one.id for one in to_begin), None)


def _put(
    unit: UnitOfWork, poll: Poll, option: Option, new: NewPoint, viewer: Viewer, now: datetime, chosen: Chosen
) -> AgendaPoint:
    """The point on that agenda: a new one, or the open one that is called so.

    Raises NotCoordinator, IdentifiesSomebody: who chose its words as an option did so for a poll, not for an agenda.
    """
    meeting = _meeting(unit, new.meeting_id, viewer)
    if not may_arrange(viewer, meeting):
        raise NotCoordinator
    same = _same(unit, new)
    if same is not None:
        accepted_at(unit, same.id, new.meeting_id, viewer, now)
        return same
    point = proposed(unit, new, viewer, now, chosen)
    proposer = option.added_by_id or poll.created_by_id
    if proposer is not None and proposer != known(viewer).id:
        unit.agenda.write(point.id, {"proposer_id": proposer})
        if point.state is PointState.ACCEPTED:
            tell_accepted(unit, unit.agenda.by_ids([point.id])[point.id], now, known(viewer).id)
    return point


def _same(unit: UnitOfWork, new: NewPoint) -> AgendaPoint | None:
    """An open point with the same title, on that agenda or in the backlog."""
    here = unit.agenda.of_meeting(new.meeting_id, OPEN) if new.meeting_id is not None else ()
    return next((one for one in (*here, *unit.agenda.shelf()) if same_title(one.title, new.title)), None)


def _give_reason(unit: UnitOfWork, point: AgendaPoint, votes: int, tally: Tally, guest: dict[str, str | None]) -> None:
    said: dict[str, Any] = {name: value for name, value in guest.items() if value}
    reason = {"votes": votes, "voters": tally.voters} if votes else {}
    if said or reason:
        unit.agenda.write(point.id, {**reason, **said})


def _home(unit: UnitOfWork, point: AgendaPoint, viewer: Viewer) -> Meeting | None:
    return _meeting(unit, point.meeting_id, viewer)


def _meeting(unit: UnitOfWork, meeting_id: int | None, viewer: Viewer) -> Meeting | None:
    if meeting_id is None:
        return None
    return unit.meetings.by_ids([meeting_id], known(viewer).id).get(meeting_id)


# --- a meeting


def _meeting_of(unit: UnitOfWork, poll: Poll) -> Meeting | None:
    """The meeting that was made of a poll before, unless it was cancelled since."""
    meeting_id = poll.applied.get(MEETING, 0)
    found = unit.meetings.by_ids([meeting_id], None).get(meeting_id) if meeting_id else None
    return None if found is None or found.cancelled else found


def _planned(unit: UnitOfWork, poll: Poll, option: Option, viewer: Viewer, kind: MeetingKind, title: str) -> NewMeeting:
    last = unit.meetings.latest(kind)
    usually, zone = usual(kind, last), ZoneInfo(poll.timezone)
    starts = (option.starts or _on(option, usually.starts)).replace(tzinfo=zone)
    ends = option.ends.replace(tzinfo=zone) if option.ends else starts + timedelta(minutes=usually.minutes)
    return NewMeeting(
        kind,
        title or poll.question,
        starts,
        ends,
        organiser=known(viewer).id,
        location=last.location if last else None,
        capacity=last.capacity if last else None,
    )


def _on(option: Option, at: time) -> datetime:
    if option.day is None:
        raise NotSensible("option")
    return datetime.combine(option.day, at)


def _registered(
    unit: UnitOfWork, poll: Poll, option: Option, meeting: Meeting, viewer: Viewer, now: datetime
) -> tuple[Outcome, ...]:
    """Put who said yes to a day on the list of its meeting. Raises NotNow where that was moved to another one."""
    if meeting.starts.date() != option.day:
        raise NotNow
    yes = [one.person_id for one in unit.polls.votes(poll.id) if one.ballot.get(option.id) == Answer.YES]
    return register_new(unit, meeting.id, yes, viewer, now)
