"""Dutch date expressions: the examples in tests/sentences, and what the tables cannot say."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.dates.school import RULES, holiday

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 21, 10, tzinfo=ZONE)
HOUSE = Path(__file__).parents[3]
SENTENCES = HOUSE / "tests" / "sentences"
SHARED = HOUSE.parent / "shared" / "examples" / "datums.tsv"
FREQUENCIES = {"d": "DAILY", "w": "WEEKLY", "m": "MONTHLY", "y": "YEARLY"}


def rows(file: Path) -> list[list[str]]:
    """The cells of each example; lines that start with # are comments."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def written(value: date | datetime | time | None) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value.strftime("%H:%M") if value else ""


def told(found: DateExpression) -> tuple[str, str]:
    """The expression as the tables write it: kind and value."""
    start, end = written(found.start), written(found.end)
    if found.every:
        return "REC", f"{found.every} {start}{'/' if end else ''}{end}".strip()
    if found.bound:
        return ("B", end) if found.bound == "before" else ("A", start)
    moment = isinstance(found.start, datetime)
    if not end:
        return ("DT" if moment else "T"), start
    if start == end:
        return "D", start
    return ("DTR" if moment else "TR" if isinstance(found.start, time) else "R"), f"{start}/{end}"


def fits(found: tuple[str, str], kind: str, value: str) -> bool:
    """Whether kind and value agree; a recurrence may be written short ("6w")."""
    if kind == "REC" and value[:-1].isdigit():
        rule = dict(part.split("=") for part in found[1].split()[0].split(";"))
        return (rule["FREQ"], rule.get("INTERVAL", "1")) == (FREQUENCIES[value[-1]], value[:-1])
    return found == (kind, value)


def check(text: str, kinds: str, values: str, now: str = "") -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE) if now.strip() else NOW
    found = [told(expression) for expression in find_dates(text, moment)]
    wanted = values.split(" | ")
    kind_list = kinds.split("|") if "|" in kinds else [kinds] * len(wanted)
    assert len(found) == len(wanted), found
    assert all(map(fits, found, kind_list, wanted)), found


@pytest.mark.parametrize("row", rows(SENTENCES / "dates_expressions.tsv"), ids="\t".join)
def test_an_expression_means_what_the_table_says(row: list[str]) -> None:
    check(*row)


@pytest.mark.parametrize("row", rows(SENTENCES / "dates_messages.tsv"), ids="\t".join)
def test_a_message_yields_all_its_dates(row: list[str]) -> None:
    check(*row)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared examples are not beside this repository")
@pytest.mark.parametrize("row", rows(SHARED), ids="\t".join)
def test_a_shared_example_means_what_it_says(row: list[str]) -> None:
    check(*row)


@pytest.mark.parametrize("row", rows(SENTENCES / "dates_none.txt"), ids="\t".join)
def test_everyday_chat_holds_no_date(row: list[str]) -> None:
    assert not find_dates(row[0], NOW)


@pytest.mark.parametrize(
    ("text", "bound", "inclusive"),
    [
        ("voor vrijdag", "before", False),
        ("vóór vrijdag", "before", False),
        ("tegen vrijdag", "before", True),
        ("ten laatste vrijdag", "before", True),
        ("uiterlijk vrijdag", "before", True),
        ("t.e.m. vrijdag", "before", True),
        ("tot vrijdag", "before", True),
        ("niet later dan vrijdag", "before", True),
        ("vanaf vrijdag", "after", True),
        ("na vrijdag", "after", True),
        ("vrijdag", None, True),
    ],
)
def test_only_voor_leaves_the_day_itself_out(text: str, bound: str | None, *, inclusive: bool) -> None:
    (found,) = find_dates(text, NOW)
    assert (found.bound, found.inclusive) == (bound, inclusive)


def test_text_and_span_point_into_the_message() -> None:
    message = "Past dinsdag om 10u, of liever vrijdag 4 december?"
    found = find_dates(message, NOW)
    assert [message[slice(*expression.span)] for expression in found] == [expression.text for expression in found]
    assert [expression.text for expression in found] == ["dinsdag om 10u", "vrijdag 4 december"]


def test_a_day_a_moment_a_range_and_a_deadline_keep_their_shapes() -> None:
    day, moment, span, deadline, hour = (
        find_dates(text, NOW)[0]
        for text in ("5 december", "5 december om 14u", "van 5 tot 7 december", "tegen 5 december", "14u")
    )
    assert (day.start, day.end) == (date(2026, 12, 5), date(2026, 12, 5))
    assert (moment.start, moment.end) == (datetime(2026, 12, 5, 14, tzinfo=ZONE), None)
    assert (span.start, span.end) == (date(2026, 12, 5), date(2026, 12, 7))
    assert (deadline.start, deadline.end) == (None, date(2026, 12, 5))
    assert (hour.start, hour.end) == (time(14), None)


def test_moments_take_the_offset_of_their_own_day() -> None:
    (winter,), (summer,) = find_dates("5 december om 14u", NOW), find_dates("5 juli om 14u", NOW)
    assert isinstance(winter.start, datetime)
    assert isinstance(summer.start, datetime)
    assert winter.start.astimezone(UTC).hour == 13
    assert summer.start.astimezone(UTC).hour == 12


def test_an_hour_skipped_by_summer_time_moves_on() -> None:
    (found,) = find_dates("28/3/2027 om 02:30", NOW)
    assert found.start == datetime(2027, 3, 28, 3, 30, tzinfo=ZONE)


def test_hours_from_now_are_counted_in_real_time() -> None:
    before_winter_time = datetime(2027, 10, 31, 1, 30, tzinfo=ZONE)
    (found,) = find_dates("over 3 uur", before_winter_time)
    assert isinstance(found.start, datetime)
    assert found.start.astimezone(UTC) - before_winter_time.astimezone(UTC) == timedelta(hours=3)


@pytest.mark.parametrize("name", RULES)
def test_listed_school_holidays_follow_the_official_rule(name: str) -> None:
    assert [holiday(name, year) for year in range(2024, 2036)] == [RULES[name](year) for year in range(2024, 2036)]


def test_school_holidays_beyond_the_list_are_computed() -> None:
    (found,) = find_dates("paasvakantie 2038", NOW)
    assert (found.start, found.end) == (date(2038, 4, 12), date(2038, 4, 26))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "5" * 9000,
        "1," * 3000,
        "de dag na " * 500,
        "over 999999 weken",
        "99/99/9999",
        "0000-00-00",
        "31/02",
    ],
)
def test_nonsense_is_no_date_and_no_error(text: str) -> None:
    assert not find_dates(text, NOW)


@pytest.mark.parametrize("row", rows(SENTENCES / "dates_none_blind.txt"), ids="\t".join)
def test_the_traps_of_an_independent_tester_hold_no_date(row: list[str]) -> None:
    assert find_dates(row[0], NOW) == ()


def test_expressions_of_an_independent_tester_are_understood() -> None:
    expected = rows(SENTENCES / "dates_blind.tsv")
    right = [row for row in expected if _is_right(row)]
    assert len(right) / len(expected) >= 0.98, [row for row in expected if row not in right]


def _is_right(row: list[str]) -> bool:
    found = find_dates(row[0], NOW)
    exclusive = row[3:4] == ["excl"]
    return len(found) == 1 and fits(told(found[0]), row[1], row[2]) and found[0].inclusive is not exclusive
