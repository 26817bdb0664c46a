"""What sentences about agenda points say beside their intent: titles, numbers, texts, lengths, names.

`agenda.yaml` is by the author of the patterns; `agenda_fresh.yaml` by somebody else.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language import agenda
from dialogs.language.intents import Intent
from storage.domain.agenda import Invite, PointKind
from tests.conftest import NOW

HERE = Path(__file__).parent
RIGHT = {"agenda": 0.97, "agenda_fresh": 0.9}


def _entries(name: str) -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))


def _kinds(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: PointKind(value) if key == "kind" and value else value for key, value in given.items()}


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}


def _read(entry: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    """What is found of one sentence, each beside what it must be."""
    say, intent = entry["say"], entry.get("intent", "unknown")
    readings: dict[str, tuple[Callable[[], object], Callable[[Any], object]]] = {
        "point": (lambda: agenda.proposed(say, NOW), lambda given: agenda.Proposed(**_kinds(given))),
        "text": (lambda: agenda.carried_text(say, Intent(intent)), str),
        "arranged": (lambda: agenda.arranged(say), lambda given: agenda.Arranged(**given)),
        "ticked": (lambda: agenda.ticked(say, NOW), lambda given: agenda.Ticked(**_tuples(given))),
        "changed": (lambda: agenda.changed(say), _kinds),
        "invite": (lambda: agenda.invited(say), Invite),
        "guest": (lambda: agenda.guest(say), tuple),
        "month": (lambda: agenda.month_in(say, NOW), lambda given: given),
    }
    for name, (read, meant) in readings.items():
        if name in entry:
            yield read(), meant(entry[name])
    if {"numbers", "words", "last"} & entry.keys():
        numbers = tuple(entry.get("numbers", ()))
        yield agenda.which(say), agenda.Which(numbers, entry.get("words", ""), entry.get("last", False))


def _wrong(entry: Mapping[str, Any]) -> Iterator[object]:
    """What is found of one sentence and should not be."""
    return (found for found, wanted in _read(entry) if found != wanted)


def _holds_something(entry: Mapping[str, Any]) -> bool:
    return bool(entry.keys() - {"say", "intent", "meeting", "parts", "context", "conversation"})


@pytest.mark.parametrize("name", RIGHT)
def test_what_a_sentence_says_of_a_point_is_found(name: str) -> None:
    entries = [entry for entry in _entries(name) if _holds_something(entry)]
    wrong = [(entry["say"], found) for entry in entries for found in _wrong(entry)]
    assert len(wrong) <= (1 - RIGHT[name]) * len(entries), wrong
