"""Agenda points of the small network, for the tests of the board."""

from sqlalchemy import select

from storage.domain.agenda import NewPoint, PointState
from storage.domain.meetings import Meeting
from storage.domain.people import Viewer
from storage.services.house import House
from storage.tables.changes import ChangeRow
from tests.conftest import NOW
from tests.storage.support import MIEL, ROOS, TARIK, bring, meeting, network, rows, the_meeting, viewer


async def fill(house: House) -> House:
    """The small network, its agenda of three points open to all, and two more meetings; Tarik organises the later."""
    file = network()
    file["meetings"][0]["audience"] = "network"
    file["meetings"].append(meeting("later", "2027-03-04 09:30", "2027-03-04 12:00", organiser=TARIK))
    file["meetings"].append(meeting("voorbij", "2026-10-01 09:30", "2026-10-01 12:00"))
    await bring(house, file)
    return house


async def roos(house: House) -> Viewer:
    """The coordinator."""
    return await viewer(house, ROOS)


async def rust(house: House) -> Meeting:
    """The meeting with the agenda."""
    return await the_meeting(house)


async def propose(house: House, title: str, who: str = MIEL, **more: object) -> int:
    """A proposal for the meeting with the agenda; its id."""
    values: dict[str, object] = {"meeting_id": (await rust(house)).id, **more}
    new = NewPoint(title, **values)  # type: ignore[arg-type]
    return (await house.points.propose(new, await viewer(house, who), NOW)).point.id


async def agenda(house: House, key: str = "intervisie-rust") -> list[str]:
    """The titles on the agenda, in order."""
    return [one.title for one in await house.meetings.agenda(await the_meeting(house, key))]


async def positions(house: House) -> list[int]:
    """The positions on the agenda."""
    return [one.position for one in await house.meetings.agenda(await rust(house))]


async def state(house: House, point_id: int) -> PointState:
    """Where a point stands."""
    return (await house.points.details(point_id, await roos(house))).point.state


async def history(house: House) -> list[tuple[str, str | None, str | None]]:
    """The changes of points in the histories of meetings."""
    found = await rows(house, select(ChangeRow.field, ChangeRow.old, ChangeRow.new).order_by(ChangeRow.id))
    return [(field, old, new) for field, old, new in found if field.startswith("point")]
