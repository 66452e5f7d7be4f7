"""Suitability on sources never trained on: every document is judged by a model that saw no document
of its source, collections (one repository with many authors) being one source."""

import numpy as np

from distill.gate import suitability
from distill.gate.files import Table
from distill.gate.rows import PROSE

COLLECTIONS = ("mlschmitt/", "OpenTermsArchive/", "lauramanor/")
INVENTED = "invented/"


def groups(table: Table, whole: bool) -> np.ndarray:
    """Source of each document; `whole` takes a collection for one source instead of its authors."""
    if not whole:
        return table.source.astype(str)
    return np.array([next((c for c in COLLECTIONS if s.startswith(c)), s) for s in table.source])


def folds(source: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Fold of each document: sources, the large ones first, go to the emptiest fold."""
    names, sizes = np.unique(source, return_counts=True)
    rng = np.random.default_rng(seed)
    order = np.argsort(-sizes + rng.random(len(sizes)) * 0.5)
    load, place = np.zeros(count), {}
    for i in order:
        place[names[i]] = int(load.argmin())
        load[place[names[i]]] += sizes[i]
    return np.array([place[s] for s in source])


def predict(table: Table, count: int, seed: int, whole: bool, **how) -> tuple[np.ndarray, np.ndarray]:
    """Out-of-source probability of prose and likeliest other kind of each document."""
    fold = folds(groups(table, whole), count, seed)
    p, kind = np.zeros(len(fold)), np.empty(len(fold), dtype=object)
    for f in range(count):
        made = suitability.fit(table.take(fold != f), **how)
        p[fold == f], kind[fold == f] = suitability.predict(table.take(fold == f), made)
    return p, kind


def threshold(p: np.ndarray, kind: np.ndarray, refused: float) -> float:
    """The probability of prose at which `refused` of the suitable documents are turned away."""
    return float(np.quantile(p[kind == PROSE], refused))


def report(p: np.ndarray, table: Table, cut: float) -> dict:
    """Share of suitable documents refused, and of each unsuitable kind let through, with Wilson intervals.

    Invented documents count for themselves, not for their kind; résumés are all invented."""
    prose = table.kind == PROSE
    invented = np.array([s.startswith(INVENTED) for s in table.source]) & (table.kind != "resume")
    out = {"threshold": round(cut, 4), "suitable": int(prose.sum())}
    out["prose refused"] = _share(p[prose] < cut)
    kinds = {}
    for kind in sorted(set(table.kind[~prose])):
        own = (table.kind == kind) & ~invented
        if own.any():
            kinds[kind] = {"documents": int(own.sum()), "sources": len(set(table.source[own]))}
            kinds[kind] |= {"passed": _share(p[own] >= cut), "95 %": wilson(p[own] >= cut)}
    if invented.any():
        out["invented passed"] = _share(p[invented] >= cut)
    large = [k["passed"] for k in kinds.values() if k["documents"] >= 100]
    mean, worst = (round(float(f(large)), 4) for f in (np.mean, np.max)) if large else (None, None)
    passed = _share(p[~prose & ~invented] >= cut)
    return out | {
        "kinds": kinds,
        "mean of kinds with 100": mean,
        "worst of them": worst,
        "all passed": passed,
    }


def _share(chosen: np.ndarray) -> float | None:
    return round(float(chosen.mean()), 4) if len(chosen) else None


def wilson(chosen: np.ndarray) -> list[float]:
    """95 % interval of a share (Wilson 1927)."""
    n, z = len(chosen), 1.96
    share = float(chosen.mean())
    middle = share + z * z / (2 * n)
    reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return [round(float((middle + side * reach) / (1 + z * z / n)), 4) for side in (-1, 1)]
