"""What goes out about a summary by itself: the post, to who was excused, the draft, and the question for notes."""

from datetime import datetime

from dialogs.cards.summaries import asked_card, draft_card, summary_card
from dialogs.texts import summaries as texts
from dialogs.texts import summary_drafts as drafts
from dialogs.turn import Message
from storage.domain.notices import Notice, NoticeState, person_of
from storage.domain.summaries import Summary, drafted, is_material
from storage.services.house import House


async def compose_post(house: House, notice: Notice, _now: datetime) -> Message | None:
    """The summary, in the channel or to who was there; once sent it keeps showing what holds."""
    found = await _told(house, notice)
    return Message(texts.summary(found), summary_card(found), card_only=True) if found else None


async def compose_excused(house: House, notice: Notice, _now: datetime) -> Message | None:
    """The summary to who was not there, with what touches them on top."""
    found = await _told(house, notice)
    if found is None:
        return None
    return Message(texts.excused(found), summary_card(found, texts.touching(found)), card_only=True)


async def _told(house: House, notice: Notice) -> Summary | None:
    """A posted summary for who gets it; a meeting that was cancelled since is not told of any more."""
    found = await house.summaries.told(int(notice.subject), person_of(notice.target))
    if found is None or (found.meeting.cancelled and notice.state is not NoticeState.SENT):
        return None
    return found


async def compose_draft(house: House, notice: Notice, now: datetime) -> Message | None:
    """The draft to who runs the meeting or took notes; once it is posted it is still there to correct."""
    meeting_id, person_id = int(notice.subject), person_of(notice.target) or 0
    found = await house.summaries.drafted(meeting_id, person_id)
    if found is None or found.report.meeting.cancelled:
        return None
    meeting, standing = found.report.meeting, found.report.standing
    waits = standing.posted_at is None
    if waits and not drafted(meeting, standing):
        return None  # it moved
    if notice.state is not NoticeState.SENT and waits and not is_material(found.report):
        return None
    local = now.astimezone(meeting.starts.tzinfo)
    where = drafts.place(*await house.summaries.to_whom(meeting_id))
    card = draft_card(found, drafts.goes(found, where, local))
    return Message(drafts.draft(found, where, local), card, card_only=True)


async def compose_asked(house: House, notice: Notice, now: datetime) -> Message | None:
    """The question for something to tell, while there is nothing."""
    found = await house.summaries.drafted(int(notice.subject), person_of(notice.target) or 0)
    if found is None or found.report.meeting.cancelled or found.report.standing.posted_at is not None:
        return None
    if is_material(found.report) or found.report.standing.held:
        return None
    meeting = found.report.meeting
    if meeting.starts.timestamp() > now.timestamp():
        return None  # it moved
    return Message(texts.nothing_to_tell(meeting, again=bool(notice.data.get("again"))), asked_card(meeting))
