"""Printing for the command line: sentences to people on stdout, problems on stderr."""

import os
import sys

from bot.settings import BadSettings, Settings, read_settings
from dialogs.texts import commands as texts


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """Print a problem."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def settings_or_complaint() -> Settings | None:
    """The settings of the environment; None, after naming everything wrong, when they can't be used."""
    try:
        return read_settings(os.environ)
    except BadSettings as bad:
        complain(texts.BAD_SETTINGS)
        for problem in bad.problems:
            complain(texts.setting_problem(problem.name, problem.code, problem.value))
        return None
