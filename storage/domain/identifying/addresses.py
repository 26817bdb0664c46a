"""Addresses and postcodes."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, is_word, listed, piece
from storage.domain.identifying.tokens import Parts

_WORD = r"[^\W\d_]{1,30}"
_CAPITAL = r"[A-ZÀ-Þ][^\W\d_]{0,30}"
_ALONE = 12
"""A text shorter than this that is a postcode and nothing else is one."""
_REACH = 60
"""How many characters behind a word for a street its number may stand, and how many before it somebody lives."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    number = r"(?:\s?,?\s?(?:nr\.?|nummer|n°)?\s?)(?<![\d])\d{1,4}\s?(?:[a-hA-H](?![^\W\d_]))?(?:\s?[,/]?\s?(?:bus|bte|b|box|/)\s?\w{1,4}\b)?(?![\d:]|[.,]\d|\s?(?:%|€|uur\b|u\b|euro\b|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december))"
    street = rf"(?:{_CAPITAL}[ -]){{0,3}}(?:{_WORD}[-']){{0,3}}[^\W\d_]{{3,30}}{either('street')}\b\.?"
    apart = rf"(?:{_CAPITAL}[ -]{piece('of_the')}{{0,2}}){{1,3}}[Ss]?(?:[Ss]traat|[Ll]aan|[Pp]lein|[Ss]teenweg|[Ww]eg|[Mm]arkt|[Dd]reef|[Ll]ei|[Kk]aai|[Pp]ark|[Bb]aan|[Dd]ijk|[Ss]tationsplein)\b"
    rue = rf"\b{either('rue')} (?:{piece('de_la')} ?){{0,2}}[^\W\d_]{{2,30}}(?:[ '-]{_CAPITAL}){{0,3}}"
    town = rf"(?:{_WORD}(?:[-']{_WORD}){{0,4}})"
    return {
        "street": re.compile(rf"(?<![^\W\d_])(?:{street}|{apart})(?P<number>{number})?"),
        "onto": re.compile(rf"(?<![^\W\d_]){piece('onto')} {_WORD}(?P<number>{number})", re.IGNORECASE),
        "before_code": re.compile(
            rf"(?<![^\W\d_]){_WORD} \d{{1,4}}[a-hA-H]?(?: ?(?:bus|bte|b|/) ?\w{{1,4}})?(?=,? (?:te |in )?[1-9]\d{{3}} [^\W\d_]{{2}})"
        ),
        "lower": re.compile(
            rf"(?<![^\W\d_])(?:grote|oude|korte|lange|nieuwe) (?:markt|baan|steenweg|straat|weg|laan)(?P<number>{number})",
            re.IGNORECASE,
        ),
        "rue": re.compile(rf"{rue}(?P<number>{number})?", re.IGNORECASE),
        "lives": re.compile(rf"\b{either('lives')}\b[^.!?\n]{{0,40}}$", re.IGNORECASE),
        "code": re.compile(rf"(?P<code>[1-9]\d{{3}})(?![\d:]|[.,/-]\d|\s?[€%])(?:(?:,? | - |-|)\(?(?P<town>{town}))?"),
        "belgian": re.compile(r"(?<![^\W\d_])(?:[Bb][Ee]?)-? ?$"),
        "asked": re.compile(
            rf"\b(?:postcode|postnummer|postnr|post\.?nr|pc|zip)\.?(?:{piece('of_whom')}(?: [\w.'-]{{1,20}}){{0,2}})?\s?(?:is|:|=|van)?(?: nu| momenteel)?\s?$"
        ),
        "now": re.compile(
            r"\b(?:woont|wonen|verblijft|verblijven|woonplaats|domicilie|gedomicilieerd|adres)(?: \w{2,10}){0,2}?(?: in| te| is|:|)(?: de| den)? $"
        ),
        "moved": re.compile(r"\bvan [1-9]\d{3}(?: [^\W\d_]{2,20})? naar $"),
        "before": re.compile(rf"(?:(?<![^\W\d_]){either('in_place')}|,|\()\s?:?\s?$"),
        "of": re.compile(rf"(?:(?:hij|zij|ze|gezin|familie|{either('person')}) {piece('come_from')}"),
        "home": re.compile(rf"\b{either('lives')}\b[^.!?\n]{{0,20}}$"),
    }


def windows(parts: Parts, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, sorted by start, joined where they overlap: no character is read twice."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        stop = min(end, len(parts.text))
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _streets(parts: Parts) -> list[tuple[int, int]]:
    """Where a street may be told: a word for one with a number behind it, or with somebody who lives before it."""
    tails, heads, lives = tuple(cue("street")), cue("rue"), cue("lives")
    spans, lived = [], -_REACH - 1
    for at, one in enumerate(parts.words):
        if one.low in lives:
            lived = one.end
        if (one.low.endswith(tails) or one.low in heads) and (
            one.start - lived <= _REACH or _HAS_DIGIT.search(parts.text, one.end, one.end + _REACH)
        ):
            spans.append((parts.words[max(0, at - 4)].start, one.end + _REACH + 20))
    return windows(parts, spans)


_HAS_DIGIT = re.compile(r"\d")


def addresses(parts: Parts) -> Iterator[Finding]:
    """Streets with a number, and streets where somebody lives."""
    spans = _streets(parts)
    for name in ("onto", "street", "rue", "lower"):
        for start, end in spans:
            for match in _patterns()[name].finditer(parts.text, start, end):
                yield from _a_street(parts.text, name, match)
    yield from _before_postcodes(parts)


def _a_street(text: str, name: str, match: re.Match[str]) -> Iterator[Finding]:
    start = match.start() + _not_of_the_street(match[0])
    if match["number"]:
        is_street = name in {"rue", "onto"} or _a_house(match)
    else:
        named = name == "street" or match[0][0].isupper()
        lived_in = _patterns()["lives"].search(text[max(0, start - _REACH) : start]) is not None
        is_street = lived_in and named and not is_word(folded(match[0]))
    if is_street:
        yield Finding(start, match.start() + len(match[0].rstrip()), Identifier.ADDRESS)


def _before_postcodes(parts: Parts) -> Iterator[Finding]:
    """ "Dorp 12, 9880 Aalter": whatever it is called, a number before a postcode is a house."""
    text = parts.text
    for at, (start, end) in enumerate(parts.numbers):
        if end - start == 4 and at and start - parts.numbers[at - 1][1] < 14:
            left = max(
                text.rfind(" ", max(0, parts.numbers[at - 1][0] - 32), max(0, parts.numbers[at - 1][0] - 1)) + 1, 0
            )
            for match in _patterns()["before_code"].finditer(text, left, end + 4):
                street = match[0].split(" ")[0].lower()
                if street not in cue("in_place") | cue("units") | cue("months") | cue("function"):
                    yield Finding(match.start(), match.end(), Identifier.ADDRESS)


def _not_of_the_street(written: str) -> int:
    """How many characters at the start are a word of the sentence: "In Kerkstraat"."""
    first, _, rest = written.partition(" ")
    return len(first) + 1 if rest and first.lower() in cue("in_place") | cue("lives") | {"de", "het", "op"} else 0


def _a_house(match: re.Match[str]) -> bool:
    """Whether the number is a house's: "op weg 2" and "in maart park 12 mei" are none."""
    word = re.split(r"[\s,\d]", match[0].strip())[0].lower()
    sure = re.search(r"(?:straat|str|laan|plein|steenweg|stwg|dreef|lei|kaai|dijk|square)\.?$", word)
    return bool(sure) or not is_word(folded(word)) or match[0][0].isupper()


def postcodes(parts: Parts) -> Iterator[Finding]:
    """Postcodes, with the town behind them."""
    text, codes = parts.text, listed("postcodes")
    if len(text) < _ALONE and text.strip(" .") in codes:
        (start, end) = parts.numbers[0]
        return (yield Finding(start, end, Identifier.POSTCODE))
    for start, end in parts.numbers:
        if end - start == 4 and text[start:end] in codes and (match := _patterns()["code"].match(text, start)):
            yield from _a_postcode(text, match)


def _a_postcode(text: str, match: re.Match[str]) -> Iterator[Finding]:
    code, town, start = match["code"], match["town"], match.start()
    before = text[max(0, start - 40) : start].lower()
    belgian = _patterns()["belgian"].search(before)
    start = start - len(belgian[0]) if belgian else start
    if (not belgian and before[-1:] in set("./+€:-,") - {" "}) or before.endswith("€ "):
        return
    if town and town.lower() in cue("money"):
        return
    if town and (folded(town) in listed("places") or town.lower() in cue("towns") or _capital_town(match, town)):
        yield Finding(start, match.end(), Identifier.POSTCODE)
    elif belgian or _told(code, before, text[match.end("code") : match.end("code") + 1]):
        yield Finding(start, match.end("code"), Identifier.POSTCODE)


def _told(code: str, before: str, after: str) -> bool:
    """Whether the words before a number say that it is a postcode."""
    patterns = _patterns()
    if patterns["asked"].search(before):
        return True
    if patterns["moved"].search(before) or (not after.isalnum() and after != "e" and patterns["now"].search(before)):
        return not (1900 <= int(code) <= 2099) or after in {"", ".", ",", ")", ";", "!", "?", "\n"} or " van " in before
    if not before[-10:].strip("0123456789 ") or 1900 <= int(code) <= 2099 or after == "e" or after.isalpha():
        return False
    if patterns["before"].search(before) or patterns["of"].search(before) or patterns["home"].search(before):
        return True
    last = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", before)[-1:]
    return bool(last) and before.endswith((" ", "(")) and folded(last[0]) in listed("places")


def _capital_town(match: re.Match[str], town: str) -> bool:
    year = 1900 <= int(match["code"]) <= 2099
    return town[0].isupper() and not town.isupper() and not year and not is_word(folded(town))
