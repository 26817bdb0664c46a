"""Addresses, postcodes, and the names of schools and organisations."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, is_word, listed, piece
from storage.domain.identifying.tokens import Token

_SCHOOLED = frozenset({"sint", "st", "bosco", "onze", "heilig", "go"})
_WORD = r"[^\W\d_]{1,30}"
_CAPITAL = r"[A-ZÀ-Þ][^\W\d_]{0,30}"
_NAMED = rf"{_CAPITAL}(?:[-'.]{_WORD}){{0,3}}"


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
        "code": re.compile(
            rf"(?<![\d.,/+€:-])(?<!€ )(?:[Bb]-? ?)?(?P<code>[1-9]\d{{3}})(?![\d:]|[.,/-]\d|\s?[€%])(?:,? \(?(?P<town>{town}))?"
        ),
        "before": re.compile(rf"(?:\b{either('in_place')}|,|\()\s?:?\s?$", re.IGNORECASE),
        "school": re.compile(
            rf"(?<![^\W\d_])(?:(?i:{either('school_heads')})\s(?:(?:[Dd]e|[Hh]et|[Dd]en|[Tt]er|[Tt]en|'[tT]|[Ll]a|[Ll]e)\s)?{_NAMED}(?:[ -]{_NAMED}){{0,3}}"
            rf"|(?:[Ss]int|[Ss]t|SINT|[Oo]nze|[Hh]eilig)[-. ]{{1,2}}(?:{_WORD}[-' ]){{0,3}}?{_WORD}{either('school_tails')}s?\b"
            rf"|(?:(?!{piece('opening')} ){_CAPITAL} ){{0,2}}(?:{_WORD}[-]){{0,3}}{_WORD}{either('school_tails')}\b"
            rf"|(?:atheneum|college|lyceum|instituut|academie|basisschool|lagere school|humaniora) (?:van|te|in) {_WORD}\b(?<!\b(?:de|en))|[Dd]on [Bb]osco\b"
            rf"|(?:[Ss]int|[Ss]t)[-. ]{{1,2}}{_CAPITAL}(?:-{_WORD}){{0,3}}(?:[ -]{either('school_tails')})?\b"
            rf"|sint-{_WORD}(?:-{_WORD}){{0,3}}(?:[ -]{either('school_tails')})?\b"
            rf"|(?:{_NAMED}[ -]){{1,2}}(?i:{either('school_tails')})\b"
            rf"|\b(?:GO!|go!)\s{_WORD}(?:[ -]{_NAMED}){{0,3}})"
        ),
        "tail": re.compile(either("school_tails"), re.IGNORECASE),
    }


def addresses(text: str) -> Iterator[Finding]:
    """Streets with a number, and streets where somebody lives."""
    patterns = _patterns()
    for name in ("onto", "street", "rue", "lower"):
        for match in patterns[name].finditer(text):
            start = match.start() + _not_of_the_street(match[0])
            lived_in = patterns["lives"].search(text[max(0, start - 60) : start]) is not None
            if match["number"]:
                is_street = name in {"rue", "onto"} or _a_house(match)
            else:
                named = name == "street" or match[0][0].isupper()
                is_street = lived_in and named and not is_word(folded(match[0]))
            if is_street:
                yield Finding(start, match.start() + len(match[0].rstrip()), Identifier.ADDRESS)
    yield from _before_postcodes(text)


def _before_postcodes(text: str) -> Iterator[Finding]:
    """ "Dorp 12, 9880 Aalter": whatever it is called, a number before a postcode is a house."""
    for match in _patterns()["before_code"].finditer(text):
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


def postcodes(text: str) -> Iterator[Finding]:
    """Postcodes, with the town behind them."""
    patterns = _patterns()
    for match in patterns["code"].finditer(text):
        code, town = match["code"], match["town"]
        if code not in listed("postcodes") or (town and town.lower() in cue("money")):
            continue
        before = text[max(0, match.start() - 20) : match.start()]
        if town and (folded(town) in listed("places") or _capital_town(match, town)):
            yield Finding(match.start(), match.end(), Identifier.POSTCODE)
        elif (
            re.search(r"\b(?:postcode|postnummer|postnr|pc|zip|[Bb]-? ?)\s?(?:is|:|=|van)?\s?$", before, re.IGNORECASE)
            or match[0][0] in "Bb"
            or (not 1900 <= int(code) <= 2099 and patterns["before"].search(before) and not _counted(text, match))
        ):
            yield Finding(match.start(), match.end("code"), Identifier.POSTCODE)


def _capital_town(match: re.Match[str], town: str) -> bool:
    year = 1900 <= int(match["code"]) <= 2099
    return town[0].isupper() and not town.isupper() and not year and not is_word(folded(town))


def _counted(text: str, match: re.Match[str]) -> bool:
    return (
        bool(match["town"] and match["town"].lower() in cue("money"))
        or text[match.end("code") : match.end("code") + 1] == "e"
    )


def schools(text: str, words: list[Token], organisations: frozenset[str]) -> Iterator[Finding]:
    """The names of schools, homes and clubs; whether a person is near is for another to see."""
    patterns = _patterns()
    for match in _school_names(text, words):
        word = match[0].lower()
        if is_word(folded(word)) or (patterns["tail"].fullmatch(word)):
            continue
        if re.fullmatch(rf"{_WORD}", word) and _a_kind_of_school(word):
            continue
        yield Finding(match.start(), match.end(), Identifier.SCHOOL)
    low = text.lower()
    for name in organisations:
        at = low.find(name.lower()) if len(name) > 2 and len(low) == len(text) else -1
        while at >= 0:
            yield Finding(at, at + len(name), Identifier.SCHOOL)
            at = low.find(name.lower(), at + len(name))


def _school_names(text: str, words: list[Token]) -> Iterator[re.Match[str]]:
    """What is written like a school's name, looked for only around words of schools."""
    tails, heads, last = tuple(cue("school_tails")), cue("school_heads") | _SCHOOLED, 0
    for at, one in enumerate(words):
        if one.start >= last and (one.low in heads or one.low.startswith("sint-") or one.low.endswith(tails)):
            start, end = max(last, words[max(0, at - 4)].start), min(len(text), one.end + 100)
            for match in _patterns()["school"].finditer(text, start, end):
                last = max(last, match.end())
                yield match


def _a_kind_of_school(word: str) -> bool:
    """Whether one word such as "muziekschool" names a kind, not a school."""
    head = _patterns()["tail"].sub("", folded(word)).rstrip("s-")
    return any(is_word(one) for one in (head, head + "e", head + "s", head.removesuffix("s")))
