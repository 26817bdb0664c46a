"""Setting the demo up: its own folder, database and network."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import opened
from bot.clock import Clock
from bot.commands.demo_data import demo_network
from bot.files.network import Known, read_network
from bot.settings import DEFAULT_DATABASE, Settings
from storage.domain.network import DEFAULT_TIMEZONE

DEMO = Path(".demo")


def demo_settings(settings: Settings) -> Settings:
    """These settings on the demo's database, without credentials."""
    url = f"sqlite:///{(DEMO / DEFAULT_DATABASE).resolve()}"
    return replace(settings, app_id="", app_password="", app_tenant_id="", database_url=url)


async def fill(settings: Settings) -> None:
    """Import the demo's network into the demo's database; what was done in earlier demos stays."""
    DEMO.mkdir(exist_ok=True)
    now: datetime = Clock(settings.starts_at).now().astimezone(ZoneInfo(DEFAULT_TIMEZONE))
    records = read_network(demo_network(now), Known())
    async with opened(settings) as house:
        await house.imports.apply(records.records, now)
