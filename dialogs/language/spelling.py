"""Makes chat Dutch uniform: lower case, no accents or punctuation, chat words spelled out, masks kept."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

MASKS = ("<soort>", "<soorten>", "<datum>", "<persoon>", "<organisatie>")

_TOKEN = re.compile(r"<[a-z]+>|[a-z0-9]+(?:['’\-][a-z0-9]+)*")
_MENTION = re.compile(r"<at>.*?</at>", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>")


@cache
def words() -> Mapping[str, Any]:
    """The word data of words.yaml."""
    return load("words.yaml")


@cache
def empty_words() -> frozenset[str]:
    """Words that never point to a name by themselves."""
    return frozenset(words()["empty"].split())


def load(name: str) -> Mapping[str, Any]:
    """A language data file as plain values. Raises yaml.YAMLError, with the line, when it is broken."""
    data: Mapping[str, Any] = yaml.safe_load((files("dialogs.language") / "data" / name).read_text("utf-8"))
    return data


def strip_markup(text: str) -> str:
    """The text as typed, without mentions and HTML tags; still with its capitals and punctuation."""
    return " ".join(_TAG.sub(" ", _MENTION.sub(" ", text)).replace("\xa0", " ").split())


def fold(text: str) -> str:
    """Lower case without accents: "Coördinator" gives "coordinator". One character stays one character."""
    return "".join(_base(letter) for letter in text)


def tokens(text: str) -> list[str]:
    """The words of folded text with chat spelling resolved; masks count as words."""
    spelling: Mapping[str, str] = words()["spelling"]
    found: list[str] = []
    for token in _TOKEN.findall(text.replace("’", "'")):
        found.extend(str(spelling.get(token, token)).split())
    return found


def _base(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter.lower())[:1]
    return plain or letter
