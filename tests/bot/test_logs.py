"""The log of `serve`: one object per line that tells where and when, and never who or what was said."""

import asyncio
import json
import logging
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.observing.logs import JsonLines, TextLines
from bot.observing.records import MOST_FRAMES
from bot.observing.turn_ids import in_turn, turn_id
from tests.bot.connector import JONAS, Teams, teams_on_loopback
from tests.bot.processes import LONGEST, ROOT, free_port, run, serving

SECRET = "zeester"
Lines = list[dict[str, Any]]


class Kept(logging.Handler):
    """Keeps what would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down."""
        self.written.append(self.format(record))

    def one(self) -> dict[str, Any]:
        """The only line."""
        [line] = self.written
        found: dict[str, Any] = json.loads(line)
        return found


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Everything that is logged during the test, as JSON."""
    handler = Kept()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


ours = logging.getLogger("bot.test")
theirs = logging.getLogger("library.part")


def test_a_line_tells_when_how_bad_who_and_what(kept: Kept) -> None:
    ours.warning("refused: %d %s", 401, "unknown key")
    line = kept.one()
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "warning", "logger": "bot.test", "message": "refused: 401 unknown key"}


def test_in_a_turn_a_line_tells_which(kept: Kept) -> None:
    with in_turn() as turn:
        ours.warning("slow")
    ours.warning("later")
    assert ["turn" in json.loads(line) for line in kept.written] == [True, False]
    assert json.loads(kept.written[0])["turn"] == turn


def test_every_turn_has_an_id_of_eight_figures() -> None:
    with in_turn() as first, in_turn() as second:
        assert turn_id.get() == second
    assert first != second
    assert len(first) == 8
    assert int(first, 16) >= 0
    assert turn_id.get() == ""


async def test_turns_at_once_keep_their_own_ids(kept: Kept) -> None:
    async def turn(meeting: asyncio.Barrier) -> str:
        with in_turn() as own:
            await meeting.wait()
            await asyncio.create_task(asyncio.to_thread(ours.warning, "said by %s", own))  # type: ignore[arg-type]
            return own

    ids = await asyncio.gather(*[turn(meeting) for meeting in [asyncio.Barrier(3)] for _ in range(3)])
    lines = [json.loads(line) for line in kept.written]
    assert {(line["turn"], line["message"]) for line in lines} == {(own, f"said by {own}") for own in ids}


def fail(message: str) -> None:
    """Break, with somebody's words in the error."""
    raise ValueError(message)


def break_twice() -> None:
    """An error that another one caused, both with somebody's words."""
    try:
        fail(f"{SECRET} een")
    except ValueError as error:
        raise LookupError(f"{SECRET} twee") from error


def test_an_error_is_told_by_types_and_places_only(kept: Kept) -> None:
    try:
        break_twice()
    except LookupError:
        ours.exception("turn failed, reference %s", "0a1b2c3d")
    assert SECRET not in kept.written[0]
    line = kept.one()
    assert line["message"] == "turn failed, reference 0a1b2c3d"
    assert [error["type"] for error in line["error"]] == ["LookupError", "ValueError"]
    places = [frame.rpartition(":")[2] for frame in line["error"][1]["frames"]]
    assert places == ["break_twice", "fail"]
    assert line["error"][1]["frames"][1].startswith("tests/bot/test_logs.py:")


def test_the_code_of_an_error_is_told_where_it_has_one(kept: Kept) -> None:
    try:
        sqlite3.connect(":memory:").execute(f"SELECT '{SECRET}' FROM gone")
    except sqlite3.OperationalError:
        ours.exception("failed")
    assert kept.one()["error"][0]["code"] == "SQLITE_ERROR"
    assert SECRET not in kept.written[0]


def test_of_errors_that_came_together_each_is_told(kept: Kept) -> None:
    together = ExceptionGroup(SECRET, [ValueError(SECRET), ExceptionGroup(SECRET, [KeyError(SECRET)])])
    ours.error("jobs failed", exc_info=together)
    types = [error["type"] for error in kept.one()["error"]]
    assert types == ["ExceptionGroup", "ValueError", "ExceptionGroup", "KeyError"]
    assert SECRET not in kept.written[0]


def test_an_error_that_causes_itself_is_told_once(kept: Kept) -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    ours.error("strange", exc_info=first)
    assert [error["type"] for error in kept.one()["error"]] == ["ValueError", "KeyError"]


def test_of_an_endless_recursion_the_last_frames_are_told(kept: Kept) -> None:
    def again() -> None:
        again()

    try:
        again()
    except RecursionError:
        ours.exception("too deep")
    assert len(kept.one()["error"][0]["frames"]) == MOST_FRAMES + 1


class Refusal(Exception):
    """An error with a code, as those of our own have."""

    def __init__(self, code: str | int) -> None:
        super().__init__(f"{SECRET} at 29:1-abcdefgh")
        self.code = code


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(SECRET), "ValueError"),
        (Refusal(403), "Refusal 403"),
        (Refusal("no token"), "Refusal no token"),
        (Refusal(f"{SECRET}@waterland.example"), "Refusal"),
        (ConnectionRefusedError(111, SECRET), "ConnectionRefusedError 111"),
    ],
    ids=["bare", "status", "words", "no_code", "system"],
)
def test_an_error_as_an_argument_is_its_type_and_code(kept: Kept, error: Exception, told: str) -> None:
    ours.warning("roster not read: %s", error)
    assert kept.one()["message"] == f"roster not read: {told}"


PRIVATE = [
    "https://smba.trafficmanager.net/emea/v3/conversations/a:1x/members",
    "postgresql+asyncpg://bot:zeester@db.example/network",
    "nele@waterland.example",
    "19:bijeenkomsten@thread.tacv2",
    "19:abc_def@thread.v2;messageid=1700000000001",
    "29:1-b0f0c0de-0000-4000-8000-00000000000a",
    "a:1CqTQ3xhh9gZLhHx",
    "28:b0f0c0de-0000-4000-8000-00000000000a",
    "b0f0c0de-0000-4000-8000-00000000000a",
    "B0F0C0DE-0000-4000-8000-00000000000A",
    "Bearer zeester77",
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln",
]


@pytest.mark.parametrize("private", PRIVATE)
def test_addresses_ids_and_tokens_are_left_out_of_our_own_lines(kept: Kept, private: str) -> None:
    ours.warning("about %s here", private)
    assert kept.one()["message"].startswith("about …")
    whole = set(private.replace(";", " ").replace("/", " ").replace("@", " ").split())
    assert not [part for part in whole if part in kept.one()["message"]]


@pytest.mark.parametrize("plain", ["HTTP 403", "database (OperationalError), keys (refused)", "10:30", "stage 2/3"])
def test_plain_words_stay(kept: Kept, plain: str) -> None:
    ours.warning("seen: %s", plain)
    assert kept.one()["message"] == f"seen: {plain}"


def test_a_value_with_insides_is_told_by_its_type(kept: Kept) -> None:
    ours.warning("took %s", JONAS)
    assert kept.one()["message"] == "took User"


def test_of_a_librarys_line_only_the_template_and_the_place_are_told(kept: Kept) -> None:
    theirs.warning("Error handling request from %s", JONAS.mail)
    line = kept.one()
    assert line["message"] == "Error handling request from %s"
    assert line["where"].startswith("tests/bot/test_logs.py:")
    assert JONAS.mail not in kept.written[0]


def test_of_a_librarys_finished_sentence_only_the_place_is_told(kept: Kept) -> None:
    theirs.error(f"could not post to {JONAS.name}\n{SECRET}")  # as libraries do
    line = kept.one()
    assert line["message"] == "…"
    assert line["where"].endswith(":test_of_a_librarys_finished_sentence_only_the_place_is_told")


@pytest.mark.parametrize("arguments", [("a", "b"), ({"x": 1},), ("%s",), (None,)])
def test_a_line_that_cannot_be_filled_in_is_written_all_the_same(arguments: tuple[object, ...]) -> None:
    record = logging.LogRecord(ours.name, logging.WARNING, __file__, 1, "number %d", arguments, None)
    assert json.loads(JsonLines().format(record))["message"] == "number %d"


def test_a_line_is_one_line_whatever_is_in_it(kept: Kept) -> None:
    ours.warning("said %s", 'a\nb\r\u2028"}')
    assert len(kept.written[0].split("\n")) == 1
    assert kept.one()["message"].startswith("said a")


def test_as_text_the_same_is_told(kept: Kept) -> None:
    kept.setFormatter(TextLines())
    with in_turn() as turn:
        try:
            break_twice()
        except LookupError:
            ours.exception("turn failed\nfor %s", JONAS.mail)
    told = kept.written[0].splitlines()
    assert told[0].endswith(f" ERROR bot.test turn failed for … turn={turn}")
    assert [line.split()[0] for line in told[1:]] == ["LookupError", "ValueError"]
    assert SECRET not in kept.written[0]


def lines_of(script: str) -> tuple[Lines, str]:
    """What a program of its own writes, that keeps the log like `serve`: the lines, and all of it."""
    start = "from bot.observing.logs import keep_log\nkeep_log('json')\n"
    done = subprocess.run(
        [sys.executable, "-c", start + script], cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    return [json.loads(line) for line in done.stderr.splitlines()], done.stderr + done.stdout


UNCAUGHT = {
    "nobody_caught": f"raise ValueError('{SECRET}')",
    "in_a_thread": f"import threading\nt = threading.Thread(target=int, args=('{SECRET}',))\nt.start()\nt.join()",
    "in_a_destructor": f"class A:\n    def __del__(self): raise ValueError('{SECRET}')\nA()",
    "in_a_task": (
        "import asyncio, gc\n"
        f"async def broken(): raise ValueError('{SECRET}')\n"
        "async def main():\n    t = asyncio.create_task(broken())\n    await asyncio.sleep(0)\n"
        "    del t\n    gc.collect()\n"
        "asyncio.run(main())"
    ),
    "in_a_callback": (
        "import asyncio\n"
        f"async def main():\n    asyncio.get_running_loop().call_soon(int, '{SECRET}')\n    await asyncio.sleep(0)\n"
        "asyncio.run(main())"
    ),
}


@pytest.mark.parametrize("script", UNCAUGHT.values(), ids=UNCAUGHT.keys())
def test_what_nobody_catches_is_a_line_like_any_other(script: str) -> None:
    lines, everything = lines_of(script)
    assert [[error["type"] for error in line["error"]] for line in lines] == [["ValueError"]]
    assert SECRET not in everything


def test_a_warning_of_python_is_a_line_without_its_words() -> None:
    lines, everything = lines_of(f"import warnings\nwarnings.warn('{SECRET}')")
    assert [line["message"] for line in lines] == ["UserWarning in <string>, line 4"]
    assert SECRET not in everything


def test_a_line_that_cannot_be_written_is_not_printed_with_its_values() -> None:
    script = (
        "import logging\n"
        "def full(_): raise OSError(28, 'disk')\n"
        "logging.getLogger().handlers[0].stream = type('S', (), {'write': lambda s, t: full(t), 'flush': int})()\n"
        f"logging.getLogger('bot.x').warning('about %s', '{SECRET}')"
    )
    assert lines_of(script) == ([], "")


def test_libraries_are_heard_from_warning_on() -> None:
    script = "import logging\nfor name in ('bot.x', 'x'):\n    logging.getLogger(name).info('hi')"
    assert [line["logger"] for line in lines_of(script)[0]] == ["bot.x"]


async def knock_badly(port: int) -> None:
    """A request that is no HTTP, from somebody who lets it be seen."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /{SECRET} HTTP/9.9 {SECRET}\r\n{SECRET}\r\n\r\n".encode())
    await reader.read()
    writer.close()
    await writer.wait_closed()


Query = Callable[[str], list[tuple[object, ...]]]


async def talked_with(database: Path, query: Query, **variables: object) -> tuple[str, str]:
    """A `serve` whose database breaks, so that it fails at a question of Jonas: what it printed, and told him."""
    port, url = free_port(), f"sqlite:///{database}"
    settings = {"PORT": port, "DATABASE_URL": url, "BOT_NOW": "2026-11-21T10:00:00+01:00", **variables}
    async with teams_on_loopback() as teams:
        with serving(database.parent, **settings) as process:
            query("ALTER TABLE meetings RENAME TO gone")
            teams.bot_url = f"http://127.0.0.1:{port}"
            await knock_badly(port)
            told = await broken_question(teams)
            process.send_signal(signal.SIGTERM)
            printed, _ = await asyncio.to_thread(process.communicate, timeout=LONGEST)
    return printed, told


async def broken_question(teams: Teams) -> str:
    """What Jonas is told."""
    told = await teams.say(JONAS, JONAS.chat, f"wanneer is de volgende intervisie? {SECRET}")
    return told[0].text


async def test_serve_writes_objects_without_anything_of_anybody(database: Path, query: Query) -> None:
    printed, told = await talked_with(database, query)
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    [failed] = [line for line in lines if line["level"] == "error" and line["logger"] == "bot.turns"]
    assert failed["turn"] in told
    assert failed["error"][0]["type"] == "sqlalchemy.exc.OperationalError"
    assert not [word for word in (SECRET, JONAS.name, JONAS.mail, JONAS.aad, "Traceback", "29:1-") if word in printed]


async def test_serve_can_write_lines_to_read(database: Path, query: Query) -> None:
    printed, _ = await talked_with(database, query, BOT_LOG="text")
    assert not [line for line in printed.splitlines() if line.startswith("{")]
    assert " ERROR bot.turns turn failed" in printed
    assert not [word for word in (SECRET, JONAS.mail, "Traceback") if word in printed]


def test_another_kind_of_log_is_refused(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", BOT_LOG="xml", BOT_METRICS_TOKEN="kort")
    assert ended.status == 2
    assert [name for name in ("BOT_LOG is xml", "BOT_METRICS_TOKEN") if name in ended.err] == [
        "BOT_LOG is xml",
        "BOT_METRICS_TOKEN",
    ]
    assert "kort" not in ended.err.replace("te kort", "")
