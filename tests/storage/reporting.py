"""Reports of the small network with meetings to come, for tests of what is written of them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from storage.domain.minutes import (
    CarriedOver,
    Deadline,
    Decision,
    Item,
    Minutes,
    Named,
    NextMeeting,
    ReportedAction,
    Source,
    Topic,
)
from storage.domain.people import Viewer
from storage.domain.reports import Line, LineKind, NewLine, Report
from storage.services.house import House
from storage.services.report_followers import follow
from storage.services.report_touching import keep_version, touched
from storage.services.reports import report_of
from storage.tables.agenda import AgendaPointRow
from storage.tables.meetings import MeetingRow
from storage.tables.reports import MeetingChatRow
from tests.storage.proposals import ENDS, OPEN, STARTS, id_of
from tests.storage.support import change

DURING = STARTS + timedelta(hours=1)
"""While the open intervisie is held; Ans organises it, Roos coordinates."""

MORNING_AFTER = ENDS + timedelta(hours=21)

CHAT = "19:meeting_open@thread.v2"
"""The chat of a meeting."""

DECISION, ACTION = LineKind.DECISION, LineKind.ACTION


async def note(house: House, by: Viewer, text: str, kind: LineKind = DECISION, now: Any = DURING, **more: Any) -> Line:
    """Somebody notes something of the open intervisie."""
    options = {name: more.pop(name) for name in ("chosen", "conversation_id") if name in more}
    return await house.reports.note(NewLine(kind, text, **more), await id_of(house), by, now, **options)


async def join_chat(house: House, key: str = OPEN) -> None:
    """The chat of a meeting is known."""
    meeting_id = await id_of(house, key)
    await change(house, insert(MeetingChatRow).values(conversation_id=CHAT, meeting_id=meeting_id, at=STARTS))


async def cancel(house: House) -> None:
    """The open intervisie does not take place."""
    meeting = update(MeetingRow).where(MeetingRow.id == await id_of(house))
    await change(house, meeting.values(cancelled_at=STARTS))


async def register(house: House, *people: Viewer) -> None:
    """These people come to the open intervisie."""
    meeting_id = await id_of(house)
    for one in people:
        assert one.person is not None
        await house.registrations.register(meeting_id, [one.person.id], one, STARTS - timedelta(days=2))


async def post(house: House, now: Any = MORNING_AFTER) -> None:
    """The summary of the open intervisie is posted."""
    meeting_id = await id_of(house)

    def work(unit: Any) -> None:
        unit.reports.write(meeting_id, posted_at=now, version=1)
        report = report_of(unit, unit.meetings.by_ids([meeting_id], None)[meeting_id])
        keep_version(unit, report, "posted", now)
        follow(unit, report, now)

    await house._units.write(work, meeting_id)


async def approve(house: House) -> None:
    """The report of the open intervisie is approved."""
    meeting_id = await id_of(house)
    await house._units.write(lambda unit: unit.reports.write(meeting_id, approved_at=MORNING_AFTER), meeting_id)


async def touch(house: House) -> None:
    """Something of the lines of the open intervisie changed."""
    meeting_id = await id_of(house)
    await house._units.write(lambda unit: touched(unit, meeting_id, MORNING_AFTER), meeting_id)


async def a_case(house: House, title: str) -> None:
    """A case on the agenda of the open intervisie."""
    values = {"meeting_id": await id_of(house), "position": 0, "title": title, "kind": "case", "state": "accepted"}
    await change(house, insert(AgendaPointRow).values(**values))


async def whole(house: House) -> Report:
    """The report of the open intervisie, with what is private."""
    found = await house.reports.told(await id_of(house))
    assert found is not None
    return found


async def texts(house: House, *kinds: LineKind) -> list[str]:
    """What its lines of these kinds say, or all of them."""
    return [one.text for one in (await whole(house)).lines if not kinds or one.kind in kinds]


class Written:
    """A report that somebody wrote, line by line, and what is read in it: each item in its own place."""

    def __init__(self) -> None:
        self.text = ""
        self._found: dict[str, list[Any]] = {}

    def _place(self, said: str) -> Source:
        start = len(self.text)
        self.text += said + "\n"
        return Source(start, start + len(said))

    def _add(self, field: str, one: Any) -> "Written":
        self._found.setdefault(field, []).append(one)
        return self

    def present(self, name: str, **more: str) -> "Written":
        """Somebody who was there."""
        return self._add("attendees", Named(name, self._place(name), **more))

    def excused(self, name: str, **more: str) -> "Written":
        """Somebody who was excused."""
        return self._add("excused", Named(name, self._place(name), **more))

    def point(self, number: str, title: str, body: str = "", parent: int | None = None) -> "Written":
        """A point, and what was said of it."""
        place = self._place(f"{number} {title}")
        return self._add("items", Item(number, title, place, self._place(body) if body else None, parent))

    def decided(self, text: str, item: str = "", *, marked: bool = True) -> "Written":
        """A decision."""
        return self._add("decisions", Decision(text, self._place(text), item, marked))

    def to_do(self, text: str, item: str = "", *, marked: bool = True, **more: Any) -> "Written":
        """An action."""
        return self._add("actions", ReportedAction(text, self._place(text), item=item, marked=marked, **more))

    def deadline(self, text: str, day: Any) -> "Written":
        """A day to keep to."""
        return self._add("deadlines", Deadline(text, day, self._place(text)))

    def carried(self, title: str, to: str = "") -> "Written":
        """A point that was put off."""
        return self._add("carried_over", CarriedOver(title, self._place(title), to))

    def next(self, text: str, day: Any) -> "Written":
        """A next meeting."""
        return self._add("next_meetings", NextMeeting(day, text, self._place(text)))

    def topic(self, text: str) -> "Written":
        """A topic for some other time."""
        return self._add("future_topics", Topic(text, self._place(text)))

    @property
    def minutes(self) -> Minutes:
        """What is read in it."""
        return Minutes(**{name: tuple(found) for name, found in self._found.items()})


async def deliver(house: House, written: Written, by: Viewer | None, now: Any = MORNING_AFTER) -> Report:
    """Somebody delivers the report of the open intervisie."""
    return await house.reports.deliver(await id_of(house), "verslag.docx", written.text, written.minutes, by, now)
