"""What a coordinator does for a network day: sharing the sessions out, and ticking who paid."""

from dataclasses import replace

from dialogs.cards.session_payloads import LeaveSharing, SetSessionWay, ShareSessions, TickPaid
from dialogs.cards.sessions import fees_card, proposal_card, undo_paid_card, way_card
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.registering import meant
from dialogs.language.sessions import tells_payment, wanted_way
from dialogs.language.understanding import Understanding
from dialogs.texts import sessions as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.meetings import Meeting, SessionChoice
from storage.domain.refusals import NoSuchMeeting, NoSuchSession, NotCoordinator, NotNow, Refusal
from storage.services.house import House

PENDING = "share"
"""How a conversation remembers that the bot showed an assignment: "share:meeting", or "share:meeting.all"."""

PENDING_WAY = "way"
"""How a conversation remembers that the bot asked whether to give sessions out in a way: "way:meeting.ranked"."""


async def guess_share(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the next one with sessions is meant."""
    meeting = await house.sessions.next_for(turn.viewer, turn.now)
    if meeting is None:
        return say(texts.NO_NETWORK_DAY)
    return _remembering(turn, await share(house, turn, meeting, asked), meeting, Intent.REGISTRATION_ASSIGN)


async def guess_paid(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """No meeting is named: the next one that costs something is meant."""
    meeting = await house.sessions.next_with_fee(turn.now)
    if meeting is None:
        return whisper(texts.NO_FEES_PLANNED)
    return _remembering(turn, await paid(house, turn, meeting, asked), meeting, Intent.REGISTRATION_PAID)


def _remembering(turn: Turn, reply: Reply, meeting: Meeting, intent: Intent) -> Reply:
    kept = reply.memory or turn.memory
    return reply.remembering(replace(kept, meeting_id=meeting.id, intent=intent.value))


def _settled(turn: Turn, reply: Reply) -> Reply:
    return reply.remembering(replace(reply.memory or turn.memory, pending=""))


def _refused(refusal: Refusal, meeting: Meeting | None) -> Reply:
    if meeting is not None and isinstance(refusal, NotNow | NoSuchSession):
        said = texts.STARTED if isinstance(refusal, NotNow) else texts.NO_SESSIONS
        return whisper(texts.about(said, meeting))
    return whisper(sentence(refusal))


async def _meeting(house: House, turn: Turn, meeting_id: int) -> Meeting | None:
    return next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)


# --- sharing the sessions out


async def share(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Show how the sessions would be shared out, or ask whether to give them out in another way."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    way = wanted_way(asked.text) if asked else None
    if way is not None and way is not meeting.session_choice:
        return await _ask_way(house, turn, meeting, way)
    return await _propose(house, turn, meeting, everybody=False)


async def _propose(house: House, turn: Turn, meeting: Meeting, everybody: bool) -> Reply:
    try:
        proposal = await house.sessions.assign(meeting.id, turn.viewer, turn.now, apply=False, everybody=everybody)
    except Refusal as refusal:
        return _refused(refusal, meeting)
    told = whisper(texts.proposal(proposal), proposal_card(proposal, turn.id))
    if not proposal.people and not proposal.unplaced:
        return told
    pending = f"{PENDING}:{meeting.id}{'.all' if everybody else ''}"
    return told.remembering(replace(turn.memory, pending=pending))


async def shared(house: House, turn: Turn, payload: ShareSessions) -> Reply:
    """A button under an assignment: apply it, or let everybody take part."""
    meeting = await _meeting(house, turn, payload.meeting)
    if meeting is None:
        return whisper(sentence(NoSuchMeeting()))
    if not payload.apply:
        return await _propose(house, turn, meeting, payload.everybody)
    try:
        done = await house.sessions.assign(meeting.id, turn.viewer, turn.now, apply=True, everybody=payload.everybody)
    except Refusal as refusal:
        return _settled(turn, _refused(refusal, meeting))
    return _settled(turn, whisper(texts.proposal(done)))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to an assignment that was shown."""
    said = plainly(asked)
    meeting_id, _, everybody = about.partition(".")
    if said is None or not meeting_id.isdecimal():
        return None
    if not said:
        return _settled(turn, whisper(texts.LEFT_SO))
    return await shared(house, turn, ShareSessions(meeting=int(meeting_id), apply=True, everybody=bool(everybody)))


async def leave(_house: House, turn: Turn, _payload: LeaveSharing) -> Reply:
    """They rather not."""
    return _settled(turn, whisper(texts.LEFT_SO))


# --- the way in which they are given out


async def _ask_way(house: House, turn: Turn, meeting: Meeting, way: SessionChoice) -> Reply:
    if not (await house.sessions.of(meeting.id, turn.viewer)).sessions:
        return _refused(NoSuchSession(), meeting)
    asking = whisper(texts.sure_of_way(meeting, way), way_card(meeting.id, way, turn.id))
    return asking.remembering(replace(turn.memory, pending=f"{PENDING_WAY}:{meeting.id}.{way.value}"))


async def set_way(house: House, turn: Turn, payload: SetSessionWay) -> Reply:
    """A button that gives sessions out in another way: asked first, as it changes something for everybody."""
    meeting, way = await _meeting(house, turn, payload.meeting), SessionChoice(payload.way)
    if meeting is None or not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator() if meeting else NoSuchMeeting()))
    if not payload.sure:
        return await _ask_way(house, turn, meeting, way)
    try:
        await house.sessions.set_choice(meeting.id, way, turn.viewer, turn.now)
    except Refusal as refusal:
        return _settled(turn, _refused(refusal, meeting))
    return _settled(turn, whisper(texts.way_set(meeting, way)))


async def typed_way(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether sessions are to be given out in another way."""
    said = plainly(asked)
    meeting_id, _, way = about.partition(".")
    if said is None or not meeting_id.isdecimal() or way not in set(SessionChoice):
        return None
    if not said:
        return _settled(turn, whisper(texts.LEFT_SO))
    sure = SetSessionWay.model_validate({"meeting": int(meeting_id), "way": way, "sure": True})
    return await set_way(house, turn, sure)


# --- who paid


async def paid(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Note who paid, or list who did not; somebody else only hears of their own payment."""
    if not turn.viewer.is_coordinator:
        return await _own_payment(house, turn, meeting)
    tells = tells_payment(asked.text) if asked else None
    if asked is None or tells is None:
        return await _list(house, turn, meeting)
    known = [one for one in await house.people.known(asked.people) if turn.viewer.may_meet(one)]
    groups = meant(asked.text, known)
    if not groups:
        return whisper(texts.UNKNOWN_PAYER)
    come = await house.sessions.fees(meeting.id, turn.viewer)
    listed = {one.id for one in (*come.paid, *come.unpaid)}
    groups = tuple(tuple(one for one in group if one.id in listed) or group for group in groups)
    if any(len(group) > 1 for group in groups):
        return whisper(texts.FULL_NAME)
    return await _note(house, turn, meeting, [group[0].id for group in groups], tells)


async def _own_payment(house: House, turn: Turn, meeting: Meeting) -> Reply:
    me = turn.viewer.person
    own = await house.registrations.standing(me, meeting) if me else None
    return whisper(texts.own_payment(meeting, own.paid)) if own else whisper(sentence(NotCoordinator()))


async def _list(house: House, turn: Turn, meeting: Meeting) -> Reply:
    found = await house.sessions.fees(meeting.id, turn.viewer)
    return whisper(texts.fees(found), fees_card(found, turn.id))


async def ticked(house: House, turn: Turn, payload: TickPaid) -> Reply:
    """Who was ticked on the card."""
    meeting = await _meeting(house, turn, payload.meeting)
    who = [int(one) for one in payload.who.split(",") if one]
    if meeting is None or not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator() if meeting else NoSuchMeeting()))
    return await _note(house, turn, meeting, who, payload.yes) if who else whisper(texts.NOBODY_TICKED)


async def _note(house: House, turn: Turn, meeting: Meeting, person_ids: list[int], yes: bool) -> Reply:
    try:
        changed = await house.sessions.paid(meeting.id, person_ids, yes, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    undo = undo_paid_card(meeting.id, changed, yes, turn.id) if changed else None
    return whisper(texts.noted_paid(meeting, changed, yes), undo)
