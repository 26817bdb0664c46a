"""Sentences about reports and actions by an independent author: how many are understood, and what is done with them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language.intents import Intent
from dialogs.language.understanding import understand
from storage.domain.dialogs import Memory
from storage.domain.network import Names
from tests.conftest import NOW

ENTRIES: Sequence[Mapping[str, Any]] = yaml.safe_load((Path(__file__).parent / "reports_fresh.yaml").read_text("utf-8"))
HALVES = {"read": ENTRIES[::2], "unread": ENTRIES[1::2]}
FLOORS = {"read": (0.96, 0.98, 0.9), "unread": (0.82, 0.94, 0.9)}
"""Of those that can be understood the share that is right, and of what is acted upon; of the others what is refused."""


@pytest.mark.parametrize("half", HALVES)
def test_most_sentences_are_understood_and_few_misunderstood(half: str) -> None:
    right = acted = acted_right = refused = 0
    inside = [one for one in HALVES[half] if one["intent"] != Intent.UNKNOWN]
    outside = [one for one in HALVES[half] if one["intent"] == Intent.UNKNOWN]
    for one in inside:
        found = understand(one["say"], NOW, Names(), Memory(intent=one.get("last")))
        fits = found.intent.value in {one["intent"], *one.get("also", ())}
        right += fits
        acted += found.sure
        acted_right += found.sure and fits
    for one in outside:
        found = understand(one["say"], NOW, Names(), Memory())
        refused += not found.sure or found.intent in {Intent.UNKNOWN, Intent.COORDINATOR_ASK}
    figures = (right / len(inside), acted_right / acted, refused / len(outside))
    print(f"{half}: right {figures[0]:.1%}, acts {acted / len(inside):.1%}, right then {figures[1]:.1%}")
    assert all(found >= floor for found, floor in zip(figures, FLOORS[half], strict=True)), figures
