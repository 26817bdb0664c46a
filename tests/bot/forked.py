"""Stands for a process that is forked from a loaded one: the same input, output, signals and exit status.

    python -I -S forked.py SOCKET -m bot serve

It loads next to nothing itself; forge.py is at the other end of the socket.
"""

import json
import os
import signal
import socket
import sys

NUMBER = 4
"""Bytes of each number on the socket."""


def main(address: str, *arguments: str) -> int:
    """Have it run in this folder and environment; its exit status."""
    with socket.socket(socket.AF_UNIX) as forge:
        forge.connect(address)
        wanted = json.dumps([arguments, os.getcwd(), dict(os.environ)]).encode()  # noqa: PTH109 - pathlib is slow to load
        socket.send_fds(forge, [len(wanted).to_bytes(NUMBER, "big")], [0, 1, 2])
        forge.sendall(wanted)
        process = _number(forge)
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, lambda number, _: os.kill(process, number))
        status = _number(forge)
    if status < 0:
        signal.signal(-status, signal.SIG_DFL) if -status != signal.SIGKILL else None
        os.kill(os.getpid(), -status)
    return status


def _number(forge: socket.socket) -> int:
    return int.from_bytes(forge.recv(NUMBER, socket.MSG_WAITALL), "big", signed=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
