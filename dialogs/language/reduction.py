"""Reduces a sentence to what it asks: one form of every verb, no fillers, no courtesies, no references to meetings."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from dialogs.language.names import nearest
from dialogs.language.patterns import Clause, Pattern, compile_lines, shared_vocabulary, vocabulary
from dialogs.language.spelling import BREAK, fillers, forms, words

JOINTS = frozenset({BREAK, "want", "omdat", "zodat", "anders", "aangezien"})
"""Words that open another clause."""

TOLERATED = 2
"""Unknown words that a question may have when it says which kind of meeting it is about."""

_ORDINAL = (
    "volgende|vorige|afgelopen|laatste|recentste|eerste|tweede|deze|dit|die|dat|zelfde|elke|andere|onze|jaarlijkse"
)
_LINK = "op|in|van|voor|naar|tijdens|bij|rond|rondom|om|tegen|vanaf|na|over|uit|tot|te|tussen|binnen|sinds|met|aan"
_TIMES = re.compile(
    rf"(?<!\S)(?:(?:{_LINK}) )?"
    rf"(?:(?:{_ORDINAL}) (?:keer|maal|dag|avond|namiddag|voormiddag)|(?:volgende|vorige)(?! <))(?!\S)"
)
_REFERENCE = re.compile(rf"(?<!\S)(?:(?:{_LINK}) )?(?:(?:{_ORDINAL}) )*(?=<(?:soort|soorten|datum|uur|telkens)>)")
_TWICE = re.compile(r"(<soort>|<datum>|<soorten>)(?: \1)+")
_MASK = re.compile(r"<(?:soort|soorten|datum|uur|telkens)> ?")
_OWNER = frozenset({"van", "bij", "door", "uit", "voor", "over"})
_COURTESIES = 4
_MOST_CLAUSES = 8

LONG_WORD = 7
"""Letters from which a typo may also be of a word that is spelled out itself, such as "deelnemerslijst"."""


def corrected(said: Iterable[str]) -> list[str]:
    """The words with typos of known ones corrected."""
    return [fixed for word in said if word for fixed in _corrected(word).split()]


def reduced(said: Sequence[str], names_kind: bool, named: Collection[str] = ()) -> list[Clause]:
    """The whole message and each of its clauses, as they are compared with the patterns.

    `said` are corrected words, with BREAK between clauses; `names_kind`: it says which kind of meeting is meant;
    `named` are the words of known places.
    """
    clauses = [one for clause in _split(said)[:_MOST_CLAUSES] if (one := _without_fillers(clause))]
    texts = [_refer(clause) for clause in clauses]
    bare = [_without_courtesies(text) for text in texts]
    whole = [" ".join(texts), " ".join(bare)] if len(texts) != 1 else []
    return [_clause(text, names_kind, named) for text in dict.fromkeys((*whole, *texts, *bare)) if text]


def _clause(masked: str, names_kind: bool, named: Collection[str]) -> Clause:
    core = " ".join(_MASK.sub("", masked + " ").split())
    words_ = core.split()
    odd = [place for place, word in enumerate(words_) if word not in named and not _is_common(word)]
    # "the steering group of the hospital" is somebody else's.
    owners = tuple(words_[place] for place in odd if place and words_[place - 1] in _OWNER)
    return Clause(masked, core, tuple(words_[place] for place in odd), owners, TOLERATED if names_kind else 0)


def _is_common(word: str) -> bool:
    """Whether any question may have this word."""
    return word in _common() or not word.replace("-", "").isalpha() or len(word) <= len("op")


def _split(said: Sequence[str]) -> list[list[str]]:
    clauses: list[list[str]] = [[]]
    for word in said:
        if word in JOINTS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [clause for clause in clauses if clause]


def _without_fillers(clause: Sequence[str]) -> list[str]:
    verbs, left_out = forms(), fillers()
    kept = [verbs.get(word, word) for word in clause if word not in left_out]
    return [word for place, word in enumerate(kept) if place == 0 or word != kept[place - 1]]


def _refer(clause: Sequence[str]) -> str:
    text = _TIMES.sub("<soort>", " ".join(clause))
    return _TWICE.sub(r"\1", _REFERENCE.sub("", text))


def _without_courtesies(text: str) -> str:
    for _ in range(_COURTESIES):
        shorter = _shortened(text)
        if shorter == text:
            break
        text = shorter
    return text


def _shortened(text: str) -> str:
    for opening in _openings():
        match = opening.expression.match(text)
        if match and match.end() < len(text) and match.end():
            return text[match.end() :].strip()
    for closing in _closings():
        match = closing.expression.search(text)
        if match and match.start():
            return (text[: match.start()]).strip()
    return text


def _corrected(word: str) -> str:
    if word.startswith("<") or word == BREAK or word in _exact():
        return word
    known = _longer() if len(word) >= LONG_WORD else _correctable()
    meant = nearest(word, known) or word
    return str(words()["spelling"].get(meant, meant))


@cache
def _openings() -> tuple[Pattern, ...]:
    return compile_lines("words.yaml: openings", words()["openings"])


@cache
def _closings() -> tuple[Pattern, ...]:
    return compile_lines("words.yaml: closings", (f"({line})$" for line in words()["closings"]))


@cache
def known_words() -> frozenset[str]:
    """Every ordinary word that the language data know."""
    listed = f"{words()['ordinary']} {words()['small']}"
    return vocabulary() | forms().keys() | fillers() | frozenset(listed.split())


@cache
def _common() -> frozenset[str]:
    listed = f"{words()['ordinary']} {words()['small']}"
    return shared_vocabulary() | forms().keys() | fillers() | frozenset(listed.split())


@cache
def _exact() -> frozenset[str]:
    """Words that are no typos."""
    return known_words() | frozenset(str(words()["empty"]).split())


@cache
def _correctable() -> frozenset[str]:
    """Words that a typo may be meant to be."""
    return vocabulary() | forms().keys()


@cache
def _longer() -> frozenset[str]:
    """The same for a long word, which may also be one that is spelled out itself."""
    return _correctable() | frozenset(key for key in words()["spelling"] if " " not in key)
