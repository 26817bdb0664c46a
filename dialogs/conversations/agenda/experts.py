"""Inviting an expert or organisation for a point: the mail to copy, how far it is, and who comes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.cards.closing_payloads import SetExpert, ShowExpert
from dialogs.cards.experts import after_card, expert_card, guest_form, overview_card
from dialogs.conversations.agenda.which import in_sight, numbered
from dialogs.language.agenda import Which, guest, invited, match, which
from dialogs.language.answers import is_a_name, plainly
from dialogs.language.spelling import fold
from dialogs.language.understanding import Understanding
from dialogs.texts import experts as texts
from dialogs.texts.refusals import sentence
from dialogs.texts.words import plain
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.agenda import Invite
from storage.domain.experts import Expert
from storage.domain.notices import Notice
from storage.domain.refusals import NotARealGuest, NotCoordinator, NotNow, NotSensible, Refusal
from storage.services.house import House

PENDING = "expert"
"""How a conversation remembers that the bot asked who comes for a point, and for which."""

_MAY_SAY_YES = frozenset({Invite.TO_INVITE, Invite.INVITED})


async def draft(house: House, turn: Turn, point_id: int) -> Reply:
    """The mail that invites somebody for a point, for who arranges its agenda."""
    try:
        expert = await house.experts.of(point_id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    if turn.viewer.person is None:
        return whisper(sentence(NotCoordinator()))
    subject, mail = texts.subject(expert, turn.network), texts.mail(expert, turn.network, turn.viewer.person)
    return whisper(texts.drafted(expert), expert_card(expert.point, subject, mail, turn.id))


async def drafts(house: House, turn: Turn, point_ids: Sequence[int]) -> Reply:
    """The mail for a point that just came on an agenda; of several, which they are, each with a button for its mail."""
    if len(point_ids) == 1:
        return await draft(house, turn, point_ids[0])
    try:
        found = [await house.experts.of(one, turn.viewer) for one in point_ids]
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.overview(found), overview_card(found))


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """How far an invitation is, told in a sentence; or an overview of all of them."""
    state, said = invited(asked.text), which(asked.text)
    try:
        experts = await house.experts.overview(turn.viewer, turn.now)
    except NotCoordinator:
        experts = ()
    chosen = await _meant(house, turn, asked, experts, said, state)
    if state is None:
        return await draft(house, turn, chosen) if chosen else _overview(turn, experts)
    if chosen is None:
        if not turn.viewer.is_coordinator:
            return whisper(sentence(NotCoordinator()))
        return whisper(texts.WHICH_ONE if experts else texts.NOBODY_TO_INVITE)
    return await _told(house, turn, chosen, state, *guest(asked.text))


def _overview(turn: Turn, experts: Sequence[Expert]) -> Reply:
    if not turn.viewer.is_coordinator:
        return whisper(sentence(NotCoordinator()))
    if not experts:
        return whisper(texts.NOBODY_TO_INVITE)
    return whisper(texts.overview(experts), overview_card(experts))


async def _meant(
    house: House, turn: Turn, asked: Understanding, experts: Sequence[Expert], said: Which, state: Invite | None
) -> int | None:
    """The point that a sentence is about: by number, by the name of who is invited, by its title, or the only one."""
    if said.numbers:
        found = numbered(await in_sight(house, turn, asked), said)
        return found[0].id if found else None
    text = fold(asked.text)
    named = [one for one in experts if one.point.guest_name and fold(one.point.guest_name) in text]
    if len(named) == 1:
        return named[0].point.id
    place = match(said.words, [one.point.title for one in experts])
    if place is not None:
        return experts[place].point.id
    if state is None:
        return None
    waits = [one for one in experts if one.point.invite in _MAY_SAY_YES]
    open_ = waits if state is not Invite.NO or waits else [one for one in experts if one.point.invite is Invite.YES]
    return open_[0].point.id if len(open_) == 1 else None


async def _told(
    house: House, turn: Turn, point_id: int, state: Invite, name: str = "", organisation: str = "", mail: str = ""
) -> Reply:
    """Note how far an invitation is. Of a yes is asked who comes, where nobody said."""
    try:
        before = await house.experts.of(point_id, turn.viewer)
        if state is Invite.YES and not (name or before.point.guest_name):
            return _who(turn, before, organisation, mail)
        full = bool(mail and (organisation or before.point.guest_organisation))
        address = mail if full or state is not Invite.YES else ""
        done = await house.experts.set_state(point_id, state, turn.viewer, turn.now, name, organisation, address)
    except NotNow:
        return whisper(texts.ON_NO_AGENDA.format(point=plain(before.point.title)))
    except NotARealGuest:
        return whisper(texts.NOT_COMPLETE, guest_form(before.point, name, organisation, mail))
    except NotSensible:
        return whisper(texts.NEEDS_A_NAME, guest_form(before.point, "", organisation, mail))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    settled = replace(turn.memory, pending="")
    if state is Invite.YES and not full and done.changed:
        return _asking(turn, done, texts.changed(done), "", "", mail)
    return whisper(texts.changed(done), after_card(done, turn.id)).remembering(settled)


def _who(turn: Turn, expert: Expert, organisation: str, mail: str) -> Reply:
    return _asking(turn, expert, texts.WHO_COMES.format(point=plain(expert.point.title)), "", organisation, mail)


def _asking(turn: Turn, expert: Expert, text: str, name: str, organisation: str, mail: str) -> Reply:
    """Who comes: on a form, or typed."""
    asking = replace(turn.memory, pending=f"{PENDING}:{expert.point.id}" if turn.personal else turn.memory.pending)
    return whisper(text, guest_form(expert.point, name, organisation, mail)).remembering(asking)


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is typed after the bot asked who comes; None when it is about something else."""
    if not about.isdecimal():
        return None
    if plainly(asked) is False:
        return whisper(texts.LEFT_SO).remembering(replace(turn.memory, pending=""))
    name, organisation, mail = guest(asked.text)
    only = is_a_name(asked) and not asked.sure
    if not (mail or only or (name and not asked.sure)):
        return None
    name = name or (" ".join(asked.text.split()) if only and not mail else "")
    return await _told(house, turn, int(about), Invite.YES, name, organisation, mail)


async def show(house: House, turn: Turn, pressed: ShowExpert) -> Reply:
    """The mail to copy, or the form for who comes."""
    if pressed.what == "mail":
        return await draft(house, turn, pressed.point)
    try:
        expert = await house.experts.of(pressed.point, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return _who(turn, expert, "", "")


async def pressed(house: House, turn: Turn, payload: SetExpert) -> Reply:
    """A button or form that tells how far an invitation is."""
    typed_ = (" ".join(part.split()) for part in (payload.name, payload.organisation, payload.email))
    name, organisation, mail = typed_
    if payload.state == "yes" and mail and not (name and organisation):
        try:
            expert = await house.experts.of(payload.point, turn.viewer)
        except Refusal as refusal:
            return whisper(sentence(refusal))
        return whisper(texts.NOT_COMPLETE, guest_form(expert.point, name, organisation, mail))
    return await _told(house, turn, payload.point, Invite(payload.state), name, organisation, mail)


async def compose_answered(house: House, notice: Notice, now: datetime) -> Message | None:
    """Whoever was invited for somebody's point comes, or doesn't."""
    expert = await house.experts.told(int(notice.data["point"]))
    text = texts.answered(expert, now) if expert else None
    return Message(text) if text else None
