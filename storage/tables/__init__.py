"""SQLAlchemy mappings, one noun a file. Importing this package knows every table."""

from storage.tables import (
    activities,
    agenda,
    announcements,
    changes,
    conversations,
    imports,
    meetings,
    network,
    notices,
    people,
    registrations,
    rules,
)
from storage.tables.base import Base

__all__ = [
    "Base",
    "activities",
    "agenda",
    "announcements",
    "changes",
    "conversations",
    "imports",
    "meetings",
    "network",
    "notices",
    "people",
    "registrations",
    "rules",
]
