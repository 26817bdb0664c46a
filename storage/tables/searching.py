"""The table of what can be searched: one row for each sentence, with its words reduced to their stems."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class SearchRow(Base):
    """One sentence that can be found. `ref` is what it is of ("line:12", "point:5"), `stems` what is searched.

    Beside it stand what the database itself needs: two FTS5 tables on SQLite, two GIN indexes on PostgreSQL (see the
    migration). `day` is that of its meeting.
    """

    __tablename__ = "search_lines"
    __table_args__ = (Index("ix_search_lines_meeting_id_kind", "meeting_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    kind: Mapped[str] = mapped_column(String(20))
    item_title: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)
    day: Mapped[date] = mapped_column(index=True)


def is_modelled(name: str | None, _kind: Any, _parents: Any) -> bool:
    """Whether a table, column or index of the database should be known here; as alembic's `include_name`.

    What only searching needs, in the dialect of each database, stands in its migration alone.
    """
    return name is None or not name.startswith(("search_fts_", "ix_search_fts_"))
