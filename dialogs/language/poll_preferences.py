"""Which options a sentence wants that sets them against others: "A ipv B", "niet A maar B", "alles behalve A"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from dialogs.language.agenda_points import match
from dialogs.language.poll_options import option_of
from dialogs.language.poll_words import count, plainly, word_pattern
from dialogs.language.spelling import fold
from storage.domain.polls import Option

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_AGAINST = re.compile(
    r"\b(?:ipv|i\.p\.v\.?|in (?:de )?plaats van|in plek van|liever dan|eerder dan|beter dan|boven)(?![a-z])"
)
_AGAINST_FIRST = re.compile(
    rf"^\W*{_AGAINST.pattern}\s*(?P<not>.+?)(?:,|\s(?=(?:toch|kies|doe|neem|liever|graag|nu|stem|wil|dan|ga|geef|zet)\b))"
)
_RATHER = re.compile(
    r"\b(?:liever|eerder|beter|meer) (?P<this>.+?) (?:dan|als)\b(?! (?:maar|toch|ook|wel|nog))(?P<not>.+)"
)
_INSTEAD = re.compile(r"\bvan (?P<not>.+?) (?:naar|in|tot) (?P<this>.+)")
_SO = re.compile(
    r"[\s,;.]+(?:(?:dus|daarom|vandaar|bijgevolg|zodoende|uiteindelijk)(?: (?:toch|dan|maar))*|"
    r"dan (?:toch )?maar|dan toch|"
    r"maar(?= (?:nu|toch|kies|ik kies|ik ga|ga|neem|liever|uiteindelijk|stem|ik stem|ik neem)\b)|nu toch|"
    r"en dus)(?![a-z])\s*(?=\S)"
)
_SO_BEHIND = re.compile(r"[,;.]\s*([^,;.]+?)\s+(?:dus|dan maar|dan)$")
_OTHERWISE = re.compile(r"[\s,;.]+(?:en |of )?(?:anders|zo niet|als dat niet (?:kan|lukt|gaat)|en als reserve)\b.*$")
_ABBREVIATED = re.compile(r"\bt\.? ?e\.? ?m\.?(?= )")
_CLAUSE = re.compile(
    r"\s*(?:[,;!\n()]|[.:](?=\s|$)|\s[-–—]\s|\bmaar\b|"
    r"\b(?:en|en dus) (?=(?:niet|geen|zeker niet|zeker geen|wel|de rest|de andere)\b))\s*"
)
_ITEM = re.compile(
    r"\s*(?:&|\+|(?<!\d)/(?!\d)|\b(?:en(?: dan)?(?: ook)?(?: nog)?|plus|alsook|evenals|als ook|noch|"
    r"samen met|(?<!zo)als)\b)\s*"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause says: the options that it wants and those that it does not want; `unclear`: it may name others."""

    wanted: tuple[Option, ...] = ()
    unwanted: tuple[Option, ...] = ()
    unclear: bool = False
    doubts: bool = False


def preferred(said: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options that `said` wants, where it is clear which; () where it is not. Texts only, not days."""
    folded = _ABBREVIATED.sub("tem", fold(said).replace("’", "'")).strip(" .!")
    folded = _OTHERWISE.sub("", _SO_BEHIND.sub(r" dus \1", folded))
    but = _all_but(folded, options)
    if but is not None:
        return but
    if (set_against := _instead(folded, options)) is not None:
        return set_against
    *before, last = _SO.split(folded)
    heard = [_clause(one, options) for one in _CLAUSE.split(last) if one.strip()]
    earlier = [_clause(one, options) for part in before for one in _CLAUSE.split(part) if one.strip()]
    return _outcome(heard, earlier, concludes=bool(before))


def _outcome(heard: Sequence[_Said], earlier: Sequence[_Said], *, concludes: bool) -> tuple[Option, ...]:
    """What the clauses want together. What comes before "dus" only counts where nothing is concluded."""
    if any(one.unclear or one.doubts for one in heard):
        return ()
    wanted = [option for one in heard for option in one.wanted]
    unwanted = {option.id for one in (*heard, *(earlier if concludes else ())) for option in one.unwanted}
    if any(option.id in unwanted for option in wanted):
        return ()
    return tuple(dict.fromkeys(wanted))


def _all_but(folded: str, options: Sequence[Option]) -> tuple[Option, ...] | None:
    """ "Alles behalve A en B": the others; None where it says no such thing."""
    found = word_pattern("alles_behalve").search(folded)
    if found is None:
        return None
    said = next(value for name, value in found.groupdict().items() if name.startswith("not") and value)
    unwanted = _items(said, options)
    return tuple(one for one in options if one not in unwanted) if unwanted else ()


def _instead(folded: str, options: Sequence[Option]) -> tuple[Option, ...] | None:
    """What is wanted where two are set against each other; None where nothing is."""
    first = _AGAINST_FIRST.search(folded)
    if first is not None:
        return _clearly(folded[first.end() :], first["not"], options)
    if (against := _AGAINST.search(folded)) is not None:
        return _clearly(folded[: against.start()], folded[against.end() :], options)
    for pattern in (_RATHER, _INSTEAD):
        found = pattern.search(folded)
        if found is not None and (chosen := _clearly(found["this"], found["not"], options)):
            return chosen
    return None


def _clearly(wanted: str, unwanted: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """What is wanted, where both sides name options, other ones."""
    chosen, others = _items(wanted, options), named_in(unwanted, options)
    listed = len(others) > 1 and _ITEM.search(unwanted) is not None
    return chosen if chosen and others and not listed and not set(chosen) & set(others) else ()


def _clause(said: str, options: Sequence[Option]) -> _Said:
    exact = [one for one in options if one.text and fold(one.text).strip(" .!?") == said.strip(" .!?")]
    if len(exact) == 1:
        return _Said(wanted=(exact[0],))
    if word_pattern("twijfelt").search(said):
        return _Said(doubts=True)
    if word_pattern("wil_niet").search(said):
        left = _OR.sub(" en ", word_pattern("wil_niet").sub(" ", said))
        return _Said(unwanted=_items(left, options) or named_in(said, options))
    if _OR.search(said):
        return _Said(doubts=True)
    if _TOO.search(said):
        return _Said()  # "A heeft mijn voorkeur, maar B kan ook"
    wanted = _items(said, options)
    if wanted:
        return _Said(wanted=wanted)
    return _Said(unclear=bool(named_in(said, options)))


_OR = re.compile(r"\bof\b")
_TOO = re.compile(r"\b(?:kan|kunnen|mag|is|zou|lukt)\b.*\book\b|\book (?:goed|ok|oke|prima|mogelijk)\b")


def _items(said: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options that a list names; () where one of its items is none, or says more than an option."""
    whole = chosen_one(said, options)
    if whole:
        return whole
    found = [chosen_one(part, options) for part in _ITEM.split(said) if part.strip(" .:!?")]
    return tuple(dict.fromkeys(one for each in found for one in each)) if all(found) else ()


def chosen_one(said: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """The option that a text names and nothing else, or several in a row: "de eerste twee"; else ()."""
    group = group_of(said, options)
    if group:
        return group
    core = " ".join(word_pattern("kies_woorden").sub(" ", f" {plainly(said)} ").split()).strip(" .:!?()\"'")
    for one in (said.strip(" .:!?"), core):
        if one and (exact := [option for option in options if fold(option.text).strip(" .!?") == one]):
            return tuple(exact) if len(exact) == 1 else ()
    if not core:
        return ()
    words = _WORD.findall(core)
    if len(words) <= _SHORT and (placed := _by_place(core, options)) is not None:
        return (placed,)
    named = match(core, [one.text for one in options])
    if named is not None:
        own = _WORD.findall(fold(options[named].text))
        return (options[named],) if all(_alike(word, own) or _begins(word, own) for word in words) else ()
    mistyped = [one for one in options if len(words) == 1 and _mistyped(words[0], fold(one.text))]
    mistyped = mistyped or [one for one in options if len(words) == 1 and _ends_in(words[0], fold(one.text))]
    return (mistyped[0],) if len(mistyped) == 1 else ()


_SHORT = 3
_HALF = 5
_FIRST_HALF = 4


def _ends_in(word: str, own: str) -> bool:
    """Whether a word is the last half of an option that is one word: "uitval" of "schooluitval"."""
    long = len(word) >= _HALF and len(own) - len(word) >= _FIRST_HALF
    return long and own.isalpha() and own.endswith(word) and not own.startswith("niet")


def _by_place(core: str, options: Sequence[Option]) -> Option | None:
    if re.search(r"\d|\b[a-t]\b|(?:de|ste|e)\b|^(?:een|twee|drie|vier|vijf|zes|zeven|acht)$", core) is None:
        return None
    found = option_of(core, options)
    return found if found is not None and match(core, [found.text]) is None else None


def named_in(said: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options of which a text has a word, whatever else it says."""
    words = [word for word in _WORD.findall(word_pattern("kies_woorden").sub(" ", f" {said} ")) if len(word) > 1]
    return tuple(
        one for one in options if any(_alike(word, _WORD.findall(fold(one.text))) for word in words)
    ) or chosen_one(said, options)


def _alike(word: str, own: Sequence[str]) -> bool:
    return match(word, [" ".join(own)]) is not None or any(_mistyped(word, one) for one in own)


def _begins(word: str, own: Sequence[str]) -> bool:
    """Whether a word is one of an option, or the initial of one: "Nadia R."."""
    return word in own or (len(word) == 1 and any(one.startswith(word) for one in own))


_LEAST, _PREFIX, _NEAR = 3, 4, 70


def _mistyped(word: str, own: str) -> bool:
    """Whether a word is another with two letters swapped or one wrong, or with another ending."""
    if min(len(word), len(own)) < _LEAST or " " in own or word[0] != own[0]:
        return False
    if OSA.distance(word, own) <= 1 and (len(own) > _LEAST or sorted(word) == sorted(own)):
        return True
    return len(word) > _PREFIX and word[:_PREFIX] == own[:_PREFIX] and fuzz.ratio(word, own) >= _NEAR


_ENDS = r"(?P<end{0}>eerste|bovenste|voorste|laatste|onderste|achterste)"
_MANY = r"(?P<n{0}>\d|twee|drie|vier|vijf|zes)"
_GROUP = re.compile(
    rf"(?:de |het )?(?:{_ENDS.format(1)} {_MANY.format(1)}|{_MANY.format(2)} {_ENDS.format(2)})"
    r"(?: (?:opties|keuzes|voorstellen|thema's|data|dagen|datums|momenten))?"
)
_RANGE = re.compile(r"(?:optie |nummer )?(?P<first>\d) ?(?:tot en met|tem|t/m) ?(?P<last>\d)")


def group_of(said: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """ "De eerste twee", "de twee laatste", "1 tot en met 3"."""
    core = " ".join(word_pattern("kies_woorden").sub(" ", f" {said} ").split()).strip(" .:!?")
    ranged = _RANGE.fullmatch(core)
    if ranged is not None:
        first, last = int(ranged["first"]), int(ranged["last"])
        return tuple(options[first - 1 : last]) if 0 < first < last <= len(options) else ()
    found = _GROUP.fullmatch(core)
    if found is None:
        return ()
    number = count(found["n1"] or found["n2"]) or 0
    if number >= len(options):
        return ()
    return tuple(options[:number] if (found["end1"] or found["end2"]) in _FRONT else options[-number:])


_FRONT = frozenset({"eerste", "bovenste", "voorste"})


def counts(said: str, options: Sequence[Option]) -> bool:
    """Whether "beide" or "alle drie" fits how many options there are."""
    return all(len(options) == number for word, number in _COUNTED.items() if re.search(rf"\b{word}\b", said))


_COUNTED = {"allebei": 2, "beide": 2, "twee": 2, "drie": 3, "vier": 4, "vijf": 5}
