"""The process that opens foreign files: bytes in, JSON out, then gone. Run as `python -m bot.files.child NAME`.

It takes away its own rights before it reads a byte, imports little, and answers `{"text", "kind", "pages"}` or
`{"unreadable"}`. Whatever else happens to it, its parent sees that it said nothing.
"""

import json
import logging
import os
import resource
import sys

from bot.files.kinds import MOST_BYTES, Kind, kind_of, text_of
from bot.files.plain import plain
from storage.domain.uploads import Unread, Unreadable

MOST_MEMORY = 512 << 20
MOST_SECONDS = 10
"""Of processor time."""

MOST_OUTPUT = 16 << 20
_LIMITS = (
    (resource.RLIMIT_AS, MOST_MEMORY),
    (resource.RLIMIT_CPU, MOST_SECONDS),
    (resource.RLIMIT_FSIZE, MOST_OUTPUT),
    (resource.RLIMIT_CORE, 0),  # a dump of memory would leave somebody's report on disk
    (resource.RLIMIT_NOFILE, 32),
)
_FORBIDDEN = (
    *("socket.", "subprocess.", "os.", "pty.", "signal.", "fcntl.", "mmap.", "resource.prlimit", "sqlite3."),
    *("ctypes.", "pickle.find_class", "shutil.", "ftplib.", "http.", "urllib.", "webbrowser."),
)
_LOOKING = frozenset({"os.listdir", "os.scandir"})
"""What an import does with a folder."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_HEAVY = ("cryptography", "Crypto", "PIL", "fontTools", "brotli")
"""What pypdf would import where it is there, and does without."""


def main() -> int:
    """Read standard input as a file of the name that is given, and tell what stands in it."""
    lay_down_rights()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer = _read(name, sys.stdin.buffer.read(MOST_BYTES + 1))
    except Unreadable as refused:
        answer = {"unreadable": refused.reason.value}
    except MemoryError:
        answer = {"unreadable": Unread.TOO_HEAVY.value}
    except RecursionError:
        answer = {"unreadable": Unread.BROKEN.value}
    sys.stdout.write(json.dumps(answer))
    return 0


def _read(name: str, data: bytes) -> dict[str, str | int | None]:
    kind, pages = kind_of(name, data), None
    if kind is Kind.DOCX:
        from bot.files.docx_text import docx_text  # noqa: PLC0415 - each kind pays for its own

        text = docx_text(data)
    elif kind is Kind.PDF:
        _do_without(_HEAVY)
        from bot.files.pdf_text import pdf_text  # noqa: PLC0415

        text, pages = pdf_text(data)
    else:
        text = text_of(data)
    return {"text": plain(text), "kind": kind.value, "pages": pages}


def lay_down_rights() -> None:
    """Take from this process what reading a file does not need: time, memory, the network, and writing."""
    for limit, most in _LIMITS:
        allowed = resource.getrlimit(limit)[1]
        less = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(limit, (less, less))
    sys.addaudithook(_forbid)


def _do_without(modules: tuple[str, ...]) -> None:
    """Let an import of these fail at once, and pypdf not tell of each oddity in a file."""
    logging.disable(logging.CRITICAL)
    for name in modules:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # as the import system has it for "not there"


def _forbid(event: str, details: tuple[object, ...]) -> None:
    """No network, no other programs, nothing written: reading a report needs none of it."""
    refused = _writes(*details) if event == "open" else event.startswith(_FORBIDDEN) and event not in _LOOKING
    if refused:
        raise PermissionError(event)


def _writes(_path: object, mode: object, flags: object) -> bool:
    """Whether a file is opened to write; `os.open` names no mode, and only flags tell."""
    named = isinstance(mode, str) and any(sign in mode for sign in "wax+")
    return named or not isinstance(flags, int) or bool(flags & _WRITING)


if __name__ == "__main__":
    sys.exit(main())
