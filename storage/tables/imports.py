"""Table of what the last import read, so that the next one knows what changed in the file."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json


class BaselineRow(Base):
    """The fields of one record as they stood in the last imported file. `key` is the natural key as JSON."""

    __tablename__ = "import_baselines"

    noun: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(1100), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
