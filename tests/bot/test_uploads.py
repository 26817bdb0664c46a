"""Reports that people give: pasted, or as a file that is fetched, read and told of; taken over, or left."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.app import running
from bot.settings import Settings
from bot.teams.activities import FILE
from dialogs.texts import delivering as texts
from dialogs.texts.uploads import SENTENCES
from storage.domain.people import Viewer
from storage.domain.places import Place, PlaceKind
from storage.domain.uploads import Sent, Unread
from storage.services.house import house_at
from tests.bot.acquaintances import greeted, met
from tests.bot.boards import presses, titles
from tests.bot.connector import (
    CHANNEL,
    GROUP,
    JONAS,
    JORIS,
    MIRA,
    NELE,
    SAMIRA,
    TENANT,
    Json,
    Posted,
    Teams,
    User,
    teams_on_loopback,
)
from tests.bot.edges import until
from tests.bot.lists import HOMEWORK, hears, meeting_id, person_id, says
from tests.bot.replicas import replicas
from tests.conftest import BRUSSELS, NOW

Query = Callable[[str], list[tuple[Any, ...]]]

AFTER = datetime(2026, 12, 3, 13, 0, tzinfo=BRUSSELS)
"""An hour after the meeting about homework, of which Samira takes notes and which Nele organises."""
TITLE = "Intervisie huiswerkbegeleiding"
KNOWN = (SAMIRA, NELE, JONAS)
REPORT = """Verslag intervisie huiswerkbegeleiding
Datum: 3 december 2026
Aanwezig: Samira Bensaïd (Het Anker), Jonas Claerhout (De Vuurtoren), Lotte Segers (CLB De Sluis)
Verontschuldigd: Wout Lambrechts (De Branding)

1. Goedkeuring vorig verslag
Het vorige verslag wordt goedgekeurd zonder opmerkingen.

2. Huiswerkbegeleiding na school
De groep bespreekt hoe de begeleiding na school loopt. Verschillende organisaties merken dat jongeren laat aankomen
en weinig tijd over hebben. De avonden worden daardoor lang, en begeleiders zijn moe.
Besluit: We starten in januari met een gezamenlijke huiswerkklas.
Actie: Jonas mailt het CLB tegen 10 december 2026.

3. Varia
Volgende bijeenkomst: 4 februari 2027.
"""
FOUND = "3 punten, 2 besluiten, 1 actie en 3 mensen aanwezig (Samira Bensaïd, Jonas Claerhout en Lotte Segers)"
IS_IT = f"Is dit het verslag van {TITLE} (donderdag 3 december 2026)?"


@dataclass
class Files:
    """A file server on loopback. `stall` requests get no answer; every request is counted."""

    url: str = ""
    data: bytes = REPORT.encode()
    status: int = 200
    stall: int = 0
    asked: list[str] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def give(self, request: web.Request) -> web.StreamResponse:
        """The file."""
        self.asked.append(str(request.headers.get("Authorization")))
        if len(self.asked) <= self.stall:
            await self.over.wait()
        return web.Response(body=self.data, status=self.status)


@asynccontextmanager
async def file_server() -> AsyncIterator[Files]:
    """Where files lie."""
    files = Files()
    app = web.Application()
    app.router.add_get("/verslag", files.give)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        files.url = f"http://127.0.0.1:{runner.addresses[0][1]}/verslag?tempauth=geheim"
        yield files
    finally:
        files.over.set()
        await runner.cleanup()


@pytest.fixture
async def files() -> AsyncIterator[Files]:
    """Where files lie."""
    async with file_server() as found:
        yield found


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A bot an hour after a meeting."""
    return replace(settings, starts_at=AFTER)


@pytest.fixture(scope="module")
def filled_database(filled_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same file with their chats known."""
    return greeted(filled_database, tmp_path_factory.mktemp("greeted"), KNOWN)


@pytest.fixture
def network(teams: Teams, query: Query) -> Teams:
    """A Teams in which the bot knows them."""
    return met(teams, query, KNOWN)


def with_files(teams: Teams, who: User, *files: Json, text: str = "", where: Any = None) -> Json:
    """A message with files."""
    return {**teams.message(who, where or who.chat, text), "attachments": list(files)}


def attachment(url: str, name: str = "verslag.txt", kind: str = "txt") -> Json:
    """A file as Teams tells of it."""
    content = {"downloadUrl": url, "uniqueId": "1150D938", "fileType": kind}
    return {"contentType": FILE, "contentUrl": "https://elders.example/x", "name": name, "content": content}


async def sends(teams: Teams, who: User, files: Files, name: str = "verslag.txt", **more: Any) -> Posted:
    """Somebody sends a file; what they hear of it in the end."""
    before = len(teams.texts_in(who.chat))
    await teams.deliver(with_files(teams, who, attachment(files.url, name), **more))
    await until(lambda: len(teams.texts_in(who.chat)) > before + 1)
    return [one for one in teams.posted if one.conversation == who.chat.conversation][-1]


def kinds(query: Query) -> list[str]:
    """The kinds of the lines of reports, in order."""
    return [kind for (kind,) in query("SELECT kind FROM report_lines WHERE removed_at IS NULL ORDER BY position")]


def delivered(query: Query) -> list[tuple[Any, ...]]:
    """Which reports were taken over, and by whom."""
    return query("SELECT meeting_id, name, person_id FROM report_sources WHERE name NOT LIKE 'demo%'")


def waiting(query: Query) -> list[str]:
    """The reports that wait for a word."""
    return [what for (what,) in query("SELECT what FROM drafts")]


# --- pasted


async def test_a_pasted_report_is_read_whole_and_taken_over_by_a_press(network: Teams, query: Query) -> None:
    shown = await hears(network, SAMIRA, REPORT)
    assert FOUND in shown.text
    assert shown.text.endswith(IS_IT)
    assert titles(shown) == [texts.BUTTON_TAKE, texts.BUTTON_OTHER, texts.BUTTON_DROP]
    assert delivered(query) == []
    taken = await presses(network, SAMIRA, shown, texts.BUTTON_TAKE)
    assert taken.text.startswith(f"In orde, ik heb het verslag van {TITLE} overgenomen.")
    assert delivered(query) == [(meeting_id(query, HOMEWORK), texts.PASTED, person_id(query, SAMIRA))]
    assert {"decision", "action", "attendee", "next"} <= set(kinds(query))
    assert waiting(query) == []


async def test_a_pasted_report_is_no_title_of_the_point_that_was_asked_for(network: Teams, query: Query) -> None:
    await says(network, SAMIRA, "ik heb een agendapunt")
    assert FOUND in (await hears(network, SAMIRA, REPORT)).text
    assert query("SELECT count(*) FROM agenda_points WHERE proposer_id IS NOT NULL") == [(0,)]


async def test_it_is_left_by_a_sentence_and_then_gone_and_taken_over_by_another(network: Teams, query: Query) -> None:
    for sentence in ("laat maar", "nee", "neem het niet over"):
        shown = await hears(network, SAMIRA, REPORT)
        assert await says(network, SAMIRA, sentence) == texts.LET_BE
        assert waiting(query) == []
    assert (await presses(network, SAMIRA, shown, texts.BUTTON_TAKE)).text == texts.GONE
    assert delivered(query) == []
    await says(network, SAMIRA, REPORT)
    assert "overgenomen" in await says(network, SAMIRA, "neem maar over")
    assert len(delivered(query)) == 1


async def test_it_goes_to_the_meeting_that_its_sender_chooses(network: Teams, query: Query) -> None:
    shown = await hears(network, NELE, REPORT)
    asked = await presses(network, NELE, shown, texts.BUTTON_OTHER)
    assert texts.OF_WHICH in asked.text
    others = [one for one in titles(asked) if one != texts.BUTTON_DROP]
    assert len(others) > 1
    earlier = next(one for one in others if "okt" in one)
    await presses(network, NELE, asked, earlier)
    ((meeting, _, _),) = delivered(query)
    assert meeting != meeting_id(query, HOMEWORK)


async def test_what_names_a_day_without_a_meeting_is_asked_about(network: Teams, query: Query) -> None:
    shown = await hears(network, NELE, REPORT.replace("3 december 2026", "1 december 2026"))
    assert "Op dinsdag 1 december 2026 vind ik geen bijeenkomst" in shown.text
    assert TITLE in shown.text
    assert delivered(query) == []


async def test_without_a_day_it_is_of_the_meeting_at_hand(network: Teams) -> None:
    shown = await hears(network, SAMIRA, REPORT.replace("Datum: 3 december 2026\n", ""))
    assert IS_IT in shown.text


async def test_who_may_not_correct_hears_to_whom_to_send_it(network: Teams, query: Query) -> None:
    shown = await hears(network, JONAS, REPORT)
    assert f"Stuur het naar {SAMIRA.name}" in shown.text
    assert titles(shown) == []
    data = {"action": "take_report", "meeting": meeting_id(query, HOMEWORK), "verb": "take"}
    token = waiting(query)[0].partition(":")[2]
    (answer,) = await network.press(JONAS, JONAS.chat, {**data, "draft": token})
    assert f"Stuur het naar {SAMIRA.name}" in answer.text
    (other,) = await network.press(SAMIRA, SAMIRA.chat, {**data, "draft": token})
    assert other.text == texts.GONE
    assert delivered(query) == []


async def test_in_company_it_is_better_sent_personally(network: Teams, query: Query) -> None:
    answers = await network.say(SAMIRA, GROUP, REPORT)
    private = [one.text for one in answers if one.conversation == SAMIRA.chat.conversation]
    assert private == [texts.BETTER_PERSONALLY]
    assert waiting(query) == []


async def test_a_long_list_of_notes_is_noted_and_a_long_letter_is_no_report(network: Teams, query: Query) -> None:
    notes = "\n".join(f"besluit: we nemen beslissing nummer {number} voor de huiswerkklas" for number in range(14))
    assert "14 dingen genoteerd" in await says(network, SAMIRA, notes)
    await says(network, SAMIRA, "Beste bot,\n\n" + "Dit is een lange brief zonder enig verslag erin. " * 30)
    assert waiting(query) == []


async def test_a_pasted_report_waits_through_a_restart(settings: Settings, query: Query) -> None:
    async with teams_on_loopback() as teams:
        async with running(settings) as bot:
            teams.bot_url = bot.url
            shown = await hears(teams, SAMIRA, REPORT)
        async with running(settings) as again:
            teams.bot_url = again.url
            assert "overgenomen" in (await presses(teams, SAMIRA, shown, texts.BUTTON_TAKE)).text
    assert len(delivered(query)) == 1


async def test_where_a_report_is_announced_it_says_how_to_give_it(network: Teams) -> None:
    assert await says(network, SAMIRA, "hier is het verslag") == texts.HOW


# --- files


async def test_a_file_is_read_meanwhile_and_told_of_with_the_same_buttons(
    network: Teams, files: Files, query: Query
) -> None:
    told = await sends(network, SAMIRA, files)
    assert network.texts_in(SAMIRA.chat)[0] == texts.READING
    assert told.text == f"Ik heb “verslag.txt” gelezen: {FOUND}. {IS_IT}"
    assert files.asked == ["None"]
    assert query("SELECT state, url, reason FROM uploads") == [("read", "", None)]
    taken = await presses(network, SAMIRA, told, texts.BUTTON_TAKE)
    assert "overgenomen" in taken.text
    assert delivered(query) == [(meeting_id(query, HOMEWORK), "verslag.txt", person_id(query, SAMIRA))]


async def test_a_word_file_is_read_and_taken_over_by_a_sentence(network: Teams, files: Files, query: Query) -> None:
    files.data = word(REPORT)
    told = await sends(network, SAMIRA, files, "verslag")
    assert "“verslag.txt”" in told.text
    assert FOUND in told.text
    assert "overgenomen" in await says(network, SAMIRA, "ja")
    assert len(delivered(query)) == 1


def word(text: str) -> bytes:
    """The smallest Word document that holds these lines."""
    kinds_ = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    leads = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    main = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{lines}</w:body></w:document>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", kinds_)
        archive.writestr("_rels/.rels", leads)
        archive.writestr("word/document.xml", main)
    return held.getvalue()


UNREADABLE: dict[str, tuple[bytes, int, Unread]] = {
    "an image": (b"\x89PNG\r\n\x1a\n" + b"x" * 100, 200, Unread.IMAGE),
    "a link that is dead": (b"", 404, Unread.LINK_DEAD),
    "an empty file": (b"", 200, Unread.EMPTY),
}


@pytest.mark.parametrize("what", UNREADABLE)
async def test_what_cannot_be_read_gets_its_sentence(network: Teams, files: Files, query: Query, what: str) -> None:
    files.data, files.status, reason = UNREADABLE[what]
    told = await sends(network, SAMIRA, files, "foto.png")
    assert told.text == f"“foto.png.txt”: {SENTENCES[reason]}"
    assert query("SELECT state, url, reason FROM uploads") == [("refused", "", reason.value)]


async def test_a_letter_is_no_report(network: Teams, files: Files, query: Query) -> None:
    files.data = b"Beste allemaal,\n\nTot morgen.\n"
    assert (await sends(network, SAMIRA, files)).text == texts.NOTHING_FOUND.format(name="verslag.txt")
    assert waiting(query) == []


async def test_a_file_goes_to_the_meeting_that_the_message_names(network: Teams, files: Files) -> None:
    files.data = REPORT.replace("Datum: 3 december 2026\n", "").encode()
    told = await sends(network, NELE, files, text="hier is het verslag van 15 oktober")
    assert "(donderdag 15 oktober 2026)?" in told.text


async def test_a_file_from_elsewhere_or_without_an_address_is_not_fetched(network: Teams, query: Query) -> None:
    urls = ("https://evil.example/verslag.docx", "", "file:///etc/passwd", "x" * 9_000)
    await network.deliver(with_files(network, SAMIRA, *map(attachment, urls)))
    await until(lambda: query("SELECT count(*) FROM uploads WHERE state = 'refused'") == [(4,)])
    assert {reason for (reason,) in query("SELECT reason FROM uploads")} == {"wrong_place"}
    await until(lambda: SENTENCES[Unread.WRONG_PLACE] in network.texts_in(SAMIRA.chat)[-1])


async def test_files_in_company_and_of_strangers_are_refused(network: Teams, files: Files, query: Query) -> None:
    file = attachment(files.url)
    for where in (GROUP, CHANNEL):
        await network.deliver(with_files(network, SAMIRA, file, where=where, text="lees dit"))
    assert texts.BETTER_PERSONALLY in network.texts_in(SAMIRA.chat)
    for who in (MIRA, JORIS):
        (answer,) = await network.deliver(with_files(network, who, file))
        assert answer.text
    assert query("SELECT count(*) FROM uploads") == [(0,)]
    assert files.asked == []


async def test_pictures_in_the_text_and_cards_are_no_files(network: Teams, query: Query) -> None:
    html = {"contentType": "text/html", "content": "<p>dag</p>"}
    image = {"contentType": "image/*", "contentUrl": "https://smba.trafficmanager.net/x"}
    (answer,) = await network.deliver(with_files(network, SAMIRA, html, image, {"contentType": 7}, text="dag"))
    assert texts.READING not in answer.text
    for strange in ([], {}, "x", [None, 3, "x"], [{"contentType": FILE, "content": "x"}]):
        await network.deliver({**network.message(SAMIRA, SAMIRA.chat, "dag"), "attachments": strange})
    assert query("SELECT count(*) FROM uploads") == [(1,)]


async def test_the_same_message_twice_is_read_once_and_many_files_wait_outside(
    network: Teams, files: Files, query: Query
) -> None:
    files.stall = 100
    message = with_files(network, SAMIRA, *[attachment(files.url, f"{number}.txt") for number in range(7)])
    await network.deliver(message)
    await network.deliver(message)
    assert network.texts_in(SAMIRA.chat) == [texts.READING_SOME.format(count=5)]
    await network.deliver(with_files(network, SAMIRA, attachment(files.url)))
    assert network.texts_in(SAMIRA.chat)[-1] == texts.BUSY
    assert await says(network, SAMIRA, "overnemen") == texts.STILL_READING
    assert query("SELECT count(*) FROM uploads") == [(5,)]


async def test_killed_while_it_reads_another_takes_it_up_and_it_is_told_once(
    settings: Settings, files: Files, query: Query, tmp_path: Path
) -> None:
    files.stall = 1  # the first one that begins on it hangs
    url = settings.database_url
    async with teams_on_loopback() as teams:
        house = house_at(url)
        person = await house.people.by_email(SAMIRA.mail)
        query(f"UPDATE people SET entra_id = '{SAMIRA.aad}' WHERE email = '{SAMIRA.mail}'")
        chat = Place(SAMIRA.chat.conversation, PlaceKind.PERSONAL, teams.service_url, TENANT, entra_id=SAMIRA.aad)
        await house.places.keep(chat)
        sent = [Sent("verslag.txt", files.url)]
        await house.uploads.ask(sent, Viewer(person, member=True), SAMIRA.chat.conversation, NOW)
        await house.close()
        with replicas(url, NOW, tmp_path, count=1) as bots:
            await until(lambda: files.asked)
            bots.kill(0)
            bots.start()
            await until(lambda: teams.texts_in(SAMIRA.chat))
            await asyncio.sleep(0.5)  # a second one would come now
    assert [FOUND in one for one in teams.texts_in(SAMIRA.chat)] == [True]
    assert query("SELECT state, url, tries FROM uploads") == [("read", "", 2)]
    assert query("SELECT state FROM notices WHERE kind = 'upload_read'") == [("sent",)]


async def test_a_press_twice_takes_it_over_once(network: Teams, query: Query) -> None:
    shown = await hears(network, SAMIRA, REPORT)
    data = {**network.message(SAMIRA, SAMIRA.chat, ""), "text": "", "value": shown.button(texts.BUTTON_TAKE)}
    await asyncio.gather(*(network.status({**data, "id": f"druk-{number}"}) for number in range(3)))
    assert len(delivered(query)) == 1
