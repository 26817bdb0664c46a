"""A normalised text as counted features: characters within words, words, pairs of words, and the same without fillers.

The same function feeds training and scoring, so that the two can't drift apart.
"""

from collections import Counter

from dialogs.language.spelling import fillers, forms

SHORTEST, LONGEST = 2, 5
"""Lengths of the character pieces."""


def features(text: str) -> Counter[str]:
    """How often each feature stands in `text`.

    Character pieces start with "c", words as they are with "w", words in one form of the verb and without fillers "f".
    """
    words = text.split()
    counted: Counter[str] = Counter(f"w{word}" for word in words)
    counted.update(f"w{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True))
    bare = [forms().get(word, word) for word in words if word not in fillers()]
    counted.update(f"f{word}" for word in bare)
    counted.update(f"f{first} {second}" for first, second in zip(["^", *bare], [*bare, "$"], strict=True))
    for word in words:
        counted.update(_pieces(word))
    return counted


def _pieces(word: str) -> list[str]:
    if word.startswith("<"):
        return []
    padded = f" {word} "
    return [
        f"c{padded[start : start + length]}"
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(max(0, len(padded) - length + 1))
    ]
