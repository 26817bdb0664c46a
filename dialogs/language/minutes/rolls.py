"""Tables of people: a column of names, others with organisation, role, and marks for who was there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogs.language.minutes.entries import read_entries
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.names import name_at
from dialogs.language.minutes.openings import Status, status_of
from dialogs.language.minutes.pieces import Piece, joined
from dialogs.language.minutes.qualifiers import (
    REPLACED_BY,
    REPLACES,
    Person,
    qualified,
    status_word,
    surely_person,
)
from storage.domain.minutes import Named

LONGEST_MARK: Final = 3
"""Characters: a cell with more holds words."""

_HEADS: Final = tuple(
    (kind, re.compile(rf"(?:{pattern})\W*$", re.IGNORECASE))
    for kind, pattern in (
        (
            "task",
            (
                r"wat|actie\w*|taak|taken|opdracht|wanneer|deadline|timing|tegen(?: wanneer)?|termijn|status "
                r"actie|opvolging|to ?do|uur|plaats|onderwerp|punt|agendapunt|besluit|datum"
            ),
        ),
        ("last", r"familienaam|achternaam"),
        ("first", r"voornaam"),
        (
            "name",
            (
                r"naam|namen|naam (?:en|&|/|\+) (?:voor|familie)naam|voornaam (?:en|&|/|\+) (?:familie|"
                r"achter)?naam|wie|deelnemers?|lid|leden|persoon|personen|vertegenwoordigers?|afgevaardigden?|"
                r"effectief(?: lid)?|ambassadeurs|onderwijsambassadeurs|collega['’]?s"
            ),
        ),
        (
            "organisation",
            (
                r"organisaties?|voorziening(?:en)?|dienst(?:en)?|school|scholen|instellingen|instelling|"
                r"partners?|sector|werkplek|van(?:uit)?|vertegenwoordigt|organisatie\s*/\s*\w+|namens|werkt "
                r"bij|vzw|actor"
            ),
        ),
        ("role", r"functie|rol|hoedanigheid|taak in (?:het )?netwerk|mandaat"),
        ("present", r"aanwezig(?:heid)?|aanw\.?|aanwezigen|a|p|present|er|was er|erbij|ja|aanw\.? ?\(?x?\)?"),
        (
            "excused",
            (
                r"verontschuldigd|verontschuldigden|verontsch\.?|veront\.?|v|vo|e|verontschuldiging|afwezig "
                r"met kennisgeving|geëxcuseerd|verh\.?|verhinderd|met kennisgeving"
            ),
        ),
        ("absent", r"afwezig|afw\.?|af|niet aanwezig|afwezig zonder \w+|n|nee|neen|afwezigen|zonder kennisgeving"),
        ("replaces", r"vervangt|ter vervanging van|tvv|t\.v\.v\.|in plaats van|i\.?p\.?v\.?|plaatsvervanger van"),
        ("successor", r"vervangen door|vervang(?:er|ing|ster)|plaatsvervanger|door wie"),
        (
            "status",
            (
                r"status|aan-?\s?/\s?afwezig(?:heid)?|a\s?/\s?v|aanwezig\s?/\s?(?:verontschuldigd|afwezig)|"
                r"aanwezigheid\s?/?\s?\w*|a\s?/\s?v\s?/\s?\w+"
            ),
        ),
    )
)
_YES: Final = re.compile(
    r"(?:[xX✓✔☑☒√1●•*+✗]|ja|j|ok|v|aanwezig|online|digitaal|fysiek|a|p|teams|aanw\.?)\b", re.IGNORECASE
)
_NO: Final = re.compile(r"(?:[-–—/0☐○]|neen?|n|niet)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rolled:
    """The people of a table, each with a status, and the rows it took (as many lines from the first on)."""

    people: tuple[Person, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: what is in it, and where its head begins and how wide that is, in characters."""

    kind: str
    at: int
    width: int

    def away(self, begin: int, length: int) -> float:
        """How far from it a cell stands; marks stand in the middle, words at the left."""
        if length <= LONGEST_MARK:
            return abs(self.at + self.width / 2 - begin - length / 2)
        return abs(self.at - begin)


def is_head(line: Line) -> bool:
    """Whether a row is the head of a table of people."""
    if any(surely_person(cell.text) for cell in line.cells):
        return False
    kinds = [kind for kind in map(_kind, line.cells) if kind]
    names = sum(kind in {"name", "first", "last"} for kind in kinds)
    beside = [kind for kind in kinds if kind not in {"name", "first", "last", "task"}]
    return names > 0 and "task" not in kinds and bool(beside or names > 1)


def is_two_lists(line: Line) -> bool:
    """Whether a row heads columns of names: "Aanwezig | Verontschuldigd"."""
    found = [status_of(cell.text) for cell in line.cells if cell.text]
    return len(found) > 1 and all(
        one in {Status.PRESENT, Status.EXCUSED, Status.ABSENT, Status.SILENT} for one in found
    )


def read_roll(lines: Sequence[Line], status: Status) -> Rolled:
    """The people of a table of which the first line is the head. `status` is of those whom no mark tells of."""
    columns = [_column(_kind(cell), cell, lines[0]) for cell in lines[0].cells]
    people: list[Person] = []
    rows = 1
    for line in lines[1:]:
        if not line.cells or is_head(line):
            break
        people += _row(line, columns, status)
        rows += 1
    return Rolled(tuple(people), rows)


def read_two_lists(lines: Sequence[Line]) -> Rolled:
    """The people of a table with a column for each list."""
    columns = [_column(status_of(cell.text), cell, lines[0]) for cell in lines[0].cells]
    people: list[Person] = []
    rows = 1
    for line in lines[1:]:
        if not line.cells and (line.gap or not read_entries(line.piece).people):
            break
        for kind, cell in _placed(line, columns) if line.cells else [(columns[0].kind, line.piece)]:
            found = read_entries(cell).people if kind else ()
            people += [replace(person, status=person.status or Status(kind)) for person in found]
        rows += 1
    return Rolled(tuple(people), rows)


def _kind(cell: Piece) -> str:
    text = cell.text.strip(" *:.")
    return next((kind for kind, pattern in _HEADS if pattern.match(text)), "")


def _placed(line: Line, columns: Sequence[_Column]) -> Iterator[tuple[str, Piece]]:
    """The cells that are filled, each with the kind of its column; columns made with blanks go by where they begin."""
    aligned = line.parting in {"\t", "|"}
    for at, cell in enumerate(line.cells):
        if not cell.text:
            continue
        if aligned:
            yield (columns[at].kind if at < len(columns) else ""), cell
        else:
            begin = cell.place(0) - line.begin
            yield (
                min(columns, key=lambda column: column.away(begin, len(cell.text))).kind if at else columns[0].kind,
                cell,
            )


def _column(kind: str, cell: Piece, line: Line) -> _Column:
    return _Column(kind, cell.place(0) - line.begin, len(cell.text))


def _row(line: Line, columns: Sequence[_Column], status: Status) -> list[Person]:
    """The people of one row."""
    cells: dict[str, list[Piece]] = {}
    for kind, cell in _placed(line, columns):
        cells.setdefault(kind, []).append(cell)
    people = _named(cells)
    marked = {column.kind for column in columns} & {"present", "excused", "absent", "status"}
    said = _status(cells, Status.SILENT if marked else status)
    return [
        _replacing(replace(told, status=told.status or said), cells) for told in (_beside(one, cells) for one in people)
    ]


def _beside(person: Person, cells: dict[str, list[Piece]]) -> Person:
    """The person with organisation and role."""
    for kind in ("organisation", "role"):
        for cell in cells.get(kind, ()):
            person = _told(person, kind, cell)
    return person


def _named(cells: dict[str, list[Piece]]) -> list[Person]:
    """Whom the cells with names name."""
    if "first" in cells and ("last" in cells or "name" in cells):
        first, last = cells["first"][0], cells.get("last", cells.get("name", []))[0]
        name = f"{first.text} {last.text}"
        return (
            [Person(Named(name, joined(sorted((first, last), key=lambda one: one.place(0))).source))]
            if name_at(name)
            else []
        )
    names = cells.get("name") or cells.get("first") or cells.get("last") or []
    return [person for cell in names for person in read_entries(cell).people]


def _told(person: Person, kind: str, cell: Piece) -> Person:
    text = cell.text.strip()
    if status_word(text) and text[2:]:
        return replace(person, status=status_word(text))
    if kind == "role":
        return person.told(role=text)
    main = re.split(r"\s*[(\[]", text)[0].strip(" ,;") or text
    return qualified(person.told(organisation=main), cell) if main != text else person.told(organisation=text)


def _status(cells: dict[str, list[Piece]], status: Status) -> Status:
    """What the marks of a row say; `status` when it has none."""
    for kind, meant in (("present", Status.PRESENT), ("excused", Status.EXCUSED), ("absent", Status.ABSENT)):
        for cell in cells.get(kind, ()):
            word = status_word(cell.text.split("(")[0].split(",")[0])
            if len(cell.text) > 1 and word and not _NO.match(cell.text):
                return word
            if kind == "present" and cell.text.strip() in {"V", "v", "E"}:
                return Status.EXCUSED if cell.text.strip() == "V" else meant
            if not _NO.match(cell.text) and (_YES.match(cell.text) or not cell.text[2:] or REPLACES.search(cell.text)):
                return meant
            if _NO.match(cell.text) and kind == "present" and not {"excused", "absent"} & set(cells):
                return Status.ABSENT
    for cell in cells.get("status", ()):
        return status_word(cell.text.split("(")[0].split(",")[0]) or Status.PRESENT
    return status


def _replacing(person: Person, cells: dict[str, list[Piece]]) -> Person:
    """Whom they replace, or who replaces them, wherever the row says so."""
    for cell in cells.get("replaces", ()):
        found = name_at(cell.text)
        person = person.told(replaces=cell.text[slice(*found)]) if found else person
    for cell in cells.get("successor", ()):
        found = name_at(cell.text)
        person = replace(person, successor=cell.part(*found)) if found else person
    for cell in (*cells.get("present", ()), *cells.get("excused", ()), *cells.get("status", ()), *cells.get("", ())):
        if REPLACES.search(cell.text) or REPLACED_BY.search(cell.text):
            person = qualified(person, cell)
    return person
