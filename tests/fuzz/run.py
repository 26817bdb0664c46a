"""Throws generated requests at a bot as in production, and looks what that does to it; as `make fuzz` runs it.

    python -m tests.fuzz.run [--cases N] [--seed S] [--only NUMBER]

A request is found back by its seed and number. Everything goes over HTTP, to a bot in a process of its own.
"""

import argparse
import asyncio
import heapq
import itertools
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bots import Bot, Look, imported, started
from tests.bench.people import Person, as_bytes, message, network
from tests.bench.standins import StandIns, standing_in
from tests.bench.wire import HOST, Line, post
from tests.fuzz.knocks import HANGS_UP, Knock, Knocks
from tests.fuzz.reports import reported

CONNECTIONS = 8
LONGEST_GAP = 200.0
"""Milliseconds for which the event loop may stand still."""

ALONE_AGAIN = 25
"""How many of the slowest requests are sent again, alone, to see whose fault the wait was."""

REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")
HTTP = "aiohttp.server"
"""Logs as an error what a stranger sent that is no HTTP, and answers 400: that is no error of the bot."""

QUESTION, ANSWER = "wanneer is de volgende intervisie?", "huiswerkbegeleiding"


@dataclass
class Report:
    """What the requests did."""

    seed: int
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[tuple[Knock, int]] = field(default_factory=list)
    slow: list[tuple[float, int]] = field(default_factory=list)
    """The slowest: seconds, number."""
    slow_alone: list[tuple[float, Knock]] = field(default_factory=list)
    gap: float = 0.0
    busy_gap: float = 0.0
    """The longest gap in the event loop in ms, and what of it the bot's own CPU accounts for."""
    memory: tuple[int, int] = (0, 0)
    """Bytes before and at the end."""
    called: frozenset[str] = frozenset()
    """Addresses that the bot connected to beside the stand-ins."""
    errors: Counter[str] = field(default_factory=Counter)
    """What the bot logged as an error."""
    answer: str = ""

    def problems(self) -> list[str]:
        """What is not as it should be, gaps aside."""
        found = [f"{status} for #{knock.number} ({knock.about})" for knock, status in self.wrong]
        found += [f"called {address}" for address in sorted(self.called)]
        found += [f"{count} x logged: {error}" for error, count in self.errors.most_common()]
        return found if ANSWER in self.answer else [*found, f"answered afterwards: {self.answer[:200]!r}"]

    def take(self, look: Look) -> None:
        """Add what the probe saw."""
        self.gap, self.busy_gap = max(self.gap, look.lag_most), max(self.busy_gap, look.busy_most)


async def fuzz(seed: int, numbers: Sequence[int], folder: Path, database_url: str = "") -> Report:
    """Send these requests to a bot of their own, on several connections."""
    text, people = network()
    url = database_url or f"sqlite:///{folder / 'fuzz.db'}"
    await imported(text, url)
    await reported(url)
    async with standing_in(folder, people) as standins:
        environment = {**standins.environment(), "DATABASE_URL": url}
        async with started("fuzzed", "serve", folder, environment) as bot:
            await _ask(bot, standins, people[1])  # keys and tokens are fetched, modules loaded
            report = Report(seed)
            await _send_all(Knocks(seed, standins, people), iter(numbers), bot, report)
            await _send_slowest_alone(Knocks(seed, standins, people), bot, report)
            report.answer = await _ask(bot, standins, people[2])
            await _finish(bot, standins, report)
    return report


async def _send_all(knocks: Knocks, numbers: Iterator[int], bot: Bot, report: Report) -> None:
    first = await bot.look()
    begun = time.perf_counter()

    async def work() -> None:
        line = Line(bot.port)
        for number in numbers:
            knock = knocks.knock(number)
            asked = time.perf_counter()
            _settle(report, knock, await _status(line, knock), time.perf_counter() - asked)
            if (done := report.statuses.total()) % 10_000 == 0:
                await _progress(bot, report, done, begun)
        line.close()

    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    last = await bot.look()
    report.take(last)
    report.memory = first.rss, last.rss


async def _status(line: Line, knock: Knock) -> int:
    try:
        return (await line.send(knock.request)).status
    except ConnectionError:
        return HANGS_UP
    except TimeoutError:
        line.close()
        return -1
    finally:
        if HANGS_UP in knock.right:
            line.close()  # after odd framing both sides may count differently


def _settle(report: Report, knock: Knock, status: int, seconds: float) -> None:
    report.statuses[status] += 1
    if status not in knock.right:
        report.wrong.append((knock, status))
    heapq.heappush(report.slow, (seconds, knock.number))
    if len(report.slow) > ALONE_AGAIN:
        heapq.heappop(report.slow)


async def _progress(bot: Bot, report: Report, done: int, begun: float) -> None:
    look = await bot.look()
    report.take(look)
    _say(
        f"{done:7} requests, {done / (time.perf_counter() - begun):5.0f} a second, memory {look.rss / 2**20:.0f} MiB, "
        f"gap {report.gap:.0f} ms (own CPU {report.busy_gap:.0f}), {len(report.wrong)} wrong answers"
    )


async def _send_slowest_alone(knocks: Knocks, bot: Bot, report: Report) -> None:
    """Who waited may have stood behind another: send the slowest again while nobody else does."""
    line = Line(bot.port)
    for _, number in sorted(report.slow, reverse=True):
        knock = knocks.knock(number, again="-again")
        asked = time.perf_counter()
        await _status(line, knock)
        report.slow_alone.append((time.perf_counter() - asked, knock))
    line.close()
    report.slow_alone.sort(key=lambda one: -one[0])


async def _ask(bot: Bot, standins: StandIns, who: Person) -> str:
    """What somebody is answered to an ordinary question."""
    standins.said.pop(who.chat.id, None)
    activity = message(standins.service_url, who, who.chat, QUESTION)
    line = Line(bot.port)
    await line.send(
        post(as_bytes(activity), Content_Type="application/json", Authorization=f"Bearer {standins.token()}")
    )
    line.close()
    return standins.said.get(who.chat.id, "")


async def _finish(bot: Bot, standins: StandIns, report: Report) -> None:
    look = await bot.look()
    report.take(look)
    ours = {f"{HOST}:{standins.port}", f"{HOST}:{standins.authority_port}", f"name {HOST}"}
    report.called = frozenset(look.called) - ours
    unexpected = {asked for asked in standins.asked if asked.startswith("unexpected")}
    report.called |= unexpected
    report.errors = _errors(bot.log)


def _errors(log: Path) -> Counter[str]:
    """The errors in a log, by what they say and where they came from, without their references."""
    found: Counter[str] = Counter()
    for line in log.read_text("utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            found["a traceback"] += line.startswith("Traceback")
            continue
        if isinstance(entry, dict) and entry.get("level") in {"error", "critical"} and entry.get("logger") != HTTP:
            causes = entry.get("error") or [{}]
            where = [str(_ours(one.get("frames", []))[-3:]) for one in causes[:1]]
            said = REFERENCE.sub("…", str(entry.get("message")))
            found[f"{said} {[one.get('type') for one in causes]} {where}"] += 1
    return +found


def _ours(frames: Sequence[str]) -> Sequence[str]:
    """The lines of a traceback that are the bot's own; all of them where none is."""
    return [one for one in frames if one.startswith(("bot/", "dialogs/", "storage/"))] or frames


def main(arguments: Sequence[str]) -> int:
    """Send, print, and tell whether all was well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", type=int, action="append", help="only the request with this number; may be repeated")
    parser.add_argument("--database", default="", help="the address of an empty database; a SQLite file by default")
    asked = parser.parse_args(arguments)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    numbers = asked.only or range(asked.cases)
    _say(f"seed {seed}, {len(numbers)} requests")
    with tempfile.TemporaryDirectory(prefix="fuzz") as folder:
        report = asyncio.run(fuzz(seed, numbers, Path(folder), asked.database))
    return _print(report)


def _print(report: Report) -> int:
    _say("\nanswers: " + ", ".join(f"{count} x {status}" for status, count in sorted(report.statuses.items())))
    _say(f"memory: {report.memory[0] / 2**20:.0f} -> {report.memory[1] / 2**20:.0f} MiB")
    _say(f"longest gap in the event loop: {report.gap:.0f} ms, {report.busy_gap:.0f} ms by its own CPU")
    _say("slowest when alone:")
    for seconds, knock in report.slow_alone[:8]:
        _say(f"  {seconds * 1000:6.0f} ms  #{knock.number} {knock.about}  {knock.request[-80:]!r}")
    problems = report.problems()
    if report.gap >= LONGEST_GAP:
        problems.append(f"the event loop stood still for {report.gap:.0f} ms")
    for problem in itertools.islice(problems, 40):
        _say(f"WRONG: {problem}")
    _say("all well" if not problems else f"{len(problems)} problems; again: --seed {report.seed} --only NUMBER")
    return 1 if problems else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
