"""What is typed in answer to a question of the bot: yes or no, a reason, a number, a name."""

import re
from datetime import date, datetime

from dialogs.language.intents import Intent
from dialogs.language.registering import NAMEWORD, PARTICLES
from dialogs.language.spelling import fold, strip_markup
from dialogs.language.understanding import Understanding

_REASON = re.compile(r"\b(?:omdat|want|wegens|vanwege|owv|doordat|reden:?)\s+(?P<said>.+)", re.IGNORECASE | re.DOTALL)
_WHY = re.compile(r"^(?:omdat|want|wegens|vanwege|owv|doordat)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d/.:-])\d{1,4}(?![\d/:-]|\.\d)")
_UNTIL = re.compile(r"\btot\b", re.IGNORECASE)
_NO_LIMIT = re.compile(
    r"\b(?:geen|zonder|onbeperkt|hef\b.*\bop|verwijder|schrap|haal\b.*\bweg|laat\b.*\bvallen)\b"
    r"(?:.*\b(?:max|maximum|limiet|beperking|grens|aantal)\b)?"
)
_YES = frozenset(["ja", "jep", "jawel", "oke", "ok", "okay", "doe", "zeker", "graag", "prima", "akkoord", "goed"])
_NO = frozenset(["nee", "neen", "nope", "niet", "toch", "laat", "annuleer"])
_SHORT = 6
"""Words that a plain yes or no has at most."""
_QUESTION = re.compile(
    r"^(?:en |maar )?(?:ik wil|ik wou|ik zou|wie|wat|waar|wanneer|waarom|welke?|hoe|hoeveel|"
    r"kan|mag|moet|is|zijn|heb|ben|staat?|toon|geef|"
    r"stuur|zet|schrijf|schrap|haal|doe|meld|noteer|voeg|plaats)\b"
)
_COMES_AFTER_ALL = re.compile(
    r"\bik (?:kom|kan|ga|ben er) (?:dan )?(?:toch|wel)\b(?!.*\b(?:niet|ni|nie)\b)|^toch (?:wel )?(?:komen|kunnen)\b"
)
_DOUBT = re.compile(
    r"\b(?:misschien|wellicht|mogelijk|waarschijnlijk|vermoedelijk|onder voorbehoud|niet zeker)\b"
    r"|\bweet (?:\w+ )*(?:niet|ni|nie) (?:\w+ )?of\b"
)
_MAY_I = re.compile(
    r"^(?:(?:en|dag|hallo|hey) )*(?:kan|kunnen|mag|mogen) (?:ik|we) .*"
    r"\b(?:afmelden|uitschrijven|verontschuldigen|annuleren|afzeggen)\b"
)
_LONGEST_TYPED_NAME = 6
_NOBODY = frozenset(["niemand", "weet", "nog", "later", "iemand", "geen", "idee"])


def reason(text: str) -> str:
    """Why somebody is excused, where the sentence says so."""
    match = _REASON.search(strip_markup(text))
    return _sentence(match["said"]) if match else ""


def as_reason(text: str) -> str:
    """A typed answer to "waarom?", without its "omdat"."""
    said = strip_markup(text)
    return reason(said) if _WHY.match(said) else _sentence(said)


def _sentence(said: str) -> str:
    return " ".join(said.split()).rstrip(" .")


def number_beside(asked: Understanding) -> int | None:
    """The number in a text that is no part of a date; None when there is none."""
    text = asked.text
    for one in reversed(asked.dates):
        text = f"{text[: one.span[0]]} {text[one.span[1] :]}"
    match = _NUMBER.search(text)
    return int(match.group()) if match else None


def until_day(asked: Understanding) -> date | None:
    """The day that "tot" stands before; None when there is none: another day is that of the meeting."""
    for one in asked.dates:
        day = one.end or one.start
        if _UNTIL.search(asked.text[: one.span[1]]) and isinstance(day, date):
            return day.date() if isinstance(day, datetime) else day
    return None


def without_limit(text: str) -> bool:
    """Whether a text says that there is to be no limit."""
    return _NO_LIMIT.search(fold(text)) is not None


def yes_or_no(asked: Understanding) -> bool | None:
    """What is answered to a question of the bot; None when it is no answer to it."""
    if asked.sure and asked.intent is Intent.YES:
        return True
    if asked.sure and asked.intent in {Intent.NO, Intent.CANCEL}:
        return False
    words = re.findall(r"\w+", fold(strip_markup(asked.text)))
    if not words or len(words) > _SHORT or "?" in asked.text:
        return None
    if "waarom" not in words and words[0] in _YES and not _REFUSES.isdisjoint(words):
        return False  # "zeker niet", "ok, laat maar"
    return True if words[0] in _YES else False if words[0] in _NO else None


def plainly(asked: Understanding) -> bool | None:
    """The same of what can't be undone easily: "ja, maar wacht even" and "ok, wie komt er" are no yes to that."""
    said, words = yes_or_no(asked), set(re.findall(r"\w+", fold(strip_markup(asked.text))))
    if not said:
        return said
    if "waarom" not in words and not _REFUSES.isdisjoint(words):
        return False
    clear = (asked.sure and asked.intent is Intent.YES) or words <= _PLAIN
    return True if clear and _PUTS_OFF.isdisjoint(words) else None


_REFUSES = frozenset(["niet", "nee", "neen", "laat", "geen"])
_PUTS_OFF = frozenset(["wacht", "wachten", "even", "later", "straks", "misschien", "eerst", "twijfel"])
# fmt: off
_PLAIN = _YES | frozenset(
    [
        "maar", "dat", "het", "zo", "is", "in", "orde", "perfect", "super", "top", "hoor", "natuurlijk", "uiteraard",
        "bedankt", "merci", "dank", "je", "verdeel", "zet", "ze", "voeg", "toe", "pas", "aan", "voer", "uit", "en",
        "dan",
    ]
)
# fmt: on
"""Words of which a yes is made that leaves no doubt."""


def opens_a_reason(text: str) -> bool:
    """Whether a text begins as a reason does: "omdat ...", "wegens ..."."""
    return _WHY.match(strip_markup(text).strip()) is not None


_SAYS_NO = re.compile(r"\b(?:kan|kom|zal|ga|geraak|raak|moet|wil) ik\b|\b(?:schrap|schrijf|verontschuldig|meld|haal)\b")


def comes_after_all(text: str) -> bool:
    """Whether a text says that one comes, after one could not: "ik kom toch wel"."""
    return _COMES_AFTER_ALL.search(fold(strip_markup(text)).strip()) is not None


def doubts(text: str) -> bool:
    """Whether a text says only that one may not come."""
    return _DOUBT.search(fold(strip_markup(text))) is not None


def asks_whether_one_may(text: str) -> bool:
    """Whether a text asks if one can still sign off, and does not do so."""
    return _MAY_I.match(fold(strip_markup(text)).strip()) is not None


def only_a_reason(text: str) -> bool:
    """Whether a text says why and nothing else: "omdat ik ziek ben", not "wegens ziekte kan ik niet komen"."""
    return opens_a_reason(text) and _SAYS_NO.search(fold(strip_markup(text))) is None


def opens_a_question(text: str) -> bool:
    """Whether a text begins as a question or a command does."""
    return _QUESTION.match(fold(strip_markup(text)).strip()) is not None


def is_a_name(asked: Understanding) -> bool:
    """Whether a short answer to "wie?" is somebody's name, perhaps with where they work."""
    said = strip_markup(asked.text)
    words = re.findall(r"[\w'’-]+", said)
    if not words or "?" in said or opens_a_question(said):
        return False
    if asked.people:
        return True
    if "," in said:
        return NAMEWORD.match(words[0]) is not None
    if len(words) > _LONGEST_TYPED_NAME or _NOBODY.intersection(word.lower() for word in words):
        return False
    return all(NAMEWORD.match(word) or word.lower() in PARTICLES for word in words)


_SKIPS = re.compile(
    r"(?:(?:sla|slaan)\b.*\bover\b|overslaan|skip(?:pen)?|volgende(?: vraag)?(?: aub| graag)?|niks|niets|"
    r"geen(?: idee)?|pas|"
    r"weet (?:ik )?(?:het )?(?:nog )?niet|(?:nog )?niet nodig|(?:dat )?(?:weet|heb) ik (?:nog )?niet|later|nvt|"
    r"n\.v\.t\.|-+|/|x)[\s.!]*"
)
_GOES_BACK = re.compile(
    r"(?:(?:ga |keer |even |toch |naar |de |een (?:stap|vraag) )*(?:vorige|terug|terugkeren|back)(?: (?:vraag|stap|"
    r"aub|graag|naar de vorige(?: vraag)?))*)[\s.!]*"
)
_GOES_ON = re.compile(
    r"(?:(?:ja |ok |oke |goed |maar |ga |doe |we |gaan |kunnen |laten we |wil )*(?:verder(?:gaan|doen|zetten)?|"
    r"voort(?:doen)?|door(?:gaan)?|hervat(?:ten)?|ga door|continue)(?: (?:maar|aub|graag|met (?:de |mijn )?casus|"
    r"doen|gaan))*)[\s.!]*"
)


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(fold(strip_markup(text)).strip()) is not None


def skips(text: str) -> bool:
    """Whether a question of the bot is left open: "sla over", "weet ik nog niet"."""
    return _whole(_SKIPS, text)


def goes_back(text: str) -> bool:
    """Whether somebody wants the question before again: "vorige", "terug"."""
    return _whole(_GOES_BACK, text)


def goes_on(text: str) -> bool:
    """Whether somebody goes on where they stopped: "verder", "ga door"."""
    return _whole(_GOES_ON, text)
