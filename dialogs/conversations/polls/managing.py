"""What is done with a poll by who runs it: who voted, reminding, adding, changing, closing, calling off, a run-off."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeAlias, get_args

from dialogs.cards.actions import buttons_card
from dialogs.cards.poll_acts import acts
from dialogs.cards.poll_payloads import AddPollOption, ChangePoll, ManagePoll, ShowPoll
from dialogs.cards.polls import poll_card, result_card
from dialogs.conversations import gate
from dialogs.conversations.polls import showing, voting, which
from dialogs.conversations.polls.places import stands_here, tenant
from dialogs.conversations.polls.replying import quietly, refused, told, why
from dialogs.language.answers import plainly
from dialogs.language.intents import Intent
from dialogs.language.polling import PollSaid, new_options, poll_said
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_managing as texts
from dialogs.texts import poll_starting, poll_voting, polls
from dialogs.texts.outbox import short
from dialogs.turn import Message, Reply, Turn, say, whisper
from storage.domain.polls import PollState, PollView
from storage.domain.refusals import (
    HasVotes,
    IdentifiesSomebody,
    NobodyToTell,
    NotNow,
    NotSensible,
    NotYours,
    Refusal,
)
from storage.services.house import House

ADD, DROP = "poll-add", "poll-drop"
"""How a conversation remembers that it was asked what to add, and whether a poll goes."""

VERBS = {
    Intent.POLL_MISSING: "who",
    Intent.POLL_NUDGE: "nudge",
    Intent.POLL_CLOSE: "close",
    Intent.POLL_DROP: "drop",
    Intent.POLL_RUNOFF: "run_off",
}

Act: TypeAlias = Callable[[House, Turn, PollView, bool], Awaitable[Reply]]


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Do with the poll that a sentence means what it says; of several, ask which."""
    verb, said = VERBS[asked.intent], poll_said(asked.text, turn.now)
    if verb == "drop" and said.series:
        verb = "stop"
    view = await _meant(house, turn, said, verb)
    if isinstance(view, Reply):
        return view
    return await _act(house, turn, view, verb)


async def _meant(house: House, turn: Turn, said: PollSaid, verb: str) -> PollView | Reply:
    """The poll that is meant, of those with which that can be done; else what is asked or told."""
    views = await which.all_polls(house, turn)
    fitting = [one for one in views if _suits(one, verb, turn)]
    running = [one for one in fitting if one.poll.is_open(turn.now)]
    fitting = running if verb in {"who", "change"} and running and not said.words else fitting
    found = which.meant(turn, said, fitting) if fitting else which.Meant()
    if found.view is not None:
        return found.view
    if found.maybe:
        return which.ask(turn, found.maybe, [ManagePoll.model_validate(_button(one, verb)) for one in found.maybe])
    if not views:
        return told(turn, poll_voting.NO_POLLS if turn.personal else poll_voting.NO_POLLS_HERE)
    if verb == "add" and not any(one.poll.is_open(turn.now) for one in views):
        return told(turn, poll_voting.NO_OPEN if turn.personal else poll_voting.NO_OPEN_HERE)
    none = texts.NOT_YOURS_TO_ADD if verb == "add" else texts.NONE_YOURS
    return (which.meant(turn, said, views).view if verb != "add" else None) or told(turn, none)


def _button(view: PollView, verb: str) -> dict[str, object]:
    known = verb in get_args(ManagePoll.model_fields["verb"].annotation)
    return {"poll": view.poll.id, "verb": verb if known else "again"}


def _suits(view: PollView, verb: str, turn: Turn) -> bool:
    """Whether this can be done with a poll, as far as is known before."""
    poll = view.poll
    match verb:
        case "who":
            return not poll.anonymous and poll.state is not PollState.SCHEDULED
        case "run_off":
            tied = view.tally is not None and view.tally.tied and not poll.applied.get("run_off")
            return view.may_manage and poll.state is PollState.CLOSED and tied
        case "add":
            return poll.is_open(turn.now) and (poll.may_add or view.may_manage)
        case "stop":
            return view.may_manage and poll.series_id is not None
        case "drop" | "change":
            return view.may_manage and poll.state in {PollState.SCHEDULED, PollState.OPEN}
        case _:
            return view.may_manage and poll.is_open(turn.now)


async def pressed(house: House, turn: Turn, payload: ManagePoll) -> Reply:
    """A button that manages a poll."""
    if payload.verb == "take_back":
        return await voting.take_back(house, turn, payload.poll)
    if payload.verb == "again":
        return _settled(turn, await showing.show(house, turn, ShowPoll(poll=payload.poll)))
    try:
        view = await which.view_of(house, turn, payload.poll)
    except Refusal as refusal:
        return refused(turn, refusal)
    return await _act(house, turn, view, payload.verb, payload.sure)


async def _act(house: House, turn: Turn, view: PollView, verb: str, sure: bool = False) -> Reply:
    if verb != "who" and not view.may_manage:
        return refused(turn, NotYours())
    try:
        return await _ACTS[verb](house, turn, view, sure)
    except Refusal as refusal:
        return refused(turn, refusal)


async def _who(house: House, turn: Turn, view: PollView, _sure: bool) -> Reply:
    """Who voted and who did not: for who asks alone."""
    turnout = await house.polls.turnout(view.poll.id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    return quietly(turn, texts.turnout(turnout))


async def _nudge(house: House, turn: Turn, view: PollView, _sure: bool) -> Reply:
    try:
        count = await house.polls.nudge(view.poll.id, turn.viewer, turn.now)
    except NobodyToTell:
        turnout = await house.polls.turnout(view.poll.id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
        everybody = turnout.known and not turnout.missing
        return told(turn, texts.NOBODY_TO_NUDGE if everybody else texts.NOBODY_KNOWN)
    return told(turn, texts.nudged(count))


async def _close(house: House, turn: Turn, view: PollView, _sure: bool) -> Reply:
    """Close it: what came of it stands under its card; what can be done with that is for who closed it."""
    if view.poll.state is PollState.CLOSED:
        return told(turn, texts.CLOSED_ALREADY)
    after = await house.polls.close(view.poll.id, turn.viewer, turn.now)
    said = "\n\n".join(one for one in (texts.CLOSED, polls.outcome(after, turn.now)) if one)
    buttons = acts(after)
    told_ = Message(said, result_card(after, turn.now, buttons) if buttons else None, card_only=bool(buttons))
    if turn.in_place:
        return Reply(private=told_ if buttons else None, shown=poll_card(after, turn.now))
    if turn.personal:
        return Reply(private=told_)
    here = turn.button is None and await stands_here(house, turn, after.poll)
    typed = Message(texts.CLOSED) if turn.button is None and not here else None  # here its result says so at once
    return Reply(typed, also=told_ if buttons or (typed is None and not here) else None)


async def _drop(house: House, turn: Turn, view: PollView, sure: bool) -> Reply:
    """Call it off, once that is certain."""
    if view.poll.state is PollState.CLOSED:
        return told(turn, texts.CLOSED_ALREADY)
    if not sure:
        buttons = (
            (texts.BUTTON_SURE, ManagePoll(poll=view.poll.id, verb="drop", sure=True)),
            (texts.BUTTON_KEEP, ManagePoll(poll=view.poll.id, verb="again")),
        )
        asking = told(turn, texts.about(texts.SURE_TO_DROP, view), buttons_card(buttons))
        return asking.remembering(replace(turn.memory, pending=f"{DROP}:{view.poll.id}"))
    await house.polls.drop(view.poll.id, turn.viewer, turn.now)
    return _settled(turn, told(turn, texts.about(texts.DROPPED, view)))


def _settled(turn: Turn, reply: Reply) -> Reply:
    """The same reply, after which nobody is asked any more whether a poll goes."""
    memory = replace(reply.memory or turn.memory, intent=Intent.POLL_SHOW.value)
    waits = (memory.pending or "").partition(":")[0] == DROP
    return reply.remembering(replace(memory, pending="") if waits else memory)


def is_asked(turn: Turn, asked: Understanding) -> bool:
    """Whether a yes or no in company may be about a poll that was to be called off: there only buttons tell."""
    waits = not turn.personal and turn.memory.intent == Intent.POLL_DROP.value
    return waits and plainly(asked) is not None


def press() -> Reply:
    """Press the button."""
    return say(texts.PRESS_THE_BUTTON)


async def drop_typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """Whether a poll goes, typed; None: something else is talked about."""
    yes = plainly(asked)
    if yes is None or not about.isdecimal():
        return None
    if not yes:
        return whisper(texts.KEPT).remembering(replace(turn.memory, pending=""))
    return await pressed(house, turn, ManagePoll(poll=int(about), verb="drop", sure=True))


async def _stop(house: House, turn: Turn, view: PollView, _sure: bool) -> Reply:
    try:
        await house.polls.stop_series(view.poll.id, turn.viewer, turn.now)
    except NotNow:
        return told(turn, texts.NO_SERIES)
    return told(turn, texts.STOPPED)


async def _run_off(house: House, turn: Turn, view: PollView, _sure: bool) -> Reply:
    """Once more between what ended equal; where it stands before everybody's eyes nothing else is said."""
    if view.poll.state is PollState.OPEN:
        return told(turn, texts.NOT_CLOSED if view.poll.is_open(turn.now) else texts.CLOSES_NOW)
    try:
        await house.polls.run_off(view.poll.id, turn.viewer, turn.now)
    except NotNow:
        return told(turn, texts.NO_TIE)
    except NotSensible:
        return told(turn, texts.DAYS_OVER)
    return told(turn, texts.AGAIN)


_ACTS: dict[str, Act] = {
    "who": _who,
    "nudge": _nudge,
    "close": _close,
    "drop": _drop,
    "stop": _stop,
    "run_off": _run_off,
}


# --- adding an option


async def add(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Add what a sentence says, or ask what."""
    said = poll_said(asked.text, turn.now)
    view = await _meant(house, turn, said, "add")
    if isinstance(view, Reply):
        return view
    if not said.option.strip():
        return told(turn, texts.ADD_WHAT).remembering(replace(turn.memory, pending=f"{ADD}:{view.poll.id}"))
    return await added(house, turn, AddPollOption(poll=view.poll.id, text=said.option[:_LONGEST]))


_LONGEST = 400


async def add_typed(house: House, turn: Turn, about: str, asked: Understanding) -> Reply | None:
    """What is added, after that was asked; None: something else is talked about."""
    if not about.isdecimal() or (asked.sure and asked.intent not in {Intent.NO, Intent.CANCEL}):
        return None
    done = replace(turn.memory, pending="")
    if asked.sure:
        return whisper(texts.KEPT).remembering(done)
    reply = await added(house, turn, AddPollOption(poll=int(about), text=turn.text.strip()[:_LONGEST]))
    return reply if reply.memory is not None else reply.remembering(done)


async def added(house: House, turn: Turn, payload: AddPollOption) -> Reply:
    """Add an option, as it is typed."""
    try:
        before = await which.view_of(house, turn, payload.poll)
        new = new_options(payload.text.replace(";", ","), turn.now, before.poll.kind)
        if not new:
            return quietly(turn, texts.ADD_WHAT)
        option = replace(new[0], text=payload.text) if new[0].day is None else new[0]
        after = await house.polls.add_option(
            payload.poll, option, turn.viewer, turn.now, turn.conversation_id, tenant(turn), chosen=payload.chosen
        )
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, payload.model_copy(update={"text": ""}), gate.KEEP)
    except NotSensible:
        return quietly(turn, poll_starting.no_day(payload.text))
    except NotNow:
        return quietly(turn, texts.FULL)
    except NotYours:
        return quietly(turn, texts.NOT_YOURS_TO_ADD)
    except Refusal as refusal:
        return refused(turn, refusal)
    if turn.in_place:
        return Reply(shown=poll_card(after, turn.now))
    there = len(after.poll.options) == len(before.poll.options)
    said = texts.ALREADY_THERE if there else texts.ADDED
    return told(turn, said.format(option=short(poll_starting.label(option))))


# --- changing


async def change(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Change what a sentence says: until when, the question, what is shown, a quorum, anonymous or not."""
    said = poll_said(asked.text, turn.now)
    said = replace(said, words="") if said.words == said.question else said  # those are the new question's
    view = await _meant(house, turn, said, "change")
    if isinstance(view, Reply):
        return view
    values = _values(said)
    if said.longer is not None and said.closes is None:
        values["closes"] = max(view.poll.closes_local, turn.now.replace(tzinfo=None)) + said.longer
    if not values:
        return told(turn, texts.about(texts.CHANGE_WHAT, view))
    return await _changed(house, turn, view.poll.id, values)


async def asked_otherwise(house: House, turn: Turn, payload: ChangePoll) -> Reply:
    """Another question, reworded on a card since somebody could be recognised in it."""
    try:
        view = await which.view_of(house, turn, payload.poll)
    except Refusal as refusal:
        return refused(turn, refusal)
    if not view.may_manage:  # they see it where it stands, and no more
        return refused(turn, NotYours())
    return await _changed(house, turn, payload.poll, {"question": payload.question}, payload.chosen)


async def _changed(house: House, turn: Turn, poll_id: int, values: dict[str, Any], chosen: bool = False) -> Reply:
    try:
        after = await house.polls.change(poll_id, values, turn.viewer, turn.now, chosen=chosen)
    except IdentifiesSomebody as refusal:
        return gate.caught(turn, refusal, ChangePoll(poll=poll_id), gate.KEEP)
    except NotSensible as refusal:
        return told(turn, texts.NOT_SENSIBLE.get(refusal.field) or why(refusal))
    except Refusal as refusal:
        return told(turn, why(refusal)) if isinstance(refusal, HasVotes) else refused(turn, refusal)
    if values.keys() == {"closes"}:
        local = turn.now.replace(tzinfo=None)
        return told(turn, texts.CHANGED_CLOSES.format(when=poll_starting.at(after.closes_local, local)))
    return told(turn, texts.CHANGED)


_FIELDS = ("closes", "shown", "quorum", "may_add", "most", "anonymous", "question")


def _values(said: PollSaid) -> dict[str, Any]:
    """The new values that a sentence tells."""
    told_ = {name: getattr(said, name) for name in _FIELDS}
    return {name: value for name, value in told_.items() if value not in (None, "")}
