"""Cards on which a coordinator makes and changes meetings."""

import re
from collections.abc import Mapping, Sequence

from microsoft_teams.cards import (
    Action,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    DateInput,
    NumberInput,
    TextBlock,
    TextInput,
    TimeInput,
    ToggleVisibilityAction,
)

from dialogs.cards.elements import button, card
from dialogs.cards.payload import Payload
from dialogs.cards.plan_payloads import CancelMeeting, ChangeMeeting, KeepPlan, MakeMeeting, MakeSeries, SaveMeeting
from dialogs.texts import planning as texts
from dialogs.texts.meetings import KIND_NAMES
from dialogs.turn import Card
from storage.domain.meetings import Audience
from storage.domain.planning import LONGEST_NAME, LONGEST_TEXT, LONGEST_URL, Problem
from storage.domain.series import Proposed

Form = Mapping[str, str]

FIRST = ("kind", "title", "day", "starts", "ends", "place", "themes", "capacity")
MORE = (
    "address",
    "room",
    "online_url",
    "register_until",
    "agenda_until",
    "fee",
    "organiser",
    "note_taker",
    "audience",
    "guests",
    "practical",
    "for_whom",
    "description",
    "last_day",
)
"""The fields that are seen at once, and those that are folded away until they are asked for or filled in."""

_LONG = frozenset({"practical", "for_whom", "description"})
_DAYS = frozenset({"day", "last_day", "register_until", "agenda_until"})
_HOURS = frozenset({"starts", "ends"})
_HIDDEN = "meer"


def make_card(form: Form, mistakes: Sequence[Problem] = (), copy_of: int = 0) -> Card:
    """The form of a new meeting, with what is wrong beside each field."""
    return _form_card(form, mistakes, texts.BUTTON_MAKE, MakeMeeting(copy_of=copy_of))


def edit_card(form: Form, meeting_id: int, mistakes: Sequence[Problem] = ()) -> Card:
    """The form of a meeting as it is."""
    return _form_card(form, mistakes, texts.BUTTON_SAVE, SaveMeeting(meeting=meeting_id))


def _form_card(form: Form, mistakes: Sequence[Problem], label: str, payload: Payload) -> Card:
    wrong = {one.field: texts.mistake(one, form) for one in mistakes}
    first = [part for name in FIRST for part in _input(name, form, wrong)]
    more = [part for name in MORE for part in _input(name, form, wrong)]
    shown = not wrong.keys().isdisjoint(MORE)
    folded = Container(id=_HIDDEN, items=more, is_visible=shown)
    toggle = ToggleVisibilityAction(title=texts.BUTTON_MORE, target_elements=[_HIDDEN])
    return card([*first, folded], [_submit(label, payload), toggle])


def _submit(label: str, payload: Payload) -> Action:
    """A button without the fields themselves: what is typed must not be covered by what its data say."""
    return button(label, payload, exclude=frozenset({*FIRST, *MORE, "days"}))


def _input(name: str, form: Form, wrong: Mapping[str, str]) -> list[CardElement]:
    """A field, with a line above it where it is wrong."""
    value = form.get(name) or None
    above = [TextBlock(text=wrong[name], color="Attention", wrap=True)] if name in wrong else []
    return [*above, _element(name, value, texts.FORM_LABELS[name])]


def _element(name: str, value: str | None, label: str) -> CardElement:
    if name == "kind":
        return _choice(name, label, [(kind.value, said) for kind, said in KIND_NAMES.items()], value)
    if name == "audience":
        return _choice(name, label, [(one.value, texts.AUDIENCES[one]) for one in Audience], value)
    if name in _DAYS:
        return DateInput(id=name, label=label, value=value)
    if name in _HOURS:
        return TimeInput(id=name, label=label, value=value)
    if name == "capacity":
        return NumberInput(id=name, label=label, min=0, value=_number(value))
    longest = LONGEST_TEXT if name in _LONG else LONGEST_URL if name == "online_url" else 5 * LONGEST_NAME
    return TextInput(id=name, label=label, value=value, is_multiline=name in _LONG, max_length=longest)


def _number(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"-?\d{1,9}(?:\.\d{1,2})?", value) else None


def _choice(name: str, label: str, choices: Sequence[tuple[str, str]], value: str | None) -> CardElement:
    known = value if value in {key for key, _ in choices} else None
    return ChoiceSetInput(
        id=name,
        label=label,
        choices=[Choice(title=said, value=key) for key, said in choices],
        value=known,
        style="compact",
    )


def sure_card(payload: ChangeMeeting | CancelMeeting) -> Card:
    """Yes or no to what was shown; cancelling may have a reason."""
    if isinstance(payload, ChangeMeeting):
        return card([], [button(texts.BUTTON_CHANGE, payload), button(texts.BUTTON_NO, KeepPlan())])
    why = TextInput(id="why", label=texts.LABEL_WHY, value=payload.why or None, max_length=1000)
    yes = button(texts.BUTTON_CANCEL, payload, exclude=frozenset({"why"}))
    return card([why], [yes, button(texts.BUTTON_KEEP, KeepPlan())])


def series_card(form: Form, proposed: Sequence[Proposed], mistakes: Sequence[Problem] = ()) -> Card:
    """The days of a series to choose from, and what all its meetings share."""
    wrong = {one.field: texts.mistake(one, form) for one in mistakes}
    days = ChoiceSetInput(
        id="days",
        label=texts.LABEL_DAYS,
        is_multi_select=True,
        style="expanded",
        choices=[Choice(title=texts.day_choice(one), value=one.day.isoformat()) for one in proposed],
        value=form.get("days", ",".join(one.day.isoformat() for one in proposed)),
    )
    shared = [
        part for name in ("kind", "title", "starts", "ends", "place", "capacity") for part in _input(name, form, wrong)
    ]
    kept = ("address", "room", "themes", "organiser", "fee", "note_taker", "online_url")
    payload = MakeSeries(choices=_choices(proposed), **{name: form.get(name, "") for name in kept})
    excluded = frozenset({"kind", "title", "starts", "ends", "place", "capacity", "days", "day"})
    return card([days, *shared], [button(texts.BUTTON_SERIES, payload, exclude=excluded)])


def _choices(proposed: Sequence[Proposed]) -> str:
    """The days that were proposed, so that a form with a mistake can be shown again."""
    return ",".join(one.day.isoformat() for one in proposed)
