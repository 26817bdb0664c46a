"""What the bot says when something is made of a poll: a point, a meeting, an invitation, a file."""

import re
from collections.abc import Sequence
from datetime import datetime

from dialogs.texts.files import NO_FILES
from dialogs.texts.meetings import title
from dialogs.texts.planning import made, stands
from dialogs.texts.points import quoted
from dialogs.texts.poll_asked import choice
from dialogs.texts.poll_outcome import share
from dialogs.texts.polls import count, count_label, option_label, outcome, waits
from dialogs.texts.words import bullets, cut, day, enumeration, people, plain
from storage.domain.agenda import LONGEST_TITLE, AgendaPoint
from storage.domain.meetings import Meeting
from storage.domain.poll_files import PollFile
from storage.domain.poll_results import Applied
from storage.domain.polls import Option, PollView
from storage.domain.registrations import Outcome, RegistrationStatus

BUTTON_AGENDA = "Zet op de agenda"
BUTTON_AGENDA_OF = "Op de agenda: {option}"
BUTTON_EXPERT = "Nodig uit"
BUTTON_EXPERT_OF = "Nodig uit: {option}"
BUTTON_MEETING = "Maak de bijeenkomst"
BUTTON_MEETING_OF = "Bijeenkomst: {option}"
BUTTON_REGISTER = "Maak ze en schrijf in wie ja zei"
BUTTON_REGISTER_THEM = "Schrijf in wie ja zei"
BUTTON_EXPORT = "Als bestand"

TITLE_EXPERT = "{option} uitnodigen"

ON_AGENDA = "{point} staat op de agenda van {meeting}{reason}."
ON_SHELF = "Er is nog geen bijeenkomst gepland. {point} ligt op de plank{reason}."
ON_AGENDA_ALREADY = "{point} stond al op de agenda van {meeting}. Ik zette het er geen tweede keer op."
ON_SHELF_ALREADY = "{point} lag al op de plank. Ik legde het er geen tweede keer bij."
REASON = ", met als reden: {votes}"
WHERE = "{title} ({day})"

MADE_ALREADY = "Die bijeenkomst is er al: {meeting}. Ik maakte er geen tweede."
OTHER_DAY = "Van deze peiling is al een bijeenkomst gemaakt, op een andere dag: {meeting}."
REGISTERED = "Ingeschreven: {names}."
HEARS, THEY_HEAR, OTHERS_HEAR = "{name} krijgt nu bericht.", "Zij krijgen nu bericht.", "De anderen krijgen nu bericht."
YOURSELF = "jijzelf"
WAITING = "De plaatsen zijn op. Op de wachtlijst: {names}."
NOBODY_TO_REGISTER = "Wie ja zei, staat al op de lijst of liet zelf iets weten. Ik schreef niemand extra in."
MOVED = "Die bijeenkomst is intussen naar een andere dag verplaatst. Of dat voor iedereen past, weet ik niet: ik schrijf niemand in."

NO_POLL = "Ik vind geen gesloten peiling waarvan jij de uitslag kan gebruiken."
STILL_OPEN = "{question} loopt nog. Sluit de peiling eerst, dan doe ik iets met de uitslag."
NOTHING_WON = "Met die uitslag kan ik niets doen. {outcome}"
WHICH_OPTION = "Met welke keuze doe ik dat?"
NO_DAY = "Een thema of een naam is geen datum: daar maak ik geen bijeenkomst van."
NO_TOPIC = "Een datum hoort niet op de agenda. Met de knop maak ik er een bijeenkomst van."
NO_RIGHT_DAY = "Op die dag kan ik geen bijeenkomst meer maken: hij is voorbij, of het uur bestaat niet."
DROPPED = "Die peiling is geschrapt of nog niet begonnen: er is geen uitslag."

FILE = "De uitslag van {question} staat klaar als [rekenblad]({xlsx}) of als [CSV-bestand]({csv})."
FILE_NAMED = "Er staat in wie wat koos. De links zijn alleen voor jou bedoeld en werken een kwartier."
FILE_ANONYMOUS = "Er staan alleen aantallen in. De links werken een kwartier."
NOT_BEFORE_CLOSING = "Van een anonieme peiling toon ik niets voor ze gesloten is."
WHO_CHOSE = "Wie wat koos:"
LINE = "{name}: {choice}"
AND_MORE = "… en nog {count}"

MOST_LISTED = 60
"""Voters whose choice is told in words, where the bot can give no files."""


_WHOM = re.compile(
    r"\b(?:experts?|deskundigen?|(?:gast)?sprekers?|gasten?|lesgevers?|organisaties?)\b|\buit(?: te )?nodig\w*|"
    r"\bnodigen\b.{0,80}\buit\b|\bwie (?:vragen|laten|komt|halen)\b",
    re.IGNORECASE,
)


def asks_whom(question: str) -> bool:
    """Whether a poll asks whom to invite: what won is invited then, else it is a theme."""
    return _WHOM.search(question) is not None


def of_option(label: str, option: Option) -> str:
    """The label of a button about one of several options."""
    return label.format(option=option_label(option))


def title_of_expert(option: Option) -> str:
    """The title of a point for which somebody is invited; no markdown."""
    return cut(TITLE_EXPERT.format(option=option.text), LONGEST_TITLE)


def where(meeting: Meeting) -> str:
    """A meeting with its day."""
    return WHERE.format(title=title(meeting), day=day(meeting.starts.date()))


def on_agenda(done: Applied) -> str:
    """A point was made of a result, or was there already."""
    if done.point is None:
        return ""
    point = quoted(done.point.title)
    if not done.fresh:
        sentence = ON_AGENDA_ALREADY if done.meeting else ON_SHELF_ALREADY
        return sentence.format(point=point, meeting=where(done.meeting) if done.meeting else "")
    sentence = ON_AGENDA if done.meeting else ON_SHELF
    return sentence.format(point=point, meeting=where(done.meeting) if done.meeting else "", reason=_reason(done.point))


def _reason(point: AgendaPoint) -> str:
    """How many chose it; "" where only one voted: that is no reason."""
    if not point.votes or not point.voters or point.voters == 1:
        return ""
    return REASON.format(votes=share(point.votes, point.voters))


def meeting_made(done: Applied, meeting: Meeting, asked_id: int, registers: bool, own_id: int) -> str:
    """A meeting was made of a day, or was there already; and who was registered, where that was asked.

    `asked_id`: of the option that was pressed; `own_id`: of who did, who hears nothing more.
    """
    head = stands(meeting) if _others(done.registered, own_id) else made(meeting)
    if not done.fresh:
        head = (MADE_ALREADY if done.option.id == asked_id else OTHER_DAY).format(meeting=where(meeting))
    if not registers:
        return head
    return "\n\n".join([head, *_registered(done.registered, own_id)])


def _registered(outcomes: Sequence[Outcome], own_id: int) -> list[str]:
    sits = [one for one in outcomes if one.own.status is RegistrationStatus.REGISTERED]
    waits = [one for one in outcomes if one.own.status is RegistrationStatus.WAITLISTED]
    said_ = [f"{REGISTERED.format(names=_names(sits, own_id))} {_hear(sits, own_id)}".strip()] if sits else []
    said_ += [WAITING.format(names=_names(waits, own_id))] if waits else []
    return said_ or [NOBODY_TO_REGISTER]


def _others(outcomes: Sequence[Outcome], own_id: int) -> list[Outcome]:
    return [one for one in outcomes if one.person.id != own_id]


def _hear(sits: Sequence[Outcome], own_id: int) -> str:
    """Who of those that were registered hears of it: all but who did it."""
    others = _others(sits, own_id)
    if len(others) == 1:
        return HEARS.format(name=plain(others[0].person.name))
    return "" if not others else THEY_HEAR if len(others) == len(sits) else OTHERS_HEAR


def _names(outcomes: Sequence[Outcome], own_id: int) -> str:
    """Their names; oneself comes last."""
    others = _others(outcomes, own_id)
    yourself = [YOURSELF] if len(others) < len(outcomes) else []
    return enumeration([*(plain(one.person.name) for one in others), *yourself])


def about(sentence: str, view: PollView) -> str:
    """A sentence about one poll."""
    return sentence.format(question=quoted(view.poll.question))


def nothing_won(view: PollView, now: datetime) -> str:
    """Why there is nothing to make something of."""
    return NOTHING_WON.format(outcome=outcome(view, now)).strip()


def nothing_to_export(view: PollView, now: datetime) -> str:
    """Why there is nothing to put in a file."""
    return outcome(view, now) or waits(view, now) or DROPPED


def file(view: PollView, xlsx: str, csv: str) -> str:
    """The links to an export."""
    head = FILE.format(question=quoted(view.poll.question), xlsx=xlsx, csv=csv)
    return f"{head}\n\n{FILE_ANONYMOUS if view.poll.anonymous else FILE_NAMED}"


def in_words(found: PollFile, view: PollView, now: datetime) -> str:
    """The same where the bot can give no files: the counts, and of a named poll who chose what."""
    kind = found.poll.kind
    head = f"{NO_FILES}\n\n**{plain(found.poll.question)}**"
    counts = [LINE.format(name=plain(count_label(one)), choice=count(one, kind)) for one in found.tally.counts]
    parts = [head, outcome(view, now), bullets(counts)]
    if found.votes:
        shown = [LINE.format(name=plain(one.person.name), choice=choice(found.poll, one)) for one in found.votes]
        left = len(shown) - MOST_LISTED
        rows = [*shown[:MOST_LISTED], *([AND_MORE.format(count=people(left))] if left > 0 else [])]
        parts += [WHO_CHOSE, bullets(rows)]
    return "\n\n".join(part for part in parts if part)
