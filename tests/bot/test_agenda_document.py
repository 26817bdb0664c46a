"""The agenda as a Word document: what stands in it, and who may open it."""

import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import aiohttp
import docx
import pytest
from docx.document import Document

from bot.app import Running
from bot.files.agenda_document import agenda_document
from bot.files.word import CONTENT_TYPE
from storage.domain.agenda import AgendaPoint, PointKind
from storage.domain.meetings import Audience, Location, Meeting, MeetingKind
from storage.domain.network import Network
from storage.domain.people import Viewer
from storage.domain.publishing import AgendaFile
from storage.services.house import House
from tests.bot.connector import JONAS, NELE
from tests.bot.lists import HOMEWORK, Query, meeting_id, person_id
from tests.conftest import BRUSSELS, NOW

STARTS = datetime(2027, 3, 28, 9, 30, tzinfo=BRUSSELS)
MEETING = Meeting(
    1,
    "m",
    MeetingKind.INTERVISIE,
    "Intervisie *rust* & co",
    STARTS,
    STARTS + timedelta(hours=2, minutes=30),
    Audience.NETWORK,
    location=Location("De Helm", "Duinpad 3, 9999 Zandrade", "Zolder"),
    online_url="https://teams.example/rust",
)
POINTS = (
    AgendaPoint(1, "Verwelkoming", minutes=10, presenter="Roos Pauwels"),
    AgendaPoint(
        2, "Huiswerk [klas]", minutes=45, explanation="Wat werkt?\nEn wat niet?", link="https://drive.example/a b"
    ),
    AgendaPoint(3, "Een casus", PointKind.CASE, minutes=40, explanation="GEHEIM", link="https://geheim.example"),
    AgendaPoint(4, "Zonder lengte \x0b\x00"),
    AgendaPoint(5, "Varia", minutes=5),
)
AGENDA = AgendaFile(Network("Netwerk Duinen", "Europe/Brussels"), MEETING, POINTS)


def opened(agenda: AgendaFile = AGENDA) -> Document:
    """The document, as a program opens it."""
    return docx.Document(BytesIO(agenda_document(agenda, NOW)))


def parts(agenda: AgendaFile = AGENDA) -> dict[str, bytes]:
    """Everything in the file, by name."""
    with zipfile.ZipFile(BytesIO(agenda_document(agenda, NOW))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_names_the_network_the_meeting_the_day_and_the_place() -> None:
    assert [one.text for one in opened().paragraphs] == [
        "Netwerk Duinen",
        "Agenda: Intervisie *rust* & co",
        "Wanneer: Zondag 28 maart 2027, van 9.30 tot 12 uur",
        "Waar: De Helm, Duinpad 3, 9999 Zandrade, Zolder",
        "Online: https://teams.example/rust",
    ]


def test_each_point_has_its_hour_who_brings_it_and_its_length() -> None:
    (table,) = opened().tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Uur", "Punt", "Door", "Duur"],
        ["9.30 uur", "Verwelkoming", "Roos Pauwels", "10 min."],
        ["9.40 uur", "Huiswerk [klas]\nWat werkt?\nEn wat niet?\nBijlage: https://drive.example/a%20b", "", "45 min."],
        ["10.25 uur", "Een casus", "", "40 min."],
        ["11.05 uur", "Zonder lengte", "", ""],
        ["", "Varia", "", "5 min."],
    ]


def test_nothing_told_of_a_case_is_in_the_file() -> None:
    assert not [name for name, data in parts().items() if b"GEHEIM" in data or b"geheim.example" in data]


def test_it_is_in_dutch_and_counts_its_pages() -> None:
    found = parts()
    assert b'w:lang w:val="nl-BE"' in found["word/styles.xml"]
    (footer,) = (data for name, data in found.items() if name.startswith("word/footer"))
    assert b" PAGE " in footer
    assert b" NUMPAGES " in footer
    assert opened().sections[0].footer.paragraphs[0].text == "Stand van zaterdag 21 november 2026\tPagina 1 van 1"


def test_it_tells_nothing_of_the_machine_or_of_who_made_the_template() -> None:
    known = opened().core_properties
    assert (known.author, known.last_modified_by, known.comments) == ("Ambassadeursbot", "Ambassadeursbot", "")
    assert known.created is not None
    assert (known.created.replace(tzinfo=UTC), known.title) == (NOW, "Agenda: Intervisie *rust* & co")
    assert not [name for name in parts() if "thumbnail" in name]


def test_an_agenda_without_points_says_so() -> None:
    empty = opened(replace(AGENDA, points=()))
    assert (empty.paragraphs[-1].text, empty.tables) == ("Er staat nog niets op deze agenda.", [])


def test_of_a_cancelled_meeting_it_says_so() -> None:
    assert "Gaat niet door" in [
        one.text for one in opened(replace(AGENDA, meeting=replace(MEETING, cancelled=True))).paragraphs
    ]


# Through its link


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """A browser."""
    async with aiohttp.ClientSession() as session:
        yield session


async def test_who_may_see_the_agenda_opens_it_through_a_link(
    bot: Running, bot_house: House, query: Query, client: aiohttp.ClientSession
) -> None:
    url = await bot_house.links.agenda(meeting_id(query, HOMEWORK), person_id(query, JONAS), NOW)
    assert url is not None
    async with client.get(url) as answer:
        body = await answer.read()
    assert (answer.status, answer.content_type) == (200, CONTENT_TYPE)
    assert 'filename="agenda-intervisie-2026-12-03.docx"' in answer.headers["Content-Disposition"]
    assert docx.Document(BytesIO(body)).tables[0].rows[1].cells[0].text


async def test_who_may_not_see_it_any_more_does_not(
    bot: Running, bot_house: House, query: Query, client: aiohttp.ClientSession
) -> None:
    meeting = meeting_id(query, "intervisie-motivatie")
    url = await bot_house.links.agenda(meeting, person_id(query, JONAS), NOW)
    assert url is not None
    query(f"UPDATE meetings SET audience = 'participants' WHERE id = {meeting}")
    async with client.get(url) as answer:
        assert answer.status == 404
    coordinators = await bot_house.links.agenda(meeting, person_id(query, NELE), NOW)
    assert coordinators is not None
    async with client.get(coordinators) as answer:
        assert answer.status == 200


async def test_what_a_point_is_about_is_for_everybody_once_the_agenda_is_published(
    bot: Running, bot_house: House, query: Query, client: aiohttp.ClientSession
) -> None:
    meeting = meeting_id(query, HOMEWORK)
    query(f"UPDATE agenda_points SET explanation = 'Waarover het gaat', kind = 'theme' WHERE meeting_id = {meeting}")

    async def read(person: int) -> bytes:
        url = await bot_house.links.agenda(meeting, person, NOW)
        assert url is not None
        async with client.get(url) as answer:
            document = docx.Document(BytesIO(await answer.read()))
        return "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells).encode()

    assert b"Waarover" not in await read(person_id(query, JONAS))
    assert b"Waarover" in await read(person_id(query, NELE))
    (coordinator,) = await bot_house.people.known([person_id(query, NELE)])
    await bot_house.agendas.publish(meeting, Viewer(coordinator, member=True), NOW)
    assert b"Waarover" in await read(person_id(query, JONAS))
