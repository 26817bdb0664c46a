"""Files that people give the bot to read, and reports that were read and wait until their sender says what to do."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from storage.domain.minutes import Minutes
from storage.domain.notices import NewNotice, Timing, to_person
from storage.domain.people import Person, Viewer
from storage.domain.uploads import (
    LEASE,
    MOST_WAITING,
    UPLOAD_READ,
    ReportFound,
    Sent,
    Unread,
    Unreadable,
    Upload,
    UploadState,
    as_kept,
    from_kept,
)
from storage.services.points_held import known
from storage.unit_of_work import UnitOfWork, Units

KEPT = timedelta(days=30)
"""How long is kept that somebody sent a file."""

LONGEST_NAME = 200

Reader: TypeAlias = Callable[[str, datetime], Awaitable[Minutes]]
"""What stands in the text of a report, read at some moment; raises Unreadable."""


class Uploads:
    """Files to read, for the job that reads them; and what came of it, for who sent them."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._asked: Callable[[], None] = lambda: None
        self._reader: Reader = _nobody_reads

    def read_with(self, reader: Reader) -> None:
        """Read what stands in reports in this way."""
        self._reader = reader

    async def minutes(self, text: str, now: datetime) -> Minutes:
        """What stands in a report. Raises Unreadable for what takes too long."""
        return await self._reader(text, now)

    def on_asked(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever there is a file to read, once that is committed."""
        self._asked = tell

    async def ask(
        self,
        files: Sequence[Sent],
        viewer: Viewer,
        conversation_id: str,
        now: datetime,
        *,
        meeting_id: int | None = None,
        key: str = "",
    ) -> tuple[int, ...]:
        """Have files read; their ids. The same message (`key`) twice is once; more than MOST_WAITING are left out.

        Raises NotKnown.
        """
        by = known(viewer)

        def work(unit: UnitOfWork) -> tuple[int, ...]:
            before = unit.uploads.came(by.id, key) if key else ()
            if before:
                return before
            taken = files[: max(0, MOST_WAITING - unit.uploads.waiting(by.id))]
            where = {"person_id": by.id, "conversation_id": conversation_id, "meeting_id": meeting_id}
            return tuple(
                unit.uploads.add({**where, "name": one.name[:LONGEST_NAME], "url": one.url, "data": {"key": key}}, now)
                for one in taken
            )

        ids = await self._units.write(work)
        self._asked()
        return ids

    # --- for the job

    async def next(self, owner: str, now: datetime) -> Upload | None:
        """The file that `owner` is to read next, for a while; None when there is none.

        What nobody came to an end with is refused on the way.
        """
        if not await self._units.read(lambda unit: unit.uploads.anything_to_do(now)):
            return None

        def work(unit: UnitOfWork) -> Upload | None:
            for one in unit.uploads.given_up(now):
                _settle(unit, one, UploadState.REFUSED, now, Unread.TOO_HEAVY)
            return unit.uploads.claim(owner, now, now + LEASE)

        return await self._units.write(work)

    async def read(self, upload_id: int, owner: str, found: ReportFound, now: datetime) -> bool:
        """It was read: keep what was found, and tell who sent it. False when it is somebody else's by now.

        Where nothing was found it is refused, for no reason.
        """

        def work(unit: UnitOfWork) -> bool:
            upload = unit.uploads.owned(upload_id, owner)
            if upload is None:
                return False
            if not found.empty:
                unit.drafts.keep(upload.person_id, _draft(upload.token), as_kept(found), now)
            _settle(unit, upload, UploadState.REFUSED if found.empty else UploadState.READ, now)
            return True

        return await self._units.write(work)

    async def refused(self, upload_id: int, owner: str, reason: Unread, now: datetime) -> bool:
        """It can't be read: tell who sent it why. False when it is somebody else's by now."""

        def work(unit: UnitOfWork) -> bool:
            upload = unit.uploads.owned(upload_id, owner)
            if upload is not None:
                _settle(unit, upload, UploadState.REFUSED, now, reason)
            return upload is not None

        return await self._units.write(work)

    # --- for who sent them

    async def told(self, upload_id: int) -> tuple[Upload, Person] | None:
        """A file and who sent it, for a notice."""

        def work(unit: UnitOfWork) -> tuple[Upload, Person] | None:
            upload = unit.uploads.get(upload_id)
            people = unit.people.by_ids([upload.person_id]) if upload else ()
            return (upload, people[0]) if upload and people else None

        return await self._units.read(work)

    async def keep(self, token: str, found: ReportFound, viewer: Viewer, now: datetime) -> None:
        """Keep a report until its sender says what to do with it; for some days. Raises NotKnown."""
        by = known(viewer)
        await self._units.write(lambda unit: unit.drafts.keep(by.id, _draft(token), as_kept(found), now))

    async def waiting(self, token: str, viewer: Viewer) -> ReportFound | None:
        """The viewer's report that waits under this name; None when there is none (any more)."""
        person = viewer.person
        if person is None:
            return None
        kept = await self._units.read(lambda unit: unit.drafts.get(person.id, _draft(token)))
        return from_kept(kept) if kept else None

    async def drop(self, token: str, viewer: Viewer) -> None:
        """Forget it."""
        person = viewer.person
        if person is not None:
            await self._units.write(lambda unit: unit.drafts.drop(person.id, _draft(token)))

    async def forget_old(self, now: datetime) -> None:
        """Forget that files were sent, a month after."""
        await self._units.write(lambda unit: unit.uploads.forget_before(now - KEPT))


async def _nobody_reads(_text: str, _now: datetime) -> Minutes:
    raise Unreadable(Unread.BROKEN)


def _draft(token: str) -> str:
    return f"report:{token}"


def _settle(unit: UnitOfWork, upload: Upload, state: UploadState, now: datetime, reason: Unread | None = None) -> None:
    """What became of a file; its sender, who waits for it, hears that once, at any hour."""
    unit.uploads.settle(upload.id, state, reason)
    unit.notices.plan(
        NewNotice(UPLOAD_READ, str(upload.id), "told", to_person(upload.person_id), now, Timing.URGENT), now
    )
