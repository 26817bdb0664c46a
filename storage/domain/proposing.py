"""What somebody enters of an agenda point: which values mean something, and what differs from how the point is."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from storage.domain.agenda import (
    LONGEST_EXPLANATION,
    LONGEST_LINK,
    LONGEST_TITLE,
    MOST_MINUTES,
    AgendaPoint,
    Case,
    NewPoint,
    PointKind,
)
from storage.domain.planning import FARTHEST, LONGEST_NAME, tidy
from storage.domain.refusals import NothingSaid, NotSensible, TooLong

FIELDS = tuple(field.name for field in fields(NewPoint))
"""What may be entered and changed of a point."""

TEXTS = ("title", "explanation")
"""The fields that pass the check on what identifies somebody."""

PRESENTER = "presenter"
"""The field that passes it as well, where colleagues may be named."""

PARTS = tuple(field.name for field in fields(Case))
"""The parts of a prepared case."""

_TYPES: dict[str, type] = {
    "title": str,
    "meeting_id": int,
    "kind": PointKind,
    "explanation": str,
    "minutes": int,
    "link": str,
    "presenter": str,
    "recurring": bool,
    "returns_on": date,
}
_NEVER_NONE = frozenset({"title", "recurring"})
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_LONG_AGO = timedelta(days=31)


def as_new(point: AgendaPoint) -> NewPoint:
    """A point's own fields, as if it was still to be entered."""
    return NewPoint(**{name: getattr(point, name) for name in FIELDS})


def with_values(before: NewPoint, values: dict[str, Any]) -> NewPoint:
    """The point with these fields changed. Raises NotSensible for a field or a type of value that there is not."""
    for name, value in values.items():
        fits = name in _TYPES and (value is None if name not in _NEVER_NONE else False)
        if not fits and not (name in _TYPES and isinstance(value, _TYPES[name])):
            raise NotSensible(name)
    return replace(before, **values)


def tidied(new: NewPoint, today: date, before: NewPoint | None = None) -> NewPoint:
    """The same without needless spaces; a month is its first day.

    Raises NothingSaid without a title, TooLong, and NotSensible for what means nothing in its field and was not so
    `before`.
    """
    new = replace(
        new,
        title=fitting(tidy(new.title), LONGEST_TITLE) or "",
        explanation=fitting(tidy(new.explanation, lines=True), LONGEST_EXPLANATION),
        presenter=fitting(tidy(new.presenter), LONGEST_NAME),
        link=tidy(new.link),
        returns_on=new.returns_on.replace(day=1) if new.returns_on else None,
    )
    if not new.title:
        raise NothingSaid
    for name in _problems(new, today):
        if before is None or getattr(before, name) != getattr(new, name):
            raise NotSensible(name)
    return new


def changed_fields(before: NewPoint, after: NewPoint) -> tuple[str, ...]:
    """The names of the fields that differ."""
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same point to whoever reads them."""
    return _folded(one) == _folded(other)


def fitting(text: str | None, longest: int) -> str | None:
    """The text itself. Raises TooLong."""
    if text is not None and len(text) > longest:
        raise TooLong
    return text


def is_link(text: str) -> bool:
    """Whether this is the address of a page: no script, and no name or password that passes for its host."""
    if len(text) > LONGEST_LINK or "\\" in text or _LINK.fullmatch(text) is None:
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _problems(new: NewPoint, today: date) -> list[str]:
    found = []
    if new.minutes is not None and not 0 < new.minutes <= MOST_MINUTES:
        found.append("minutes")
    if new.link is not None and not is_link(new.link):
        found.append("link")
    if new.returns_on is not None and not today - _LONG_AGO < new.returns_on < today + FARTHEST:
        found.append("returns_on")
    return found


def _folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))
