"""The sentences at a report's top that tell who was there: "We waren met vijf: …", "X liet zich excuseren"."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from dialogs.language.minutes.entries import read_entries
from dialogs.language.minutes.lines import Line
from dialogs.language.minutes.names import is_first_name, is_role, is_sure, name_at
from dialogs.language.minutes.openings import Status
from dialogs.language.minutes.pieces import Piece
from dialogs.language.minutes.qualifiers import LONGEST, Person

SHORT: Final = 60
LONGEST_OPENING: Final = 80
"""Characters before the colon of a list."""

SHORT_ROW: Final = 3
TOP: Final = 12
"""Lines, at most, in which sentences tell of it."""

_SENTENCE: Final = re.compile(
    r"(?<=[a-zà-ÿ\d)\"”'][a-zà-ÿ\d)\"”'])(?<!\bdhr)(?<!\bmevr)(?<!\bdr)(?<!\bmw)[.!?](?=\s+[A-ZÀ-Ý'‘“\"]|\s*$)"
)
_ITEM: Final = re.compile(r"(?:\d{1,2}[.)/]?|[IVX]{1,4}[.)]|punt \d+\W|agendapunt \d+\W)\s+\S", re.IGNORECASE)
_WELCOME: Final = re.compile(
    r"\W*\S*\W*(?:ver)?welkom|\W*\S*\W*opening|\W*\S*\W*(?:aan|af)wezig|\W*\S*\W*verontschuldig|"
    r"\W*\S*\W*inleiding|\W*\S*\W*start",
    re.IGNORECASE,
)
_EXCUSED: Final = re.compile(
    r"\bverontschuldig|\bexcuseer|\bexcuseren|\bverhinderd\b|\bniet (?:bij|aanwezig|geraakt|"
    r"geraken)\b|\bkond?e?n? (?:er )?niet\b|"
    r"\bniet (?:kunnen|konden) (?:komen|bij)|\bafwezig\b|\bafgemeld|\bafgebeld|\bziek\b|"
    r"\bniet (?:konden?|kunnen) zijn\b|\bgeveld\b|\blaten verstek\b|\bliet verstek\b|\bverstek\b",
    re.IGNORECASE,
)
_PRESENT: Final = re.compile(
    r"\baanwezig\b|\bwe waren\b|\bwaren we\b|\bwaren er ?bij\b|\berbij\b|\brond de tafel\b|\baan "
    r"tafel\b|\bvan de partij\b|\bnamen deel\b|"
    r"\bdeelgenomen\b|\bsloten aan\b|\bpresent\b|\bzaten samen\b|\bkwamen samen\b|\bdeelnemers\b|"
    r"\bwaren er\b|\bwas er\b|\bmet z['’]n \w+\b|\bsamen met\b|\bzaten we\b|\bzagen elkaar\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(r"\b(?:vorige|vorig|vorige keer|vanaf|volgende|toen|laatst|toekomstig)\b", re.IGNORECASE)
_SELF: Final = re.compile(r"\b(?:ikzelf|mezelf|ondergetekende|ik(?= zelf)|uw verslaggever|ik)\b", re.IGNORECASE)
_REGARDS: Final = re.compile(
    r"\W*(?:\w+\s+)?(?:groet|groetjes|groeten|mvg|vriendelijke|hartelijk|tot dan|tot gauw|liefs|"
    r"met (?:vriendelijke|hartelijke))",
    re.IGNORECASE,
)
_SENDER: Final = re.compile(r"(?:van|from|afzender)\s*:\s*", re.IGNORECASE)
_STEP: Final = re.compile(r"[^\W_]+[^\w'’]*|[\W_]+")
_BREAK: Final = re.compile(r"\s*(?:;|,? maar |,? terwijl )\s*", re.IGNORECASE)


def read_sentences(
    lines: Sequence[Line], taken: Collection[int]
) -> Iterator[tuple[int, bool, Status, tuple[Person, ...]]]:
    """Per sentence at the top that tells of it: its line, whether that says nothing else, what it says, and of whom."""
    for index in _top(lines, taken):
        for sentence in lines[index].piece.split(_SENTENCE):
            for clause in sentence.split(_BREAK):
                status = _status(clause.text)
                people = _people(clause, lines, status) if status else ()
                if status and people:
                    yield index, len(sentence.text) > len(lines[index].text) * 0.8, status, people


def _top(lines: Sequence[Line], taken: Collection[int]) -> list[int]:
    """The lines before the first point, and those of a first point of welcome."""
    indexes: list[int] = []
    points = 0
    for index, line in enumerate(lines):
        if (line.level > 1 or _ITEM.match(line.text) or line.bold) and not line.cells and index:
            points += 1
            if points > 1 or not _WELCOME.match(line.text):
                break
        if not line.cells and index not in taken:
            indexes.append(index)
    return indexes[:TOP]


def _status(clause: str) -> Status | None:
    if _PAST.search(clause) or "?" in clause:
        return None
    if _EXCUSED.search(clause):
        return Status.EXCUSED
    return Status.PRESENT if _PRESENT.search(clause) else None


def _people(clause: Piece, lines: Sequence[Line], status: Status) -> tuple[Person, ...]:
    """The people of a clause: the list behind its colon, or the names in it."""
    head, colon, _ = clause.text.partition(":")
    if colon and len(head) < LONGEST_OPENING:
        listed = clause.part(len(head) + 1, len(clause.text))
        found = read_entries(listed)
        if found.people:
            return (*found.people, *(_writer(lines) if _SELF.search(listed.text) else ()))
    names = _run(clause)
    own = _writer(lines) if names and status is Status.PRESENT and _SELF.search(clause.text) else ()
    return (*names, *own)


def _run(clause: Piece) -> tuple[Person, ...]:
    """The people in a row of names within a clause: from the first sure name up to the last."""
    text = clause.text
    start, end, sure = None, 0, False
    at = 0
    while at < len(text):
        found = name_at(text, at) if text[at].isupper() else None
        if found and _named(text[slice(*found)]):
            start = found[0] if start is None else start
            end, at, sure = _bracket_after(text, found[1]), found[1], sure or is_sure(text[slice(*found)])
        else:
            step = _STEP.match(text, at)
            at = step.end() if step and step.end() > at else at + 1
    if start is None or not (sure or text[start:end].count(" ") < SHORT_ROW):
        return ()
    people = read_entries(clause.part(start, end)).people
    return people if all(len(one.named.organisation.split()) < LONGEST for one in people) else ()


def _named(word: str) -> bool:
    return is_sure(word) or (is_first_name(word) and not is_role(word) and len(word) > 1)


def _bracket_after(text: str, end: int) -> int:
    match = re.compile(r"\s*\([^()]*\)").match(text, end)
    return match.end() if match else end


def _writer(lines: Sequence[Line]) -> tuple[Person, ...]:
    """Who wrote it: the sender of the mail, or who signed it."""
    for line in lines[:4]:
        match = _SENDER.match(line.text)
        if match:
            return read_entries(line.piece.part(match.end(), len(line.text))).people[:1]
    regards = [at for at, line in enumerate(lines) if _REGARDS.match(line.text) and len(line.text) < SHORT]
    signed = [
        people[0]
        for at in regards[-1:]
        for line in lines[at + 1 : at + 6]
        if len(line.text) < SHORT and (people := read_entries(line.piece).people)
    ]
    whole = [person for person in signed if " " in person.named.name]
    return tuple((whole or signed)[:1])
