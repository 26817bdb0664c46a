"""Days to keep to, "ten laatste op 9 mei", "inschrijven kan tot 3 juni"; and by when work is due."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dialogs.language.dates import DateExpression, find_dates
from dialogs.language.minutes.doubt import asks
from dialogs.language.minutes.parts import Part
from dialogs.language.minutes.statements import Statement
from storage.domain.minutes import Deadline

_DATED = re.compile(
    r"\d|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag|\b(?:janu|febru|maart|april|mei|juni|juli|augus|"
    r"septe|okto|nove|dece)|\bmorgen|\bovermorgen|\bweek\b|\b(?:begin|eind|half|midden)\b",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:ten (?:aller)?laatste|(?:aller)?uiterlijk|deadline|uiterste|niet later dan|op zijn laatst|"
    r"laatste dag|afsluit(?:datum|ing)|sluit(?:en)?(?: af)? op|"
    r"vervalt op|termijn (?:is|loopt)|inschrijvingen (?:lopen|sluiten)|t\.?l\.?)\b",
    re.IGNORECASE,
)
_HAND_IN = re.compile(
    r"\b(?:\w*(?:inschrijv|aanmeld|indien|bezorg|doorge[vg]|ingestuurd|insturen|mailen|mailtje|kandida|"
    r"reager|reacties?|antwoorden|invul|toekom|toegekomen|opsturen|doorstur|registr|bevestig|opmerkingen|"
    r"ingediend|"
    r"aanvragen|aanvraag|aangevraagd|voorstellen|laten weten|seintje|verwacht|aanlever|inlever|ingeleverd|"
    r"binnen|doormailen|terugsturen|betalen|betaald|aangemeld|ingeschreven|ingevuld)\w*|dienen (?:we|"
    r"jullie)?|schrij(?:f|ft|ven)\b.{0,60}\bin\b|\w+en kan\b|kan (?:nog )?(?:t/m|t\.?e\.?m\.?|tot)|"
    r"dient? (?:men|je|u) .{0,60}in|meld(?:t|en)? (?:je|jullie|zich)|vul(?:t|len)? .{0,40} in|klaar zijn|"
    r"in orde|af zijn|moet(?:en)? .{0,80}(?:zijn|komen)|moet(?:en)?|reserver\w*|laat\b.{0,60}\bweten|laat "
    r"het weten|gelieve|graag|loopt|lopen|open)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"\b(?:tegen|voor|vóór|vòòr|tot(?: en met)?|t\.?e\.?m\.?|t/m|tem)\s*$", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:klaar|af|afgewerkt|binnen)(?: \w+)? op\s*$|\b(?:op|naar|tegen|voor|tijdens) (?:de |het |onze |ons )?"
    r"\w*(?:vergadering|overleg|kring|raad|bijeenkomst|team|intervisie|comité|dag|stuurgroep|platform|zitting) van\s*$",
    re.IGNORECASE,
)
"""Before a date: when work has to be ready, or an event to which it is brought."""

_NEXT = re.compile(
    r"\b(?:tegen|voor|vóór|op|ten laatste(?: op| tegen)?|uiterlijk(?: op| tegen)?)\s+(?:de |het |onze |"
    r"ons )?(?:eerst)?volgende? (?:\w*(?:vergadering|bijeenkomst|overleg\w*|intervisie|samenkomst|zitting|"
    r"stuurgroep|kernteam|werkgroep|sessie|keer)\w*)\b"
    r"|^\s*(?:(?:de |het )?(?:eerst)?volgende? (?:\w*(?:vergadering|bijeenkomst|overleg\w*|intervisie|"
    r"samenkomst|zitting|stuurgroep|kernteam|sessie|keer)\w*))",
    re.IGNORECASE,
)
_MUST_BE = re.compile(
    r"\bmoet(?:en)?\b.{0,120}\b(?:ingediend|binnen|klaar|afgewerkt|ingevuld|ingeleverd|bezorgd|toegekomen|doorgegeven|aangemeld)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:antwoordt|zegt|meldt|vertelt|vindt|hoopt|verwacht|denkt|vreest|merkt op|stelt|vermeldt)(?: "
    r"\w+)? dat\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|waren|werd|werden|had|hadden|liep|liepen|verstreken|voorbij|kon|konden|vorig jaar)\b", re.IGNORECASE
)
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Calendar:
    """The day dates are resolved from, the report's own day, and the days of the next meetings.

    What was resolved is kept: actions, deadlines and what is put off ask for the same sentences.
    """

    reference: datetime
    day: date | None = None
    meetings: tuple[date, ...] = ()
    known: dict[str, tuple[DateExpression, ...]] = field(default_factory=dict, compare=False, repr=False)

    def dates(self, text: str) -> tuple[DateExpression, ...]:
        """The dates in a short text; none in one without a digit, weekday or the like."""
        if text not in self.known:
            self.known[text] = find_dates(text[:_LONGEST], self.reference) if _DATED.search(text) else ()
        return self.known[text]

    @property
    def today(self) -> date:
        """The report's day."""
        return self.day or self.reference.date()

    @property
    def next_meeting(self) -> date | None:
        """The first day on which they meet again."""
        return min((one for one in self.meetings if one > self.today), default=None)


def one_day(expression: DateExpression) -> date | None:
    """The day that an expression makes; None for a month, a week or an hour."""
    end = expression.end
    if expression.every or expression.bound == "after":
        return None
    if isinstance(expression.start, datetime):
        return expression.start.date()
    if expression.bound == "before":
        day = end.date() if isinstance(end, datetime) else end
        return (
            day
            if isinstance(day, date)
            and re.search(r"\d|dag\b|morgen\b|eind\w* (?:van )?de(?:ze)? maand", expression.text)
            else None
        )
    return expression.start if isinstance(expression.start, date) and expression.start == end else None


def due_in(text: str, calendar: Calendar, *, whole: bool = False) -> date | None:
    """By when, in a sentence that gives work; `whole` when all of the text is the column "Wanneer"."""
    found = [one for one in calendar.dates(text) if (day := one_day(one)) and day >= calendar.today - timedelta(days=1)]
    limits = [one for one in found if whole or one.bound == "before" or _is_limit(text, one)]
    if limits:
        return one_day(limits[0])
    match = _NEXT.search(text)
    return (
        calendar.next_meeting
        if match and (whole or (match.group()[:1].strip() and match.start() >= 0 and _says_by(match.group())))
        else None
    )


def find_deadlines(told: Sequence[Statement], calendar: Calendar, skip: frozenset[int]) -> Iterator[Deadline]:
    """The days to keep to; `skip` are the indexes of statements that are actions."""
    for i, one in enumerate(told):
        if i in skip or one.part in {Part.COMING, Part.PRESENCE, Part.LATER, Part.AGENDA}:
            continue
        for day in _kept(one, calendar):
            yield Deadline(one.text, day, one.piece.source)


def _kept(one: Statement, calendar: Calendar) -> Iterator[date]:
    text = one.text
    section = one.part is Part.DEADLINE
    if (
        len(text) > _LONGEST
        or not _DATED.search(text)
        or not (section or _STRONG.search(text) or _HAND_IN.search(text))
        or asks(text)
        or _PAST.search(text)
    ):
        return
    for expression in calendar.dates(text):
        day = one_day(expression)
        if day and day > calendar.today and (section or _binds(text, expression)):
            yield day


def _binds(text: str, expression: DateExpression) -> bool:
    """Whether the words at a date say that it is the last day."""
    before = text[max(expression.span[0] - 60, 0) : expression.span[0]] + expression.text
    if _STRONG.search(before) and not re.search(
        r"\d", text[max(expression.span[0] - 60, 0) : expression.span[0]].rpartition("laatste")[2]
    ):
        return True
    if _TELLS.search(text):
        return False
    if _MUST_BE.search(text) and re.search(r"\bop\s*$", text[: expression.span[0]], re.IGNORECASE):
        return True
    return (expression.bound == "before" or bool(_LIMIT.search(text[: expression.span[0]]))) and bool(
        _HAND_IN.search(text)
    )


def _is_limit(text: str, one: DateExpression) -> bool:
    before, behind = text[: one.span[0]].rstrip(), text[one.span[1] :].strip(" .!")
    if _LIMIT.search(before) or _EVENT.search(before[-80:]) or _STRONG.search(before[-30:]):
        return True
    return (before.endswith(("(", "–", "-", "|", ",", ":", ";", "=>")) or before == "") and (
        not behind or behind[0] in ")–-|,;"
    )


def _says_by(said: str) -> bool:
    return not said.lower().startswith(("op", "voor de volgende keer op"))
