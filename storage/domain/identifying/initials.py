"""Initials that stand for a person: "L.V.", "kleine T.", "J. De S.", never an abbreviation."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, piece

_DOTTED = re.compile(
    r"(?<![\w.@/-])(?:[A-Za-z]\.(?:[ -]?(?:(?:[Vv]an|[Dd]e[nr]?|El|Al) )?[A-Za-z]\.){1,3}|[A-Z]\.[A-Z]\b)(?![\w@])"
)
_PLACEHOLDERS = frozenset("XYZ")


@cache
def _single() -> dict[str, re.Pattern[str]]:
    before = rf"(?:{either('person')}|{either('cases')}|{either('titles')}|{either('kin')} van|{either('called')})"
    touching = piece("touching")
    return {
        "slot": re.compile(
            rf"(?<!\w){before}\s(?P<n>[A-W](?:\.(?!\w)|(?![\w.'&/-]))|[a-w]\.(?=\s|$)|[A-Z]{{2,3}}(?![\w.]))(?!\s?\d)"
        ),
        "touching": re.compile(rf"(?<!\w){touching}\s(?P<n>[A-W]\.)(?=\s[a-z(]|\s?\(|$|[,;!?])"),
        "aged": re.compile(
            r"(?<![\w.])(?P<n>[A-W]\.?|[A-Z]{2,3})(?=\s?\((?:\d{1,2}\s?(?:j|jr|jaar|y)?\)|°)|, \d{1,2} ?(?:j\b|jaar|,)| is \d{1,2}(?: jaar)?[ ,.]| \d{1,2} ?(?:j\b|jaar))"
        ),
        "opening": re.compile(r"(?:^|(?<=[.!?\n] ))(?P<n>[A-W]\.)(?=\s[a-z])"),
    }


def initials(text: str) -> Iterator[Finding]:
    """The initials in a text."""
    for match in _DOTTED.finditer(text):
        letters = match[0].replace(".", "").replace(" ", "").replace("-", "")
        barred = cue("abbreviations") if letters.islower() else cue("capital_abbreviations")
        if letters.lower() in barred or set(letters.upper()) <= _PLACEHOLDERS:
            continue
        if letters.islower() and not _in_a_slot(text, match.start(), match.end()):
            continue
        yield Finding(match.start(), match.end(), Identifier.INITIALS)
    for pattern in _single().values():
        for match in pattern.finditer(text):
            written = match["n"].strip(".")
            if written.upper() not in cue("acronyms") | _PLACEHOLDERS:
                yield Finding(match.start("n"), match.end("n"), Identifier.INITIALS)


def _in_a_slot(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start].lower()
    slot = (
        rf"(?<!\w)(?:{either('person')}|{either('cases')}|{either('kin')} van|{either('titles')}|{piece('about')})\s$"
    )
    return (
        bool(re.search(slot, before))
        or bool(re.match(r"\s?\(\d{1,2}", text[end : end + 6]))
        or (start == 0 or before.endswith((". ", "\n")))
    )
