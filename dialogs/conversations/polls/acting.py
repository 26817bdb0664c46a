"""What is made of a poll that closed: a point, a meeting, an invitation or a file, by a button or in a sentence."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeAlias

from dialogs.cards.actions import buttons_card
from dialogs.cards.experts import expert_card
from dialogs.cards.meetings import meeting_card
from dialogs.cards.poll_payloads import ActOnPoll
from dialogs.conversations import gate
from dialogs.conversations.polls import which
from dialogs.conversations.polls.places import tenant
from dialogs.conversations.polls.replying import quietly, refused
from dialogs.language.intents import Intent
from dialogs.language.poll_acts import act_said, meeting_kind, option_named, whom
from dialogs.language.polling import PollSaid, option_of, poll_said
from dialogs.language.understanding import Understanding
from dialogs.texts import experts as expert_texts
from dialogs.texts import planning as planning_texts
from dialogs.texts import poll_acts as texts
from dialogs.texts import poll_managing
from dialogs.texts.meetings import KIND_NAMES
from dialogs.texts.polls import option_label
from dialogs.turn import Reply, Turn
from storage.domain.agenda import PointKind
from storage.domain.poll_results import MEETING, Applied
from storage.domain.polls import Option, PollKind, PollState, PollView
from storage.domain.refusals import IdentifiesSomebody, NotCoordinator, NotNow, NotSensible, NotYours, Refusal
from storage.services.house import House

Doing: TypeAlias = Callable[[House, Turn, PollView, Option, ActOnPoll], Awaitable[Reply]]


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Do what a sentence says with the result of the poll that it means."""
    said = poll_said(asked.text, turn.now)
    views = await _managed(house, turn)
    if not views:
        return quietly(turn, texts.NO_POLL)
    exports = asked.intent is Intent.POLL_EXPORT
    act = act_said(asked.text)
    verb = "export" if exports else act.value if act is not None else ""
    found = _meant(turn, said, views, verb)
    if found.view is None and not found.maybe:
        return quietly(turn, texts.NO_POLL)
    if found.view is None:
        offered = [_payload(one, verb) for one in found.maybe]
        return which.ask(turn, found.maybe, offered)
    payload = _payload(found.view, verb)
    option = _option(asked, said, found.view)
    home = await _named(house, turn, asked) if payload.verb in _ON_AN_AGENDA else 0
    update = {"option": option.id if option else 0, "meeting": home}
    return await _act(house, turn, found.view, payload.model_copy(update=update))


def _option(asked: Understanding, said: PollSaid, view: PollView) -> Option | None:
    """The option that a sentence names; None for what won."""
    if said.option:
        return option_of(said.option, view.poll.options)
    place = option_named(asked.text, [option_label(one) for one in view.poll.options])
    return view.poll.options[place] if place is not None else None


async def pressed(house: House, turn: Turn, payload: ActOnPoll) -> Reply:
    """The same by a button."""
    try:
        view = await which.view_of(house, turn, payload.poll)
    except Refusal as refusal:
        return refused(turn, refusal)
    if not view.may_manage:  # they see it where it stands, and no more
        return refused(turn, NotYours())
    return await _act(house, turn, view, payload)


async def _named(house: House, turn: Turn, asked: Understanding) -> int:
    """The id of the meeting on whose agenda a sentence puts what won; 0 where it names none."""
    if not asked.names_meeting:
        return 0
    found = await house.meetings.find(asked.query, turn.viewer, turn.network.timezone, turn.now)
    return next((one.id for one in found if not one.is_over(turn.now)), 0)


async def _managed(house: House, turn: Turn) -> tuple[PollView, ...]:
    """The polls that somebody manages and that began, those that closed last first."""
    views = await house.polls.listed(turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    here = [one for one in views if one.may_manage and one.poll.opened_at is not None]
    return tuple(sorted(here, key=_lately_closed, reverse=True))


def _lately_closed(view: PollView) -> tuple[bool, float]:
    at = view.poll.closed_at or view.poll.opens_at
    return view.poll.state is PollState.CLOSED, at.timestamp()


def _meant(turn: Turn, said: PollSaid, views: tuple[PollView, ...], verb: str) -> which.Meant:
    """The poll that a sentence means: what it says, what is in sight, else the only one of which nothing came yet."""
    fitting = [one for one in views if _fits(one, verb)]
    found = which.meant(turn, said, views if said.number or said.words else fitting or views)
    if found.view is not None or said.number is not None:
        return found
    if verb == "export":
        over = [one for one in views if one.poll.state is PollState.CLOSED]
        return which.one_of(over or views)
    over = [one for one in fitting if one.poll.state is PollState.CLOSED]
    waiting = [one for one in over if not one.poll.applied]
    running = [one for one in fitting if one.poll.state is PollState.OPEN]
    return which.one_of(waiting or over or (running if len(running) == 1 else ()))


def _fits(view: PollView, verb: str) -> bool:
    """Whether that can be done with what a poll asks: of days come meetings, and who is asked for may be invited."""
    if verb == "export":
        return True
    if view.poll.kind is PollKind.TEMPERATURE:
        return False
    if verb == "expert":
        return texts.asks_whom(view.poll.question)
    return not verb or (view.poll.kind is PollKind.DATES) is (verb in _OF_DAYS)


def _payload(view: PollView, verb: str) -> ActOnPoll:
    """What is done with a poll of this kind where a sentence says no more, or says it of dates as of themes."""
    if view.poll.kind is PollKind.DATES and verb in {"", "agenda"}:
        verb = "meeting"
    return ActOnPoll.model_validate({"poll": view.poll.id, "verb": verb or "agenda"})


async def _act(house: House, turn: Turn, view: PollView, payload: ActOnPoll) -> Reply:
    if payload.verb == "export":
        return await _export(house, turn, view)
    if view.poll.state is PollState.OPEN:
        still = texts.about(texts.STILL_OPEN, view)
        return quietly(turn, still if view.poll.is_open(turn.now) else poll_managing.CLOSES_NOW)
    winners = view.tally.winners if view.tally is not None else ()
    if not payload.option and len(winners) > 1:
        offered = [(option_label(one), payload.model_copy(update={"option": one.id})) for one in winners]
        return quietly(turn, texts.WHICH_OPTION, buttons_card(offered[: which.MOST_OFFERED]))
    chosen = view.poll.option(payload.option) if payload.option else next(iter(winners), None)
    if chosen is None:
        return quietly(turn, texts.nothing_won(view, turn.now))
    return await _done(house, turn, view, chosen, payload)


async def _done(house: House, turn: Turn, view: PollView, chosen: Option, payload: ActOnPoll) -> Reply:
    try:
        return await _DOING[payload.verb](house, turn, view, chosen, payload)
    except IdentifiesSomebody as refusal:
        again = payload.model_copy(update={"option": chosen.id, "title": ""})
        return gate.caught(turn, refusal, again, gate.KEEP)
    except NotSensible as refusal:
        return _makes_no_sense(turn, view, refusal)
    except NotNow:
        return quietly(turn, _not_now(view, turn, payload))
    except Refusal as refusal:
        return refused(turn, refusal)


def _makes_no_sense(turn: Turn, view: PollView, refusal: NotSensible) -> Reply:
    if refusal.field != "option":
        return quietly(turn, texts.NO_RIGHT_DAY)
    if view.poll.kind is not PollKind.DATES:
        return quietly(turn, texts.NO_DAY)
    return quietly(turn, texts.NO_TOPIC, buttons_card([(texts.BUTTON_MEETING, _payload(view, "meeting"))]))


def _not_now(view: PollView, turn: Turn, payload: ActOnPoll) -> str:
    moved = payload.verb == "register" and MEETING in view.poll.applied
    return texts.MOVED if moved else texts.nothing_won(view, turn.now)


async def _agenda(house: House, turn: Turn, view: PollView, option: Option, payload: ActOnPoll) -> Reply:
    done = await house.poll_results.put_on_agenda(
        view.poll.id,
        option.id,
        payload.meeting or None,
        turn.viewer,
        turn.now,
        title=payload.title,
        chosen=payload.chosen,
    )
    return _about(turn, done, quietly(turn, texts.on_agenda(done)))


async def _expert(house: House, turn: Turn, view: PollView, option: Option, payload: ActOnPoll) -> Reply:
    """A point with the mail that invites whoever won."""
    name, organisation = whom(option.text)
    done = await house.poll_results.put_on_agenda(
        view.poll.id,
        option.id,
        payload.meeting or None,
        turn.viewer,
        turn.now,
        kind=PointKind.ORGANISATION,
        title=payload.title or texts.title_of_expert(option),
        chosen=payload.chosen,
        guest_name=name,
        guest_organisation=organisation,
    )
    if done.point is None or done.point.kind is not PointKind.ORGANISATION:
        return _about(turn, done, quietly(turn, texts.on_agenda(done)))
    expert = await house.experts.of(done.point.id, turn.viewer)
    if turn.viewer.person is None:
        raise NotCoordinator
    subject = expert_texts.subject(expert, turn.network)
    mail = expert_texts.mail(expert, turn.network, turn.viewer.person)
    told = f"{texts.on_agenda(done)}\n\n{expert_texts.drafted(expert)}"
    return _about(turn, done, quietly(turn, told, expert_card(expert.point, subject, mail, turn.id)))


async def _meeting(house: House, turn: Turn, view: PollView, option: Option, _payload: ActOnPoll) -> Reply:
    return await _plan(house, turn, view, option, register=False)


async def _register(house: House, turn: Turn, view: PollView, option: Option, _payload: ActOnPoll) -> Reply:
    return await _plan(house, turn, view, option, register=True)


async def _plan(house: House, turn: Turn, view: PollView, option: Option, *, register: bool) -> Reply:
    if turn.viewer.person is None:
        raise NotCoordinator
    kind = meeting_kind(view.poll.question)
    done = await house.poll_results.make_meeting(
        view.poll.id, option.id, turn.viewer, turn.now, register=register, kind=kind, title=KIND_NAMES[kind]
    )
    if done.meeting is None:
        return Reply()
    text = texts.meeting_made(done, done.meeting, option.id, register, turn.viewer.person.id)
    return _about(turn, done, quietly(turn, text, meeting_card(done.meeting, turn.now, _NEXT)))


def _about(turn: Turn, done: Applied, reply: Reply) -> Reply:
    """What is said next of "die bijeenkomst" is about the one that was made, or on whose agenda it stands."""
    if done.meeting is None:
        return reply
    memory = reply.memory or turn.memory
    return reply.remembering(replace(memory, meeting_id=done.meeting.id, intent=Intent.MEETING_WHEN.value))


async def _export(house: House, turn: Turn, view: PollView) -> Reply:
    """Links to the file, or all of it in words where the bot has no address; to who asks alone."""
    poll, viewer, now = view.poll, turn.viewer, turn.now
    try:
        found = await house.poll_results.file(poll.id, viewer, now)
    except NotNow:
        hidden = poll.anonymous and poll.is_open(now)
        return quietly(turn, texts.NOT_BEFORE_CLOSING if hidden else texts.nothing_to_export(view, now))
    except Refusal as refusal:
        return refused(turn, refusal)
    if viewer.person is None or not house.links.are_given:
        return quietly(turn, texts.in_words(found, view, now))
    xlsx = await house.links.poll(poll.id, viewer.person.id, now)
    csv = await house.links.poll(poll.id, viewer.person.id, now, csv=True)
    return quietly(turn, texts.file(view, xlsx or "", csv or ""))


_NEXT = (
    (planning_texts.BUTTON_INVITE, Intent.MEETING_INVITE.value),
    (planning_texts.BUTTON_EDIT, Intent.MEETING_CHANGE.value),
)
"""What a coordinator does next with a meeting that was just made, as label and intent."""

_OF_DAYS = frozenset({"meeting", "register"})
_ON_AN_AGENDA = frozenset({"agenda", "expert"})

_DOING: dict[str, Doing] = {"agenda": _agenda, "expert": _expert, "meeting": _meeting, "register": _register}
