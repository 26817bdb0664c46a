"""The report as a file through Teams: offered in one's own chat, put where Teams says once somebody wants it."""

import asyncio
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from aiohttp import web

from bot.teams.messenger import FILE_CONSENT, FILE_INFO
from storage.services.house import House
from tests.bot.connector import CHANNEL, JONAS, JORIS, Json, Posted, Teams, User
from tests.bot.lists import Query
from tests.bot.reports import held, noted, posted

INVOKE = "fileConsent/invoke"


@dataclass
class OneDrive:
    """A stand-in for where Teams keeps people's files."""

    url: str = ""
    got: list[bytes] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    status: int = 201


@pytest.fixture
async def drive() -> AsyncIterator[OneDrive]:
    """One that listens."""
    made = OneDrive()

    async def take(request: web.Request) -> web.Response:
        made.headers.append(f"{request.headers['Content-Range']} {'Authorization' in request.headers}")
        made.got.append(await request.read())
        return web.Response(status=made.status)

    app = web.Application(client_max_size=20_000_000)
    app.router.add_put("/{name}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/verslag"
    yield made
    await runner.cleanup()


async def offered(teams: Teams, who: User = JONAS, text: str = "stuur mij het verslag") -> Json:
    """The file that is offered to somebody who asks for it."""
    told = [one for one in await teams.say(who, who.chat, text) if one.attachments]
    return next(one for one in told[-1].attachments if one["contentType"] == FILE_CONSENT)


def consent(offer: Json, url: str, action: str = "accept") -> Json:
    """What Teams sends when somebody answers."""
    upload = {"uploadUrl": url, "contentUrl": "https://x.example/v.docx", "name": "v.docx", "uniqueId": "7"}
    content = offer["content"]["acceptContext"]
    return {"type": "fileUpload", "action": action, "context": content, "uploadInfo": {**upload, "fileType": "docx"}}


async def answers(teams: Teams, value: Json, who: User = JONAS) -> list[Posted]:
    """What the bot says once the file was given, or not."""
    teams.quiet()
    status, _ = await teams.invoke(who, who.chat, INVOKE, value)
    assert status == 200
    return await told_after(teams)


async def told_after(teams: Teams) -> list[Posted]:
    """What the bot says, once it says something."""
    async with asyncio.timeout(10):
        while not teams.posted:  # noqa: ASYNC110 - what comes over a socket sets no event of ours
            await asyncio.sleep(0.02)
    return teams.posted


async def test_who_asks_for_the_report_is_offered_the_file_with_its_size(
    teams: Teams, bot_house: House, query: Query
) -> None:
    number = await held(bot_house, query)
    await noted(bot_house, number)
    await posted(bot_house, number)
    offer = await offered(teams)
    assert offer["name"] == "verslag-intervisie-2026-11-19.docx"
    assert offer["content"]["sizeInBytes"] > 10_000
    assert offer["content"]["acceptContext"] == {"meeting": number}


async def test_accepted_it_is_put_where_teams_says_and_shown(
    teams: Teams, bot_house: House, query: Query, drive: OneDrive
) -> None:
    number = await held(bot_house, query)
    await noted(bot_house, number)
    await posted(bot_house, number)
    (told,) = await answers(teams, consent(await offered(teams), drive.url))
    (file,) = drive.got
    assert b"Elk huis kiest een vast uur." in zipfile.ZipFile(BytesIO(file)).read("word/document.xml")
    assert drive.headers == [f"bytes 0-{len(file) - 1}/{len(file)} False"]
    (shown,) = told.attachments
    assert (shown["contentType"], shown["contentUrl"]) == (FILE_INFO, "https://x.example/v.docx")
    assert shown["content"] == {"uniqueId": "7", "fileType": "docx"}


async def test_the_same_consent_twice_gives_one_file(
    teams: Teams, bot_house: House, query: Query, drive: OneDrive
) -> None:
    number = await held(bot_house, query)
    await posted(bot_house, number)
    value = consent(await offered(teams), drive.url)
    activity = {**teams.activity(JONAS, JONAS.chat, "invoke"), "name": INVOKE, "value": value}
    teams.quiet()
    assert [(await teams.invoked(activity))[0] for _ in range(2)] == [200, 200]
    await told_after(teams)
    assert len(drive.got) == 1


async def test_declined_nothing_is_given(teams: Teams, bot_house: House, query: Query, drive: OneDrive) -> None:
    await posted(bot_house, await held(bot_house, query))
    (told,) = await answers(teams, consent(await offered(teams), drive.url, "decline"))
    assert (told.text, drive.got) == ("In orde, ik stuur het niet.", [])


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "http://10.0.0.1/x", "https://sharepoint.com.evil.example/x"]
)
async def test_it_goes_nowhere_but_to_teams_own_places(
    teams: Teams, bot_house: House, query: Query, drive: OneDrive, url: str
) -> None:
    await posted(bot_house, await held(bot_house, query))
    (told,) = await answers(teams, consent(await offered(teams), url))
    assert told.text.startswith("Teams nam het bestand niet aan.")
    assert drive.got == []


async def test_a_place_that_refuses_is_told(teams: Teams, bot_house: House, query: Query, drive: OneDrive) -> None:
    await posted(bot_house, await held(bot_house, query))
    offer = await offered(teams)
    drive.status = 403
    (told,) = await answers(teams, consent(offer, drive.url))
    assert told.text.startswith("Teams nam het bestand niet aan.")


async def test_a_stranger_with_the_same_consent_gets_nothing(
    teams: Teams, bot_house: House, query: Query, drive: OneDrive
) -> None:
    await posted(bot_house, await held(bot_house, query))
    value = consent(await offered(teams), drive.url)
    (told,) = await answers(teams, value, JORIS)
    assert drive.got == []
    assert told.text == "Van die bijeenkomst is er (nog) geen verslag."


async def test_before_it_is_posted_others_get_no_report(teams: Teams, bot_house: House, query: Query) -> None:
    number = await held(bot_house, query)
    await noted(bot_house, number)
    told = await teams.say(JONAS, JONAS.chat, "stuur mij het verslag")
    assert not [one for post in told for one in post.attachments if one["contentType"] == FILE_CONSENT]
    assert "geen verslag" in told[-1].text


async def test_in_a_channel_it_is_told_in_person(teams: Teams, bot_house: House, query: Query) -> None:
    await teams.say(JONAS, JONAS.chat, "dag")
    await posted(bot_house, await held(bot_house, query))
    told = await teams.say(JONAS, CHANNEL, "stuur mij het verslag")
    assert not [one for post in told for one in post.attachments if one["contentType"] == FILE_CONSENT]
    assert [one.conversation for one in told if "Word-document" in one.text] == [JONAS.chat.conversation]
