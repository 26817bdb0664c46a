"""How a poll is to be held, as a text tells it: until when, anonymous or not, how many choices, for whom."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.poll_words import UNITS, count, setting_patterns
from dialogs.language.spelling import fold
from storage.domain.polls import PollKind, Shown, Whom
from storage.domain.series import Rhythm, proposed

DAY_ENDS = time(23, 59)
DAY_BEGINS = time(9)
"""When a poll closes and opens where only the day is told."""


LONGEST, MOST_WORDS = 160, 24
"""Characters and spaces of a clause that is read: a longer one tells something else."""

LONGEST_REQUEST = 400
"""Characters of the words of a request that are read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said of how a poll is held; None where nothing is. Moments are naive and local.

    `rest`: the words that say who is asked, where these are participants of a meeting or people by name.
    """

    kind: PollKind | None = None
    anonymous: bool | None = None
    most: int | None = None
    may_add: bool | None = None
    shown: Shown | None = None
    quorum: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    lasts: timedelta | None = None
    rhythm: Rhythm | None = None
    whom: Whom | None = None
    yes_or_no: bool = False
    rest: str = ""

    def also(self, other: "Settings") -> "Settings":
        """These and the other ones, which count where both say something."""
        values = {name: value for name in self.__slots__ if (value := getattr(other, name)) not in (None, "", False)}
        if other.anonymous is False or other.may_add is False:
            values |= {name: False for name in ("anonymous", "may_add") if getattr(other, name) is False}
        return replace(self, **values)


def setting(clause: str, now: datetime) -> Settings | None:
    """What a clause says of how a poll is held; None where it says something else. `now`: aware, in the zone."""
    if len(clause) > LONGEST or clause.count(" ") > MOST_WORDS:
        return None
    masked = _Masked(clause, now)
    for name, pattern in setting_patterns("whole"):
        found = pattern.fullmatch(masked.text)
        if (
            found is not None
            and not (name in _OPTIONS_TOO and " " not in masked.text.strip())
            and (read := _read(name, found, masked, now)) is not None
        ):
            return read
    return None


_OPTIONS_TOO = frozenset({"wie.hier", "wie.iedereen"})
"""What a word alone may as well say as an option: "hier"."""


def settings_in(words: str, now: datetime) -> tuple[Settings, str]:
    """What the words of a request say of it anywhere, and what is left of them as typed."""
    said, found = words[:LONGEST_REQUEST], Settings()
    for _ in range(_MOST):
        masked = _Masked(said, now)
        one = _first(masked, now)
        if one is None:
            break
        found = found.also(one[0])
        first, last = masked.typed(*one[1])
        said = f"{said[:first]} {said[last:]}"
    return found, " ".join(said.split())


_MOST = 12


def _first(masked: "_Masked", now: datetime) -> tuple[Settings, tuple[int, int]] | None:
    for name, pattern in setting_patterns("within"):
        for found in pattern.finditer(masked.text):
            if (read := _read(name, found, masked, now)) is not None:
                return read, found.span()
    return None


class _Masked:
    """A text in lower case, with a mask in place of each date: "tot vrijdag 16u" is "<tot>"."""

    def __init__(self, typed: str, now: datetime) -> None:
        self.raw = typed
        folded = fold(typed).replace("’", "'").replace("`", "'").replace("\n", " ")
        self.dates: list[DateExpression] = []
        pieces, self._edges, last = [], [(0, 0)], 0
        for one in find_dates(typed, now):
            pieces += [folded[last : one.span[0]], _mask(one)]
            last = one.span[1]
            length = sum(map(len, pieces))
            self._edges += [(length - len(pieces[-1]), one.span[0]), (length, last)]
            self.dates.append(one)
        self.text = "".join([*pieces, folded[last:]])

    def typed(self, first: int, last: int) -> tuple[int, int]:
        """Where in the text as typed a place in the masked text is."""
        return self._place(first), self._place(last)

    def _place(self, position: int) -> int:
        masked, typed = max(edge for edge in self._edges if edge[0] <= position)
        return typed + position - masked

    def dates_of(self, found: re.Match[str]) -> list[DateExpression]:
        """The dates whose masks stand in what was found."""
        first, last = self.typed(*found.span())
        return [one for one in self.dates if first <= one.span[0] and one.span[1] <= last]


def _mask(one: DateExpression) -> str:
    if one.every is not None:
        return "<elke>"
    return {"before": "<tot>", "after": "<vanaf>"}.get(one.bound or "", "<dag>")


_SHOWN = {"pas": Shown.AFTER_CLOSING, "na": Shown.AFTER_VOTING, "altijd": Shown.ALWAYS}
_WHOM = {
    "kanaal": Whom.CHANNEL,
    "iedereen": Whom.EVERYBODY,
    "deelnemers": Whom.PARTICIPANTS,
    "hier": Whom.HERE,
    "mensen": Whom.PEOPLE,
}
_KINDS = {"rangschik": PollKind.RANKING, "temperatuur": PollKind.TEMPERATURE, "datums": PollKind.DATES}


@dataclass(frozen=True, slots=True)
class _Found:
    """What a pattern found: `which` kind of it, the number in it and its dates."""

    which: str
    match: re.Match[str]
    masked: _Masked
    now: datetime

    @property
    def number(self) -> int | None:
        said = self.match.groupdict().get("n")
        return count(said) if said else None

    @property
    def dates(self) -> list[DateExpression]:
        return self.masked.dates_of(self.match)


def _read(name: str, match: re.Match[str], masked: _Masked, now: datetime) -> Settings | None:
    what, _, which = name.partition(".")
    return _READERS[what](_Found(which, match, masked, now))


def _several(found: _Found) -> Settings:
    most = found.number if found.number != 1 else None
    return Settings(kind=PollKind.SINGLE if found.number == 1 else PollKind.SEVERAL, most=most)


def _quorum(found: _Found) -> Settings | None:
    return Settings(quorum=found.number) if found.number else None


def _whom(found: _Found) -> Settings:
    return Settings(whom=_WHOM[found.which], rest=_words(found.match, found.masked, found.which))


def _words(found: re.Match[str], masked: _Masked, which: str) -> str:
    if which not in {"deelnemers", "mensen"}:
        return ""
    first, last = masked.typed(*found.span())
    return masked.raw[first:last].strip()


def _closing(dates: list[DateExpression], now: datetime) -> Settings | None:
    """The last moment: of a day alone its end, of "voor vrijdag" that of the day before."""
    for one in dates:
        moment = one.end if one.bound == "before" else one.end or one.start
        if isinstance(moment, datetime):
            return Settings(closes=moment.replace(tzinfo=None))
        if isinstance(moment, time):
            day = now.date() if moment > now.time() else now.date() + timedelta(days=1)
            return Settings(closes=datetime.combine(day, moment).replace(tzinfo=None))
        if isinstance(moment, date):
            day = moment if one.inclusive or one.bound != "before" else moment - timedelta(days=1)
            return Settings(closes=datetime.combine(day, DAY_ENDS))
    return None


def closing_moment(said: str, now: datetime) -> datetime | None:
    """Until when, where a text names one moment without more: "vrijdag 16u"."""
    found = _closing(list(find_dates(said, now)), now)
    return found.closes if found is not None else None


def _opening(dates: list[DateExpression]) -> Settings | None:
    for one in dates:
        moment = one.start or one.end
        if isinstance(moment, datetime):
            return Settings(opens=moment.replace(tzinfo=None))
        if isinstance(moment, date):
            return Settings(opens=datetime.combine(moment, DAY_BEGINS))
    return None


def _lasting(found: re.Match[str]) -> Settings | None:
    if len(found.group().split()) <= _MERELY:
        return None  # "een week" may well be an option
    number = count(found["n"]) if found["n"] else 1
    unit = UNITS.get(found["unit"][:3])
    return Settings(lasts=number * unit) if number and unit else None


_MERELY = 2


def _rhythm(found: re.Match[str], dates: list[DateExpression], now: datetime) -> Settings | None:
    """How often it comes back, and when it does so first where a day or an hour is told."""
    told = dates or find_dates(found.group(), now)
    one = next((date for date in told if date.every is not None), None)
    if one is None or one.every is None:
        return None
    parts = dict(part.split("=") for part in one.every.split(";"))
    interval, on = int(parts.get("INTERVAL", "1")), _ON.fullmatch(parts.get("BYDAY", ""))
    weeks = interval if parts["FREQ"] == "WEEKLY" else 0
    months = interval * _MONTHS.get(parts["FREQ"], 0)
    if not weeks and not months:
        return None
    today = now.date()
    weekday = _WEEKDAYS.index(on["day"]) if on else today.weekday() if months else None
    nth = int(on["nth"] or 1) if on else min(5, (today.day - 1) // 7 + 1)
    rhythm = Rhythm(0, today, weeks, months, weekday, nth if nth < _FIFTH else -1)
    at = one.start if isinstance(one.start, time) else None
    return Settings(rhythm=rhythm, opens=_first_time(rhythm, at, now) if on or at else None)


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ON = re.compile(r"(?P<nth>-?[1-5])?(?P<day>MO|TU|WE|TH|FR|SA|SU)")
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
_FIFTH = 5
_AHEAD = 3


def _first_time(rhythm: Rhythm, at: time | None, now: datetime) -> datetime | None:
    local, hour = now.replace(tzinfo=None), at or DAY_BEGINS
    days = (one.instead_of or one.day for one in proposed(replace(rhythm, count=_AHEAD), lambda _: False))
    return next((moment for day in days if (moment := datetime.combine(day, hour)) > local), None)


_READERS: Mapping[str, Callable[[_Found], Settings | None]] = {
    "niets": lambda _: Settings(),
    "anoniem": lambda found: Settings(anonymous=found.which != "niet"),
    "toevoegen": lambda found: Settings(may_add=found.which != "niet"),
    "meest": _several,
    "quorum": _quorum,
    "toon": lambda found: Settings(shown=_SHOWN[found.which]),
    "soort": lambda found: Settings(kind=_KINDS[found.which]),
    "janee": lambda _: Settings(yes_or_no=True),
    "wie": _whom,
    "sluit": lambda found: _closing(found.dates, found.now),
    "open": lambda found: _opening(found.dates),
    "duurt": lambda found: _lasting(found.match),
    "ritme": lambda found: _rhythm(found.match, found.dates, found.now),
}
"""How each of the names of poll_settings.yaml, before its dot, is read."""
