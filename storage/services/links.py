"""Signed, expiring links to files: made for one person and one subject, and checked again when they are opened."""

import hashlib
import re
import secrets
from datetime import datetime

from itsdangerous import BadData, URLSafeSerializer

from storage.domain.links import Leads, Opened, OpenedPoll, Ticket
from storage.domain.people import Viewer
from storage.domain.refusals import NotCoordinator, Refusal
from storage.services.poll_files import poll_file
from storage.services.publishing import agenda_file
from storage.services.report_reading import report_file
from storage.unit_of_work import UnitOfWork, Units

PATH = "/bestand"
"""Below this path the bot gives files, as PATH/TOKEN/NAME."""

NAMES = {
    Leads.CALENDAR: "bijeenkomst.ics",
    Leads.LIST: "deelnemers.xlsx",
    Leads.AGENDA: "agenda.docx",
    Leads.REPORT: "verslag.docx",
    Leads.REPORT_PDF: "verslag.pdf",
    Leads.POLL_XLSX: "peiling.xlsx",
    Leads.POLL_CSV: "peiling.csv",
}
"""What an address ends with, so that people and programs see what they get. It decides nothing."""

_TOKEN = re.compile(r"[A-Za-z0-9_.-]{20,200}", re.ASCII)
"""What a token looks like; ours have about a hundred characters."""

_SHA256 = {"key_derivation": "hmac", "digest_method": hashlib.sha256}


class Links:
    """Makes links, and tells what they lead to. Nothing is kept of a link: whoever follows it uses nothing up."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._base = ""
        self._signing: URLSafeSerializer | None = None

    def start_with(self, base: str) -> None:
        """Let links start with this address of the bot, such as https://bot.example; empty: there are none."""
        self._base = base.rstrip("/")

    @property
    def are_given(self) -> bool:
        """Whether the bot has an address of its own, at which it can give files."""
        return bool(self._base)

    async def key(self) -> str:
        """The key that links are signed with: made once, the same for all replicas."""
        if (known := await self._units.read(lambda unit: unit.links.key())) is not None:
            return known
        fresh = secrets.token_urlsafe(32)
        return await self._units.write(lambda unit: unit.links.keep(fresh))

    async def calendar(self, meeting_id: int, person_id: int, now: datetime) -> str | None:
        """The address of a meeting as a file for somebody's calendar, also of somebody without Teams.

        It works for 90 days, shows nothing but what the meeting's invitation says, and always as the meeting stands
        then. None when the bot has no address of its own.
        """
        return await self._address(Leads.CALENDAR, meeting_id, person_id, now)

    async def participants(self, meeting_id: int, viewer: Viewer, now: datetime) -> str | None:
        """The address of a coordinator's full list of a meeting as a spreadsheet; it works for a quarter of an hour.

        None when the bot has no address of its own. Raises NotCoordinator.
        """
        if viewer.person is None or not viewer.is_coordinator:
            raise NotCoordinator
        return await self._address(Leads.LIST, meeting_id, viewer.person.id, now)

    async def agenda(self, meeting_id: int, person_id: int, now: datetime) -> str | None:
        """The address of a meeting's agenda as a document, for somebody who may see it; it works for a day.

        None when the bot has no address of its own. Who follows it gets the agenda as it stands then.
        """
        return await self._address(Leads.AGENDA, meeting_id, person_id, now)

    async def report(self, meeting_id: int, person_id: int, now: datetime, *, pdf: bool = False) -> str | None:
        """The address of a meeting's report as a document, for somebody who may see it; it works for a day.

        None when the bot has no address of its own. Who follows it gets the report as it stands then.
        """
        return await self._address(Leads.REPORT_PDF if pdf else Leads.REPORT, meeting_id, person_id, now)

    async def poll(self, poll_id: int, person_id: int, now: datetime, *, csv: bool = False) -> str | None:
        """The address of what was voted in a poll, for somebody who manages it; it works for a quarter of an hour.

        None when the bot has no address of its own. Who follows it gets the poll as it stands then.
        """
        return await self._address(Leads.POLL_CSV if csv else Leads.POLL_XLSX, poll_id, person_id, now)

    async def opened(self, token: str, now: datetime) -> Opened | OpenedPoll | None:
        """What a link leads to; None when it is not ours, or too old, or its holder may not have it (any more)."""
        ticket = await self._ticket(token)
        if ticket is None or not ticket.works_at(now):
            return None
        return await self._units.read(lambda unit: _open(unit, ticket, now))

    async def _address(self, leads: Leads, subject_id: int, person_id: int, now: datetime) -> str | None:
        if not self.are_given:
            return None
        until = int((now + leads.works_for).timestamp())
        token = (await self._signer()).dumps([leads.value, subject_id, person_id, until])
        return f"{self._base}{PATH}/{token}/{NAMES[leads]}"

    async def _ticket(self, token: str) -> Ticket | None:
        """What a token holds, if we signed it. Only what is signed is read at all."""
        if not _TOKEN.fullmatch(token):
            return None
        try:
            leads, subject_id, person_id, until = (await self._signer()).loads(token)
            return Ticket(Leads(leads), subject_id, person_id, until)
        except (BadData, ValueError, TypeError):  # not ours, or of another version of the bot
            return None

    async def _signer(self) -> URLSafeSerializer:
        """With the expiry in what is signed: itsdangerous' own would read the system's clock, which is not ours."""
        if self._signing is None:
            self._signing = URLSafeSerializer(await self.key(), salt="files", signer_kwargs=_SHA256)
        return self._signing


def _open(unit: UnitOfWork, ticket: Ticket, now: datetime) -> Opened | OpenedPoll | None:
    person = next(iter(unit.people.by_ids([ticket.person_id])), None)
    if person is None:
        return None
    viewer = Viewer(person, member=True)
    if ticket.leads.is_poll:
        return _open_poll(unit, ticket, viewer, now)
    meeting = unit.meetings.by_ids([ticket.subject_id], ticket.person_id).get(ticket.subject_id)
    if meeting is None or not ticket.leads.may_open(person, meeting):
        return None
    attendees = unit.registrations.of_meeting(meeting.id) if ticket.leads is Leads.LIST else ()
    agenda = agenda_file(unit, meeting, viewer) if ticket.leads is Leads.AGENDA else None
    report = report_file(unit, meeting, viewer) if ticket.leads.is_report else None
    if report is None and ticket.leads.is_report:
        return None
    return Opened(ticket.leads, meeting, attendees, agenda, report)


def _open_poll(unit: UnitOfWork, ticket: Ticket, viewer: Viewer, now: datetime) -> OpenedPoll | None:
    try:
        return OpenedPoll(ticket.leads, poll_file(unit, ticket.subject_id, viewer, now))
    except Refusal:
        return None
