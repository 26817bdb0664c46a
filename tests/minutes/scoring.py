"""Scores what was read from reports against what a careful coordinator took from them: F1 for each field."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import product
from typing import Any

from rapidfuzz.distance import Indel

TITLES, TEXTS = 0.85, 0.6
"""From how much alike a title or a text counts as the same."""

_FIELDS = {"items": "title", "decisions": "text", "actions": "text", "carried_over": "title", "future_topics": "text"}
_NUMBERING = re.compile(r"^\s*(?:[-•·*o]\s+|\d+(?:\.\d+)*[.)]?\s+|[a-z][.)]\s+)")
_MARKS = (
    r"besl(?:uit|issing|ist)\w*|besloten|acties?(?:punt|lijst)?\w*|to[ -]?do\W?s?|afspra\w+|afgesproken|"
    r"reactie \w+|taken|conclusie"
)
_MARK = re.compile(rf"(?:->|=>|→)\s*$|\b(?:{_MARKS})\b[^.!?]*[:–>-]", re.IGNORECASE)
_HEADING = re.compile(rf"^[\s#*•.\d-]*(?:{_MARKS})(?: \w+){{0,3}}[\s*:]*$", re.IGNORECASE)
_OTHER_HEADING = re.compile(
    r"^\s*(?:#|\*\*|\d+[.)]|[IVX]+[.)]|punt \d)|^[\s#*]*(?:bespreking|situering|toelichting)\W*$", re.IGNORECASE
)
_FORMS_WRITTEN = "dr drs prof professor ir ing mr mevr mevrouw mw dhr heer meneer juf meester zuster pater broeder"
_FORMS = frozenset(_FORMS_WRITTEN.split())


@dataclass(frozen=True, slots=True)
class Score:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """1.0 when there was nothing to find and nothing was found."""
        all_of_it = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / all_of_it if all_of_it else 1.0


def scored(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, Score]:
    """By field, how the found document compares with the gold one; both have the keys of the issue's example."""
    fair = gold.get("optional", {})
    scores = {"date": _sets({gold["date"]} - {None}, {found["date"]} - {None}, fair.get("date", []))}
    for field in ("attendees", "excused"):
        scores[field] = _people(gold.get(field) or [], found[field], fair.get(field, []))
    for field, key in _FIELDS.items():
        scores[field] = _texts(field, key, gold.get(field) or [], found[field], fair.get(field, []))
    scores["deadlines"] = _sets(_days(gold), _days(found), fair.get("deadlines", []))
    meetings = [{_said(one, "date")[:10] for one in document.get("next_meetings") or []} for document in (gold, found)]
    scores["next_meetings"] = _sets(meetings[0], meetings[1], fair.get("next_meetings", []))
    return scores


def marked_and_prose(gold: dict[str, Any], found: dict[str, Any], field: str, text: str) -> dict[bool, Score]:
    """Of decisions or actions, those that the report's layout marks (True) and those in prose (False)."""
    told = found[field]
    pairs = dict(_pairs(gold[field], [one["text"] for one in told], "text", _alike_texts, TEXTS))
    fair = gold.get("optional", {}).get(field, [])
    scores = {True: Score(), False: Score()}
    for at, one in enumerate(gold[field]):
        scores[is_marked(text, one["text"])] += Score(right=int(at in pairs), missed=int(at not in pairs))
    for at, one in enumerate(told):
        if at not in pairs.values() and not _covered(one["text"], fair):
            scores[one["marked"]] += Score(wrong=1)
    return scores


def is_marked(text: str, said: str) -> bool:
    """Whether a label, an arrow, a table or a heading like "Besluit" marks what is said as decided or to be done."""
    match = re.search(r"\s+".join(map(re.escape, said.split()[:6])), text)
    if match is None:
        return False
    *above, line = text[: match.start()].split("\n")
    whole = line + text[match.start() :].split("\n", maxsplit=1)[0]
    if _MARK.search(line[-60:]) or "\t" in whole or "|" in whole:
        return True
    for before in reversed(above[-25:]):
        if _HEADING.match(before):
            return True
        if _OTHER_HEADING.match(before):
            return False
    return False


def _sets(gold: set[str], found: set[str], fair: Sequence[str]) -> Score:
    wrong = [one for one in found - gold if not any(fnmatch(one, pattern) for pattern in fair)]
    return Score(len(gold & found), len(wrong), len(gold - found))


def _people(gold: Sequence[Any], found: Sequence[Any], fair: Sequence[str]) -> Score:
    left = {_name(_said(one, "name")) for one in found} - {""}
    right = 0
    for one in gold:
        names = {_name(said) for said in _wordings(one, "name")}
        right += bool(names & left)
        left -= names
    left -= {_name(one) for one in fair}
    return Score(right, len(left), len(gold) - right)


def _texts(field: str, key: str, gold: Sequence[Any], found: Sequence[Any], fair: Sequence[str]) -> Score:
    titles = field == "items"
    said = [one for one in (_said(one, key) for one in found) if _words(one)]
    texts = said if titles else list({" ".join(_words(one)): one for one in reversed(said)}.values())[::-1]
    alike, enough = (_alike_titles, TITLES) if titles else (_alike_texts, TEXTS)
    pairs = dict(_pairs(gold, texts, key, alike, enough))
    left = [text for at, text in enumerate(texts) if at not in pairs.values()]
    wrong = [one for one in left if not (any(alike(f, one) >= enough for f in fair) if titles else _covered(one, fair))]
    return Score(len(pairs), len(wrong), len(gold) - len(pairs))


def _pairs(
    gold: Sequence[Any], texts: Sequence[str], key: str, alike: Callable[[str, str], float], enough: float
) -> Iterable[tuple[int, int]]:
    """Which gold entry goes with which text, the likest first, each once."""
    tried = [
        (-max(alike(said, text) for said in _wordings(one, key)), i, j)
        for (i, one), (j, text) in product(enumerate(gold), enumerate(texts))
    ]
    seen_gold: set[int] = set()
    seen_texts: set[int] = set()
    for unlike, i, j in sorted(tried):
        if -unlike >= enough and i not in seen_gold and j not in seen_texts:
            seen_gold.add(i)
            seen_texts.add(j)
            yield i, j


def _alike_texts(one: str, other: str) -> float:
    return max(_shared(a, b) for a, b in product({one, _bare(one)}, {other, _bare(other)}))


def _shared(one: str, other: str) -> float:
    a, b = Counter(_words(one)), Counter(_words(other))
    return 2 * (a & b).total() / (a.total() + b.total()) if (a & b) else 0.0


def _alike_titles(one: str, other: str) -> float:
    return max(_same_words(a, b) for a, b in product({one, _bare(one)}, {other, _bare(other)}))


def _same_words(one: str, other: str) -> float:
    a, b = set(_words(one)), set(_words(other))
    if not a or not b:
        return 0.0
    if (a <= b or b <= a) and len(a & b) / max(len(a), len(b)) >= 0.5:
        return 1.0
    return Indel.normalized_similarity(" ".join(sorted(a)), " ".join(sorted(b)))


def _covered(text: str, fair: Sequence[str]) -> bool:
    """Whether it is (most of) a sentence that could fairly go either way."""
    words = Counter(_words(text))
    for one in fair:
        inside = (words & Counter(_words(one))).total()
        if _alike_texts(one, text) >= TEXTS or (words.total() > 2 and inside >= 0.8 * words.total()):
            return True
    return False


def _days(document: dict[str, Any]) -> set[str]:
    said = [one["date"] for one in document.get("deadlines") or []] + [
        one.get("due") for one in document.get("actions") or []
    ]
    return {one for one in said if one}


def _said(one: Any, key: str) -> str:
    return str(one.get(key) or "") if isinstance(one, dict) else str(one)


def _wordings(one: Any, key: str) -> list[str]:
    return [_said(one, key), *(one.get("alt", []) if isinstance(one, dict) else [])]


def _words(text: str) -> list[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", plain.lower())


def _bare(text: str) -> str:
    return _NUMBERING.sub("", text)


def _name(text: str) -> str:
    words = _words(re.sub(r"\([^)]*\)", " ", text).replace("'", "").replace("’", ""))
    words = words[2:] if words[:2] == ["de", "heer"] else words
    while len(words) > 1 and words[0] in _FORMS:
        words = words[1:]
    return " ".join(words)
