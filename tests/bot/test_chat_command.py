"""`chat` as a real process: one question, a conversation, and somebody else on the port."""

import io
import json
import shutil
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import chat
from bot.teams.standin import TerminalUser
from dialogs.texts import commands as texts
from dialogs.texts import general
from tests.bot.connector import JONAS, NELE
from tests.bot.processes import free_port, run, serving

INTERVISION = "Intervisie huiswerkbegeleiding"


@pytest.fixture(scope="module")
def served(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a bot that already listens, with the demo network."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    shutil.copy(filled_database, folder / "served.db")
    url = f"sqlite:///{folder / 'served.db'}"
    with serving(folder, PORT=port, DATABASE_URL=url, BOT_NOW="2026-11-21T10:00:00+01:00"):
        yield port


def test_a_question_in_an_empty_folder_is_answered_with_the_demo(tmp_path: Path) -> None:
    ended = run(tmp_path, "chat", "--as", NELE.mail, "welke", "organisaties", "zijn", "er?")
    assert (ended.status, ended.err.strip()) == (0, texts.CHAT_DEMO)
    assert "Basisschool Het Zeilschip (in verkenning)" in ended.said
    assert (tmp_path / ".demo" / "ambassadeursbot.db").exists()
    assert not (tmp_path / "ambassadeursbot.db").exists()


def test_the_clock_of_the_environment_is_the_bots(tmp_path: Path, filled_database: Path) -> None:
    shutil.copy(filled_database, tmp_path / "ambassadeursbot.db")
    ended = run(tmp_path, "chat", "wat is er vandaag?", from_nothing=True, BOT_NOW="2026-12-03T08:00:00+01:00")
    assert (ended.status, ended.err) == (0, "")
    assert INTERVISION in ended.said
    assert "vandaag, donderdag 3 december 2026" in ended.said


def test_as_json_the_activities_of_the_bot_that_already_listens_are_shown(tmp_path: Path, served: int) -> None:
    empty = f"sqlite:///{tmp_path}/empty.db"
    ended = run(tmp_path, "chat", "--json", "wanneer is de volgende intervisie?", PORT=served, DATABASE_URL=empty)
    activities = json.loads(ended.out)
    assert (ended.status, [activity["type"] for activity in activities]) == (0, ["message"])
    assert INTERVISION in activities[0]["text"]
    assert activities[0]["attachments"][0]["content"]["type"] == "AdaptiveCard"


@pytest.fixture
def here(tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process, in an empty folder, with the demo network's database and a free port."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("PORT", str(free_port()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_asked_in_a_channel_the_private_answer_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--as", JONAS.mail, "--in", "kanaal", "waarvoor ben ik ingeschreven?"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    private, public = said.split(general.ANSWERED_PRIVATELY)[0].rsplit("Bot", 1)
    assert private.startswith(texts.CHAT_PRIVATE)
    assert INTERVISION in private
    assert public.strip() == ""


@pytest.mark.usefixtures("here")
def test_somebody_unknown_is_a_stranger_in_the_terminal_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chat", "--as", "Joris.Vreemd@elders.example", "wie komt er?"]) == 0
    assert "Ik ken je nog niet" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_the_end_of_input_ends_the_conversation(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("dag"))
    assert main(["chat"]) == 0
    assert "Dag Jonas!" in capsys.readouterr().out


CONVERSATION = """
wanneer is de volgende intervisie?
2
77
²
/kanaal
waarvoor ben ik ingeschreven?
/stop
wie is de coördinator?
"""


def test_a_conversation_has_numbered_buttons_and_other_places(
    tmp_path: Path, served: int, filled_database: Path
) -> None:
    shutil.copy(filled_database, tmp_path / "ambassadeursbot.db")
    ended = run(tmp_path, "chat", "--as", JONAS.mail, typed=CONVERSATION, PORT=served)
    assert (ended.status, ended.err) == (0, "")
    parts = ["Je bent Jonas Claerhout", INTERVISION, "[2] Agenda", "Huiswerk zonder strijd", texts.CHAT_NO_BUTTON,
             texts.CHAT_PLACES["kanaal"], texts.CHAT_PRIVATE, general.ANSWERED_PRIVATELY]  # fmt: skip
    positions = [ended.said.find(part) for part in parts]
    assert -1 not in positions
    assert positions == sorted(positions)
    assert "Nele Verhaegen" not in ended.said.split(general.ANSWERED_PRIVATELY)[-1]


class NotABot(BaseHTTPRequestHandler):
    """A web server that knows of no bot."""

    def do_POST(self) -> None:
        """Not found."""
        self.send_error(404)

    def do_HEAD(self) -> None:
        """Not found."""
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Keep silent."""


def web_server() -> tuple[int, Callable[[], None]]:
    """Another web server; its port, and how to stop it."""
    server = HTTPServer(("127.0.0.1", 0), NotABot)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return server.server_port, stop


def greeter(greeting: bytes | None) -> tuple[int, Callable[[], None]]:
    """Something that is no web server: greets and hangs up, or (None) never says a word."""
    listener, taken = socket.create_server(("127.0.0.1", 0)), list[socket.socket]()

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            if greeting is None:
                taken.append(connection)
                continue
            with connection:
                connection.recv(4096)
                connection.sendall(greeting)

    thread = threading.Thread(target=serve)
    thread.start()

    def stop() -> None:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for connection in taken:
            connection.close()

    return listener.getsockname()[1], stop


@contextmanager
def on_the_port(started: tuple[int, Callable[[], None]]) -> Iterator[int]:
    """Stops it afterwards."""
    port, stop = started
    try:
        yield port
    finally:
        stop()


def test_another_web_server_on_the_port_is_no_answer(tmp_path: Path) -> None:
    with on_the_port(web_server()) as port:
        ended = run(tmp_path, "chat", "dag", PORT=port, DATABASE_URL=f"sqlite:///{tmp_path}/x.db")
    assert (ended.status, ended.out) == (3, "")
    assert ended.err.strip() == texts.CHAT_REFUSED.format(status=404)


@pytest.mark.usefixtures("here")
def test_something_else_on_the_port_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with on_the_port(greeter(b"SSH-2.0-OpenSSH_9.9\r\n")) as port:
        monkeypatch.setenv("PORT", str(port))
        assert main(["chat", "dag"]) == 3
    assert capsys.readouterr() == ("", f"{texts.CHAT_NOTHING}\n")


async def test_something_silent_on_the_port_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chat, "FIRST_ANSWER_WITHIN", 0.2)
    with on_the_port(greeter(None)) as port:
        user = TerminalUser(JONAS.name, JONAS.mail, JONAS.aad)
        status = await chat.converse(f"http://127.0.0.1:{port}", user, chat.ChatOptions(question="dag"))
    assert (status, capsys.readouterr().err.strip()) == (3, texts.CHAT_NOTHING)


async def test_a_port_that_keeps_silent_counts_as_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LISTENS_WITHIN", 0.2)
    with on_the_port(greeter(None)) as port:
        assert await chat._listens(f"http://127.0.0.1:{port}")


@pytest.mark.usefixtures("here")
def test_an_unreachable_database_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://bot:zeester-77@127.0.0.1:{free_port()}/network")
    assert main(["chat", "dag"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("De databank is niet bereikbaar")
    assert "zeester-77" not in told


@pytest.mark.usefixtures("here")
def test_bad_settings_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "nul")
    assert main(["chat", "dag"]) == 2
    assert capsys.readouterr().err.startswith(texts.BAD_SETTINGS)


def test_a_chat_leaves_no_trace_in_a_real_network(tmp_path: Path, filled_database: Path) -> None:
    own = tmp_path / "ambassadeursbot.db"
    shutil.copy(filled_database, own)
    said = "dag\n/kanaal\npost hier\n/stop\n"
    assert run(tmp_path, "chat", "--as", NELE.mail, typed=said).status == 0
    with closing(sqlite3.connect(own)) as database:
        assert database.execute("SELECT count(*) FROM people WHERE entra_id IS NOT NULL").fetchone() == (0,)
        assert database.execute("SELECT count(*) FROM places").fetchone() == (0,)
