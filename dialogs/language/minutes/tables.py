"""The tables of a report that tell something: which column says who, what, by when, or which point it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.pieces import Piece

_COLUMNS: Final = {
    "who": r"wie(?: doet(?: het| dit| wat)?)?\??|(?:eind)?verantwoordelijken?|trekkers?|eigena(?:ar|ren)|(?:op "
    r"te volgen |opvolging |uitvoering )?door(?: wie)?\??|uitvoerders?|"
    r"actiehouders?|opvolging|wie volgt op\??|betrokkenen?|toegewezen aan|persoon|namen?|wie / (?:org\w*|"
    r"dienst)|initiatiefnemers?",
    "what": r"wat\??|wat (?:moet er gebeuren|te doen|doen)\??|(?:openstaande |te nemen |nieuwe "
    r")?acties?(?:punt(?:en)?)?|ta(?:ak|ken)|to[ -]?do'?s?|omschrijving(?: actie)?|opdracht(?:en)?|te "
    r"doen|nog te doen|werkpunt|"
    r"afspra(?:ak|ken)|actie / afspraak|acties? en afspraken",
    "when": r"wanneer\??|(?:klaar |uit te voeren |af )?tegen(?: wanneer| ten laatste)?\??|deadline|timing|datum|"
    r"(?:eind|streef|uiterste )datum|(?:uitvoerings)?termijn|uiterlijk|ten laatste|vervaldag|planning|"
    r"uiterste datum|due",
    "point": r"(?:agenda)?punt(?:en)?|onderwerp(?:en)?|thema|topic|agenda ?item|item|agenda|dossier",
    "number": r"nr\.?|#|n°|nummer|volgnr\.?|punt nr\.?|nr agendapunt",
    "talk": r"bespreking|toelichting|verslag|discussie|inhoud|besproken|notities?|situering|weergave|context|"
    r"info(?:rmatie)?",
    "decision": r"(?:genomen )?(?:besluit(?:en)?|beslissing(?:en)?)|conclusies?|beslist|uitkomst|resultaat",
    "mixed": r"(?:besluit|beslissing|conclusie|afspraak)(?:en|s)? ?(?:/|en|&|\+) ?(?:actie|afspraak|opvolging|to "
    r"?do)\w*|actie ?/ ?besl\w+|vervolg|besluit/actie",
    "later": r"volgende (?:vergadering|keer|bijeenkomst|agenda|overleg|intervisie)|(?:te )?hernemen(?: op| in)?|"
    r"hernomen op|verschoven naar|terug op agenda|uitgesteld(?: naar| tot)?",
    "status": r"status|stand(?: van zaken)?|opmerking(?:en)?|ok\??|gedaan\??|afgewerkt|stavaza|prioriteit",
    "place": r"plaats|locatie|uur|tijd|waar\??|organisatie|dienst|functie|aanwezig|verontschuldigd|e-?mail|duur|"
    r"start|einde|begin",
}
_ROLES: Final = {role: re.compile(words, re.IGNORECASE) for role, words in _COLUMNS.items()}
_DATE = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}|\d{1,2} [a-z]{3,}|(?:begin|eind|half|tegen|volgende|voor|z\.?s\.?m)\b|"
    r"^[a-z]+ \d{4}$|asap",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:@?[A-ZÀ-Ý][\w’'.-]*|van|de|den|der|en|&|\+|/|,|allen|iedereen|alle\b.*|El|\s)+$")


@dataclass(frozen=True, slots=True)
class Row:
    """A row, with the column each role stands in."""

    line: int
    cells: tuple[Piece, ...]
    roles: tuple[str, ...]

    def cell(self, role: str) -> Piece | None:
        """What stands in the first column of that role; None when there is none or it is empty."""
        for cell, one in zip(self.cells, self.roles, strict=False):
            if one == role and cell.text.strip(" -–—/."):
                return cell
        return None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together, below the one that names the columns. `all_rows` are the lines of all of them."""

    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    all_rows: tuple[int, ...]

    @property
    def of_points(self) -> bool:
        """Whether each row is about a point of the agenda."""
        has = set(self.roles)
        return "point" in has and bool(has & {"talk", "decision", "mixed", "later"})

    @property
    def of_actions(self) -> bool:
        """Whether each row is something to do."""
        has = set(self.roles)
        return "what" in has and bool(has & {"who", "when"})


def read_tables(lines: Sequence[Line], taken: frozenset[int]) -> tuple[Table, ...]:
    """The tables whose columns are named and tell of points, decisions or actions."""
    found = [_table(stretch, lines) for stretch in _stretches(lines, taken)]
    return tuple(one for one in found if one is not None)


def guessed(rows: Sequence[tuple[int, tuple[Piece, ...]]]) -> tuple[str, ...]:
    """The roles of the columns of a list of actions without a head: names, days, and what is left."""
    width = max(len(cells) for _, cells in rows)
    columns = [[cells[i].text for _, cells in rows if i < len(cells) and cells[i].text] for i in range(width)]
    roles = [
        "when" if _mostly(_DATE, one) and _short(one) else "who" if _mostly(_NAMES, one) and _short(one) else ""
        for one in columns
    ]
    free = [i for i, role in enumerate(roles) if not role]
    if free:
        roles[max(free, key=lambda i: sum(map(len, columns[i])))] = "what"
    return tuple(roles)


def _short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) <= 32 * max(len(texts), 1)


def _mostly(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    return bool(texts) and sum(bool(pattern.match(text)) for text in texts) * 2 > len(texts)


def _stretches(lines: Sequence[Line], taken: frozenset[int]) -> Iterator[list[int]]:
    now: list[int] = []
    for at, line in enumerate(lines):
        if line.cells and at not in taken and (not now or now[-1] == at - 1):
            now.append(at)
            continue
        if now:
            yield now
        now = [at] if line.cells and at not in taken else []
    if now:
        yield now


def _table(stretch: Sequence[int], lines: Sequence[Line]) -> Table | None:
    for i, at in enumerate(stretch[:3]):
        roles = _roles(lines[at].cells)
        if sum(bool(role) for role in roles) > 1 or (len(roles) == 1 and roles[0]):
            made = _ordered(roles)
            rows = tuple(
                Row(row, _filled(lines[row], len(made)), made)
                for row in stretch[i + 1 :]
                if _roles(lines[row].cells) != roles
            )
            table = Table(made, rows, tuple(stretch[i:]))
            return table if table.of_points or table.of_actions or set(made) & {"decision", "mixed"} else None
    return None


def _filled(line: Line, width: int) -> tuple[Piece, ...]:
    """The row's cells; a dash that stood in the first column was taken for a bullet."""
    if line.bullet and len(line.cells) == width - 1:
        return (Piece("", ((0, line.begin),)), *line.cells)
    return line.cells


def _roles(cells: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(_role(cell.text.strip(" :*")) for cell in cells)


def _role(head: str) -> str:
    return next((role for role, pattern in _ROLES.items() if pattern.fullmatch(head)), "")


def _ordered(roles: tuple[str, ...]) -> tuple[str, ...]:
    """Where nothing says what is to be done but something is, the point says it: "Onderwerp", "Wie", "Tegen"."""
    if "what" in roles or "talk" in roles or "decision" in roles or "mixed" in roles or "who" not in roles:
        return roles
    if "point" in roles:
        return tuple("what" if role == "point" else role for role in roles)
    if "when" in roles and roles.count("") == 1:
        return tuple(role or "what" for role in roles)
    return roles
