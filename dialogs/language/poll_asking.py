"""Where in a request for a poll its question stands, where its options, and what else the request tells."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.language.poll_options import listed as listed_in
from dialogs.language.poll_settings import Settings, setting, settings_in
from dialogs.language.poll_words import spelled, word_pattern
from dialogs.language.spelling import fold
from storage.domain.polls import PollKind


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request holds: the question and what lists the options, as typed; `noun`: what the poll was called."""

    question: str = ""
    listed: str = ""
    settings: Settings = field(default_factory=Settings)
    noun: str = ""


def asking(text: str, now: datetime) -> Asked:
    """The parts of a request for a poll, without the options that stand on lines of their own."""
    said = "\n".join(line.strip() for line in spelled(text).splitlines() if line.strip())
    opened = _opened(said, now)
    own, told = _peeled(opened.own, now)
    told = opened.settings.also(told)
    question, listed = _divided(own, opened)
    if opened.topical and question.endswith("?") and not _asks(question):
        question = question[:-1]  # "kan je een poll starten over de lunch?"
    if _DEGREES.fullmatch(listed):
        told, listed = told.also(Settings(kind=PollKind.TEMPERATURE)), ""
    listed, more = _peeled(listed, now) if not _how_often(listed, now) else (listed, Settings())
    told = told.also(more)
    question, more = _peeled(question, now) if not question.rstrip().endswith("?") else (question, Settings())
    told = told.also(more)
    if not listed and (before := _of_context(opened.context)) and (not question or question == opened.mid):
        question, listed = before, question
    elif not question:
        question = _of_context(opened.context)
    elif not listed and opened.settings.kind is PollKind.DATES and any(map(str.isdecimal, question)):
        question, listed = "", question
    if not listed and told.kind is PollKind.RANKING and not _asks(question) and len(listed_in(question)) > _PAIR:
        question, listed = "", question
    return Asked(_without_lead(question), listed, told, opened.noun)


_DEGREES = re.compile(r"\W*1 ?(?:-|–|/|tot|t/m) ?5\W*")
_PAIR = 2


def _how_often(listed: str, now: datetime) -> bool:
    """Whether what can be chosen is how often, or until when: "elke maand; elk kwartaal"."""
    told = (setting(_bare(one), now) for one in listed_in(listed))
    return sum(one is not None and (one.rhythm or one.closes) is not None for one in told) > 1


@dataclass(frozen=True, slots=True)
class _Opened:
    """A request divided: what stands before it, the words that ask, and what somebody tells of their own."""

    context: str
    mid: str
    own: str
    settings: Settings
    noun: str = ""
    topical: bool = False
    """Whether a word such as "over" tells that what is asked follows."""


def _opened(said: str, now: datetime) -> _Opened:
    folded = _folded(said)
    found = word_pattern("request").search(folded)
    other = word_pattern("anders").search(folded)
    if other is not None and (found is None or other.start() < found.start("one")):
        return _by_other_words(said, other, now)
    if found is None:
        return _Opened("", "", said, Settings())
    first = _sentence_begins(folded, found.start("one"))
    last, resumes, topical = _mid_ends(folded, found.end("one"))
    noun = said[slice(*found.span("one"))]
    dated = word_pattern("datums").search(fold(noun)) is not None
    before, _ = settings_in(said[first : found.start("one")], now)
    middle = said[found.end("one") : last]
    if _PLANS.search(folded, first, found.start("one")) and re.match(r"\s*(?:voor|op)\b", _folded(middle)):
        middle = f" in{middle}"  # "plan een poll voor vrijdag 14u": it opens then
    own = said[resumes:]
    if own[:1] in _CLOSES and (mark := re.match(r"\s*[\"“„«'‘]", middle)) is not None:
        middle, own = middle[mark.end() :] + "?", own[1:]
    after, left = (Settings(kind=PollKind.DATES), middle) if dated else settings_in(middle, now)
    if dated:
        after = after.also(_without_days(middle, now))
    mid = _plain(left)
    told = before.also(settings_in(noun, now)[0]).also(after)
    return _Opened(said[: found.start("one")], mid, own, told, noun, topical)


_PLANS = re.compile(r"\b(?:plan|plant|plannen|programmeer|inplannen)\b")


def _without_days(middle: str, now: datetime) -> Settings:
    """What the words behind "datumprikker" tell, in which a day is one to choose: only until when it runs, and whom."""
    found, _ = settings_in(middle, now)
    closes = found.closes if _UNTIL.search(_folded(middle)) else None
    return Settings(anonymous=found.anonymous, closes=closes, whom=found.whom, rest=found.rest)


_UNTIL = re.compile(r"\b(?:tot|tegen|sluit|deadline|uiterlijk|ten laatste|t\.?e\.?m)\b")


_KINDS = {
    "w_rangschik": PollKind.RANKING,
    "w_laat3": PollKind.RANKING,
    "w_top": PollKind.RANKING,
    "w_prik": PollKind.DATES,
    "w_graad": PollKind.TEMPERATURE,
}


def _by_other_words(said: str, found: re.Match[str], now: datetime) -> _Opened:
    """A request that names no poll: "laat de groep kiezen tussen A en B", "wanneer past het: ..."."""
    name = next(name for name, value in found.groupdict().items() if value is not None and name.startswith("w_"))
    first = _sentence_begins(_folded(said), found.start(name))
    before, _ = settings_in(said[first : found.start(name)], now)
    told = Settings(anonymous=before.anonymous).also(settings_in(found[name], now)[0])
    kind = _KINDS.get(name)
    if kind is not None:
        told = told.also(Settings(kind=kind))
    start = found.start(name) if name in {"w_vraag", "w_datum"} else found.end(name)
    context = said[: _sentence_begins(_folded(said), found.start(name))]
    return _Opened(context, "", said[start:], told)


_SENTENCE = re.compile(r"[.!?\n]\s+|\n")


def _sentence_begins(folded: str, before: int) -> int:
    return max((one.end() for one in _SENTENCE.finditer(folded, 0, before)), default=0)


_MID_ENDS = re.compile(r"(?<!\d):(?!\d|//)|:(?=\s)|\?|\n|\.(?=\s)|\s[-–—]\s|$")


def _mid_ends(folded: str, since: int) -> tuple[int, int, bool]:
    """Where the words that ask end, where what is asked begins, and whether a word announces that."""
    end = _MID_ENDS.search(folded, since)
    topic = word_pattern("topic").search(folded, since)
    options = word_pattern("opties").search(folded, since)
    last, resumes, topical = (*end.span(), False) if end is not None else (len(folded), len(folded), False)
    if topic is not None and topic.start() < last:
        last, resumes, topical = *topic.span(), True
    if options is not None and options.start() < last:
        last, resumes, topical = options.start(), options.start(), False
    return last, resumes, topical


def _plain(left: str) -> str:
    """What is left of the words that ask, without those that only ask."""
    said = word_pattern("vult").sub(" ", _folded(left))
    if not said.strip(" ,.;:-–?!()"):
        return ""
    edge = word_pattern("vult_voor").match(_folded(left))
    end = word_pattern("vult_achter").search(_folded(left))
    return left[edge.end() if edge else 0 : end.start() if end else len(left)].strip(" ,;:-–()")


def _divided(own: str, opened: _Opened) -> tuple[str, str]:
    """The question, and what lists the options behind it."""
    own = own.strip()
    folded = _folded(own)
    options = word_pattern("opties").search(folded)
    asks = own.find("?")
    if options is not None and (asks < 0 or options.start() > 0) and own[options.end() :].strip():
        return _before(own[: options.start()]) or opened.mid, own[options.end() :]
    between = word_pattern("tussen").match(folded)
    if between is not None:
        return opened.mid, own[between.end() :]
    if asks >= 0:
        return _question_in(own, asks)
    colon = re.search(r"(?<!\d):(?!\d|//)|:(?=\s)", own)
    if colon is not None and own[: colon.start()].strip():
        return own[: colon.start()], own[colon.end() :]
    if (quoted := _QUOTED.match(own)) is not None and own[quoted.end() :].strip(" .,;"):
        return quoted["said"], own[quoted.end() :]
    question, *dashed = re.split(r"\s[-–—]\s", own)
    if len(dashed) > 1 and _asks(question):
        return question, " - ".join(dashed)
    line, _, below = own.partition("\n")
    if below.strip():
        return line, below
    return _without_mark(own, opened)


_QUOTED = re.compile(r"[\"“„«](?P<said>[^\"“”„«»]{5,300})[\"”»]")


def _asks(question: str) -> bool:
    said = _folded(question)
    return bool(word_pattern("vraagwoord").match(said) or word_pattern("werkwoord").match(said))


def _question_in(own: str, asks: int) -> tuple[str, str]:
    """The question up to its mark; what stands before it between a colon or a sentence's end may be no part of it."""
    question, listed = own[: asks + 1], own[asks + 1 :]
    if listed[:1] in _CLOSES and any(mark in question for mark in "\"“„«'‘"):
        question, listed = question + listed[0], listed[1:]
    options = word_pattern("opties").search(_folded(listed))
    if options is not None and options.start() <= 1:
        listed = listed[options.end() :]
    if not listed.strip() and (colon := re.search(r":\s", question)) is not None:
        behind = question[colon.end() :].rstrip("? ")
        if re.search(r",|;|\bof\b|/", behind) and not word_pattern("vraagwoord").match(_folded(behind)):
            return question[: colon.start()], behind
    return question, listed


_CLOSES = frozenset("\"”»'’")


def _before(said: str) -> str:
    return re.sub(r"\s+(?:met|en|als|de|volgende)$", "", said.strip(" ,;:-–\n"), flags=re.IGNORECASE)


def _without_mark(own: str, opened: _Opened) -> tuple[str, str]:
    """The question and the list of a text without "?": "koffie of thee", "de lunch, broodjes of soep"."""
    if opened.mid and own and not opened.topical:
        return opened.mid, own
    if not own:
        quoted = _QUOTED.match(opened.mid)
        return (quoted["said"], opened.mid[quoted.end() :]) if quoted is not None else (opened.mid, "")
    if _asks(own) and len((parts := own.partition(", "))[0].split()) >= _PAIR + 1 and len(listed_in(parts[2])) > 1:
        return parts[0], parts[2]  # "welk uur past best, 9u, 13u of 16u"
    if opened.topical or _asks(own):
        return own, ""
    if re.match(r"\(?[1aA][.):]\s", own) and len(listed_in(own)) > 1:
        return "", own
    return _bare_list(own)


def _bare_list(own: str) -> tuple[str, str]:
    """The question and the list of a text that asks nothing itself: "broodjes, soep of taart"."""
    parts = [part for part in re.split(r"\s*;\s*", own) if part]
    if len(parts) > 1:
        return ("", own) if len(parts[0].split()) <= _SHORT else (parts[0], "; ".join(parts[1:]))
    if re.search(r",\s|\s/\s", own) and len(re.split(r",\s|\s/\s", own)) > 2:  # noqa: PLR2004 - "a, b of c"
        return "", own
    if re.search(r"\w/\w|,", own) and re.search(r"\bof\b|/", own):
        return "", own
    return own, ""


_SHORT = 4


def _of_context(context: str) -> str:
    """The question in what stands before a request: "ik wil weten welke dag past. Maak daar een poll van"."""
    asked = re.findall(r"[^.!?\n]*\?", context)
    if asked:
        return str(asked[-1]).strip()
    found = word_pattern("weten").search(_folded(context))
    if found is None:
        return ""
    said = context[found.end() :]
    end = re.search(r"[.,!\n]|$", said)
    return said[: end.start()].strip() if end else said.strip()


def _without_lead(question: str) -> str:
    for _ in range(3):
        lead = word_pattern("lead").match(_folded(question))
        if lead is None or not lead.group():
            break
        question = question[lead.end() :]
    return question.strip(" :;,-–—\n")


_EDGE = re.compile(
    r"[.;,!\n(]\s*|\s+(?=ja ?/ ?neen?\b|ja of neen?\b)|\s[-–—]\s|"
    r"\s+(?=en\s)|(?<!van \d)(?<!van \d\d)(?<!van \du)(?<!van \d\du)\s+(?=max\b|tot\b|anoniem\b|op een schaal\b)"
)
_LONGEST_CLAUSE = 160
_MOST = 14


def _peeled(said: str, now: datetime) -> tuple[str, Settings]:
    """A text without the clauses at its ends that say how the poll is held, and what these say."""
    told = Settings()
    for _ in range(_MOST):
        found = _peel_behind(said, now) or _peel_before(said, now)
        if found is None:
            break
        said, one = found
        told = told.also(one)
    return said, told


def _peel_behind(said: str, now: datetime) -> tuple[str, Settings] | None:
    text = said.rstrip(" .!;,)\n")
    edges = [one for one in _EDGE.finditer(text) if len(text) - one.end() <= _LONGEST_CLAUSE][-4:]
    mark = text.rfind("?")
    if mark >= 0 and text[mark + 1 :].strip() and (one := setting(_bare(text[mark + 1 :]), now)) is not None:
        return text[: mark + 1], one
    for edge in edges:
        clause = text[edge.end() :].strip()
        if clause and (one := setting(_bare(clause), now)) is not None:
            return text[: edge.start()], one
    if mark < 0 and text and len(text) <= _LONGEST_CLAUSE and (one := setting(_bare(text), now)) is not None:
        return "", one
    return None


def _peel_before(said: str, now: datetime) -> tuple[str, Settings] | None:
    text = said.lstrip(" .,;:-–\n(")
    for edge in list(re.finditer(r"[.,:;)!\n]\s*|\s[-–—]\s", text[:_LONGEST_CLAUSE]))[:2]:
        clause = text[: edge.start()].strip()
        rest = text[edge.end() :]
        if clause and "?" not in clause and rest.strip() and (one := setting(_bare(clause), now)) is not None:
            return rest, one
    return None


def _bare(clause: str) -> str:
    return clause.strip(" .,;:!()?\n-–—")


def _folded(said: str) -> str:
    return fold(said).replace("’", "'").replace("`", "'")
