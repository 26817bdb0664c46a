"""What somebody votes in a poll on dates: "ja op 4/12, nee op 11/12", "alles behalve den 11e", "kan enkel de 8ste"."""

import re
from collections.abc import Sequence

from dialogs.language.poll_options import option_of
from dialogs.language.poll_preferences import counts, group_of
from dialogs.language.poll_words import plainly, stripped, word_pattern
from dialogs.language.spelling import fold
from storage.domain.polls import Answer, Ballot, Option

_CLAUSES = re.compile(
    r"\s*(?:[,;\n]|\b(?:maar|en ook)\b|\ben (?=(?:misschien|eventueel|niet|nee|neen|wel|ja|de (?:rest|andere))\b)"
    r"|\s[-–/]\s|\.(?=\s|$))\s*"
)
_AND = re.compile(r"\s*(?:\b(?:en|of|zowel|als|noch)\b|&|\+|/(?!\d))\s*")


def dates(said: str, options: Sequence[Option]) -> Ballot | None:
    """The answer to each day that a text speaks of; None where it names what is no option, or says nothing clear."""
    folded = _spelled(_days_written(plainly(fold(stripped(said)).replace("’", "'")).strip(" .!?"), options))
    if _mixed(folded):
        return None
    if (in_order := _answers_in_order(folded, options)) is not None:
        return in_order
    found: dict[int, int] | None = _all_but(folded, options)
    if found is None:
        found = _clauses(folded, options)
    if not found:
        return None
    if word_pattern("enkel").match(folded):
        other = Answer.NO if Answer.NO.value not in found.values() else Answer.YES
        found = {one.id: other.value for one in options} | found
    return {one.id: found[one.id] for one in options if one.id in found}


def _clauses(folded: str, options: Sequence[Option]) -> dict[int, int] | None:
    found: dict[int, int] = {}
    spoken: Answer | None = None
    waiting: list[int] = []
    for clause in filter(None, _CLAUSES.split(folded)):
        everywhere = _everywhere(clause, options)
        if everywhere is not None and (everywhere or not found):
            found, spoken = dict.fromkeys((one.id for one in options), everywhere.value), everywhere
            continue
        answer = _answer(clause)
        rest = _rest(clause, options, {*found, *waiting})
        named = rest or _named(clause, options)
        if named is None:
            return None
        if answer is None and not rest and _says_more(clause):
            return None
        ids = [one.id for one in named]
        if answer is None and spoken is None:
            waiting += ids
            continue
        spoken = answer or spoken or Answer.YES
        alone = bool(rest) or _leads(clause)
        found |= dict.fromkeys(ids if alone else [*waiting, *ids], spoken.value)
        if not alone or not waiting:
            waiting = []
    return dict.fromkeys(waiting, Answer.YES.value) | found


def _says_more(clause: str) -> bool:
    """Whether a clause has other words than days and answers: "spijtig genoeg zit ik de 4de in Londen"."""
    left = re.findall(r"[^\W\d_]{3,}", _OF_DAYS.sub(" ", word_pattern("datum_woorden").sub(" ", clause)))
    return bool(left)


_OF_DAYS = re.compile(
    r"\b(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?|(?:voor|na)?middag|ochtend|avond|morgen|uur|eerste|tweede|"
    r"derde|vierde|vijfde|laatste|middelste|twee|drie|vier|alle|beide|elke|iedere|rest|zowel|als|andere\w*|"
    r"(?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w*|\d+(?:ste|de|e))\b"
)
_MONTH = r"(?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*"
_SHARED = re.compile(
    rf"\b(\d{{1,2}})(?=(?:\s*(?:,|en|of|als|&)\s*\d{{1,2}})*\s*(?:,|en|of|als|&)\s*\d{{1,2}} ({_MONTH}))"
)
_PAIRED = re.compile(
    r"\b(ja|neen?|misschien|mss|evt|eventueel|wel|niet?|ni|ok|past)\s+(?=(?:optie |den? )?\d{1,2}(?:de|ste|e)?"
    r"(?:[/.]\d{1,2})?\s*:?\s*(?:ja|neen?|misschien|mss|evt|eventueel|wel|niet?|ni|ok|past)\b)"
)
_REST = re.compile(r"\b(?:de rest|de andere[n]?|de overige|al de rest|de anderen|alle andere)\b")
_DAY = (
    rf"(?:\d{{1,2}}[/.]\d|\d{{1,2}}(?:de|ste|e)\b|\d{{1,2}} {_MONTH}\b|"
    r"(?:eerste|tweede|derde|vierde|laatste|maandag|dinsdag|woensdag|donderdag|vrijdag)\b)"
)
_BEHIND = re.compile(
    r"(?<=[\w✅❌👍👎]) *((?<!\w)(?:ja|neen?|niet?|ni|wel|misschien|mss|evt|ok|past|[✅❌👍👎]))"
    rf"\s+(?=(?:en )?(?:de |den )?{_DAY})"
)


def _spelled(folded: str) -> str:
    """ "4 en 11 december" and "1 ja 2 nee" in full."""
    folded = _PAIRED.sub(r"\1, ", _SHARED.sub(r"\1 \2", folded))
    return folded if _leads(folded) else _BEHIND.sub(r" \1, ", folded)


def _days_written(folded: str, options: Sequence[Option]) -> str:
    """ "De achtste" where there are no eight options: it is a day of the month."""

    def digits(word: re.Match[str]) -> str:
        number = _ORDINALS.index(word[1]) + 1
        return f"{number}de" if number > len(options) else word[0]

    return _WRITTEN.sub(digits, folded)


_TENS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_ORDINALS = (
    *("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde"),
    *("twaalfde", "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende"),
    *("twintigste", *(f"{one}entwintigste" for one in _TENS), "dertigste", "eenendertigste"),
)
_WRITTEN = re.compile(rf"\b({'|'.join(_ORDINALS)})n?\b")
_ANSWERED = re.compile(
    r"\b\d{1,2}(?:de|ste|e)? +(ja|neen?|wel|ok|kan|past|niet?|ni|geen|misschien|mss|evt|eventueel)\b"
)

_BARE_LAST = re.compile(r"[a-z][ ,]+\d{1,2}(?:de|ste|e)?$")


def _mixed(folded: str) -> bool:
    """Whether several days have their own answer in one breath that was not told apart, or the last has none."""
    if len(_ANSWERED.findall(folded)) > 1 and not _leads(folded) and _BARE_LAST.search(folded):
        return True
    return any(len(set(_ANSWERED.findall(clause))) > 1 for clause in _CLAUSES.split(folded))


def _rest(clause: str, options: Sequence[Option], said: set[int]) -> list[Option] | None:
    """What nothing was said of yet, where a clause is about the rest."""
    return [one for one in options if one.id not in said] if _REST.search(clause) else None


def _everywhere(clause: str, options: Sequence[Option]) -> Answer | None:
    """The answer of a clause about all days: "alles past", "geen enkele"."""
    if not counts(clause, options):
        return None
    if word_pattern("geen_enkele").fullmatch(clause) is not None:
        return Answer.NO
    if word_pattern("alle").fullmatch(clause) is None:
        return None
    return Answer.MAYBE if "misschien" in clause else Answer.YES


def _all_but(folded: str, options: Sequence[Option]) -> dict[int, int] | None:
    """ "Alles behalve de laatste", "behalve de 11de past alles"; None where no such thing is said."""
    found = word_pattern("behalve").search(folded)
    head, tail = (folded[: found.start()].strip(" ,"), folded[found.end() :]) if found else ("", "")
    first = _BUT_FIRST.match(folded)
    if first is not None:
        head, tail = first["all"].strip(" ,"), first["but"]
    everywhere = _everywhere(head, options) if head else None
    named = _named(tail, options) if everywhere is not None else None
    if everywhere is None or not named:
        return None
    other = Answer.YES if everywhere is Answer.NO else Answer.NO
    return {one.id: everywhere.value for one in options} | {one.id: other.value for one in named}


_BUT_FIRST = re.compile(
    r"\W*(?:behalve|buiten|uitgezonderd)\s+(?:op )?(?P<but>\S.*?)[\s,]+"
    r"(?P<all>(?:(?:kan|kunnen|past|passen|zijn|is|lukken|lukt) )?(?:ik |we |mij |voor mij )*"
    r"(?:altijd|alles|allemaal|overal|alle (?:data|dagen|momenten)).*)$"
)


def _answers_in_order(folded: str, options: Sequence[Option]) -> Ballot | None:
    """ "Ja nee misschien": an answer for each, in the order in which they are listed."""
    words = [word for word in re.findall(r"[a-z]+", folded) if word != "en"]
    answers = [_answer(word) for word in words]
    if len(answers) != len(options) or not all(answers) or re.search(r"\d", folded):
        return None
    return {one.id: answer.value for one, answer in zip(options, answers, strict=True) if answer is not None}


def _answer(clause: str) -> Answer | None:
    if _INDIFFERENT.search(clause):
        return Answer.YES
    for name, answer in (("datum_misschien", Answer.MAYBE), ("datum_niet", Answer.NO), ("datum_wel", Answer.YES)):
        if word_pattern(name).search(clause):
            return answer
    return None


_INDIFFERENT = re.compile(r"\bmaakt? .{0,20}\b(?:niet|nie) ?uit\b|\bom het even\b|\bgeen probleem\b")


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
    if together := _on_weekdays(clause, options) or list(group_of(_words_of(clause), options)):
        return together
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


def _words_of(clause: str) -> str:
    return " ".join(word_pattern("datum_woorden").sub(" ", clause).split())


_WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_ON_WEEKDAYS = re.compile(
    rf"\b(?:(?:alle|beide|elke|iedere) (?P<one>{'|'.join(_WEEKDAYS)})(?:en)?|(?P<all>{'|'.join(_WEEKDAYS)})en)\b"
)


def _on_weekdays(clause: str, options: Sequence[Option]) -> list[Option]:
    """The options on a weekday that is named as more than one: "beide vrijdagen"."""
    found = _ON_WEEKDAYS.search(clause)
    if found is None or re.search(r"\d", clause):
        return []
    weekday = _WEEKDAYS.index(found["one"] or found["all"])
    return [one for one in options if one.day is not None and one.day.weekday() == weekday]
