"""Tables of organisations and people."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, UtcDateTime


class OrganisationRow(Base):
    """An organisation; its name is its natural key."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(20), default="andere")
    region: Mapped[str | None] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(20), default="partner")


class PersonRow(Base):
    """A person; the lower-case mail address is the natural key.

    `affiliation` is where a guest says to work, when that is no organisation of the network.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(320), unique=True)
    entra_id: Mapped[str | None] = mapped_column(String(36), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="external")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    affiliation: Mapped[str | None] = mapped_column(String(200))


class IntroductionRow(Base):
    """Remembers that somebody unknown was asked for their organisation, so that they are asked once."""

    __tablename__ = "introductions"

    entra_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime())
