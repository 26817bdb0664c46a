"""Rows and tables on the sheets of an Excel workbook.

What people typed is always written as text, so that no cell is ever run as a formula.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
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

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNS = ("=", "+", "-", "@")
"""What makes a formula of typed text in one program or another, also after it was saved as CSV."""

LONGEST_CELL = 32_767
"""Characters that Excel takes in a cell."""

NARROWEST, WIDEST = 10, 45
"""Width of a column, in characters."""

DATE_FORMAT = "dd/mm/yyyy hh:mm"
DAY_FORMAT = "dd/mm/yyyy"
EURO_FORMAT = "€ #,##0.00"

Value: TypeAlias = str | int | float | Decimal | date | None


def workbook(title: str, sheet_title: str, now: datetime) -> tuple[Workbook, Worksheet]:
    """A workbook with this title, and its one sheet."""
    book = Workbook()
    book.properties.creator = texts.AUTHOR
    book.properties.title = clean(title)
    book.properties.created = now.astimezone(UTC).replace(tzinfo=None)
    sheet = book.active
    if not isinstance(sheet, Worksheet):  # a new workbook has one
        raise TypeError
    sheet.title = sheet_title
    return book, sheet


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def as_list(sheet: Worksheet, columns: int, rows: int) -> None:
    """Let a sheet with one bold line above so many rows be read, filtered and printed as a list."""
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{max(2, rows + 1)}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    widen(sheet)


def local(moment: datetime | None, zone: tzinfo | None) -> datetime | None:
    """The hour on the clock there: a workbook knows no zones."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0) if moment else None


def table(sheet: Worksheet, row: int, lines: Sequence[Sequence[Value]]) -> int:
    """Write lines below each other, the first one bold; returns where the next table begins."""
    for number, values in enumerate(lines, start=row):
        put(sheet, number, values, bold=number == row)
    return row + len(lines) + 1


def put(sheet: Worksheet, row: int, values: Sequence[Value], *, bold: bool = False) -> None:
    """Write one line, from the first column on; what is empty stays so."""
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


_FORMATS: dict[type, str] = {datetime: DATE_FORMAT, date: DAY_FORMAT, Decimal: EURO_FORMAT}
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_LEFT = Alignment(vertical="top", horizontal="left")
_BOLD = Font(bold=True)


def widen(sheet: Worksheet) -> None:
    """Make each column as wide as what stands in it, within reason."""
    for number, cells in enumerate(sheet.iter_cols(), start=1):
        longest = max((len(_shown(cell.value)) for cell in cells), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(max(longest + 3, NARROWEST), WIDEST)


def _shown(value: object) -> str:
    return DATE_FORMAT if isinstance(value, date) else str(value or "")
