"""What composing an agenda costs: milliseconds of CPU for so many candidates; as `make bench` runs it."""

import random
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.domain.agenda import AgendaPoint, PointKind, PointState
from storage.domain.composing import Candidate, compose, fixed_points
from storage.domain.meetings import Audience, Meeting, MeetingKind

ROUNDS = 20
BAR_MS = 50
"""For 60 candidates."""

STARTS = datetime(2027, 2, 4, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))


def main() -> int:
    """Print the figures."""
    for count, minutes in ((60, 150), (60, 2_000), (600, 2_000)):
        taken, chosen = measured(count, minutes)
        sys.stdout.write(
            f"composing an agenda of {minutes} minutes from {count} candidates: {taken * 1000:.2f} ms, "
            f"{chosen} chosen (bar for 60: {BAR_MS} ms)\n"
        )
    return 0


def measured(count: int, minutes: int) -> tuple[float, int]:
    """The fastest of some rounds in seconds, and how many candidates it chose."""
    meeting = Meeting(
        1, "bench", MeetingKind.INTERVISIE, "Bench", STARTS, STARTS + timedelta(minutes=minutes), Audience.NETWORK
    )
    candidates, fixed = candidates_for(count), fixed_points(meeting.kind, earlier=True)
    rounds, chosen = [], 0
    for _ in range(ROUNDS):
        begun = time.process_time()
        chosen = len(compose(meeting, fixed, candidates).chosen)
        rounds.append(time.process_time() - begun)
    return min(rounds), chosen


def candidates_for(count: int) -> list[Candidate]:
    """Points as people bring them, a third of them where a coordinator put them."""
    chance = random.Random(1)
    return [
        Candidate(
            AgendaPoint(
                number,
                f"Punt {number}",
                kind=chance.choice([*PointKind, None]),
                minutes=chance.choice([None, 10, 20, 45]),
                position=number,
                state=chance.choice([PointState.PROPOSED, PointState.ACCEPTED]),
                proposer_id=1,
                carried=chance.randint(0, 2),
                support=chance.randint(0, 9),
            ),
            placed=number % 3 == 0,
        )
        for number in range(1, count + 1)
    ]


if __name__ == "__main__":
    sys.exit(main())
