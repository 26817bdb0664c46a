"""`serve`: the bot for a real Teams, until it is told to stop."""

import asyncio
import logging
import signal

from bot.app import running
from bot.commands.output import complain, say, settings_or_complaint
from bot.settings import Settings
from dialogs.texts import commands as texts
from storage.services.house import DatabaseUnreachable


def run() -> int:
    """Serve until SIGTERM or Ctrl-C; turns in flight are finished first. 2 when it can't start."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    stop = stop_signal()
    try:
        async with running(settings) as bot:
            say((texts.SERVING_LOCAL if settings.local_only else texts.SERVING).format(url=bot.url))
            await stop.wait()
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2
    except OSError:
        complain(texts.PORT_TAKEN.format(port=settings.port))
        return 2
    say(texts.STOPPED)
    return 0


def stop_signal() -> asyncio.Event:
    """Set when somebody presses Ctrl-C or the system says SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
