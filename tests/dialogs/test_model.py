"""The shipped weights: from the phrases that are here, small, quick to score, and never at a loss."""

from functools import cache
from importlib.resources import files

import numpy as np
import pytest

from dialogs.language.intents import Intent
from dialogs.language.model import WEIGHTS, shipped
from dialogs.language.phrases import phrases
from dialogs.language.ranking import ranked
from dialogs.language.training import fingerprint

LARGEST = 2_000_000
phrases = cache(phrases)


def test_the_weights_were_trained_on_these_phrases() -> None:
    assert shipped().fingerprint == fingerprint(phrases()), "run `make train`"


def test_the_weights_are_small() -> None:
    assert len((files("dialogs.language") / "data" / WEIGHTS).read_bytes()) < LARGEST


def test_every_intent_is_taught_but_the_networks_own_questions() -> None:
    assert set(Intent) - {one.intent for one in phrases()} == {Intent.FAQ_ANSWER}


@pytest.mark.parametrize("text", ["", "zzqx", "<soort>", "wanneer is <soort>", "a" * 1000])
def test_chances_are_chances(text: str) -> None:
    found = ranked(text, [])
    assert len(found) == 5
    assert all(0 <= chance <= 1 for _, chance in found)
    assert [chance for _, chance in found] == sorted((chance for _, chance in found), reverse=True)
    assert np.isfinite(shipped().logits(text)).all()


def test_a_pattern_tips_the_balance() -> None:
    alone = dict(ranked("hoe lang nog", []))
    helped = dict(ranked("hoe lang nog", [(Intent.MEETING_DURATION, 0.9)]))
    assert helped[Intent.MEETING_DURATION] > alone[Intent.MEETING_DURATION]
