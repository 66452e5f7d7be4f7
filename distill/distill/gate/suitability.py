"""What kind of document it is: multinomial logistic regression on the standardised surface, every kind
weighted alike but prose, which has half of all weight. Several kinds beside each other tell sources never
seen better than "suitable or not" does, and the encoder state tells them no better (docs/gate.md)."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from distill.gate import state
from distill.gate.files import Table
from distill.gate.rows import PROSE

STRENGTH = 0.05
"""Inverse of the L2 penalty; chosen on sources left out (docs/gate.md)."""
SIGN = "any "
LEAST, MOST = 0.01, 0.9
"""Signs (`any check boxes`) that hardly any or nearly all documents have are left out."""


def inputs(table: Table, made: dict) -> np.ndarray:
    """N×F: standardised surface, of the features that `made` names."""
    place = {name: i for i, name in enumerate(table.names)}
    own = table.surface[:, [place[name] for name in made["surface"]["names"]]]
    mean, deviation = made["surface"]["mean"], made["surface"]["deviation"]
    return ((own - mean) / deviation).clip(-state.MOST_DEVIATIONS, state.MOST_DEVIATIONS)


def fit(table: Table, strength: float = STRENGTH) -> dict:
    """`surface` and `suitability` of gate.json (without its threshold)."""
    mean, deviation = table.surface.mean(0), table.surface.std(0)
    kept = [
        i
        for i, name in enumerate(table.names)
        if deviation[i] > 1e-6 and (not name.startswith(SIGN) or LEAST < mean[i] < MOST)
    ]
    names = [table.names[i] for i in kept]
    made = {"surface": {"names": names, "mean": mean[kept], "deviation": deviation[kept]}}
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3)
    model.fit(inputs(table, made), table.kind.astype(str), sample_weight=_weights(table.kind))
    weights = {"kinds": list(model.classes_), "weights": model.coef_, "bias": model.intercept_}
    return made | {"suitability": weights}


def _weights(kind: np.ndarray) -> np.ndarray:
    """N, with a mean of about 1. A document of a rare kind weighs at most twice one of prose."""
    kinds, counts = np.unique(kind.astype(str), return_counts=True)
    share = {
        k: (0.5 if k == PROSE else 0.5 / (len(kinds) - 1)) / n for k, n in zip(kinds, counts, strict=True)
    }
    most = 2 * share[PROSE]
    return np.array([min(share[k], most) for k in kind]) * len(kind)


def beside_state(made: dict, states: dict) -> dict:
    """`made` as the runtime reads it: the state's directions come first, and weigh nothing."""
    weights = np.asarray(made["suitability"]["weights"])
    nothing = np.zeros((len(weights), len(states["basis"])))
    return made | {"suitability": made["suitability"] | {"weights": np.hstack([nothing, weights])}}


def predict(table: Table, made: dict) -> tuple[np.ndarray, np.ndarray]:
    """Probability of prose, and the likeliest other kind, of each of N documents; `made` as `fit` gave it."""
    own = made["suitability"]
    logits = inputs(table, made) @ np.asarray(own["weights"]).T + own["bias"]
    odds = np.exp(logits - logits.max(1, keepdims=True))
    probability = odds / odds.sum(1, keepdims=True)
    prose = list(own["kinds"]).index(PROSE)
    logits[:, prose] = -np.inf
    return probability[:, prose], np.array(own["kinds"], dtype=object)[logits.argmax(1)]
