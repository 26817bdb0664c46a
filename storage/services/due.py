"""What is due about the meetings to come: nudges, reminders, and word of who could not be invited."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.domain.invitations import (
    INVITATION,
    NUDGE,
    REMINDER,
    UNREACHED,
    Stand,
    is_reminded,
    nudge_at,
    nudge_holds,
    occurrence,
    reminder_at,
    reminder_holds,
    represented,
)
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, NoticeState, person_of, to_person
from storage.domain.rules import Rules
from storage.services.alerts import alert_targets
from storage.unit_of_work import UnitOfWork

AHEAD = timedelta(days=366)
"""How far ahead meetings are looked at: registration may close, and be nudged for, long before the meeting itself."""

_WAITING = frozenset({NoticeState.READY, NoticeState.HELD, NoticeState.SENDING})


@dataclass(frozen=True, slots=True)
class Due:
    """The notices of one kind about one meeting that were not planned yet, or must be planned again."""

    kind: str
    meeting_id: int
    notices: tuple[NewNotice, ...]
    again: tuple[str, ...] = ()

    def plan(self, unit: UnitOfWork, now: datetime) -> int:
        """Plan them; how many were not planned meanwhile."""
        revived = unit.invitations.revive(self.kind, self.meeting_id, self.again, now) if self.again else 0
        return unit.notices.plan_all(self.notices, now) + revived


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come, with the rules of its kind. `after`: what was tried for it, and reached not everybody."""

    meeting: Meeting
    rules: Rules
    invited: bool
    after: tuple[str, ...]

    def may_have(self, now: datetime) -> bool:
        """Whether anything may be due about it: most have nothing, and cost no look of their own."""
        return bool(self.after or self._reminds(now) or self._nudges(now))

    def due(self, unit: UnitOfWork, now: datetime) -> list[Due]:
        """Everything about it whose time has come, and that nobody planned."""
        reminds, nudges = self._reminds(now), self._nudges(now)
        stands = unit.invitations.stands(self.meeting.id) if reminds or nudges else ()
        found = [_reminders(unit, self.meeting, self.rules, stands, now)] if reminds else []
        found += [_nudges(unit, self.meeting, self.rules, stands, now)] if nudges else []
        found += [_unreached(unit, self.meeting, kind, now) for kind in self.after]
        return [due for due in found if due.notices or due.again]

    def _reminds(self, now: datetime) -> bool:
        return reminder_holds(self.meeting, self.rules, now)

    def _nudges(self, now: datetime) -> bool:
        return self.invited and nudge_holds(self.meeting, self.rules, now)


def coming_meetings(unit: UnitOfWork, now: datetime) -> list[Coming]:
    """All meetings about which something may become due."""
    rules = unit.rules.all()
    coming = unit.meetings.coming(now, now + AHEAD)
    ids = [meeting.id for meeting in coming]
    sent = {kind: unit.invitations.states(kind, ids) for kind in (INVITATION, REMINDER)}
    return [
        Coming(
            meeting,
            rules[meeting.kind],
            meeting.id in sent[INVITATION],
            tuple(kind for kind, states in sent.items() if _settled(states.get(meeting.id, frozenset()))),
        )
        for meeting in coming
    ]


def _reminders(unit: UnitOfWork, meeting: Meeting, rules: Rules, stands: tuple[Stand, ...], now: datetime) -> Due:
    at = reminder_at(meeting, rules) or now
    people = [stand.person_id for stand in stands if is_reminded(stand, at)]
    data = {"starts": meeting.starts.isoformat()}
    return _new(unit, REMINDER, meeting, {one: occurrence(one, meeting) for one in people}, now, data)


def _nudges(unit: UnitOfWork, meeting: Meeting, rules: Rules, stands: tuple[Stand, ...], now: datetime) -> Due:
    """For who got the invitation on an earlier day and said nothing, nor anybody of their organisation."""
    at = nudge_at(meeting, rules) or now
    before = at.replace(hour=0, minute=0)
    invitations = unit.invitations.planned(INVITATION, meeting.id).values()
    invited = {person_of(one.target) for one in invitations if one.sent_at is not None and one.sent_at < before}
    silent = invited - {None} - {stand.person_id for stand in stands}
    taken = represented(stands)
    people = unit.people.by_ids([one for one in silent if one is not None])
    wanted = {
        one.id: occurrence(one.id) for one in people if one.organisation is None or one.organisation.id not in taken
    }
    return _new(unit, NUDGE, meeting, wanted, now, {})


def _new(
    unit: UnitOfWork, kind: str, meeting: Meeting, wanted: dict[int, str], now: datetime, data: dict[str, str]
) -> Due:
    planned = unit.invitations.planned(kind, meeting.id)
    again = tuple(one for one in wanted.values() if one in planned and planned[one].dropped)
    notices = tuple(
        NewNotice(kind, str(meeting.id), key, to_person(person), now, data=data)
        for person, key in wanted.items()
        if key not in planned
    )
    return Due(kind, meeting.id, notices, again)


def _settled(states: frozenset[NoticeState]) -> bool:
    """Whether all were tried, and some failed."""
    return NoticeState.FAILED in states and not states & _WAITING


def _unreached(unit: UnitOfWork, meeting: Meeting, kind: str, now: datetime) -> Due:
    """Word of who can't be reached: once after the invitation, and once after the reminder."""
    wanted = {one: f"{kind}@{occurrence(one)}" for one in alert_targets(unit, meeting.id)}
    return replace(_new(unit, UNREACHED, meeting, wanted, now, {"after": kind}), again=())
