"""The first gate: confidence = sigmoid(a x + b) of the mean token log-probability x, fitted on judged
dev suggestions (`docs/results/judged-*.jsonl`), and the threshold that keeps a promised precision."""

import math
from pathlib import Path

from distill import corpus

Point = tuple[float, bool]

RIDGE = 1e-2
"""Pull towards 0 on the slope: a hundred judgments would otherwise allow an infinitely steep curve."""


def read(judged: Path) -> list[Point]:
    """(mean log-probability, usable) of each judgment; usable is `accept` or `edit`."""
    rows = corpus.lines(judged)
    return [(r["meanLogProb"], r["verdict"] in ("accept", "edit")) for r in rows if "meanLogProb" in r]


def fit(points: list[Point], steps: int = 200) -> tuple[float, float]:
    """Logistic regression by Newton's method; returns a, b."""
    a, b = 1.0, 0.0
    for _ in range(steps):
        ga, gb, haa, hab, hbb = -RIDGE * a, 0.0, RIDGE, 0.0, 1e-9
        for x, y in points:
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, a * x + b))))
            ga += (y - p) * x
            gb += y - p
            w = p * (1 - p)
            haa, hab, hbb = haa + w * x * x, hab + w * x, hbb + w
        det = haa * hbb - hab * hab
        da, db = (hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det
        a, b = a + da, b + db
        if abs(da) + abs(db) < 1e-8:
            break
    return a, b


def threshold(points: list[Point], precision: float) -> float:
    """The lowest mean log-probability above which at least `precision` of the judged are usable.

    Where no cut reaches it, the cut with the best precision among those that keep a tenth.
    """
    ranked = sorted(points, reverse=True)
    best, fallback, usable = None, (0.0, ranked[0][0]), 0
    least = max(5, len(ranked) // 10)
    for n, (x, y) in enumerate(ranked, 1):
        usable += y
        if n < least:
            continue
        share = usable / n
        if share >= precision:
            best = x
        fallback = max(fallback, (share, x))
    return best if best is not None else fallback[1]


def calibrate(judged: Path, precision: float) -> dict:
    """The manifest's `calibration` block with what it was fitted on."""
    points = read(judged)
    if len(points) < 20:
        raise ValueError(f"{judged}: {len(points)} judgments with meanLogProb, at least 20 are needed")
    a, b = fit(points)
    cut = threshold(points, precision)
    shown = [y for x, y in points if x >= cut]
    return {
        "kind": "mean-log-probability",
        "threshold": round(cut, 4),
        "a": round(a, 4),
        "b": round(b, 4),
        "judged": len(points),
        "precision": round(sum(shown) / len(shown), 3),
        "coverage": round(len(shown) / len(points), 3),
    }
