"""A meeting's full list as an Excel workbook: everybody on one sheet, the totals on another.

Names and remarks are typed by people: they are always written as text, so that no cell is ever run as a formula.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from io import BytesIO
from typing import TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.files.characters import clean
from dialogs.texts import files as texts
from dialogs.texts.meetings import KIND_NAMES
from storage.domain.meetings import Meeting
from storage.domain.registrations import Attendee, coming

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = ("=", "+", "-", "@")
"""What makes a formula of typed text in one program or another, also after it was saved as CSV."""

LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""

NARROWEST, WIDEST = 10, 45
"""Width of a column, in characters."""

DATE_FORMAT = "dd/mm/yyyy hh:mm"
EURO_FORMAT = "€ #,##0.00"

Value: TypeAlias = str | int | Decimal | datetime | None
Column: TypeAlias = tuple[str, Callable[[Attendee], Value]]


def spreadsheet(meeting: Meeting, attendees: Sequence[Attendee], now: datetime) -> bytes:
    """The workbook. Takes some tenths of a second for 1,000 people: call it in a thread."""
    book = Workbook()
    book.properties.creator = texts.AUTHOR
    book.properties.title = clean(meeting.title)
    book.properties.created = now.astimezone(UTC).replace(tzinfo=None)
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        raise TypeError
    sheet.title = texts.SHEET_LIST
    _list(sheet, meeting, attendees)
    _totals(book.create_sheet(texts.SHEET_TOTALS), meeting, attendees, now)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _list(sheet: Worksheet, meeting: Meeting, attendees: Sequence[Attendee]) -> None:
    columns = _columns(meeting)
    _row(sheet, 1, [name for name, _ in columns], bold=True)
    for number, attendee in enumerate(attendees, start=2):
        _row(sheet, number, [value(attendee) for _, value in columns])
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(2, len(attendees) + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _widen(sheet)


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
        (texts.SINCE, lambda one: _local(one.since, zone)),
    ]


def _organisation(attendee: Attendee) -> str | None:
    belongs = attendee.person.organisation
    return belongs.name if belongs else attendee.person.affiliation


def _paid(meeting: Meeting, attendee: Attendee) -> str | None:
    """Whether they paid, where there is something to pay."""
    if not meeting.fee_eur:
        return None
    return texts.YES if attendee.paid else texts.NO


def _local(moment: datetime | None, zone: tzinfo | None) -> datetime | None:
    """The hour on the clock there: a workbook knows no zones."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None


def _totals(sheet: Worksheet, meeting: Meeting, attendees: Sequence[Attendee], now: datetime) -> None:
    who = coming(attendees)
    zone = meeting.starts.tzinfo
    head: list[tuple[str, Value]] = [
        (KIND_NAMES[meeting.kind], meeting.title),
        ("", _local(meeting.starts, zone)),
        (texts.MADE_AT, _local(now, zone)),
        (texts.CAPACITY, meeting.capacity),
        (texts.COMING, len(who)),
    ]
    row = _table(sheet, 1, head)
    statuses = Counter(one.status for one in attendees)
    per_status = [(name, statuses[status]) for status, name in texts.STATUSES.items() if statuses[status]]
    row = _table(sheet, row, [(texts.STATUS, texts.NUMBER), *per_status])
    row = _table(sheet, row, [(texts.ORGANISATION, texts.COMING), *_counted(who, _organisation, _NO_ORGANISATION)])
    if any(one.session for one in who):
        _table(sheet, row, [(texts.SESSION, texts.COMING), *_counted(who, lambda one: one.session, _NO_SESSION)])
    _widen(sheet)


_NO_ORGANISATION, _NO_SESSION = texts.WITHOUT_ORGANISATION, texts.WITHOUT_SESSION


def _counted(
    attendees: Iterable[Attendee], part: Callable[[Attendee], str | None], without: str
) -> list[tuple[str, int]]:
    """How many come for each part, by name; those without one last."""
    number = Counter(part(one) for one in attendees)
    named = sorted((name, count) for name, count in number.items() if name is not None)
    return [*named, *([(without, number[None])] if number[None] else [])]


def _table(sheet: Worksheet, row: int, lines: Sequence[tuple[Value, Value]]) -> int:
    """Write lines below each other, the first one bold; returns where the next table begins."""
    for number, values in enumerate(lines, start=row):
        _row(sheet, number, values, bold=number == row)
    return row + len(lines) + 1


def _row(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    for column, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            text = clean(value)[:LONGEST_CELL]
            cell.value = text
            cell.data_type = "s"  # after the value: openpyxl makes a formula of "=…", and an error of "#N/A"
            cell.quotePrefix = text.lstrip().startswith(RUNS)
            cell.alignment = _WRAPPED if len(text) > WIDEST or "\n" in text else _TOP
        else:
            cell.value = value
            cell.alignment = _LEFT
            cell.number_format = _FORMATS.get(type(value), "General")
        if bold:
            cell.font = _BOLD


_FORMATS = {datetime: DATE_FORMAT, Decimal: EURO_FORMAT}
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_LEFT = Alignment(vertical="top", horizontal="left")
_BOLD = Font(bold=True)


def _widen(sheet: Worksheet) -> None:
    """Make each column as wide as what stands in it, within reason."""
    for number, cells in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(_shown(cell.value)) for cell in cells), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 3, NARROWEST), WIDEST)


def _shown(value: object) -> str:
    return DATE_FORMAT if isinstance(value, datetime) else str(value or "")
