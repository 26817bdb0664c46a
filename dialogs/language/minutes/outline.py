"""The lines of a report -> its points and sub-points, and which lines stand under each."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from dialogs.language.minutes.headings import (
    LONGEST_TITLE,
    Heading,
    Numbered,
    bold_start,
    in_capitals,
    is_layout,
    is_short,
    is_title,
    lettered,
    looks_plain,
    numbered,
    run_in,
    sub_numbered,
    unnumbered,
)
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.parts import Part, label
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.tables import Table
from storage.domain.minutes import Item, Source

ENOUGH: Final = 1.6
"""How much the numbered lines look like headings, on average, to be the points."""

SURE: Final = 2.2
"""The same of a report's only numbered line."""

ALIKE: Final = 0.85
"""How much alike a listed point and its heading further on are."""

LEAST_RUN_IN: Final = 3
SKIPPED: Final = 0.9
"""What a missing number takes off."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The points, in order.

    `headings`: by line, the heading that starts there, with the index of its point; `under`: for each line the index of
    its point; `titles`: by line, a title inside a point that is no point itself.
    """

    items: tuple[Item, ...]
    headings: dict[int, tuple[int, Heading]]
    under: tuple[int | None, ...]
    titles: dict[int, Heading]


@dataclass(frozen=True, slots=True)
class _Point:
    heading: Heading
    parent: int | None = None  # line


def read_outline(
    lines: Sequence[Line], taken: frozenset[int], listed: frozenset[int], tables: Iterable[Table], text: str
) -> Outline:
    """The points of a report.

    `taken` are the lines of its head and of who was there, `listed` those of its other lists, in which only a numbered
    line can be a point.
    """
    inside = {row for table in tables for row in table.all_rows}
    countable = [at for at in range(len(lines)) if at not in taken and at not in inside]
    free = [at for at in countable if at not in listed]
    main = [
        bold_start(one.line, one.number, lines[one.line], text) or one for one in _main(countable, free, lines, text)
    ]
    points = [*_with_subs(main, lines, free), *_of_tables(tables, taken)]
    points.sort(key=lambda one: one.heading.line)
    return _outline(points, lines, free)


# --- the points of the first rank


def _main(countable: Sequence[int], free: Sequence[int], lines: Sequence[Line], text: str) -> list[Heading]:
    first: list[Heading] = []
    for way in _ways(countable, free, lines, text):
        if way[1:]:
            return _told_again(way, free, lines)
        first = first or way
    return first


def _ways(countable: Sequence[int], free: Sequence[int], lines: Sequence[Line], text: str) -> Iterator[list[Heading]]:
    """The points by each way to mark them, the surest way first."""
    yield _beside(_chain(countable, lines), free, lines)
    yield [one for at in free if (one := sub_numbered(at, lines[at])) and is_title(one.title.text)]
    yield _leveled(free, lines)
    yield _marked(free, lines, lambda at: lines[at].bold)
    yield _marked(free, lines, lambda at: in_capitals(lines[at]) and is_title(lines[at].text.split(":")[0]))
    yield [one for at in free if (one := bold_start(at, "", lines[at], text)) and not is_layout(one)]
    yield _marked(free, lines, lambda at: looks_plain(at, lines))
    runs = [one for at in free if (one := run_in(at, lines[at]))]
    yield runs if len(runs) >= LEAST_RUN_IN else []


def _chain(free: Sequence[int], lines: Sequence[Line]) -> list[Numbered]:
    """The numbered lines that count up from the first, of the style that makes the likeliest headings."""
    styles: dict[str, list[Numbered]] = {}
    for at in free:
        one = numbered(at, lines)
        if one:
            styles.setdefault(one.style, []).append(one)
    chains = [_best(ones) for ones in styles.values()]
    fit = [one for one in chains if (sum(n.likeness for n in one) >= ENOUGH * len(one) and len(one) > 1) or _sure(one)]
    return max(fit, key=lambda one: sum(n.likeness - 0.8 for n in one), default=[])


def _sure(chain: Sequence[Numbered]) -> bool:
    return len(chain) == 1 and chain[0].count == 1 and chain[0].likeness > SURE


def _best(ones: Sequence[Numbered]) -> list[Numbered]:
    """The chain 1, 2, 3 … that looks most like headings; lists that start anew inside a point fall beside it."""
    best: dict[int, tuple[float, Numbered, Numbered | None]] = {}
    back: dict[int, Numbered | None] = {}
    for one in ones:
        ways: list[tuple[float, Numbered | None]] = [(one.likeness - 0.7 * max(one.count - 1, 0), None)]
        for step in (1, 2):
            if one.count - step in best:
                score, before, _ = best[one.count - step]
                ways.append((score + one.likeness - SKIPPED * (step - 1), before))
        score, came = max(ways, key=lambda way: way[0])
        if one.count not in best or score > best[one.count][0]:
            best[one.count] = (score, one, came)
            back[one.line] = came
    if not best:
        return []
    last: Numbered | None = max(best.values(), key=lambda way: way[0])[1]
    chain = []
    while last is not None:
        chain.append(last)
        last = back[last.line]
    return chain[::-1]


def _beside(chain: Sequence[Numbered], free: Sequence[int], lines: Sequence[Line]) -> list[Heading]:
    """The numbered points, and the headings without number that look the same."""
    found = {one.line: one.heading for one in chain}
    if not chain:
        return []
    levels = {lines[one.line].level for one in chain}
    alike: Callable[[int], bool] | None = None
    if 0 not in levels:
        alike = lambda at: lines[at].level in levels  # noqa: E731
    elif all(in_capitals(lines[one.line]) for one in chain) and len(chain) > 1:
        alike = lambda at: in_capitals(lines[at]) and is_title(lines[at].text)  # noqa: E731
    if alike is not None:
        for heading in _marked(free, lines, alike):
            if numbered(heading.line, lines) is None:
                found.setdefault(heading.line, heading)
    return [found[at] for at in sorted(found)]


def _leveled(free: Sequence[int], lines: Sequence[Line]) -> list[Heading]:
    """Headings of markdown: of the highest level that has more than one, or else the only one below the title."""
    levels = sorted({lines[at].level for at in free if lines[at].level})
    for level in levels:
        found = _marked(free, lines, lambda at, level=level: lines[at].level == level)  # type: ignore[misc]
        if len(found) > 1 or (found and level == levels[-1]):
            return found
    return []


def _marked(free: Sequence[int], lines: Sequence[Line], marked: Callable[[int], bool]) -> list[Heading]:
    found = [unnumbered(at, lines[at]) for at in free if not lines[at].cells and not lines[at].bullet and marked(at)]
    return [one for one in found if not is_layout(one) and label(lines[one.line].text) is None and one.title.text]


def _told_again(found: list[Heading], free: Sequence[int], lines: Sequence[Line]) -> list[Heading]:
    """Points that were only listed ("Agenda") and stand further on as headings: those."""
    if any(b.line - a.line > 1 for a, b in pairwise(found)):
        return found
    later = [at for at in free if at > found[-1].line and not lines[at].cells and len(lines[at].text) <= LONGEST_TITLE]
    again = [_like(one, later, lines) for one in found]
    return [one for one in again if one] if sum(map(bool, again)) >= max(2, len(found) / 2) else found


def _like(listed: Heading, later: Sequence[int], lines: Sequence[Line]) -> Heading | None:
    for at in later:
        heading = unnumbered(at, lines[at])
        if SequenceMatcher(None, listed.title.text.lower(), heading.title.text.lower()).ratio() > ALIKE:
            return replace(heading, number=listed.number)
    return None


# --- sub-points


def _with_subs(main: Sequence[Heading], lines: Sequence[Line], free: Sequence[int]) -> list[_Point]:
    points: list[_Point] = []
    for i, heading in enumerate(main):
        until = main[i + 1].line if i + 1 < len(main) else len(lines)
        within = free[bisect_right(free, heading.line) : bisect_left(free, until)]
        points.append(_Point(heading))
        points += _subs(heading, within, lines)
    return points


def _subs(heading: Heading, within: Sequence[int], lines: Sequence[Line]) -> list[_Point]:
    """ "3.1", "a." with a title of their own, and lower headings of markdown."""
    found: list[_Point] = []
    for at in within:
        sub = sub_numbered(at, lines[at])
        deeper = lines[at].level > lines[heading.line].level > 0
        if sub and is_title(sub.title.text) and _belongs(sub, heading):
            found.append(_Point(sub, heading.line))
        elif deeper and not is_layout(one := unnumbered(at, lines[at])) and label(lines[at].text) is None:
            found.append(_Point(one, heading.line))
    owners = [heading, *(one.heading for one in found)]
    for owner, after in zip(owners, [*owners[1:], None], strict=True):
        end = bisect_left(within, after.line) if after else len(within)
        found += [
            _Point(one, owner.line) for one in _letters(within[bisect_right(within, owner.line) : end], lines, owner)
        ]
    return sorted(found, key=lambda one: one.heading.line)


def _belongs(sub: Heading, heading: Heading) -> bool:
    return not heading.number.isdigit() or sub.number.split(".")[0].rstrip("abcdefgh") == heading.number


def _letters(within: Sequence[int], lines: Sequence[Line], owner: Heading) -> list[Heading]:
    """Lettered lines that have a title and something told under it; a mere list is none."""
    found: list[Heading] = []
    for at in within:
        one = lettered(at, lines[at])
        expected = chr(ord(found[-1].number.lower()) + 1) if found else "a"
        if one and one.number.lower() == expected and (is_title(one.title.text) or is_short(one.title.text)):
            found.append(one)
    if not found:
        return []
    told = [one for one, after in zip(found, [*found[1:], None], strict=True) if _is_told(one, after, within)]
    if len(told) * 2 < len(found) or not told:
        return []
    return [replace(one, number=f"{owner.number}.{one.number}" if owner.number else one.number) for one in found]


def _is_told(one: Heading, after: Heading | None, within: Sequence[int]) -> bool:
    until = after.line if after else within[-1] + 1
    return one.body is not None or until - one.line > 1


def _of_tables(tables: Iterable[Table], taken: frozenset[int]) -> list[_Point]:
    """The points of a table with a column for them."""
    found = []
    for table in tables:
        for row in table.rows:
            title = row.cell("point")
            if row.line not in taken and title is not None and title.text and not only_number(title.text):
                number = row.cell("number")
                found.append(_Point(_heading_of(row.line, number.text.strip(" .)") if number else "", title)))
    return found


def _heading_of(at: int, number: str, title: Piece) -> Heading:
    """A cell's title; its number may stand before it."""
    match = re.match(r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]\s+(?=\S)", title.text)
    if match is None or number:
        return Heading(at, number, title)
    return Heading(at, match["number"], title.part(match.end(), len(title.text)))


def only_number(text: str) -> bool:
    """Whether a cell holds but a number."""
    return text.strip(". )").isdigit()


# --- all together


def _outline(points: Sequence[_Point], lines: Sequence[Line], free: Sequence[int]) -> Outline:
    index = {one.heading.line: i for i, one in enumerate(points)}
    under: list[int | None] = []
    for at in range(len(lines)):
        under.append(index.get(at, under[-1] if under else None))
        if points and _closes(lines[at]) and at not in index:
            under[-1] = None
    last = {one: at for at, one in enumerate(under)}
    items = tuple(_item(one, last.get(i, one.heading.line), index, lines) for i, one in enumerate(points))
    free_set = set(free)
    titles = {
        at: unnumbered(at, line)
        for at, line in enumerate(lines)
        if at in free_set
        and at not in index
        and label(line.text) is None
        and (line.bold or line.level or looks_plain(at, lines))
    }
    return Outline(items, {at: (i, points[i].heading) for at, i in index.items()}, tuple(under), titles)


def _closes(line: Line) -> bool:
    """Whether what follows belongs to no point any more: a list of actions, dates or topics for all."""
    found = None if line.cells or line.bullet else label(line.text)
    if found is None or not found.alone:
        return False
    return found.part in {Part.COMING, Part.LATER} or (bool(line.level) and found.part in {Part.ACTION, Part.OTHER})


def _item(point: _Point, last: int, index: dict[int, int], lines: Sequence[Line]) -> Item:
    """The point as a value; `last` is its last line."""
    heading = point.heading
    body = None
    if heading.body is not None:
        whole = lines[heading.line].piece
        body = Source(whole.part(len(whole.text) - heading.body, len(whole.text)).source.start, lines[last].end)
    elif last > heading.line:
        body = Source(
            lines[heading.line + 1].source.start, max(lines[last].source.end, lines[heading.line + 1].source.end)
        )
    parent = point.parent
    return Item(
        heading.number, heading.title.text, heading.title.source, body, None if parent is None else index[parent]
    )
