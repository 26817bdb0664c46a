"""What somebody will do: behind "ACTIE An:" and "TO DO:", in lists and tables of actions, and in prose."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from dialogs.language.minutes.carried import puts_off_point
from dialogs.language.minutes.deadlines import Calendar, due_in
from dialogs.language.minutes.doubt import asks, looks_back, supposes, wishes
from dialogs.language.minutes.naming import Owner, People
from dialogs.language.minutes.parts import Part
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.statements import Statement
from dialogs.language.minutes.verbs import (
    INFINITIVE,
    MAY_BE_DONE,
    MAY_PROMISE,
    PASSIVE,
    SURE,
    TALKS,
    WILL,
    words,
    working,
)

A_FEW_WORDS: Final = 50
"""Characters of a sentence that only says when."""

LONGEST: Final = 500
"""Characters of a sentence that gives work."""

_NOTHING = re.compile(
    r"(?:geen|n\.?v\.?t\.?|nihil|/|-+|geen acties?|geen (?:nieuwe |verdere )?actie(?:s|punten)?(?: "
    r"nodig)?)[.]?$",
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    r"(?P<who>[@\w][^:–—=→(]{1,60}?)\s*(?:\([^()]{1,50}\))?\s*(?::|\s[–—-]|=>|->|→)\s+(?P<what>\S.*)", re.DOTALL
)
_NAMED_LAST = re.compile(
    r"^(?P<what>.+?)\s*(?:\(\s*(?:actie|wie|door|trekker|verantwoordelijke|"
    r"opvolging)?:?\s*@?(?P<in>[^()]{2,70}?)\s*(?:[,;:–-]\s*(?P<when>[^()]*?))?\)|(?:\s[–—-]|->|=>|→|"
    r":)\s*@?(?P<dash>[A-ZÀ-Ý][\w’' .,&+-]{1,50}?)(?:\s*[,(–-]\s*(?P<by>[^()]{3,40})\)?)?)\s*[.!]?$",
    re.DOTALL,
)
_DOOR = re.compile(
    r"\b(?:[Dd]oor|[Vv]anuit|[Vv]ia) (?:de |het )?(?P<who>[A-ZÀ-Ý]?[\w’'-]+(?: (?:van |de |den |der |en |"
    r"El )*[A-ZÀ-Ý][\w’'-]+){0,4})"
)
_HABIT = re.compile(
    r"\b(?:wanneer|telkens|elk(?:e)? (?:jaar|maand|week|kwartaal|trimester|dag)|steeds|altijd|vaak|soms|"
    r"meestal|jaarlijks|wekelijks|maandelijks|gezinnen|momenteel|al|nu al|sinds|leerlingen en|per jaar|"
    r"nog niet)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:tegen|ten laatste|uiterlijk)\b", re.IGNORECASE)
_AGENT = re.compile(
    r"\b(?:wordt|worden) (?!(?:[\w’'-]+ ){0,12}?(?:toegelicht|voorgesteld|gegeven|aangehaald|gesteld|"
    r"opgemerkt|geleid|voorgezeten|verwelkomd|overlopen|geschetst|ondersteund|begeleid|gebracht|getoond|"
    r"gevraagd|verteld|aangekaart|besproken|gemeld|ingeleid|"
    r"gepresenteerd|bevestigd|bedankt|aangesteld|opgevolgd als|vervangen|"
    r"vertegenwoordigd)\b)[^.;!?]{0,160}?\b(?:door|via) (?P<who>[A-ZÀ-Ý][\w’'-]*\.?(?: (?:van |de |den |"
    r"der |El )*[A-ZÀ-Ý][\w’'-]+){0,3}(?: en [A-ZÀ-Ý][\w’'-]+)?)"
)
_AGREED = re.compile(
    r"\b(?i:afgesproken|beslist|besloten|overeengekomen|afspraak is|spreken af)\b[^.;]{0,30}\b(?:dat|om) "
    r"(?P<who>[A-ZÀ-Ý][\w’'-]*(?: (?:van |de |den |der |El )*[A-ZÀ-Ý][\w’'-]+){0,3}(?: en "
    r"[A-ZÀ-Ý][\w’'-]+)?)(?= [a-zà-ÿ])"
)
_RETELLS = re.compile(r"\b(?:afgesproken|beslist|besloten|gevraagd)\b.{0,60}\b(?:dat|of)\b", re.IGNORECASE)
_INVITES = re.compile(
    r"\b(?:wie|geïnteresseerden|kandidaten|iedereen die|ouders|jongeren|leerlingen|gezinnen|kinderen)\b", re.IGNORECASE
)
_PERFECT = re.compile(r"\b(?:heeft|hebben|had|hadden|werd|werden|was|waren)\b")
_ASKED = re.compile(
    r"\b(?:gelieve(?! .{0,30}\brekening\b)|graag (?:tegen|voor|ten laatste|\w+ ){1,6}(?:bezorgen|"
    r"doorgeven|mailen|invullen|laten "
    r"weten)|(?:de )?vraag om .{0,120} te (?:\w+en)\b|(?:wordt|worden) gevraagd (?:om )?.{0,120}\bte "
    r"\w+en\b)",
    re.IGNORECASE,
)
_OTHERS_PART = frozenset({Part.OPENING, Part.LATER, Part.COMING, Part.PRESENCE, Part.AGENDA, Part.CARRIED, Part.OTHER})
_GREETS = re.compile(
    r"^(?:hierbij|in bijlage|zoals beloofd|alvast|groet|mvg|met vriendelijke|beste|dag|hallo|zonnige|"
    r"hartelijke)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, whose it is and by when; `marked` when the layout says that it is work."""

    what: Piece
    owner: str
    due: date | None
    marked: bool


def find_actions(told: Sequence[Statement], people: People, calendar: Calendar) -> Iterator[tuple[int, Work]]:
    """The work that was given, each with the index of its statement."""
    for i, one in enumerate(told):
        work = _work(one, people)
        if work is None:
            continue
        what, owner, marked = work
        due = due_in(one.due.text, calendar, whole=True) if one.due else due_in(one.text, calendar)
        if due is None and marked and i + 1 < len(told):
            due = _due_behind(told[i + 1], one, people, calendar)
        yield i, Work(what, owner, due, marked)


def is_action(one: Statement, people: People) -> bool:
    """Whether a statement under "Besluit" gives work to somebody by name."""
    found = giver(one.text, people)
    return found is not None and found.person


def is_agreed_action(one: Statement, people: People) -> bool:
    """Whether an entry under "Afspraken" is work: with an owner, or somebody's name before or behind it."""
    if one.owner or giver(one.text, people) is not None:
        return True
    what, owner = _owned(one.piece, people)
    return bool(owner) or (one.entry and what.text[:1].isupper() and _is_bare_work(what.text))


def giver(text: str, people: People) -> Owner | None:
    """Whom a sentence of prose gives work to; an owner without text when nobody is named."""
    if len(text) > LONGEST:
        return None
    found = (
        _by_verb(text, people)
        or _by_promise(text, people)
        or _by_passive(text, people)
        or _by_agreement(text, people)
        or _asked(text)
    )
    if found is None or asks(text) or wishes(text) or puts_off_point(text) or _GREETS.match(text):
        return None
    return found


def _work(one: Statement, people: People) -> tuple[Piece, str, bool] | None:
    if one.part in _OTHERS_PART or _NOTHING.match(one.text):
        return None
    if one.part is Part.ACTION:
        return _marked(one, people)
    if one.part is Part.AGREED:
        return (*_with_owner(one, people), True) if is_agreed_action(one, people) else None
    if one.pointed:
        pointed = _pointed(one, people)
        if pointed is not None:
            return pointed
    if one.part is Part.CONTEXT and not one.pointed:
        return None
    found = giver(one.text, people)
    if found is None or (one.part is Part.DECISION and not found.person):
        return None
    return one.piece, found.text, one.pointed or one.part is Part.DECISION


def _marked(one: Statement, people: People) -> tuple[Piece, str, bool] | None:
    """An entry under "Acties": all of it, but of several sentences only those that give work."""
    if asks(one.text) and not one.row:
        return None
    if not one.first and not one.row and giver(one.text, people) is None:
        return None
    what, owner = _with_owner(one, people)
    return (what, owner, True) if re.search(r"[^\W\d_]{2}", what.text) else None


def _with_owner(one: Statement, people: People) -> tuple[Piece, str]:
    if one.row and one.owner:
        return one.piece, one.owner.strip()
    subject = giver(one.text, people)
    if subject is not None and subject.text and not one.owner:
        return one.piece, subject.text
    what, owner = _owned(one.piece, people)
    if not owner and not one.owner:
        start = people.at_start(one.text)
        owner = start.text if start else ""
    return what, one.owner or owner


def _owned(piece: Piece, people: People) -> tuple[Piece, str]:
    """The work and whose it is: "An: zaal vastleggen", "zaal vastleggen (An, 5 mei)"."""
    first = _NAMED_FIRST.match(piece.text)
    if first and people.is_owner(first["who"]):
        return piece.part(first.start("what"), len(piece.text)).stripped(), first["who"].strip(" @")
    last = _NAMED_LAST.match(piece.text) if len(piece.text) <= LONGEST else None
    if last:
        for group in ("in", "dash", "when", "by"):
            who = (last[group] or "").strip()
            if who and people.is_owner(who):
                return piece.part(0, last.end("what")).stripped(), who
    return piece, ""


def _pointed(one: Statement, people: People) -> tuple[Piece, str, bool] | None:
    """Behind an arrow: work when somebody is named or a bare verb tells what to do."""
    found = giver(one.text, people)
    if found is not None:
        return one.piece, found.text, True
    if asks(one.text) or wishes(one.text) or puts_off_point(one.text):
        return None
    what, owner = _owned(one.piece, people)
    start = people.at_start(one.text)
    if owner:
        return what, owner, True
    if start and start.person and not _PERFECT.search(one.text):
        return one.piece, start.text, True
    return (one.piece, "", True) if _is_bare_work(one.text) else None


def _is_bare_work(text: str) -> bool:
    """ "Offerte opvragen bij twee firma's": a verb that is work, and none in another form."""
    return bool(INFINITIVE.search(text)) and not re.search(
        r"\b(?:wordt|worden|is|zijn|zal|zullen|kan|kunnen|moet|moeten|mag|mogen|werd|werden|heeft|hebben|we|"
        r"wij|niet|geen)\b",
        text,
        re.IGNORECASE,
    )


# --- prose


def _by_agreement(text: str, people: People) -> Owner | None:
    """ "Er wordt afgesproken dat An de lijst bezorgt": somebody's by name."""
    match = _AGREED.search(text)
    return (
        Owner(match["who"], person=True) if match and people.is_person(match["who"]) and not looks_back(text) else None
    )


def _asked(text: str) -> Owner | None:
    """ "Gelieve dit door te geven": work for nobody by name."""
    return Owner("", person=False) if _ASKED.search(text) and not looks_back(text) else None


def _by_verb(text: str, people: People) -> Owner | None:
    """ "An bezorgt de lijst", "Tegen 5 mei bezorgt An de lijst", "An heeft ze liggen en bezorgt ze"."""
    for match in working(text):
        if (
            supposes(text, match.start())
            or _is_retold(text[: match.start()])
            or _PERFECT.search(text[max(match.start() - 12, 0) : match.start()])
        ):
            continue
        owner = people.before(text, match.start()) or _inverted(text, match, people) or _second(text, match, people)
        if owner is not None and _fits(owner, match.group(), text):
            return None if TALKS.search(text) else owner
    return None


def _is_retold(before: str) -> bool:
    """ "Vorige keer hebben we afgesproken dat" An belt."""
    return bool(_RETELLS.search(before)) and looks_back(before)


def _inverted(text: str, match: re.Match[str], people: People) -> Owner | None:
    before = text[: match.start()].rstrip()
    return (
        people.after(text, match.end()) if before and not re.search(r"\b(?:die|dat|of|wat|wie|hoe)$", before) else None
    )


def _second(text: str, match: re.Match[str], people: People) -> Owner | None:
    """The second verb of a sentence whose subject stands at its start."""
    if not re.search(r"(?:\ben|,|\bmaar|\bdus)\s*(?:ze |hij |zij )?$", text[: match.start()]):
        return None
    return people.at_start(text)


def _fits(owner: Owner, verb: str, text: str) -> bool:
    """Whether that subject with that verb is work: a person's always, a group's only with a sure verb."""
    if owner.person:
        return True
    low = owner.text.lower()
    if low in {"men", "zij", "ze"} or _INVITES.search(low):
        return False
    if _HABIT.search(text):
        return False
    if low in {"we", "wij"}:
        return bool(re.match(r"bezorg|mail|stur|vrag|contact|nem|polsen|agender", verb)) and not re.search(
            r"\b(?:altijd|nu|momenteel|al|vandaag|elke)\b", text
        )
    house = low.startswith("vzw") or not re.match(r"(?:de|het|alle|onze|elke?|iedere?|andere)\b|\w+$", low)
    return bool(SURE.match(verb.lower())) and (not house or bool(_BY.search(text)))


def _by_promise(text: str, people: People) -> Owner | None:
    """ "An zal de lijst bezorgen", "An gaat dat navragen"."""
    for match in WILL.finditer(text) if words(text) & MAY_PROMISE else ():
        if match.group() in {"kan", "wil", "mag"} or supposes(text, match.start()):
            continue
        owner = people.before(text, match.start()) or _inverted(text, match, people)
        if owner is None or (not owner.person and match.group() in {"moet", "moeten"} and "tegen" not in text):
            continue
        if owner.person or owner.text.lower() not in {"we", "wij", "ze", "zij", "men"}:
            return owner
    return None


def _by_passive(text: str, people: People) -> Owner | None:
    """ "Een kaartje zal bezorgd worden door het secretariaat"."""
    if not words(text) & MAY_BE_DONE:
        return None
    agent = _AGENT.search(text) if " door " in text or " via " in text else None
    who = agent["who"].strip(" .") if agent else ""
    if (
        agent is not None
        and people.is_person(agent["who"])
        and not looks_back(text)
        and not supposes(text, agent.start())
    ):
        return Owner(who, person=True)
    match = PASSIVE.search(text)
    if match is None or supposes(text, match.start()) or looks_back(text) or _INVITES.search(text[: match.start()]):
        return None
    by = _DOOR.search(text)
    promised = match.group() in {"zal", "zullen"} or re.search(r"\b(?:tegen|ten laatste|uiterlijk)\b", text)
    sent = re.match(
        r"bezorgd|gemaild|doorgestuurd|rondgestuurd|nagevraagd|opgevraagd|gecontacteerd|nagegaan|opgevolgd|"
        r"overgemaakt|uitgezocht|meegenomen|aangeschreven|rondgemaild",
        match["done"],
    )
    if by is not None and (people.is_owner(by["who"]) or promised):
        return Owner(by["who"], person=people.is_person(by["who"]))
    return Owner("", person=False) if promised or sent else None


def _due_behind(after: Statement, one: Statement, people: People, calendar: Calendar) -> date | None:
    """By when, said in a short sentence of its own: "Tegen 5 mei."."""
    same = after.item == one.item and after.part is one.part and not after.first
    return (
        due_in(after.text, calendar)
        if same and len(after.text) < A_FEW_WORDS and giver(after.text, people) is None
        else None
    )
