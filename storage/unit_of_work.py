"""One transaction and the repositories that take part in it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from storage.database import Database
from storage.repositories.actions import ActionRepository
from storage.repositories.activities import ActivityRepository
from storage.repositories.agenda import AgendaRepository
from storage.repositories.agenda_talk import AgendaTalkRepository
from storage.repositories.agendas import AgendaStandRepository
from storage.repositories.announcements import AnnouncementRepository, AskedRepository
from storage.repositories.attendance import AttendanceRepository
from storage.repositories.board import BoardRepository
from storage.repositories.changes import ChangeRepository
from storage.repositories.closings import ClosingRepository
from storage.repositories.conversations import MemoryRepository, PlaceRepository
from storage.repositories.drafts import DraftRepository
from storage.repositories.experts import ExpertRepository
from storage.repositories.imports import ImportRepository
from storage.repositories.invitations import InvitationRepository
from storage.repositories.links import LinkRepository
from storage.repositories.meetings import MeetingRepository
from storage.repositories.network import NetworkRepository
from storage.repositories.notices import NoticeRepository
from storage.repositories.objections import ObjectionRepository
from storage.repositories.people import PeopleRepository
from storage.repositories.poll_times import PollTimesRepository
from storage.repositories.polls import PollRepository
from storage.repositories.registrations import RegistrationRepository
from storage.repositories.report_history import ReportHistoryRepository
from storage.repositories.reports import ReportRepository
from storage.repositories.rules import RuleRepository
from storage.repositories.searching import SearchRepository
from storage.repositories.seats import SeatRepository
from storage.repositories.sessions import SessionRepository
from storage.repositories.summaries import SummaryRepository
from storage.repositories.uploads import UploadRepository

T = TypeVar("T")


class UnitOfWork:
    """All repositories on one session. The transaction commits when the work returns, and only then."""

    def __init__(self, session: Session) -> None:
        self.network = NetworkRepository(session)
        self.people = PeopleRepository(session)
        self.meetings = MeetingRepository(session)
        self.agenda = AgendaRepository(session)
        self.actions = ActionRepository(session)
        self.agendas = AgendaStandRepository(session)
        self.agenda_talk = AgendaTalkRepository(session)
        self.drafts = DraftRepository(session)
        self.board = BoardRepository(session)
        self.registrations = RegistrationRepository(session)
        self.seats = SeatRepository(session)
        self.sessions = SessionRepository(session)
        self.attendance = AttendanceRepository(session)
        self.places = PlaceRepository(session)
        self.memories = MemoryRepository(session)
        self.activities = ActivityRepository(session)
        self.notices = NoticeRepository(session)
        self.announcements = AnnouncementRepository(session)
        self.asked = AskedRepository(session)
        self.imports = ImportRepository(session)
        self.links = LinkRepository(session)
        self.rules = RuleRepository(session)
        self.invitations = InvitationRepository(session)
        self.changes = ChangeRepository(session)
        self.closings = ClosingRepository(session)
        self.experts = ExpertRepository(session)
        self.reports = ReportRepository(session)
        self.objections = ObjectionRepository(session)
        self.summaries = SummaryRepository(session)
        self.report_history = ReportHistoryRepository(session)
        self.uploads = UploadRepository(session)
        self.polls = PollRepository(session)
        self.poll_times = PollTimesRepository(session)
        self.searching = SearchRepository(session)


class Units:
    """Runs units of work on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.planned: Callable[[], None] = lambda: None
        """Called when a transaction planned something to send, after its commit."""

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run `work` in a transaction that only reads."""
        return await self._database.read(lambda session: work(UnitOfWork(session)))

    async def write(self, work: Callable[[UnitOfWork], T], meeting_id: int | None = None) -> T:
        """Run `work` in a transaction that commits when it returns and rolls back when it raises.

        Work that locks a meeting says which one, so that it queues here instead of in the database.
        """
        planned = False

        def in_unit(session: Session) -> T:
            nonlocal planned
            unit = UnitOfWork(session)
            done = work(unit)
            planned = unit.notices.planned
            return done

        done = await self._database.write(in_unit, meeting_id)
        if planned:
            self.planned()
        return done
