"""What a form or a sentence tells of a point: read, with what is wrong in it, and shown again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.cards.plan_payloads import LONGEST_FIELD
from dialogs.cards.point_payloads import SavePoint
from dialogs.cards.points import SHELF, point_form
from dialogs.conversations.agenda import places
from dialogs.language.agenda import Proposed
from dialogs.texts import points as texts
from dialogs.texts.words import capital
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import (
    LONGEST_EXPLANATION,
    LONGEST_TITLE,
    MOST_MINUTES,
    NewPoint,
    PointDetails,
    PointKind,
)
from storage.domain.meetings import Meeting
from storage.domain.proposing import is_link
from storage.services.house import House

_MINUTES = re.compile(r"(\d{1,4})(?:[.,]0+)?")


@dataclass(frozen=True, slots=True)
class Read:
    """A point as NewPoint has it, and the names of the fields that mean nothing."""

    new: NewPoint
    mistakes: tuple[str, ...] = ()


def read(pressed: SavePoint) -> Read:
    """What a form means. Nothing of it is trusted: the meeting may be any number."""
    title, explanation, link = " ".join(pressed.title.split()), pressed.explanation.strip(), pressed.link.strip()
    minutes, where = _MINUTES.fullmatch(pressed.minutes.strip()), pressed.where.strip() or SHELF
    number = int(minutes[1]) if minutes else None
    wrong = {
        "title": not title or len(title) > LONGEST_TITLE,
        "kind": bool(pressed.kind) and pressed.kind not in set(PointKind),
        "explanation": len(explanation) > LONGEST_EXPLANATION,
        "minutes": bool(pressed.minutes.strip()) and not (number and number <= MOST_MINUTES),
        "link": bool(link) and not is_link(link),
        "where": not _is_id(where),
    }
    mistakes = tuple(name for name, is_so in wrong.items() if is_so)
    new = NewPoint(
        title=title,
        meeting_id=int(where) or None if _is_id(where) else None,
        kind=PointKind(pressed.kind) if pressed.kind and not wrong["kind"] else None,
        explanation=explanation or None,
        minutes=number or None,
        link=link or None,
        presenter=pressed.presenter or None,
        recurring=pressed.recurring,
        returns_on=_month(pressed.month),
    )
    return Read(new, mistakes)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


_DIGITS = 10


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def as_form(said: Proposed, meeting: Meeting | None) -> SavePoint:
    """What a sentence says, as if it stood on a form."""
    return SavePoint(
        title=capital(said.title[:LONGEST_FIELD]),
        kind=said.kind.value if said.kind else "",
        explanation=said.explanation[:LONGEST_FIELD],
        minutes=str(said.minutes) if said.minutes else "",
        link=(said.link or "")[:LONGEST_FIELD],
        where=str(meeting.id) if meeting else "",
        month=said.month.replace(day=1).isoformat() if said.month else "",
        presenter=said.presenter[:LONGEST_TITLE],
        recurring=said.recurring,
    )


def as_it_is(details: PointDetails) -> SavePoint:
    """The form of an existing point."""
    point = details.point
    return SavePoint(
        point=point.id,
        title=point.title,
        kind=point.kind.value if point.kind else "",
        explanation=point.explanation or "",
        minutes=str(point.minutes) if point.minutes else "",
        link=point.link or "",
        where=str(point.meeting_id) if point.meeting_id else "",
    )


def differing(before: SavePoint, after: SavePoint) -> Mapping[str, Any]:
    """The values in which a form differs from its point, by the names of NewPoint's fields."""
    old, new = read(before).new, read(after).new
    names = ("title", "kind", "explanation", "minutes", "link", "meeting_id")
    values: dict[str, Any] = {name: getattr(new, name) for name in names if getattr(new, name) != getattr(old, name)}
    values |= {name: "" for name in ("explanation", "link") if name in values and values[name] is None}
    if new.returns_on is not None:
        values["returns_on"] = new.returns_on
    if new.recurring:
        values["recurring"] = True
    if new.presenter:
        values["presenter"] = new.presenter
    return values


async def shown(
    house: House, turn: Turn, form: SavePoint, text: str, wrong: tuple[str, ...] = (), own: Meeting | None = None
) -> Reply:
    """The form with these values; `own` is where the point stands, which stays a choice."""
    meetings = await places.takes_points(house, turn)
    if own is not None and own.id not in {one.id for one in meetings}:
        meetings = (own, *meetings)
    values = {name: str(value) for name, value in form.model_dump().items() if isinstance(value, str)}
    kept = {"month": form.month, "presenter": form.presenter, "recurring": form.recurring}
    mistakes = {name: texts.MISTAKES[name] for name in wrong}
    return whisper(text, point_form(meetings, values, form.point, mistakes=mistakes, kept=kept))
