"""Reports in a network that is fuzzed, so that the buttons about them have something to press on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dialogs.language.minutes import read_minutes
from storage.domain.meetings import Audience, MeetingKind
from storage.domain.old_reports import OldReport
from storage.domain.people import Viewer
from storage.services.house import house_at
from tests.fuzz.texts import report

ZONE = "Europe/Brussels"


async def reported(url: str) -> None:
    """An open report whose actions live, and one of a closed meeting, each with an objection."""
    now = datetime.now(UTC).astimezone(ZoneInfo(ZONE))
    house = house_at(url)
    try:
        by = Viewer((await house.people.everybody())[0], member=True)
        for days, audience in ((3, Audience.NETWORK), (4, Audience.PARTICIPANTS)):
            day = (now - timedelta(days=days)).date()
            minutes = read_minutes(report(), now)
            old = OldReport("v.md", f"{report()}\n{days}", minutes, day, "Oud", MeetingKind.INTERVISIE, audience, True)
            taken = await house.memory.take_in(old, ZONE, now)
            assert taken.meeting is not None
            await house.approvals.object(taken.meeting.id, None, "Dat klopt niet.", by, now)
    finally:
        await house.close()
