"""Actions told by key: "Wie: An", "Wat: zaal vastleggen", "Wanneer: 5 mei", on lines of their own or on one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.pieces import Piece

_KEYS: Final = {
    "who": r"wie|door wie|trekker|verantwoordelijke|eigenaar|actiehouder",
    "what": r"wat|actie|taak|te doen",
    "when": r"(?:tegen )?wanneer|tegen|deadline|timing|uiterlijk|termijn",
}
_KEY = re.compile(
    r"(?:^|(?<=[;,|/.–—-] )|(?<=\s))(?:"
    + "|".join(f"(?P<{role}>{words})" for role, words in _KEYS.items())
    + r")\s*[:?=]\s*",
    re.IGNORECASE,
)
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Keyed:
    """One action: its lines, what is to be done, whose it is and when."""

    lines: tuple[int, ...]
    what: Piece
    who: str
    when: Piece | None


def read_keyed(lines: Sequence[Line], free: Sequence[int]) -> dict[int, Keyed]:
    """By the first line of each, the actions that are told by key; two keys at least, "wat" among them."""
    found: dict[int, Keyed] = {}
    parts: dict[str, Piece] = {}
    used: list[int] = []
    for at in (*free, -1):
        said = _said(lines[at]) if at >= 0 else {}
        if not said or set(said) & set(parts) or (used and at != used[-1] + 1):
            _close(found, parts, used)
            parts, used = {}, []
        if said:
            parts.update(said)
            used.append(at)
    return found


def _close(found: dict[int, Keyed], parts: dict[str, Piece], used: Sequence[int]) -> None:
    if "what" in parts and len(parts) > 1:
        who = parts["who"].text if "who" in parts else ""
        found[used[0]] = Keyed(tuple(used), parts["what"], who, parts.get("when"))


def _said(line: Line) -> dict[str, Piece]:
    """By role, what stands behind each key of a line that starts with one."""
    if line.cells or len(line.text) > _LONGEST:
        return {}
    keys = list(_KEY.finditer(line.text))
    if not keys or keys[0].start() > 0:
        return {}
    ends = [*(key.start() for key in keys[1:]), len(line.text)]
    said = {
        str(key.lastgroup): line.piece.part(key.end(), end).stripped(";,|/–—-")
        for key, end in zip(keys, ends, strict=True)
    }
    return {role: piece for role, piece in said.items() if piece.text}
