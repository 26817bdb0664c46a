"""Starts a bot for a bench, in its own process, on its own core, with a probe beside it.

    BENCH_PROBE=SOCKET [BENCH_CORE=n] [BENCH_HURRY=n] python -m tests.bench.launch serve|bare|sdk|ours|claiming

It sends as fast as it can: Teams' limits, which a bench is far beyond, are still reckoned with, but never reached.

BENCH_HURRY lets the bot's clock run n times as fast as the world's: a day in minutes. What the bot keeps for days it
then keeps for hours, so that forgetting is part of the day too.
"""

import asyncio
import os
import sys
import time
from datetime import UTC, datetime, timedelta

from tests.bench.probe import Probe, ProbedLoops

KEPT = timedelta(hours=6)
"""How long a hurried bot remembers what it was sent."""


def main(name: str) -> int:
    """Run the bot called `name` until it is told to stop."""
    stay_on(os.environ.get("BENCH_CORE"))
    if times := float(os.environ.get("BENCH_HURRY", "0")):
        _hurry(times)
    asyncio.set_event_loop_policy(ProbedLoops(Probe(os.environ["BENCH_PROBE"])))
    _let_send_at_once()
    if name == "serve":
        from bot.__main__ import main as bot

        return bot(["serve"])
    from tests.bench import echoes

    echoes.run(name, int(os.environ["PORT"]))
    return 0


def stay_on(core: str | None) -> None:
    """Keep this process, and what it starts, on one core, where the system can and has it."""
    if core and hasattr(os, "sched_setaffinity") and int(core) in os.sched_getaffinity(0):
        os.sched_setaffinity(0, {int(core)})


def _let_send_at_once() -> None:
    import bot.app
    import bot.teams.pace
    from tests.bench.echoes import NO_LIMIT, pace

    bot.teams.pace.CONVERSATION = (NO_LIMIT, NO_LIMIT)
    bot.app.Pace = lambda _: pace()  # type: ignore[misc, assignment]


def _hurry(times: float) -> None:
    """A clock that runs faster, what the bot does every hour as much sooner, and a shorter memory."""
    import bot.app
    import storage.services.activities
    from bot.clock import Clock

    began = time.time()

    def hurried() -> datetime:
        return datetime.fromtimestamp(began + (time.time() - began) * times, UTC)

    Clock._real = staticmethod(hurried)  # type: ignore[method-assign]
    bot.app.FORGET_EVERY /= times
    storage.services.activities.KEPT = KEPT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
