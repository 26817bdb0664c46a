"""Misspelt calendar words: the nearest known word within one or two typing errors."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

SHORTEST: Final = 5
LONG: Final = 9
# Real words that lie one or two letters from a calendar word.
_ONE_ERROR_ONLY: Final = frozenset({"overmorgen", "eergisteren", "schooljaar"})
# Real words that lie within the errors allowed of a calendar word.
_REAL_WORDS: Final = frozenset(
    {"vandaan", "vandaar", "vandaal", "vandale", "zondig", "zonda", "zondaar", "donderslag", "donderde", "valavond"}
    | {"morgenstond", "schooljaren"},
)


class Speller:
    """Maps misspelt words to the word meant, over a fixed vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= SHORTEST:
                self._by_first.setdefault(word[0], []).append(word)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def _correct(self, word: str) -> str | None:
        """The one vocabulary word that `word` (lower case) is a misspelling of, if any."""
        if len(word) < SHORTEST or word in _REAL_WORDS:
            return None
        found = [(distance(word, known), -len(known), known) for known in self._near(word)]
        within = [candidate for candidate in found if candidate[0] <= _allowed(candidate[2])]
        return min(within)[2] if within else None  # of equals the longest: letters are dropped more than added

    def _near(self, word: str) -> Iterable[str]:
        for first in {word[0], word[1]}:
            for known in self._by_first.get(first, ()):
                if abs(len(known) - len(word)) <= _allowed(known) and _shares_letters(word, known):
                    yield known


def _allowed(known: str) -> int:
    return 2 if len(known) >= LONG and known not in _ONE_ERROR_ONLY else 1


def _shares_letters(one: str, other: str) -> bool:
    """A cheap test before the true distance: two errors change at most two kinds of letters on each side."""
    return len(set(one) ^ set(other)) <= 2 * _allowed(other)


def distance(one: str, other: str) -> int:
    """Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, known in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
