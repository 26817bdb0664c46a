"""What stands in a report, found in a process of its own: a text that is made to be slow costs seconds, never the bot.

Run as `python -m bot.files.understanding` it is that process: {"text", "now", "zone"} in, {"minutes"} out.
"""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.files import child
from bot.files.reading import MOST_SECONDS, asked
from storage.domain.minutes import (
    CarriedOver,
    Deadline,
    Decision,
    Item,
    Minutes,
    Named,
    NextMeeting,
    ReportedAction,
    Source,
    Topic,
)
from storage.domain.uploads import Unread, Unreadable

SHORT = 3_000
"""Characters of a text that takes no time, whatever stands in it: it is read beside the bot's other work."""

_KINDS: Mapping[str, type[Any]] = {
    "attendees": Named,
    "excused": Named,
    "items": Item,
    "decisions": Decision,
    "actions": ReportedAction,
    "deadlines": Deadline,
    "carried_over": CarriedOver,
    "next_meetings": NextMeeting,
    "future_topics": Topic,
}


async def read_report(text: str, now: datetime, most_seconds: float = MOST_SECONDS) -> Minutes:
    """What stands in a report. `now` is aware, in the network's zone.

    :raises Unreadable: TOO_HEAVY for what takes too long or too much memory.
    """
    if len(text) <= SHORT:
        return await asyncio.to_thread(_minutes, text, now)
    given = {"text": text, "now": now.isoformat(), "zone": getattr(now.tzinfo, "key", None)}
    return read_back(await asked(["bot.files.understanding"], json.dumps(given).encode(), most_seconds))


def read_back(told: Mapping[str, Any]) -> Minutes:
    """Minutes out of what the process tells. Raises Unreadable for what it can't have told."""
    try:
        found = told["minutes"]
        fields: dict[str, Any] = {
            name: tuple(kind(**_values(one)) for one in found[name]) for name, kind in _KINDS.items()
        }
        return Minutes(title=str(found["title"]), day=_day(found["day"]), **fields)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Unreadable(Unread.BROKEN) from wrong


def _values(told: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: _day(told[name]) for name in ("day", "due") if name in told}
    places = {name: Source(**told[name]) for name in ("source", "body") if told.get(name)}
    return {**told, **days, **places}


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


# --- the process itself


def main() -> int:
    """Read standard input as a report, and tell what stands in it."""
    child.lay_down_rights()
    try:
        given = json.loads(sys.stdin.buffer.read())
        at = datetime.fromisoformat(given["now"])
        now = at.astimezone(ZoneInfo(given["zone"])) if given["zone"] else at
        answer: dict[str, Any] = {"minutes": asdict(_minutes(given["text"], now))}
    except Unreadable as refused:
        answer = {"unreadable": refused.reason.value}
    except MemoryError:
        answer = {"unreadable": Unread.TOO_HEAVY.value}
    sys.stdout.write(json.dumps(answer, default=date.isoformat))
    return 0


def _minutes(text: str, now: datetime) -> Minutes:
    """Raises Unreadable for what is nested too deep."""
    from dialogs.language.minutes import read_minutes  # noqa: PLC0415 - the process lays down its rights first

    try:
        return read_minutes(text, now)
    except RecursionError as deep:
        raise Unreadable(Unread.BROKEN) from deep


if __name__ == "__main__":
    sys.exit(main())
