"""A Dutch meeting report's text -> what stands in it; nothing is invented, every item knows its place.

text -> `lines` -> `head`, `attendance`, `coming`, `topics` (its lists) and `outline` (its points)
     -> `statements` (what is told under each point) -> `decisions`, `actions`, `deadlines`, `carried`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from dialogs.language.minutes.actions import Work, find_actions
from dialogs.language.minutes.anchor import reference_day
from dialogs.language.minutes.attendance import read_attendance
from dialogs.language.minutes.carried import find_carried
from dialogs.language.minutes.coming import read_coming
from dialogs.language.minutes.deadlines import Calendar, find_deadlines
from dialogs.language.minutes.decisions import find_decisions
from dialogs.language.minutes.head import read_head
from dialogs.language.minutes.lines import read_lines
from dialogs.language.minutes.naming import People
from dialogs.language.minutes.outline import Outline, read_outline
from dialogs.language.minutes.statements import Statement, statements
from dialogs.language.minutes.tables import read_tables
from dialogs.language.minutes.topics import read_topics
from storage.domain.minutes import CarriedOver, Decision, Item, Minutes, ReportedAction

__all__ = ["read_minutes"]


def read_minutes(text: str, now: datetime) -> Minutes:
    """All that a report tells. `now` is aware; dates are resolved from the report's own day when it tells it."""
    lines = read_lines(text)
    head = read_head(lines, now)
    present = read_attendance(lines)
    reference = reference_day(text, head.day, now)
    coming = read_coming(lines, reference)
    later = read_topics(lines)
    taken = head.taken | present.taken | coming.taken | later.taken
    tables = read_tables(lines, present.taken | coming.taken | later.taken)
    outline = read_outline(lines, head.taken | present.taken, coming.taken | later.taken, tables, text)
    told = statements(lines, outline, taken, tables)
    people = People(one.name for one in (*present.attendees, *present.excused))
    calendar = Calendar(reference, head.day, tuple(one.day for one in coming.meetings))
    work = list(find_actions(told, people, calendar))
    return Minutes(
        title=head.title,
        day=head.day,
        attendees=present.attendees,
        excused=present.excused,
        items=outline.items,
        decisions=_once(_decision(one, outline, marked=marked) for one, marked in find_decisions(told, people)),
        actions=tuple(_action(told[i], one, outline) for i, one in work),
        deadlines=tuple(find_deadlines(told, calendar, frozenset(i for i, _ in work))),
        carried_over=_carried(told, outline.items, calendar),
        next_meetings=coming.meetings,
        future_topics=later.topics,
    )


def _carried(told: Sequence[Statement], items: Sequence[Item], calendar: Calendar) -> tuple[CarriedOver, ...]:
    return tuple(find_carried(told, [one.title for one in items], calendar))


def _decision(one: Statement, outline: Outline, *, marked: bool) -> Decision:
    return Decision(one.text, one.piece.source, _number(one, outline), marked)


def _action(one: Statement, work: Work, outline: Outline) -> ReportedAction:
    return ReportedAction(work.what.text, work.what.source, work.owner, work.due, _number(one, outline), work.marked)


def _number(one: Statement, outline: Outline) -> str:
    """The number of a statement's point, or its title when it has none."""
    if one.item is None:
        return ""
    item = outline.items[one.item]
    return item.number or item.title


def _once(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Each wording once: a list of decisions at the end tells them again."""
    return tuple({one.text.casefold(): one for one in reversed(tuple(decisions))}.values())[::-1]
