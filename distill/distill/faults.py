"""What goes wrong in outputs, each as a rate over them: repetition, generic openings, copied markup,
invented names and numbers, truncated endings, length, and embeddings that training never touched."""

import re
from pathlib import Path
from statistics import mean

import numpy as np
from safetensors.numpy import load_file

from distill import corpus, grounded

LOOP = re.compile(r"\b(\w+(?:\W+\w+){0,5})\W+\1\b", re.IGNORECASE)
"""One to six words said twice in a row."""
GRAM = 4
"""Words of a phrase that no sentence of this length says twice (the beam blocks three pieces only)."""
MARKUP = re.compile(r"[`*|<>]|\]\(|\[!|\{\{|\{%|&\w+;|&#\d+;|^#+ |https?://|__")
UNTOUCHED = 1 - 1e-6
"""Cosine of a row before and after training; weight decay alone shrinks a row and keeps its direction."""


def repeats(text: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    grams = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
    return bool(LOOP.search(text)) or len(set(grams)) < len(grams)


def generic(text: str) -> bool:
    """Speaks of the document ("This article describes …") instead of its content."""
    return bool(grounded.FRAMING.match(text.strip()))


def markup(text: str) -> bool:
    return bool(MARKUP.search(text))


def invented(text: str, document: str) -> bool:
    """A name or number that the document does not contain."""
    return bool(grounded.ungrounded(text, document))


def truncated(text: str) -> bool:
    return not grounded.finished(text)


def rates(outputs: list[dict]) -> dict:
    """outputs: `text`, `document` (title and text) and `reference` each; shares of them, and their
    length in words relative to the references' (1 is no bias)."""
    if not outputs:
        return {"outputs": 0}
    share = lambda found: round(mean(map(float, found)), 4)  # noqa: E731
    words = lambda key: mean(len(o[key].split()) for o in outputs)  # noqa: E731
    return {
        "outputs": len(outputs),
        "repetition": share(repeats(o["text"]) for o in outputs),
        "generic opening": share(generic(o["text"]) for o in outputs),
        "copied markup": share(markup(o["text"]) for o in outputs),
        "invented name or number": share(invented(o["text"], o["document"]) for o in outputs),
        "truncated ending": share(truncated(o["text"]) for o in outputs),
        "length relative to references": round(words("text") / max(1e-9, words("reference")), 3),
    }


def written(answers: Path, data: Path, split: str, field: str) -> dict[str, list[dict]]:
    """`all`: every candidate that the model wrote, `shown`: what the gate let through, of an NDJSON file
    of `precis batch`."""
    rows = {r["id"]: r for r in corpus.read(data / f"annotated-{split}.jsonl.zst")}
    out = {"all": [], "shown": []}
    for answer in corpus.lines(answers):
        row = rows.get(answer.get("id"))
        if not row or not row.get(field):
            continue
        shown = (answer.get("suggestion") or {}).get("text")
        candidate = (answer.get("diagnostics") or {}).get("candidate") or shown
        whole = f"{row.get('title') or ''}\n{row['text']}"
        for kind, text in (("all", candidate), ("shown", shown)):
            if text:
                out[kind].append({"text": text, "document": whole, "reference": row[field]})
    return out


def untouched(before: Path, after: Path) -> dict:
    """Rows of the embedding table whose direction training left as it was. before, after: weights."""
    one, two = (load_file(path)["encoder.embed.weight"].astype(np.float64) for path in (before, after))
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1)
    same = (one * two).sum(1) / np.maximum(lengths, 1e-12) > UNTOUCHED
    return {"pieces": len(same), "never updated": int(same.sum())}
