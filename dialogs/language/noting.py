"""What somebody notes during a meeting: a decision, an action with its owner and day, who is there, dates, topics."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.language.agenda_details import month_in
from dialogs.language.courtesies import without_courtesies
from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.note_labels import ANY_LABEL, BEFORE_A_LABEL, LABELS, spelled
from dialogs.language.spelling import fold, strip_markup_in_lines
from storage.domain.reports import LineKind

LONGEST = 4_000
MOST_LINES = 60
"""Characters and lines of one message that are read for notes."""

_MARK = r"(?:\s*:(?!\d|//)|\s+[-–—>]+(?=\s)|\s*->|\s*=>)\s*"
_LABELLED = re.compile(
    rf"{BEFORE_A_LABEL}(?P<label>{ANY_LABEL})(?: (?:nr\.? ?)?\d{{1,2}})?(?: (?:voor|van|over|rond|ivm) "
    rf"(?!(?:a[ck]tie|taak|besluit|beslissing|regel|lijn)\b)(?P<for>[^:\n]{{2,40}}?)| (?P<who>(?!"
    rf"(?:is|zijn|was|over|om|dat|die|de|het|in|op|tegen|met|moet|moest|mag|kan|wordt|klopt|luidt|naar|voor|van)\b)[^\s:\d][^:\n]{{1,30}}?))?{_MARK}(?P<said>.*)$",
    re.DOTALL,
)
_SETTLED = re.compile(
    r"(?:(?:is|al|nu|nog|niet|helemaal|intussen) )*(?:gedaan|klaar|af|afgewerkt|afgerond|in orde|ok|oke|geregeld|"
    r"gebeurd|done)[\s.!]*"
)
_IN_THE_REPORT = r"(?:(?:in|aan|bij) (?:het|de|mijn|onze) (?:verslag|notities|nota's|notulen))"
_ASKED = (
    r"(?:(?:hey|hallo|dag|bot|ok|oke|aub|even|ook|nog|en|ff|efkes|effe)[ ,:]+)*"
    r"(?:(?:kan|kun|kunt|kunde|wil|wilt|wilde|zou|zoudt|mag|mogen) (?:je|u|ge|gij|jij|ik|we) "
    r"(?:(?:kunnen|willen|vragen)(?: om)? (?:te )?)?|gelieve (?:te )?|graag (?:te )?|te )?"
    r"(?:(?:even|ook|eens|es|is|ff|efkes|effe|graag|aub) )*(?:te )?"
)
_SOFT = r"(?:even|ook|nog|eens|es|is|maar|dan|aub|graag|efkes|ff)"
_THAT = r"(?:\s*:(?!\d|//)\s*|,? (?:dat|da)\s+)"
_NOTE_THAT = re.compile(
    rf"{_ASKED}"
    rf"(?:(?:noteer|noteert|noteren|nota|notitie|note|notuleer|notuleren|ter notulering)"
    rf"(?: (?:{_SOFT}|het volgende|volgende|dit|{_IN_THE_REPORT}))*{_THAT}"
    r"|(?:schrijf|schrijft|opschrijven|neerschrijven|houd?(?=.{1,12}\bbij\b)|onthou|onthoud|onthouden)"
    rf"(?: (?:{_SOFT}|op|bij|neer|vast|{_IN_THE_REPORT}))*{_THAT}"
    r"|(?:schrijf|schrijft|zet|zetten|voeg|neem|plaats|pak)"
    rf"(?: (?:{_SOFT}|toe|op|dit|volgende|mee))* {_IN_THE_REPORT}"
    r"(?: (?:toe|op|ook|nog|dat|aub|mee))*(?:\s*:(?!\d|//)\s*|,? (?:dat|da)?\s*)"
    rf"|{_IN_THE_REPORT} (?:{_SOFT} )*(?:op te nemen|opnemen|te zetten|zetten|te vermelden|vermelden|te noteren|"
    r"noteren|mag staan|mag komen|moet staan|moet komen),? (?:dat|da)\s+"
    rf"|(?:er )?{_IN_THE_REPORT} (?:{_SOFT} )*(?:staan|komen),? (?:dat|da)\s+"
    r"|(?:voor )?in het verslag(?:\s*:(?!\d|//)\s*)|voor (?:in )?(?:het verslag|de notulen)(?:\s*[:,](?!\d|//)\s*))"
    r"(?P<said>\S.*)$",
    re.DOTALL,
)
_REQUESTS = re.compile(r"(?:kan|kun|kunt|kunde|wil|wilt|wilde|zou|zoudt|mag)\b")
"""A question that asks to note something: "kan je noteren dat we stoppen?"."""
_WHO_COMES = re.compile(
    r".{0,60}\b(?:verontschuldigd|afwezig|aanwezig|verhinderd|ziek|ingeschreven|inschrijven)\b"
    r"|(?:ik|k|we|wij)\b.{0,40}\b(?:kom|komen|kan|kunnen|er|erbij|later|vroeger|ben|mee)\b"
    r"|.{0,40}\b(?:er (?:niet )?(?:bij )?(?:is|zijn|zal zijn)|(?:niet )?(?:komt|komen)|niet kan)[\s.!]*$"
)
"""Who is there or is not, which is told of a registration and not of a report: "noteer dat ik niet kom"."""
_WE_DECIDED = re.compile(
    r"(?:(?:ok|oke|dus|goed|en)[ ,:]+)*(?:(?:(?:we|wij) (?:hebben|zijn)|(?:er|dat) (?:is|werd|wordt)|het is|de "
    r"groep heeft|men heeft) (?:(?:nu|net|samen|met z'n allen|unaniem|dus|ook|er) )*(?:beslist|besloten|"
    r"afgesproken|overeengekomen|overeen gekomen|akkoord|goedgekeurd)"
    r"|(?:we|wij) (?:beslissen|besluiten|spreken af|komen overeen|gaan akkoord|keuren goed)(?: samen)?|beslist|"
    r"besloten|"
    r"afgesproken|akkoord) ?,? ?(?P<said>(?:dat|om|da) .+)$",
    re.DOTALL,
)
_DECIDES = re.compile(
    r"(?:(?:dat|da) )?(?:we|wij|er|de groep|iedereen|men|het|is|de stuurgroep)\b.{0,60}\b(?:beslist|besloten|akkoord|"
    r"afgesproken|goedgekeurd|overeengekomen|beslissen|goedkeuren)\b|(?:beslist|besloten|afgesproken) (?:is|werd)"
)
_PRESENT = re.compile(r"^(?P<who>.{2,80}?) (?:(?:er|ook|wel) )*(?:aanwezig|present) (?:is|zijn|was|waren)\b")
_ABSENT = re.compile(r"^(?P<who>.{2,80}?) (?:verontschuldigd|afwezig|verhinderd) (?:is|zijn|was|waren)\b")
_BULLET = re.compile(r"^\s*(?:[-–—•*·►▪o]\s+|\d{1,2}[.)]\s+|\[[ x]?\]\s*)")

_CAPITAL = r"[A-ZÀ-ÞŠŽ][\w'’-]*"
_PARTICLE = r"(?:van|de|der|den|ten|ter|el|la|le|vanden|d')"
_NAME = rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_CAPITAL}){{0,3}}"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|\+|/|\ben\b)\s*(?:{_NAME}|ik|ikzelf)){{0,5}}"
_GROUP = r"(?:iedereen|alle leden|alle ambassadeurs|alle organisaties|allen|allemaal|de groep|elke organisatie|we|wij)"
_OWNED_BY = (
    re.compile(rf"^\W*(?P<who>{_NAMES})\s*(?::|[-–—]|\()\s*"),
    re.compile(r"^\W*(?i:ik|ikzelf|k)\b(?P<me>)(?=\s)"),
    re.compile(
        rf"^\W*(?P<who>(?!(?:De|Het|Een|Er|Dit|Dat|Die|We|Wij|Ze|Zij|Alle|Iedereen|Elke|Voor|Tegen|Bij|Op|In|Met|Naar|"
        rf"Na|Vraag|Vragen|Brief|Mail|Volgende|Deze|Om|Te|Als|Ook|Nog|Contact|Afspraak|Uitnodiging|Verslag)\b){_NAMES})"
        rf"\s+(?=[a-zà-þ])"
    ),
    re.compile(rf"^\W*(?P<group>(?i:{_GROUP}))\b"),
    re.compile(rf"\bdoor (?P<who>{_NAMES})\b"),
    re.compile(rf"(?:\(|\[|@|[,;–—>]\s*|\s-\s)\s*(?:wie:?\s*)?(?P<who>{_NAMES})\s*(?:[)\],;]|tegen\b|voor\b|$)"),
    re.compile(rf"\b(?:wie|verantwoordelijke|eigenaar|trekker)\s*[:=]\s*(?P<who>{_NAMES})"),
)
_LOWER = re.compile(
    r"^\W*(?P<who>[a-z][a-z'’-]{1,14}(?: en [a-z][a-z'’-]{1,14})?) "
    r"(?=(?:mailt|belt|stuurt|vraagt|bezorgt|maakt|schrijft|zoekt|contacteert|neemt|regelt|reserveert|bestelt|boekt|"
    r"volgt|checkt|informeert|nodigt|plant|bereidt|zorgt|kijkt|legt|bekijkt|zal|gaat|moet|doet|post|deelt|spreekt|past|"
    r"mailen|bellen|sturen|vragen|maken|zoeken|contacteren|nemen|regelen|zullen|gaan|werkt|brengt|koopt|print|telt|"
    r"levert|zet|verstuurt|voorziet|organiseert|stelt|geeft|bevraagt|overlegt|nodigen|houdt|vult|leest|haalt)\b)"
)
_NO_OWNER = frozenset(
    [
        "de",
        "het",
        "een",
        "er",
        "dit",
        "dat",
        "die",
        "wie",
        "wat",
        "hoe",
        "we",
        "wij",
        "ze",
        "zij",
        "je",
        "iemand",
        "niemand",
        "men",
        "nog",
        "ook",
        "dan",
        "daarna",
        "eerst",
        "morgen",
        "vandaag",
        "graag",
    ]
)
_DECISION = re.compile(
    r"(?:ok |oke |dus )?(?:besluit|beslissing|beslist|besloten|afgesproken|conclusie|consensus),? "
    r"(?P<said>(?:we|wij|de groep|iedereen|geen|alle leden|er (?:komt|komen|wordt|worden)) (?!.*\?)\S.+)$"
)
_ACTION = re.compile(r"(?:a[ck]tie(?:punt)?|to[ -]?do|taak)(?: voor)?,? (?=[a-z])")
_PEOPLE = re.compile(
    rf"(?P<label>(?i:aanwezig(?:en)?|verontschuldigd|afwezig)) "
    rf"(?P<said>(?:{_NAME}|ik)(?:(?:, | en | & )(?:{_NAME}|ik)){{1,20}})\.?"
)
_PERSON_ENDS = re.compile(r"\s*(?:,|;|\n|&|\+|\ben\b(?!\s+(?:de|het|nog)\b))\s*(?![^(]*\))")
_BY_WHEN = re.compile(r"\b(?:tegen|voor|ten laatste|uiterlijk|deadline|tot|t\.e\.m\.|voor eind|op|in)\b")


@dataclass(frozen=True, slots=True)
class Noted:
    """One note. `kind` None: nothing says which kind ("noteer dat het laat was"): a line of discussion.

    `text` is what was said, as typed and whole: an owner or day in it stays in it. `owner` is a name as typed, several
    ("An en Piet"), a group, or "ik". `due`: by when, or on which day. `until`: to when it was put off, as "2027-03" or
    "2027-03-05". `people`: the names of an ATTENDEE or EXCUSED note, each as typed, with what stands in brackets.
    """

    kind: LineKind | None = None
    text: str = ""
    owner: str = ""
    due: date | None = None
    until: str = ""
    people: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """True for a text that is no note, and for "ik heb een besluit" that still has to be told."""
        return not (self.text or self.people)


def noted(text: str, now: datetime) -> Noted:
    """The (first) note in `text`, said at `now` (aware, in the network's zone); nothing where it is no note."""
    return next(iter(all_noted(text, now)), Noted())


def all_noted(text: str, now: datetime) -> tuple[Noted, ...]:
    """Every note in a message of one or several lines; a bare label ("acties:") holds for the lines under it."""
    found: list[Noted] = []
    under: LineKind | None = None
    said = without_courtesies(strip_markup_in_lines(text[: 2 * LONGEST])[:LONGEST])
    for line in said.splitlines()[:MOST_LINES]:
        plain = _BULLET.sub("", line).strip()
        if not plain:
            continue
        label, rest = _label(plain)
        if label is not None and not rest:
            under = label.kind
            continue
        note = _read(plain, now) if label is not None or under is None else None
        if note is None and (under is not None or found):
            note = _as_noted(under, plain, "", now)
        if note is not None:
            found.append(note)
    return tuple(found)


def is_a_note(text: str) -> bool:
    """Whether the first line of a text is a note; "?" at its end makes it a question."""
    lines = without_courtesies(strip_markup_in_lines(text[:LONGEST])).splitlines()
    first = _BULLET.sub("", lines[0]).strip() if lines else ""
    label, rest = _label(first)
    if label is not None:
        return bool(rest) or len([line for line in lines if line.strip()]) > 1 or first.rstrip().endswith(":")
    loose = None if first.endswith("?") and _REQUESTS.match(fold(first)) is None else _loose(first)
    return loose is not None and _WHO_COMES.match(fold(loose[1])) is None


@dataclass(frozen=True, slots=True)
class _Label:
    kind: LineKind
    words: str
    owner: str


def _label(line: str) -> tuple[_Label | None, str]:
    """The label that a line begins with and what stands behind it."""
    line = spelled(line, fold(line))
    folded = fold(line).replace("’", "'")
    found = _LABELLED.match(folded)
    if found is None:
        return None, ""
    kind = next(kind for kind, words in LABELS if re.fullmatch(words, found["label"]))
    if kind is LineKind.ACTION and _SETTLED.fullmatch(found["said"].strip()) is not None:
        return None, ""  # "actie 4: gedaan"
    name = "for" if found["for"] else "who"
    owner = line[slice(*found.span(name))].strip() if found[name] else ""
    if owner and kind is not LineKind.ACTION:
        return _Label(kind, found["label"], ""), line[found.start(name) :].strip()  # what it is about stays in it
    return _Label(kind, found["label"], owner), line[found.start("said") :].strip()


def _loose(line: str) -> tuple[LineKind | None, str] | None:
    """The same of a note without label: "noteer dat ...", "we hebben beslist dat ..."."""
    folded = fold(line).replace("’", "'")
    if (decided := _WE_DECIDED.match(folded)) is not None:
        return LineKind.DECISION, _without_that(line[decided.start("said") :])
    if (unmarked := _unmarked(line, folded)) is not None:
        return unmarked
    found = _NOTE_THAT.match(folded)
    if found is None:
        return None
    said = line[found.start("said") :].rstrip("? ")
    return (LineKind.DECISION if _DECIDES.match(fold(said)) else None), said


def _unmarked(line: str, folded: str) -> tuple[LineKind, str] | None:
    """A label without a mark behind it, where what follows can't but be a note: "actie An belt de school"."""
    if (decision := _DECISION.match(folded)) is not None:
        return LineKind.DECISION, line[decision.start("said") :]
    if (action := _ACTION.match(folded)) is not None:
        said = line[action.end() :]
        lower = _LOWER.match(fold(said))
        if lower is not None and _NO_OWNER.isdisjoint(lower["who"].split()):
            return LineKind.ACTION, said
    if (people := _PEOPLE.fullmatch(line)) is not None:
        return (LineKind.ATTENDEE if fold(people["label"]).startswith("aan") else LineKind.EXCUSED), people["said"]
    return None


def _without_that(said: str) -> str:
    """ "Dat we stoppen" as "we stoppen"; "om te stoppen" stays."""
    return re.sub(r"^(?:dat|da)\s+", "", said, flags=re.IGNORECASE)


def _read(line: str, now: datetime) -> Noted | None:
    label, rest = _label(line)
    if label is not None:
        return _labelled(label, rest, now)
    loose = _loose(line)
    if loose is None:
        return None
    kind, said = loose
    folded = fold(said)
    if kind in {LineKind.ATTENDEE, LineKind.EXCUSED}:
        return _as_noted(kind, said, "", now)
    for of_kind, pattern in ((LineKind.EXCUSED, _ABSENT), (LineKind.ATTENDEE, _PRESENT)):
        if kind is None and (found := pattern.match(folded)) is not None:
            return _as_noted(of_kind, said[: found.end("who")], "", now)
    if kind is None and re.match(rf"(?:{_NAMES})\s+\S+\s+\S", said) and not re.match(rf"{_NAMES}\s+(?:is|was)\b", said):
        kind = LineKind.ACTION
    return _as_noted(kind, said, "", now)


def _labelled(label: _Label, said: str, now: datetime) -> Noted:
    kind = label.kind
    if kind is LineKind.TOPIC and _only_a_date(said, now):
        kind = LineKind.NEXT
    note = _as_noted(kind, said, label.owner, now)
    if kind is LineKind.CARRIED and not note.until:
        return Noted(kind, note.text, until=until_in(label.words, now))
    return note


def _as_noted(kind: LineKind | None, said: str, owner: str, now: datetime) -> Noted:
    said = " ".join(said.split()).strip(" ;,")
    match kind:
        case LineKind.ATTENDEE | LineKind.EXCUSED:
            return Noted(kind, said, people=people_in(said))
        case LineKind.ACTION:
            return Noted(kind, said, owner or owner_in(said), due_in(said, now))
        case LineKind.DATE | LineKind.NEXT:
            return Noted(kind, said, due=due_in(said, now))
        case LineKind.CARRIED:
            return Noted(kind, said, until=until_in(said, now))
    return Noted(kind, said)


def people_in(said: str) -> tuple[str, ...]:
    """The names of a list: "An, Piet (CLB) en Jef"."""
    names = (one.strip(" .,;") for one in _PERSON_ENDS.split(said))
    return tuple(one for one in names if one and fold(one) not in {"en", "de rest", "niemand"})


def owner_in(said: str) -> str:
    """Who does something, as typed: a name, several, a group, "ik"; "" where it says nobody."""
    for pattern in _OWNED_BY:
        found = pattern.search(said)
        if found is None:
            continue
        groups = found.groupdict()
        if "me" in groups:
            return "ik"
        return str(groups.get("who") or groups.get("group")).strip()
    lower = _LOWER.match(fold(said))
    if lower is not None and _NO_OWNER.isdisjoint(lower["who"].split()):
        return said[slice(*lower.span("who"))]
    return ""


def due_in(said: str, now: datetime) -> date | None:
    """By which day: of several the one behind "tegen"; of a month or week its last (working) day."""
    dates = [one for one in find_dates(said[:LONGEST], now) if last_day(one) is not None]
    by = [
        one for one in dates if one.bound == "before" or _BY_WHEN.search(said[max(0, one.span[0] - 12) : one.span[1]])
    ]
    chosen = next(iter(by or dates), None)
    return last_day(chosen) if chosen is not None else None


def last_day(one: DateExpression) -> date | None:
    """The last day that an expression allows; of a longer period its last Friday at the latest."""
    end = _day(one.end) or _day(one.start)
    start = _day(one.start)
    if end is None:
        return None
    if start is not None and end > start and end.weekday() > _FRIDAY:
        return max(start, date.fromordinal(end.toordinal() - end.weekday() + _FRIDAY))
    return end


_FRIDAY = 4


def until_in(said: str, now: datetime) -> str:
    """To which month ("2027-03") or day ("2027-03-05") something is put off; "" where it is not told."""
    month = month_in(said, now)
    if month is not None:
        return f"{month:%Y-%m}"
    day = next((day for one in find_dates(said[:LONGEST], now) if (day := _day(one.start) or _day(one.end))), None)
    return day.isoformat() if day is not None else ""


def _only_a_date(said: str, now: datetime) -> bool:
    dates = find_dates(said[:LONGEST], now)
    if not dates:
        return False
    left = said
    for one in reversed(dates):
        left = f"{left[: one.span[0]]} {left[one.span[1] :]}"
    return len(re.findall(r"\w{3,}", left)) == 0


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
