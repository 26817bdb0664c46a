"""The words of a text as searching compares them: folded, led back to their stems, with what may stand for them."""

import re
import threading
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import Stemmer

SHORTEST_PART = 4
"""Letters of the shortest word that is looked for anywhere within longer ones: "huis" in "huiswerk"; not "les"."""

LEAST = 2
"""Letters that are always left of a word."""

_WORD = re.compile(r"[a-z0-9]+(?:[-'/.][a-z0-9]+)*")
_DOUBLED = re.compile(r"([aeou])\1|([bcdfghklmnprstvwz])\2")
_HARD = {"v": "f", "z": "s"}
_LOCK = threading.Lock()
"""A stemmer keeps a store of what it did, and units of work run in several threads."""


@cache
def _stemmer() -> Any:
    return Stemmer.Stemmer("dutch")


@cache
def data() -> Mapping[str, Any]:
    """What stands in searching.toml."""
    return tomllib.loads(files("storage.domain").joinpath("searching.toml").read_text("utf-8"))


def folded(text: str) -> str:
    """Small letters without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def words(text: str) -> Iterator[str]:
    """The words of a text, folded; of "time-out" first "timeout" and then its parts, of "gsm's" only "gsm"."""
    for found in _WORD.findall(folded(text)):
        parts = [one for one in re.split(r"[-'/.]", found) if one]
        if parts[1:] in (["s"], ["tje"], ["en"]):
            parts = parts[:1]
        if len(parts) > 1:
            yield "".join(parts)
        yield from (one for one in parts if len(parts) == 1 or len(one) > 1)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What all forms of a folded word have in common. Snowball's newest Dutch algorithm, with what it can't know.

    Doubled letters count once and a final v or z as f or s, so that "vraag" and "vragen", "huis" and "huizen" agree.
    """
    lead = irregular().get(word, word)
    if lead.startswith("="):
        return lead[1:]
    with _LOCK:
        found = str(_stemmer().stemWord(lead))
    single = _DOUBLED.sub(lambda match: match.group(0)[0], _bare(folded(found).replace("'", "")))
    return single[:-1] + _HARD.get(single[-1], single[-1]) if len(single) > LEAST else single


def _bare(found: str) -> str:
    """A stem without the endings that the stemmer leaves, so that "betaalt" and "betaald" are as "betalen"."""
    for ending, longest in (("e", 4), ("s", 5), ("t", 4), ("d", 6)):
        if found.endswith(ending) and len(found) >= longest:
            found = found[:-1]
    return found


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text, in its order."""
    return tuple(stem(one) for one in words(text))


@cache
def irregular() -> Mapping[str, str]:
    """The infinitive or singular of forms that no stemmer leads back."""
    found: dict[str, str] = {}
    for line in data()["irregular"].strip().splitlines():
        forms, _, lead = line.partition(":")
        found |= dict.fromkeys(forms.split(), lead.strip())
    return found


@cache
def stopped() -> frozenset[str]:
    """Words that nobody searches for."""
    return frozenset(folded(data()["stop"]).split())


@cache
def light() -> frozenset[str]:
    """Stems that say little beside others."""
    return frozenset(stem(one) for one in folded(data()["light"]).split())


@cache
def faint() -> frozenset[str]:
    """Those of them that may be searched for where a question has no other words."""
    return frozenset(folded(data()["faint"]).split())


@cache
def alike() -> Mapping[str, frozenset[str]]:
    """The stems that may stand for a stem."""
    found: dict[str, set[str]] = {}
    for line in data()["alike"].strip().splitlines():
        group = {stem(next(words(one))) for one in line.split()}
        for one in group:
            found.setdefault(one, set()).update(group - {one})
    return {one: frozenset(others) for one, others in found.items()}


@cache
def particles() -> frozenset[str]:
    """What separable verbs begin with."""
    return frozenset(data()["particles"].split())


@cache
def months() -> Mapping[str, int]:
    """The months by their names, 1 to 12."""
    named: dict[str, int] = {}
    for line in data()["months"].strip().splitlines():
        forms, _, number = line.partition(":")
        named |= dict.fromkeys(forms.split(), int(number))
    return named


@cache
def wants() -> Mapping[str, frozenset[str]]:
    """The words that tell what kind of answer is asked for."""
    return {kind: frozenset(told.split()) for kind, told in data()["wants"].items()}
