"""What somebody notes during a meeting: a decision, an action with its owner and day, who is there, dates, topics."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from dialogs.language.agenda_details import MONTHS, month_in
from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.spelling import fold, strip_markup_in_lines
from storage.domain.reports import LineKind

LONGEST = 4_000
MOST_LINES = 60
"""Characters and lines of one message that are read for notes."""

_MEETING = r"(?:bijeenkomst|vergadering|intervisie|samenkomst|stuurgroep|netwerkdag|infomoment|meeting|overleg|sessie)"
_LABELS: tuple[tuple[LineKind, str], ...] = (
    (
        LineKind.DECISION,
        (
            r"besluit(?:en)?|beslissing(?:en)?|beslist|besloten|afspra(?:ak|ken)|afgesproken|conclusies?|consensus|"
            r"goedgekeurd|decision"
        ),
    ),
    (
        LineKind.ACTION,
        (
            r"a[ck]ties?|acites?|actei|a[ck]tie ?punt(?:en)?|to[ -]?do'?s?|taa?k(?:en|je)?|te doen|ap|op te volgen|"
            r"opvolging|"
            r"opdracht|action"
        ),
    ),
    (LineKind.ATTENDEE, r"aanwezig(?:en)?|zijn er|present|aanwezigheden"),
    (LineKind.EXCUSED, r"verontschuldigd(?:en)?|verontschuldigingen|veronts?\.?|afwezig(?:en)?|excuses"),
    (
        LineKind.NEXT,
        (
            rf"(?:(?:datum )?(?:van )?(?:de |onze )?(?:volgende|eerstvolgende) {_MEETING}|volgende datum|volgende data|"
            rf"nieuwe datum|volgende {_MEETING}en)"
        ),
    ),
    (LineKind.DATE, r"dat(?:um|a)|deadlines?|te onthouden|onthouden|onthou|save the date|belangrijke data"),
    (
        LineKind.CARRIED,
        (
            rf"(?:wordt |punt )?(?:uitgesteld|verschoven|doorgeschoven|her(?:nemen|nomen)|verdaagd)"
            rf"(?: (?:naar|tot|in|op) (?:de )?(?:(?:begin |eind |midden )?{MONTHS}(?: \d{{4}})?|volgende \w+|"
            rf"\d[\d/. -]*\w*))?"
        ),
    ),
    (
        LineKind.TOPIC,
        (
            r"(?:(?:mee (?:te )?nemen|meenemen|te bespreken|bespreken|hernemen) )?(?:(?:voor|naar) )?(?:de )?"
            r"volgende keer(?: (?:bespreken|hernemen|meenemen))?|topics? voor later|thema'?s? voor later"
        ),
    ),
)
_ANY_LABEL = "|".join(words for _, words in _LABELS)
_NOTE = (
    r"(?:(?:hey|hallo|dag|bot|ok|oke|aub|even|ook|nog|en|voor het verslag|voor in het verslag|in het verslag)[ ,:]+)*"
    r"(?:(?:kan|kun|wil|zou) (?:je|u|ge) |gelieve )?"
    r"(?:(?:even|ook|eens|es|is) )*"
    r"(?:(?:noteer|noteren|note|schrijf|schrijft|zet|nota)(?: (?:even|ook|nog|eens|es|is|maar|dan|op|erbij|bij|als|"
    r"onder|volgend|volgende|dit|een|het|de|in het verslag|in de notities))* ?,? ?)?"
    r"(?:(?:nieuwe?|extra|nog een|een|volgende?|ander|andere|mijn|onze) (?!keer))*"
)
_MARK = r"(?:\s*:(?!\d|//)|\s+[-–—>]+(?=\s)|\s*->|\s*=>)\s*"
_LABELLED = re.compile(
    rf"{_NOTE}(?P<label>{_ANY_LABEL})(?: (?:nr\.? ?)?\d{{1,2}})?(?: (?:voor|van|over|rond|ivm) "
    rf"(?P<for>[^:\n]{{2,40}}?)| (?P<who>(?!"
    rf"(?:is|zijn|was|over|om|dat|die|de|het|in|op|tegen|met)\b)[^\s:\d][^:\n]{{1,30}}?))?{_MARK}(?P<said>.*)$",
    re.DOTALL,
)
_SETTLED = re.compile(
    r"(?:(?:is|al|nu|nog|niet|helemaal|intussen) )*(?:gedaan|klaar|af|afgewerkt|afgerond|in orde|ok|oke|geregeld|"
    r"gebeurd|done)[\s.!]*"
)
_IN_THE_REPORT = r"(?:(?:in|aan|bij) (?:het|de|mijn|onze) (?:verslag|notities|nota's|notulen))"
_NOTE_THAT = re.compile(
    r"(?:(?:hey|hallo|dag|bot|ok|oke|aub|even|ook|nog|en)[ ,:]+)*(?:(?:kan|kun|wil|zou) (?:je|u|ge) |gelieve )?"
    r"(?:(?:even|ook|eens|es|is) )*"
    rf"(?:(?:noteer|noteren|nota|notitie|note)(?: (?:even|ook|nog|eens|es|is|maar|dan|het volgende|volgende|dit|"
    rf"{_IN_THE_REPORT}))*(?:\s*:(?!\d|//)\s*|,? (?:dat|da)\s+)"
    r"|(?:schrijf|schrijft|houd?(?=.{1,12}\bbij\b)|onthou)"
    rf"(?: (?:even|ook|nog|eens|es|is|maar|dan|op|bij|neer|vast|{_IN_THE_REPORT}))*,? (?:dat|da)\s+"
    r"|(?:schrijf|schrijft|zet|voeg|neem|plaats)(?: (?:even|ook|nog|eens|es|is|maar|dan|toe|op|dit|volgende))* "
    rf"{_IN_THE_REPORT}"
    r"(?: (?:toe|op|ook|nog|dat|aub|mee))*(?:\s*:(?!\d|//)\s*|,? (?:dat|da)?\s*)"
    r"|(?:voor )?in het verslag(?:\s*:(?!\d|//)\s*)|voor (?:in )?het verslag(?:\s*[:,](?!\d|//)\s*))"
    r"(?P<said>\S.*)$",
    re.DOTALL,
)
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
    said = strip_markup_in_lines(text[: 2 * LONGEST])[:LONGEST]
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
    lines = strip_markup_in_lines(text[:LONGEST]).splitlines()
    first = _BULLET.sub("", lines[0]).strip() if lines else ""
    label, rest = _label(first)
    if label is not None:
        return bool(rest) or len([line for line in lines if line.strip()]) > 1 or first.rstrip().endswith(":")
    loose = None if first.endswith("?") else _loose(first)
    return loose is not None and _WHO_COMES.match(fold(loose[1])) is None


@dataclass(frozen=True, slots=True)
class _Label:
    kind: LineKind
    words: str
    owner: str


def _label(line: str) -> tuple[_Label | None, str]:
    """The label that a line begins with and what stands behind it."""
    folded = fold(line).replace("’", "'")
    found = _LABELLED.match(folded)
    if found is None:
        return None, ""
    kind = next(kind for kind, words in _LABELS if re.fullmatch(words, found["label"]))
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
    found = _NOTE_THAT.match(folded)
    if found is None:
        return None
    said = line[found.start("said") :]
    return (LineKind.DECISION if _DECIDES.match(fold(said)) else None), said


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
