"""`serve`: the bot for a real Teams, until it is told to stop."""

import asyncio
import errno
import logging
import signal

from bot.app import running
from bot.commands.output import complain, say, settings_or_complaint
from bot.observing import garbage
from bot.observing.logs import keep_log
from bot.settings import Settings
from dialogs.texts import commands as texts
from storage.services.house import DatabaseUnreachable

log = logging.getLogger(__name__)


def run() -> int:
    """Serve until SIGTERM or Ctrl-C; turns in flight are finished first. 2 when it can't start."""
    settings = settings_or_complaint()
    if settings is None:
        return 2
    keep_log(settings.log_style)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    stop = stop_signal()
    try:
        async with running(settings) as bot:
            garbage.settle()
            log.info("listening")
            say((texts.SERVING_LOCAL if settings.local_only else texts.SERVING).format(url=bot.url))
            await stop.wait()
            log.info("stopping, after the turns in flight")
    except DatabaseUnreachable as error:
        complain(texts.DATABASE_UNREACHABLE.format(reason=error))
        return 2
    except OSError as error:
        complain(port_trouble(error, settings.port))
        return 2
    say(texts.STOPPED)
    return 0


def port_trouble(error: OSError, port: int) -> str:
    """Why the bot can't listen there, in Dutch."""
    if error.errno == errno.EADDRINUSE:
        return texts.PORT_TAKEN.format(port=port)
    return texts.CANNOT_START.format(reason=error.strerror or error)


def stop_signal() -> asyncio.Event:
    """Set when somebody presses Ctrl-C, closes the terminal, or the system says SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    return stop
