"""Makes chat Dutch uniform: lower case, no accents or punctuation, chat words spelled out, masks kept."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

BREAK = "|"
"""Stands between two clauses where they are asked for."""

_TOKEN = re.compile(r"<[a-z]+>|[a-z0-9]+(?:'?[\-][a-z0-9]+|'[a-z0-9]+)*")
_TOKEN_OR_BREAK = re.compile(_TOKEN.pattern + r"|[,.;:!?()\[\]\"…]+|(?<= )-+(?= )")
_MENTION = re.compile(r"<at>(?:(?!</?at>).)*+</at>", re.DOTALL)  # reads nothing twice, however many are left open
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_WITHIN_A_LINE = re.compile(r"</?(?:b|i|u|s|em|strong|span|a|del|code|font)\b[^>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]{0,200}>")
_NUMBERED = re.compile(r"(?:\bnr\.?|#) ?(?=\d)")
_IS = frozenset({"wat", "wa", "dat", "da", "waar", "wie", "hoe", "what", "who", "where", "when", "how", "it", "that"})
_FRENCH = re.compile(r"(l|c|s|n|j|qu|jusqu)'(?=[a-z])")
_PARTICLES = frozenset({"in", "uit", "door", "toe", "aan", "af", "mee", "op", "deel"})
_LONGEST_PHRASE = 4


class BrokenLanguageData(ValueError):
    """A language data file has a mistake; the message names the place."""


@cache
def words() -> Mapping[str, Any]:
    """The word data of words.yaml. Raises BrokenLanguageData."""
    data = load("words.yaml")
    for key, meaning in data["spelling"].items():
        if not isinstance(key, str) or not isinstance(meaning, str):
            # YAML takes a bare on, off, yes, no or number for something else than a word.
            raise BrokenLanguageData(f"words.yaml: spelling: {key!r}: {meaning!r}: put it in quotes")
    return data


@cache
def empty_words() -> frozenset[str]:
    """Words that never point to a name by themselves."""
    return frozenset(words()["empty"].split())


@cache
def forms() -> Mapping[str, str]:
    """Each form of a verb with the one that the patterns use."""
    return {form: verb for verb, other in words()["forms"].items() for form in (verb, *str(other).split())}


@cache
def fillers() -> frozenset[str]:
    """Words that change how a question sounds, not what it asks."""
    return frozenset(str(words()["fillers"]).split())


@cache
def commands() -> frozenset[str]:
    """Verbs that open a command, as far as they have no form of their own."""
    return frozenset(str(words()["commands"]).split())


def load(name: str) -> Mapping[str, Any]:
    """A language data file as plain values. Raises yaml.YAMLError, with the line, when it is broken."""
    data: Mapping[str, Any] = yaml.safe_load((files("dialogs.language") / "data" / name).read_text("utf-8"))
    return data


def strip_markup(text: str) -> str:
    """The text as typed, without mentions and HTML tags; still with its capitals and punctuation."""
    return " ".join(_TAG.sub(" ", _MENTION.sub(" ", text)).replace("\xa0", " ").split())


def strip_markup_in_lines(text: str) -> str:
    """The same with its line breaks, of which at most two in a row."""
    broken = _WITHIN_A_LINE.sub("", _LINE_END.sub("\n", text))
    lines = [strip_markup(line) for line in _MENTION.sub(" ", broken).splitlines()]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str) -> str:
    """Lower case without accents: "Coördinator" gives "coordinator". One character stays one character."""
    return text.lower() if text.isascii() else "".join(_base(letter) for letter in text)


def tokens(text: str, breaks: bool = False) -> list[str]:
    """The words of folded text with chat spelling resolved; masks count as words. `breaks` keeps clauses apart."""
    text = _NUMBERED.sub("nummer ", re.sub("[’‘`´]", "'", text))
    found = (_TOKEN_OR_BREAK if breaks else _TOKEN).findall(text)
    plain = _joined([word for token in found for word in _split(token)])
    spelled = [word for token in _phrased(plain) for word in _spelled(token)]
    return _phrased(spelled)


def day_first(text: str) -> str:
    """ "december 3rd" as "3 dec", padded: every other character keeps its place."""
    return _month_first().sub(_turned, text)


def _turned(found: re.Match[str]) -> str:
    return f"{found['day']} {words()['months'][found['month'].lower()]}".ljust(len(found.group()))


@cache
def _month_first() -> re.Pattern[str]:
    months = "|".join(sorted(words()["months"], key=len, reverse=True))
    return re.compile(rf"\b(?P<month>{months})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?! ?[/:\-.hu\d])", re.IGNORECASE)


def _split(token: str) -> list[str]:
    """What stands around an apostrophe: "ist't" is "ist" and "t", "da's" is "dat is", "l'agenda" has an article."""
    if not token[0].isalnum():
        return [token if token[0] == "<" else BREAK]
    if "'" not in token or token in _spellings():
        return [token]
    token = _FRENCH.sub(r"\1 ", token)
    head, _, tail = token.partition("'")
    if not tail:
        return token.split()
    if tail == "s":
        return [*head.split(), "is"] if head in _IS else head.split()
    return [*head.split(), tail] if tail in {"t", "k", "m", "re", "er"} else [token.replace("'", "")]


def _joined(said: Sequence[str]) -> list[str]:
    """The words with "in te schrijven" as "inschrijven"."""
    found: list[str] = []
    position = 0
    while position < len(said):
        if said[position] in _PARTICLES and said[position + 1 : position + 2] == ["te"] and position + 2 < len(said):
            found.append(said[position] + said[position + 2])
            position += 3
        else:
            found.append(said[position])
            position += 1
    return found


def _spelled(token: str) -> list[str]:
    spelled = _spellings().get(token)
    if spelled is not None:
        return spelled.split()
    if token[0] == "k" and token[1:] in _first_person():
        return ["ik", token[1:]]
    if token[-1] == "k" and token[:-1] in _first_person():
        return [token[:-1], "ik"]
    return [token]


def _phrased(said: Sequence[str]) -> list[str]:
    """The words with the phrases among them replaced, longer ones first."""
    phrases, found, position = _phrases(), list[str](), 0
    while position < len(said):
        for length in range(min(_LONGEST_PHRASE, len(said) - position), 1, -1):
            meaning = phrases.get(" ".join(said[position : position + length])) if said[position] in _heads() else None
            if meaning is not None:
                found.extend(meaning.split())
                position += length
                break
        else:
            found.append(said[position])
            position += 1
    return found


@cache
def _first_person() -> frozenset[str]:
    """Verbs that "k" for "ik" sticks to: "kheb", "moetk"."""
    return frozenset(words()["first_person"].split())


@cache
def _spellings() -> Mapping[str, str]:
    return {key: meaning for key, meaning in words()["spelling"].items() if " " not in key}


@cache
def _phrases() -> Mapping[str, str]:
    return {key: meaning for key, meaning in words()["spelling"].items() if " " in key}


@cache
def _heads() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in _phrases())


def _base(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter.lower())[:1]
    return plain or letter
