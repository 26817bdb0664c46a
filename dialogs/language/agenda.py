"""What sentences about agenda points say: a proposal, which points are meant, what a comment or refusal carries."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dialogs.language import agenda_details as details
from dialogs.language.agenda_details import month_in
from dialogs.language.agenda_openings import Told, told
from dialogs.language.agenda_order import (
    Arranged,
    Ticked,
    arranged,
    guest,
    invited,
    releases,
    supports,
    ticked,
)
from dialogs.language.agenda_points import Which, match, of_a_point, which
from dialogs.language.intents import Intent
from dialogs.language.spelling import fold, strip_markup, strip_markup_in_lines
from storage.domain.agenda import PointKind

__all__ = [
    "Arranged",
    "Proposed",
    "Ticked",
    "Which",
    "arranged",
    "carried_text",
    "changed",
    "guest",
    "invited",
    "match",
    "month_in",
    "of_a_point",
    "proposed",
    "reason",
    "releases",
    "supports",
    "ticked",
    "which",
]

_REASON = re.compile(
    r"(?:\b(?:want|omdat|wegens|vanwege|aangezien|doordat|owv|omwille van)\b|\breden\s*(?:is|:))[\s,:]*(?P<why>\S.*)",
    re.DOTALL,
)
_COLON = re.compile(r":(?!\d|//)\s*(?P<said>\S.*)", re.DOTALL)
_OVER = re.compile(r"\b(?:over|rond|rondom|ivm|omtrent)\s+(?P<said>\S.*)", re.DOTALL)
_ASKED = re.compile(r"(?:\w+[, ]+){0,3}?(?:kan|kun|kunt|kunnen|mag|mogen|moet|moeten|wil|wilt|zou|zouden|zullen|is)\b")
"""A proposal that is put as a question: its question mark is no part of the title."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a text says of a new agenda point.

    `title` is "" where it says none; `month` is the first day of the month for which it is meant; `presenter` is a
    name as typed. `backlog`: it goes to the backlog.
    """

    title: str = ""
    kind: PointKind | None = None
    minutes: int | None = None
    explanation: str = ""
    backlog: bool = False
    recurring: bool = False
    month: date | None = None
    link: str | None = None
    presenter: str = ""


def proposed(text: str, now: datetime) -> Proposed:
    """The point that `text` proposes, said at `now` (aware, in the network's zone). The title keeps its letters."""
    found = told(text)
    if found is None or found.intent is not Intent.AGENDA_PROPOSE:
        found = _loosely(text)
    title, _, rest = found.said.partition("\n")
    title, kind = details.without_kind(title)
    beside = " , ".join((found.before, found.after, *found.details))
    link = details.link_in(found.said) or details.link_in(beside)
    title = details.without_link(title) if link else title
    if _ASKED.match(fold(found.before)) and not found.after:
        title = title.rstrip(" ?")
    if kind is None:
        kind = details.kind_in(beside) or (PointKind.ORGANISATION if details.invites(title) else None)
    return Proposed(
        _as_title(title),
        kind,
        details.minutes_in(beside),
        "\n".join(one for one in (found.why, rest) if one),
        details.for_later(beside),
        details.returns_each_time(beside),
        details.month_in(beside, now),
        link,
        details.presenter_in(" , ".join((found.after, *found.details))),
    )


def _loosely(text: str) -> Told:
    """The same of a proposal that begins otherwise: what stands after its colon or after "over"."""
    said = strip_markup_in_lines(text)
    for way in (_COLON, _OVER):
        found = way.search(fold(said))
        if found is not None:
            start = found.start("said")
            return Told(Intent.AGENDA_PROPOSE, said[:start], *_split(said[start:]), "")
    return Told(Intent.AGENDA_PROPOSE, said, "", "")


def _split(said: str) -> tuple[str, str]:
    title, parts = details.peeled(said, tailed=False)
    return title, " , ".join(parts)


def _as_title(said: str) -> str:
    said = " ".join(said.split()).strip(" ,;:-–—")
    said = said.strip('"“”„«»') if said[:1] in '"“„«' else said
    plain = said.rstrip(". ")
    return plain if not re.search(r"\b[A-Za-z]\.[A-Za-z]$|\b[A-Z]$", plain) else said


def reason(text: str) -> str:
    """Why, where a text tells it after "want", "omdat" or "reden:"; else ""."""
    said = strip_markup_in_lines(text)
    found = _REASON.search(fold(said))
    return said[found.start("why") :].strip(' "“”') if found else ""


def carried_text(text: str, intent: Intent) -> str:
    """What a refusal, question, comment, promise, proposal or change carries, as typed; "" where it carries nothing."""
    found = told(text)
    if found is not None and found.intent is intent and found.said:
        return found.said
    said = strip_markup_in_lines(text)
    if intent is Intent.AGENDA_DECLINE and (why := reason(text)):
        return why
    colon = _COLON.search(fold(said))
    if colon is not None:
        return said[colon.start("said") :].strip(' "“”')
    if intent is Intent.AGENDA_PROMISE and (over := _OVER.search(fold(said))):
        return said[over.start("said") :].strip()
    return ""


_NEW = re.compile(r"\b(?:naar|in|wordt|worden|is)\b\s*:?\s*(?P<said>\S.*)$", re.DOTALL)
_FIELDS = (
    ("explanation", re.compile(r"\b(?:uitleg|toelichting|beschrijving|omschrijving|context)\b")),
    ("link", re.compile(r"\blink\b|https?://")),
    ("title", re.compile(r"\b(?:titel|naam|herformuleer|hernoem|formulering)\b")),
)

_BECOMES = re.compile(
    r"\b(?:een|ter|als|in een|bij|onder)\s+(?P<kind>(?:info\w*|\w+)(?:punt)?)(?: van)?"
    r"(?: aub| graag| alstublieft)*[\s.!]*$"
)


def changed(text: str) -> dict[str, Any]:
    """What a text changes of a point: title, explanation, link, minutes, kind, recurring. Empty where it tells none."""
    found = told(text)
    said = found.said if found is not None and found.intent is Intent.AGENDA_CHANGE else ""
    before = fold(strip_markup(found.before if found is not None else text))
    values: dict[str, Any] = {}
    link, minutes = (
        details.link_in(text),
        details.minutes_in(re.sub(r"\bpunt \d{1,2}\b(?! ?(?:min|uur|u\b|\'))", " ", fold(strip_markup(text)))),
    )
    field = next((name for name, words in _FIELDS if words.search(before)), None)
    if link:
        values["link"] = link
    elif said and minutes is None:
        kind = details.kind_in(said) if len(said.split()) <= 2 else None  # noqa: PLR2004 - "een casus"
        values |= {"kind": kind} if kind and field is None else {field or "title": _as_title(said)}
    elif said and field in {"explanation", "title"}:
        values[field] = said
    elif minutes is not None:
        values["minutes"] = minutes
    if not values and (turned := _BECOMES.search(before)) and (kind := details.kind_in(turned["kind"])):
        values["kind"] = kind
    if details.returns_each_time(before if said else text):
        values["recurring"] = True
    return values
