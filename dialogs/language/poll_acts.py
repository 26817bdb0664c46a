"""What a sentence wants done with a poll's result, which kind of meeting a poll is about, and whom an option names."""

import re
from collections.abc import Sequence
from enum import StrEnum

from dialogs.language.agenda_order import guest, typed_name
from dialogs.language.spelling import fold, strip_markup
from storage.domain.meetings import MeetingKind

LONGEST = 4_000


class Act(StrEnum):
    """What is done with a result. REGISTER makes the meeting as well, where it is not there yet."""

    AGENDA = "agenda"
    EXPERT = "expert"
    MEETING = "meeting"
    REGISTER = "register"


_REGISTER = re.compile(
    r"\b(?:schrijf|schrijft|zet)\b.{0,60}\b(?:in|op de (?:deelnemers)?lijst)\b|\b(?:in|voor)(?:te)?schrijven\b|"
    r"\bregistreer\w*|\bmeteen (?:mee )?in\b|\b(?:ja-?|jas)zeggers\b"
)
_MEETING = re.compile(
    r"\b(?:maak|plan|leg|prik|boek|organiseer)\b.{0,80}\b(?:bijeenkomst|vergadering|overleg|vast|in|van)\b|"
    r"\b(?:bijeenkomst|vergadering|moment|sessie) (?:maken|plannen|aanmaken)\b|\b(?:vastleggen|inplannen)\b"
)
_AGENDA = re.compile(r"\b(?:agenda|agendapunt|agenderen|agendeer|punt|dagorde)\b")
_EXPERT = re.compile(
    r"\bnodig\b.{0,80}\buit\b|\buit(?: te )?nodig\w*|\buitnodiging\b|\bvraag\b.{0,40}\b(?:om te komen|om langs)\b|"
    r"\bmail\b.{0,30}\b(?:winnaar|expert|spreker)\b"
)


def act_said(text: str) -> Act | None:
    """What this sentence wants done with a result; None where it says no more than that something is."""
    said = fold(strip_markup(text[:LONGEST]))
    if _REGISTER.search(said) and not _AGENDA.search(said):
        return Act.REGISTER
    if _EXPERT.search(said):
        return Act.EXPERT
    if _AGENDA.search(said):
        return Act.AGENDA
    return Act.MEETING if _MEETING.search(said) else None


_NUMBERED = re.compile(r"\b(?:optie|keuze|nummer|nr\.?) (\d{1,2})\b")
_SHORTEST = 3


def option_named(text: str, names: Sequence[str]) -> int | None:
    """The place among the options' `names` of the only one that a sentence names, by its number or its own words."""
    said = " ".join(re.findall(r"\w+", fold(strip_markup(text[:LONGEST]))))
    numbered = _NUMBERED.search(said)
    if numbered is not None:
        return int(numbered[1]) - 1 if 0 < int(numbered[1]) <= len(names) else None
    called = [" ".join(re.findall(r"\w+", fold(one))) for one in names]
    found = [place for place, name in enumerate(called) if len(name) >= _SHORTEST and f" {name} " in f" {said} "]
    return found[0] if len(found) == 1 else None


_KINDS = (
    (re.compile(r"\bstuurgroep"), MeetingKind.STUURGROEP),
    (re.compile(r"\bnetwerkdag"), MeetingKind.NETWERKDAG),
    (re.compile(r"\binfo(?:moment|sessie|avond|vergadering)"), MeetingKind.INFOMOMENT),
    (re.compile(r"\bintervisie"), MeetingKind.INTERVISIE),
)


def meeting_kind(*texts: str) -> MeetingKind:
    """The kind of meeting that the first of these texts names that names one; an intervisie where none does."""
    for text in texts:
        said = fold(text)
        found = next((kind for pattern, kind in _KINDS if pattern.search(said)), None)
        if found is not None:
            return found
    return MeetingKind.INTERVISIE


_WHO = re.compile(r"(?P<who>[^(),;]{2,100}?)\s*(?:[(,;]\s*(?P<where>[^()]{2,100}?)\s*\)?)?")


def whom(option: str) -> tuple[str, str]:
    """Who is invited by an option that won: the name and the organisation that it says, "" where it says none."""
    said = _WHO.fullmatch(" ".join(strip_markup(option).split()))
    who, where = (said["who"], said["where"] or "") if said else ("", "")
    if _IS_AN_ORGANISATION.match(fold(option)):
        return "", who
    name, organisation, _ = guest(option)
    if len(name.split()) > 1:
        return name, organisation
    return (who, where) if len(who.split()) > 1 and typed_name(who) else ("", "")


_IS_AN_ORGANISATION = re.compile(
    r"(?:vzw|clb|vclb|cvba|ocmw|school|basisschool|centrum|steunpunt|hogeschool|universiteit|huis|de|het)\b"
)
