"""How commands about notes, reports, summaries and actions begin, and where in them somebody's own text stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dialogs.language.agenda_openings import LONGEST, Told, compiled, first_line, pattern_lines
from dialogs.language.courtesies import without_courtesies
from dialogs.language.intents import Intent
from dialogs.language.noting import is_a_note
from dialogs.language.spelling import fold, load, strip_markup_in_lines

_MAY = re.compile(
    r"verslag|samenvatting|samevatting|notulen|ontwerp|regel|lijn|\bzin\b|noti|\bnota\b|\bnote\b|besl|afspra|a[ck]tie|acite|"
    r"taak|taken|to[ -]?do|opname|recording|video|bijlage|goedkeuring|gezegd|afgesproken|https?:|www\.|"
    r"aan bod|ter sprake|gehad\b|gesproken|gepraat|gebabbeld|besproken|bespraken|spraken|"
    r"praatten|wnr|wanneer ging|open(?:staan)?\b|herinner|verwittig|overeengekomen|vastgelegd|"
    r"opgenomen|herbekijken|terugkijken|linkje|gemist|vastgelopen"
)
"""A message without any of these is no such command, unless the bot spoke of actions or notes before."""

_AFTER_NOTES = frozenset({Intent.REPORT_NOTE, Intent.REPORT_NOTES, Intent.REPORT_CHANGE, Intent.REPORT_REMOVE})
_OF_A_DRAFT: Mapping[Intent, Intent] = {
    Intent.ACTIONS_DROP: Intent.REPORT_REMOVE,
    Intent.ACTIONS_MOVE: Intent.REPORT_CHANGE,
    Intent.ACTIONS_HAND_OVER: Intent.REPORT_CHANGE,
}
"""What is said of an action while notes or a draft are corrected, is said of its line."""

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

_Lines = tuple[tuple[Intent, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class _Openings:
    none: tuple[re.Pattern[str], ...]
    always: _Lines
    after_actions: _Lines
    after_notes: _Lines


def told_of_reports(text: str, last: str | None = None) -> Told | None:
    """The command that `text` (as typed) begins with; None when it begins otherwise.

    `last` is the intent that was talked about before: "gedaan" alone means an action where the bot spoke of actions.
    """
    return _told(text[: 4 * LONGEST], _spoken_of(last))


_STUCK = re.compile(
    r"(?=.*\b(?:a[ck]ties?|actiepunt|taak|to[ -]?do)\b)"
    r".*\b(?:vast|vastzit|vastzitten|vastloopt?|vastgelopen|geblokkeerd|blokkeert|hapert|"
    r"blijft (?:hangen|liggen)|blijven hangen|"
    r"(?:niet|ni|nie) (?:lukt|verder|vooruit|vooruitgaat|verder ?raakt|opschiet))\b",
    re.DOTALL,
)


def is_stuck(message: str) -> bool:
    """Whether a message for the coordinator says that an action is stuck: "dat ik vastzit met actie 1"."""
    return _STUCK.match(fold(message)) is not None


def _spoken_of(last: str | None) -> str:
    if last in _AFTER_NOTES:
        return "notes"
    return "actions" if (last or "").startswith("actions.") else ""


@lru_cache(maxsize=64)
def _told(text: str, before: str) -> Told | None:
    typed = without_courtesies(strip_markup_in_lines(text))
    if is_a_note(typed):
        return Told(Intent.REPORT_NOTE, "", typed, "")
    first, rest = first_line(typed)
    folded = fold(first).replace("’", "'").replace("`", "'").replace("\t", " ")
    if not before and _MAY.search(folded) is None:
        return None
    openings = _openings()
    if any(none.match(folded) for none in openings.none):
        return None
    if before == "notes" and (found := _first(openings.after_notes, folded)) is not None:
        return _cut(*found, first, rest)
    found = _first(openings.always, folded)
    if found is None and before == "actions":
        found = _first(openings.after_actions, folded)
    if found is None:
        return None
    intent = _OF_A_DRAFT.get(found[0], found[0]) if before == "notes" else found[0]
    return _cut(intent, found[1], first, rest)


def _first(lines: _Lines, folded: str) -> tuple[Intent, re.Match[str]] | None:
    for intent, pattern in lines:
        if (match := pattern.match(folded)) is not None:
            return intent, match
    return None


def _cut(intent: Intent, match: re.Match[str], first: str, rest: str) -> Told:
    groups = match.groupdict()
    end = len(first)
    start = match.start("said") if groups.get("said") else end
    said = first[start:].strip().strip(",;:-–—").strip()
    if intent is Intent.REPORT_LINK:
        start = end  # which meeting it is of may stand on either side of the link
    return Told(intent, _LINK.sub(" ", first[:start]), "\n".join(one for one in (said, rest) if one), "")


@cache
def _openings() -> _Openings:
    data = load("reports.yaml")
    parts = data["parts"]
    grouped = {name: data[name] for name in ("after_actions", "after_notes")}
    always = {name: text for name, text in data.items() if name not in {"parts", "none", *grouped}}
    none = tuple(compiled("reports.yaml: none", line, parts) for line in pattern_lines(data["none"]))
    after_actions, after_notes = (_read(group, parts) for group in grouped.values())
    return _Openings(none, _read(always, parts), after_actions, after_notes)


def _read(texts: Mapping[str, str], parts: Mapping[str, Any]) -> _Lines:
    return tuple(
        (Intent(name), compiled(f"reports.yaml: {name}", line, parts))
        for name, text in texts.items()
        for line in pattern_lines(text)
    )
