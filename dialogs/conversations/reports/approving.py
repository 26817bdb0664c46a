"""Approving a report: said after a meeting, asked by the bot, or by silence; and what the bot tells of objections."""

from datetime import datetime, timedelta

from dialogs.cards.approval_payloads import ApproveReport, ShowObjections
from dialogs.cards.approvals import approval_card, objection_card, reopen_card
from dialogs.conversations.reports.held import meant
from dialogs.language.reporting import asks_back
from dialogs.language.understanding import Understanding
from dialogs.texts import approvals as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.approving import Approving
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice
from storage.domain.refusals import NoReport, ObjectionsOpen, Refusal
from storage.domain.reports import may_correct
from storage.services.house import House

FRESH = timedelta(days=1)
"""So long after it was posted it is asked once more whether a report is approved."""


async def about(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """The report of a meeting is approved; said of a meeting that has none, the one that was to be approved there."""
    held = await meant(house, turn, meeting, asked)
    if held is None:
        return whisper(sentence(NoReport()))
    if asked is not None and asks_back(asked.text):
        return await _how_far(house, turn, held)
    standing = await house.approvals.standing(held.id)
    before = await house.approvals.waits_for(held.id)
    told = standing is not None and standing.standing.posted_at is not None
    if standing is not None and _is_fresh(standing, turn) and may_correct(turn.viewer, held):
        return whisper(texts.fresh(standing), approval_card(standing, 0, turn.id))
    report = held.id if told or before is None else before.meeting.id
    at = held.id if report != held.id else 0
    return await _approve(house, turn, ApproveReport(meeting=report, verb="approve", in_meeting=at))


async def _how_far(house: House, turn: Turn, meeting: Meeting) -> Reply:
    """Whether a report is approved: asked, not said."""
    try:
        return whisper(texts.how_far(await house.approvals.of(meeting.id, turn.viewer)))
    except Refusal as refusal:
        return whisper(sentence(refusal))


def _is_fresh(report: Approving, turn: Turn) -> bool:
    """Whether a report was posted so lately that hardly anybody could object."""
    posted = report.standing.posted_at
    return posted is not None and report.standing.approved_at is None and turn.now - posted < FRESH


async def pressed(house: House, turn: Turn, payload: ApproveReport) -> Reply:
    """The same by a button; or not yet, or open again."""
    if payload.verb == "leave":
        return whisper(texts.NOT_YET)
    if payload.verb != "reopen":
        return await _approve(house, turn, payload)
    try:
        return whisper(texts.reopened(await house.approvals.reopen(payload.meeting, turn.viewer, turn.now)))
    except Refusal as refusal:
        return whisper(sentence(refusal))


async def _approve(house: House, turn: Turn, payload: ApproveReport) -> Reply:
    try:
        before = await house.approvals.of(payload.meeting, turn.viewer)
        done = await house.approvals.approve(
            payload.meeting,
            turn.viewer,
            turn.now,
            in_meeting_id=payload.in_meeting or None,
            anyway=payload.verb == "anyway",
        )
    except ObjectionsOpen:
        return whisper(texts.objections_first(before), approval_card(before, payload.in_meeting, turn.id))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    already = before.standing.approved_at is not None
    return whisper(texts.approved(done, already), reopen_card(done, turn.id))


async def objections(house: House, turn: Turn, payload: ShowObjections) -> Reply:
    """What people object to a report, and its versions, for who may correct it."""
    try:
        found = await house.approvals.of(payload.meeting, turn.viewer)
        versions = (
            await house.approvals.versions(payload.meeting, turn.viewer)
            if may_correct(turn.viewer, found.meeting)
            else ()
        )
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.overview(found, versions))


# --- by itself


async def compose_objected(house: House, notice: Notice, _now: datetime) -> Message | None:
    """Somebody objects to a report that one may correct."""
    found = await house.approvals.told(int(notice.subject))
    if found is None or (found[0].taken is not None and notice.activity_id is None):
        return None
    objection, report = found
    number = next((one.number for one in report.lines if objection.line and one.id == objection.line.id), 0)
    told = texts.objected(objection, report.meeting, number)
    return Message("\n\n".join(told), objection_card(told, objection, f"n{notice.id}"), card_only=True)


async def compose_settled(house: House, notice: Notice, _now: datetime) -> Message | None:
    """What became of one's objection."""
    found = await house.approvals.told(int(notice.subject))
    if found is None or found[0].taken is None:
        return None
    return Message(texts.settled(found[0], found[1].meeting))


async def compose_asked(house: House, notice: Notice, _now: datetime) -> Message | None:
    """Whether a meeting approved the previous report; what was said to that, once it was."""
    report = await house.approvals.standing(int(notice.subject))
    at = int(notice.data.get("in") or 0)
    meeting = await house.approvals.standing(at) if at else None
    if report is None or report.standing.posted_at is None:
        return None
    if report.standing.approved_at is not None:
        told = texts.approved(report, before=False) if notice.activity_id is not None else ""
        return Message(told) if told else None
    asked = texts.asked(meeting.meeting if meeting else None, report)
    return Message(asked, approval_card(report, at, f"n{notice.id}"))


async def compose_approved(house: House, notice: Notice, _now: datetime) -> Message | None:
    """A report was approved by silence."""
    report = await house.approvals.standing(int(notice.subject))
    if report is None or report.standing.approved_at is None:
        return None
    return Message(texts.approved(report, before=False), reopen_card(report, f"n{notice.id}"))
