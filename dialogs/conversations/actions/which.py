"""Which actions a sentence is about: by their numbers in the list that was shown, by their words, or the only one."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.conversations.actions.listing import LISTED
from dialogs.language.agenda import match
from dialogs.language.doing import ActionSaid
from dialogs.turn import Turn
from storage.domain.actions import Action, ActionState
from storage.services.house import House

MOST_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """The actions that are meant; else those between which is to be chosen, or the number that there is not."""

    actions: tuple[Action, ...] = ()
    maybe: tuple[Action, ...] = ()
    missing: int = 0


async def in_sight(house: House, turn: Turn) -> tuple[Action, ...]:
    """The list that numbers refer to: the one shown last, also what was settled of it since; else one's own."""
    what, _, ids = (turn.memory.pending or "").partition(":")
    if what == LISTED and ids:
        return await house.actions.known([int(one) for one in ids.split(".") if one.isdecimal()], turn.viewer)
    return await house.actions.mine(turn.viewer, turn.now)


async def meant(house: House, turn: Turn, said: ActionSaid) -> Meant:
    """The open actions that a sentence means; the words of others' actions count for who may see those."""
    listed = await in_sight(house, turn)
    if said.numbers:
        return numbered(listed, said.numbers)
    mine = await house.actions.mine(turn.viewer, turn.now)
    if said.everything:
        return Meant(tuple(one for one in mine if one.is_of(turn.viewer)))
    open_ = tuple(one for one in listed if one.state is ActionState.OPEN)
    if not said.words:
        return one_of(open_ if len(open_) == 1 else mine)
    for among in (mine, open_):
        found = by_words(said.words, among)
        if found.actions or found.maybe:
            return found
    others = await house.actions.open_of(turn.viewer)
    return by_words(said.words, [one for one in others if one.may_be_settled_by(turn.viewer)])


async def settled(house: House, turn: Turn, said: ActionSaid) -> Meant:
    """The actions that a sentence opens again: of those listed, or that the viewer settled lately."""
    if said.numbers:
        return numbered(await in_sight(house, turn), said.numbers)
    lately = await house.actions.settled(turn.viewer, turn.now)
    if said.words:
        found = by_words(said.words, lately)
        if found.actions or found.maybe:
            return found
    return Meant(lately[:1])


def numbered(listed: Sequence[Action], numbers: Sequence[int]) -> Meant:
    """Those with these numbers."""
    missing = next((one for one in numbers if not 0 < one <= len(listed)), 0)
    return Meant(missing=missing) if missing else Meant(tuple(listed[one - 1] for one in numbers))


def one_of(actions: Sequence[Action]) -> Meant:
    """The only one, or a choice."""
    return Meant(tuple(actions)) if len(actions) == 1 else Meant(maybe=tuple(actions))


def by_words(words: str, actions: Sequence[Action]) -> Meant:
    """The one whose words fit best; of several that fit as well, a choice."""
    found = match(words, [one.text for one in actions])
    if found is not None:
        return Meant((actions[found],))
    return Meant(maybe=tuple(one for one in actions if match(words, [one.text]) is not None))
