"""A meeting's full list as an Excel workbook: everybody on one sheet, the totals on another.

Names and remarks are typed by people: they are always written as text, so that no cell is ever run as a formula.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from openpyxl.worksheet.worksheet import Worksheet

from bot.files.workbook import CONTENT_TYPE, Value, as_list, local, put, saved, table, widen, workbook
from dialogs.texts import files as texts
from dialogs.texts.meetings import KIND_NAMES
from storage.domain.meetings import Meeting
from storage.domain.registrations import Attendee, coming

__all__ = ["CONTENT_TYPE", "spreadsheet"]

Column: TypeAlias = tuple[str, Callable[[Attendee], Value]]


def spreadsheet(meeting: Meeting, attendees: Sequence[Attendee], now: datetime) -> bytes:
    """The workbook. Takes some tenths of a second for 1,000 people: call it in a thread."""
    book, sheet = workbook(meeting.title, texts.SHEET_LIST, now)
    _list(sheet, meeting, attendees)
    _totals(book.create_sheet(texts.SHEET_TOTALS), meeting, attendees, now)
    return saved(book)


def _list(sheet: Worksheet, meeting: Meeting, attendees: Sequence[Attendee]) -> None:
    columns = _columns(meeting)
    put(sheet, 1, [name for name, _ in columns], bold=True)
    for number, attendee in enumerate(attendees, start=2):
        put(sheet, number, [value(attendee) for _, value in columns])
    as_list(sheet, len(columns), len(attendees))


def _columns(meeting: Meeting) -> list[Column]:
    zone = meeting.starts.tzinfo
    return [
        (texts.NAME, lambda one: one.person.name),
        (texts.ORGANISATION, _organisation),
        (texts.EMAIL, lambda one: one.person.email),
        (texts.STATUS, lambda one: texts.STATUSES[one.status]),
        (texts.REPLACES, lambda one: one.replaces),
        (texts.REPLACED_BY, lambda one: one.replaced_by),
        (texts.SESSION, lambda one: one.session),
        (texts.BROUGHT_BY, lambda one: one.brought_by),
        (texts.REMARK, lambda one: one.remark),
        (texts.REASON, lambda one: one.reason),
        (texts.PAID, lambda one: _paid(meeting, one)),
        (texts.AMOUNT, lambda _: meeting.fee_eur or None),
        (texts.QUEUE, lambda one: one.queue),
        (texts.SINCE, lambda one: local(one.since, zone)),
    ]


def _organisation(attendee: Attendee) -> str | None:
    belongs = attendee.person.organisation
    return belongs.name if belongs else attendee.person.affiliation


def _paid(meeting: Meeting, attendee: Attendee) -> str | None:
    """Whether they paid, where there is something to pay."""
    if not meeting.fee_eur:
        return None
    return texts.YES if attendee.paid else texts.NO


def _totals(sheet: Worksheet, meeting: Meeting, attendees: Sequence[Attendee], now: datetime) -> None:
    who = coming(attendees)
    zone = meeting.starts.tzinfo
    head: list[tuple[str, Value]] = [
        (KIND_NAMES[meeting.kind], meeting.title),
        ("", local(meeting.starts, zone)),
        (texts.MADE_AT, local(now, zone)),
        (texts.CAPACITY, meeting.capacity),
        (texts.COMING, len(who)),
    ]
    row = table(sheet, 1, head)
    statuses = Counter(one.status for one in attendees)
    per_status = [(name, statuses[status]) for status, name in texts.STATUSES.items() if statuses[status]]
    row = table(sheet, row, [(texts.STATUS, texts.NUMBER), *per_status])
    row = table(sheet, row, [(texts.ORGANISATION, texts.COMING), *_counted(who, _organisation, _NO_ORGANISATION)])
    if any(one.session for one in who):
        table(sheet, row, [(texts.SESSION, texts.COMING), *_counted(who, lambda one: one.session, _NO_SESSION)])
    widen(sheet)


_NO_ORGANISATION, _NO_SESSION = texts.WITHOUT_ORGANISATION, texts.WITHOUT_SESSION


def _counted(
    attendees: Iterable[Attendee], part: Callable[[Attendee], str | None], without: str
) -> list[tuple[str, int]]:
    """How many come for each part, by name; those without one last."""
    number = Counter(part(one) for one in attendees)
    named = sorted((name, count) for name, count in number.items() if name is not None)
    return [*named, *([(without, number[None])] if number[None] else [])]
