"""`understand`: what the bot makes of a text, and why; for whoever improves the language."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import opened
from bot.clock import Clock
from bot.commands.output import complain, say, settings_or_complaint
from bot.files.network import Known, read_network
from bot.settings import Settings
from dialogs.language.dates import DateExpression
from dialogs.language.parts import understand_all
from dialogs.language.understanding import Understanding
from dialogs.texts import commands as texts
from storage.domain.network import Names
from storage.domain.people import Viewer
from storage.services.house import DatabaseUnreachable, House


@dataclass(frozen=True, slots=True)
class UnderstandOptions:
    """What the command line asked for."""

    text: str | None = None
    now: datetime | None = None
    network: Path | None = None
    as_json: bool = False
    batch: Path | None = None


def run(options: UnderstandOptions) -> int:
    """Show what each text means; 1 for a network file with mistakes, 2 for what can't be read."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    try:
        lines = options.batch.read_text("utf-8").splitlines() if options.batch else [options.text or ""]
        return asyncio.run(_understand(settings, options, lines))
    except (OSError, UnicodeDecodeError) as error:
        complain(texts.FILE_UNREADABLE.format(file=options.batch or options.network, reason=error))
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
    return 2


async def _understand(settings: Settings, options: UnderstandOptions, lines: Sequence[str]) -> int:
    async with _house(settings, options) as house:
        if house is None:
            return 1
        network = (await house.visitors.visit(None, "")).network
        now = (options.now or Clock(settings.starts_at).now()).astimezone(ZoneInfo(network.timezone))
        names = await house.names.at(network, now, for_coordinator=True)
        for line in lines:
            asked = understand_all(line, now, names)
            told: list[dict[str, Any]] = []
            for one in asked:
                told.append(await _told(house, names, one, now, network.timezone, told))
            document = {**told[0], "text": line, "parts": told if len(told) > 1 else []}
            say(json.dumps(document, ensure_ascii=False) if options.as_json else _readable(document))
    return 0


@asynccontextmanager
async def _house(settings: Settings, options: UnderstandOptions) -> AsyncIterator[House | None]:
    """The bot's own database, or a passing one with a network file in it; None when that has mistakes."""
    if options.network is None:
        async with opened(settings) as house:
            yield house
        return
    with tempfile.TemporaryDirectory() as folder:
        async with opened(replace(settings, database_url=f"sqlite:///{folder}/network.db")) as house:
            clock = Clock(options.now or settings.starts_at)
            read = read_network(options.network.read_text("utf-8"), Known())
            for one in read.mistakes:
                name = str(options.network)
                complain(texts.mistake(name, one.line, one.field, one.code, one.value, one.expected))
            if not read.mistakes:
                await house.imports.apply(read.records, clock.now())
            yield None if read.mistakes else house


async def _told(
    house: House, names: Names, asked: Understanding, now: datetime, zone: str, before: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    viewer = Viewer(None, member=True)
    meant = asked.intent.about_a_meeting or asked.names_meeting
    found = await house.meetings.find(asked.query, viewer, zone, now) if meant else ()
    people = await house.people.known(asked.people) if asked.people else ()
    return {
        "text": asked.text,
        "intent": asked.intent.value,
        "confidence": round(asked.confidence, 3),
        "candidates": [[intent.value, round(chance, 3)] for intent, chance in asked.candidates],
        "dates": [_date(one) for one in asked.dates],
        "meetings": _meetings(asked, [meeting.key for meeting in found], before),
        "people": [person.email for person in people],
        "organisations": [one.name for one in names.organisations if one.id in asked.organisations],
        "out_of_scope": asked.out_of_scope,
    }


def _meetings(asked: Understanding, found: list[str], before: Sequence[dict[str, Any]]) -> list[str]:
    """The meetings that are meant: in the second of two questions, those of the first unless it names its own."""
    goes_on = bool(before) and asked.intent.about_a_meeting and not asked.names_meeting
    return list(before[-1]["meetings"]) if goes_on else found


def _date(found: DateExpression) -> dict[str, Any]:
    return {
        "text": found.text,
        "start": _written(found.start),
        "end": _written(found.end),
        "bound": found.bound,
        "inclusive": found.inclusive,
        "every": found.every,
    }


def _written(value: date | datetime | time | None) -> str | None:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if value else None


def _readable(document: dict[str, Any]) -> str:
    parts = document["parts"] or [document]
    return "\n".join(texts.understood(part) for part in parts)
