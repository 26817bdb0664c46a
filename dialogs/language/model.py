"""Scores a normalised text with the linear model that `make train` shipped: a sum of weights, in np."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from dialogs.language.features import features, of_words, pieces
from dialogs.language.intents import Intent

WEIGHTS = "intent_model.npz"

MOST_WORDS = 5_000
"""Words whose pieces are remembered."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: a row of weights per feature, a column per intent."""

    intents: tuple[Intent, ...]
    rows: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    fingerprint: str
    pieces: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def logits(self, text: str) -> NDArray[np.float32]:
        """The score of each intent, in the order of `intents`."""
        rows, values = self._vector(text.split())
        if not rows:
            return self.bias.copy()
        chosen = np.asarray(rows)
        weighed = np.asarray(values, dtype=np.float32) * self.idf[chosen]
        weighed /= np.linalg.norm(weighed) or 1.0
        scored: NDArray[np.float32] = weighed @ self.weights[chosen] + self.bias
        return scored

    def _vector(self, words: Sequence[str]) -> tuple[list[int], list[float]]:
        """As `vector`, with the pieces of each word found once: people use the same words again and again."""
        counted = [self.rows[name] for name in of_words(words) if name in self.rows]
        for word in words:
            found = self.pieces.get(word)
            if found is None:
                if len(self.pieces) >= MOST_WORDS:
                    self.pieces.clear()
                found = self.pieces[word] = tuple(self.rows[name] for name in pieces(word) if name in self.rows)
            counted += found
        count = Counter(counted)
        return list(count), [1.0 if times == 1 else 1 + math.log(times) for times in count.values()]


def vector(text: str, rows: dict[str, int]) -> tuple[list[int], list[float]]:
    """The rows of the known features of a text, and how much each counts (1 + log of how often)."""
    counted = [(rows[name], 1 + math.log(count)) for name, count in features(text).items() if name in rows]
    return [row for row, _ in counted], [value for _, value in counted]


@cache
def shipped() -> Model:
    """The model in the language data."""
    raw = (files("dialogs.language") / "data" / WEIGHTS).read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as stored:
        names = bytes(stored["features"]).decode("utf-8").split("\n")
        return Model(
            tuple(Intent(name) for name in stored["intents"]),
            {name: row for row, name in enumerate(names)},
            stored["idf"].astype(np.float32),
            stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32),
            stored["bias"].astype(np.float32),
            str(stored["fingerprint"]),
        )
