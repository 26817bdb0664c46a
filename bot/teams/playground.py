"""Microsoft's Agents Playground: its configuration, and running it beside the bot."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import yaml

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
TENANT = "a0f0c0de-0000-4000-8000-000000000001"
TEAM = "19:demo-team@thread.tacv2"
BOT = "28:ambassadeursbot"
OTHERS = 5
"""The Playground wants exactly so many people besides the current user."""

OLDEST_NODE = 18
START_WITHIN = 120.0
STOP_WITHIN = 5.0


class PlaygroundFailed(Exception):
    """The Playground did not start: `code` says why (no_answer or ended), `detail` what it printed last."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class PlaygroundPerson:
    """Somebody in the Playground."""

    name: str
    email: str
    entra_id: str

    def as_user(self) -> dict[str, str]:
        """As the configuration wants it."""
        given, _, surname = self.name.partition(" ")
        return {
            "id": f"29:1-{self.entra_id}",
            "name": self.name,
            "userPrincipleName": self.email,
            "aadObjectId": self.entra_id,
            "givenName": given,
            "surname": surname or given,
            "email": self.email,
        }


@dataclass(frozen=True, slots=True)
class PlaygroundNames:
    """What the bot, the team, its channel and the group chat are called."""

    bot: str
    team: str
    channel: str
    group: str


def configuration(names: PlaygroundNames, me: PlaygroundPerson, others: Sequence[PlaygroundPerson]) -> str:
    """The text of `.m365agentsplayground.yml`: one personal chat, one group chat, one team with one more channel."""
    document: dict[str, Any] = {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": names.bot},
        "currentUser": me.as_user(),
        "users": [person.as_user() for person in others[:OTHERS]],
        "personalChat": {"id": f"a:personal-{me.entra_id}"},
        "groupChat": {"id": "19:demo-group@thread.v2", "name": names.group},
        "team": {
            "id": TEAM,
            "name": names.team,
            "aadGroupId": "a0f0c0de-0000-4000-8000-000000000002",
            "channels": [{"id": "19:demo-channel@thread.tacv2", "name": names.channel}],
        },
    }
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


async def has_node() -> bool:
    """Whether Node and npx are here, new enough."""
    node = shutil.which("node")
    if node is None or shutil.which("npx") is None:
        return False
    process = await asyncio.create_subprocess_exec(node, "--version", stdout=subprocess.PIPE)
    printed, _ = await process.communicate()
    version = re.match(r"v(\d+)", printed.decode())
    return version is not None and int(version.group(1)) >= OLDEST_NODE


@asynccontextmanager
async def playground(folder: Path, bot_url: str, open_browser: bool) -> AsyncIterator[str]:
    """The Playground with the configuration in `folder`, for a bot that already listens. Gives its address.

    Raises PlaygroundFailed. Leaving it ends every process it started.
    """
    environment = {
        **os.environ,
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(folder / ".m365agentsplayground.yml"),
        "npm_config_update_notifier": "false",
    }
    if not open_browser:
        environment["TEAMSAPPTESTER_BROWSER"] = "none"
    process = await asyncio.create_subprocess_exec(
        "npx", "--yes", f"--package={PACKAGE}", "agentsplayground", "start",
        "-e", f"{bot_url}/api/messages", "-c", "msteams", "--dt",
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True,
    )  # fmt: skip
    reading: asyncio.Task[None] | None = None
    try:
        url = await _address(process)
        reading = asyncio.create_task(_drain(process))
        await _ready(url, process)
        yield url
    finally:
        await _end(process)
        if reading is not None:
            reading.cancel()


async def install_in_team(url: str, me: PlaygroundPerson) -> None:
    """Let the Playground tell the bot that it was added to the team, which it does not do by itself.

    Raises aiohttp.ClientError.
    """
    activity = {
        "type": "installationUpdate",
        "action": "add",
        "id": "installed-in-team",
        "channelId": "msteams",
        "serviceUrl": f"{url}/_connector",
        "from": {"id": me.as_user()["id"], "name": me.name, "aadObjectId": me.entra_id},
        "recipient": {"id": BOT},
        "conversation": {"id": TEAM, "conversationType": "channel", "isGroup": True, "tenantId": TENANT},
        "channelData": {"team": {"id": TEAM}, "tenant": {"id": TENANT}},
    }
    async with aiohttp.ClientSession(raise_for_status=True) as session:
        await session.post(f"{url}/_internal/v1/customActivities", json=activity)


async def _address(process: asyncio.subprocess.Process) -> str:
    printed = b""
    try:
        async with asyncio.timeout(START_WITHIN):
            while process.stdout is not None and (line := await process.stdout.readline()):
                printed = line if line.strip() else printed
                found = re.search(rb"Listening on (\d+)", line)
                if found:
                    return f"http://127.0.0.1:{int(found.group(1))}"
    except TimeoutError as error:
        raise PlaygroundFailed("no_answer") from error
    raise PlaygroundFailed("ended", printed.decode(errors="replace").strip())


async def _ready(url: str, process: asyncio.subprocess.Process) -> None:
    """It prints its port before it has read its configuration, so wait until it answers."""
    async with aiohttp.ClientSession() as session:
        for _ in range(100):
            if process.returncode is not None:
                raise PlaygroundFailed("ended", str(process.returncode))
            with suppress(aiohttp.ClientError):
                async with session.get(f"{url}/_internal/v1/testConfig") as response:
                    if response.ok:
                        return
            await asyncio.sleep(0.1)
    raise PlaygroundFailed("no_answer")


async def _drain(process: asyncio.subprocess.Process) -> None:
    while process.stdout is not None and await process.stdout.readline():
        pass


async def _end(process: asyncio.subprocess.Process) -> None:
    """End npx and what it started: a signal to npx alone leaves its child behind."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN):
                await process.wait()
                return
