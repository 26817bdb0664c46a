"""Training the model: phrases in, weights out. Runs on a developer's machine only (`make train`), never in the bot.

Usage: python -m dialogs.language.training
"""

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from dialogs.language.features import features
from dialogs.language.model import WEIGHTS, vector
from dialogs.language.phrases import LabelledPhrase, phrases

DATA = Path(str(files("dialogs.language") / "data"))
RARE = 2
"""Features seen in fewer phrases are left out: they are typos of one phrase."""

STRENGTH = 40.0
"""The inverse of the regularisation; chosen by leaving out one author at a time."""


def fingerprint(taught: Sequence[LabelledPhrase]) -> str:
    """What the weights must have been trained on; they carry it, and a test compares."""
    text = json.dumps([(one.intent.value, one.text) for one in taught], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def train(taught: Sequence[LabelledPhrase]) -> Mapping[str, Any]:
    """The arrays of a model."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - a developer's dependency

    seen: dict[str, int] = {}
    for one in taught:
        for name in features(one.text):
            seen[name] = seen.get(name, 0) + 1
    names = sorted(name for name, count in seen.items() if count >= RARE)
    rows = {name: row for row, name in enumerate(names)}
    idf = np.array([np.log((1 + len(taught)) / (1 + seen[name])) + 1 for name in names], dtype=np.float32)
    learner = LogisticRegression(C=STRENGTH, max_iter=400)
    learner.fit(_matrix([one.text for one in taught], rows, idf), [one.intent.value for one in taught])
    weights = learner.coef_.T.astype(np.float32)
    # Eight bits a weight: a tenth of the size, with no measurable loss.
    scale = np.abs(weights).max(axis=0) / 127 + 1e-9
    return {
        "features": np.frombuffer("\n".join(names).encode(), dtype=np.uint8),
        "idf": idf.astype(np.float16),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": learner.intercept_.astype(np.float32),
        "intents": np.array(list(learner.classes_)),
        "fingerprint": np.array(fingerprint(taught)),
    }


def _matrix(texts: Sequence[str], rows: dict[str, int], idf: Any) -> Any:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - a developer's dependency

    data: list[float] = []
    indices: list[int] = []
    ends = [0]
    for text in texts:
        chosen, values = vector(text, rows)
        weighed = np.asarray(values, dtype=np.float32) * idf[chosen] if chosen else np.zeros(0)
        norm = float(np.linalg.norm(weighed)) or 1.0
        indices.extend(chosen)
        data.extend(weighed / norm)
        ends.append(len(indices))
    return csr_matrix((data, indices, ends), shape=(len(texts), len(rows)))


def main() -> int:
    """Train on all phrases and write the weights."""
    taught = phrases()
    np.savez_compressed(DATA / WEIGHTS, **train(taught))
    size = (DATA / WEIGHTS).stat().st_size
    sys.stdout.write(f"{len(taught)} phrases, {len({one.intent for one in taught})} intents, {size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
