"""`understand`: what a text was taken to mean, as JSON and for people."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.demo_data import FILE

AT = ["--network", str(FILE), "--now", "2026-11-21T10:00:00+01:00"]


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["understand", *arguments, *AT, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_question_is_told_whole(capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = _json(capsys, "wie komt er naar de intervisie van 3 december?")
    assert told["intent"] == "attendance.who"
    assert told["meetings"] == ["intervisie-huiswerk"]
    assert told["dates"] == [
        {
            "text": "3 december",
            "start": "2026-12-03",
            "end": "2026-12-03",
            "bound": None,
            "inclusive": True,
            "every": None,
        }
    ]
    assert told["out_of_scope"] is False
    assert told["parts"] == []
    assert set(told) == {
        "text", "intent", "confidence", "candidates", "dates", "meetings", "people", "organisations", "out_of_scope",
        "parts",
    }  # fmt: skip


def test_names_are_told_by_address_and_name(capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = _json(capsys, "wat is het mailadres van Samira?")
    assert (told["intent"], told["people"]) == ("people.email", ["samira.bensaid@hetanker.example"])
    (told,) = _json(capsys, "wie is de contactpersoon van het anker?")
    assert (told["intent"], told["organisations"]) == ("people.contact", ["Het Anker"])


def test_two_things_asked_are_two_parts_about_one_meeting(capsys: pytest.CaptureFixture[str]) -> None:
    (told,) = _json(capsys, "wanneer is de netwerkdag en wat kost dat?")
    parts = told["parts"]
    assert isinstance(parts, list)
    assert [part["intent"] for part in parts] == ["meeting.when", "meeting.fee"]
    assert [part["meetings"] for part in parts] == [["netwerkdag-voorjaar"]] * 2
    assert told["intent"] == "meeting.when"


def test_a_batch_is_answered_line_by_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    batch = tmp_path / "vragen.txt"
    batch.write_text("wanneer is de netwerkdag?\nwat is de hoofdstad van Frankrijk?\n", "utf-8")
    first, second = _json(capsys, "--batch", str(batch))
    assert (first["intent"], second["out_of_scope"]) == ("meeting.when", True)


def test_people_can_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["understand", "wanneer is de netwerkdag?", *AT]) == 0
    assert "bedoeling: meeting.when" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["understand", "--batch", str(tmp_path / "weg.txt"), *AT]) == 2
    assert "weg.txt" in capsys.readouterr().err
