"""What is answered about a poll there is: until when one can vote, who chose what, and what one chose oneself."""

from collections.abc import Sequence
from datetime import datetime

from dialogs.texts import polls
from dialogs.texts.poll_starting import UNTIL, at
from dialogs.texts.poll_words import ANSWERS, DEGREES, option_label, short
from dialogs.texts.words import bullets, enumeration, people, plain
from storage.domain.polls import Option, Poll, PollKind, PollState, PollView, Vote

OF_ONE = "“{question}”: {said}"
ENDED = "Stemmen kan niet meer: de peiling sloot {when}."
OPENS_THEN = "Ze gaat open {opens}. Stemmen kan dan tot {when}."
NOT_YOU = "Je stemde nog niet."
SOMEHOW = "Je stemde, maar wat je koos, weet ook ik niet: de peiling is anoniem."
NOBODY_KNOWS = "Dat is een anonieme peiling: wie wat koos, weet ook ik niet."
WHO_CHOSE = "Wie koos wat in “{question}”:"
WHO_CHOSE_ONE = "Voor “{option}”: {names}."
NOBODY_FOR = "Voor “{option}” koos nog niemand."
NOBODY_WAS_FOR = "Voor “{option}” koos niemand."
LINE = "{name}: {choice}"
NOTHING_SAID = "nog niets"
OTHERS = "nog {people}"
MOST_LISTED = 60
"""Names in one answer; of more only how many."""


def until(views: Sequence[PollView], now: datetime) -> str:
    """Until when one can vote; of several by what they ask. `now` is aware, in the zone of the polls."""
    told = [_until(one.poll, now) for one in views]
    return told[0] if len(told) == 1 else _each(views, told)


def _until(poll: Poll, now: datetime) -> str:
    local = now.replace(tzinfo=None)
    if poll.state is PollState.SCHEDULED:
        opens = poll.opens_at.astimezone(now.tzinfo).replace(tzinfo=None)
        return OPENS_THEN.format(opens=at(opens, local), when=at(poll.closes_local, local))
    if poll.is_open(now):
        return UNTIL.format(when=at(poll.closes_local, local))
    closed = (poll.closed_at or poll.closes_at).astimezone(now.tzinfo).replace(tzinfo=None)
    return ENDED.format(when=at(closed, local))


def mine(views: Sequence[PollView]) -> str:
    """What somebody chose themselves; of several polls by what these ask."""
    told = [_mine(one) for one in views]
    return told[0] if len(told) == 1 else _each(views, told)


def _mine(view: PollView) -> str:
    if not view.voted:
        return NOT_YOU
    return f"{polls.mine(view).removeprefix('✓ ')}." if view.mine else SOMEHOW


def _each(views: Sequence[PollView], told: Sequence[str]) -> str:
    pairs = zip(views, told, strict=True)
    return bullets([OF_ONE.format(question=plain(one.poll.question), said=said) for one, said in pairs])


def who_chose(view: PollView, votes: Sequence[Vote], option: Option | None, now: datetime) -> str:
    """Who chose what, or who chose this option, in a poll whose votes this viewer may see.

    Who they may not know of is counted only.
    """
    poll, unnamed = view.poll, max(view.poll.voters - len(votes), 0)
    if option is not None and poll.kind in _BY_OPTION:
        names = [one.person.name for one in votes if one.ballot.get(option.id)]
        counts = view.tally.counts if view.tally else ()
        all_ = next((one.votes for one in counts if one.option and one.option.id == option.id), len(names))
        nobody = NOBODY_FOR if poll.is_open(now) else NOBODY_WAS_FOR
        told = _names(names, max(all_ - len(names), 0))
        return (WHO_CHOSE_ONE if told else nobody).format(option=short(option), names=told)
    days = [option] if option else poll.options
    lines = _by_day(days, votes) if poll.kind is PollKind.DATES else _by_person(poll, votes)
    lines = _by_option(poll, votes) if poll.kind in _BY_OPTION else lines
    lines += [_names([], unnamed)] if unnamed else []
    return "\n\n".join([WHO_CHOSE.format(question=plain(poll.question)), bullets(lines)])


_BY_OPTION = frozenset({PollKind.SINGLE, PollKind.SEVERAL})


def _by_option(poll: Poll, votes: Sequence[Vote]) -> list[str]:
    by = [(one, [vote.person.name for vote in votes if vote.ballot.get(one.id)]) for one in poll.options]
    return [LINE.format(name=short(one), choice=_names(names, 0)) for one, names in by if names]


def _by_day(options: Sequence[Option], votes: Sequence[Vote]) -> list[str]:
    return [LINE.format(name=short(one), choice=_answers(one, votes)) for one in options]


def _answers(option: Option, votes: Sequence[Vote]) -> str:
    """Who said what of a day: "ja: Samira en Wout; nee: Katrien"."""
    by = [
        (word, [one.person.name for one in votes if one.ballot.get(option.id) == said])
        for said, word in ANSWERS.items()
    ]
    return "; ".join(f"{word} {_names(names, 0)}" for word, names in by if names) or NOTHING_SAID


def _by_person(poll: Poll, votes: Sequence[Vote]) -> list[str]:
    lines = [LINE.format(name=plain(one.person.name), choice=choice(poll, one)) for one in votes[:MOST_LISTED]]
    left = len(votes) - len(lines)
    return [*lines, OTHERS.format(people=people(left))] if left else lines


def _names(names: Sequence[str], unnamed: int) -> str:
    shown = [plain(one) for one in names[:MOST_LISTED]]
    left = len(names) - len(shown) + unnamed
    return enumeration([*shown, OTHERS.format(people=people(left))] if left else shown) if shown or left else ""


def choice(poll: Poll, vote: Vote) -> str:
    """What somebody chose, in the order of the options, or of their preference."""
    chosen = [(one, vote.ballot[one.id]) for one in poll.options if one.id in vote.ballot]
    if poll.kind is PollKind.TEMPERATURE:
        return ", ".join(f"{value} ({DEGREES[value - 1]})" for _, value in chosen)
    if poll.kind is PollKind.RANKING:
        return ", ".join(f"{value}. {plain(option_label(one))}" for one, value in sorted(chosen, key=lambda it: it[1]))
    if poll.kind is PollKind.DATES:
        return ", ".join(f"{plain(option_label(one))} {_answer(value)}" for one, value in chosen)
    return ", ".join(plain(option_label(one)) for one, _ in chosen)


def _answer(value: int) -> str:
    return next((word for answer, word in ANSWERS.items() if answer == value), "")
