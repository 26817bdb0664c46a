"""What somebody votes who types instead of pressing: "2", "internaten", "3 1 2", "ja op 4/12, nee op 11/12"."""

import re
from collections.abc import Callable, Mapping, Sequence

from dialogs.language.courtesies import without_courtesies
from dialogs.language.poll_date_votes import dates
from dialogs.language.poll_options import option_of
from dialogs.language.poll_preferences import counts, preferred
from dialogs.language.poll_rankings import ranked
from dialogs.language.poll_words import count, stripped, word_pattern
from dialogs.language.spelling import fold, strip_markup
from storage.domain.polls import HIGHEST, LOWEST, Ballot, Option, PollKind

LONGEST = 1_000
"""Characters that are read."""

_BETWEEN = re.compile(r"\s*(?:[,;>+&\n]|->|=>|\s/\s|\b(?:en|dan|daarna|vervolgens|en dan|of|ook)\b)\s*")
_NUMBERS = re.compile(
    r"(?:\b(?:optie|nummer|nr\.?|keuze)?\s*\b(?:\d{1,2}|[a-t])\b[\s.,;>&+/-]*(?:(?:en|dan|daarna|of)\s+)?)+"
)
_ITEM = re.compile(r"\b(?:\d{1,2}|[a-t])\b(?<!\bof)(?<!\ben)")
_JOINED = re.compile(r"[1-9]{2,9}")


def voted(text: str, options: Sequence[Option], kind: PollKind) -> Ballot | None:
    """What `text` votes in a poll of that kind; None where it says no vote, or none that is clear.

    A ballot as in `storage.domain.polls`. "Geen enkele past" says no to all dates.
    """
    said = strip_markup(without_courtesies(text[:LONGEST]))
    return _READERS[kind](said, options) if said and options else None


def _single(said: str, options: Sequence[Option]) -> Ballot | None:
    found = _chosen(said, options)
    return {found[0].id: 1} if len(found) == 1 else None


def _several(said: str, options: Sequence[Option]) -> Ballot | None:
    if word_pattern("alle").fullmatch(_bare(said)) and counts(_bare(said), options):
        return {one.id: 1 for one in options}
    found = _chosen(said, options)
    return dict.fromkeys((one.id for one in found), 1) if found else None


def _chosen(said: str, options: Sequence[Option]) -> Sequence[Option]:
    """The options that are named, and not only beside what is wanted: "A ipv B", "niet A maar B"."""
    if (exact := _exact(said, options)) is not None:
        return [exact]
    for one in (fold(said).strip(" .!"), _bare(said)):
        if (claimed := _yes_or_no(one, _texts(options))) is not None:
            return [claimed]
    found = preferred(said, options)
    if found or _WEIGHS.search(fold(said)) is not None or _CHOOSES.search(fold(said)) is None:
        return found
    return _in_order(said, options)


_WEIGHS = re.compile(
    r"\?|\b(?:niet|nie|ni|geen|nooit|tegen|behalve|ipv|i\.p\.v|in plaats van|dus|daarom|liever .* dan|eerder .* dan|of|"
    r"niks|niets|weg met|te ver|te duur|te laat|minder|twijfel\w*)\b"
)
_CHOOSES = re.compile(
    r"\b(?:k?stem\w*|stm|setm|steem|k?kies|kiezen|ga|gaan|opteer|verkies|neem|doe|geef|gef|zet|noteer|keuze|voorkeur|"
    r"favoriet|optie|nummer|\d{1,2}|mijn|voor mij|voor ons|toch)\b"
)


def _degree(said: str, options: Sequence[Option]) -> Ballot | None:
    if (
        _ASKS.search(fold(said))
        or re.search(r"\b(?:geen|niet)\b", fold(said))
        or re.search(r"\d[ ]?(?:u|uur|h)\b", fold(said))
    ):
        return None
    found = re.findall(r"\d+|[a-z]+", re.sub(r"(?:/|\bop) ?(?:5|vijf)\b", " ", _SMALL.sub(r"\1", _bare(said))))
    degrees = [number for word in found if word != "een" and (number := count(word)) is not None]
    if not degrees and found[-1:] == ["een"]:
        degrees = [1]
    stars = said.count("⭐") or said.count("*")
    degrees = degrees or ([stars] if stars else [])
    if len(degrees) != 1 or not LOWEST <= degrees[0] <= HIGHEST:
        return None
    return {options[0].id: degrees[0]}


_ASKS = re.compile(r"^\W*(?:en |maar )?(?:wat|wie|waarom|hoe|waar|wanneer|welke?|hoeveel)\b|\?\W*$")
_SMALL = re.compile(r"\b(een|twee|drie|vier|vijf|\d)(?:tje|ke|je|tjes)\b")


def _in_order(said: str, options: Sequence[Option]) -> list[Option]:
    """The options that are named one after the other; none where one of the names is not clear."""
    whole = _exact(said, options)
    if whole is not None:
        return [whole]
    bare = _bare(said)
    if _JOINED.fullmatch(bare) and len(bare) <= len(options) and len(set(bare)) == len(bare):
        parts: list[str] = list(bare)
    elif _NUMBERS.fullmatch(bare):
        parts = [one for one in _ITEM.findall(bare) if one]
    else:
        parts = [part for one in _BETWEEN.split(stripped(said)) if (part := one.strip(" .:!?"))]
    found = [_option(part, options) for part in parts]
    if len(parts) > 1 and not any(found) and (only := _option(said, options)) is not None:
        return [only]  # "de dag van rust en stilte"
    return list(dict.fromkeys(one for one in found if one is not None)) if all(found) else []


def _option(said: str, options: Sequence[Option]) -> Option | None:
    """The one option that is meant by a text, also within "ik stem voor ..."."""
    if (exact := _exact(said, options)) is not None:
        return exact
    texts, bare = _texts(options), _bare(said)
    if (claimed := _yes_or_no(bare, texts)) is not None:
        return claimed
    if _NEGATED.search(bare):
        return None
    return option_of(bare, options) if bare else None


def _exact(said: str, options: Sequence[Option]) -> Option | None:
    texts = _texts(options)
    return texts.get(fold(said).strip(" .!?")) or texts.get(_bare(said))


def _texts(options: Sequence[Option]) -> dict[str, Option]:
    return {fold(one.text).strip(" .!?"): one for one in options if one.text}


_NEGATED = re.compile(r"\b(?:niet|geen|nooit|tegen|behalve)\b")


def _yes_or_no(bare: str, texts: Mapping[str, Option]) -> Option | None:
    yes = [one for text, one in texts.items() if re.match(r"ja\b|akkoord\b|voor\b", text)]
    no = [one for text, one in texts.items() if re.match(r"nee\b|neen\b|niet akkoord\b|tegen\b", text)]
    for pattern, found in ((word_pattern("neen"), no), (word_pattern("ja"), yes)):
        if len(found) == 1 and pattern.fullmatch(bare):
            return found[0]
    return None


def _bare(said: str) -> str:
    return fold(stripped(said)).replace("’", "'").strip(" .!?:,")


_READERS: Mapping[PollKind, Callable[[str, Sequence[Option]], Ballot | None]] = {
    PollKind.SINGLE: _single,
    PollKind.SEVERAL: _several,
    PollKind.RANKING: ranked,
    PollKind.DATES: dates,
    PollKind.TEMPERATURE: _degree,
}
