"""Timed errands about many meetings: each meeting by itself, so that what goes wrong with one keeps no other."""

import logging
from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger(__name__)


async def each_alone(works: Mapping[int, Callable[[], Awaitable[int]]]) -> int:
    """Do the work of every meeting, by its id; the sum of what was done. What raises is logged and counts for 0."""
    done = 0
    for meeting_id, work in works.items():
        try:
            done += await work()
        except Exception:
            log.exception("errand not done for meeting %d", meeting_id)
    return done
