"""What is typed after a question for a text: the text, a no to the question, or something else altogether."""

import re

from dialogs.language.answers import opens_a_question
from dialogs.language.intents import NOT_BUILT, Intent
from dialogs.language.spelling import strip_markup, strip_markup_in_lines
from dialogs.language.understanding import LONGEST, Understanding
from dialogs.texts import points as texts
from dialogs.texts.outbox import says
from dialogs.texts.words import capital
from dialogs.turn import Turn

_FORM = re.compile(r"\bformulier\b", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“„«](?P<said>[^\"”»]+)[\"”»]\s*")

_CHAT = frozenset({Intent.GREETING, Intent.THANKS, Intent.SMALLTALK, Intent.SWEARING, Intent.COMPLAINT, Intent.YES})
"""What is said beside a question; no answer to it, as long as it is short."""

_TALK = frozenset({Intent.HELP, Intent.CANCEL, Intent.NO, *_CHAT})

_DONE = frozenset(
    {
        Intent.REGISTRATION_REGISTER,
        Intent.REGISTRATION_UNREGISTER,
        Intent.REGISTRATION_EXCUSE,
        Intent.REGISTRATION_REPLACE,
        Intent.OUTBOX_SHOW,
        Intent.ATTENDANCE_MINE,
        Intent.PRIVACY_REQUEST,
        Intent.MEETING_LIST,
    }
)
"""What people say in passing without the words of a question: "ik kan niet komen"."""

SHORT = 3
LONGEST_QUESTION = 14
"""Words that small talk, and a question in between, have at most: what is longer is the text that was asked for."""

_SURE = 0.95
"""From this on a question is not the one to the group."""


def whole(turn: Turn, asked: Understanding) -> str:
    """The message, with its lines, where a sentence is all of it; else that sentence."""
    return turn.text if asked.text and asked.text == strip_markup(turn.text)[:LONGEST] else asked.text or turn.text


def wants_a_form(text: str) -> bool:
    """Whether somebody asks for a form."""
    return _FORM.search(text) is not None


def drops(asked: Understanding) -> bool:
    """Whether somebody says that they rather tell nothing."""
    return says(asked.text, texts.SAID_NOTHING)


def text(turn: Turn, asked: Understanding, asks: bool = False) -> str | None:
    """The text that was asked for, in its lines; None when something else is said or asked in between.

    `asks`: a question is what was asked for, so another one names what it is about.
    """
    said = strip_markup_in_lines(turn.text).strip()
    quoted = _QUOTED.fullmatch(said)
    if quoted is not None:
        return quoted["said"].strip()
    return None if not said or _in_between(asked, said, asks) else said


def title(turn: Turn, asked: Understanding) -> str | None:
    """The same for a title, on one line."""
    said = text(turn, asked)
    return capital(" ".join(said.split()).rstrip(" .")) if said else None


def _in_between(asked: Understanding, said: str, asks: bool) -> bool:
    """Whether this is no answer, but a question or command of its own."""
    words = len(said.split())
    if not asked.sure or words > LONGEST_QUESTION:
        return False
    if asked.intent in _TALK:
        return words <= SHORT
    if asked.intent in NOT_BUILT:
        return opens_a_question(said)
    if asked.intent in _DONE or asked.intent.value.startswith("agenda."):
        return True
    if asks and not (asked.names_meeting or asked.people or asked.confidence >= _SURE):
        return False
    return "?" in said or opens_a_question(said)
