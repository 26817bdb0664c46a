"""What looks like a date but is none: marks, rooms, fractions, counts, lengths of time, everyday little words."""

from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.markers import COUNTED, FOLLOWERS, LENGTH_AFTER, LENGTH_BEFORE, NUMBER_LABELS, STREETS
from dialogs.language.dates.tokens import Kind, Token
from dialogs.language.dates.words import MONTHS_CLEAR, WEEKDAYS_TIMID

_SHORT_LENGTH = 8
_FINEST_PART = 10
_MARKED = frozenset({"toets", "test", "examen", "proef", "taak", "rapport", "dictee", "spreekbeurt", "oefening"})
_JOINTS = frozenset({"or", "and", "at", "van", "tussen", "ahead"})
_NUMERIC = (Kind.NUMBER, Kind.CLOCK, Kind.DECIMAL, Kind.DAY_MONTH, Kind.DATE)
_DATED = (Kind.DAY_MONTH, Kind.DATE)


def stands_alone(r: Reader, i: int) -> bool:
    """Whether what precedes place `i` can be a bare number: no noun follows that it counts."""
    token = r.tokens[i]
    if token.kind is Kind.MARK:
        counted = token.word == "-" and r.tokens[i + 1].kind in _NUMERIC
        return not counted and token.word not in {"/", "%", "€", "+", "°"}
    if token.kind is Kind.END:
        return True
    if token.kind is Kind.WORD:
        return token.word in FOLLOWERS or _speaks_of_time(r, i)
    return token.kind is Kind.CLOCK


def _speaks_of_time(r: Reader, i: int) -> bool:
    entry = r.tokens[i].entry
    return bool(entry.marker or entry.role in _JOINTS or entry.modifier or entry.weekday is not None or entry.part)


def labelled(r: Reader, i: int) -> bool:
    """A label stands before the number: "lokaal 2.14", "art. 12/3", "haalde 7/10"."""
    before = r.word(i - 1)
    if before in {".", ":"}:
        before = r.word(i - 2)
    return (
        before in NUMBER_LABELS
        or before.endswith(STREETS)
        or (r.word(i - 2) in NUMBER_LABELS and r.word(i - 1) in {"een", "maar", "slechts", "op"})
    )


def _asked_of_day(r: Reader, i: int) -> bool:
    """ "zaal 19/1?" as a whole message asks for the room on that day."""
    asked = i == 1 and r.word(0) in {"zaal", "lokaal", "adres", "punten"} and "/" in r.word(i)
    return asked and all(token.kind in {Kind.MARK, Kind.END} for token in r.tokens[i + 1 :])


def is_fraction(r: Reader, i: int) -> bool:
    """ "1/3 van de leerlingen", "3/4 uur", "2-3 keer", "24/7"."""
    token, j = r.tokens[i], i + 1
    if token.word == "24/7" or (labelled(r, i) and not _asked_of_day(r, i)) or r.word(j) in COUNTED or r.word(j) == "%":
        return True
    if r.word(j) in {"op", "voor"} and any(r.word(j + ahead) in _MARKED for ahead in (1, 2, 3)):
        return True  # "9/10 op haar toets"
    of_something = _is_part_of(r, token, j) and r.period(j + 1) is None
    if "-" in token.word:
        return of_something or not (stands_alone(r, j) or r.tokens[j].entry.part)
    return of_something


def _is_part_of(r: Reader, token: Token, i: int) -> bool:
    """ "3/4 van de leden"; but "3/12 van Het Anker" is a day: nobody counts in twelfths, and a name follows."""
    named = r.capital(i + 1) or (token.values[1] > _FINEST_PART and r.word(i + 2) not in COUNTED)
    return r.word(i) == "van" and r.role(i + 1, "article") and not named


def is_length(r: Reader, i: int) -> bool:
    """ "2 uur" as a length of time: "duurt 2 uur", "2 uur per week", "een gesprek van 2 uur"."""
    hours, spelled = r.tokens[i].values[0], bool(r.tokens[i].values[3])
    glued = r.tokens[i].word.endswith(("u", "h")) and " " not in r.tokens[i].word
    before, after = r.word(i - 1), r.word(i + 1)
    if not spelled and not glued:
        return False
    if before in LENGTH_BEFORE or after in LENGTH_AFTER or r.word(i + 1) == "/":
        return True
    joined = r.role(i + 1, "or", "and") or r.word(i + 1) in {"tot", "-"}
    return hours <= _SHORT_LENGTH and before == "van" and spelled and not joined


def short_weekday_fits(r: Reader, i: int) -> bool:
    """Whether a short form ("ma", "do", "zo") is the weekday here."""
    timid = r.word(i) in WEEKDAYS_TIMID
    if _date_follows(r, i + 1, timid=timid) or _in_a_row(r, i):
        return True
    return _called_for(r, i, timid=timid) or (not timid and _whole_message(r, i))


def _date_follows(r: Reader, i: int, *, timid: bool) -> bool:
    token = r.tokens[i]
    if token.kind in _DATED:
        return True
    if r.day_number(i) and r.tokens[i + 1].entry.month:
        return True
    if token.kind is Kind.CLOCK or (token.entry.part and r.word(i) != "morgen"):
        return not timid or (token.kind is Kind.CLOCK and r.word(i - 1) != "vrij")
    if timid:
        return False
    if r.role(i, "ahead") and r.amount(i + 1):
        return True
    numbered = token.kind is Kind.NUMBER and r.day_number(i) is not None and stands_alone(r, i + 1)
    return numbered or (r.word(i) == "om" and r.tokens[i + 1].kind in {Kind.CLOCK, Kind.NUMBER})


def _in_a_row(r: Reader, i: int) -> bool:
    """Joined to another weekday: "ma of di", "ma-vr"."""
    return _joined_weekday(r, i + 1, i + 2) or (_joined_weekday(r, i - 1, i - 2))


def _joined_weekday(r: Reader, link: int, other: int) -> bool:
    if other < 0 or not (
        r.role(link, "or", "and") or r.word(link) in {"-", "/", ",", "tot", "tem", "t/m", "tot en met"}
    ):
        return False
    entry = r.tokens[other].entry
    strict = r.word(link) in {",", "and", "en"} and "zo" in {r.word(other), r.word(link - 1), r.word(link + 1)}
    return entry.weekday is not None and not strict and not (entry.short and r.word(other) in {"vrij", "zat"})


def _called_for(r: Reader, i: int, *, timid: bool) -> bool:
    """A word in front asks for a day: "op di", "volgende week do", "komende vr"."""
    j = i - 1
    if (j >= 0 and r.tokens[j].entry.modifier) or (r.unit(j) == "week" and j > 0 and r.tokens[j - 1].entry.modifier):
        return r.word(i) != "zo" or r.unit(j) == "week"
    if r.role(j, "every"):
        return True
    if timid:
        return r.word(i) in {"vrij", "zat"} and r.word(j) in {"op", "tegen"} and stands_alone(r, i + 1)
    asked = j >= 0 and (r.word(j) == "op" or (r.tokens[j].entry.marker is not None and r.word(j) != "voor"))
    return asked and not r.role(i + 1, "and")


def _whole_message(r: Reader, i: int) -> bool:
    return all(token.kind in {Kind.MARK, Kind.END} for k, token in enumerate(r.tokens) if k != i)


def month_fits(r: Reader, i: int) -> bool:
    """Whether a month name that is also a word ("mei", "jan") stands where a month is meant."""
    j = r.after_article(i - 1) if i and r.role(i - 1, "article") else i
    before = r.tokens[i - 1].entry if i else None
    if r.word(i) == "jan" and r.capital(i) and r.role(i + 1, "and"):  # "Jan en Sofie"
        return False
    if r.year(i + 1) or _year_said(r, i + 1) or _joined_month(r, i + 1, i + 2) or _joined_month(r, i - 1, i - 2):
        return True
    if r.word(i) in MONTHS_CLEAR and stands_alone(r, i + 1) and r.word(i + 1) != "-":
        return True
    if before is None or j != i:
        return False
    if before.portion or before.modifier or before.unit == "month":
        return True
    asked = before.marker is not None or r.word(i - 1) in {"in", "rond", "van", "tussen"}
    is_name = r.word(i) == "jan" and (r.word(i - 1) not in {"in", "rond"} or r.capital(i))
    return asked and not is_name and (not r.tokens[i].entry.short or stands_alone(r, i + 1))


def _year_said(r: Reader, i: int) -> bool:
    j = r.after(i, "van", "in")
    if j > i and r.year(j):
        return True
    return r.tokens[j].entry.modifier is not None and r.unit(j + 1) == "year"


def _joined_month(r: Reader, link: int, other: int) -> bool:
    if other < 0 or not (r.role(link, "or", "and") or r.word(link) in {"-", "/", "tot", "tem", "t/m", "tot en met"}):
        return False
    return r.tokens[other].entry.month is not None


def name_fits(r: Reader, i: int) -> bool:
    """Whether a feast or season that chat also mentions otherwise has a preposition or article in front."""
    if r.year(i + 1) or _year_said(r, i + 1):
        return True
    if i == 0:
        return False
    before = r.tokens[i - 1].entry
    if r.role(i - 1, "article"):
        return r.role(i - 2, "at", "van", "tussen") or (i > 1 and _asks(r, i - 2))
    return _asks(r, i - 1) or r.role(i - 1, "at") or before.modifier is not None


def _asks(r: Reader, i: int) -> bool:
    entry = r.tokens[i].entry
    return bool(entry.marker or entry.portion or entry.ordinal)
