"""`chat`: talk with the bot in the terminal, over the same HTTP and Activity protocol as Teams."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
from rich.console import Console

from bot.app import opened, running
from bot.commands.demo_data import AS, entra_id_for
from bot.commands.demo_setup import DEMO, demo_settings, fill
from bot.commands.output import complain, say, settings_or_complaint
from bot.commands.rendering import Button, show
from bot.settings import DEFAULT_DATABASE, Settings
from bot.teams.standin import Posted, StandIn, TerminalUser, stand_in
from dialogs.texts import commands as texts
from storage.domain.people import Person
from storage.services.house import DatabaseUnreachable

NOTHING_ANSWERED = 3
FIRST_ANSWER_WITHIN = 20.0
NEXT_ANSWER_WITHIN = 0.3
LISTENS_WITHIN = 3.0
MOST_DIGITS = 3
"""No card has a button with a longer number; a longer one is something to ask."""

PLACES = {"persoonlijk": "personal", "groep": "groupChat", "kanaal": "channel"}


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """What the command line asked for."""

    email: str | None = None
    question: str | None = None
    as_json: bool = False
    place: str = "persoonlijk"


def run(options: ChatOptions) -> int:
    """Chat, or ask one question. 3 when nothing answers."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    try:
        return asyncio.run(_chat(settings, options))
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2
    except KeyboardInterrupt:
        return 0


async def _chat(settings: Settings, options: ChatOptions) -> int:
    async with _bot(settings) as (url, user_settings):
        async with opened(user_settings) as house:
            email = (options.email or AS).lower()
            person = await house.people.by_email(email)
        name = person.name if person else email.split("@", 1)[0].replace(".", " ").title()
        user = TerminalUser(name, email, entra_id_for(email, person))
        try:
            return await converse(url, user, options)
        finally:
            if user_settings is settings:
                await _forget(settings, user, person)


async def _forget(settings: Settings, user: TerminalUser, person: Person | None) -> None:
    """Leave no trace in a real network: an id made up here would shut the real person out, later, in Teams."""
    async with opened(settings) as house:
        if person is None or person.entra_id is None:
            await house.visitors.forget_account(user.entra_id)
        await house.places.forget(StandIn(user).places)


async def converse(url: str, user: TerminalUser, options: ChatOptions) -> int:
    """Talk as `user` with the bot at `url`."""
    within = aiohttp.ClientTimeout(total=FIRST_ANSWER_WITHIN)
    async with stand_in(user) as connector, aiohttp.ClientSession(timeout=within) as session:
        terminal = _Terminal(url, connector, session, options)
        if options.question is not None:
            return await terminal.ask(options.question)
        return await terminal.loop()


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[tuple[str, Settings]]:
    """A bot to talk to: the one that listens, else one of our own; and the settings of its database."""
    chosen = await _with_data(settings)
    url = f"http://127.0.0.1:{settings.port}"
    async with AsyncExitStack() as stack:
        if not await _listens(url):
            # Whatever credentials are set, this one is for this terminal only.
            local = replace(chosen, app_id="", app_password="", app_tenant_id="", port=0)
            # What is planned in a real network can't be delivered from here: it is left to the bot that can.
            url = (await stack.enter_async_context(running(local, sends=chosen is not settings))).url
        yield url, chosen


async def _with_data(settings: Settings) -> Settings:
    """These settings, or the demo's when no database was named or made yet."""
    if os.environ.get("DATABASE_URL") or Path(DEFAULT_DATABASE).exists():
        return settings
    demo = demo_settings(settings)
    if not (DEMO / DEFAULT_DATABASE).exists():
        await fill(demo)
    complain(texts.CHAT_DEMO)
    return demo


async def _listens(url: str) -> bool:
    """Whether something is there. When it keeps silent or talks nonsense it is asked all the same: that must show."""
    within = aiohttp.ClientTimeout(total=LISTENS_WITHIN)
    try:
        async with aiohttp.ClientSession(timeout=within) as session, session.head(f"{url}/api/messages"):
            return True
    except aiohttp.ClientConnectorError:
        return False
    except (aiohttp.ClientError, TimeoutError):
        return True


class _Terminal:
    """One terminal's conversation."""

    def __init__(self, url: str, connector: StandIn, session: aiohttp.ClientSession, options: ChatOptions) -> None:
        self._url, self._connector, self._session = url, connector, session
        self._json, self._place = options.as_json, options.place
        self._console = Console(highlight=False)
        self._buttons: list[Button] = []

    async def ask(self, question: str) -> int:
        """Ask one question and print the answer."""
        return await self._exchange(self._connector.message(PLACES[self._place], question))

    async def loop(self) -> int:
        """Talk until the end of input."""
        places = ", ".join(f"/{name}" for name in PLACES)
        where = texts.CHAT_PLACES[self._place]
        say(texts.CHAT_HELLO.format(name=self._connector.user.name, place=where, places=places))
        await self._exchange(self._connector.installed(PLACES[self._place]), quiet=True)
        while (line := await asyncio.to_thread(_read_line)) is not None:
            if line == "/stop":
                break
            await self._take(line)
        return 0

    async def _take(self, line: str) -> None:
        if line.removeprefix("/") in PLACES and line.startswith("/"):
            self._place = line.removeprefix("/")
            say(texts.CHAT_PLACES[self._place])
            await self._exchange(self._connector.installed(PLACES[self._place]), quiet=True)
        elif line.isdecimal() and len(line) <= MOST_DIGITS:
            await self._press(int(line))
        elif line:
            await self.ask(line)

    async def _press(self, number: int) -> None:
        if not 0 < number <= len(self._buttons):
            say(texts.CHAT_NO_BUTTON)
            return
        button = self._buttons[number - 1]
        if button.url:
            say(button.url)
        elif button.data is not None:
            await self._exchange(self._connector.message(PLACES[self._place], value=button.data))

    async def _exchange(self, activity: dict[str, Any], quiet: bool = False) -> int:
        """Deliver an activity and show what comes back; `quiet` when nothing needs to."""
        self._buttons = []
        try:
            status = await self._connector.deliver(self._session, self._url, activity)
        except (aiohttp.ClientError, TimeoutError):
            complain(texts.CHAT_NOTHING)
            return NOTHING_ANSWERED
        if status >= 300:  # noqa: PLR2004
            complain(texts.CHAT_REFUSED.format(status=status))
            return NOTHING_ANSWERED
        answers = await self._answers(NEXT_ANSWER_WITHIN if quiet else FIRST_ANSWER_WITHIN)
        self._print(answers)
        if not answers and not quiet:
            complain(texts.CHAT_NOTHING)
            return NOTHING_ANSWERED
        return 0

    async def _answers(self, first_within: float) -> Sequence[Posted]:
        answers: list[Posted] = []
        try:
            while True:
                async with asyncio.timeout(NEXT_ANSWER_WITHIN if answers else first_within):
                    answers.append(await self._connector.posted.get())
        except TimeoutError:
            return [answer for answer in answers if answer.activity.get("type") == "message"]

    def _print(self, answers: Sequence[Posted]) -> None:
        if self._json:
            say(json.dumps([answer.activity for answer in answers], ensure_ascii=False, indent=2))
            return
        for answer in answers:
            elsewhere = self._place != "persoonlijk" and answer.conversation_id == self._connector.personal
            who = texts.CHAT_PRIVATE if elsewhere else texts.CHAT_BOT
            self._buttons.extend(show(self._console, who, answer.activity, len(self._buttons) + 1))


def _read_line() -> str | None:
    """A line of input; None at its end."""
    try:
        prompt = f"\n{texts.CHAT_PROMPT}: " if sys.stdin.isatty() else ""
        return input(prompt).strip()
    except EOFError:
        return None
