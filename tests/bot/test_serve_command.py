"""`serve` as a real process: clear refusals to start, and an end that finishes what was begun."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.__main__ import main
from dialogs.texts import commands as texts
from tests.bot.connector import JONAS, Teams, teams_on_loopback
from tests.bot.processes import LONGEST, free_port, run, serving

SECRET = "zeester-77"


def test_bad_settings_are_all_named(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", PORT="nul", MicrosoftAppPassword=SECRET, DATABASE_URL=f"mysql://u:{SECRET}@h/d")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        texts.BAD_SETTINGS,
        texts.setting_problem("PORT", "port", "nul"),
        texts.setting_problem("DATABASE_URL", "database", "mysql"),
        texts.setting_problem("MicrosoftAppId", "missing", ""),
    ]
    assert list(tmp_path.iterdir()) == []


def test_an_unreachable_database_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://bot:{SECRET}@127.0.0.1:{free_port()}/network")
    assert main(["serve"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("De databank is niet bereikbaar")
    assert not [word for word in (SECRET, "Traceback") if word in told]


@pytest.mark.parametrize("place", ["geen/map/bot.db", "."], ids=["missing_folder", "a_folder"])
def test_a_file_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / place}")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("De databank is niet bereikbaar")


def test_a_file_that_is_no_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "brief.txt").write_text("Beste Nele, " * 1000)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/brief.txt")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("De databank is niet bereikbaar")
    assert (tmp_path / "brief.txt").read_text() == "Beste Nele, " * 1000


def test_a_database_that_does_not_exist_on_the_server_is_told(
    postgres_server: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres_server.replace("/postgres?", "/bestaat_niet?")
    assert "bestaat_niet" in url
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["serve"]) == 2
    assert capsys.readouterr().err.startswith("De databank is niet bereikbaar")


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(tmp_path, "serve", PORT=port)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == texts.PORT_TAKEN.format(port=port)
    assert "Traceback" not in ended.err


def test_ctrl_c_stops_a_bot_that_has_nothing_to_do(tmp_path: Path) -> None:
    with serving(tmp_path, from_nothing=True) as process:
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 0
    assert printed.splitlines()[-1] == texts.STOPPED
    assert "Traceback" not in printed


@pytest.fixture
async def slow() -> AsyncIterator[Teams]:
    """A Teams in which every call of the bot takes a second."""
    async with teams_on_loopback() as teams:
        teams.delay = 1.0
        yield teams


async def test_sigterm_in_the_middle_of_a_turn_lets_it_finish(slow: Teams, database: Path) -> None:
    port, url = free_port(), f"sqlite:///{database}"
    with serving(database.parent, PORT=port, DATABASE_URL=url, BOT_NOW="2026-11-21T10:00:00+01:00") as process:
        slow.bot_url = f"http://127.0.0.1:{port}"
        turn = asyncio.create_task(slow.say(JONAS, JONAS.chat, "wanneer is de volgende intervisie?"))
        await slow.spoken_to.wait()
        process.send_signal(signal.SIGTERM)
        told = await turn
        printed, _ = await asyncio.to_thread(process.communicate, timeout=LONGEST)
    assert process.returncode == 0
    assert ["Intervisie huiswerkbegeleiding" in one.text for one in told] == [True]
    assert printed.splitlines()[-1] == texts.STOPPED
    assert "Traceback" not in printed
