"""The words of a text, each with what the lists say of it."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from storage.domain.identifying.lists import cue, folded, listed, ordinary

_TOKEN = re.compile(r"[^\W\d_]{1,40}(?:['-][^\W\d_]{1,40}){0,4}")
_DIGITS = re.compile(r"\d+")
_LATIN = "\u0250"


@dataclass(frozen=True, slots=True)
class Word:
    """What the lists say of a folded word. `first` and `last`: sure names; `maybe`: a name and a word; `owner`: with 's."""

    stem: str
    first: bool = False
    last: bool = False
    maybe: bool = False
    maybe_last: bool = False
    ordinary: bool = False
    owner: bool = False
    barred: bool = False
    unknown: bool = field(init=False)
    """No ordinary word and no sure name."""
    namelike: bool = field(init=False)
    """Whether a context can make it a name."""

    def __post_init__(self) -> None:
        """Work out once what is asked of each word."""
        named = self.first or self.last or self.maybe
        open_to = not self.barred and len(self.stem) > 1
        object.__setattr__(self, "unknown", open_to and not named and not self.ordinary)
        object.__setattr__(self, "namelike", open_to and (named or self.maybe_last or not self.ordinary))


class Token(NamedTuple):
    """A word at its place. `capital`: written like a name; `opening`: the capital tells nothing, it starts a sentence."""

    start: int
    end: int
    low: str
    capital: bool
    opening: bool
    word: Word

    @property
    def proper(self) -> bool:
        """A capital that only a name has."""
        return self.capital and not self.opening


@lru_cache(maxsize=4096)
def word(low: str) -> Word:
    """What the lists say of a folded word."""
    if low in cue("never") or (low in listed("places") and low not in listed("first_names_in_context")):
        return Word(low, barred=True)
    if low in cue("function"):
        return Word(low, ordinary=True)
    for stem in dict.fromkeys((low, low.removesuffix("'s"), low.removesuffix("'"))):
        if stem in listed("first_names"):
            return Word(stem, first=True, owner=stem != low)
        if stem in listed("first_names_in_context"):
            return Word(
                stem, maybe=True, maybe_last=stem in listed("surnames_in_context"), ordinary=True, owner=stem != low
            )
        if stem in listed("surnames"):
            return Word(stem, last=True, owner=stem != low)
    if low[:2] in {"d'", "o'"} and (low[0] == "o" or low[2:] in listed("surnames") | listed("surnames_in_context")):
        return Word(low, last=True)
    known = ordinary(low.removesuffix("'s"))
    return _bent_name(low, known) or Word(
        low.removesuffix("'s"),
        maybe_last=low in listed("surnames_in_context"),
        ordinary=known or low in _cue_words(),
        owner=low.endswith("'s"),
    )


@lru_cache(maxsize=1)
def _cue_words() -> frozenset[str]:
    names = (
        "kin",
        "person",
        "some",
        "titles",
        "called",
        "personal",
        "generic",
        "pronouns",
        "links",
        "touching",
        "articles",
    )
    return frozenset().union(
        *map(cue, names), cue("particles"), cue("groups"), cue("months"), cue("units"), cue("cases"), cue("born")
    )


def _bent_name(low: str, known: bool) -> Word | None:
    """ "yassines", "lotteke", "jean-pierre": a name with an ending, or two joined."""
    firsts = listed("first_names")
    if "-" in low:
        parts = low.split("-")
        named = [one in firsts for one in parts]
        if named[0] and all(one in firsts or one in listed("first_names_in_context") for one in parts):
            return Word(low, first=True)
        if any(named) and (
            all(named) or not any(ordinary(one) for one, is_name in zip(parts, named, strict=True) if not is_name)
        ):
            return Word(low, first=True)
        return None
    for ending in ("s", "ke", "je", "tje", "eke", "ken", "kes"):
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 3 - (ending != "s") and stem in firsts and not known:
            return Word(stem, first=True, owner=ending == "s")
    return None


@dataclass(frozen=True, slots=True)
class Parts:
    """A plain text read once: in small letters, its words, and where its runs of digits stand."""

    text: str
    low: str
    words: list[Token]
    numbers: list[tuple[int, int]]


def parts(text: str) -> Parts:
    """The words and numbers of a text that was made plain."""
    low = text.lower()
    numbers = [match.span() for match in _DIGITS.finditer(text)]
    return Parts(text, low if len(low) == len(text) else text, tokens(text), numbers)


def tokens(text: str) -> list[Token]:
    """The words of a text that was made plain."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        low, capital, kind = _read(match[0])
        start, end = match.span()
        found.append(Token(start, end, low, capital, capital and _opens(text, start), kind))
    return found


@lru_cache(maxsize=8192)
def _read(written: str) -> tuple[str, bool, Word]:
    """A written word in small letters, whether its capital is like a name's, and what the lists say of it."""
    low = folded(written)
    return low, written[0].isupper() and (len(written) == 1 or not written.isupper()), word(low)


def foreign(token: Token, text: str) -> bool:
    """Whether a word is in another script: in a Flemish chat that is a name, more often than not."""
    return token.end - token.start > 1 and text[token.start] > _LATIN and text[token.end - 1] > _LATIN


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" ")
    return (
        not before
        or before[-1] in ".!?:\n\"'([*#>-•;/"
        or before.endswith(("->", "…"))
        or (not before[-1].isascii() and not before[-1].isalnum())
    )
