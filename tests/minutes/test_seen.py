"""Reports in the layouts of real networks, with what a careful coordinator takes from each: how much is read right."""

import json
from collections import defaultdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.minutes import document
from dialogs.language.minutes import read_minutes
from tests.minutes.scoring import Score, marked_and_prose, scored

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Europe/Brussels"))
BARS = {
    "attendees": 0.95,
    "excused": 0.95,
    "items": 0.90,
    "next_meetings": 0.90,
    "deadlines": 0.90,
    "decisions": 0.75,
    "actions": 0.75,
    "carried_over": 0.75,
    "future_topics": 0.75,
    "date": 0.90,
}
"""What the issue asks of reports that were not tuned on."""

FLOORS = {
    "seen": dict.fromkeys(BARS, 0.95),
    "opened": dict.fromkeys(BARS, 0.96),
    "unseen": BARS,
}
"""By folder and field, below which no change may bring it."""


@cache
def _read(folder: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Of each report in a folder, its text, the gold and what was read."""
    reports = sorted((HERE / folder).glob("*.txt"))
    return [
        (
            report.read_text("utf-8"),
            json.loads(report.with_suffix(".gold.json").read_text("utf-8")),
            document(read_minutes(report.read_text("utf-8"), NOW)),
        )
        for report in reports
    ]


def _reports(folder: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    found = _read(folder)
    if not found:
        pytest.skip(f"no reports in {folder}")
    return found


@pytest.mark.parametrize("field", BARS)
@pytest.mark.parametrize("folder", FLOORS)
def test_each_field_is_read_as_well_as_it_was(folder: str, field: str) -> None:
    total = sum((scored(gold, found)[field] for _, gold, found in _reports(folder)), Score())

    assert total.f1 >= FLOORS[folder][field], total


@pytest.mark.parametrize("folder", FLOORS)
def test_decisions_and_actions_are_read_where_the_layout_marks_them_and_in_prose(folder: str) -> None:
    totals: dict[bool, Score] = defaultdict(Score)
    for text, gold, found in _reports(folder):
        for field in ("decisions", "actions"):
            for marked, score in marked_and_prose(gold, found, field, text).items():
                totals[marked] += score

    assert totals[True].f1 >= 0.85, totals[True]
    assert totals[False].f1 >= 0.60, totals[False]


@pytest.mark.parametrize("folder", FLOORS)
def test_owners_and_days_of_actions_are_right(folder: str) -> None:
    told = {
        (one["text"], one.get("owner"), one.get("due")) for _, gold, _ in _reports(folder) for one in gold["actions"]
    }
    known = {text for text, _, _ in told}
    found = [one for _, _, document in _reports(folder) for one in document["actions"] if one["text"] in known]
    right = sum((one["text"], one["owner"], one["due"]) in told for one in found)

    assert right >= 0.85 * len(found), (right, len(found))
