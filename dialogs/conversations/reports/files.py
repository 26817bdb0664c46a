"""The full report as a file: offered through Teams where that can be, and as a link, both for the asker alone."""

from dialogs.language.understanding import Understanding
from dialogs.texts import files as file_texts
from dialogs.texts import reports as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import FileOffer, Message, Reply, Turn, whisper
from storage.domain.meetings import Meeting
from storage.domain.refusals import NotKnown, Refusal
from storage.domain.reports import Report
from storage.services.house import House


async def file(house: House, turn: Turn, meeting: Meeting, asked: Understanding | None) -> Reply:
    """The report of a meeting as a document; the coordinator's own link to it goes first."""
    if turn.viewer.person is None:
        return whisper(sentence(NotKnown()))
    try:
        report = await house.reports.report(meeting.id, turn.viewer)
    except Refusal as refusal:
        return whisper(sentence(refusal))
    said = [texts.elsewhere(report.standing.report_url)] if report.standing.report_url else []
    wants_pdf = asked is not None and "pdf" in asked.text.casefold()
    url = await house.links.report(meeting.id, turn.viewer.person.id, turn.now, pdf=wants_pdf)
    if url is not None:
        said.append(texts.file_ready(report, url, wants_pdf))
    if not turn.personal:
        return whisper("\n\n".join(said or [texts.ASK_IN_PERSON]))
    return Reply(Message("\n\n".join(said or [texts.offered(meeting)]), file=_offer(report)))


def _offer(report: Report) -> FileOffer:
    name = f"{file_texts.report_name(report.meeting)}.docx"
    return FileOffer(report.meeting.id, name, texts.heading(report.meeting))
