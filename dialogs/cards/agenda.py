"""Cards of an agenda: proposed, drafted and published, and of what people promised to bring."""

import json
from collections.abc import Sequence

from microsoft_teams.cards import Action, CardElement, Column, ColumnSet, TextBlock

from dialogs.cards.agenda_payloads import ApplyAgenda, DropPromise, HoldAgenda, PublishAgenda
from dialogs.cards.elements import button, card, heading, paragraph
from dialogs.cards.limits import MOST_BUTTONS
from dialogs.cards.payloads import AskAboutMeeting, LetBe, Payload
from dialogs.texts import publishing as texts
from dialogs.texts.words import bullets, duration, hour, plain
from dialogs.turn import Card
from storage.domain.agenda import AgendaPoint, start_times
from storage.domain.meetings import Meeting
from storage.domain.publishing import Publication

LARGEST = 24_000
"""Bytes of a card that is updated in place, below what every Teams client takes."""

LONGEST_SHOWN = 300
"""Characters that a card shows of what a point is about."""

FEWER = (texts.MOST_SHOWN, 25, 10)
"""So many points are shown of an agenda, fewer where they would make the card too large."""


def asks(label: str, intent: str, meeting: Meeting) -> Action:
    """A button that asks something of this meeting."""
    return button(label, AskAboutMeeting(intent=intent, meeting=meeting.id))


def compose_card(meeting: Meeting, nonce: str) -> Card:
    """Under a proposed agenda."""
    take_over = ApplyAgenda(meeting=meeting.id, nonce=f"{nonce}-apply")
    return card(
        [],
        [
            button(texts.BUTTON_TAKE_OVER, take_over),
            asks(texts.BUTTON_BOARD, "agenda.board", meeting),
            button(texts.BUTTON_NO_MATTER, LetBe(nonce=f"{nonce}-let")),
        ],
    )


def applied_card(meeting: Meeting, publishable: bool) -> Card:
    """Under an agenda that was just taken over; publishing it is offered where there is something to publish."""
    after = [(texts.BUTTON_PUBLISH, "agenda.publish") if publishable else (texts.BUTTON_ADD, "agenda.propose")]
    after += [(texts.BUTTON_BOARD, "agenda.board"), (texts.BUTTON_WORD, "agenda.file")]
    return card([], [asks(label, intent, meeting) for label, intent in after])


def offer_card(meeting: Meeting, buttons: Sequence[tuple[str, str]]) -> Card:
    """Buttons for what one asks of this meeting next: pairs of label and intent id."""
    return card([], [asks(label, intent, meeting) for label, intent in buttons])


def publish_card(meeting: Meeting, verbs: Sequence[tuple[str, str]], nonce: str) -> Card:
    """Under the preview of a publication: pairs of label and verb."""
    return card([], [button(label, _publishes(meeting, verb, nonce)) for label, verb in verbs])


def _publishes(meeting: Meeting, verb: str, nonce: str, drafted: bool = False) -> Payload:
    given = {"meeting": meeting.id, "verb": verb, "drafted": drafted, "nonce": f"{nonce}-{verb}"}
    return PublishAgenda.model_validate(given)


def draft_card(meeting: Meeting, held: bool, nonce: str) -> Card:
    """Under the draft of an agenda: publish it now, hold it (or let it go), and the board."""
    label = texts.BUTTON_RELEASE if held else texts.BUTTON_HOLD
    return card(
        [],
        [
            button(texts.BUTTON_PUBLISH_DRAFT, _publishes(meeting, "now", nonce, drafted=True)),
            button(label, HoldAgenda(meeting=meeting.id, held=not held, nonce=f"{nonce}-{not held}")),
            asks(texts.BUTTON_BOARD, "agenda.board", meeting),
        ],
    )


def held_card(meeting: Meeting, nonce: str) -> Card:
    """Under the word that an agenda is held."""
    release = HoldAgenda(meeting=meeting.id, held=False, nonce=f"{nonce}-False")
    return card([], [button(texts.BUTTON_RELEASE, release), asks(texts.BUTTON_BOARD, "agenda.board", meeting)])


def promise_card(meeting: Meeting, case: bool = False) -> Card:
    """For who promised to bring something."""
    first = (texts.BUTTON_FINISH_CASE, "agenda.case") if case else (texts.BUTTON_ADD, "agenda.propose")
    drop = button(texts.BUTTON_NO_PROMISE, DropPromise(meeting=meeting.id))
    return card([], [asks(*first, meeting), drop])


def agenda_card(found: Publication, buttons: Sequence[tuple[str, str]]) -> Card:
    """A published agenda: each point with its hour, presenter, length and (not of a case) what it is about."""
    made: Card = {}
    for most, explains in ((FEWER[0], True), *((one, False) for one in FEWER)):
        made = _agenda_card(found, buttons, most, explains)
        if len(json.dumps(made)) <= LARGEST:
            break
    return made


def _agenda_card(found: Publication, buttons: Sequence[tuple[str, str]], most: int, explains: bool) -> Card:
    meeting, points = found.meeting, found.points
    times = start_times(points, meeting.starts)
    body: list[CardElement] = [*heading(texts.agenda_of(meeting), texts.place_and_time(meeting))]
    for point, starts in zip(points[:most], times, strict=False):
        body.append(_row(point, f"{hour(starts)} uur" if starts else "", explains))
        body += [paragraph(bullets(lines))] if (lines := texts.under(point, found.actions)) else []
    body += [paragraph(texts.more_points(len(points) - most))] if len(points) > most else []
    actions = [asks(label, intent, meeting) for label, intent in buttons]
    return card(body, actions[:MOST_BUTTONS])


def _row(point: AgendaPoint, starts: str, explains: bool) -> CardElement:
    details = [plain(point.presenter)] if point.presenter else []
    details += [duration(point.minutes)] if point.minutes else []
    said: list[CardElement] = [TextBlock(text=plain(point.title), wrap=True, weight="Bolder")]
    said += [_small(", ".join(details))] if details else []
    about = texts.explained(point) if explains else ""
    said += [_small(plain(_fitting(about)))] if about else []
    return ColumnSet(
        columns=[Column(width="70px", items=[_small(starts)]), Column(width="stretch", items=said)], spacing="Small"
    )


def _small(text: str) -> CardElement:
    return TextBlock(text=text, wrap=True, size="Small", is_subtle=True, spacing="None")


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1].rstrip() + "…"
