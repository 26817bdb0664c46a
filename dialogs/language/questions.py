"""Finds the frequently asked question that somebody means, whatever the wording."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from dialogs.language.spelling import fold, tokens, words
from storage.domain.network import Question

ALIKE = 90
"""Likeness from which a message counts as one of the wordings."""

COVERED = 0.75
"""Part of a message's words that a question must share."""

HALF = 0.5
"""Part of a wording that a message must share."""

LEAST = 0.3
"""Part of a message that a wording said in full must be."""

_LONG = 5
_LIGHT = frozenset({"word"})
"""Stems that say little alone: "worden" is also what makes a passive."""

_QUESTION_WORDS = frozenset({"waar", "hoe", "wie", "wat", "wanneer", "waarom", "welke"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A frequently asked question, and whether nothing else may be meant."""

    question: int
    certain: bool


@dataclass(frozen=True, slots=True)
class _Wording:
    """One wording: its words in order, and the stems of those that say what it is about."""

    text: str
    stems: frozenset[str]
    asking: frozenset[str]


class QuestionIndex:
    """The frequently asked questions by the words of their wordings."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._wordings = [
            (question.id, [_wording(said) for said in (question.question, *question.also)]) for question in questions
        ]

    def find(self, said: Sequence[str], content: Collection[str]) -> Asked | None:
        """The question meant by a message of the words `said`; `content` are those that are no name or date."""
        text, wanted = " ".join(said), _stems(content)
        asking = frozenset(said) if not any(word.startswith("<") for word in content) else frozenset[str]()
        best: tuple[float, bool, int] | None = None
        for question, wordings in self._wordings:
            likeness = max(fuzz.token_sort_ratio(text, wording.text, score_cutoff=ALIKE) for wording in wordings) / 100
            certain, shared = _shared(wanted, wordings)
            if not certain:
                certain, shared = max((certain, shared), _covers(wanted, wordings, asking & _QUESTION_WORDS))
            score = max(likeness, shared)
            if score and (best is None or score > best[0]):
                best = (score, certain or likeness > 0, question)
        return Asked(best[2], best[1]) if best else None


def _wording(said: str) -> _Wording:
    found = tokens(fold(said))
    return _Wording(" ".join(found), _stems(found), _QUESTION_WORDS.intersection(found))


def _shared(wanted: frozenset[str], wordings: Sequence[_Wording]) -> tuple[bool, float]:
    """Whether two or more words are shared, and how much of the message; 0 when too little."""
    every = frozenset(stem for wording in wordings for stem in wording.stems)
    wanted -= _LIGHT
    matched = [stem for stem in wanted if any(_related(stem, other) for other in every)]
    if not matched or len(matched) < COVERED * len(wanted):
        return False, 0.0
    most = max(_covered(wording, matched) for wording in wordings)
    several = len(matched) > 1 or sum(_related(matched[0], other) for other in every) > 1
    if several and len(matched) == len(wanted) and len(matched[0]) > _LONG:
        return True, 1.0
    # One word of a longer question ("trein?") is too little.
    enough = most >= HALF if several else most > HALF
    return several and enough, (len(matched) / len(wanted) if enough else 0.0)


def _covers(wanted: frozenset[str], wordings: Sequence[_Wording], asking: frozenset[str]) -> tuple[bool, float]:
    """Whether a whole wording is said among other words, and how much of the message it is; 0 when it is not.

    A wording of one word ("Waar vind ik de verslagen?") only counts with its question word.
    """
    best = (False, 0.0)
    for wording in wordings:
        said = sum(any(_related(stem, word) for word in wanted) for stem in wording.stems)
        if said == len(wording.stems) and (said > 1 or (said and wording.asking & asking)):
            share = min(1.0, said / len(wanted))
            best = max(best, (share >= HALF, share if share >= LEAST else 0.0))
    return best


def _covered(wording: _Wording, matched: Sequence[str]) -> float:
    hits = sum(any(_related(stem, other) for other in matched) for stem in wording.stems)
    return hits / len(wording.stems) if wording.stems else 0.0


def _related(one: str, other: str) -> bool:
    """Whether two stems belong together: of "vergoed" and "vergoeding", "betaalt" and "terugbetaald"."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    return len(one) >= _LONG and (other.startswith(one) or (len(one) > _LONG and one in other))


def _stems(said: Iterable[str]) -> frozenset[str]:
    return frozenset(_stem(word) for word in said if word not in _small() and not word.startswith("<"))


@cache
def _small() -> frozenset[str]:
    return frozenset(f"{words()['small']} {words()['fillers']}".split())


def _stem(word: str) -> str:
    for ending in ("ingen", "ing", "en", "s", "t", "d", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= _LONG - 1:
            return word[: -len(ending)]
    return word
