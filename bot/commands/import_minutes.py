"""`import-minutes`: take in a folder of old reports, so that the bot can search them; nothing is sent of it."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import opened
from bot.clock import Clock
from bot.commands.output import complain, say, settings_or_complaint
from bot.files.reading import read_safely
from bot.files.understanding import read_report
from dialogs.texts import commands as texts
from dialogs.texts.uploads import SENTENCES
from dialogs.texts.words import day
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.old_reports import OldReport, Outcome, TakenIn, day_of_name, kind_of
from storage.domain.uploads import Unreadable
from storage.services.house import DatabaseUnreachable, House

ENDINGS = frozenset({".docx", ".pdf", ".txt", ".md"})
"""Of what is tried; the content of a file decides what it is."""

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the command line asked for; None: as the report itself tells."""

    folder: Path
    audience: str | None = None
    kind: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken in, with the sentence that says why."""

    sentence: str


def run(options: ImportOptions) -> int:
    """Take in a folder; a line for each file. 0 when all are in, 1 when some are not, 2 when nothing could be done."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    if not options.folder.is_dir():
        complain(texts.OLD_NO_FOLDER.format(folder=options.folder))
        return 2

    async def work() -> int:
        async with opened(settings) as house:
            return await import_folder(house, Clock(settings.starts_at), options)

    try:
        return asyncio.run(work())
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2


async def import_folder(house: House, clock: Clock, options: ImportOptions) -> int:
    """Take in all reports of a folder and of those within it, the oldest meeting first."""
    zone = (await house.visitors.visit(None, "")).network.timezone
    now = clock.now().astimezone(ZoneInfo(zone))
    found = [await _read(file, options, now) for file in sorted(_files(options.folder))]
    if not found:
        complain(texts.OLD_NO_FILES.format(folder=options.folder))
        return 2
    counts = Counter[str]()
    for refused in (one for one in found if isinstance(one, Refused)):
        complain(refused.sentence)
        counts[FAILED] += 1
    # A later report says which decision of an earlier one holds no more.
    for old in sorted((one for one in found if isinstance(one, OldReport)), key=lambda one: (one.day, one.name)):
        counts[await _take_in(house, old, zone, now, options.dry_run)] += 1
    say(texts.OLD_SUM.format(taken=counts[Outcome.TAKEN_IN], there=counts[Outcome.THERE], failed=counts[FAILED]))
    return 1 if counts[FAILED] else 0


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.suffix.casefold() in ENDINGS and not file.name.startswith((".", "~")) and file.is_file():
            yield file


async def _read(file: Path, options: ImportOptions, now: datetime) -> OldReport | Refused:
    try:
        text = (await read_safely(file.name, file.read_bytes())).text
        minutes = await read_report(text, now)
    except OSError as error:
        return Refused(texts.OLD_UNREADABLE.format(file=file.name, reason=error.strerror))
    except Unreadable as error:
        return Refused(texts.OLD_UNREADABLE.format(file=file.name, reason=SENTENCES[error.reason]))
    if minutes.empty:
        return Refused(texts.OLD_EMPTY.format(file=file.name))
    on = minutes.day or day_of_name(file.name)
    if on is None:
        return Refused(texts.OLD_WITHOUT_DAY.format(file=file.name))
    title = minutes.title or texts.OLD_UNTITLED.format(day=day(on))
    kind = MeetingKind(options.kind) if options.kind else kind_of(f"{title} {file.stem}")
    audience = Audience(options.audience) if options.audience else Audience.default_for(kind)
    return OldReport(file.name, text, minutes, on, title, kind, audience)


async def _take_in(house: House, old: OldReport, zone: str, now: datetime, dry_run: bool) -> str:
    if dry_run:
        say(texts.OLD_WOULD_BE.format(file=old.name, title=old.title, day=day(old.day)))
        return Outcome.TAKEN_IN
    taken = await house.memory.take_in(old, zone, now)
    if taken.outcome is Outcome.TO_COME:
        complain(texts.OLD_TO_COME.format(file=old.name, day=day(old.day)))
        return FAILED
    say(_told(old, taken))
    return taken.outcome


def _told(old: OldReport, taken: TakenIn) -> str:
    title = taken.meeting.title if taken.meeting else old.title
    values = {"file": old.name, "title": title, "day": day(old.day), "lines": taken.lines}
    if taken.outcome is Outcome.THERE:
        return texts.OLD_THERE.format(**values)
    told = texts.OLD_TAKEN_IN.format(**values)
    told = texts.OLD_MADE.format(told=told) if taken.made else told
    return texts.OLD_HIDDEN.format(told=told, hidden=taken.hidden) if taken.hidden else told
