"""Tables of what coordinators set: what goes out when for each kind of meeting, and the key of links to files."""

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base


class RuleRow(Base):
    """One setting of one kind of meeting; what is not set is as `storage.domain.rules` says."""

    __tablename__ = "rules"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class LinkKeyRow(Base):
    """The key with which links to files are signed: row 1, made once, the same for all replicas."""

    __tablename__ = "link_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(100))
