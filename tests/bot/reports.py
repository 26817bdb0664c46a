"""A report of a meeting that was held, in the demo network: for tests of what is done with it in Teams."""

from datetime import timedelta

from sqlalchemy import update

from storage.domain.reports import Line, LineKind, NewLine
from storage.services.house import House
from storage.services.report_followers import follow
from storage.services.report_touching import keep_version
from storage.services.reports import report_of
from storage.tables.meetings import MeetingRow
from storage.unit_of_work import UnitOfWork
from tests.bot.connector import NELE
from tests.bot.lists import HOMEWORK, Query, meeting_id
from tests.conftest import NOW
from tests.storage.support import change, viewer

DECISION = "Elk huis kiest een vast uur."
TASK = "mailt het CLB over de contactpersoon"


async def held(house: House, query: Query, key: str = HOMEWORK) -> int:
    """The meeting was held two days ago; its id."""
    number = meeting_id(query, key)
    starts = NOW - timedelta(days=2)
    moved = {
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "starts_local": starts.replace(tzinfo=None),
        "ends_local": (starts + timedelta(hours=2)).replace(tzinfo=None),
    }
    await change(house, update(MeetingRow).where(MeetingRow.id == number).values(**moved))
    return number


async def noted(house: House, number: int, text: str = DECISION, kind: LineKind = LineKind.DECISION) -> Line:
    """The coordinator noted this."""
    return await house.reports.note(NewLine(kind, text), number, await viewer(house, NELE.mail), NOW)


async def posted(house: House, number: int, hours: int = 36) -> None:
    """Its summary was posted, so many hours ago."""

    def work(unit: UnitOfWork) -> None:
        unit.reports.write(number, posted_at=NOW - timedelta(hours=hours), drafted_at=NOW, version=1)
        report = report_of(unit, unit.meetings.by_ids([number], None)[number])
        keep_version(unit, report, "posted", NOW)
        follow(unit, report, NOW)

    await house._units.write(work, number)
