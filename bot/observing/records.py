"""What of a log record may be seen: never a message from a person, a name, a token, an address or an id."""

import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from bot.observing.turn_ids import turn_id

OURS = ("bot", "dialogs", "storage")
"""Our own rooms: their log lines are written with care. Those of libraries may repeat what a person sent."""

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = "…"
LONGEST_MESSAGE = 1_000
MOST_ERRORS = 12
MOST_FRAMES = 40
"""Frames told of one error, from the innermost: enough for every honest one, and not for an endless recursion."""

_SECRET = re.compile(
    r"""
      \b[a-z][a-z0-9+.-]{0,20}://\S+                      # an address: may name a conversation, hold a password
    | \b(?:bearer|basic)\s+\S+                            # what was shown at the door
    | \beyJ[\w-]{5,}(?:\.[\w-]*)*                         # a token
    | [^\s@<>"'(),;]{1,100}@[^\s@<>"'(),]{1,200}          # a mail address, a chat (19:…@thread.v2)
    | \b(?:8|19|28|29|a):[\w.:%-]{6,}                     # a person or bot in Teams
    | \b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b     # an object id of Entra, a tenant
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_ -]{0,39}")


def visible(record: logging.LogRecord) -> dict[str, Any]:
    """A record as a JSON object: time (UTC), level, logger, message, and where they apply turn, where and error."""
    seen: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if turn := turn_id.get():
        seen["turn"] = turn
    if not _is_ours(record):
        seen["where"] = f"{_short(record.pathname)}:{record.lineno}:{record.funcName}"
    if record.exc_info and record.exc_info[1] is not None:
        seen["error"] = [_error(error) for error in _chain(record.exc_info[1])]
    return seen


def redacted(text: str) -> str:
    """A text without whatever looks like an address, a token, or the id of a person or a conversation."""
    return _SECRET.sub(HIDDEN, text[:LONGEST_MESSAGE])


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _message(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return _argument(record.msg)
    if not _is_ours(record):
        # A template is the library's own; a finished sentence may hold anything, and "where" tells which it was.
        return redacted(record.msg) if record.args else HIDDEN
    try:
        return redacted(record.msg % _arguments(record.args) if record.args else record.msg)
    except (TypeError, ValueError, KeyError):
        return redacted(record.msg)


def _arguments(arguments: tuple[object, ...] | Mapping[str, object] | None) -> Any:
    if isinstance(arguments, Mapping):
        return {name: _plain(value) for name, value in arguments.items()}
    return tuple(_plain(value) for value in arguments or ())


def _plain(value: object) -> object:
    """Numbers for themselves, because templates format them; everything else as a text."""
    return value if isinstance(value, int | float) and not isinstance(value, Enum) else _argument(value)


def _argument(value: object) -> str:
    """A value in words: an error is its type and code, and what is no plain value only its type."""
    if isinstance(value, BaseException):
        code = _code(value)
        return f"{type(value).__name__} {code}" if code else type(value).__name__
    if isinstance(value, Enum):
        return value.name
    return str(value) if isinstance(value, str | datetime) or value is None else type(value).__name__


def _code(error: BaseException) -> str:
    """The status or code of an error that has one: a number or a few plain words."""
    for name in ("status", "sqlstate", "sqlite_errorname", "code", "errno"):
        value = getattr(error, name, None)
        told = str(int(value)) if isinstance(value, int) else value
        if isinstance(told, str) and _CODE.fullmatch(told):
            return told
    return ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error, those it gathers, and what caused each; every one once."""
    waiting, told = [error], set[int]()
    while waiting and len(told) < MOST_ERRORS:
        one = waiting.pop(0)
        if id(one) in told:
            continue
        told.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            waiting.extend(one.exceptions)
        cause = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if cause is not None:
            waiting.append(cause)


def _error(error: BaseException) -> dict[str, Any]:
    code = _code(error)
    return {"type": _type(error), **({"code": code} if code else {}), "frames": _frames(error)}


def _type(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _frames(error: BaseException) -> list[str]:
    """Where an error passed, outermost first: file:line:function, without a value or a line of source."""
    passed = traceback.walk_tb(error.__traceback__)
    frames = [f"{_short(frame.f_code.co_filename)}:{line}:{frame.f_code.co_name}" for frame, line in passed]
    return frames if len(frames) <= MOST_FRAMES else [HIDDEN, *frames[-MOST_FRAMES:]]


def _short(file: str) -> str:
    """A file as its package knows it: where this machine keeps it is nobody's concern."""
    _, installed, inside = file.rpartition("site-packages/")
    if installed:
        return inside
    path = Path(file)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else "/".join(path.parts[-2:])
