"""The names of schools, homes and clubs; whether a person is near is for another to see."""

import re
from collections.abc import Iterator
from functools import cache

from storage.domain.identifying.addresses import windows
from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, is_word, listed, ordinary, piece
from storage.domain.identifying.tokens import Parts, Token
from storage.domain.identifying.tokens import word as word_of

_VERB_NEAR = 6
_SCHOOLED = frozenset({"sint", "st", "bosco", "onze", "heilig", "go"})
_WORD = r"[^\W\d_]{1,30}"
_CAPITAL = r"[A-ZÀ-Þ][^\W\d_]{0,30}"
_NAMED = rf"{_CAPITAL}(?:[-'.]{_WORD}){{0,3}}"
_JOINTS = frozenset({"de", "het", "den", "ter", "ten", "'t", "t", "la", "le", "van"})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "school": re.compile(
            rf"(?<![^\W\d_])(?:(?i:{either('school_heads')})\s(?:(?:[Dd]e|[Hh]et|[Dd]en|[Tt]er|[Tt]en|'[tT]|[Ll]a|[Ll]e)\s)?{_NAMED}(?:[ -]{_NAMED}){{0,3}}"
            rf"|(?:[Ss]int|[Ss]t|SINT|[Oo]nze[- ][Ll]ieve|[Hh]eilig)[-. ]{{1,2}}(?:{_WORD}[-' ]){{0,3}}?{_WORD}{either('school_tails')}s?\b"
            rf"|(?:(?!{piece('opening')} ){_CAPITAL} ){{0,2}}(?:{_WORD}[-]){{0,3}}{_WORD}{either('school_tails')}\b"
            rf"|(?:atheneum|college|lyceum|instituut|academie|basisschool|lagere school|humaniora) (?:van|te|in) {_WORD}\b(?<!\b(?:de|en))|[Dd]on [Bb]osco\b"
            rf"|(?:[Ss]int|[Ss]t)[-. ]{{1,2}}{_CAPITAL}(?:-{_WORD}){{0,3}}(?:[ -]{either('school_tails')})?\b"
            rf"|(?:sint|st)-{_WORD}(?:-{_WORD}){{0,3}}(?:[ -]{either('school_tails')})?\b"
            rf"|(?:sint|st)\.? (?=(?P<saint>{_WORD})){_WORD}"
            rf"|(?:{_NAMED}[ -]){{1,2}}(?i:{either('school_tails')})\b"
            rf"|(?i:huis van (?:het|de) (?:kind|gezin|nederlands|taal))(?: {_NAMED}){{0,2}}"
            rf"|[Oo]nze[- ][Ll]ieve[- ][Vv]rouwe?(?:[- ]?{either('school_tails')})?\b"
            rf"|\b(?:GO!|go!)\s{_WORD}(?:[ -]{_NAMED}){{0,3}})"
        ),
        "apposed": re.compile(
            rf"(?: van {_WORD})?(?:,|:| is| heet| =) (?P<name>(?:De|Het|Ter|Ten|'t) {_NAMED}(?: {_CAPITAL})?)"
        ),
        "tail": re.compile(either("school_tails"), re.IGNORECASE),
    }


def schools(parts: Parts, organisations: frozenset[str]) -> Iterator[Finding]:
    """The names of schools, homes and clubs, and of the network's own organisations; those that overlap as one."""
    spans = [(one.start, one.end) for one in _schools(parts, organisations)]
    yield from (Finding(start, end, Identifier.SCHOOL) for start, end in _joined(spans))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _schools(parts: Parts, organisations: frozenset[str]) -> Iterator[Finding]:
    """What may be the name of a school, each as it is found."""
    for name in organisations:
        at = parts.low.find(name.lower()) if len(name) > 2 else -1
        while at >= 0:
            yield Finding(at, at + len(name), Identifier.SCHOOL)
            at = parts.low.find(name.lower(), at + len(name))
    yield from _written(parts)
    heads, leads, clubs = cue("school_heads"), cue("study_places"), tuple(cue("club_tails"))
    for at, one in enumerate(parts.words):
        if one.low in heads or one.low.endswith(clubs):
            yield from _headed(parts, at)
        elif one.low in leads and not one.capital:
            yield from _attended(parts, at)
        if one.low == "school":
            yield from _apposed(parts, one.end)


def _apposed(parts: Parts, end: int) -> Iterator[Finding]:
    """ "zijn school, De Zeppelin": the name behind a comma."""
    if match := _patterns()["apposed"].match(parts.text, end, end + 90):
        yield Finding(match.start("name"), match.end(), Identifier.SCHOOL)


def _written(parts: Parts) -> Iterator[Finding]:
    """What is written like a school's name, and is no kind of school, place or saint's day."""
    for match in _school_names(parts):
        word = match[0].lower()
        if is_word(folded(word)) or _patterns()["tail"].fullmatch(word) or folded(word) in listed("places"):
            continue
        saint = word_of(folded(match["saint"] or ""))
        if match["saint"] and ordinary(saint.stem) and not (saint.first or saint.maybe):
            continue
        if re.fullmatch(_WORD, word) and _a_kind_of_school(word) and not _proper(parts.text, match.start()):
            continue
        start = match.start() - 3 if parts.text[max(0, match.start() - 3) : match.start()] == "De " else match.start()
        yield Finding(start, match.end(), Identifier.SCHOOL)


def _proper(text: str, start: int) -> bool:
    """Whether a word has a capital in the middle of a sentence, an article before it: "in de Spoorwegschool"."""
    return text[start].isupper() and text[max(0, start - 3) : start].lower() == "de "


def _school_names(parts: Parts) -> Iterator[re.Match[str]]:
    """What is written like a school's name, looked for only around words of schools."""
    tails, heads, spans = tuple(cue("school_tails")), cue("school_heads") | _SCHOOLED | {"kind", "gezin"}, []
    for at, one in enumerate(parts.words):
        if one.low in heads or one.low.startswith(("sint-", "st-")) or one.low.endswith(tails):
            spans.append((parts.words[max(0, at - 4)].start, one.end + 100))
    for start, end in windows(parts, spans):
        yield from _patterns()["school"].finditer(parts.text, start, end)


def _run(parts: Parts, at: int, headed: bool = False) -> int:
    """The last word of a name that starts at `at`: "De Wonderwijzer", "ter leie", "vti aalst"; before `at` for none."""
    words, text, last = parts.words, parts.text, at - 1
    while at < len(words) and at <= last + 3:
        one = words[at]
        if at > last + 1 and text[words[at - 1].end : one.start] not in {" ", ". ", "-"}:
            break
        if one.low in _JOINTS:
            at += 1
            continue
        if not _named(one, words[at - 1] if at else None, headed):
            break
        last = at
        at += 1
        if at < len(words) and text[one.end : words[at].start] != " ":
            break
    return last


def _named(one: Token, before: Token | None, headed: bool) -> bool:
    """Whether a word may be of a name of a school."""
    if one.low in cue("school_words") or (one.word.barred and one.low not in listed("places")):
        return (before is not None and before.low in _JOINTS) or one.capital
    return one.capital or (len(one.low) > 3 and (one.word.unknown or (headed and one.word.namelike)))


def _headed(parts: Parts, at: int) -> Iterator[Finding]:
    """A word for a school or home and its name in small letters: "campus de reynaert", "vti aalst"."""
    words, one = parts.words, parts.words[at]
    start = words[_qualified(parts, at)].start
    if start < one.start and one.low in cue("school_tails"):
        yield Finding(start, one.end, Identifier.SCHOOL)
    if at + 1 >= len(words):
        return
    follows = words[at + 1]
    if parts.text[one.end : follows.start] != " ":
        return
    last = max(_run(parts, at + 1, headed=True), _low_named(parts, at))
    short = one.low in cue("short_heads")
    if last <= at and short and follows.low in {"de", "het", "ter", "ten"} and at + 2 < len(words):
        last = at + 2
    if last <= at and follows.low in listed("places") and short:
        last = at + 1
    if (
        last <= at
        and follows.low in {"van", "in", "te"}
        and at + 2 < len(words)
        and words[at + 2].low in listed("places")
    ):
        last = at + 2 if one.low in cue("school_tails") else at
    if last <= at and follows.low in cue("school_words"):
        return (yield Finding(start, follows.end, Identifier.SCHOOL))
    joint = follows.low in _JOINTS - {"van", "het"} or follows.capital or short
    if last > at and (joint or last == at + 2):
        yield Finding(start, words[last].end, Identifier.SCHOOL)


def _qualified(parts: Parts, at: int) -> int:
    """The first word of "vrije basisschool", "koninklijk atheneum"; the head itself for none."""
    first = at
    while first and at - first < 3 and parts.words[first - 1].low in cue("qualifiers"):
        first -= 1
    return first


def _low_named(parts: Parts, at: int) -> int:
    """The last word of a name in small letters behind its article: "basisschool het klavertje"; 0 for none."""
    words, one = parts.words, parts.words[at]
    if at + 2 >= len(words) or one.low in cue("loose_heads") or words[at + 1].low not in _JOINTS - {"van"}:
        return 0
    name = words[at + 2]
    gap = parts.text[words[at + 1].end : name.start] == " "
    person = name.low in cue("person") | cue("kin") | cue("groups") | cue("function") | cue("units") | cue("months")
    return at + 2 if gap and not person and len(name.low) > 2 else 0


def _attended(parts: Parts, at: int) -> Iterator[Finding]:
    """What somebody goes to, sits on or is from: "zit op scheppers", "gaat naar De Wonderwijzer"."""
    words, one = parts.words, parts.words[at]
    if one.low not in cue("study_places") or not 0 < at < len(words) - 1 or parts.text[one.end : one.end + 1] != " ":
        return
    verb = {each.low for each in words[max(0, at - _VERB_NEAR) : at]} & cue("study_verbs")
    person = one.low in {"van", "uit", "op"} and words[at - 1].word.first
    if not verb and not person:
        return
    first = at + 1 + (words[at + 1].low in {"de", "het", "den", "dat", "t"} and not words[at + 1].capital)
    if first >= len(words) or words[first].end - words[first].start < 2:
        return
    begin = words[first - 1] if words[first].low in cue("school_words") and first > at + 1 else words[first]
    last = _run(parts, first)
    if words[first].low.endswith(_KINDS) and first > at + 1 and not is_word(words[first].low):
        return (yield Finding(words[first].start, words[first].end, Identifier.SCHOOL))
    if _articled(parts, first - 1):
        begin, last = words[first - 1], max(last, first)
    if _in_capitals(parts, first):
        last = max(last, first)
    if words[first].low in cue("school_words") and first > at + 1:
        last = max(last, first)
    if last >= first and _a_school(parts, first, last, one.low, bool(verb)):
        yield Finding(begin.start, words[last].end, Identifier.SCHOOL)


_KINDS = ("instituut", "atheneum", "college", "lyceum")


def _articled(parts: Parts, at: int) -> bool:
    """Whether a name starts with this article: "De Ster", "het talent" has none."""
    words = parts.words
    one, follows = words[at], words[at + 1]
    capitals = one.capital and one.low in _JOINTS | {"het"} and follows.capital
    return capitals and parts.text[one.end : follows.start] == " " and follows.low not in cue("months")


def _in_capitals(parts: Parts, at: int) -> bool:
    """Whether a word is an abbreviation that may be a school's: "het VTI", "de KTA"."""
    written = parts.text[parts.words[at].start : parts.words[at].end]
    return (
        written.isupper()
        and 2 < len(written) < 6
        and not is_word(parts.words[at].low)
        and written not in cue("no_school")
    )


def _a_school(parts: Parts, first: int, last: int, led: str, verb: bool) -> bool:
    """Whether the name is no place, no person and no month."""
    words = parts.words[first : last + 1]
    said = " ".join(one.low for one in words)
    if said in listed("places") or any(one.word.first or one.low in cue("months") for one in words[:1]):
        return False
    if all(one.word.barred for one in words):
        return False
    article = first > 0 and parts.words[first - 1].low in _JOINTS
    if led not in {"op", "aan", "bij"} and not article and words[0].low not in _JOINTS | {"go"} and words[0].capital:
        return False
    low = not any(one.capital for one in words) and not _in_capitals(parts, first)
    if low and words[0].low not in _JOINTS and words[-1].low not in cue("school_words"):
        return (
            verb and led in {"op", "in"} and bool({one.low for one in parts.words[max(0, first - 4) : first]} & _SITS)
        )
    return not (low and words[-1].word.ordinary and words[-1].low not in cue("school_words"))


_SITS = frozenset({"zit", "zat", "les", "school", "loopt", "ingeschreven", "leerling", "verblijft"})


def _a_kind_of_school(word: str) -> bool:
    """Whether one word such as "muziekschool" names a kind, not a school."""
    head = _patterns()["tail"].sub("", folded(word)).rstrip("s-")
    return any(is_word(one) for one in (head, head + "e", head + "s", head.removesuffix("s")))
