"""Approving reports: what people object, what becomes of that, and who approved when."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from storage.domain.agenda import Fixed
from storage.domain.approving import (
    ASKED_WITHIN,
    LONGEST_OBJECTION,
    LOOK_BACK,
    Approving,
    previous_of,
    silent_from,
)
from storage.domain.composing import fixed_of
from storage.domain.meetings import Meeting
from storage.domain.notices import NewNotice, to_person
from storage.domain.people import Viewer
from storage.domain.planning import tidy
from storage.domain.refusals import (
    NoReport,
    NoSuchLine,
    NoSuchObjection,
    NotCoordinator,
    NothingSaid,
    ObjectionsOpen,
    ReportApproved,
    TooLong,
)
from storage.domain.reports import Approval, Objection, Report, may_correct
from storage.repositories.report_history import Version
from storage.services.alerts import alert_targets
from storage.services.errands import each_alone
from storage.services.gate import Chosen, Use, check
from storage.services.points_held import known
from storage.services.report_held import Held, held, visible
from storage.services.report_lines import changed
from storage.services.report_reading import report_of
from storage.services.report_touching import keep_version
from storage.unit_of_work import UnitOfWork, Units

REPORT_OBJECTED = "report_objected"
"""The notice that tells who may correct a report that somebody objects; subject: the id of the objection."""

OBJECTION_SETTLED = "objection_settled"
"""The notice that tells somebody what became of their objection; subject: its id."""

APPROVAL_ASKED = "approval_asked"
"""The notice that asks after a meeting whether it approved the previous report; subject: the meeting of the report."""

REPORT_APPROVED = "report_approved"
"""The notice that tells who may correct a report that it was approved by silence; subject: its meeting."""

APPROVED = "approved"
"""What is kept with the version of a report that was approved."""


class Approvals:
    """Objections and approval. What a viewer may not see raises NoSuchMeeting, as if there was nothing."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def object(
        self, meeting_id: int, line_id: int | None, text: str, viewer: Viewer, now: datetime, *, chosen: Chosen = False
    ) -> Objection:
        """Object to a line of a posted report, or to the whole; said twice it is one.

        Raises NoSuchMeeting, NoReport, ReportApproved, NoSuchLine, NotKnown, NothingSaid, TooLong, IdentifiesSomebody.
        """

        def work(unit: UnitOfWork) -> Objection:
            return _object(unit, meeting_id, line_id, text, viewer, now, chosen)

        return await self._units.write(work, meeting_id)

    async def settle(
        self,
        objection_id: int,
        taken: bool,
        viewer: Viewer,
        now: datetime,
        *,
        new_text: str | None = None,
        chosen: Chosen = False,
    ) -> Objection:
        """Take an objection over, with `new_text` for the line that it is about, or leave it; who objected is told.

        Raises NoSuchObjection, NoSuchMeeting, NotCoordinator, ReportApproved, and what changing a line raises.
        """

        def work(unit: UnitOfWork) -> Objection:
            return _settle(unit, objection_id, taken, viewer, now, new_text, chosen)

        return await self._units.write(work)

    async def of(self, meeting_id: int, viewer: Viewer) -> Approving:
        """How far the approval of a report is, with all objections for who may correct it, else one's own.

        Raises NoSuchMeeting, NoReport before it was posted.
        """

        def work(unit: UnitOfWork) -> Approving:
            meeting = visible(unit, meeting_id, viewer)
            found = _approving(unit, meeting)
            if found.standing.posted_at is None:
                raise NoReport
            if may_correct(viewer, meeting):
                return found
            own = viewer.person.id if viewer.person else 0
            return replace(found, objections=tuple(one for one in found.objections if one.person.id == own))

        return await self._units.read(work)

    async def told(self, objection_id: int) -> tuple[Objection, Report] | None:
        """An objection and its report, for a notice; None when it is gone."""

        def work(unit: UnitOfWork) -> tuple[Objection, Report] | None:
            found = unit.objections.by_id(objection_id)
            meeting = unit.meetings.by_ids([found.meeting_id], None).get(found.meeting_id) if found else None
            return (found, report_of(unit, meeting)) if found and meeting else None

        return await self._units.read(work)

    async def standing(self, meeting_id: int) -> Approving | None:
        """How far an approval is, for a notice; None when the meeting is gone."""

        def work(unit: UnitOfWork) -> Approving | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            return _approving(unit, meeting) if meeting else None

        return await self._units.read(work)

    async def waits_for(self, meeting_id: int) -> Approving | None:
        """The report that is to be approved at this meeting: the previous one of its circle, if there is one."""

        def work(unit: UnitOfWork) -> Approving | None:
            meeting = unit.meetings.by_ids([meeting_id], None).get(meeting_id)
            previous = previous_of(meeting, unit.objections.waiting(meeting.starts - LOOK_BACK)) if meeting else None
            return _approving(unit, previous) if previous else None

        return await self._units.read(work)

    async def approve(
        self, meeting_id: int, viewer: Viewer, now: datetime, *, in_meeting_id: int | None = None, anyway: bool = False
    ) -> Approving:
        """A meeting approved a report: it does not change any more. Approved twice it is once.

        Raises NoSuchMeeting, NotCoordinator, NoReport, and ObjectionsOpen unless `anyway`.
        """

        def work(unit: UnitOfWork) -> Approving:
            found = held(unit, meeting_id, viewer)
            found.must_correct()
            approving = _posted(unit, found)
            if approving.standing.approved_at is not None:
                return approving
            if approving.open and not anyway:
                raise ObjectionsOpen(len(approving.open))
            by_id = viewer.person.id if viewer.person else None
            return _approve(unit, found.meeting, Approval.AT_MEETING, now, by_id, in_meeting_id)

        return await self._units.write(work, meeting_id)

    async def reopen(self, meeting_id: int, viewer: Viewer, now: datetime) -> Approving:
        """Take an approval back. Raises NoSuchMeeting, NotCoordinator, NoReport."""

        def work(unit: UnitOfWork) -> Approving:
            found = held(unit, meeting_id, viewer)
            found.must_correct()
            if _posted(unit, found).standing.approved_at is not None:
                nothing = dict.fromkeys(("approved_at", "approved_by_id", "approved_how", "approved_in_id"))
                unit.reports.write(meeting_id, **nothing)
                _shown_again(unit, found.meeting, now)
            return _approving(unit, found.meeting)

        return await self._units.write(work, meeting_id)

    async def versions(self, meeting_id: int, viewer: Viewer) -> tuple[Version, ...]:
        """The versions of a report that were kept, the latest last, for who may correct it.

        Raises NoSuchMeeting, NotCoordinator.
        """

        def work(unit: UnitOfWork) -> tuple[Version, ...]:
            meeting = visible(unit, meeting_id, viewer)
            if not may_correct(viewer, meeting):
                raise NotCoordinator
            return unit.report_history.versions(meeting.id)

        return await self._units.read(work)

    async def plan_due(self, now: datetime) -> int:
        """Ask after a meeting whether it approved the previous report, and let silence approve where that is set.

        How much was done. Called again and again by every replica: each is asked about and approved once.
        """
        asked, silent = await self._units.read(lambda unit: (_to_ask(unit, now), _silent(unit, now)))
        done = await self._units.write(lambda unit: unit.notices.plan_all(asked, now)) if asked else 0
        works = {one: partial(self._approve_silently, one, now) for one in silent}
        return done + await each_alone(works)

    async def _approve_silently(self, meeting_id: int, now: datetime) -> int:
        return await self._units.write(lambda unit: _approve_silently(unit, meeting_id, now), meeting_id)


def _approving(unit: UnitOfWork, meeting: Meeting) -> Approving:
    return Approving(meeting, unit.reports.standing(meeting.id), unit.objections.of(meeting.id))


def _posted(unit: UnitOfWork, found: Held) -> Approving:
    if found.standing.posted_at is None:
        raise NoReport
    return _approving(unit, found.meeting)


def _object(
    unit: UnitOfWork,
    meeting_id: int,
    line_id: int | None,
    text: str,
    viewer: Viewer,
    now: datetime,
    chosen: Chosen,
) -> Objection:
    found = held(unit, meeting_id, viewer)
    by = known(viewer)
    approving = _posted(unit, found)
    if approving.standing.approved_at is not None:
        raise ReportApproved
    _line_to_object_to(unit, found, line_id)
    said = tidy(text, lines=True) or ""
    if not said:
        raise NothingSaid
    if len(said) > LONGEST_OBJECTION:
        raise TooLong
    same = [one for one in approving.open if _is_same(one, by.id, line_id, said)]
    if same:
        return same[0]
    check(unit, said, "text", Use.ABOUT_PEOPLE, chosen)
    objection_id = unit.objections.add(meeting_id, line_id, by.id, said, now)
    targets = [one for one in _correctors(unit, found.meeting) if one != by.id]
    unit.notices.plan_all(_notices(REPORT_OBJECTED, objection_id, targets, now), now)
    return _the(unit, objection_id)


def _line_to_object_to(unit: UnitOfWork, found: Held, line_id: int | None) -> None:
    if line_id is None:
        return
    line = unit.reports.line(found.meeting.id, line_id)
    if line is None or line.removed or (line.line.private and not found.corrects):
        raise NoSuchLine


def _is_same(one: Objection, person_id: int, line_id: int | None, said: str) -> bool:
    about = one.line.id if one.line else None
    return (one.person.id, about, one.text.casefold()) == (person_id, line_id, said.casefold())


def _the(unit: UnitOfWork, objection_id: int) -> Objection:
    found = unit.objections.by_id(objection_id)
    if found is None:
        raise NoSuchObjection
    return found


def _settle(
    unit: UnitOfWork,
    objection_id: int,
    taken: bool,
    viewer: Viewer,
    now: datetime,
    new_text: str | None,
    chosen: Chosen,
) -> Objection:
    report = held(unit, _the(unit, objection_id).meeting_id, viewer)
    report.must_correct()
    report.must_be_open()
    found = _the(unit, objection_id)  # once more, now that nobody else can settle it
    if found.taken is not None:
        raise NoSuchObjection
    if taken and new_text is not None and found.line is not None:
        changed(unit, report.meeting.id, found.line.id, {"text": new_text}, viewer, now, chosen)
    by_id = viewer.person.id if viewer.person else None
    unit.objections.settle(objection_id, taken, by_id, now)
    if found.person.id != by_id:
        unit.notices.plan_all(_notices(OBJECTION_SETTLED, objection_id, [found.person.id], now), now)
    unit.notices.changed(REPORT_OBJECTED, str(objection_id), now)
    return _the(unit, objection_id)


def _correctors(unit: UnitOfWork, meeting: Meeting) -> tuple[int, ...]:
    """Who hears of objections: who runs the meeting, and who took its notes."""
    taker = () if meeting.note_taker_id is None else (meeting.note_taker_id,)
    return tuple(dict.fromkeys((*alert_targets(unit, meeting.id), *taker)))


def _notices(kind: str, subject: int, people: Iterable[int], now: datetime) -> list[NewNotice]:
    return [NewNotice(kind, str(subject), str(one), to_person(one), now) for one in people]


# --- approval


def _approve(
    unit: UnitOfWork, meeting: Meeting, how: Approval, now: datetime, by_id: int | None, in_id: int | None
) -> Approving:
    columns = {"approved_at": now, "approved_by_id": by_id, "approved_how": how.value, "approved_in_id": in_id}
    unit.reports.write(meeting.id, **columns)
    keep_version(unit, report_of(unit, meeting), APPROVED, now, by_id)
    _shown_again(unit, meeting, now)
    return _approving(unit, meeting)


def _shown_again(unit: UnitOfWork, meeting: Meeting, now: datetime) -> None:
    unit.notices.changed(APPROVAL_ASKED, str(meeting.id), now)


def _silent(unit: UnitOfWork, now: datetime) -> tuple[int, ...]:
    """The reports that silence approves now."""
    days = {kind: rules.approve_days for kind, rules in unit.rules.all().items()}
    if not any(days.values()):
        return ()
    waiting = unit.objections.waiting(now - LOOK_BACK)
    standings = unit.reports.standings([one.id for one in waiting])
    due = ((one, silent_from(standings[one.id], one, days[one.kind])) for one in waiting)
    ripe = [one for one, at in due if at is not None and at.timestamp() <= now.timestamp()]
    return tuple(one.id for one in ripe if not _approving(unit, one).open)


def _approve_silently(unit: UnitOfWork, meeting_id: int, now: datetime) -> int:
    meeting = unit.seats.locked(meeting_id)
    if meeting is None or meeting_id not in _silent(unit, now):
        return 0  # somebody was first, objected or corrected it
    _approve(unit, meeting, Approval.SILENCE, now, None, None)
    return unit.notices.plan_all(_notices(REPORT_APPROVED, meeting_id, _correctors(unit, meeting), now), now)


def _to_ask(unit: UnitOfWork, now: datetime) -> list[NewNotice]:
    """Who is to be asked whether a meeting that is over approved the previous report, and was not asked yet."""
    waiting = unit.objections.waiting(now - LOOK_BACK)
    if not waiting:
        return []
    notices = []
    for meeting in unit.objections.ended(now - ASKED_WITHIN, now):
        report = previous_of(meeting, waiting)
        if report is not None and _stood_on_the_agenda(unit, meeting):
            planned = unit.invitations.planned(APPROVAL_ASKED, report.id)
            asked = {f"{meeting.id}:{one}": one for one in _correctors(unit, meeting)}
            notices += [
                NewNotice(APPROVAL_ASKED, str(report.id), key, to_person(one), now, data={"in": meeting.id})
                for key, one in asked.items()
                if key not in planned
            ]
    return notices


def _stood_on_the_agenda(unit: UnitOfWork, meeting: Meeting) -> bool:
    points = unit.agenda.of_meeting(meeting.id)
    return any(fixed_of(one) is Fixed.PREVIOUS_REPORT for one in points)
