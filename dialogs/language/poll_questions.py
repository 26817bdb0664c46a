"""What is asked about a poll there is: until when one can vote, who chose what, and what one chose oneself."""

import re
from enum import StrEnum

from dialogs.language.courtesies import without_courtesies
from dialogs.language.poll_words import word_pattern
from dialogs.language.spelling import fold, strip_markup


class PollQuestion(StrEnum):
    """What somebody wants to know of a poll."""

    UNTIL = "until"
    WHO = "who"
    MINE = "mine"


def poll_question(text: str) -> PollQuestion | None:
    """What a text asks about polls; None: something else, or nothing."""
    said = " ".join(fold(strip_markup(text[:LONGEST])).split())
    return next((asked for asked, pattern in _ASKED if pattern.search(said)), None)


def names_polls(text: str, talked: bool) -> bool:
    """Whether a text is about a poll; where one was `talked` of, also without naming it: "wanneer sluit ze?"."""
    said = fold(text[:LONGEST])
    return _POLLS.search(said) is not None or (talked and _THAT_ONE.search(said) is not None)


def words_beside_choice(text: str) -> int:
    """How many words a text has without those that only choose: "ik ben voor NAFT" has one."""
    return sum(1 for word in re.findall(r"\w+", fold(text[:LONGEST])) if word not in _CHOOSING)


def answers_anything(text: str) -> bool:
    """Whether a text is a yes or no in whichever words, which may answer anything: "ok", "ja hoor", "nee bedankt"."""
    said = without_courtesies(strip_markup(text[:LONGEST]))
    words = fold(said).strip(" .!?,")
    return any(word_pattern(name).fullmatch(words) is not None for name in ("ja", "neen"))


def says_to_vote(text: str) -> bool:
    """Whether a text says that it votes: "ik kies internaten", and not "2" or "ik ben voor"."""
    return not answers_anything(text) and _VOTES.search(fold(text[:LONGEST])) is not None


def word_for_word(text: str) -> str:
    """A text as it is compared with what can be chosen: "Neen." is the "nee" that was asked for."""
    said = fold(strip_markup(text[:LONGEST])).strip(" .!")
    return "nee" if said == "neen" else said


LONGEST = 300
"""Characters of what may be such a question."""

_CHOOSING = frozenset(
    [
        *("ik", "ben", "mij", "me", "geef", "doe", "kies", "neem", "wil", "ga", "stem", "voor", "op", "toch", "maar"),
        *("dan", "wel", "liever", "graag", "aub", "svp", "dus", "en", "gewoon"),
    ]
)
_POLLS = re.compile(r"\b(?:peiling\w*|polls?\w*|enquete\w*|stem(?:men|ming)?|gestemd|uitslag)\b")
_VOTES = re.compile(
    r"\b(?:(?:ge)?stem\w*|kies|keuze\w*|gekozen|vote|peiling\w*|polls?"
    r"|(?:ik|k) (?:\w+ )?(?:ga|ben|wil|neem|geef|zet|verkies|zou|duid)|mijn)\b"
)
_THAT_ONE = re.compile(r"\b(?:ze|die|hij|dat|deze|het)\W*$")
_ENDS = (
    r"(?:sluit\w*|dicht\w*|gesloten|af(?:loopt|gelopen)|loopt|lopen|gedaan|open(?:t|gaat)?|eindigt|stopt|voorbij"
    r"|stem(?:men)?|uitslag)"
)
_ASKED = (
    (
        PollQuestion.MINE,
        re.compile(
            r"\b(?:wat|waarop|waarvoor|(?:op|voor) w(?:at|ie|elke?)\b.*|welke?\b.*) (?:heb|had) (?:ik|k)\b.*"
            r"\b(?:gestemd|gestemt|gekozen|geantwoord)\b"
            r"|\b(?:wat|waarop|waarvoor) (?:stemde|koos) (?:ik|k)\b"
            r"|\bwat (?:was|is) (?:ook weer |nu weer |eigenlijk )?(?:mijn|m'n|mn) (?:eigen )?(?:stem|keuze|vote)\b"
            r"|^(?:en )?heb (?:ik|k) (?:er |daar |in .{2,40} )?(?:al |reeds |wel )*(?:gestemd|gestemt)\b"
        ),
    ),
    (
        PollQuestion.WHO,
        re.compile(
            r"\bwie\b.*\b(?:koos|kozen|koost|gekozen|stemden?|gestemd|gestemt|antwoordden?|geantwoord)\b"
            r".*\b(?:wat|welke?|op|voor|tegen|ja|nee|misschien)\b"
            r"|^(?:en )?wie (?:kan|past|kon|kunnen)(?: er)?(?: dan| wel| niet| allemaal)* (?:op|de) .*\d"
            r"|\bwie\b.*\b(?:wat|welke?|op|voor|tegen|ja|nee|misschien)\b.*"
            r"\b(?:koos|kozen|koost|gekozen|stemden?|gestemd|gestemt|antwoordden?|geantwoord|zei|zeiden|gezegd)\b"
        ),
    ),
    (
        PollQuestion.UNTIL,
        re.compile(
            r"^(?:en |maar |zeg,? )?(?:tot |tegen )?(?:wanneer|hoe ?lang|hoe ?laat|welke dag|welk uur|welke datum)\b"
            rf"(?!.*\bal\b).*\b{_ENDS}\b|\b(?:wat is|is er)\b.*\bdeadline\b.*\b(?:peiling|poll|stemm\w*)\b"
        ),
    ),
)
