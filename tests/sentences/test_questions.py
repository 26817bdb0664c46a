"""How well the bot understands sentences by independent authors, who had not seen patterns or phrases.

`questions.yaml`: every other entry, from the first, was looked at while the patterns were made; the other half never.
`blind.yaml`: what failed was looked at to find causes, never copied, and the two numbers in `ranking.py` were chosen on
its count; five of its sentences, written when making and publishing an agenda were one, say agenda.compose now.
`fresh.yaml` and `which.yaml` are newer, by the author of the phrases: their heads tell what was looked at.

`independent.yaml` is by an author who saw no other sentence and none of the data, half of what is out of scope in it
misleading on purpose; its sentences were never looked at, only its counts. `elsewhere.yaml` holds 70 more that are out
of scope, counted once when nothing was changed any more. `foreign.yaml` is English and French.
`agenda.yaml` is about agenda points, by the author of their patterns; `agenda_fresh.yaml` by somebody who saw none of
them: 80 % right first, 97 % when acting before any of it was looked at; then every other entry, from the first, was.
`seats.yaml` and `seats_fresh.yaml` are about registrations and planning; their heads tell how blind they are. The
floors are a little under what was reached: a change that loses ground fails.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import yaml

from bot.commands.demo_data import demo_network
from bot.files.network import Known, read_network
from dialogs.language import parts
from dialogs.language.intents import Intent
from dialogs.language.parts import understand_all
from dialogs.language.understanding import Understanding, understand
from storage.domain.dialogs import Memory
from storage.domain.network import Names
from storage.domain.people import Viewer
from storage.services.house import House, house_at
from tests.conftest import FIGURES, NOW

HERE = Path(__file__).parent
ZONE = "Europe/Brussels"
MEMBER = Viewer(None, member=True)
NOT_YET = {
    *(intent.value for intent in Intent if intent.value.startswith(("poll.", "report.", "actions."))),
    *("registration.register", "registration.unregister", "registration.excuse", "registration.replace"),
    *("agenda.propose", "agenda.withdraw", "agenda.publish"),
    *("meeting.create", "meeting.move", "meeting.cancel", "meeting.invite", "privacy.request"),
}
"""What questions.yaml, the older set, calls not_yet: nothing of it was built when it was written."""

SINCE = {
    "actions.list": frozenset({"actions.open"}),
    "actions.done": frozenset({"actions.move", "actions.hand_over", "actions.drop"}),
    "report.summary": frozenset({"report.file", "report.notes", "report.link"}),
    "poll.vote": frozenset({"poll.unvote"}),
    "poll.close": frozenset({"poll.change", "poll.drop"}),
    "poll.result": frozenset({"poll.list", "poll.missing", "poll.show"}),
}
"""What these sets call by one name, written when it was one intent: whose actions, what becomes of one, what of a
report, what becomes of a poll. `reports.yaml` and `polls.yaml` tell them apart (test_reports.py, test_polls.py)."""

FLOORS = {
    "questions, unseen half": {
        "right first": 0.91,
        "right in three": 0.95,
        "acts": 0.80,
        "right when acting": 0.97,
        "refused": 0.78,
        "right meeting": 0.97,
    },
    "blind": {
        "right first": 0.90,
        "right in three": 0.955,
        "acts": 0.70,
        "right when acting": 0.97,
        "refused": 0.90,
        "right meeting": 0.98,
        "both parts": 0.68,
        "kept whole": 0.99,
    },
    "fresh": {
        "right first": 0.91,
        "right in three": 0.96,
        "acts": 0.80,
        "right when acting": 0.97,
        "refused": 0.90,
        "right meeting": 0.97,
        "both parts": 0.87,
        "kept whole": 0.99,
    },
    "independent": {
        "right first": 0.92,
        "right in three": 0.97,
        "acts": 0.85,
        "right when acting": 0.97,
        "refused": 0.90,
        "not refused": 0.95,
        "right meeting": 0.97,
    },
    "seats": {
        "right first": 0.94,
        "right in three": 0.97,
        "acts": 0.80,
        "right when acting": 0.97,
        "right meeting": 0.96,
        "kept whole": 0.97,
    },
    "seats_fresh": {
        "right first": 0.90,
        "right in three": 0.97,
        "acts": 0.75,
        "right when acting": 0.97,
        "right meeting": 0.93,
        "kept whole": 0.98,
    },
    "agenda": {
        "right first": 0.96,
        "right in three": 0.98,
        "acts": 0.85,
        "right when acting": 0.98,
        "right meeting": 0.97,
        "kept whole": 0.98,
    },
    "agenda_fresh, unseen half": {
        "right first": 0.82,
        "right in three": 0.93,
        "acts": 0.70,
        "right when acting": 0.96,
        "right meeting": 0.97,
        "kept whole": 0.97,
    },
    "elsewhere": {"refused": 0.90},
    "which": {"right meeting": 0.97},
    "foreign": {"right first": 0.87, "right in three": 0.95, "right when acting": 0.97, "right meeting": 0.97},
}


@dataclass
class Score:
    """What was right, of how many."""

    counts: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, name: str, right: bool) -> None:
        """Count one."""
        self.totals[name] += 1
        self.counts[name] += right

    def of(self, name: str) -> float:
        """The share that was right."""
        return self.counts[name] / max(1, self.totals[name])


_read: dict[tuple[str, Memory], Understanding] = {}


def _understood(text: str, now: datetime, names: Names, memory: Memory | None = None) -> Understanding:
    """The same as `understand`, which reads most sentences twice: by themselves, and for their parts."""
    key = (text, memory or Memory())
    return _read.get(key) or _read.setdefault(key, understand(text, now, names, memory))


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the parts of a sentence not read what was read already: of one network, at one moment."""
    monkeypatch.setattr(parts, "understand", _understood)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def network(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[House, Names]]:
    """The demo's network, which nobody changes."""
    house = house_at(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    await house.migrate()
    await house.imports.apply(read_network(demo_network(NOW), Known()).records, NOW)
    network = (await house.visitors.visit(None, "")).network
    yield house, await house.names.at(network, NOW, for_coordinator=False)
    await house.close()


def _conversations(name: str) -> Iterator[Sequence[Mapping[str, Any]]]:
    for entry in _entries(name):
        if "parts" not in entry:
            yield entry.get("conversation") or [entry]


@cache
def _entries(name: str) -> Sequence[Mapping[str, Any]]:
    file = HERE / f"{name.partition(',')[0]}.yaml"
    entries = yaml.safe_load(file.read_text("utf-8"))
    return list(entries[1::2] if name.endswith("unseen half") else entries)


async def _score(house: House, names: Names, name: str) -> Score:
    score = Score()
    for conversation in _conversations(name):
        memory = await _before(house, names, conversation[0].get("context", {}))
        for turn in conversation:
            asked = _understood(turn["say"], NOW, names, memory)
            _count_intent(score, turn["intent"], asked)
            if _same(asked.intent, turn["intent"]):
                memory = await _follow(house, score, turn, asked, memory)
    for entry in _entries(name):
        _count_parts(score, entry, names)
    return score


async def _before(house: House, names: Names, context: Mapping[str, Any]) -> Memory:
    """What was talked about before a sentence that has a context."""
    if not context:
        return Memory()
    keys = {one.key: one.id for one in await house.meetings.known([one.id for one in names.meetings], MEMBER)}
    people = {one.name: one.id for one in names.people}
    meeting, person = keys.get(context.get("meeting", "")), people.get(context.get("person", ""))
    return Memory(meeting_id=meeting, person_id=person, intent=context.get("intent"), at=NOW)


def _count_parts(score: Score, entry: Mapping[str, Any], names: Names) -> None:
    """Whether two things asked are both understood, and one thing stays one."""
    if "conversation" in entry:
        return
    asked = understand_all(entry["say"], NOW, names)
    if "parts" not in entry:
        score.add("kept whole", len(asked) == 1)
        return
    wanted = [part["intent"] for part in entry["parts"]]
    alike = len(asked) == len(wanted) and all(map(_same, (one.intent for one in asked), wanted))
    score.add("both parts", alike)


def _same(got: Intent, wanted: str) -> bool:
    return got.value == wanted or got.value in SINCE.get(wanted, ()) or (wanted == "not_yet" and got.value in NOT_YET)


def _count_intent(score: Score, wanted: str, asked: Understanding) -> None:
    right = _same(asked.intent, wanted)
    score.add("right first", right)
    if asked.sure:
        score.add("right when acting", right)
    if wanted == Intent.UNKNOWN:
        score.add("refused", asked.out_of_scope)
    else:
        score.add("right in three", any(_same(intent, wanted) for intent, _ in asked.candidates[:3]))
        score.add("acts", asked.sure)
        score.add("not refused", not asked.out_of_scope)
    if not right:
        score.confused[wanted, asked.intent.value] += 1


async def _follow(house: House, score: Score, turn: Mapping[str, Any], asked: Understanding, memory: Memory) -> Memory:
    """Check which meeting is meant, and remember what a conversation would."""
    if not asked.intent.about_a_meeting:
        person = asked.people[0] if len(asked.people) == 1 else None
        return Memory(meeting_id=memory.meeting_id, person_id=person, at=NOW) if person else memory
    if asked.names_meeting or memory.meeting_id is None:
        ids = [one.id for one in await house.meetings.find(asked.query, MEMBER, ZONE, NOW)]
    else:
        ids = [memory.meeting_id]
    if "meeting" in turn:
        wanted = [turn["meeting"]] if isinstance(turn["meeting"], str) else turn["meeting"] or []
        score.add("right meeting", {one.key for one in await house.meetings.known(ids, MEMBER)} == set(wanted))
    return Memory(meeting_id=ids[0], intent=asked.intent.value, at=NOW) if len(ids) == 1 else memory


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", FLOORS)
async def test_sentences_are_understood(
    name: str, network: tuple[House, Names], record_property: Callable[[str, object], None]
) -> None:
    score = await _score(*network, name)
    shares = ", ".join(f"{one} {score.of(one):.1%} of {score.totals[one]}" for one in score.totals)
    record_property(FIGURES, f"{name}: {shares}; most confused: {score.confused.most_common(6)}")
    assert {one: score.of(one) for one, floor in FLOORS[name].items() if score.of(one) < floor} == {}
