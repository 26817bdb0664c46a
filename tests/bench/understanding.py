"""What understanding a message costs: CPU time per message, and memory; as `make bench` runs it.

Figures are of one run on one core; compare them with each other, not with another machine's.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Brussels"))
ROUNDS = 3


def main() -> int:
    """Print the figures."""
    before = _memory()
    from dialogs.language.dates import find_dates
    from dialogs.language.parts import understand_all
    from dialogs.language.understanding import understand
    from storage.domain.meetings import MeetingKind
    from storage.domain.network import MeetingName, Names, OrganisationName, PersonName
    from storage.domain.people import OrganisationStatus, Role

    kinds = [kind for kind in MeetingKind if kind is not MeetingKind.OTHER]
    names = Names(
        tuple(
            MeetingName(n, kinds[n % 4], f"{kinds[n % 4]} onderwerp {n}", (NOW + timedelta(days=7 * n)).date())
            for n in range(1, 41)
        ),
        tuple(PersonName(n, f"Voornaam{n} Achternaam{n}", Role.AMBASSADOR) for n in range(1, 301)),
        tuple(OrganisationName(n, f"Huis Zeven{n}", OrganisationStatus.AMBASSADOR) for n in range(1, 101)),
    )
    entries = yaml.safe_load((HERE.parent / "sentences" / "blind.yaml").read_text("utf-8"))
    messages = [entry["say"] for entry in entries if "say" in entry]
    understand(messages[0], NOW, names)
    _say(f"{len(messages)} messages, 40 meetings, 300 people, 100 organisations; memory {_memory() - before:.0f} MB")
    _measure("dates", lambda text: find_dates(text, NOW), messages)
    _measure("one question", lambda text: understand(text, NOW, names), messages)
    _measure("one or two questions", lambda text: understand_all(text, NOW, names), messages)
    return 0


def _measure(name: str, work: Callable[[str], object], messages: Sequence[str]) -> None:
    """The fastest of some rounds for each message: the rest is what else the machine did."""
    taken = []
    for message in messages:
        rounds = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            work(message)
            rounds.append((time.process_time() - begun) * 1000)
        taken.append(min(rounds))
    taken.sort()
    p95 = taken[int(len(taken) * 0.95)]
    _say(f"{name:22} median {statistics.median(taken):.2f} ms, p95 {p95:.2f} ms, most {taken[-1]:.2f} ms CPU")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
