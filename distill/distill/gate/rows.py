"""The documents the gate is fitted on, as a user would send them, with their labels and sources.

A row: {id, text, title?, format, kind, suitable, source, split}; `kind` is `prose` or one of KINDS. A
`source` never stands on both sides of a fold: for collections it is the author or the service."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from distill import corpus
from distill.gate import invented

PROSE = "prose"
KINDS = (
    "recipe",
    "resume",
    "minutes",
    "lesson_plan",
    "changelog",
    "legal_terms",
    "form",
    "checklist",
    "fiction",
    "poem",
    "code",
    "data",
    "api_reference",
    "index",
    "stub",
    "other",
)
RENAMED = {"meeting_minutes": "minutes", "config": "code", "spreadsheet": "data"}
CHARACTERS = 60_000
"""As much of a document as `documents/` reads."""


def annotated(folder: Path) -> dict[tuple[str, str, str], dict]:
    """(group, file, id) → {suitable, kind, split} of every annotated document."""
    out = {}
    for split in ("train", "dev", "test"):
        for line in (folder / f"{split}.jsonl").read_text().split("\n"):
            if line:
                r = json.loads(line)
                kind = PROSE if r["suitable"] else r["kind"]
                out[r["group"], r["file"], r["id"]] = {"kind": kind, "split": split}
    return out


def source_of(row: dict, kind: str) -> str:
    """Owner/repository; in collections of other people's texts, the author or the service."""
    if kind in ("fiction", "poem", "legal_terms") and row.get("path"):
        return f"{row['source']}/{row['path'].split('/')[0]}"
    return row["source"]


def _row(row: dict, kind: str, split: str) -> dict:
    made = {"id": row["id"], "text": row["body"][:CHARACTERS], "format": "markdown", "kind": kind}
    if row.get("title"):
        made["title"] = row["title"]
    return made | {"suitable": kind == PROSE, "source": source_of(row, kind), "split": split}


def _capped(rows: Iterable[dict], most: int, rng: random.Random) -> list[dict]:
    """At most `most` rows, the sources taking turns, so that no large one drowns the others."""
    by_source = defaultdict(list)
    for row in rows:
        by_source[row["source"]].append(row)
    queues = [rng.sample(own, len(own)) for _, own in sorted(by_source.items())]
    rng.shuffle(queues)
    out: list[dict] = []
    for turn in range(max(map(len, queues), default=0)):
        out += [q[turn] for q in queues if turn < len(q)]
    return out[:most]


def _clean_ids(data: Path) -> set[str]:
    return {r["id"] for r in corpus.read(data / "clean.jsonl.zst") if r["group"] == "pairs"}


def collect(raw: Path, labels: Path, data: Path, a_kind: int, seed: int) -> list[dict]:
    """raw: corpus folder; labels: annotated folder; data: what data-cleaning wrote.

    Every dev and test document; of train at most `a_kind` of each kind, and five times as many suitable."""
    rng = random.Random(seed)
    known, clean = annotated(labels), _clean_ids(data)
    train: dict[str, list[dict]] = defaultdict(list)
    kept = []
    for path in sorted(raw.glob("*/*.jsonl.zst")):
        group, file = path.parent.name, path.name.removesuffix(".jsonl.zst")
        for row in corpus.read(path):
            label = known.get((group, file, row["id"]))
            if label and label["kind"] == "not_english":
                continue
            if label:
                made = _row(row, label["kind"], label["split"])
                (train[label["kind"]] if label["split"] == "train" else kept).append(made)
            elif group == "unsuitable":
                kind = RENAMED.get(row["doc_type"], row["doc_type"])
                train[kind].append(_row(row, kind, "train"))
            elif row["id"] in clean and rng.random() < 0.1:
                train["clean"].append(_row(row, PROSE, "train"))
    train["resume"] = [_made(invented.resume(n)) for n in range(a_kind)]
    train["recipe"] += [_made(invented.recipe(n)) for n in range(a_kind // 2)]
    for kind, own in sorted(train.items()):
        most = {PROSE: 4 * a_kind, "clean": a_kind}.get(kind, a_kind)
        kept += _capped(own, most, rng)
    return kept


def _made(row: dict) -> dict:
    bare = {k: v for k, v in row.items() if v is not None}
    return {**bare, "format": "markdown", "suitable": False, "split": "train"}


def shuffle(rows: list[dict], seed: int) -> None:
    """In place: whatever is done of a file that is still being written is a fair sample."""
    random.Random(seed).shuffle(rows)


def counts(rows: Iterable[dict]) -> dict[str, tuple[int, int]]:
    """kind → documents, sources."""
    rows = list(rows)
    number = Counter(r["kind"] for r in rows)
    return {k: (n, len({r["source"] for r in rows if r["kind"] == k})) for k, n in number.most_common()}


def write(path: Path, rows: Iterable[dict]) -> None:
    with open(path, "w") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[dict]:
    with open(path) as lines:
        for line in lines:
            yield json.loads(line)
