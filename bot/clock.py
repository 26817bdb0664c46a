"""The clock that is handed to everything: real time, or a demo's time that starts where BOT_NOW says."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time. A clock with a start goes on from there at the pace of real time."""

    def __init__(self, starts: datetime | None = None) -> None:
        self._ahead = timedelta(0) if starts is None else starts - self._real()

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self._real() + self._ahead

    @staticmethod
    def _real() -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)
