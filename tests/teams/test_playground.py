"""The demo in the real client: ask, see the card, press its buttons, see the result; in every kind of chat."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.teams.playground_page import PATIENCE, PlaygroundPage, browser_page

pytestmark = [pytest.mark.teams, pytest.mark.timeout(300)]

SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
TEAM = "Onderwijsambassadeurs Waterland"


def _missing() -> str | None:
    if CHROMIUM is None:
        return "Chromium is not installed"
    if shutil.which("node") is None or shutil.which("npx") is None:
        return "Node (with npx) is not installed"
    return None


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running demo's Playground address, as `make demo` starts it."""
    if reason := _missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "BOT_NOW": "2026-11-21T10:00:00+01:00", "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    log = (folder / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--no-browser"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert process.stdout is not None
        url = next(
            (found.group(1) for line in process.stdout if (found := re.search(r"Playground:\s+(http\S+)", line))), None
        )
        assert url, (folder / "log.txt").read_text()
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        left = process.wait(timeout=30)
        if process.stdout:
            process.stdout.close()
        log.close()
        assert left == 0
        assert not _playground_processes(folder), "Ctrl-C left processes behind"


def _playground_processes(folder: Path) -> list[str]:
    """The processes that still work in the demo's folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if entry.resolve().is_relative_to(folder):
                found.append((entry.parent / "cmdline").read_text())
        except OSError:
            continue
    return found


@pytest.fixture(scope="module")
def page(demo: str) -> Iterator[PlaygroundPage]:
    """The Playground in Chromium, open on the personal chat."""
    SCREENSHOTS.mkdir(exist_ok=True)
    assert CHROMIUM is not None
    with browser_page(CHROMIUM) as opened:
        opened.open(demo)
        yield opened


def test_the_bot_welcomes_in_a_personal_chat(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    expect(page.answers().first).to_contain_text("Ik ben de Ambassadeursbot", timeout=PATIENCE)


def test_a_question_is_answered_with_a_card_whose_button_works(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    card = page.ask("Wanneer is de volgende intervisie?", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text(
        "De volgende intervisie is op donderdag 3 december 2026, van 9.30 tot 12 uur"
    )
    expect(card).to_contain_text("Zeedijk 8, 9998 Kustrade")
    expect(card).to_contain_text("nog 15 van de 20 vrij")
    page.screenshot(SCREENSHOTS / "question.png")
    agenda = page.press(card, "Agenda")
    expect(agenda).to_contain_text("9.45 uur: Huiswerk zonder strijd (Ann-Sofie Baeten, 1 uur)")
    page.screenshot(SCREENSHOTS / "agenda.png")
    own = page.press(card, "Ben ik ingeschreven?")
    expect(own).to_contain_text("Je bent ingeschreven voor Intervisie huiswerkbegeleiding.")


def test_a_follow_up_question_is_about_the_same_meeting(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    page.ask("wanneer is de netwerkdag?", bubbles=2)
    page.ask("en waar?", bubbles=2)
    expect(page.answers().nth(-2)).to_contain_text("Stationsplein 1, 9998 Kustrade")
    expect(page.ask("wat kost dat?")).to_contain_text("kost 10 euro")
    page.screenshot(SCREENSHOTS / "follow-up.png")


def test_help_offers_examples_to_tap(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    examples = page.ask("wat kan je allemaal?", bubbles=2)
    page.screenshot(SCREENSHOTS / "help.png")
    expect(page.press(examples, "Welke bijeenkomsten komen eraan?")).to_contain_text("Er komen 5 bijeenkomsten aan")


def test_what_the_bot_does_not_know_is_passed_on(page: PlaygroundPage) -> None:
    page.choose("Personal Chat")
    unknown = page.ask("Wat is het wifi-wachtwoord van de bovenzaal?", bubbles=2)
    page.screenshot(SCREENSHOTS / "unknown.png")
    expect(page.press(unknown, "Vraag het aan Nele")).to_contain_text("Nele")
    page.screenshot(SCREENSHOTS / "passed-on.png")


def test_who_is_excused_is_told_in_person_only(page: PlaygroundPage) -> None:
    page.choose("Voorbereiding intervisie")
    expect(page.answers().first).to_contain_text("Vermeld me met @", timeout=PATIENCE)
    answer = page.ask("wie is verontschuldigd voor de volgende intervisie?", mention=True)
    expect(answer).to_contain_text("persoonlijk gestuurd")
    page.screenshot(SCREENSHOTS / "group.png")
    page.choose("Personal Chat")
    expect(page.answers().last).to_contain_text("Wout Lambrechts")


def test_a_question_in_a_channel_is_answered_in_its_thread(page: PlaygroundPage) -> None:
    page.choose(f"{TEAM} - Bijeenkomsten")
    thread = page.post("wie komt er naar de netwerkdag?")
    expect(page.replies(thread)).to_have_count(1, timeout=PATIENCE)
    expect(page.replies(thread).first).to_contain_text("Het Anker: Samira Bensaïd")
    page.screenshot(SCREENSHOTS / "channel.png")
