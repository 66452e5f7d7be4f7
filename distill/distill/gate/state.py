"""How usual an encoder state is: a normal distribution with few directions of its own (probabilistic
PCA, Tipping & Bishop 1999), which is a Mahalanobis distance that 384 dimensions and a few thousand
documents allow. `model/core/gate/suitability.ts` computes the same."""

import numpy as np

RANK = 48
MOST_DEVIATIONS = 4
"""As in the TypeScript: nothing further out counts for more."""


def fit(states: np.ndarray, rank: int = RANK) -> dict:
    """states: N×D of suitable documents; returns `state` of gate.json."""
    mean = states.mean(0)
    values, vectors = np.linalg.eigh(np.cov(states - mean, rowvar=False))
    values, vectors = values[::-1], vectors[:, ::-1]
    made = {
        "mean": mean,
        "basis": vectors[:, :rank].T,
        "variance": np.maximum(values[:rank], 1e-9),
        "noise": float(max(values[rank:].mean(), 1e-9)),
    }
    distance = project(states, made)[1]
    p95 = float(np.quantile(distance, 0.95))
    return made | {"distance": {"mean": float(distance.mean()), "p95": p95}}


def project(states: np.ndarray, made: dict) -> tuple[np.ndarray, np.ndarray]:
    """Whitened coordinates N×R, clipped, and distances N (about 1 for training documents)."""
    centred = states - made["mean"]
    along = centred @ made["basis"].T
    rest = np.maximum(0, (centred**2).sum(1) - (along**2).sum(1))
    whitened = along / np.sqrt(made["variance"])
    square = (whitened**2).sum(1) + rest / made["noise"]
    return whitened.clip(-MOST_DEVIATIONS, MOST_DEVIATIONS), np.sqrt(square / states.shape[1])
