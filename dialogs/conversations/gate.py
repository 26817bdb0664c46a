"""A text in which somebody can be recognised: shown to its author only, with other words for it; kept nowhere yet."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from dialogs.cards.gate import GATED, gate_card, longest_of
from dialogs.cards.gate_payloads import DropText
from dialogs.cards.payloads import Payload
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import gate as texts
from dialogs.texts.outbox import says
from dialogs.turn import Message, Reply, Turn, whisper
from storage.domain.identifying import neutral
from storage.domain.refusals import IdentifiesSomebody
from storage.services.house import House

PENDING = "gate"
"""How a conversation remembers that the bot proposed other words: "gate:token"."""

KEEP, PASS_ON, SHOW, STILL_IN_IT = texts.BUTTON_KEEP, texts.BUTTON_PASS_ON, texts.BUTTON_SHOW, texts.STILL_IN_IT
"""Labels for what is done with the new words, and the warning beside what was kept as it was."""

KEPT_FOR = timedelta(hours=1)
MOST_KEPT = 500


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What a typed yes does with a proposal; `kept`: what does it with the text as it was, where that is offered."""

    at: datetime
    field: str
    redo: Payload
    kept: Payload | None


_proposed: OrderedDict[str, _Proposal] = OrderedDict()
"""The latest proposals, for what is typed; never written down. Whose is gone has its button."""

Press: TypeAlias = Callable[[House, Turn, Payload], Awaitable[Reply]]


def caught(turn: Turn, refusal: IdentifiesSomebody, redo: Payload, label: str, retyped: bool = False) -> Reply:
    """Show the author what identifies somebody, with a proposal on a card; `redo` does it with what comes of that.

    `redo` has a field called as the refusal's (else "text"), `chosen` where it may be kept as it is, and a `nonce` or
    none. `retyped`: the author was shown it before, and may choose to keep it so; what comes from this card counts so.
    In company everybody only reads that the message is better deleted.
    """
    field = refusal.field or "text"
    offered = refusal.may_keep and (retyped or came_back(turn, field))
    redo = _fresh(redo, turn, "so")
    proposal = neutral(refusal.text, refusal.found)[: longest_of(redo, field)]
    kept = _fresh(_chosen(redo, field), turn, "kept") if offered else None
    buttons = {label: redo, **({texts.BUTTON_KEEP_SO: kept} if kept else {})}
    card = gate_card(refusal.text if offered else proposal, field, buttons, turn.id)
    text = texts.caught(refusal.text, refusal.found, proposal, refusal.may_keep, offered)
    asking = whisper(text, card).remembering(replace(turn.memory, pending=f"{PENDING}:{turn.id}"))
    as_it_was = kept.model_copy(update={field: refusal.text}) if kept else None
    _keep(turn, _Proposal(turn.now, field, redo.model_copy(update={field: proposal}), as_it_was))
    typed_here = not turn.personal and turn.button is None
    return replace(asking, message=Message(texts.DELETE_IT)) if typed_here else asking


def came_back(turn: Turn, field: str = "text") -> bool:
    """Whether the text of this field was reworded on the card."""
    return turn.button is not None and turn.button.get(GATED) == field


def _fresh(redo: Payload, turn: Turn, verb: str) -> Payload:
    """The same with a nonce of its own, where it has one: each card may be pressed once."""
    return redo.model_copy(update={"nonce": f"{turn.id}-{verb}"}) if "nonce" in type(redo).model_fields else redo


def _chosen(redo: Payload, field: str) -> Payload:
    """The same, to be kept as it is: where `chosen` is text it names the fields."""
    before = getattr(redo, "chosen", False)
    return redo.model_copy(update={"chosen": f"{before} {field}".strip() if isinstance(before, str) else True})


def _keep(turn: Turn, proposal: _Proposal) -> None:
    _proposed[turn.id] = proposal
    while len(_proposed) > MOST_KEPT or turn.now - next(iter(_proposed.values())).at > KEPT_FOR:
        _proposed.popitem(last=False)


async def typed(house: House, turn: Turn, about: str, asked: Understanding, press: Press) -> Reply | None:
    """A yes or no to the proposal, or that it stays as it was; anything else is handled as usual, and it stays open."""
    if says(asked.text, texts.SAID_KEEP_SO):
        return await _go_on(house, turn, about, press, as_it_was=True)
    if not asked.sure or asked.intent not in {Intent.YES, Intent.NO, Intent.CANCEL}:
        return None
    said = plainly(asked)
    if said is None:  # "ja, maar wacht even"
        return whisper(texts.PRESS_THE_BUTTON) if asked.intent is Intent.YES else None
    if not said:
        return await drop(house, turn, DropText())
    return await _go_on(house, turn, about, press)


async def _go_on(house: House, turn: Turn, token: str, press: Press, as_it_was: bool = False) -> Reply:
    proposal = _proposed.get(token)
    if proposal is None or turn.now - proposal.at > KEPT_FOR:
        return whisper(texts.PRESS_THE_BUTTON)
    redo = proposal.kept if as_it_was else proposal.redo
    if redo is None:
        return whisper(texts.REWORD_FIRST)
    del _proposed[token]
    back = replace(turn, button={GATED: proposal.field})
    return settled(back, await press(house, back, redo))


async def drop(_house: House, turn: Turn, _pressed: DropText) -> Reply:
    """Keep nothing of it."""
    what, _, token = (turn.memory.pending or "").partition(":")
    if what != PENDING:
        return whisper(texts.DROPPED)
    _proposed.pop(token, None)
    return whisper(texts.DROPPED).remembering(replace(turn.memory, pending=""))


def settled(turn: Turn, reply: Reply) -> Reply:
    """What came of a button on the card: the proposal waits no more, unless it is about another one now."""
    pending = turn.memory.pending or ""
    if turn.button is None or GATED not in turn.button or not pending.startswith(f"{PENDING}:"):
        return reply
    memory = reply.memory or turn.memory
    return reply.remembering(replace(memory, pending="")) if memory.pending in {None, pending} else reply
