"""The form with which somebody starts a poll: three fields that matter, and the rest behind one button."""

from collections.abc import Mapping, Sequence

from microsoft_teams.cards import (
    ActionSet,
    CardElement,
    Choice,
    ChoiceSetInput,
    Column,
    ColumnSet,
    Container,
    DateInput,
    NumberInput,
    TextInput,
    TimeInput,
    ToggleInput,
    ToggleVisibilityAction,
)

from dialogs.cards.elements import button, card
from dialogs.cards.poll_payloads import StartPoll
from dialogs.texts import poll_form as texts
from dialogs.turn import Card
from storage.domain.polls import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, PollKind, Shown, Whom

FIELDS = frozenset(
    {"question", "options", "kind", "anonymous", "closes_on", "closes_at", "shown", "most", "may_add", "quorum"}
)
"""What is filled in; the rest of a form is carried by its button."""

_MORE = "more"


def form_card(form: StartPoll, nonce: str, mistakes: Sequence[str] = ()) -> Card:
    """The form, filled in with what is known. Once there are `mistakes`, which are told beside it, all of it shows."""
    more = Container(id=_MORE, items=_more(form), is_visible=bool(mistakes) or _says_more(form))
    opening = ActionSet(actions=[ToggleVisibilityAction(title=texts.BUTTON_MORE, target_elements=[_MORE])])
    label = texts.BUTTON_START if form.whom == Whom.HERE else texts.BUTTON_SHOW
    sent = form.model_copy(update={"nonce": f"{nonce}-start"[:64]})
    return card([*_first(form), opening, more], [button(label, sent, exclude=FIELDS)])


def _first(form: StartPoll) -> list[CardElement]:
    longest = MOST_OPTIONS * (LONGEST_OPTION + 1)
    return [
        TextInput(
            id="question",
            label=texts.LABEL_QUESTION,
            placeholder=texts.EXAMPLE_QUESTION,
            value=form.question or None,
            max_length=LONGEST_QUESTION,
            is_required=True,
            error_message=texts.ASK_SOMETHING,
        ),
        _choice("kind", texts.LABEL_KIND, texts.KINDS, form.kind or PollKind.SINGLE),
        TextInput(
            id="options",
            label=texts.LABEL_OPTIONS,
            placeholder=texts.EXAMPLE_OPTIONS,
            value=form.options or None,
            is_multiline=True,
            max_length=longest,
        ),
        _toggle("anonymous", texts.LABEL_ANONYMOUS, form.anonymous),
    ]


def _says_more(form: StartPoll) -> bool:
    return bool(form.closes_on or form.most or form.may_add or form.quorum)


def _more(form: StartPoll) -> list[CardElement]:
    day = DateInput(id="closes_on", label=texts.LABEL_CLOSES_ON, value=form.closes_on or None)
    hour = TimeInput(id="closes_at", label=texts.LABEL_CLOSES_AT, value=form.closes_at or None)
    most = NumberInput(id="most", label=texts.LABEL_MOST, min=1, max=MOST_OPTIONS, value=_number(form.most))
    quorum = NumberInput(id="quorum", label=texts.LABEL_QUORUM, min=1, value=_number(form.quorum))
    return [
        ColumnSet(columns=[Column(width="stretch", items=[day]), Column(width="stretch", items=[hour])]),
        _choice("shown", texts.LABEL_SHOWN, texts.SHOWN, form.shown or Shown.ALWAYS),
        most,
        quorum,
        _toggle("may_add", texts.LABEL_MAY_ADD, form.may_add),
    ]


def _choice(name: str, label: str, words: Mapping[PollKind, str] | Mapping[Shown, str], value: str) -> CardElement:
    choices = [Choice(title=word, value=str(one.value)) for one, word in words.items()]
    return ChoiceSetInput(id=name, label=label, choices=choices, style="compact", value=str(value))


def _toggle(name: str, title: str, value: str) -> CardElement:
    return ToggleInput(id=name, title=title, value=value or "", value_on="true", value_off="", wrap=True)


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < len("10000") else None
