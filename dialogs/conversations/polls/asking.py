"""What is asked about a poll there is: until when one can vote, who chose what, and what one chose oneself."""

from collections.abc import Sequence

from dialogs.conversations.polls import which
from dialogs.conversations.polls.places import tenant
from dialogs.conversations.polls.replying import quietly, refused, told
from dialogs.language.intents import Intent
from dialogs.language.poll_acts import option_named
from dialogs.language.poll_questions import PollQuestion, names_polls, poll_question
from dialogs.language.polling import option_of, poll_said
from dialogs.language.understanding import Understanding
from dialogs.texts import poll_asked as texts
from dialogs.texts import poll_voting
from dialogs.texts.polls import option_label
from dialogs.turn import Reply, Turn
from storage.domain.polls import Option, PollKind, PollState, PollView, Shown
from storage.domain.refusals import AnonymousPoll, NotYours, Refusal
from storage.services.house import House

_TELLING = frozenset({Intent.POLL_SHOW, Intent.POLL_RESULT, Intent.POLL_LIST, Intent.POLL_MISSING})
_ABOUT_POLLS = "poll."


async def bare(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """The answer to such a question; None: it is none, or there is no poll that it may be about."""
    question = poll_question(turn.text)
    if question is None or turn.viewer.person is None or not _is_about_polls(turn, asked, question):
        return None
    views = [one for one in await which.all_polls(house, turn) if one.poll.state is not PollState.DROPPED]
    if not views:
        return None
    match question:
        case PollQuestion.UNTIL:
            return _until(turn, views)
        case PollQuestion.MINE:
            return _mine(turn, views)
        case PollQuestion.WHO:
            return await _who(house, turn, views, asked)


def _is_about_polls(turn: Turn, asked: Understanding, question: PollQuestion) -> bool:
    """Whether nothing else is asked: what is understood as something else is that."""
    if asked.sure and (asked.intent in _TELLING or asked.intent is Intent.POLL_UNVOTE):
        return True
    if asked.sure and asked.intent is not Intent.UNKNOWN:
        return False
    return question is not PollQuestion.UNTIL or names_polls(turn.text, _talked(turn))


def _talked(turn: Turn) -> bool:
    """Whether polls were talked of just now."""
    return (turn.memory.intent or "").startswith(_ABOUT_POLLS)


def _chosen(turn: Turn, views: Sequence[PollView]) -> tuple[PollView, ...]:
    """The poll that is meant; else all of those that run, else the one that closed last."""
    found = which.meant(turn, poll_said(turn.text, turn.now), views)
    if found.view is not None:
        return (found.view,)
    running = tuple(one for one in views if one.poll.is_open(turn.now))
    planned = tuple(one for one in views if one.poll.state is PollState.SCHEDULED)
    over = sorted((one for one in views if one.poll.state is not PollState.SCHEDULED), key=which.closed_at)
    return (running or planned or tuple(over[-1:]))[: which.MOST_OFFERED]


def _until(turn: Turn, views: Sequence[PollView]) -> Reply:
    return told(turn, texts.until(_chosen(turn, views), turn.now))


def _mine(turn: Turn, views: Sequence[PollView]) -> Reply:
    """What one chose is for who asks alone."""
    voted = [one for one in views if one.voted]
    return quietly(turn, texts.mine(_chosen(turn, voted)) if voted else texts.NOT_YOU)


async def _who(house: House, turn: Turn, views: Sequence[PollView], asked: Understanding) -> Reply | None:
    """Who chose what, or who chose the option that is named: for who asks alone."""
    began = [one for one in views if one.poll.state is not PollState.SCHEDULED]
    naming = [one for one in began if _named(turn, one) is not None]
    if not naming and not asked.sure and not names_polls(turn.text, _talked(turn)):
        return None
    found = _chosen(turn, naming or began)
    if not found:
        return quietly(turn, poll_voting.NO_POLLS)
    view = found[0]
    try:
        votes = await house.polls.votes(view.poll.id, turn.viewer, turn.now, turn.conversation_id, tenant(turn))
    except AnonymousPoll:
        return quietly(turn, texts.NOBODY_KNOWS)
    except NotYours:
        after_voting = view.poll.shown is Shown.AFTER_VOTING
        return quietly(turn, poll_voting.WAITS_VOTING if after_voting else poll_voting.WAITS_CLOSING)
    except Refusal as refusal:
        return refused(turn, refusal)
    return quietly(turn, texts.who_chose(view, votes, _named(turn, view), turn.now))


def _named(turn: Turn, view: PollView) -> Option | None:
    """The option that a question names."""
    place = option_named(turn.text, [option_label(one) for one in view.poll.options])
    if place is None and view.poll.kind is PollKind.DATES:
        return option_of(turn.text, view.poll.options)
    return view.poll.options[place] if place is not None else None
