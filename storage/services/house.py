"""All services on one database: what the other rooms are given."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import TypeVar

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database, UnusableDatabaseUrl, newest_revision, open_database
from storage.services.actions import Actions
from storage.services.activities import Activities
from storage.services.agendas import Agendas
from storage.services.announcements import Announcements, Asking
from storage.services.approvals import Approvals
from storage.services.attendance import Attendance
from storage.services.board import Arranging
from storage.services.carrying import Carrying
from storage.services.experts import Experts
from storage.services.imports import Imports
from storage.services.invitations import Invitations
from storage.services.links import Links
from storage.services.meetings import Meetings
from storage.services.memory import Memories
from storage.services.names import KnownNames
from storage.services.network_days import Sessions
from storage.services.notices import Notices
from storage.services.people import People
from storage.services.places import Places
from storage.services.planning import Planning
from storage.services.points import Points
from storage.services.poll_results import PollResults
from storage.services.polls import Polls
from storage.services.registrations import Registrations
from storage.services.reports import Reports
from storage.services.retention import Retention
from storage.services.seats import Seats
from storage.services.summaries import Summaries
from storage.services.uploads import Uploads
from storage.services.urn_keys import is_usable, key_file, secret_for
from storage.services.visitors import Visitors
from storage.unit_of_work import Units

T = TypeVar("T")


class DatabaseUnreachable(Exception):
    """The database can't be opened or reached; the message says why, without the address, which may hold a password."""


class Schema(Enum):
    """How a database's schema stands to the code."""

    CURRENT = "current"
    OLD = "old"
    EMPTY = "empty"


class House:
    """Every service of the storage, on one database."""

    def __init__(self, database: Database) -> None:
        units = Units(database)
        self._database, self._units = database, units
        self.visitors = Visitors(units)
        self.names = KnownNames(units)
        self.meetings = Meetings(units)
        self.board = Arranging(units)
        self.registrations = Registrations(units)
        self.seats = Seats(units)
        self.sessions = Sessions(units)
        self.attendance = Attendance(units)
        self.planning = Planning(units)
        self.people = People(units)
        self.places = Places(units)
        self.activities = Activities(units)
        self.notices = Notices(units)
        self.announcements = Announcements(units)
        self.asking = Asking(units)
        self.imports = Imports(units)
        self.invitations = Invitations(units)
        self.links = Links(units)
        self.retention = Retention(units)
        self.carrying = Carrying(units)
        self.experts = Experts(units)
        self.agendas = Agendas(units)
        self.actions = Actions(units, lambda: self.notices.hours)
        self.points = Points(units)
        self.poll_results = PollResults(units)
        self.memory = Memories(units)
        self.polls = Polls(units, lambda: self.notices.hours)
        self.reports = Reports(units)
        self.uploads = Uploads(units)
        self.approvals = Approvals(units)
        self.summaries = Summaries(units, lambda: self.notices.hours)

    def on_planned(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever something was planned to be sent, once that is committed."""
        self._units.planned = tell

    def keep_urn_key(self, said: str = "") -> None:
        """Seal anonymous votes with the key that the settings say, or for SQLite with that in a file beside it."""
        self.polls.keep_key(secret_for(self._database.url, said))

    @property
    def needs_urn_key(self) -> bool:
        """Whether there can only be anonymous polls once the settings say a key."""
        return key_file(self._database.url) is None

    def has_urn_key(self, said: str = "") -> bool:
        """Whether there can be anonymous polls with what the settings say."""
        return is_usable(self._database.url, said)

    async def migrate(self) -> None:
        """Bring the schema to the newest revision; safe with several replicas. Raises DatabaseUnreachable."""
        await _reached(self._database.migrate())

    async def ping(self) -> None:
        """Read next to nothing, within two seconds where the database allows it. Raises DatabaseUnreachable."""
        await _reached(self._database.ping())

    async def schema(self) -> Schema:
        """How the schema stands to this code. Raises DatabaseUnreachable."""
        revision = await _reached(self._database.revision())
        if revision is None:
            return Schema.EMPTY
        return Schema.CURRENT if revision == newest_revision() else Schema.OLD

    async def close(self) -> None:
        """Close all connections."""
        await self._database.close()


def house_at(url: str) -> House:
    """The storage at a database address. Raises DatabaseUnreachable for an address of no use."""
    try:
        return House(open_database(url))
    except UnusableDatabaseUrl as error:
        raise DatabaseUnreachable(str(error)) from error


async def _reached(work: Awaitable[T]) -> T:
    try:
        return await work
    except (SQLAlchemyError, CommandError, OSError, ValueError, TypeError) as error:
        # Drivers answer a wrong option or port in an address with ValueError or TypeError.
        cause = getattr(error, "orig", None) or error
        raise DatabaseUnreachable(f"{type(cause).__name__}: {cause}".splitlines()[0]) from error
