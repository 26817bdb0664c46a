"""What is done with actions: they are done, open again, moved, dropped, or one is stuck with them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeAlias

from dateutil.relativedelta import relativedelta

from dialogs.cards.action_payloads import MOST_TOGETHER, DoAction
from dialogs.cards.actions import buttons_card, does
from dialogs.conversations import gate
from dialogs.conversations.actions import passing, which
from dialogs.conversations.actions.replying import done_with, refused, whisper, why
from dialogs.conversations.actions.which import MOST_OFFERED, Meant
from dialogs.language.doing import ActionSaid, action_said
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import actions as texts
from dialogs.texts.outbox import short
from dialogs.texts.words import day, enumeration, plain
from dialogs.turn import Card, Reply, Turn
from storage.domain.actions import LONGEST_REMARK, Action, ActionState
from storage.domain.refusals import IdentifiesSomebody, NotSensible, Refusal
from storage.services.house import House

WHICH, DUE, SURE = "which-action", "move-action", "drop-action"
"""How a conversation remembers that it was asked which action is meant, to which day it moves, and whether it goes."""

LONGEST_PENDING = 60
LONGEST_LABEL = 40

VERBS = {
    Intent.ACTIONS_DONE: "done",
    Intent.ACTIONS_MOVE: "move",
    Intent.ACTIONS_HAND_OVER: "pass",
    Intent.ACTIONS_DROP: "drop",
    Intent.ACTIONS_ESCALATE: "escalate",
}

Act: TypeAlias = Callable[[House, Turn, DoAction, tuple[Action, ...]], Awaitable[Reply]]


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Do what a sentence says with the actions that it means, or ask which those are."""
    said, verb = action_said(asked.text, turn.now), VERBS[asked.intent]
    if verb == "done" and said.undone:
        verb = "reopen"
    found = await (which.settled if verb == "reopen" else which.meant)(house, turn, said)
    if verb == "pass":
        return await passing.answer(house, turn, asked, said, found)
    if not found.actions:
        return _unclear(turn, found, verb, _to(verb, said, (), turn))
    payload = does(verb, found.actions[:MOST_TOGETHER], turn.id, _to(verb, said, found.actions, turn))
    return await pressed(house, turn, payload.model_copy(update={"remark": said.remark[: _LONGEST[verb]]}))


_LONGEST = {"done": LONGEST_REMARK, "escalate": LONGEST_REMARK, "move": 0, "drop": 0, "reopen": 0}
"""Characters of a remark that is kept: with what moves or goes none is."""


def _to(verb: str, said: ActionSaid, actions: Sequence[Action], turn: Turn) -> str:
    """The day to which actions move; "" where none was said."""
    if verb != "move":
        return ""
    if said.due is not None:
        return said.due.isoformat()
    if said.days is None or not actions:
        return ""
    return (_from(actions[0], turn) + timedelta(days=said.days)).isoformat()


def _from(action: Action, turn: Turn) -> date:
    """From which day an action moves on: its own, or today where that is past."""
    return max(action.due or turn.now.date(), turn.now.date())


def _unclear(turn: Turn, found: Meant, verb: str, to: str = "") -> Reply:
    """Which is meant?"""
    if found.missing:
        return whisper(texts.NO_SUCH_NUMBER.format(number=found.missing))
    if not found.maybe:
        return whisper(texts.NOTHING_TO_REOPEN if verb == "reopen" else texts.NO_SUCH_WORDS)
    offered = found.maybe[:MOST_OFFERED]
    buttons = [(short(one.text)[:LONGEST_LABEL], does(verb, [one], turn.id, to)) for one in offered]
    lines = [texts.LINE.format(number=number, text=texts.shown(one)) for number, one in enumerate(offered, 1)]
    ids = ".".join(str(one.id) for one in offered)
    return _asking(turn, f"{WHICH}:{verb}.{to}:{ids}", "\n\n".join([texts.WHICH, *lines]), buttons_card(buttons))


def _asking(turn: Turn, pending: str, text: str, card: Card | None = None) -> Reply:
    kept = pending if len(pending) <= LONGEST_PENDING else ""
    return whisper(text, card).remembering(replace(turn.memory, pending=kept))


async def pressed(house: House, turn: Turn, payload: DoAction) -> Reply:
    """What a button or a sentence does with actions."""
    actions = await house.actions.known(payload.ids, turn.viewer)
    if payload.verb == "keep":
        return done_with(turn, whisper(texts.KEPT))
    if payload.verb == "back":
        return await passing.back(house, turn, payload.ids[0])
    if not actions:
        return whisper(texts.NO_SUCH_WORDS)
    try:
        return await _ACTS[payload.verb](house, turn, payload, actions)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload.model_copy(update={"remark": ""}), texts.BUTTON_SAVE)
    except Refusal as refusal:
        return refused(refusal)


async def _done(house: House, turn: Turn, payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    remark, chosen = payload.remark, payload.chosen
    done, left = await _each(
        actions, lambda one: house.actions.done(one.id, turn.viewer, turn.now, remark=remark, chosen=chosen)
    )
    undo = does("reopen", done, turn.id)
    return done_with(turn, whisper(texts.done(done) + left, buttons_card([(texts.BUTTON_UNDO, undo)])), done)


async def _reopen(house: House, turn: Turn, _payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    opened, left = await _each(actions, lambda one: house.actions.reopen(one.id, turn.viewer, turn.now))
    return done_with(turn, whisper(texts.several(texts.REOPENED, texts.REOPENED_SEVERAL, opened) + left))


async def _move(house: House, turn: Turn, payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    if "-" not in payload.to:
        return _to_when(turn, actions[0])
    try:
        due = date.fromisoformat(payload.to)
        moved, left = await _each(actions, lambda one: house.actions.move(one.id, due, turn.viewer, turn.now))
    except (NotSensible, ValueError):
        return _asking(turn, f"{DUE}:{actions[0].id}", texts.NO_SUCH_DAY)
    return done_with(turn, whisper(texts.several(texts.MOVED, texts.MOVED_SEVERAL, moved, day=day(due)) + left))


async def _each(actions: tuple[Action, ...], act: Callable[[Action], Awaitable[Action]]) -> tuple[list[Action], str]:
    """What becomes of several actions, each on its own, and a paragraph on why others are left as they were.

    Raises the first refusal when nothing could be done.
    """
    done: list[Action] = []
    refusals: list[Refusal] = []
    for one in actions:
        try:
            done.append(await act(one))
        except Refusal as refusal:
            refusals.append(refusal)
    if not done:
        raise refusals[0]
    return done, "".join(f"\n\n{one}" for one in dict.fromkeys(why(refusal) for refusal in refusals))


def _to_when(turn: Turn, action: Action) -> Reply:
    start = _from(action, turn)
    days = (
        (texts.BUTTON_WEEK, start + timedelta(weeks=1)),
        (texts.BUTTON_TWO_WEEKS, start + timedelta(weeks=2)),
        (texts.BUTTON_MONTH, start + relativedelta(months=1)),
    )
    card = buttons_card([(label, does("move", [action], turn.id, to.isoformat())) for label, to in days])
    return _asking(turn, f"{DUE}:{action.id}", texts.quoted(texts.TO_WHEN, action), card)


async def _drop(_house: House, turn: Turn, _payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    action = actions[0]
    if not action.may_be_settled_by(turn.viewer):
        return whisper(texts.NOT_YOURS)
    if action.state is not ActionState.OPEN:
        return whisper(texts.quoted(texts.SETTLED_MEANWHILE, action))
    buttons = ((texts.BUTTON_SURE, "sure"), (texts.BUTTON_KEEP, "keep"))
    card = buttons_card([(label, does(verb, [action], turn.id)) for label, verb in buttons])
    return _asking(turn, f"{SURE}:{action.id}", texts.quoted(texts.SURE_TO_DROP, action), card)


async def _sure(house: House, turn: Turn, _payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    dropped = await house.actions.drop(actions[0].id, turn.viewer, turn.now)
    undo = does("reopen", [dropped], turn.id)
    card = buttons_card([(texts.BUTTON_UNDO, undo)])
    return done_with(turn, whisper(texts.quoted(texts.DROPPED, dropped), card), [dropped])


async def _escalate(house: House, turn: Turn, payload: DoAction, actions: tuple[Action, ...]) -> Reply:
    action = actions[0]
    told = await house.actions.escalate(action.id, turn.viewer, turn.now, remark=payload.remark, chosen=payload.chosen)
    names = enumeration([plain(one.first_name) for one in told])
    return done_with(turn, whisper(texts.quoted(texts.ESCALATED, action, names=names)))


_ACTS: dict[str, Act] = {
    "done": _done,
    "reopen": _reopen,
    "move": _move,
    "drop": _drop,
    "sure": _sure,
    "escalate": _escalate,
    "pass": passing.pressed,
    "accept": passing.accept,
}
