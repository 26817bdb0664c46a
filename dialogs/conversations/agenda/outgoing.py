"""What goes out about an agenda by itself: draft, published agenda, what changed of it, and who promised something."""

from datetime import datetime

from dialogs.cards.agenda import agenda_card, draft_card, offer_card, promise_card
from dialogs.language.intents import Intent
from dialogs.texts import cards as labels
from dialogs.texts import publishing as texts
from dialogs.turn import Message
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice, NoticeState, person_of
from storage.domain.publishing import Publication, as_told, changes
from storage.services.house import House

WORD = (texts.BUTTON_WORD, Intent.AGENDA_FILE.value)
ADD = (texts.BUTTON_ADD, Intent.AGENDA_PROPOSE.value)
AGENDA = (labels.BUTTON_AGENDA, Intent.AGENDA_SHOW.value)


async def compose_agenda(house: House, notice: Notice, now: datetime) -> Message | None:
    """The published agenda, to one person or in the channel; one that was sent keeps showing what holds."""
    sent = notice.state is NoticeState.SENT
    found = await _told(house, notice, had=sent)
    if found is None or found.meeting.is_over(now):
        return None
    if found.meeting.cancelled:
        return Message(texts.off(found.meeting)) if sent else None
    buttons = [WORD, ADD] if found.meeting.starts > now else [WORD]
    return Message(texts.published(found), agenda_card(found, buttons), card_only=True)


async def compose_changed(house: House, notice: Notice, now: datetime) -> Message | None:
    """What changed of an agenda since it was told; nothing when it was changed back."""
    found = await _told(house, notice, had=False)
    if found is None or found.meeting.cancelled or found.meeting.is_over(now):
        return None
    changed = changes(notice.data["before"], as_told(found.points))
    if not changed:
        return None
    local = now.astimezone(found.meeting.starts.tzinfo)
    return Message(texts.changed(found.meeting, changed, local), offer_card(found.meeting, [AGENDA, WORD]))


async def compose_draft(house: House, notice: Notice, now: datetime) -> Message | None:
    """The agenda as it will be published, to who runs the meeting, until it is or the meeting begins."""
    meeting_id = int(notice.subject)
    draft = await house.agendas.drafted(meeting_id)
    standing = await house.agendas.standing(meeting_id)
    if draft is None or standing.published_at is not None or draft.meeting.cancelled or _begun(draft.meeting, now):
        return None
    at = await house.agendas.goes_at(draft.meeting, now)
    local = now.astimezone(draft.meeting.starts.tzinfo)
    goes = texts.draft_goes(at, standing.held, not draft.chosen, local)
    return Message(texts.draft(draft, goes), draft_card(draft.meeting, standing.held, f"n{notice.id}"))


async def compose_nudge(house: House, notice: Notice, now: datetime) -> Message | None:
    """To who said that they would bring something, and did not yet."""
    found = await house.agendas.promised(int(notice.subject), person_of(notice.target) or 0, now)
    if found is None:
        return None
    today = now.astimezone(found.meeting.starts.tzinfo).date()
    if today > found.until:
        return None
    return Message(texts.nudge(found, today), promise_card(found.meeting, found.case))


async def _told(house: House, notice: Notice, had: bool) -> Publication | None:
    """A published agenda as it stands, for somebody who comes (`had`: or came), or for the channel."""
    found = await house.agendas.told(int(notice.subject), person_of(notice.target), had)
    return found if found is not None and found.standing.published_at is not None else None


def _begun(meeting: Meeting, now: datetime) -> bool:
    return meeting.starts.timestamp() <= now.timestamp()
