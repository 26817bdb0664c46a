"""What is due about the summary of one meeting: asking for something to tell, drafting it, or posting it."""

from dataclasses import replace
from datetime import datetime

from storage.domain.calendar import SendingHours
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Role
from storage.domain.reports import SUMMARY_DRAFT
from storage.domain.summaries import ASK_WITHIN, LOOK_BACK, SUMMARY_ASKED, Step, asked_before, is_material, step
from storage.services.alerts import gone
from storage.services.carrying import closers
from storage.services.carrying_points import known
from storage.services.poll_lines import follow_polls
from storage.services.report_reading import report_of
from storage.services.summary_lines import follow_agenda
from storage.services.summary_posting import post
from storage.unit_of_work import UnitOfWork


def due(unit: UnitOfWork, now: datetime, hours: SendingHours) -> tuple[int, ...]:
    """The meetings about which there really is something to do; looked at without a lock."""
    ids = unit.summaries.due(now - LOOK_BACK, now - ASK_WITHIN, now)
    meetings = unit.meetings.by_ids(ids, None)
    return tuple(one for one in ids if one in meetings and _step(unit, meetings[one], now, hours) is not Step.NOTHING)


def do(unit: UnitOfWork, meeting_id: int, now: datetime, hours: SendingHours) -> int:
    """Do it, with the meeting locked, and looked at again: somebody may have been first. How much was done."""
    if unit.seats.locked(meeting_id) is None:
        return 0
    meeting = known(unit, meeting_id)
    match _step(unit, meeting, now, hours):
        case Step.ASK:
            return _ask(unit, meeting, now)
        case Step.DRAFT:
            draft(unit, meeting, now)
            if _step(unit, meeting, now, hours) is Step.POST:
                post(unit, meeting, now)
            return 1
        case Step.POST:
            post(unit, meeting, now)
            return 1
        case _:
            return 0


def _step(unit: UnitOfWork, meeting: Meeting, now: datetime, hours: SendingHours) -> Step:
    standing = unit.reports.standing(meeting.id)
    bare = step(meeting, standing, True, now, hours)  # mostly there is nothing to do, whatever there is to tell
    if bare is Step.NOTHING and step(meeting, standing, False, now, hours) is Step.NOTHING:
        return Step.NOTHING
    return step(meeting, standing, is_material(report_of(unit, meeting)), now, hours)


def draft(unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    """Make the draft of a meeting, which must be locked, and show it to who runs it and who took notes."""
    follow_agenda(unit, meeting, now)
    follow_polls(unit, meeting, now)
    release = unit.rules.of(meeting.kind).release
    unit.reports.write(meeting.id, drafted_at=now, release=release.value)
    _plan(unit, SUMMARY_DRAFT, meeting, drafters(unit, meeting), meeting.starts.date().isoformat(), now)


def drafters(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who see the draft: organiser and note-taker, else the coordinators."""
    runs = [one for one in (meeting.organiser_id, meeting.note_taker_id) if one is not None and not gone(unit, one)]
    return tuple(dict.fromkeys(runs)) or tuple(one.id for one in unit.people.with_role(Role.COORDINATOR))


def _ask(unit: UnitOfWork, meeting: Meeting, now: datetime) -> int:
    times = asked_before(meeting, unit.reports.standing(meeting.id)) + 1
    unit.reports.write(meeting.id, asked_at=now, asks=times)
    _plan(unit, SUMMARY_ASKED, meeting, closers(unit, meeting), f"{meeting.starts.date().isoformat()}:{times}", now)
    return 1


def _plan(unit: UnitOfWork, kind: str, meeting: Meeting, people: tuple[int, ...], occasion: str, now: datetime) -> None:
    subject = str(meeting.id)
    notices = [NewNotice(kind, subject, f"{one}@{occasion}", to_person(one), now) for one in people]
    again = {"again": True}
    if kind == SUMMARY_ASKED and not occasion.endswith(":1"):
        notices = [replace(one, data=again) for one in notices]
    unit.notices.plan_all(notices, now)
