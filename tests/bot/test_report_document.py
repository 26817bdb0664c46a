"""The report as a Word document and as PDF: what stands in it, what never does, and who may open it."""

import asyncio
import os
import stat
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from bot.files import pdf
from bot.files.report_document import report_document
from storage.domain.meetings import Audience, Location, Meeting, MeetingKind
from storage.domain.network import Network
from storage.domain.reports import Line, LineKind, Present, Report, ReportFile, ReportStanding
from tests.conftest import BRUSSELS, NOW

STARTS = datetime(2027, 3, 28, 9, 30, tzinfo=BRUSSELS)
MEETING = Meeting(
    1,
    "m",
    MeetingKind.INTERVISIE,
    "Intervisie *rust*",
    STARTS,
    STARTS + timedelta(hours=2),
    Audience.NETWORK,
    location=Location("De Helm"),
)
CLASS = "Huiswerkklas"
LINES = (
    Line(1, LineKind.POINT, CLASS, item="2"),
    Line(2, LineKind.DISCUSSION, "Drie huizen proberen het.", item_title=CLASS),
    Line(3, LineKind.DECISION, "Elk huis kiest een vast uur.", item_title=CLASS),
    Line(4, LineKind.ACTION, "mailt het CLB", owner="Roos Pauwels", due=date(2027, 4, 9), item_title=CLASS),
    Line(5, LineKind.DECISION, "De folder wordt herdrukt."),
    Line(6, LineKind.CARRIED, "Time-out", until="2027-05", item_title="Time-out"),
    Line(7, LineKind.TOPIC, "Gsm-beleid \x0b\x00"),
    Line(8, LineKind.DECISION, "GEHEIM van een jongere", private=True, item_title="Casus"),
)
REPORT = Report(
    MEETING,
    ReportStanding(posted_at=NOW, recording_url="https://opname.example/1"),
    LINES,
    (Present("An Peeters", "De Kaap", "voorzitter"), Present("Miel Baert", "De Helm", replaces="Roos Pauwels")),
    (Present("Tarik Aksoy", "De Branding"),),
    others=2,
)


def opened(report: Report = REPORT) -> Document:
    """The document, as a program opens it."""
    file = ReportFile(Network("Netwerk Duinen", "Europe/Brussels"), report, any(one.private for one in report.lines))
    return docx.Document(BytesIO(report_document(file, NOW)))


def lines(report: Report = REPORT) -> list[str]:
    """What its paragraphs say, without the empty ones."""
    return [one.text for one in opened(report).paragraphs if one.text]


def test_it_tells_who_was_there_and_each_point_with_what_was_decided() -> None:
    assert lines() == [
        "Netwerk Duinen",
        "Verslag: Intervisie *rust*",
        "Nog goed te keuren",
        "Wanneer: Zondag 28 maart 2027, van 9.30 tot 11.30 uur",
        "Waar: De Helm",
        "Opname: https://opname.example/1",
        (
            "Aanwezig: An Peeters (De Kaap, voorzitter); "
            "Miel Baert (De Helm), ter vervanging van Roos Pauwels; en 2 anderen"
        ),
        "Verontschuldigd: Tarik Aksoy (De Branding)",
        "2. Huiswerkklas",
        "Drie huizen proberen het.",
        "Besluit: Elk huis kiest een vast uur.",
        "Actie: Roos Pauwels: mailt het CLB",
        "Besluiten",
        "De folder wordt herdrukt.",
        "Acties",
        "Komt terug",
        "Time-out (mei 2027)",
        "Voor later",
        "Gsm-beleid",
        "Wat over casussen verteld is, staat niet in dit verslag.",
    ]


def test_all_actions_stand_together_with_who_and_by_when() -> None:
    (table,) = opened().tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["Wie", "Wat", "Wanneer"], ["Roos Pauwels", "mailt het CLB", "vrijdag 9 april 2027"]]


def test_what_is_private_is_nowhere_in_the_file() -> None:
    file = ReportFile(Network("Netwerk Duinen", "Europe/Brussels"), REPORT)
    unpacked = docx.Document(BytesIO(report_document(file, NOW))).part.package
    assert unpacked is not None
    assert not [part.partname for part in unpacked.iter_parts() if b"GEHEIM" in part.blob]


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (ReportStanding(), "Ontwerp: nog niet verspreid"),
        (ReportStanding(posted_at=NOW), "Nog goed te keuren"),
        (ReportStanding(posted_at=NOW, approved_at=NOW), "Goedgekeurd op zaterdag 21 november 2026"),
    ],
)
def test_it_says_how_far_it_is(standing: ReportStanding, said: str) -> None:
    assert said in lines(replace(REPORT, standing=standing))


def test_a_report_without_anything_says_so() -> None:
    assert lines(replace(REPORT, lines=()))[-1] == "Er is niets genoteerd."


# As PDF


def program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program called soffice where the bot looks for one."""
    made = folder / "soffice"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


async def test_the_document_becomes_a_pdf_where_libreoffice_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A stand-in that is called as LibreOffice is: the PDF lies in the folder behind --outdir.
    program(tmp_path, monkeypatch, 'cp "$7" "$6/document.pdf"')
    assert await pdf.as_pdf(b"PK the document") == b"PK the document"


async def test_a_program_that_makes_nothing_is_no_disaster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, monkeypatch, "exit 1")
    with pytest.raises(pdf.NotConverted):
        await pdf.as_pdf(b"PK")


async def test_a_program_that_hangs_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "WITHIN", 0.5)
    program(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(pdf.NotConverted):
        await pdf.as_pdf(b"PK")
    async with asyncio.timeout(5):
        for name in ("pid", "child"):
            while lives((tmp_path / name).read_text().strip()):  # noqa: ASYNC110 - the death of another's child
                await asyncio.sleep(0.02)


def lives(pid: str) -> bool:
    """Whether a process is still there, and more than a name that nobody asked after."""
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and bool(command.read_bytes())


async def test_without_libreoffice_there_is_no_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pdf.NotConverted):
        await pdf.as_pdf(b"PK")


@pytest.mark.skipif(pdf.program() is None, reason="LibreOffice is not installed here")
async def test_libreoffice_itself_makes_a_pdf_of_it() -> None:
    file = ReportFile(Network("Netwerk Duinen", "Europe/Brussels"), REPORT)
    assert (await pdf.as_pdf(report_document(file, NOW))).startswith(b"%PDF-")
