"""Finding what stands in a report, apart: the same as at once, and soon over whatever the text."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.files.understanding import SHORT, read_report
from dialogs.language.minutes import read_minutes
from storage.domain.uploads import Unread, Unreadable
from tests.conftest import NOW

REPORT = (Path(__file__).parents[2] / "bot/commands/demo_report.md").read_text("utf-8") * 2
NESTED = "Aanwezig: " + "(An" * 990
NUMBERED = "".join(f"{number}. Punt {number}\n" for number in range(30_000))


@pytest.mark.parametrize("now", [NOW, NOW.astimezone(timezone(timedelta(hours=1)))], ids=["zone", "offset"])
async def test_a_report_read_apart_is_read_the_same(now: datetime) -> None:
    assert len(REPORT) > SHORT
    assert await read_report(REPORT, now) == read_minutes(REPORT, now)


async def test_a_text_that_is_made_to_be_slow_is_given_up() -> None:
    with pytest.raises(Unreadable) as refused:
        await read_report(NUMBERED, NOW, most_seconds=1)
    assert refused.value.reason is Unread.TOO_HEAVY


async def test_a_text_that_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(Unreadable):
        await read_report(NESTED, NOW)
