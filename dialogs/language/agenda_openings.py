"""How commands about agenda points begin, and where in them the text stands that somebody tells of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from dialogs.language.agenda_details import MONTHS, peeled, without_length
from dialogs.language.intents import Intent
from dialogs.language.references import kind_words
from dialogs.language.spelling import BrokenLanguageData, fold, load, strip_markup_in_lines

LONGEST = 1_500
"""Characters that are read for how a message begins."""

_MAY = re.compile(
    r"agend|dagorde|plank|backlog|punt|onderwerp|\bthema|topic|\bitem|\b[ck]asu|\bcase|voorstel|hebben over|bespre|"
    r"varia|"
    r"besl|\binfo|aankaart|voorlegg|inbreng|opmerking|reactie|commentaar|aanvulling|bedenking|vra(?:ag|gen)|breng|"
    r"lever|"
    r"ter sprake|op tafel|behandel|aanbreng|aansnij|idee|parkeer|nummer|\bnr|"
    r"hetzelfde|\+ ?1|plus |gezegd|geantwoord|expert|spreker|uitnodig|uitgenodigd|schuiven|later|dringend|like|duim|"
    r"steun|zet da|maak (?:er|daar|hier|da)|voeg \d|titel|dubbel|achteraan|vooraan|bovenaan|onderaan|"
    r"^da[tn]? van |\bover .{2,80} hebben|iets (?:zeggen|kwijt)|"
    r"suggestie|aan bod|iets over|iets rond|\bbij ?:|toe ?:|zet (?:er|dan|ook) |\bmin(?:uten)?\b|uur\b|kwartier|rondje"
)
"""A message without any of these is no such command."""

_WHY = re.compile(r"(?:[,.;]? *\b(?:want|omdat|wegens|vanwege|aangezien|gezien|doordat|owv)\b|\s*\breden\s*:)")
_ASKS = re.compile(r"(?:wie|wat|waar|waarom|wanneer|hoe|hoeveel|welke?|waarover)\b(?!.*:)")
_ANSWERED = frozenset({Intent.AGENDA_MINE, Intent.AGENDA_BOARD, Intent.AGENDA_FILE})
"""What a message that begins with a question word may be: most messages do, and need not be tried for all else."""
_NOTHING = re.compile(
    r"(?:(?:dit|dat|het|iets|nog|ook|een|nen|1|mijn|deze|die|er|ze|wat|graag|eens|alvast|nieuw|extra|hem|punt(?:en|"
    r"je)?|"
    r"agenda ?punt(?:en|je)?|onderwerp|thema|item|topic|casus|case|idee|voorstel|volgende|aan|toe|zelf|twee|enkele|"
    r"paar|"
    r"over|rond|voor|de|maar|dan|alles|bericht|tekst|bovenstaande|hierboven|zijn|haar|ding|dingen|iets anders)\b\W*)+"
)
_MAY_I = re.compile(r"(?:en |of |dan )?(?:kan|kun|mag|kunnen|mogen) (?:ik|k|we|wij)\b")
_QUOTES = ('"', "“", "„", "«", "'", "‘")
_FREE = frozenset({Intent.AGENDA_COMMENT, Intent.AGENDA_ASK, Intent.AGENDA_CHANGE})
"""What is told whole: a "want" in it opens no reason."""


@dataclass(frozen=True, slots=True)
class Told:
    """A command known by how it begins: `said` is somebody's own text as typed, in lines; `before` and `after` it.

    `why`: the reason given after "want" or "omdat", which is no part of `said` nor of `after`. `details`: what
    stood at the ends of `said` beside a title.
    """

    intent: Intent
    before: str
    said: str
    after: str
    why: str = ""
    details: tuple[str, ...] = ()

    @property
    def sends(self) -> bool:
        """Whether it puts something on the agenda of a meeting that it names: "zet punt 3 op de agenda van ..."."""
        return _SENDS.search(fold(self.before + self.after)) is not None

    @property
    def frame(self) -> str:
        """The command without somebody's own words: what says which meeting is meant."""
        said = without_length(" ".join((self.before, self.after, *self.details)))
        return " ".join((said if self.intent is Intent.AGENDA_PROPOSE else _without_titles(said)).split())


_SENDS = re.compile(r"\b(?:zet|plaats|neem|doe|zetten) .*\bop (?:de |in de )?agenda (?:van|voor)\b")
_TITLE = re.compile(
    r"(?P<noun>\b(?:agenda ?)?punt(?:en)?|\bvoorstel|\bonderwerp|\bcasus|\bitem|\btopic) (?:over|rond|rondom|met|"
    r"ivm) .+?"
    r"(?=\s(?:naar|tot|op|pas|uit|af|in|samen|door|mag|is|wordt|want|omdat|niet|van de agenda)\b|[:,]|$)",
    re.IGNORECASE,
)


def _without_titles(said: str) -> str:
    """ "Verplaats het punt over de netwerkdag naar februari" means no network day."""
    return _TITLE.sub(lambda found: found["noun"], said)


def told(text: str) -> Told | None:
    """The command that `text` (as typed, with or without markup) begins with; None when it begins otherwise."""
    return _told(text[: 4 * LONGEST])


@lru_cache(maxsize=64)
def _told(text: str) -> Told | None:
    typed = strip_markup_in_lines(text)
    first, rest = first_line(typed)
    folded = fold(first).replace("’", "'").replace("`", "'").replace("\t", " ")
    openings = _openings()
    if _MAY.search(folded) is None:
        return None
    if any(none.match(folded) for none in openings.none):
        return None
    lines = openings.asking if _ASKS.match(folded) else openings.lines
    if lines is openings.lines and any(one.match(folded) for one in openings.no_proposal):
        lines = openings.no_proposing
    for intent, pattern in lines:
        match = pattern.match(folded)
        if match is not None and (found := _cut(intent, match, first, rest)) is not None:
            return found
    return None


def first_line(text: str) -> tuple[str, str]:
    """The first line, with the second where it only announces that, and all that follows."""
    first, _, rest = text.partition("\n")
    if first.rstrip().endswith(":"):
        following, _, rest = rest.lstrip("\n").partition("\n")
        first = f"{first.rstrip()} {following}"
    return first[:LONGEST].strip(), rest.strip()


def _cut(intent: Intent, match: re.Match[str], first: str, rest: str) -> Told | None:
    groups = match.groupdict()
    name = "said2" if groups.get("said") is None and groups.get("said2") is not None else "said"
    edge = match.start("tail") if groups.get("tail") else match.end()
    start, end = match.span(name) if groups.get(name) is not None else (edge, edge)
    said, before, after, why = first[start:end], first[:start], first[end:], ""
    if intent not in _FREE:
        before, said, after, why = _without_why(intent, before, said, after)
    quoted = said.strip()[:1] in _QUOTES
    said = _tidy(said)
    details: tuple[str, ...] = ()
    if intent is Intent.AGENDA_PROPOSE:
        if said and not quoted and _names_only_a_meeting(fold(said)):
            return None
        if said and _NOTHING.fullmatch(fold(said)):
            said = ""
        if re.search(r"\b(?:niet|ni|nie|niet meer)$", fold(said)):
            return None
        if not said and (first.rstrip().endswith("?") or _MAY_I.match(fold(first))):
            return None  # "kan ik iets op de agenda zetten?" only asks
        said, details = peeled(said, tailed=bool(after.strip()))
        said = _tidy(said)
    return Told(intent, before, "\n".join(one for one in (said, rest) if one), after, why, details)


def _without_why(intent: Intent, before: str, said: str, after: str) -> tuple[str, str, str, str]:
    if intent is Intent.AGENDA_DECLINE:
        found = _WHY.match(fold(said))
        cut = found.end() if found and "omdat" not in found.group() else found.end() - len("omdat") if found else 0
        return before, said[cut:], after, ""
    if after and (found := _WHY.search(fold(after))) is not None:
        return before, said, after[: found.start()], after[found.end() :].strip(" :,")
    if not after and (found := _WHY.search(fold(said))) is not None and found.start():
        return before, said[: found.start()], after, said[found.end() :].strip(" :,")
    return before, said, after, ""


def _names_only_a_meeting(folded: str) -> bool:
    """Whether a text is nothing but a kind of meeting: "zet de volgende intervisie op de agenda"."""
    return _only_a_meeting().fullmatch(folded.strip(" .!,")) is not None


@cache
def _only_a_meeting() -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, kind_words()), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:de|het|die|dat|volgende|komende|een|nieuwe?|van|op|om|{kinds}|{MONTHS}|[\d/.:-]+u?|keer)\b\s*)+"
    )


def _tidy(said: str) -> str:
    said = said.strip().strip(",;-–—").strip()
    if len(said) > 1 and said[0] in _QUOTES and said[-1] in "\"”»'’":
        said = said[1:-1].strip()
    return said


@dataclass(frozen=True, slots=True)
class _Openings:
    lines: tuple[tuple[Intent, re.Pattern[str]], ...]
    none: tuple[re.Pattern[str], ...]
    no_proposal: tuple[re.Pattern[str], ...]
    no_proposing: tuple[tuple[Intent, re.Pattern[str]], ...]
    asking: tuple[tuple[Intent, re.Pattern[str]], ...]


@cache
def _openings() -> _Openings:
    data = load("agenda.yaml")
    parts = data["parts"]
    lines = tuple(
        (Intent(name), compiled(f"agenda.yaml: {name}", line, parts))
        for name, text in data.items()
        if name not in {"parts", "none", "no_proposal"}
        for line in pattern_lines(text)
    )
    none, no_proposal = (
        tuple(compiled(f"agenda.yaml: {name}", line, parts) for line in pattern_lines(data[name]))
        for name in ("none", "no_proposal")
    )
    no_proposing = tuple(one for one in lines if one[0] is not Intent.AGENDA_PROPOSE)
    asking = tuple(one for one in lines if one[0] in _ANSWERED)
    return _Openings(lines, none, no_proposal, no_proposing, asking)


def pattern_lines(text: str) -> list[str]:
    """The patterns of a block, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def compiled(place: str, line: str, parts: Mapping[str, Any]) -> re.Pattern[str]:
    """A line of an openings file with its {parts}. Raises BrokenLanguageData, naming `place`."""
    expression = line
    for _ in range(3):  # parts may speak of parts
        for part, meaning in parts.items():
            expression = expression.replace(f"{{{part}}}", str(meaning).strip())
    try:
        return re.compile(expression)
    except re.error as error:
        raise BrokenLanguageData(f"{place}: {line}: {error}") from error
