"""SQLAlchemy mappings, one noun a file. Importing this package knows every table."""

from storage.tables import agenda, conversations, imports, meetings, network, people, registrations
from storage.tables.base import Base

__all__ = ["Base", "agenda", "conversations", "imports", "meetings", "network", "people", "registrations"]
