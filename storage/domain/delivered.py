"""The lines of a report out of what was read in it: each with its point and its place, and what is about a case."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storage.domain.minutes import Item, Minutes, Named, Source
from storage.domain.planning import tidy
from storage.domain.report_cases import Cases
from storage.domain.report_lines import LONGEST_ITEM, LONGEST_ITEM_TITLE
from storage.domain.reports import LONGEST_LINE, LONGEST_OWNER, MOST_LINES, LineKind, NewLine, Origin

_PARAGRAPHS = re.compile(r"\n[ \t]*\n")
_ENDS = re.compile(r"(?:[.!?;]\s+|\n)")


def lines_of(minutes: Minutes, text: str, cases: Cases) -> tuple[NewLine, ...]:
    """All lines of a report, in the order in which they stand in its text; at most MOST_LINES."""
    points = _Points(minutes.items, text, cases)
    decided = (one.source for one in minutes.decisions if one.marked)
    marked = sorted((*decided, *(one.source for one in minutes.actions if one.marked)), key=_begin)
    said = [one for one in _points(points) if one.kind is not LineKind.DISCUSSION or not _only(one, text, marked)]
    found = [*_people(minutes), *said, *_agreed(minutes, points), *_ahead(minutes, points)]
    kept = (one for one in found if one.text and one.starts is not None)
    return tuple(sorted(kept, key=lambda one: (one.starts or 0, _RANK[one.kind])))[:MOST_LINES]


_RANK = {kind: rank for rank, kind in enumerate(LineKind)}

_MARK = re.compile(r"[\W_]*(?:[^.!?:]{1,60}:)?[\W_]*")
"""What may stand beside a decision in its paragraph: "- Besluit:"."""


def _only(line: NewLine, text: str, marked: Sequence[Source]) -> bool:
    """Whether a paragraph says nothing but marked decisions and actions: told as these, it is not told twice."""
    start, end = line.starts or 0, line.ends or 0
    inside = marked[bisect_left(marked, start, key=_begin) : bisect_left(marked, end, key=_begin)]
    for one in inside:
        if not _MARK.fullmatch(text[start : one.start]):
            return False
        start = max(start, one.end)
    return bool(inside) and not re.search(r"\w", text[start:end])


def _begin(source: Source) -> int:
    return source.start


def _people(minutes: Minutes) -> Iterator[NewLine]:
    for kind, people in ((LineKind.ATTENDEE, minutes.attendees), (LineKind.EXCUSED, minutes.excused)):
        for one in people:
            yield _line(kind, one.name, one.source, data=_of_person(one))


def _of_person(one: Named) -> Mapping[str, Any]:
    said = {"organisation": one.organisation, "role": one.role, "replaces": one.replaces}
    return {name: value for name, value in said.items() if value}


def _points(points: "_Points") -> Iterator[NewLine]:
    for index, item in enumerate(points.items):
        private = points.is_private(index)
        named = {"item": item.number[:LONGEST_ITEM], "item_title": _short(item.title), "private": private}
        yield _line(LineKind.POINT, item.title or item.number, item.source, **named)
        if item.body is not None:
            for part in parted(points.text, item.body):
                said = tidy(part.of(points.text), lines=True) or ""
                yield _line(LineKind.DISCUSSION, said, part, **named)


def _agreed(minutes: Minutes, points: "_Points") -> Iterator[NewLine]:
    for one in minutes.decisions:
        named = points.of(one.source, one.item)
        yield _line(LineKind.DECISION, one.text, one.source, **named, certain=one.marked)
    for action in minutes.actions:
        named = points.of(action.source, action.item) | {"owner": (tidy(action.owner) or "")[:LONGEST_OWNER]}
        yield _line(LineKind.ACTION, action.text, action.source, **named, due=action.due, certain=action.marked)


def _ahead(minutes: Minutes, points: "_Points") -> Iterator[NewLine]:
    for deadline in minutes.deadlines:
        yield _line(LineKind.DATE, deadline.text, deadline.source, **points.of(deadline.source), due=deadline.day)
    for one in minutes.carried_over:
        private = points.cases.is_case(one.title) or points.of(one.source)["private"]
        yield _line(LineKind.CARRIED, one.title, one.source, until=one.to, private=private)
    for meeting in minutes.next_meetings:
        yield _line(LineKind.NEXT, meeting.text, meeting.source, due=meeting.day)
    for topic in minutes.future_topics:
        yield _line(LineKind.TOPIC, topic.text, topic.source, private=points.of(topic.source)["private"])


def _line(kind: LineKind, text: str, source: Source, **more: Any) -> NewLine:
    said = tidy(text, lines=kind is LineKind.DISCUSSION) or ""
    shortened = said if len(said) <= LONGEST_LINE else said[: LONGEST_LINE - 1].rstrip() + "…"
    return NewLine(kind, shortened, origin=Origin.REPORT, starts=source.start, ends=source.end, **more)


def _short(title: str) -> str:
    return (tidy(title) or "")[:LONGEST_ITEM_TITLE]


def parted(text: str, body: Source) -> Iterator[Source]:
    """The paragraphs of a body; what is longer than a line may be is cut at the end of a sentence or at a space."""
    start = body.start
    for stop in [*(one.start() for one in _PARAGRAPHS.finditer(text, body.start, body.end)), body.end]:
        while stop - start > LONGEST_LINE:
            cut = _cut(text, start, start + LONGEST_LINE)
            if text[start:cut].strip():
                yield _bare(text, start, cut)
            start = cut
        if text[start:stop].strip():
            yield _bare(text, start, stop)
        start = stop


def _cut(text: str, start: int, most: int) -> int:
    ends = [one.end() for one in _ENDS.finditer(text, start, most)]
    if ends:
        return ends[-1]
    space = text.rfind(" ", start, most)
    return space + 1 if space > start else most


def _bare(text: str, start: int, end: int) -> Source:
    """The same place without the spaces at both ends."""
    said = text[start:end]
    begin = start + len(said) - len(said.lstrip())
    return Source(begin, max(begin, start + len(said.rstrip())))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    index: int


class _Points:
    """The points of a report: which one something belongs to, and which are about a case."""

    def __init__(self, items: Sequence[Item], text: str, cases: Cases) -> None:
        self.items, self.text, self.cases = items, text, cases
        self._private = [False] * len(items)
        for index, item in enumerate(items):
            above = item.parent is not None and item.parent < index and self._private[item.parent]
            self._private[index] = above or cases.is_case(item.title)
        self._order = sorted((_Place(one.source.start, index) for index, one in enumerate(items)), key=_start)

    def is_private(self, index: int) -> bool:
        """Whether this point, or the one that it belongs to, is about a case."""
        return self._private[index]

    def of(self, source: Source, number: str = "") -> dict[str, Any]:
        """The point of what stands here: the last one before it with this number, or else the one around it."""
        index = self._numbered(source, number) if number else None
        if index is None:
            index = self._around(source)
        if index is None:
            return {"item": number[:LONGEST_ITEM], "private": False}
        item = self.items[index]
        named = {"item": item.number[:LONGEST_ITEM], "item_title": _short(item.title)}
        return {**named, "private": self._private[index]}

    def _numbered(self, source: Source, number: str) -> int | None:
        same = [one for one in self._order if self.items[one.index].number == number]
        before = [one for one in same if one.start <= source.start]
        return (before[-1] if before else same[0]).index if same else None

    def _around(self, source: Source) -> int | None:
        place = bisect_right(self._order, source.start, key=_start) - 1
        if place < 0:
            return None
        index = self._order[place].index
        item = self.items[index]
        end = max(item.source.end, item.body.end if item.body else 0)
        return index if source.start < end else None


def _start(place: _Place) -> int:
    return place.start


def kept_private(lines: Iterable[NewLine], stopped: frozenset[int]) -> tuple[NewLine, ...]:
    """The lines, with those at these places private and to be confirmed, and all that bears such a title as well."""
    found = tuple(lines)
    titles = {one.item_title for place, one in enumerate(found) if place in stopped and one.kind is LineKind.POINT}
    return tuple(
        replace(one, private=True, certain=False)
        if place in stopped or (one.item_title and one.item_title in titles)
        else one
        for place, one in enumerate(found)
    )
