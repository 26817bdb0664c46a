"""Which sessions of a meeting a text names, in the order of preference in which they are typed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dialogs.language.spelling import empty_words, fold, strip_markup
from storage.domain.meetings import Session, SessionChoice

ALIKE = 80
"""From this score (0–100) a typed word is taken for a word of a title: one typo in six letters."""

SHORTEST = 4
"""Letters of the shortest word in which a typo is looked for."""

_WORD = re.compile(r"[^\W_]+")
_COUNTED = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_GENERAL = frozenset({"sessie", "sessies", "workshop", "regio", "groep", "zaal", "deel"})
_NUMBERED = re.compile(r"\b(?:sessies?|groep|zaal|workshop|nummer|nr|optie|session)[ .]*(?P<number>\d{1,2}|[a-z])\b")
_ORDINAL = re.compile(
    rf"\b(?:(?P<word>{'|'.join(_COUNTED)})|(?P<number>\d{{1,2}})(?:e|de|ste)) (?:sessie|groep|zaal|workshop)\b"
)
_PLACES = re.compile(r"\b(?P<number>\d{1,6})[ -]+(?:plaats|plek|stoel|zit|man\b|mens|person|deelnem)")
_SET_TO = re.compile(r"\b(?:op|naar|tot)(?: maximaal| max| hoogstens)? (?P<number>\d{1,6})\b(?! [a-z])")
_ADDS = re.compile(
    r"\ber\b.{0,30}\bplaats(?:en)? bij\b|\b(?:bij|erbij)[ .!]*$|\bextra\b"
    r"|\b\w+ (?:plaats(?:en)? meer|meer plaats(?:en)?)\b"
)
_NOT = frozenset({"niet", "geen", "not", "zonder", "behalve"})
_AWAY = frozenset({"van", "uit", "ipv"})
_FIRST = frozenset({"liefst", "eerst", "eerste", "liever", "first"})
_SMALL = frozenset({"in", "naar", "voor", "bij", "de", "het", "keuze", "is", "sessie", "regio", "zaal", "groep", "of"})
_RANKED = re.compile(r"rangschik|voorkeur|volgorde|op ?lijst")
_FIRST_COME = re.compile(
    r"eerst (?:komt|is)|wie eerst|eerst maalt|zelf (?:laten )?kiezen|zelf een sessie|meteen (?:laten )?kiezen"
)
_NEGATED = re.compile(r"\b(?:geen|niet|toch niet|uit|schrap|annuleer|verlaat|weg|zonder)\b")


@dataclass(frozen=True, slots=True)
class _Hit:
    at: int
    session_id: int
    score: float


def sessions_in(text: str, sessions: Sequence[Session]) -> tuple[int, ...]:
    """The ids of the sessions that a text names, the most wished first; empty when it names none.

    A title is recognised by the words that tell it from the others', with typos; by its room; or by its number.
    """
    said = fold(strip_markup(text))
    words = [(found.group(), found.start()) for found in _WORD.finditer(said)]
    hits = [hit for session in sessions if (hit := _found(words, session, sessions)) is not None]
    best = _without_doubles(hits) or _numbered(said, sessions)
    wished = [one for one in best if not _preceded(words, one.at, _NOT | _AWAY)]
    ordered = sorted(wished, key=lambda one: (not _preceded(words, one.at, _FIRST), one.at))
    return tuple(dict.fromkeys(one.session_id for one in ordered))


def places_in(text: str) -> int | None:
    """How many places a text gives a session: 90 for "zet zaal 1 op 90 plaatsen"; None when it tells no number."""
    said = fold(strip_markup(text))
    found = _PLACES.search(said) or _SET_TO.search(said)
    return int(found["number"]) if found else None


def adds_places(text: str) -> bool:
    """Whether a number is how many places come on top: "zet er vijf plaatsen bij"."""
    return _ADDS.search(fold(strip_markup(text))) is not None


def _own_words(session: Session, sessions: Sequence[Session]) -> tuple[str, ...]:
    """The words of a title that no other title has; all of them where none is left."""
    others = {word for one in sessions if one.id != session.id for word in _words(one.title)}
    mine = _words(session.title)
    return tuple(word for word in mine if word not in others | _GENERAL | empty_words()) or mine


def _words(title: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(title)))


def _found(words: Sequence[tuple[str, int]], session: Session, sessions: Sequence[Session]) -> _Hit | None:
    """Where a text names a session best."""
    rooms = [one.room for one in sessions]
    names = [_own_words(session, sessions)]
    if session.room and rooms.count(session.room) == 1:
        names.append(_words(session.room))
    hits = [_matched(words, name, session.id) for name in names if name]
    return max((hit for hit in hits if hit), key=lambda hit: hit.score, default=None)


def _matched(words: Sequence[tuple[str, int]], name: Sequence[str], session_id: int) -> _Hit | None:
    """The place of a name's words in a text: of a long name half of them do."""
    found = [max(((_alike(said, word), at) for said, at in words), default=(0.0, 0)) for word in name]
    known = [(score, at) for score, at in found if score >= ALIKE]
    if not known or len(known) * 2 < len(name):
        return None
    return _Hit(min(at for _, at in known), session_id, sum(score for score, _ in known) / len(name))


def _alike(said: str, word: str) -> float:
    if said == word:
        return 100
    return fuzz.ratio(said, word) if min(len(said), len(word)) >= SHORTEST else 0


def _without_doubles(hits: Sequence[_Hit]) -> list[_Hit]:
    """One session for each place in the text: the one that fits best; of two that fit as well, neither."""
    kept = []
    for hit in hits:
        rivals = [one.score for one in hits if one.at == hit.at and one.session_id != hit.session_id]
        if hit.score > max(rivals, default=0):
            kept.append(hit)
    return kept


def _numbered(said: str, sessions: Sequence[Session]) -> list[_Hit]:
    """Sessions that are called by their place in the list: "sessie 2", "de tweede sessie", "sessie b"."""
    hits = []
    for found in (*_NUMBERED.finditer(said), *_ORDINAL.finditer(said)):
        groups = found.groupdict()
        number, word = groups.get("number") or "", groups.get("word")
        place = _COUNTED.index(word) if word else int(number) - 1 if number.isdigit() else ord(number) - ord("a")
        if 0 <= place < len(sessions):
            hits.append(_Hit(found.start(), sessions[place].id, 100))
    return hits


def _preceded(words: Sequence[tuple[str, int]], at: int, by: frozenset[str]) -> bool:
    """Whether one of these words stands before a place, with only small words between."""
    for said, start in reversed(words):
        if start >= at:
            continue
        if said in by:
            return True
        if said not in _SMALL:
            return False
    return False


def takes_back(text: str) -> bool:
    """Whether a text takes sessions back: "ik wil geen sessie meer", "haal me uit Eeklo"."""
    return _NEGATED.search(fold(strip_markup(text))) is not None


def wanted_way(text: str) -> SessionChoice | None:
    """The way of giving sessions out that a text asks for; None when it asks for none."""
    said = fold(strip_markup(text))
    if _FIRST_COME.search(said):
        return SessionChoice.FIRST_COME
    return SessionChoice.RANKED if _RANKED.search(said) else None


_QUESTION = re.compile(r"\?|^(?:wie|hoeveel|welke|toon|geef|lijst|is|heeft|hebben|heb)\b")
_UNPAID = re.compile(r"\b(?:niet|nog niet|geen|niks|toch niet)\b")


def tells_payment(text: str) -> bool | None:
    """Whether a text tells that somebody paid (True) or did not (False); None when it asks."""
    said = fold(strip_markup(text))
    if _QUESTION.search(said):
        return None
    return _UNPAID.search(said) is None
