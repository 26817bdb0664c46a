"""Two things asked in one message: "wanneer is de netwerkdag en wat kost dat?"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from dialogs.language.agenda_openings import told
from dialogs.language.carried import CARRYING
from dialogs.language.intents import Intent
from dialogs.language.planning_openings import opening
from dialogs.language.poll_openings import asked_of_polls
from dialogs.language.report_openings import told_of_reports
from dialogs.language.spelling import commands, forms, strip_markup, tokens
from dialogs.language.understanding import CERTAIN, LONGEST, Understanding, understand
from storage.domain.dialogs import Memory
from storage.domain.network import Names

_JOINT = re.compile(r"\s*(?:[?!;]|[.,](?=\s)|\s-\s|\b(?:en|maar|and|et)\b)\s*", re.IGNORECASE)
_CONDITION = re.compile(
    r"(?:en |maar )?(?:zo|indien|als(?: dat)?|if) (?:ja|nee|neen|niet|wel|nog niet|so|not|yes|no)\b[,:]?\s*(?:dan )?",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?:en|maar|vooral|dan|ook)\b[:,]?\s*", re.IGNORECASE)
_CLAIM = re.compile(r"\b(?:wel|ja|niet|ni|nie|nee|neen)\b", re.IGNORECASE)
_BARE_DAY = re.compile(
    r"\b(?:de|den|d'n|op) (\d{1,2})(?:ste|de|e)?"
    r"(?=[ ,.!?]+(?:wel|niet|ni|nie|ja|nee|neen|lukt|kan|past|gaat|ook|kom)\b|\W*$)"
)
"""A day of the month that was just named: "4 mei lukt niet, de 6de wel"."""

_SHORTEST = 3
"""Characters that a part has at least."""

MOST_JOINTS = 8
LONGEST_NAME = 3
"""Words that a name alone may have."""

BOTH_FROM = 0.85
"""The confidence that each half needs: a wrong second answer is worse than one answer."""

JOINED_FROM = 0.55
"""The same where a joint cannot but part two sentences: "?", "en" before a question word, "zo niet"."""

CHAT = frozenset(
    {Intent.GREETING, Intent.THANKS, Intent.YES, Intent.NO, Intent.SMALLTALK, Intent.UNKNOWN, Intent.CANCEL}
    | {Intent.HELP, Intent.COMPLAINT, Intent.SWEARING}
)
"""What only accompanies a question."""

_WHOLE = frozenset({Intent.REGISTRATION_REPLACE, Intent.REGISTRATION_GUEST})
"""What takes two sentences to say: "ik kan niet, Emre komt in mijn plaats"."""

_OF_A_POLL = frozenset({Intent.POLL_START, Intent.POLL_VOTE, Intent.POLL_ADD, Intent.POLL_CHANGE})
"""What holds what a poll asks or what can be chosen, in which anything may be said."""

_VOTES = frozenset({Intent.POLL_VOTE, Intent.POLL_UNVOTE})

_PLANNING = frozenset(
    {Intent.MEETING_CREATE, Intent.MEETING_SERIES, Intent.MEETING_COPY, Intent.MEETING_CHANGE, Intent.MEETING_MOVE}
)
_DETAILS = frozenset(
    intent
    for intent in Intent
    if intent in _PLANNING
    or intent
    in {Intent.REGISTRATION_CAPACITY, Intent.REGISTRATION_LIMIT, Intent.REGISTRATION_DEADLINE, Intent.FAQ_ANSWER}
    or (intent.value.startswith(("meeting.", "agenda.")) and intent.about_a_meeting)
) - {Intent.MEETING_CANCEL, Intent.MEETING_INVITE, Intent.MEETING_HISTORY}
"""What may be told of a meeting in the sentence that plans or changes it: "nieuwe intervisie, thema X, 25 plaatsen"."""

_ASKING = frozenset("waar wie wat wanneer hoe hoelang hoeveel welk welke waarover waarom waarvoor deadline".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Halves:
    """Two parts of a text, and whether what stands between them parts sentences, and whether it is "en" or "maar"."""

    first: str
    second: str
    parted: bool
    conjoined: bool


def understand_all(text: str, now: datetime, names: Names, memory: Memory | None = None) -> tuple[Understanding, ...]:
    """The one or two things that `text` asks, in order.

    Two only when both halves are understood well, mean different things, and neither is mere courtesy.
    """
    whole = _not_of_a_meeting(understand(text, now, names, memory), memory)
    carries = whole.intent in CARRYING | _WHOLE and whole.sure
    if whole.intent in _OF_A_POLL and asked_of_polls(text, memory.intent if memory else None) is not None:
        return (whole,)
    if carries or whole.intent is opening(text):
        return (whole,)  # what it carries may well be two questions
    for halves in _halves(strip_markup(text[: 4 * LONGEST])[:LONGEST], _own_words(text, whole, memory)):
        first = understand(halves.first, now, names, memory)
        if not _asks(first, halves):
            continue
        second = understand(_in_that_month(halves.second, first), now, names, _after(first, memory))
        if (action := _cannot_do_it(first, second)) is not None:
            return (action,)
        if {first.intent, second.intent} == _VOTES:
            break  # "ik stem toch niet, doe mijn stem maar weg"
        if _somebody_instead(first, second):
            return (replace(whole, intent=Intent.REGISTRATION_REPLACE, confidence=second.confidence),)
        if _asks(second, halves) and _differ(first, second) and not _completes(first, second, halves):
            return _of_one_meeting(first, second)
        if _asks_the_same(first, second, halves):
            return first, replace(second, intent=first.intent, confidence=CERTAIN)
    return (whole,)


def _own_words(text: str, whole: Understanding, memory: Memory | None) -> int:
    """Up to where a command goes on with what its author tells, in which anything may be said."""
    command = told_of_reports(text, memory.intent if memory else None) or told(text)
    if whole.intent is Intent.REPORT_DELIVER:
        return LONGEST
    if command is not None and command.intent.value.startswith("actions.") and not command.said:
        return 0  # "actie 2 is gedaan en actie 3 hoeft niet meer"
    if command is None or command.intent is not whole.intent:
        return 0
    return len(strip_markup(text)) - len(strip_markup(command.after)) if command.after and not command.why else LONGEST


def _in_that_month(text: str, first: Understanding) -> str:
    """The second half with its day of the month spelled out, where the first half named another day of that month."""
    days = [one.start for one in first.dates if isinstance(one.start, date) and re.search(r"\d.*[a-z/-]", one.text)]
    found = _BARE_DAY.search(text)
    if not days or found is None:
        return text
    day = f"op {found[1]}/{days[-1].month}/{days[-1].year}"
    return f"{text[: found.start()]}{day}{text[found.end() :]}"


def _cannot_do_it(first: Understanding, second: Understanding) -> Understanding | None:
    """What is said of an action, in "dat lukt niet, geef door aan Tuur": it excuses nobody from a meeting."""
    if not _excuses(first) or not second.intent.value.startswith("actions."):
        return None
    return second


def _excuses(one: Understanding) -> bool:
    """Whether it excuses somebody, but says of which meeting by no word."""
    return one.intent is Intent.REGISTRATION_EXCUSE and not one.names_meeting and not one.dates


def _not_of_a_meeting(whole: Understanding, memory: Memory | None) -> Understanding:
    """Right after actions "dat lukt niet" may well be about those: it is asked back."""
    after_actions = memory is not None and (memory.intent or "").startswith("actions.")
    return replace(whole, confidence=0.0) if after_actions and _excuses(whole) else whole


def _somebody_instead(first: Understanding, second: Understanding) -> bool:
    """Whether one who can't come says who does: "ik kan niet, Els komt wel"."""
    told = first.intent is Intent.REGISTRATION_EXCUSE and first.sure and not first.people and second.sure
    if second.intent is Intent.REGISTRATION_REPLACE:
        return told
    comes = second.intent is Intent.REGISTRATION_REGISTER and bool(second.people)
    return told and comes and not second.names_meeting and not second.dates


def _halves(text: str, since: int) -> Iterator[_Halves]:
    for joint in list(_JOINT.finditer(text, since))[:MOST_JOINTS]:
        first, second = text[: joint.start()].strip(), text[joint.end() :].strip()
        condition = _CONDITION.match(second)
        second = second[condition.end() :] if condition else second
        if len(first) >= _SHORTEST and len(second) >= _SHORTEST:
            parted = bool(condition) or _contrast(joint.group(), first, second) or _parts(joint.group(), first, second)
            yield _Halves(first, second, parted, joint.group().strip().isalpha() or _ALSO.match(second) is not None)


def _contrast(joint: str, first: str, second: str) -> bool:
    """ "3 december lukt niet, de 15de wel", "ik kom, maar niet naar het infomoment"."""
    said = _CLAIM.search(second)
    return bool(said) and (joint.strip() == "maar" or second.startswith("maar ") or bool(_CLAIM.search(first)))


def _parts(joint: str, first: str, second: str) -> bool:
    """Whether two sentences, and not two names or words, stand around a joint."""
    also = _ALSO.match(second)
    opening = tokens(second[also.end() :] if also else second)[:1]
    asks = any(word in _ASKING or _is_verb(word) for word in opening)
    return asks and ("?" in joint or joint.strip().isalpha() or also is not None) and _is_sentence(first)


def _is_sentence(half: str) -> bool:
    return any(word in _ASKING or _is_verb(word) for word in tokens(half))


def _is_verb(word: str) -> bool:
    return word in forms() or word in commands()


def _asks(one: Understanding, halves: _Halves) -> bool:
    """Whether a half asks something by itself; a name alone belongs to the other half."""
    about_somebody = one.intent in {Intent.PEOPLE_ORGANISATION, Intent.PEOPLE_CONTACT}
    only_a_name = about_somebody and (len(one.text.split()) <= LONGEST_NAME or not _is_sentence(one.text))
    enough = one.confidence >= (JOINED_FROM if halves.parted else BOTH_FROM)
    return enough and one.intent not in CHAT and not only_a_name and not one.bare


def _after(first: Understanding, memory: Memory | None) -> Memory:
    """What the second half goes on about."""
    return replace(memory or Memory(), intent=first.intent.value)


def _of_one_meeting(first: Understanding, second: Understanding) -> tuple[Understanding, Understanding]:
    """In "wanneer en waar is de netwerkdag?" the second half says which meeting both are about."""
    both = first.intent.about_a_meeting and second.intent.about_a_meeting
    if both and second.names_meeting and not first.names_meeting:
        return replace(first, query=second.query, names_meeting=True), second
    return first, second


def _differ(first: Understanding, second: Understanding) -> bool:
    return first.intent is not second.intent or (_two_meetings(first, second) and not second.bare)


def _completes(first: Understanding, second: Understanding, halves: _Halves) -> bool:
    """Whether the second half only rounds off the first: "moet ik inschrijven, en tegen wanneer?"."""
    short = len(second.text.split()) <= LONGEST_NAME
    rounds_off = second.intent is Intent.MEETING_DEADLINES or first.intent is Intent.MEETING_LIST
    if first.intent in _PLANNING and second.intent in _DETAILS:
        return True
    if second.intent is Intent.ATTENDANCE_TICK and short:
        return True
    answered = Intent.FAQ_ANSWER in {first.intent, second.intent} and not halves.parted
    return (short and rounds_off and second.intent.about_a_meeting) or answered


def _asks_the_same(first: Understanding, second: Understanding, halves: _Halves) -> bool:
    """Whether only another meeting is named: "wanneer is de stuurgroep, en de netwerkdag?"."""
    bare = second.bare and halves.conjoined and _is_sentence(halves.first)
    return bare and first.intent.about_a_meeting and _two_meetings(first, second)


def _two_meetings(first: Understanding, second: Understanding) -> bool:
    named = first.names_meeting and second.names_meeting
    return named and first.query != second.query and first.intent.about_a_meeting
