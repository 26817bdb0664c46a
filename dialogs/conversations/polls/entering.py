"""The entry to talk about polls: from what was asked to what answers it, remembering that it was about polls."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from dialogs.cards.payload import Payload
from dialogs.cards.poll_payloads import (
    ActOnPoll,
    AddPollOption,
    CastVote,
    ChangePoll,
    ManagePoll,
    PollText,
    SendPoll,
    ShowPoll,
    StartPoll,
    VotePoll,
)
from dialogs.conversations.polls import acting, asking, managing, previewing, showing, starting, voting, which
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.turn import Reply, Turn
from storage.services.house import House

Answer: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply]]

Press: TypeAlias = Callable[[House, Turn, Any], Awaitable[Reply]]
Typed: TypeAlias = Callable[[House, Turn, str, Understanding], Awaitable[Reply | None]]

ANSWERS: Mapping[Intent, Answer] = {
    Intent.POLL_START: starting.answer,
    Intent.POLL_VOTE: voting.answer,
    Intent.POLL_UNVOTE: voting.unvote,
    Intent.POLL_SHOW: showing.answer,
    Intent.POLL_LIST: showing.listed,
    Intent.POLL_RESULT: showing.result,
    Intent.POLL_ADD: managing.add,
    Intent.POLL_CHANGE: managing.change,
    **dict.fromkeys(managing.VERBS, managing.answer),
    **dict.fromkeys((Intent.POLL_APPLY, Intent.POLL_EXPORT), acting.answer),
}

PRESSES: Mapping[type[Payload], Press] = {
    StartPoll: starting.pressed,
    SendPoll: previewing.pressed,
    VotePoll: voting.pressed,
    CastVote: voting.pressed,
    ShowPoll: showing.show,
    PollText: showing.text,
    AddPollOption: managing.added,
    ChangePoll: managing.asked_otherwise,
    ManagePoll: managing.pressed,
    ActOnPoll: acting.pressed,
}
PENDING: Mapping[str, Typed] = {
    starting.ASK: starting.typed,
    previewing.WHOM: previewing.whom_typed,
    previewing.SEND: previewing.send_typed,
    which.SHOWN: voting.typed,
    which.LISTED: showing.listed_typed,
    managing.ADD: managing.add_typed,
    managing.DROP: managing.drop_typed,
}

NO_QUESTION = frozenset({which.SHOWN, which.LISTED})
"""Of these, what only remembers what was shown: a yes or no is no answer to it."""

WHOLE = frozenset({starting.ASK, which.SHOWN, managing.ADD})
"""Of these, what is typed is one answer, however many sentences it has."""


async def answer(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Answer what is asked of polls."""
    reply = await ANSWERS[asked.intent](house, turn, asked)
    return reply.remembering(replace(reply.memory or turn.memory, intent=asked.intent.value))


async def bare(house: House, turn: Turn, asked: Understanding) -> Reply | None:
    """What is about an open poll without saying so: "2", "ik kan het niet zien"; None: it is not."""
    if managing.is_asked(turn, asked):
        return managing.press()
    if (told := await asking.bare(house, turn, asked)) is not None:
        return told.remembering(replace(told.memory or turn.memory, intent=Intent.POLL_SHOW.value))
    if await showing.is_asked_in_words(house, turn, asked):
        return await answer(house, turn, replace(asked, intent=Intent.POLL_SHOW))
    return await voting.bare(house, turn, asked)
