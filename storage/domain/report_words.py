"""The Dutch words by which lines of reports are compared. Read once."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list in report_words.toml."""
    return frozenset(pattern(name).split())


@cache
def pattern(name: str) -> str:
    """A pattern in report_words.toml."""
    return str(tomllib.loads(files("storage.domain").joinpath("report_words.toml").read_text("utf-8"))[name])
