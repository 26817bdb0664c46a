"""What polls have beside the database: the secret of their urns, and the hours in which people may be disturbed."""

from dataclasses import dataclass

from storage.domain.calendar import SendingHours


@dataclass(frozen=True, slots=True)
class PollMeans:
    """`secret` seals anonymous votes, None where there is none; notices that can wait go out in `hours`."""

    secret: bytes | None
    hours: SendingHours
