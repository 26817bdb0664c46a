"""What somebody enters of a line of a report: which values mean something, and what differs from how it was."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from storage.domain.planning import tidy
from storage.domain.proposing import fitting, is_link
from storage.domain.refusals import NothingSaid, NotSensible
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, Line, LineKind, NewLine

LONGEST_ITEM = 20
LONGEST_ITEM_TITLE = 300
"""Characters of the number and the title of a point."""

_UNTIL = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "owner": (str,),
    "due": (date, type(None)),
    "kind": (LineKind,),
    "until": (str,),
    "private": (bool,),
    "certain": (bool,),
}
"""What may be changed of a line, and the types that a value may have."""


def tidied(new: NewLine) -> NewLine:
    """The same without needless spaces. Raises NothingSaid without a text, TooLong, NotSensible for `until`."""
    lines = new.kind in {LineKind.DISCUSSION, LineKind.POINT}
    until = new.until.strip()
    if until and not _UNTIL.fullmatch(until):
        raise NotSensible("until")
    return replace(
        new,
        text=_text(new.text, lines=lines),
        owner=fitting(tidy(new.owner), LONGEST_OWNER) or "",
        item=(tidy(new.item) or "")[:LONGEST_ITEM],
        item_title=(tidy(new.item_title) or "")[:LONGEST_ITEM_TITLE],
        until=until,
    )


def as_new(line: Line) -> NewLine:
    """A line's own fields, as if it was still to be added."""
    return NewLine(**{name: getattr(line, name) for name in NewLine.__dataclass_fields__})


def with_values(line: Line, values: Mapping[str, Any]) -> NewLine:
    """The line with these fields changed, tidied. None empties a text but the line's own. Raises as `tidied`."""
    said = {name: "" if value is None and name in {"owner", "until"} else value for name, value in values.items()}
    for name, value in said.items():
        if type(value) not in _TYPES.get(name, ()):  # exactly: a moment is a date as well
            raise NotSensible(name)
    fields: dict[str, Any] = {**said}
    return tidied(replace(as_new(line), **fields))


def changed_fields(before: Line, after: NewLine) -> dict[str, Any]:
    """The fields that may be changed and that differ, with their new values."""
    return {name: getattr(after, name) for name in _TYPES if getattr(before, name) != getattr(after, name)}


def https_link(address: str, name: str) -> str:
    """The address, tidied. Raises NotSensible(name) for what is no https address."""
    tidied_address = tidy(address) or ""
    if tidied_address and not (tidied_address.lower().startswith("https://") and is_link(tidied_address)):
        raise NotSensible(name)
    return tidied_address


def _text(text: str, *, lines: bool) -> str:
    found = fitting(tidy(text, lines=lines), LONGEST_LINE)
    if not found:
        raise NothingSaid
    return found
