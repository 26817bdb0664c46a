"""Queries on the files that people gave the bot to read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from storage.domain.uploads import MOST_TRIES, Unread, Upload, UploadState
from storage.tables.reports import UploadRow

READY, READING = UploadState.READY.value, UploadState.READING.value


class UploadRepository:
    """Uploads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, values: Mapping[str, Any], now: datetime) -> int:
        """A file to read; its id."""
        row = UploadRow(**values, state=READY, at=now)
        self._session.add(row)
        self._session.flush()
        return row.id

    def came(self, person_id: int, key: str) -> tuple[int, ...]:
        """The files that came with the message of this key."""
        rows = select(UploadRow).where(UploadRow.person_id == person_id).order_by(UploadRow.id.desc()).limit(_LATELY)
        return tuple(sorted(row.id for row in self._session.scalars(rows) if row.data.get("key") == key))

    def waiting(self, person_id: int) -> int:
        """How many files of somebody are not read yet."""
        open_ = (UploadRow.person_id == person_id, UploadRow.state.in_([READY, READING]))
        return self._session.scalar(select(func.count()).select_from(UploadRow).where(*open_)) or 0

    def claim(self, owner: str, now: datetime, until: datetime) -> Upload | None:
        """The oldest file that nobody reads, for `owner` until then; None when there is none."""
        free = or_(UploadRow.state == READY, _left(now))
        oldest = select(UploadRow).where(free, UploadRow.tries < MOST_TRIES).order_by(UploadRow.id).limit(1)
        row = self._session.scalar(oldest.with_for_update(skip_locked=True))
        if row is None:
            return None
        row.state, row.owner, row.lease_until, row.tries = READING, owner, until, row.tries + 1
        return _upload(row)

    def given_up(self, now: datetime) -> tuple[Upload, ...]:
        """The files at which every process that began on them went away."""
        rows = select(UploadRow).where(_left(now), UploadRow.tries >= MOST_TRIES)
        return tuple(_upload(row) for row in self._session.scalars(rows.with_for_update(skip_locked=True)))

    def anything_to_do(self, now: datetime) -> bool:
        """Whether a file waits for somebody."""
        free = or_(UploadRow.state == READY, _left(now))
        return self._session.scalar(select(UploadRow.id).where(free).limit(1)) is not None

    def owned(self, upload_id: int, owner: str) -> Upload | None:
        """A file that `owner` is reading, locked; None when it is somebody else's by now."""
        mine = (UploadRow.id == upload_id, UploadRow.owner == owner, UploadRow.state == READING)
        row = self._session.scalar(select(UploadRow).where(*mine).with_for_update())
        return _upload(row) if row else None

    def settle(self, upload_id: int, state: UploadState, reason: Unread | None = None) -> None:
        """It was read, or can't be: its address, which opens it, is forgotten."""
        values = {"state": state.value, "reason": reason.value if reason else None, "url": "", "owner": None}
        self._session.execute(update(UploadRow).where(UploadRow.id == upload_id).values(lease_until=None, **values))

    def get(self, upload_id: int) -> Upload | None:
        """A file by its id."""
        row = self._session.get(UploadRow, upload_id)
        return _upload(row) if row else None

    def forget_before(self, moment: datetime) -> None:
        """Forget what was sent before."""
        self._session.execute(delete(UploadRow).where(UploadRow.at < moment))


_LATELY = 20
"""Files of one person among which it is looked whether a message was handled before."""


def _left(now: datetime) -> Any:
    """Who was reading it went away."""
    return and_(UploadRow.state == READING, UploadRow.lease_until < now)


def _upload(row: UploadRow) -> Upload:
    return Upload(
        row.id,
        row.person_id,
        row.conversation_id,
        row.name,
        row.url,
        UploadState(row.state),
        row.meeting_id,
        Unread(row.reason) if row.reason else None,
    )
