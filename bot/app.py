"""Joins all parts once: settings, storage, Teams and the web server. The only place that knows them all."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web

from bot.clock import Clock
from bot.files import downloading
from bot.files.file_hosts import FILE_HOSTS
from bot.files.understanding import read_report
from bot.giving import Giving, Put
from bot.invokes import Invokes
from bot.jobs.errands import Errands
from bot.jobs.poll_rosters import PollRosters
from bot.jobs.uploads import Fetch, Uploads
from bot.links import Files
from bot.observing.lag import sampling_lag
from bot.observing.metrics import Metrics
from bot.observing.pages import Pages
from bot.observing.readiness import Check, Readiness
from bot.outbox import Outbox
from bot.reach import Reach
from bot.settings import Settings
from bot.teams.connector import Connector
from bot.teams.endpoint import MOST_BYTES, Endpoint
from bot.teams.guard import Guard
from bot.teams.keys import SigningKeys
from bot.teams.messenger import Messenger
from bot.teams.pace import Pace
from bot.teams.tokens import Tokens, tokens_for
from bot.turns import Turns
from dialogs.language.parts import understand_all
from dialogs.texts import pages
from dialogs.texts.general import EXAMPLE_KIND
from storage.domain.calendar import SendingHours
from storage.domain.identifying import findings
from storage.services.house import House, house_at
from storage.services.notices import Pace as NoticePace

if TYPE_CHECKING:
    from bot.teams.adapter import TeamsEndpoint

log = logging.getLogger(__name__)

FORGET_EVERY = 3600.0
"""Seconds between two times that old conversations are forgotten."""

FINISH_WITHIN = 30.0
"""Seconds that turns in flight and notices get, together, to finish when the bot stops."""

MOST_CONNECTIONS = 400
"""To Teams, at once: a turn waits for its answer to be taken, and many people may write at the same time."""

NOTICES_SHARE = 0.88
"""Of what Teams allows for everybody, what notices take."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that listens."""

    url: str
    house: House
    clock: Clock


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[House]:
    """The storage, migrated, and closed afterwards. Raises DatabaseUnreachable."""
    house = house_at(settings.database_url)
    house.uploads.read_with(read_report)
    try:
        await house.migrate()
        house.keep_urn_key(settings.urn_key)
        yield house
    finally:
        await house.close()


@asynccontextmanager
async def running(settings: Settings, sends: bool = True) -> AsyncIterator[Running]:
    """A bot that listens on the settings' port (0: any free one). Leaving it finishes the turns in flight.

    `sends`: whether it also sends what is planned; not where it only borrows the database of a bot that can reach
    people. Raises OSError when the port is taken.
    """
    clock, metrics = Clock(settings.starts_at), Metrics()
    connections = aiohttp.TCPConnector(limit=MOST_CONNECTIONS)
    async with (
        opened(settings) as house,
        aiohttp.ClientSession(connector=connections) as session,
        sampling_lag(metrics.lagged),
    ):
        tokens, keys = tokens_for(settings), SigningKeys(session, settings.openid_metadata_url)
        pace = Pace(settings.sends_per_second)
        messenger = Messenger(Connector(session, tokens, settings.allows_service_url, pace, metrics))
        house.notices.keep_hours(SendingHours(settings.sending_from, settings.sending_until))
        house.links.start_with(settings.link_base)
        reach = Reach(house, messenger, f"28:{settings.app_id}")
        outbox = Outbox(house, messenger, clock, metrics, reach, _notice_pace(settings))
        house.on_planned(outbox.wake)
        giving = Giving(house, messenger, clock, _put(settings))
        turns = Turns(house, messenger, clock, metrics, giving=giving)
        invokes = Invokes(house, messenger, clock, metrics, giving)
        readiness = Readiness(_checks(settings, house, keys, tokens))
        pages_for_operators = Pages(readiness, metrics, settings.metrics_token)
        pages_for_operators.refresh_with(outbox.count)
        app = _web_app(_endpoint(settings, keys, turns, invokes, metrics), pages_for_operators, Files(house, clock))
        await _warm_up(house, clock)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=FINISH_WITHIN)
        await runner.setup()
        background = [asyncio.create_task(_forget(house, clock))]
        if sends:
            uploads = Uploads(house, clock, _fetch(settings))
            house.uploads.on_asked(uploads.wake)
            jobs = (outbox, Errands(house, clock), PollRosters(house, messenger, clock), uploads)
            background.extend(asyncio.create_task(one.run()) for one in jobs)
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
            port = runner.addresses[0][1]
            house.links.start_with(replace(settings, port=port).link_base)
            yield Running(f"http://127.0.0.1:{port}", house, clock)
        finally:
            await _finish(runner, background, turns, invokes, outbox, giving)
            await readiness.close()


async def _finish(
    runner: web.AppRunner, background: Collection[asyncio.Task[None]], *busy: Turns | Invokes | Outbox | Giving
) -> None:
    """Take nothing new any more, and finish what these are busy with."""
    for task in background:
        task.cancel()  # first: what would still be claimed has less time to be sent
    await runner.cleanup()
    ended = asyncio.wait(background, timeout=FINISH_WITHIN)
    await asyncio.gather(*(one.finish(FINISH_WITHIN) for one in busy), ended)


async def _warm_up(house: House, clock: Clock) -> None:
    """Read everything that understanding and checking texts need before somebody waits for it."""
    findings(EXAMPLE_KIND)
    network = (await house.visitors.visit(None, "")).network
    for names in [await house.names.at(network, clock.now(), for_coordinator) for for_coordinator in (False, True)]:
        understand_all(EXAMPLE_KIND, clock.now().astimezone(ZoneInfo(network.timezone)), names)


def _fetch(settings: Settings) -> Fetch:
    """How a file that somebody sent is fetched: from Teams' own hosts, or those of them that the settings leave."""
    return partial(downloading.download, hosts=settings.file_hosts or FILE_HOSTS, loopback=settings.local_only)


def _put(settings: Settings) -> Put:
    """How a report is put where Teams wants it: at the same hosts."""
    return partial(downloading.put, hosts=settings.file_hosts or FILE_HOSTS, loopback=settings.local_only)


def _notice_pace(settings: Settings) -> NoticePace:
    """A little under what Teams allows for everybody: replies need room as well."""
    return NoticePace(a_second=NOTICES_SHARE * settings.sends_per_second)


async def _forget(house: House, clock: Clock) -> None:
    """Forget what is old, now and every hour."""
    while True:
        for forget in (
            house.visitors.forget_old,
            house.activities.forget_old,
            house.notices.forget_old,
            house.announcements.forget_old,
            house.retention.forget_old,
            house.uploads.forget_old,
        ):
            try:
                await forget(clock.now())
            except Exception:
                log.exception("what is old not forgotten")
        await asyncio.sleep(FORGET_EVERY)


def _checks(settings: Settings, house: House, keys: SigningKeys, tokens: Tokens) -> dict[str, Check]:
    """What must be well before a turn can be taken, by the code that /readyz gives it."""
    checks: dict[str, Check] = {"database": house.ping}
    if not settings.local_only:
        checks["token"] = tokens.token
        if not settings.through_sdk:
            checks["keys"] = keys.ready
    return checks


def _endpoint(
    settings: Settings, keys: SigningKeys, turns: Turns, invokes: Invokes, metrics: Metrics
) -> "Endpoint | TeamsEndpoint":
    if settings.through_sdk:
        from bot.teams.adapter import TeamsEndpoint  # noqa: PLC0415 - only the fallback needs the SDK, which loads slowly

        return TeamsEndpoint(settings, turns.take)
    guard = None if settings.local_only else Guard(keys, settings.app_id)
    return Endpoint(settings, guard, turns.take, metrics, invokes.answer)


def _web_app(endpoint: "Endpoint | TeamsEndpoint", pages_for_operators: Pages, files: Files) -> web.Application:
    app = web.Application(client_max_size=MOST_BYTES)
    app.router.add_post("/api/messages", endpoint.handle)
    pages_for_operators.add_to(app.router)
    files.add_to(app.router)
    for path, page in (("/", pages.ABOUT), ("/privacy", pages.PRIVACY), ("/voorwaarden", pages.TERMS)):
        app.router.add_get(path, _page(page))
    return app


def _page(html: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=html, content_type="text/html")

    return handle
