"""A meeting's full list for who runs it, and telling who is there: on a card or in a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cards.attendance import by_organisation, confirm_card, list_card, page_with, tick_card, walk_in_card
from dialogs.cards.payloads import AddWalkIn, ConfirmWalkIn, NoteRemark, ShowRoll, TickRoll
from dialogs.conversations import gate
from dialogs.language.answers import plainly
from dialogs.language.attendance import Told, asks_who_is_there, told
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import attendance as texts
from dialogs.texts import registrations as public
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.attendance import OPEN_UNTIL, Roll, may_be_ticked
from storage.domain.meetings import Meeting, MeetingQuery, Which
from storage.domain.network import Names, PersonName
from storage.domain.notices import Notice
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    NotCoordinator,
    NotNow,
    NotRegistered,
    Refusal,
)
from storage.domain.registrations import NewGuest, RegistrationStatus, coming
from storage.services.house import House

PENDING = "walk_in"
"""How a conversation remembers that the bot asked whether somebody who is on no list was there."""

GOING_ON = "tick"
"""How a conversation remembers that somebody is telling who is there."""

ABOUT_PRESENCE = frozenset({Intent.ATTENDANCE_TICK, Intent.REGISTRATION_EXCUSE, Intent.REGISTRATION_UNREGISTER})
"""What a sentence may be taken for that tells who is not there."""

LONGEST_PENDING = 60
"""Characters of what a conversation remembers of a question; a longer one is answered with its buttons."""

MOST_ASKED = 4
"""So many people at once may be asked about."""

ATTENDED = RegistrationStatus.ATTENDED


async def who(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Who comes: for who runs the meeting, in their own chat, all of the list; for others its names."""
    if turn.personal:
        try:
            roll = await house.attendance.roll(meeting.id, turn.viewer)
            there = asked is not None and asks_who_is_there(asked.text) and _not_now(turn, roll.meeting) is None
            return _ticking(turn, roll, 0) if there else _listed(turn, roll)
        except Refusal:
            pass  # whoever may not see all of it sees the names
    return await _names_only(house, turn, meeting)


async def _names_only(house: House, turn: Turn, meeting: Meeting) -> Reply:
    """What everybody may read of a list."""
    attendees = await house.registrations.of_meeting(meeting)
    return say(public.who(meeting, coming(attendees), turn.may_tell, turn.personal, turn.now))


async def tick(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Note who is there: what a sentence tells, or else on a card."""
    if asked is not None and not asked.names_meeting and not may_be_ticked(meeting, turn.now):
        meeting = await _held(house, turn) or meeting
    try:
        roll = await house.attendance.roll(meeting.id, turn.viewer)
    except NotCoordinator as refusal:
        if asked is not None and told(asked.text, await _names(house, turn)):
            return whisper(sentence(refusal))
        return await _names_only(house, turn, meeting)
    if (no := _not_now(turn, roll.meeting)) is not None:
        over = roll.meeting.is_over(turn.now) and not roll.meeting.cancelled
        return no.followed_by(_listed(turn, roll)) if over else no
    if asked is None:
        return _ticking(turn, roll, 0)
    said = told(asked.text, _with_listed(await _names(house, turn), roll))
    return await _as_told(house, turn, roll, said) if said else _ticking(turn, roll, 0)


async def goes_on(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is told of who is there on the day of the meeting, after the card was shown; None when it is not that."""
    if asked.sure and asked.intent not in ABOUT_PRESENCE:
        return None
    found = await house.meetings.known([int(about)], turn.viewer)
    if not found or found[0].starts.date() != turn.now.date() or not told(asked.text, await _names(house, turn)):
        return None
    return await tick(house, turn, found[0], replace(asked, names_meeting=True))


async def guess(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """Who is there without saying where: at what is held today, or was last held."""
    meeting = await _held(house, turn)
    if meeting is None:
        return None
    reply = await tick(house, turn, meeting, asked)
    memory = reply.memory or turn.memory
    return reply.remembering(replace(memory, meeting_id=meeting.id, intent=asked.intent.value))


async def _held(house: House, turn: Turn) -> Meeting | None:
    """The meeting of today that is on or comes first, or else the last one of this month, that the viewer runs."""
    person, today = turn.viewer.person, turn.now.date()
    if person is None:
        return None
    days = MeetingQuery(Which.ALL, first=today - OPEN_UNTIL, last=today)
    found = [
        one
        for one in await house.meetings.find(days, turn.viewer, turn.network.timezone, turn.now)
        if not one.cancelled and may_be_ticked(one, turn.now)
        if turn.viewer.is_coordinator or person.id in {one.organiser_id, one.note_taker_id}
    ]
    ahead = [one for one in found if not one.is_over(turn.now)]
    return min(ahead, key=_starts) if ahead else max(found, key=_starts, default=None)


def _starts(meeting: Meeting) -> float:
    return meeting.starts.timestamp()


def _not_now(turn: Turn, meeting: Meeting) -> Reply | None:
    """Why nobody's presence can be noted now; None when it can."""
    if meeting.cancelled:
        return whisper(sentence(MeetingCancelled()))
    if may_be_ticked(meeting, turn.now):
        return None
    early = texts.is_too_early(meeting, turn.now)
    return whisper(texts.too_early(meeting, turn.now) if early else texts.too_late(meeting))


async def _names(house: House, turn: Turn) -> Names:
    return await house.names.at(turn.network, turn.now, turn.viewer.is_coordinator)


def _with_listed(names: Names, roll: Roll) -> Names:
    """The people whom the viewer may know, and those on the list: whoever runs a meeting knows who comes."""
    known = {one.id for one in names.people}
    listed = [one.person for one in roll.expected if one.person.id not in known]
    return Names(people=(*names.people, *(PersonName(one.id, one.name, one.role) for one in listed)))


# --- what a sentence tells


async def _as_told(house: House, turn: Turn, roll: Roll, said: Told) -> Reply:
    """Note what a sentence tells, all of it or nothing; who is not on the list is asked about."""
    expected = {one.person.id: one for one in roll.expected}
    marks: dict[int, RegistrationStatus] = {}
    others: dict[int, RegistrationStatus] = {}
    for ids, status in said.marks:
        meant = [one for one in ids if one in expected] or list(ids)
        if len(meant) > 1:
            return await _which(house, meant)
        (marks if meant[0] in expected else others)[meant[0]] = status
    named = dict(marks)
    if said.everybody:
        there = [one for one in expected.values() if one.status is not RegistrationStatus.EXCUSED]
        marks = {**{one.person.id: ATTENDED for one in there}, **marks}
    reply = await _marked(house, turn, roll, marks, named, said.everybody) if marks else None
    asking = await _strangers(house, turn, roll.meeting, others)
    return reply.followed_by(asking) if reply and asking else reply or asking or _ticking(turn, roll, 0)


async def _which(house: House, ids: Sequence[int]) -> Reply:
    people = await house.people.known(ids)
    return whisper(texts.which_one(people[0].first_name, [one.name for one in people]))


async def _marked(
    house: House,
    turn: Turn,
    roll: Roll,
    marks: Mapping[int, RegistrationStatus],
    named: Mapping[int, RegistrationStatus],
    everybody: bool,
) -> Reply:
    try:
        roll = await house.attendance.tick(roll.meeting.id, marks, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    called = {one.person.id: one.person.name for one in roll.attendees}
    names = [(called[one], status) for one, status in named.items()]
    page = page_with(by_organisation(roll.expected, turn.viewer), list(named))
    return _ticking(turn, roll, page, texts.noted(roll, names, everybody))


async def _strangers(
    house: House, turn: Turn, meeting: Meeting, others: Mapping[int, RegistrationStatus]
) -> Reply | None:
    """Ask whether those were there who are on no list; tell it of those who were not."""
    people = [one for one in await house.people.known(list(others)) if turn.viewer.may_meet(one)]
    came = [one for one in people if others[one.id] is ATTENDED][:MOST_ASKED]
    if came:
        ids = [one.id for one in came]
        question = texts.add_them([one.name for one in came], meeting)
        pending = f"{PENDING}:{meeting.id}:{','.join(map(str, ids))}"
        asking = whisper(question, confirm_card(meeting.id, ids, turn.id))
        return asking.remembering(replace(turn.memory, pending=pending if len(pending) <= LONGEST_PENDING else ""))
    return whisper(texts.not_on_the_list([one.name for one in people], meeting)) if people else None


async def confirmed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A typed yes or no to whether somebody who is on no list was there."""
    yes = plainly(asked)
    if yes is None:
        return None
    meeting, _, ids = about.partition(":")
    people = [int(one) for one in ids.split(",")]
    return await confirm(house, turn, ConfirmWalkIn(meeting=int(meeting), people=people, yes=yes))


# --- buttons


async def confirm(house: House, turn: Turn, pressed: ConfirmWalkIn) -> Reply:
    """Add who is on no list, or don't."""
    done = replace(turn.memory, pending="")
    if not pressed.yes:
        return whisper(texts.NOBODY_ADDED).remembering(done)
    reply = await _walked_in(house, turn, pressed.meeting, pressed.people)
    return reply if reply.memory else reply.remembering(done)


async def _walked_in(house: House, turn: Turn, meeting_id: int, ids: Sequence[int]) -> Reply:
    try:
        roll = await house.attendance.walk_in(meeting_id, ids, turn.viewer, turn.now)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _added(turn, roll, ids)


def _added(turn: Turn, roll: Roll, ids: Sequence[int]) -> Reply:
    names = [(one.person.name, one.status) for one in roll.attendees if one.person.id in ids]
    page = page_with(by_organisation(roll.expected, turn.viewer), ids)
    return _ticking(turn, roll, page, texts.noted(roll, names, everybody=False))


async def show(house: House, turn: Turn, pressed: ShowRoll) -> Reply:
    """A page of the list or of the card to tick on, or the card for who was there without a registration."""
    try:
        roll = await house.attendance.roll(pressed.meeting, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if pressed.what == "list":
        return _listed(turn, roll, pressed.page)
    if (no := _not_now(turn, roll.meeting)) is not None:
        return no
    if pressed.what == "walk_in":
        return whisper(texts.WHO_WALKED_IN, walk_in_card(pressed.meeting))
    return _ticking(turn, roll, pressed.page)


async def save(house: House, turn: Turn, pressed: TickRoll) -> Reply:
    """Note a page of the card, and show the next one, or else the same as it is now."""
    marks = {one: RegistrationStatus(mark) for one, mark in pressed.marks.items()}
    try:
        roll = await house.attendance.tick(pressed.meeting, marks, turn.viewer, turn.now)
    except NotNow as refusal:
        roll = await house.attendance.roll(pressed.meeting, turn.viewer)
        return _not_now(turn, roll.meeting) or whisper(sentence(refusal))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _ticking(turn, roll, pressed.page + 1, texts.saved(roll))


async def add(house: House, turn: Turn, pressed: AddWalkIn) -> Reply:
    """Add who was there without a registration: somebody of the network by name, or a guest by mail address."""
    if pressed.email.strip():
        guest = NewGuest(pressed.name, pressed.organisation, pressed.email)
        try:
            roll = await house.attendance.walk_in_guest(pressed.meeting, guest, turn.viewer, turn.now)
        except Refusal as refusal:
            return whisper(sentence(refusal))
        email = pressed.email.strip().lower()
        return _added(turn, roll, [one.person.id for one in roll.attendees if one.person.email == email])
    try:
        await house.attendance.roll(pressed.meeting, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    meant = _meant(pressed.name, await _names(house, turn))
    if meant is None:
        return whisper(texts.unknown_name(pressed.name), walk_in_card(pressed.meeting, pressed.name))
    return await _walked_in(house, turn, pressed.meeting, [meant])


def _meant(name: str, names: Names) -> int | None:
    """The one person of the network with this name; None for none and for several."""
    said = " ".join(name.split()).casefold()
    full = [one.id for one in names.people if one.name.casefold() == said]
    first = [one.id for one in names.people if one.name.casefold().split()[0] == said]
    found = full or first
    return found[0] if len(found) == 1 else None


async def note(house: House, turn: Turn, pressed: NoteRemark) -> Reply:
    """Note a remark about somebody on the list."""
    if not pressed.who:
        return whisper(texts.CHOOSE_WHO)
    try:
        roll = await house.attendance.remark(
            pressed.meeting, int(pressed.who), pressed.remark, turn.viewer, chosen=pressed.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, pressed, gate.KEEP)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    about = next((one for one in roll.attendees if one.person.id == int(pressed.who)), None)
    if about is None:
        return whisper(sentence(NotRegistered()))
    said = texts.NOTED_REMARK if about.remark else texts.NO_REMARK
    text = said.format(name=plain(about.person.name), remark=plain(about.remark or ""))
    return whisper(text).followed_by(_listed(turn, roll, pressed.page))


def _ticking(turn: Turn, roll: Roll, number: int, text: str = "") -> Reply:
    """The card to tick on; what is told of who is there from now on is about this meeting."""
    shown = whisper(text or texts.asking(roll), tick_card(roll, turn.viewer, number))
    pending = f"{GOING_ON}:{roll.meeting.id}" if turn.personal else turn.memory.pending
    return shown.remembering(replace(turn.memory, meeting_id=roll.meeting.id, pending=pending))


def _listed(turn: Turn, roll: Roll, number: int = 0) -> Reply:
    meeting, person = roll.meeting, turn.viewer.person
    ticking = may_be_ticked(meeting, turn.now) and not meeting.cancelled
    remarks = turn.viewer.is_coordinator or (person is not None and person.id == meeting.organiser_id)
    shown = list_card(roll, turn.viewer, number, ticking, remarks)
    return whisper(texts.summary(roll, turn.now), shown)


# --- alerts


async def compose_seats(house: House, notice: Notice, now: datetime) -> Message | None:
    """80 or 100 % of a meeting's seats are taken; nothing when they aren't any more, or when it has begun."""
    alert = await house.attendance.seats(int(notice.subject), notice.kind, now)
    if alert is None:
        return None
    return Message(texts.full(alert) if not alert.places_left else texts.nearly_full(alert))


async def compose_missed(house: House, notice: Notice, _now: datetime) -> Message | None:
    """An organisation stayed away twice in a row; nothing when it turned out otherwise."""
    missed = await house.attendance.missed_twice(int(notice.subject), int(notice.data["organisation"]))
    return Message(texts.missed_twice(missed)) if missed else None
