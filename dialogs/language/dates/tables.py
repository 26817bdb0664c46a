"""Tables written by meaning ("next": "volgende, volgend") turned into tables by word."""

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def by_word(by_meaning: Mapping[T, str]) -> dict[str, T]:
    """Every word or phrase with its meaning; the words of one meaning are split at commas."""
    return {word: meant for meant, words in by_meaning.items() for word in split(words)}


def split(words: str) -> list[str]:
    """Words and phrases separated by commas, over several lines if need be."""
    return [word.strip() for word in words.split(",")]
