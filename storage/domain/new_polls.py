"""What is sensible to ask in a poll: its question, what can be chosen, and its numbers, each tidied or refused."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from storage.domain.planning import FARTHEST, tidy
from storage.domain.poll_times import closing, is_sensible, moment
from storage.domain.polls import (
    FEWEST_OPTIONS,
    LONGEST_DAYS,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    NewOption,
    NewPoll,
    Option,
    PollKind,
    Shown,
)
from storage.domain.refusals import NothingSaid, NotSensible, TooLong
from storage.domain.series import Rhythm

MOST_QUORUM = 100_000

_DAY = timedelta(days=1)
_SUNDAY = 6
_NTH = (-1, 1, 2, 3, 4, 5)


def sensible(new: NewPoll) -> NewPoll:
    """The same, tidied. Raises NothingSaid, TooLong, NotSensible(field) for what means nothing, whatever the time."""
    kind = new.kind
    if new.rhythm is not None and not (is_sensible(new.rhythm) and _is_of_a_calendar(new.rhythm)):
        raise NotSensible("rhythm")
    return replace(
        new,
        question=question_of(new.question),
        options=_options(new),
        most=most_of(new.most) if kind is PollKind.SEVERAL else None,
        may_add=new.may_add and kind is not PollKind.TEMPERATURE,
        shown=Shown.AFTER_CLOSING if new.anonymous else new.shown,
        quorum=quorum_of(new.quorum),
        lasts_days=_within(new.lasts_days, 1, LONGEST_DAYS, "closes"),
    )


def _is_of_a_calendar(rhythm: Rhythm) -> bool:
    """Whether its days are ones that weeks and months have: what a button carries comes from outside."""
    weekday = rhythm.weekday is None or 0 <= rhythm.weekday <= _SUNDAY
    return weekday and rhythm.nth in _NTH and rhythm.count >= 0


def question_of(text: str) -> str:
    """The question, tidied. Raises NothingSaid, TooLong."""
    said = tidy(text)
    if said is None:
        raise NothingSaid
    if len(said) > LONGEST_QUESTION:
        raise TooLong
    return said


def most_of(most: int | None) -> int | None:
    """How many options one may choose. Raises NotSensible("most")."""
    return most if most is None else _within(most, 1, MOST_OPTIONS, "most")


def quorum_of(quorum: int | None) -> int | None:
    """How many have to vote. Raises NotSensible("quorum")."""
    return quorum if quorum is None else _within(quorum, 1, MOST_QUORUM, "quorum")


def _within(number: int, lowest: int, highest: int, field: str) -> int:
    if not lowest <= number <= highest:
        raise NotSensible(field)
    return number


def _options(new: NewPoll) -> tuple[NewOption, ...]:
    """What can be chosen, each once. A temperature has one option, which has no text."""
    if new.kind is PollKind.TEMPERATURE:
        return (NewOption(),)
    found: dict[object, NewOption] = {}
    for one in (option_of(each, new.kind) for each in new.options):
        found.setdefault(same(one), one)
    options = tuple(found.values())
    if len(options) > MOST_OPTIONS or (len(options) < FEWEST_OPTIONS and not new.may_add):
        raise NotSensible("options")
    return options


def option_of(new: NewOption, kind: PollKind) -> NewOption:
    """An option, tidied. Raises NothingSaid, TooLong, NotSensible("options") for a date without a day or that ends
    before it starts.
    """
    text = tidy(new.text) or ""
    if len(text) > LONGEST_OPTION:
        raise TooLong
    if kind is not PollKind.DATES:
        if not text:
            raise NothingSaid
        return NewOption(text)
    if new.day is None or (new.ends is not None and (new.starts is None or new.ends <= new.starts)):
        raise NotSensible("options")
    return replace(new, text=text)


def same(one: NewOption) -> object:
    """What two options have in common that are the same."""
    return (one.day, one.starts, one.ends) if one.day else one.text.casefold()


def as_new(option: Option) -> NewOption:
    """An option as if it was still to be added."""
    starts, ends = (at.time() if at else None for at in (option.starts, option.ends))
    return NewOption(option.text, option.day, starts, ends)


def must_be_to_come(options: Iterable[NewOption], today: date) -> None:
    """Raises NotSensible("options") for a day that is past, or years ahead."""
    if not all(one.day is None or today <= one.day <= today + FARTHEST for one in options):
        raise NotSensible("options")


def must_open_well(opens: datetime, now: datetime) -> None:
    """Raises NotSensible("opens") for what is long past, or too far ahead; both naive and local."""
    if not now - _DAY < opens <= closing(now, LONGEST_DAYS):
        raise NotSensible("opens")


def must_close_well(opens: datetime, opens_at: datetime, closes: datetime, zone: str) -> None:
    """Raises NotSensible("closes") for a local time before it opens, or so far that nobody looks forward to it."""
    near = opens - _DAY < closes <= closing(opens, LONGEST_DAYS)  # first: the ends of the calendar are no moments
    if not near or moment(closes, zone) <= opens_at:
        raise NotSensible("closes")
