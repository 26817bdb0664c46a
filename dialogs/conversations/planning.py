"""The coordinator makes, changes, moves, copies and cancels meetings; nothing before it was shown and said yes to."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dialogs.cards.meetings import meeting_card
from dialogs.cards.plan_form import FORM, Form, changed_form, form_of, read_form, with_usual
from dialogs.cards.plan_payloads import CancelMeeting, ChangeMeeting, KeepPlan, MakeMeeting, PlanForm, SaveMeeting
from dialogs.cards.planning import edit_card, make_card, sure_card
from dialogs.conversations import gate
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.planning import is_yes, new_meeting, new_values, reason, words_before_reason
from dialogs.language.understanding import Understanding
from dialogs.texts import planning as texts
from dialogs.texts.meetings import KIND_NAMES
from dialogs.texts.outbox import says
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.invitations import must_be_told
from storage.domain.meetings import Audience, Meeting, MeetingKind
from storage.domain.network import Names
from storage.domain.planning import NewMeeting, Problem, as_new, changed_fields, with_values
from storage.domain.refusals import (
    IdentifiesSomebody,
    MeetingCancelled,
    MeetingOver,
    NoSuchMeeting,
    NotCoordinator,
    Refusal,
)
from storage.services.house import House

PENDING = "plan"
"""How a conversation remembers that the bot showed a change, and asked whether to make it."""

MOST_SHOWN = 30
"""Changes in a history that is told."""

_shown: OrderedDict[str, ChangeMeeting | CancelMeeting] = OrderedDict()
"""The latest proposals, for a typed yes: what somebody wrote is kept nowhere else. Whose is gone has its button."""

MOST_PROPOSALS = 500


async def create(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show the form of a new meeting with what was said of it."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    names = await _names(house, turn)
    said = new_meeting(_said(turn, asked), turn.now, names)
    kind = MeetingKind(said.get("kind", MeetingKind.INTERVISIE))
    form = {"kind": kind.value, **with_usual(said, await house.planning.usual(kind))}
    form.setdefault("title", f"{KIND_NAMES[kind]} {form.get('themes', '').partition(',')[0]}".strip())
    form.setdefault("audience", Audience.default_for(kind).value)
    if form.get("room") and not form.get("place"):
        form["place"] = form.pop("room")  # of a hall alone it is not known in which building
    return whisper(texts.FILL_IN, make_card(form))


async def make(house: House, turn: Turn, payload: MakeMeeting) -> Reply:
    """Make the meeting of a form; with mistakes, the form comes back."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    form = _form(payload)
    read = read_form(form, turn.now.tzinfo, await _names(house, turn), turn.now)
    if read.mistakes:
        return whisper(texts.mistakes(read.mistakes, form), make_card(form, read.mistakes, payload.copy_of))
    try:
        meeting = await house.planning.create(
            NewMeeting(**read.values), turn.viewer, turn.now, payload.copy_of or None, chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    done = replace(turn.memory, meeting_id=meeting.id, intent=Intent.MEETING_CREATE.value)
    return whisper(texts.made(meeting), _card(turn, meeting, made=True)).remembering(done)


async def change(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Show what a sentence would change, and ask; the form where it says nothing."""
    if (refused := _refused(turn, meeting)) is not None:
        return refused
    names = await _names(house, turn)
    before = form_of(meeting, names)
    said = new_values(_said(turn, asked), turn.now, names, meeting.starts.date()) if asked else {}
    after = changed_form(before, said)
    if after == before and not said:
        moves = asked is not None and asked.intent is Intent.MEETING_MOVE
        return whisper(
            texts.asking(texts.MOVE_TO if moves else texts.CHANGE_IN, meeting), edit_card(before, meeting.id)
        )
    return await _propose(house, turn, meeting, after, names)


async def save(house: House, turn: Turn, payload: SaveMeeting) -> Reply:
    """Show what a form would change, and ask."""
    meeting = await _meeting(house, turn, payload.meeting)
    refused = _refused(turn, meeting)
    if refused is not None or meeting is None:
        return refused or whisper(sentence(NoSuchMeeting()))
    names = await _names(house, turn)
    before, form = form_of(meeting, names), _form(payload)
    said = {name: value for name, value in form.items() if value.strip() != before[name]}
    return await _propose(house, turn, meeting, _following(before, form, said), names)


def _following(before: Form, form: Form, said: Form) -> dict[str, str]:
    """A form in which the day was changed: what was left as it was moves along."""
    moved = changed_form(before, said) if {"day", "starts"} & said.keys() else dict(form)
    return {**form, **{name: moved[name] for name in ("ends", "last_day", "register_until", "agenda_until")}, **said}


async def _propose(house: House, turn: Turn, meeting: Meeting, after: Form, names: Names) -> Reply:
    before = form_of(meeting, names)
    mistakes = _mistakes(turn, before, after, names)
    if mistakes:
        return whisper(texts.mistakes(mistakes, after), edit_card(after, meeting.id, mistakes))
    values = _changed_values(turn, before, after, names)
    old = as_new(meeting)
    new = with_values(old, values)
    fields = changed_fields(old, new)
    if not fields:
        return whisper(texts.asking(texts.SAME, meeting))
    told = await _hear(house, turn, meeting, fields)
    changed = {name: after[name] for name in FORM if after[name] != before[name]}
    payload = ChangeMeeting(meeting=meeting.id, values=changed, nonce=f"{turn.id}-{meeting.id}-change")
    text = texts.proposal(meeting, old, new, fields, told, {one.id: one.name for one in names.people})
    return _asked(turn, text, payload)


def _mistakes(turn: Turn, before: Form, after: Form, names: Names) -> tuple[Problem, ...]:
    """What is wrong with what changed: what was so already is no reason to refuse something else."""
    changed = {name for name in FORM if after[name] != before[name]}
    if changed & {"day", "starts", "ends", "last_day"}:
        changed |= {"day", "starts", "ends", "register_until", "agenda_until"}
    if changed & {"place", "address", "room"}:
        changed |= {"place"}
    found = read_form(after, turn.now.tzinfo, names, turn.now).mistakes
    return tuple(one for one in found if one.field in changed)


def _changed_values(turn: Turn, before: Form, after: Form, names: Names) -> dict[str, Any]:
    """The typed fields of the import format that two forms differ in."""
    zone = turn.now.tzinfo
    old, new = (read_form(form, zone, names, turn.now).values for form in (before, after))
    return {name: value for name, value in new.items() if value != old.get(name)}


def _asked(turn: Turn, text: str, payload: ChangeMeeting | CancelMeeting) -> Reply:
    """Ask whether to do it, by button or typed."""
    token = f"{turn.id}-{payload.meeting}"
    _shown[token] = payload
    while len(_shown) > MOST_PROPOSALS:
        _shown.popitem(last=False)
    pending = replace(turn.memory, pending=f"{PENDING}:{token}"[:60], meeting_id=payload.meeting)
    return whisper(text, sure_card(payload)).remembering(pending)


async def apply(house: House, turn: Turn, payload: ChangeMeeting) -> Reply:
    """Change a meeting as was shown."""
    done = replace(turn.memory, pending="")
    meeting = await _meeting(house, turn, payload.meeting)
    refused = _refused(turn, meeting)
    if refused is not None or meeting is None:
        return (refused or whisper(sentence(NoSuchMeeting()))).remembering(done)
    done = replace(done, meeting_id=meeting.id)
    names, payload = await _names(house, turn), _reworded(payload)
    before = form_of(meeting, names)
    after = {**before, **{name: value for name, value in payload.values.items() if name in FORM}}
    mistakes = _mistakes(turn, before, after, names)
    if mistakes:
        return whisper(texts.mistakes(mistakes, after), edit_card(after, meeting.id, mistakes)).remembering(done)
    values = _changed_values(turn, before, after, names)
    try:
        changed = await house.planning.change(meeting.id, values, turn.viewer, turn.now, chosen=payload.chosen)
    except IdentifiesSomebody as refusal:
        return _held_back(turn, payload, refusal)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    if not changed.fields:
        return whisper(texts.asking(texts.SAME, meeting)).remembering(done)
    told = await _hear(house, turn, changed.meeting, changed.fields)
    return whisper(texts.changed(changed.meeting, told), _card(turn, changed.meeting)).remembering(done)


def _reworded(payload: ChangeMeeting) -> ChangeMeeting:
    """The same with the text that came from a card of its own among its values."""
    if not payload.text_of:
        return payload
    chosen = payload.chosen.replace(_ALONE, payload.text_of)
    values = {**payload.values, payload.text_of: payload.text}
    return payload.model_copy(update={"values": values, "chosen": chosen, "text_of": "", "text": ""})


def _held_back(turn: Turn, payload: ChangeMeeting, refusal: IdentifiesSomebody) -> Reply:
    """One field has its own card: the others stay as they were typed."""
    values = {name: value for name, value in payload.values.items() if name != refusal.field}
    redo = payload.model_copy(update={"values": values, "text_of": refusal.field})
    alone = IdentifiesSomebody(refusal.text, refusal.found, _ALONE, refusal.may_keep)
    return gate.caught(turn, alone, redo, gate.KEEP, retyped=True)


_ALONE = "text"
"""The field of `ChangeMeeting` that takes the text of any of the meeting's fields."""


async def _hear(house: House, turn: Turn, meeting: Meeting, fields: Sequence[str]) -> int:
    """How many people hear of these changed fields."""
    if not must_be_told(fields) or meeting.is_over(turn.now):
        return 0
    return await house.planning.told(meeting.id, turn.viewer)


async def cancel(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Ask whether to cancel a meeting, and why."""
    if (refused := _refused(turn, meeting)) is not None:
        return refused
    if meeting.is_over(turn.now):
        return whisper(sentence(MeetingOver()))
    return await _ask_to_cancel(house, turn, meeting.id, reason(_said(turn, asked)) if asked else "")


async def _ask_to_cancel(house: House, turn: Turn, meeting_id: int, why: str) -> Reply:
    meeting = await _meeting(house, turn, meeting_id)
    refused = _refused(turn, meeting)
    if refused is not None or meeting is None:
        return refused or whisper(sentence(NoSuchMeeting()))
    told = await house.planning.told(meeting.id, turn.viewer, cancelling=True)
    payload = CancelMeeting(meeting=meeting.id, why=why, nonce=f"{turn.id}-{meeting.id}-cancel")
    return _asked(turn, texts.cancel(meeting, told, why), payload)


async def call_off(house: House, turn: Turn, payload: CancelMeeting) -> Reply:
    """Cancel a meeting."""
    done = replace(turn.memory, pending="")
    try:
        told = await house.planning.told(payload.meeting, turn.viewer, cancelling=True)
        meeting = await house.planning.cancel(
            payload.meeting, turn.viewer, turn.now, payload.why, chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload, gate.KEEP, retyped=True)
    except Refusal as refusal:
        return whisper(sentence(refusal)).remembering(done)
    return whisper(texts.cancelled_now(meeting, told)).remembering(replace(done, meeting_id=meeting.id))


async def keep(_house: House, turn: Turn, _payload: KeepPlan) -> Reply:
    """Change nothing after all."""
    return whisper(texts.NOT_DONE).remembering(replace(turn.memory, pending=""))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """A yes, a yes with a reason, or a no to what was shown."""
    payload = _shown.get(about)
    if isinstance(payload, CancelMeeting):
        why, before = reason(asked.text), words_before_reason(asked.text)
        if why and not before:
            return await _ask_to_cancel(house, turn, payload.meeting, why)
        if (why and is_yes(before)) or says(asked.text, texts.SAID_CANCEL):
            return await call_off(house, turn, payload.model_copy(update={"why": why or payload.why}))
    said = plainly(asked) if asked.sure and asked.intent in {Intent.YES, Intent.NO, Intent.CANCEL} else None
    if said is None:  # "ja, maar wacht even"
        return whisper(texts.PRESS_THE_BUTTON) if asked.sure and asked.intent is Intent.YES else None
    return await _go_on(house, turn, payload) if said else await keep(house, turn, KeepPlan())


async def _go_on(house: House, turn: Turn, payload: ChangeMeeting | CancelMeeting | None) -> Reply:
    if payload is None:
        return whisper(texts.PRESS_THE_BUTTON)
    if isinstance(payload, CancelMeeting):
        return await call_off(house, turn, payload)
    return await apply(house, turn, payload)


async def copy(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """Show the form of a new meeting, with all of this one."""
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    names = await _names(house, turn)
    before = form_of(meeting, names)
    said = new_values(_said(turn, asked), turn.now, names, meeting.starts.date()) if asked else {}
    form = changed_form(before, said)
    if form["day"] == before["day"]:
        form |= dict.fromkeys(("day", "last_day", "register_until", "agenda_until"), "")
    return whisper(texts.asking(texts.FILL_IN_COPY, meeting), make_card(form, copy_of=meeting.id))


async def history(house: House, turn: Turn, meeting: Meeting, _asked: Understanding | None) -> Reply:
    """Who changed what of a meeting, and when."""
    try:
        changes = await house.planning.history(meeting.id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    shown = changes[-MOST_SHOWN:]
    numbers = {one.field.partition(":")[2] for one in shown if one.field.startswith("point")}
    points = await house.board.titles([int(one) for one in numbers if one.isdecimal()])
    return whisper(texts.history(meeting, shown, turn.now, len(changes) - len(shown), points))


def _refused(turn: Turn, meeting: Meeting | None) -> Reply | None:
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    if meeting is not None and meeting.cancelled:
        return whisper(sentence(MeetingCancelled()))
    return None


async def _meeting(house: House, turn: Turn, meeting_id: int) -> Meeting | None:
    return next(iter(await house.meetings.known([meeting_id], turn.viewer)), None)


async def _names(house: House, turn: Turn) -> Names:
    return await house.names.at(turn.network, turn.now, turn.viewer.is_coordinator)


def _said(turn: Turn, asked: Understanding | None) -> str:
    """The whole message where the question was a part of it: commas and full stops may stand between the fields."""
    if asked is None:
        return ""
    return turn.text if asked.text and asked.text in " ".join(turn.text.split()) else asked.text


def _form(payload: PlanForm) -> dict[str, str]:
    return {name: getattr(payload, name) for name in FORM}


def _card(turn: Turn, meeting: Meeting, made: bool = False) -> dict[str, object]:
    buttons = [
        (texts.BUTTON_INVITE, Intent.MEETING_INVITE.value),
        (texts.BUTTON_EDIT, Intent.MEETING_CHANGE.value),
    ]
    if meeting.kind is MeetingKind.NETWERKDAG:
        buttons.append((texts.BUTTON_SESSIONS, Intent.MEETING_SESSIONS.value))
    if not made:  # nothing changed yet of what was just made
        buttons.append((texts.BUTTON_HISTORY, Intent.MEETING_HISTORY.value))
    return dict(meeting_card(meeting, turn.now, buttons))
