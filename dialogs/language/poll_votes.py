"""What somebody votes who types instead of pressing: "2", "internaten", "3 1 2", "ja op 4/12, nee op 11/12"."""

import re
from collections.abc import Callable, Mapping, Sequence

from dialogs.language.courtesies import without_courtesies
from dialogs.language.poll_options import option_of
from dialogs.language.poll_words import count, word_pattern
from dialogs.language.spelling import fold, strip_markup
from storage.domain.polls import HIGHEST, LOWEST, Answer, Ballot, Option, PollKind

LONGEST = 1_000
"""Characters that are read."""

_BETWEEN = re.compile(
    r"\s*(?:[,;>+&\n]|->|=>|\s/\s|\b(?:en|dan|daarna|vervolgens|en dan|of|ook|tot slot|ten slotte|boven)\b)\s*"
)
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
    found = _in_order(said, options)
    return {found[0].id: 1} if len(found) == 1 else None


def _several(said: str, options: Sequence[Option]) -> Ballot | None:
    if word_pattern("alle").fullmatch(_bare(said)) and _counts(_bare(said), options):
        return {one.id: 1 for one in options}
    found = _in_order(said, options)
    return dict.fromkeys((one.id for one in found), 1) if found else None


def _counts(said: str, options: Sequence[Option]) -> bool:
    """Whether "beide" or "alle drie" fits how many options there are."""
    return all(len(options) == number for word, number in _COUNTED.items() if re.search(rf"\b{word}\b", said))


_COUNTED = {"allebei": 2, "beide": 2, "twee": 2, "drie": 3, "vier": 4, "vijf": 5}


def _ranked(said: str, options: Sequence[Option]) -> Ballot | None:
    found = _in_order(said, options)
    if not found or _says_twice(said, found):
        return None
    return {one.id: place for place, one in enumerate(found, 1)}


def _says_twice(said: str, found: Sequence[Option]) -> bool:
    """Whether a list of numbers has one of them twice: which place it gets is not clear then."""
    numbers = _ITEM.findall(_bare(said))
    return _NUMBERS.fullmatch(_bare(said)) is not None and len(numbers) > len(found)


def _degree(said: str, options: Sequence[Option]) -> Ballot | None:
    found = re.findall(r"\d+|[a-z]+", re.sub(r"(?:/|\bop) ?(?:5|vijf)\b", " ", _bare(said)))
    degrees = [number for word in found if word != "een" and (number := count(word)) is not None]
    if not degrees and found[-1:] == ["een"]:
        degrees = [1]
    stars = said.count("⭐") or said.count("*")
    degrees = degrees or ([stars] if stars else [])
    if len(degrees) != 1 or not LOWEST <= degrees[0] <= HIGHEST:
        return None
    return {options[0].id: degrees[0]}


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
        parts = [part for one in _BETWEEN.split(_stripped(said)) if (part := _ORDER.sub("", one).strip(" .:!?"))]
    found = [_option(part, options) for part in parts]
    if len(parts) > 1 and not any(found) and (only := _option(said, options)) is not None:
        return [only]  # "de dag van rust en stilte"
    return list(dict.fromkeys(one for one in found if one is not None)) if all(found) else []


_ORDER = re.compile(
    r"^(?:(?:eerst|als eerste|op (?:een|1|twee|2|drie|3|vier|4)|eerste|tweede|derde|vierde|laatst|als laatste|1ste|2de|"
    r"3de|vooral|daarna|dan|\d[.):])\s*(?:keuze)?\s*[:=]?\s*)+(?=\S)"
)


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
    return fold(_stripped(said)).replace("’", "'").strip(" .!?:,")


def _stripped(said: str) -> str:
    """What is voted without what says that it is a vote, and without the reason."""
    why = word_pattern("reden").search(fold(said))
    text = fold(said[: why.start()] if why is not None and why.start() else said)
    for _ in range(3):
        lead = word_pattern("stemt").match(text)
        if lead is None or not lead.group() or not text[lead.end() :].strip(" .!?"):
            break
        text = text[lead.end() :]
    tail = word_pattern("stemt_achter").search(text)
    return text[: tail.start()] if tail is not None and text[: tail.start()].strip() else text


# Dates

_CLAUSES = re.compile(
    r"\s*(?:[,;\n]|\b(?:maar|en ook)\b|\ben (?=(?:misschien|eventueel|niet|nee|neen|wel|ja|de (?:rest|andere))\b)"
    r"|\s[-–]\s|\.(?=\s|$))\s*"
)
_AND = re.compile(r"\s*(?:\ben\b|&|\+|/(?!\d))\s*")


def _dates(said: str, options: Sequence[Option]) -> Ballot | None:
    folded = _spelled(fold(_stripped(said)).replace("’", "'").strip(" .!?"))
    everywhere = _everywhere(folded, options)
    if everywhere is not None:
        return everywhere
    if (in_order := _answers_in_order(folded, options)) is not None:
        return in_order
    found: dict[int, int] = {}
    spoken: Answer | None = None
    waiting: list[int] = []
    for clause in filter(None, _CLAUSES.split(folded)):
        answer = _answer(clause)
        named = _rest(clause, options, {*found, *waiting}) or _named(clause, options)
        if named is None:
            return None
        ids = [one.id for one in named]
        if answer is None and spoken is None:
            waiting += ids
            continue
        spoken = answer or spoken or Answer.YES
        found |= dict.fromkeys(ids if _leads(clause) else [*waiting, *ids], spoken.value)
        if not _leads(clause) or not waiting:
            waiting = []
    found = dict.fromkeys(waiting, Answer.YES.value) | found
    if word_pattern("enkel").match(folded) and found:
        found = {one.id: Answer.NO.value for one in options} | found
    return {one.id: found[one.id] for one in options if one.id in found} or None


_MONTH = r"(?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
_SHARED = re.compile(rf"\b(\d{{1,2}})(?=(?:\s*(?:,|en|of|&)\s*\d{{1,2}})*\s*(?:,|en|of|&)\s*\d{{1,2}} ({_MONTH}))")
_PAIRED = re.compile(
    r"\b(ja|nee|neen|misschien|wel|niet|ok)\s+(?=(?:optie )?\d{1,2}(?:[/.]\d{1,2})?\s*:?\s*"
    r"(?:ja|nee|neen|misschien|wel|niet|ok)\b)"
)
_REST = re.compile(r"\b(?:de rest|de andere[n]?|de overige|al de rest|de anderen|alle andere)\b")


def _spelled(folded: str) -> str:
    """ "4 en 11 december" and "1 ja 2 nee" in full."""
    return _PAIRED.sub(r"\1, ", _SHARED.sub(r"\1 \2", folded))


def _rest(clause: str, options: Sequence[Option], said: set[int]) -> list[Option] | None:
    """What nothing was said of yet, where a clause is about the rest."""
    return [one for one in options if one.id not in said] if _REST.search(clause) else None


def _everywhere(folded: str, options: Sequence[Option]) -> Ballot | None:
    """ "Alles past", "geen enkele", "alles behalve de laatste"."""
    except_for = word_pattern("behalve").search(folded)
    head = folded[: except_for.start()].strip(" ,") if except_for else folded
    none, every = word_pattern("geen_enkele").fullmatch(head), word_pattern("alle").fullmatch(head)
    if (none is None and every is None) or not _counts(head, options):
        return None
    if none is not None:
        answer, other = Answer.NO, Answer.YES
    else:
        answer, other = (Answer.MAYBE if "misschien" in head else Answer.YES), Answer.NO
    ballot = {one.id: answer.value for one in options}
    if except_for is not None:
        named = _named(folded[except_for.end() :], options)
        if not named:
            return None
        ballot |= {one.id: other.value for one in named}
    return ballot


def _answers_in_order(folded: str, options: Sequence[Option]) -> Ballot | None:
    """ "Ja nee misschien": an answer for each, in the order in which they are listed."""
    words = [word for word in re.findall(r"[a-z]+", folded) if word != "en"]
    answers = [_answer(word) for word in words]
    if len(answers) != len(options) or not all(answers) or re.search(r"\d", folded):
        return None
    return {one.id: answer.value for one, answer in zip(options, answers, strict=True) if answer is not None}


def _answer(clause: str) -> Answer | None:
    for name, answer in (("datum_misschien", Answer.MAYBE), ("datum_niet", Answer.NO), ("datum_wel", Answer.YES)):
        if word_pattern(name).search(clause):
            return answer
    return None


def _leads(clause: str) -> bool:
    """Whether the answer stands before the day: "nee op 11/12"."""
    return (
        re.match(
            r"(?:\W|\b(?:ik|kan|op|ben|het|is|past|k|wel|voor|mij|en)\b)*(?:ja|nee|neen|misschien|eventueel|liefst|niet|wel|ik)\b",
            clause,
        )
        is not None
    )


def _named(clause: str, options: Sequence[Option]) -> list[Option] | None:
    """The options that a clause names; none where it names nothing, None where it names something unknown."""
    left = word_pattern("datum_woorden").sub(" ", clause)
    parts = [part for one in _AND.split(left) if (part := " ".join(one.split()).strip(" .:!?()-=")) and part]
    found: list[Option] = []
    for part in parts:
        one = option_of(part, options)
        if one is None and (numbers := re.findall(r"\b\d{1,2}\b", part)) and not re.search(r"[/.:]\d|[a-z]", part):
            several = [option_of(number, options) for number in numbers]
            if all(several):
                found += [each for each in several if each is not None]
                continue
        if one is None:
            return None
        found.append(one)
    return found


_READERS: Mapping[PollKind, Callable[[str, Sequence[Option]], Ballot | None]] = {
    PollKind.SINGLE: _single,
    PollKind.SEVERAL: _several,
    PollKind.RANKING: _ranked,
    PollKind.DATES: _dates,
    PollKind.TEMPERATURE: _degree,
}
