"""When somebody is reminded of an action: before and gently after, never in a holiday, and once after a pause."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.domain.action_times import MOST_LATE, goes_at, stage_at, stages
from storage.domain.actions import ACTION_REMINDER
from storage.domain.calendar import is_working_day
from storage.domain.meetings import MeetingKind
from storage.domain.rules import Rules
from storage.domain.school_holidays import school_holiday
from storage.services.house import House
from storage.tables.notices import NoticeRow
from tests.conftest import BRUSSELS
from tests.storage.doings import agreed, notices, one, posted, take_part
from tests.storage.proposals import AFTER, filled, here, roos, tarik  # noqa: F401 - fixtures among them
from tests.storage.support import MIEL, ROOS, TARIK, person, rows

MIDNIGHT = timedelta(minutes=5)


def at(day: date, hour: int = 0, minute: int = 5) -> datetime:
    """A moment of a day in Brussels."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


def before(due: date, rules: Rules | None = None) -> list[date]:
    """On which days somebody is reminded before a day."""
    return [each.day for each in stages(due, rules or Rules()) if not each.name.startswith("late")]


@pytest.mark.parametrize(
    ("due", "days"),
    [
        (date(2027, 3, 19), [date(2027, 3, 12), date(2027, 3, 18)]),
        # A day before a Monday is the Friday, and a public holiday is no working day.
        (date(2027, 5, 10), [date(2027, 5, 3), date(2027, 5, 7)]),
        (date(2027, 5, 7), [date(2027, 4, 30), date(2027, 5, 5)]),
        # In a school holiday a reminder waits till after it.
        (date(2027, 2, 19), [date(2027, 2, 15), date(2027, 2, 18)]),
        (date(2027, 1, 4), [date(2027, 1, 4), date(2027, 1, 4)]),
        # But what is due in the holiday itself is reminded of before it.
        (date(2027, 2, 12), [date(2027, 2, 5), date(2027, 2, 5)]),
        (date(2027, 7, 20), [date(2027, 6, 30), date(2027, 6, 30)]),
        (date(2027, 8, 30), [date(2027, 6, 30), date(2027, 6, 30)]),
        # The weekend before the holiday belongs to the week before it.
        (date(2026, 12, 21), [date(2026, 12, 14), date(2026, 12, 18)]),
    ],
)
def test_reminders_before_the_day(due: date, days: list[date]) -> None:
    assert before(due) == days


def test_no_reminder_ever_falls_in_a_holiday_or_weekend_or_out_of_order() -> None:
    for due in (date(2026, 1, 1) + timedelta(days=each) for each in range(0, 4 * 365, 2)):
        days = [each.day for each in stages(due, Rules())]
        assert days == sorted(days), due
        assert all(is_working_day(each) and school_holiday(each) is None for each in days), due
        assert max(before(due)) <= due < days[2]
        assert len(days) == 2 + MOST_LATE


def test_it_goes_out_at_nine_on_both_sides_of_a_clock_change() -> None:
    nine = {day: goes_at(at(day), time(9)).astimezone(UTC).hour for day in _AROUND}
    assert nine == {
        date(2026, 10, 23): 7,
        date(2026, 10, 26): 8,
        date(2027, 3, 26): 8,
        date(2027, 4, 12): 7,
    }


_AROUND = (date(2026, 10, 23), date(2026, 10, 26), date(2027, 3, 26), date(2027, 4, 12))
"""The working days around 25 October 2026 and 28 March 2027, after which there is a holiday."""


def test_after_the_day_gently_once_a_week() -> None:
    after = [each.day for each in stages(date(2027, 3, 12), Rules())][2:]
    # Two working days later, and a week after that; what falls in the Easter holiday waits till after it, as one.
    assert after[:5] == [
        date(2027, 3, 16),
        date(2027, 3, 23),
        date(2027, 4, 12),
        date(2027, 4, 12),
        date(2027, 4, 13),
    ]


def test_the_last_one_that_is_due_counts() -> None:
    found = stage_at(date(2027, 3, 19), Rules(), date(2027, 3, 18))
    assert found is not None
    assert found.name == "last"
    assert stage_at(date(2027, 3, 19), Rules(), date(2027, 3, 11)) is None
    assert stage_at(date(2027, 3, 19), Rules(), date(2028, 3, 11)) is None


def test_a_rule_of_0_switches_one_off() -> None:
    found = list(stages(date(2027, 3, 19), Rules(action_days=0, action_last_days=2, action_late_days=0)))
    assert [each.day for each in found] == [date(2027, 3, 17)]


async def reminded(house: House) -> list[tuple[str, datetime]]:
    """Who is reminded, and when that goes out."""
    found = await rows(house, select(NoticeRow.due_at).where(NoticeRow.kind == ACTION_REMINDER).order_by(NoticeRow.id))
    people = [who for who, _ in await notices(house, ACTION_REMINDER)]
    return [(who, due.astimezone(BRUSSELS)) for who, (due,) in zip(people, found, strict=True)]


async def live(house: House, first: date, days: int, hours: tuple[int, ...] = (0, 7, 12, 20)) -> None:
    """Do what is due, several times a day."""
    for day in range(days):
        for hour in hours:
            await house.actions.plan_due(at(first + timedelta(days=day), hour))


async def test_a_week_and_a_day_before_and_once_each_after(filled: House) -> None:  # noqa: F811
    await one(filled, due=date(2027, 1, 22))
    await live(filled, date(2027, 1, 8), 26)
    nine = [at(day, 9, 0) for day in (date(2027, 1, 15), date(2027, 1, 21), date(2027, 1, 26), date(2027, 2, 2))]
    assert await reminded(filled) == [("Tarik", each) for each in nine]


async def test_a_day_with_several_is_one_message(here: House) -> None:  # noqa: F811
    await take_part(here, TARIK, MIEL)
    for text in ("mailt het CLB", "zoekt een zaal"):
        await agreed(here, text, "Tarik", date(2027, 1, 22))
    await agreed(here, "bezorgt input", "iedereen", date(2027, 1, 22))
    await posted(here)
    await live(here, date(2027, 1, 15), 1)
    found = await notices(here, ACTION_REMINDER)
    assert {who: len(data["actions"]) for who, data in found} == {"Ans": 1, "Miel": 1, "Tarik": 3}
    assert len(found) == 3


async def test_a_pause_of_a_week_gives_one_reminder_and_not_seven(here: House) -> None:  # noqa: F811
    await one(here, due=date(2027, 1, 19))
    await live(here, date(2027, 1, 20), 7)  # down since before the first one
    assert [each for each, _ in await reminded(here)] == ["Tarik", "Tarik"]
    moments = [moment.date() for _, moment in await reminded(here)]
    assert moments == [date(2027, 1, 20), date(2027, 1, 21)]


async def test_a_long_pause_gives_one(here: House) -> None:  # noqa: F811
    await one(here, due=date(2027, 1, 19))
    await live(here, date(2027, 3, 1), 1)
    assert [moment.date() for _, moment in await reminded(here)] == [date(2027, 3, 1)]


@pytest.mark.parametrize(
    ("due", "day", "utc"),
    [
        # The clock goes forward on 28 March 2027, and back on 25 October 2026.
        (date(2027, 3, 26), date(2027, 3, 25), 8),
        (date(2027, 4, 13), date(2027, 4, 12), 7),
        (date(2027, 11, 3), date(2027, 10, 29), 7),
        (date(2027, 11, 10), date(2027, 11, 9), 8),
    ],
)
async def test_it_goes_out_at_nine_whatever_the_clock_does(
    here: House,  # noqa: F811
    due: date,
    day: date,
    utc: int,
) -> None:
    await one(here, due=due)
    await here.actions.plan_due(at(day))
    ((_, moment),) = await reminded(here)
    assert (moment.hour, moment.astimezone(UTC).hour) == (9, utc)


async def test_on_days_off_in_holidays_and_after_hours_nothing_is_planned(here: House) -> None:  # noqa: F811
    await one(here, due=date(2027, 3, 25))
    for day, hour in ((date(2027, 3, 27), 10), (date(2027, 3, 28), 10), (date(2027, 3, 29), 10), (date(2027, 4, 7), 9)):
        assert await here.actions.plan_due(at(day, hour)) == 0
    assert await here.actions.plan_due(at(date(2027, 4, 12), 18, 1)) == 0
    assert await here.actions.plan_due(at(date(2027, 4, 12), 17, 59)) == 1


async def test_what_somebody_moved_or_was_given_that_day_needs_no_reminder(here: House) -> None:  # noqa: F811
    action = await one(here, due=date(2027, 3, 19))
    day = at(date(2027, 1, 15))
    await here.actions.move(action.id, date(2027, 1, 22), await tarik(here), day)
    await here.actions.plan_due(day + MIDNIGHT)
    assert await reminded(here) == []
    await here.actions.plan_due(at(date(2027, 1, 21)))
    assert [who for who, _ in await reminded(here)] == ["Tarik"]


async def test_an_action_that_moved_is_reminded_of_anew_and_who_gave_it_away_hears_no_more(
    here: House,  # noqa: F811
) -> None:
    action = await one(here, due=date(2027, 1, 22))
    await here.actions.plan_due(at(date(2027, 1, 15)))
    await here.actions.move(action.id, date(2027, 3, 19), await tarik(here), at(date(2027, 1, 18)))
    await here.actions.pass_on(action.id, (await person(here, ROOS)).id, await tarik(here), at(date(2027, 1, 18)))
    await live(here, date(2027, 1, 19), 1)
    await live(here, date(2027, 3, 12), 1)
    assert [who for who, _ in await reminded(here)] == ["Tarik", "Roos"]


async def test_what_is_done_is_reminded_of_no_more(here: House) -> None:  # noqa: F811
    action = await one(here, due=date(2027, 1, 22))
    await here.actions.done(action.id, await tarik(here), AFTER)
    await live(here, date(2027, 1, 15), 12)
    assert await reminded(here) == []


async def test_the_rule_of_the_kind_of_meeting_holds(here: House) -> None:  # noqa: F811
    for name, value in (("action_days", "0"), ("action_last_days", "3"), ("action_late_days", "0")):
        await here.invitations.set_rule(MeetingKind.INTERVISIE, name, value, await roos(here))
    await one(here, due=date(2027, 1, 22))
    await live(here, date(2027, 1, 8), 40, hours=(9,))
    assert [moment.date() for _, moment in await reminded(here)] == [date(2027, 1, 19)]


async def test_two_replicas_remind_once(here: House) -> None:  # noqa: F811
    await one(here, due=date(2027, 1, 22))
    counts: list[Any] = [await each.actions.plan_due(at(date(2027, 1, 15))) for each in (here, House(here._database))]
    assert counts == [1, 0]
