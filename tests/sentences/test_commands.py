"""What is passed on or stands ready to be sent: what is meant, and the text, number and channel that go with it.

`commands.yaml` was written by the author of the patterns and phrases, apart from them: no blind set.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from dialogs.language.understanding import Understanding, understand
from storage.domain.network import Names, OrganisationName, PersonName
from storage.domain.people import OrganisationStatus, Role
from tests.conftest import NOW

ENTRIES = yaml.safe_load((Path(__file__).parent / "commands.yaml").read_text("utf-8"))
NAMES = Names(
    people=(
        PersonName(1, "Nele Verhaegen", Role.COORDINATOR),
        PersonName(2, "Samira Bensaïd", Role.AMBASSADOR),
        PersonName(3, "Jonas Claerhout", Role.AMBASSADOR),
    ),
    organisations=(OrganisationName(1, "Vzw Windkracht", OrganisationStatus.AMBASSADOR),),
)
RIGHT = 0.95


def _understood(text: str) -> Understanding:
    return understand(text, NOW, NAMES)


def _as_wanted(entry: Mapping[str, Any]) -> bool:
    parts = understand_all(entry["say"], NOW, NAMES)
    asked = parts[0]
    return (
        len(parts) == 1
        and asked.intent == entry["intent"]
        and asked.remainder == entry.get("remainder", asked.remainder)
        and asked.number == entry.get("number")
        and asked.to_channel == entry.get("channel", False)
    )


def test_commands_and_what_they_carry_are_understood() -> None:
    wrong = [entry["say"] for entry in ENTRIES if not _as_wanted(entry)]
    assert len(wrong) <= (1 - RIGHT) * len(ENTRIES), wrong


@pytest.mark.parametrize(
    "entry", [entry for entry in ENTRIES if entry.get("remainder")], ids=lambda entry: entry["say"]
)
def test_what_carries_a_text_is_acted_upon(entry: Mapping[str, Any]) -> None:
    assert _understood(entry["say"]).sure


def test_a_question_for_somebody_else_is_not_passed_on_at_once() -> None:
    assert not _understood("vraag aan Jonas of hij een beamer heeft").sure


def test_markup_and_line_breaks_around_a_text_become_plain_lines() -> None:
    asked = _understood("<at>Bot</at> stuur naar iedereen:<br>Dag <b>allemaal</b>,<br/><br/><br/><br/>tot dan!")
    assert (asked.intent, asked.remainder) == (Intent.ANNOUNCEMENT_SEND, "Dag allemaal,\n\ntot dan!")


def test_a_long_text_is_carried_whole() -> None:
    long = "De zaal verandert. " * 150
    assert _understood(f"mededeling: {long}").remainder == long.strip()
