"""SQLAlchemy mappings, one noun a file. Importing this package knows every table."""

from storage.tables import (
    actions,
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
    polls,
    registrations,
    reports,
    rules,
    searching,
)
from storage.tables.base import Base

__all__ = [
    "Base",
    "actions",
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
    "polls",
    "registrations",
    "reports",
    "rules",
    "searching",
]
