"""The entry of one Dutch word in the lexicon: everything the grammar may take it for."""

from dataclasses import dataclass

from dialogs.language.dates.markers import Marker


@dataclass(frozen=True, slots=True)
class Entry:
    """The readings of a word; a word such as "morgen" has several (tomorrow, morning)."""

    weekday: int | None = None  # 0 = Monday
    short: bool = False  # "ma", "do": only a weekday where the context says so
    month: int | None = None
    relative: int | None = None  # days from today
    part: str | None = None  # part of the day
    number: int | None = None
    ordinal: int | None = None  # negative: from the end
    unit: str | None = None
    plural: bool = False  # "dinsdagen", "'s maandags"
    modifier: str | None = None  # next, coming, last, this
    suffix: str | None = None  # the same, said behind the day
    portion: str | None = None  # begin, middle, end
    season: str | None = None
    holiday: str | None = None
    feast: str | None = None
    timid: bool = False  # a name that needs a preposition or article in front
    half_hour: int | None = None  # "halfdrie" -> 3
    frequency: tuple[str, int] | None = None
    marker: Marker | None = None
    role: str | None = None


EMPTY = Entry()
