"""The lists beside this module: names, ordinary words, places, postcodes and the cues around a name. Read once."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_ENDINGS = (
    "'s",
    "tjes",
    "jes",
    "tje",
    "ingen",
    "ing",
    "heid",
    "ers",
    "er",
    "den",
    "ten",
    "en",
    "de",
    "te",
    "s",
    "e",
    "n",
    "t",
)
_PARTICIPLE = re.compile(r"(?:\w{2,6})?ge[a-z]{3,12}(?:d|t)")


def folded(word: str) -> str:
    """The word in small letters without accents, as it stands in the lists."""
    low = word.lower()
    if low.isascii():
        return low
    low = low.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d").replace("ß", "ss")
    return "".join(one for one in unicodedata.normalize("NFD", low) if not unicodedata.combining(one))


def _lines(name: str) -> list[str]:
    lines = files("storage.domain.identifying").joinpath("data", name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def listed(name: str) -> frozenset[str]:
    """The lines of one list, folded."""
    return frozenset(_lines(f"{name}.txt"))


@cache
def table(name: str) -> Mapping[str, Any]:
    """The tables of one TOML file."""
    return tomllib.loads(files("storage.domain.identifying").joinpath("data", f"{name}.toml").read_text("utf-8"))


@cache
def cue(name: str) -> frozenset[str]:
    """The words of one list of cues."""
    return frozenset(table("cues")[name].split())


@cache
def piece(name: str) -> str:
    """A piece of a pattern that is made of words."""
    return str(table("cues")["pieces"][name])


@cache
def either(name: str) -> str:
    """The words of one list of cues as a pattern, the longest first."""
    words = sorted(cue(name), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(one).replace("_", r"\s") for one in words) + ")"


@cache
def _words() -> Mapping[str, str]:
    """The ordinary words, packed by their first two letters: a set of them would take ten times the memory."""
    packed: dict[str, list[str]] = defaultdict(list)
    for word in _lines("words.txt"):
        packed[word[:2]].append(word)
    return {start: "\n" + "\n".join(words) + "\n" for start, words in packed.items()}


def is_word(word: str) -> bool:
    """Whether a folded word stands in the list of ordinary words as it is."""
    return f"\n{word}\n" in _words().get(word[:2], "")


def ordinary(word: str) -> bool:
    """Whether a folded word is Dutch: listed, bent from one that is, or composed of two."""
    if is_word(word) or _bent(word) or _PARTICIPLE.fullmatch(word):
        return True
    return any(ordinary(part) for part in word.split("-")) if "-" in word else _composed(word)


def _bent(word: str) -> bool:
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    return any(len(stem) > 3 and is_word(stem) for stem in stems)


def _composed(word: str) -> bool:
    """Two words of four letters or more, or of three and five, maybe with an s between: "huiswerkklas"."""
    for cut in range(3, min(len(word) - 3, 24)):
        head, tail = word[:cut], word[cut:]
        if len(word) >= 8 and len(tail) >= (5 if cut == 3 else 4):
            joined = is_word(head) or (head.endswith("s") and cut > 4 and is_word(head[:-1]))
            if joined and (is_word(tail) or _bent(tail)):
                return True
    return False
