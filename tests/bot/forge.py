"""Where processes of the bot come from: one that has everything loaded forks them, for loading takes two seconds.

    python -m tests.bot.forge SOCKET

It ends with its input. What asks for a process is forked.py; when that is killed, the process is too.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tests.bot.forked import NUMBER

ROOT = Path(__file__).resolve().parents[2]
VERBS = ("serve", "chat", "check", "import_file", "import_minutes", "minutes", "understand", "package", "demo")
LOADED = ("bot.app", "asyncpg", "alembic.command", *(f"bot.commands.{name}" for name in VERBS))


def python(*arguments: str) -> list[str]:
    """The command that does what `python ARGUMENTS` does (`-m module ...` or `-c code ...`), started at once."""
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("forked.py")), _forge(), *arguments]


@cache
def _forge() -> str:
    """The address of this process's own forge, which ends with it."""
    folder = tempfile.TemporaryDirectory(prefix="forge")
    address = str(Path(folder.name, "socket"))
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bot.forge", address],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"

    def end() -> None:
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return address


def main(address: str) -> object:
    """Fork a process for everybody who asks for one, until the input ends; in such a process: its exit status."""
    for name in LOADED:
        importlib.import_module(name)
    _warm_up()
    gc.freeze()  # else each process copies all pages at its first collection
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a shepherd
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        os.write(1, b"ready\n")
        while listener in select.select([listener, sys.stdin], [], [])[0]:
            asked = listener.accept()[0]
            if os.fork() == 0:
                listener.close()
                return _shepherd(asked)
            asked.close()
    return 0


def _warm_up() -> None:
    """Read what every bot reads when it starts, which takes a second: once, instead of in each process."""
    from dialogs.language.parts import understand_all
    from dialogs.texts.general import EXAMPLE_KIND
    from storage.domain.identifying import findings
    from storage.domain.network import Names

    findings(EXAMPLE_KIND)
    understand_all(EXAMPLE_KIND, datetime.now(UTC), Names())


def _shepherd(asked: socket.socket) -> object:
    """Start what is wanted and tell its number and how it ends; kill it when nobody asks for it any more."""
    length, files, *_ = socket.recv_fds(asked, NUMBER, 3)
    wanted = asked.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL)
    ended, ends = socket.socketpair()
    ends.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ends.fileno())
    process = os.fork()
    if process == 0:
        signal.set_wakeup_fd(-1)
        for one in (asked, ended, ends):
            one.close()
        return _run(wanted, files)
    for file in (0, 1, 2, *files):
        os.close(file)  # or who reads what the process writes would wait for us
    asked.sendall(process.to_bytes(NUMBER, "big"))
    if asked in select.select([asked, ended], [], [])[0]:
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    try:
        asked.sendall(status.to_bytes(NUMBER, "big", signed=True))
    finally:
        os._exit(0)


def _run(wanted: bytes, files: list[int]) -> object:
    """Be the process that was asked for."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    (how, what, *arguments), folder, environment = json.loads(wanted)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [what, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
