"""When each agenda point starts."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from storage.domain.agenda import AgendaPoint, start_times

BRUSSELS = ZoneInfo("Europe/Brussels")


def told(starts: datetime, *minutes: int | None) -> list[str | None]:
    """The hours of points of these lengths, as a clock on the wall shows them."""
    points = [AgendaPoint(number, "x", minutes=length) for number, length in enumerate(minutes, 1)]
    return [moment.strftime("%H:%M") if moment else None for moment in start_times(points, starts)]


def test_each_point_starts_when_the_one_before_it_ends() -> None:
    assert told(datetime(2027, 2, 4, 13, 30, tzinfo=BRUSSELS), 10, 45, 5) == ["13:30", "13:40", "14:25"]


def test_after_a_point_of_unknown_length_nobody_knows() -> None:
    assert told(datetime(2027, 2, 4, 13, 30, tzinfo=BRUSSELS), 10, None, 5) == ["13:30", "13:40", None]


@pytest.mark.parametrize(
    ("night", "hours"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS), ["02:30", "02:30", "03:30"]),
        (datetime(2027, 3, 28, 1, 30, tzinfo=BRUSSELS), ["01:30", "03:30", "04:30"]),
    ],
)
def test_in_a_night_in_which_the_clock_changes_an_hour_takes_an_hour(night: datetime, hours: list[str]) -> None:
    assert told(night, 60, 60, 60) == hours
