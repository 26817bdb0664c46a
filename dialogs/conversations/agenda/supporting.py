"""Wanting a colleague's point as well, and saying something about a point."""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.cards.payloads import LetBe, Payload
from dialogs.cards.point_payloads import CommentPoint, SupportPoint
from dialogs.cards.points import buttons_card, comment_card
from dialogs.conversations.agenda import entering, which
from dialogs.conversations.gate import caught
from dialogs.language.agenda import carried_text, supports
from dialogs.language.agenda import which as read
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import points as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, say, whisper
from storage.domain.agenda import AgendaPoint, PointState
from storage.domain.composing import fixed_of
from storage.domain.meetings import Audience
from storage.domain.refusals import IdentifiesSomebody, NotThisPoint, Refusal
from storage.services.house import House

PENDING = "comment"
"""How a conversation remembers that the bot asked what somebody wants to say about a point: "comment:point"."""

MOST_OFFERED = 6


async def support(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Support the point that a sentence means, or no longer."""
    listed, yes = await which.in_sight(house, turn, asked), supports(asked.text)
    said = read(asked.text)
    wanted = [one for one in listed.points if one.state is PointState.PROPOSED or listed.meeting is None]
    wanted = [one for one in wanted if fixed_of(one) is None]
    found = which.pointed(listed, said, wanted)
    if len(found) == 1:
        reply = await _support(house, turn, found[0].id, yes)
    elif found:
        replies = [await _support(house, turn, one.id, yes) for one in found[:MOST_OFFERED]]
        reply = replies[0]
        for more in replies[1:]:
            reply = reply.followed_by(more)
    elif said.numbers:
        reply = whisper(texts.no_number(said.numbers[0], len(listed.points)))
    else:
        others = [one for one in wanted if not one.is_of(turn.viewer)]
        alone = len(others) == 1 and not said.words
        reply = await _support(house, turn, others[0].id, yes) if alone else _which_one(turn, others, yes)
    return which.about_list(turn, reply, listed)


def _which_one(turn: Turn, points: Sequence[AgendaPoint], yes: bool) -> Reply:
    if not points:
        return whisper(texts.NOTHING_TO_SUPPORT)
    offered = points[:MOST_OFFERED]
    buttons: list[tuple[str, Payload]] = [
        (one.title, SupportPoint(point=one.id, yes=yes, nonce=f"{turn.id}-{one.id}")) for one in offered
    ]
    return whisper(texts.which_point([one.title for one in offered]), buttons_card(buttons))


async def pressed(house: House, turn: Turn, payload: SupportPoint) -> Reply:
    """The button "Dat wil ik ook", which many press: it says how many want it now."""
    return await _support(house, turn, payload.point, payload.yes)


async def _support(house: House, turn: Turn, point_id: int, yes: bool) -> Reply:
    try:
        point = await house.points.support(point_id, turn.viewer, turn.now, yes)
    except NotThisPoint:
        point = (await house.points.details(point_id, turn.viewer)).point
        return whisper((texts.own_point if point.is_of(turn.viewer) else texts.fixed_point)(point.title))
    except Refusal as refusal:
        return whisper(sentence(refusal))
    text = texts.supported(point) if yes else texts.unsupported(point.title)
    other = SupportPoint(point=point_id, yes=not yes, nonce=f"{turn.id}-{point_id}-{not yes}")
    label = texts.BUTTON_UNSUPPORT if yes else texts.BUTTON_SUPPORT
    if turn.personal:
        return whisper(text, buttons_card([(label, other)]))
    if await _is_closed(house, turn, point):
        return whisper(text)
    return say(text)  # everybody may read how many want it, and nobody who


async def _is_closed(house: House, turn: Turn, point: AgendaPoint) -> bool:
    """Whether a point is of a meeting that keeps its agenda to its participants."""
    found = await house.meetings.known([point.meeting_id], turn.viewer) if point.meeting_id else ()
    return any(one.audience is Audience.PARTICIPANTS for one in found)


async def comment(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Say something about the point that a sentence means; ask what, where it does not say that."""
    listed = await which.in_sight(house, turn, asked)
    said = carried_text(entering.whole(turn, asked), Intent.AGENDA_COMMENT)
    before = asked.text.partition(said.split("\n")[0][:40])[0] if said else asked.text
    found = which.pointed(listed, read(before))
    if len(found) != 1:
        numbers = read(before).numbers
        text = texts.no_number(numbers[0], len(listed.points)) if numbers and not found else texts.WHICH_COMMENTED
        return which.about_list(turn, whisper(text), listed)
    if said:
        reply = await _keep(house, turn, CommentPoint(point=found[0].id, text=said[: texts.LONGEST_SAID]))
    else:
        reply = _ask(turn, found[0])
    return which.about_list(turn, reply, listed)


def _ask(turn: Turn, point: AgendaPoint) -> Reply:
    asked = whisper(texts.ask_comment(point.title), comment_card(point.id, LetBe(nonce=f"{turn.id}-leave")))
    return asked.remembering(replace(turn.memory, pending=f"{PENDING}:{point.id}"))


async def typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What one wants to say about a point; a no; or something else, while the question stays."""
    if entering.drops(asked):
        return whisper(texts.COMMENT_DROPPED).remembering(replace(turn.memory, pending=""))
    said = entering.text(turn, asked)
    if said is None or not about.isdecimal():
        return None
    reply = await _keep(house, turn, CommentPoint(point=int(about), text=said[: texts.LONGEST_SAID]))
    return reply if reply.memory else reply.remembering(replace(turn.memory, pending=""))


async def commented(house: House, turn: Turn, payload: CommentPoint) -> Reply:
    """A comment from a card."""
    return await _keep(house, turn, payload)


async def _keep(house: House, turn: Turn, payload: CommentPoint) -> Reply:
    try:
        details = await house.points.comment(payload.point, payload.text, turn.viewer, turn.now, chosen=payload.chosen)
    except IdentifiesSomebody as refusal:
        return caught(turn, refusal, payload, texts.BUTTON_COMMENT)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    return whisper(texts.comment_kept(details.point.title))
