"""Which meetings a sentence refers to: the next or the past one, a kind, a period, "the one after that"."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from dialogs.language.carried import CARRYING
from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.intents import ABOUT_POINTS, LOOKS_BACK, Intent
from dialogs.language.names import NameIndex, nearest
from dialogs.language.patterns import vocabulary
from dialogs.language.spelling import words
from storage.domain.dialogs import Memory
from storage.domain.meetings import MeetingKind, MeetingQuery, Which

_BACK = re.compile(r"\b(vorige|verleden|recentste|(laatste|afgelopen)( <soort>| keer| maal|$))")
_TO_COME = re.compile(r"\bvolgende\b")
_ORDINAL = re.compile(r"\b(volgende|vorige|verleden|recentste|(laatste|afgelopen)( <soort>| keer| maal|$))")
_PLACES = ("eerste", "tweede", "derde")
_NTH = re.compile(r"\b(tweede|derde) <soort>")
_LAST = re.compile(r"\blaatste\b")
_AFTER_THAT = re.compile(r"\b(daarna|erna|erachter|daarachter|nadien)\b")
_RECALL = re.compile(r"\b(?:ook )?(?:al)?weer\b")
_USUAL = {Intent.MEETING_SESSIONS: MeetingKind.NETWERKDAG, Intent.AGENDA_CASES: MeetingKind.INTERVISIE}
"""The kind of meeting that some questions are about when they don't say."""

_AHEAD = frozenset(
    intent
    for intent in Intent
    if intent.value.startswith(("registration.", "agenda.p", "agenda.w", "agenda.d", "poll."))
    or intent in ABOUT_POINTS - {Intent.AGENDA_EXPERT}
    or intent in {Intent.AGENDA_SUPPORT, Intent.AGENDA_CASE, Intent.AGENDA_BOARD, Intent.AGENDA_ACCEPT}
    or intent in {Intent.AGENDA_MERGE, Intent.AGENDA_ASK, Intent.AGENDA_ARRANGE, Intent.AGENDA_COMPOSE}
    or intent is Intent.AGENDA_HOLD
    or intent in {Intent.MEETING_CREATE, Intent.MEETING_MOVE, Intent.MEETING_CHANGE, Intent.MEETING_CANCEL}
    or intent is Intent.MEETING_INVITE
)
"""What is only asked of a meeting to come."""

_OF_ANYTHING = (
    frozenset({Intent.AGENDA_PROPOSE, Intent.POLL_START, Intent.REPORT_SEARCH, Intent.REPORT_NOTE, *CARRYING})
    | {Intent.AGENDA_SUPPORT, Intent.AGENDA_COMMENT, Intent.AGENDA_PROMISE, Intent.AGENDA_ACCEPT, Intent.AGENDA_ASK}
    | {Intent.AGENDA_DECLINE, Intent.AGENDA_MERGE, Intent.AGENDA_ARRANGE, Intent.AGENDA_HANDLED, *ABOUT_POINTS}
)
"""What may speak of a theme without meaning the meeting about it."""

_DEADLINES = frozenset({Intent.AGENDA_DEADLINE, Intent.REGISTRATION_DEADLINE, Intent.MEETING_DEADLINES})
"""Questions in which a day may be that of the deadline."""

_ELSEWHEN = frozenset({Intent.MEETING_WHEN, Intent.MEETING_MOVE, Intent.MEETING_COPY, Intent.MEETING_CHANGE})
"""What may say a day on which a meeting, said otherwise, is not (yet)."""

_ACTS = frozenset(intent for intent in Intent if intent.value.startswith("registration.")) - {
    Intent.REGISTRATION_DEADLINE
} | {
    Intent.MEETING_MOVE,
    Intent.MEETING_CHANGE,
    Intent.MEETING_CANCEL,
    Intent.MEETING_COPY,
    Intent.MEETING_INVITE,
    Intent.MEETING_HISTORY,
}
"""What does something with a meeting: never with another one than that of the day that was said."""

_MASK = re.compile(r"<(?:datum|uur|telkens)>")
_TOWARDS = re.compile(r"\b(?:naar|wordt|worden|maar)(?: (?:op|de|den|het|dan))* $")
_OF_DAY = re.compile(r"\b(?:van|die van)(?: (?:de|den|op|dan))* $")
_ON_DAY = re.compile(r"\bop(?: de| den)? $")
_GOES_ON_A_DAY = frozenset(
    {
        Intent.REGISTRATION_REGISTER,
        Intent.REGISTRATION_UNREGISTER,
        Intent.MEETING_CANCEL,
        Intent.MEETING_INVITE,
    }
)
_OF_ANOTHER_DAY = re.compile(r"\b(?:deadline|uiterste|inschrij\w*|agenda\w*|aanmeld\w*)\b")

_REGION = re.compile(
    r"(?<!\S)(?:sessies?|<soort>|<soorten>|regio|groep|workshop)(?: van| de| regio)* (?:noord|zuid|oost|west|midden)\b"
)
"""Who speaks of a region's session means a network day."""

_WEEKS = re.compile(r"\b(?:week|weken)\b", re.IGNORECASE)
DAY = timedelta(days=1)
_BARE_YEAR = re.compile(r"(?:19|20)\d\d$|(?:het |dit |volgend )?(?:nieuwe )?(?:voorjaar|najaar|schooljaar|jaar)$")
_DAY_ALONE = re.compile(r"^(?:voor |tegen |op )?(?:den? )?\d{1,2}(?:e|de|den|ste|sten)$", re.IGNORECASE)
_ASKS_WHETHER = re.compile(r"(?:en |of )?(?:is|valt|gaat|komt|ligt|zit|was|blijft)\b")
MONTHS_AHEAD = 7
"""Within so many months "de 19de" may fall."""

_UNTIL = re.compile(r"(?:tot en met|t\.?/?e?\.?m\.?) ", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|'\d\d")
_WAS = re.compile(r"\b(?:was|waren)\b")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a sentence says about which meeting: a kind, ids, dates, whether it looks back; `said` has the masks.

    `other_kind` is a kind that none of the `ids` is of.
    """

    kind: MeetingKind | None
    other_kind: MeetingKind | None
    ids: tuple[int, ...]
    place: tuple[int, ...]
    dates: tuple[DateExpression, ...]
    past: bool
    said: str

    def _nth(self, index: NameIndex, today: date) -> tuple[int, ...]:
        """ "De tweede intervisie", counted from today."""
        found = _NTH.search(self.said) if self.kind and not self.ids and not self.dates else None
        if found is None:
            return ()
        place = _PLACES.index(found[1])
        return index.meetings.taking_place(self.kind, since=today - DAY)[place : place + 1]

    @property
    def names_something(self) -> bool:
        """Whether a kind, title, place or order ("de volgende") is said."""
        return bool(self.kind or self.ids or self.place or "<soort" in self.said or _ORDINAL.search(self.said))

    def query(self, intent: Intent, index: NameIndex, memory: Memory, now: datetime) -> tuple[MeetingQuery, bool]:
        """The query, and whether the sentence says anything at all about which meeting."""
        if intent in _OF_ANYTHING and self.ids and (other := self._without_title(index, now)):
            return other.query(intent, index, memory, now)
        today = now.date()
        following = self._following(index, memory)
        following = following or self._nth(index, today)
        if following:
            return MeetingQuery(ids=following), True
        period = self._period(intent, index, now)
        which = Which.PREVIOUS if period.earlier else self._which(intent, index, today, period)
        ids = self.ids or self._at_place(index, which, today)
        if intent is not Intent.MEETING_LIST and period.first and not period.last:
            # "Waar is de eerste na nieuwjaar?"
            ids = index.meetings.taking_place(self.kind, ids, period.first - DAY)[:1] or ids
        elif self.dates and self.dates[0].bound == "before" and period.last and _LAST.search(self.said):
            ids = index.meetings.taking_place(self.kind, ids, today - DAY, period.last + DAY)[-1:] or ids
        kind = self.kind or self._usual_kind(intent, index, today)
        query = MeetingQuery(which, kind, ids, first=period.first, last=period.last)
        said_which = _ORDINAL.search(self.said) is not None and "zelfde" not in self.said
        return query, bool(self.kind or ids or query.bounded or said_which)

    def _period(self, intent: Intent, index: NameIndex, now: datetime) -> "_Period":
        """The days said; of several the first with a meeting, and none where they don't say which meeting."""
        of_day = self._days_it_is_on(intent)
        dates = of_day or self.dates
        found = [window(expression, now, intent is Intent.MEETING_LIST) for expression in dates]
        periods = [_Period(first, last) for first, last in found if first or last]
        if intent is Intent.MEETING_LIST:
            periods = self._listed(periods, now.date())
        if intent in LOOKS_BACK and (held := self._held(periods, index, now.date())) is not None:
            return held
        for one in periods:
            if one.has_meeting(self, index):
                return one
        if not periods or intent is Intent.MEETING_LIST:
            return periods[0] if periods else _Period(said=False)
        for one in self._otherwise(intent, periods[0], now.date()):
            if one.has_meeting(self, index):
                return one
        if of_day:
            return periods[0]
        return _Period(said=False) if self._claims(intent, periods[0]) else periods[0]

    def _held(self, periods: Sequence["_Period"], index: NameIndex, today: date) -> "_Period | None":
        """A day still to come as that of a year before, where a meeting was held: "het verslag van 4 februari"."""
        earlier = (one.moved(-1) for one in periods if one.first and one.last and one.first > today)
        return None if self._says_year() else next((one for one in earlier if one.has_meeting(self, index)), None)

    def _days_it_is_on(self, intent: Intent) -> tuple[DateExpression, ...]:
        """The days that say of which meeting something is to be done, and not what becomes of it: "van 11 juni"."""
        masks = list(_MASK.finditer(self.said))
        if intent not in _ACTS or len(masks) != len(self.dates):
            return ()
        days = [(one, self.said[: mask.start()]) for one, mask in zip(self.dates, masks, strict=True)]
        days = [(one, before) for one, before in days if _day(one.start) and one.bound is None]
        on_day = _ON_DAY if intent in _GOES_ON_A_DAY else _OF_DAY
        said = tuple(one for one, before in days if _OF_DAY.search(before) or on_day.search(before))
        if said or intent not in {Intent.MEETING_MOVE, Intent.MEETING_COPY}:
            return () if _OF_ANOTHER_DAY.search(self.said) else said
        others = tuple(one for one, before in days if not _TOWARDS.search(before))
        return others if len(others) < len(days) else ()

    def _listed(self, periods: Sequence["_Period"], today: date) -> list["_Period"]:
        """One period: "in februari en maart" from the first to the last, "nog dit schooljaar" from today."""
        whole = _joined(periods) if periods else None
        if whole and whole.first and whole.first < today and "nog" in self.said.split():
            whole = replace(whole, first=today)
        return [whole] if whole else []

    def _otherwise(self, intent: Intent, period: "_Period", today: date) -> Iterator["_Period"]:
        """What else a period without a meeting may be: last year's, this year's after all, or that whole week."""
        if not self._says_year() and period.first and period.last:
            if intent not in _AHEAD:
                yield period.moved(-1)
            if self.past:
                yield period.moved(1)
        if period.first and period.is_day:
            yield from self._near(period.first, today)
        if self.dates[0].bound == "before" and period.first:
            yield _Period(today, period.first - DAY)

    def _near(self, day: date, today: date) -> Iterator["_Period"]:
        """What a day without a meeting may stand for: that week ("over twee weken"), a later month's ("de 19de")."""
        if _WEEKS.search(self.dates[0].text):
            monday = day - day.weekday() * DAY
            yield _Period(max(monday, today), monday + 6 * DAY)
        if _DAY_ALONE.search(self.dates[0].text):
            later = (day + relativedelta(months=months) for months in range(1, MONTHS_AHEAD))
            yield from (_Period(one, one) for one in later if one.day == day.day)

    def _without_title(self, index: NameIndex, now: datetime) -> "Reference | None":
        """The same without its title where a kind or day says which: "zet huiswerk op de agenda van 4 februari"."""
        other = replace(self, ids=(), kind=self.other_kind or self.kind, other_kind=None)
        dated = any(_Period(*window(one, now, of_list=False)).has_meeting(other, index) for one in self.dates)
        return other if dated or self.other_kind else None

    def _claims(self, intent: Intent, period: "_Period") -> bool:
        """Whether a day without a meeting says something of one named otherwise: "is de netwerkdag op een vrijdag?"."""
        if self.ids or intent in _DEADLINES:
            return True
        asked = period.is_day or _ASKS_WHETHER.match(self.said) is not None
        return bool(self.kind) and intent in _ELSEWHEN and asked

    def _says_year(self) -> bool:
        return any(_YEAR.search(expression.text) for expression in self.dates)

    def _which(self, intent: Intent, index: NameIndex, today: date, period: "_Period") -> Which:
        if intent is Intent.MEETING_LIST:
            return Which.ALL
        if period.said:
            over = self.past and period.first and replace(period, last=today - DAY).has_meeting(self, index)
            return Which.PREVIOUS if over else Which.NEXT
        if _BACK.search(self.said):
            return Which.PREVIOUS
        # "Wat was het adres?" may well be asked of a meeting to come; a past one must fit.
        if intent in LOOKS_BACK and not _TO_COME.search(self.said):
            return Which.PREVIOUS if not self.ids or index.meetings.fitting(None, self.ids, until=today) else Which.NEXT
        is_past = self.past and index.meetings.fitting(self.kind, self.ids, until=today)
        return Which.PREVIOUS if is_past else Which.NEXT

    def _usual_kind(self, intent: Intent, index: NameIndex, today: date) -> MeetingKind | None:
        kind = _USUAL.get(intent) or (MeetingKind.NETWERKDAG if _REGION.search(self.said) else None)
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
        return index.meetings.taking_place(self.kind, since=day)[:1] if day else ()


@dataclass(frozen=True, slots=True)
class _Period:
    """The local days, both inclusive, on which a meeting may start; `earlier`: a year before what was said."""

    first: date | None = None
    last: date | None = None
    said: bool = True
    earlier: bool = False

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last

    def moved(self, years: int) -> "_Period":
        """The same some years later."""
        by = relativedelta(years=years)
        return _Period(self.first and self.first + by, self.last and self.last + by, earlier=years < 0)

    def has_meeting(self, reference: Reference, index: NameIndex) -> bool:
        """Whether a meeting that is referred to starts on one of these days."""
        since, until = self.first and self.first - DAY, self.last and self.last + DAY
        return bool(index.meetings.fitting(reference.kind, reference.ids, since, until))


def _joined(periods: Sequence[_Period]) -> _Period:
    """ "In februari en maart": from the first to the last."""
    firsts, lasts = [one.first for one in periods], [one.last for one in periods]
    first = None if None in firsts else min(one for one in firsts if one)
    return _Period(first, None if None in lasts else max(one for one in lasts if one))


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
    if expression.bound == "before" and head.lower() in {"voor", "tegen"} and (not of_list or _BARE_YEAR.match(rest)):
        # "Ingeschreven voor 3/12" is about that day; only of a list it means the days before, but not "voor 2027".
        expression = next(iter(find_dates(f"in {rest}", now)), expression)
    elif expression.bound == "before" and expression.inclusive and of_list and (said := _UNTIL.match(expression.text)):
        # "Tot en met maart" is until the end of March.
        whole = next(iter(find_dates(f"in {expression.text[said.end() :]}", now)), expression)
        expression = replace(expression, end=whole.end or expression.end)
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
        day = _day(expression.start) or _day(expression.end)
        mask = "<telkens>" if expression.every else "<datum>" if day else "<uur>"
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


@cache
def _kind_words() -> frozenset[str]:
    return frozenset(kind_words())


def _kind_at(said: Sequence[str], kinds: Collection[str]) -> str | None:
    word = " ".join(said)
    if word.startswith("<") or not word:
        return None
    if len(said) > 1:
        return word if word in kinds else None
    return word if word in kinds else nearest(word, _kind_words()) if word not in vocabulary() else None


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
