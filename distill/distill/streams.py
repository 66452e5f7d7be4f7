"""What a training phase reads: pools of rows by name, mixed into an endless stream of batches."""

import random
from collections.abc import Iterator
from pathlib import Path

from distill import corpus, examples
from distill.presets import Phase
from distill.student import Batch
from distill.tokens import Tokenizer

FILES = {"gap": "prose", "annotated": "annotated-train"}
"""Streams whose file has another name than they have; `labels` lies in the work folder."""
SEVERAL = ("annotated", "labels")
"""Streams whose documents carry several targets; all others but `gap` hold author pairs."""
SOURCE_SHARE = 0.08
"""Most of the author pairs that may come from one source."""


def surest(rows: list[dict], quantile: dict[str, float]) -> list[dict]:
    """Labels without the share of lowest teacher scores that `quantile` gives for their field."""
    out = [dict(row) for row in rows]
    for field, share in quantile.items():
        values = sorted(row["scores"][field] for row in rows if row.get(field))
        if not values:
            continue
        least = values[min(len(values) - 1, int(share * len(values)))]
        for row in out:
            if row.get(field) and row["scores"][field] < least:
                del row[field]
    return [row for row in out if row.get("plain") or row.get("summary")]


def with_authors(rows: list[dict], data: Path) -> list[dict]:
    """Rows whose document has a clean author pair get it as one more target (`written`)."""
    path = data / "clean.jsonl.zst"
    written = {row["id"]: row["summary"] for row in corpus.read(path)} if path.exists() else {}
    return [{**row, "written": written[row["id"]]} if row["id"] in written else row for row in rows]


def pool(name: str, phase: Phase, data: Path, work: Path, limit: int | None) -> list[dict]:
    """The rows of one stream in memory."""
    folder = work if name == "labels" else data
    keep = (lambda row: row["suitable"]) if name == "annotated" else (lambda row: True)
    rows = examples.rows(folder / f"{FILES.get(name, name)}.jsonl.zst", keep)
    if name == "labels":
        rows = surest(rows, phase.quantile)
    if name in SEVERAL and phase.authors:
        rows = with_authors(rows, data)
    if name not in SEVERAL and name != "gap":
        rows = examples.capped(rows, SOURCE_SHARE)
    return rows[: phase.rows.get(name)][:limit]


def mixed(
    phase: Phase, data: Path, work: Path, tokenizer: Tokenizer, seed: int, limit: int | None
) -> Iterator[tuple[str, Batch]]:
    """Batches of the phase's streams, drawn by its weights."""
    streams = {}
    for n, name in enumerate(phase.mix):
        kind = "annotated" if name in SEVERAL else "gap" if name == "gap" else "pair"
        options = {"strategy": phase.strategy} if kind == "gap" else {}
        rows = pool(name, phase, data, work, limit)
        if not rows:
            print(f"{FILES.get(name, name)}.jsonl.zst has nothing to learn from: left out", flush=True)
            continue
        made = examples.stream(rows, kind, tokenizer, phase.source, phase.target, seed * 100 + n, **options)
        streams[name] = examples.batches(made, phase.documents, seed * 100 + 50 + n)
    rng = random.Random(seed)
    names = list(streams)
    if not names:
        raise ValueError(f"nothing to learn from in {data} for {', '.join(phase.mix)}")
    weights = [phase.mix[name] for name in names]

    def drawn() -> Iterator[tuple[str, Batch]]:
        while True:
            name = rng.choices(names, weights)[0]
            yield name, next(streams[name])

    return drawn()
