"""Two things asked in one message: "wanneer is de netwerkdag en wat kost dat?"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from dialogs.language.intents import Intent
from dialogs.language.spelling import strip_markup
from dialogs.language.understanding import LONGEST, Understanding, understand
from storage.domain.dialogs import Memory
from storage.domain.network import Names

_JOINT = re.compile(r"\s*(?:[?!;]|[.,](?=\s)|\s-\s|\b(?:en|maar|and|et)\b)\s*", re.IGNORECASE)
_SHORTEST = 3
"""Characters that a part has at least."""

MOST_JOINTS = 8
LONGEST_NAME = 3
"""Words that a name alone may have."""

BOTH_FROM = 0.85
"""The confidence that each half needs: a wrong second answer is worse than one answer."""

CHAT = frozenset(
    {Intent.GREETING, Intent.THANKS, Intent.YES, Intent.NO, Intent.SMALLTALK, Intent.UNKNOWN, Intent.CANCEL}
)
"""What only accompanies a question."""


def understand_all(text: str, now: datetime, names: Names, memory: Memory | None = None) -> tuple[Understanding, ...]:
    """The one or two things that `text` asks, in order.

    Two only when both halves are understood well, mean different things, and neither is mere courtesy.
    """
    whole = understand(text, now, names, memory)
    for first, second in _halves(strip_markup(text[: 4 * LONGEST])[:LONGEST]):
        asked = (understand(first, now, names, memory), understand(second, now, names, memory))
        if all(_asks(one) for one in asked) and _differ(asked):
            return _of_one_meeting(*asked)
    return (whole,)


def _halves(text: str) -> Iterator[tuple[str, str]]:
    for joint in list(_JOINT.finditer(text))[:MOST_JOINTS]:
        first, second = text[: joint.start()], text[joint.end() :]
        if len(first.strip()) >= _SHORTEST and len(second.strip()) >= _SHORTEST:
            yield first, second


def _asks(one: Understanding) -> bool:
    """Whether a half asks something by itself; a name alone belongs to the other half."""
    about_somebody = one.intent in {Intent.PEOPLE_ORGANISATION, Intent.PEOPLE_CONTACT}
    only_a_name = about_somebody and len(one.text.split()) <= LONGEST_NAME
    return one.confidence >= BOTH_FROM and one.intent not in CHAT and not only_a_name


def _of_one_meeting(first: Understanding, second: Understanding) -> tuple[Understanding, Understanding]:
    """In "wanneer en waar is de netwerkdag?" the second half says which meeting both are about."""
    both = first.intent.about_a_meeting and second.intent.about_a_meeting
    if both and second.names_meeting and not first.names_meeting:
        return replace(first, query=second.query, names_meeting=True), second
    return first, second


def _differ(asked: Sequence[Understanding]) -> bool:
    return asked[0].intent is not asked[1].intent
