"""Cards about meetings."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from dialogs.cards.elements import button, card, facts, heading, link, paragraph
from dialogs.cards.limits import LONGEST_QUESTION
from dialogs.cards.payloads import AskAboutMeeting
from dialogs.texts import cards as labels
from dialogs.texts import meetings as texts
from dialogs.texts.agenda import guest_name
from dialogs.texts.words import enumeration, euro, hours, near_day, plain
from dialogs.turn import Card
from storage.domain.meetings import Meeting


def meeting_card(meeting: Meeting, now: datetime, buttons: Sequence[tuple[str, str]]) -> Card:
    """A meeting's facts, with buttons for what one asks next: pairs of label and intent id."""
    return _meeting_card(meeting, now.date(), meeting.is_over(now), tuple(buttons))


@lru_cache(maxsize=256)
def _meeting_card(meeting: Meeting, today: date, over: bool, buttons: tuple[tuple[str, str], ...]) -> Card:
    """The same card is asked for again and again, until the meeting or the day changes."""
    body = [*heading(texts.title(meeting), texts.KIND_NAMES[meeting.kind])]
    if meeting.description:
        body.append(paragraph(plain(meeting.description)))
    body.extend(facts(_facts(meeting, today, over)))
    actions = [button(label, AskAboutMeeting(intent=intent, meeting=meeting.id)) for label, intent in buttons]
    if meeting.online_url and not over:
        actions.append(link(labels.BUTTON_JOIN, meeting.online_url))
    return card(body, actions)


def choice_card(meetings: Sequence[Meeting], intent: str, said: str = "") -> Card:
    """One button for each meeting that may be meant; `said` is what is read again then."""
    said = said if len(said) <= LONGEST_QUESTION else ""
    labelled = [(texts.choice(meeting), meeting.id) for meeting in meetings]
    return card([], [button(label, AskAboutMeeting(intent=intent, meeting=id_, text=said)) for label, id_ in labelled])


def _facts(meeting: Meeting, today: date, over: bool) -> list[tuple[str, str | None]]:
    day = f"{near_day(meeting.starts.date(), today)}, {hours(meeting.starts, meeting.ends)}"
    coming = not over
    return [
        (labels.WHEN, f"{day}, {texts.CANCELLED}" if meeting.cancelled else day),
        (labels.WHERE, texts.address(meeting.location) if meeting.location else None),
        (labels.THEME, enumeration([plain(theme) for theme in meeting.themes])),
        (labels.SPEAKERS, enumeration([guest_name(guest) for guest in meeting.guests])),
        (labels.FOR_WHOM, plain(meeting.for_whom) if meeting.for_whom else None),
        (labels.FEE, _fee(meeting)),
        (labels.PLACES, _places(meeting) if coming else None),
        (labels.REGISTER, texts.deadline_date(meeting.register_until) if coming else None),
        (labels.AGENDA_POINTS, texts.deadline_date(meeting.agenda_until) if coming else None),
        (labels.PRACTICAL, plain(meeting.practical) if meeting.practical and coming else None),
    ]


def _fee(meeting: Meeting) -> str | None:
    if meeting.fee_eur is None:
        return None
    return euro(meeting.fee_eur) if meeting.fee_eur else labels.FREE


def _places(meeting: Meeting) -> str | None:
    if meeting.capacity is None:
        return None
    if not meeting.places_left:
        return labels.FULL
    return labels.PLACES_LEFT.format(left=meeting.places_left, capacity=meeting.capacity)
