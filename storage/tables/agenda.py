"""Table of agenda points."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class AgendaPointRow(Base):
    """One point of a meeting's agenda. `source_key` ties it to the import file: equal titles are numbered."""

    __tablename__ = "agenda_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    source_key: Mapped[str | None] = mapped_column(String(620))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str | None] = mapped_column(String(20))
    presenter: Mapped[str | None] = mapped_column(String(200))
    minutes: Mapped[int | None]
