"""Rows joined with the features that `model/features.ts` wrote for them, as matrices."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from distill.gate import rows as corpus_rows


@dataclass
class Table:
    """N documents: `surface` N×F, `state` N×D (all zero where none was computed), and lists of N labels."""

    ids: list[str]
    kind: np.ndarray
    source: np.ndarray
    split: np.ndarray
    names: list[str]
    surface: np.ndarray
    state: np.ndarray

    def take(self, chosen: np.ndarray) -> "Table":
        ids = [i for i, c in zip(self.ids, chosen, strict=True) if c]
        parts = (self.kind, self.source, self.split)
        kind, source, split = (part[chosen] for part in parts)
        return Table(ids, kind, source, split, self.names, self.surface[chosen], self.state[chosen])


def read(rows: Path, features: Path) -> tuple[Table, dict[str, int]]:
    """The documents the model would read, and how many were turned away before, by reason.

    Features stand in the rows' order; a file that is still being written counts as far as it goes."""
    out: dict[str, list] = {k: [] for k in ("id", "kind", "source", "split", "surface", "pooled")}
    away: dict[str, int] = {}
    names: list[str] = []
    with open(features) as lines:
        for row, line in zip(corpus_rows.read(rows), lines, strict=False):
            if not line.endswith("\n"):
                break
            found = json.loads(line)
            if found["id"] != row["id"]:
                raise ValueError(f"{features}: {found['id']} where {row['id']} was expected; write it again")
            if found["reason"]:
                key = f"{row['kind']} {found['reason']}"
                away[key] = away.get(key, 0) + 1
                continue
            names = names or list(found["surface"])
            for key in ("id", "kind", "source", "split"):
                out[key].append(row[key])
            out["surface"].append(list(found["surface"].values()))
            out["pooled"].append(found.get("pooled"))
    labels = [np.array(out[k], dtype=object) for k in ("kind", "source", "split")]
    width = next((len(pooled) for pooled in out["pooled"] if pooled), 1)
    surface = np.array(out["surface"], dtype=np.float64)
    state = np.array([pooled or [0.0] * width for pooled in out["pooled"]], dtype=np.float64)
    return Table(out["id"], *labels, names, surface, state), away
