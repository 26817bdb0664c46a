"""The entry: text and the present moment -> every date expression in the text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Final

from dialogs.language.dates.entries import EMPTY
from dialogs.language.dates.expression import DateExpression
from dialogs.language.dates.grammar.chains import Found, chain
from dialogs.language.dates.grammar.items import RULES
from dialogs.language.dates.grammar.reader import Reader
from dialogs.language.dates.grammar.recurrences import recurrence
from dialogs.language.dates.markers import CLAUSE_WORDS, PAST_ADJECTIVES, PAST_WORDS, REPORTS
from dialogs.language.dates.resolve import resolve
from dialogs.language.dates.tokens import Kind, Token, tokenise

_SILENT = frozenset({Kind.MARK, Kind.OTHER})
_CLAUSE: Final = 40  # tokens
_CLAUSE_MARKS = frozenset(".!?;,\n:")
_LINKING = frozenset({"van", "op", "dd", "in", "de", "den", "het", "uit"})


def find_dates(text: str, now: datetime) -> tuple[DateExpression, ...]:
    """All date expressions in the text, in order, not overlapping.

    `now` is an aware datetime; its zone is the zone of every moment returned.
    A date without a year is the next one, or the last one where the words look back ("was", "vorige").
    """
    r = Reader(tokenise(text), RULES)
    resolved = (_expression(r, found, text, now) for found in _all(r))
    return tuple(expression for expression in resolved if expression)


def _all(r: Reader) -> Iterator[Found]:
    i = 0
    while r.tokens[i].kind is not Kind.END:
        found = [] if _is_silent(r.tokens[i]) else recurrence(r, i) or chain(r, i)
        yield from found
        i = max(found[-1].end, i + 1) if found else i + 1


def _is_silent(token: Token) -> bool:
    """Most words say nothing about time: no rule needs to look at them."""
    return token.kind in _SILENT or (token.kind is Kind.WORD and token.entry is EMPTY)


def _expression(r: Reader, found: Found, text: str, now: datetime) -> DateExpression | None:
    meant = resolve(found, now, back=_looks_back(r, found))
    if meant is None:
        return None
    start, end = r.tokens[found.begin].start, r.tokens[found.end - 1].end
    return replace(meant, text=text[start:end], span=(start, end))


def _looks_back(r: Reader, found: Found) -> bool:
    """Whether the clause is about the past: "was", "geweest", "het vorige overleg van", "het verslag van"."""
    before = takewhile(_goes_on, reversed(r.tokens[max(found.begin - _CLAUSE, 0) : found.begin]))
    behind = takewhile(_goes_on, r.tokens[found.end : found.end + _CLAUSE])
    return any(token.word in PAST_WORDS for token in (*before, *behind)) or _follows_past_noun(r, found.begin)


def _goes_on(token: Token) -> bool:
    """Whether the clause goes on past this token."""
    return token.word not in CLAUSE_WORDS and not (token.kind is Kind.MARK and token.word in _CLAUSE_MARKS)


def _follows_past_noun(r: Reader, i: int) -> bool:
    """ "de laatste vergadering van 5 mei", "het verslag van 12 november"."""
    j = i - 1
    while j >= 0 and r.word(j) in _LINKING:
        j -= 1
    if j < 0 or j == i - 1:
        return False
    return r.word(j) in REPORTS or r.word(j - 1) in PAST_ADJECTIVES
