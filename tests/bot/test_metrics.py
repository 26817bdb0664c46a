"""/metrics: figures for Prometheus, to this machine or who shows the token, and never who said what."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import HttpVersion10, web
from prometheus_client.parser import text_string_to_metric_families

from bot.app import Running
from bot.observing.lag import SAMPLE_EVERY, sampling_lag
from bot.observing.metrics import KINDS, Metrics
from bot.observing.pages import Pages
from bot.observing.readiness import Readiness

TOKEN = "zeester-77-geheim-é"
NAME = "Nele Verhaegen"
ID = "29:1-b0f0c0de-0000-4000-8000-00000000000a"


def figures(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, which stand in the order of their names."""
    families = text_string_to_metric_families(metrics.text().decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def of(metrics: Metrics, name: str, *labels: str) -> float | None:
    """One sample."""
    return figures(metrics).get((f"ambassadeursbot_{name}", *labels))


@asynccontextmanager
async def served(pages: Pages, path: Path | None = None) -> AsyncIterator[str]:
    """The pages on loopback, or on a socket in the file system, where nobody has an address."""
    app = web.Application()
    pages.add_to(app.router)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site: web.BaseSite = web.UnixSite(runner, path) if path else web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield "http://localhost" if path else f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def status(url: str, headers: dict[str, str] | None = None, **session: object) -> int:
    """The status of /metrics."""
    async with (
        aiohttp.ClientSession(**session) as client,  # type: ignore[arg-type]
        client.get(f"{url}/metrics", headers=headers or {}) as response,
    ):
        return response.status


@pytest.fixture
def metrics() -> Metrics:
    """The figures of a bot that did nothing yet."""
    return Metrics()


@pytest.fixture
async def url(metrics: Metrics) -> AsyncIterator[str]:
    """The pages of a bot with a token for its figures."""
    async with served(Pages(Readiness({}), metrics, TOKEN)) as address:
        yield address


async def test_a_program_on_this_machine_sees_the_figures(bot: Running) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/metrics") as response:
        assert (response.status, response.headers["Content-Type"]) == (
            200,
            "text/plain; version=0.0.4; charset=utf-8",
        )
        text = await response.text()
    assert "# TYPE ambassadeursbot_turns_total counter" in text.splitlines()


async def test_a_head_request_is_answered_without_a_body(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.head(f"{url}/metrics") as response:
        assert (response.status, await response.read()) == (200, b"")


async def test_the_name_localhost_is_this_machine_too(url: str) -> None:
    assert await status(url, {"Host": "localhost:3978"}) == 200


PASSED_ON = {
    "Forwarded": "for=192.0.2.1",
    "forwarded": "",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "bot.example",
    "X-Real-IP": "127.0.0.1",
    "Via": "1.1 proxy",
    "X-Original-For": "192.0.2.1",
    "CF-Connecting-IP": "192.0.2.1",
}


@pytest.mark.parametrize("header", PASSED_ON.items(), ids=PASSED_ON.keys())
async def test_what_a_proxy_passes_on_does_not_come_from_this_machine(url: str, header: tuple[str, str]) -> None:
    assert await status(url, dict([header])) == 404


@pytest.mark.parametrize("host", ["bot.example", "127.0.0.1.bot.example", "localhost.bot.example:3978", "", "["])
async def test_a_request_for_the_site_by_its_name_does_not_come_from_this_machine(url: str, host: str) -> None:
    assert await status(url, {"Host": host}) == 404


async def test_the_old_http_of_a_bare_proxy_does_not_come_from_this_machine(url: str) -> None:
    assert await status(url, version=HttpVersion10) == 404


async def test_who_has_no_address_on_this_machine_does_not_come_from_it(metrics: Metrics, tmp_path: Path) -> None:
    path = tmp_path / "pages"
    async with served(Pages(Readiness({}), metrics, TOKEN), path) as url:
        assert await status(url, connector=aiohttp.UnixConnector(str(path))) == 404
        shown = {"Authorization": f"Bearer {TOKEN}"}
        assert await status(url, shown, connector=aiohttp.UnixConnector(str(path))) == 200


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
async def test_who_shows_the_token_sees_the_figures_from_anywhere(url: str, scheme: str) -> None:
    away = {"X-Forwarded-For": "192.0.2.1", "Host": "bot.example"}
    assert await status(url, {**away, "Authorization": f"{scheme} {TOKEN}"}) == 200


WRONG = ["", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer \udcff"]


@pytest.mark.parametrize("shown", WRONG)
async def test_another_token_opens_nothing(url: str, shown: str) -> None:
    headers = {"Via": "1.1 proxy", "Authorization": shown}
    assert await status(url, headers) == 404


@pytest.mark.parametrize("shown", ["Bearer", "Bearer ", "Bearer None"])
async def test_without_a_token_in_the_settings_none_opens_anything(metrics: Metrics, shown: str) -> None:
    async with served(Pages(Readiness({}), metrics, "")) as url:
        assert await status(url, {"Via": "1.1 proxy", "Authorization": shown}) == 404


async def test_a_refusal_looks_like_a_page_that_is_not_there(url: str) -> None:
    told = []
    async with aiohttp.ClientSession(headers={"Via": "1.1 proxy"}) as session:
        for page in ("metrics", "niets"):
            async with session.get(f"{url}/{page}") as response:
                told.append((response.status, response.headers["Content-Type"], await response.text()))
    assert told[0] == told[1]


async def test_figures_are_given_while_the_database_is_away(
    bot: Running, query: Callable[[str], list[tuple[object, ...]]]
) -> None:
    query("ALTER TABLE alembic_version RENAME TO gone")
    assert await status(bot.url) == 200


async def test_the_outbox_is_counted_when_the_figures_are_asked_for(metrics: Metrics) -> None:
    async def count() -> None:
        metrics.outbox({"ready": 3}, 12.5)

    pages = Pages(Readiness({}), metrics, "")
    pages.refresh_with(count)
    async with served(pages) as url:
        assert await status(url) == 200
    assert (of(metrics, "outbox_notices", "ready"), of(metrics, "outbox_oldest_due_age_seconds")) == (3, 12.5)


async def test_an_outbox_that_cannot_be_counted_is_left_out(metrics: Metrics) -> None:
    async def fail() -> None:
        raise OSError("database")

    metrics.outbox({"ready": 3}, 12.5)
    pages = Pages(Readiness({}), metrics, "")
    pages.refresh_with(fail)
    async with served(pages) as url:
        assert await status(url) == 200
    assert of(metrics, "outbox_notices", "ready") is None


async def test_an_outbox_that_is_never_counted_does_not_hold_up_the_rest(metrics: Metrics) -> None:
    pages = Pages(Readiness({}), metrics, "")
    pages.refresh_with(lambda: asyncio.Event().wait())  # type: ignore[arg-type, return-value]
    async with served(pages) as url:
        assert await status(url) == 200


def test_a_turn_is_counted_by_kind_and_outcome_and_timed(metrics: Metrics) -> None:
    metrics.turn("message", "answered", 0.3)
    metrics.turn("message", "answered", 0.1)
    metrics.turn("conversationUpdate", "failed", 0.1)
    assert of(metrics, "turns_total", "message", "answered") == 2
    assert of(metrics, "turns_total", "conversationUpdate", "failed") == 1
    assert of(metrics, "turn_duration_seconds_count") == 3
    assert of(metrics, "turn_duration_seconds_sum") == pytest.approx(0.5)


def test_everything_that_can_happen_stands_at_nought_from_the_start(metrics: Metrics) -> None:
    assert [of(metrics, "turns_total", kind, "failed") for kind in KINDS] == [0] * len(KINDS)
    assert [of(metrics, "notices_total", end) for end in ("sent", "failed", "ambiguous")] == [0, 0, 0]


@pytest.mark.parametrize("reason", ["unknown key", "not signed with RS256 and a key id", "MalformedActivity"])
def test_a_refusal_is_counted_by_status_and_reason(metrics: Metrics, reason: str) -> None:
    metrics.refused(401, reason)
    assert of(metrics, "refusals_total", reason, "401") == 1


@pytest.mark.parametrize(("status", "group"), [(200, "2xx"), (429, "4xx"), (503, "5xx"), (None, "none"), (999, "none")])
def test_a_call_is_counted_by_method_and_class_of_status(metrics: Metrics, status: int | None, group: str) -> None:
    metrics.called("POST", status, 0.2)
    assert of(metrics, "connector_calls_total", "POST", group) == 1
    assert of(metrics, "connector_call_duration_seconds_count") == 1


def test_retries_duplicates_and_settled_notices_are_counted(metrics: Metrics) -> None:
    metrics.retried()
    metrics.duplicate()
    metrics.settled("ambiguous")
    counted = of(metrics, "connector_retries_total"), of(metrics, "duplicates_refused_total")
    assert (*counted, of(metrics, "notices_total", "ambiguous")) == (1, 1, 1)


def test_a_state_in_which_no_notice_is_left_stands_at_nought(metrics: Metrics) -> None:
    metrics.outbox({"ready": 3, "sending": 1}, 12.5)
    assert of(metrics, "outbox_notices", "failed") == 0
    metrics.outbox({"ready": 2}, 0.0)
    assert (of(metrics, "outbox_notices", "ready"), of(metrics, "outbox_notices", "sending")) == (2, 0)


def test_the_process_tells_its_cpu_time_and_memory(metrics: Metrics) -> None:
    seen = figures(metrics)
    assert seen["process_cpu_seconds_total",] > 0
    assert seen["process_resident_memory_bytes",] > 1_000_000


@pytest.mark.parametrize("strange", [NAME + "!", ID, "nele@waterland.example", "x" * 100, "", "a\nb", '"} 1'])
def test_no_label_takes_what_a_stranger_sends(metrics: Metrics, strange: str) -> None:
    metrics.turn(strange, "answered", 0.1)
    metrics.refused(400, strange)
    metrics.called(strange, 200, 0.1)
    metrics.outbox({strange: 1}, 0.0)
    labels = {value for _, *values in figures(metrics) for value in values}
    assert strange not in labels
    assert of(metrics, "turns_total", "other", "answered") == 1
    assert of(metrics, "refusals_total", "other", "400") == 1
    assert of(metrics, "connector_calls_total", "other", "2xx") == 1


def test_reasons_never_fill_the_memory(metrics: Metrics) -> None:
    for number in range(500):
        metrics.refused(400, "x" * (number % 39 + 1) + "y" * (number // 39))
    assert len([name for name, *_ in figures(metrics) if name == "ambassadeursbot_refusals_total"]) <= 41


def test_two_bots_in_one_process_count_apart(metrics: Metrics) -> None:
    other = Metrics()
    other.retried()
    assert (of(metrics, "connector_retries_total"), of(other, "connector_retries_total")) == (0, 1)


async def test_the_lag_of_the_event_loop_is_sampled() -> None:
    samples: asyncio.Queue[float] = asyncio.Queue()
    async with sampling_lag(samples.put_nowait):
        first = await samples.get()
        time.sleep(2 * SAMPLE_EVERY)  # noqa: ASYNC251 - the stop that is to be seen
        late = await samples.get()
    assert first >= 0
    assert late >= SAMPLE_EVERY / 2


async def test_a_running_bot_samples_its_lag(bot: Running) -> None:
    wanted = "ambassadeursbot_event_loop_lag_seconds_count"
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            async with session.get(f"{bot.url}/metrics") as response:
                counts = [line.split()[1] for line in (await response.text()).splitlines() if line.startswith(wanted)]
            if counts != ["0.0"]:
                break
            await asyncio.sleep(0.05)
    assert float(counts[0]) > 0
