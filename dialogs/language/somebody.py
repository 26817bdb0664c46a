"""What a sentence about who comes says besides: why somebody can't, and names that the network doesn't know."""

import re
from collections.abc import Sequence

from dialogs.language.intents import Intent
from dialogs.language.reduction import corrected, known_words
from dialogs.language.references import kind_words
from dialogs.language.spelling import BREAK, fold

OF_SOMEBODY = frozenset(
    {
        Intent.REGISTRATION_REGISTER,
        Intent.REGISTRATION_UNREGISTER,
        Intent.REGISTRATION_EXCUSE,
        Intent.REGISTRATION_REPLACE,
        Intent.REGISTRATION_GUEST,
        Intent.REGISTRATION_PAID,
        Intent.ATTENDANCE_TICK,
    }
)
"""What is said of somebody's coming, with any name and for any reason."""

_REASONS = frozenset({"want", "omdat", "wegens", "vanwege", "aangezien", "doordat", "owv", "because"})
_LEAST = 2
"""Words that a sentence keeps when its reason is left out."""

_NAME = re.compile(r"\b[A-ZÀ-ÝŠŽ][\w'’-]+")
_PERSON = "<persoon>"


def without_reason(said: Sequence[str]) -> list[str]:
    """The words before "want", "omdat" or "wegens"; all where too few stand before it."""
    place = next((place for place, word in enumerate(said) if word in _REASONS), len(said))
    return list(said[:place] if place >= _LEAST else said)


def with_strangers(raw: str, said: Sequence[str]) -> list[str]:
    """The words with a person's mask for unknown words that `raw` writes with a capital: "schrijf Bram Peeters in"."""
    typed = {fold(name) for name in _NAME.findall(raw)} - known_words() - kind_words().keys()
    strangers = typed | {word for name in typed for word in corrected([name])}
    masked = [_PERSON if word in strangers and not word.startswith("<") else word for word in said if word != BREAK]
    return [
        word
        for place, word in enumerate(masked)
        if word != _PERSON or masked[max(0, place - 1)] != _PERSON or not place
    ]
