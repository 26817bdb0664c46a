"""Cards on which people propose and complete agenda points."""

from collections.abc import Mapping, Sequence
from typing import Any

from microsoft_teams.cards import CardElement, Choice, ChoiceSetInput, NumberInput, TextBlock, TextInput

from dialogs.cards.elements import button, card
from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.payload import Payload
from dialogs.cards.payloads import AskAboutMeeting
from dialogs.cards.point_payloads import (
    POINT_FIELDS,
    CommentPoint,
    SavePoint,
    ShowPointForm,
    SupportPoint,
    TakeBackPoint,
)
from dialogs.texts import points as texts
from dialogs.texts.agenda import KINDS
from dialogs.texts.meetings import choice
from dialogs.texts.publishing import BUTTON_WORD
from dialogs.turn import Card
from storage.domain.agenda import LONGEST_COMMENT, LONGEST_EXPLANATION, LONGEST_LINK, LONGEST_TITLE, MOST_MINUTES
from storage.domain.meetings import Meeting

MOST_MEETINGS = 12
"""Meetings between which one chooses on a form."""


def point_form(
    meetings: Sequence[Meeting],
    values: Mapping[str, str],
    point: int = 0,
    nonce: str = "",
    mistakes: Mapping[str, str] | None = None,
    kept: Mapping[str, Any] | None = None,
) -> Card:
    """The form of a new point, or of `point` as it is: `values` by the names of SavePoint's fields, as texts.

    `meetings` are those to which it may go, beside the backlog. `mistakes` are sentences by the name of their field;
    `kept` are fields of SavePoint that are no inputs. Only the title is asked for; nothing else is demanded.
    """
    wrong = mistakes or {}
    rows = (
        ("title", _title(values)),
        ("kind", _kind(values)),
        ("explanation", _explanation(values)),
        ("minutes", _minutes(values)),
        ("link", _link(values)),
        ("where", _where(meetings, values)),
    )
    body = [element for name, field in rows for element in (*_wrong(wrong.get(name)), field)]
    save = SavePoint(point=point, nonce=nonce, **(kept or {}))
    return card(body, [button(texts.BUTTON_SAVE_POINT, save, exclude=POINT_FIELDS)])


def _wrong(sentence: str | None) -> list[CardElement]:
    return [TextBlock(text=sentence, color="Attention", wrap=True)] if sentence else []


def _title(values: Mapping[str, str]) -> CardElement:
    return TextInput(
        id="title",
        label=texts.LABEL_TITLE,
        value=values.get("title", "")[:LONGEST_TITLE] or None,
        placeholder=texts.TYPE_TITLE,
        is_required=True,
        error_message=texts.TYPE_TITLE,
        max_length=LONGEST_TITLE,
    )


def _kind(values: Mapping[str, str]) -> CardElement:
    choices = [Choice(title=said, value=kind.value) for kind, said in KINDS.items()]
    chosen = values.get("kind")
    known = chosen if chosen in set(KINDS) else None
    return ChoiceSetInput(id="kind", label=texts.LABEL_KIND, choices=choices, value=known, style="compact")


def _explanation(values: Mapping[str, str]) -> CardElement:
    return TextInput(
        id="explanation",
        label=texts.LABEL_EXPLANATION,
        value=values.get("explanation") or None,
        placeholder=texts.TYPE_EXPLANATION,
        is_multiline=True,
        max_length=LONGEST_EXPLANATION,
    )


def _minutes(values: Mapping[str, str]) -> CardElement:
    said = values.get("minutes", "")
    number = float(said) if said.isascii() and said.isdecimal() and int(said) <= MOST_MINUTES else None
    return NumberInput(id="minutes", label=texts.LABEL_MINUTES, min=1, max=MOST_MINUTES, value=number)


def _link(values: Mapping[str, str]) -> CardElement:
    return TextInput(id="link", label=texts.LABEL_LINK, value=values.get("link") or None, max_length=LONGEST_LINK)


def _where(meetings: Sequence[Meeting], values: Mapping[str, str]) -> CardElement:
    """The meetings to come and the backlog; "0" stands for the backlog, as an empty choice is no choice."""
    choices = [Choice(title=choice(one), value=str(one.id)) for one in meetings[:MOST_MEETINGS]]
    choices.append(Choice(title=texts.THE_SHELF, value=SHELF))
    chosen = values.get("where", "") or SHELF
    known = chosen if chosen in {one.value for one in choices} else SHELF
    return ChoiceSetInput(id="where", label=texts.LABEL_WHERE, choices=choices, value=known, style="compact")


SHELF = "0"


def buttons_card(buttons: Sequence[tuple[str, Payload]]) -> Card:
    """Buttons under a text: pairs of label and what it does."""
    return card([], [button(label, payload) for label, payload in buttons])


def proposed_card(point_id: int, nonce: str, more: Sequence[tuple[str, Payload]] = ()) -> Card:
    """After a point was proposed: tell more about it, or rather not."""
    complete = (texts.BUTTON_COMPLETE, ShowPointForm(point=point_id))
    rather_not = TakeBackPoint(point=point_id, nonce=f"{nonce}-{point_id}-withdraw")
    return buttons_card([*more, complete, (texts.BUTTON_RATHER_NOT, rather_not)])


def comment_card(point_id: int, let_be: Payload) -> Card:
    """What somebody wants to say about a point."""
    said = TextInput(id="text", label=texts.LABEL_COMMENT, is_multiline=True, max_length=LONGEST_COMMENT)
    keep = button(texts.BUTTON_COMMENT, CommentPoint(point=point_id), exclude=frozenset({"text"}))
    return card([said], [keep, button(texts.BUTTON_LEAVE_IT, let_be)])


def agenda_card(meeting_id: int, proposals: Sequence[tuple[int, int]], arranges: bool, word: bool) -> Card:
    """Under an agenda: wanting proposals as well (numbers and ids), adding a point, its document, and the board."""
    others: list[tuple[str, Payload]] = [
        (texts.BUTTON_ADD_POINT, AskAboutMeeting(intent="agenda.propose", meeting=meeting_id))
    ]
    others += [_word(meeting_id)] if word else []
    if arranges:
        others.append((texts.BUTTON_BOARD, AskAboutMeeting(intent="agenda.board", meeting=meeting_id)))
    # Of the proposals that get no button one says the number.
    wanted = proposals[: min(MOST_SUPPORTED, MOST_BUTTONS - len(others))]
    supports: list[tuple[str, Payload]] = [
        (texts.BUTTON_SUPPORT_NUMBER.format(number=number), SupportPoint(point=id_)) for number, id_ in wanted
    ]
    return buttons_card([*supports, *others])


def word_card(meeting_id: int) -> Card:
    """Under an agenda to which nothing can be added any more."""
    return buttons_card([_word(meeting_id)])


def _word(meeting_id: int) -> tuple[str, Payload]:
    return BUTTON_WORD, AskAboutMeeting(intent="agenda.file", meeting=meeting_id)


MOST_SUPPORTED = 4
"""Proposals that have a button."""
