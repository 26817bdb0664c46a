"""What follows when a posted report changes, or is posted: the one place where that is joined in."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from storage.domain.reports import Report
from storage.services.action_sync import sync
from storage.services.memory_keeping import refresh
from storage.unit_of_work import UnitOfWork

Follower: TypeAlias = Callable[[UnitOfWork, Report, datetime], None]
"""Called in the transaction of the change, its meeting locked, with all lines of the report: also the private ones."""

FOLLOWERS: tuple[Follower, ...] = (sync, refresh)


def follow(unit: UnitOfWork, report: Report, now: datetime) -> None:
    """Let actions and memory follow a posted report as it is now; also to be called by what posts it."""
    for follower in FOLLOWERS:
        follower(unit, report, now)
