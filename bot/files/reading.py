"""Foreign bytes to text, in a process of their own that may be killed: a hostile file costs seconds, never the bot."""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from weakref import WeakKeyDictionary

import bot
from bot.files.child import MOST_OUTPUT
from bot.files.kinds import MOST_BYTES, Kind
from storage.domain.uploads import Unread, Unreadable

MOST_SECONDS = 10.0
"""On the clock, from start to end, before the process is killed."""

AT_ONCE = 2
"""Files that one bot reads at the same time; the others wait."""

LONGEST_NAME = 200
_ROOT = Path(bot.__file__).parents[1]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Extracted:
    """What stands in a file: its text with lines ended by one line feed, its kind, and its pages if it has any."""

    text: str
    kind: Kind
    pages: int | None = None


def read_upload(path: Path, most_seconds: float = MOST_SECONDS) -> Extracted:
    """The text of a file on disk.

    :raises Unreadable: saying why it gives none.
    :raises OSError: when it isn't there or may not be opened.
    """
    with path.open("rb") as opened:
        return read_bytes(path.name, opened.read(MOST_BYTES + 1), most_seconds)


def read_bytes(name: str, data: bytes, most_seconds: float = MOST_SECONDS) -> Extracted:
    """The text of a file that is at hand; waits for it.

    :raises Unreadable: saying why it gives none.
    """
    with _files(data) as (given, answered):
        # The command is ours; of the foreign file only its name is on it, and that is read by our own code.
        with subprocess.Popen(  # noqa: S603
            _command(_child(name)), stdin=given, stdout=answered, stderr=subprocess.DEVNULL, **_ALONE
        ) as process:
            try:
                process.wait(most_seconds)
            except subprocess.TimeoutExpired:
                _log.warning("reading a file took too long")
            finally:
                _kill(process.pid, process.returncode)
        return _extracted(_answer(answered, process.returncode))


async def read_safely(name: str, data: bytes, most_seconds: float = MOST_SECONDS) -> Extracted:
    """The same, while the bot goes on with other things; with two others at work it waits for its turn.

    :raises Unreadable: saying why it gives none.
    """
    return _extracted(await asked(_child(name), data, most_seconds))


async def asked(module: Sequence[str], data: bytes, most_seconds: float = MOST_SECONDS) -> Mapping[str, Any]:
    """What a module of ours, with its arguments, tells of these bytes in a process of its own.

    :raises Unreadable: saying why it tells nothing.
    """
    async with _turn():
        with _files(data) as (given, answered):
            process = await asyncio.create_subprocess_exec(
                *_command(module), stdin=given, stdout=answered, stderr=subprocess.DEVNULL, **_ALONE
            )
            try:
                await asyncio.wait_for(process.wait(), most_seconds)
            except TimeoutError:
                _log.warning("reading a file took too long")
            finally:
                _kill(process.pid, process.returncode)
                code = await process.wait()  # also when nobody wants it any more: else it is never tidied up
            return _answer(answered, code)


_ALONE: dict[str, Any] = {
    "cwd": _ROOT,
    "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"},  # nothing of ours: there are passwords in it
    "start_new_session": True,
    "close_fds": True,
}
_turns: "WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """Who may read now: a semaphore belongs to one loop."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


def _child(name: str) -> tuple[str, str]:
    """The module that reads a file of this name, of which it learns the ending only."""
    ending = "".join(sign for sign in Path(name).suffix if sign.isalnum() or sign == ".")
    return "bot.files.child", ending[:LONGEST_NAME]


def _command(module: Sequence[str]) -> list[str]:
    # -B: it may write nothing, and what Python began of a compiled module would stay behind, empty.
    return [sys.executable, "-E", "-s", "-B", "-m", *module]


@contextmanager
def _files(data: bytes) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The file for the child, and a place for its answer; neither has a name, so nothing of them stays."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Unread.TOO_BIG)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(data)
        given.seek(0)
        yield given, answered


def _kill(pid: int, code: int | None) -> None:
    """End the child and whatever it may have started, unless it has ended."""
    if code is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _extracted(said: Mapping[str, Any]) -> Extracted:
    try:
        return Extracted(str(said["text"]), Kind(said["kind"]), said["pages"])
    except (ValueError, KeyError) as odd:
        raise Unreadable(Unread.BROKEN) from odd


def _answer(answered: BinaryIO, code: int) -> Mapping[str, Any]:
    if code in {-signal.SIGKILL, -signal.SIGXCPU}:
        raise Unreadable(Unread.TOO_HEAVY)
    answered.seek(0)
    try:
        said = json.loads(answered.read(MOST_OUTPUT))
        refused = said.get("unreadable")
        reason = Unread(refused) if refused else None
    except (ValueError, AttributeError) as silent:
        _log.warning("a file broke the process that read it, which ended with %s", code)
        raise Unreadable(Unread.BROKEN) from silent
    if reason is not None:
        raise Unreadable(reason)
    return cast("Mapping[str, Any]", said)
