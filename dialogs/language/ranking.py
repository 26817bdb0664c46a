"""Ranks the intents of a text: the model's opinion, and what the patterns are sure of, as probabilities."""

from collections.abc import Sequence

import numpy as np

from dialogs.language.intents import Intent
from dialogs.language.model import shipped
from dialogs.language.patterns import SURE

ACT_FROM = 0.75
"""The probability from which the bot acts without asking; measured on sentences of independent authors."""

AGREED_FROM = 0.4
"""The probability from which a short follow-up counts as understood when the patterns are sure of the same."""

SHOWN_FROM = 0.08
"""The probability from which an intent is offered as a possible meaning."""

PATTERN_COUNTS = 1.5
MAYBE_COUNTS = 0.3
"""What a sure and a weak pattern add to an intent's score; chosen on the same sentences as ACT_FROM."""


def ranked(text: str, fitting: Sequence[tuple[Intent, float]]) -> list[tuple[Intent, float]]:
    """The likely intents of a normalised text, the best first, with their probability.

    `fitting` are the intents whose patterns fit, with the patterns' weight.
    """
    model = shipped()
    scores = model.logits(text)
    columns = {intent: column for column, intent in enumerate(model.intents)}
    for intent, weight in fitting:
        if intent in columns:
            scores[columns[intent]] += PATTERN_COUNTS if weight >= SURE else MAYBE_COUNTS
    chances = np.exp(scores - scores.max())
    chances /= chances.sum()
    best = np.argsort(-chances)
    return [(model.intents[column], float(chances[column])) for column in best[:5]]
