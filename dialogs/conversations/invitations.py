"""Inviting everybody to a meeting, and whom to tell of it in another way."""

from dataclasses import replace
from datetime import datetime

from dialogs.cards.invitations import invite_card, mail_card
from dialogs.cards.invite_payloads import DecideInvitation
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import invitations as texts
from dialogs.texts.meetings import title
from dialogs.texts.outbox import says, when
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.invitations import REMINDER, Invited, Unreachable
from storage.domain.meetings import Meeting
from storage.domain.notices import Notice, person_of
from storage.domain.people import Person
from storage.domain.refusals import NobodyToTell, Refusal
from storage.services.house import House

PENDING = "invite"
"""How a conversation remembers that the bot asked whether to invite, and to which meeting."""


async def invite(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Show the invitation as it will be sent, to whom and when."""
    try:
        invited = await house.invitations.preview(meeting.id, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not invited.tried and not invited.channel:
        return whisper(_nobody_left(invited))
    told = await house.invitations.told(meeting.id, turn.viewer.person.id if turn.viewer.person else None)
    if told is None:
        return whisper(_nobody_left(invited))
    opens = _opens(house, turn)
    shown, goes = texts.invitation(told, turn.now), when(opens, turn.now)
    verbs = [(texts.BUTTON_INVITE, "send"), (texts.BUTTON_NOT_NOW, "drop")]
    if opens > turn.now:
        later = texts.BUTTON_INVITE_AT.format(when=goes)
        verbs = [(later, "send"), (texts.BUTTON_INVITE_NOW, "now"), (texts.BUTTON_NOT_NOW, "drop")]
    posting = invited.channel or await house.places.posting() is not None or not invited.for_the_network
    text = texts.preview(invited, shown, goes, posting)
    pending = replace(turn.memory, pending=f"{PENDING}:{meeting.id}")
    return whisper(text, invite_card(meeting.id, verbs, turn.id)).remembering(pending)


def _nobody_left(invited: Invited) -> str:
    sentence_ = texts.EVERYBODY_HAS_IT if invited.before or invited.for_the_network else texts.NOBODY
    return sentence_.format(title=title(invited.meeting))


async def pressed(house: House, turn: Turn, payload: DecideInvitation) -> Reply:
    """A button under the preview of an invitation."""
    return await _decide(house, turn, payload.meeting, payload.verb)


_TYPED = {"send": texts.SAID_INVITE, "now": texts.SAID_NOW, "drop": texts.SAID_NO}
_MEANT = {
    Intent.OUTBOX_SEND_NOW: "now",
    Intent.OUTBOX_CANCEL: "drop",
}


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the preview of an invitation."""
    verb = next((verb for verb, ways in _TYPED.items() if says(asked.text, ways)), None)
    if verb is None and asked.sure and asked.number is None:
        verb = _MEANT.get(asked.intent)
    if verb is None and (yes := plainly(asked)) is not None:
        verb = "send" if yes else "drop"
    return await _decide(house, turn, int(about), verb) if verb and about.isdecimal() else None


async def _decide(house: House, turn: Turn, meeting_id: int, verb: str) -> Reply:
    done = replace(turn.memory, pending="")
    if verb == "drop":
        return whisper(texts.NOT_INVITED).remembering(done)
    try:
        invited = await house.invitations.invite(meeting_id, turn.viewer, turn.now, urgent=verb == "now")
    except NobodyToTell:
        known = await house.meetings.known([meeting_id], turn.viewer)
        return whisper(texts.EVERYBODY_HAS_IT.format(title=title(known[0]))).remembering(done)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    opens = turn.now if verb == "now" else _opens(house, turn)
    return whisper(texts.inviting(invited, when(opens, turn.now))).remembering(done)


def _opens(house: House, turn: Turn) -> datetime:
    """When what is not urgent goes out, in the turn's zone."""
    return house.notices.hours.next_open(turn.now).astimezone(turn.now.tzinfo)


async def unreachable(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Who can't be reached in Teams, with a mail to copy."""
    try:
        found = await house.invitations.unreachable(meeting.id, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not found.people or turn.viewer.person is None:
        return whisper(texts.EVERYBODY_REACHABLE.format(title=title(meeting)))
    made = await _with_mail(house, found, turn.viewer.person, turn.now, texts.UNREACHABLE, reminds=False)
    return Reply(private=made)


async def compose_unreached(house: House, notice: Notice, now: datetime) -> Message | None:
    """Whom the one who runs a meeting must tell of it in another way."""
    person_id, reminds = person_of(notice.target) or 0, notice.data.get("after") == REMINDER
    found = await house.invitations.unreached(int(notice.subject), person_id, now, comes=reminds)
    known = await house.people.known([person_id])
    if found is None or not known:
        return None
    head = texts.UNREMINDED if reminds else texts.UNREACHED
    return await _with_mail(house, found, known[0], now, head, reminds)


async def _with_mail(house: House, found: Unreachable, by: Person, now: datetime, head: str, reminds: bool) -> Message:
    meeting = found.meeting
    calendar = await house.links.calendar(meeting.id, by.id, now)
    mail = texts.mail(meeting, reminds, by.name, calendar, now)
    addresses = [one.email for one in found.people]
    return Message(texts.unreachable(found, head), mail_card(addresses, texts.mail_subject(meeting, reminds), mail))
