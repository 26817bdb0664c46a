"""The seam: text, time and known names in, one Understanding out. What happens behind it can be replaced whole."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from rapidfuzz import fuzz

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.intents import Intent
from dialogs.language.names import Hit, NameIndex, nearest
from dialogs.language.patterns import MAYBE, SURE, scores, vocabulary
from dialogs.language.spelling import fold, strip_markup, tokens, words
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind, MeetingQuery, Which
from storage.domain.network import Names

LONGEST = 1000
"""Characters of a message that are read: no question about a meeting is longer."""

FAQ_SURE = 88
FAQ_SURER = 95


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text was taken to mean.

    `intent` with `confidence` 0–1 and the other `candidates`, best first; the `dates` in it; `query`, which meetings
    are meant, with `names_meeting` False when the text says nothing about which; ids of `people`,
    `organisations` and the `question` of the FAQ that were named (several people: ambiguous). `leans_back`: the text
    names nobody itself and means whom was talked about ("en haar mailadres?").
    """

    text: str
    intent: Intent
    confidence: float = 0.0
    candidates: tuple[tuple[Intent, float], ...] = ()
    dates: tuple[DateExpression, ...] = ()
    query: MeetingQuery = field(default_factory=MeetingQuery)
    names_meeting: bool = False
    people: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    question: int | None = None
    leans_back: bool = False

    @property
    def sure(self) -> bool:
        """True when it may be acted upon without asking."""
        return self.confidence >= SURE


def understand(text: str, now: datetime, names: Names, memory: Memory | None = None) -> Understanding:
    """What `text` means, said at `now` (aware, in the network's zone) to a bot that knows `names`.

    `memory` is what was last talked about: "en de netwerkdag?" asks the same of another meeting.
    """
    raw = strip_markup(text)[:LONGEST]
    return _Reading(raw, now, _index(names), memory or Memory()).understanding()


_indexes: list[NameIndex] = []


def _index(names: Names) -> NameIndex:
    """The index of these names, built once: they change far less often than somebody asks something."""
    for index in _indexes:
        if index.names is names:
            return index
    _indexes[:] = [NameIndex(names), *_indexes[:3]]
    return _indexes[0]


class _Reading:
    """One text on its way to an Understanding."""

    def __init__(self, raw: str, now: datetime, index: NameIndex, memory: Memory) -> None:
        self._raw, self._now, self._index, self._memory = raw, now, index, memory
        self._dates = find_dates(raw, now)
        self._plain = tokens(fold(raw))
        self._words = tokens(fold(_masked_dates(raw, self._dates)))
        self._kind: MeetingKind | None = None
        self._any_kind = False
        self._ids: tuple[int, ...] = ()
        self._people = self._mask_people()
        self._organisations = self._mask_organisations()
        self._mask_meetings()

    def understanding(self) -> Understanding:
        """The outcome."""
        masked = _collapsed(" ".join(_corrected(word) for word in self._words))
        candidates = scores(masked)
        question, score = self._question()
        if question is not None and (score >= FAQ_SURER or not candidates or candidates[0][1] < SURE):
            candidates.insert(0, (Intent.FAQ_ANSWER, SURE))
        intent, confidence = candidates[0] if candidates else (Intent.UNKNOWN, 0.0)
        bare = self._bare_reference(masked)
        if bare is not None and confidence < SURE:
            intent, confidence = bare, SURE
        query, named = self._query(masked, intent)
        return Understanding(
            self._raw,
            intent if confidence > MAYBE else Intent.UNKNOWN,
            confidence,
            tuple(candidates),
            self._dates,
            query,
            named,
            self._people,
            self._organisations,
            question if intent is Intent.FAQ_ANSWER else None,
            _leans_back(masked),
        )

    def _mask_people(self) -> tuple[int, ...]:
        known = vocabulary() | _kind_words().keys()
        return self._mask(self._index.people.find(self._words, known), "<persoon>")

    def _mask_organisations(self) -> tuple[int, ...]:
        return self._mask(self._index.organisations.find(self._words), "<organisatie>")

    def _mask(self, hits: Sequence[Hit], mask: str) -> tuple[int, ...]:
        for hit in reversed(hits):
            self._words[hit.first : hit.last + 1] = [mask]
        return tuple(dict.fromkeys(id_ for hit in hits for id_ in hit.ids))

    def _mask_meetings(self) -> None:
        self._mask_kinds()
        positions, self._ids = self._index.meetings.by_title(self._words, vocabulary())
        for position in positions:
            self._words[position] = "<soort>"
        if not self._ids and not self._people:
            self._ids = self._index.meetings.by_place(self._plain)
        if self._kind and self._ids:
            # Where kind and title disagree the title wins: people mix up kinds, not themes.
            same = self._index.meetings.of_kind(self._ids, self._kind)
            self._ids, self._kind = (same, self._kind) if same else (self._ids, None)

    def _mask_kinds(self) -> None:
        kinds = _kind_words()
        for position in range(len(self._words)):
            for length in (2, 1):
                found = _kind_at(self._words[position : position + length], kinds)
                if found and position + length <= len(self._words):
                    name = kinds[found]
                    self._any_kind = self._any_kind or name == "any"
                    self._kind = self._kind or (MeetingKind(name) if name != "any" else None)
                    mask = "<soorten>" if _plural(found, kinds) else "<soort>"
                    self._words[position : position + length] = [mask, *[""] * (length - 1)]
                    break

    def _bare_reference(self, masked: str) -> Intent | None:
        """The intent of "en de netwerkdag?" or "intervisie?": the last one, or when it is."""
        if not re.fullmatch(
            r"(en |maar |ok |oke )*(wat )?(met |voor |van |op |in )*(de |het |die |dat )*(volgende |vorige )?"
            r"(<soort>|<datum>)( (van|op|in|over) (de |het )?(<soort>|<datum>))*",
            masked,
        ):
            return None
        last = Intent(self._memory.intent) if self._memory.intent in set(Intent) else Intent.UNKNOWN
        goes_on = masked.startswith(("en ", "maar ", "ok", "wat met"))
        return last if goes_on and last.about_a_meeting else Intent.MEETING_WHEN

    def _question(self) -> tuple[int | None, float]:
        said = " ".join(self._plain)
        best: tuple[float, int] = (0.0, 0)
        for question in self._index.names.questions:
            for wording in (question.question, *question.also):
                best = max(best, (fuzz.token_sort_ratio(said, " ".join(tokens(fold(wording)))), question.id))
        return (best[1], best[0]) if best[0] >= FAQ_SURE else (None, 0.0)

    def _query(self, masked: str, intent: Intent) -> tuple[MeetingQuery, bool]:
        query = MeetingQuery(_which(masked, intent, bool(self._dates)), self._kind, self._ids)
        for expression in self._dates[:1]:
            first, last = _window(expression, self._now.date())
            query = replace(query, first=first, last=last)
        ordinal = re.search(r"(volgende|vorige|laatste|recentste)( \S+)?( <soorte?n?>|$)", masked)
        return query, bool(self._kind or self._ids or query.bounded or (ordinal and "zelfde" not in masked))


def _which(masked: str, intent: Intent, dated: bool) -> Which:
    if intent is Intent.MEETING_LIST:
        return Which.ALL
    looks_back = re.search(r"\b(vorige|verleden|recentste|laatste <soort>|laatste keer)", masked)
    past_tense = re.search(r"\b(was|waren|kwam|kwamen|vond|ging|stond|duurde|sprak|spraken)\b", masked)
    return Which.PREVIOUS if not dated and (looks_back or past_tense) else Which.NEXT


def _leans_back(masked: str) -> bool:
    """Whether no name follows: "wie is de contactpersoon?" or "van welke organisatie is zij?"."""
    pronoun = re.search(r"\b(hij|zij|ze|hem|haar|zijn|hun|die|daar)\b", masked)
    names_something = re.search(r"\b(van|bij|voor|uit) (?!welke|wat|wie)", masked)
    return bool(pronoun) or not names_something


def _window(expression: DateExpression, today: date) -> tuple[date | None, date | None]:
    """The local days, both inclusive, that an expression allows a meeting to start on."""
    first, last = _day(expression.start), _day(expression.end)
    if expression.bound == "before":
        limit = last or first
        if limit is None:
            return None, None
        return today, limit if expression.inclusive else limit - timedelta(days=1)
    if expression.bound == "after":
        return first, None
    return first, last or first


def _day(value: date | datetime | time | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _masked_dates(raw: str, dates: Sequence[DateExpression]) -> str:
    for expression in reversed(dates):
        first, last = expression.span
        mask = "<datum>" if _day(expression.start) or _day(expression.end) else "<uur>"
        raw = f"{raw[:first]} {mask} {raw[last:]}"
    return raw


def _collapsed(masked: str) -> str:
    """Neighbouring masks of meetings as one: "infomoment leerrecht" is one thing."""
    masked = " ".join(masked.split())
    masked = re.sub(
        r"\b(in|op|rond|tijdens|van|om|tegen|na|vanaf|binnen|de|het|den|begin|sinds) (?=(de |het )?<datum>)", "", masked
    )
    masked = re.sub(
        r"<soort>( (over|rond|van|voor|in|bij|te|de|het|een|en|is) (de |het |een )?)?<soort>(?: <soort>)*",
        "<soort>",
        masked,
    )
    return re.sub(r"(<soort>)( <soort>)+", r"\1", masked)


def _corrected(word: str) -> str:
    if word.startswith("<") or word in _exact_words():
        return word
    return nearest(word, vocabulary()) or word


@cache
def _exact_words() -> frozenset[str]:
    return vocabulary() | frozenset(str(words()["empty"]).split())


@cache
def _kind_words() -> dict[str, str]:
    return {word: kind for kind, synonyms in words()["kinds"].items() for word in synonyms}


def _kind_at(said: Sequence[str], kinds: Collection[str]) -> str | None:
    word = " ".join(said)
    if word.startswith("<") or not word:
        return None
    if len(said) > 1:
        return word if word in kinds else None
    return nearest(word, kinds) if word not in vocabulary() else None


def _plural(word: str, kinds: Collection[str]) -> bool:
    return any(word == singular + ending for singular in kinds for ending in ("s", "en")) or word in {
        "netwerkdagen",
        "studiedagen",
    }
