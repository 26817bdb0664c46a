"""What was voted in a poll as a workbook, or as text with separators that opens in any spreadsheet.

Questions, options and names are typed by people: no cell is ever run as a formula.
"""

import csv
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from bot.files.characters import one_line
from bot.files.workbook import RUNS, Value, as_list, local, put, saved, table, widen, workbook
from dialogs.texts import poll_files as texts
from dialogs.texts.polls import ANSWERS, option_label
from storage.domain.poll_files import PollFile
from storage.domain.polls import Count, PollKind, Vote

CSV_TYPE = "text/csv"

SEPARATOR = ";"
"""What Excel takes for one where a comma stands before decimals, as it does here."""


def as_workbook(file: PollFile, now: datetime) -> bytes:
    """The workbook: how it stands, and of a named poll who chose what. Call it in a thread."""
    book, sheet = workbook(file.poll.question, texts.SHEET_COUNTS, now)
    zone = ZoneInfo(file.poll.timezone)
    row = table(sheet, 1, [*_head(file), (texts.MADE_AT, local(now, zone))])
    table(sheet, row, _counts(file))
    widen(sheet)
    if not file.poll.anonymous:
        votes, rows = book.create_sheet(texts.SHEET_VOTES), _votes(file)
        for number, values in enumerate(rows, start=1):
            put(votes, number, values, bold=number == 1)
        as_list(votes, len(rows[0]), len(rows) - 1)
    return saved(book)


def as_csv(file: PollFile) -> bytes:
    """One table: of a named poll who chose what, else the counts. In UTF-8, marked so that Excel sees that it is."""
    written = StringIO()
    rows = _counts(file) if file.poll.anonymous else _votes(file)
    csv.writer(written, delimiter=SEPARATOR, lineterminator="\r\n").writerows(
        [_cell(one) for one in row] for row in rows
    )
    return written.getvalue().encode("utf-8-sig")


def _head(file: PollFile) -> list[tuple[Value, Value]]:
    """What was asked and how it went, as pairs of a name and a value."""
    poll, tally = file.poll, file.tally
    zone = ZoneInfo(poll.timezone)
    ends: tuple[Value, Value] = (texts.CLOSES, poll.closes_local)
    if poll.closed_at is not None:
        ends = (texts.CLOSED, local(poll.closed_at, zone))
    rows: list[tuple[Value, Value]] = [
        (texts.QUESTION, poll.question),
        (texts.KIND, texts.KINDS[poll.kind]),
        (texts.WHOSE, texts.ANONYMOUS if poll.anonymous else texts.NAMED),
        ends,
        (texts.VOTED, tally.voters),
    ]
    known = ((texts.QUORUM, poll.quorum), (texts.AVERAGE, tally.average), (texts.MEDIAN, tally.median))
    return rows + [(name, value) for name, value in known if value is not None]


def _counts(file: PollFile) -> list[tuple[Value, ...]]:
    """How each option stands, under a line with the names of the columns."""
    kind = file.poll.kind
    if kind is PollKind.TEMPERATURE:
        return [(texts.SCORE, texts.VOTED), *((one.degree, one.votes) for one in file.tally.counts)]
    columns: dict[PollKind, tuple[str, ...]] = {
        PollKind.DATES: tuple(ANSWERS.values()),
        PollKind.RANKING: (texts.WINS, texts.FIRST),
    }
    head = (texts.PLACE, texts.CHOICE, *columns.get(kind, (texts.CHOSEN,)))
    return [head, *((one.place or None, _name(one), *_figures(kind, one)) for one in file.tally.counts)]


def _name(count: Count) -> str:
    return option_label(count.option) if count.option else ""


def _figures(kind: PollKind, count: Count) -> tuple[int, ...]:
    if kind is PollKind.DATES:
        return count.votes, count.maybe, count.no
    return (count.votes, count.first) if kind is PollKind.RANKING else (count.votes,)


def _votes(file: PollFile) -> list[tuple[Value, ...]]:
    """Who chose what, a line for each, under a line with the names of the columns."""
    poll = file.poll
    score = poll.kind is PollKind.TEMPERATURE
    options = [texts.SCORE if score else option_label(one) for one in poll.options]
    return [
        (texts.NAME, texts.ORGANISATION, texts.VOTED_AT, *options),
        *(_vote(file, one) for one in file.votes),
    ]


def _vote(file: PollFile, vote: Vote) -> tuple[Value, ...]:
    person, poll = vote.person, file.poll
    organisation = person.organisation.name if person.organisation else person.affiliation
    answers = (texts.said(poll, vote.ballot.get(one.id)) for one in poll.options)
    return person.name, organisation, local(vote.at, ZoneInfo(poll.timezone)), *answers


def _cell(value: Value) -> str | int:
    """One cell as text; what a program might run as a formula begins with a mark that says it is text."""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if isinstance(value, int):
        return value
    text = one_line(str(value if value is not None else ""))
    return f"'{text}" if text.startswith(RUNS) else text
