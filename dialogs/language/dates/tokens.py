"""Text -> tokens: words with their lexicon entry, numbers, clocks and numeric dates, each with its place."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from dialogs.language.dates.entries import EMPTY, Entry
from dialogs.language.dates.lexicon import LEXICON, PHRASES, look_up


class Kind(Enum):
    """What sort of token; the `values` each carries."""

    WORD = auto()
    NUMBER = auto()  # (n,)
    ORDINAL = auto()  # (n,) "6de"
    DECIMAL = auto()  # (14, 30) "14.30"
    CLOCK = auto()  # (hour, minute, explicit 24 hours, "N uur" without minutes)
    DAY_MONTH = auto()  # (7, 6)
    DATE = auto()  # (year, month, day)
    YEAR = auto()  # (2027,) "'27"
    YEARS = auto()  # (2027, 2028)
    TIMES = auto()  # (2,) "2x"
    MARK = auto()  # punctuation
    OTHER = auto()  # links, phone numbers, codes
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `word` is lower case without accents, `start`/`end` are offsets in the text."""

    kind: Kind
    word: str
    start: int
    end: int
    entry: Entry = EMPTY
    values: tuple[int, ...] = ()
    capital: bool = False


_MONTH_START = "jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec"
_PATTERN: Final = re.compile(
    rf"""
      (?P<link>(?:https?://|www\.)\S+|[\w.+-]{{1,64}}@[\w.-]+|[^\W_]*_\w*)
    | (?P<iso>\d{{4}}-\d\d?-\d\d?(?![\w/-]))
    | (?P<dmy>\d\d?(?P<sep>[./-])\d\d?(?P=sep)(?:\d{{4}}|'?\d\d)(?![\w/-]|\.\d))
    | (?P<years>(?:19|20)\d\d\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d)(?!\d|[-/]\d))
    | (?P<phone>0\d{{2,3}}/\d{{2,3}}(?:[. ]?\d\d\d?)+|0\d/\d{{3}}(?:[. ]\d\d){{2}}|\+\d[\d /.]+)
    | (?P<code>\d+(?:\.\d+){{2,}}|\d+(?:-\d+){{2,}}|\d+(?:/\d+){{2,}}|[^\W\d_]+\d[\w.]*|\d{{3,}}[./-]\d+(?:[./-]\d+)*)
    | (?P<clock>\d\d?(?:[:.]\d\d)?\s?(?:uur|u|h)(?:\d\d(?:min)?)?(?![^\W_])
        |\d\d?\s[uh]\s\d\d(?!\d|\s?[^\W\d_])|\d\d?:\d\d(?![\d:]))
    | (?P<dm>\d\d?/\d\d?(?!\w|/|\.\d)(?!-(?!\d\d?/))|\d\d?-\d\d?(?![\w/-]|\.\d)(?!\s?(?:uur|u|h)(?![^\W_])))
    | (?P<ordinal>\d{{1,2}}(?:sten|ste|den|de|e|st|nd|rd|th|er|ième|eme)(?![^\W_]))
    | (?P<times>\d\d?\s?x(?![^\W_]))
    | (?P<glued>\d\d?[./-]?(?=(?:{_MONTH_START})[a-z]*)
        |\d{{1,3}}(?=(?:dag|dagen|week|weken|maand|maanden|jaar)(?![^\W_])))
    | (?P<alnum>\d+[^\W\d_]\w*)
    | (?P<short_year>['’]\d\d(?!\d))
    | (?P<decimal>\d{{1,4}}[.,]\d{{1,4}}(?!\d|\s?(?:,|en|of)\s?\d))
    | (?P<number>\d{{1,6}}(?!\d))
    | (?P<digits>\d+)
    | (?P<contracted>v[./]?[dh]\.?(?![^\W_]))
    | (?P<dotted>(?:[^\W\d_]\.-?){{2,}}(?:[^\W\d_](?![^\W_]))?|(?:t/m|en/of)(?![^\W_]))
    | (?P<genitive>['’‘`´]\s?s(?![^\W_])|\bs['’‘`´]\s?(?=[a-z])
        |['’‘`´]s(?=avonds|morgens|middags|ochtends|nachts|namid|voormid))
    | (?P<word>['’]?t(?![^\W_])|(?:[^\W\d_]|[\u0300-\u036f])+(?:['’](?:[^\W\d_])+)*)
    | (?P<mark>\n|[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN: Final = str.maketrans(
    "éèêëóòôöáàâäíìîïúùûüç’‘`´", "eeeeooooaaaaiiiiuuuuc''''", "".join(map(chr, range(0x300, 0x370)))
)
_DIGITS: Final = re.compile(r"\d+")
_ABBREVIATIONS: Final = frozenset({"jl", "ll", "ek", "as", "vm", "nm", "febr", "sept"}) | {
    word for word, entry in LEXICON.items() if entry.short
}
_SPELLED_HOUR = re.compile(r"\d\d?\s?uur|\d\d?\su", re.IGNORECASE)

_Values = tuple[int, ...]


def _numbers(text: str) -> _Values:
    return tuple(map(int, _DIGITS.findall(text)))


def _iso(text: str) -> _Values:
    return _numbers(text)


def _dmy(text: str) -> _Values:
    day, month, year = _numbers(text)
    return (_full_year(year), month, day)


def _full_year(year: int) -> int:
    """ "27" is 2027, "74" 1974: nobody plans that far ahead."""
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year  # noqa: PLR2004


def _clock(text: str) -> _Values:
    hour, *rest = _numbers(text)
    explicit = text.startswith("0") or hour > 12  # noqa: PLR2004
    bare_length = not rest and _SPELLED_HOUR.match(text) is not None
    return (hour, rest[0] if rest else 0, explicit, bare_length)


def _years(text: str) -> _Values:
    first, last = _numbers(text)
    return (first, last if last > 99 else first // 100 * 100 + last)  # noqa: PLR2004


_READERS: Final[Mapping[str, tuple[Kind, Callable[[str], _Values]]]] = {
    "iso": (Kind.DATE, _iso),
    "dmy": (Kind.DATE, _dmy),
    "years": (Kind.YEARS, _years),
    "clock": (Kind.CLOCK, _clock),
    "dm": (Kind.DAY_MONTH, _numbers),
    "ordinal": (Kind.ORDINAL, _numbers),
    "times": (Kind.TIMES, _numbers),
    "glued": (Kind.NUMBER, _numbers),
    "short_year": (Kind.YEAR, lambda text: (2000 + _numbers(text)[0],)),
    "number": (Kind.NUMBER, _numbers),
}


def tokenise(text: str) -> Sequence[Token]:
    """All tokens in order, phrases such as "tot en met" joined, closed by END tokens."""
    plain = [token for match in _PATTERN.finditer(text) for token in _tokens(match)]
    end = Token(Kind.END, "", len(text), len(text))
    return [*_join_phrases(_absorb_dots(plain)), *[end] * 4]


def _tokens(match: re.Match[str]) -> Sequence[Token]:
    if match.lastgroup != "contracted":
        return (_token(match),)
    article = "de" if "d" in match.group().lower() else "het"  # "v/d", "v.h."
    return (_word("van", match.start(), match.end()), _word(article, match.end(), match.end()))


def _token(match: re.Match[str]) -> Token:
    name = match.lastgroup or "mark"
    text, (start, end) = match.group(), match.span()
    if name == "word":
        return _word(text, start, end)
    if name in _READERS:
        kind, reader = _READERS[name]
        return Token(kind, text, start, end, EMPTY, reader(text))
    return _ODD.get(name, _other)(text, start, end)


def _word(text: str, start: int, end: int) -> Token:
    word = text.lower().translate(_PLAIN)
    return Token(Kind.WORD, word, start, end, look_up(word), capital=text[0].isupper())


def _other(text: str, start: int, end: int) -> Token:
    return Token(Kind.OTHER, text, start, end)


def _mark(text: str, start: int, end: int) -> Token:
    return Token(Kind.MARK, "-" if text in "-–—‑" else text, start, end)


def _decimal(text: str, start: int, end: int) -> Token:
    """ "14.30" may turn out a clock; "2,5" and "2.1" never do."""
    whole, fraction = re.split("[.,]", text)
    looks_like_clock = "." in text and len(fraction) == 2  # noqa: PLR2004
    return Token(Kind.DECIMAL, text, start, end, EMPTY, (int(whole), int(fraction)) if looks_like_clock else ())


def _dotted(text: str, start: int, end: int) -> Token:
    return _word(text.replace(".", "").replace("-", " ").strip(), start, end)


def _genitive(_: str, start: int, end: int) -> Token:
    return Token(Kind.WORD, "'s", start, end)


_ODD: Final[Mapping[str, Callable[[str, int, int], Token]]] = {
    "mark": _mark,
    "decimal": _decimal,
    "dotted": _dotted,
    "genitive": _genitive,
}


def _absorb_dots(tokens: Sequence[Token]) -> list[Token]:
    """Joins the dot of an abbreviation ("dec.", "ma.") to its word."""
    kept: list[Token] = []
    for token in tokens:
        last = kept[-1] if kept else None
        if token.word == "." and last and last.end == token.start and last.word in _ABBREVIATIONS:
            kept[-1] = Token(last.kind, last.word, last.start, token.end, last.entry, last.values, last.capital)
        else:
            kept.append(token)
    return kept


def _join_phrases(tokens: Sequence[Token]) -> list[Token]:
    joined: list[Token] = []
    i = 0
    while i < len(tokens):
        token, size = _phrase_at(tokens, i) if tokens[i].word in PHRASES else (tokens[i], 1)
        joined.append(token)
        i += size
    return joined


def _phrase_at(tokens: Sequence[Token], i: int) -> tuple[Token, int]:
    for parts, entry in PHRASES[tokens[i].word]:
        size = _match_length(tokens, i, parts)
        if size:
            return Token(Kind.WORD, " ".join(parts), tokens[i].start, tokens[i + size - 1].end, entry), size
    return tokens[i], 1


def _match_length(tokens: Sequence[Token], i: int, parts: Sequence[str]) -> int:
    """How many tokens the phrase takes up here, hyphens inside it counted; 0 if it is not here."""
    j = i
    for part in parts:
        if j > i and j < len(tokens) and tokens[j].word == "-":
            j += 1
        if j >= len(tokens) or tokens[j].word != part:
            return 0
        j += 1
    return j - i
