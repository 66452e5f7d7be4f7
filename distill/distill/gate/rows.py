"""The documents the gate is fitted on, as a user would send them, with their labels and sources.

A row: {id, text, title?, format, kind, suitable, source, split}; `kind` is `prose` or one of KINDS. A
`source` never stands on both sides of a fold: for collections it is the author or the service."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from distill import corpus
from distill.gate import (
    certain,
    invented,
    invented_changes,
    invented_forms,
    invented_minutes,
    invented_reference,
    invented_school,
    invented_terms,
)

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
WHOLE = {"squality": "fiction", "qmsum": "minutes", "legalsum": "legal_terms"}
"""Files of pairs that are of one unsuitable kind throughout: stories, transcripts of meetings, clauses."""
INVENTED = (
    invented.resume,
    invented.recipe,
    invented_school.lesson_plan,
    invented_minutes.minutes,
    invented_forms.form,
    invented_forms.checklist,
    invented_reference.api_reference,
    invented_reference.index,
    invented_terms.legal_terms,
    invented_changes.changelog,
)
RENAMED = {"meeting_minutes": "minutes", "config": "code", "spreadsheet": "data"}
LOOKED_AT = 0.2
"""Share of the unlabelled pairs that the rules of `certain` look at."""
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


def collect(raw: Path, labels: Path, a_kind: int, seed: int) -> list[dict]:
    """raw: corpus folder; labels: annotated folder.

    Every dev and test document; of train at most `a_kind` of each kind, and six times as many suitable.
    Documents that the annotators found suitable in a file of unsuitable ones stay out of training: two
    labels for pages of one making teach neither (docs/gate.md, lesson plans)."""
    rng = random.Random(seed)
    known = annotated(labels)
    train: dict[str, list[dict]] = defaultdict(list)
    kept = []
    for path in sorted(raw.glob("*/*.jsonl.zst")):
        group, file = path.parent.name, path.name.removesuffix(".jsonl.zst")
        for row in corpus.read(path):
            label = known.get((group, file, row["id"]))
            if label and label["kind"] == "not_english":
                continue
            if label:
                if group == "unsuitable" and label == {"kind": PROSE, "split": "train"}:
                    continue
                made = _row(row, label["kind"], label["split"])
                (train[label["kind"]] if label["split"] == "train" else kept).append(made)
            elif group == "unsuitable":
                kind = RENAMED.get(row["doc_type"], row["doc_type"])
                train[kind].append(_row(row, kind, "train"))
            elif file in WHOLE:
                train[f"{WHOLE[file]} {file}"].append(_row(row, WHOLE[file], "train"))
            elif rng.random() < LOOKED_AT and (kind := certain.kind(row["body"])):
                train[kind].append(_row(row, kind, "train"))
    reserved = {_beginning(r) for r in kept}
    for make in INVENTED:
        own = [_made(make(n)) for n in range(a_kind if make is invented.resume else a_kind // 2)]
        train[f"{own[0]['kind']} invented"] = own
    for kind, own in sorted(train.items()):
        unseen = [r for r in own if _beginning(r) not in reserved]
        kept += _capped(unseen, {PROSE: 6 * a_kind}.get(kind, a_kind if kind in KINDS else a_kind // 2), rng)
    return kept


def _beginning(row: dict) -> str:
    """Two documents that begin alike are near copies; those of dev and test stay out of training."""
    return "".join(c for c in row["text"][:1200] if c.isalnum())[:300].lower()


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
