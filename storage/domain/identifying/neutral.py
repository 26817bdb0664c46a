"""Proposes neutral words for what identifies a person: "Yassine (15)" becomes "een tiener"."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.domain.identifying.finding import findings
from storage.domain.identifying.kinds import Finding, Identifier
from storage.domain.identifying.lists import cue, either, folded, piece, table

_ROUNDS = 4
_AGE_BEHIND = re.compile(r",? ?\(?(?:van )?$")
_DETERMINER = re.compile(r"(?<!\w)(?P<word>\w{1,12})[ ]$")
_AGE_ALONE = re.compile(r"(?:\s?,? van|,)? $|\s?\($")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    words: str


@dataclass(slots=True)
class _People:
    """Who was spoken of: the same name gets the same person, another one the next."""

    child: bool = False
    """Whether the text says that it is about a child; if not, nobody is called one."""
    seen: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)

    def of(self, name: str, age: int | None) -> tuple[str, str]:
        """The words for a person, with an article and without."""
        key = next((one for one in self.seen if one.split()[0] == name.split(maxsplit=1)[0]), name) if name else name
        if key in self.seen:
            rank, words = self.seen[key]
            return (
                (words["the"], words["bare"]) if rank == 0 else (_nth(_person()["article"], rank, words), words["bare"])
            )
        words = _kind(age) if age is not None or self.child else dict(_person()["somebody"])
        rank = sum(1 for _, earlier in self.seen.values() if earlier["bare"] == words["bare"])
        self.seen[key] = (rank, words)
        return (words["one"], words["bare"]) if rank == 0 else (_nth(_person()["first"], rank, words), words["bare"])


def _person() -> dict[str, Any]:
    return dict(table("wording")["person"])


def _nth(article: str, rank: int, words: dict[str, str]) -> str:
    ordinals = _person()["ordinals"]
    ordinal = ordinals[rank - 1] if rank <= len(ordinals) else _person()["later"]
    return f"{article} {ordinal} {words['bare']}"


def _kind(age: int | None) -> dict[str, str]:
    if age is None:
        return dict(_person()["unknown"])
    return dict(next(one for one in _person()["young"] if age <= one["until"]))


def neutral(text: str, found: Sequence[Finding]) -> str:
    """The text with neutral words where something was found; finding again in what comes out gives nothing new."""
    kept = _surfaces(text, set(findings(text)) - set(found))
    text = _rewritten(text, sorted(found, key=lambda one: one.start))
    for again in range(_ROUNDS):
        left = [one for one in findings(text) if folded(text[one.start : one.end]) not in kept]
        if not left:
            break
        text = _rewritten(text, left) if again == 0 else _blanked(text, left)
    return text


def _surfaces(text: str, found: Iterable[Finding]) -> set[str]:
    return {folded(text[one.start : one.end]) for one in found}


def _blanked(text: str, found: Sequence[Finding]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start]}{table('wording')['gap']}{text[one.end :]}"
    return text


def _rewritten(text: str, found: Sequence[Finding]) -> str:
    people, edits, at = _People(_of_a_child(text, found)), list[_Edit](), 0
    while at < len(found):
        edit, used = _edit(text, found, at, people)
        if edits and edit.start < edits[-1].end:
            edit = _Edit(edits[-1].end, max(edit.end, edits[-1].end), edit.words)
        edits.append(edit)
        at += used
    for edit in reversed(edits):
        text = text[: edit.start] + _fitted(text, edit) + text[edit.end :]
    return text


def _of_a_child(text: str, found: Sequence[Finding]) -> bool:
    """Whether an age, a school or a word such as "leefgroep" or "mama van" says that a child is meant."""
    if any(one.what in {Identifier.SCHOOL, Identifier.BIRTH_DATE, Identifier.AGE} for one in found):
        return True
    said = set(re.findall(r"[^\W\d_]+", folded(text)))
    return bool(said & (cue("person") | cue("kin") | cue("child")) - cue("grown"))


def _fitted(text: str, edit: _Edit) -> str:
    """The words with a capital where a sentence starts."""
    before = text[max(0, edit.start - 4) : edit.start].rstrip(" ")
    opens = (not before and text[edit.start : edit.start + 1].isupper()) or (
        before[-1:] in {".", "!", "?"} and edit.start > 0
    )
    return edit.words[:1].upper() + edit.words[1:] if opens and edit.words else edit.words


def _edit(text: str, found: Sequence[Finding], at: int, people: _People) -> tuple[_Edit, int]:
    """What becomes of the finding at `at`, and how many findings that takes."""
    one = found[at]
    if one.what is Identifier.AGE:
        return _aged(text, one), 1
    if one.what in {Identifier.NAME, Identifier.INITIALS}:
        return _named(text, found, at, people)
    used, end = 1, one.end
    if one.what is Identifier.ADDRESS:
        while (
            at + used < len(found)
            and found[at + used].what is Identifier.POSTCODE
            and text[end : found[at + used].start].strip(" ,()-") in {"", "te", "in"}
        ):
            end, used = found[at + used].end, used + 1
    words = _thing(text, one)
    determiner = _DETERMINER.search(text[max(0, one.start - 14) : one.start])
    article = determiner is not None and determiner["word"].lower() in cue("some") - {"het"} | {"het"}
    start = one.start
    if article and one.what is Identifier.SCHOOL and determiner and determiner["word"].lower() in {"het", "een"}:
        return _Edit(start - len(determiner[0]), end, words["one"]), used
    if one.what is Identifier.ADDRESS and (
        article or re.search(r"(?<!\w)in $", text[max(0, one.start - 3) : one.start], re.IGNORECASE)
    ):
        return _Edit(start - len(_led(text, start)), end, f"{words['at']} {words['one']}"), used
    return _Edit(start, end, words["bare"] if article else words["one"]), used


def _led(text: str, start: int) -> str:
    """The preposition and article before an address: "in de "."""
    led = re.search(
        piece("led"),
        text[max(0, start - 12) : start],
        re.IGNORECASE,
    )
    return led[0] if led else ""


def _thing(text: str, one: Finding) -> dict[str, str]:
    """The words for what is no person: a school is a school only if it says so."""
    kind = one.what.value
    schooled = re.search(
        rf"{either('school_tails')}|\b(?:sint|st|ka|kta|gbs|vbs|sbs|go!)\b", text[one.start : one.end], re.IGNORECASE
    )
    if one.what is Identifier.SCHOOL and not schooled:
        kind = "organisation"
    return dict(table("wording")["thing"][kind])


def _years(written: str) -> int | None:
    number = re.search(r"\d+", written)
    if "maand" in written or "mnd" in written or "weken" in written:
        return 1
    if number:
        return int(number[0])
    low = written.lower()
    numerals: dict[str, int] = _person()["numerals"]
    return max(((len(name), years) for name, years in numerals.items() if low.startswith(name)), default=(0, None))[1]


def _aged(text: str, one: Finding) -> _Edit:
    """An age by itself: dropped beside a word for a person, else told roughly."""
    before, after = text[max(0, one.start - 30) : one.start], text[one.end : one.end + 24]
    words = _kind(_years(text[one.start : one.end]))
    noun = re.match(r" (?P<noun>[^\W\d_]+)", after)
    last = re.search(r"(?P<noun>[^\W\d_]+)(?P<gap>,? ?\(| van |, )$", before)
    if noun and noun["noun"].lower() in cue("person") and "jar" in text[one.start : one.end].lower():
        return _Edit(one.start, one.end + 1, "")
    if last and last["noun"].lower() in cue("person") | cue("kin"):
        end = one.end + (1 if last["gap"].endswith("(") and after.startswith(")") else 0)
        return _Edit(one.start - len(last["gap"]), end, "")
    there = re.search(r"(?<!\w)er $", before)
    start = one.start - (3 if there else 0)
    determiner = _DETERMINER.search(text[max(0, start - 14) : start])
    bare = determiner is not None and determiner["word"].lower() in cue("some")
    return _Edit(start, one.end, words["bare"] if bare else words["one"])


def _named(text: str, found: Sequence[Finding], at: int, people: _People) -> tuple[_Edit, int]:
    """A name or initials, with the age behind it, the title or noun before it, and what is theirs."""
    one, used, end, age = found[at], 1, found[at].end, None
    if at + 1 < len(found) and found[at + 1].what is Identifier.AGE:
        gap = text[end : found[at + 1].start]
        if _AGE_BEHIND.fullmatch(gap):
            age, used = _years(text[found[at + 1].start : found[at + 1].end]), 2
            end = found[at + 1].end + (1 if "(" in gap and text[found[at + 1].end :].startswith(")") else 0)
            end += 1 if gap.startswith(",") and text[end : end + 2] == ", " else 0
    start, determiner = one.start, _DETERMINER.search(text[max(0, one.start - 14) : one.start])
    before = folded(determiner["word"]) if determiner else ""
    title = table("wording")["title"].get(before)
    if determiner and title:
        return _Edit(start - len(determiner[0]), end, title), used
    if before in cue("person") - {"kleine"}:
        return _Edit(start - 1, end, ""), used
    key, owner = _person_key(text[one.start : one.end])
    written, bare = people.of(key, age)
    if one.what is Identifier.INITIALS and people.child and written == _person()["unknown"]["one"]:
        written = str(_person()["unknown"]["the"])
    if (determiner and before in {"kleine", "klein"}) or (
        before in cue("some") and bare == _person()["somebody"]["bare"] and determiner
    ):
        start -= len(determiner[0])
    elif before in cue("some"):
        written = bare
    theirs = re.match(r" (?P<noun>[^\W\d_]+)", text[end:]) if owner else None
    if theirs and theirs["noun"].lower() in cue("kin") | set(_person()["neuter"].split()):
        return _Edit(start, end + theirs.end(), _owned(theirs["noun"], written)), used
    if text[one.start : one.end].endswith("'s") and text[end : end + 2].strip():
        written = _theirs(written)
    return _Edit(start, end, written), used


def _theirs(person: str) -> str:
    """ "Jan's idee": "iemands idee", "een tiener z'n idee"."""
    words = _person()
    return f"{person}s" if person == words["somebody"]["one"] else f"{person} {words['his']}"


def _person_key(written: str) -> tuple[str, bool]:
    """What makes a name the same one, and whether something of theirs may follow."""
    low = folded(written)
    stem = low.removesuffix("'s").removesuffix("'")
    owner = stem != low or low.endswith("s")
    words = re.findall(r"[^\W\d_]+", stem)
    first = words[0] if words else stem
    return " ".join([first.removesuffix("s") if len(first) > 3 else first, *words[1:]]) or "?", owner


def _owned(noun: str, person: str) -> str:
    """ "Lotte's mama": "de mama van een jongere"."""
    words = _person()
    neuter = noun.lower() in words["neuter"].split() or (noun.endswith("je") and len(noun) > 3)
    return f"{'het' if neuter else words['article']} {noun} {words['of']} {person}"
