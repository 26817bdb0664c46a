"""Tables of the network itself and its frequently asked questions."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Json


class NetworkRow(Base):
    """The one network, row 1. `revision` grows with every change to a name, so that caches know."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(20))
    regions: Mapped[list[str]] = mapped_column(Json, default=list)
    revision: Mapped[int] = mapped_column(default=0)


class QuestionRow(Base):
    """A frequently asked question, its other wordings and its answer."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(500), unique=True)
    also: Mapped[list[str]] = mapped_column(Json, default=list)
    answer: Mapped[str] = mapped_column(Text)
