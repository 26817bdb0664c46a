"""The table from intent, button or open question to the conversation that handles it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from dialogs.cards.payloads import Payload
from dialogs.conversations import outbox, people
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.turn import Reply, Turn
from storage.domain.meetings import Meeting
from storage.services.house import House

About: TypeAlias = Callable[[House, Turn, Meeting, Understanding | None], Awaitable[Reply]]
"""Answers what is asked about one meeting; nothing was understood where a bare button asked it."""

Answer: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply]]
"""Answers what is asked about no single meeting."""

Guess: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply | None]]
"""Answers what names no meeting where the one who asks makes clear which; None: the next one is meant."""

Press: TypeAlias = Callable[[House, Turn, Any], Awaitable[Reply]]
"""Does what a button says; its third argument is the payload of its key in the table."""

Typed: TypeAlias = Callable[[House, Turn, str, Understanding], Awaitable[Reply | None]]
"""Takes what is typed after a question of the bot, with what the question was about; None: it was no answer to it."""

ABOUT: Mapping[Intent, About] = {}
ANSWERS: Mapping[Intent, Answer] = {
    **dict.fromkeys(people.INTENTS, people.answer),
    **dict.fromkeys(outbox.INTENTS, outbox.answer),
}
GUESSES: Mapping[Intent, Guess] = {}
PRESSES: Mapping[type[Payload], Press] = {}
PENDING: Mapping[str, Typed] = {}
"""By what stands before the colon of `Memory.pending`."""
