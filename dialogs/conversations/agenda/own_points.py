"""One's own agenda points: which there are, taking one back, changing one, and undoing that."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from dialogs.cards.payloads import Payload
from dialogs.cards.point_payloads import SavePoint, ShowPointForm, StartCase, TakeBackPoint
from dialogs.cards.points import buttons_card
from dialogs.conversations.agenda import forms, places, proposing, which
from dialogs.language.agenda import changed, month_in, proposed
from dialogs.language.intents import Intent
from dialogs.language.understanding import Understanding
from dialogs.texts import points as texts
from dialogs.texts.refusals import sentence
from dialogs.turn import Reply, Turn, whisper
from storage.domain.agenda import PointDetails, PointKind
from storage.domain.refusals import NotYours, Refusal
from storage.services.house import House

Answer: TypeAlias = Callable[[House, Turn, Understanding], Awaitable[Reply]]

MOST_OFFERED = 5
"""Points of one's own between which one chooses by a button."""


async def mine(house: House, turn: Turn, _asked: Understanding) -> Reply:
    """What one proposed, and where it stands; for one's own eyes."""
    points = await house.points.mine(turn.viewer, turn.now)
    if not points:
        return whisper(texts.NOTHING_PROPOSED)
    told = whisper(texts.mine(points), _mine_card(turn, points) if turn.personal else None)
    return told.remembering(replace(turn.memory, meeting_id=None, intent=Intent.AGENDA_MINE.value))


def _mine_card(turn: Turn, points: Sequence[PointDetails]) -> dict[str, object] | None:
    """Buttons for the only one that is open, or for its case."""
    open_ = [one for one in points if one.point.state.open]
    cases = [one for one in open_ if one.point.kind is PointKind.CASE]
    buttons: list[tuple[str, Payload]] = []
    if len(cases) == 1:
        buttons.append((texts.BUTTON_CASE, StartCase(point=cases[0].point.id)))
    if len(open_) == 1:
        id_ = open_[0].point.id
        buttons.append((texts.BUTTON_COMPLETE, ShowPointForm(point=id_)))
        buttons.append((texts.BUTTON_WITHDRAW, _back(turn, id_)))
    return dict(buttons_card(buttons)) if buttons else None


def _back(turn: Turn, point_id: int) -> TakeBackPoint:
    return TakeBackPoint(point=point_id, nonce=f"{turn.id}-{point_id}-withdraw")


async def withdraw(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Take back the point that a sentence means."""
    return await _with(
        house, turn, asked, lambda one: _back(turn, one.point.id), lambda one: _take_back(house, turn, one.point.id)
    )


async def pressed(house: House, turn: Turn, payload: TakeBackPoint) -> Reply:
    """A button that takes a point back, or brings it back."""
    if payload.verb == "withdraw":
        return await _take_back(house, turn, payload.point)
    try:
        details = await house.points.restore(payload.point, turn.viewer, turn.now)
    except Refusal as refusal:
        return _refused(refusal)
    return proposing.remembering(
        turn, whisper(f"{texts.IN_ORDER} {texts.proposed(details, places.is_late(details, turn))}"), details
    )


async def _take_back(house: House, turn: Turn, point_id: int) -> Reply:
    try:
        details = await house.points.withdraw(point_id, turn.viewer, turn.now)
    except NotYours as refusal:
        return await _not_yours(house, turn, point_id, refusal)
    except Refusal as refusal:
        return _refused(refusal)
    undo = TakeBackPoint(point=point_id, verb="restore", nonce=f"{turn.id}-{point_id}-restore")
    return whisper(texts.withdrawn(details.point.title), buttons_card([(texts.BUTTON_BRING_BACK, undo)]))


async def _not_yours(house: House, turn: Turn, point_id: int, refusal: NotYours) -> Reply:
    """A coordinator declines what others proposed, so that these hear why."""
    if not turn.viewer.is_coordinator:
        return _refused(refusal)
    details = await house.points.details(point_id, turn.viewer)
    return whisper(texts.decline_others(details.point.title))


def _refused(refusal: Refusal) -> Reply:
    return whisper(texts.NOT_YOUR_POINT if isinstance(refusal, NotYours) else sentence(refusal))


async def change(house: House, turn: Turn, asked: Understanding) -> Reply:
    """Change a point as a sentence says; the form where it says nothing more."""
    values = changed(asked.text)
    where = await _new_place(house, turn, asked)

    def after(one: PointDetails) -> SavePoint | ShowPointForm:
        form = forms.as_it_is(one)
        told = {name: _as_typed(value) for name, value in values.items()} | where
        if not told:
            return ShowPointForm(point=one.point.id)
        return form.model_copy(update={**told, "nonce": f"{turn.id}-{one.point.id}"})

    async def act(one: PointDetails) -> Reply:
        payload = after(one)
        if isinstance(payload, SavePoint):
            return await proposing.keep(house, turn, payload)
        return await proposing.show(house, turn, payload)

    return await _with(house, turn, asked, after, act)


async def move(house: House, turn: Turn, asked: Understanding, others: Answer) -> Reply:
    """Bring one's own point elsewhere; `others` does so with what somebody else proposed."""
    if turn.viewer.is_coordinator:
        return await others(house, turn, asked)
    found = await which.own(house, turn, asked)
    own = len(found) == 1 and found[0].point.is_of(turn.viewer)
    return await (change if own else others)(house, turn, asked)


async def _new_place(house: House, turn: Turn, asked: Understanding) -> dict[str, str | bool]:
    """Where a point moves, when a sentence says so: "zet mijn punt toch op de plank", "in september"."""
    if asked.intent is not Intent.AGENDA_MOVE and not texts.moves(asked.text):
        return {}
    month = month_in(asked.text, turn.now)
    if month is not None:
        return {"where": "", "month": month.isoformat()}
    if proposed(asked.text, turn.now).backlog or texts.names_shelf(asked.text):
        return {"where": ""}
    found = await places.named(house, turn, asked)
    return {"where": str(found[0].id)} if len(found) == 1 else {}


def _as_typed(value: object) -> str | bool:
    """A value that a sentence says, as the form has it."""
    return value if isinstance(value, bool) else str(value)


async def _with(
    house: House,
    turn: Turn,
    asked: Understanding,
    payload: Callable[[PointDetails], Payload],
    act: Callable[[PointDetails], Awaitable[Reply]],
) -> Reply:
    """Do it with the point of one's own that is meant, or ask which of them that is."""
    found = await which.own(house, turn, asked)
    if len(found) == 1:
        return await act(found[0])
    if not found:
        return whisper(texts.NOTHING_PROPOSED)
    offered = found[:MOST_OFFERED]
    return whisper(texts.choose_of(offered), buttons_card([(one.point.title, payload(one)) for one in offered]))
