"""Taking in a report of a meeting from before the bot: it can be searched from then on, and nothing is sent."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from storage.domain.meetings import Meeting
from storage.domain.old_reports import HOURS, OldReport, Outcome, TakenIn
from storage.domain.planning import LONGEST_NAME
from storage.domain.report_merging import folded
from storage.services.memory_keeping import refresh
from storage.services.report_delivering import delivered
from storage.services.report_followers import follow
from storage.services.report_reading import report_of
from storage.services.report_touching import keep_version
from storage.unit_of_work import UnitOfWork

POSTED = "posted"
"""What the version is called that is kept of it, as of a summary that was posted."""


def taken_in(unit: UnitOfWork, old: OldReport, zone: str, now: datetime) -> TakenIn:
    """Take in a report: of the meeting of that day, or of one that is made for it. Again the same one: nothing."""
    if old.day > now.astimezone(ZoneInfo(zone)).date():
        return TakenIn(Outcome.TO_COME)
    unit.network.raise_revision()  # who changes the network's row makes others wait: no meeting is made twice
    digest = hashlib.sha256(old.text.encode()).hexdigest()
    known = unit.searching.meetings_on(old.day)
    there = next((one for one in known if any(s.digest == digest for s in unit.report_history.sources(one.id))), None)
    if there is not None:
        return TakenIn(Outcome.THERE, there)
    meeting = _meant(old, known)
    made = meeting is None
    meeting = meeting or _made(unit, old, zone, now)
    report = delivered(unit, meeting.id, old.name, old.text, old.minutes, None, now)
    if report.standing.posted_at is None:
        # Who was there knows it for long: no summary, and no actions of which somebody would still be reminded.
        unit.reports.write(meeting.id, drafted_at=now, posted_at=now, version=1)
        # Nobody is asked to confirm what stands in a report of long ago.
        doubtful = [{"id": one.id, "certain": True} for one in report.lines if not one.certain and not one.private]
        unit.reports.write_lines(doubtful)
        report = report_of(unit, meeting)
        keep_version(unit, report, POSTED, now)
        (follow if old.lives else refresh)(unit, report, now)
    hidden = sum(1 for one in report.lines if one.private)
    return TakenIn(Outcome.TAKEN_IN, meeting, made, len(report.lines) - hidden, hidden)


def _meant(old: OldReport, known: tuple[Meeting, ...]) -> Meeting | None:
    """The meeting of that day: the one that is called so, else the only one of that kind."""
    named = [one for one in known if folded(one.title) == folded(old.title)]
    alike = named or [one for one in known if one.kind is old.kind]
    return alike[0] if len(alike) == 1 else None


def _made(unit: UnitOfWork, old: OldReport, zone: str, now: datetime) -> Meeting:
    stem = f"verslag-{old.day.isoformat()}"
    taken = unit.meetings.keys(stem)
    key = next(
        one for number in range(len(taken) + 1) if (one := f"{stem}-{number + 1}" if number else stem) not in taken
    )
    starts, ends = (datetime.combine(old.day, hour, ZoneInfo(zone)) for hour in HOURS)
    meeting_id = unit.meetings.add(
        {
            "key": key,
            "kind": old.kind.value,
            "title": old.title[:LONGEST_NAME],
            "audience": old.audience.value,
            "starts_local": starts.replace(tzinfo=None),
            "ends_local": ends.replace(tzinfo=None),
            "timezone": zone,
            "starts_at": starts,
            "ends_at": ends,
            "closed_at": now,
            "themes": [],
            "guests": [],
        }
    )
    return unit.meetings.by_ids([meeting_id], None)[meeting_id]
