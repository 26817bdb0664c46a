"""`python -m bot minutes`: a report on the command line, for people and as JSON."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

REPORT = """Verslag overleg Zwanenhof
12 mei 2026
Aanwezig: Lien Wouters (CLB Oever)

1. Zaal
Besluit: de zaal blijft dezelfde.
ACTIE Lien: mailt de beheerder tegen 20 mei.
2. Vervoer
Dit wordt hernomen in september.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "verslag.txt"
    file.write_text(REPORT, "utf-8")
    return file


def test_people_read_what_was_decided_and_who_does_what(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", str(report)]) == 0

    told = capsys.readouterr().out
    assert "Besluiten\n- De zaal blijft dezelfde." in told
    assert "- Lien: mailt de beheerder tegen 20 mei (tegen woensdag 20 mei 2026)" in told
    assert "- Vervoer (naar september 2026)" in told


def test_json_tells_where_everything_stands(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", str(report), "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    place = document["decisions"][0]["source"]
    assert REPORT[place["start"] : place["end"]] == document["decisions"][0]["text"] == "de zaal blijft dezelfde."
    assert list(document) == [
        "title",
        "date",
        "attendees",
        "excused",
        "items",
        "decisions",
        "actions",
        "deadlines",
        "carried_over",
        "next_meetings",
        "future_topics",
    ]


def test_a_file_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", str(tmp_path / "weg.txt")]) == 2
    assert "weg.txt" in capsys.readouterr().err


def test_a_text_that_is_no_report_gives_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "brief.txt"
    file.write_text("Tot straks!\n", "utf-8")

    assert main(["minutes", str(file)]) == 1
    assert "geen verslag" in capsys.readouterr().err
