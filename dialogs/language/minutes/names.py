"""What is a person's name: Flemish particles, surnames first, initials; and what is an organisation's."""

import re
from functools import lru_cache
from typing import Final

from dialogs.language.minutes.name_words import (
    ARTICLES,
    NOBODY,
    ORGANISATION,
    ORGANISED,
    ORGANISING,
    PARTICLES,
    ROLES,
    TITLES,
)
from storage.domain.identifying.lists import cue, folded, listed, ordinary

LONG_WORD: Final = 8
"""Letters from which a word that begins like "school" is an organisation's."""

LONGEST_ACRONYM: Final = 5
LONGEST_NAME: Final = 6
"""Words."""

_WORD = re.compile(r"[^\s,;:/()\[\]<>|+&]+")
_SURNAME_END = re.compile(
    r"\w{2}(?:aerts?|aert|ckx|inck|mans|oets|eels|aeghe|eghem|ouck|oucke|ssens|ghe|aele|eyns|eys|"
    r"uyse|uys|oorde|yck|ynck|eire|eyer|"
    r"ski|ska|wicz|wski|wska|czyk|czak|oglu|enko|escu|ovic|evic|icj|iqi|ishi|aoui|ouch|ouri|zadeh|"
    r"yan|ian)$|^vande[nr]?\w{3}|^ver[a-z]{5}"
)
_SHORTEST_ENDING: Final = 7
_ROLE_END = re.compile(r".*(?:" + "|".join(one for one in ROLES if len(one) >= _SHORTEST_ENDING) + r")(?:s|en)?")
_SHORT_ROLE_END = re.compile(r".*(?:" + "|".join(one for one in ROLES if len(one) < _SHORTEST_ENDING) + r")(?:s|en)?")


@lru_cache(maxsize=4096)
def is_first_name(word: str) -> bool:
    """Whether the word is a first name, sure or sometimes; of "Jean-Pierre" every part."""
    parts = folded(word.strip(".'’")).split("-")
    return all(one in listed("first_names") or one in listed("first_names_in_context") for one in parts)


@lru_cache(maxsize=4096)
def is_surname(word: str) -> bool:
    """Whether the word is known as (the last word of) a surname."""
    low = folded(word).replace("’", "'")
    if low in listed("surnames") or low in listed("surnames_in_context") or low.startswith("d'"):
        return True
    return bool(_SURNAME_END.search(low)) and not ordinary(low) and low not in listed("places")


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Whether a word or short text names what somebody does rather than where: "voorzitter", "zorgcoördinator"."""
    return any(_is_role_word(word) for word in re.split(r"[\s/+&-]+", text.strip(" .:*")))


def _is_role_word(word: str) -> bool:
    """Short ones end many surnames: they count in small letters, or alone."""
    word = word.rstrip(".")
    low = word.lower()
    return (
        low in ROLES or bool(_ROLE_END.fullmatch(low)) or (word[:1].islower() and bool(_SHORT_ROLE_END.fullmatch(low)))
    )


@lru_cache(maxsize=4096)
def is_organised(word: str) -> bool:
    """Whether a word stands in organisations' names, not in people's."""
    low = folded(word.strip(".,'’\"“”‘")).lower()
    if _is_role_word(word.rpartition("-")[2]) and not is_surname(word):
        return False
    if low in ORGANISATION or low.split("-")[0] in {"sint", "clb", "go!"}:
        return True
    if any(one.isdigit() for one in low) or "!" in low or "@" in low:
        return True
    composed = low.endswith(ORGANISED) or (low.startswith(ORGANISING) and len(low) > LONG_WORD)
    if composed and not is_surname(word) and not is_first_name(word):
        return True
    return len(low) > 1 and word.isupper() and len(word) <= LONGEST_ACRONYM and not any(one in "aeiouy" for one in low)


def name_at(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the name of a person stands that begins at the first word from `start`, or None."""
    words = [(match.start(), match.end()) for match in _first_words(text, start)]
    while words and _bare(text[slice(*words[0])]) in TITLES | {"de"} and len(words) > 1:
        if _bare(text[slice(*words[0])]) == "de" and _bare(text[slice(*words[1])]) not in TITLES:
            break
        words = words[1:]
    for count in range(min(_length(text, words), LONGEST_NAME), 0, -1):
        spans = words[:count]
        if _is_name([text[slice(*span)].rstrip(".") for span in spans], [text[slice(*span)] for span in spans]):
            end = spans[-1][1]
            initial = _is_initial(text[slice(*spans[-1])])
            return spans[0][0], end if initial else end - (text[end - 1] == ".")
    return None


def is_name(text: str) -> bool:
    """Whether all of the text is the name of a person, as far as its shape tells."""
    found = name_at(text)
    return found is not None and not text[found[1] :].strip(" .,;")


def is_sure(name: str) -> bool:
    """Of what has the shape of a name: whether it is one, not the name of a house or a project."""
    found = name_at(name)
    words = name[slice(*found)].split() if found else []
    if not words[1:]:
        return False
    if _bare(words[0]) in ARTICLES and not is_first_name(words[-1]):
        return False
    if is_first_name(words[0]):
        return not ordinary(folded(words[0])) or not ordinary(folded(words[-1])) or is_surname(words[-1])
    if is_first_name(words[-1]) and (is_surname(words[-2]) or words[-2].isupper()):
        return True
    return is_surname(words[-1]) or any(_bare(word) in PARTICLES for word in words[1:-1])


def _first_words(text: str, start: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    at = start
    while len(found) < LONGEST_NAME + 2:
        match = _WORD.search(text, at)
        if match is None or (found and text[found[-1].end() : match.start()].strip(" ")):
            break
        found.append(match)
        at = match.end()
    return found


def _is_initial(word: str) -> bool:
    """ "A.", "Th."."""
    return not word.rstrip(".")[2:]


def _bare(word: str) -> str:
    return word.lower().strip(".,")


def _length(text: str, words: list[tuple[int, int]]) -> int:
    """How many words from the first on can belong to one name."""
    count = 0
    for at, (start, end) in enumerate(words):
        word = text[start:end]
        low = _bare(word)
        named = (
            word[:1].isupper() or low in PARTICLES or (word[:2].lower() in {"d'", "d’", "'t", "’t"} and word[2:3] != "")
        )
        if not named or is_organised(word) or low in NOBODY or (is_role(word) and not is_surname(word)):
            break
        if low in PARTICLES and at and _house_follows(text, words, at):
            break
        count = at + 1
        if word.endswith(".") and not _is_initial(word) and at:  # the end of a sentence
            break
    return count


def _house_follows(text: str, words: list[tuple[int, int]], at: int) -> bool:
    """Whether a name is whole before a particle: "Piet Claes van De Vuurtoren", not "Jan Willem van Dijk"."""
    last, particle, *rest = (text[slice(*span)] for span in words[at - 1 : at + 4])
    if _bare(last) in PARTICLES:
        return False
    whole = at > 1 and is_surname(last) and not is_first_name(last)
    if particle[0].isupper():
        return whole and _bare(particle) in ARTICLES
    if any(_bare(word) in ARTICLES - {"de", "den"} or is_organised(word) for word in rest[:2]):
        return True
    if len(rest) > 1 and _bare(rest[0]) in ARTICLES and rest[0][0].isupper() and not is_surname(rest[1]):
        return ordinary(folded(rest[1]))
    return at > 1 and (whole or not is_first_name(last))


def _is_name(words: list[str], written: list[str]) -> bool:
    """Whether these words, in this order, have the shape of a name."""
    if (
        not words[-1]
        or _bare(words[-1]) in PARTICLES - {"ben"}
        or (not words[-1][:1].isalpha() and words[-1][:1] not in "'’")
    ):
        return False
    if not words[-1][0].isupper() and not words[-1].startswith(("d'", "d’")):
        return False
    if len(words) == 1:
        return _alone(written[0])
    if _bare(words[0]) in ARTICLES:  # "De Smet Jan"
        return words[0][0].isupper() and bool(words[2:]) and is_first_name(words[-1]) and is_surname(words[-2])
    if _bare(words[0]) in PARTICLES and not is_first_name(words[0]):  # "Van Dam An", not "Ter Elst"
        return bool(words[2:]) and is_first_name(words[-1])
    if _is_initial(words[0]) and written[0].endswith("."):
        return is_surname(words[-1]) or not ordinary(folded(words[-1]))
    low = folded(words[0])
    known = is_first_name(words[0]) or is_first_name(words[-1])
    last = folded(words[-1])
    unlike = (
        not _plain(low)
        or any(_bare(one) in PARTICLES for one in words[1:-1])
        or is_surname(words[-1])
        or not (_plain(last) or last in listed("places"))
    )
    return words[0][0].isupper() and (known or unlike)


def _plain(low: str) -> bool:
    """Whether a folded word is an ordinary one; of "Jin-Hee" every part would have to be."""
    return all(ordinary(part) for part in low.split("-"))


def _alone(word: str) -> bool:
    low = folded(word.strip("."))
    if not low[1:] or not word[0].isupper():
        return False
    other = ordinary(low) or word.isupper() or low in listed("places") or low in cue("never")
    return is_first_name(word) or not other
