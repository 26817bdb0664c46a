"""The agenda: points in their order, the time they take, and the time of day at which each starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PointKind(StrEnum):
    """What an agenda point is."""

    THEME = "theme"
    CASE = "case"
    ORGANISATION = "organisation"
    INFORMATION = "information"
    DECISION = "decision"
    VARIA = "varia"


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One agenda point; `minutes` is its wished length, None where nobody said."""

    id: int
    title: str
    kind: PointKind | None = None
    presenter: str | None = None
    minutes: int | None = None


def total_minutes(points: Sequence[AgendaPoint]) -> int:
    """The known length of all points together, in minutes."""
    return sum(point.minutes or 0 for point in points)


def start_times(points: Sequence[AgendaPoint], starts: datetime) -> tuple[datetime | None, ...]:
    """When each point starts, counted from `starts`; None after the first point of unknown length."""
    times: list[datetime | None] = []
    moment: datetime | None = starts
    for point in points:
        times.append(moment)
        moment = None if moment is None or point.minutes is None else moment + timedelta(minutes=point.minutes)
    return tuple(times)
