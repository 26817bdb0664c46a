"""Buttons to vote with, each of which is kept at once: what somebody did is never lost when the card changes."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, ActionSet, CardElement, Column, ColumnSet, TextBlock

from dialogs.cards.elements import execute, small
from dialogs.cards.limits import LONGEST_LABEL, MOST_BUTTONS
from dialogs.cards.poll_payloads import CastVote, VotePoll
from dialogs.texts import polls as texts
from dialogs.texts.words import cut, plain
from storage.domain.polls import HIGHEST, LOWEST, NEXT_PLACE, UNSAID, Answer, Option, PollKind, PollView


def taps(view: PollView, longest: int) -> list[CardElement]:
    """The buttons of a poll, with what they are about. Options have `longest` characters at most."""
    poll = view.poll
    match poll.kind:
        case PollKind.TEMPERATURE:
            return [_temperature(view)]
        case PollKind.SINGLE if _as_buttons(poll.options):
            return [ActionSet(actions=[_vote(view, texts.option_label(one), one) for one in poll.options])]
        case PollKind.SINGLE:
            return [_row(view, one, longest, _single(view, one)) for one in poll.options]
        case PollKind.DATES:
            return [_how(view), *(part for one in poll.options for part in _date(view, one, longest)), *_all_fit(view)]
        case PollKind.SEVERAL:
            return [_how(view), *(_row(view, one, longest, _several(view, one)) for one in poll.options)]
        case PollKind.RANKING:
            return [_how(view), *(_row(view, one, longest, _ranking(view, one)) for one in poll.options)]


def _as_buttons(options: Sequence[Option]) -> bool:
    """Whether each option fits on a button, and all of them on one card."""
    fits = all(len(texts.option_label(one)) <= LONGEST_LABEL for one in options)
    return fits and len(options) <= MOST_BUTTONS


def _vote(view: PollView, label: str, option: Option, value: int = 1) -> Action:
    return execute(label, VotePoll(poll=view.poll.id, option=option.id, value=value))


def _how(view: PollView) -> CardElement:
    return small(texts.TAPS[view.poll.kind])


def _temperature(view: PollView) -> CardElement:
    option, degrees = view.poll.options[0], range(LOWEST, HIGHEST + 1)
    return ActionSet(actions=[_vote(view, f"{one} {texts.DEGREES[one - 1]}", option, one) for one in degrees])


# --- an option in full, with a button beside it


def _row(view: PollView, option: Option, longest: int, tap: Action) -> CardElement:
    """An option in full with its button. A row that is tapped as a whole shows nothing of that in Teams."""
    columns = [
        Column(width="stretch", items=[_label(view, option, longest)], vertical_content_alignment="Center"),
        Column(width="auto", items=[ActionSet(actions=[tap])], vertical_content_alignment="Center"),
    ]
    return ColumnSet(columns=columns, spacing="Small")


def _label(view: PollView, option: Option, longest: int) -> CardElement:
    """What an option says after its number, and what one said of it."""
    own = (view.mine or {}).get(option.id)
    label = f"{option.position}\\. {plain(cut(texts.option_label(option), longest))}"
    said = texts.SAID.get(view.poll.kind, "").format(place=own) if own else ""
    return TextBlock(text=f"{label}{said}", wrap=True, weight="Bolder" if own else None)


def _single(view: PollView, option: Option) -> Action:
    label = texts.BUTTON_CHOSEN if option.id in (view.mine or {}) else texts.BUTTON_CHOOSE
    return _vote(view, label.format(number=option.position), option)


def _several(view: PollView, option: Option) -> Action:
    if option.id in (view.mine or {}):
        return _vote(view, texts.BUTTON_REMOVE, option, UNSAID)
    return _vote(view, texts.BUTTON_CHOOSE.format(number=option.position), option)


def _ranking(view: PollView, option: Option) -> Action:
    """On one's own card the button says which place it is."""
    mine = view.mine or {}
    if option.id in mine:
        return _vote(view, texts.BUTTON_REMOVE, option, UNSAID)
    label = texts.BUTTON_PLACE if view.person is not None else texts.BUTTON_CHOOSE
    return _vote(view, label.format(number=option.position, place=len(mine) + 1), option, NEXT_PLACE)


# --- dates


def _date(view: PollView, option: Option, longest: int) -> list[CardElement]:
    """A day, and beneath it what one can say of it."""
    mine = (view.mine or {}).get(option.id)
    buttons = [_vote(view, _answer(answer, mine), option, int(answer)) for answer in texts.ANSWERS]
    return [_label(view, option, longest), ActionSet(actions=buttons, spacing="Small")]


def _answer(answer: Answer, mine: int | None) -> str:
    word = texts.ANSWERS[answer].capitalize()
    return texts.BUTTON_SAID.format(word=word) if mine == answer else word


def _all_fit(view: PollView) -> list[CardElement]:
    """One tap for all days, until one said something of any of them."""
    if view.mine:
        return []
    return [ActionSet(actions=[execute(texts.BUTTON_ALL_FIT, CastVote(poll=view.poll.id, everything=True))])]
