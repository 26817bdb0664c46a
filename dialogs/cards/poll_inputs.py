"""What is filled in to vote and kept together: in anonymous polls, whose card does not change, and in long ones."""

from collections.abc import Sequence

from microsoft_teams.cards import Action, ActionSet, CardElement, Choice, ChoiceSetInput, Column, ColumnSet

from dialogs.cards.elements import execute
from dialogs.cards.poll_payloads import CastVote
from dialogs.texts import polls as texts
from dialogs.texts.words import cut
from storage.domain.polls import Option, PollKind, PollView

RANKED = 5
"""Places of a ranking that can be filled in on a card; in a text they all can."""

LONGEST_RANKED = 70
"""Characters of an option in a list that stands on a card once for each place."""


def inputs(view: PollView, longest: int) -> list[CardElement]:
    """What one fills in, and the button that keeps it."""
    match view.poll.kind:
        case PollKind.RANKING:
            return _ranking(view, longest)
        case PollKind.DATES:
            return _dates(view, longest)
        case _:
            return _several(view, longest)


def _several(view: PollView, longest: int) -> list[CardElement]:
    picks = ChoiceSetInput(
        id="picked",
        label=texts.LABEL_PICK,
        choices=_choices(view, longest),
        is_multi_select=True,
        style="expanded",
        wrap=True,
        value=",".join(map(str, view.mine or ())) or None,
    )
    return [picks, _saving(view, frozenset({"picked"}))]


def _ranking(view: PollView, longest: int) -> list[CardElement]:
    mine = {place: option for option, place in (view.mine or {}).items()}
    places = range(1, min(len(view.poll.options), RANKED) + 1)
    choices = _choices(view, min(longest, LONGEST_RANKED))
    fields: list[CardElement] = [
        ChoiceSetInput(
            id=f"c{place}",
            label=texts.CHOICES[place - 1],
            choices=choices,
            style="compact",
            placeholder=texts.NO_ANSWER,
            value=str(mine[place]) if place in mine else None,
        )
        for place in places
    ]
    return [*fields, _saving(view)]


def _dates(view: PollView, longest: int) -> list[CardElement]:
    """A list to choose from for each day, two beside each other: who has many of them still oversees them."""
    answers = [Choice(title=word, value=str(int(answer))) for answer, word in texts.ANSWERS.items()]
    fields = [_date(view, one, longest, answers) for one in view.poll.options]
    columns = [Column(width="stretch", items=[one]) for one in fields]
    columns += [Column(width="stretch", items=[])] * (len(columns) % 2)
    rows: list[CardElement] = [
        ColumnSet(columns=columns[at : at + 2], spacing="Small") for at in range(0, len(columns), 2)
    ]
    everything = execute(texts.BUTTON_ALL_FIT, CastVote(poll=view.poll.id, everything=True))
    return [*rows, _saving(view, beside=[everything])]


def _date(view: PollView, option: Option, longest: int, answers: list[Choice]) -> CardElement:
    mine = (view.mine or {}).get(option.id)
    return ChoiceSetInput(
        id=f"o{option.id}",
        label=cut(texts.option_label(option), longest),
        choices=answers,
        style="compact",
        placeholder=texts.NO_ANSWER,
        value=str(int(mine)) if mine is not None else None,
    )


def _choices(view: PollView, longest: int) -> list[Choice]:
    return [Choice(title=cut(texts.option_label(one), longest), value=str(one.id)) for one in view.poll.options]


def _saving(view: PollView, filled: frozenset[str] = frozenset(), beside: Sequence[Action] = ()) -> CardElement:
    return ActionSet(actions=[execute(texts.BUTTON_SAVE, CastVote(poll=view.poll.id), exclude=filled), *beside])
