"""What sentences about reports and actions mean, and what they say beside it: notes, lines, words, days, names.

`reports.yaml` is by the author of the patterns: no blind set.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.language import doing, reporting
from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from dialogs.language.rules import AskedRule, asked_rule
from dialogs.language.understanding import understand
from storage.domain.dialogs import Memory
from storage.domain.meetings import Which
from storage.domain.network import Names
from storage.domain.reports import LineKind
from tests.conftest import NOW

ENTRIES: list[Mapping[str, Any]] = yaml.safe_load((Path(__file__).parent / "reports.yaml").read_text("utf-8"))
UNDERSTOOD, FOUND = 0.96, 0.97

REPORT = """Verslag intervisie 20 november 2026
Aanwezig: An (CLB), Piet (VDAB), Griet (CAW)
Verontschuldigd: Els

1. Goedkeuring vorig verslag
Het verslag wordt goedgekeurd zonder opmerkingen.

2. Time-out
We bespreken hoe time-out dit jaar verliep. Verschillende organisaties merken dat de wachttijden langer worden en dat
ouders laat betrokken raken. Er is vraag naar een gezamenlijke fiche die alle scholen kunnen gebruiken.
Besluit: we maken samen een fiche.
Actie: An maakt een eerste versie tegen 10 december.

3. Varia
De koffie was lekker. Volgende keer brengen we allemaal een eigen tas mee, want er waren er te weinig.

Volgende vergadering: 4 maart 2027 om 14 uur
"""


def _kinds(given: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {key: LineKind(value) if key == "kind" else value for key, value in given.items()}
    return {key: tuple(value) if isinstance(value, list) else value for key, value in kinds.items()}


def _read(entry: Mapping[str, Any]) -> Iterator[tuple[object, object]]:
    """What is found of one sentence, each beside what it must be."""
    say = entry["say"]
    readings: dict[str, tuple[Callable[[], object], Callable[[Any], object]]] = {
        "noted": (lambda: reporting.noted(say, NOW), lambda given: reporting.Noted(**_kinds(given))),
        "line": (lambda: reporting.line_said(say, NOW), lambda given: reporting.LineSaid(**_kinds(given))),
        "objected": (lambda: reporting.objected(say), lambda given: reporting.Objected(*given)),
        "searched": (lambda: reporting.searched(say), str),
        "linked": (lambda: reporting.linked(say), lambda given: reporting.Link(*given)),
        "action": (lambda: doing.action_said(say, NOW), lambda given: doing.ActionSaid(**_kinds(given))),
        "rule": (lambda: asked_rule(say, None), lambda given: AskedRule(*given)),
    }
    for name, (read, meant) in readings.items():
        if name in entry:
            yield read(), meant(entry[name])


def _wrong(entry: Mapping[str, Any]) -> Iterator[object]:
    return (found for found, wanted in _read(entry) if found != wanted)


def _memory(entry: Mapping[str, Any]) -> Memory | None:
    return Memory(intent=entry["last"], at=NOW) if "last" in entry else None


def test_what_is_asked_of_reports_and_actions_is_understood() -> None:
    understood = [(entry, understand(entry["say"], NOW, Names(), _memory(entry))) for entry in ENTRIES]
    wrong = [(entry["say"], asked.intent.value) for entry, asked in understood if asked.intent != entry["intent"]]
    assert len(wrong) <= (1 - UNDERSTOOD) * len(ENTRIES), wrong


def test_what_sentences_say_of_reports_and_actions_is_found() -> None:
    entries = [entry for entry in ENTRIES if list(_read(entry))]
    wrong = [(entry["say"], found) for entry in entries for found in _wrong(entry)]
    assert len(wrong) <= (1 - FOUND) * len(entries), wrong


@pytest.mark.parametrize(
    "said", ["stuur mij het verslag", "wat is er beslist?", "het verslag is goedgekeurd", "welke acties staan open?"]
)
def test_a_report_is_that_of_the_previous_meeting_where_none_is_named(said: str) -> None:
    asked = understand(said, NOW, Names())
    assert (asked.query.which, asked.names_meeting) == (Which.PREVIOUS, False)


def test_several_notes_in_one_message_are_each_found() -> None:
    said = "besluit: we stoppen\n- actie: An belt Piet tegen maandag\nacties:\n- Els mailt de school\n- iedereen leest"
    noted = reporting.all_noted(said, NOW)
    assert [(one.kind, one.owner) for one in noted] == [
        (LineKind.DECISION, ""),
        (LineKind.ACTION, "An"),
        (LineKind.ACTION, "Els"),
        (LineKind.ACTION, "iedereen"),
    ]


def test_what_a_note_says_asks_nothing_else() -> None:
    asked = understand_all("besluit: wie komt er naar de netwerkdag en wanneer schrijven we in?", NOW, Names())
    assert [(one.intent, one.names_meeting) for one in asked] == [(Intent.REPORT_NOTE, False)]


def test_a_pasted_report_is_no_question() -> None:
    asked = understand_all(REPORT, NOW, Names())
    assert [one.intent for one in asked] == [Intent.REPORT_DELIVER]


def test_a_short_report_is_one_where_its_first_line_says_so() -> None:
    lines = REPORT.splitlines()
    short = "\n".join([*lines[:3], "1. Time-out", "Besluit: we maken een fiche.", *lines[-1:]])
    titled, untitled = understand_all(short, NOW, Names()), "\n".join(short.splitlines()[1:])
    assert [one.intent for one in titled] == [Intent.REPORT_DELIVER]
    assert not reporting.looks_like_a_report(untitled)


@pytest.mark.parametrize(
    "text",
    [
        "wat is er beslist op de vorige intervisie",
        "Verslag: aanwezig An en Piet",
        "Dag Nele,\n\n" + "Ik wou je nog iets vragen over de netwerkdag en hoe we daar raken. \n" * 15,
    ],
)
def test_other_texts_are_no_reports(text: str) -> None:
    assert not reporting.looks_like_a_report(text)


def test_two_things_said_of_actions_are_both_heard() -> None:
    asked = understand_all("actie 2 is gedaan en actie 3 hoeft niet meer", NOW, Names())
    assert [one.intent for one in asked] == [Intent.ACTIONS_DONE, Intent.ACTIONS_DROP]


def test_a_bare_gedaan_is_an_action_only_after_the_bot_spoke_of_actions() -> None:
    before = (Memory(intent=last, at=NOW) for last in ("actions.list", "meeting.when"))
    asked = (understand("klaar", NOW, Names(), memory) for memory in before)
    assert [one.sure and one.intent is Intent.ACTIONS_DONE for one in asked] == [True, False]
