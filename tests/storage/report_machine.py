"""Several processes that note, correct, post, approve and settle at random on one network; run as a module for long.

`python -m tests.storage.report_machine URL MEETING SEED ACTS` is one of the processes; what must hold after all of
them is in `broken`.
"""

import asyncio
import json
import random
import sys
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from storage.database import Database
from storage.domain.minutes import Decision, Minutes, ReportedAction, Source
from storage.domain.people import Viewer
from storage.domain.refusals import Refusal
from storage.domain.reports import LineKind, NewLine
from storage.services.house import House, house_at
from tests.storage.proposals import ans, miel, roos, tarik
from tests.storage.reporting import MORNING_AFTER

TEXTS = ("mailt het CLB", "zoekt een zaal", "belt de school", "het uur ligt vast", "we starten in maart")
OWNERS = ("Tarik", "Miel", "iedereen", "Koen", "Tarik en Miel", "")
MOST_ID = 40
NOON = MORNING_AFTER.replace(hour=12, minute=5)


class Player:
    """One process's share of what happens."""

    def __init__(self, house: House, meeting_id: int, people: tuple[Viewer, ...], chance: random.Random) -> None:
        self._house, self._meeting, self._people, self._chance = house, meeting_id, people, chance
        self.errors: list[BaseException] = []
        self.done = 0

    async def act(self) -> None:
        """One act by somebody, which may be refused but never go wrong."""
        try:
            await self._any()()
            self.done += 1
        except Refusal:
            pass
        except Exception as error:  # noqa: BLE001 - told afterwards, all of them
            self.errors.append(error)

    def _any(self) -> Callable[[], Awaitable[Any]]:
        house, chance, meeting, now = self._house, self._chance, self._meeting, NOON
        who, boss = chance.choice(self._people), self._people[0]
        line, action, objection = (chance.randint(1, MOST_ID) for _ in range(3))
        said, owner = chance.choice(TEXTS), chance.choice(OWNERS)
        kind = chance.choice((LineKind.ACTION, LineKind.ACTION, LineKind.DECISION))
        values: dict[str, Any] = chance.choice(
            (
                {"text": f"{said} {chance.randint(1, 9)}"},
                {"owner": owner},
                {"private": chance.random() < 0.5},
                {"kind": kind},
                {"kind": kind, "private": True},
                {"due": date(2027, 1, chance.randint(4, 29))},
                {"certain": chance.random() < 0.5},
            )
        )
        other = chance.choice(self._people).person
        assert other is not None
        acts: tuple[Callable[[], Awaitable[Any]], ...] = (
            lambda: house.reports.note(NewLine(kind, said, owner=owner), meeting, who, now),
            lambda: house.reports.note(NewLine(kind, f"{said} {line}", owner=owner), meeting, who, now),
            lambda: house.reports.change(meeting, line, values, who, now),
            lambda: house.reports.change(meeting, line, values, boss, now),
            lambda: house.reports.remove(meeting, line, boss, now),
            lambda: house.reports.restore(meeting, line, boss, now),
            self._deliver,
            lambda: house.summaries.release(meeting, boss, now),
            lambda: house.summaries.plan_due(now),
            lambda: house.approvals.object(meeting, line, f"niet juist {line}", who, now),
            lambda: house.approvals.settle(objection, chance.random() < 0.5, boss, now, new_text=said),
            lambda: house.approvals.approve(meeting, boss, now, anyway=True),
            lambda: house.approvals.reopen(meeting, boss, now),
            lambda: house.actions.done(action, who, now, remark="klaar"),
            lambda: house.actions.reopen(action, who, now),
            lambda: house.actions.move(action, date(2027, 2, chance.randint(1, 20)), who, now),
            lambda: house.actions.pass_on(action, other.id, who, now),
            lambda: house.actions.give_back(action, who, now),
            lambda: house.actions.drop(action, who, now),
            lambda: house.actions.escalate(action, who, now),
            lambda: house.actions.plan_due(now + timedelta(days=chance.randint(1, 60))),
            lambda: house.approvals.plan_due(now),
        )
        return chance.choice(acts)

    async def _deliver(self) -> None:
        chance = self._chance
        lines = [f"{chance.choice(TEXTS)} {chance.randint(1, 6)}" for _ in range(4)]
        whole = "\n".join(lines)
        places = [Source(whole.index(one), whole.index(one) + len(one)) for one in lines]
        minutes = Minutes(
            decisions=tuple(Decision(one, place) for one, place in zip(lines[:2], places[:2], strict=True)),
            actions=tuple(ReportedAction(lines[at], places[at], "Tarik") for at in (2, 3)),
        )
        await self._house.reports.deliver(self._meeting, "v.txt", whole, minutes, self._people[0], NOON)


async def play(house: House, meeting_id: int, seed: int, acts: int, at_once: int = 4) -> Player:
    """So many acts, some of them at the same moment; the errors that are no refusals are in what it gives."""
    people = (await roos(house), await ans(house), await tarik(house), await miel(house))
    player = Player(house, meeting_id, people, random.Random(seed))

    async def one() -> None:
        for _ in range(acts // at_once):
            await player.act()

    await asyncio.gather(*(one() for _ in range(at_once)))
    return player


_ONE_LINE_FROM = "SELECT line_id FROM actions WHERE line_id IS NOT NULL GROUP BY line_id HAVING count(*) > 1"
_SHOWN = "l.removed_at IS NULL AND NOT l.private AND l.kind = 'action'"
_BROKEN = {
    "a line with two actions": _ONE_LINE_FROM,
    "an action of a line that is private": (
        "SELECT a.id FROM actions a JOIN report_lines l ON l.id = a.line_id WHERE l.private AND l.removed_at IS NULL"
    ),
    "an open action whose words are not its line's": (
        "SELECT a.id FROM actions a JOIN report_lines l ON l.id = a.line_id "
        f"WHERE a.state = 'open' AND {_SHOWN} AND a.text <> l.text"
    ),
    "a public action line of a posted report without an action": (
        "SELECT l.id FROM report_lines l JOIN reports r ON r.meeting_id = l.meeting_id "
        f"WHERE r.posted_at IS NOT NULL AND {_SHOWN} "
        "AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.line_id = l.id)"
    ),
    "two posts": (
        "SELECT subject FROM notices WHERE kind IN ('summary_post', 'summary') GROUP BY kind, subject, target "
        "HAVING count(*) > 1"
    ),
    "an action that is settled without a moment, or open with one": (
        "SELECT id FROM actions WHERE (state = 'open') <> (settled_at IS NULL)"
    ),
    "a version that holds a private line": "",
    "a private or removed line that can be found": (
        "SELECT s.ref FROM search_lines s JOIN report_lines l ON s.ref = 'line:' || l.id "
        "WHERE l.private OR l.removed_at IS NOT NULL"
    ),
    "a settled objection without who settled it": (
        "SELECT id FROM report_objections WHERE (taken IS NULL) <> (settled_at IS NULL)"
    ),
    "versions that are not numbered on": (
        "SELECT meeting_id FROM report_versions GROUP BY meeting_id HAVING count(*) <> max(number)"
    ),
}


async def broken(database: Database) -> dict[str, list[Any]]:
    """What does not hold, with where; empty when all is well."""

    def look(session: Any) -> dict[str, list[Any]]:
        found = {name: session.execute(text(query)).fetchall() for name, query in _BROKEN.items() if query}
        private = {row[0] for row in session.execute(text("SELECT id FROM report_lines WHERE private"))}
        kept = session.execute(text("SELECT number, lines FROM report_versions")).fetchall()
        found["a version that holds a private line"] = [
            number for number, lines in kept if private & {one.get("id") for one in _listed(lines)}
        ]
        if session.get_bind().dialect.name == "sqlite":
            found["words that are not those of the index"] = _misplaced(session)
        return {name: rows for name, rows in found.items() if rows}

    return await database.read(look)


def _listed(lines: Any) -> list[dict[str, Any]]:
    """The lines of a version: SQLite gives text."""
    return json.loads(lines) if isinstance(lines, str) else lines


def _misplaced(session: Any) -> list[Any]:
    """Rows of an FTS5 table that are not those of the table that it is of."""
    ids = {row[0] for row in session.execute(text("SELECT id FROM search_lines"))}
    for table in ("search_fts_words", "search_fts_parts"):
        session.execute(text(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)"))
    words = {row[0] for row in session.execute(text("SELECT rowid FROM search_fts_words"))}
    return sorted(ids ^ words)


async def main(url: str, meeting_id: int, seed: int, acts: int) -> None:
    """Play, then print how much was done and what went wrong."""
    house = house_at(url)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    player = await play(house, meeting_id, seed, acts)
    await house.close()
    print(player.done, [f"{type(one).__name__}: {one}"[:300] for one in player.errors[:5]], flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], *map(int, sys.argv[2:])))  # type: ignore[arg-type]
