"""A normalised text as counted features: characters within words, words, and pairs of words.

The same function feeds training and scoring, so that the two can't drift apart.
"""

from collections import Counter

SHORTEST, LONGEST = 2, 5
"""Lengths of the character pieces."""


def features(text: str) -> Counter[str]:
    """How often each feature stands in `text`; character pieces start with "c", words with "w"."""
    words = text.split()
    counted: Counter[str] = Counter(f"w{word}" for word in words)
    counted.update(f"w{first} {second}" for first, second in zip(["^", *words], [*words, "$"], strict=True))
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
