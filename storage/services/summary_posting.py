"""Posting a summary, in the transaction that decides on it, and what of one each reader may and wants to read."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from storage.domain.agenda import PointKind
from storage.domain.meetings import Audience, Meeting
from storage.domain.notices import POSTING_CHANNEL, NewNotice, Timing, to_person
from storage.domain.people import Person, Viewer
from storage.domain.registrations import COMES, RegistrationStatus
from storage.domain.reports import (
    SUMMARISED,
    SUMMARY,
    SUMMARY_DRAFT,
    SUMMARY_EXCUSED,
    SUMMARY_POST,
    LineKind,
    Report,
)
from storage.domain.summaries import POSTED, Summary, Touching
from storage.services.report_followers import follow
from storage.services.report_reading import report_of
from storage.services.report_touching import keep_version
from storage.services.summary_lines import follow_agenda
from storage.unit_of_work import UnitOfWork


def post(
    unit: UnitOfWork, meeting: Meeting, now: datetime, by_id: int | None = None, timing: Timing = Timing.NORMAL
) -> Report:
    """Post the summary of a meeting, which must be locked and not posted: one notice for every place, once.

    The keys of the notices have no moment in them: whatever happens, there is never a second one.
    """
    follow_agenda(unit, meeting, now)
    unit.reports.write(meeting.id, posted_at=now, held=False, version=1, released_by_id=by_id)
    found = report_of(unit, meeting)
    keep_version(unit, found, POSTED, now, by_id)
    unit.notices.plan_all(_notices(unit, meeting, now, timing), now)
    unit.notices.changed(SUMMARY_DRAFT, str(meeting.id), now)
    follow(unit, found, now)
    return found


def goes_to_channel(unit: UnitOfWork, meeting: Meeting) -> bool:
    """Whether a summary is posted in the channel: where it is for the network, and there is one to post in."""
    return meeting.audience is Audience.NETWORK and unit.places.posting() is not None


def readers(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who get a summary personally that is not posted in the channel: who came, and who runs it."""
    came = {stand.person_id for stand in unit.invitations.stands(meeting.id) if stand.status in COMES}
    runs = {one for one in (meeting.organiser_id, meeting.note_taker_id) if one is not None}
    return tuple(sorted(came | runs))


def excused(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """The ids of those who let know that they would not come."""
    stands = unit.invitations.stands(meeting.id)
    return tuple(sorted(one.person_id for one in stands if one.status is RegistrationStatus.EXCUSED))


def _notices(unit: UnitOfWork, meeting: Meeting, now: datetime, timing: Timing) -> list[NewNotice]:
    subject, away = str(meeting.id), excused(unit, meeting)
    notices = [NewNotice(SUMMARY_EXCUSED, subject, str(one), to_person(one), now, timing) for one in away]
    if goes_to_channel(unit, meeting):
        channel = {"channel": True}
        return [
            NewNotice(SUMMARY_POST, subject, POSTING_CHANNEL, POSTING_CHANNEL, now, timing, channel),
            *notices,
        ]
    people = [one for one in readers(unit, meeting) if one not in away]
    return [*(NewNotice(SUMMARY, subject, str(one), to_person(one), now, timing) for one in people), *notices]


# --- what a summary shows


def public(report: Report) -> Report:
    """A report without what is private: what everybody may read who may read it at all."""
    return replace(report, lines=tuple(one for one in report.lines if not one.private))


def summary_of(unit: UnitOfWork, report: Report, person: Person | None = None) -> Summary:
    """A report as a summary; with what touches `person` on top."""
    shown = public(report)
    return Summary(shown, shown.by_organisation, _touching(unit, shown, person) if person else Touching())


def told(unit: UnitOfWork, meeting_id: int, person_id: int | None) -> Summary | None:
    """A posted summary for one person, or for the channel (None); None for who may not read it, or when it is gone."""
    meeting = unit.meetings.by_ids([meeting_id], person_id).get(meeting_id)
    person = next(iter(unit.people.by_ids([person_id])), None) if person_id is not None else None
    if meeting is None or (person_id is not None and person is None):
        return None
    if person is None and meeting.audience is not Audience.NETWORK:
        return None  # it became a closed one since
    if person is not None and not _may_read(meeting, person):
        return None
    report = report_of(unit, meeting)
    return summary_of(unit, report, person) if report.standing.posted_at is not None else None


def _may_read(meeting: Meeting, person: Person) -> bool:
    runs = person.id in {meeting.organiser_id, meeting.note_taker_id}
    return runs or meeting.agenda_visible_to(Viewer(person, member=True))


# --- what touches somebody


def _touching(unit: UnitOfWork, report: Report, person: Person) -> Touching:
    names = _names(report, person)
    actions = tuple(one for one in report.of(LineKind.ACTION) if _is_named(one.owner, names))
    points = unit.agenda.of_meeting(report.meeting.id)
    own = [one for one in points if one.proposer_id == person.id and one.kind is not PointKind.CASE]
    organisation = [person.organisation.name] if person.organisation else []
    rest = (one for one in report.of(*SUMMARISED) if one not in actions)
    named = tuple(one for one in rest if _is_named(f"{one.text} {one.owner}", organisation))
    return Touching(actions, tuple(one.title for one in own), named)


def _names(report: Report, person: Person) -> Collection[str]:
    """By what somebody is called in a report: the whole name, and the first one where nobody else there has it."""
    first = person.first_name.casefold()
    others = (one for one in (*report.present, *report.excused) if one.person_id != person.id)
    shared = any(one.name.split()[:1] and one.name.split()[0].casefold() == first for one in others)
    organisation = [person.organisation.name] if person.organisation else []
    return [person.name, *([] if shared else [person.first_name]), *organisation]


def _is_named(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) for name in names if name)
