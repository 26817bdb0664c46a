"""Initials that stand for a person: "L.V.", "kleine T.", "J. De S.", never an abbreviation."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, piece
from storage.domain.identifying.tokens import Parts

_DOTTED = re.compile(
    r"[A-Za-z]\.(?:[ -]?(?:(?:[Vv]an|[Dd]e[nr]?|El|Al) )?[A-Za-z]\.){1,3}(?![\w@])|[A-Z]\.[A-Z]\b(?![\w@.])"
)
_PLACEHOLDERS = frozenset("XYZ")
_LONGEST = 4
_TAKES = frozenset(
    [
        "neem",
        "neemt",
        "nam",
        "bel",
        "bellen",
        "mail",
        "mailt",
        "volg",
        "volgt",
        "spreek",
        "zie",
        "zag",
        "ken",
        "kent",
        "begeleid",
        "begeleidt",
    ]
)
_NEAR = 40


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    before = rf"(?:{either('person')}|{either('cases')}|{either('titles')}|{either('kin')} van|{either('called')}|klein|onze)"
    sources = {
        "slot": rf"(?<!\w){before}[.:]?,?\s$",
        "aged": r"\s?\((?:\d{1,2}\s?(?:j|jr|jaar|y)?[),]|°)|, \d{1,2} ?(?:j\b|jaar|,|$)| is \d{1,2}(?: jaar)?(?:[ ,.]|$)| \d{1,2} ?(?:j\b|jaar)"
        r"|, ?\d(?:e|de) (?:jaar|leerjaar)",
        "acts": rf" (?:{either('personal')}|{either('generic')})(?!\w)",
        "owned": rf"'s (?:{either('kin')})\b| (?:haar|zijn|z'n|d'r|zn) (?:{either('kin')})\b",
        "closing": r"(?:\s(?:[a-z(]|\()|$|[,;:!?.]|\s?\()",
    }
    return {name: re.compile(source) for name, source in sources.items()}


def initials(parts: Parts) -> Iterator[Finding]:
    """The initials in a text."""
    text, dot, last = parts.text, parts.text.find("."), -1
    while dot >= 0:
        start = dot - 1
        if start >= last and text[max(0, start)].isalpha() and not _held(text, start):
            match = _DOTTED.match(text, start)
            if match and _people(text, match):
                last = match.end()
                yield Finding(start, last, Identifier.INITIALS)
        dot = text.find(".", dot + 1)
    for at, one in enumerate(parts.words):
        length = one.end - one.start
        if length == 1 or (length <= _LONGEST and (text[one.start : one.end].isupper() or one.low.endswith("'s"))):
            behind_name = at > 0 and parts.words[at - 1].word.first and parts.words[at - 1].end == one.start - 1
            if not behind_name:
                yield from _single(parts, at)


def _held(text: str, start: int) -> bool:
    """Whether the letter is the end of something longer."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_.@/-")


def _people(text: str, match: re.Match[str]) -> bool:
    """Whether dotted letters are somebody's: no abbreviation, and small ones only where a person stands."""
    letters = re.sub(r"[. -]", "", match[0])
    barred = cue("capital_abbreviations") if letters.isupper() else cue("abbreviations")
    if letters.lower() in barred or text.startswith("-", match.end()):
        return False
    slot = _in_a_slot(text, match.start(), match.end())
    if set(letters.upper()) <= _PLACEHOLDERS or letters.islower():
        return slot
    before = text[max(0, match.start() - _NEAR) : match.start()]
    return slot or not re.search(piece("behind_article"), before)


def _in_a_slot(text: str, start: int, end: int) -> bool:
    patterns, before = _patterns(), text[max(0, start - _NEAR) : start].lower()
    return bool(
        patterns["slot"].search(before)
        or re.search(rf"(?<!\w)(?:{piece('about')})\s$", before)
        or patterns["aged"].match(text, end)
        or not before
        or before.endswith((". ", "\n", "initialen ", "initialen: "))
    )


def _single(parts: Parts, at: int) -> Iterator[Finding]:
    """One letter, with a dot or without, or letters without dots, where a person stands."""
    text, one = parts.text, parts.words[at]
    bare, end = text[one.start : one.end].removesuffix("'s"), one.end
    if _held(text, one.start) or not (len(bare) == 1 or (one.word.unknown and end - one.start == len(bare))):
        return
    if bare.upper() in cue("acronyms") or (len(bare) > 1 and bare.lower() in cue("capital_abbreviations")):
        return
    dotted = text.startswith(".", end) and len(bare) == 1 and not text[end + 1 : end + 2].isalnum()
    end = one.start + len(bare) + (1 if dotted else 0)
    if text[end : end + 1] in {"&", "/", "-", "@"} or (not dotted and text[end : end + 2].strip(" ").isdigit()):
        return
    if _stands(parts, at, end, bare, dotted):
        yield Finding(one.start, max(one.end, end), Identifier.INITIALS)


def _stands(parts: Parts, at: int, end: int, bare: str, dotted: bool) -> bool:
    """Whether the letters stand where a person does."""
    patterns, text, start = _patterns(), parts.text, parts.words[at].start
    if (bare.isupper() or dotted) and patterns["aged"].match(text, end):
        return True
    last, earlier = _led(parts, at), parts.words[at - 2].low if at > 1 else ""
    slot = last in _slots() or (last == "van" and earlier in cue("kin"))
    if not dotted and bare.islower():
        return slot and bare not in {"u", "s", "t", "n", "m", "e"} and text[end : end + 1] == " " and _acted(text, end)
    ended = dotted and last in cue("touching") and text[end : end + 1] == " "
    closed = ended or patterns["closing"].match(text, end) is not None
    if slot or (closed and last in {"hem", "haar"}) or (closed and earlier.startswith("noem")):
        return bare not in {"X", "Z"} or dotted
    if len(bare) > 1 or not closed:
        return len(bare) == 1 and patterns["owned"].match(text, end) is not None
    opening = not last and (not start or text[max(0, start - 2) : start].strip() in {"", ".", "?", "!"})
    if dotted and bare.isupper() and (opening or last in _verbs() | _TAKES or last in cue("touching")):
        return True
    if opening or dotted:
        return (bare not in {"I", "U", "T"} or dotted) and (bare.isupper() or opening) and _acted(text, end)
    return last == "met" and re.match(r" (?:gepraat|gesproken|gebeld)", text[end : end + 12]) is not None


def _led(parts: Parts, at: int) -> str:
    """The word right before, in the same sentence; empty for none."""
    if not at:
        return ""
    left, start = parts.words[at - 1], parts.words[at].start
    gap = parts.text[left.end : start]
    fits = gap in {" ", ", ", ": ", ",", ". "} and (gap != ". " or left.low in cue("titles"))
    return left.low if fits else ""


@cache
def _slots() -> frozenset[str]:
    """The words behind which somebody is named."""
    return cue("person") | cue("cases") | cue("titles") | cue("called") | {"klein", "onze", "initialen"}


@cache
def _verbs() -> frozenset[str]:
    """The words for what somebody does or is."""
    return frozenset(one.split("_")[0] for one in cue("personal") | cue("generic"))


def _acted(text: str, end: int) -> bool:
    patterns = _patterns()
    return bool(patterns["acts"].match(text, end) or patterns["owned"].match(text, end))
