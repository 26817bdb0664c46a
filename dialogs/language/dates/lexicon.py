"""One lookup for all tables: word or phrase -> `Entry`, with typing errors in calendar words put right."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from dialogs.language.dates import markers, words
from dialogs.language.dates.entries import EMPTY, Entry
from dialogs.language.dates.feasts import NAMES, WEEKENDS
from dialogs.language.dates.typos import Speller


def _days() -> Iterator[tuple[str, Entry]]:
    for number, name in enumerate(words.WEEKDAYS):
        yield name, Entry(weekday=number)
        yield from ((name + ending, Entry(weekday=number, plural=True)) for ending in ("en", "s"))
        yield from ((start + name + "s", Entry(weekday=number, plural=True)) for start in ("'s ", "s "))
        yield from ((name + part, Entry(weekday=number, part=kind)) for part, kind in words.PARTS.items())
    for name, number in words.WEEKDAYS_OTHERWISE.items():
        yield name, Entry(weekday=number)
    for name, number in words.WEEKDAYS_SHORT.items():
        yield name, Entry(weekday=number, short=True)
    for name, offset in words.RELATIVE_DAYS.items():
        yield name, Entry(relative=offset)
        yield from ((name + part, Entry(relative=offset, part=kind)) for part, kind in words.PARTS.items())


def _parts() -> Iterator[tuple[str, Entry]]:
    for part, kind in words.PARTS.items():
        yield part, Entry(part=kind)
        yield from ((start + part + "s", Entry(part=kind, plural=True)) for start in ("'s ", "s ", "s"))
        yield from ((start + part, Entry(relative=0, part=kind)) for start in ("van", "van den ", "vanden"))
    yield from (
        ("'s nachts", Entry(part="nacht", plural=True)),
        ("vm", Entry(part="ochtend")),
        ("nm", Entry(part="namiddag")),
    )


def _months() -> Iterator[tuple[str, Entry]]:
    for name, number in words.MONTHS.items():
        yield name, Entry(month=number, timid=name in words.MONTHS_TIMID)
    for name, number in words.MONTHS_SHORT.items():
        yield name, Entry(month=number, timid=True, short=True)


def _numbers() -> Iterator[tuple[str, Entry]]:
    for number, name in enumerate(words.NUMBERS):
        yield name, Entry(number=number)
        if 0 < number <= 12:  # noqa: PLR2004
            yield "half" + name, Entry(half_hour=number)
    yield from ((name, Entry(number=number)) for name, number in words.GROUPS.items())
    for ten, value in words.TENS.items():
        yield ten, Entry(number=value)
        yield ten + "ste", Entry(ordinal=value)
        for number, name in enumerate(words.NUMBERS[1:10], 1):
            for glue in ("en", "ën"):
                yield name + glue + ten, Entry(number=value + number)
                yield name + glue + ten + "ste", Entry(ordinal=value + number)
    for number, name in enumerate(words.ORDINALS, 1):
        yield from ((spoken, Entry(ordinal=number)) for spoken in (name, name + "n"))  # "den derden december"
    for name, number in words.ORDINALS_FROM_END.items():
        yield name, Entry(ordinal=number)


def _names() -> Iterator[tuple[str, Entry]]:
    for name, meant in words.FEASTS.items():
        yield name, Entry(feast=meant, timid=name in words.TIMID_NAMES)
    for name in words.SEASONS:
        yield name, Entry(season=name, timid=True)
    for start, meant in words.HOLIDAYS.items():
        for tail in words.HOLIDAY_TAILS:
            yield start + tail, Entry(holiday=meant)
            yield start + " " + tail, Entry(holiday=meant)
    for name, meant in words.HOLIDAY_PHRASES.items():
        yield name, Entry(holiday=meant, timid=name in words.TIMID_NAMES)


def _grammar() -> Iterator[tuple[str, Entry]]:
    yield from ((word, Entry(unit=unit)) for word, unit in words.UNITS.items())
    yield from ((word, Entry(modifier=meant)) for word, meant in words.MODIFIERS.items())
    yield from ((word, Entry(suffix=meant)) for word, meant in words.SUFFIXES.items())
    yield from ((word, Entry(portion=meant)) for word, meant in words.PORTIONS.items())
    yield from ((word, Entry(marker=marker)) for word, marker in markers.MARKERS.items())
    yield from ((word, Entry(role=role)) for word, role in markers.ROLES.items())
    yield from ((word, Entry(frequency=meant)) for word, meant in markers.FREQUENCIES.items())
    for number, name in enumerate(words.NUMBERS[2:], 2):
        yield from ((name + tail, Entry(frequency=("WEEKLY", number))) for tail in ("wekelijks", "wekelijkse"))
        yield from ((name + tail, Entry(frequency=("MONTHLY", number))) for tail in ("maandelijks", "maandelijkse"))
        yield from ((name + tail, Entry(frequency=("YEARLY", number))) for tail in ("jaarlijks",))


def _readings(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in asdict(replace(entry, marker=None)).items() if value not in (None, False)}


def _collect() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for source in (_days, _parts, _months, _numbers, _names, _grammar):
        for word, entry in source():
            known = table.get(word)
            table[word] = replace(entry, **_kept(known)) if known else entry
    return table


def _kept(known: Entry) -> dict[str, Any]:
    kept = _readings(known)
    return kept | {"marker": known.marker} if known.marker else kept


_TABLE: Final = _collect()
LEXICON: Final[Mapping[str, Entry]] = {word: entry for word, entry in _TABLE.items() if " " not in word}


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """Phrases by first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for phrase in sorted((word for word in _TABLE if " " in word), key=lambda p: -p.count(" ")):
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append((parts, _TABLE[phrase]))
    return table


PHRASES: Final = _phrases()


def _correctable() -> Iterator[str]:
    """The words whose misspellings are put right: in standard spelling, and not a letter away from everyday words."""
    yield from words.WEEKDAYS
    yield from (month for month in words.MONTHS if month in words.MONTHS_CORRECTED)
    yield from ("vandaag", "gisteren", "eergisteren", "overmorgen", "schooljaar")
    yield from (start + tail for start in words.HOLIDAYS for tail in words.HOLIDAY_TAILS)
    for part in ("avond", "ochtend", "voormiddag", "namiddag", "middag"):
        yield from (start + part for start in (*words.WEEKDAYS, "morgen", "van"))


_SPELLER: Final = Speller(word for word in _correctable() if word in LEXICON)
assert set(words.FEASTS.values()) <= NAMES | WEEKENDS  # noqa: S101  every named feast has a rule


def look_up(word: str) -> Entry:
    """The entry of a lower-case word without accents; EMPTY for a word that says nothing about time."""
    known = LEXICON.get(word)
    if known is not None:
        return known
    meant = _SPELLER.correct(word)
    return LEXICON[meant] if meant else EMPTY
