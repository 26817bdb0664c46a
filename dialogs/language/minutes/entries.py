"""A list of people as it stands in a report -> the people, each with what is said beside the name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from dialogs.language.minutes.names import is_first_name, is_organised, is_role, is_sure, name_at
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.qualifiers import LONGEST, REPLACED_BY, REPLACES, Person, fits, qualified, surely_person
from storage.domain.identifying.lists import folded, ordinary
from storage.domain.minutes import Named

_SPLIT: Final = re.compile(
    r"(?P<hard>[;\n•·|]|\.(?=\s+[A-ZÀ-Ý][^.;:]{0,60}:))|(?P<comma>,)|(?P<and>\s+(?:en|&|alsook|"
    r"evenals|én)(?=\s+[\w'’(])|\s*\+\s*)|"
    r"(?P<slash>\s+/\s*|/\s+)|(?P<dash>\s[–—-]+\s|\s?[–—]\s?|[→➔])|(?P<colon>:(?=\s))",
    re.IGNORECASE,
)
_NONE: Final = re.compile(
    r"\W*(?:allen|alle\s+\w+|iedereen|niemand|geen|nihil|n\.?v\.?t\.?|zie\b.*|/|-|geen\s+\w+|voltallig)\W*$",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    r"(?:\d{1,2}[.)]\s+|(?:de\s+)?(?:heer|dhr\.?|mevr\.?|mevrouw|mw\.?|dr\.?|prof\.?|juf|"
    r"meester)\s+|en\s+|ook\s+|verder\s+|"
    r"(?:de\s+)?collega['’]?s?\s+|(?:met\s+)?dank\s+aan\s+|[\[(][ xXvV✓]?[\])]\s*|[☐☑☒✓✔]\s*|x\s+(?=[A-Z]))+",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"^(?:voor|vanuit|van|namens|uit)\s+(?:(?:de|het)\s+)?", re.IGNORECASE)
_TAIL: Final = re.compile(r"(?:(?<=[a-zà-ÿ]{3})\.|[,;])\s*$")


@dataclass(frozen=True, slots=True)
class Entries:
    """The people on a list. `clean`: nothing else stands there. `group`: the organisation that it begins with."""

    people: tuple[Person, ...] = ()
    clean: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a list, the kind of mark before it, and how that is written."""

    piece: Piece
    mark: str
    written: str = ""


@dataclass(slots=True)
class _List:
    """What was read so far. `group` is the organisation for the people that follow; `waiting` one that came first."""

    people: list[Person] = field(default_factory=list)
    group: str = ""
    group_role: str = ""
    waiting: str = ""
    lead: str = ""
    clean: bool = True
    joined: list[int] = field(default_factory=list)
    fresh: bool = True

    def add(self, person: Person, *, joined: bool) -> None:
        """One more; `joined` when "en" or a plus stands before."""
        lead = self.waiting or (self.lead if joined else "")
        organisation = lead or self.group
        self.waiting, self.lead = "", lead
        if joined and self.people:
            self.joined.append(len(self.people))
        self.people.append(person.told(organisation=organisation, role=self.group_role))
        self.fresh = False


def read_entries(text: Piece, group: str = "") -> Entries:
    """The people in a list. `group` is the organisation under whose name the list stands."""
    text = text.stripped()
    if not text.text or _NONE.match(text.text):
        return Entries(clean=bool(text.text))
    reading = _List(group=group)
    for segment in _segments(text):
        _take(reading, segment, group)
    _share(reading)
    clean = reading.clean and all(person.clean for person in reading.people) and not reading.waiting
    return Entries(tuple(reading.people), clean, reading.group)


def _segments(text: Piece) -> Iterator[_Segment]:
    """The parts between marks that stand outside brackets."""
    start, mark, written = 0, "hard", ""
    inside = _inside_brackets(text.text)
    for match in _SPLIT.finditer(text.text):
        if inside[match.start()] or (match.lastgroup == "dash" and match.start() == start):
            continue
        yield _Segment(text.part(start, match.start()).stripped(), mark, written)
        start, mark, written = match.end(), match.lastgroup or "hard", match.group()
    yield _Segment(text.part(start, len(text.text)).stripped(), mark, written)


def _inside_brackets(text: str) -> list[bool]:
    """Of each character whether it stands between brackets that are closed again."""
    inside, opened = [False] * len(text), []
    for at, one in enumerate(text):
        if one in "([":
            opened.append(at)
        elif one in ")]" and opened:
            begin = opened.pop()
            if not opened:
                inside[begin : at + 1] = [True] * (at + 1 - begin)
    return inside


def _take(reading: _List, segment: _Segment, group: str) -> None:
    """One part more: somebody, something about the last one, or whose people follow."""
    one = segment.piece
    if segment.mark == "hard":
        reading.fresh, reading.group = True, group
        reading.group_role = ""
    if segment.mark == "colon":
        _colon(reading)
    leading = _LEADING.match(one.text)
    if leading:
        one = one.part(leading.end(), len(one.text))
    tail = _TAIL.search(one.text)
    if tail:
        one = one.part(0, tail.start())
    if not one.text or _NONE.match(one.text):
        return
    person = _person(reading, one, segment.mark)
    if person:
        _was_group(reading, person, segment.mark)
        reading.add(person, joined=segment.mark == "and")
    else:
        _beside(reading, one, segment)


def _colon(reading: _List) -> None:
    """What stood before the colon is whose people follow."""
    if reading.waiting:
        if is_role(reading.waiting):
            reading.group_role = reading.waiting
        else:
            reading.group = _OF.sub("", reading.waiting)
        reading.waiting, reading.fresh = "", True


def _was_group(reading: _List, person: Person, mark: str) -> None:
    """ "Bednet – Ann Nguyen": what was taken for somebody is whose people follow."""
    last = reading.people[-1].named.name if reading.people else ""
    if (
        mark in {"dash", "colon"}
        and last
        and " " not in last
        and not is_first_name(last)
        and is_sure(person.named.name)
    ):
        reading.people.pop()
        reading.group = last


def _person(reading: _List, one: Piece, mark: str) -> Person | None:
    """Who stands there, or None when it is no person."""
    text = one.text
    about = REPLACES.search(text)
    if about and about.start() == 0:
        return None
    name = name_at(text[: about.start()] if about else text)
    if name is None or text[: name[0]].strip(" ."):
        return None
    written, rest = text[slice(*name)], text[name[1] :].strip()
    if not _is_somebody(reading, written, rest, mark):
        return None
    person = Person(Named(written, one.part(*name).source), clean=fits(rest))
    return qualified(person, one.part(name[1], len(text)))


def _is_somebody(reading: _List, written: str, rest: str, mark: str) -> bool:
    """Whether what looks like a name is one at this place."""
    if is_sure(written):
        return mark != "colon" or not reading.people or reading.fresh
    if (
        rest
        and is_organised(rest.split(maxsplit=1)[0].strip("(,"))
        and not rest.startswith("(")
        and len(written.split()) == 1
    ):
        return is_first_name(written)
    if reading.fresh and not reading.waiting:
        return bool(len(written.split()) > 1 or is_first_name(written) or not ordinary(folded(written)))
    if mark == "and":
        return is_first_name(written.split(maxsplit=1)[0]) or not ordinary(folded(written.split(maxsplit=1)[0]))
    if reading.waiting and not reading.people[-1:] and mark in {"dash", "colon", "comma"} and " " in written:
        return True
    if mark in {"comma", "slash"}:
        own = rest.startswith(("(", "[")) or bool(REPLACES.match(rest))
        return (own and " " in written and not is_organised(written.split(maxsplit=1)[0])) or _in_a_row(
            reading, written
        )
    return False


def _in_a_row(reading: _List, written: str) -> bool:
    """Behind a comma a word can be somebody or an organisation: it is a name when it is a known one."""
    words = written.split()
    if len(words) == 1:
        short = any(" " not in person.named.name and not person.named.organisation for person in reading.people)
        return (is_first_name(written) and short) or (
            (is_first_name(written) or short) and not ordinary(folded(written))
        )
    return not any(is_organised(word) for word in words) and (
        is_first_name(words[0]) or not any(ordinary(folded(word)) for word in words)
    )


def _beside(reading: _List, one: Piece, segment: _Segment) -> None:
    """Something about the last one, or whose people follow."""
    if reading.fresh and not reading.waiting:
        inner = _bracketed_people(one)
        if inner:
            head, people = inner
            reading.people += [person.told(organisation=head) for person in people]
            reading.fresh = False
            return
        reading.waiting = one.text
        reading.clean = reading.clean and len(one.text.split()) <= LONGEST
        return
    if reading.waiting or not reading.people:
        between = f" {segment.written.strip()} " if segment.mark == "and" else " "
        reading.waiting = f"{reading.waiting}{between}{one.text}".strip()
        reading.clean = reading.clean and len(reading.waiting.split()) <= LONGEST
        return
    last = reading.people[-1]
    if segment.mark == "and" and last.named.organisation:  # "Onderwijs en Vorming"
        more = f"{last.named.organisation} {segment.written.strip()} {one.text}"
        reading.people[-1] = replace(
            last, named=replace(last.named, organisation=more), clean=last.clean and fits(one.text)
        )
        return
    reading.people[-1] = qualified(last, one)


def _bracketed_people(one: Piece) -> tuple[str, tuple[Person, ...]] | None:
    """ "De Ladder (An Peeters, Piet Maes)"."""
    match = re.fullmatch(r"(?P<head>[^()]{2,60}?)\s*\((?P<people>[^()]+)\)", one.text)
    if match is None or not surely_person(match["people"].split(",")[0]) or REPLACED_BY.search(one.text):
        return None
    return match["head"], read_entries(one.cut(match, "people")).people


def _share(reading: _List) -> None:
    """ "An Peeters en Piet Maes (De Ladder)": both are of De Ladder, unless the list gives one to nobody else."""
    people = reading.people
    for at in reversed(reading.joined):
        before, here = people[at - 1], people[at]
        lone = at == 1 or people[at - 2].named.organisation
        if here.named.organisation and not before.named.organisation and not before.named.role and lone:
            people[at - 1] = before.told(organisation=here.named.organisation)
