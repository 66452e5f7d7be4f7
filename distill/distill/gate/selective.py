"""Measures of answering selectively: risk is the share of shown suggestions that are not acceptable."""

import numpy as np


def aurc(confidence: np.ndarray, good: np.ndarray) -> float:
    """Area under the risk-coverage curve: mean risk over all coverages 1/N … 1 (Geifman & El-Yaniv 2017)."""
    bad = 1.0 - good[np.argsort(-confidence, kind="stable")]
    return float((np.cumsum(bad) / np.arange(1, len(bad) + 1)).mean())


def ece(confidence: np.ndarray, good: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017)."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs((confidence - good)[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(good))


def cut(confidence: np.ndarray, good: np.ndarray, precision: float) -> float:
    """The lowest confidence above which at least `precision` are good.

    Where no cut reaches it: the one with the best precision among those that keep a tenth."""
    order = np.argsort(-confidence, kind="stable")
    ranked, share = confidence[order], np.cumsum(good[order]) / np.arange(1, len(good) + 1)
    least = min(len(good), max(5, len(good) // 10)) - 1
    # Equal confidences are shown together or not at all.
    ends = np.append(ranked[:-1] > ranked[1:], True) & (np.arange(len(good)) >= least)
    enough = ends & (share >= precision)
    if enough.any():
        return float(ranked[np.flatnonzero(enough).max()])
    return float(ranked[np.argmax(np.where(ends, share, -1))])


def shown(confidence: np.ndarray, good: np.ndarray, least: float) -> dict:
    """Coverage and precision at a threshold."""
    kept = confidence >= least
    return {
        "coverage": round(float(kept.mean()), 3),
        "precision": round(float(good[kept].mean()), 3) if kept.any() else None,
    }
