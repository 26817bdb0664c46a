"""What sharing out the sessions of a network day costs: seconds of CPU for some crowds; as `make bench` runs it."""

import random
import sys
import time

from storage.domain.sessions import assign

ROUNDS = 3


def main() -> int:
    """Print the figures."""
    for people, sessions, places in ((200, 6, 34), (200, 6, 20), (400, 6, 60), (200, 12, 15)):
        taken, placed, first = _measured(people, sessions, places)
        sys.stdout.write(
            f"sharing out {people} people x {sessions} sessions of {places}: {taken:.3f} s, "
            f"{placed} placed, {first} in their first choice\n"
        )
    return 0


def _measured(people: int, sessions: int, places: int) -> tuple[float, int, int]:
    """The fastest of some rounds, how many were placed, and how many of them got their first choice."""
    wishes = _wishes(people, sessions)
    free = dict.fromkeys(range(1, sessions + 1), places)
    rounds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        got = assign(wishes, dict(free), "bench")
        rounds.append(time.process_time() - begun)
    return min(rounds), len(got), sum(wishes[person][0] == session for person, session in got.items())


def _wishes(people: int, sessions: int) -> dict[int, list[int]]:
    """Wishes of which many are for the same sessions, as people have them."""
    chance, wishes = random.Random(1), {}
    for person in range(1, people + 1):
        order = sorted(range(1, sessions + 1), key=lambda one: chance.random() ** one, reverse=True)
        wishes[person] = order[: chance.randint(1, sessions)]
    return wishes


if __name__ == "__main__":
    sys.exit(main())
