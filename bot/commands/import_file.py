"""`import`: read a network file into the database, all or nothing."""

import asyncio
from pathlib import Path

from bot.app import opened
from bot.clock import Clock
from bot.commands.output import complain, say, settings_or_complaint
from bot.files.network import Known, NetworkRecords, read_network
from dialogs.texts import commands as texts
from storage.domain.imports import ImportConflict
from storage.services.house import DatabaseUnreachable, House


def run(file: Path, dry_run: bool) -> int:
    """Import a file, or show what that would change. 0 when done, 1 for mistakes in the file, 2 otherwise."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        complain(texts.IMPORT_FAILED.format(file=file))
        complain(texts.mistake(str(file), line, "", "file_encoding", "", ""))
        return 1
    except OSError as error:
        complain(texts.FILE_UNREADABLE.format(file=file, reason=error.strerror))
        return 2

    async def work() -> int:
        async with opened(settings) as house:
            return await import_text(house, Clock(settings.starts_at), text, str(file), dry_run)

    try:
        return asyncio.run(work())
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2


async def import_text(house: House, clock: Clock, text: str, name: str, dry_run: bool) -> int:
    """Import a file's text; `name` is what messages call it."""
    read = read_network(text, await _known(house))
    if not read.mistakes:
        try:
            work = house.imports.preview if dry_run else house.imports.apply
            report = await work(read.records, clock.now())
        except ImportConflict as conflict:
            _complain_of(conflict, read, name)
            return 1
        say(texts.import_report(report, dry_run))
        return 0
    complain(texts.IMPORT_FAILED.format(file=name))
    for one in read.mistakes:
        complain(texts.mistake(name, one.line, one.field, one.code, one.value, one.expected))
    return 1


async def _known(house: House) -> Known:
    """What is already in the database: a later file may refer to it without repeating it."""
    people, organisations, timezone = await house.imports.known()
    return Known(people, organisations, timezone)


def _complain_of(conflict: ImportConflict, read: NetworkRecords, name: str) -> None:
    line = read.lines.get((conflict.noun, conflict.key), 1)
    complain(texts.IMPORT_FAILED.format(file=name))
    complain(texts.mistake(name, line, conflict.field, "conflict", str(conflict.value), ""))
