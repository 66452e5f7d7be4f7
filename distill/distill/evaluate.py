"""Measures during training: held-out likelihood a piece, and sentences to look at."""

import random
from pathlib import Path

import torch

from distill import examples, gap
from distill.decode import greedy
from distill.student import Student
from distill.tokens import GAP, MEDIUM, SHORT, Tokenizer


def suitable(data: Path, split: str, count: int | None = None) -> list[dict]:
    """The suitable documents of an annotated split, in the file's (random) order."""
    return examples.rows(data / f"annotated-{split}.jsonl.zst", lambda r: r["suitable"])[:count]


@torch.no_grad()
def likelihoods(
    model: Student,
    tokenizer: Tokenizer,
    data: Path,
    count: int,
    source: int,
    modes: tuple[int, int] = (SHORT, MEDIUM),
) -> dict:
    """Negative log-likelihood a piece on annotated/dev: `plain`, `summary` (asked for in the two
    modes), and gap sentences."""
    rows, rng = suitable(data, "dev", count), random.Random(1)
    made: dict[str, list[gap.Example]] = {"plain": [], "summary": [], "gap": []}
    for row in rows:
        ids = tokenizer.document(row["title"], row["text"], source)
        for name, mode in zip(("plain", "summary"), modes, strict=True):
            if row.get(name):
                made[name].append(gap.Example(ids, [(mode, tokenizer.encode(row[name]))]))
        masked = gap.example(row, tokenizer, rng, source, 160)
        if masked:
            made["gap"].append(masked)
    out = {}
    for name, list_ in made.items():
        total, pieces = 0.0, 0
        for i in range(0, len(list_), 16):
            batch = examples.collate(list_[i : i + 16]).to(model.device)
            total -= model.likelihood(batch).sum().item()
            pieces += int((batch.targets >= 0).sum())
        out[name] = round(total / max(1, pieces), 3)
    return out


def samples(model: Student, tokenizer: Tokenizer, data: Path, count: int, source: int) -> list[str]:
    """Greedy outputs for the first dev documents in each mode."""
    rows = suitable(data, "dev", count)
    ids = examples.collate(
        [gap.Example(tokenizer.document(r["title"], r["text"], source), [(SHORT, [0])]) for r in rows]
    )
    out = []
    for name, mode in (("short", SHORT), ("medium", MEDIUM), ("gap", GAP)):
        for h in greedy(model, ids.ids.to(model.device), ids.mask.to(model.device), mode, 48):
            out.append(f"{name} {h.mean:.2f}: {tokenizer.decode(h.ids)}")
    return out
