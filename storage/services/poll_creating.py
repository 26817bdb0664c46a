"""Starting polls: their rows, and who is asked."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from storage.domain.announcements import may_be_announced_to
from storage.domain.meetings import Audience, Meeting
from storage.domain.new_polls import must_close_well, must_open_well
from storage.domain.notices import POSTING_CHANNEL, to_place
from storage.domain.people import Role, Viewer
from storage.domain.places import base_of
from storage.domain.poll_times import closing, local_at, moment
from storage.domain.polls import (
    PEOPLE,
    NewOption,
    NewPoll,
    Poll,
    PollState,
    Whom,
)
from storage.domain.refusals import (
    NobodyToTell,
    NoChannelChosen,
    NoSuchPoll,
    NotSensible,
)
from storage.repositories.agenda import HIGHEST_ID
from storage.services.gate import Use
from storage.services.publishing import who_come
from storage.services.urns import sealed
from storage.unit_of_work import UnitOfWork

ASKED, AMBASSADOR, TAKES_PART = "asked", "ambassador", "takes_part"
"""How somebody is known to may vote: it was sent to them, by name or as to every ambassador, or they take part in the
meeting it is about."""

_HOW = {Whom.PEOPLE: ASKED, Whom.EVERYBODY: AMBASSADOR}

JUST_NOW = timedelta(minutes=1)
"""What was to open so short ago opens now: a form knows no seconds."""


def made(
    unit: UnitOfWork,
    new: NewPoll,
    by_id: int | None,
    now: datetime,
    secret: bytes | None,
    **columns: Any,
) -> Poll:
    """A poll that waits for its time, which may be now. What it asks was checked before, and who may ask.

    `columns`: series_id, occurrence or run_off_of_id. Raises NoChannelChosen, NobodyToTell, NoUrn, NotSensible("opens")
    and NotSensible("closes").
    """
    target, tenant, people = _to_whom(unit, new, by_id)
    columns |= _times(new, now, unit.imports.timezone())
    columns |= {"tenant_id": new.tenant_id or tenant, "created_by_id": by_id, "created_at": now}
    poll_id = unit.polls.add(_columns(new) | columns | {"target": target, "state": PollState.SCHEDULED.value})
    unit.polls.add_options(poll_id, option_rows(new.options, 0, None if new.anonymous else by_id))
    unit.polls.invite(poll_id, people, _HOW.get(new.whom, TAKES_PART))
    if new.anonymous:
        unit.polls.write(poll_id, urn=sealed(poll_id, b"", secret))
    poll = unit.polls.by_ids([poll_id]).get(poll_id)
    if poll is None:
        raise NoSuchPoll
    return poll


def _columns(new: NewPoll) -> dict[str, Any]:
    direct = ("question", "anonymous", "most", "may_add", "quorum", "meeting_id")
    values = {name: getattr(new, name) for name in direct}
    return values | {"kind": new.kind.value, "shown": new.shown.value, "version": 0, "voters": 0, "applied": {}}


def _times(new: NewPoll, now: datetime, zone: str) -> dict[str, Any]:
    """When it opens and closes. Raises NotSensible of what is past, the wrong way round, or too far."""
    today = local_at(now, zone)
    opens = new.opens or today
    must_open_well(opens, today)
    closes = new.closes or closing(opens, new.lasts_days)
    opens_at = moment(opens, zone) if new.opens else now
    if opens_at < now - JUST_NOW:
        raise NotSensible("opens")
    must_close_well(opens, max(opens_at, now), closes, zone)
    return {
        "opens_at": max(opens_at, now),
        "closes_at": moment(closes, zone),
        "closes_local": closes,
        "closes_set": new.closes is not None,
        "timezone": zone,
    }


def use_of_options(viewer: Viewer | None) -> Use:
    """What options are for: of coordinators an expert with a name may be one, others tell of people as in a title."""
    return Use.WORK if viewer is not None and viewer.is_coordinator else Use.ABOUT_PEOPLE


def option_rows(options: Iterable[NewOption], after: int, by_id: int | None) -> list[dict[str, Any]]:
    """The rows of options that stand behind the `after` ones before."""
    return [
        {
            "position": position,
            "text": one.text,
            "day": one.day,
            "starts_local": datetime.combine(one.day, one.starts) if one.day and one.starts else None,
            "ends_local": datetime.combine(one.day, one.ends) if one.day and one.ends else None,
            "added_by_id": by_id,
        }
        for position, one in enumerate(options, after + 1)
    ]


def _to_whom(unit: UnitOfWork, new: NewPoll, by_id: int | None) -> tuple[str, str | None, frozenset[int]]:
    """The target of a poll, the tenant of its place, and who is known to may vote."""
    if new.whom is Whom.HERE:
        place = unit.places.at(base_of(new.conversation_id))
        people = _participants(unit, meeting_of(unit, new, None))
        return to_place(new.conversation_id), place[0].tenant_id if place else None, people
    if new.whom is Whom.CHANNEL:
        channel = unit.places.posting()
        if channel is None:
            raise NoChannelChosen
        return POSTING_CHANNEL, channel.tenant_id, frozenset()
    people = _people(unit, new, by_id)
    if not people:
        raise NobodyToTell
    return PEOPLE, None, people


def ask_anew(unit: UnitOfWork, poll: Poll) -> None:
    """Ask those whom a planned poll would ask if it was started now: since, somebody may have registered, or come.

    Where nobody is left, those whom it was to ask stay so.
    """
    people, how = _asked_now(unit, poll, unit.polls.ways(poll.id))
    if people:
        unit.polls.uninvite(poll.id, how)
        unit.polls.invite(poll.id, people, how)


def _asked_now(unit: UnitOfWork, poll: Poll, ways: Collection[str]) -> tuple[frozenset[int], str]:
    """Who is asked now, and how that is known. Nobody, where those were named who are, or read along."""
    if poll.in_person and AMBASSADOR in ways:
        return _ambassadors(unit, poll.created_by_id), AMBASSADOR
    if poll.in_person and TAKES_PART in ways:
        return frozenset(who_come(unit, poll.meeting_id or 0)), TAKES_PART
    if poll.in_person or poll.meeting_id is None:
        return frozenset(), ASKED
    meeting = unit.meetings.by_ids([poll.meeting_id], None).get(poll.meeting_id)
    return _participants(unit, meeting), TAKES_PART


def _participants(unit: UnitOfWork, meeting: Meeting | None) -> frozenset[int]:
    """Who takes part in the closed meeting that a conversation stands for."""
    if meeting is None or meeting.audience is not Audience.PARTICIPANTS:
        return frozenset()
    return frozenset(who_come(unit, meeting.id))


def _people(unit: UnitOfWork, new: NewPoll, by_id: int | None) -> frozenset[int]:
    """Who is asked in person."""
    if new.whom is Whom.PARTICIPANTS:
        return frozenset(who_come(unit, new.meeting_id or 0))
    if new.whom is Whom.PEOPLE:
        ids = [one for one in new.people if 0 < one < HIGHEST_ID]
        return frozenset(one.id for one in unit.people.by_ids(ids))
    return _ambassadors(unit, by_id)


def _ambassadors(unit: UnitOfWork, by_id: int | None) -> frozenset[int]:
    """Whom somebody may ask of all ambassadors."""
    everybody = unit.people.with_role(Role.AMBASSADOR)
    starter = next(iter(unit.people.by_ids([by_id or 0])), None)
    return frozenset(one.id for one in everybody if starter is None or may_be_announced_to(one, starter))


def meeting_of(unit: UnitOfWork, new: NewPoll, viewer: Viewer | None) -> Meeting | None:
    """The meeting that a poll is about, for who may see its agenda. Raises NotSensible("meeting")."""
    if new.meeting_id is None:
        return None
    own = viewer.person.id if viewer and viewer.person else None
    ids = [new.meeting_id] if 0 < new.meeting_id < HIGHEST_ID else []
    found = unit.meetings.by_ids(ids, own).get(new.meeting_id)
    if found is None or (viewer is not None and not found.agenda_visible_to(viewer)):
        raise NotSensible("meeting")
    return found
