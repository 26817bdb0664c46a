"""Showing polls: the card again, all of it in words, how it stands, and which polls there are."""

from collections.abc import Sequence

from dialogs.cards.poll_acts import acts
from dialogs.cards.poll_payloads import PollText, ShowPoll
from dialogs.cards.polls import poll_card, result_card, text_card
from dialogs.conversations.polls import which
from dialogs.conversations.polls.places import stands_here, tenant
from dialogs.conversations.polls.replying import refused, told
from dialogs.language.intents import Intent
from dialogs.language.polling import poll_said
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_voting as texts
from dialogs.texts.polls import details, poll_text
from dialogs.texts.words import plain
from dialogs.turn import Message, Reply, Turn
from storage.domain.polls import PollState, PollView, Shown
from storage.domain.refusals import Refusal
from storage.services.house import House


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Show a poll: as text where somebody can not see the card, and to them alone; else its card again."""
    said = poll_said(asked.text, turn.now)
    views = await which.open_polls(house, turn) or await which.all_polls(house, turn)
    if not views:
        return told(turn, texts.NO_OPEN if turn.personal else texts.NO_OPEN_HERE)
    found = which.meant(turn, said, views)
    if found.view is None:
        offered = [PollText(poll=one.poll.id) if said.as_text else ShowPoll(poll=one.poll.id) for one in found.maybe]
        return which.ask(turn, found.maybe, offered)
    return await (_in_words if said.as_text else _card)(house, turn, found.view)


async def is_asked_in_words(house: House, turn: Turn, asked: Understanding) -> bool:
    """Whether somebody can not see the card of a poll that is open, and does not name it."""
    other = asked.sure and asked.intent not in {Intent.REGISTRATION_EXCUSE, Intent.UNKNOWN}
    if other or turn.memory.pending or not poll_said(asked.text, turn.now).as_text:
        return False
    return bool(await which.open_polls(house, turn))


async def _in_words(house: House, turn: Turn, view: PollView) -> Reply:
    """All of a poll in words, in somebody's own chat, where they may vote by typing."""
    poll_id, here = view.poll.id, turn.conversation_id
    await house.polls.is_there(poll_id, turn.viewer, turn.now, here, tenant(turn))
    reply = Reply(private=Message(poll_text(view, turn.now)))
    return which.remembering(turn, reply, which.SHOWN, [view])


async def _card(house: House, turn: Turn, view: PollView) -> Reply:
    """The card again: in company as all see it, where it stands there."""
    base = None if turn.personal else await house.polls.shown(view.poll.id, turn.now)
    seen = base or view
    message = Message(poll_text(seen, turn.now), poll_card(seen, turn.now), card_only=True)
    if base is not None and await stands_here(house, turn, view.poll):
        return Reply(message)
    reply = Reply(private=message)
    return which.remembering(turn, reply, which.SHOWN, [view]) if turn.personal else reply


async def show(house: House, turn: Turn, payload: ShowPoll) -> Reply:
    """The poll of a button, or as Teams asks anew for who looks at its card."""
    try:
        view = await which.view_of(house, turn, payload.poll)
    except Refusal as refusal:
        return Reply() if payload.refresh else refused(turn, refusal)
    if turn.in_place:
        return Reply(shown=poll_card(view, turn.now))
    message = Message(poll_text(view, turn.now), poll_card(view, turn.now), card_only=True)
    return which.remembering(turn, Reply(private=message), which.SHOWN, [view])


async def text(house: House, turn: Turn, payload: PollText) -> Reply:
    """The button "ik kan het niet zien": the words in the place of the card, else in one's own chat."""
    try:
        view = await which.view_of(house, turn, payload.poll)
    except Refusal as refusal:
        return refused(turn, refusal)
    if turn.in_place:
        return Reply(shown=text_card(view, turn.now))
    return await _in_words(house, turn, view)


# --- how it stands


async def result(house: House, turn: Turn, asked: Understanding) -> Reply:
    """How a poll stands, or what came of it: in company what all may see."""
    views = await which.all_polls(house, turn)
    began = [one for one in views if one.poll.state is not PollState.SCHEDULED]
    if not began:
        return told(turn, texts.NO_POLLS if turn.personal else texts.NO_POLLS_HERE)
    said = poll_said(asked.text, turn.now)
    found = which.meant(turn, said, began)
    if found.view is None and said.number is None:
        running = [one for one in began if one.poll.is_open(turn.now)]
        latest = running or sorted(began, key=which.closed_at)[-1:]
        found = which.one_of(latest) if not said.words else found
    if found.view is None:
        return which.ask(turn, found.maybe, [ShowPoll(poll=one.poll.id) for one in found.maybe])
    return await _standing(house, turn, found.view)


async def _standing(house: House, turn: Turn, view: PollView) -> Reply:
    if view.tally is None and view.poll.state is not PollState.DROPPED:
        after_voting = view.poll.shown is Shown.AFTER_VOTING and not view.poll.anonymous
        return told(turn, texts.WAITS_VOTING if after_voting else texts.WAITS_CLOSING)
    base = None if turn.personal else await house.polls.shown(view.poll.id, turn.now)
    alone = base is None or base.tally is None  # what one may see who voted is not for who did not
    seen = view if alone or base is None else base
    runs = seen.poll.is_open(turn.now)
    card = poll_card(seen, turn.now) if runs else result_card(seen, turn.now, acts(seen))
    message = Message(texts.standing(seen, turn.now), card, card_only=True)
    reply = Reply(private=message) if alone else Reply(message)
    return which.remembering(turn, reply, which.SHOWN, [view]) if turn.personal else reply


# --- which there are


async def listed(house: House, turn: Turn, _asked: Understanding) -> Reply:
    """The polls that run, are planned or closed lately; in company those that stand there."""
    views = await which.all_polls(house, turn)
    if not views:
        return told(turn, texts.NO_POLLS if turn.personal else texts.NO_POLLS_HERE)
    running = [one for one in views if one.poll.is_open(turn.now)]
    planned = [one for one in views if one.poll.state is PollState.SCHEDULED and turn.personal]
    over = [one for one in views if one not in running and one.poll.state is not PollState.SCHEDULED]
    ordered, lines = list[PollView](), list[str]()
    for head, group in ((texts.OPEN, running), (texts.PLANNED, planned), (texts.CLOSED, over)):
        if group:
            lines += [head, *_lines(turn, group, len(ordered) + 1)]
            ordered += group
    if not ordered:
        return told(turn, texts.NO_POLLS_HERE)
    reply = told(turn, "\n\n".join([*lines, texts.HOW] if turn.personal else lines))
    return which.remembering(turn, reply, which.LISTED, ordered) if turn.personal else reply


def _lines(turn: Turn, views: Sequence[PollView], first: int) -> list[str]:
    return [
        texts.LINE.format(number=number, question=plain(one.poll.question), details=_details(turn, one))
        for number, one in enumerate(views, first)
    ]


def _details(turn: Turn, view: PollView) -> str:
    """Until when, and whether one voted oneself; of what closed what came of it."""
    when = details(view, turn.now)[-1]
    said = [when[:1].lower() + when[1:]]
    if turn.personal and view.poll.is_open(turn.now) and (view.voted or view.may_vote):
        said.append(texts.VOTED if view.voted else texts.NOT_VOTED)
    return ", ".join(said)


async def listed_typed(house: House, turn: Turn, _about: str, _asked: Understanding) -> Reply | None:
    """ "2", after polls were listed: that one; None: something else is talked about."""
    number = turn.text.strip(" .!)")
    ids = which.in_sight(turn)
    if not number.isdecimal() or not 0 < int(number[:3]) <= len(ids):
        return None
    return await show(house, turn, ShowPoll(poll=ids[int(number[:3]) - 1]))
