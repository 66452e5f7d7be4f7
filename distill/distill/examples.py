"""Endless, seeded streams of training examples, and batches made of them."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from distill import corpus, gap
from distill.gap import Example
from distill.student import Batch
from distill.tokens import AUTHOR, EOS, MEDIUM, PAD, SHORT, UNK, Tokenizer

TITLE_DROPPED = 0.25
"""Share of examples without their title: callers of the service often have none."""


def _shown(row: dict, drop: bool) -> dict:
    return {**row, "title": None} if drop else row


def _example(row: dict, tokenizer: Tokenizer, limit: int, targets: list) -> Example:
    return Example(tokenizer.document(row.get("title"), row["text"], limit), targets, row)


def annotated_targets(row: dict, tokenizer: Tokenizer) -> list[tuple[int, list[int]]]:
    """(mode, ids) of what the row has: annotated or labelled summaries, and its author's (`written`)."""
    targets = []
    for field, mode in (("plain", SHORT), ("summary", MEDIUM), ("written", AUTHOR)):
        if row.get(field):
            targets.append((mode, tokenizer.encode(row[field])))
    return targets


def annotated_example(row: dict, tokenizer: Tokenizer, limit: int, drop: bool) -> Example:
    """A document of the annotated set, or one that the teacher labelled, with all its summaries."""
    return _example(_shown(row, drop), tokenizer, limit, annotated_targets(row, tokenizer))


def pair_example(row: dict, tokenizer: Tokenizer, limit: int, drop: bool) -> Example:
    """A document with its author's summary."""
    target = (AUTHOR, tokenizer.encode(row["summary"]))
    return _example(_shown(row, drop), tokenizer, limit, [target])


def rows(path: Path, keep: Callable[[dict], bool] = lambda row: True) -> list[dict]:
    """A file's rows that pass `keep`, in memory (text cut to what a window can use)."""
    out = []
    for row in corpus.read(path):
        if keep(row):
            row["text"] = row["text"][:8000]
            out.append(row)
    return out


def capped(rows: list[dict], share: float) -> list[dict]:
    """At most `share` of the rows from one source (the first ones), so that no house style rules."""
    most, seen, out = max(1, int(share * len(rows))), Counter(), []
    for row in rows:
        seen[row.get("source")] += 1
        if seen[row.get("source")] <= most:
            out.append(row)
    return out


def stream(
    rows: list[dict],
    kind: str,
    tokenizer: Tokenizer,
    source: int,
    target: int,
    seed: int,
    **options,
) -> Iterator[Example]:
    """Shuffled passes over `rows` without end; targets too long or with unknown pieces are left out."""
    rng = random.Random(seed)
    while True:
        order = list(range(len(rows)))
        rng.shuffle(order)
        for i in order:
            drop = rng.random() < TITLE_DROPPED
            if kind == "gap":
                made = gap.example(rows[i], tokenizer, rng, source, target, **options)
            elif kind == "pair":
                made = pair_example(rows[i], tokenizer, source, drop)
            else:
                made = annotated_example(rows[i], tokenizer, source, drop)
            good = [t for t in made.targets if 0 < len(t[1]) < target and UNK not in t[1]] if made else []
            if good:
                yield Example(made.source, good, made.row)


def collate(examples: list[Example]) -> Batch:
    """Pads sources and targets to the batch's longest."""
    width = max(len(e.source) for e in examples)
    ids = torch.full((len(examples), width), PAD)
    for n, e in enumerate(examples):
        ids[n, : len(e.source)] = torch.tensor(e.source)
    flat = [(n, mode, target) for n, e in enumerate(examples) for mode, target in e.targets]
    length = max(len(target) for *_, target in flat) + 1
    recent = torch.full((len(flat), length, 3), -1)
    targets = torch.full((len(flat), length), -100)
    for r, (_, mode, target) in enumerate(flat):
        full = torch.tensor([*target, EOS])
        targets[r, : len(full)] = full
        shifted = torch.tensor([mode, *target])
        for k in range(3):
            recent[r, k : len(full), k] = shifted[: len(full) - k]
    owner = torch.tensor([n for n, *_ in flat])
    shown = [e.row for e in examples]
    return Batch(ids, (ids != PAD).float(), owner, recent, targets, None if None in shown else shown)


def batches(examples: Iterator[Example], documents: int, seed: int) -> Iterator[Batch]:
    """Batches of `documents` examples of similar length."""
    return map(collate, grouped(examples, documents, seed))


def grouped(examples: Iterator[Example], documents: int, seed: int, pool: int = 16):
    """Lists of `documents` examples of similar length (sorted within a pool, order shuffled)."""
    rng = random.Random(seed)
    while True:
        drawn = [next(examples) for _ in range(documents * pool)]
        drawn.sort(key=lambda e: (len(e.source), len(e.targets[0][1])))
        groups = [drawn[i : i + documents] for i in range(0, len(drawn), documents)]
        rng.shuffle(groups)
        yield from groups
