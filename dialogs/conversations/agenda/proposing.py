"""Proposing an agenda point: by a sentence, by answering what it is called, or on a form; only its title is needed."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.payloads import LetBe, Payload
from dialogs.cards.plan_payloads import LONGEST_FIELD
from dialogs.cards.point_payloads import SavePoint, ShowPointForm, StartCase, SupportPoint
from dialogs.cards.points import buttons_card, proposed_card
from dialogs.conversations.agenda import deciding, entering, experts, forms, places
from dialogs.conversations.gate import caught
from dialogs.language.agenda import Proposed, match, of_a_point, proposed
from dialogs.language.intents import Intent
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import points as texts
from dialogs.texts.meetings import choice, line
from dialogs.texts.refusals import sentence
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.agenda import Invite, PointDetails, PointKind, PointState, may_arrange
from storage.domain.meetings import Audience, Meeting
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotSensible,
    NotYours,
    Refusal,
)
from storage.services.house import House

PENDING = "point"
"""How a conversation remembers that the bot asked for a title: "point:meeting.kind.month", 0 for the backlog."""

MOST_PLACES = 5
"""Meetings between which one chooses by a button, beside the backlog."""


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Propose what a sentence says; ask for its title where it says none."""
    said = proposed(entering.whole(turn, asked), turn.now)
    if not said.title and entering.wants_a_form(asked.text):
        return await forms.shown(house, turn, await _empty(house, turn, asked, said), texts.FILL_IN)
    if asked.names_meeting and not said.backlog and said.month is None:
        found = await places.named(house, turn, asked)
        if not places.only_by_its_subject(asked, said.title, found):
            if len(found) != 1:
                return await _which_place(house, turn, said, found)
            return await _go_on(house, turn, said, found[0])
    return await _go_on(house, turn, said, await _usual_place(house, turn, said))


async def _empty(house: House, turn: Turn, asked: Understanding, said: Proposed) -> SavePoint:
    found = await places.named(house, turn, asked)
    return forms.as_form(said, found[0] if found else await _usual_place(house, turn, said))


async def _usual_place(house: House, turn: Turn, said: Proposed) -> Meeting | None:
    """Where a point goes that names no meeting: that talked about, or the next one; None: the backlog."""
    if said.backlog:
        return None
    if said.month is not None:
        return await places.in_month(house, turn, said.month)
    return await places.default(house, turn, case=said.kind is PointKind.CASE)


async def _go_on(house: House, turn: Turn, said: Proposed, meeting: Meeting | None) -> Reply:
    if said.title and (there := await _there_already(house, turn, said.title, meeting)) is not None:
        return await deciding.accept(house, turn, [there])
    form = forms.as_form(said, meeting)
    return await keep(house, turn, form) if said.title else await ask(house, turn, form, meeting)


async def _there_already(house: House, turn: Turn, title: str, meeting: Meeting | None) -> int | None:
    """The proposal that who arranges the agenda means with "zet dat punt over de gsm op de agenda"; None: a new one."""
    if meeting is None or not may_arrange(turn.viewer, meeting):
        return None
    board = await house.points.of_meeting(meeting.id, turn.viewer)
    open_ = [one for one in board.points if one.state is PointState.PROPOSED]
    same = [one.id for one in open_ if fold(one.title) == fold(title)]
    if same:
        return same[0]
    words = of_a_point(title)
    number = match(words, [one.title for one in open_]) if words else None
    return None if number is None else open_[number].id


async def _which_place(house: House, turn: Turn, said: Proposed, found: Sequence[Meeting]) -> Reply:
    """Asks for which meeting it is; each button proposes it there."""
    meetings = [one for one in found or await places.takes_points(house, turn) if places.may_take(one, turn)]
    meetings = sorted(meetings[:MOST_PLACES], key=lambda one: one.starts)
    buttons = [(choice(one), _at(turn, said, one)) for one in meetings]
    buttons.append((texts.BUTTON_PLACE_SHELF, _at(turn, said, None)))
    lines = [line(one, turn.now) for one in meetings]
    return whisper(texts.which_place(said.title, lines, bool(found)), buttons_card(buttons))


def _at(turn: Turn, said: Proposed, meeting: Meeting | None) -> Payload:
    where = meeting.id if meeting else 0
    if not said.title:
        return ShowPointForm(meeting=where)
    return forms.as_form(said, meeting).model_copy(update={"nonce": f"{turn.id}-{where}"})


# The title that is asked for


async def ask(house: House, turn: Turn, form: SavePoint, meeting: Meeting | None) -> Reply:
    """Ask what the point is called. In company the form is sent instead: what is typed there may be anybody's."""
    if not turn.personal:
        return await forms.shown(house, turn, form, texts.FILL_IN)
    case = form.kind == PointKind.CASE
    form_button = (texts.BUTTON_FORM, ShowPointForm(meeting=meeting.id if meeting else 0, kind=form.kind))
    card_ = buttons_card([form_button, (texts.BUTTON_LEAVE_IT, LetBe(nonce=f"{turn.id}-leave"))])
    pending = f"{PENDING}:{form.where or 0}.{form.kind}.{form.month}"
    return whisper(texts.ask_title(meeting, case), card_).remembering(replace(turn.memory, pending=pending))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """The title that was asked for; a no; or something else, while the question stays."""
    if entering.drops(asked):
        return whisper(texts.NOT_PROPOSED).remembering(replace(turn.memory, pending=""))
    title = entering.title(turn, asked)
    if title is None:
        return None
    where, kind, month = (*about.split("."), "", "", "")[:3]
    form = SavePoint(title=title[:LONGEST_FIELD], where="" if where == "0" else where, kind=kind, month=month)
    reply = await keep(house, turn, form)
    return reply if reply.memory else reply.remembering(replace(turn.memory, pending=""))


# Keeping it


async def saved(house: House, turn: Turn, pressed: SavePoint) -> Reply:
    """The form, or what the gate asked other words for."""
    return await keep(house, turn, pressed)


async def keep(house: House, turn: Turn, form: SavePoint) -> Reply:
    """Propose the point of a form, or change an existing one into it; with mistakes the form comes back."""
    return (await enter(house, turn, form))[0]


async def enter(house: House, turn: Turn, form: SavePoint) -> tuple[Reply, PointDetails | None]:
    """The same, with the point that came of it."""
    read = forms.read(form)
    if read.mistakes:
        return await forms.shown(house, turn, form, texts.mistakes(read.mistakes), read.mistakes), None
    try:
        if form.point:
            return await _change(house, turn, form), None
        details = await house.points.propose(read.new, turn.viewer, turn.now, chosen=form.chosen)
    except Refusal as refusal:
        return await _refused(house, turn, form, refusal), None
    told = _told(turn, details)
    if turn.personal and details.point.invite is Invite.TO_INVITE:
        return told.followed_by(await experts.drafts(house, turn, [details.point.id])), details
    return told, details


async def _refused(house: House, turn: Turn, form: SavePoint, refusal: Refusal) -> Reply:
    match refusal:
        case IdentifiesSomebody(field="presenter") if not form.point:
            # Nobody we know: "ruzie door Noah" is what it is about.
            title = texts.by(form.title, form.presenter)[:LONGEST_FIELD]
            return await keep(house, turn, form.model_copy(update={"title": title, "presenter": ""}))
        case IdentifiesSomebody():
            return caught(turn, refusal, form, texts.BUTTON_KEEP_SO)
        case NotSensible(field=field) if field in texts.MISTAKES:
            return await forms.shown(house, turn, form, texts.mistakes([field]), (field,))
        case NoSuchMeeting() | MeetingOver() | MeetingCancelled() if not form.point:
            meeting = await places.default(house, turn)
            elsewhere = form.model_copy(update={"where": str(meeting.id) if meeting else ""})
            return await forms.shown(house, turn, elsewhere, sentence(refusal))
        case _:
            return whisper(sentence(refusal))


def _told(turn: Turn, details: PointDetails) -> Reply:
    """What holds now. In company everybody reads it; the buttons to change it go to who proposed it."""
    meeting = details.meeting
    case = details.point.kind is PointKind.CASE and details.point.is_of(turn.viewer)
    more = [(texts.BUTTON_CASE, StartCase(point=details.point.id))] if case else []
    text = texts.proposed(details, places.is_late(details, turn))
    mine = proposed_card(details.point.id, turn.id, more)
    hint = texts.CASE_HELP if case else texts.COMPLETE_HINT
    if turn.personal or (meeting and meeting.audience is Audience.PARTICIPANTS):
        reply = whisper(f"{text} {hint}", mine)
    else:
        public = buttons_card([(texts.BUTTON_SUPPORT, SupportPoint(point=details.point.id))])
        reply = Reply(Message(text, public), private=Message(f"{texts.yours(details.point.title)} {hint}", mine))
    return remembering(turn, reply, details)


def remembering(turn: Turn, reply: Reply, details: PointDetails) -> Reply:
    """The same reply, in a conversation that goes on about where a point stands."""
    asked = (turn.memory.pending or "").startswith(f"{PENDING}:")
    pending = "" if asked else turn.memory.pending
    where = details.meeting.id if details.meeting else None
    intent = Intent.AGENDA_SHOW if details.meeting else Intent.AGENDA_BACKLOG
    return reply.remembering(replace(turn.memory, meeting_id=where, intent=intent.value, pending=pending))


async def _change(house: House, turn: Turn, form: SavePoint) -> Reply:
    before = await house.points.details(form.point, turn.viewer)
    old = forms.as_it_is(before)
    values = forms.differing(old, form)
    if not values:
        return whisper(f"{texts.STANDS_THERE_ALREADY} {texts.proposed(before, late=False)}")
    after = await house.points.change(form.point, values, turn.viewer, turn.now, chosen=form.chosen)
    undo = old.model_copy(update={"nonce": f"{turn.id}-undo", "chosen": _ALL})
    buttons = [(texts.BUTTON_BRING_BACK, undo), (texts.BUTTON_COMPLETE, ShowPointForm(point=form.point))]
    if after.point.kind is PointKind.CASE and after.point.is_of(turn.viewer):
        buttons.insert(0, (texts.BUTTON_CASE, StartCase(point=form.point)))
    text = f"{texts.CHANGED} {texts.proposed(after, places.is_late(after, turn))}"
    return remembering(turn, whisper(text, buttons_card(buttons)), after)


_ALL = "title explanation"
"""What is put back was kept before."""


# The form


async def form_of(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """A bare button on a meeting: the empty form for it."""
    if asked is not None:
        return await answer(house, turn, asked)
    return await show(house, turn, ShowPointForm(meeting=meeting.id))


async def show(house: House, turn: Turn, pressed: ShowPointForm) -> Reply:
    """The form of a new point or of an existing one."""
    if not pressed.point:
        where = str(pressed.meeting) if pressed.meeting else ""
        return await forms.shown(house, turn, SavePoint(where=where, kind=pressed.kind), texts.FILL_IN)
    try:
        details = await house.points.details(pressed.point, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if not (details.point.is_of(turn.viewer) or may_arrange(turn.viewer, details.meeting)):
        return whisper(sentence(NotYours()))
    text = texts.more_about(details.point.title)
    return await forms.shown(house, turn, forms.as_it_is(details), text, own=details.meeting)
