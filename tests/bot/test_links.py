"""Signed links to files: who gets which, for how long, and what a guess, an old or a foreign link gives: nothing."""

import asyncio
import logging
import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from icalendar import Calendar
from itsdangerous import URLSafeSerializer
from openpyxl import load_workbook

from bot.app import Running, running
from bot.settings import Settings
from dialogs.texts import files as texts
from dialogs.texts import pages
from dialogs.texts.refusals import SENTENCES
from storage.domain.links import Leads
from storage.domain.people import Person, Viewer
from storage.domain.refusals import MeetingOver, NotCoordinator
from storage.services.house import House, house_at
from storage.services.links import _SHA256
from tests.bot.connector import CHANNEL, JONAS, MIRA, NELE, Teams, User
from tests.conftest import NOW

Query = Callable[[str], list[tuple[Any, ...]]]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MEETING = 2
"""The next intervisie of the demo network."""


async def asked(url: str, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
    """The status, body and headers at an address."""
    async with aiohttp.ClientSession() as session, session.request(method, url) as response:
        return response.status, await response.read(), dict(response.headers)


async def person(house: House, user: User) -> Person:
    """Somebody of the demo network."""
    found = await house.people.by_email(user.mail)
    assert found is not None
    return found


async def calendar_link(bot: Running, user: User = JONAS) -> str:
    """A link to a calendar file, as it is given now."""
    url = await bot.house.links.calendar(MEETING, (await person(bot.house, user)).id, bot.clock.now())
    assert url is not None
    return url


async def list_link(bot: Running, user: User = NELE) -> str:
    """A link to the full list, as it is given now."""
    viewer = Viewer(await person(bot.house, user), member=True)
    url = await bot.house.links.participants(MEETING, viewer, bot.clock.now())
    assert url is not None
    return url


def token_of(url: str) -> str:
    """The token in an address."""
    return url.split("/")[-2]


# The files


async def test_a_calendar_link_gives_the_meeting(bot: Running) -> None:
    status, body, headers = await asked(await calendar_link(bot))
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"] == 'attachment; filename="intervisie-2026-12-03.ics"'
    (event,) = Calendar.from_ical(body).walk("VEVENT")
    assert event["uid"] == "intervisie-huiswerk@ambassadeursbot"


async def test_a_list_link_gives_everybody_on_the_list_to_a_coordinator(bot: Running) -> None:
    status, body, headers = await asked(await list_link(bot))
    assert status == 200
    assert headers["Content-Disposition"] == 'attachment; filename="deelnemers-intervisie-2026-12-03.xlsx"'
    names = [row[0] for row in load_workbook(BytesIO(body))[texts.SHEET_LIST].iter_rows(min_row=2, values_only=True)]
    assert {"Jonas Claerhout", "Wout Lambrechts", "Griet Maes"} <= set(names)


@pytest.mark.parametrize("link", [calendar_link, list_link])
async def test_no_browser_proxy_or_search_engine_keeps_or_guesses(bot: Running, link: Any) -> None:
    _, _, headers = await asked(await link(bot))
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("link", [calendar_link, list_link])
async def test_a_head_request_is_answered_without_a_body(bot: Running, link: Any) -> None:
    status, body, headers = await asked(await link(bot), "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


async def test_who_looks_first_uses_nothing_up(bot: Running) -> None:
    url = await calendar_link(bot)
    assert [(await asked(url, method))[0] for method in ("HEAD", "GET", "GET", "HEAD", "GET")] == [200] * 5


async def test_the_name_in_the_address_decides_nothing(bot: Running) -> None:
    url = await calendar_link(bot)
    status, _, headers = await asked(url.rpartition("/")[0] + "/deelnemers.xlsx")
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")


async def test_the_file_is_as_the_meeting_stands_when_it_is_opened(bot: Running, query: Query) -> None:
    url = await calendar_link(bot)
    query(f"UPDATE meetings SET title = 'Verzet', revision = 5 WHERE id = {MEETING}")
    (event,) = Calendar.from_ical((await asked(url))[1]).walk("VEVENT")
    assert (str(event["summary"]), event["sequence"]) == ("Verzet", 5)


# What gives nothing


def is_refused(answer: tuple[int, bytes, dict[str, str]]) -> bool:
    """Whether that was the one page that says nothing of why."""
    status, body, headers = answer
    return (status, body.decode(), headers["Cache-Control"]) == (404, pages.LINK_DOES_NOT_WORK, "no-store")


@pytest.mark.parametrize(
    "path",
    ["/bestand/", "/bestand/x", "/bestand/x/y.ics", "/bestand/a/b/c", f"/bestand/{'a' * 4_000}/b.ics",
     "/bestand/%00/%ff.ics", "/bestand/..%2f..%2fetc/passwd", f"/bestand/{quote('é' * 60)}/x.ics"],
)  # fmt: skip
async def test_an_address_that_nobody_gave_is_refused(bot: Running, path: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}{path}") as response:
        answer = response.status, await response.read(), dict(response.headers)
    assert is_refused(answer)


async def test_a_link_is_refused_once_its_time_is_over(bot: Running) -> None:
    links, now = bot.house.links, bot.clock.now()
    calendar, full = token_of(await calendar_link(bot)), token_of(await list_link(bot))
    assert await links.opened(calendar, now + 90 * DAY - MINUTE) is not None
    assert await links.opened(calendar, now + 90 * DAY + MINUTE) is None
    assert await links.opened(full, now + 14 * MINUTE) is not None
    assert await links.opened(full, now + 16 * MINUTE) is None


async def test_an_expired_link_gives_the_same_page(bot: Running) -> None:
    nele = Viewer(await person(bot.house, NELE), member=True)
    url = await bot.house.links.participants(MEETING, nele, bot.clock.now() - 16 * MINUTE)
    assert url is not None
    assert is_refused(await asked(url))


async def test_who_no_longer_coordinates_gets_the_list_no_more(bot: Running, query: Query) -> None:
    url = await list_link(bot)
    query(f"UPDATE people SET role = 'ambassador' WHERE email = '{NELE.mail}'")
    assert is_refused(await asked(url))


async def test_nobody_else_is_given_a_link_to_the_list(bot: Running) -> None:
    jonas = Viewer(await person(bot.house, JONAS), member=True)
    for viewer in (jonas, Viewer(None, member=True), Viewer(None, member=False)):
        with pytest.raises(NotCoordinator):
            await bot.house.links.participants(MEETING, viewer, bot.clock.now())


@pytest.mark.parametrize(("meeting", "who"), [(99_999, None), (MEETING, 99_999)], ids=["meeting", "person"])
async def test_what_is_not_there_any_more_is_refused(bot: Running, meeting: int, who: int | None) -> None:
    someone = who or (await person(bot.house, JONAS)).id
    url = await bot.house.links.calendar(meeting, someone, bot.clock.now())
    assert url is not None
    assert is_refused(await asked(url))


async def test_a_token_with_any_part_changed_is_refused(bot: Running) -> None:
    token, now, chance = token_of(await list_link(bot)), bot.clock.now(), random.Random(5)
    assert await bot.house.links.opened(token, now) is not None
    letters = "ABCXYZabcxyz0189_-."
    tried = [token[:-1], token + "A", token.upper(), token.replace(".", ""), token[::-1], f"{token}.{token}"]
    for place in range(len(token) - 1):  # of the last letter's bits two mean nothing
        other = chance.choice([letter for letter in letters if letter != token[place]])
        tried.append(token[:place] + other + token[place + 1 :])
    assert [one for one in tried if await bot.house.links.opened(one, now) is not None] == []


async def test_random_tokens_are_refused(bot: Running) -> None:
    now, chance = bot.clock.now(), random.Random(6)
    shapes = ["".join(map(chr, chance.choices(range(1, 1_200), k=chance.randrange(0, 300)))) for _ in range(300)]
    shapes += ["", "." * 60, "\ud800" * 30, "A" * 100_000, "..".join("ab" * 20), "W10.".ljust(60, "x"), "x" * 60 + "\n"]
    assert [one for one in shapes if await bot.house.links.opened(one, now) is not None] == []


@pytest.mark.parametrize("key", ["", "sleutel", "x" * 43])
async def test_a_token_signed_by_somebody_else_is_refused(bot: Running, key: str) -> None:
    nele, until = await person(bot.house, NELE), int((bot.clock.now() + DAY).timestamp())
    await list_link(bot)
    forged = URLSafeSerializer(key, salt="files", signer_kwargs=_SHA256).dumps(["list", MEETING, nele.id, until])
    assert await bot.house.links.opened(str(forged), bot.clock.now()) is None


@pytest.mark.parametrize("content", [[], {}, "x", 5, None, ["list"], ["other", 1, 1, 4_000_000_000], [1, 2, 3, 4, 5]])
async def test_a_token_of_another_version_is_refused(bot: Running, content: object) -> None:
    signing = URLSafeSerializer(await bot.house.links.key(), salt="files", signer_kwargs=_SHA256)
    assert await bot.house.links.opened(str(signing.dumps(content)), bot.clock.now()) is None


async def test_a_token_longer_than_ours_is_not_looked_at(bot: Running) -> None:
    signing = URLSafeSerializer(await bot.house.links.key(), salt="files", signer_kwargs=_SHA256)
    jonas, chance = await person(bot.house, JONAS), random.Random(7)
    until = int("".join(chance.choices("123456789", k=300)))
    long = str(signing.dumps(["calendar", MEETING, jonas.id, until]))
    assert len(long) > 200
    assert await bot.house.links.opened(long, bot.clock.now()) is None


async def test_the_log_holds_nothing_of_a_token(bot: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = await list_link(bot)
    for address in (url, url[:-30], url + "x"):
        await asked(address)
    assert token_of(url)[:20] not in caplog.text


# The key


async def test_the_key_is_made_once_whoever_asks_first(house: House, database_url: str) -> None:
    replicas = [house_at(database_url) for _ in range(4)]
    try:
        keys = await asyncio.gather(*(one.links.key() for one in [house, *replicas] for _ in range(3)))
    finally:
        for one in replicas:
            await one.close()
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 43


async def test_a_link_of_one_replica_opens_at_another(bot: Running, settings: Settings) -> None:
    url = await calendar_link(bot)
    async with running(settings) as other:
        assert (await asked(url.replace(bot.url, other.url)))[0] == 200


async def test_without_an_address_there_are_no_links(house: House) -> None:
    assert await house.links.calendar(1, 1, NOW) is None


async def test_a_calendar_link_lasts_and_a_list_link_does_not() -> None:
    assert {one: one.works_for for one in Leads} == {
        Leads.CALENDAR: 90 * DAY,
        Leads.LIST: 15 * MINUTE,
        Leads.REPORT: DAY,
        Leads.REPORT_PDF: DAY,
        Leads.POLL_XLSX: 15 * MINUTE,
        Leads.POLL_CSV: 15 * MINUTE,
        Leads.AGENDA: DAY,
    }


# In chat


def button(query: Query, intent: str, title: str = "huiswerk") -> dict[str, object]:
    """The data of a button about a meeting of the demo network."""
    (found,) = query(f"SELECT id FROM meetings WHERE title LIKE '%{title}%' AND cancelled_at IS NULL")
    return {"action": "ask_meeting", "intent": intent, "meeting": found[0]}


def url_in(text: str) -> str:
    """The address of the link in a message."""
    return text.partition("](")[2].partition(")")[0]


async def test_a_press_for_one_s_calendar_gives_a_link_that_works(teams: Teams, query: Query) -> None:
    (told,) = await teams.press(JONAS, JONAS.chat, button(query, "registration.calendar"))
    assert url_in(told.text).startswith(teams.bot_url)
    assert told.text.count("/bestand/") == 1
    assert told.card == {}
    assert (await asked(url_in(told.text)))[0] == 200


async def test_asked_in_a_channel_the_link_is_for_the_asker_alone(teams: Teams, query: Query) -> None:
    await teams.press(JONAS, CHANNEL, button(query, "registration.calendar"))
    assert "/bestand/" not in str([one.activity for one in teams.posted if one.conversation == CHANNEL.id])
    assert "/bestand/" in teams.texts_in(JONAS.chat)[0]


async def test_a_meeting_that_is_over_needs_no_calendar(teams: Teams, query: Query) -> None:
    (told,) = await teams.press(JONAS, JONAS.chat, button(query, "registration.calendar", "thuiszitters"))
    assert told.text == SENTENCES[MeetingOver]


async def test_a_cancelled_meeting_s_file_says_so(teams: Teams, query: Query) -> None:
    data = button(query, "registration.calendar")
    query(f"UPDATE meetings SET cancelled_at = '2026-11-20 10:00:00', revision = 1 WHERE id = {data['meeting']}")
    (told,) = await teams.press(JONAS, JONAS.chat, data)
    assert "gaat niet door" in told.text
    assert b"STATUS:CANCELLED" in (await asked(url_in(told.text)))[1]


async def test_who_is_not_known_yet_is_asked_who_they_are(teams: Teams, query: Query) -> None:
    (told, *_) = await teams.press(MIRA, MIRA.chat, button(query, "registration.calendar"))
    assert "/bestand/" not in told.text


async def test_a_coordinator_gets_the_list_as_a_link_with_counts(teams: Teams, query: Query) -> None:
    (told,) = await teams.press(NELE, NELE.chat, button(query, "registration.export"))
    assert "5 ingeschreven en 2 verontschuldigd" in told.text
    assert "kwartier" in told.text
    assert (await asked(url_in(told.text)))[1].startswith(b"PK")


async def test_the_list_goes_to_the_coordinator_alone_when_asked_in_a_channel(teams: Teams, query: Query) -> None:
    await teams.press(NELE, CHANNEL, button(query, "registration.export"))
    assert not [text for text in teams.texts_in(CHANNEL) if "ingeschreven" in text or "/bestand/" in text]
    assert "/bestand/" in teams.texts_in(NELE.chat)[0]


async def test_nobody_else_gets_the_list(teams: Teams, query: Query) -> None:
    (told,) = await teams.press(JONAS, JONAS.chat, button(query, "registration.export"))
    assert told.text == SENTENCES[NotCoordinator]


@pytest.fixture
async def unnamed(teams: Teams, bot: Running) -> Teams:
    """A bot that was not told its own address."""
    bot.house.links.start_with("")
    return teams


@pytest.mark.parametrize(
    ("user", "intent"), [(JONAS, "registration.calendar"), (NELE, "registration.export")], ids=["calendar", "list"]
)
async def test_without_an_address_the_bot_says_so_and_breaks_no_link(
    unnamed: Teams, query: Query, user: User, intent: str
) -> None:
    (told,) = await unnamed.press(user, user.chat, button(query, intent))
    assert told.text.startswith(texts.NO_FILES)
    assert not re.search(r"https?://", told.text)
    assert "/bestand/" not in str(told.activity)


async def test_links_start_with_the_address_that_was_set(database: Path, settings: Settings) -> None:
    async with running(replace(settings, public_url="https://bot.example")) as bot:
        url = await calendar_link(bot)
        assert url.startswith("https://bot.example/bestand/")
        assert (await asked(url.replace("https://bot.example", bot.url)))[0] == 200
