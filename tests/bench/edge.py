"""What a turn costs at the edge, beside a bare aiohttp echo and the stock SDK's; as `make bench` runs it.

Rounds are interleaved and medians taken, so that what else the machine does hits all alike. CPU per turn (user and
system, of the bot's process) is the steadiest figure; turns per second and lag are also the neighbours'.
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bots import LOAD_CORE, Bot, imported, postgresql, started
from tests.bench.echoes import ECHO
from tests.bench.launch import stay_on
from tests.bench.load import Load, Round
from tests.bench.people import Person, network
from tests.bench.standins import StandIns, standing_in

ECHOES = ("bare", "sdk", "ours", "claiming")
CROWD = "serve crowd"
SLOW = ("bare", "ours", CROWD)
"""Which bots meet a slow connector; the SDK's handles some 30 turns a second there, and would take minutes."""

BARE_WHERE_SET = 0.32
"""Milliseconds that bare's turn took on the machine where the bars in milliseconds were set."""

CONNECTOR_TAKES = 0.2
AT_ONCE = 32
AT_ONCE_SLOW = 256

QUESTIONS = (
    "wanneer is de volgende intervisie?",
    "waar gaat de netwerkdag door?",
    "wie komt er naar de intervisie over huiswerk?",
    "wat staat er op de agenda van de volgende intervisie?",
    "hoeveel plaatsen zijn er nog op de netwerkdag?",
    "wie is Samira?",
    "tot wanneer kan ik inschrijven voor het infomoment?",
)
KNOWN_ANSWER = "huiswerkbegeleiding"
"""Is in the answer to the first question: what is measured must be an answer, not an apology."""


class WrongAnswer(Exception):
    """A bot does not answer as it should; the message has the end of its log."""


@dataclass(frozen=True, slots=True)
class Size:
    """How long a bench takes: rounds, and the seconds of each."""

    rounds: int = 5
    seconds: float = 2.0
    slow_rounds: int = 3
    slow_seconds: float = 4.0
    with_postgresql: bool = True
    bots: tuple[str, ...] = ("bare", "sdk", "ours", "claiming", "serve sqlite", "serve postgresql", CROWD)
    at_once_slow: int = AT_ONCE_SLOW


@dataclass
class Figures:
    """The rounds of every bot, by its name; the slow ones with the connector that takes its time."""

    fast: dict[str, list[Round]] = field(default_factory=lambda: defaultdict(list))
    slow: dict[str, list[Round]] = field(default_factory=lambda: defaultdict(list))

    def cpu(self, name: str) -> float:
        """The median CPU per turn in ms."""
        return statistics.median(one.cpu_ms for one in self.fast[name])

    def pace(self, name: str) -> float:
        """The median turns per second with the slow connector."""
        return statistics.median(one.pace for one in self.slow[name])


async def measure(size: Size, folder: Path, postgresql_url: str | None) -> Figures:
    """Start all bots, and put load on each in turn, round after round."""
    (text, people), (crowds_text, crowd) = network(), network(size.at_once_slow)
    crowd = crowd[: size.at_once_slow]
    databases = {"serve sqlite": (text, f"sqlite:///{folder / 'bench.db'}")}
    if postgresql_url:
        databases["serve postgresql"] = text, postgresql_url
    databases["claiming"] = text, f"sqlite:///{folder / 'claims.db'}"
    databases[CROWD] = crowds_text, f"sqlite:///{folder / 'crowd.db'}"
    async with AsyncExitStack() as parts:
        standins = await parts.enter_async_context(standing_in(folder, crowd))
        bots = {}
        for name in size.bots:
            environment = standins.environment()
            if name in databases:
                filled_with, environment["DATABASE_URL"] = databases[name]
                await imported(filled_with, environment["DATABASE_URL"])
            elif name not in ECHOES:
                continue
            what = name.partition(" ")[0]
            bots[name] = await parts.enter_async_context(started(name, what, folder, environment))
        return await _rounds(size, bots, standins, people, crowd)


async def _rounds(
    size: Size, bots: Mapping[str, Bot], standins: StandIns, people: Sequence[Person], crowd: Sequence[Person]
) -> Figures:
    figures, token = Figures(), standins.token()
    fast = {
        name: Load(bot, standins, crowd[:AT_ONCE] if name in ECHOES else people, _texts(name), token)
        for name, bot in bots.items()
        if name != CROWD
    }
    slow = {name: Load(bots[name], standins, crowd, _texts(name), token) for name in SLOW if name in bots}
    await _check_answers(bots, standins, people[1])
    for number in range(size.rounds):
        for name, load in fast.items():
            figures.fast[name].append(await load.round(size.seconds))
            _tell(f"round {number + 1}", name, figures.fast[name][-1])
    for load in fast.values():
        load.close()
    standins.delay = CONNECTOR_TAKES
    for number in range(size.slow_rounds):
        for name, load in slow.items():
            figures.slow[name].append(await load.round(size.slow_seconds))
            _tell(f"slow connector, round {number + 1}", name, figures.slow[name][-1])
    for load in slow.values():
        load.close()
    return figures


def _texts(name: str) -> Sequence[str]:
    return ("een bericht zoals er veel zijn, 1 van 3",) if name in ECHOES else QUESTIONS


async def _check_answers(bots: Mapping[str, Bot], standins: StandIns, who: Person) -> None:
    """What is measured must be answers, not apologies. Raises WrongAnswer."""
    for name, bot in bots.items():
        load = Load(bot, standins, [who], _texts(name), standins.token())
        await load.round(0)
        load.close()
        expected = ECHO if name in ECHOES else KNOWN_ANSWER
        if expected not in standins.said.pop(who.chat.id, ""):
            raise WrongAnswer(f"{name}: {bot.log.read_text('utf-8')[-2000:]}")


def _tell(when: str, name: str, one: Round) -> None:
    statuses = ", ".join(f"{count} x {status}" for status, count in sorted(one.statuses.items()))
    _say(
        f"{when:26} {name:17} {one.cpu_ms:7.3f} ms CPU/turn {one.pace:7.0f} turns/s  latency {one.latency:7.1f} ms  "
        f"loop lag p99 {one.look.lag_p99:6.1f} most {one.look.lag_most:6.1f} (own CPU {one.look.busy_most:5.1f}) ms  "
        f"{one.look.rss / 2**20:5.0f} MiB  {statuses}"
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One of issue 3's bars."""

    name: str
    value: float
    limit: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the value is on the good side of the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        return (
            f"{'met' if self.met else 'NOT met':8} {self.name}: {self.value:.2f} {self.unit} (bar {sign} {self.limit})"
        )


def bars(figures: Figures) -> list[Bar]:
    """What was measured against the bars of issue 3."""
    found = [Bar("our echo, CPU per turn of bare's", figures.cpu("ours") / figures.cpu("bare"), 2.5, "x")]
    for name, limit in (("serve sqlite", 6), ("serve postgresql", 8)):
        if name in figures.fast:
            taken = figures.cpu(name)
            found.append(Bar(f"a question's turn, {name}, on this machine", taken, limit, "ms CPU"))
            there = taken * BARE_WHERE_SET / figures.cpu("bare")
            found.append(Bar(f"the same where bare takes {BARE_WHERE_SET} ms", there, limit, "ms CPU"))
    if "sdk" in figures.fast:
        cheaper = figures.cpu("sdk") / figures.cpu("serve sqlite")
        found.append(Bar("the stock SDK's empty echo, of our question's turn on SQLite", cheaper, 2, "x", True))
    lag = statistics.median(one.look.lag_p99 for one in figures.slow["ours"])
    pace = figures.pace("ours") / figures.pace("bare")
    found.append(Bar("slow connector, our echo's turns per second of bare's", pace, 0.8, "x", True))
    found.append(Bar("slow connector, our echo's event loop lag p99", lag, 50, "ms"))
    return found


def _table(figures: Figures) -> None:
    _say("\nCPU per turn in ms, median (least-most of the rounds), and how many times bare's:")
    for name, rounds in figures.fast.items():
        values = sorted(one.cpu_ms for one in rounds)
        times = figures.cpu(name) / figures.cpu("bare")
        _say(f"  {name:17} {figures.cpu(name):7.3f} ({values[0]:.3f}-{values[-1]:.3f})  {times:6.2f} x")
    apart = figures.cpu("claiming") - figures.cpu("ours")
    _say(f"  the check that nothing runs twice: {apart:.3f} ms a turn (claiming less ours; two commits on SQLite)")
    _say(f"\nWith a connector that takes {CONNECTOR_TAKES * 1000:.0f} ms, median:")
    for name, rounds in figures.slow.items():
        lags = statistics.median(one.look.lag_p99 for one in rounds)
        _say(f"  {name:17} {figures.pace(name):7.0f} turns/s, loop lag p99 {lags:.1f} ms")


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0 also when a bar is not met, which depends on the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short rounds, without PostgreSQL")
    quick = parser.parse_args(arguments).quick
    size = Size(2, 1.0, 1, 2.0, with_postgresql=False) if quick else Size()
    stay_on(LOAD_CORE)
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        if size.with_postgresql:
            with postgresql() as url:
                figures = asyncio.run(measure(size, Path(folder), url))
        else:
            figures = asyncio.run(measure(size, Path(folder), None))
    _table(figures)
    _say("")
    for bar in bars(figures):
        _say(str(bar))
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
