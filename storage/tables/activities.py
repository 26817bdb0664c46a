"""The table of what was already taken from Teams, so that nothing runs twice."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class HandledRow(Base):
    """An activity, or a press of a button, by a hash of its ids: no text, no choice.

    `line` is a hash of the conversation. The lease tells whether somebody is still at it.
    """

    __tablename__ = "handled"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    line: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime(), index=True)
    done: Mapped[bool] = mapped_column(default=False)
    owner: Mapped[str] = mapped_column(String(40))
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime())
