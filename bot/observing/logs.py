"""The log of `serve`: one JSON object or one line of text per event, on standard error, fit to be sent elsewhere."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from types import TracebackType
from typing import Any, TextIO

from bot.observing.records import OURS, visible

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """A record as one JSON object on one line; the keys are those of `visible`."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(visible(record), ensure_ascii=False, separators=(",", ":"))


class TextLines(logging.Formatter):
    """The same as a line to read, with a line for each error and its frames below."""

    def format(self, record: logging.LogRecord) -> str:
        seen = visible(record)
        message = " ".join(seen["message"].split())
        line = f"{seen['time']} {seen['level'].upper()} {seen['logger']} {message}"
        line += "".join(f" {name}={seen[name]}" for name in ("turn", "where") if name in seen)
        errors = ["\n  " + " ".join(_words(error)) for error in seen.get("error", ())]
        return line + "".join(errors)


def _words(error: dict[str, Any]) -> list[str]:
    code = error.get("code")
    return [error["type"], *([f"({code})"] if code else []), *error["frames"]]


FORMATTERS: dict[str, Callable[[], logging.Formatter]] = {"json": JsonLines, "text": TextLines}


def keep_log(style: str) -> None:
    """Log the whole process to standard error: ours from INFO, libraries from WARNING. `style` is json or text.

    What Python itself would print (errors that nobody caught, warnings) takes the same road: it may repeat a message.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTERS[style]())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for room in OURS:
        logging.getLogger(room).setLevel(logging.INFO)
    logging.raiseExceptions = False  # or a line that can't be written is printed with all its values
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _warned


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("uncaught error", exc_info=(kind, error, trace))


def _uncaught_in_thread(about: threading.ExceptHookArgs) -> None:
    if about.exc_value is not None:
        log.error("uncaught error in a thread", exc_info=about.exc_value)


def _unraisable(about: Any) -> None:
    log.error("error that could not be raised", exc_info=about.exc_value)


def _warned(
    message: Warning | str,  # noqa: ARG001 - it may hold anything
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    log.warning("%s in %s, line %d", category.__name__, filename, lineno)
