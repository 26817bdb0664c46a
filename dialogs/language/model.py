"""Scores a normalised text with the linear model that `make train` shipped: a sum of weights, in np."""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from dialogs.language.features import features
from dialogs.language.intents import Intent

WEIGHTS = "intent_model.npz"


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: a row of weights per feature, a column per intent."""

    intents: tuple[Intent, ...]
    rows: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    fingerprint: str

    def logits(self, text: str) -> NDArray[np.float32]:
        """The score of each intent, in the order of `intents`."""
        rows, values = vector(text, self.rows)
        if not rows:
            return self.bias.copy()
        chosen = np.asarray(rows)
        weighed = np.asarray(values, dtype=np.float32) * self.idf[chosen]
        weighed /= np.linalg.norm(weighed) or 1.0
        scored: NDArray[np.float32] = weighed @ self.weights[chosen] + self.bias
        return scored


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
