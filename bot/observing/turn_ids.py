"""The id of the turn that is being taken: short, random, the same in every log line and in what the user is told."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

turn_id: ContextVar[str] = ContextVar("turn_id", default="")
"""Eight hexadecimal digits; empty outside a turn. Tasks that a turn starts, and asyncio.to_thread, keep it."""


@contextmanager
def in_turn() -> Iterator[str]:
    """A turn of its own, with a fresh id: the reference that an apology gives."""
    fresh = secrets.token_hex(4)
    before = turn_id.set(fresh)
    try:
        yield fresh
    finally:
        turn_id.reset(before)
