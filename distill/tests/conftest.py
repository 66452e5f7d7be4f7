"""A tiny clean set made of the repository's own fixture documents, in the form precis-clean writes."""

import random
from pathlib import Path

import pytest
import torch

from distill import corpus, tokens
from distill.golden import document
from distill.student import Shape, Student

DOCUMENTS = Path(__file__).parents[2] / "test" / "fixtures" / "documents"


@pytest.fixture(scope="session")
def data(tmp_path_factory) -> Path:
    """64 documents: the fixtures with their paragraphs in varied order; summaries from their text."""
    folder, rng, rows = tmp_path_factory.mktemp("clean"), random.Random(0), []
    originals = [document(path) for path in sorted(DOCUMENTS.glob("*.md"))]
    for n in range(64):
        title, text = originals[n % len(originals)]
        lines = text.split("\n")
        first = lines[0].split(". ")[0].rstrip(".") + "."
        if n >= len(originals):
            rng.shuffle(lines)
        rows.append(
            {
                "id": f"own-{n}",
                "source": f"own/{n % 16}",
                "license": "Apache-2.0",
                "title": title,
                "text": "\n".join(lines),
                "summary": first,
            }
        )
    labels = {"suitable": True, "kind": "article", "author": "good"}
    annotated = [{**r, **labels, "plain": r["summary"]} for r in rows]
    corpus.write(folder / "prose.jsonl.zst", rows)
    corpus.write(folder / "clean.jsonl.zst", rows)
    corpus.write(folder / "loose.jsonl.zst", rows)
    corpus.write(folder / "annotated-train.jsonl.zst", annotated[:48])
    corpus.write(folder / "annotated-dev.jsonl.zst", annotated[48:56])
    corpus.write(folder / "annotated-test.jsonl.zst", annotated[56:])
    return folder


@pytest.fixture(scope="session")
def labelled(data: Path, tmp_path_factory) -> Path:
    """A tokenizer, labels (one field missing in some) and a small random start."""
    folder = tmp_path_factory.mktemp("work")
    rows = list(corpus.read(data / "prose.jsonl.zst"))
    lines = [line for row in rows for line in row["text"].split("\n")]
    tokens.train(lines, folder / "tokenizer", 600, 1)
    labels = []
    for n, row in enumerate(rows[:40]):
        label = {**row, "suitable": True, "scores": {}, "teacher": "test"}
        del label["summary"]
        for field, skipped in (("plain", 4), ("summary", 5)):
            if n % skipped:
                label[field] = row["summary"]
                label["scores"][field] = -n / 40
        labels.append(label)
    corpus.write(folder / "labels.jsonl.zst", labels)
    torch.manual_seed(0)
    shape = Shape(vocabulary=600, width=24, heads=2, inner=32, layers=2, limit=128, state=24, copy=8)
    Student(shape).save(folder / "start.safetensors")
    return folder
