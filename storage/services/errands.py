"""Timed errands about many meetings or polls: each by itself, so that what goes wrong with one keeps no other."""

import logging
from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger(__name__)


async def each_alone(works: Mapping[int, Callable[[], Awaitable[int]]], what: str = "meeting") -> int:
    """Do the work of each of them, by its id; the sum of what was done. What raises is logged and counts for 0."""
    done = 0
    for one, work in works.items():
        try:
            done += await work()
        except Exception:
            log.exception("errand not done for %s %d", what, one)
    return done
