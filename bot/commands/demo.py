"""`demo`: the bot with a fictional network, and Microsoft's Agents Playground beside it."""

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.app import Running, running
from bot.commands.chat import ChatOptions, converse
from bot.commands.demo_data import AS, entra_id_for
from bot.commands.demo_setup import DEMO, demo_settings, fill
from bot.commands.output import complain, say, settings_or_complaint
from bot.commands.serve import port_trouble, stop_signal
from bot.settings import Settings
from bot.teams.playground import (
    OTHERS,
    PlaygroundFailed,
    PlaygroundNames,
    PlaygroundPerson,
    configuration,
    has_node,
    install_in_team,
    playground,
)
from bot.teams.standin import TerminalUser
from dialogs.texts import commands as texts
from storage.domain.people import Person
from storage.services.house import DatabaseUnreachable

BOT_NAME = "Ambassadeursbot"


def run(email: str | None, open_browser: bool) -> int:
    """Run the demo as the person with this mail address until Ctrl-C."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    try:
        return asyncio.run(_demo(demo_settings(settings), (email or AS).lower(), open_browser))
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2
    except KeyboardInterrupt:
        return 0


async def _demo(settings: Settings, email: str, open_browser: bool) -> int:
    await fill(settings)
    try:
        async with running(settings) as bot:
            everybody = await bot.house.people.everybody()
            me = next((person for person in everybody if person.email == email), None)
            if me is None:
                emails = ", ".join(person.email for person in everybody)
                complain(texts.DEMO_UNKNOWN.format(email=email, emails=emails))
                return 2
            return await _beside(bot, me, everybody, open_browser)
    except OSError as error:
        complain(port_trouble(error, settings.port))
        return 2


async def _beside(bot: Running, me: Person, everybody: Sequence[Person], open_browser: bool) -> int:
    if not await has_node():
        say(texts.DEMO_NO_NODE)
        return await _terminal(bot, me)
    name = (await bot.house.visitors.visit(None, "")).network.name or BOT_NAME
    others = [person for person in everybody if person.email != me.email][:OTHERS]
    called = PlaygroundNames(BOT_NAME, name, texts.DEMO_CHANNEL, texts.DEMO_GROUP)
    text = configuration(called, _in_playground(me), [_in_playground(one) for one in others])
    (DEMO / ".m365agentsplayground.yml").write_text(text, "utf-8")
    stop = stop_signal()
    showing = asyncio.create_task(_show(bot, me, others, open_browser and _has_screen()))
    stopping = asyncio.create_task(stop.wait())
    # Whatever comes first: Ctrl-C also ends a Playground that is still starting.
    await asyncio.wait({showing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not showing.done():
        showing.cancel()
        with suppress(asyncio.CancelledError):
            await showing
        say(texts.STOPPED)
        return 0
    try:
        await showing
    except PlaygroundFailed as error:
        say(texts.playground_failed(error.code, error.detail))
    return await _terminal(bot, me)


async def _show(bot: Running, me: Person, others: Sequence[Person], open_browser: bool) -> None:
    """Run the Playground and say what to try, until cancelled. Raises PlaygroundFailed."""
    async with playground(DEMO.resolve(), bot.url, open_browser) as url:
        await install_in_team(url, _in_playground(me))
        other = next(person.email for person in others)
        say(texts.DEMO_READY.format(playground=url, bot=bot.url, name=me.name, email=me.email, other=other))
        for question in texts.DEMO_TRY:
            say(f"  - {question}")
        say(texts.DEMO_STOP)
        await asyncio.Event().wait()


async def _terminal(bot: Running, me: Person) -> int:
    user = TerminalUser(me.name, me.email, entra_id_for(me.email, me))
    return await converse(bot.url, user, ChatOptions(email=me.email))


def _in_playground(person: Person) -> PlaygroundPerson:
    return PlaygroundPerson(person.name, person.email, entra_id_for(person.email, person))


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
