"""A normalised text as counted features: characters within words, words, pairs of words, and the same without fillers.

The same function feeds training and scoring, so that the two can't drift apart.
"""

from collections import Counter
from collections.abc import Sequence

from dialogs.language.spelling import fillers, forms

SHORTEST, LONGEST = 2, 5
"""Lengths of the character pieces."""


def features(text: str) -> Counter[str]:
    """How often each feature stands in `text`.

    Character pieces start with "c", words as they are with "w", words in one form of the verb and without fillers "f".
    """
    words = text.split()
    counted = Counter(of_words(words))
    for word in words:
        counted.update(pieces(word))
    return counted


def of_words(words: Sequence[str]) -> list[str]:
    """The features that words and pairs of words make."""
    named = [f"w{word}" for word in words]
    named += [f"w{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True)]
    bare = [forms().get(word, word) for word in words if word not in fillers()]
    named += [f"f{word}" for word in bare]
    named += [f"f{first} {second}" for first, second in zip(["^", *bare], [*bare, "$"], strict=True)]
    return named


def pieces(word: str) -> list[str]:
    """The features within one word: its pieces of characters."""
    if word.startswith("<"):
        return []
    padded = f" {word} "
    return [
        f"c{padded[start : start + length]}"
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(max(0, len(padded) - length + 1))
    ]
