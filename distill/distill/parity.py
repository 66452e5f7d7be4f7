"""Does the int8 bundle still say what PyTorch says? Greedy ids and ROUGE-L on dev documents."""

from pathlib import Path

import torch

from distill.decode import greedy
from distill.evaluate import suitable
from distill.golden import Bundle
from distill.score import rouge
from distill.student import Student
from distill.tokens import SHORT


def measure(student: Student, folder: Path, data: Path, count: int) -> dict:
    """Share of token-identical greedy outputs, and both sides' ROUGE-L against `plain`."""
    bundle, same, ours, theirs = Bundle(folder), 0, [], []
    rows = suitable(data, "dev", count)
    for row in rows:
        ids = bundle.ids(row["title"], row["text"])
        source = torch.tensor([ids])
        limit = bundle.manifest["limits"]["targetTokens"]
        reference = greedy(student, source, torch.ones(source.shape), SHORT, limit)[0]
        quantised = bundle.search(ids, SHORT, 1)[0]
        same += reference.ids == quantised.ids
        decode = bundle.tokenizer.decode
        ours.append((row["plain"], decode(reference.ids)))
        theirs.append((row["plain"], decode(quantised.ids)))
    return {
        "documents": len(rows),
        "identical": round(same / max(1, len(rows)), 3),
        "rougeL pytorch": rouge(ours)["rougeL"],
        "rougeL int8": rouge(theirs)["rougeL"],
    }
