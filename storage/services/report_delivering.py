"""Taking in a report that somebody wrote, beside what is known of the meeting already, as part of a transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from storage.domain.delivered import kept_private, lines_of
from storage.domain.identifying import Known
from storage.domain.minutes import Minutes
from storage.domain.people import Viewer
from storage.domain.planning import LONGEST_NAME, tidy
from storage.domain.refusals import NoSuchMeeting, NotCoordinator
from storage.domain.report_cases import Cases
from storage.domain.report_merging import KeptLine, columns, folded, paired
from storage.domain.reports import LineKind, NewLine, Report, may_correct
from storage.repositories.agenda import HIGHEST_ID
from storage.services.gate import Use, known_names, stopped
from storage.services.points_held import known
from storage.services.report_held import Held, held, visible
from storage.services.report_lines import cases_of
from storage.services.report_reading import report_of
from storage.services.report_touching import touched
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Prepared:
    """The lines of a report, made of it with these cases in mind."""

    cases: Cases
    lines: tuple[NewLine, ...]


def prepared(minutes: Minutes, text: str, cases: Cases, names: Known) -> Prepared:
    """The lines of a report; what may identify somebody is private, and to be confirmed.

    Of a hundred pages it takes seconds, so it is done before the transaction, and in a thread.
    """
    lines = lines_of(minutes, text, cases)
    texts = ["" if one.private or one.kind in _PEOPLE else f"{one.owner} {one.text}".strip() for one in lines]
    return Prepared(cases, kept_private(lines, stopped(texts, Use.WORK, names)))


_PEOPLE = frozenset({LineKind.ATTENDEE, LineKind.EXCUSED})


def to_prepare(unit: UnitOfWork, meeting_id: int, viewer: Viewer | None) -> tuple[Cases, Known]:
    """What must be known to make lines of a report. Raises NoSuchMeeting, NotCoordinator, before all that work."""
    if viewer is not None and not may_correct(viewer, visible(unit, meeting_id, viewer)):
        raise NotCoordinator
    return cases_of(unit, meeting_id if 0 < meeting_id < HIGHEST_ID else 0), known_names(unit)


def delivered(
    unit: UnitOfWork,
    meeting_id: int,
    name: str,
    text: str,
    minutes: Minutes,
    viewer: Viewer | None,
    now: datetime,
    ready: Prepared | None = None,
) -> Report:
    """Take in a report; its lines come beside those that people said, and in the place of an earlier one's.

    `ready` are its lines, where they were made before, and hold unless the meeting's cases changed since.
    """
    found = _held(unit, meeting_id, viewer)
    found.must_be_open()
    by_id = known(viewer).id if viewer else None
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = unit.report_history.sources(meeting_id)
    if before and before[-1].digest == digest:
        return report_of(unit, found.meeting)
    called = (tidy(name) or "")[:LONGEST_NAME]
    source_id = unit.report_history.deliver(meeting_id, called, text, digest, by_id, now)
    if ready is None or ready.cases != cases_of(unit, meeting_id):
        ready = prepared(minutes, text, *to_prepare(unit, meeting_id, viewer))
    _merge(unit, meeting_id, [replace(one, source_id=source_id) for one in ready.lines], text, by_id, now)
    touched(unit, meeting_id, now, by_id)
    return report_of(unit, found.meeting)


def _held(unit: UnitOfWork, meeting_id: int, viewer: Viewer | None) -> Held:
    if viewer is not None:
        found = held(unit, meeting_id, viewer)
        found.must_correct()
        return found
    meeting = unit.seats.locked(meeting_id) if 0 < meeting_id < HIGHEST_ID else None
    if meeting is None:
        raise NoSuchMeeting
    return Held(unit.meetings.by_ids([meeting_id], None)[meeting_id], unit.reports.standing(meeting_id), corrects=True)


def _merge(
    unit: UnitOfWork, meeting_id: int, new: Sequence[NewLine], text: str, by_id: int | None, now: datetime
) -> None:
    """Write the report's lines in their order, and after them what others said that it does not have."""
    kept = unit.reports.kept(meeting_id)
    passages = [text[one.starts : one.ends] for one in new]
    pairs = paired(kept, new, _said(unit, meeting_id, kept), passages)
    add = [(place, one) for place, (one, old) in enumerate(zip(new, pairs, strict=True)) if old is None]
    unit.reports.add_at(meeting_id, add, by_id, now)
    unit.reports.write_lines(
        [
            {"id": old.line.id, "position": place, **columns(old, one), "removed_at": _removed_at(old, now)}
            for place, (one, old) in enumerate(zip(new, pairs, strict=True))
            if old is not None
        ]
    )
    claimed = {old.line.id for old in pairs if old is not None}
    left = [one for one in kept if one.line.id not in claimed]
    gone = [one.line.id for one in left if one.replaceable and not one.removed]
    unit.reports.write_lines([{"id": one, "removed_at": now} for one in gone])
    stay = [one.line.id for one in left if not one.replaceable and not one.removed]
    unit.reports.write_lines([{"id": one, "position": place} for place, one in enumerate(stay, len(new))])


def _removed_at(old: KeptLine, now: datetime) -> Any:
    """What somebody took away stays so; what gave way to another report comes back."""
    return now if old.removed and old.changed else None


def _said(unit: UnitOfWork, meeting_id: int, kept: Sequence[KeptLine]) -> dict[int, str]:
    """What stood in the delivered reports where lines that somebody changed came from, by the ids of those lines."""
    changed = [one.line for one in kept if one.changed and one.line.source_id is not None]
    texts = {one.id: one.text for one in unit.report_history.sources(meeting_id)} if changed else {}
    return {one.id: folded(texts.get(one.source_id or 0, "")[one.starts : one.ends]) for one in changed}
