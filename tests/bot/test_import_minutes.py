"""`python -m bot import-minutes`: a folder of old reports can be searched from then on, and nothing goes out."""

from pathlib import Path

import pytest

from bot.app import Running
from bot.clock import Clock
from bot.commands.import_minutes import ImportOptions, import_folder
from dialogs.texts import commands as texts
from storage.domain.old_reports import day_of_name
from tests.conftest import NOW
from tests.storage.support import MEMBER

REPORT = """\
Verslag {title} van {day}

Aanwezig: An Peeters (De Wilg), Bert Claes (CLB De Meander)
Verontschuldigd: Karim Aziz

1. Time-out
Scholen vragen meer plaatsen.
Besluit: een time-out duurt hoogstens drie weken.
Actie: An mailt het CLB tegen 1 april 2024.

2. Soep
Besluit: {soup}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, one without a day, and what is none."""
    reports = tmp_path / "verslagen"
    (reports / "oud").mkdir(parents=True)
    first = REPORT.format(title="intervisie", day="12 maart 2024", soup="de soep is gratis.")
    (reports / "a.txt").write_text(first, "utf-8")
    second = REPORT.format(title="stuurgroep", day="", soup="de afspraak van 12 maart over de gratis soep vervalt.")
    (reports / "oud" / "2024-06-11 stuurgroep.md").write_text(second.replace(" van \n", "\n"), "utf-8")
    undated = REPORT.format(title="overleg", day="", soup="er is soep.").replace(" van \n", "\n")
    (reports / "zonder dag.txt").write_text(undated.replace(" tegen 1 april 2024", ""), "utf-8")
    (reports / "kapot.pdf").write_bytes(b"%PDF-1.4 kapot")
    (reports / "foto.jpg").write_bytes(b"\xff\xd8")
    return reports


async def take_in(bot: Running, folder: Path, **more: object) -> int:
    """Run the command in this process."""
    return await import_folder(bot.house, Clock(NOW), ImportOptions(folder, **more))  # type: ignore[arg-type]


async def test_a_folder_is_taken_in_once_and_found(
    bot: Running, folder: Path, query: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await take_in(bot, folder, audience="network") == 1
    said, complained = capsys.readouterr()
    lines = said.splitlines()
    assert [one.split(":")[0] for one in lines[:2]] == ["a.txt", "2024-06-11 stuurgroep.md"]
    assert all("een bijeenkomst die ik nog niet kende" in one for one in lines[:2])
    assert lines[2] == texts.OLD_SUM.format(taken=2, there=0, failed=2)
    assert texts.OLD_WITHOUT_DAY.format(file="zonder dag.txt") in complained
    assert "kapot.pdf: niet te lezen." in complained
    hits = await bot.house.memory.search("wat is er beslist over gratis soep", MEMBER, NOW)
    assert [(one.day.isoformat(), one.superseded_by is not None) for one in hits] == [
        ("2024-06-11", False),
        ("2024-03-12", True),
    ]
    before = query("SELECT count(*) FROM report_lines"), query("SELECT count(*) FROM meetings")  # type: ignore[operator]
    assert await take_in(bot, folder, audience="network") == 1
    assert texts.OLD_SUM.format(taken=0, there=2, failed=2) in capsys.readouterr().out
    assert before == (query("SELECT count(*) FROM report_lines"), query("SELECT count(*) FROM meetings"))  # type: ignore[operator]


async def test_nothing_is_sent_and_nobody_gets_something_to_do(bot: Running, folder: Path, query: object) -> None:
    before = query("SELECT kind FROM notices")  # type: ignore[operator]
    await take_in(bot, folder)
    await bot.house.summaries.plan_due(NOW)
    await bot.house.carrying.plan_due(NOW)
    assert query("SELECT kind FROM notices") == before  # type: ignore[operator]
    assert query("SELECT count(*) FROM actions") == [(0,)]  # type: ignore[operator]


async def test_who_may_find_it_follows_the_kind_of_meeting(bot: Running, folder: Path) -> None:
    await take_in(bot, folder)
    hits = await bot.house.memory.search("gratis soep", MEMBER, NOW)
    assert [one.day.isoformat() for one in hits] == ["2024-03-12"]  # a steering group keeps to itself


async def test_a_rehearsal_changes_nothing(bot: Running, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await take_in(bot, folder, dry_run=True)
    assert "a.txt: zou ingelezen worden als" in capsys.readouterr().out
    assert await bot.house.memory.search("time-out", MEMBER, NOW) == ()


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-03-12-intervisie.docx", "2024-03-12"),
        ("verslag 12-3-2024.pdf", "2024-03-12"),
        ("20240312_verslag.txt", "2024-03-12"),
        ("Intervisie 12 maart 2024.docx", "2024-03-12"),
        ("12.03.2024.md", "2024-03-12"),
        ("verslag 31-02-2024.txt", None),
        ("nota 2024.txt", None),
    ],
)
def test_the_day_in_the_name_of_a_file(name: str, day: str | None) -> None:
    found = day_of_name(name)
    assert (found and found.isoformat()) == day
