"""GET /bestand/TOKEN/NAME: gives the file that a signed link leads to, to whoever holds the link, as it stands now.

Nothing is kept and nothing is used up, so that programs that look at links before people do (Teams does) do no harm.
"""

import asyncio
import logging
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from bot.clock import Clock
from bot.files import agenda_document, calendar_file, pdf, poll_export, report_document, spreadsheet, word
from dialogs.texts import files as texts
from dialogs.texts import pages
from dialogs.texts import poll_files as poll_texts
from storage.domain.links import Leads, Opened, OpenedPoll
from storage.domain.reports import ReportFile
from storage.services.house import House
from storage.services.links import PATH

log = logging.getLogger(__name__)

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is what opens the file: no other site may learn it
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class Files:
    """Gives files. Why a link does not work is never told: nobody learns from guessing."""

    def __init__(self, house: House, clock: Clock) -> None:
        self._house, self._clock = house, clock
        self._converting = asyncio.Semaphore(1)

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Answer GET and HEAD."""
        router.add_get(f"{PATH}/{{token}}/{{name}}", self.give)
        router.add_get(f"{PATH}/{{rest:.*}}", self.refuse)

    async def give(self, request: web.Request) -> web.Response:
        """The file, or the page that says that the link does not work (any more)."""
        opened = await self._house.links.opened(request.match_info["token"], self._clock.now())
        return await self._file(opened) if opened else await self.refuse(request)

    async def refuse(self, _request: web.Request) -> web.Response:
        """404, in Dutch."""
        page = pages.LINK_DOES_NOT_WORK
        return web.Response(text=page, content_type="text/html", status=HTTPStatus.NOT_FOUND, headers=HEADERS)

    async def _file(self, opened: Opened | OpenedPoll) -> web.Response:
        now = self._clock.now()
        if isinstance(opened, OpenedPoll):
            return await self._poll(opened, now)
        meeting = opened.meeting
        if opened.leads is Leads.CALENDAR:
            body = calendar_file.calendar_file(meeting, now)
            return _download(texts.calendar_name(meeting), body, calendar_file.CONTENT_TYPE, "utf-8")
        if opened.agenda is not None:
            body = await asyncio.to_thread(agenda_document.agenda_document, opened.agenda, now)
            return _download(texts.agenda_name(meeting), body, word.CONTENT_TYPE)
        if opened.report is not None:
            return await self._report(opened.report, opened.leads, now)
        # In a thread: a long list takes tenths of a second, and everybody else would wait.
        body = await asyncio.to_thread(spreadsheet.spreadsheet, meeting, opened.attendees, now)
        return _download(texts.list_name(meeting), body, spreadsheet.CONTENT_TYPE)

    async def _report(self, file: ReportFile, leads: Leads, now: datetime) -> web.Response:
        """The report; as PDF where it can be made, else as the Word document that it is made of."""
        name = texts.report_name(file.report.meeting)
        body = await asyncio.to_thread(report_document.report_document, file, now)
        if leads is Leads.REPORT_PDF:
            try:
                async with self._converting:
                    return _download(f"{name}.pdf", await pdf.as_pdf(body), pdf.CONTENT_TYPE)
            except pdf.NotConverted:
                log.warning("report not converted to PDF")
        return _download(f"{name}.docx", body, word.CONTENT_TYPE)

    async def _poll(self, opened: OpenedPoll, now: datetime) -> web.Response:
        """What was voted, as a workbook or as text with separators; in a thread like the list."""
        name = poll_texts.file_name(opened.file.poll)
        if opened.leads is Leads.POLL_CSV:
            body = await asyncio.to_thread(poll_export.as_csv, opened.file)
            return _download(f"{name}.csv", body, poll_export.CSV_TYPE, "utf-8")
        body = await asyncio.to_thread(poll_export.as_workbook, opened.file, now)
        return _download(f"{name}.xlsx", body, spreadsheet.CONTENT_TYPE)


def _download(name: str, body: bytes, content_type: str, charset: str | None = None) -> web.Response:
    """A file to keep. Its name is ours, in plain letters, so that it needs no quoting."""
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=content_type, charset=charset, headers=headers)
