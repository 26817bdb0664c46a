"""What goes out about a meeting by itself: invitation, nudge, reminder, changes and cancellation, as it holds then."""

from datetime import datetime

from dialogs.cards.invitations import about_card
from dialogs.cards.meetings import meeting_card
from dialogs.language.intents import Intent
from dialogs.texts import cards as labels
from dialogs.texts import invitations as texts
from dialogs.texts import registering as answers
from dialogs.turn import Message
from storage.domain.invitations import Told, as_it_was, moment_and_place, nudge_holds, reminder_holds
from storage.domain.meetings import Audience, Meeting
from storage.domain.notices import Notice, NoticeState, person_of
from storage.domain.registrations import COMES, IN_LINE
from storage.services.house import House

REGISTER = (answers.BUTTON_REGISTER, Intent.REGISTRATION_REGISTER.value)
CANNOT = (answers.BUTTON_CANNOT, Intent.REGISTRATION_EXCUSE.value)
CALENDAR = (answers.BUTTON_CALENDAR, Intent.REGISTRATION_CALENDAR.value)
ADD_POINT = (texts.BUTTON_ADD_TO_AGENDA, Intent.AGENDA_PROPOSE.value)
AGENDA = (labels.BUTTON_AGENDA, Intent.AGENDA_SHOW.value)


async def compose_invitation(house: House, notice: Notice, now: datetime) -> Message | None:
    """An invitation, to one person or in the channel; one that was sent keeps showing what holds."""
    told = await _told(house, notice)
    if told is None or told.meeting.is_over(now):
        return None
    meeting, sent = told.meeting, notice.state is NoticeState.SENT
    if meeting.cancelled:
        return Message(texts.off(meeting)) if sent else None
    moot = not meeting.registration_open(now) or (told.answered and meeting.audience is Audience.NETWORK)
    if moot and not sent:
        return None
    local = now.astimezone(meeting.starts.tzinfo)
    buttons = [REGISTER] if told.person is None else [REGISTER, CANNOT]
    points = [AGENDA, ADD_POINT] if texts.takes_points(meeting, local) else [AGENDA]
    shown = [*buttons, *points] if meeting.registration_open(now) else points
    return Message(texts.invitation(told, local), meeting_card(meeting, local, shown))


async def compose_nudge(house: House, notice: Notice, now: datetime) -> Message | None:
    """A nudge, while it makes sense."""
    told = await _told(house, notice)
    if told is None or told.answered or told.represented or not nudge_holds(told.meeting, told.rules, now):
        return None
    return Message(texts.nudge(told, _local(told.meeting, now)), about_card(told.meeting, [REGISTER, CANNOT]))


async def compose_reminder(house: House, notice: Notice, now: datetime) -> Message | None:
    """A reminder of the day that it was planned for, to who still comes."""
    told = await _told(house, notice)
    if told is None or told.own is None or told.own.status not in COMES:
        return None
    meant = datetime.fromisoformat(notice.data["starts"]).astimezone(told.meeting.starts.tzinfo)
    if meant.date() != told.meeting.starts.date() or not reminder_holds(told.meeting, told.rules, now):
        return None
    return Message(texts.reminder(told, _local(told.meeting, now)), about_card(told.meeting, [CALENDAR, CANNOT]))


async def compose_changed(house: House, notice: Notice, now: datetime) -> Message | None:
    """What changed of a meeting, to who comes, waits for a seat or runs it; nothing when it was changed back."""
    told = await _told(house, notice)
    if told is None or told.person is None or told.meeting.cancelled or told.meeting.is_over(now):
        return None
    meeting, kept = told.meeting, notice.data.get("before")
    concerned = told.own is not None and told.own.status in COMES | IN_LINE
    if not concerned and told.person.id != meeting.organiser_id:
        return None
    if kept == dict(moment_and_place(meeting)):
        return None
    before = as_it_was(meeting, kept) if kept else None
    buttons = [CALENDAR, CANNOT] if concerned else []
    return Message(texts.changed(meeting, before, _local(meeting, now)), about_card(meeting, buttons))


async def compose_cancelled(house: House, notice: Notice, now: datetime) -> Message | None:
    """A meeting does not take place."""
    told = await _told(house, notice)
    if told is None or not told.meeting.cancelled or told.meeting.is_over(now):
        return None
    return Message(texts.cancelled(told.meeting))


async def _told(house: House, notice: Notice) -> Told | None:
    return await house.invitations.told(int(notice.subject), person_of(notice.target))


def _local(meeting: Meeting, now: datetime) -> datetime:
    return now.astimezone(meeting.starts.tzinfo)
