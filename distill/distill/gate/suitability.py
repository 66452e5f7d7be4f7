"""What kind of document it is: multinomial logistic regression on the whitened encoder state and the
standardised surface, every kind weighted alike but prose, which has half of all weight."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from distill.gate import state
from distill.gate.files import Table
from distill.gate.rows import PROSE

RANK = 48
STRENGTH = 0.03
"""Inverse of the L2 penalty; chosen on sources left out (docs/gate.md)."""


def inputs(table: Table, made: dict) -> np.ndarray:
    """N×(R+F): whitened state, standardised surface."""
    whitened, _ = state.project(table.state, made["state"])
    mean, deviation = made["surface"]["mean"], made["surface"]["deviation"]
    standard = ((table.surface - mean) / deviation).clip(-state.MOST_DEVIATIONS, state.MOST_DEVIATIONS)
    return np.hstack([whitened, standard])


def fit(table: Table, rank: int = RANK, strength: float = STRENGTH) -> dict:
    """`state`, `surface` and `suitability` of gate.json (without its threshold)."""
    prose = table.kind == PROSE
    deviation = table.surface.std(0)
    made = {
        "state": state.fit(table.state[prose], rank),
        "surface": {
            "names": table.names,
            "mean": table.surface.mean(0),
            "deviation": np.where(deviation > 1e-6, deviation, 1.0),
        },
    }
    kinds, counts = np.unique(table.kind.astype(str), return_counts=True)
    share = {
        k: (0.5 if k == PROSE else 0.5 / (len(kinds) - 1)) / n for k, n in zip(kinds, counts, strict=True)
    }
    # A rare kind may not weigh a hundred times as much a document as a common one.
    most = 8 * share[PROSE]
    weight = np.array([min(share[k], most) for k in table.kind]) * len(table.kind)
    model = LogisticRegression(C=strength, max_iter=300, tol=1e-3)
    model.fit(inputs(table, made), table.kind.astype(str), sample_weight=weight)
    weights = {"kinds": list(model.classes_), "weights": model.coef_, "bias": model.intercept_}
    return made | {"suitability": weights}


def predict(table: Table, made: dict) -> tuple[np.ndarray, np.ndarray]:
    """Probability of prose, and the likeliest other kind, of each of N documents."""
    own = made["suitability"]
    logits = inputs(table, made) @ np.asarray(own["weights"]).T + own["bias"]
    odds = np.exp(logits - logits.max(1, keepdims=True))
    probability = odds / odds.sum(1, keepdims=True)
    prose = list(own["kinds"]).index(PROSE)
    logits[:, prose] = -np.inf
    return probability[:, prose], np.array(own["kinds"], dtype=object)[logits.argmax(1)]
