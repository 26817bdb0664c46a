"""A sentence that is read piece by piece: what was read is blanked out, so that nothing is read twice."""

import re
from collections.abc import Mapping
from functools import lru_cache

from dialogs.language.names import nearest
from dialogs.language.spelling import fold
from storage.domain.network import Names

BLANK = "|"
"""Stands where something was read; ends whatever is read up to it."""

_NAME_WORD = r"[^\W\d_][\w'’.-]*"
AFTER = rf"(?P<after>{_NAME_WORD}(?: {_NAME_WORD}){{0,3}})"
BEFORE = rf"(?P<before>{_NAME_WORD}(?: {_NAME_WORD}){{0,3}})"
"""The words after or before a role, among which a name stands."""


class Text:
    """The sentence as typed, and the same folded, in which what was read is blank."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.folded = fold(raw).replace("’", "'").replace("`", "'")

    def take(self, pattern: str, group: str | int = 0, flags: re.RegexFlag = re.NOFLAG) -> str | None:
        """What a pattern finds in the folded text, as it was typed; it is blank from then on."""
        found = re.search(pattern, self.folded, flags)
        if found is None:
            return None
        said = self.raw[slice(*found.span(group))]
        self.blank(*found.span())
        return said

    def take_raw(self, pattern: str, group: str | int = 0) -> str | None:
        """The same in the text as it was typed, where capitals matter."""
        shown = self.shown
        found = re.search(pattern, shown)
        if found is None:
            return None
        said = self.raw[slice(*found.span(group))]
        self.blank(*found.span())
        return said

    @property
    def shown(self) -> str:
        """The text as it was typed with what was read blank."""
        return "".join(BLANK if plain == BLANK else letter for letter, plain in zip(self.raw, self.folded, strict=True))

    def blank(self, first: int, last: int) -> None:
        """Let nothing be read here any more."""
        self.folded = self.folded[:first] + BLANK * (last - first) + self.folded[last:]


def trimmed(said: str) -> str:
    """A value without the words and marks that only tie it to what stands around it."""
    text = said.replace(BLANK, " ").strip(" \t\"“”„«»'")
    previous = None
    while previous != text:
        previous, text = text, _ENDS.sub("", text).strip(' \t\n,;:"“”„«»')
    return text.removesuffix(".") if not re.search(r"\b[A-Z]\.$", text) else text


_ENDS = re.compile(r"(?:[\s,;:(-]|(?<= )(?:en|met|op|om|in|van|voor|te|via|dat))+$")


_FILLERS = frozenset({"is", "de", "het", "als", "wordt", "worden", "voortaan", "nu", "een", "en"})


class People:
    """The people of a network by what they may be called."""

    def __init__(self, names: Names) -> None:
        self._full = {fold(person.name): person.name for person in names.people}
        firsts: dict[str, list[str]] = {}
        for person in names.people:
            firsts.setdefault(fold(person.name).split()[0], []).append(person.name)
        self._firsts: Mapping[str, list[str]] = firsts

    def named(self, said: str, *, last: bool) -> str | None:
        """Who is named at the begin of these words, or with `last` at their end: the full name; as typed if unclear."""
        words = said.split()
        while words and fold(words[-1]) in _FILLERS:
            words.pop()
        for length in range(len(words), 0, -1):
            part = " ".join(words[-length:] if last else words[:length])
            if (known := self._known(part)) is not None:
                return known
        capitals = _capitals(words, last=last)
        return " ".join(capitals) or None

    def _known(self, said: str) -> str | None:
        plain = fold(said).strip(".'")
        if plain in self._full:
            return self._full[plain]
        first = plain if plain in self._firsts else nearest(plain, self._firsts.keys(), 0.84)
        if first is None or " " in plain:
            typo = nearest(plain, self._full.keys(), 0.84) if " " in plain else None
            return self._full[typo] if typo else None
        found = self._firsts[first]
        return found[0] if len(found) == 1 else said


def _capitals(words: list[str], *, last: bool) -> list[str]:
    """The words of a name that nobody has: those with a capital, next to the role."""
    found: list[str] = []
    for word in reversed(words) if last else words:
        if not word[:1].isupper():
            break
        found.append(word)
    return found[::-1] if last else found


@lru_cache(maxsize=4)
def _known_places(meetings: tuple[tuple[str | None, str | None], ...]) -> Mapping[str, tuple[str, str]]:
    return {fold(place): (place, address or "") for place, address in meetings if place}


def known_place(said: str, names: Names) -> tuple[str, str] | None:
    """A place where meetings were held, as it is written, and its address; None when it is not known."""
    places = _known_places(tuple((one.place, one.address) for one in names.meetings))
    plain = fold(said)
    return places.get(plain) or places.get(plain.removeprefix("de ").removeprefix("het "))


def mentioned_place(folded: str, names: Names) -> tuple[int, int, str, str] | None:
    """Where in a folded text a known place stands by itself, with its name and address."""
    places = _known_places(tuple((one.place, one.address) for one in names.meetings))
    for plain in sorted(places, key=len, reverse=True):
        found = re.search(rf"(?:\b(?:in|te|bij|op|naar) |, ?|\| ?)(?:de |het )?{re.escape(plain)}(?!\w)", folded)
        if found:
            return (*found.span(), *places[plain])
    return None
