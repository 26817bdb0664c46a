"""A small network with meetings to come, for tests about what people propose."""

from datetime import datetime, timedelta
from typing import Any

import pytest_asyncio
from sqlalchemy import update

from storage.database import Database
from storage.domain.agenda import NewPoint, PointDetails
from storage.domain.people import Viewer
from storage.services.house import House
from storage.tables.agenda import AgendaPointRow, AgendaRow
from tests.conftest import BRUSSELS, NOW
from tests.storage.support import ANS, MIEL, ROOS, TARIK, bring, change, meeting, network, renew, the_meeting, viewer

OPEN, LATER, CLOSED, STEERING = "intervisie-open", "intervisie-later", "intervisie-rust", "stuurgroep-een"
"""Two intervisies for the network, one for its participants only (Tarik takes notes), and a steering group."""

STARTS = datetime(2026, 12, 10, 9, 30, tzinfo=BRUSSELS)
ENDS = STARTS + timedelta(hours=2, minutes=30)
AFTER = STARTS + timedelta(days=1)


def the_file() -> dict[str, Any]:
    """The network as a file."""
    file = network()
    file["meetings"] += [
        meeting(OPEN, "2026-12-10 09:30", "2026-12-10 12:00", agenda_until="2026-12-01", organiser=ANS),
        meeting(LATER, "2027-03-11 09:30", "2027-03-11 12:00"),
        meeting(STEERING, "2027-01-20 14:00", "2027-01-20 16:00", kind="stuurgroep"),
    ]
    return file


async def fill(house: House) -> House:
    """Import the network, or put back what that made the last time."""
    await bring(house, the_file())
    return house


@pytest_asyncio.fixture(loop_scope="session")
async def filled(database: Database) -> House:
    """The network and nothing else on a database of each kind in turn."""
    return await _renewed(database)


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_database: Database) -> House:
    """The network and nothing else on SQLite: for what no database does otherwise."""
    return await _renewed(sqlite_database)


async def _renewed(database: Database) -> House:
    house = House(database)
    await renew(house, the_file())
    return house


async def roos(house: House) -> Viewer:
    """The coordinator."""
    return await viewer(house, ROOS)


async def tarik(house: House) -> Viewer:
    """An ambassador."""
    return await viewer(house, TARIK)


async def miel(house: House) -> Viewer:
    """Somebody of an organisation that only the coordinator may know of."""
    return await viewer(house, MIEL)


async def ans(house: House) -> Viewer:
    """An external, who organises the open intervisie."""
    return await viewer(house, ANS)


async def id_of(house: House, key: str = OPEN) -> int:
    """The id of a meeting."""
    return (await the_meeting(house, key)).id


async def propose(
    house: House, by: Viewer, title: str = "Huiswerk", key: str | None = OPEN, now: datetime = NOW, **more: Any
) -> PointDetails:
    """Somebody proposes a point for a meeting, or for the backlog."""
    meeting_id = await id_of(house, key) if key else None
    return await house.points.propose(NewPoint(title, meeting_id, **more), by, now)


async def publish(house: House, key: str = OPEN, now: datetime = NOW) -> None:
    """The agenda of a meeting was published."""
    meeting_id = await id_of(house, key)

    def work(session: Any) -> None:
        session.merge(AgendaRow(meeting_id=meeting_id, published_at=now, published=[], held=False))

    await house._database.write(work)


async def set_point(house: House, point_id: int, **columns: Any) -> None:
    """Change columns of a point, as others do."""
    await change(house, update(AgendaPointRow).where(AgendaPointRow.id == point_id).values(**columns))
