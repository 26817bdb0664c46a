"""Meetings with posted reports to search: of the fictional network in tests/searching, and single ones."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from storage.domain.reports import LineKind, NewLine
from storage.services.house import House
from storage.services.memory_keeping import refresh
from storage.services.report_reading import report_of
from storage.unit_of_work import UnitOfWork
from tests.conftest import BRUSSELS, NOW

FOLDER = Path(__file__).parents[1] / "searching"


@cache
def written(name: str) -> Any:
    """What stands in a file of tests/searching."""
    return yaml.load((FOLDER / name).read_text("utf-8"), yaml.CSafeLoader)


def made(unit: UnitOfWork, key: str, day: date, title: str = "Intervisie", **columns: Any) -> int:
    """A meeting of a day; its id."""
    starts = datetime(day.year, day.month, day.day, 9, tzinfo=BRUSSELS)
    ends = starts + timedelta(hours=3)
    local = {"starts_local": starts.replace(tzinfo=None), "ends_local": ends.replace(tzinfo=None)}
    moments = {"starts_at": starts, "ends_at": ends, "timezone": "Europe/Brussels", "themes": [], "guests": []}
    values = {"key": key, "kind": "intervisie", "title": title, "audience": "network", **local, **moments, **columns}
    return unit.meetings.add(values)


def line(text: str, title: str = "", kind: LineKind = LineKind.DECISION, **more: Any) -> NewLine:
    """A line of a report."""
    return NewLine(kind, text, item_title=title, **more)


def posted(unit: UnitOfWork, meeting_id: int, *lines: NewLine) -> tuple[int, ...]:
    """Post a report with these lines, after those that it has; their ids."""
    ids = unit.reports.add(meeting_id, lines, None, NOW)
    unit.reports.write(meeting_id, posted_at=NOW, version=1)
    refreshed(unit, meeting_id)
    return ids


def refreshed(unit: UnitOfWork, meeting_id: int) -> None:
    """What changes of a posted report, the memory follows."""
    refresh(unit, report_of(unit, unit.meetings.by_ids([meeting_id], None)[meeting_id]), NOW)


async def remember(
    house: House, day: date, *lines: NewLine, title: str = "Intervisie", **columns: Any
) -> tuple[int, ...]:
    """A meeting of that day with a posted report; the ids of its lines."""

    def work(unit: UnitOfWork) -> tuple[int, ...]:
        return posted(unit, made(unit, f"{title}-{day}", day, title, **columns), *lines)

    return await house._units.write(work)


async def the_corpus(house: House) -> Mapping[int, str]:
    """All reports of tests/searching, posted; the ids in the file by those of their lines."""

    def work(unit: UnitOfWork) -> Mapping[int, str]:
        refs: dict[int, str] = {}
        for meeting in written("corpus.yaml")["meetings"]:
            found = [(point["title"], one) for point in meeting["points"] for one in point["lines"]]
            lines = [line(one["text"], title, LineKind(one["kind"])) for title, one in found]
            meeting_id = made(unit, meeting["key"], date.fromisoformat(meeting["date"]), meeting["title"])
            ids = posted(unit, meeting_id, *lines)
            refs |= {id_: one["id"] for id_, (_, one) in zip(ids, found, strict=True)}
        return refs

    return await house._units.write(work)
