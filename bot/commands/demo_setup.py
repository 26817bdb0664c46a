"""Setting the demo up: its own folder, database and network."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import opened
from bot.clock import Clock
from bot.commands.demo_data import demo_network, demo_poll, demo_report
from bot.files.network import Known, read_network
from bot.files.understanding import read_report
from bot.settings import DEFAULT_DATABASE, Settings
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.network import DEFAULT_TIMEZONE
from storage.domain.old_reports import OldReport
from storage.domain.people import Viewer
from storage.domain.polls import POLL, NewOption, NewPoll, PollKind, Whom
from storage.services.house import House

DEMO = Path(".demo")


def demo_settings(settings: Settings) -> Settings:
    """These settings on the demo's database, without credentials."""
    url = f"sqlite:///{(DEMO / DEFAULT_DATABASE).resolve()}"
    return replace(settings, app_id="", app_password="", app_tenant_id="", database_url=url)


async def fill(settings: Settings) -> None:
    """Import the demo's network, a report and a poll into the demo's database; what was done in earlier demos stays."""
    DEMO.mkdir(exist_ok=True)
    now: datetime = Clock(settings.starts_at).now().astimezone(ZoneInfo(DEFAULT_TIMEZONE))
    records = read_network(demo_network(now), Known())
    async with opened(settings) as house:
        await house.imports.apply(records.records, now)
        text = demo_report(now)
        minutes = await read_report(text, now)
        day = minutes.day or now.date()
        report = OldReport(
            "verslag.md", text, minutes, day, minutes.title, MeetingKind.INTERVISIE, Audience.NETWORK, lives=True
        )
        await house.memory.take_in(report, DEFAULT_TIMEZONE, now)
        await _ask(house, now)


async def _ask(house: House, now: datetime) -> None:
    """Let a poll run, unless one ran lately: by who coordinates, and with some votes."""
    said = demo_poll()
    starter = await _viewer(house, said.starts)
    if starter is None or await house.polls.listed(starter, now):
        return
    new = NewPoll(PollKind.SINGLE, said.question, tuple(map(NewOption, said.options)), whom=Whom.EVERYBODY)
    poll = await house.polls.create(new, starter, now)
    for mail, number in said.votes.items():
        voter = await _viewer(house, mail)
        if voter is not None:
            await house.polls.vote(poll.id, {poll.options[number - 1].id: 1}, voter, now)
    # Nobody is in the Playground yet, so its cards would reach nobody: it is there for who asks.
    for group in await house.notices.groups(starter, now):
        if group.kind == POLL and group.subject == str(poll.id):
            await house.notices.cancel(group.number, starter)


async def _viewer(house: House, mail: str) -> Viewer | None:
    person = await house.people.by_email(mail)
    return Viewer(person, member=True) if person is not None else None
