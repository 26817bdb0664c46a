"""The export of a poll: a workbook, text with separators, or words; and links to it, for who may have it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.app import Running
from bot.files.poll_export import as_csv, as_workbook
from dialogs.texts import poll_files as texts
from dialogs.texts.polls import COUNTED_AFTER
from storage.domain.people import Person, Role
from storage.domain.poll_files import PollFile
from storage.domain.polls import Count, NewOption, Option, Poll, PollKind, PollState, Shown, Tally, Vote
from tests.bot.connector import JONAS, NELE, Teams
from tests.bot.lists import says
from tests.bot.polls import BEFORE, DAYS, SUITS, closed, viewer, voted
from tests.bot.test_links import asked
from tests.conftest import NOW

Query = Callable[[str], list[tuple[Any, ...]]]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EVIL = ('=HYPERLINK("http://x.example")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=1\n=2", "  =cmd|' /C calc'!A0")


def poll_of(kind: PollKind, options: tuple[Option, ...], **more: Any) -> Poll:
    closes = AT + timedelta(days=1)
    return Poll(
        7, kind, "Welk thema?", PollState.CLOSED, options, "place:x", AT, closes,
        closes.replace(tzinfo=None), "Europe/Brussels", closed_at=closes, **more,
    )  # fmt: skip


def file_of(*said: str, anonymous: bool = False) -> PollFile:
    """A poll whose first option everybody chose: each text is an option and the name of somebody."""
    options = tuple(Option(number, number, one) for number, one in enumerate(said, 1))
    counts = tuple(Count(one, len(said) if one.id == 1 else 0, 1 if one.id == 1 else 2) for one in options)
    poll = replace(poll_of(PollKind.SINGLE, options, anonymous=anonymous), question=said[0])
    people = [Person(number, one, "x@y.example", Role.AMBASSADOR) for number, one in enumerate(said, 1)]
    votes = () if anonymous else tuple(Vote(one, {1: 1}, AT) for one in people)
    return PollFile(poll, Tally(len(said), counts, options[:1]), votes)


def opened(file: PollFile) -> Workbook:
    return load_workbook(BytesIO(as_workbook(file, NOW)))


def rows_of(file: PollFile) -> list[list[str]]:
    return list(csv.reader(StringIO(as_csv(file).decode("utf-8-sig")), delimiter=";"))


def cells(book: Workbook, sheet: str) -> list[tuple[object, ...]]:
    return list(book[sheet].iter_rows(values_only=True))


# What stands in it


def test_a_workbook_tells_how_it_stands_and_who_chose_what() -> None:
    book = opened(file_of("Internaten", "Huiswerk"))
    assert book.sheetnames == [texts.SHEET_COUNTS, texts.SHEET_VOTES]
    assert (1, "Internaten", 2) in cells(book, texts.SHEET_COUNTS)
    head, first, _ = cells(book, texts.SHEET_VOTES)
    assert head[:3] == (texts.NAME, texts.ORGANISATION, texts.VOTED_AT)
    assert first[0] == "Internaten"
    assert first[2:] == (datetime(2026, 11, 20, 10, 0), "ja", None)  # noqa: DTZ001 — a workbook knows no zones


def test_a_csv_opens_in_excel_with_its_own_columns() -> None:
    assert as_csv(file_of("Internaten", "Één; twee")).startswith(b"\xef\xbb\xbf")
    rows = rows_of(file_of("Internaten", "Één; twee"))
    assert rows[0][3:] == ["Internaten", "Één; twee"]
    assert [row[0] for row in rows[1:]] == ["Internaten", "Één; twee"]
    assert rows[1][2:] == ["20/11/2026 10:00", "ja", ""]


@pytest.mark.parametrize("said", EVIL)
def test_what_people_typed_is_never_run(said: str) -> None:
    file = file_of(said, "gewoon")
    for sheet in opened(file):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.quotePrefix or not str(cell.value or "").lstrip().startswith(("=", "+", "-", "@"))
    for cells_ in rows_of(file):
        assert not [one for one in cells_ if one.lstrip().startswith(("=", "+", "-", "@", "\t"))]


def test_a_file_of_an_anonymous_poll_has_no_names_and_no_sheet_for_them() -> None:
    file = file_of("Internaten", "Huiswerk", anonymous=True)
    assert opened(file).sheetnames == [texts.SHEET_COUNTS]
    assert rows_of(file) == [
        [texts.PLACE, texts.CHOICE, texts.CHOSEN],
        ["1", "Internaten", "2"],
        ["2", "Huiswerk", "0"],
    ]


@pytest.mark.parametrize(
    ("kind", "count", "told"),
    [
        (
            PollKind.DATES,
            Count(Option(1, 1, "", DAYS[0].day), 3, 1, maybe=2, no=1),
            ["1", "do 4 mrt 2027", "3", "2", "1"],
        ),
        (PollKind.RANKING, Count(Option(1, 1, "Huiswerk"), 2, 1, first=5), ["1", "Huiswerk", "2", "5"]),
        (PollKind.TEMPERATURE, Count(None, 4, degree=5), ["5", "4"]),
    ],
)
def test_each_kind_has_its_own_figures(kind: PollKind, count: Count, told: list[str]) -> None:
    options = (count.option,) if count.option else (Option(1, 1, ""),)
    file = PollFile(poll_of(kind, options, anonymous=True), Tally(6, (count,), average=4.5, median=4.5))
    assert rows_of(file)[1] == told
    assert (texts.AVERAGE, 4.5) in [row[:2] for row in cells(opened(file), texts.SHEET_COUNTS)]


def test_a_thousand_votes_are_a_file() -> None:
    file = file_of(*(f"Naam {number}" for number in range(20)))
    many = replace(file, votes=tuple(file.votes) * 50)
    assert len(rows_of(many)) == 1_001
    assert opened(many)[texts.SHEET_VOTES].max_row == 1_001


# Links


async def test_who_manages_a_poll_gets_links_that_give_it(bot: Running, teams: Teams) -> None:
    poll = await closed(bot.house)
    nele = await viewer(bot.house, NELE)
    assert nele.person is not None
    for as_text, ending in ((False, "xlsx"), (True, "csv")):
        url = await bot.house.links.poll(poll.id, nele.person.id, bot.clock.now(), csv=as_text)
        assert url is not None
        assert url.endswith(f"/peiling.{ending}")
        status, body, headers = await asked(url)
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        assert headers["Content-Disposition"] == f'attachment; filename="{texts.file_name(poll)}.{ending}"'
        assert "Jonas Claerhout" in (
            body.decode("utf-8-sig") if as_text else str(cells(load_workbook(BytesIO(body)), texts.SHEET_VOTES))
        )


async def test_a_link_works_a_quarter_of_an_hour_and_only_while_one_manages_the_poll(
    bot: Running, teams: Teams, query: Query
) -> None:
    poll, links = await closed(bot.house), bot.house.links
    nele, jonas = [await viewer(bot.house, one) for one in (NELE, JONAS)]
    assert nele.person is not None
    assert jonas.person is not None
    now = bot.clock.now()
    assert (await asked(await links.poll(poll.id, jonas.person.id, now) or ""))[0] == 404
    assert (await asked(await links.poll(poll.id, nele.person.id, now - timedelta(minutes=16)) or ""))[0] == 404
    assert (await asked(await links.poll(2**40, nele.person.id, now) or ""))[0] == 404
    url = await links.poll(poll.id, nele.person.id, now) or ""
    assert (await asked(url))[0] == 200
    query("UPDATE people SET role = 'ambassador' WHERE name LIKE 'Nele%'")
    query(f"UPDATE polls SET created_by_id = NULL WHERE id = {poll.id}")
    assert (await asked(url))[0] == 404


async def test_a_link_to_an_anonymous_poll_gives_nothing_before_it_closed(bot: Running, teams: Teams) -> None:
    poll = await voted(bot.house, anonymous=True)
    nele = await viewer(bot.house, NELE)
    assert nele.person is not None
    url = await bot.house.links.poll(poll.id, nele.person.id, bot.clock.now(), csv=True) or ""
    assert (await asked(url))[0] == 404
    await bot.house.polls.close(poll.id, nele, BEFORE)
    status, body, _ = await asked(url)
    assert (status, b"Jonas" in body) == (200, False)
    assert "Internaten;3" in body.decode("utf-8-sig")


# In chat


async def test_asked_for_in_a_sentence_both_links_come_to_who_asked(bot: Running, teams: Teams) -> None:
    await closed(bot.house)
    told = await says(teams, NELE, "exporteer de peiling")
    assert told.count("/bestand/") == 2
    assert "/peiling.csv" in told
    assert "/bestand/" not in await says(teams, JONAS, "exporteer de peiling")


async def test_who_may_not_see_yet_how_it_stands_gets_no_file(bot: Running, teams: Teams) -> None:
    await voted(bot.house, shown=Shown.AFTER_CLOSING)
    assert COUNTED_AFTER in await says(teams, NELE, "exporteer de peiling")


async def test_where_the_bot_has_no_address_it_is_told_in_words(bot: Running, teams: Teams) -> None:
    bot.house.links.start_with("")
    await closed(bot.house, PollKind.DATES, DAYS, SUITS, question="Wanneer past het?")
    told = await says(teams, NELE, "exporteer de peiling")
    assert "/bestand/" not in told
    assert "Wout Lambrechts" in told
    assert "misschien" in told


async def test_an_option_with_markup_is_told_as_it_is(bot: Running, teams: Teams) -> None:
    bot.house.links.start_with("")
    await closed(
        bot.house, options=(NewOption("[klik](http://x.example)"), *(NewOption(one) for one in ("a b", "c d")))
    )
    assert "[klik](http" not in await says(teams, NELE, "exporteer de peiling")
