"""What somebody who starts a poll says: the question, the options, and how it is to be held."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from dialogs.language.courtesies import without_courtesies
from dialogs.language.poll_asking import asking
from dialogs.language.poll_options import dated_options, days_in, is_all_dates, listed, listed_lines, only_days
from dialogs.language.poll_settings import Settings, setting
from dialogs.language.poll_words import word_pattern
from dialogs.language.spelling import fold, strip_markup_in_lines
from storage.domain.polls import FEWEST_OPTIONS, MOST_OPTIONS, NewOption, PollKind, Shown, Whom
from storage.domain.series import Rhythm

LONGEST = 6_000
"""Characters that are read."""

YES_OR_NO = ("ja", "nee")
"""The options of a question that is answered by yes or no: what people type themselves."""


@dataclass(frozen=True, slots=True)
class PollStarted:
    """A poll as far as a text tells it. `question` is "" and `options` is () where it tells none.

    `opens` and `closes` are naive and local, None where nothing says so. `rest`: the words that say who is asked, where
    these are the participants of a meeting ("wie naar de netwerkdag komt") or people by name; else "".
    """

    kind: PollKind = PollKind.SINGLE
    question: str = ""
    options: tuple[NewOption, ...] = ()
    anonymous: bool = False
    most: int | None = None
    may_add: bool = False
    shown: Shown = Shown.ALWAYS
    quorum: int | None = None
    opens: datetime | None = None
    closes: datetime | None = None
    rhythm: Rhythm | None = None
    whom: Whom | None = None
    rest: str = ""


def participants_of(text: str, now: datetime) -> str:
    """The words of a poll's start that say whom it asks, as `PollStarted.rest`."""
    return started(text, now).rest


def started(text: str, now: datetime) -> PollStarted:
    """What `text`, said at `now` (aware, in the network's zone), says of the poll that it starts."""
    said = without_courtesies(strip_markup_in_lines(text[:LONGEST]))
    lines, around = listed_lines(said)
    told, lines = _settings_among(lines, now)
    asked = asking(around, now)
    told = asked.settings.also(told)
    question, tail = (asked.question, asked.listed) if not lines else (_whole(asked.question, asked.listed), "")
    return _Poll(question, tail, lines, told, asked.noun).read(now)


def _whole(question: str, listed_behind: str) -> str:
    return question or listed_behind


def _settings_among(lines: Sequence[str], now: datetime) -> tuple[Settings, tuple[str, ...]]:
    """The lines of a list that are options, and what the others say of how the poll is held."""
    told, kept = Settings(), list[str]()
    for line in lines:
        found = setting(line.strip(" .,;:()"), now)
        if found is None:
            kept.append(line)
        else:
            told = told.also(found)
    if len(kept) < FEWEST_OPTIONS <= len(lines) - len(kept) and told.rhythm is not None:
        return Settings(), tuple(lines)  # "elke maand", "elk kwartaal": what is chosen is how often
    return told, tuple(kept)


@dataclass(frozen=True, slots=True)
class _Poll:
    """The parts that a text falls into, on their way to a poll."""

    question: str
    tail: str
    lines: tuple[str, ...]
    told: Settings
    noun: str

    def read(self, now: datetime) -> PollStarted:
        """The outcome."""
        question = _direct(_tidy(self.question))
        dates = self.dates(question, now)
        options = dates or tuple(NewOption(one) for one in self._texts(question))
        kind = self._kind(question, options, dated=bool(dates))
        if kind is PollKind.TEMPERATURE:
            options = ()
        told = self.told
        return PollStarted(
            kind,
            question,
            options[: 5 * MOST_OPTIONS],  # who asks hears that it is too much
            bool(told.anonymous),
            told.most,
            bool(told.may_add),
            told.shown or Shown.ALWAYS,
            told.quorum,
            told.opens,
            self._closes(now),
            told.rhythm,
            told.whom,
            told.rest,
        )

    def _closes(self, now: datetime) -> datetime | None:
        if self.told.closes is not None or self.told.lasts is None:
            return self.told.closes
        begins = self.told.opens or now.replace(tzinfo=None, second=0, microsecond=0)
        return begins + self.told.lasts

    def dates(self, question: str, now: datetime) -> tuple[NewOption, ...]:
        """The days that can be chosen, where what can be chosen is days."""
        each = None if self.lines else _EACH_TIME.search(self.tail)
        if each is not None and (days := replace(self, tail=self.tail[: each.start()]).dates(question, now)):
            return tuple(_at_hours(one, each) for one in days)
        listing = self.lines or listed(self.tail)
        if not self.lines and only_days(self.tail, now, asks=self._dated(question)):
            return self._enough(days_in(self.tail, now), question)
        asks = self._dated(question)
        kept = [one for one in listing if not word_pattern("geen").match(fold(one))]
        if not kept or not is_all_dates(kept, now, asks=asks):
            return ()
        return self._enough(dated_options(kept, now), question)

    def _enough(self, found: tuple[NewOption, ...], question: str) -> tuple[NewOption, ...]:
        return found if len(found) >= FEWEST_OPTIONS or self._dated(question) else ()

    def _dated(self, question: str) -> bool:
        return self.told.kind is PollKind.DATES or self._asks_when(question)

    @staticmethod
    def _asks_when(question: str) -> bool:
        return word_pattern("datumvraag").match(fold(question)) is not None

    def _texts(self, question: str) -> tuple[str, ...]:
        if self.lines:
            return tuple(map(_tidy, self.lines))
        found = tuple(one for part in listed(self.tail) if (one := _tidy(part).rstrip(".?!")))
        if len(found) >= FEWEST_OPTIONS:
            return found
        if self.told.yes_or_no:
            return YES_OR_NO
        return found or self._of_the_question(question)

    def _of_the_question(self, question: str) -> tuple[str, ...]:
        """ "Gaan we naar Gent of Mechelen?" names its options, "gaan we akkoord?" is answered by yes or no."""
        folded = fold(question)
        if self.told.kind in {PollKind.TEMPERATURE, PollKind.DATES} or not folded:
            return ()
        if word_pattern("janee").search(folded):
            return YES_OR_NO
        either = _either(question)
        if either:
            return either
        return YES_OR_NO if word_pattern("werkwoord").match(folded) and not self.told.may_add else ()

    def _kind(self, question: str, options: Sequence[NewOption], *, dated: bool) -> PollKind:
        told = self.told.kind
        if dated or (not options and (told is PollKind.DATES or (told is None and self._asks_when(question)))):
            return PollKind.DATES
        if told in {PollKind.RANKING, PollKind.TEMPERATURE, PollKind.SEVERAL, PollKind.SINGLE}:
            return told if told is not PollKind.TEMPERATURE or not options or _are_degrees(options) else PollKind.SINGLE
        if word_pattern("volgorde").search(fold(question)) and len(options) >= FEWEST_OPTIONS:
            return PollKind.RANKING
        if not options and word_pattern("graad").search(fold(question)):
            return PollKind.TEMPERATURE
        return PollKind.SINGLE


_HOUR = r"(?P<h{0}>[01]?\d|2[0-3])(?:[:.u](?P<m{0}>[0-5]\d))?(?: ?u(?:ur|re)?)?"
_EACH_TIME = re.compile(
    rf"[\s,;(]+(?:telkens|steeds|elke keer)(?: van| om| tussen)? {_HOUR.format(1)}"
    rf"(?:(?: tot| en| ?-) ?{_HOUR.format(2)})?[\s.)]*$",
    re.IGNORECASE,
)


def _at_hours(day: NewOption, said: re.Match[str]) -> NewOption:
    """A day without hours at those that are said of each: "telkens van 9 tot 12 uur"."""
    if day.day is None or day.starts is not None:
        return day
    ends = time(int(said["h2"]), int(said["m2"] or 0)) if said["h2"] else None
    return replace(day, starts=time(int(said["h1"]), int(said["m1"] or 0)), ends=ends)


def _are_degrees(options: Sequence[NewOption]) -> bool:
    return {one.text for one in options} <= {"1", "2", "3", "4", "5", "ja", "nee"}


_MOST_WORDS = 5
_OR = re.compile(r"(?<=[\w)])\s+(?:of|or)\s+", re.IGNORECASE)


def _either(question: str) -> tuple[str, ...]:
    """What stands around the last "of" of a question, and before it between commas; () where that is unclear."""
    said = question.rstrip(" ?!.")
    joint = next(reversed(list(_OR.finditer(said))), None)
    if joint is None:
        return ()
    before, after = said[: joint.start()], said[joint.end() :]
    behind = after.split()
    if not 0 < len(behind) <= _MOST_WORDS + 3:
        return ()
    *earlier, last = [part for part in re.split(r"\s*,\s*", before) if part]
    first = _alike(earlier[0] if earlier else last, behind)
    others = [*earlier[1:], last] if earlier else []
    length = len(first.split())
    tail = " ".join(behind[:length]) if len(behind) > max(length, _MOST_WORDS) else after
    return tuple(one.strip(' "“”:') for one in (first, *others, tail))


def _alike(words: str, behind: Sequence[str]) -> str:
    """The last words before "of" that are built like what follows it: "met de trein" before "met de auto"."""
    said = words.rsplit(":", 1)[-1].split()
    same = [place for place, word in enumerate(said) if fold(word) == fold(behind[0])]
    if same and len(said) - same[-1] <= _MOST_WORDS:
        return " ".join(said[same[-1] :])
    return " ".join(said[-(len(behind) if len(behind) <= 1 or len(said) <= len(behind) else 1) :])


def _direct(question: str) -> str:
    """ "Hoe het gaat" as a question of its own, in the same words."""
    found = word_pattern("keert").match(fold(question))
    if found is None:
        return question
    first, it, verb = (question[slice(*found.span(name))] for name in ("hoe", "het", "verb"))
    return f"{first} {verb} {it}{question[slice(*found.span('met'))] if found['met'] else ''}?"


_QUOTES = '"“”„«»'


def _tidy(said: str) -> str:
    said = " ".join(said.split()).strip(" :;,-–—")
    if len(said) > 1 and said[0] in _QUOTES and said[-1] in _QUOTES:
        said = said[1:-1].strip()
    return said.rstrip(".") if said.count(".") == 1 else said
