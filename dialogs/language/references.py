"""Which meetings a sentence refers to: the next or the past one, a kind, a period, "the one after that"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.intents import Intent
from dialogs.language.names import NameIndex, nearest
from dialogs.language.patterns import vocabulary
from dialogs.language.spelling import words
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind, MeetingQuery, Which

_BACK = re.compile(r"\b(vorige|verleden|recentste|(laatste|afgelopen)( <soort>| keer| maal|$))")
_ORDINAL = re.compile(r"\b(volgende|vorige|verleden|recentste|(laatste|afgelopen)( <soort>| keer| maal|$))")
_AFTER_THAT = re.compile(r"\b(daarna|erna|erachter|daarachter|nadien)\b")
_RECALL = re.compile(r"\b(?:ook )?(?:al)?weer\b")
_USUAL = {Intent.MEETING_SESSIONS: MeetingKind.NETWERKDAG, Intent.AGENDA_CASES: MeetingKind.INTERVISIE}
"""The kind of meeting that some questions are about when they don't say."""

_WAS = re.compile(r"\b(?:was|waren)\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a sentence says about which meeting: a kind, ids, dates, whether it looks back; `said` has the masks."""

    kind: MeetingKind | None
    ids: tuple[int, ...]
    place: tuple[int, ...]
    dates: tuple[DateExpression, ...]
    past: bool
    said: str

    def query(self, intent: Intent, index: NameIndex, memory: Memory, now: datetime) -> tuple[MeetingQuery, bool]:
        """The query, and whether the sentence says anything at all about which meeting."""
        today = now.date()
        following = self._following(index, memory)
        if following:
            return MeetingQuery(ids=following), True
        which = self._which(intent, index, today)
        ids = self.ids or self._at_place(index, which, today)
        query = MeetingQuery(which, self.kind or self._usual_kind(intent, index, today), ids)
        for expression in self.dates[:1]:
            first, last = window(expression, now, intent is Intent.MEETING_LIST)
            query = replace(query, first=first, last=last)
        said_which = _ORDINAL.search(self.said) is not None and "zelfde" not in self.said
        return query, bool(self.kind or ids or query.bounded or said_which)

    def _which(self, intent: Intent, index: NameIndex, today: date) -> Which:
        if intent is Intent.MEETING_LIST:
            return Which.ALL
        if any(_day(expression.start) or _day(expression.end) for expression in self.dates):
            return Which.NEXT
        if _BACK.search(self.said):
            return Which.PREVIOUS
        # "Wat was het adres?" may well be asked of a meeting to come; a past one must fit.
        is_past = self.past and index.meetings.fitting(self.kind, self.ids, until=today)
        return Which.PREVIOUS if is_past else Which.NEXT

    def _usual_kind(self, intent: Intent, index: NameIndex, today: date) -> MeetingKind | None:
        kind = _USUAL.get(intent)
        says_which = self.ids or self.place or any(expression.start == expression.end for expression in self.dates)
        return kind if kind and not says_which and index.meetings.fitting(kind, since=today) else None

    def _at_place(self, index: NameIndex, which: Which, today: date) -> tuple[int, ...]:
        """Those at the place named; a past one only when nothing to come can be meant."""
        here = index.meetings.fitting(self.kind, self.place) if self.place else ()
        if which is Which.PREVIOUS or not here:
            return here
        yesterday = today - timedelta(days=1)
        coming = index.meetings.fitting(self.kind, here, since=yesterday)
        return coming or (() if index.meetings.fitting(self.kind, since=yesterday) else here)

    def _following(self, index: NameIndex, memory: Memory) -> tuple[int, ...]:
        """The meeting after the one talked about: "en de intervisie daarna?"."""
        if memory.meeting_id is None or self.dates or self.ids or not _AFTER_THAT.search(self.said):
            return ()
        day = index.meetings.day_of(memory.meeting_id)
        return index.meetings.fitting(self.kind, since=day)[:1] if day else ()


def past_tense(said: str) -> bool:
    """Whether the words look back; not in "waar was het ook weer", which asks again for what was forgotten."""
    return not _past_words().isdisjoint(said.split()) and not _RECALL.search(said)


def dates_in(raw: str, folded: str, now: datetime) -> tuple[DateExpression, ...]:
    """The dates in the text, read as past ones where its words look back."""
    if _RECALL.search(folded):
        return find_dates(_WAS.sub(lambda word: "is".ljust(len(word.group())), raw), now)
    if not past_tense(folded):
        return find_dates(raw, now)
    back = "was "
    return tuple(
        replace(one, span=(one.span[0] - len(back), one.span[1] - len(back))) for one in find_dates(back + raw, now)
    )


def window(expression: DateExpression, now: datetime, of_list: bool) -> tuple[date | None, date | None]:
    """The local days, both inclusive, that an expression allows a meeting to start on."""
    head, _, rest = expression.text.partition(" ")
    if expression.bound == "before" and not of_list and head.lower() in {"voor", "tegen"}:
        # "Ingeschreven voor 3/12" is about that day; only of a list it means the days before.
        expression = next(iter(find_dates(rest, now)), expression)
    first, last = _day(expression.start), _day(expression.end)
    if expression.bound == "before":
        limit = last or first
        if limit is None:
            return None, None
        return now.date(), limit if expression.inclusive else limit - timedelta(days=1)
    if expression.bound == "after":
        return first, None
    return first, last or first


def masked_dates(raw: str, dates: Sequence[DateExpression]) -> str:
    """The text with a mask for every date or hour."""
    for expression in reversed(dates):
        first, last = expression.span
        mask = "<datum>" if _day(expression.start) or _day(expression.end) else "<uur>"
        raw = f"{raw[:first]} {mask} {raw[last:]}"
    return raw


def mask_kinds(said: list[str]) -> tuple[str, ...]:
    """Mask the kinds of meetings in `said`, in place, and tell which they are."""
    kinds, found = kind_words(), list[str]()
    for position in range(len(said)):
        for length in (2, 1):
            word = _kind_at(said[position : position + length], kinds)
            if word and position + length <= len(said):
                mask = "<soorten>" if _plural(word, kinds) else "<soort>"
                said[position : position + length] = [mask, *[""] * (length - 1)]
                found.append(kinds[word])
                break
    return tuple(found)


@cache
def kind_words() -> dict[str, str]:
    """Every word for a kind of meeting with that kind."""
    return {word: kind for kind, synonyms in words()["kinds"].items() for word in synonyms}


def _kind_at(said: Sequence[str], kinds: Collection[str]) -> str | None:
    word = " ".join(said)
    if word.startswith("<") or not word:
        return None
    if len(said) > 1:
        return word if word in kinds else None
    return word if word in kinds else nearest(word, kinds) if word not in vocabulary() else None


def _plural(word: str, kinds: Collection[str]) -> bool:
    return any(word == singular + ending for singular in kinds for ending in ("s", "en")) or word in {
        "netwerkdagen",
        "studiedagen",
    }


@cache
def _past_words() -> frozenset[str]:
    return frozenset(str(words()["past"]).split())


def _day(value: date | datetime | time | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
