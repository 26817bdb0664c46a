"""A report's lines -> who was there and who was excused, from lists, tables and the sentences at its top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from dialogs.language.minutes.entries import read_entries
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.names import is_first_name, name_at
from dialogs.language.minutes.openings import Label, Status, label_of, labels_in
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.present import read_sentences
from dialogs.language.minutes.qualifiers import Person, surely_person
from dialogs.language.minutes.rolls import Rolled, is_head, is_two_lists, read_roll, read_two_lists
from storage.domain.identifying.lists import folded
from storage.domain.minutes import Named

LONGEST_ENTRY: Final = 220
"""Characters: an entry of a list with one person to a line is shorter."""

ROW: Final = 3
"""Commas from which a long line is a row of names."""

LONGEST_GROUP: Final = 7
"""Words of the name of an organisation above its people."""

MOST_ROLES: Final = 3
"""More people are no chairs or note-takers."""

SHORT: Final = 30
BELOW_LISTS: Final = 8
"""Lines below a table with a list in each column on which its names may go on."""

_LISTS: Final = frozenset({Status.PRESENT, Status.EXCUSED, Status.ABSENT, Status.SILENT, Status.MEMBERS})


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who was there, who was excused, and the indexes of the lines that told it."""

    attendees: tuple[Named, ...] = ()
    excused: tuple[Named, ...] = ()
    taken: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Reading:
    """What was read so far, with the list that each came from."""

    lines: Sequence[Line]
    found: list[tuple[Status, Person]] = field(default_factory=list)
    roles: list[tuple[Piece, Person]] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def add(self, status: Status, people: Sequence[Person], lines: Sequence[int]) -> None:
        """People of one list."""
        self.found += [(person.status or status, person) for person in people]
        if people:
            self.taken.update(lines)


def read_attendance(lines: Sequence[Line]) -> Attendance:
    """Everybody on the lists of a report."""
    reading = _Reading(lines)
    at = 0
    while at < len(lines):
        at = max(_list_at(reading, at), at + 1)
    if not any(status in {Status.PRESENT, Status.EXCUSED, Status.MEMBERS} for status, _ in reading.found):
        _from_sentences(reading, everything=True)
    else:
        have = {status for status, _ in reading.found}
        _from_sentences(reading, everything=False, have=have)
    return _settled(reading)


def _from_sentences(
    reading: _Reading, *, everything: bool, have: frozenset[Status] | set[Status] = frozenset()
) -> None:
    """What the sentences at the top tell beyond the lists."""
    for index, whole, status, people in read_sentences(reading.lines, reading.taken):
        if everything or status not in have:
            reading.add(status, people, [index] if whole else [])


def _list_at(reading: _Reading, at: int) -> int:
    """Read what begins at a line; where to go on."""
    line = reading.lines[at]
    if line.cells:
        return _table_at(reading, at, Status.MEMBERS)
    labels = list(labels_in(line.piece))
    if not labels:
        return at + 1
    for label in labels:
        if label.status is not Status.MEMBERS or at < _first_third(reading.lines):
            _label(reading, label, at)
    last = labels[-1]
    empty = bool(last.rest.text) and not read_entries(last.rest).people
    if last.status not in _LISTS or empty or (last.status is Status.MEMBERS and at >= _first_third(reading.lines)):
        return at + 1
    return _below(reading, at + 1, last, opened=bool(last.rest.text))


def _label(reading: _Reading, label: Label, at: int) -> None:
    """The names behind one label on its line."""
    entries = read_entries(label.rest)
    if label.status is Status.ROLE:
        people = [one for one in entries.people if one.clean and surely_named(one)]
        reading.roles += [(label.label, one) for one in people if not people[MOST_ROLES:]]
        return
    if label.status in _LISTS and (entries.clean or label.loud):
        reading.add(label.status, entries.people, [at])


def surely_named(person: Person) -> bool:
    """Whether somebody has a whole name, or a known first name."""
    return len(person.named.name.split()) > 1 or is_first_name(person.named.name)


# --- what stands below a label


def _below(reading: _Reading, at: int, label: Label, *, opened: bool) -> int:
    """The lines below a label, as long as people stand on them; `opened` when some stood behind the label."""
    lines, group = reading.lines, ""
    while at < len(lines):
        line = lines[at]
        if line.cells:
            behind = _table_at(reading, at, label.status)
            if behind == at or at not in reading.taken:
                return at
            at, opened = behind, False
            continue
        if _stops(line, opened=opened):
            break
        entries = read_entries(line.piece, group)
        if entries.people and entries.clean and (not opened or not line.gap) and _is_entry(line):
            reading.add(label.status, entries.people, [at])
        elif not entries.people and (head := _group(lines, at)):
            group = head
            reading.taken.add(at)
        elif not (entries.clean and not entries.people and not line.gap and _nobody(line)):
            break
        at += 1
    return at


def _stops(line: Line, *, opened: bool) -> bool:
    """Whether a line begins something else: another label or a heading."""
    if line.level and not surely_person(line.text):
        return True
    label = label_of(line.piece)
    if label and (label.rest.text == "" or label.loud) and label.status is not Status.MEMBERS:
        return not surely_person(line.text)
    return bool(opened and line.bullet and line.gap)


def _is_entry(line: Line) -> bool:
    return len(line.text) <= LONGEST_ENTRY or line.text.count(",") + line.text.count(";") > ROW


def _nobody(line: Line) -> bool:
    return bool(line.text) and len(line.text) < SHORT


def _group(lines: Sequence[Line], at: int) -> str:
    """The organisation whose people stand on the next lines: "CLB's:", "Jeugdhulp"."""
    line = lines[at]
    text = line.text.strip(" :*")
    if len(text.split()) > LONGEST_GROUP or at + 1 >= len(lines) or line.text.endswith((".", "?", "!")):
        return ""
    after = lines[at + 1]
    if after.cells or (after.gap and not line.gap) or label_of(after.piece):
        return ""
    below = read_entries(after.piece)
    grouped = (
        line.text.rstrip(" *").endswith(":")
        or bool(after.bullet) != bool(line.bullet)
        or after.indent > line.indent
        or line.bold
    )
    return text if below.people and below.clean and surely_person(after.text) and grouped else ""


# --- tables


def _table_at(reading: _Reading, at: int, status: Status) -> int:
    """A table of people that begins at a row, or one row of labels and names; where to go on."""
    lines = reading.lines
    line = lines[at]
    if is_head(line) and (status is not Status.MEMBERS or at < _first_third(lines)):
        return _take(reading, at, read_roll(lines[at : _table_end(lines, at)], status))
    if is_two_lists(line):
        end = _table_end(lines, at)
        return _take(reading, at, read_two_lists(lines[at : end + BELOW_LISTS]))
    if _labelled_cells(reading, at):
        return at + 1
    if status is not Status.MEMBERS or _is_marked(line):
        return _rows(reading, at, status)
    return at + 1


def _table_end(lines: Sequence[Line], at: int) -> int:
    """The index behind the last row of the table that stands at a row."""
    return next((index for index in range(at, len(lines)) if not lines[index].cells), len(lines))


def _first_third(lines: Sequence[Line]) -> int:
    """Tables of people without a label stand at the top, or at the very end."""
    return max(len(lines) // 3, 12)


def _take(reading: _Reading, at: int, rolled: Rolled) -> int:
    statused = [replace(person, status=person.status or Status.MEMBERS) for person in rolled.people]
    reading.add(Status.MEMBERS, statused, range(at, at + rolled.rows))
    return at + rolled.rows


def _labelled_cells(reading: _Reading, at: int) -> bool:
    """ "Aanwezig | An Peeters, Piet Maes | Voorzitter | An Peeters"."""
    cells = [cell for cell in reading.lines[at].cells if cell.text]
    found = False
    index = 0
    while index < len(cells):
        label = label_of(cells[index])
        if label and not label.rest.text and label.status is not Status.OTHER and index + 1 < len(cells):
            for part in labels_in(cells[index + 1]) if label_of(cells[index + 1]) else ():
                _label(reading, part, at)
            _label(reading, Label(label.status, label.label, cells[index + 1]), at)
            found, index = True, index + 2
        elif label and label.rest.text:
            _label(reading, label, at)
            found, index = True, index + 1
        else:
            index += 1
    return found


def _is_marked(row: Line) -> bool:
    """Whether a row names somebody and says whether they were there."""
    people = _row(row)
    return bool(people) and all(one.status for one in people)


def _rows(reading: _Reading, at: int, status: Status) -> int:
    """Rows without a head: a name and what stands beside it; in a list of members each with a status."""
    while at < len(reading.lines) and reading.lines[at].cells:
        people = _row(reading.lines[at])
        if not people or (status is Status.MEMBERS and not all(one.status for one in people)):
            return at
        reading.add(status, people, [at])
        at += 1
    return at


def _row(line: Line) -> list[Person]:
    """Whom a row without a head names: one with what stands beside, or several."""
    cells = [cell for cell in line.cells if cell.text]
    joined_ = Piece(" – ".join(cell.text for cell in cells), ((0, 0),))
    if sum(surely_person(cell.text) for cell in cells) > 1 or len(cells) == 1:
        return [person for entries in map(read_entries, cells) if entries.clean for person in entries.people]
    whole = read_entries(joined_)
    if not whole.clean or len(whole.people) != 1:
        return []
    cell = next((cell for cell in cells if whole.people[0].named.name in cell.text), None)
    if cell is None:
        return []
    begin = cell.text.index(whole.people[0].named.name)
    source = cell.part(begin, begin + len(whole.people[0].named.name)).source
    return [replace(whole.people[0], named=replace(whole.people[0].named, source=source))]


# --- all lists together


def _settled(reading: _Reading) -> Attendance:
    """Each person once, with the roles that labels gave and who replaces whom."""
    statuses = {status for status, _ in reading.found}
    present: dict[str, Named] = {}
    excused: dict[str, Named] = {}
    for status, person in _counted(reading.found, statuses):
        _merge(present if status in {Status.PRESENT, Status.MEMBERS} else excused, person.named)
    for label, person in reading.roles:
        _give_role(present, excused, label.text, person)
    for _, person in reading.found:
        _succeed(present, person)
    for key in [key for key in excused if key in present and excused[key].source.start > present[key].source.start]:
        del present[key]
    return Attendance(
        tuple(present.values()),
        tuple(one for key, one in excused.items() if key not in present),
        frozenset(reading.taken),
    )


def _counted(found: Sequence[tuple[Status, Person]], statuses: set[Status]) -> Iterator[tuple[Status, Person]]:
    """Members count as present when nothing else says who was; those absent as excused when nothing says who was."""
    for status, person in found:
        if status is Status.SILENT or (status is Status.ABSENT and Status.EXCUSED in statuses):
            continue
        if status is Status.MEMBERS and Status.PRESENT in statuses and not person.status:
            continue
        yield status, person


def _key(name: str) -> str:
    return " ".join(folded(name).replace("’", "'").split())


def _merge(people: dict[str, Named], one: Named) -> None:
    """Somebody named twice is one; what the second mention adds is kept."""
    key = _key(one.name)
    known = people.get(key)
    if known is None:
        people[key] = one
        return
    people[key] = replace(
        known,
        organisation=known.organisation or one.organisation,
        role=known.role or one.role,
        replaces=known.replaces or one.replaces,
    )


def _give_role(present: dict[str, Named], excused: dict[str, Named], role: str, person: Person) -> None:
    """ "Verslag: Pieter": the role of the one on the list who is called so, or somebody more."""
    key = _key(person.named.name)
    fits = [
        one for one in present if one == key or one.split()[0] == key or (len(key.split()) > 1 and _short(one, key))
    ]
    role = role.strip(" :").removesuffix(" door").strip()
    if len(fits) == 1:
        known = present[fits[0]]
        both = known.role if role.lower() in known.role.lower() else ", ".join(one for one in (known.role, role) if one)
        present[fits[0]] = replace(known, role=both, organisation=known.organisation or person.named.organisation)
    elif not fits and key not in excused and not any(one.split()[0] == key for one in excused):
        present[key] = replace(person.named, role=role)


def _short(name: str, key: str) -> bool:
    """Whether "An P." stands for "An Peeters"."""
    first, *rest = key.split()
    return (
        name.split(maxsplit=1)[0] == first
        and len(rest) == 1
        and not rest[0].strip(".")[2:]
        and rest[0][0] in {word[0] for word in name.split()[1:]}
    )


def _succeed(present: dict[str, Named], person: Person) -> None:
    """ "Joke Peeters (vervangen door Selma Kaya)"."""
    if person.successor is None:
        return
    found = name_at(person.successor.text)
    if found is None:
        return
    name = person.successor.text[slice(*found)]
    key = _key(name)
    fits = [one for one in present if one == key or one.split()[0] == key]
    if fits:
        present[fits[0]] = replace(present[fits[0]], replaces=present[fits[0]].replaces or person.named.name)
    else:
        source = person.successor.part(*found).source
        present[key] = Named(name, source, organisation=person.named.organisation, replaces=person.named.name)
