"""The answer of the date resolver: one date expression found in a text."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias

When: TypeAlias = date | datetime | time


@dataclass(frozen=True, slots=True)
class DateExpression:
    """One date, time, range, deadline or recurrence, as said and as meant.

    A day has `start == end`; a moment has `end` None; a range its inclusive last day or closing time.
    A deadline fills `end` only, "vanaf" and "na" fill `start` only; a recurrence fills `every`,
    and `start`/`end` with the hours if they were said.
    """

    text: str
    span: tuple[int, int]
    start: When | None
    end: When | None
    bound: Literal["before", "after"] | None = None
    inclusive: bool = True
    every: str | None = None
