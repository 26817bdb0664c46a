"""What somebody votes who puts options in order: "3 1 2", "eerst A, dan B", "A op 1, B op 2", "laatst A"."""

import re
from collections.abc import Sequence

from dialogs.language.poll_preferences import chosen_one, named_in
from dialogs.language.poll_words import count, plainly, stripped, word_pattern
from dialogs.language.spelling import fold
from storage.domain.polls import Ballot, Option

_BETWEEN = re.compile(
    r"\s*(?:[,;>&\n]|->|=>|\s/\s|\s[-–—]\s|"
    r"\b(?:en|en dan|dan|daarna|vervolgens|en dan ook|gevolgd door|boven|voor(?! (?:mij|ons)\b))\b)\s*"
)
_NUMBERS = re.compile(
    r"(?:(?:\b(?:optie|nummer|nr\.?|keuze)\s*)?\b(?:\d{1,2}|[a-t])\b[\s.,;>&/-]*(?:(?:en dan|en|dan|daarna)\s+)?)+"
)
_ITEM = re.compile(r"\b(?:\d{1,2}|[a-t])\b(?<!\bof)(?<!\ben)")
_JOINED = re.compile(r"[1-9]{2,9}")
_MARKED = re.compile(r"(?:^|[\s,;])\(?(?P<n>\d)\s*(?:[.):=]|°)\s*(?=[^\W\d])")
_LAST = 99
_NTH = (
    r"(?P<n{0}>eerste?|tweede|derde|vierde|vijfde|zesde|laatste?|tot slot|ten slotte|onderaan|bovenaan|"
    r"\d{{1,2}}(?:de|ste|e)|(?<=op )(?:\d|een|twee|drie|vier|vijf|zes)\b|(?:nummer|nr\.?|keuze|plaats) \d)"
)
_PLACE = r"(?: (?:keuze|plaats|plek|voorkeur|positie))?"
_BEFORE = re.compile(
    r"^\W*(?:(?:op|in|als|mijn|de|het|voor|voorkeur|gaat|mag|komt|zet ik|op de|en|dan|staat) )*"
    rf"{_NTH.format(1)}(?![a-z]){_PLACE}(?: (?:komt|staat|is|zet ik|kies ik|voor mij|gaat|uit naar|naar))*"
    r"\s*[:=.)]?\s+(?=\S)"
)
_BEHIND = re.compile(
    rf"\s+(?:(?:op|als|mijn|de|het|op de|staat|komt|is|mag|zet ik) )*{_NTH.format(2)}"
    rf"(?![a-z]){_PLACE}(?: (?:zetten|staan|komen))?\W*$"
)
_NTHS = ("eerst", "tweed", "derd", "vierd", "vijfd", "zesd")


def ranked(said: str, options: Sequence[Option]) -> Ballot | None:
    """The place that each option gets, from 1; None where an option or its place is not clear."""
    folded = plainly(fold(stripped(said)).replace("’", "'")).strip(" .!:")
    folded = _REST.sub("", folded)
    folded = _FIRST.sub(r"op \1 ", _TOP.sub("", folded))
    if _UNCLEAR.search(folded):
        return None
    before, colon, behind = folded.partition(": ")
    if colon and not named_in(before, options):
        folded = behind
    named = _by_number(_NTH_ALONE.sub(r"\1", folded), options) or _by_name(
        _MARKED.sub(_on_its_own, f" {folded}"), options
    )
    ids = [one.id for one in named]
    return {one: place for place, one in enumerate(ids, 1)} if ids and len(set(ids)) == len(ids) else None


_NTH_ALONE = re.compile(r"\b(\d)(?:ste|de|e)\b")
_REST = re.compile(
    r"(?<=\w)(?:[\s,;>.]|\b(?:en|dan|daarna|voor|al)\b)*[\s,;>.](?:de |'t |t )?(?:rest|anderen?|overigen?)"
    r"(?: (?:is|zijn|maakt?|kan|mag|'?t|het|mij|me|ons|voor|niet|nie|ni|uit|gelijk|egaal|om|even|eender|volgt))*$"
)
"""What is said of the rest says nothing of its order: they share the last place."""
_TOP = re.compile(r"^(?:(?:mijn|de|een) )?top(?: ?\d| (?:twee|drie|vier|vijf))?\s*[:=]?\s+")
_FIRST = re.compile(r"^(\d) (?=(?!en\b|dan\b|of\b)[a-z]{2,})")
_UNCLEAR = re.compile(r"\bof\b|\?|\b(?:niet|geen|nie|evenveel|even (?:belangrijk|goed)|gelijk|weet)\b")


def _on_its_own(mark: re.Match[str]) -> str:
    return f", op {mark['n']} "


def _by_number(folded: str, options: Sequence[Option]) -> list[Option]:
    bare = folded.strip(" .!?:,")
    if _JOINED.fullmatch(bare) and len(bare) <= len(options):
        marks = list(bare)
    elif _NUMBERS.fullmatch(bare):
        marks = _ITEM.findall(bare)
    else:
        return []
    found = [chosen_one(mark, options) for mark in marks]
    return [one for each in found for one in each] if all(found) else []


def _by_name(folded: str, options: Sequence[Option]) -> list[Option]:
    if words := _words(folded, options):
        return words
    parts = [part for one in _BETWEEN.split(folded) if (part := one.strip(" .:!?"))]
    placed: list[tuple[int, Option]] = []
    for part in parts:
        place, name = _placed(part, options)
        found = chosen_one(name, options)
        if len(found) != 1:
            return list(chosen_one(folded, options)) if not placed and len(parts) > 1 else []
        before = placed[-1][0] if placed else 0
        if place is None and before >= _LAST:
            return []
        placed.append((place if place is not None else before + 1, found[0]))
    places = [place for place, _ in placed]
    if len(set(places)) < len(places) or places == [_LAST]:
        return []
    if len(placed) < len(options):
        placed = [each for each in placed if each[0] < _LAST]  # last is where all are that are not named
    return [one for _, one in sorted(placed, key=lambda each: each[0])]


def _words(folded: str, options: Sequence[Option]) -> list[Option]:
    """ "Gent Hasselt Aalst": an option a word, where that fits all of them."""
    found = [chosen_one(word, options) for word in folded.split()]
    single = [each[0] for each in found if len(each) == 1]
    return single if len(single) == len(found) == len(set(single)) > 1 else []


def _placed(part: str, options: Sequence[Option]) -> tuple[int | None, str]:
    """The place that a part tells, and what stands there: "op 2 internaten", "internaten laatst"."""
    for pattern, name in ((_BEFORE, "n1"), (_BEHIND, "n2")):
        found = pattern.search(part)
        if found is None:
            continue
        left = f"{part[: found.start()]} {part[found.end() :]}".strip()
        if left and word_pattern("kies_woorden").sub(" ", f" {left} ").strip(" .:"):
            return _place(found[name], len(options)), left
    return None, part


def _place(said: str, options: int) -> int | None:
    nth = next((place for place, word in enumerate(_NTHS, 1) if said.startswith(word)), None)
    if nth is not None:
        return nth
    if said == "bovenaan":
        return 1
    digits = re.search(r"\d+", said)
    if digits is not None:
        return int(digits[0])
    written = count(said)
    return written if written is not None else max(_LAST, options)
