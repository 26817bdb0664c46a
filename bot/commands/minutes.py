"""`minutes`: what stands in a report, for people, or as JSON with the places where it stands."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.commands.output import complain, say
from bot.files.reading import read_upload
from dialogs.language.minutes import read_minutes
from dialogs.texts import commands as texts
from dialogs.texts.uploads import SENTENCES
from dialogs.texts.words import day, month
from storage.domain.minutes import Minutes, Named, ReportedAction, Source
from storage.domain.network import DEFAULT_TIMEZONE
from storage.domain.uploads import Unreadable


def run(file: Path, *, as_json: bool) -> int:
    """Show what stands in the report; 2 for a file that can't be read, 1 when there is no report in it."""
    try:
        text = read_upload(file).text
    except OSError as error:
        complain(texts.FILE_UNREADABLE.format(file=file, reason=error))
        return 2
    except Unreadable as error:
        complain(SENTENCES[error.reason])
        return 2
    now = Clock().now().astimezone(ZoneInfo(DEFAULT_TIMEZONE))
    minutes = read_minutes(text, now)
    if as_json:
        say(json.dumps(document(minutes), ensure_ascii=False, indent=1))
    elif minutes.empty:
        complain(texts.MINUTES_EMPTY)
        return 1
    else:
        for line in _readable(minutes):
            say(line)
    return 0


def document(minutes: Minutes) -> dict[str, Any]:
    """The report as a document; the keys are those of the issue's example, `source` holds offsets in the text."""
    return {
        "title": minutes.title or None,
        "date": _iso(minutes.day),
        "attendees": [_person(one) for one in minutes.attendees],
        "excused": [_person(one) for one in minutes.excused],
        "items": [
            {"number": one.number or None, "title": one.title, "parent": one.parent, "source": _place(one.source)}
            for one in minutes.items
        ],
        "decisions": [
            {"text": one.text, "item": one.item or None, "marked": one.marked, "source": _place(one.source)}
            for one in minutes.decisions
        ],
        "actions": [_action(one) for one in minutes.actions],
        "deadlines": [
            {"text": one.text, "date": one.day.isoformat(), "source": _place(one.source)} for one in minutes.deadlines
        ],
        "carried_over": [
            {"title": one.title, "to": one.to or None, "source": _place(one.source)} for one in minutes.carried_over
        ],
        "next_meetings": [
            {"date": one.day.isoformat(), "text": one.text, "source": _place(one.source)}
            for one in minutes.next_meetings
        ],
        "future_topics": [{"text": one.text, "source": _place(one.source)} for one in minutes.future_topics],
    }


def _person(one: Named) -> dict[str, Any]:
    return {
        "name": one.name,
        "organisation": one.organisation or None,
        "role": one.role or None,
        "replaces": one.replaces or None,
        "source": _place(one.source),
    }


def _action(one: ReportedAction) -> dict[str, Any]:
    return {
        "text": one.text,
        "owner": one.owner or None,
        "due": _iso(one.due),
        "item": one.item or None,
        "marked": one.marked,
        "source": _place(one.source),
    }


def _place(source: Source) -> dict[str, int]:
    return {"start": source.start, "end": source.end}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- for people


def _readable(minutes: Minutes) -> Iterable[str]:
    yield minutes.title or texts.MINUTES_UNTITLED
    if minutes.day:
        yield day(minutes.day)
    parts: dict[str, Sequence[str]] = {
        "attendees": [_named(one) for one in minutes.attendees],
        "excused": [_named(one) for one in minutes.excused],
        "items": [f"{one.number} {one.title}".strip() for one in minutes.items],
        "decisions": [_begun(one.text) for one in minutes.decisions],
        "actions": [_told(one) for one in minutes.actions],
        "deadlines": [f"{day(one.day)}: {one.text}" for one in minutes.deadlines],
        "carried_over": [_put_off(one.title, one.to) for one in minutes.carried_over],
        "next_meetings": [day(one.day) for one in minutes.next_meetings],
        "future_topics": [one.text for one in minutes.future_topics],
    }
    for key, told in parts.items():
        if told:
            yield f"\n{texts.MINUTES_HEADINGS[key]}"
            yield from (f"- {one}" for one in told)


def _named(one: Named) -> str:
    replaces = texts.MINUTES_REPLACES.format(name=one.replaces) if one.replaces else ""
    more = ", ".join(part for part in (one.organisation, one.role, replaces) if part)
    return f"{one.name} ({more})" if more else one.name


def _told(one: ReportedAction) -> str:
    named = one.owner and not one.text.startswith(one.owner)
    what = texts.MINUTES_OWNER.format(owner=one.owner, what=one.text) if named else _begun(one.text)
    if one.due is None or one.due.isoformat() in what:  # its words say by when
        return what.replace(one.due.isoformat(), day(one.due)) if one.due else what
    return texts.MINUTES_BY.format(what=what.rstrip("."), day=day(one.due))


def _begun(text: str) -> str:
    """With a capital, as a line of its own has."""
    return text[:1].upper() + text[1:]


def _put_off(title: str, to: str) -> str:
    if not to:
        return title
    whole = len(to) > len("2027-01")
    when = day(date.fromisoformat(to)) if whole else month(date.fromisoformat(f"{to}-01"))
    return texts.MINUTES_TO.format(title=title, when=when)
