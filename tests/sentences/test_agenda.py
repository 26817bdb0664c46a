"""What sentences about agenda points say beside their intent: titles, numbers, texts, lengths, names.

`agenda.yaml` is by the author of the patterns; `agenda_fresh.yaml`, where it stands here, by somebody else.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language import agenda
from dialogs.language.intents import Intent
from storage.domain.agenda import Invite, PointKind
from tests.conftest import NOW

HERE = Path(__file__).parent
FILES = [name for name in ("agenda", "agenda_fresh") if (HERE / f"{name}.yaml").exists()]
RIGHT = {"agenda": 0.97, "agenda_fresh": 0.85}


def _entries(name: str) -> list[Mapping[str, Any]]:
    return list(yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))


def _kinds(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: PointKind(value) if key == "kind" and value else value for key, value in given.items()}


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}


def _wrong(entry: Mapping[str, Any]) -> Iterator[object]:
    """What is found of one sentence and should not be."""
    say = entry["say"]
    found: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    if "point" in entry:
        found["point"], wanted["point"] = agenda.proposed(say, NOW), agenda.Proposed(**_kinds(entry["point"]))
    if {"numbers", "words", "last"} & entry.keys():
        wanted["which"] = agenda.Which(tuple(entry.get("numbers", ())), entry.get("words", ""), entry.get("last", False))
        found["which"] = agenda.which(say)
    if "text" in entry:
        found["text"], wanted["text"] = agenda.carried_text(say, Intent(entry["intent"])), entry["text"]
    if "arranged" in entry:
        found["arranged"], wanted["arranged"] = agenda.arranged(say), agenda.Arranged(**entry["arranged"])
    if "ticked" in entry:
        found["ticked"], wanted["ticked"] = agenda.ticked(say, NOW), agenda.Ticked(**_tuples(entry["ticked"]))
    if "changed" in entry:
        found["changed"], wanted["changed"] = agenda.changed(say), _kinds(entry["changed"])
    if "invite" in entry:
        found["invite"], wanted["invite"] = agenda.invited(say), Invite(entry["invite"])
    if "guest" in entry:
        found["guest"], wanted["guest"] = agenda.guest(say), tuple(entry["guest"])
    if "month" in entry:
        found["month"], wanted["month"] = agenda.month_in(say, NOW), entry["month"]
    for name, value in wanted.items():
        if found[name] != value:
            yield say, found[name]


def _holds_something(entry: Mapping[str, Any]) -> bool:
    return bool(entry.keys() - {"say", "intent", "meeting", "parts", "context", "conversation"})


@pytest.mark.parametrize("name", FILES)
def test_what_a_sentence_says_of_a_point_is_found(name: str) -> None:
    entries = [entry for entry in _entries(name) if _holds_something(entry)]
    wrong = [one for entry in entries if (one := list(_wrong(entry)))]
    assert len(wrong) <= (1 - RIGHT[name]) * len(entries), wrong
