"""The demo's network, a report and a poll in it, moved to the demo's clock, and its people's Entra ids."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import yaml

from dialogs.texts.words import day
from storage.domain.people import Person

FILE = Path(__file__).with_name("demo_network.yaml")
REPORT = FILE.with_name("demo_report.md")
POLL = FILE.with_name("demo_poll.yaml")
WRITTEN_ON = date(2026, 11, 21)
AS = "jonas.claerhout@vuurtoren.example"

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def demo_network(now: datetime) -> str:
    """The demo's network file, its days moved by whole weeks so that the past is past and the rest to come."""
    weeks = (now.date() - WRITTEN_ON).days // 7
    moved = timedelta(weeks=weeks)
    return _DAY.sub(lambda found: str(date.fromisoformat(found.group()) + moved), FILE.read_text("utf-8"))


def demo_report(now: datetime) -> str:
    """The report of the demo's last meeting, its days moved likewise and written in full."""
    moved = timedelta(weeks=(now.date() - WRITTEN_ON).days // 7)
    text = REPORT.read_text("utf-8")
    return _DAY.sub(lambda found: day(date.fromisoformat(found.group()) + moved), text)


@dataclass(frozen=True, slots=True)
class DemoPoll:
    """A poll that runs in the demo; `votes`: by mail address, the number of an option."""

    starts: str
    question: str
    options: tuple[str, ...]
    votes: Mapping[str, int]


def demo_poll() -> DemoPoll:
    """The poll that runs in the demo."""
    said = yaml.safe_load(POLL.read_text("utf-8"))
    return DemoPoll(said["starts"], said["question"], tuple(said["options"]), said["votes"])


def entra_id_for(email: str, person: Person | None) -> str:
    """A demo person's Entra object id: the stored one, else one made from the mail address."""
    if person is not None and person.entra_id:
        return person.entra_id
    return str(uuid5(NAMESPACE_URL, email.lower()))
