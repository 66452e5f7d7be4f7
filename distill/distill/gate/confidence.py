"""Confidence: logistic regression on features of judged candidates, ridge on all of them. It does two
things: of a document's candidates the surest is the suggestion, and the suggestion is shown when it is
sure enough. A sheet may hold several candidates a document; the probability is calibrated on the surest of
each, since only those are ever shown and the best of many promises more than it keeps. Folds keep the
candidates of one document together."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from distill.gate import judgments, selective

RIDGE = 30.0
"""Of 3, 10, 30 and 100 the best in cross-validation on 615 judgments (docs/decisions/0021)."""
FOLDS, REPEATS = 5, 3
MOST_DEVIATIONS = 3
"""As in `model/core/gate/confidence.ts`."""
PLAIN = "meanLogProb"
NO_FEATURES = {"item", "confidence", "threshold", "n"}
ACCEPTABLE = {"accept": ("accept",), "usable": ("accept", "edit")}
LEAST_JUDGMENTS = 20


@dataclass
class Judged:
    """N suggestions: N×F features, N verdicts as 0 or 1, the document of each."""

    names: list[str]
    features: np.ndarray
    good: np.ndarray
    document: np.ndarray


def read(paths: list[Path], acceptable: str, answers: list[Path] | None = None) -> Judged:
    """Judged sheets and feedback exports: rows with `verdict` and every feature as a number of its own.

    A feature that more than a tenth of the rows lack is left out; what is missing else is the mean.
    answers: results of `precis batch` to take the features from (`judgments.renewed`)."""
    rows = judgments.rows(paths)
    rows = judgments.renewed(rows, answers) if answers else rows
    rows = [r for r in rows if isinstance(r.get(PLAIN), int | float) and "verdict" in r]
    if len(rows) < LEAST_JUDGMENTS:
        where = ", ".join(map(str, paths))
        raise ValueError(
            f"{where}: {len(rows)} judgments with {PLAIN}, at least {LEAST_JUDGMENTS} are needed"
        )
    number = lambda x: float(x) if isinstance(x, int | float) and not isinstance(x, bool) else np.nan  # noqa: E731
    every = {k for r in rows for k, v in r.items() if not np.isnan(number(v))} - NO_FEATURES
    names = [PLAIN, *sorted(every - {PLAIN})]
    values = np.array([[number(r.get(name)) for name in names] for r in rows])
    kept = (np.isnan(values).mean(0) <= 0.1) & (np.nanstd(values, 0) > 1e-9)
    kept[0] = True
    values, names = values[:, kept], [n for n, k in zip(names, kept, strict=True) if k]
    values = np.where(np.isnan(values), np.nanmean(values, 0), values)
    good = np.array([float(r["verdict"] in ACCEPTABLE[acceptable]) for r in rows])
    return Judged(names, values, good, np.array([str(r["id"]) for r in rows]))


def _logistic(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    """Weights and, last, the bias; the bias is not pulled."""
    x = np.hstack([x, np.ones((len(x), 1))])
    penalty = np.diag([ridge] * (x.shape[1] - 1) + [1e-6])
    w = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-(x @ w).clip(-30, 30)))
        gradient = x.T @ (y - p) - penalty @ w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def _standard(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    deviation = features.std(0)
    return features.mean(0), np.where(deviation > 1e-9, deviation, 1.0)


def _scaled(features: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    return ((features - mean) / deviation).clip(-MOST_DEVIATIONS, MOST_DEVIATIONS)


def _folds(document: np.ndarray, seed: int) -> np.ndarray:
    names, index = np.unique(document, return_inverse=True)
    return (np.random.default_rng(seed).permutation(len(names)) % FOLDS)[index]


def _regression(judged: Judged) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights with the bias last, and the means and deviations they stand on."""
    mean, deviation = _standard(judged.features)
    return _logistic(_scaled(judged.features, mean, deviation), judged.good, RIDGE), mean, deviation


def surest(logits: np.ndarray, document: np.ndarray) -> np.ndarray:
    """Rows of the candidates that would be the suggestions: each document's largest log-odds."""
    order = np.lexsort((-logits, document))
    return order[np.unique(document[order], return_index=True)[1]]


def crossed(judged: Judged, repeats: int = REPEATS) -> np.ndarray:
    """Log-odds of each suggestion by models that did not see its document, mean over the repeats."""
    total = np.zeros(len(judged.good))
    for seed in range(repeats):
        fold = _folds(judged.document, seed)
        for f in range(FOLDS):
            train, held = fold != f, fold == f
            w, mean, deviation = _regression(_part(judged, train))
            total[held] += _scaled(judged.features[held], mean, deviation) @ w[:-1] + w[-1]
    return total / repeats


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _part(judged: Judged, rows: np.ndarray) -> Judged:
    return Judged(judged.names, judged.features[rows], judged.good[rows], judged.document[rows])


def _platt(logits: np.ndarray, good: np.ndarray) -> tuple[float, float]:
    """Slope and shift that make out-of-fold log-odds a probability (Platt 1999)."""
    slope, shift = _logistic(logits[:, None], good, 1e-2)
    return float(max(slope, 0.05)), float(shift)


def _weights(judged: Judged):
    """Weights, bias, means and deviations; rows of the suggestions and their probabilities out of fold."""
    logits = crossed(judged)
    rows = surest(logits, judged.document)
    slope, shift = _platt(logits[rows], judged.good[rows])
    w, mean, deviation = _regression(judged)
    probabilities = _sigmoid(slope * logits[rows] + shift)
    return w[:-1] * slope, float(w[-1] * slope + shift), mean, deviation, rows, probabilities


def fit(judged: Judged, precision: float) -> tuple[dict, dict]:
    """`confidence` of gate.json, and what to expect of it, from documents that chose nothing (nested
    cross-validation: weights, scale and threshold are all found without the held-out fold)."""
    weights, bias, mean, deviation, rows, inside = _weights(judged)
    made = {
        "features": [
            {"name": name, "mean": float(m), "deviation": float(d), "weight": float(w)}
            for name, m, d, w in zip(judged.names, mean, deviation, weights, strict=True)
        ],
        "bias": bias,
        "threshold": selective.cut(inside, judged.good[rows], precision),
        "precision": precision,
        "judged": len(judged.good),
    }
    held, kept = np.zeros(len(judged.good)), np.zeros(len(judged.good), dtype=bool)
    fold = _folds(judged.document, 99)
    for f in range(FOLDS):
        part = _part(judged, fold != f)
        w, b, m, d, own, sure = _weights(part)
        held[fold == f] = _sigmoid(_scaled(judged.features[fold == f], m, d) @ w + b)
        kept[fold == f] = held[fold == f] >= selective.cut(sure, part.good[own], precision)
    rows = surest(held, judged.document)
    outside, good, shown = held[rows], judged.good[rows], kept[rows]
    # The plain gate takes the likeliest text of a document and goes by that likelihood.
    likely = surest(judged.features[:, 0], judged.document)
    plain = selective.aurc(judged.features[likely, 0], judged.good[likely])
    area = selective.aurc(outside, good)
    return made, {
        "judged": len(judged.good),
        "documents": len(rows),
        "acceptable": round(float(good.mean()), 3),
        "acceptable of the likeliest": round(float(judged.good[likely].mean()), 3),
        "features": [f["name"] for f in sorted(made["features"], key=lambda f: -abs(f["weight"]))],
        "aurc": round(area, 4),
        "aurc of the mean log-probability": round(plain, 4),
        "ratio": round(area / plain, 3) if plain else None,
        "ece, 15 bins": round(selective.ece(outside, good), 4),
        "shown": {
            "coverage": round(float(shown.mean()), 3),
            "precision": round(float(good[shown].mean()), 3) if shown.any() else None,
        },
        "at half coverage": selective.shown(outside, good, float(np.median(outside))),
    }
