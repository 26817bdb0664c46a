"""Forgetting what was typed about people once nobody needs it any more."""

from datetime import datetime, timedelta

from storage.unit_of_work import Units

KEPT = timedelta(days=180)
"""How long after a meeting its reasons and remarks are kept."""


class Retention:
    """What is forgotten about meetings that are long over."""

    def __init__(self, units: Units) -> None:
        self._units = units

    async def forget_old(self, now: datetime) -> None:
        """Forget why somebody was excused, and what was noted with them, half a year after the meeting."""
        await self._units.write(lambda unit: unit.registrations.forget_words(now - KEPT))
