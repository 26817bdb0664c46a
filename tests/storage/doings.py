"""Actions that were agreed at the meetings of the small network of `proposals`, and who is asked for them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select, update

from storage.domain.actions import Action
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.domain.reports import LineKind, NewLine, Origin, Report, ReportStanding, numbered
from storage.services.action_sync import sync
from storage.services.house import House
from storage.tables.notices import NoticeRow
from storage.tables.registrations import RegistrationRow
from storage.tables.reports import ReportLineRow
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW
from tests.storage.proposals import AFTER, OPEN
from tests.storage.support import MIEL, TARIK, change, person, rows, the_meeting, viewer

T = TypeVar("T")


async def within(house: House, work: Callable[[UnitOfWork], T]) -> T:
    """What some work gives, in a transaction of its own."""
    return await house.actions._units.write(work)


async def take_part(house: House, *mails: str, key: str = OPEN, status: str = "attended") -> None:
    """Let people take part in a meeting."""
    meeting = await the_meeting(house, key)
    for mail in mails:
        row = {"meeting_id": meeting.id, "person_id": (await person(house, mail)).id, "status": status}
        await change(house, insert(RegistrationRow).values(**row, created_at=NOW))


async def agreed(
    house: House, text: str, owner: str = "Tarik", due: date | None = None, key: str = OPEN, **more: Any
) -> int:
    """Let the report of a meeting name an action; the id of its line."""
    meeting = await the_meeting(house, key)
    new = NewLine(LineKind.ACTION, text, owner=owner, due=due, origin=Origin.REPORT, **more)
    return (await within(house, lambda unit: unit.reports.add(meeting.id, [new], None, AFTER)))[0]


async def posted(house: House, key: str = OPEN, now: datetime = AFTER) -> tuple[Action, ...]:
    """Let the actions follow the report, as when it is posted or corrected; all of them."""
    meeting = await the_meeting(house, key)

    def work(unit: UnitOfWork) -> tuple[Action, ...]:
        lines = numbered(unit.reports.lines(meeting.id))
        sync(unit, Report(meeting, ReportStanding(posted_at=now), lines), now)
        return unit.actions.of_meeting(meeting.id)

    return await within(house, work)


async def one(house: House, text: str = "mailt het CLB", due: date | None = None, owner: str = "Tarik Aydin") -> Action:
    """One action that lives: Tarik's, agreed at the open meeting, in which he and Miel took part."""
    await take_part(house, TARIK, MIEL)
    line = await agreed(house, text, owner, due)
    return next(each for each in await posted(house) if each.line_id == line)


async def again(house: House, action: Action) -> Action:
    """The same action as it is now."""
    return await within(house, lambda unit: unit.actions.by_ids([action.id])[action.id])


async def change_line(house: House, line_id: int, **columns: Any) -> None:
    """Change columns of a line of a report."""
    await change(house, update(ReportLineRow).where(ReportLineRow.id == line_id).values(**columns))


async def notices(house: House, kind: str) -> list[tuple[str, dict[str, Any]]]:
    """The notices of a kind: for whom (by first name) and with which data."""
    found = await rows(
        house, select(NoticeRow.target, NoticeRow.data).where(NoticeRow.kind == kind).order_by(NoticeRow.id)
    )
    people = {f"person:{each.id}": each.first_name for each in await house.people.everybody()}
    return [(people[target], data) for target, data in found]


async def no_notices(house: House) -> None:
    """Forget all notices."""
    await change(house, delete(NoticeRow))


async def texts(house: House, by: Viewer) -> list[str]:
    """What somebody still has to do."""
    return [each.text for each in await house.actions.mine(by, AFTER)]


def names(action: Action) -> list[str]:
    """Whose action it is."""
    return [each.first_name for each in action.owners]


async def as_(house: House, mail: str) -> Viewer:
    """Somebody, looking."""
    return await viewer(house, mail)


async def home(house: House, key: str = OPEN) -> Meeting:
    """A meeting."""
    return await the_meeting(house, key)
